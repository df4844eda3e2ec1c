"""ARC110."""

import datetime
import re
from collections.abc import Iterator

from citecheck.citations import ArchivalReference, Citation, Offsets, OtherReference, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.formatting.dates import is_in_calendar
from citecheck.reading.dates import find_dates
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
        Bad("The Times, 31 June 1921, p. 1.", says="31 June 1921 is no date of the calendar"),
        Bad(
            "“To All Honest People,” *Pravda*, 31 June 1921.",
            says="31 June 1921 is no date of the calendar",
        ),
        Bad(
            "Interview with Lord Carrington, London, 31 June 1996.",
            says="31 June 1996 is no date of the calendar",
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 29 February 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 22-25."
        ),
        Bad(
            "Télégramme de Baeyens à Schuman, 33 janvier 1950, AMAE, Asie-Océanie, Chine, vol. 211, fol. 33.",
            says="33 janvier 1950 is no date of the calendar",
        ),
        Bad(
            "Ulbricht an Gheorghiu-Dej, 32. Mai 1958, SAPMO-BArch, DY 30/3656, Bl. 44.",
            says="32. Mai 1958 is no date of the calendar",
        ),
        Good("The Times, 30 June 1921, p. 1."),
    ),
)
def impossible_date(citation: Citation, document: Document) -> Iterator[Problem]:
    """A date that the calendar does not have, 31 June, or that lies in the future.

    Checked are documents in archives, newspapers, interviews and letters. Days are counted by the calendar
    that was in use: 29 February 1900 was a day in Russia, where the Julian calendar held until 1918, so
    before that year leap days are not checked.
    """
    given = _date(citation)
    if given is None:
        return
    date, span = given
    if span is not None and date.count("-") == 1:
        # What stands before the month may have been left out of the citation.
        day = _NO_DAY.search(citation.passage.text, 0, citation.start + span[0])
        if day is not None:
            date, span = f"{date}-{day.group('day')}", (day.start("day") - citation.start, span[1])
    fault = _fault(date)
    if fault is not None:
        written = date
        if span is not None:
            written = citation.passage.text[citation.start + span[0] : citation.start + span[1]].strip(" ,.")
        yield Problem(
            citation.locate(span) if span is not None else citation.span,
            f"{written} {fault}",
            label="impossible",
            help="check the date against the source",
            citation=citation,
        )


# A figure before the month that is no day, so that the month alone was read: “33 January 1950”.
_NO_DAY = re.compile(
    r"(?:^|(?<!\d)[,;(\[]\s?|\b(?:of|on|dated|le|du|vom|am|от)\s)(?P<day>3[2-9]|[4-9]\d)\.?\s(?:de\s)?$"
)


def _date(citation: Citation) -> tuple[str, Offsets | None] | None:
    """Return the date of what is cited and where it is written, or None where there is none to check."""
    reference = citation.reference
    if isinstance(reference, ArchivalReference):
        return (reference.date, reference.date_span) if reference.date is not None else None
    if isinstance(reference, WorkReference):
        container = reference.container
        if container is None or container.kind != "article-newspaper":
            return None
    elif not isinstance(reference, OtherReference):
        return None
    # Of newspapers and interviews only a whole date tells; where it stands, the citation's words say.
    return next(
        (
            (found.value, (found.start, found.end))
            for found in find_dates(citation.text)
            if found.value == reference.date and found.value.count("-") == 2
        ),
        None,
    )


def _fault(date: str) -> str | None:
    if date[:4].isdecimal() and int(date[:4]) > datetime.date.today().year:
        return "lies in the future"
    return None if is_in_calendar(date) else "is no date of the calendar"
