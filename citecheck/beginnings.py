"""Tells with which characters the matches of a regular expression may begin.

It is asked when a grammar is compiled and kept with it, so that at each place of a text only those terminals are
tried that may stand there; the others are never even compiled.
"""

import re
from collections.abc import Iterable
from typing import Any

# What re itself takes expressions apart with, by whatever name this Python has it.
from lark.utils import sre_parse  # type: ignore[attr-defined]

from citecheck.lexing import ASKED

# Parts of an expression as re takes it apart that take up no characters.
_OF_NO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def beginnings(pattern: str) -> str:
    """Return those of the characters ``ASKED`` with which a match of a pattern may begin.

    All of them where that cannot be told: where a match may be empty.
    """
    classes: set[str] = set()
    parts = sre_parse.parse(pattern)
    if _gather(parts, classes, "i" if parts.state.flags & re.IGNORECASE else ""):
        return "".join(sorted(ASKED))
    first = re.compile("|".join(sorted(classes)))
    return "".join(filter(first.match, sorted(ASKED)))


def _gather(parts: Iterable[tuple[Any, Any]], classes: set[str], flags: str) -> bool:
    """Add the classes of characters that a run of parts may begin with; tell whether the run may be empty.

    Args:
        parts: the parts, as re takes an expression apart.
        classes: where the classes are put, as expressions.
        flags: the flags that hold for the parts.
    """
    return all(_may_be_empty(str(kind), value, classes, flags) for kind, value in parts)


def _may_be_empty(kind: str, value: Any, classes: set[str], flags: str) -> bool:
    """Add the classes of characters that a part may begin with; tell whether it may be empty."""
    if kind in _OF_NO_WIDTH:
        return True
    if kind in _REPEATS:
        least, _, repeated = value
        return _gather(repeated, classes, flags) or least == 0
    if kind == "SUBPATTERN":
        _, added, taken, inner = value
        ignores_case = (flags == "i" or added & re.IGNORECASE) and not taken & re.IGNORECASE
        return _gather(inner, classes, "i" if ignores_case else "")
    if kind == "ATOMIC_GROUP":
        return _gather(value, classes, flags)
    if kind == "BRANCH":
        empty = [_gather(branch, classes, flags) for branch in value[1]]
        return any(empty)
    known = {"LITERAL": _literal, "NOT_LITERAL": lambda code: "^" + _literal(code), "IN": _class_of}.get(kind)
    # What else there is, as a reference to a group, may be anything.
    classes.add(f"(?{flags}:[{known(value)}])" if known is not None else r"[\s\S]")
    return False


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def _literal(code: int) -> str:
    return f"\\U{code:08x}"


def _class_of(items: Iterable[tuple[Any, Any]]) -> str:
    """Return what stands between the brackets of a class."""
    written = []
    for kind, value in items:
        if str(kind) == "NEGATE":
            written.append("^")
        elif str(kind) == "LITERAL":
            written.append(_literal(value))
        elif str(kind) == "RANGE":
            written.append(f"{_literal(value[0])}-{_literal(value[1])}")
        else:
            written.append(_CATEGORIES[str(value)])
    return "".join(written)
