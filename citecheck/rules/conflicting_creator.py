"""CON211."""

from collections.abc import Iterator

from citecheck.citations import Citation, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.names import fold
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
    take them for two persons. Short citations give the family name alone and are not compared.
    """
    first: dict[str, tuple[Citation, WorkReference]] = {}
    for citation, reference in document.works:
        key = document.resolution(citation).key
        if key is None or reference.kind not in (Kind.FULL, Kind.CHAPTER) or not reference.creators:
            continue
        earlier, known = first.setdefault(key, (citation, reference))
        if earlier is citation:
            continue
        for name, other in zip(reference.creators, known.creators, strict=False):
            if _form(name) != _form(other) and name.given and other.given:
                start = citation.text.find(name.written) if name.written else -1
                yield Problem(
                    citation.locate((start, start + len(name.written))) if start >= 0 else citation.span,
                    f"the author is {_words(name)} here and {_words(other)} in "
                    f"{document.place_name(earlier)}",
                    help="use one form of the name",
                    citation=citation,
                    related=(document.related(earlier, f"by {_words(other)}"),),
                )


def _form(name: Name) -> str:
    return fold(_words(name))


def _words(name: Name) -> str:
    return name.written or f"{name.given} {name.family}"
