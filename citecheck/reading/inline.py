"""Finds references in running text: author and date, pages in brackets, ibid., pointers, mentions.

Brackets say where to look and the grammar of inline references decides. Much in brackets is no
reference: years, acronyms, numbers, asides. What could be either is taken for one only where the words
around it say so; a bracket that gives author, year and page needs no such witness.
"""

import re
from collections.abc import Iterator

from citecheck.citations import Kind, Reference, WorkReference
from citecheck.reading.brackets import build_inline, parse_inline, without_bracket
from citecheck.reading.creators import is_body
from citecheck.reading.found import Found, apart_from
from citecheck.reading.keys import read_keys
from citecheck.reading.listed import NOTHING_LISTED, ListedWorks
from citecheck.reading.mentions import find_mentions
from citecheck.reading.months import is_month
from citecheck.reading.narratives import may_be_author, read_narrative
from citecheck.reading.opera_citata import find_op_cit
from citecheck.reading.repetitions import IBID, LOC_CIT, OP_CIT


def find_inline(text: str, listed: ListedWorks = NOTHING_LISTED) -> list[Found]:
    """Return the references in a paragraph of running text, in order.

    Args:
        text: the paragraph.
        listed: authors, years and pages of the works in the manuscript's bibliography.
    """
    found: list[Found] = []
    for match in _BRACKETS.finditer(text):
        if match.group()[0] == "(":
            found += _read_bracket(text, *match.span(), listed)
        else:
            found += _read_square(text, *match.span())
    if listed.families:
        for match in _DATED_SQUARE.finditer(text):
            found += _read_dated_square(text, *match.span(), listed)
    for match in _UNCLOSED.finditer(text):
        found += _read_unclosed(text, *match.span(), listed)
    for match in _POINTERS.finditer(text):
        if not any(each.start <= match.start() < each.end for each in found):
            found += _read_pointer(text, match.start(), match.end())
    # Several keys of one command share its range.
    found += apart_from(found, _find_keys(text))
    for each in find_op_cit(text):
        found += apart_from(found, [each])
    found += apart_from(found, find_mentions(text))
    return sorted(found, key=lambda each: each.start)


# Round brackets with a figure or “ibid.” in them, square ones that point to a document or hold a key.
_BRACKETS = re.compile(
    r"[(\[](?:(?<=\()(?=(?:[^()]|\([^()]{0,40}\)){0,300}?"
    rf"(?:\d|\b(?:{IBID}|{LOC_CIT}|{OP_CIT})(?!\w)|\b[Ii]d\.|n\.d\.|[ivxl]{{2,7}}[)–-]))(?:[^()]|\([^()]{{0,40}}\)){{1,300}}\)"
    r"|(?<=\[)(?:(?:[Ss]ee\s)?(?:DOC|[Dd]oc|[Nn]ote|[Cc]hap)[^\[\]]{1,80}|[^\[\]@]{0,40}@[^\[\]]{1,120})\])"
)
_DATED_SQUARE = re.compile(r"\[(?=[^\W\d_])[^\[\]@]{2,60}?(?:1[5-9]|20)\d\d[^\[\]@]{0,120}\](?![({])")
# A bracket that gives author, year and page, and ends with its sentence: “(Pelikán, 1976:200. Twenty years later”.
_UNCLOSED = re.compile(
    r"\((?=[^\W\d_a-z])[^()\d;.]{2,60},?\s(?:1[5-9]|20)\d\d[a-z]?(?::\s?|,\s)(?:pp?\.\s?)?\d{1,4}(?:\s?[–-]\s?\d{1,4})?"
    r"(?=[.;,]?\s+(?:[^\W\d_a-z][^()]*(?:\(|$)|$)|[.;,]?$)"
)
# “see note 12” without brackets.
_POINTERS = re.compile(
    r"[SsCc](?<!\w[SsCc])(?:ee|f\.)(?:\salso)?\s(?:foot|end)?(?:notes?|nn?\.|[Cc]hapters?|[Aa]ppendix"
    r"|[Tt]ables?|[Ff]igures?|(?:[Dd]ocuments?|DOCUMENTS?)(?:\s[Nn]os?\.)?)\s(?:\d{1,4}|[A-Z](?!\w)|[IVX]+(?!\w))(?:\s(?:above|below))?"
)


