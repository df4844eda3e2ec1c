"""Slips of the pen in numbers: what one number may have been before a figure went wrong."""

import re


def is_one_figure_off(first: str, second: str) -> bool:
    """Tell whether a figure is wrong, missing, or has changed places with its neighbour: 749 and 249."""
    if len(first) == len(second):
        wrong = [place for place in range(len(first)) if first[place] != second[place]]
        if len(wrong) == 1:
            return True
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(first) == sorted(second)
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    if len(longer) != len(shorter) + 1 or re.sub(r"\D", "", longer) == re.sub(r"\D", "", shorter):
        return False
    return any(longer[:gap] + longer[gap + 1 :] == shorter for gap in range(len(longer)))


def may_be_one_number(first: str, second: str) -> bool:
    """Tell whether two registry numbers, such as 004066/1955, may be one that was miswritten once.

    Numbers that differ in their last figure alone stand side by side in the register, and are two reports
    of one day; a sub-number is that of an enclosure.
    """
    one, other = first.split("/"), second.split("/")
    differing = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(differing) != 1:
        return False
    place = differing[0]
    a, b = one[place], other[place]
    if a.lstrip("0") == b.lstrip("0"):
        return True
    return is_one_figure_off(a, b) and (place > 0 or a[:-1] != b[:-1])
