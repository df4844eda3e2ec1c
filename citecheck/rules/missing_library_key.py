"""LIB104."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import problems
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB104",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "@book{,\n  title = {Kim Il Sung},\n  year = 1988,\n}\n\n",
            says="an @book has no key to be cited by",
        ),
        Good("@book{suh1988,\n  title = {Kim Il Sung},\n  year = 1988,\n}\n\n"),
    ),
)
def missing_library_key(document: Document) -> Iterator[Problem]:
    """An entry of a reference library without a key.

    Nothing can cite it, and biber stops at it.
    """
    yield from problems(document, "missing-key", help="add a key, such as lankov2002")
