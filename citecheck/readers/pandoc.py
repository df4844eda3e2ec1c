"""Any other format that pandoc reads: RTF, reStructuredText, Org, DocBook and more.

Pandoc gives the text and the notes of a file but not their places in it, so positions are by note only.
"""

import json
import re
import shutil
import subprocess
from pathlib import PurePath
from typing import Any

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import Found, assemble
from citecheck.readers.layout import CalledNote, Layout, Story
from citecheck.readers.numerals import counted_letters, roman
from citecheck.readers.passages import Atom, Mark, Weaver

FORMAT = "pandoc"

# Pandoc's name for the format of each file name ending.
_FORMATS = {
    ".rtf": "rtf", ".rst": "rst", ".org": "org", ".docbook": "docbook", ".dbk": "docbook",
    ".textile": "textile", ".mediawiki": "mediawiki", ".wiki": "mediawiki", ".dokuwiki": "dokuwiki",
    ".fb2": "fb2", ".muse": "muse", ".t2t": "t2t", ".creole": "creole", ".dj": "djot", ".adoc": "asciidoc",
    ".asciidoc": "asciidoc", ".ipynb": "ipynb", ".native": "native",
}  # fmt: skip
# Those that are read when a folder is given; the others are read if they are named.
SUFFIXES = (".rtf", ".rst", ".org", ".adoc", ".asciidoc", ".docbook")

