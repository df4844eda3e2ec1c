"""CON211."""

from collections.abc import Iterator

from citecheck.citations import Citation, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_families
from citecheck.resolving.works_cited import differing_name, is_listed
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON211",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Yang Sung-chul, *The North and South Korean Political Systems* (Seoul: Seoul Press, 1994), "
            "326.\n"
            "Sung Chul Yang, *The North and South Korean Political Systems* (Boulder: Westview Press, "
            "1994), 231.",
            says="the author is Sung Chul Yang here and Yang Sung-chul in note 1",
        ),
        Bad(
            "Elie Kedourie, *England and the Middle East* (London: Bowes & Bowes, 1956), 175.\n"
            "Kedouri, *England and the Middle East*, 180.",
            says="the author is Kedouri here and Kedourie in note 1",
        ),
        Bad(
            "Elidor Mëhilli, *From Stalin to Mao* (Ithaca, NY: Cornell University Press, 2017), 190.\n"
            "Mehilli, *From Stalin to Mao*, 200.",
            says="the author is Mehilli here and Mëhilli in note 1",
        ),
        Good(
            "Sung Chul Yang, *The North and South Korean Political Systems* (Boulder: Westview Press, "
            "1994), 231.\n"
            "Yang, *The North and South Korean Political Systems*, 12."
        ),
    ),
)
def conflicting_creator(document: Document) -> Iterator[Problem]:
    """One work that is cited in full under two forms of its author’s name, or under two authors.

    Another order of family and given name, another spelling, initials for names: the reader, and the index,
    take them for two persons. Short citations give the family name alone; of these only another spelling counts.
    """
    first: dict[str, tuple[Citation, WorkReference]] = {}
    for citation, reference in document.works:
        key = document.resolution(citation).key
        if key is None or not reference.creators:
            continue
        if reference.kind == Kind.SHORT:
            if key in first and not is_listed(document, citation):
                yield from _misspelt(document, citation, reference, *first[key])
            continue
        if reference.kind not in (Kind.FULL, Kind.CHAPTER):
            continue
        earlier, known = first.setdefault(key, (citation, reference))
        if earlier is citation:
            continue
        for name, other in zip(reference.creators, known.creators, strict=False):
            if _form(name) != _form(other) and name.given and other.given:
                yield _problem(document, citation, earlier, _words(name), _words(other))


def _misspelt(
    document: Document, citation: Citation, reference: WorkReference, earlier: Citation, known: WorkReference
) -> Iterator[Problem]:
    """Yield the family name of a short citation that the full one has in another spelling."""
    pair = differing_name(reference.creators, (*known.creators, *known.editors))
    if pair is not None and compare_families(pair[0].family, pair[1].family) >= Likeness.SOUND:
        yield _problem(document, citation, earlier, pair[0].family, pair[1].family)


def _problem(document: Document, citation: Citation, earlier: Citation, here: str, there: str) -> Problem:
    start = citation.text.find(here) if here else -1
    return Problem(
        citation.locate((start, start + len(here))) if start >= 0 else citation.span,
        f"the author is {here} here and {there} in {document.place_name(earlier)}",
        help="use one form of the name",
        citation=citation,
        related=(document.related(earlier, f"by {there}"),),
    )


def _form(name: Name) -> str:
    return fold(_words(name))


def _words(name: Name) -> str:
    return name.written or f"{name.given} {name.family}"
