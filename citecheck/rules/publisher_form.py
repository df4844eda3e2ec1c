"""STY611."""

from collections import defaultdict
from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Entry, Kind
from citecheck.documents import Document
from citecheck.evidence.imprints import publisher_identity, towns
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule


@attrs.frozen
class _House:
    """A publisher as one entry or one full citation names it."""

    name: str
    towns: frozenset[str] = frozenset()
    entry: Entry | None = None
    citation: Citation | None = None


@rule(
    code="STY611",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (publishers)",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nDeletant, Dennis. *Communist Terror in Romania*. London: C. Hurst "
            "& Co., 1999.\n\n"
            "Hoxha, Enver. *Memoirs*. London: C. Hurst & Co., 1980.\n\nPavlowitch, Stevan K. *Tito*. "
            "London: C. Hurst & Company, 1992.",
            says="the publisher is C. Hurst & Company here and C. Hurst & Co. in 2 other places",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Suh Dae-Sook, *Korean Studies* (Honolulu: University of Hawai’i Press, 1994), 187.",
            says="the publisher is University of Hawai’i Press here and University of Hawaii Press in "
            "another place",
        ),
        Good(
            "The text.\n\nBibliography\n\nFigges, Orlando. *Tragedy*. London: Routledge, 1997.\n\n"
            "Boulton, Marjorie. *Zamenhof*. London: Routledge and Kegan Paul, 1960."
        ),
        Good(
            "The text.\n\nBibliography\n\nKim Il Sung. *Works*. Pyongyang: Foreign Languages Publishing House, "
            "1980.\n\nMao Zedong. *Selected Works*. Peking: Foreign Languages Press, 1977."
        ),
    ),
)
def publisher_form(document: Document) -> Iterator[Problem]:
    """One publisher whose name is written in several ways.

    “& Co.”, “Press”, “University” and a founder’s first name come and go; the manuscript’s most frequent form
    stands. Firms that merged, and so have another name in another year, are told apart by their partners.
    """
    groups: defaultdict[tuple[str, ...], list[_House]] = defaultdict(list)
    for house in _houses(document):
        groups[publisher_identity(house.name)].append(house)
    for houses in groups.values():
        found = usage(
            houses, lambda house: house.name.replace("’", "'").removesuffix(","), least=1, share=0.0
        )
        if found is None:
            continue
        for house, _ in found.odd:
            if not _may_be_one(house, found.example):
                continue
            where = "another place" if found.count == 1 else f"{found.count} other places"
            yield _problem(
                document,
                house,
                f"the publisher is {house.name} here and {found.example.name} in {where}",
                found.example,
            )


def _may_be_one(house: _House, other: _House) -> bool:
    """Tell whether two houses have a town in common: Foreign Languages Press is one in Peking, not Pyongyang."""
    return not house.towns or not other.towns or not house.towns.isdisjoint(other.towns)


def _houses(document: Document) -> Iterator[_House]:
    for entry in document.entries:
        where = frozenset(towns(entry.reference.place or ""))
        for name in (entry.reference.publisher or "").split(";"):
            if name.strip() and entry.reference.genre is None:
                yield _House(name.strip(), where, entry=entry)
    for citation, reference in document.works:
        if reference.publisher and reference.kind in (Kind.FULL, Kind.CHAPTER) and reference.genre is None:
            yield _House(reference.publisher, frozenset(towns(reference.place or "")), citation=citation)


def _problem(document: Document, house: _House, message: str, example: _House) -> Problem:
    return Problem(
        _span(house),
        message,
        help="use one form of the name",
        entry=house.entry,
        citation=house.citation,
        related=(_related(document, example),),
    )


def _span(house: _House) -> Span:
    if house.entry is not None:
        start = house.entry.text.rfind(house.name)
        return house.entry.passage.span(start, start + len(house.name)) if start >= 0 else house.entry.span
    assert house.citation is not None
    start = house.citation.text.rfind(house.name)
    return house.citation.locate((start, start + len(house.name))) if start >= 0 else house.citation.span


def _related(document: Document, house: _House) -> Related:
    if house.entry is not None:
        return related_entry(document, house.entry, f"published by {house.name}")
    assert house.citation is not None
    return document.related(house.citation, f"published by {house.name}")
