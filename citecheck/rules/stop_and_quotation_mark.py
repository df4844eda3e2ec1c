"""STY616."""

import re
from collections.abc import Iterator

import attrs

from citecheck.citations import Entry, Offsets
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.resolving.works_cited import lists, related_entry
from citecheck.rules import Bad, Good, rule

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
        closes = [close for entry in group if (close := _close(entry)) is not None]
        found = usage(closes, lambda close: close.side, least=3, share=0.5)
        if found is None:
            continue
        for close, side in found.odd:
            passage = close.entry.passage
            replacement = f"{close.mark}." if side == "inside" else f".{close.mark}"
            edit = Edit(passage.span(*close.span), replacement)
            yield Problem(
                passage.span(*close.span),
                f"the full stop stands {side} the closing quotation mark, where {found.count} of "
                f"{found.total} entries have it {found.form}",
                entry=close.entry,
                related=(related_entry(document, found.example.entry, f"{found.form} the mark"),),
                fix=Fix(Applicability.SAFE, (edit,)) if passage.is_literal(*close.span) else None,
            )


@attrs.frozen
class _Close:
    """Where a quoted title closes: the mark, and on which side of it the full stop stands."""

    entry: Entry
    mark: str
    side: str
    span: Offsets


_STOP_AND_MARK = re.compile(r"(?<![?!.,])(?:\.(?P<inner>[”\"’»])(?!\.)|(?P<outer>[”\"’»])\.)")


def _close(entry: Entry) -> _Close | None:
    span = entry.reference.title_span
    if span is None or entry.text[span[0] : span[0] + 1] not in ("“", '"', "‘", "«"):
        return None
    match = _STOP_AND_MARK.search(entry.text, max(0, span[1] - 2), span[1] + 2)
    if match is None:
        return None
    side = "inside" if match.group("inner") else "outside"
    return _Close(entry, match.group("inner") or match.group("outer"), side, match.span())
