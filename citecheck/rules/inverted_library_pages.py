"""LIB106."""

from collections.abc import Iterator

from citecheck.citations import Entry, Locator
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.libraries import is_library
from citecheck.reading.numbers import page_value
from citecheck.rules import Bad, Good, rule


@rule(
    code="LIB106",
    subject=Entry,
    severity=Severity.ERROR,
    authority="CMOS 18, 9.63",
    examples=(
        Bad(
            "@article{palais1995,\n  title = {A Search for Korean Uniqueness},\n"
            "  journal = {Harvard Journal of Asiatic Studies},\n  pages = {425--409},\n}\n\n",
            says="“palais1995” has pages that run backwards: 425 to 409",
        ),
        Good(
            "@article{palais1995,\n  title = {A Search for Korean Uniqueness},\n"
            "  journal = {Harvard Journal of Asiatic Studies},\n  pages = {409--25},\n}\n\n",
        ),
    ),
)
def inverted_library_pages(entry: Entry, document: Document) -> Iterator[Problem]:
    """Pages in a reference library whose last lies before the first.

    Every citation of the article is checked against them, so an error here raises false ones elsewhere.
    """
    if not is_library(document.manuscript):
        return
    for pages in entry.reference.locators:
        if _runs_backwards(pages):
            yield Problem(
                entry.span,
                f"“{entry.id}” has pages that run backwards: {pages.start} to {pages.end}",
                help="check both numbers against the article",
                entry=entry,
            )


def _runs_backwards(pages: Locator) -> bool:
    first, last = page_value(pages.start), page_value(pages.end or "")
    return first is not None and last is not None and last < first
