"""LOC103."""

from collections.abc import Iterator

from citecheck.citations import Citation, Locator, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.numbers import page_value
from citecheck.rules import Bad, Good, rule


@rule(
    code="LOC103",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad("RGANI, f. 5, op. 28, d. 410, ll. 45–45.", says="the range 45–45 is but one page or leaf"),
        Bad(
            "Lee, *The Korean Workers' Party*, 16–17.\nLee, *The Korean Workers' Party*, 34–40.\n"
            "Lee, *The Korean Workers' Party*, 60–72.\nLee, *The Korean Workers' Party*, 76–77.\n"
            "Lee, *The Korean Workers' Party*, 6–45.",
            says="6–45 takes in 40 pages; with a figure lost it may be 36–45, like the 4 other ranges cited from this work",
        ),
        Good("Lee, *The Korean Workers' Party*, 16–17.\nLee, *The Korean Workers' Party*, 34–40."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 12–12ob."),
    ),
)
def suspicious_range(document: Document) -> Iterator[Problem]:
    """A range far longer than its neighbours for that work because a figure is lost, or a range of one page.

    Long passages are cited for good reasons. A range is reported only if it has thirty pages or more,
    three times as many as at least four others from that work, and if a figure more at its start would
    make it one of them: 6–45 among ranges of ten pages is 36–45.
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
    repaired = _with_figure(locator, next_length)
    if length >= 30 and length >= 3 * next_length and repaired is not None:
        yield Problem(
            citation.locate(locator.span),
            f"{locator.written or locator.start} takes in {length} pages; with a figure lost it may be {repaired}, "
            f"like the {len(ranges) - 1} other ranges cited from this work",
            label=f"{repaired}?",
            help="check both numbers against the source",
            citation=citation,
            related=(document.related(next_citation, f"{next_length} pages, the longest of the others"),),
        )


def _with_figure(locator: Locator, longest: int) -> str | None:
    """Return the range with a figure more at its start, if that gives a range as short as the others."""
    start, end = locator.start, locator.end or ""
    if not (start.isdecimal() and end.isdecimal() and len(start) == len(end) - 1):
        return None
    for figure in end[0], str(int(end[0]) - 1):
        if figure != "0" and 0 <= int(end) - int(figure + start) < longest:
            return f"{figure}{start}–{end}"
    return None


def _length(locator: Locator) -> int:
    start, end = page_value(locator.start), page_value(locator.end or locator.start)
    return 0 if start is None or end is None else end - start + 1
