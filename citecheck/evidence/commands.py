r"""Commands that stand in a text for what a program prints in their place: ``\autocite[12--15]{lankov:2005,suh}``.

What is in them is not the author's typography: keys hold no spaces behind their commas, and the dash of a
range is set by the style.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from citecheck.manuscript import Manuscript, Span

_COMMAND = re.compile(
    r"\\[A-Za-z]{2,40}\*?(?:\([^()\\]{0,80}\)){0,2}(?:\[[^\[\]]{0,200}\]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,400}\}){1,40}"
)


def is_in_command(words: str, start: int, end: int) -> bool:
    """Tell whether a range of a text lies in a command."""
    return any(first <= start and end <= last for first, last in _commands(words))


@lru_cache(maxsize=64)
def _commands(words: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _COMMAND.finditer(words)) if "\\" in words else ()


def lies_in_command(manuscript: Manuscript, span: Span) -> bool:
    """Tell whether a range of a manuscript lies in a command."""
    places = _places(manuscript)
    at = bisect_right(places, span.start, key=lambda place: place.start) - 1
    return at >= 0 and span.end <= places[at].end


@lru_cache(maxsize=8)
def _places(manuscript: Manuscript) -> list[Span]:
    if "\\" not in manuscript.text:
        return []
    passages = (
        *manuscript.body,
        *(note.passage for note in manuscript.notes),
        *(item.passage for item in manuscript.bibliography),
    )
    return sorted(passage.span(*place) for passage in passages for place in _commands(passage.text))
