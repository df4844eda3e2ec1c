"""Finds works that running text cites in brackets: “(Lankov, *Crisis in North Korea*, p. 63)”, “[*Op. Cit.*, p. 64]”.

In running text a bracket may hold anything. Only what the grammar of notes reads to the last word counts, with a
title that is set apart, or an author whose work was cited before, and with pages or an imprint.
"""

import re
from collections.abc import Iterator

from citecheck.citations import IbidReference, WorkReference
from citecheck.reading.found import Found
from citecheck.reading.segmenting import split_clauses
from citecheck.reading.works import read_clause

# A title in italics or quotation marks, words that repeat, or a page with its label; and a figure behind them.
_TOLD = r"(?:[*”\"’]|[Oo]p\.\s?[Cc]it|,\s(?:[Ss]{1,2}|pp?|[Сс])\.\s?(?=\d))"
_BRACKET = re.compile(
    rf"(?:\((?=[^()]{{0,200}}?{_TOLD}[^()]{{0,160}}\d)(?:[^()\[\]]|\([^()]{{0,80}}\)){{4,400}}\)"
    rf"|\[(?=[^\[\]]{{0,200}}?{_TOLD}[^\[\]]{{0,160}}\d)[^\[\]@]{{4,400}}\])"
)
_MARKED = re.compile(r"[*”\"’»]")


def find_works_in_brackets(text: str) -> Iterator[Found]:
    """Yield the works that the brackets of a paragraph cite, in order; other brackets give none."""
    for match in _BRACKET.finditer(text):
        start, end = match.start() + 1, match.end() - 1
        found: list[Found] = []
        for clause in split_clauses(text, (), start, end):
            read = read_clause(text, clause)
            if len(read) != 1 or read[0].start != clause.start or text[read[0].end : clause.end].strip(" .,"):
                break
            if not _is_told(read[0], text[read[0].start : read[0].end]):
                break
            found += read
        else:
            yield from found


def _is_told(found: Found, written: str) -> bool:
    """Tell whether a reference gives pages or an imprint, and a title that is set apart or an author."""
    reference = found.reference
    match reference:
        case IbidReference():
            return bool(reference.locators)
        case WorkReference():
            labelled = any(locator.written_label for locator in reference.locators)
            if _MARKED.search(written) is None:
                # “(Lankov, Crisis, p. 63)”; names alone may be a title: “[Marx and Keynes, p. 333]”.
                told = reference.title is not None or "cit" in written.lower()
                return bool(reference.creators) and labelled and told
            placed = bool(reference.publisher or reference.place)
            return (bool(reference.creators) or labelled or placed) and (bool(reference.locators) or placed)
        case _:
            return False
