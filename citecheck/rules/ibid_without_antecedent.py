"""SHT301."""

from collections.abc import Iterator

from citecheck.citations import Citation, IbidReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule
from citecheck.works_cited import ibid_word


@rule(
    code="SHT301",
    subject=Citation,
    severity=Severity.ERROR,
    authority="Chicago Manual of Style, 18th ed., 13.37",
    examples=(
        Bad("Ibid., 12.", says="Ibid. refers to nothing: no note stands before it"),
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nThe congress met in April.\nIbid., 64.",
            says="Ibid. refers to nothing: note 2 cites no source",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. Szalontai, *Kim Il Sung*, "
            "98.\n5. Ibid., 64.\n"
            "6. Lankov, *Crisis in North Korea*, 70.",
            says="Ibid. refers to nothing: note 4 is missing",
        ),
        Good("Lankov, *Crisis in North Korea*, 63.\nIbid., 64."),
        Good("Lankov, *Crisis in North Korea*, 63; ibid., 70."),
    ),
)
def ibid_without_antecedent(citation: Citation, document: Document) -> Iterator[Problem]:
    """An *ibid.* before which nothing is cited.

    It repeats the citation before it in its note, or the one of the note before. Where that note is missing,
    cites nothing, or belongs to another chapter, the reader is led to the wrong source or to none: notes were
    moved, cut or inserted. The last source that happens to survive is never taken for the right one.
    """
    if not isinstance(citation.reference, IbidReference):
        return
    resolution = document.resolution(citation)
    if resolution.antecedent is None and not resolution.candidates:
        yield Problem(
            citation.span,
            f"{ibid_word(citation)} refers to nothing: {_reason(citation, document)}",
            label="nothing to repeat",
            help="name the source again",
            citation=citation,
        )


def _reason(citation: Citation, document: Document) -> str:
    note = citation.in_note
    if note is None:
        return "no reference stands before it"
    before = document.manuscript.notes[note.ordinal - 2] if note.ordinal > 1 else None
    if before is None or before.section != note.section:
        return (
            "no note stands before it" if note.number in (None, 1) else f"note {note.number - 1} is missing"
        )
    if note.number is not None and before.number != note.number - 1:
        return f"note {note.number - 1} is missing"
    return f"note {before.label} cites no source"
