"""BIB513."""

from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB513",
    subject=Entry,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nKramer, M. (1995) “The USSR Foreign Ministry’s Appraisal.” Cold "
            "War International "
            "History Project Bulletin 6/7, no. 6/7: pp. 170–185.",
            says="6/7 is given as volume and again as number",
        ),
        Good(
            "The text.\n\nBibliography\n\nKim Sunhyuk. “Civil Society in South Korea.” *Journal of "
            "Northeast Asian Studies* 15, "
            "no. 2 (1996): 81–98."
        ),
    ),
)
def repeated_issue_number(entry: Entry, document: Document) -> Iterator[Problem]:
    """An issue number that repeats the volume.

    Programs that have one number for a periodical that has no volumes put it in both places.
    Single figures may agree by chance: volume 3, number 3.
    """
    container = entry.reference.container
    if container is None or container.volume is None or container.volume != container.issue:
        return
    if container.volume.isdecimal() and int(container.volume) <= 12:
        return
    start = entry.text.find(container.volume)
    end = entry.text.find(container.volume, start + 1) + len(container.volume)
    yield Problem(
        entry.passage.span(start, end) if end > start >= 0 else entry.span,
        f"{container.volume} is given as volume and again as number",
        help="give it once",
        entry=entry,
    )
