"""Texts are parsed as Lark itself would parse them, and what is kept between runs is what was made."""

import re

import lark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import archives, kept
from citecheck.grammars import Grammar, compile_grammar
from citecheck.parsing import Parser, Token, Tree

# The same word may be a name, a word of the grammar, or the beginning of something longer. Punctuation is in no
# tree, a rule with a low line before its name makes none of its own, nor one with a question mark of one part.
_GRAMMAR = r"""
start: _items | "to" pair ["and"]
_items: item ("," item)*
item: NAME YEAR? | "ed" NAME | LONG -> place | SHORT | IN CODE | "(" _items ")" | volume
!volume: "vol" YEAR
?pair: person (":" person)?
person: NAME+
NAME: /[a-z]+/
YEAR: /\d{4}/
LONG.2: /[A-Z][a-z]+ [A-Z][a-z]+/
SHORT.2: /[A-Z][a-z]+/
IN.3: "In"
CODE: /[A-Z]{2,}(?= |$|,)/
%ignore /\s+/
"""
_OURS = Grammar("test", Parser(compile_grammar(_GRAMMAR)))
_THEIRS = lark.Lark(_GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)
_TEXTS = (
    *("kim 1956", "ed kim, edward", "Kim Il, Kim", "In RGANI, In AB", "ed", "In Kim", "kim 195", "ed ed", ""),
    *(
        "(kim 1956, (vol 1956)), Kim Il",
        "to kim il : pak and",
        "to kim",
        "to kim : (",
        "vol 1956 1957",
        ", kim",
    ),
)


@pytest.mark.parametrize("text", _TEXTS)
def test_trees_are_those_of_lark(text: str) -> None:
    _compare(text)


@given(st.lists(st.sampled_from(re.findall(r"\w+|[,:()]", " ".join(_TEXTS))), max_size=9))
def test_trees_of_any_words_are_those_of_lark(words: list[str]) -> None:
    _compare(" ".join(words))


def _compare(text: str) -> None:
    padded, end = f"AB {text} 12", 3 + len(text)
    try:
        theirs = _shape(_THEIRS.parse(lark.TextSlice(padded, 3, end)))
        stopped = None
    except lark.exceptions.UnexpectedInput as error:
        # At an end that comes too early Lark names the last token.
        ended = isinstance(error, lark.exceptions.UnexpectedToken) and error.token.type == "$END"
        theirs, stopped = None, end if ended else error.pos_in_stream
    ours = _OURS.parse_whole(padded, 3, end)
    assert (_shape(ours.tree) if ours is not None else None) == theirs
    stop = _OURS.stop(padded, 3, end)
    assert (stop.offset if stop is not None else None) == stopped
    longest = _OURS.parse_prefix(padded, 3, end)
    if longest is not None:
        again = _OURS.parse_whole(padded, 3, longest.end)
        assert again is not None
        assert again.tree == longest.tree
    assert ours is None or longest is None or longest.tree == ours.tree


def _shape(part: object) -> object:
    """Return a tree of Lark's or of ours as plain tuples."""
    if isinstance(part, Tree | lark.Tree):
        return str(part.data), [_shape(child) for child in part.children]
    assert isinstance(part, Token | lark.Token)
    return part.type, str(part), part.start_pos, part.end_pos


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
