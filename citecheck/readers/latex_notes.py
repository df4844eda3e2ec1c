r"""Numbers the notes of a text as LaTeX does, and keeps them with the marks that call them."""

import re
from collections.abc import Mapping

import attrs

from citecheck.manuscript import Marker, Note, Passage, Span
from citecheck.readers.assembly import one_passage
from citecheck.readers.latex_preamble import NoteKind, Numeral
from citecheck.readers.latex_tokens import LatexToken
from citecheck.readers.passages import Weaver


@attrs.define
class Flow:
    """Text that is being put together: the body, or a note."""

    weaver: Weaver = attrs.field(factory=Weaver)
    passages: list[Passage] = attrs.field(factory=list)
    in_note: bool = False


@attrs.define
class Numbering:
    """How notes of one kind are numbered, and where that stands."""

    numeral: Numeral | None = str
    count: int = 0
    section: int = 1
    _any_in_section: bool = False

    def next_label(self) -> str | None:
        """Count one more note, and return its label; None where it cannot be known."""
        self.count += 1
        return self.label()

    def label(self) -> str | None:
        """Return the label of the note that was counted last."""
        self._any_in_section = True
        return self.numeral(self.count) if self.numeral is not None else None

    def as_label(self, written: str) -> str:
        r"""Return the label of ``\footnote[5]{…}``: the number that is given, in the numerals of the notes."""
        if re.fullmatch(r"\d{1,6}", written) and self.numeral is not None:
            return self.numeral(int(written))
        return written

    def restart(self, count: int = 0) -> None:
        """Count on from a number; where it has been before, another section begins."""
        if count <= self.count and self._any_in_section:
            self.section += 1
            self._any_in_section = False
        self.count = count


@attrs.define
class _Called:
    """A note that has begun."""

    section: int
    label: str | None
    label_span: Span
    explicit: bool
    flow: Flow


@attrs.frozen
class Option:
    """The number that a command gives in brackets, and where it stands."""

    written: str
    span: Span


class Notes:
    """The notes of a text that have begun so far, and their marks."""

    def __init__(self, numerals: Mapping[NoteKind, Numeral | None]) -> None:
        self.numbering = {kind: Numbering(numeral) for kind, numeral in numerals.items()}
        self._called: dict[NoteKind, list[_Called]] = {"footnote": [], "endnote": []}
        self._markers: list[tuple[NoteKind, Marker]] = []

    def begin(self, kind: NoteKind, token: LatexToken, option: Option | None, *, mark: bool) -> Flow:
        """Number a note, and return the flow that its text belongs to.

        Args:
            kind: whether it is a footnote or an endnote.
            token: the command.
            option: the number that it is given.
            mark: whether the command sets its mark too; else one before has done so.
        """
        numbering = self.numbering[kind]
        if option is not None:
            label: str | None = numbering.as_label(option.written)
            span = option.span
        else:
            label = numbering.next_label() if mark else numbering.label()
            span = Span(token.start, token.end)
        called = _Called(numbering.section, label, span, option is not None, Flow(in_note=True))
        self._called[kind].append(called)
        if mark:
            self._markers.append((kind, Marker(label or "?", span, numbering.section)))
        return called.flow

    def mark(self, kind: NoteKind, token: LatexToken, option: Option | None) -> None:
        """Set the mark of a note whose text stands elsewhere."""
        numbering = self.numbering[kind]
        label = numbering.as_label(option.written) if option is not None else numbering.next_label()
        self._markers.append((kind, Marker(label or "?", Span(token.start, token.end), numbering.section)))

    def found(self) -> tuple[list[Note], list[Marker]]:
        """Return the notes, endnotes behind all footnotes and in sections of their own, and their marks."""
        footnotes, endnotes = self._called["footnote"], self._called["endnote"]
        sections = max((note.section for note in footnotes), default=0)
        notes = [_note(note, "footnote", ordinal, 0) for ordinal, note in enumerate(footnotes, 1)]
        notes += [
            _note(note, "endnote", ordinal, sections) for ordinal, note in enumerate(endnotes, len(notes) + 1)
        ]
        markers = [
            marker if kind == "footnote" else attrs.evolve(marker, section=(marker.section or 0) + sections)
            for kind, marker in self._markers
        ]
        return notes, markers


def _note(called: _Called, kind: NoteKind, ordinal: int, sections: int) -> Note:
    return Note(
        called.section + sections,
        ordinal,
        called.label,
        one_passage(called.flow.passages),
        called.label_span,
        kind=kind,
        label_source="explicit" if called.explicit else "computed",
    )
