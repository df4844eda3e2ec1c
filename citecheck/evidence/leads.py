"""What stands between a work and the pages cited from it: “, ”, “: ”, “, p. ”."""

import re

import attrs

from citecheck.citations import Citation, Kind, Locator, WorkReference
from citecheck.resolving.works_cited import is_in_newspaper

# Closing marks that belong to the title or the imprint before the pages.
_CLOSING = "\"”’'»*_)] \u00a0\u202f\t\n"


@attrs.frozen
class Lead:
    """The words between what a citation names and its first page, as offsets into the citation's text.

    ``mark`` is the punctuation mark, or “” where there is none; ``spaced`` whether white space follows it.
    """

    start: int
    end: int
    mark: str
    spaced: bool
    label: str


def first_page(citation: Citation) -> Locator | None:
    """Return the first page cited, unless a chapter, volume or other part is named before it."""
    locators = citation.reference.locators
    if not locators or locators[0].label not in ("page", "paragraph"):
        return None
    # “27 (1916), pp. 18–54”: a bare number before labelled pages or a year is a volume.
    if not locators[0].written_label and any(locator.written_label for locator in locators):
        return None
    if _YEAR_FOLLOWS.match(citation.passage.text, citation.start + len(citation.text)):
        return None
    return locators[0]


_YEAR_FOLLOWS = re.compile(r"\s\((?:[^\W\d]{3,12}\.?\s)?\d{4}\)")


def read_lead(citation: Citation) -> Lead | None:
    """Read what leads over to a citation's first page, or None where it cites no page."""
    locator = first_page(citation)
    if locator is None:
        return None
    text, end = citation.text, locator.span[0]
    label = locator.written_label
    labelled = text[:end].rstrip()
    stop = len(labelled) - len(label) if label and labelled.endswith(label) else end
    before = text[:stop].rstrip()
    qualified = _QUALIFIED.search(before)
    if qualified is not None:
        # “*A Prosentential Theory*, esp. pp. 3–45”: the stop is that of “esp.”.
        before = before[: qualified.start()].rstrip()
    mark_at = len(before.rstrip(_CLOSING)) - 1
    outer = before[-1:] if before else ""
    if outer in ".,:;":
        mark, start = outer, len(before) - 1
    elif mark_at >= 0 and before[mark_at] in ".,:;" and "”" in _closing(before, mark_at):
        mark, start = before[mark_at], mark_at
    else:
        mark, start = "", len(before)
    return Lead(start, end, mark, bool(re.match(r"\s", text[len(before) :])), label)


_QUALIFIED = re.compile(
    r"(?<=[\s,;:])(?:see\s)?(?:esp\.|especially|particularly|here:?|at|bes\.|insb\.|hier:?|e\.g\.,?|zwłaszcza|особ\.|surtout)$",
    re.IGNORECASE,
)


def _closing(before: str, mark_at: int) -> str:
    return before[mark_at:].replace('"', "”").replace("’", "”").replace("'", "”").replace("»", "”")


def group_of(citation: Citation) -> str | None:
    """Return which kind of citation this is for comparing how pages are led in; None where it has no say.

    Authors write full citations (Place: Publisher, 1972): 334 unlike short ones, Title, p. 45, and both
    unlike references in the text.
    """
    reference = citation.reference
    if citation.in_note is None:
        return "references in the text" if reference.kind in _IN_TEXT else None
    if reference.kind is Kind.IBID:
        return "ibid."
    if not isinstance(reference, WorkReference) or reference.kind not in (
        Kind.FULL,
        Kind.SHORT,
        Kind.CHAPTER,
    ):
        return None
    locator = first_page(citation)
    if locator is None:
        return None
    if is_in_newspaper(reference):
        # “Gorky, “To All Honest People,” Pravda, 23 July 1921, p. 1” is no short form, and has no imprint.
        return "newspaper articles"
    # An imprint in brackets makes a citation full, whatever part of a book it cites.
    before = citation.text[: locator.span[0]]
    return "full citations" if _IMPRINT.search(before) else "short citations"


def is_cyrillic(citation: Citation) -> bool:
    """Tell whether a citation is in Cyrillic letters: where two alphabets are cited, each has its labels and marks."""
    return _CYRILLIC.search(citation.text) is not None


_CYRILLIC = re.compile(r"[а-яё]{3}", re.IGNORECASE)
_IN_TEXT = frozenset((Kind.AUTHOR_DATE, Kind.IBID))
_IMPRINT = re.compile(r"\([^()]{2,200}\d{4}[^()]{0,20}\)|\([^()]{2,60}:\s[^()]{2,120}\)|\d{4}\):|\(\d{4}\)")
