"""How descriptions of works in two manuscripts agree: which are one work, and where they are at odds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs

from citecheck.corpus.contradictions import Witness
from citecheck.corpus.rows import WorkRow
from citecheck.evidence.slips import is_one_figure_off
from citecheck.resolving.folding import fold
from citecheck.resolving.identity import Mention, compare_works, without_volume
from citecheck.resolving.likeness import Likeness, distance
from citecheck.resolving.titles import compare_titles, notable_words

Works = Sequence[Witness[WorkRow]]


@attrs.frozen(eq=False)
class Work:
    """A work that several rows mention; ``head`` is its fullest mention."""

    head: Witness[WorkRow]
    mentions: tuple[Witness[WorkRow], ...]

    @property
    def manuscripts(self) -> frozenset[int]:
        """The manuscripts that mention the work."""
        return frozenset(witness.manuscript for witness in self.mentions)


def mention(row: WorkRow) -> Mention:
    """Return who made a work and what it is called."""
    return Mention(row.names, row.title)


def tell_apart(group: Works) -> tuple[Work, ...]:
    """Sort rows that share a key into works.

    Each distinct form is compared with the works found so far, the commonest forms first, so that a
    work that a thousand manuscripts cite in the same words costs no more than one that is cited once.
    """
    forms: defaultdict[tuple[str, str], list[Witness[WorkRow]]] = defaultdict(list)
    for witness in group:
        people = "; ".join(f"{fold(family)}, {fold(given or '')}" for family, given in witness.row.people)
        forms[people, fold(witness.row.title)].append(witness)
    works: list[tuple[Witness[WorkRow], list[Witness[WorkRow]]]] = []
    for form in sorted(forms.values(), key=lambda form: (-len(form), -len(form[0].row.title))):
        fullest = max(form, key=lambda witness: fullness(witness.row))
        described = mention(fullest.row)
        for head, mentions in works:
            if compare_works(described, mention(head.row)).is_same:
                mentions += form
                break
        else:
            works.append((fullest, list(form)))
    return tuple(
        Work(
            max(mentions, key=lambda witness: fullness(witness.row)),
            tuple(sorted(mentions, key=lambda each: each.manuscript)),
        )
        for _, mentions in works
    )


def fullness(row: WorkRow) -> int:
    """Return how much a description says; a bibliography entry says more than a note in the same words."""
    fields = (row.date, row.publisher, row.published_at, row.container, row.volume, row.pages)
    return 2 * sum(field is not None for field in fields) + (row.entry is not None) + len(row.people)


# ---- imprint


@attrs.frozen
class Difference:
    """A part of an imprint in which two descriptions are at odds: ``year``, ``volume`` or ``pages``."""

    part: str
    here: str
    elsewhere: str


IMPRINT_PARTS = ("year", "volume", "pages")


def imprint_part(part: str, row: WorkRow) -> str | None:
    """Return the year, the volume or the pages of a work, or None where a mention does not give them."""
    if part == "year":
        return _year(row)
    return row.volume if part == "volume" else "–".join(row.pages) if row.pages is not None else None


def imprint_differences(here: WorkRow, elsewhere: WorkRow) -> tuple[Difference, ...]:
    """Return what two descriptions of one work cannot both have right.

    New editions, reprints and translations have years and publishers of their own, and two publishers may
    bring out one book together: a book's year counts only if all else agrees and one figure is wrong. An
    article stands in one volume of its journal, on the same pages, for ever.
    """
    if here.is_translation != elsewhere.is_translation or not _same_edition(here, elsewhere):
        return ()
    if without_volume(here.title)[1] != without_volume(elsewhere.title)[1]:
        return ()
    if here.container is not None and elsewhere.container is not None:
        if not _same_container(here.container, elsewhere.container):
            return ()
        return tuple(_article_differences(here, elsewhere))
    if here.container is None and elsewhere.container is None and _same_publisher(here, elsewhere):
        one, other = _year(here), _year(elsewhere)
        if (
            one is not None
            and other is not None
            and (is_one_figure_off(one, other) and abs(int(one) - int(other)) < 10)
        ):
            return (Difference("year", one, other),)
    return ()


def _article_differences(here: WorkRow, elsewhere: WorkRow) -> Iterator[Difference]:
    one, other = _year(here), _year(elsewhere)
    years_apart = one is not None and other is not None and not _years(here) & _years(elsewhere)
    same_volume = (
        here.volume is None or elsewhere.volume is None or fold(here.volume) == fold(elsewhere.volume)
    )
    # Pages that run backwards are the matter of a rule of their own.
    same_pages = here.pages is None or elsewhere.pages is None or set(here.pages) == set(elsewhere.pages)
    if years_apart and not (same_volume and same_pages and (here.volume or here.pages)):
        # Nothing shows that it is the same printing: a journal may print an article twice.
        return
    if years_apart:
        yield Difference("year", one or "", other or "")
    if not same_volume and _plain_volume(here.volume) and _plain_volume(elsewhere.volume):
        yield Difference("volume", here.volume or "", elsewhere.volume or "")
    if not same_pages and same_volume and here.pages is not None and elsewhere.pages is not None:
        yield Difference("pages", "–".join(here.pages), "–".join(elsewhere.pages))


def _plain_volume(volume: str | None) -> bool:
    # “6/7” and “6–7” are one double number; only single numbers are compared.
    return volume is not None and volume.strip().isdecimal()


def _year(row: WorkRow) -> str | None:
    years = sorted(_years(row))
    return years[-1] if years else None


def _years(row: WorkRow) -> frozenset[str]:
    return frozenset(part[:4] for part in (row.date or "").split("/") if part[:4].isdecimal())


def _same_edition(one: WorkRow, other: WorkRow) -> bool:
    return (one.edition is None and other.edition is None) or fold(one.edition or "") == fold(
        other.edition or ""
    )


def _same_container(one: str, other: str) -> bool:
    return max(compare_titles(one, other), compare_titles(other, one)) >= Likeness.START


def _same_publisher(one: WorkRow, other: WorkRow) -> bool:
    return (
        one.publisher is not None
        and other.publisher is not None
        and fold(one.publisher) == fold(other.publisher)
    )


# ---- titles and names


def retitled(works: Sequence[Work]) -> Iterator[tuple[Work, Work]]:
    """Yield pairs of works by one author that are probably one: the title that fewer manuscripts have, and
    the usual one.

    Either a title leaves out words in the middle of the other, or it differs in a few letters. Two titles of
    which each has a year of its own, and not the same, are two works.
    """
    for first, second in combinations(works, 2):
        if first.manuscripts & second.manuscripts or not _same_time(first.head.row, second.head.row):
            continue
        agreement = compare_works(mention(first.head.row), mention(second.head.row))
        if agreement.people < Likeness.START or agreement.title not in (Likeness.PART, Likeness.SOUND):
            continue
        shorter = min(first, second, key=lambda work: len(notable_words(work.head.row.title)))
        if agreement.title == Likeness.PART and len(notable_words(shorter.head.row.title)) < 3:
            continue
        odd, usual = sorted(
            (first, second), key=lambda work: (len(work.manuscripts), fullness(work.head.row))
        )
        yield odd, usual


def _same_time(one: WorkRow, other: WorkRow) -> bool:
    return not _years(one) or not _years(other) or bool(_years(one) & _years(other))


def is_same_printing(one: WorkRow, other: WorkRow) -> bool:
    """Tell whether two descriptions have year and publisher, or year and journal, in common."""
    if not _years(one) & _years(other):
        return False
    if one.container is not None and other.container is not None:
        return _same_container(one.container, other.container)
    return one.container is None and other.container is None and _same_publisher(one, other)


def is_misspelling(one: str, other: str) -> bool:
    """Tell whether two written names differ in more than case, marks and hyphens, yet not by much."""
    first, second = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    return first != second and distance(first, second, 3) <= 3


def extent(row: WorkRow) -> tuple[int, int] | None:
    """Return the first and the last page of an article or chapter, where a bibliography gives both."""
    if row.pages is None or not all(page.isdecimal() for page in row.pages):
        return None
    first, last = (int(page) for page in row.pages)
    return (first, last) if first < last else None
