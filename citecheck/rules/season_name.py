"""STY619."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule

_ZUBOK = "Zubok, Vladislav. “The Conversations.” *CWIHP Bulletin* 12–13 (fall/winter 2001): 244–272."
_SHIN = "Shin, Eui Hang. “Social Change.” *East Asia* 17, no. 3 (autumn 1999): 28–61."
_OTHER = "Gills, Barry. “North Korea.” *Third World Quarterly* 13, no. 1 (fall 1992): 107–131."


@rule(
    code="STY619",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            f"The text.\n\nBibliography\n\n{_OTHER}\n\n{_SHIN}\n\n{_ZUBOK}",
            says="“autumn” here and “fall” in 2 other entries",
        ),
        Good(f"The text.\n\nBibliography\n\n{_OTHER}\n\n{_ZUBOK}"),
    ),
)
def season_name(document: Document) -> Iterator[Problem]:
    """An issue dated “autumn” in one entry and “fall” in another.

    Either is right; a bibliography has one of the two. Titles are left as they are.
    """
    places = [(entry, match) for entry in document.entries if (match := _find(entry)) is not None]
    found = usage(places, lambda place: place[1].group("season").lower(), least=1, share=0.0)
    if found is None:
        return
    others = "another entry" if found.count == 1 else f"{found.count} other entries"
    for (entry, match), _ in found.odd:
        yield Problem(
            entry.passage.span(*match.span("season")),
            f"“{match.group('season')}” here and “{found.form}” in {others}",
            entry=entry,
            related=(related_entry(document, found.example[0], f"“{found.form}”"),),
        )


_SEASON = re.compile(r"\b(?P<season>[Aa]utumn|[Ff]all)(?=[\s/–-]+(?:\w+\s)?(?:1[89]|20)\d\d)")


def _find(entry: Entry) -> re.Match[str] | None:
    title = entry.reference.title_span
    return _SEASON.search(entry.text, title[1] if title is not None else 0)
