"""NUM401."""

from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.evidence.numbering import Numbering, before_marker, numberings, spell_numbers
from citecheck.findings import Problem, Severity
from citecheck.manuscript import Note
from citecheck.rules import Bad, Good, rule

# More gaps than this are one fault: pages were lost, or the numbers were.
_SEPARATE = 5


@rule(
    code="NUM401",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n"
            "4. Han, *The History of Korea*, 301–304.\n",
            says="there is no note 3",
        ),
        Bad(
            "Notes\n\n"
            "6. Scalapino and Lee, *Communism in Korea*, 334.\n"
            "7. Lankov, *Crisis in North Korea*, 19.\n",
            says="there are no notes 1–5",
        ),
        Bad(
            "Notes\n\n"
            "1. Suh, *Kim Il Sung*, 32.\n3. Suh, *Kim Il Sung*, 38.\n5. Suh, *Kim Il Sung*, 40.\n"
            "7. Suh, *Kim Il Sung*, 45.\n9. Suh, *Kim Il Sung*, 52.\n11. Suh, *Kim Il Sung*, 84.\n"
            "13. Suh, *Kim Il Sung*, 93.\n",
            says="6 of 13 notes are missing: 2, 4, 6, 8, 10, 12",
        ),
        Good("Lankov, *Crisis in North Korea*, 19.\nIbid., 24.\nSuh, *Kim Il Sung*, 32."),
    ),
)
def missing_note_number(document: Document) -> Iterator[Problem]:
    """Numbers that the run of notes leaves out.

    A note was deleted by hand, or lost when the text was converted. A few gaps are reported where they
    are, many in one finding. Sections that start again at 1 are counted each for itself.
    """
    for numbering in numberings(document.manuscript):
        missing = numbering.missing
        gaps = list(_gaps(missing))
        if len(gaps) > _SEPARATE:
            yield _summary(document, numbering, missing)
        else:
            yield from (_gap(numbering, gap) for gap in gaps)


def _gaps(missing: Sequence[int]) -> Iterator[tuple[int, ...]]:
    gap: list[int] = []
    for number in missing:
        if gap and number != gap[-1] + 1:
            yield tuple(gap)
            gap = []
        gap.append(number)
    if gap:
        yield tuple(gap)


def _gap(numbering: Numbering, gap: Sequence[int]) -> Problem:
    after = _first_after(numbering, gap[-1])
    spelt = spell_numbers(gap)
    place = (
        f"note {after.label} follows note {gap[0] - 1}"
        if gap[0] > 1
        else f"the notes begin with {after.label}"
    )
    called = [number for number in gap if str(number) in numbering.called]
    if called:
        place += f"; the text calls {spell_numbers(called)}"
    return Problem(
        after.label_span,
        f"there is no note {spelt}" if len(gap) == 1 else f"there are no notes {spelt}",
        label=place,
        help="restore what was lost, or number the notes again",
    )


def _summary(document: Document, numbering: Numbering, missing: Sequence[int]) -> Problem:
    manuscript = document.manuscript
    after = _first_after(numbering, missing[0])
    span = after.label_span
    if missing[0] == 1 and after.kind == "footnote" and numbering.markers:
        span = before_marker(manuscript, numbering.markers[0])
    last = max(note.number or 0 for note in numbering.notes)
    here = f"note {missing[0]} {'should be called' if span != after.label_span else 'is missing'} here"
    return Problem(
        span,
        f"{len(missing)} of {last} notes are missing: {spell_numbers(missing)}",
        label="; ".join(filter(None, (here, _called(numbering, missing)))),
        help="many at once are mostly lost in conversion: compare the text with the original file",
    )


def _called(numbering: Numbering, missing: Sequence[int]) -> str:
    """Say how many of the missing notes the text calls: if it calls them, they were there."""
    called = sum(str(number) in numbering.called for number in missing)
    if not called:
        return ""
    return "the text calls all of them" if called == len(missing) else f"the text calls {called} of them"


def _first_after(numbering: Numbering, number: int) -> Note:
    return next(note for note in numbering.notes if (note.number or 0) > number)
