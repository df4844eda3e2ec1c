"""Which works are the same, when different manuscripts cite them in different forms.

Inside one manuscript, resolution tells works apart by author and year. Between manuscripts that does
not do: two works of one year share such a key, and a short title has no year. Here a work is known by who
made it and what it is called. Two keys bring together what may be one work, however long the list is;
:func:`compare_works` then says how two mentions agree.
"""

import re
from collections.abc import Sequence

import attrs

from citecheck.citations import Name
from citecheck.resolving.folding import sound
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_names, family_key
from citecheck.resolving.titles import compare_titles, notable_words, title_words

_SUBTITLE = re.compile(r"\s*:\s|(?<=\w{4})\.\s+(?=[^\W\d_a-z])|\s–\s|\s?—\s?")
_FEWEST_LETTERS = 12
"""A main title shorter than this (“Korea”, “Memoirs”) names no work by itself."""


def main_title(title: str) -> str:
    """Return a title without its subtitle."""
    return _SUBTITLE.split(title.strip(), maxsplit=1)[0]


def title_letters(title: str) -> frozenset[str]:
    """Return what stands for a title on a title page: the letters of its main part, and of the whole.

    A single word (“Introduction”) stands at the head of too many texts to say anything.
    """
    parts = (title_words(main_title(title)), title_words(title))
    return frozenset("".join(words) for words in parts if len(words) > 1)


def authored_key(people: Sequence[Name], title: str | None) -> str | None:
    """Return what all mentions of a work have in common: how the author sounds, how the title begins."""
    if not people or not title:
        return None
    letters = "".join(title_words(title))[:6]
    family = sound(family_key(people[0].family))
    return f"{family}|{letters}" if family and letters else None


def titled_key(title: str | None) -> str | None:
    """Return the letters of a main title, or of a whole one, that is long enough to know the work by it."""
    for part in (main_title(title or ""), title or ""):
        letters = "".join(title_words(part))
        if len(letters) >= _FEWEST_LETTERS:
            return letters
    return None


_VOLUME = re.compile(
    r",?\s*(?:\b(?:vol(?:ume|s)?|parts?|book|bd|band|t(?:om)?|kötet|ч(?:асть)?|том|т)\b\.?\s?(?:[\divxlc]+(?:\s?[-–]\s?[\divxlc]+)?|one|two|three|four)\b"
    r"|(?<=\s)[IVX]+(?:\s?[-–]\s?[IVX]+)?$|\[[IVX\d]+\])",
    re.IGNORECASE,
)


def without_volume(title: str) -> tuple[str, str | None]:
    """Return a title without its volume, and the volume: “Communism in Korea” and “part ii”, or None."""
    found = _VOLUME.search(title)
    if found is None or not found.start():
        return title, None
    return title[: found.start()] + title[found.end() :], found.group().strip(" ,").casefold()


@attrs.frozen
class Mention:
    """A work as it is mentioned: who made it and what it is called."""

    people: tuple[Name, ...]
    title: str


@attrs.frozen
class Agreement:
    """How two mentions agree in people and in title."""

    people: Likeness
    title: Likeness

    @property
    def is_same(self) -> bool:
        """Whether the two are one work, as far as names and titles can show it."""
        if self.title == Likeness.SAME:
            return self.people != Likeness.NONE
        return self.title == Likeness.START and self.people >= Likeness.START


def compare_works(one: Mention, other: Mention) -> Agreement:
    """Say how two mentions agree.

    A title agrees with its own beginning, but two titles that go on differently after the same beginning
    are two works: volumes of one series, or *Communism in Korea: The Movement* and *… Part II: The Society*.
    Where one mention names nobody, its people agree in ``PART``.
    """
    return Agreement(compare_people(one.people, other.people), _compare_titles(one.title, other.title))


def _compare_titles(one: str, other: str) -> Likeness:
    one, other = without_volume(one)[0], without_volume(other)[0]
    likeness = max(compare_titles(one, other), compare_titles(other, one))
    if likeness == Likeness.START and min(len(notable_words(one)), len(notable_words(other))) < 2:
        # “Korea” begins too many titles.
        return (
            likeness
            if len(title_words(main_title(one))) == len(title_words(main_title(other)))
            else Likeness.NONE
        )
    return likeness


def compare_people(one: Sequence[Name], other: Sequence[Name]) -> Likeness:
    """Say how two lists of people agree; the first of each decides, or all where their order differs."""
    if not one or not other:
        return Likeness.PART
    first = compare_names(one[0], other[0])
    if first == Likeness.NONE and len(one) > 1:
        families = {family_key(name.family) for name in one}
        return Likeness.START if families == {family_key(name.family) for name in other} else first
    return first
