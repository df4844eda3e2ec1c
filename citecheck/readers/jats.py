"""Journal articles in JATS XML (NISO Z39.96), as publishers and pandoc write them."""

import re
from functools import partial
from typing import Literal

import attrs

from citecheck.manuscript import BibliographyItem, Manuscript, Marker, Note, Passage, Span
from citecheck.readers.assembly import Found, assemble, one_passage
from citecheck.readers.decoding import ByteOffsets, decode_declared
from citecheck.readers.markup import (
    Attributes,
    EndAction,
    MarkupStream,
    StartAction,
    declared_encoding,
    source_end,
)
from citecheck.readers.numerals import PATTERN_FORMATS, numbering_runs, raised
from citecheck.readers.passages import BREAKING_SPACE, Atom, Weaver, passage_of

FORMAT = "jats"
SUFFIXES = (".jats", ".nxml", ".jats.xml")

_START = re.compile(
    rb"<!DOCTYPE\s+(?:article|book|book-part|book-part-wrapper)\b|<(?:article|book-part|book-part-wrapper)[\s>]"
)
_FOREIGN = re.compile(rb"docbook|tei-c\.org", re.IGNORECASE)

_BLOCKS = ("p", "td", "th", "verse-line", "attrib", "term", "speaker")
_TITLES = ("title", "subtitle")
_MIXED_CITATIONS = ("mixed-citation", "citation")
_ELEMENT_CITATIONS = ("element-citation", "nlm-citation")
# The parts of an element-citation, which have nothing between them but what a style sheet would print.
_NAMES = frozenset(("surname", "given-names", "collab", "suffix"))
_PARTS = (
    *("year", "source", "volume", "issue", "fpage", "lpage", "publisher-name", "publisher-loc", "edition"),
    *("chapter-title", "trans-title"),
    *sorted(_NAMES),
)
_QUOTED_PARTS = frozenset(("article-title", "chapter-title"))
_SKIPPED = (
    "journal-meta", "article-id", "article-categories", "contrib-group", "aff", "author-notes", "pub-date",
    "history", "permissions", "self-uri", "related-article", "kwd-group", "funding-group", "counts",
    "custom-meta-group", "tex-math", "alt-text", "long-desc", "object-id", "processing-meta", "book-meta",
    "http://www.w3.org/1998/Math/MathML math",
)  # fmt: skip
_NOTE_REFERENCES = frozenset(("fn", "table-fn", "endnote"))
_LIST_PATTERNS = {
    "order": "1",
    "alpha-lower": "a",
    "alpha-upper": "A",
    "roman-lower": "i",
    "roman-upper": "I",
}


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is an article in JATS, by its name or its first element."""
    if name.endswith(SUFFIXES):
        return True
    start = data[:4096]
    return name.endswith(".xml") and _START.search(start) is not None and _FOREIGN.search(start) is None


def read(data: bytes, path: str) -> Manuscript:
    """Read an article in JATS.

    Raises:
        ManuscriptError: it is damaged, or not safe to open.
    """
    text, encoding, remarks = decode_declared(data, path, declared_encoding(data))
    found, orphans = _read_article(text, path)
    if orphans:
        remarks = (
            *remarks,
            f"{orphans} note{'s' if orphans > 1 else ''} that nothing in the text refers to left out",
        )
    return assemble(Manuscript(path, text, FORMAT, encoding, remarks=remarks), found)


def _read_article(text: str, path: str) -> tuple[Found, int]:
    """Return what stands in an article, and how many of its notes nothing refers to."""
    article = _Article(text.encode(), path)
    article.read()
    offsets = ByteOffsets(text)
    called, orphans = _called(article)
    runs = list(numbering_runs([note.label for note in called]))
    notes = [
        _note(note, ordinal, run, offsets)
        for ordinal, (note, run) in enumerate(zip(called, runs, strict=True), 1)
    ]
    section = {note.key: run for note, run in zip(called, runs, strict=True)}
    found = Found(
        [
            _passage(block.take(), offsets)
            for block in article.blocks
            if not block.bibliography and block.atoms
        ],
        notes,
        [
            # A note that is not there belongs to the first run, where all but a few articles have theirs.
            Marker(call.label, _span(call.start, call.end, offsets), section.get(key, 1))
            for call in article.calls
            for key in call.keys[:1]
            if call.label
        ],
        [
            BibliographyItem(_passage(block.take(), offsets), block.heading)
            for block in article.blocks
            if block.bibliography and block.atoms
        ],
    )
    return found, orphans


_BlockKind = Literal["text", "title", "article title", "mixed citation", "element citation"]


@attrs.define
class _Block:
    kind: _BlockKind
    heading: str | None = None
    bibliography: bool = False
    weaver: Weaver = attrs.field(factory=Weaver)
    atoms: list[Atom] = attrs.field(factory=list)
    in_journal: bool = False
    """Whether an element-citation is of an article in a journal."""
    last_part: str = ""
    """The part of an element-citation that was read last."""
    closing: str = ""
    """What the part that is being read closes with."""

    def take(self) -> list[Atom]:
        """Return the atoms and let them go: a long article would else be held twice."""
        taken, self.atoms = self.atoms, []
        return taken


@attrs.define
class _Note:
    key: str
    start: int
    label: str = ""
    label_at: tuple[int, int] | None = None
    blocks: list[_Block] = attrs.field(factory=list)


@attrs.define
class _Call:
    """A reference to notes, mostly to one; the range is that of the label it shows."""

    keys: tuple[str, ...]
    start: int
    end: int
    label: str = ""


@attrs.define
class _List:
    type: str
    number: int = 0

    def next_label(self) -> str:
        """Return the number of the next item, or nothing for a bullet."""
        self.number += 1
        pattern = _LIST_PATTERNS.get(self.type)
        return f"{PATTERN_FORMATS[pattern](self.number)}." if pattern else ""


_JOURNALS = frozenset(("journal", "magazine", "newspaper", "periodical"))


def _joint(last: str, part: str, in_journal: bool) -> tuple[str, str]:
    """Return what stands between two parts of an element-citation, with what opens the second, and what closes that."""
    if part in _QUOTED_PARTS:
        return (". “" if last else "“"), ".”"
    after_quoted = last in _QUOTED_PARTS
    if not last:
        return "", ""
    if part in _NAMES and last in _NAMES:
        return (", " if part in ("given-names", "suffix") else "; "), ""
    match part:
        case "year" if last not in _NAMES:
            return (" (", ")") if in_journal else (", ", "")
        case "volume":
            return (" ", "") if in_journal else (". Vol. ", "")
        case "issue":
            return " (", ")"
        case "fpage":
            return (": " if in_journal else ", "), ""
        case "lpage":
            return "–", ""
        case "publisher-name" if last == "publisher-loc":
            return ": ", ""
        case "source" if last == "chapter-title":
            return " In ", ""
        case _:
            return (" " if after_quoted else ". "), ""


def _called(article: "_Article") -> tuple[list[_Note], int]:
    """Return the notes in the order in which the text calls them, and how many it does not call."""
    by_key = {note.key: note for note in reversed(article.notes)}
    called: dict[str, _Note] = {}
    for call in article.calls:
        for key in call.keys:
            note = by_key.get(key)
            if note is not None and key not in called:
                called[key] = note
                note.label = note.label or call.label
    if not called:
        # A text that calls no note at all has lost its references; the notes are there all the same.
        return article.notes, 0
    return list(called.values()), len(article.notes) - len(called)


def _passage(atoms: list[Atom], offsets: ByteOffsets) -> Passage:
    return passage_of(
        [
            atom._replace(start=offsets.to_character(atom.start), end=offsets.to_character(atom.end))
            for atom in atoms
        ]
    )


def _span(start: int, end: int, offsets: ByteOffsets) -> Span:
    return Span(offsets.to_character(start), offsets.to_character(end))


def _note(note: _Note, ordinal: int, run: int, offsets: ByteOffsets) -> Note:
    passage = one_passage(_passage(block.take(), offsets) for block in note.blocks if block.atoms)
    start, end = note.label_at or (note.start, note.start)
    return Note(run, ordinal, note.label or None, passage, _span(start, end, offsets))


class _Article:
    """Reads an article; then :attr:`blocks`, :attr:`notes` and :attr:`calls` hold what was in it."""

    def __init__(self, data: bytes, path: str) -> None:
        self.blocks: list[_Block] = []
        self.notes: list[_Note] = []
        self.calls: list[_Call] = []
        self._stream = MarkupStream(
            data, path, "", self._start_actions(), self._end_actions(), doctype=True, encoding="utf-8"
        )
        # Paragraphs hold notes and lists, and these hold paragraphs. None stands for a note between them.
        self._open: list[_Block | None] = []
        self._block: _Block | None = None
        self._open_notes: list[_Note] = []
        self._call: _Call | None = None
        self._italics = 0
        self._raised = 0
        self._lists: list[_List] = []
        self._item_label = ""
        self._item_begins = False
        self._reference_lists = 0
        self._heading: str | None = None

    def read(self) -> None:
        """Read the article.

        Raises:
            ManuscriptError: it is damaged, or not safe to open.
        """
        self._stream.run()

    def _start_actions(self) -> dict[str, StartAction]:
        actions: dict[str, StartAction] = dict.fromkeys(_BLOCKS, lambda _: self._begin_block("text"))
        actions |= dict.fromkeys(_MIXED_CITATIONS, lambda _: self._begin_mixed_citation())
        actions |= dict.fromkeys(_ELEMENT_CITATIONS, self._begin_element_citation)
        actions |= {part: partial(self._begin_part, part) for part in _PARTS}
        actions |= dict.fromkeys(_TITLES, lambda _: self._begin_block("title"))
        actions |= dict.fromkeys(_SKIPPED, lambda _: self._stream.skip())
        return actions | {
            "article-title": self._begin_article_title,
            "italic": lambda _: self._slant(1),
            "sup": lambda _: self._raise(1),
            "break": lambda _: self._space(),
            "fn": self._begin_note,
            "endnote": self._begin_note,
            "label": self._begin_label,
            "xref": self._begin_call,
            "list": lambda attributes: self._lists.append(_List(attributes.get("list-type", ""))),
            "list-item": self._begin_item,
            "ref-list": lambda _: self._reference_list(1),
        }

    def _end_actions(self) -> dict[str, EndAction]:
        blocks = (*_BLOCKS, *_TITLES, *_MIXED_CITATIONS)
        actions: dict[str, EndAction] = dict.fromkeys(blocks, self._end_block)
        actions |= dict.fromkeys(_ELEMENT_CITATIONS, self._end_element_citation)
        actions |= {part: partial(self._end_part, part) for part in _PARTS}
        return actions | {
            "article-title": self._end_article_title,
            "italic": lambda: self._slant(-1),
            "sup": lambda: self._raise(-1),
            "fn": self._end_note,
            "endnote": self._end_note,
            "label": self._end_label,
            "xref": self._end_call,
            "list": self._end_list,
            "ref-list": lambda: self._reference_list(-1),
        }

    def _enter(self, block: _Block | None) -> None:
        self._open.append(self._block)
        self._block = block
        self._stream.on_text(self._text if block is not None else None)

    def _leave(self) -> None:
        self._block = self._open.pop()
        self._stream.on_text(self._text if self._block is not None else None)

    def _begin_block(self, kind: _BlockKind) -> None:
        block = _Block(kind, heading=self._heading)
        if self._open_notes:
            self._open_notes[-1].blocks.append(block)
        else:
            # Its place is where it begins: a paragraph may hold lists and tables.
            self.blocks.append(block)
            block.bibliography = self._reference_lists > 0 and kind != "title"
        self._enter(block)
        self._item_begins = False
        if self._item_label:
            at = self._stream.tag_end()
            block.weaver.add(f"{self._item_label} ", at, at, literal=False)
            self._item_label = ""

    def _begin_mixed_citation(self) -> None:
        # In a paragraph, mostly of a note, it is a part of the sentence.
        if self._block is not None:
            self._enter(self._block)
        else:
            self._begin_block("mixed citation")

    def _end_block(self) -> None:
        block = self._block
        self._leave()
        if block is None or block is self._block:
            return
        block.atoms = [atom for atom in block.weaver.finish() if isinstance(atom, Atom)]
        block.weaver = Weaver()
        if self._reference_lists and block.kind == "title":
            self._heading = "".join(atom.string for atom in block.atoms)

    def _begin_article_title(self, _: Attributes) -> None:
        # In the front matter it is a heading; in a citation, a part of it.
        if self._block is None:
            self._begin_block("article title")
        else:
            self._begin_part("article-title", {})

    def _end_article_title(self) -> None:
        if self._block is not None and self._block.kind == "article title":
            self._end_block()
        else:
            self._end_part("article-title")

    # An element-citation is printed by a style sheet. It is read as an author-date style would print it.

    def _begin_element_citation(self, attributes: Attributes) -> None:
        self._begin_block("element citation")
        if self._block is not None:
            self._block.in_journal = attributes.get("publication-type", "") in _JOURNALS

    def _end_element_citation(self) -> None:
        if self._block is not None and self._block.last_part not in ("", *_QUOTED_PARTS):
            self._print(".")
        self._end_block()

    def _begin_part(self, part: str, _: Attributes) -> None:
        block = self._block
        if block is None or block.kind != "element citation":
            return
        joint, block.closing = _joint(block.last_part, part, block.in_journal)
        self._print(joint)
        if part == "source":
            self._slant(1)

    def _end_part(self, part: str) -> None:
        block = self._block
        if block is None or block.kind != "element citation":
            return
        if part == "source":
            self._slant(-1)
        self._print(block.closing)
        block.last_part, block.closing = part, ""

    def _print(self, words: str) -> None:
        """Add what the style sheet prints between two parts."""
        if self._block is not None and words:
            self._block.weaver.drop_space()
            at = self._stream.offset
            self._block.weaver.emphasis(False)
            self._block.weaver.add(words, at, at, literal=False)

    def _text(self, text: str) -> None:
        if self._block is None:
            return
        weaver, offset = self._block.weaver, self._stream.offset
        end, literal = source_end(self._stream.data, offset, text)
        weaver.emphasis(self._italics > 0)
        number = raised(text) if self._raised else None
        if number is not None:
            weaver.add(number, offset, end, literal=False)
        elif literal:
            weaver.chunk(text, offset)
        elif text.strip(BREAKING_SPACE):
            weaver.add(text, offset, end, literal=False)
        else:
            weaver.space(offset, end)

    def _slant(self, step: int) -> None:
        self._italics += step

    def _raise(self, step: int) -> None:
        self._raised += step

    def _space(self) -> None:
        if self._block is not None:
            offset = self._stream.offset
            self._block.weaver.space(offset, offset)

    def _begin_note(self, attributes: Attributes) -> None:
        note = _Note(attributes.get("id") or f"at {self._stream.offset}", self._stream.offset)
        note.label = attributes.get("symbol", "").strip()
        if self._block is not None and not self._open_notes:
            # A note that stands in the paragraph which calls it.
            self.calls.append(_Call((note.key,), self._stream.offset, self._stream.tag_end()))
        self._open_notes.append(note)
        self._enter(None)

    def _end_note(self) -> None:
        self._leave()
        self.notes.append(self._open_notes.pop())

    def _begin_label(self, _: Attributes) -> None:
        # The labels of sections, figures and references are no part of the text.
        self._enter(None)
        if self._open_notes and not self._open_notes[-1].blocks:
            end = self._stream.tag_end()
            self._open_notes[-1].label_at = (end, end)
            self._stream.on_text(self._note_label)
        elif self._item_begins:
            self._item_label = ""
            self._stream.on_text(self._list_label)

    def _note_label(self, text: str) -> None:
        note = self._open_notes[-1]
        if text.strip() and note.label_at is not None:
            end, _ = source_end(self._stream.data, self._stream.offset, text)
            begun = note.label_at[1] > note.label_at[0]
            note.label = f"{note.label}{text.strip()}" if begun else text.strip()
            note.label_at = (note.label_at[0] if begun else self._stream.offset, end)

    def _list_label(self, text: str) -> None:
        self._item_label += text.strip()

    def _end_label(self) -> None:
        self._leave()

    def _begin_call(self, attributes: Attributes) -> None:
        if attributes.get("ref-type") not in _NOTE_REFERENCES or self._open_notes or self._block is None:
            self._enter(self._block)
            return
        self._call = _Call(
            tuple(attributes.get("rid", "").split()), self._stream.tag_end(), self._stream.tag_end()
        )
        self.calls.append(self._call)
        self._enter(None)
        self._stream.on_text(self._call_label)

    def _call_label(self, text: str) -> None:
        if self._call is not None:
            self._call.label += text.strip()
            self._call.end, _ = source_end(self._stream.data, self._stream.offset, text)

    def _end_call(self) -> None:
        self._call = None
        self._leave()

    def _begin_item(self, _: Attributes) -> None:
        self._item_label = self._lists[-1].next_label() if self._lists else ""
        self._item_begins = True

    def _end_list(self) -> None:
        self._lists.pop()
        self._item_label = ""

    def _reference_list(self, step: int) -> None:
        self._reference_lists += step
        self._heading = None
