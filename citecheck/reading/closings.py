"""Finds where in a clause citations may begin and end: at lists of pages, at imprints, before titles.

Nothing is decided here. What is found is tried with the grammars, and most of it is refused.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citecheck.alphabets import UPPER
from citecheck.citations import Offsets
from citecheck.reading.creators import ROLE_PATTERN
from citecheck.reading.locators import label_pattern, places_pattern
from citecheck.reading.published import creators_pattern
from citecheck.reading.repetitions import IBID

HIDDEN = "\x00"
"""Stands for every letter of what quotation marks or italics set apart, in texts that are scanned."""


class Closing(NamedTuple):
    """Where a citation may end: the end of its head, and the range of the list of places behind it."""

    head_end: int
    list_start: int
    list_end: int


def hide(words: str, marked: Sequence[Offsets], start: int, end: int) -> str:
    """Return ``words[start:end]`` with what is set apart blotted out, for scans that must not look inside."""
    if not marked:
        return words[start:end]
    parts = []
    at = start
    for left, right in marked:
        parts += [words[at:left], HIDDEN * (right - left)]
        at = right
    parts.append(words[at:end])
    return "".join(parts)


def skip(words: str, start: int, end: int) -> int:
    """Return where words begin again after punctuation and white space."""
    while start < end and words[start] in " \t\n,;:.)]—–":
        start += 1
    return start


_CLOSING_MARKS = frozenset("”»“’)]" + '"')
_REPETITION = re.compile(
    r"(?:[Ii]b[ií]d(?:em)?|[Ii]vi|[Ii]b|[Cc]it|[Тт]ам\s(?:же|само)|[Ee]bd|[Ee]benda|[Tt]amże|[Tt]amtéž|[Uu]o)$"
)


def closing_lists(words: str, start: int, end: int, marked: Sequence[Offsets]) -> Iterator[Closing]:
    """Yield the lists of places that may close ``words[start:end]``, the longest first."""
    at = marked[-1][1] if marked else start
    pattern = places_pattern()
    unparted: list[Closing] = []
    while at < end:
        match = pattern.search(words, at, end)
        if match is None:
            break
        if match.end() == end:
            closing = Closing(match.start(), match.start("list"), match.end())
            before = words[match.start() - 1 : match.start()]
            if _is_parted(words, match) or before in _CLOSING_MARKS:
                yield closing
            elif before == "*":
                # “*Title* 45”: the comma is missing, unless the number belongs to the title.
                unparted.append(closing)
        at = match.start() + 1
    yield from unparted


def _is_parted(words: str, match: re.Match[str]) -> bool:
    """Tell whether punctuation or a label parts a list from what stands before it."""
    if label_pattern().match(words, match.start("list")) is not None:
        return True
    gap = words[match.start() : match.start("list")].strip()
    if gap.startswith("."):
        # “*Brothers in Arms*. 104” and “Ibid. 45”, but not “Konv. 586”.
        before = words[match.start() - 1 : match.start()]
        return (
            before in _CLOSING_MARKS
            or not before.isalpha()
            or _REPETITION.search(words, 0, match.start()) is not None
        )
    # A title may end in a mark that takes the comma's place: “Mastny and Byrne, A Cardboard Castle? 90–95”.
    return bool(gap) or words[match.start() - 1 : match.start()] in ("?", "!")


# Pages are followed by punctuation or by “and”; “23–29 April” are none.
# A colon and a title make them the number of a volume: “*History*, i: *The Developing Years*”.
_AFTER_PAGES = re.compile(
    rf"(?!\s?:\s?{HIDDEN})\s*(?:[,.;:)\]—–]|$|\(|(?:and|und|et|и|та|és|sowie|with|mit|avec)\s)"
)
_IMPRINT_END = re.compile(r"\((?:[^()]|\([^()]*\)){3,160}?(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?[a-z]?\)")
_POINTER = re.compile(r"\b(?:foot|end)?notes?\s\d{1,4}(?:,?\s(?:above|below))(?!\w)")
# “The speech is printed in *Granma*, 20 March 1966, 5”
_ISSUE_OF_DAY = re.compile(
    rf"(?<={HIDDEN}),\s(?:\d{{1,2}}\s[^\W\d_]{{3,10}}|[^\W\d_]{{3,10}}\s\d{{1,2}},)\s(?:1[89]|20)\d\d(?!\d)"
    r"(?:(?P<gap>,\s)(?P<list>(?:pp?\.\s)?[A-Z]?\d{1,3}(?:\s?[–-]\s?\d{1,3})?)(?![\w%]|\s[^\W\d_]))?"
)
_IBID = re.compile(rf"\b(?:{IBID})(?![\w.])")


def closings(words: str, start: int, end: int, marked: Sequence[Offsets]) -> Iterator[Closing]:
    """Yield where citations among comments may end, in order: after pages, an imprint, a pointer, ibid."""
    scanned = hide(words, marked, start, end)
    found: list[Closing] = []
    for match in places_pattern().finditer(scanned):
        parted = _is_parted(scanned, match) or scanned[match.start() - 1 : match.start()] in (HIDDEN, ")")
        if parted and _AFTER_PAGES.match(scanned, match.end()):
            found.append(Closing(start + match.start(), start + match.start("list"), start + match.end()))
    found += [_behind_day(match, start) for match in _ISSUE_OF_DAY.finditer(scanned)]
    # The stop of “ibid.” may be counted to the list behind it.
    listed = {closing.head_end + stop for closing in found for stop in (0, 1)}
    for pattern in (_IMPRINT_END, _POINTER, _IBID):
        for match in pattern.finditer(scanned):
            stop = start + match.end()
            if stop not in listed or pattern is _POINTER:
                found.append(Closing(stop, stop, stop))
    yield from sorted(found, key=lambda closing: (closing.list_end, closing.list_start == closing.list_end))


def _behind_day(match: re.Match[str], start: int) -> Closing:
    """Return the closing of a newspaper's issue: its pages, or its day."""
    if match["list"] is None:
        return Closing(start + match.end(), start + match.end(), start + match.end())
    return Closing(start + match.start("gap"), start + match.start("list"), start + match.end())


