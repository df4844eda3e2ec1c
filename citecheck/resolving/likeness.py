"""How far two words, names or titles agree."""

from enum import IntEnum
from functools import lru_cache


class Likeness(IntEnum):
    """How two names or two titles agree, from not at all to wholly."""

    NONE = 0
    SOUND = 1
    """Spelt differently, but perhaps the same: a romanization, a slip of one letter."""
    PART = 2
    """The one leaves out words of the other."""
    START = 3
    """The one is the beginning of the other, or shortens its words to initials."""
    SAME = 4


@lru_cache(maxsize=1 << 14)
def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters must be changed, added, left out or swapped, or ``limit + 1`` if more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    # What the two begin and end with alike costs nothing and need not be looked at.
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, opposite in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # A swap looks back two rows, so both must be beyond the limit.
        if min(row) > limit < min(before):
            return limit + 1
    return min(row[-1], limit + 1)
