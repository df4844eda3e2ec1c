"""PUN706."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.texts import texts
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_TRAILING = re.compile(r"(?<!&amp)[;,]\s*$")


@rule(
    code="PUN706",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Cumings, *Korea’s Place in the Sun*, 192–216;",
            says="the note ends with a semicolon",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 32–38; Lankov, *From Stalin to Kim Il Sung*,",
            says="the note ends with a comma",
        ),
        Good("Cumings, *Korea’s Place in the Sun*, 192–216; Suh, *Kim Il Sung*, 32–38."),
    ),
)
def trailing_separator(document: Document) -> Iterator[Problem]:
    """A note or an entry that ends with a comma or a semicolon.

    Either the mark is wrong, or the citation that it led over to was lost.
    """
    for text in texts(document, "note", "entry"):
        match = _TRAILING.search(text.words, max(0, len(text.words) - 8))
        if match is None:
            continue
        name = "semicolon" if match.group()[0] == ";" else "comma"
        yield text.problem(
            match.start(),
            match.start() + 1,
            f"the {text.called} ends with a {name}",
            label="something may be missing behind it",
            help="end with a full stop, or add what is missing",
        )
