"""Which of the works that a manuscript lists or cites in full is meant by a name, a title and a year.

Every way of looking a work up is indexed once: by family name, by words of the title. Nothing is guessed: where
several works fit alike, all of them are returned.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

import attrs

from citecheck.citations import Citation, Entry, Kind, Name, WorkReference
from citecheck.resolving.folding import fold
from citecheck.resolving.identity import main_title
from citecheck.resolving.likeness import Likeness, distance
from citecheck.resolving.names import compare_families, compare_names, family_key, name_words
from citecheck.resolving.titles import compare_titles, is_word_of, notable_words, title_words


@attrs.frozen(eq=False)
class ListedWork:
    """A work that citations may stand for: an entry, or a citation in full."""

    key: str
    people: tuple[Name, ...]
    title: str
    years: frozenset[str]
    suffix: str | None
    position: int
    entry: Entry | None = None
    citation: Citation | None = None
    volume: str | None = None

    @property
    def target(self) -> Citation | Entry | None:
        """What citations of the work are resolved to."""
        return self.entry if self.entry is not None else self.citation

    def is_same_as(self, other: "ListedWork") -> bool:
        """Tell whether another listing is of the same work, as in the bibliographies of several essays."""
        return (
            title_words(self.title) == title_words(other.title)
            and [family_key(name.family) for name in self.people]
            == [family_key(name.family) for name in other.people]
            and self.years == other.years
            and self.suffix == other.suffix
        )


class WorkIndex:
    """The works of a manuscript by family name, by words of the title, and by year."""

    def __init__(self) -> None:
        self.works: list[ListedWork] = []
        self.by_family: defaultdict[str, list[ListedWork]] = defaultdict(list)
        self.by_word: defaultdict[str, list[ListedWork]] = defaultdict(list)
        self.by_year: defaultdict[str, list[ListedWork]] = defaultdict(list)

    def add(self, work: ListedWork) -> None:
        """Take a work in."""
        self.works.append(work)
        for name in work.people:
            for key in {
                family_key(name.family),
                *([] if " " not in name.family.strip() else name_words(Name(name.family))),
            }:
                self.by_family[key].append(work)
        for word in set(notable_words(work.title)):
            self.by_word[word].append(work)
        for year in work.years:
            self.by_year[year].append(work)

    def by_person(self, name: Name) -> list[ListedWork]:
        """Return the works of a person; if nobody has that family name, any part of the name may be one."""
        found = self.by_family.get(family_key(name.family))
        if found:
            return found
        for word in name_words(name):
            if len(word) > 1 and (found := self.by_family.get(word)):
                return [
                    work
                    for work in found
                    if any(compare_names(name, other) >= Likeness.START for other in work.people)
                ]
        return []

    def by_title(self, title: str) -> list[ListedWork]:
        """Return the works that share the rarest notable word of a title."""
        pools = [pool for word in notable_words(title) if (pool := self.by_word.get(word))]
        return min(pools, key=len) if pools else []


def _rank(
    work: ListedWork, people: tuple[Name, ...], title: str | None, years: frozenset[str], suffix: str | None
) -> tuple[int, ...] | None:
    """Say how well a work fits what is cited, the more important first; None where it cannot be the one."""
    likeness = Likeness.NONE
    if title is not None:
        likeness = compare_titles(title, work.title)
        if likeness == Likeness.NONE and compare_titles(main_title(title), work.title) == Likeness.SAME:
            # The list may leave out a subtitle that the note gives.
            likeness = Likeness.START
        if likeness == Likeness.NONE and people and is_word_of(title, work.title):
            likeness = Likeness.PART
        if likeness == Likeness.NONE:
            return None
    agreement = _agreement(people, work.people)
    if agreement is None:
        return None
    fits_year = bool(years & work.years) if years and work.years else None
    if fits_year is False and likeness in (Likeness.PART, Likeness.SOUND):
        # Another year and not quite the title: that is another work.
        return None
    if suffix is not None and work.suffix is not None and suffix != work.suffix:
        return None
    exact_suffix = suffix is not None and work.suffix == suffix
    return int(likeness), 1 if fits_year is None else 2 if fits_year else 0, int(exact_suffix), *agreement


def _agreement(cited: tuple[Name, ...], people: tuple[Name, ...]) -> tuple[int, int] | None:
    """Say how well cited names fit a work's: the first one's rank, and whether all are there."""
    if not cited:
        return 0, 0
    if not people:
        return None
    first = compare_names(cited[0], people[0])
    if first == Likeness.NONE or first == Likeness.PART:
        others = [compare_names(cited[0], other) for other in people[1:]]
        if max(others, default=Likeness.NONE) < Likeness.START:
            # A family name alone fits whoever bears it.
            fits = (
                cited[0].given is None
                and compare_families(cited[0].family, people[0].family) == Likeness.SAME
            )
            return (0, 0) if fits else None
        first = Likeness.PART
    is_complete = len(cited) == len(people) or "al" in fold(cited[-1].written).split()
    return int(first), int(is_complete)


def best_works(index: WorkIndex, reference: WorkReference) -> tuple[ListedWork, ...]:
    """Return the works of an index that fit a reference best: none, one, or several that fit alike."""
    people, title, years = reference.people, reference.title, reference.years
    if people:
        pool = index.by_person(people[0])
        # Given names may be misread or misprinted: then the family name must do, with title or year.
        families = tuple(Name(name.family, written=name.written) for name in people)
        for names in (people, families):
            if found := _top(pool, names, title, years, reference.suffix):
                return _settled(found, title, years, reference)
            if title is not None and years and reference.kind == Kind.AUTHOR_DATE:
                # “Khrushchev's Secret Speech (1956)”: the words may not be those of the title.
                found = _top(pool, names, None, years, reference.suffix)
                if settled := _settled(found, None, years, reference):
                    return settled
    if title is None:
        return _by_year(index, people, years) if reference.kind == Kind.AUTHOR_DATE else ()
    dated = _SHORT_AND_YEAR.fullmatch(title) if people and not years else None
    if dated is not None:
        # “Satzinger, Warum Michelangelo? 2015, S. 17”: the year stands behind the shortened title.
        year = frozenset((dated["year"],))
        found = _top(index.by_person(people[0]), people, dated["title"], year, None)
        if fitting := tuple(dict.fromkeys(work for work in found if year & work.years)):
            return fitting
    return _by_title(index, people, title, years, reference)


_SHORT_AND_YEAR = re.compile(r"(?=.*\s\d{4}$)(?P<title>.*[^\W\d].*?),?\s(?P<year>(?:1[5-9]|20)\d\d)")


def _top(
    pool: Iterable[ListedWork],
    people: tuple[Name, ...],
    title: str | None,
    years: frozenset[str],
    suffix: str | None,
) -> list[ListedWork]:
    best: list[ListedWork] = []
    highest: tuple[int, ...] = ()
    for work in pool:
        rank = _rank(work, people, title, years, suffix)
        if rank is None or rank < highest:
            continue
        if rank > highest:
            best, highest = [], rank
        best.append(work)
    return best


def _settled(
    works: list[ListedWork], title: str | None, years: frozenset[str], reference: WorkReference
) -> tuple[ListedWork, ...]:
    """Leave out what fits an author and a year by the author alone."""
    if title is None and years:
        fitting = tuple(work for work in works if years & work.years)
        if fitting:
            return fitting
        # A year that is off by one, or by a letter's slip, is a slip; any other year is another work.
        near = tuple(work for work in works if any(_is_slip(a, b) for a in years for b in work.years))
        return near if len(near) == 1 and reference.kind == Kind.AUTHOR_DATE else ()
    return tuple(dict.fromkeys(works))


def _is_slip(one: str, other: str) -> bool:
    return abs(int(one) - int(other)) <= 1 or distance(one, other, 1) <= 1


def _by_title(
    index: WorkIndex, people: tuple[Name, ...], title: str, years: frozenset[str], reference: WorkReference
) -> tuple[ListedWork, ...]:
    """Find a work by its title where nobody of the cited name is known: anonymous, or misspelt."""
    found: list[tuple[tuple[int, int], ListedWork]] = []
    for work in index.by_title(title):
        likeness = compare_titles(title, work.title)
        if likeness < Likeness.PART or (
            years and work.years and not years & work.years and likeness < Likeness.START
        ):
            continue
        if people and not _may_be_misspelt(people[0], work.people, title, likeness):
            continue
        if not people and likeness == Likeness.PART and not (years & work.years):
            continue
        found.append(((int(likeness), int(bool(years & work.years))), work))
    if not found:
        return ()
    highest = max(rank for rank, _ in found)
    return tuple(work for rank, work in found if rank == highest)


def _by_year(index: WorkIndex, people: tuple[Name, ...], years: frozenset[str]) -> tuple[ListedWork, ...]:
    """Find the one work of a year whose first author's name is that cited but for a slip: “Skiling (1976)”."""
    if not people:
        return ()
    found = dict.fromkeys(
        work
        for year in years
        for work in index.by_year[year]
        if work.people and compare_families(people[0].family, work.people[0].family) == Likeness.SOUND
    )
    return tuple(found) if len(found) == 1 else ()


def _may_be_misspelt(cited: Name, people: tuple[Name, ...], title: str, likeness: Likeness) -> bool:
    """Tell whether a work may be meant although its people have other names.

    A long title that agrees word for word is enough; else the name must sound or look alike.
    """
    if likeness >= Likeness.START and len(notable_words(title)) >= 4:
        return True
    if not people:
        return False
    one = family_key(cited.family)
    for name in people:
        other = family_key(name.family)
        if compare_families(cited.family, name.family) >= Likeness.SOUND or (
            len(one) > 3 and distance(one, other, 2) <= 2
        ):
            return True
    return False
