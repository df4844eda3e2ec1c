"""What the readers of citations return: a citation where it stands in a passage."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

import attrs

from citecheck.citations import Offsets, Reference


@attrs.frozen
class Found:
    """A citation in a passage: its range as written, without signal and closing stop, and its reading."""

    start: int
    end: int
    reference: Reference
    signal: str | None = None
    unread: Offsets | None = None
    """Where words behind it belong to it and were not read."""


def apart_from(found: Iterable[Found], more: Iterable[Found]) -> list[Found]:
    """Return those of ``more`` that share no place with any of ``found``; among themselves they may."""
    ranges = sorted((each.start, each.end) for each in found)
    starts = [start for start, _ in ranges]
    # How far the ranges reach up to each of them: what begins before a citation and ends inside it shares its place.
    reaches = [0, *accumulate((end for _, end in ranges), max)]
    return [each for each in more if reaches[bisect_left(starts, each.end)] <= each.start]
