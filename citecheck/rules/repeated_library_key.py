"""LIB102."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import problems
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB102",
    subject=Document,
    severity=Severity.ERROR,
    authority="O. Patashnik, BibTeXing (1988), section 2",
    examples=(
        Bad(
            "@book{yang1994,\n  title = {The North and South},\n  year = 1994,\n}\n\n"
            "@book{yang1994,\n  title = {The Political Systems},\n  year = 1994,\n}\n",
            says="“yang1994” is the key of several entries",
        ),
        Good(
            "@book{yang1994a,\n  title = {The North and South},\n  year = 1994,\n}\n\n"
            "@book{yang1994b,\n  title = {The Political Systems},\n  year = 1994,\n}\n",
        ),
    ),
)
def repeated_library_key(document: Document) -> Iterator[Problem]:
    """Two entries of a reference library under one key.

    BibTeX and biber take the first and pass over the others, so a citation of the second prints the first.
    """
    yield from problems(document, "repeated-key", help="give one of them another key, and cite it by that")
