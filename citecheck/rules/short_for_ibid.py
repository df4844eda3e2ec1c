"""SHT307."""

from collections.abc import Iterator

from citecheck.citations import Citation, IbidReference, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT307",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 13.37",
    examples=(
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nIbid., 64.\nThird Congress of the Workers' Party, "
            "*Documents*, 387.\n"
            "Third Congress of the Workers' Party, *Documents*, 387.\nIbid., 390.",
            says="the same page of the same work as in note 3, where this text has ibid.",
        ),
        Good("Lankov, *Crisis in North Korea*, 63.\nLankov, *Crisis in North Korea*, 63."),
        Good(
            "Lankov, *Crisis in North Korea*, 63.\nIbid., 64.\nNam, *Leadership*, 5.\nNam, *Leadership*, 7."
        ),
    ),
)
def short_for_ibid(document: Document) -> Iterator[Problem]:
    """A work and page named again right after the note that cites only them, in a text that uses *ibid.*

    Only the very same page counts: many authors keep *ibid.* for that, and Chicago would rather have the
    short form everywhere.
    """
    if sum(isinstance(citation.reference, IbidReference) for citation in document.citations) < 2:
        return
    for note in document.manuscript.notes:
        here, before = document.by_note.get(note.ordinal, ()), document.by_note.get(note.ordinal - 1, ())
        if len(here) != 1 or len(before) != 1 or not _follows(before[0], here[0]):
            continue
        citation, other = here[0], before[0]
        reference = citation.reference
        if not isinstance(reference, WorkReference) or reference.kind != Kind.SHORT or not reference.locators:
            continue
        key = document.resolution(citation).key
        if (
            key is not None
            and key == document.resolution(other).key
            and reference.locators == other.reference.locators
        ):
            yield Problem(
                citation.span,
                f"the same page of the same work as in {document.place_name(other)}, where this text has "
                f"ibid.",
                citation=citation,
                related=(document.related(other, "the same page"),),
            )


def _follows(before: Citation, here: Citation) -> bool:
    one, other = before.in_note, here.in_note
    return one is not None and other is not None and other.follows(one)
