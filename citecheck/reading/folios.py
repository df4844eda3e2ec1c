"""Leaves and pages of archival files: “74–85 об.” as locators, and back."""

import re
from collections.abc import Collection

from citecheck.citations import Locator

_LEAF = re.compile(
    r"(?P<number>\d{1,7}(?:[^\W\d_f页頁쪽면](?![^\W\d_]))?|[lIOО\d]{1,6})"
    r"\s?(?P<side>(?:об|ob|оборот|oborot|зв|zv|адв|adv|гръб|verso|rev|Rs|RS|v|recto|VS|r)(?![^\W\d_])[.°]?|a\.\s?p\.|ap(?![^\W\d_])\.?|o\.\s?p\.)?(?P<both>\s?с\s?об\.?)?"
)
# 6rv
_BOTH_SIDES = re.compile(r"\drv\.?$")
# 12 f-v: the Romanians' față and verso.
_FRONT_AND_BACK = re.compile(r"(?<=\d)\s?f[-–./]{1,2}v\.?")
_RANGE = re.compile(r"\s?[-–—‑−]\s?")
_VERSO = frozenset(
    "об ob оборот oborot зв zv адв adv гръб verso rev Rs RS v ap op".split()  # noqa: SIM905
)


def read_folios(
    written: str, label: str, offset: int, written_label: str = "", verso: Collection[str] = ()
) -> Locator:
    """Read one leaf or one range of leaves.

    Args:
        written: the words, without label: ``74–85 об.``
        label: the CSL label that the locator gets, ``folio`` or ``page``.
        offset: where the words begin in the citation.
        written_label: the label as it was written.
        verso: what the archive has for the back of a leaf, beside the usual words: Estonian ``12p``.
    """
    sides = _FRONT_AND_BACK.sub("rv", written)
    parts = _RANGE.split(sides.strip(), maxsplit=1)
    start = _leaf(parts[0], verso)
    end = _leaf(parts[1], verso) if len(parts) > 1 else None
    if end is not None:
        end = expand(start, end)
    elif re.search(r"с\s?об", written):
        end = start + "v"
    elif _BOTH_SIDES.search(sides.strip()):
        start, end = f"{start}r", f"{start}v"
    span = (offset, offset + len(written.rstrip()))
    return Locator(label, start, end, written.strip(), written_label, span)


def _leaf(written: str, verso: Collection[str]) -> str:
    match = _LEAF.match(written.strip())
    if match is None:
        return written.strip(" .")
    number = match.group("number")
    side = re.sub(r"[\s.°]", "", match.group("side") or "")
    if side:
        return number + ("v" if side in _VERSO else "r")
    if written[match.end() :].strip(" .") in verso:
        return number + "v"
    return number[:-1] + "v" if number[-1] in verso else number


def expand(start: str, end: str) -> str:
    """Give an abbreviated end the leading figures that it borrows: 63–6 ends at 66, 149–51 at 151, 112r–v at 112v.

    An end that is as long as the start, or that would not be larger, stands as it is.
    """
    if re.fullmatch(r"\d+r v", f"{start} {end}"):
        return start[:-1] + end
    first, last = re.match(r"\d+", start), re.match(r"\d+", end)
    if first is None or last is None or len(last.group()) >= len(first.group()):
        return end
    borrowed = first.group()[: len(first.group()) - len(last.group())] + end
    value = re.match(r"\d+", borrowed)
    return borrowed if value is not None and int(value.group()) > int(first.group()) else end


def fold_value(value: str) -> str:
    """Return a level's value as values are compared: one sort of dash, no spaces. Zeros count."""
    return re.sub(r"\s+", "", re.sub(r"[‐‑‒–—−]", "-", value))


def half_leaf(value: str, *, last: bool = False) -> int | None:
    """Return a leaf as a number that sorts: the front of leaf n is 2n, its back 2n + 1; None for no number.

    A leaf given without a side begins on its front and, as the ``last`` of a range, ends on its back.
    """
    match = re.fullmatch(r"(\d+)[^\W\d_vr]?([vr]?)", value)
    if match is None:
        return None
    side = match.group(2)
    return 2 * int(match.group(1)) + (side == "v" or (last and side == ""))
