"""Word files (.docx): footnotes and endnotes with the labels that Word prints.

Notes are found by their id and numbered in the order of their marks in the text, section by section
(ECMA-376 Part 1, 17.11). A name of a style is never believed: each program has its own.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import Found, assemble, beginnings
from citecheck.readers.layout import CalledNote, Layout, Story
from citecheck.readers.markup import Attributes, MarkupStream
from citecheck.readers.numerals import WORD_FORMATS
from citecheck.readers.passages import Atom, Mark, split_atom
from citecheck.readers.word_notes import NoteCall, NumberingRules, SectionRules, WordNote, read_settings
from citecheck.readers.word_styles import Lists, Styles
from citecheck.readers.wordprocessing import StoryReader
from citecheck.readers.zipped import ZippedParts, require_zip

FORMAT = "docx"
SUFFIXES = (".docx", ".docm", ".dotx")

NoteKind = Literal["footnote", "endnote"]
_KINDS: tuple[NoteKind, ...] = ("footnote", "endnote")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_MOST_NAMED = 3


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is a Word file, or is named as if it were one."""
    if data.startswith(b"PK"):
        # OpenDocument and EPUB files begin with their type, whatever they are named.
        is_other = b"mimetypeapplication/" in data[:200]
        return not is_other and (name.endswith(SUFFIXES) or b"word/document" in data)
    return name.endswith((*SUFFIXES, ".doc"))


def read(data: bytes, path: str) -> Manuscript:
    """Read a Word file.

    The text is laid out, since the file has none: the body, then the notes, a paragraph a line.

    Raises:
        ManuscriptError: it is no Word file, or is encrypted, damaged or not safe to open.
    """
    _refuse_other_files(data, path)
    package = _Package(ZippedParts(data, path))
    settings = read_settings(*package.part("settings")) if package.has("settings") else SectionRules()
    styles = Styles(*package.part("styles")) if package.has("styles") else Styles()
    body = StoryReader(*package.part("document"), styles, package.lists()).read()

    layout = Layout()
    numbered: dict[str, CalledNote] = {}
    texts: dict[str, WordNote] = {}
    remarks: list[str] = []
    for kind in _KINDS:
        written = _written_notes(kind, package, styles)
        texts |= {f"{kind}:{identifier}": note for identifier, note in written.items()}
        called = _called(kind, package, body, settings, written, after=numbered.values())
        remarks += _remarks(kind, body.calls, written, called.values())
        numbered |= called
    lines = [
        layout.body_line(package.name("document"), atoms, number, numbered.get)
        for number, atoms in enumerate(body.paragraphs, 1)
    ]
    # A call whose note is gone leaves its mark in the text, and no note.
    present = [note for key, note in numbered.items() if key in texts]
    notes = [layout.note_line(attrs.evolve(note, ordinal=ordinal)) for ordinal, note in enumerate(present, 1)]
    manuscript = Manuscript(path, layout.text, FORMAT, origins=tuple(layout.origins), remarks=tuple(remarks))
    set_off = beginnings(lines, body.quoted)
    return assemble(manuscript, Found(lines, notes, layout.markers, set_off=set_off))


def _written_notes(kind: NoteKind, package: "_Package", styles: Styles) -> dict[str, WordNote]:
    """Return the notes of one kind by their ids, whether the text calls them or not."""
    if not package.has(f"{kind}s"):
        return {}
    # What is numbered in the notes does not go on counting from the body.
    return StoryReader(*package.part(f"{kind}s"), styles, package.lists()).read().notes


def _refuse_other_files(data: bytes, path: str) -> None:
    if data.startswith(_OLE):
        raise ManuscriptError(
            path,
            "is protected by a password, or is a Word file from before 2007",
            "open it in Word or LibreOffice and save it as .docx without a password",
        )
    require_zip(data, path, "a Word file", SUFFIXES)


class _Package:
    """The parts of a Word file, by what they are for (Open Packaging Conventions: ECMA-376 Part 2)."""

    def __init__(self, parts: ZippedParts) -> None:
        self._parts = parts
        main = self._targets("").get("officeDocument", "word/document.xml")
        self._names = {"document": main, **self._targets(main)}

    def has(self, purpose: str) -> bool:
        """Tell whether there is a part for a purpose: ``styles``, ``footnotes`` …"""
        return self.name(purpose) in self._parts

    def name(self, purpose: str) -> str:
        """Return the name of the part for a purpose."""
        return self._names.get(purpose, f"word/{purpose}.xml")

    def part(self, purpose: str) -> tuple[bytes, str, str]:
        """Return the content of a part, the path of the file, and the name of the part."""
        name = self.name(purpose)
        return self._parts.read(name), self._parts.path, name

    def lists(self) -> Lists:
        """Return the lists that the file defines, none of them begun."""
        return Lists(*self.part("numbering")) if self.has("numbering") else Lists()

    def _targets(self, source: str) -> dict[str, str]:
        """Return the parts that a part refers to, by the last word of the kind of relationship."""
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        targets: dict[str, str] = {}
        if name not in self._parts:
            return targets

        def relate(attributes: Attributes) -> None:
            kind = attributes.get("Type", "").rpartition("/")[2]
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                targets.setdefault(kind, target.lstrip("/"))

        MarkupStream(self._parts.read(name), self._parts.path, name, {_RELATIONSHIP: relate}, {}).run()
        return targets


