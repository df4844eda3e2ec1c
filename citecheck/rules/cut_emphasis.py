"""TXT906."""

import re
from collections import Counter
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.texts import texts
from citecheck.findings import Problem, Severity
from citecheck.reading.marks import ITALIC_PATTERN
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT906",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Jones, *Manchuria since 1931*, 72–73.\nSuh, *Kim Il Sung*, 32.\n"
            "Jones, *Manchuria since* 1931, 98.",
            says="the italics of “Manchuria since 1931” end before its last word",
            fixed=(
                "Jones, *Manchuria since 1931*, 72–73.\nSuh, *Kim Il Sung*, 32.\n"
                "Jones, *Manchuria since 1931*, 98."
            ),
        ),
        Good(
            "Marr, *Vietnam* 1945, 234.\nMarr, *Vietnam* 1945, 518.\n"
            "Suh, *Kim Il Sung*, 32; Suh, *Kim Il Sung* 1988."
        ),
    ),
)
def cut_emphasis(document: Document) -> Iterator[Problem]:
    """A title whose italics end too early, by what the manuscript has in italics elsewhere.

    Mostly an effect of optical recognition; the reader takes the rest of the title for a page or a year.
    """
    titles = Counter(
        match.group().strip("*") for text in texts(document) for match in _ITALIC.finditer(text.words)
    )
    for text in texts(document, "note", "entry"):
        for match in _CUT.finditer(text.words):
            whole = f"{match['title']} {match['rest']}"
            if titles[whole] < 1 or titles[whole] < titles[match["title"]] - 1:
                continue
            yield text.problem(
                match.start("title"),
                match.end("rest"),
                f"the italics of “{whole}” end before its last word",
                help="set the whole title in italics",
                fix=text.fix(match.end("title"), match.end("rest"), f" {match['rest']}*"),
            )


_ITALIC = re.compile(ITALIC_PATTERN)
_CUT = re.compile(r"(?<![*\w])\*(?P<title>[^*\s][^*]{1,200})\*\s(?P<rest>[\w–-]{1,20})(?=[,.;]|$)")
