"""Parses texts with the tables that Lark makes of a grammar.

An LALR parser keeps a stack of states, and the sort of the next token alone says what becomes of it. The stacks
that occur are few: the four hundred archival references of a book have some twenty forms. So each stack is made
once and remembers where each sort of token leads from it; from then on a token costs one look-up. A tree is made
only of what was read in the end, in the shape that Lark would give it.
"""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from citecheck.lexing import Terminal, Trials

END = "$END"
"""What stands in the tables for the end of the text."""


class Token(str):
    """What a terminal matched: its words, with where they stand in the text."""

    __slots__ = ("end_pos", "start_pos", "type")

    type: str
    """The terminal."""
    start_pos: int
    end_pos: int

    def __new__(cls, terminal: str, value: str, start_pos: int) -> "Token":
        """Make a token of the words that stand at an offset."""
        token = str.__new__(cls, value)
        token.type = terminal
        token.start_pos = start_pos
        token.end_pos = start_pos + len(value)
        return token

    @property
    def value(self) -> str:
        """The words, and nothing else."""
        return str(self)


@attrs.frozen
class Tree:
    """What a rule matched: trees and tokens, in the order of the text."""

    data: str
    """The rule."""
    children: "list[Tree | Token]"


@attrs.frozen
class Rule:
    """One expansion of a rule of a grammar, as the parser reduces by it."""

    origin: str
    """The rule as the tables call it."""
    data: str
    """The rule as its tree calls it."""
    size: int
    """How many symbols it expands to."""
    kept: tuple[int, ...]
    """Which of these stand in the tree: all but punctuation."""
    spliced: bool
    """Whether no tree is made of it, and its parts stand in that of the rule above: ``_level``."""
    single: bool
    """Whether no tree is made of one part alone: ``?place``."""


@attrs.frozen
class Tables:
    """What Lark makes of a grammar: what a parser does in each of its states, and the terminals."""

    start: int
    end: int
    """The state in which all has been read."""
    actions: Mapping[int, Mapping[str, int | Rule]]
    """For a state and a symbol the state that follows, or the rule to reduce by before."""
    terminals: tuple[Terminal, ...]
    ignored: frozenset[str]


class Stack:
    """The states that a parser has gone through and must come back to: the topmost, on the stack below it."""

    __slots__ = ("above", "below", "moves", "state", "trials")

    def __init__(self, state: int, below: "Stack | None", state_trials: Trials) -> None:
        self.state = state
        self.below = below
        self.above: dict[int, Stack] = {}
        self.trials = state_trials
        """How the next token is found."""
        self.moves: dict[str, Move] = {}
        """What the sorts of tokens do that have come here before."""


@attrs.frozen
class Move:
    """What a sort of token does to a stack."""

    reductions: tuple[Rule, ...]
    """The rules that the parser reduces by first."""
    stack: Stack
    """What comes of it."""
    refused: bool
    """Whether the token may not stand here; ``stack`` is then the one at which this came out."""


@attrs.frozen
class Derivation:
    """What was read of a text: tokens, and what each did."""

    tokens: list[Token]
    moves: list[Move]
    stack: Stack
    stopped: int | None
    """Where no token was found that may stand there; None where the text was read to its end."""
    refused: bool
    """Whether there was one that looked as if it might."""


