"""Reads British statutes, which are cited by the year of a reign and a chapter: “12 Car. II, c. 4, s. 2”."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from citecheck.citations import OtherReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.patterns import compiled


@cache
def statutes_grammar() -> Grammar:
    """Return the grammar of statutes."""
    return load_grammar("statutes")


@cache
def _opening() -> re.Pattern[str]:
    grammar = statutes_grammar()
    return compiled(
        rf"(?<![\w.])(?:{grammar.pattern('NAME')}\s)?{grammar.pattern('REGNAL_YEAR')}\s{grammar.pattern('MONARCH')}"
    )


@lru_cache(maxsize=1 << 10)
def find_statutes(words: str, start: int, end: int) -> tuple[tuple[int, int, OtherReference], ...]:
    """Return the statutes among the words of a note, each with its range, in order."""
    return tuple(_find(words, start, end))


def _find(words: str, start: int, end: int) -> Iterator[tuple[int, int, OtherReference]]:
    at = start
    for opening in _opening().finditer(words, start, end):
        if opening.start() < at:
            continue
        parsed = statutes_grammar().parse_prefix(words[opening.start() : end])
        if parsed is not None:
            at = opening.start() + parsed.end
            yield opening.start(), at, OtherReference(description=words[opening.start() : at])
