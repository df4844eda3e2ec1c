"""STY613."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule

_LIST = (
    "The text.\n\nBibliography\n\nHeller, Mikhail, and Nekrich, Aleksandr. *Utopia in Power*. New York: "
    "Summit, 1986.\n\n"
    "Koo, John H., and Nahm, Andrew C., eds. *Korean Culture*. Seoul: Hollym, 1997.\n\n"
    "Oh, Kongdan, and Hassig, Ralph C. *North Korea*. Washington: Brookings, 2000.\n\n"
)


@rule(
    code="STY613",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (two or more authors)",
    examples=(
        Bad(
            _LIST
            + "Eberstadt, Nicholas and Banister, Judith. *The Population of North Korea*. Berkeley: UCP, "
            "1992.",
            says="no comma before “and” between the two authors, where 3 of 4 entries have one",
        ),
        Good(_LIST),
        Good(_LIST + "Shen Zhihua and Xia Yafeng. *A Misunderstood Friendship*. New York: Columbia, 2018."),
    ),
)
def creators_joined(document: Document) -> Iterator[Problem]:
    """Two authors joined by “and” with a comma in some entries and without one in others.

    Where the first name is turned round Chicago has the comma. Three or more authors have it in any case.
    """
    pairs = [entry for entry in document.entries if _joint(entry) is not None]
    found = usage(pairs, lambda entry: (_joint(entry) or " ").startswith(","), least=3, share=0.5)
    if found is None:
        return
    for entry, has_comma in found.odd:
        what, rest = ("a", "none") if has_comma else ("no", "one")
        start, end = _joint_span(entry) or (0, len(entry.text))
        yield Problem(
            entry.passage.span(start, end),
            f"{what} comma before “and” between the two authors, where {found.count} of {found.total} "
            f"entries have {rest}",
            entry=entry,
            related=(related_entry(document, found.example, "as usual in this list"),),
        )


_AND = re.compile(r",?\s+(?:and|&|und|et)\s+")


def _joint_span(entry: Entry) -> tuple[int, int] | None:
    reference = entry.reference
    names = reference.creators or reference.editors
    if len(names) != 2 or reference.creators_span is None:
        return None
    start, end = reference.creators_span
    match = _AND.search(entry.text, start, end)
    if match is None or "," not in entry.text[start : match.start()]:
        # “Shen Zhihua and Xia Yafeng”: nothing is turned round.
        return None
    return match.span()


def _joint(entry: Entry) -> str | None:
    span = _joint_span(entry)
    return entry.text[slice(*span)] if span is not None else None
