"""Divides texts into the terminals that a grammar allows at each place.

Lark's contextual lexer joins all terminals that a state of the parser allows to one regular expression for
each state. Ours are large — the names of authors take 11,000 characters — and allowed in many states: most of
a short run went into compiling them again and again. Here each is compiled once, when it is first tried.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from lark import Token
from lark.exceptions import UnexpectedCharacters
from lark.lexer import BasicLexer, Lexer, LexerState, TerminalDef

Match = Callable[[str, int, int], re.Match[str] | None]


class OneByOneLexer(Lexer):
    """A contextual lexer that tries the allowed terminals one after the other, in Lark's order.

    It tells tokens apart exactly as Lark's own does. Tokens have offsets, but no lines and columns:
    citecheck counts these from the manuscript.
    """

    __future_interface__ = 2
    """Lark's word for a lexer that is given slices of texts and the state of the parser."""

    def __init__(self, conf: Any) -> None:
        if not conf.skip_validation:
            # Lark's own lexer refuses what no lexer can read: broken patterns, terminals without any width.
            BasicLexer(conf)
        self._ignored = frozenset(conf.ignore)
        self._terminals = {terminal.name: terminal for terminal in conf.terminals}
        self._flags: int = conf.g_regex_flags
        self._allowed: dict[int, tuple[_Trial, ...]] = {}

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """Yield the tokens of a text; the parser moves on between one and the next."""
        text, end = lexer_state.text.text, lexer_state.text.end
        counter = lexer_state.line_ctr
        states = parser_state.parse_conf.parse_table.states
        at = counter.char_pos
        while at < end:
            position = parser_state.position
            trials = self._allowed.get(position)
            if trials is None:
                trials = self._allowed[position] = self._trials(states[position])
            for trial in trials:
                match = trial.match(text, at, end)
                if match is not None:
                    break
            else:
                allowed = {trial.name for trial in trials} - self._ignored
                raise UnexpectedCharacters(text, at, 1, 1, allowed=allowed)  # type: ignore[no-untyped-call]
            start, at = at, match.end()
            counter.char_pos = at
            if trial.name not in self._ignored:
                value = match.group()
                token = Token(trial.names.get(value, trial.name), value, start, end_pos=at)
                lexer_state.last_token = token
                yield token

    def _trials(self, allowed: dict[str, Any]) -> "tuple[_Trial, ...]":
        """Return how the terminals that a state allows are tried: in Lark's order, which decides between them."""
        # The parser's own names, not equal ones: then it finds its actions without comparing letters.
        names = {name: name for name in (*self._ignored, *allowed)}
        terminals = [self._terminals[name] for name in names if name in self._terminals]
        terminals.sort(
            key=lambda each: (-each.priority, -each.pattern.max_width, -len(each.pattern.value), each.name)
        )
        words = [terminal for terminal in terminals if terminal.pattern.type == "str"]
        return tuple(_Trial(terminal, names[terminal.name], words, self._flags) for terminal in terminals)


class _Trial:
    """One terminal as one state tries it."""

    __slots__ = ("_flags", "_pattern", "match", "name", "names")

    def __init__(self, terminal: TerminalDef, name: str, words: list[TerminalDef], flags: int) -> None:
        self.name = name
        self._pattern = terminal.pattern.to_regexp()
        self._flags = flags
        self.match: Match = self._first_match
        # A word of the grammar that a pattern of the same rank matches whole is the word and no such pattern.
        self.names: dict[str, str] = {}
        if terminal.pattern.type == "re":
            same = (word for word in words if word.priority == terminal.priority)
            self.names = {word.pattern.value: word.name for word in same}

    def _first_match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Compile the pattern when it is first tried, and never come here again."""
        self.match = compiled(self._pattern, self._flags).match
        return self.match(text, start, end)


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern compiled; for those that scans share with grammars."""
    return re.compile(pattern, flags)
