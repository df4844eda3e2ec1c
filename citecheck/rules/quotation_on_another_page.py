"""QUO803."""

from collections.abc import Iterator

from citecheck.citations import Locator
from citecheck.corpus.source_texts import SourceText
from citecheck.corpus.verification import Verified, against_sources, verify_quotations
from citecheck.documents import Corpus
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.reading.numbers import page_value
from citecheck.rules import Bad, Good, rule

_BOOK = """The August Plot

John Smith

[p. 1]

The plot had been in the making since the spring, and nobody in the capital had taken any notice of it at all.

[p. 2]

It was a desperate attempt to turn the tide, rather than a serious challenge to the ruler and his friends.

[p. 3]

Of those who took part in it hardly anybody lived to see the end of the year, and nobody spoke of it again.
"""
_QUOTING = """The plot was “a desperate attempt to turn the tide.”¹

Notes

1. John Smith, *The August Plot* (London: Press, 1990), {}.
"""


@rule(
    code="QUO803",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            _QUOTING.format(3),
            others=(_BOOK,),
            says="these words stand on page 2 of other-1.txt, not on page 3",
        ),
        Good(_QUOTING.format("1–2"), others=(_BOOK,)),
        Good(_QUOTING.format(3), others=(_BOOK.replace("[p. ", "[").replace("]", ""),)),
    ),
)
@against_sources
def quotation_on_another_page(corpus: Corpus, given: tuple[SourceText, ...]) -> Iterator[Problem]:
    """A quotation whose words stand on another page of the source than the one that is cited.

    The source must show its pages: by form feeds, by marks such as [p. 12], or by page numbers on lines of
    their own. A page that the source lacks is no fault, and one that “f.” or “passim” takes in is not known.
    """
    for verified in verify_quotations(corpus, given):
        if verified.named_by and verified.credit.certain and verified.pages:
            yield from _problem(verified)


def _problem(verified: Verified) -> Iterator[Problem]:
    source = verified.source
    assert source is not None
    places = [
        (citation, locator)
        for citation in verified.named_by
        for locator in citation.reference.locators
        if locator.label == "page"
    ]
    cited = [pages for _, locator in places if (pages := _pages(locator)) is not None]
    if not cited or len(cited) < len(places):
        return
    if any(page in pages for pages in cited for page in verified.pages):
        return
    if not all(source.has_page(pages.start) for pages in cited):
        return
    citation, locator = places[0]
    yield Problem(
        citation.locate(locator.span),
        f"these words stand on page {min(verified.pages)} of {source.name}, not on page "
        f"{locator.written or locator.start}",
        label=f"they stand on page {min(verified.pages)}",
        help="check the page",
        citation=citation,
        related=(
            Related(
                source.manuscript,
                verified.source_span or Span(0, 0),
                f"page {min(verified.pages)}: “{verified.source_text}”",
            ),
        ),
        manuscript=verified.document.manuscript,
    )


def _pages(locator: Locator) -> range | None:
    first, last = page_value(locator.start), page_value(locator.end or locator.start)
    return range(first, last + 1) if first is not None and last is not None else None
