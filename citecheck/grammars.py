"""Loads the Lark grammars, once and from a cache, and parses the longest prefix that is a citation."""

import contextlib
import hashlib
import pickle
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from citecheck.kept import kept_path, write_whole
from citecheck.lexing import Terminal
from citecheck.parsing import Parser, Rule, Tables, Tree, build
from citecheck.resources import data_folder

if TYPE_CHECKING:
    import lark


@attrs.frozen
class Stop:
    """Where a grammar stopped reading and which terminals it would have gone on with."""

    offset: int
    expected: tuple[str, ...]


@attrs.frozen
class Parsed:
    """A reading: the tree, and the offset after its last token."""

    tree: Tree
    end: int


@attrs.frozen(eq=False)
class Grammar:
    """A compiled grammar."""

    name: str
    parser: Parser = attrs.field(repr=False)

    def parse_prefix(self, text: str, start: int = 0, end: int | None = None) -> Parsed | None:
        """Read the longest prefix of ``text[start:end]`` that the grammar accepts; None where none is.

        Offsets in the tree count from the beginning of ``text``.
        """
        read = self.parser.derive(text, start, len(text) if end is None else end)
        for count in range(len(read.tokens), 0, -1):
            closing = self.parser.closing(read.moves[count - 1].stack)
            if closing is not None:
                tree = build(read.tokens[:count], read.moves[:count], closing)
                return Parsed(tree, read.tokens[count - 1].end_pos)
        return None

    def parse_whole(self, text: str, start: int = 0, end: int | None = None) -> Parsed | None:
        """Read ``text[start:end]`` if the grammar accepts all of it, else return None."""
        end = len(text) if end is None else end
        read = self.parser.derive(text, start, end)
        closing = self.parser.closing(read.stack) if read.stopped is None else None
        return Parsed(build(read.tokens, read.moves, closing), end) if closing is not None else None

    def stop(self, text: str, start: int = 0, end: int | None = None) -> Stop | None:
        """Say where reading ``text[start:end]`` stops and what was expected there; None if all is read."""
        end = len(text) if end is None else end
        read = self.parser.derive(text, start, end)
        if read.stopped is None and read.tokens and self.parser.closing(read.stack) is not None:
            return None
        return Stop(end if read.stopped is None else read.stopped, self.parser.expected(read))

    def pattern(self, terminal: str) -> str:
        """Return the regular expression of a terminal."""
        return next(each.pattern for each in self.parser.tables.terminals if each.name == terminal)


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
    source += "".join(f"\n%override {terminal}: /{_delimited(pattern)}/" for terminal, pattern in terminals)
    # Any change to any grammar file makes it another grammar.
    path = kept_path(f"{name}.grammar", f"{_sources_digest(folder)} {start} {source}")
    if path is not None and path.exists():
        with contextlib.suppress(Exception), path.open("rb") as file:
            # Whatever is wrong with a cached grammar, compiling it again puts it right.
            return Grammar(name, Parser(pickle.load(file)))
    tables = compile_grammar(source, start, folder / f"{name}.lark")
    if path is not None:
        write_whole(path, lambda file: pickle.dump(tables, file))
    return Grammar(name, Parser(tables))


def _delimited(pattern: str) -> str:
    """Return a pattern as Lark has it between slashes."""
    return re.sub(r"(?<!\\)/", r"\/", pattern)


def compile_grammar(source: str, start: str = "start", path: Path | None = None) -> Tables:
    """Return what Lark makes of a grammar.

    Args:
        source: the grammar.
        start: the rule to begin with.
        path: the file that it is from; what it imports stands beside it.
    """
    # Only where a grammar is new: to import Lark takes longer than to read a page of notes.
    import lark

    compiled = lark.Lark(
        source,
        parser="lalr",
        lexer="basic",
        start=start,
        maybe_placeholders=False,
        import_paths=[str(path.parent)] if path is not None else [],
        source_path=str(path) if path is not None else None,
    )
    conf = compiled.parse_interactive("").parser_state.parse_conf
    rules = {rule: _rule(rule) for rule in compiled.rules}
    actions = {
        state: {str(symbol): rules.get(argument, argument) for symbol, (_, argument) in following.items()}
        for state, following in conf.parse_table.states.items()
    }
    return Tables(
        start=conf.start_state,
        end=conf.end_state,
        actions=actions,
        terminals=tuple(_terminals(compiled)),
        ignored=frozenset(map(str, compiled.ignore_tokens)),
    )


def _rule(rule: "lark.grammar.Rule") -> Rule:
    """Return a rule with what Lark says of the shape of its tree."""
    options = rule.options
    kept = [
        place
        for place, symbol in enumerate(rule.expansion)
        if options.keep_all_tokens or not getattr(symbol, "filter_out", False)
    ]
    name = str(rule.origin.name)
    return Rule(
        origin=name,
        data=str(rule.alias or options.template_source or name),
        size=len(rule.expansion),
        kept=tuple(kept),
        spliced=name.startswith("_"),
        single=options.expand1 and not rule.alias,
    )


def _terminals(compiled: "lark.Lark") -> list[Terminal]:
    """Return the terminals of a grammar with their places in Lark's order, which decides between them."""
    # It needs Lark, and so is imported only where a grammar is new.
    from citecheck.beginnings import beginnings

    ordered = sorted(
        compiled.terminals,
        key=lambda each: (-each.priority, -each.pattern.max_width, -len(each.pattern.value), each.name),
    )
    return [
        Terminal(
            name=str(each.name),
            pattern=each.pattern.to_regexp(),
            word=str(each.pattern.value) if each.pattern.type == "str" else None,
            priority=each.priority,
            rank=ordered.index(each),
            begins=beginnings(each.pattern.to_regexp()),
        )
        for each in compiled.terminals
    ]


@cache
def _sources_digest(folder: Path) -> str:
    made_of = [field.name for each in (Tables, Rule, Terminal) for field in attrs.fields(each)]
    digest = hashlib.sha256(f"{sys.version_info[:3]} {made_of}".encode())
    for path in sorted(folder.glob("*.lark")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
