"""Page and leaf numbers as numbers: arabic, roman, and with a letter before or behind."""

import re

from citecheck.citations import Locator

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)
_LETTERED = re.compile(r"[^\W\d_]{0,2}[-.]?(\d+)[^\W\d_]{0,2}")


def roman_value(written: str) -> int | None:
    """Return the value of a roman number in either case, or None for anything else."""
    if not written or _ROMAN.fullmatch(written) is None:
        return None
    values = [_ROMAN_DIGITS[letter] for letter in written.lower()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def page_value(written: str) -> int | None:
    """Return the number of a page or leaf, without its letter or side (A12, 17a, 85v, xiv), or None."""
    match = _LETTERED.fullmatch(written)
    return int(match.group(1)) if match is not None else roman_value(written)


def runs_backwards(locator: Locator) -> bool:
    """Tell whether a range ends before it begins; Roman and Arabic numbers are not compared."""
    if locator.end is None:
        return False
    start, end = page_value(locator.start), page_value(locator.end)
    return (
        start is not None
        and end is not None
        and end < start
        and locator.start.isdecimal() == locator.end.isdecimal()
    )