_DOCBOOK = re.compile(rb"<!DOCTYPE[^>]{0,200}docbook|docbook\.org/ns/docbook", re.IGNORECASE)
_STAND_IN = re.compile(rb"\\u(-?\d{1,6}+) ?[^\\{}\r\n ]")
_READ_ONLY = "it was read through pandoc, which does not say where it stands"
_SECONDS = 60
_HEAP = "-M1g"
_LARGEST = 64 * 2**20


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is in a format that only pandoc reads."""
    if data.startswith(b"{\\rtf") or name.endswith(tuple(_FORMATS)):
        return True
    return name.endswith(".xml") and _DOCBOOK.search(data[:4096]) is not None


def read(data: bytes, path: str) -> Manuscript:
    """Read a file through an installed pandoc.

    Raises:
        ManuscriptError: pandoc is not installed, cannot read the file, or takes too long for it.
    """
    if len(data) > _LARGEST:
        raise ManuscriptError(path, "is too long to be read through pandoc", "divide it, or save it as .docx")
    document = _parse(_run(data, path), path)
    reading = _Reading(PurePath(path).name)
    try:
        reading.blocks(document["blocks"])
    except (RecursionError, KeyError, TypeError, ValueError, IndexError) as error:
        raise ManuscriptError(
            path, "was read by a pandoc that citecheck does not know", "install pandoc 3"
        ) from error
    layout = Layout()
    lines = [
        layout.body_line(reading.part, atoms, number, reading.notes.get)
        for number, atoms in enumerate(reading.paragraphs, 1)
    ]
    notes = [layout.note_line(note) for note in reading.notes.values()]
    manuscript = Manuscript(
        path,
        layout.text,
        FORMAT,
        origins=tuple(layout.origins),
        remarks=("positions are by note only (read through pandoc)",),
    )
    return assemble(manuscript, Found(lines, notes, layout.markers))


def _format_of(data: bytes, path: str) -> str:
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return _FORMATS.get(PurePath(path).suffix.lower(), "docbook")


def _run(data: bytes, path: str) -> bytes:
    program = shutil.which("pandoc")
    kind = _format_of(data, path)
    if program is None:
        raise ManuscriptError(
            path,
            f"is {kind}, which is read through pandoc, and pandoc is not installed",
            "install it, or save it as .docx",
        )
    if kind == "rtf":
        data = _without_stumbling_blocks(data)
    # --sandbox: nothing that the file names is opened or fetched.
    command = [program, "--sandbox", "-f", kind, "-t", "json", "+RTS", _HEAP, "-RTS"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ManuscriptError(
            path, f"keeps pandoc busy for more than {_SECONDS} s", "save it as .docx"
        ) from error
    except OSError as error:
        raise ManuscriptError(path, f"cannot be read: pandoc does not start ({error.strerror})") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ManuscriptError(
            path, f"cannot be read by pandoc: {said[0] if said else 'no reason given'}", "save it as .docx"
        )
    return done.stdout


def _without_stumbling_blocks(rtf: bytes) -> bytes:
    r"""Return RTF that says the same in ways that pandoc (3.9) reads right.

    A footnote that begins with ``\*``, “pass over this if you do not know it”, is passed over. And after
    a character such as ``\u8217?``, which a question mark stands in for, one letter too many is lost.
    """
    rtf = rtf.replace(rb"{\*\footnote", rb"{\footnote")
    return rtf if rb"\uc0" in rtf or rb"\uc2" in rtf else _STAND_IN.sub(rb"\\u\1\\'3f", rtf)


def _parse(output: bytes, path: str) -> dict[str, Any]:
    try:
        document = json.loads(output)
    except (ValueError, RecursionError) as error:
        raise ManuscriptError(path, "is nested too deep, or confuses pandoc", "save it as .docx") from error
    if not isinstance(document, dict):
        raise ManuscriptError(path, "was read by a pandoc that citecheck does not know", "install pandoc 3")
    return document


@attrs.define
class _Reading:
    """Walks through pandoc's syntax tree (pandoc-types 1.23)."""

    part: str
    paragraphs: list[list[Atom | Mark]] = attrs.field(factory=list)
    notes: dict[str, CalledNote] = attrs.field(factory=dict)
    _weaver: Weaver = attrs.field(factory=Weaver)
    _note: list[list[Atom | Mark]] | None = None
    _emphasis: int = 0

    def blocks(self, blocks: list[dict[str, Any]]) -> None:
        for block in blocks:
            self._block(block["t"], block.get("c"))

    def _block(self, kind: str, content: Any) -> None:
        match kind:
            case "Plain" | "Para":
                self._paragraph(content)
            case "Header":
                self._paragraph(content[2])
            case "LineBlock":
                for line in content:
                    self._paragraph(line)
            case "BlockQuote":
                self.blocks(content)
            case "Div":
                self.blocks(content[1])
            case "BulletList":
                for item in content:
                    self.blocks(item)
            case "OrderedList":
                self._ordered(*content)
            case "DefinitionList":
                for term, definitions in content:
                    self._paragraph(term)
                    for definition in definitions:
                        self.blocks(definition)
            case "Table":
                self._table(content)
            case "Figure":
                self.blocks(content[1][1])
                self.blocks(content[2])

    def _ordered(self, style: list[Any], items: list[list[dict[str, Any]]]) -> None:
        start, numerals = style[0], style[1]["t"]
        for number, item in enumerate(items, start):
            label = {"LowerRoman": roman, "LowerAlpha": counted_letters}.get(numerals, str)(number)
            self._weaver.add(f"{label}. ", 0, 0, literal=False)
            self.blocks(item)

    def _table(self, content: list[Any]) -> None:
        self.blocks(content[1][1])
        bodies = [part for body in content[4] for part in (body[2], body[3])]
        for rows in (content[3][1], *bodies, content[5][1]):
            for row in rows:
                for cell in row[1]:
                    self.blocks(cell[4])

    def _paragraph(self, inlines: list[dict[str, Any]]) -> None:
        self._inlines(inlines)
        atoms, self._weaver = _as_one(self._weaver.finish()), Weaver()
        (self.paragraphs if self._note is None else self._note).append(atoms)

    def _inlines(self, inlines: list[dict[str, Any]]) -> None:
        for inline in inlines:
            self._inline(inline["t"], inline.get("c"))

    def _inline(self, kind: str, content: Any) -> None:
        match kind:
            case "Str":
                self._say(content)
            case "Space" | "SoftBreak" | "LineBreak":
                self._say(" ")
            case "Emph":
                self._emphasised(content)
            case "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
                self._inlines(content)
            case "Quoted":
                double = content[0]["t"] == "DoubleQuote"
                self._say("“" if double else "‘")
                self._inlines(content[1])
                self._say("”" if double else "’")
            case "Cite" | "Link" | "Image" | "Span":
                self._inlines(content[1])
            case "Code" | "Math":
                self._say(content[1])
            case "Note":
                self._call(content)

    def _say(self, string: str) -> None:
        if string:
            self._weaver.add(string, 0, 0, literal=False, not_editable=_READ_ONLY)

    def _emphasised(self, content: list[dict[str, Any]]) -> None:
        self._emphasis += 1
        self._weaver.emphasis(True)
        self._inlines(content)
        self._emphasis -= 1
        self._weaver.emphasis(self._emphasis > 0)

    def _call(self, blocks: list[dict[str, Any]]) -> None:
        if self._note is not None:
            return
        key = str(len(self.notes) + 1)
        self._weaver.mark(0, 0, key)
        outer, emphasis = self._weaver, self._emphasis
        self._weaver, self._note, self._emphasis = Weaver(), [], 0
        self.blocks(blocks)
        story = Story(self.part, tuple(self._note))
        self.notes[key] = CalledNote(1, int(key), key, story, (0, 0))
        self._weaver, self._note, self._emphasis = outer, None, emphasis


def _as_one(atoms: list[Atom | Mark]) -> list[Atom | Mark]:
    """Join what stands between marks: no part of it has a place of its own."""
    joined: list[Atom | Mark] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        if isinstance(atom, Atom) and isinstance(last, Atom):
            joined[-1] = last._replace(string=last.string + atom.string)
        else:
            joined.append(atom)
    return joined
