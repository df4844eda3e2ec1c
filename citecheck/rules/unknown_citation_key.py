"""LIB107."""

from collections.abc import Iterator

from citecheck.citations import Citation, Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries.joining import UNKNOWN_KEY, cited_key
from citecheck.rules import Bad, Good, rule

_LIBRARY = "@book{lankov2002,\n  author = {Lankov, Andrei},\n  title = {From Stalin},\n  year = 2002,\n}\n\n"


@rule(
    code="LIB107",
    subject=Document,
    severity=Severity.ERROR,
    authority="pandoc and biblatex print “???” or the key for such a citation",
    examples=(
        Bad(
            "See [@lankov2000, p. 12].",
            says="@lankov2000 is the key of no entry in the library",
            others=(_LIBRARY,),
        ),
        Good("See [@lankov2002, p. 12].", others=(_LIBRARY,)),
        Good("Write to a.lankov@example.org.", others=(_LIBRARY,)),
    ),
)
def unknown_citation_key(document: Document) -> Iterator[Problem]:
    """A citation by a key that the reference library does not have.

    It is only looked for where a library is given, since the keys of a library that is elsewhere cannot
    be known. A key that is a letter or two off is named. One that is cited several times is reported once, with
    the other places beside it.
    """
    unknown: dict[str, list[Citation]] = {}
    for citation in document.citations:
        key = cited_key(citation)
        if key is not None and document.resolution(citation).key == f"{UNKNOWN_KEY}{key}":
            unknown.setdefault(key, []).append(citation)
    for key, (first, *others) in unknown.items():
        candidates = document.resolution(first).candidates
        near = [candidate.id for candidate in candidates if isinstance(candidate, Entry)]
        yield Problem(
            first.span,
            f"@{key} is the key of no entry in the library",
            help=f"perhaps {' or '.join(near)} is meant" if near else "add the work to the library",
            citation=first,
            related=tuple(document.related(other, "cited again") for other in others),
        )
