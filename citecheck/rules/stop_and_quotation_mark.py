"""STY616."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.majority import usage
from citecheck.rules import Bad, Good, rule
from citecheck.works_cited import lists, related_entry

_LIST = (
    "The text.\n\nReferences\n\nGomulka, V. (1956) “Gomulka’s Notes”. The Wilson Center. "
    "http://example.org/1\n\n"
    "Ivanov, V. (1956) “Diary of Ambassador Ivanov”. The Wilson Center. http://example.org/2\n\n"
    "Mao, Z. (1962) “Memorandum of Conversation”. The Wilson Center. http://example.org/3\n\n"
)


@rule(
    code="STY616",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 6.9",
    examples=(
        Bad(
            _LIST + "Kramer, M. (1995) “The Foreign Ministry’s Appraisal.” Bulletin 6: pp. 170–185.",
            says="the full stop stands inside the closing quotation mark, where 3 of 4 entries have it "
            "outside",
            fixed=_LIST + "Kramer, M. (1995) “The Foreign Ministry’s Appraisal”. Bulletin 6: pp. 170–185.",
        ),
        Good(_LIST),
    ),
)
def stop_and_quotation_mark(document: Document) -> Iterator[Problem]:
    """A full stop inside the closing quotation mark of a title in some entries and outside it in others.

    American style has it inside, British style outside: a list should have one of the two.
    """
    for group in lists(document.entries):
        found = usage([entry for entry in group if _close(entry)], _form, least=3, share=0.5)
        if found is None:
            continue
        for entry, form in found.odd:
            match = _close(entry)
            assert match is not None
            mark = match.group("mark")
            replacement = f"{mark}." if form == "inside" else f".{mark}"
            offsets = match.span()
            yield Problem(
                entry.passage.span(*offsets),
                f"the full stop stands {form} the closing quotation mark, where {found.count} of "
                f"{found.total} entries have it {found.form}",
                entry=entry,
                related=(related_entry(document, found.example, f"{found.form} the mark"),),
                fix=Fix(Applicability.SAFE, (Edit(entry.passage.span(*offsets), replacement),))
                if entry.passage.is_literal(*offsets)
                else None,
            )


def _close(entry: Entry) -> "_Close | None":
    """Return the full stop and the mark that close a quoted title."""
    span = entry.reference.title_span
    if span is None or entry.text[span[0] : span[0] + 1] not in ("“", '"', "‘", "«"):
        return None
    match = re.compile(r"(?<![?!.,])(?:\.(?P<inner>[”\"’»])(?!\.)|(?P<outer>[”\"’»])\.)").search(
        entry.text, max(0, span[1] - 2), span[1] + 2
    )
    return None if match is None else _Close(match)


class _Close:
    """Where a title closes, and with which mark."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match

    def group(self, name: str) -> str:
        return self._match.group("inner") or self._match.group("outer")

    def span(self) -> tuple[int, int]:
        return self._match.span()

    @property
    def form(self) -> str:
        return "inside" if self._match.group("inner") else "outside"


def _form(entry: Entry) -> str | None:
    close = _close(entry)
    return close.form if close is not None else None
