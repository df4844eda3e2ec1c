"""Reads parts of a citation off the trees of the grammar of notes: words, ranges, names, titles."""

import re
from collections.abc import Iterator

from citecheck.citations import Name
from citecheck.parsing import Token, Tree
from citecheck.reading.creators import read_creators
from citecheck.reading.repetitions import OP_CIT


def tokens_of(tree: Tree) -> Iterator[Token]:
    """Yield the tokens of a tree in order."""
    for child in tree.children:
        if isinstance(child, Token):
            yield child
        else:
            yield from tokens_of(child)


def trees_of(tree: Tree, rule: str) -> Iterator[Tree]:
    """Yield the trees of a rule inside a tree, itself included: the innermost first, those of one depth in order."""
    trees = [tree]
    for each in trees:
        trees += (child for child in reversed(each.children) if isinstance(child, Tree))
    return (each for each in reversed(trees) if each.data == rule)


def span_of(tree: Tree) -> tuple[int, int]:
    """Return the range of the text that a tree was read from."""
    tokens = list(tokens_of(tree))
    return tokens[0].start_pos, tokens[-1].end_pos


def words_of(tree: Tree) -> str:
    """Return the words of a tree, its tokens parted by spaces."""
    return " ".join(tokens_of(tree))


def names_of(tree: Tree) -> tuple[Name, ...]:
    """Return the persons whom a tree names."""
    names = next(
        (token for token in tokens_of(tree) if token.type.endswith("CREATORS") or token.type == "EDITORS"),
        None,
    )
    return read_creators(str(names)) if names is not None else ()


_REPEATED = re.compile(rf",\s(?:{OP_CIT})\*?$")
_QUOTES = "“”\"„«»‘’'"


def title_span_of(text: str, tree: Tree) -> tuple[int, int]:
    """Return the range of a title without the marks and the punctuation at its ends."""
    start, end = span_of(tree)
    while end > start and text[end - 1] in " ,;":
        end -= 1
    if tree.data == "quoted" and end - start > 2:
        start, end = start + 1, end - 1
        while end > start and text[end - 1] in " ,.;" and not text[start:end].endswith("..."):
            end -= 1
    repeated = _REPEATED.search(text, start, end)
    if repeated is not None:
        # “*De Gaulle et le Vietnam, op. cit.*”: the italics took in what repeats the title.
        end = repeated.start()
    elif tree.data in ("bare", "anonymous") and text[end - 1] == "." and not text[start:end].endswith("..."):
        end -= 1
    while start < end and text[start] == "*" and "*" not in text[start + 1 : end - 1].strip("*"):
        start += 1
    while end > start and text[end - 1] == "*" and text[start:end].count("*") % 2:
        end -= 1
    return start, end


def clean_title(written: str) -> str:
    """Return a title without emphasis marks and outer punctuation, spaces single."""
    bare = re.sub(r"\s+", " ", written.replace("*", "")).strip(" ,;:")
    if bare[:1] in _QUOTES and bare[-1:] in _QUOTES and len(bare) > 2 and bare[0] in '“"„«':
        bare = bare[1:-1].strip(" ,;")
    # American comma inside the marks of a quotation that ends the title: “North Korean ‘Adventurism,’”.
    bare = re.sub(r"(?<=\w)[,.](?=[’']$)", "", bare)
    return bare[:-1] if bare.endswith(".") and not bare.endswith("..") else bare
