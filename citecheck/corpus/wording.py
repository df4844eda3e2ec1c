"""The words of a quotation and of a source, as they are compared: spellings and scans of one word are one.

Punctuation, quotation marks, emphasis, the case of letters, line breaks and hyphens are no words, and neither are
note marks. An ellipsis divides a quotation; words in brackets are the author's own.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import log

import attrs

from citecheck.resolving.folding import fold

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Superscript figures are note marks, which Python counts as letters. An apostrophe inside a word belongs to
# it, and so does a hyphen that is followed by a space: the line ended there.
_LETTERS = rf"[^\W_{_SUPERSCRIPTS}]+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ‘`]{_LETTERS}|[-‐\u00ad]\s+(?=[^\W\d_A-ZА-Я]){_LETTERS})*")
# In brackets words of the author's may stand beside the dots: “[… and]”.
_ELLIPSIS = re.compile(
    r"\[[^\[\]]{0,80}(?:…|\.\s?\.\s?\.)[^\[\]]{0,80}\]|[\[(<]\s?(?:…|(?:\.\s?){2,4})\s?[\])>]|(?:\.\s?){2,4}\.|…|/\.\.\./"
)
_BRACKETS = re.compile(r"\[[^\[\]]{0,200}\]")
_SIC = re.compile(r"\[\s*sic[!.]?\s*\]", re.IGNORECASE)

# British and American, old and new spellings of one word, by what they have in common.
_SPELLINGS = (
    (re.compile(r"is(?=e[sdr]?$|ing$|ation|ers?$)"), "iz"),
    (re.compile(r"ys(?=e[sdr]?$|ing$)"), "yz"),
    (re.compile(r"our(?=$|s$|ed$|ing$|abl|it|ful|ably|er)"), "or"),
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[ae]nc)e|(?<=en)[cs]e(?=$|s$)"), "e"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"([bcdfghjklmnprstvz])\1"), r"\1"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"isation"), "ization"),
)
# Most words hold none of these.
_ANY_SPELLING = re.compile("|".join(pattern.pattern for pattern, _ in _SPELLINGS))
# What a scanner confuses, each written with its last member; “and” is often a sign.
_SCANNED = (("vv", "w"), ("rn", "m"), ("1", "l"), ("i", "l"), ("0", "o"), ("5", "s"))


@lru_cache(maxsize=1 << 14)
def word_key(word: str) -> str:
    """Return a word as it is compared: spellings and scans of one word have one key."""
    key = fold(word).replace(" ", "")
    if key.isdecimal():
        return key
    if _ANY_SPELLING.search(key) is not None:
        for pattern, replacement in _SPELLINGS:
            key = pattern.sub(replacement, key)
    for seen, taken in _SCANNED:
        key = key.replace(seen, taken)
    return key


@attrs.frozen
class Word:
    """A word of a text: its range, and the key by which it is compared."""

    start: int
    end: int
    key: str


def read_words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of ``text[start:end]`` in order."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        key = word_key(match.group())
        if key:
            yield Word(match.start(), match.end(), key)


# ---- the quotation


@attrs.frozen
class Segment:
    """Words of a quotation between two ellipses; ``loose`` holds, for each gap between words, whether
    the author put words in brackets there, so that words of the source may be missing."""

    words: tuple[Word, ...]
    loose: frozenset[int] = frozenset()


def read_segments(text: str, start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    """Return the words of a quotation as the parts between its ellipses, without what stands in brackets."""
    finish = len(text) if end is None else end
    segments = []
    begin = start
    for match in [*_ELLIPSIS.finditer(text, start, finish), None]:
        stop = match.start() if match is not None else finish
        segment = _read_segment(text, begin, stop)
        if segment.words:
            segments.append(segment)
        begin = match.end() if match is not None else finish
    return tuple(segments)


def _read_segment(text: str, start: int, end: int) -> Segment:
    words: list[Word] = []
    loose: set[int] = set()
    begin = start
    for bracket in [*_BRACKETS.finditer(text, start, end), None]:
        stop = bracket.start() if bracket is not None else end
        words += read_words(text, begin, stop)
        if bracket is None:
            break
        begin = bracket.end()
        if _SIC.fullmatch(bracket.group()):
            continue
        loose.add(len(words))
        # “[W]hen”, “ha[d]”: of a word that is bracketed in part nothing can be said but that one
        # stands there.
        if words and words[-1].end == bracket.start():
            words.pop()
            loose.add(len(words))
        rest = _WORD.match(text, begin, end)
        if rest is not None:
            begin = rest.end()
    return Segment(tuple(words), frozenset(loose))


# ---- the source


@attrs.frozen(slots=False, eq=False)
class Wording:
    """The words of a text, made to be searched; everything about it is computed when first needed."""

    text: str = attrs.field(repr=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return tuple(read_words(self.text))

    @cached_property
    def _letters(self) -> str:
        return "".join(word.key for word in self.words)

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each word begins in ``_letters``, and where the last one ends."""
        offsets, at = [], 0
        for word in self.words:
            offsets.append(at)
            at += len(word.key)
        offsets.append(at)
        return offsets

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """The numbers of the words, by key."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            found[word.key].append(number)
        return found

    def find(
        self, words: Sequence[Word], start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """Yield the ranges of words that are these, however joined or divided (Konghum, Kong-hum)."""
        letters = "".join(word.key for word in words)
        offsets = self._offsets
        limit = offsets[-1] if end is None else offsets[min(end, len(offsets) - 1)]
        at = self._letters.find(letters, offsets[start], limit) if letters else -1
        while at >= 0:
            first, last = bisect_left(offsets, at), bisect_left(offsets, at + len(letters))
            if offsets[first] == at and offsets[last] == at + len(letters):
                yield first, last
            at = self._letters.find(letters, at + 1, limit)

    def weight(self, key: str) -> float:
        """Return how much it says that a word stands in the text: little for “the”, much for a rare word."""
        places = self.places.get(key)
        return self._rarest if places is None else self._rarest - log(1 + len(places))

    @cached_property
    def _rarest(self) -> float:
        return log(2 + len(self.words))
