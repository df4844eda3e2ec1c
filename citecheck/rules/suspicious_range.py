"""LOC103."""

from collections.abc import Iterator

from citecheck.citations import Citation, Locator, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.numbers import page_value
from citecheck.rules import Bad, Good, rule


@rule(
    code="LOC103",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad("RGANI, f. 5, op. 28, d. 410, ll. 45–45.", says="the range 45–45 is but one page or leaf"),
        Bad(
            "Lee, *The Korean Workers' Party*, 16–17.\nLee, *The Korean Workers' Party*, 34–36.\n"
            "Lee, *The Korean Workers' Party*, 60–62.\nLee, *The Korean Workers' Party*, 76–77.\n"
            "Lee, *The Korean Workers' Party*, 6–45.",
            says="6–45 takes in 40 pages; the longest of the 4 other ranges cited from this work has 3",
        ),
        Good("Lee, *The Korean Workers' Party*, 16–17.\nLee, *The Korean Workers' Party*, 34–40."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 12–12ob."),
    ),
)
def suspicious_range(document: Document) -> Iterator[Problem]:
    """A range far longer than its neighbours for that work, where a figure may be lost, or a range of one page.

    A range counts as far longer if it has thirty pages or more and three times as many as the next
    longest of at least four others. Long ranges from archival files are whole documents and say nothing.
    """
    for citation in document.citations:
        for locator in citation.reference.locators:
            if locator.end is not None and locator.start == locator.end:
                written = locator.written or f"{locator.start}–{locator.end}"
                yield Problem(
                    citation.locate(locator.span),
                    f"the range {written} is but one page or leaf",
                    label="one page",
                    help="give one number, or check the second",
                    citation=citation,
                )
    for citations in document.cited_by.values():
        yield from _outlier(document, citations)


def _outlier(document: Document, citations: tuple[Citation, ...]) -> Iterator[Problem]:
    ranges = [
        (length, locator, citation)
        for citation in citations
        if isinstance(citation.reference, WorkReference)
        for locator in citation.reference.locators
        if locator.label == "page" and (length := _length(locator)) > 1
    ]
    if len({(locator.start, locator.end) for _, locator, _ in ranges}) < 5:
        return
    ranges.sort(key=lambda found: -found[0])
    (length, locator, citation), (next_length, _, next_citation) = ranges[:2]
    if length >= 30 and length >= 3 * next_length:
        yield Problem(
            citation.locate(locator.span),
            f"{locator.written or locator.start} takes in {length} pages; the longest of the {len(ranges) - 1} other ranges "
            f"cited from this work has {next_length}",
            label="a figure lost?",
            help="check both numbers against the source",
            citation=citation,
            related=(document.related(next_citation, f"{next_length} pages"),),
        )


def _length(locator: Locator) -> int:
    start, end = page_value(locator.start), page_value(locator.end or locator.start)
    return 0 if start is None or end is None else end - start + 1
