"""SHT304."""

from collections.abc import Iterator

from citecheck.citations import Citation, Entry, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Related, Severity
from citecheck.resolving.works_cited import related_entry, shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT304",
    subject=Citation,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., 13.33",
    examples=(
        Bad(
            "The text (Ivanov, 1956: 5).\n\nBibliography\n\n"
            "Ivanov, V. (1956a) Diary of Ambassador Ivanov. Moscow: Nauka.\n\n"
            "Ivanov, V. (1956b) Memorandum of Conversation. Moscow: Nauka.",
            says="“Ivanov, 1956: 5” may be any of 2 works: Diary of Ambassador Ivanov (1956a), "
            "Memorandum of Conversation (1956b)",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Cumings, *The Origins of the Korean War*, 12.\n\nBibliography\n\n"
            "Cumings, Bruce. *The Origins of the Korean War I: Liberation*. Princeton: Princeton University "
            "Press, 1981.\n\n"
            "Cumings, Bruce. *The Origins of the Korean War II: The Roaring of the Cataract*. Princeton: "
            "Princeton "
            "University Press, 1990.",
            says="“Cumings, The Origins of the Korean War, 12” may be any of 2 works: "
            "The Origins of the Korean War I: Liberation (1981), The Origins of the Korean War II: The "
            "Roaring of … (1990)",
        ),
        Good(
            "The text.\n\nNotes\n\n1. Cumings, *The Origins of the Korean War II*, 12.\n\nBibliography\n\n"
            "Cumings, Bruce. *The Origins of the Korean War I: Liberation*. Princeton: Princeton University "
            "Press, 1981.\n\n"
            "Cumings, Bruce. *The Origins of the Korean War II: The Roaring of the Cataract*. Princeton: "
            "Princeton "
            "University Press, 1990."
        ),
        Good(
            "A. Tarski, ‘The Concept of Truth’, in *Logic*, pp. 152–278; Tarski, ‘The Semantic Conception of Truth’, in "
            "*Readings*, pp. 52–84. I shall call these 1 and 2.\nTarski, 2, p. 52."
        ),
    ),
)
def ambiguous_short(citation: Citation, document: Document) -> Iterator[Problem]:
    """A short form that fits several works.

    “Yang” where three Yangs are listed, “Ivanov 1956” where there are 1956a and 1956b, a title that two
    volumes share. A short title or a first name that settles it is enough, and nothing is reported.
    """
    reference = citation.reference
    if not isinstance(reference, WorkReference) or reference.kind == Kind.PAGE:
        return
    candidates = document.resolution(citation).candidates
    if len(candidates) < 2 or _is_numbered(reference):
        return
    named = ", ".join(_name(candidate) for candidate in candidates[:4])
    more = f" and {len(candidates) - 4} more" if len(candidates) > 4 else ""
    yield Problem(
        citation.span,
        f"“{shorten(citation.text.strip('()'))}” may be any of {len(candidates)} works: {named}{more}",
        label="which one?",
        help="add what tells them apart: a first name, a short title, the letter of the year",
        citation=citation,
        related=tuple(_related(document, candidate) for candidate in candidates),
    )


def _is_numbered(reference: WorkReference) -> bool:
    """Tell whether a number stands for the title: “Tarski, 2, p. 52”, after “I shall call these 1 and 2”."""
    return reference.title is None and bool(reference.locators) and reference.locators[0].label == "volume"


def _name(candidate: Citation | Entry) -> str:
    if isinstance(candidate, Citation):
        return f"“{shorten(candidate.text, 50)}”"
    reference = candidate.reference
    # A library gives a date in a field of its own, and not as words of the entry.
    year = (
        f"{candidate.year_written or (reference.date or '')[:4] or 'no year given'}{reference.suffix or ''}"
    )
    where = "" if candidate.library is None else ", in the library"
    return f"{shorten(reference.title or candidate.text, 50)} ({year}{where})"


def _related(document: Document, candidate: Citation | Entry) -> Related:
    if isinstance(candidate, Citation):
        return document.related(candidate, "could be meant")
    return related_entry(document, candidate, "could be meant")
