"""LIB103."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import problems
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB103",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "@book{suh1988,\n  title = {Kim Il Sung},\n  title = {The North Korean Leader},\n}\n\n",
            says="“suh1988” has the field title more than once",
        ),
        Good("@book{suh1988,\n  title = {Kim Il Sung},\n  subtitle = {The North Korean Leader},\n}\n\n"),
    ),
)
def repeated_library_field(document: Document) -> Iterator[Problem]:
    """One field twice in an entry of a reference library.

    Programs disagree on which of the two counts; what was meant is often another field, such as the subtitle.
    """
    yield from problems(document, "repeated-field", help="keep one, or give the other its right name")
