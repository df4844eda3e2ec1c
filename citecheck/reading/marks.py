"""Finds what a text sets apart: titles in quotation marks or in italics.

The marks are the only sure bounds of a title, and nothing inside them ends a clause or is a page.
"""

import re

# A quotation mark that closes stands before no letter, one that opens after none; an apostrophe stands
# between two letters, or ends a plural (“the Workers’ Party”). Lengths are bounded so that a mark that
# is never closed costs no more than the look for its partner.
_STRAIGHT = (
    r"(?<![^\s(\[—–/'‘“*])\"(?=[^\s,;:.\"])"
    r"[^\"]{0,400}(?:(?<=[\s(])\"(?=\w)[^\"]{1,200}\"[^\"]{0,400}){0,3}\"(?!\w)"
)
_CURLY = r"“[^“”]{0,400}(?:“[^“”]{0,200}”[^“”]{0,400}){0,3}”"
_GERMAN = r"„[^„“”\"]{0,400}(?:„[^„“”]{0,200}[“”][^„“”]{0,400}){0,3}[“”\"]"
_ANGLE = r"«[^«»]{0,400}(?:«[^«»]{0,200}»[^«»]{0,400}){0,3}»|»[^«»]{1,300}«"
_CLOSES = r"(?=[,.;:)\]]|\s*$|\s\(|\s(?:in|In)\s|\s?\*)"
_SINGLE = rf"(?<!\w)‘(?=\S)(?:[^‘’]|’(?=\w)|’(?=\s\w)(?!\s(?:in|In)\s)|‘[^‘’]{{0,200}}’){{1,400}}+’{_CLOSES}"
_PLAIN_SINGLE = (
    rf"(?<![^\s(\[])'(?=[^\W_a-z])(?:[^'\"*]|'(?=\w)|'(?=\s\w)(?!\s(?:in|In)\s)){{3,300}}+'{_CLOSES}"
)
# A slip of the hand: “The Idea of Galicia", "The Idea of Galicia”.
_MIXED = r"“[^“”\"]{3,300}\"(?!\w)|(?<![^\s(\[])\"(?=[^\s,;:.\"])[^\"“”]{3,300}”"
QUOTED_PATTERN = rf"(?:{_STRAIGHT}|{_CURLY}|{_MIXED}|{_GERMAN}|{_ANGLE}|{_SINGLE}|{_PLAIN_SINGLE})"
"""A regular expression for words in quotation marks, with other quotations inside."""
ITALIC_PATTERN = r"(?<!\*)\*{1,3}(?=[^\s*])[^*]{0,400}\*{1,3}"
"""A regular expression for words in italics, as the readers mark them."""

_MARKED = re.compile(rf"{QUOTED_PATTERN}|{ITALIC_PATTERN}")
# The pattern begins with looks behind, which the regular expression engine cannot search for quickly.
_OPENER = re.compile(r"[\"“„«»‘'*]")


def find_marked(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the ranges of ``text[start:end]`` that quotation marks or italics set apart, marks included."""
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    at = start
    while (opener := _OPENER.search(text, at, end)) is not None:
        match = _MARKED.match(text, opener.start(), end)
        if match is None:
            at = opener.end()
        else:
            found.append(match.span())
            at = match.end()
    return found
