"""ARC110."""

import calendar
import datetime
from collections.abc import Iterator

from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC110",
    subject=Citation,
    severity=Severity.ERROR,
    examples=(
        Bad(
            "Memorandum of Conversation with Nam Il, 31 June 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 22-25.",
            says="31 June 1956 is no date of the calendar",
        ),
        Bad(
            "Report, 5 May 2095, RGANI, Fond 5, Opis 28, Delo 410, Listy 22-25.",
            says="5 May 2095 lies in the future",
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 29 February 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 22-25."
        ),
    ),
)
def impossible_date(citation: Citation, document: Document) -> Iterator[Problem]:
    """A date that the calendar does not have, 31 June, or that lies in the future.

    Days are counted by the calendar that was in use: 29 February 1900 was a day in Russia, where the
    Julian calendar held until 1918, so before that year leap days are not checked.
    """
    reference = citation.reference
    if not isinstance(reference, ArchivalReference) or reference.date is None:
        return
    parts = [int(part) for part in reference.date.split("-") if part.isdecimal()]
    span = reference.date_span
    written = citation.text[slice(*span)].strip(" ,.") if span is not None else reference.date
    fault = _fault(parts)
    if fault is not None:
        yield Problem(
            citation.locate(span) if span is not None else citation.span,
            f"{written} {fault}",
            label="impossible",
            help="check the date against the source",
            citation=citation,
        )


def _fault(parts: list[int]) -> str | None:
    if parts[0] > datetime.date.today().year:
        return "lies in the future"
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return "is no date of the calendar"
    if len(parts) > 2:
        year = parts[0] if parts[0] >= 1918 else 2000
        if not 1 <= parts[2] <= calendar.monthrange(year, parts[1])[1]:
            return "is no date of the calendar"
    return None
