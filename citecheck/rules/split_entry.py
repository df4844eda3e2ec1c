"""BIB511."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.manuscript import Span
from citecheck.resolving.works_cited import shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB511",
    subject=Entry,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "The text.\n\nBibliography\n\n"
            "- Baek Seung-ch'ol. “The Development of Local Markets.” *Seoul Journal of Korean Studies* 12 "
            "(1999): 152–176.\n"
            "- Bajanov, Evgueni. “Assessing the Politics of the Korean War.” Cold\n\n"
            "- *War International History Project Bulletin* 6–7 (1996): 54, 87–91.\n"
            "- Benvenuti, Francesco. “The Reform of the NKVD.” *Europe-Asia Studies* 49, no. 6 (1997): "
            "1037–1056.",
            says="the entry for Bajanov is cut in two: it goes on with “War International History Project "
            "Bulletin …”",
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            "- Bajanov, Evgueni. “Assessing the Politics of the Korean War.” *Bulletin* 6–7 (1996): 54, "
            "87–91.\n"
            "- Benvenuti, Francesco. “The Reform of the NKVD.” *Europe-Asia Studies* 49, no. 6 (1997): "
            "1037–1056."
        ),
    ),
)
def split_entry(entry: Entry, document: Document) -> Iterator[Problem]:
    """An entry whose second half stands as an item of its own, as page breaks leave it.

    The first half has no full stop at its end, and the second does not begin as entries do.
    """
    pieces = entry.passage.pieces
    for one, gap, other in zip(pieces, pieces[1:], pieces[2:], strict=False):
        between = document.manuscript.text[one.end : other.start]
        if gap.literal or not (re.search(r"\n[ \t]*\r?\n", between) or re.search(r"\n\s*[-•*–]\s", between)):
            continue
        names = entry.reference.people
        rest = shorten(entry.text[other.offset :], 45)
        yield Problem(
            Span(other.start, other.end),
            f"the entry for {names[0].family if names else shorten(entry.text, 30)} is cut in two: it goes "
            f"on with “{rest}”",
            help="join the two lines",
            entry=entry,
        )
