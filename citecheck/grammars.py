"""Loads the Lark grammars, once and from a cache, and parses the longest prefix that is a citation."""

import contextlib
import hashlib
import sys
from functools import cache
from pathlib import Path

import attrs
import lark
from lark import Lark, TextSlice, Token, Tree
from lark.exceptions import LarkError, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from citecheck.kept import kept_path, write_whole
from citecheck.lexing import OneByOneLexer
from citecheck.resources import data_folder


@attrs.frozen
class Stop:
    """Where a grammar stopped reading and which terminals it would have gone on with."""

    offset: int
    expected: tuple[str, ...]


@attrs.frozen
class Parsed:
    """A reading: the tree, and the offset after its last token."""

    tree: Tree[Token]
    end: int


@attrs.frozen(eq=False)
class Grammar:
    """A compiled grammar."""

    name: str
    lark: Lark = attrs.field(repr=False)

    def parse_prefix(self, text: str, start: int = 0, end: int | None = None) -> Parsed | None:
        """Read the longest prefix of ``text[start:end]`` that the grammar accepts; None where none is.

        Offsets in the tree count from the beginning of ``text``.
        """
        return self._read(text, start, len(text) if end is None else end)[0]

    def parse_whole(self, text: str, start: int = 0, end: int | None = None) -> Parsed | None:
        """Read ``text[start:end]`` if the grammar accepts all of it, else return None."""
        end = len(text) if end is None else end
        try:
            tree = self.lark.parse(TextSlice(text, start, end))
        except LarkError:
            return None
        return Parsed(tree, end)

    def stop(self, text: str, start: int = 0, end: int | None = None) -> Stop | None:
        """Say where reading ``text[start:end]`` stops and what was expected there; None if all is read."""
        return self._read(text, start, len(text) if end is None else end)[1]

    def _read(self, text: str, start: int, end: int) -> tuple[Parsed | None, Stop | None]:
        parser = self.lark.parse_interactive(TextSlice(text, start, end))
        state = parser.parser_state
        table = state.parse_conf.parse_table.states
        tokens: list[Token] = []
        accepted = 0
        stop: Stop | None = None
        try:
            for token in parser.lexer_thread.lex(state):  # type: ignore[no-untyped-call]
                state.feed_token(token)
                tokens.append(token)
                # The table says by one look whether the text might end here; a reading that
                # cannot end where the table allows it is found out below.
                if "$END" in table[state.position]:
                    accepted = len(tokens)
        except UnexpectedCharacters as error:
            stop = Stop(error.pos_in_stream or start, tuple(sorted(error.allowed or ())))
        except UnexpectedToken as error:
            stop = Stop(error.pos_in_stream or end, tuple(sorted(error.accepts or error.expected or ())))
        if stop is None and accepted == len(tokens) and tokens:
            tree = _finish(parser, tokens[-1])
            if tree is not None:
                return Parsed(tree, _end_of(tokens[-1])), None
        elif stop is None:
            stop = Stop(end, tuple(sorted(table[state.position])))
        while accepted:
            again = self.lark.parse_interactive("")
            for token in tokens[:accepted]:
                again.feed_token(token)
            tree = _finish(again, tokens[accepted - 1])
            if tree is not None:
                return Parsed(tree, _end_of(tokens[accepted - 1])), stop
            accepted -= 1
        return None, stop


def _finish(
    parser: "lark.parsers.lalr_interactive_parser.InteractiveParser", last: Token
) -> Tree[Token] | None:
    try:
        tree = parser.feed_eof(last)  # type: ignore[no-untyped-call]
    except UnexpectedInput:
        return None
    return tree if isinstance(tree, Tree) else None


def _end_of(token: Token) -> int:
    return token.end_pos if token.end_pos is not None else 0


@cache
def load_grammar(name: str, start: str = "start", terminals: tuple[tuple[str, str], ...] = ()) -> Grammar:
    """Return the grammar ``grammars/<name>.lark``, compiled at most once.

    Args:
        name: the file's name without suffix.
        start: the rule to begin with.
        terminals: patterns (Python ``re``) that take the place of terminals of the grammar, for what
            the registry knows and the grammar does not: names of archives, labels of levels.
    """
    folder = data_folder("grammars")
    source = (folder / f"{name}.lark").read_text(encoding="utf-8")
    source += "".join(f"\n%override {terminal}: /{pattern}/" for terminal, pattern in terminals)
    # Any change to any grammar file makes it another grammar.
    path = kept_path(f"{name}.grammar", f"{_sources_digest(folder)} {start} {source}")
    if path is not None and path.exists():
        with contextlib.suppress(Exception), path.open("rb") as file:
            # Whatever is wrong with a cached grammar, compiling it again puts it right.
            return Grammar(name, Lark.load(file))
    compiled = Lark(
        source,
        parser="lalr",
        lexer=OneByOneLexer,
        start=start,
        propagate_positions=False,
        maybe_placeholders=False,
        import_paths=[str(folder)],
        source_path=str(folder / f"{name}.lark"),
    )
    if path is not None:
        write_whole(path, compiled.save)
    return Grammar(name, compiled)


@cache
def _sources_digest(folder: Path) -> str:
    made_by = f"{lark.__version__} {sys.version_info[:3]} {OneByOneLexer.__qualname__}"
    digest = hashlib.sha256(made_by.encode())
    for path in sorted(folder.glob("*.lark")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
