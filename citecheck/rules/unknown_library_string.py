"""LIB105."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import problems
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB105",
    subject=Document,
    severity=Severity.WARNING,
    authority="O. Patashnik, BibTeXing (1988), section 2",
    examples=(
        Bad(
            "@article{lankov2002,\n  title = {Kim Takes Control},\n  journal = ks,\n  year = 2002,\n}\n\n",
            says="“lankov2002” uses the abbreviation ks, which no @string explains",
        ),
        Good(
            "@string{ks = {Korean Studies}}\n\n"
            "@article{lankov2002,\n  title = {Kim Takes Control},\n  journal = ks,\n  month = jul,\n}\n",
        ),
    ),
)
def unknown_library_string(document: Document) -> Iterator[Problem]:
    """A value without braces that no ``@string`` of the file explains.

    BibTeX prints nothing for it. The names of the months are defined by every style. An abbreviation that
    several entries use is reported once, with the others beside it.
    """
    yield from problems(document, "unknown-string", help="put the words in braces, or add an @string")
