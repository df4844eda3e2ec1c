"""Finds calls of notes that copying as plain text has glued to the words: “It was so.1 And so,”2 he said”.

Such a number might be anything, an exponent or the name of an aircraft. So the numbers count only together: where
each note has one, or nearly each of many, and they stand in the order of the notes.
"""

import bisect
import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.manuscript import Marker, Note, Passage, Span

# Behind a word in small letters, or punctuation that closes one; no decimal, ordinal, year or unit.
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_A-ZÀ-ÞА-Я]{2})|(?<=[^\W\d_][.,;:!?…])|(?<=[^\W\d_]\.\.\.)|(?<=[”“\"’»)\]])|(?<=[”“\"’»)\]][.,;:!?]))"
    r"(?P<number>[1-9]\d{0,2})(?=[”\"’»)\]]*(?:[.,;:!?—–]?(?:\s|$)|[—–]))"
)


@attrs.frozen
class GluedNumber:
    """A number that stands where a note is called, without a space."""

    number: int
    span: Span


def find_glued_numbers(body: Sequence[Passage]) -> Iterator[GluedNumber]:
    """Yield the numbers that are glued to the words of a text, in order."""
    for passage in body:
        for match in _GLUED.finditer(passage.text):
            yield GluedNumber(int(match["number"]), passage.span(*match.span("number")))


# Of so many notes at least, all but a tenth must be called in order before what breaks the order counts as a fault.
_LEAST = 10
_FAULTS = 10
# A call with a wrong number is near the number that it should have.
_NEAR = 2
_ANY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{0,2}(?!\d)")


def glued_markers(body: Sequence[Passage], notes: Sequence[Note]) -> tuple[Marker, ...]:
    """Return the markers that glued numbers make.

    Either there is one for each note, in order, but for one that is wrong; or there are many notes and nearly all are
    called in order: then a number that is missing, comes twice or has no note is a slip of the author’s. Otherwise none.
    """
    numbers = [note.number for note in notes]
    wanted = [number for number in numbers if number is not None]
    if not wanted or len(wanted) < len(numbers):
        return ()
    glued = list(find_glued_numbers(body))
    found = _with_faults(body, glued, wanted) or _faultless(glued, wanted) or _one_wrong(glued, wanted)
    return tuple(Marker(str(each.number), each.span) for each in found)


def _faultless(glued: Sequence[GluedNumber], wanted: Sequence[int]) -> list[GluedNumber]:
    """Return a call for each note, in order; none where one is missing."""
    found: list[GluedNumber] = []
    for each in glued:
        if len(found) < len(wanted) and each.number == wanted[len(found)]:
            found.append(each)
    return found if len(found) == len(wanted) else []


# So many notes at least are called one by one before a number that is wrong among them counts as a call.
_LEAST_FOR_WRONG = 4


def _one_wrong(glued: Sequence[GluedNumber], wanted: Sequence[int]) -> list[GluedNumber]:
    """Return a call for each note, where all numbers but one are those of the notes, in their order."""
    if len(glued) != len(wanted) or len(wanted) < _LEAST_FOR_WRONG:
        return []
    wrong = sum(each.number != number for each, number in zip(glued, wanted, strict=True))
    return list(glued) if wrong == 1 else []


def _with_faults(
    body: Sequence[Passage], glued: Sequence[GluedNumber], wanted: Sequence[int]
) -> list[GluedNumber]:
    """Return the calls of one numbering in which a few are missing or wrong; none where it is not clearly one."""
    called = set(wanted)
    run = _longest_ascent([each for each in glued if each.number in called])
    if (
        len(called) < _LEAST
        or list(wanted) != sorted(wanted)
        or _FAULTS * (len(called) - len(run)) > len(called)
        or _FAULTS * (len(glued) - len(run)) > len(glued)
    ):
        return []
    # Where the number of a call that is missing stands in its place in any way, it may well be the call.
    lost = called.difference(each.number for each in run)
    found = list(run)
    for each in _numbers(body) if lost else ():
        before, after = _neighbours(each, run)
        if each.number in lost and before < each.number < after:
            lost.discard(each.number)
            bisect.insort(found, each, key=_start)
    taken = {each.span.start for each in found}
    for each in glued:
        if each.span.start not in taken:
            before, after = _neighbours(each, run)
            in_place_of_lost = after == before + 2 and before + 1 in lost
            if in_place_of_lost or before - _NEAR <= each.number <= min(after, before + 1) + _NEAR:
                bisect.insort(found, each, key=_start)
    return found


def _neighbours(number: GluedNumber, run: Sequence[GluedNumber]) -> tuple[int, int]:
    """Return the calls before and after the place of a number."""
    place = bisect.bisect_left(run, _start(number), key=_start)
    before = run[place - 1].number if place else 0
    return before, run[place].number if place < len(run) else before + _FAULTS


def _start(number: GluedNumber) -> int:
    return number.span.start


def _numbers(body: Sequence[Passage]) -> Iterator[GluedNumber]:
    for passage in body:
        for match in _ANY_NUMBER.finditer(passage.text):
            yield GluedNumber(int(match.group()), passage.span(*match.span()))


def _longest_ascent(glued: Sequence[GluedNumber]) -> list[GluedNumber]:
    """Return the longest part of the numbers that ascends."""
    lowest: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for place, each in enumerate(glued):
        length = bisect.bisect_left(lowest, each.number)
        came_from.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [each.number]
        ends[length : length + 1] = [place]
    run: list[GluedNumber] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        run.append(glued[place])
        place = came_from[place]
    return run[::-1]
