"""Reads pointers to other parts of the manuscript: “note 45 above”, “[DOCUMENTS Nos. 4 & 7]”."""

from collections.abc import Iterable

from citecheck.citations import CrossReference
from citecheck.parsing import Token

# What a pointer points to, by the beginning of the word for it; anything else is a note.
_TARGETS = (
    ("doc", "document"),
    ("chap", "chapter"),
    ("глав", "chapter"),
    ("kap", "chapter"),
    ("app", "appendix"),
    ("sec", "section"),
    ("tab", "table"),
    ("fig", "figure"),
)


def read_pointer(tokens: Iterable[Token]) -> CrossReference:
    """Return the record of a pointer from its tokens: what it points to, and which numbers."""
    target, values = "note", []
    for token in tokens:
        if token.type == "TARGET":
            word = token.lower()
            target = next((name for beginning, name in _TARGETS if word.startswith(beginning)), "note")
        elif token.type == "VALUE":
            values.append(str(token))
    return CrossReference(target, tuple(values))
