"""PUN707."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_BEFORE, _AFTER = "before the full stop", "behind the full stop"


@rule(
    code="PUN707",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (citations in the text)",
    examples=(
        Bad(
            "It was ‘a real expression of collective leadership’ (Filtzer, 1993:12). The report blamed "
            "Beria (Filtzer, 1993:13).\n\n"
            "The committee met in secret (Morgan, 2000:104). States cannot control ‘the flows of ideas, "
            "goods, and people.’ (Filtzer, 1993:35)\n",
            says="the reference stands behind the full stop; 3 of 4 stand before it",
        ),
        Good(
            "It was ‘a real expression of collective leadership’ (Filtzer, 1993:12). The report blamed "
            "Beria (Filtzer, 1993:13).\n\n"
            "The committee met in secret (Morgan, 2000:104).\n\n"
            "The evil caused by acts violating revolutionary legality has to be completely corrected. "
            "(Filtzer, 1993:35)\n"
        ),
    ),
)
def reference_after_stop(document: Document) -> Iterator[Problem]:
    """A reference in brackets behind the full stop of its sentence, where the others stand before it.

    It then belongs to no sentence. After a block quotation, which has no quotation marks, the place behind
    the stop is right.
    """
    found = usage(
        (citation for citation in document.citations if citation.in_note is None), _place, share=0.7
    )
    if found is None or found.form != _BEFORE:
        return
    for citation, _ in found.odd:
        text = text_of(citation, document)
        yield text.problem(
            citation.start,
            citation.start + len(citation.text),
            f"the reference stands {_AFTER}; {found.count} of {found.total} stand before it",
            help="set the stop behind the closing bracket",
        )


_STOPPED = re.compile(r"[.!?][’”\"'»]\s$")
_STOP = re.compile(r"[.!?]")
_ENDED = re.compile(r"$|\s+[^\Wa-zа-я]")


def _place(citation: Citation) -> str | None:
    """Tell on which side of the full stop a reference stands, or None where its sentence goes on."""
    words, start, end = citation.passage.text, citation.start, citation.start + len(citation.text)
    if not (citation.text.startswith("(") and citation.text.endswith(")")):
        return None
    if _STOP.match(words, end):
        return _BEFORE
    if _ENDED.match(words, end) and _STOPPED.search(words, max(0, start - 3), start):
        return _AFTER
    return None