class Parser:
    """Reads what one grammar accepts."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._terminals = {terminal.name: terminal for terminal in tables.terminals}
        self._trials: dict[int, Trials] = {}
        self._bottom = Stack(tables.start, None, self._trials_in(tables.start))

    def derive(self, text: str, start: int, end: int) -> Derivation:
        """Read ``text[start:end]`` as far as the grammar goes along."""
        stack, at = self._bottom, start
        ignored = self.tables.ignored
        tokens: list[Token] = []
        moves: list[Move] = []
        while at < end:
            for trial in stack.trials[text[at]]:
                match = trial.match(text, at, end)
                if match is not None:
                    break
            else:
                return Derivation(tokens, moves, stack, at, refused=False)
            value = match.group()
            name = trial.names.get(value, trial.name) if trial.names else trial.name
            if name not in ignored:
                move = stack.moves.get(name) or self._move(stack, name)
                stack = move.stack
                if move.refused:
                    return Derivation(tokens, moves, stack, at, refused=True)
                tokens.append(Token(name, value, at))
                moves.append(move)
            at = match.end()
        return Derivation(tokens, moves, stack, None, refused=False)

    def closing(self, stack: Stack) -> tuple[Rule, ...] | None:
        """Return the rules that the parser reduces by where the text ends at a stack; None where it may not."""
        move = stack.moves.get(END) or self._move(stack, END)
        return None if move.refused else move.reductions

    def expected(self, derivation: Derivation) -> tuple[str, ...]:
        """Return the terminals with which the text might have gone on where reading stopped."""
        stack = derivation.stack
        if derivation.stopped is None or derivation.refused:
            names = {symbol for symbol in self.tables.actions[stack.state] if symbol.isupper()}
        else:
            names = {trial.name for trial in stack.trials.all} - self.tables.ignored
        return tuple(sorted(names))

    def _move(self, stack: Stack, terminal: str) -> Move:
        """Find out what a sort of token does to a stack, once for all."""
        actions = self.tables.actions
        reductions: list[Rule] = []
        reduced = stack
        while True:
            action = actions[reduced.state].get(terminal)
            if not isinstance(action, Rule):
                break
            reductions.append(action)
            for _ in range(action.size):
                assert reduced.below is not None
                reduced = reduced.below
            goto = actions[reduced.state][action.origin]
            assert isinstance(goto, int)
            reduced = self._on(reduced, goto)
            if terminal == END and goto == self.tables.end:
                action = goto
                break
        refused = action is None
        after = reduced if action is None or terminal == END else self._on(reduced, action)
        move = stack.moves[terminal] = Move(tuple(reductions), after, refused)
        return move

    def _on(self, below: Stack, state: int) -> Stack:
        """Return the stack with a state on top of another."""
        stack = below.above.get(state)
        if stack is None:
            stack = below.above[state] = Stack(state, below, self._trials_in(state))
        return stack

    def _trials_in(self, state: int) -> Trials:
        found = self._trials.get(state)
        if found is None:
            names = {*self.tables.actions[state], *self.tables.ignored}
            allowed = (self._terminals[name] for name in names if name in self._terminals)
            found = self._trials[state] = Trials(allowed)
        return found


def build(tokens: Sequence[Token], moves: Iterable[Move], closing: Iterable[Rule]) -> Tree:
    """Return the tree of tokens that make a whole.

    Args:
        tokens: the tokens.
        moves: what each did.
        closing: the rules that the parser reduces by at the end.
    """
    parts: list[_Part] = []
    for token, move in zip(tokens, moves, strict=True):
        for rule in move.reductions:
            _reduce(parts, rule)
        parts.append(token)
    for rule in closing:
        _reduce(parts, rule)
    (whole,) = parts
    assert isinstance(whole, Tree)
    return whole


_Part = Tree | Token | list[Tree | Token]
"""What a symbol has come to; a list for what is spliced into the rule above."""


def _reduce(parts: list[_Part], rule: Rule) -> None:
    """Put one part in the place of those that a rule expands to."""
    first = len(parts) - rule.size
    children: list[Tree | Token] = []
    for place in rule.kept:
        part = parts[first + place]
        if not isinstance(part, list):
            children.append(part)
        elif children:
            children += part
        else:
            # A list that grows by one at each turn is not written anew each time.
            children = part
    del parts[first:]
    if rule.spliced:
        parts.append(children)
    elif rule.single and len(children) == 1:
        parts.append(children[0])
    else:
        parts.append(Tree(rule.data, children))
