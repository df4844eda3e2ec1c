"""BIB509."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.manuscript import Span
from citecheck.resolving.works_cited import related_entry, shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB509",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nGill, Graeme. *Origins*. Cambridge: Cambridge University Press, "
            "1990.\n\n"
            "Griffith, William E. *The Sino-Soviet Rift*. Cambridge, Mass.: MIT Press, 1964. Grothusen, "
            "Klaus-Detlev, ed. *Albanien*. "
            "Göttingen: Vandenhoeck und Ruprecht, 1993.",
            says="a new entry begins in the middle of the one for Griffith: Grothusen",
        ),
        Good(
            "The text.\n\nBibliography\n\nLankov, Andrei. *Crisis in North Korea*. Trans. Jane Doe. "
            "Honolulu: University of "
            "Hawaii Press, 2005."
        ),
    ),
)
def fused_entries(document: Document) -> Iterator[Problem]:
    """Two entries that have run together on one line.

    The first is complete, with its imprint or its pages, and then names, a title and another year follow.
    A reader who looks for the second one will not find it.
    """
    text = document.manuscript.text
    for one, other in zip(document.entries, document.entries[1:], strict=False):
        end, start = one.span.end, other.span.start
        gap = text[end:start]
        if start < end or "\n" in gap or "\r" in gap or gap.strip():
            continue
        before, after = (
            entry.reference.people[0].family if entry.reference.people else shorten(entry.text, 30)
            for entry in (one, other)
        )
        literal = bool(gap) and document.manuscript.format in ("plain", "markdown")
        yield Problem(
            other.span,
            f"a new entry begins in the middle of the one for {before}: {after}",
            help="begin a new line",
            entry=other,
            related=(related_entry(document, one, "the entry before it on the line"),),
            fix=Fix(Applicability.UNSAFE, (Edit(Span(end, start), "\n\n"),)) if literal else None,
        )
