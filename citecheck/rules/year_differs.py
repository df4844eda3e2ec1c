"""BIB505."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import by_entry, place_of, related_entry
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB505",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The congress met (Lankov, 2004: 63).\n\nReferences\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press.",
            says="the year is 2004 here and 2005 in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Andrei Lankov, *Crisis in North Korea* (Honolulu: University of "
            "Hawaii Press, 2006), 63.\n\n"
            "Bibliography\n\nLankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, "
            "2005.",
            says="the year is 2006 here and 2005 in the bibliography",
        ),
        Good(
            "The congress met (Lankov, 2005: 63).\n\nReferences\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press."
        ),
        Good(
            "The text.\n\nNotes\n\n1. Seoul to State, 3 May 1956, in FRUS, 1955–1957, vol. 23, doc. 101.\n"
            "2. FRUS, 1952–1954, vol. 15, p. 12.\n\n"
            "Bibliography\n\nFRUS, 1955–1957, vol. XXIII. Washington, D.C.: GPO, 1993."
        ),
    ),
)
def year_differs(document: Document) -> Iterator[Problem]:
    """A work that is cited with one year and listed with another.

    In author-date references the year alone tells the reader which work is meant, so a slip of one
    figure leads astray. A reference to a year that is not near any of the author’s works is taken for
    another work, not for a slip.
    """
    for group in by_entry(document).values():
        entry = group[0].entry
        listed = entry.reference.years | set(re.findall(r"\d{4}", entry.year_written or ""))
        said: set[str] = set()
        for cited in group:
            years = re.findall(r"\d{4}", cited.reference.date or "")
            if (
                not listed
                or not years
                or not listed.isdisjoint(years)
                or _is_of_content(cited.reference.date)
                or years[0] in said
            ):
                continue
            if entry.library is not None:
                # What a library has otherwise is said once: nobody rewrites all references for it.
                said.add(years[0])
            start = cited.citation.text.rfind(years[0])
            span = cited.citation.locate((start, start + 4)) if start >= 0 else cited.citation.span
            year = entry.year_written or entry.reference.date
            yield Problem(
                span,
                f"the year is {years[0]} here and {year} {place_of(entry)}",
                label=f"{year} {place_of(entry)}",
                help="check the year against the imprint; another edition needs an entry of its own",
                citation=cited.citation,
                related=(related_entry(document, entry, f"listed with {year}"),),
            )


def _is_of_content(date: str | None) -> bool:
    """Tell whether a date is that of a document in a collection, or the years that the collection covers."""
    return date is not None and (
        len(date) == len("1956-05-03") or re.fullmatch(r"\d{4}/\d{4}", date) is not None
    )
