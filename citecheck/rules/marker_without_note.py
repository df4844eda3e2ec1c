"""NUM403."""

from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.evidence.numbering import Numbering, before_marker, numberings, spell_numbers, stray_markers
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Manuscript, Marker
from citecheck.rules import Bad, Good, rule

_SEPARATE = 5


@rule(
    code="NUM403",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The armistice was signed at Panmunjom.¹ Kim turned to reconstruction.² Aid came at once.³\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n",
            says="the text calls note 3, which does not exist",
        ),
        Bad(
            "Aid came at once.¹ It was not enough.² The harvest failed.³\n\nThe plan was cut in half.⁴\n",
            says="the text calls notes, 1–4, but this manuscript has none",
        ),
        Good(
            "The armistice was signed at Panmunjom.¹ Kim turned to reconstruction.²\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n",
        ),
    ),
)
def marker_without_note(document: Document) -> Iterator[Problem]:
    """A number in the text that calls a note which is not there.

    The reader looks for a source and finds none. A few are reported one by one, many in one finding:
    then the notes were lost in conversion, or stand in another file.
    """
    for numbering in numberings(document.manuscript):
        without = _without_note(numbering)
        if len(without) > _SEPARATE:
            yield _summary(document.manuscript, without)
        else:
            yield from map(_single, without)
    stray = stray_markers(document.manuscript)
    if stray:
        yield Problem(
            stray[0].span,
            f"the text calls {'notes' if len(stray) > 1 else 'a note'}, {_spell(stray)}, but this manuscript has none",
            label="the first",
            help="where the notes stand in a file of their own, check text and notes as one file",
            severity=Severity.NOTE,
        )


def _without_note(numbering: Numbering) -> list[Marker]:
    found: dict[str, Marker] = {}
    # NUM404 reports those that stand where a note that nothing calls should be called.
    misnumbered = set(numbering.misnumbered.values())
    for marker in numbering.markers or ():
        # “?” is a label that the reader does not know.
        if marker.label not in numbering.labels and marker.label != "?" and marker not in misnumbered:
            found.setdefault(marker.label, marker)
    return list(found.values())


def _single(marker: Marker) -> Problem:
    return Problem(
        marker.span,
        f"the text calls note {marker.label}, which does not exist",
        label=f"there is no note {marker.label}",
        help="add the note, or take the number out of the text",
    )


def _summary(manuscript: Manuscript, markers: Sequence[Marker]) -> Problem:
    begin = before_marker(manuscript, markers[0])
    return Problem(
        markers[0].span,
        f"the text calls {len(markers)} notes that do not exist: {_spell(markers)}",
        label="the first",
        related=(Related(manuscript, begin, "from here on"),) if begin != markers[0].span else (),
        help="many at once are mostly lost in conversion: compare the text with the original file",
    )


def _spell(markers: Sequence[Marker]) -> str:
    numbers = sorted({int(marker.label) for marker in markers if marker.label.isdecimal()})
    others = sorted({marker.label for marker in markers if not marker.label.isdecimal()})
    return ", ".join(filter(None, (spell_numbers(numbers), *others[:10])))
