"""NUM402."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.numbering import Numbering, numberings
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Manuscript, Note, Span
from citecheck.rules import Bad, Good, rule


@rule(
    code="NUM402",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n"
            "2. Han, *The History of Korea*, 301–304.\n"
            "3. Woodside, *Vietnam and the Chinese Model*, 57.\n",
            says="two notes have the number 2",
        ),
        Good(
            "Notes\n\n"
            "Chapter 1\n1. Cumings, *Korea's Place in the Sun*, 79.\n2. Ibid., 81.\n"
            "Chapter 2\n1. Terrill, *Mao*, 295–296.\n2. Ibid., 298.\n"
        ),
    ),
)
def repeated_note_number(document: Document) -> Iterator[Problem]:
    """One number for two notes of the same run.

    A cross-reference to the number is then ambiguous, and all later markers may be off by one.
    Numbers that start again with a chapter are right.
    """
    for numbering in numberings(document.manuscript):
        yield from _repeated_labels(document.manuscript, numbering)
        for note in numbering.notes:
            yield from _second_note(document.manuscript, note)


def _repeated_labels(manuscript: Manuscript, numbering: Numbering) -> Iterator[Problem]:
    first: dict[str, Note] = {}
    for note in numbering.notes:
        # Symbols start again on every page, and what a word processor counts is never counted twice.
        if note.label is None or not note.label.isalnum() or note.label_source != "explicit":
            continue
        if note.label in first:
            yield _problem(
                manuscript, note.label, note.label_span.start, note.label_span.end, first[note.label]
            )
        else:
            first[note.label] = note


_NUMBERED = re.compile(r"[-•*]?\s*(\d+)\.\s+(?=[^\W\d_]|[“\"«„*‘])")


def _second_note(manuscript: Manuscript, note: Note) -> Iterator[Problem]:
    """Find a line in a note that begins with the note's own number: a second note, which was joined to it."""
    if note.number is None:
        return
    for piece in note.passage.pieces[1:]:
        match = _NUMBERED.match(manuscript.text, piece.start, piece.end) if piece.literal else None
        if match is not None and note.label is not None and match.group(1) == note.label:
            yield _problem(manuscript, note.label, match.start(1), match.end(1), note)


def _problem(manuscript: Manuscript, label: str, start: int, end: int, first: Note) -> Problem:
    return Problem(
        Span(start, end),
        f"two notes have the number {label}",
        label="the second",
        help="number the notes again from here on",
        related=(Related(manuscript, first.label_span, "the first"),),
    )
