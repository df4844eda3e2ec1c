"""Reads *op. cit.* in running text: “Lankov (op. cit., p. 45)”, “as Suh, op. cit., 12, has it”."""

import re
from collections.abc import Iterator
from functools import cache

import attrs

from citecheck.citations import WorkReference
from citecheck.patterns import compiled
from citecheck.reading.brackets import build_inline, parse_inline, without_bracket
from citecheck.reading.found import Found
from citecheck.reading.locators import list_pattern
from citecheck.reading.narratives import PEOPLE_PATTERN, first_name
from citecheck.reading.repetitions import OP_CIT

# How far before “op. cit.” a name may begin.
_REACH = 120


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of “op. cit.” with its bracket, if it opens one, and its pages."""
    pages = rf"(?:[,:]?\s(?:{list_pattern()}))?"
    return compiled(rf"(?P<joint>,\s|\s\()(?P<cited>\*?(?:{OP_CIT})\*?{pages})(?P<close>\)?)")


_NAMES = compiled(rf"(?:(?<=[\s(“\"])|^)(?P<names>{PEOPLE_PATTERN})$")


def find_op_cit(text: str) -> Iterator[Found]:
    """Yield the works of a paragraph that are cited by *op. cit.* with their author before it, in order."""
    for match in _pattern().finditer(text):
        in_bracket = match.group("joint").endswith("(")
        if in_bracket != (match.group("close") == ")"):
            continue
        named = _NAMES.search(text, max(0, match.start() - _REACH), match.start())
        begin = first_name(named) if named is not None else None
        if begin is None:
            continue
        # In one bracket, as the grammar has it; a comma and a space take as much room as the bracket did.
        tree = parse_inline(f"({text[begin : match.start()]}, {match.group('cited')})")
        for each in build_inline(tree, begin, match.end()) if tree is not None else ():
            if isinstance(each.reference, WorkReference):
                yield attrs.evolve(each, reference=without_bracket(each.reference))
