"""Which works are the same, when different manuscripts cite them in different forms.

Inside one manuscript, resolution tells works apart by author and year. Between manuscripts that does
not do: two articles of one year share such a key, and a short title has no year. Here a work is known by
who made it and what it is called. The keys bring together what may be one work, however long the list;
:func:`is_same_work` then decides.
"""

import re
from collections.abc import Sequence

import attrs

from citecheck.citations import Name
from citecheck.names import Likeness, compare_names, compare_titles, family_key, fold, notable_words, sound, title_words

_SUBTITLE = re.compile(r"\s*[:–—]\s|\.\s+(?=[^\W\d_a-z])|\s[:–—-]\s")
_FEWEST_LETTERS = 12
"""A main title shorter than this (“Korea”, “Memoirs”) names no work by itself."""


def main_title(title: str) -> str:
    """Return a title without its subtitle."""
    return _SUBTITLE.split(title.strip(), maxsplit=1)[0]


def authored_key(people: Sequence[Name], title: str | None) -> str | None:
    """Return what all mentions of a work by its author have in common: how the name sounds, how the title begins."""
    if not people or not title:
        return None
    letters = "".join(title_words(title))[:6]
    family = sound(family_key(people[0].family))
    return f"{family}|{letters}" if family and letters else None


def titled_key(title: str | None) -> str | None:
    """Return the letters of a title that is long enough to know the work by it."""
    if not title:
        return None
    for part in (main_title(title), title):
        letters = "".join(title_words(part))
        if len(letters) >= _FEWEST_LETTERS:
            return letters
    return None


@attrs.frozen
class TitleLikeness:
    """How two titles agree: ``same``, ``shortened`` (one leaves the end off), ``altered``, or ``other``."""

    kind: str


def same_people(first: Sequence[Name], second: Sequence[Name]) -> Likeness:
    """Say how the makers of two works agree, as far as both are named: the first of each decides.

    A list cut short by “et al.”, and a name without its given names, agree with the full one.
    """
    if not first or not second:
        return Likeness.PART
    return max(compare_names(first[0], second[0]), _swapped(first, second))


def _swapped(first: Sequence[Name], second: Sequence[Name]) -> Likeness:
    """Say how two lists agree that begin with different names of the same people."""
    families = {family_key(name.family) for name in first}
    return Likeness.START if len(first) > 1 and families == {family_key(name.family) for name in second} else Likeness.NONE


_VOLUME = re.compile(r"\b(?:vol(?:ume)?|part|book|bd|band|t(?:om)?|kötet|часть|том)\.?\s?[\divxlc]+\b|\b[ivx]+(?:\s?[-–]\s?[ivx]+)?$", re.IGNORECASE)


def is_volume(title: str) -> bool:
    """Tell whether a title names a volume or part: other volumes of the work share its main title."""
    return _VOLUME.search(title) is not None


def distinct_subtitles(first: str, second: str) -> bool:
    """Tell whether two titles share the main title only: a series of volumes, or two works."""
    one, other = title_words(first), title_words(second)
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared < min(len(one), len(other)) and compare_titles(main_title(first), main_title(second)) >= Likeness.START


__all__ = ["authored_key", "distinct_subtitles", "fold", "is_volume", "main_title", "notable_words", "same_people", "titled_key"]
