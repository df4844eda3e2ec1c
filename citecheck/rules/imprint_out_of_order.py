"""BIB514."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_PUBLISHER_FIRST = re.compile(
    r"\(\s*(?P<publisher>[^():;]*\b(?:Press|Verlag|Publish\w+|Books|Kiadó|Wydawnictwo|Издательство)\b[^():;]*):\s*"
    r"(?P<after>(?:1[4-9]|20)\d\d|[A-ZÀ-Þ][^():;,]{2,40},\s*(?:1[4-9]|20)\d\d)\s*\)"
)


@rule(
    code="BIB514",
    subject=Citation,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (place, publisher and date)",
    examples=(
        Bad(
            "Andrei Lankov, “Kim Il Sung’s Campaign,” *Korean Studies*, Volume 23 (University of Hawaii "
            "Press: 1999): 45.",
            says="the publisher stands where the place belongs: University of Hawaii Press: 1999",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (University of Hawaii Press: Honolulu, 2005), 45.",
            says="the publisher stands where the place belongs: University of Hawaii Press: Honolulu, 2005",
        ),
        Good("Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 45."),
    ),
)
def imprint_out_of_order(citation: Citation, document: Document) -> Iterator[Problem]:
    """An imprint that begins with the publisher: the order is place, publisher, year.

    An article in a journal needs neither place nor publisher.
    """
    if not isinstance(citation.reference, WorkReference):
        return
    match = _PUBLISHER_FIRST.search(citation.text)
    if match is not None:
        start, end = match.start("publisher"), match.end("after")
        yield Problem(
            citation.locate((start, end)),
            f"the publisher stands where the place belongs: {citation.text[start:end]}",
            help="write place: publisher, year",
            citation=citation,
        )
