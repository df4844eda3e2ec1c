"""STY608."""

import re
from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Offsets
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.rules import Bad, Good, rule

_CURLY = (
    "Kohli, “Where Do High Growth Economies Come From?,” 1283.\nJuhn, “Korean Businessmen,” 8.\n"
    "Mark, “Revolution by Degrees,” 20.\n"
)


@rule(
    code="STY608",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 6 (quotation marks)",
    examples=(
        Bad(
            _CURLY + 'Weathersby, "Soviet Aims in Korea," 8.',
            says="straight quotation marks, where 3 of 4 titles have curly ones",
            fixed=_CURLY + "Weathersby, “Soviet Aims in Korea,” 8.",
        ),
        Bad(
            "The text has ‘one’ and ‘two’ and ‘three’ and ‘four’ and ‘five’ and ‘six’ and ‘seven’ and "
            "‘eight’ and ‘nine’ and ‘ten’.\n\n"
            "He offered: 'At the beginning we did not foresee it’ (Mao 1962).",
            says="a straight quotation mark opens here, where the text has ‘",
        ),
        Good(_CURLY),
    ),
)
def quotation_marks(document: Document) -> Iterator[Problem]:
    """Straight quotation marks among curly ones, or the other way round.

    The manuscript’s own majority decides. Inside quotations either sort may be right, as in a title that is
    quoted as it was typed; only the marks around titles are compared, and those that open a quotation.
    """
    yield from _titles(document)
    yield from _running_text(document)


@attrs.frozen
class _Marks:
    citation: Citation
    opening: Offsets
    closing: Offsets
    form: str


def _titles(document: Document) -> Iterator[Problem]:
    found = usage(_marks(document), lambda marks: marks.form, least=3, share=0.6)
    if found is None or found.form == "other":
        return
    replacement = "“”" if found.form == "curly" else '""'
    for marks, form in found.odd:
        if form == "other":
            continue
        citation = marks.citation
        edits = tuple(
            Edit(citation.locate(offsets), mark)
            for offsets, mark in zip((marks.opening, marks.closing), replacement, strict=True)
        )
        literal = citation.is_literal(marks.opening) and citation.is_literal(marks.closing)
        yield Problem(
            citation.locate((marks.opening[0], marks.closing[1])),
            f"{form} quotation marks, where {found.count} of {found.total} titles have {found.form} ones",
            citation=citation,
            related=(document.related(found.example.citation, f"{found.form} marks"),),
            fix=Fix(Applicability.SAFE, edits) if literal else None,
        )


def _marks(document: Document) -> Iterator[_Marks]:
    for citation, reference in document.works:
        if reference.title_span is None:
            continue
        start, end = reference.title_span
        opening = citation.text[max(0, start - 1) : start]
        closing = re.compile(r"[,.;:?!’'*]*([\"”])").match(citation.text, end)
        if opening not in ('"', "“") or closing is None:
            continue
        pair = opening + closing.group(1)
        form = "straight" if pair == '""' else "curly" if pair == "“”" else "other"
        yield _Marks(citation, (start - 1, start), closing.span(1), form)


_OPENING = re.compile(r"(?P<mark>[\"'“‘])(?:(?<=[\s(—–:].)|(?<=^.))(?=[^\W_])")
# Abbreviated years and clipped words begin with an apostrophe: ’56, ’tis.
_CLIPPED = re.compile(r"['‘](?:\d\ds?\b|(?:tis|twas|em|til|cause|n)\b)", re.IGNORECASE)
_LEAST, _SHARE = 10, 0.85


def _running_text(document: Document) -> Iterator[Problem]:
    """Report straight marks that open a quotation in a text that hardly has any."""
    found = [
        (passage, match.start("mark"), match.group("mark"))
        for passage in document.manuscript.body
        for match in _OPENING.finditer(passage.text)
        if _CLIPPED.match(passage.text, match.start("mark")) is None
    ]
    for straight, curly in (("'", "‘"), ('"', "“")):
        marks = [each for each in found if each[2] in (straight, curly)]
        odd = [(passage, at) for passage, at, mark in marks if mark == straight]
        if len(marks) < _LEAST or len(marks) - len(odd) < _SHARE * len(marks):
            continue
        for passage, at in odd:
            yield Problem(
                passage.span(at, at + 1),
                f"a straight quotation mark opens here, where the text has {curly}",
                help="look at the closing mark as well",
            )
