"""Finds what seems to cite something and could not be read: it is evidence that something is cited there."""

from collections.abc import Iterator, Sequence

from citecheck.archives import Registry
from citecheck.citations import Offsets
from citecheck.reading.segmenting import Clause, split_clauses
from citecheck.reading.tails import seems_archival
from citecheck.reading.works import unread


def find_unread(text: str, cited: Sequence[Offsets], registry: Registry) -> Iterator[Clause]:
    """Yield the clauses of a passage in which no citation was found, and yet one seems to stand.

    Args:
        text: the passage.
        cited: the ranges of its citations, in order and without overlaps.
        registry: the archives that are known.
    """
    ahead = 0
    for clause in split_clauses(text, cited):
        while ahead < len(cited) and cited[ahead][1] <= clause.start:
            ahead += 1
        if ahead < len(cited) and cited[ahead][0] < clause.end:
            continue
        if unread(text, clause) or seems_archival(text[clause.start : clause.end], registry):
            yield clause
