"""NUM404."""

import re
from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.evidence.numbering import Numbering, before_marker, numberings, spell_numbers
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Manuscript, Marker, Note
from citecheck.readers.glued_calls import find_glued_numbers
from citecheck.rules import Bad, Good, rule

_SEPARATE = 5
_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]?(?:\[?[\d⁰¹²³⁴-⁹]+\]?)?$")


@rule(
    code="NUM404",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The armistice was signed at Panmunjom.¹ Kim turned to reconstruction.\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n",
            says="note 2 is called nowhere in the text",
        ),
        Bad(
            "Booth finds the theory homespun, and so do most reviewers.\n\n"
            "Notes\n\n"
            "1. Booth, “Huntington’s Homespun Grandeur,” 425–428.\n",
            says="no number in the text calls the one note",
        ),
        Good(
            "The armistice was signed at Panmunjom.¹ Kim turned to reconstruction.²\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n",
        ),
        # Copied from Word: the numbers stick to the words.
        Good(
            "“The armistice was signed,”1 he wrote. Kim turned to reconstruction.2 It failed3 at once.\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n"
            "3. Terrill, *Mao*, 297.\n",
        ),
        Bad(
            "One.¹ Two.² Three.³ Four.⁵ Five.⁵\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n"
            "3. Terrill, *Mao*, 297.\n"
            "4. Terrill, *Mao*, 298.\n"
            "5. Terrill, *Mao*, 299.\n",
            says="note 4 is called nowhere in the text: 5 stands where it should be called",
        ),
        # One is lost, and which numbers are calls is uncertain.
        Good(
            "The armistice was signed.1 Kim turned to reconstruction.2 It failed.\n\n"
            "Notes\n\n"
            "1. Cumings, *Korea's Place in the Sun*, 79.\n"
            "2. Terrill, *Mao*, 295–296.\n"
            "3. Terrill, *Mao*, 297.\n",
        ),
        Good("Cumings, *Korea's Place in the Sun*, 79.\nTerrill, *Mao*, 295–296."),
        Good(
            "These are the notes alone.\n\nNotes\n\n"
            "1. Booth, “Huntington’s Homespun Grandeur,” 425–428.\n"
            "2. Goncharov, Lewis, and Xue, *Uncertain Partners: Stalin, Mao, and the Korean War*, 132–134.\n"
        ),
    ),
)
def note_without_marker(document: Document) -> Iterator[Problem]:
    """A note that no number in the text calls.

    The sentence that it belongs to was cut, or its number was. A few are reported one by one. Many, or
    all of them, are one finding: the numbers were lost when the text was converted.
    """
    manuscript = document.manuscript
    if not any(_SENTENCE.search(passage.text) for passage in manuscript.body):
        return
    known = [numbering for numbering in numberings(manuscript) if numbering.markers]
    uncalled = [note for numbering in known for note in _uncalled(numbering)]
    notes = sum(len(numbering.notes) for numbering in known)
    if len(uncalled) > _SEPARATE:
        yield _summary(manuscript, known, uncalled, notes)
    else:
        instead = {
            (numbering.notes[0].section, number): marker
            for numbering in known
            for number, marker in numbering.misnumbered.items()
        }
        for note in uncalled:
            marker = instead.get((note.section, note.number or 0))
            yield _single(note) if marker is None else _misnumbered(manuscript, note, marker)
    if not manuscript.markers and not _stand_alone(manuscript) and not _seem_called(manuscript):
        yield _none_called(manuscript.notes)


def _stand_alone(manuscript: Manuscript) -> bool:
    """Tell whether the notes are all there is, but for a heading or a few words of introduction."""
    text = sum(len(passage.text) for passage in manuscript.body)
    return not manuscript.notes or 3 * text < sum(len(note.passage.text) for note in manuscript.notes)


def _seem_called(manuscript: Manuscript) -> bool:
    """Tell whether numbers that are glued to the words call the notes, though it is uncertain which: “so.1 And so2”."""
    glued = {number.number for number in find_glued_numbers(manuscript.body)}
    called = sum(note.number in glued for note in manuscript.notes)
    return called > 0 and 2 * called >= len(manuscript.notes)


def _uncalled(numbering: Numbering) -> list[Note]:
    # A symbol such as * may stand on a title or a name, which readers do not take for a marker.
    return [
        note
        for note in numbering.notes
        if note.label is not None and any(map(str.isalnum, note.label)) and note.label not in numbering.called
    ]


def _single(note: Note) -> Problem:
    return Problem(
        note.label_span,
        f"note {note.name} is called nowhere in the text",
        label="no number in the text leads here",
        help="put its number into the text, or delete the note",
    )


def _misnumbered(manuscript: Manuscript, note: Note, marker: Marker) -> Problem:
    return Problem(
        marker.span,
        f"note {note.name} is called nowhere in the text: {marker.label} stands where it should be called",
        label=f"{note.name}?",
        help=f"write {note.name}, or put the calls and the notes into one order",
        related=(Related(manuscript, note.label_span, f"note {note.name}"),),
    )


def _summary(
    manuscript: Manuscript, known: Sequence[Numbering], uncalled: Sequence[Note], notes: int
) -> Problem:
    first = _first_marker_after(known, uncalled[0])
    numbers = [
        note.number for note in uncalled if note.number is not None and note.section == uncalled[0].section
    ]
    listed = f": {spell_numbers(numbers, 12)}" if len(known) == 1 else ""
    return Problem(
        before_marker(manuscript, first) if first is not None else uncalled[0].label_span,
        f"{len(uncalled)} of {notes} notes are called nowhere in the text{listed}",
        label=f"note {uncalled[0].name} should be called before this",
        help="many at once are mostly lost in conversion: compare the text with the original file",
        severity=Severity.NOTE,
    )


def _first_marker_after(known: Sequence[Numbering], note: Note) -> Marker | None:
    numbering = next(numbering for numbering in known if note in numbering.notes)
    wanted = note.number or 0
    return next(
        (
            marker
            for marker in numbering.markers or ()
            if marker.label.isdecimal() and int(marker.label) > wanted
        ),
        None,
    )


def _none_called(notes: Sequence[Note]) -> Problem:
    which = "the one note" if len(notes) == 1 else f"any of the {len(notes)} notes"
    return Problem(
        notes[0].label_span,
        f"no number in the text calls {which}",
        label="the first",
        help="where the numbers were lost in conversion, check the original file",
        severity=Severity.NOTE,
    )