def _called(
    kind: NoteKind,
    package: _Package,
    body: StoryReader,
    settings: SectionRules,
    written: dict[str, WordNote],
    after: Iterable[CalledNote],
) -> dict[str, CalledNote]:
    """Return the notes of one kind in the order of their calls, numbered after those of the other kind."""
    before = list(after)
    sections = max((note.section for note in before), default=0)
    general: NumberingRules = getattr(settings, kind)
    # What follows the last section that says how it is numbered is numbered as the whole file is.
    rules = [*(getattr(section, kind).over(general) for section in body.sections), general]
    # No word processor calls a note twice; a file that does is read as if it did so once.
    first_calls: dict[str, NoteCall] = {}
    for call in body.calls:
        if call.key.startswith(f"{kind}:") and not call.deleted:
            first_calls.setdefault(call.key, call)
    part = package.name(f"{kind}s")
    called: dict[str, CalledNote] = {}
    numbered = _labels(kind, first_calls.values(), rules)
    for ordinal, (call, section, label) in enumerate(numbered, len(before) + 1):
        story, number_at = _story(written.get(_id(call), WordNote()), part, call)
        source: Literal["explicit", "computed"] = "computed" if call.custom_mark is None else "explicit"
        called[call.key] = CalledNote(section + sections, ordinal, label, story, number_at, kind, source)
    return called


def _labels(
    kind: NoteKind, calls: Iterable[NoteCall], rules: list[NumberingRules]
) -> Iterator[tuple[NoteCall, int, str | None]]:
    """Yield each call with its run of numbering and the label that Word prints, if that can be known."""
    number, run, last_section = 0, 1, -1
    for call in calls:
        rule = rules[min(call.section, len(rules) - 1)]
        start = 1 if rule.start is None else rule.start
        if last_section < 0:
            number = start
        elif rule.restart == "eachSect" and call.section != last_section:
            run, number = run + 1, start
        last_section = call.section
        if call.custom_mark is not None:
            # A mark of its own uses up no number.
            yield call, run, call.custom_mark or None
            continue
        # [MS-OI29500] 2.1.306: Word numbers endnotes i, ii, iii unless told otherwise.
        default = "decimal" if kind == "footnote" else "lowerRoman"
        format = WORD_FORMATS.get(rule.format or default)
        known = format is not None and rule.restart != "eachPage"
        yield call, run, format(number) if format is not None and known else None
        number += 1


def _id(call: NoteCall) -> str:
    return call.key.partition(":")[2]


def _story(note: WordNote, part: str, call: NoteCall) -> tuple[Story, tuple[int, int]]:
    """Return a note's text, and where its number stands; a mark of its own is no part of the text."""
    paragraphs = [list(paragraph) for paragraph in note.paragraphs]
    if note.number_at is not None:
        return Story(part, tuple(paragraphs)), note.number_at
    first = next((atom for paragraph in paragraphs for atom in paragraph[:1]), None)
    at = first.start if first is not None else 0
    if call.custom_mark and isinstance(first, Atom) and first.string.startswith(call.custom_mark):
        number_at = _take_mark(next(paragraph for paragraph in paragraphs if paragraph), call.custom_mark)
        return Story(part, tuple(paragraphs)), number_at
    return Story(part, tuple(paragraphs)), (at, at)


def _take_mark(paragraph: list[Atom | Mark], mark: str) -> tuple[int, int]:
    """Take a note's own mark, and the space after it, from the start of its text; return where it stood."""
    first = paragraph[0]
    assert isinstance(first, Atom)
    width = len(mark.encode()) if first.literal else first.end - first.start
    number_at = (first.start, first.start + width)
    rest = first.string[len(mark) :]
    paragraph[0] = first._replace(string=rest, start=number_at[1])
    while paragraph and isinstance(paragraph[0], Atom) and not paragraph[0].string.strip():
        del paragraph[0]
    if paragraph and isinstance(paragraph[0], Atom) and paragraph[0].literal:
        leading = len(paragraph[0].string) - len(paragraph[0].string.lstrip(" "))
        paragraph[0] = split_atom(paragraph[0], leading)[1]
    return number_at


def _remarks(
    kind: NoteKind, all_calls: Iterable[NoteCall], written: dict[str, WordNote], notes: Iterable[CalledNote]
) -> Iterator[str]:
    """Yield what is odd about the notes of one kind."""
    calls = [call for call in all_calls if call.key.startswith(f"{kind}:")]
    called = {_id(call) for call in calls}
    orphans = [note for identifier, note in written.items() if identifier not in called]
    deleted = [written[_id(call)] for call in calls if call.deleted and _id(call) in written]
    if orphans:
        yield _about(orphans, f"{kind} that nothing in the text refers to was left out")
    if deleted:
        yield _about(deleted, f"{kind} whose mark is hidden, or deleted in a tracked change, was left out")
    if any(note.label is None for note in notes):
        yield f"the numbers of {kind}s start again on each page, or are of a rare kind, so they are not known"
    if any(call.in_text_box for call in calls):
        yield f"a {kind} is called in a text box, where Word does not allow one"
    ascending = [
        int(_id(call)) for call in calls if re.fullmatch(r"\d{1,9}", _id(call)) and _id(call) in written
    ]
    if orphans or ascending != sorted(ascending):
        yield f"LibreOffice may show the {kind}s of this file under other numbers than Word"


def _about(notes: list[WordNote], what: str) -> str:
    """Name a few notes by how they begin."""
    named = []
    for note in notes[:_MOST_NAMED]:
        text = "".join(
            atom.string for paragraph in note.paragraphs for atom in paragraph if isinstance(atom, Atom)
        )
        named.append(f"“{text[:40].rstrip()}{'…' if len(text) > 40 else ''}”" if text else "an empty one")
    more = f" and {len(notes) - _MOST_NAMED} more" if len(notes) > _MOST_NAMED else ""
    return (
        f"a {what}: {', '.join(named)}{more}" if len(notes) == 1 else f"each {what}: {', '.join(named)}{more}"
    )
