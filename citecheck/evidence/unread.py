"""What seems to cite something and could not be read: it is evidence that something is cited there."""

from collections.abc import Iterator
from functools import lru_cache

from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.reading.segmenting import Clause, split_clauses
from citecheck.reading.tails import seems_archival
from citecheck.reading.works import unread


def unread_clauses(text: Text) -> Iterator[Clause]:
    """Yield the clauses of a text in which no citation was found, and yet one seems to stand."""
    ranges = [(citation.start, citation.start + len(citation.text)) for citation in text.citations]
    for clause in split_clauses(text.words, ranges):
        if text.is_cited(clause.start, clause.end):
            continue
        words = text.words[clause.start : clause.end]
        if unread(text.words, clause) or seems_archival(words, text.document.registry):
            yield clause


@lru_cache(maxsize=4)
def unread_in_notes(document: Document) -> tuple[tuple[int, str], ...]:
    """Return the words of notes that seem to cite and could not be read, each with its note's ordinal."""
    return tuple(
        (text.note.ordinal, text.words[clause.start : clause.end])
        for text in texts(document, "note")
        if text.note is not None
        for clause in unread_clauses(text)
    )