def _read_bracket(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read what one pair of round brackets holds, with the name or “Chapter 3” before it."""
    inside = text[start + 1 : end - 1]
    if _OPENS_WITH_YEAR.match(inside):
        yield from read_narrative(text, start, end, listed)
        return
    chapter = _CHAPTER_BEFORE.search(text, max(0, start - 40), start)
    if chapter is not None:
        tree = parse_inline(text[chapter.start() : end])
        if tree is not None:
            yield from build_inline(tree, chapter.start(), end)
            return
    tree = parse_inline(text[start:end])
    if tree is None:
        yield from _read_behind_words(text, start, end, listed)
        return
    for each in build_inline(tree, start, end, listed):
        if _is_plausible(text, start, end, each.reference, listed):
            yield each


# “(Khrushchev, quoted in Kramer 1996, p. 393)”, “(the figure given by Litván 1996, p. 144)”: what ends an aside with author,
# year and page is a reference.
_BEHIND_WORDS = re.compile(
    r"(?<=[\s,])(?=[^\W\d_a-z][^();\d]{1,80},?\s(?:1[5-9]|20)\d\d[a-z]?(?:,\s?|:\s?)(?:pp?\.\s?)?\d{1,4}(?:[–-]\d{1,4})?\)$)"
)


_QUOTED_IN = re.compile(r"\b(?:quoted|cited|reproduced)\s(?:in|by|from|after)\s$")


def _read_behind_words(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read the reference that ends an aside in brackets, its names as far to the left as they go on."""
    aside = text[start:end]
    for match in _BEHIND_WORDS.finditer(aside):
        tree = parse_inline(f"({aside[match.start() :]}")
        if tree is None:
            continue
        begin = start + match.start()
        for each in build_inline(tree, begin - 1, end, listed):
            reference = each.reference
            if not isinstance(reference, WorkReference) or not reference.creators:
                continue
            if not listed.holds(reference) and not (
                _QUOTED_IN.search(aside, 0, match.start()) and not is_month(reference.creators[0].family)
            ):
                continue
            yield Found(begin, end - 1, without_bracket(reference), each.signal)
        return


def _read_unclosed(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read a bracket that is never closed as if it were closed where its pages end."""
    tree = parse_inline(text[start:end] + ")")
    for each in build_inline(tree, start, end) if tree is not None else ():
        if _is_plausible(text, start, end, each.reference, listed):
            yield each


_OPENS_WITH_YEAR = re.compile(r"\s*\[?(?:1[4-9]|20)\d\d\]?[a-z]?(?![\w%])")
_CHAPTER_BEFORE = re.compile(
    r"(?:[Cc]hapters?|[Cc]h\.|[Cc]hap\.|Глава|Главе|Kapitel)\s(?:\d{1,3}|[IVXLC]{1,7})"
    r"(?:,?\s(?:and|&|und|и)\s(?:\d{1,3}|[IVXLC]{1,7}))?\s(?=$)"
)


def _read_square(text: str, start: int, end: int) -> Iterator[Found]:
    keys = read_keys(text, start, end)
    if keys:
        for key_start, key_end, reference in keys:
            yield Found(key_start, key_end, reference)
        return
    # Emphasis round the brackets belongs to the pointer: “**[DOCUMENT No. 9]**”.
    while text[start - 1 : start] == "*" == text[end : end + 1]:
        start, end = start - 1, end + 1
    tree = parse_inline(text[start:end])
    if tree is not None:
        yield from build_inline(tree, start, end)


def _read_dated_square(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read “[Ward 1999, 45]”, if the bibliography has the works: else square brackets are an editor's."""
    tree = parse_inline(f"({text[start + 1 : end - 1]})")
    found = list(build_inline(tree, start, end, listed)) if tree is not None else []
    if found and all(
        isinstance(each.reference, WorkReference) and listed.holds(each.reference) for each in found
    ):
        yield from found


def _find_keys(text: str) -> list[Found]:
    """Return the keys of bibliography programs in a sentence: “\\textcite[45]{lankov2002}”, “@suh1988 [p. 12] holds”.

    What is no command and has no figure may be anybody’s name on a social network.
    """
    if "\\" not in text and "@" not in text:
        return []
    return [
        Found(start, end, reference)
        for start, end, reference in read_keys(text)
        if text[start] == "\\" or _FIGURE.search(text, start, end) is not None
    ]


_FIGURE = re.compile(r"\d")


def _read_pointer(text: str, start: int, end: int) -> Iterator[Found]:
    """Read “see note 12”, with the brackets that the grammar wants."""
    tree = parse_inline(f"({text[start:end][0].lower()}{text[start + 1 : end]})")
    for each in build_inline(tree, start, end) if tree is not None else ():
        signal = each.signal or ""
        yield Found(start + len(signal) + 1, end, each.reference, each.signal)


# ---- what is a reference and what only looks like one

_NUMBER_WORD = re.compile(
    r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred"
    r"|thousand)|№|(?<![\d,.])(?!(?:1[4-9]|20)\d\d\s?$)\d[\d,.]*|\b[Nn]os?\.?|\bvol\.)\s?$"
)


_ROMAN = re.compile(r"[ivxl]+")
# xiii and above
_LATE_ROMAN = re.compile(r"x(?:iii|iv|v|ix|x|l)[ivx]*|l[ivx]+")
_AFTER_QUOTATION = re.compile(r"[’'”\"]\s$")
_AFTER_WORD = re.compile(r"[^\s(]\s$")
_MORE_NUMBER = re.compile(r"\s?[:–-]\s?(?:pp?\.)?\s?\d|\s*\d|\s?percent|\s?%")
# How far apart the counts of a list may stand.
_LIST_REACH = 2000


def _is_plausible(text: str, start: int, end: int, reference: Reference, listed: ListedWorks) -> bool:
    """Tell whether a bracket that the grammar accepts is a reference here."""
    if not isinstance(reference, WorkReference):
        return True
    if reference.kind is Kind.PAGE:
        return _is_page(text, start, end, reference)
    if reference.locators or reference.suffix or listed.holds(reference):
        return True
    if not may_be_author(reference.creators):
        return False
    first = reference.creators[0].written
    if is_body(first) and " of " in first:
        # “(Battle of Stalingrad, 1943)”
        return False
    return not reference.creators[0].written.isupper() and text[start - 2 : start - 1] != "*"


def _is_page(text: str, start: int, end: int, reference: WorkReference) -> bool:
    """Tell whether a bare number in brackets is a page and not a year, an issue, or the count of a list."""
    locators = reference.locators
    if any(locator.written_label for locator in locators):
        return True
    if all(_ROMAN.fullmatch(locator.start) for locator in locators):
        # Pages of a preface after a quotation, a range of them, or one that no list counts to; “(ii)” alone counts.
        return (
            any(locator.end or _LATE_ROMAN.fullmatch(locator.start) for locator in locators)
            or _AFTER_QUOTATION.search(text, 0, start) is not None
        )
    if any(not locator.start.isdigit() or int(locator.start) > 1400 for locator in locators):
        return False
    if _NUMBER_WORD.search(text, max(0, start - 14), start):
        return False
    if _MORE_NUMBER.match(text, end):
        return False
    number = int(locators[0].start)
    if len(locators) == 1 and locators[0].end is None and number < 21:
        # (1) …, (2) …: the counts of a list come one after another.
        left, right = max(0, start - _LIST_REACH), end + _LIST_REACH
        counts = any(text.find(f"({other})", left, right) >= 0 for other in (number - 1, number + 1))
        return not counts and _AFTER_WORD.search(text, max(0, start - 3), start) is not None
    return True
