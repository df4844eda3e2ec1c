"""Turns what the grammar of inline references reads into records: “(Filtzer, 1993:13-5)”, “(ibid.)”."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import IbidReference, Kind, Locator, Name, Reference, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.parsing import Token, Tree
from citecheck.reading.creators import AND_PATTERN, NAME_PATTERN, OTHERS_PATTERN, read_creators
from citecheck.reading.found import Found
from citecheck.reading.listed import NOTHING_LISTED, ListedWorks
from citecheck.reading.locators import list_pattern, read_locators, shift
from citecheck.reading.pointers import read_pointer
from citecheck.reading.repetitions import IBID, LOC_CIT, OP_CIT_TERMINAL
from citecheck.reading.reprints import part_first_printing
from citecheck.reading.trees import tokens_of

# “(Mikoyan, S., 2012: 188)”, “(Davies, R.W. and Wheatcroft, S.G., 2004)”: names as the list has them.
_AS_LISTED = rf"[{UPPER}][\w’'-]+(?:\s[{UPPER}][\w’'-]+)?,\s(?:[{UPPER}]\.\s?-?){{1,3}}(?<!\s)"
# “(Department of State, 1949: xvi)”
_BODY = rf"[{UPPER}][\w.'’-]*(?=[^(),;\d]{{0,60}}\s(?:of|for)\s)(?:\s(?:[{UPPER}][\w.'’-]*|of|for|the|and|on)){{2,8}}(?=,?\s(?:1[5-9]|20)\d\d)"
_NAMES = (
    rf"(?:{_BODY}|{_AS_LISTED}(?:,?\s{AND_PATTERN}\s{_AS_LISTED})?|{NAME_PATTERN}(?:\s?/\s?{NAME_PATTERN}){{0,3}}(?:(?:,\s{NAME_PATTERN}){{0,4}},?\s{AND_PATTERN}\s{NAME_PATTERN})?{OTHERS_PATTERN}?)"
    r"(?=[’']s?\s|\s?[(,]|\s\[?\d|\sn\.)"
)


@cache
def inline_grammar() -> Grammar:
    """Return the grammar of inline references, with the names and places that it does not spell out."""
    patterns = {
        "NAMES.2": _NAMES,
        "PLACES.1": list_pattern(),
        # In a bracket id. repeats a work, as lawyers write; in notes it is its author.
        "IBID.6": rf"\*?(?:{IBID}|[Ii]d\.|{LOC_CIT})\*?(?!\w)",
        "OP_CIT.9": OP_CIT_TERMINAL,
    }
    return load_grammar("inline", terminals=tuple(patterns.items()))


@lru_cache(maxsize=1 << 12)
def parse_inline(text: str) -> Tree | None:
    """Read all of a text, brackets included, as inline references; None where the grammar refuses it."""
    parsed = inline_grammar().parse_whole(text)
    return parsed.tree if parsed is not None else None


def build_inline(tree: Tree, start: int, end: int, listed: ListedWorks = NOTHING_LISTED) -> Iterator[Found]:
    """Yield the references of a tree that was read from ``start`` to ``end`` of a paragraph.

    Several references in one bracket each have their own words for a range; one has the bracket, and so have
    those of a name that stands before it.

    Args:
        tree: what the grammar made of the words.
        start: where the words begin in the paragraph.
        end: where they end.
        listed: the works of the bibliography, which tell “Garnaut 2013, 2034” from “Garnaut 2013, 2015”.
    """
    signal: str | None = None
    creators: tuple[Name, ...] = ()
    parts = [child.data for child in tree.children if isinstance(child, Tree)]
    single = len(parts) == 1 or parts[0] == "narrative"
    for child in tree.children:
        if isinstance(child, Token):
            signal = str(child).strip(" ,") if child.type == "SIGNAL" else signal
            continue
        tokens = list(tokens_of(child))
        left, right = tokens[0].start_pos, tokens[-1].end_pos
        begin, stop = (start, end) if single else (start + left, start + right)
        for reference in _references(child.data, tokens, start - begin, listed):
            if isinstance(reference, WorkReference):
                if child.data == "same_author":
                    if not creators:
                        return
                    reference = attrs.evolve(reference, creators=creators)
                creators = reference.creators
            yield Found(begin, stop, reference, signal)
        signal = None


def without_bracket(reference: WorkReference) -> WorkReference:
    """Return a reference whose spans count from behind a bracket that was put before it for the grammar."""
    span = reference.creators_span
    return attrs.evolve(
        reference,
        locators=shift(reference.locators, -1),
        creators_span=(span[0] - 1, span[1] - 1) if span is not None else None,
    )


def _references(kind: str, tokens: list[Token], by: int, listed: ListedWorks) -> Iterator[Reference]:
    """Yield the references of one item; spans in it are moved by ``by``."""
    locators: tuple[Locator, ...] = ()
    places = next((token for token in tokens if token.type == "PLACES"), None)
    if places is not None:
        read = read_locators(places.strip(" ."))
        if read is None:
            return
        locators = shift(read, by + places.start_pos)
    match kind:
        case "ibid":
            yield IbidReference(tokens[0].strip("*"), locators)
        case "pages" | "chapter":
            yield WorkReference(Kind.PAGE, locators=_chapter(tokens, by) + locators)
        case "op_cit":
            names = tokens[0]
            span = (by + names.start_pos, by + names.end_pos)
            yield WorkReference(Kind.SHORT, read_creators(str(names)), locators=locators, creators_span=span)
        case "crossreference":
            yield _pointer(tokens, locators, by)
        case _:
            yield from _author_date(tokens, locators, by, listed)


def _chapter(tokens: list[Token], by: int) -> tuple[Locator, ...]:
    """Return the chapters that stand before their pages: “Chapter 3 (56-78)”, “chapters 1 and 2 (1-53)”."""
    label = next((token for token in tokens if token.type in ("CHAPTER_LABEL", "TARGET")), "chapter")
    values = [token for token in tokens if token.type == "VALUE"]
    spans = [(by + value.start_pos, by + value.end_pos) for value in values]
    return tuple(
        Locator("chapter", str(value), None, str(value), str(label).strip(), span)
        for value, span in zip(values, spans, strict=True)
    )


def _pointer(tokens: list[Token], locators: tuple[Locator, ...], by: int) -> Reference:
    """Read a pointer, or “Chapter 5, pp. 113-151”, which is of a book that is spoken of."""
    pointer = read_pointer(tokens)
    if not locators:
        return pointer
    if pointer.target == "chapter" and not any(token.type == "WHERE" for token in tokens):
        return WorkReference(Kind.PAGE, locators=_chapter(tokens, by) + locators)
    return attrs.evolve(pointer, locators=locators)


_YEAR = re.compile(r"\[?(?P<year>\d{4})\]?(?:[/\s].*?)?(?P<letter>[a-z])?$")


def _author_date(
    tokens: list[Token], locators: tuple[Locator, ...], by: int, listed: ListedWorks
) -> Iterator[WorkReference]:
    """Yield one reference for each year; what is no year of the author but a page of his work is a page."""
    names = next((token for token in tokens if token.type == "NAMES"), None)
    title = next((token.strip(' “”"‘’*') for token in tokens if token.type == "TITLE"), None)
    letter = next((str(token) for token in tokens if token.type == "LETTER"), None)
    creators = read_creators(str(names)) if names is not None else ()
    span = (by + names.start_pos, by + names.end_pos) if names is not None else None
    read: list[WorkReference] = []
    for token in tokens:
        if token.type != "YEAR":
            continue
        if read and listed.is_page(str(token), creators, read[-1].date):
            at = by + token.start_pos
            page = Locator("page", str(token), written=str(token), span=(at, at + len(token)))
            read[-1] = attrs.evolve(read[-1], locators=(*read[-1].locators, page))
            continue
        written, original = part_first_printing(token)
        found = _YEAR.match(written)
        year = found.group("year") if found is not None else None
        suffix = (found.group("letter") if found is not None else None) or letter
        read.append(
            WorkReference(
                Kind.AUTHOR_DATE,
                creators,
                title,
                date=year,
                suffix=suffix,
                original_date=original,
                creators_span=span,
            )
        )
    yield from read[:-1]
    yield attrs.evolve(read[-1], locators=read[-1].locators + locators)
