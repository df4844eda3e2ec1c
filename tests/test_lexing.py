"""Our lexer tells tokens apart as Lark's own does, and what is kept between runs is what was made."""

import pytest
from lark import Lark, TextSlice, Token
from lark.exceptions import UnexpectedInput

from citecheck import archives, kept
from citecheck.lexing import OneByOneLexer

# The same word may be a name, a word of the grammar, or the beginning of something longer.
_GRAMMAR = r"""
start: item ("," item)*
item: NAME YEAR? | "ed" NAME | LONG | SHORT | IN CODE
NAME: /[a-z]+/
YEAR: /\d{4}/
LONG.2: /[A-Z][a-z]+ [A-Z][a-z]+/
SHORT.2: /[A-Z][a-z]+/
IN.3: "In"
CODE: /[A-Z]{2,}(?= |$|,)/
%ignore /\s+/
"""
_OURS = Lark(_GRAMMAR, parser="lalr", lexer=OneByOneLexer, maybe_placeholders=False)
_THEIRS = Lark(_GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


@pytest.mark.parametrize(
    "text",
    ["kim 1956", "ed kim, edward", "Kim Il, Kim", "In RGANI, In AB", "ed", "In Kim", "kim 195", "ed ed", ""],
)
def test_tokens_are_those_of_the_contextual_lexer(text: str) -> None:
    padded = TextSlice(f"AB {text} 12", 3, 3 + len(text))
    assert _tokens(_OURS, padded) == _tokens(_THEIRS, padded)


def _tokens(
    grammar: Lark, text: TextSlice[str]
) -> list[tuple[str, str, int | None, int | None]] | int | None:
    try:
        tree = grammar.parse(text)
    except UnexpectedInput as error:
        return error.pos_in_stream
    found = tree.scan_values(lambda value: isinstance(value, Token))
    return [(token.type, str(token), token.start_pos, token.end_pos) for token in found]


def test_the_kept_registry_is_the_one_that_was_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CITECHECK_CACHE", str(tmp_path))
    kept.cache_folder.cache_clear()
    try:
        read, again = archives.load_registry.__wrapped__(), archives.load_registry.__wrapped__()
    finally:
        kept.cache_folder.cache_clear()
    assert read is not again
    assert again.hierarchies.keys() == read.hierarchies.keys()
    for name, archive in read.archives.items():
        other = again.archives[name]
        assert (other.name, other.units, other.examples) == (archive.name, archive.units, archive.examples)
        assert other.hierarchy is again.hierarchies[archive.hierarchy.id]
        assert other.hierarchy.levels == archive.hierarchy.levels
