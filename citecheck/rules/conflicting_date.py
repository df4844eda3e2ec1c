"""CON201."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, agree, filed, odd_ones, same_document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON201",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Report, 24 February 1955, KTS, 10. doboz, 24/b, 004066/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 24 February 1955, KTS, 10. doboz, 24/b, 004066/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 27 May 1955, KTS, 10. doboz, 24/b, 004066/1955.",
            says="number 004066/1955 is dated 27 May 1955 here and 24 February 1955 in 2 other places",
        ),
        Bad(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Memorandum of Conversation with Nam Il, 8 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.",
            says="fond 5, opis 28, delo 412, folios 4–9 is dated 8 April 1955 here and 6 April 1955 in another place",
        ),
        Bad(
            "TNA, FO 371/5228/E9849, Clayton to Tilley, 13 August 1920.\n"
            "TNA, FO 371/5228/E9849, Clayton to Tilley, 18 August 1920.",
            says="department FO, series 371, piece 5228, former reference E9849 is dated 18 August 1920 here and "
            "13 August 1920 in another place",
        ),
        Good(
            "TNA, FO 371/5228/E9849, minute by Young, 13 August 1920.\n"
            "TNA, FO 371/5228/E9849, minute by Young, 18 August 1920."
        ),
        Good(
            "Hungarian Embassy to the DPRK, Report, 24 February 1955, KTS, 10. doboz, 24/b, 004066/1955.\n"
            "Hungarian Embassy to the DPRK, Report, February 1955, KTS, 10. doboz, 24/b, 004066/1955."
        ),
        Good(
            "Hungarian Foreign Ministry, Memorandum, January 1954, KA, 4. doboz, 5/ca (no reference number)/1954.\n"
            "Hungarian Foreign Ministry, Memorandum, 17 April 1954, KA, 4. doboz, 5/ca (no reference number)/1954."
        ),
    ),
)
def conflicting_date(document: Document) -> Iterator[Problem]:
    """One archival document, known by its number or its leaves, with two dates.

    A less precise date agrees with a more precise one. A file can hold two documents under one number,
    so this is a warning: look at what most places say, and at the source.
    """
    for name, group in same_document(filed(document)):
        dates = {place: member.reference.date for place, member in enumerate(group) if member.reference.date}
        if all(agree(first, second) for first in set(dates.values()) for second in set(dates.values())):
            continue
        for member, usual, others in odd_ones(group, {place: date for place, date in dates.items() if date}):
            if not agree(member.reference.date, usual):
                yield _problem(document, name, member, others)


def _problem(document: Document, name: str, member: Filed, others: list[Filed]) -> Problem:
    citation, reference, usual = member.citation, member.reference, others[0].date
    places = "another place" if len(others) == 1 else f"{len(others)} other places"
    return Problem(
        citation.locate(reference.date_span) if reference.date_span else citation.span,
        f"{name} is dated {member.date} here and {usual} in {places}",
        label=f"elsewhere {usual}",
        help="look the date up in the source",
        citation=citation,
        related=tuple(document.related(other.citation, f"dated {usual}") for other in others),
    )
