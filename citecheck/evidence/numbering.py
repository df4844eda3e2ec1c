"""The numbering of notes as the author meant it, and the markers in the text that call them.

A reader starts a new section wherever numbers begin anew. Here the markers of a plain text, which belong to no
section, are divided into runs in the same way and set beside the notes of one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

import attrs

from citecheck.manuscript import Manuscript, Marker, Note, Passage, Span

# A number may be this far above all that went before and still be a note's: notes get lost by the page.
_FARTHEST = 60
# One that leaps this far ahead of a count that goes on behind it is a slip.
_SLIP = 5
# A chapter whose first note has a higher number than this goes on counting from the chapter before.
_LATEST_START = 20


@attrs.frozen
class Numbering:
    """Notes that are numbered in one go, with the markers that call them.

    ``markers`` is None where it cannot be told which markers belong to these notes.
    """

    notes: tuple[Note, ...]
    markers: tuple[Marker, ...] | None = ()

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of the notes."""
        return frozenset(note.label for note in self.notes if note.label is not None)

    @cached_property
    def called(self) -> frozenset[str]:
        """The labels that the markers call."""
        return frozenset(marker.label for marker in self.markers or ())

    @cached_property
    def misnumbered(self) -> Mapping[int, Marker]:
        """The markers that bear a wrong number, by the number of the note that they should call.

        Nothing calls that note, and the marker stands right between those of the notes before and after it.
        """
        uncalled = {note.number for note in self.notes if note.label not in self.called}
        last = max((note.number or 0 for note in self.notes), default=0)
        markers = self.markers or ()
        numbers = [int(marker.label) if marker.label.isdecimal() else -1 for marker in markers]
        found: dict[int, Marker] = {}
        # Behind the last call stands what would call the note after the last.
        for marker, before, after in zip(markers, (0, *numbers), (*numbers[1:], last + 1), strict=False):
            if before + 1 in uncalled and after == before + 2:
                found[before + 1] = marker
        return found

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """The numbers from 1 to the last note's that no note has.

        A run that begins far above 1 goes on from another file, unless markers call what is missing.
        """
        numbers: set[int] = set()
        last = 0
        for note in self.notes:
            # A note whose label is lost has the number after the one before it.
            last = note.number if note.number is not None else last + 1
            numbers.add(last)
        first = min(numbers, default=1)
        called = min((int(label) for label in self.called if label.isdecimal()), default=first)
        start = 1 if first <= _LATEST_START or called < first else first
        return tuple(number for number in range(start, max(numbers, default=0)) if number not in numbers)


def numberings(manuscript: Manuscript) -> tuple[Numbering, ...]:
    """Return the numberings of a manuscript's notes, in order."""
    runs = list(_note_runs(manuscript.notes))
    if any(marker.section is not None for marker in manuscript.markers):
        return tuple(
            Numbering(run, tuple(marker for marker in manuscript.markers if marker.section == run[0].section))
            for run in runs
        )
    highest = max((note.number or 0 for note in manuscript.notes), default=0)
    called = list(_marker_runs(manuscript.markers, highest))
    return tuple(map(Numbering, runs, _match(runs, called)))


def stray_markers(manuscript: Manuscript) -> tuple[Marker, ...]:
    """Return the markers of a manuscript that has no notes at all: those that the format itself knows, or many.

    In a plain text, numbers must count upwards as markers do.
    """
    if manuscript.notes:
        return ()
    certain = tuple(marker for marker in manuscript.markers if marker.section is not None)
    if certain:
        return certain
    runs = [run for run in _marker_runs(manuscript.markers, 0) if len({marker.label for marker in run}) >= 3]
    return tuple(marker for run in runs for marker in run)


def _note_runs(notes: Sequence[Note]) -> Iterator[tuple[Note, ...]]:
    """Yield the notes of each kind by the sections that they stand in."""
    for kind in ("footnote", "endnote"):
        ours = (note for note in notes if note.kind == kind)
        for _, run in groupby(ours, key=lambda note: note.section):
            yield tuple(run)


def _marker_runs(markers: Iterable[Marker], highest: int) -> Iterator[tuple[Marker, ...]]:
    run: list[Marker] = []
    last = 0
    numbered = list(markers)
    for place, marker in enumerate(numbered):
        number = int(marker.label) if marker.label.isdecimal() else last
        if number > max(last, highest) + _FARTHEST:
            continue
        following = numbered[place + 1].label if place + 1 < len(numbered) else ""
        if run and number > last + _SLIP and following in (str(last + 1), str(last + 2)):
            # A slip, “73” for “7”: the count goes on behind it.
            run.append(marker)
            continue
        if run and number < last and (number <= 3 or last - number > max(5, last // 2)):
            yield tuple(run)
            run, last = [], 0
        run.append(marker)
        last = max(last, number)
    if run:
        yield tuple(run)


def _match(
    runs: Sequence[tuple[Note, ...]], called: Sequence[tuple[Marker, ...]]
) -> Iterator[tuple[Marker, ...] | None]:
    """Say for each run of notes which markers call it."""
    if not called:
        return iter([()] * len(runs))
    if len(runs) == 1:
        return iter([tuple(marker for run in called for marker in run)])
    if len(runs) == len(called):
        return iter(called)
    return iter([None] * len(runs))


def spell_numbers(numbers: Sequence[int], most: int = 30) -> str:
    """Return ascending numbers as ranges, at most so many and how many numbers more: “1–5, 10, 16–19”."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    shown = ", ".join("–".join(map(str, ends)) for ends in ranges[:most])
    last_shown = ranges[most - 1][-1] if len(ranges) > most else None
    more = sum(number > last_shown for number in numbers) if last_shown is not None else 0
    return f"{shown} and {more} more" if more else shown


def before_marker(manuscript: Manuscript, marker: Marker) -> Span:
    """Return where a marker that should stand before this one is to be looked for.

    That is the paragraph before it where the marker stands near the beginning of its own.
    """
    previous: Passage | None = None
    for passage in manuscript.body:
        begin, end = passage.span(0, len(passage.text))
        if begin <= marker.span.start < end:
            if marker.span.start - begin < 40 and previous is not None:
                return previous.span(0, len(previous.text))
            break
        previous = passage
    return marker.span
