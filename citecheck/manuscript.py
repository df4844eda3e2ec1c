"""The author's text with exact positions: manuscripts, notes, and the passages that are read.

Two kinds of offset occur and never mix. A :class:`Span` counts code points of
``Manuscript.text``, the text as it stands in its file. Inside a :class:`Passage`, the running
text that a reader sees once line breaks, bullets and page breaks are taken away, plain integers
count code points of ``Passage.text``; ``Passage.span`` leads from the second to the first.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import attrs


class Span(NamedTuple):
    """A half-open range of code points of ``Manuscript.text``, counted from 0."""

    start: int
    end: int


@attrs.frozen
class Position:
    """A place as people count it: line and column from 1, the column in code points."""

    line: int
    column: int


@attrs.frozen
class Piece:
    """A stretch of a passage that lies unbroken in the manuscript.

    ``offset`` is where it begins in ``Passage.text``; ``start`` and ``end`` are its range in
    ``Manuscript.text``. A *literal* piece has the same characters in both. One that is not
    stands for something written otherwise: a space for a line break, a character for an entity.
    """

    offset: int
    start: int
    end: int
    literal: bool = True


@attrs.frozen
class Passage:
    """Running text put together from pieces of a manuscript: a note, a paragraph, an entry.

    Emphasis is marked with ``*`` in every format; all other markup is left out.
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def join(cls, manuscript_text: str, spans: Iterable[tuple[int, int]], glue: str = " ") -> "Passage":
        """Put the given ranges of the manuscript together, with ``glue`` wherever two meet."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        previous_end: int | None = None
        for start, end in spans:
            if start >= end:
                continue
            if previous_end is not None and glue:
                pieces.append(Piece(length, previous_end, start, literal=False))
                parts.append(glue)
                length += len(glue)
            pieces.append(Piece(length, start, end))
            parts.append(manuscript_text[start:end])
            length += end - start
            previous_end = end
        return cls("".join(parts), tuple(pieces))

    def _piece_at(self, offset: int) -> Piece:
        if len(self.pieces) == 1:
            return self.pieces[0]
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.offset) - 1
        return self.pieces[max(index, 0)]

    def span(self, start: int, end: int) -> Span:
        """Return the range of the manuscript that ``Passage.text[start:end]`` was read from."""
        if not self.pieces:
            return Span(0, 0)
        first = self._piece_at(start)
        last = self._piece_at(max(start, end - 1))
        begin = first.start + (start - first.offset) if first.literal else first.start
        finish = min(last.start + (end - last.offset), last.end) if last.literal else last.end
        return Span(begin, max(begin, finish))

    def is_literal(self, start: int, end: int) -> bool:
        """Tell whether ``Passage.text[start:end]`` stands letter for letter in one piece of the file."""
        if not self.pieces:
            return False
        piece = self._piece_at(start)
        return piece.literal and end - piece.offset <= piece.end - piece.start


@attrs.frozen
class Note:
    """A footnote or endnote: its printed label and its text without the label.

    ``section`` counts the runs of numbering from 1: numbers that start again open the next one.
    ``ordinal`` counts all notes of the manuscript from 1. ``label`` is None where it is lost.
    """

    section: int
    ordinal: int
    label: str | None
    passage: Passage
    label_span: Span
    kind: Literal["footnote", "endnote"] = "footnote"
    label_source: Literal["explicit", "computed", "inferred"] = "explicit"
    written: str | None = None
    """How the file itself names the note, where that is not the number in print: ``[^lankov]``."""

    @property
    def name(self) -> str | None:
        """What messages call the note: as its author finds it in the file."""
        return self.written or self.label

    @property
    def number(self) -> int | None:
        """The label as a number, or None for ``*``, ``iv`` and lost labels."""
        return int(self.label) if self.label is not None and self.label.isdecimal() else None

    def follows(self, before: "Note") -> bool:
        """Tell whether this is the next note of one numbering; one number for both of them is a slip."""
        if self.section != before.section or self.ordinal != before.ordinal + 1:
            return False
        return (
            self.number is None or before.number is None or self.number in (before.number, before.number + 1)
        )


@attrs.frozen
class Marker:
    """A note mark in the body, such as ``⁴`` or ``[^4]``, with its section where that is known."""

    label: str
    span: Span
    section: int | None = None


@attrs.frozen
class BibliographyItem:
    """The text of one bibliography entry, under the heading that it stands in."""

    passage: Passage
    heading: str | None = None


@attrs.frozen
class Abbreviation:
    """A short form that the manuscript itself declares: a list of abbreviations, or “hereafter RGANI”."""

    short: str
    long: str
    span: Span


@attrs.frozen
class Origin:
    """Where a range of ``Manuscript.text`` lies in a file whose text is not the file itself.

    ``part`` is a member of a zipped document (``word/footnotes.xml``) or another file
    (``chapter2.tex``). ``source_start`` and ``source_end`` are a half-open byte range of it.
    ``begins`` is the line and column of another file that the range begins at; a zipped document's
    parts have none. ``not_editable`` is None, or the reason why an edit must not be made there.
    """

    start: int
    end: int
    part: str
    source_start: int
    source_end: int
    literal: bool = True
    note: str | None = None
    paragraph: int | None = None
    not_editable: str | None = None
    begins: Position | None = None


@attrs.frozen(slots=False, eq=False)
class Manuscript:
    """One author's text as read from one file, with everything that checking needs to see.

    ``body`` holds the running paragraphs in order; ``notes``, ``markers`` and ``bibliography``
    are what the reader found besides. ``text`` is the decoded file for text formats; for zipped
    formats it is a text that the reader laid out, and ``origins`` leads back to the file.
    """

    path: str
    text: str = attrs.field(repr=False)
    format: str = "plain"
    encoding: str = "utf-8"
    body: tuple[Passage, ...] = attrs.field(default=(), repr=False)
    notes: tuple[Note, ...] = attrs.field(default=(), repr=False)
    markers: tuple[Marker, ...] = attrs.field(default=(), repr=False)
    bibliography: tuple[BibliographyItem, ...] = attrs.field(default=(), repr=False)
    abbreviations: tuple[Abbreviation, ...] = attrs.field(default=(), repr=False)
    origins: tuple[Origin, ...] = attrs.field(default=(), repr=False)
    remarks: tuple[str, ...] = ()
    set_off: frozenset[int] = attrs.field(default=frozenset(), repr=False)
    """Where in ``text`` the paragraphs begin that the format itself sets apart as long quotations."""

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        # Only these three end a line; str.splitlines would also break at U+2028 and form feeds.
        text, at = self.text, 0
        while True:
            newline, carriage = text.find("\n", at), text.find("\r", at)
            if newline < 0 and carriage < 0:
                return starts
            if carriage >= 0 and (newline < 0 or carriage < newline):
                at = carriage + (2 if text[carriage + 1 : carriage + 2] == "\n" else 1)
            else:
                at = newline + 1
            starts.append(at)
            if carriage < 0:
                # The common case, without looking for carriage returns again and again.
                while (newline := text.find("\n", at)) >= 0:
                    at = newline + 1
                    starts.append(at)
                return starts

    def position(self, offset: int) -> Position:
        """Return line and column, both from 1, of an offset into ``text``."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def place(self, offset: int) -> tuple[str, Position]:
        """Return the file that an offset into ``text`` lies in, with line and column there.

        That is another file than the manuscript's own where the manuscript includes it.
        """
        here, origin = self.position(offset), self.origin(offset)
        if origin is None or origin.begins is None:
            return self.path, here
        first = self.position(origin.start)
        begins = origin.begins
        line = begins.line + here.line - first.line
        column = here.column + (begins.column - first.column if here.line == first.line else 0)
        main = Path(self.path)
        path = self.path if origin.part == main.name else str(main.parent / origin.part)
        return path, Position(line, column)

    def line_text(self, line: int) -> str:
        """Return the line with that number, counted from 1, without its line ending."""
        starts = self._line_starts
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")

    def origin(self, offset: int) -> Origin | None:
        """Return the place in the file that an offset came from, for formats that have origins."""
        index = bisect_right(self.origins, offset, key=lambda origin: origin.start) - 1
        return self.origins[index] if index >= 0 else None
