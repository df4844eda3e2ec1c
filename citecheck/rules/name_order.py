"""STY610."""

from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Name, OtherReference, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.eastern_names import is_eastern_surname
from citecheck.rules import Bad, Good, rule


@attrs.frozen
class _Place:
    citation: Citation
    name: Name
    family_first: bool


@rule(
    code="STY640",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 8 (personal names)",
    examples=(
        Bad(
            "Yang Sung-chul, *Political Systems*, 326.\nLee Chong-sik, *The Korean Workers' Party*, "
            "95.\nKoon Woo Nam, *Leadership*, 103.",
            says="Koon Woo Nam has the family name last, where Yang Sung-chul and 1 more East Asian author "
            "have it first",
        ),
        Good(
            "Yang Sung-chul, *Political Systems*, 326.\nLee Chong-sik, *The Korean Workers' Party*, "
            "95.\nMasao Okonogi, “North Korean Communism,” 188."
        ),
    ),
)
def name_order(document: Document) -> Iterator[Problem]:
    """Korean, Chinese and Vietnamese authors with the family name first in some citations and last in others.

    Either order can be meant, and some authors have chosen one: but a reader who meets both takes a given
    name for a family name. One finding for each author of the rarer order.
    """
    places = list(_places(document))
    first = [place for place in places if place.family_first]
    last = [place for place in places if not place.family_first]
    rarer, usual, order, other = (
        (last, first, "last", "first") if len(first) >= len(last) else (first, last, "first", "last")
    )
    if not rarer or not usual:
        return
    names = list(dict.fromkeys(place.name.written for place in usual))
    more = (
        f" and {len(names) - 1} more East Asian author{'s' if len(names) > 2 else ''} have"
        if len(names) > 1
        else " has"
    )
    seen: set[str] = set()
    for place in rarer:
        if place.name.written in seen:
            continue
        seen.add(place.name.written)
        start = place.citation.text.find(place.name.written)
        yield Problem(
            place.citation.locate((start, start + len(place.name.written)))
            if start >= 0
            else place.citation.span,
            f"{place.name.written} has the family name {order}, where {names[0]}{more} it {other}",
            help="keep to one order, or say in a note on names which one",
            citation=place.citation,
            related=tuple(
                document.related(each.citation, f"{each.name.written}: family name {other}")
                for each in usual[:4]
            ),
        )


def _places(document: Document) -> Iterator[_Place]:
    for citation in document.citations:
        if citation.in_note is None or not isinstance(citation.reference, WorkReference | OtherReference):
            continue
        for name in citation.reference.creators:
            words = name.written.split()
            if not 2 <= len(words) <= 3 or "," in name.written or any("." in word for word in words):
                continue
            begins, ends = is_eastern_surname(words[0]), is_eastern_surname(words[-1])
            if begins and not ends and name.family == words[0]:
                yield _Place(citation, name, family_first=True)
            elif ends and (not begins or len(words) == 3) and _is_eastern_given(words[:-1]):
                yield _Place(citation, name, family_first=False)


def _is_eastern_given(words: list[str]) -> bool:
    """Tell whether given names are two short syllables, parted or hyphenated: a George Kim is none."""
    syllables = "-".join(words).split("-")
    return len(syllables) == 2 and all(len(syllable) <= 6 for syllable in syllables)
