"""TXT903."""

from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.findings import Problem, Severity
from citecheck.reading.segmenting import Clause, split_clauses
from citecheck.reading.works import unread
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT903",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Suh, *Kim Il Sung*, 32–38.\nof the ::: Hanoi >> pp. 12.",
            says="this seems to cite something and could not be read, so it was not checked",
        ),
        Good("Suh, *Kim Il Sung*, 32–38.\nIn 1953 students were 80 percent of the members of the party."),
    ),
)
def unparsed_citation(document: Document) -> Iterator[Problem]:
    """A part of a note that cites something and could not be read.

    No other rule has checked it. Often a letter or a mark is missing; sometimes it is a form of citing
    that citecheck does not know yet.
    """
    for text in texts(document, "note"):
        for clause in _without_citation(text):
            if unread(text.words, clause):
                yield text.problem(
                    clause.start,
                    clause.end,
                    "this seems to cite something and could not be read, so it was not checked",
                    help="check it by hand, or write it like the manuscript's other citations",
                )


def _without_citation(text: Text) -> Iterator[Clause]:
    """Yield the clauses of a note in which no citation was found."""
    ranges = [(citation.start, citation.start + len(citation.text)) for citation in text.citations]
    for clause in split_clauses(text.words, ranges):
        if not text.is_cited(clause.start, clause.end):
            yield clause
