"""Writes the leaves of a document with the labels of its archive: ll. 74–85, Л. 85 об., 4. lp."""

import re
from collections.abc import Sequence

from citecheck.archives import Hierarchy, LevelKind
from citecheck.citations import Level, Locator
from citecheck.formatting.forms import NEAREST, Form, any_label


def leaf_level(hierarchy: Hierarchy, levels: Sequence[Level]) -> LevelKind | None:
    """Return the level of leaves that goes with the given levels; some hierarchies have two."""
    keys = {level.key for level in levels}
    for order in hierarchy.orders:
        if keys <= set(order):
            for key in order:
                kind = hierarchy.by_key.get(key)
                if kind is not None and kind.locator:
                    return kind
    return hierarchy.locator


def format_leaves(locators: Sequence[Locator], leaf: LevelKind, form: Form, hierarchy: Hierarchy) -> str:
    """Write leaves with their label, before or behind them."""
    several = len(locators) > 1 or locators[0].end is not None
    label = any_label(leaf, form, plural=several)
    written = [_range(locator, hierarchy, form) for locator in locators]
    if leaf.postfix:
        return ", ".join(_postfixed(leaves, label) for leaves in written)
    parts = [f"{label} {written[0]}"]
    # A number that could be a year would not be read as one more leaf: its label is written again.
    parts += [f"{label} {leaves}" if _YEAR_LIKE.match(leaves) else leaves for leaves in written[1:]]
    return ", ".join(parts)


def _postfixed(leaves: str, label: str) -> str:
    """Put a label behind the figures, before the word for the back: “4. lp. o. p.”."""
    figures, space, side = leaves.partition(" ")
    return f"{figures}. {label}{space}{side}"


_YEAR_LIKE = re.compile(r"(?:1[6-9]|20)\d\d(?!\d)")
_SIDE = re.compile(r"(\d+[^\W\d_]?)([vr])")


def _range(locator: Locator, hierarchy: Hierarchy, form: Form) -> str:
    start = _leaf(locator.start, hierarchy, form)
    return start if locator.end is None else f"{start}–{_leaf(locator.end, hierarchy, form)}"


def _leaf(value: str, hierarchy: Hierarchy, form: Form) -> str:
    """Write one leaf with the form's word for its back: 85v is “85 об.” in Moscow, “85v” in Rome."""
    side = _SIDE.fullmatch(value)
    if side is None or side.group(2) == "r":
        return value
    words = hierarchy.verso
    word = next((words[each] for each in (form, *NEAREST[form]) if words.get(each)), "v")
    return f"{side.group(1)}{word}" if len(word) == 1 else f"{side.group(1)} {word}"
