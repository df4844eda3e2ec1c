"""NUM405."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.manuscript import Note
from citecheck.rules import Bad, Good, rule


@rule(
    code="NUM405",
    subject=Note,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "It was plagued by factions.⁸ It was “ceaseless, unprincipled group struggle.”⁹\n\n"
            "⁸ James Palais, “A Search for Korean Uniqueness,” 420.\n\n⁹\n",
            says="note 9 is empty",
        ),
        Good("Ibid."),
    ),
)
def empty_note(note: Note, document: Document) -> Iterator[Problem]:
    """A note that has a number and no words.

    Its text was deleted, never written, or lost in conversion.
    """
    if any(letter.isalnum() for letter in note.passage.text):
        return
    yield Problem(
        note.label_span,
        f"note {note.name} is empty" if note.label is not None else "a note is empty",
        label="nothing follows the number",
        help="restore its text, or delete the note",
    )
