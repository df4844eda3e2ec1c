"""Reads the two years of a reprint, its own and that of the first printing: “1968 [1963]”, “[1963] 1968”."""

import re

_YEAR = r"(?:1[4-9]|20)\d\d"
_SAID = r"(?:(?:[Ff]irst|[Oo]rig(?:inally|\.)?)(?:\s(?:publ(?:ished|\.)|ed(?:ition|\.)))?(?:\sin)?:?\s)?"
_BEHIND = rf"\s?\[{_SAID}(?P<behind>{_YEAR})\]"
_BEFORE = rf"(?:\[(?P<before>{_YEAR})\]|\((?P<round>{_YEAR})\))\s"
_TWO_YEARS = re.compile(
    rf"{_BEFORE}(?P<second>{_YEAR})|(?P<first>{_YEAR})(?P<suffix>[a-z])?{_BEHIND}(?P<letter>[a-z])?"
)
TWO_YEARS = re.sub(r"\?P<\w+>", "?:", _TWO_YEARS.pattern)
"""A regular expression for both years of a reprint, in whichever order."""
# “1963; repr., New York: Grove Press, 1968”: nothing but the year stands before another printing.
_REPRINTED = re.compile(
    rf"\s*(?P<year>{_YEAR})[;,]\s(?:[Rr]epr(?:\.|int(?:ed)?)|rpt\.|[Rr]eissued?),?\s(?=\S)"
)


def part_first_printing(words: str) -> tuple[str, str | None]:
    """Return an imprint or a date without the year of the first printing, and that year.

    Args:
        words: what may name two years, ``New York: Grove Press, 1968 [1963]``.

    Returns:
        ``New York: Grove Press, 1968`` and ``1963``; the words as they are and None where there is one year.
    """
    lead = _REPRINTED.match(words)
    if lead is not None and re.search(_YEAR, words[lead.end() :]):
        return words[lead.end() :], lead.group("year")
    match = _TWO_YEARS.search(words)
    if match is None:
        return words, None
    first = match.group("behind") or match.group("before") or match.group("round")
    year = match.group("first") or match.group("second")
    if first == year:
        return words, None
    # “1956 [1990]”: some put the year of their own edition into the brackets.
    first, year = sorted((first, year))
    kept = year + (match.group("suffix") or "")
    return words[: match.start()] + kept + words[match.end() :], first
