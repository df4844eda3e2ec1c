"""BIB506."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import title_words
from citecheck.resolving.works_cited import lists, related_entry, shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB506",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nLankov, Andrei. *Crisis in North Korea*. Honolulu: University of "
            "Hawaii Press, 2005.\n\n"
            "Lankov, A. N. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005.",
            says="“Crisis in North Korea” is listed twice",
        ),
        Good(
            "The text.\n\nBibliography\n\nWeathersby, Kathryn. “The Soviet Role.” *Bulletin* 5 (1995): "
            "1–9.\n\n"
            "Weathersby, Kathryn. “The Soviet Role in Korea.” *Bulletin* 6 (1996): 30–84."
        ),
        Good(
            "The text.\n\nBibliography\n\nMarr, David G. *Vietnam*. Berkeley: University of California "
            "Press, 1981.\n\n"
            "Marr, David G. *Vietnam*. 2nd ed. Berkeley: University of California Press, 1995."
        ),
    ),
)
def duplicate_entry(document: Document) -> Iterator[Problem]:
    """One work listed twice in the same bibliography.

    Author, title and year agree; how names and places are written does not count. Two editions with
    their own years are two entries, and each essay of a volume may list the work again.
    """
    for group in lists(document.entries):
        first: dict[tuple[object, ...], Entry] = {}
        for entry in group:
            key = _identity(entry)
            if key is None:
                continue
            earlier = first.setdefault(key, entry)
            if earlier is not entry:
                yield Problem(
                    entry.span,
                    f"“{shorten(entry.reference.title or '')}” is listed twice",
                    help="keep one of the two entries",
                    entry=entry,
                    related=(related_entry(document, earlier, "listed here first"),),
                )


def _identity(entry: Entry) -> tuple[object, ...] | None:
    reference = entry.reference
    if not reference.title or reference.genre == "collection":
        return None
    names = entry.reference.people
    years = tuple(sorted(set(re.findall(r"\d{4}", reference.date or ""))))
    pages = (entry.pages.start, entry.pages.end) if entry.pages is not None else None
    return (
        family_key(names[0].family) if names else "",
        title_words(reference.title),
        years,
        reference.suffix,
        reference.volume,
        pages,
    )
