"""Lays out the text of a manuscript whose file is no text: the body, then the notes, a paragraph a line.

The lines look as a person would type them, ``*`` for italics, ``[14]`` where note 14 is called and
``14. `` before its text, and every range of them has an :class:`Origin` in a part of the file.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import attrs

from citecheck.manuscript import Marker, Note, Origin, Passage, Piece, Span
from citecheck.readers.passages import Atom, Mark

# Why a range of the text cannot be edited.
LAID_OUT = "it is not in the file: citecheck laid it out"
NOTE_NUMBER = "the number of a note stands there, which the program counts itself"
TRACKED = "it is part of a tracked change: accept or reject that first"


@attrs.frozen
class Story:
    """The paragraphs of one note, or of anything that is read in one go, and the part they stand in."""

    part: str
    paragraphs: tuple[Sequence[Atom | Mark], ...]


@attrs.frozen
class CalledNote:
    """A note as it is called: its numbering, its text, and where its own number stands in that text."""

    section: int
    ordinal: int
    label: str | None
    story: Story
    number_at: tuple[int, int]
    kind: Literal["footnote", "endnote"] = "footnote"
    label_source: Literal["explicit", "computed", "inferred"] = "computed"


class Layout:
    """The text that is being laid out, with its origins."""

    def __init__(self) -> None:
        self.origins: list[Origin] = []
        self.markers: list[Marker] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def body_line(
        self, part: str, atoms: Iterable[Atom | Mark], number: int, called: Callable[[str], CalledNote | None]
    ) -> Passage:
        """Lay out a paragraph of the body; ``called`` gives the note that a mark stands for, or None."""
        begin = self._length
        pieces: list[Piece] = []
        strings: list[str] = []
        length = 0
        for atom in atoms:
            if isinstance(atom, Mark):
                if begin < self._length:
                    pieces.append(Piece(length, begin, self._length))
                    length += self._length - begin
                self._marker(part, atom, number, called(atom.key))
                begin = self._length
            else:
                self._atom(part, atom, None, number)
                strings.append(atom.string)
        if begin < self._length:
            pieces.append(Piece(length, begin, self._length))
        self._append("\n")
        return Passage("".join(strings), tuple(pieces))

    def note_line(self, note: CalledNote) -> Note:
        """Lay out a note: its number, then its paragraphs on one line."""
        story, label = note.story, note.label or ""
        label_span = Span(self._length, self._length + len(label))
        if label:
            self._synthetic(label, story.part, *note.number_at, note=note.label)
            stop = ". " if label.isalnum() else " "
            self._synthetic(stop, story.part, note.number_at[1], note.number_at[1], note=note.label)
        begin = self._length
        strings: list[str] = []
        for number, paragraph in enumerate(story.paragraphs, 1):
            atoms = [atom for atom in paragraph if isinstance(atom, Atom)]
            if strings and atoms:
                at = atoms[0].start
                atoms.insert(0, Atom(" ", at, at, literal=False, not_editable=LAID_OUT))
            for atom in atoms:
                self._atom(story.part, atom, note.label, number)
                strings.append(atom.string)
        text = "".join(strings)
        pieces = (Piece(0, begin, self._length),) if text else ()
        self._append("\n")
        return Note(
            note.section,
            note.ordinal,
            note.label,
            Passage(text, pieces),
            label_span,
            kind=note.kind,
            label_source=note.label_source,
        )

    def _marker(self, part: str, mark: Mark, number: int, note: CalledNote | None) -> None:
        if note is None:
            return
        label = note.label or "?"
        start = self._length
        self._synthetic(f"[{label}]", part, mark.start, mark.end, note=None, paragraph=number)
        self.markers.append(Marker(label, Span(start + 1, self._length - 1), note.section))

    def _atom(self, part: str, atom: Atom, note: str | None, paragraph: int) -> None:
        string, start, end, literal, not_editable = atom
        begin = self._length
        self._append(string)
        if not literal and not_editable is None:
            not_editable = LAID_OUT
        self.origins.append(
            Origin(begin, self._length, part, start, end, literal, note, paragraph, not_editable)
        )

    def _synthetic(
        self, string: str, part: str, start: int, end: int, note: str | None, paragraph: int = 1
    ) -> None:
        self._atom(part, Atom(string, start, end, literal=False, not_editable=NOTE_NUMBER), note, paragraph)

    def _append(self, string: str) -> None:
        self._parts.append(string)
        self._length += len(string)
