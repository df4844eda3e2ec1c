"""Slips of the pen in numbers: what one number may have been before a figure went wrong."""

import re


def is_one_figure_off(first: str, second: str) -> bool:
    """Tell whether a figure is wrong, missing, or has changed places with its neighbour: 749 and 249, 79,
    479.
    """
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
    """Tell whether two registry numbers may be one, miswritten once: a figure, a leading zero or a
    sub-number.
    """
    if first.lstrip("0") == second.lstrip("0"):
        return True
    one, other = first.split("/"), second.split("/")
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return len(longer) == len(shorter) + 1 and any(
            longer[:gap] + longer[gap + 1 :] == shorter for gap in range(1, len(longer))
        )
    return is_one_figure_off(first, second)
