"""Finds what seems to cite something and could not be read: it is evidence that something is cited there."""

import re
from collections.abc import Iterator, Sequence

from citecheck.archives import Registry
from citecheck.citations import Offsets
from citecheck.reading.archive_names import LETTERS_PATTERN
from citecheck.reading.details import is_sentence
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
        words = text[clause.start : clause.end]
        if unread(text, clause) or seems_archival(words, registry) or _opens_with_archive(words, registry):
            yield clause


# “RGANI, Speeches, p. 12”, “AAV, Segr. Stato, Francia, 67, f. 34r”
_LETTERS_AND_PAGES = re.compile(
    rf"(?P<letters>{LETTERS_PATTERN}),\s[^;*“”\"()!?]{{2,100}},\s(?:[^\W\d_]{{1,2}}\.\s?)?\d{{1,5}}(?:[–-]\d{{1,5}})?[rv]?\.?"
)


def _opens_with_archive(words: str, registry: Registry) -> bool:
    """Tell whether words begin with the letters of a known archive and end with a number, as no sentence does."""
    found = _LETTERS_AND_PAGES.fullmatch(words)
    return found is not None and bool(registry.find(found["letters"])) and not is_sentence(words)
