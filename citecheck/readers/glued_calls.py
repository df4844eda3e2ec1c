"""Finds calls of notes that copying as plain text has glued to the words: “It was so.1 And so,”2 he said”.

Such a number might be anything, an exponent or the name of an aircraft. So the numbers count only together: where
each note has one, and they stand in the order of the notes.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.manuscript import Marker, Note, Passage, Span

# Behind a word in small letters, or punctuation that closes one; no decimal, ordinal, year or unit.
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_A-ZÀ-ÞА-Я]{2})|(?<=[^\W\d_][.,;:!?…])|(?<=[^\W\d_]\.\.\.)|(?<=[”“\"’»)\]])|(?<=[”“\"’»)\]][.,;:!?]))"
    r"(?P<number>[1-9]\d{0,2})(?=[”\"’»)\]]*(?:[.,;:!?—–]?(?:\s|$)|[—–]))"
)


@attrs.frozen
class GluedNumber:
    """A number that stands where a note is called, without a space."""

    number: int
    span: Span


def find_glued_numbers(body: Sequence[Passage]) -> Iterator[GluedNumber]:
    """Yield the numbers that are glued to the words of a text, in order."""
    for passage in body:
        for match in _GLUED.finditer(passage.text):
            yield GluedNumber(int(match["number"]), passage.span(*match.span("number")))


def glued_markers(body: Sequence[Passage], notes: Sequence[Note]) -> tuple[Marker, ...]:
    """Return the markers that glued numbers make: one for each note, in order; none where one is missing."""
    wanted = [note.number for note in notes]
    if not wanted or None in wanted:
        return ()
    found: list[Marker] = []
    for glued in find_glued_numbers(body):
        if len(found) < len(wanted) and glued.number == wanted[len(found)]:
            found.append(Marker(str(glued.number), glued.span))
    return tuple(found) if len(found) == len(wanted) else ()
