"""What seems to cite something and could not be read: it is evidence that something is cited there."""

from collections.abc import Iterator
from functools import lru_cache

import attrs

from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.reading.segmenting import Clause
from citecheck.reading.unread import find_unread


def unread_clauses(text: Text) -> Iterator[Clause]:
    """Yield the clauses of a text in which no citation was found, and yet one seems to stand."""
    ranges = [(citation.start, citation.start + len(citation.text)) for citation in text.citations]
    return find_unread(text.words, ranges, text.document.registry)


@attrs.frozen
class Unread:
    """Words of a note that seem to cite something and could not be read."""

    ordinal: int
    """That of the note."""
    start: int
    words: str


@lru_cache(maxsize=4)
def unread_in_notes(document: Document) -> tuple[Unread, ...]:
    """Return the words of notes that seem to cite and could not be read."""
    return tuple(
        Unread(text.note.ordinal, clause.start, text.words[clause.start : clause.end])
        for text in texts(document, "note")
        if text.note is not None
        for clause in unread_clauses(text)
    )