_WORD_START = re.compile(rf"(?:^|(?<=[\s(\[—–]))(?=[{UPPER}])")
# How far before a title its authors may begin, and how many words are tried.
_REACH = 160
_TRIES = 30
# A plain citation with its imprint is seldom longer.
_PLAIN_REACH = 400


_AND = re.compile(r"(?:and|und|et|и|та|és|sowie|with|mit|avec)\s")
# Between names and title: a comma, “, ed.”, or a genitive.
_LEADS_TO_TITLE = re.compile(rf"(?:{ROLE_PATTERN}|[’']s?)?[\s,.:]*")


def starts(words: str, start: int, end: int, marked: Sequence[Offsets]) -> Iterator[int]:
    """Yield where a citation may begin that ends at ``end``: with the text, or with names before a title."""
    begin = skip(words, start, end)
    joined = _AND.match(words, begin, end)
    if joined is not None:
        begin = joined.end()
    yield begin
    for title_start, _ in marked[:4]:
        left = max(begin, title_start - _REACH)
        for count, match in enumerate(_WORD_START.finditer(words, left, title_start)):
            named = creators_pattern().match(words, match.start())
            if named is not None and _LEADS_TO_TITLE.fullmatch(words, named.end(), title_start):
                yield match.start()
                break
            if count > _TRIES:
                break
        if title_start > begin and words[title_start] == "*":
            yield title_start
    for match in _IBID.finditer(words, start, end):
        yield match.start()


# A capital behind the small letter that ends a word of prose: “the accounts are Robert Scalapino and …”.
_AFTER_PROSE = re.compile(rf"(?<=[a-zß-öø-ÿ]\s)(?=[{UPPER}])")


def plain_starts(words: str, start: int, end: int) -> Iterator[int]:
    """Yield where names may follow a sentence before a title that nothing sets apart, from left to right."""
    for count, match in enumerate(_AFTER_PROSE.finditer(words, max(start, end - _PLAIN_REACH), end)):
        if count > _TRIES:
            return
        if creators_pattern().match(words, match.start()) is not None:
            yield match.start()
