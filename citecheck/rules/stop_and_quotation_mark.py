"""STY616."""

import re
from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Entry, Offsets
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
_NOTES = (
    "Person, “New Evidence,” 31.\nSzalontai, “You Have No Political Line,” 95.\nLankov, “Kim Takes Control,” 123.\n"
    "Shimotomai, “Kim Il Sung’s Balancing Act,” 128.\nNam, “Solidarity,” 4.\n"
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
        Bad(
            _NOTES + "Tertitskiy, “Forced Laughter”, 5.",
            says="the comma stands outside the closing quotation mark, where 5 of 6 references have it inside",
            fixed=_NOTES + "Tertitskiy, “Forced Laughter,” 5.",
        ),
        Good(_LIST),
        Good(_NOTES + "Tertitskiy, “Who Laughed?”, 5.\nMarchenko, „Die DDR“, 7."),
    ),
)
def stop_and_quotation_mark(document: Document) -> Iterator[Problem]:
    """Punctuation inside the closing quotation mark of a title in some places and outside it in others.

    American style has full stops and commas inside, British style outside: a list, or the notes, should have one of the
    two. In notes four fifths must agree.
    """
    yield from _in_notes(document)
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


def _in_notes(document: Document) -> Iterator[Problem]:
    commas = [
        (citation, match)
        for citation, reference in document.works
        if citation.in_note is not None and (match := _comma(citation, reference.title_span)) is not None
    ]
    found = usage(commas, lambda comma: "inside" if comma[1]["inner"] else "outside", least=5, share=0.8)
    if found is None:
        return
    for (citation, match), side in found.odd:
        mark = match["inner"] or match["outer"]
        span = citation.locate(match.span())
        edit = Edit(span, f"{mark}," if side == "inside" else f",{mark}")
        yield Problem(
            span,
            f"the comma stands {side} the closing quotation mark, where {found.count} of {found.total} references "
            f"have it {found.form}",
            citation=citation,
            fix=Fix(Applicability.SAFE, (edit,)) if citation.is_literal(match.span()) else None,
        )


# Germans and Hungarians have their own marks, and always put the comma outside.
_COMMA_AND_MARK = re.compile(r"(?<![?!.,…])(?:,(?P<inner>[”\"])(?!,)|(?P<outer>[”\"]),)")


def _comma(citation: Citation, title: Offsets | None) -> re.Match[str] | None:
    """Return where the comma behind a title in English quotation marks meets the closing one."""
    if title is None or citation.text[max(0, title[0] - 1) : title[0]] not in ("“", '"'):
        return None
    return _COMMA_AND_MARK.match(citation.text, title[1])


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
