"""Tells apart the terminals that a grammar allows at each place of a text.

A lexer that joins all terminals which a state of the parser allows makes one regular expression for each
state. Ours are large — the names of authors take 11,000 characters — and allowed in many states: most of
a short run would go into compiling them again and again. Here each is compiled once, when it is first tried.
"""

import re
from collections.abc import Callable, Iterable

import attrs

from citecheck.patterns import compiled

Match = Callable[[str, int, int], re.Match[str] | None]


@attrs.frozen
class Terminal:
    """A terminal of a grammar."""

    name: str
    pattern: str
    """What it matches, as a regular expression."""
    word: str | None
    """The word that it is, where the grammar spells it out."""
    priority: int
    rank: int
    """Its place among all terminals: of two that match, the lower decides."""
    begins: str
    """Those of the characters ``ASKED`` with which what it matches may begin."""


ASKED = frozenset(map(chr, (*range(0x80), *range(0x400, 0x460))))
"""The characters of which terminals tell whether they begin with them: ASCII and Cyrillic, most of any text."""


class Trial:
    """One terminal as one state of the parser tries it."""

    __slots__ = ("_begins", "_pattern", "match", "name", "names")

    def __init__(self, terminal: Terminal, words: Iterable[Terminal]) -> None:
        self.name = terminal.name
        self._begins = terminal.begins
        self._pattern = terminal.pattern
        self.match: Match = self._first_match
        # A word of the grammar that a pattern of the same priority matches whole is the word and no such pattern.
        self.names: dict[str, str] = {}
        if terminal.word is None:
            same = (word for word in words if word.priority == terminal.priority)
            self.names = {word.word: word.name for word in same if word.word is not None}

    def may_begin(self, character: str) -> bool:
        """Tell whether what the terminal matches may begin with a character."""
        return character in self._begins or character not in ASKED

    def _first_match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Compile the pattern when it is first tried, and never come here again."""
        self.match = compiled(self._pattern).match
        return self.match(text, start, end)


class Trials(dict[str, tuple[Trial, ...]]):
    """How the terminals that a state allows are tried, one after the other: the first that matches is it.

    For each character those that may begin with it, found out when it first stands where one is looked for.
    """

    def __init__(self, allowed: Iterable[Terminal]) -> None:
        super().__init__()
        ordered = sorted(allowed, key=lambda terminal: terminal.rank)
        self.all = tuple(Trial(terminal, ordered) for terminal in ordered)

    def __missing__(self, character: str) -> tuple[Trial, ...]:
        """Find out which terminals may begin with a character."""
        found = self[character] = tuple(trial for trial in self.all if trial.may_begin(character))
        return found
