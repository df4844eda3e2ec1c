"""LIB101."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import problems
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB101",
    subject=Document,
    severity=Severity.ERROR,
    authority="O. Patashnik, BibTeXing (1988), section 2",
    examples=(
        Bad(
            "@book{lankov2002,\n  title = {From Stalin to {Kim Il Sung},\n  year = 2002,\n}\n\n"
            "@book{suh1988,\n  title = {Kim Il Sung},\n  year = 1988,\n}\n",
            says="“lankov2002” cannot be read: its braces or quotation marks do not close before the next "
            "entry begins",
        ),
        Good("@book{lankov2002,\n  title = {From Stalin to {Kim Il Sung}},\n  year = 2002,\n}\n"),
    ),
)
def unreadable_library_entry(document: Document) -> Iterator[Problem]:
    """An entry of a reference library that is not well formed.

    Such an entry is lost to every program that reads the file, some stop at it, and others take the next
    entries for a part of it. The other entries are checked all the same.
    """
    yield from problems(document, "unreadable", help="close what the entry opens, or delete the entry")
