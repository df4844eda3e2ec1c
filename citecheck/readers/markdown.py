"""Markdown with pandoc's notes: ``[^1]`` and ``^[…]``, numbered in the order in which they are called.

What pandoc 3.9 does is followed where authors rely on it: each call of a note takes a new number, the
last of several definitions counts, ``[^1]`` inside a note is no call, and a label without a
definition is just text.
"""

import re
from collections import defaultdict, deque

import attrs

from citecheck.manuscript import Manuscript, Marker, Note, Passage, Span
from citecheck.readers.assembly import Found, assemble, beginnings, one_passage
from citecheck.readers.decoding import decode_declared
from citecheck.readers.limits import refuse_excess
from citecheck.readers.markdown_blocks import Block, Blocks, Definition
from citecheck.readers.markdown_inline import InlineReader, NoteCalls, Source
from citecheck.readers.numerals import numbering_runs

FORMAT = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd")

_DEFINITION = re.compile(rb"^ {0,3}\[\^[^\s^\[\]]+\]:", re.MULTILINE)
_MOST_NAMED = 5


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is Markdown: by its name, or, if it has none or is called a text, by a definition of a note."""
    if name.endswith(SUFFIXES):
        return True
    return (
        (name == "-" or name.endswith((".txt", ".text")))
        and b"\0" not in data[:4096]
        and _DEFINITION.search(data) is not None
    )


def read(data: bytes, path: str) -> Manuscript:
    """Read Markdown.

    Raises:
        ManuscriptError: the bytes are not text, or have more markup than is safe.
    """
    text, encoding, remarks = decode_declared(data, path, None)
    refuse_excess(text, "*_[]`<\\^~$&|\n\r", path)
    reading = _Reading(text)
    found = reading.read()
    manuscript = Manuscript(path, text, FORMAT, encoding, remarks=(*remarks, *reading.remarks()))
    return assemble(manuscript, found)


@attrs.frozen
class _Inline:
    """A note that is written out where it is called, waiting to be read."""

    source: Source
    start: int
    end: int
    number: int
    mark: Span


class _Reading:
    """Reads one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks = Blocks(text)
        # Of several definitions with one label the last counts, as in pandoc.
        self._definitions = {definition.label: definition for definition in self._blocks.definitions}
        self._passages: dict[str, Passage] = {}
        self._notes: dict[int, Note] = {}
        self._waiting: deque[_Inline] = deque()
        self._markers: list[Marker] = []
        self._labels: dict[int, str] = {}
        self._number = 0
        self._calls = NoteCalls(
            frozenset(self._definitions),
            frozenset(self._blocks.links),
            self._call,
            self._inline,
            self._not_defined,
        )

    def read(self) -> Found:
        """Return the paragraphs and notes."""
        paragraphs = [self._passage(block, in_note=False) for block in self._blocks.blocks]
        set_off = beginnings(paragraphs, (block.quoted for block in self._blocks.blocks))
        if not self._number and self._definitions:
            return Found(paragraphs, self._uncalled(), self._markers, set_off=set_off)
        while self._waiting:
            self._read_inline(self._waiting.popleft())
        return Found(paragraphs, self._in_order(), self._markers, set_off=set_off)

    def _in_order(self) -> list[Note]:
        """Return the notes by their numbers, and behind each those that are defined next and called nowhere.

        These have no number in print, so they are called what they are called here; their author sees them where he
        wrote them.
        """
        uncalled: defaultdict[str | None, list[Note]] = defaultdict(list)
        called = set(self._labels.values())
        before = None
        for label, definition in self._definitions.items():
            if label in called:
                before = label
            else:
                note = self._labelled(0, definition, 1)
                uncalled[before].append(attrs.evolve(note, label=f"[^{label}]"))
        notes = uncalled.pop(None, [])
        for number in sorted(self._notes):
            notes.append(self._notes[number])
            notes += uncalled.pop(self._labels.get(number), [])
        return [attrs.evolve(note, ordinal=ordinal) for ordinal, note in enumerate(notes, 1)]

    def _passage(self, block: Block, *, in_note: bool) -> Passage:
        return InlineReader(Source(self._text, block), self._calls, in_note=in_note).read()

    def _call(self, label: str, start: int, end: int) -> None:
        definition = self._definitions[label]
        self._number += 1
        number = self._number
        self._labels[number] = label
        self._markers.append(Marker(str(number), Span(start, end), 1))
        if label not in self._passages:
            self._passages[label] = one_passage(
                self._passage(block, in_note=True) for block in definition.blocks
            )
        self._add(number, self._passages[label], Span(*definition.label_at), f"[^{label}]")

    def _inline(self, source: Source, start: int, end: int, mark_start: int, mark_end: int) -> None:
        self._number += 1
        mark = Span(mark_start, mark_end)
        self._markers.append(Marker(str(self._number), mark, 1))
        self._waiting.append(_Inline(source, start, end, self._number, mark))

    def _read_inline(self, note: _Inline) -> None:
        passage = InlineReader(note.source, self._calls, in_note=False).read(note.start, note.end)
        self._add(note.number, passage, note.mark)

    def _not_defined(self, label: str, start: int, end: int) -> None:
        # In print such a note has no number, so it is called what it is called here.
        self._markers.append(Marker(f"[^{label}]", Span(start, end), 1))

    def _add(self, number: int, passage: Passage, label_span: Span, written: str | None = None) -> None:
        if written == f"[^{number}]":
            written = None
        self._notes[number] = Note(
            1, number, str(number), passage, label_span, label_source="computed", written=written
        )

    def _uncalled(self) -> list[Note]:
        """Return the notes of a file that has nothing but notes, under their own labels."""
        definitions = list(self._definitions.values())
        runs = numbering_runs([definition.label for definition in definitions])
        return [
            self._labelled(*one)
            for one in zip(range(1, len(definitions) + 1), definitions, runs, strict=True)
        ]

    def _labelled(self, ordinal: int, definition: Definition, run: int) -> Note:
        passage = one_passage(self._passage(block, in_note=True) for block in definition.blocks)
        return Note(run, ordinal, definition.label, passage, Span(*definition.label_at))

    def remarks(self) -> list[str]:
        """Return what is odd about the notes."""
        remarks = []
        labels = [definition.label for definition in self._blocks.definitions]
        twice = (
            list(dict.fromkeys(label for label in labels if labels.count(label) > 1))
            if _repeats(labels)
            else []
        )
        if twice:
            remarks.append(f"{_named(twice)} defined more than once: the last text counts")
        return remarks


def _repeats(labels: list[str]) -> bool:
    return len(set(labels)) < len(labels)


def _named(labels: list[str]) -> str:
    named = ", ".join(f"[^{label}]" for label in labels[:_MOST_NAMED])
    more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
    return f"{named}{more} {'is' if len(labels) == 1 else 'are'}"
