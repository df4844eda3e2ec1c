"""Compares a quotation with the text that it is taken from, word by word.

Editors call it collating. Nothing is compared but words: punctuation, quotation marks, emphasis, the case
of letters, line breaks and hyphens are no difference, and neither are spellings of one word (libellous,
libelous), a scanner's slips (Kim II Sung) and note numbers that stand in the text. An ellipsis passes over
words of the source; words in brackets are the author's own and may replace some.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from math import log

import attrs

from citecheck.resolving.names import fold

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Superscript figures are note marks, which Python counts as letters. An apostrophe inside a word belongs to
# it, and
# so does a hyphen that is followed by a space: the line ended there.
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
# What a scanner confuses, each written with its last member; “and” is often a sign.
_SCANNED = (("vv", "w"), ("rn", "m"), ("1", "l"), ("i", "l"), ("0", "o"), ("5", "s"))


@lru_cache(maxsize=1 << 14)
def word_key(word: str) -> str:
    """Return a word as it is compared: spellings and scans of one word have one key."""
    key = fold(word).replace(" ", "")
    if key.isdecimal():
        return key
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
        return log(2 + len(self.words)) - log(1 + len(self.places.get(key, ())))


# ---- the comparison


class Outcome(StrEnum):
    """What comparing a quotation with one text shows."""

    FOUND = "found"
    ALTERED = "altered"
    ABSENT = "absent"


@attrs.frozen
class Change:
    """Words of the quotation that stand for other words of the source; one of the two may be empty."""

    quoted: str
    source: str
    start: int
    """Where the quoted words begin in the text that holds the quotation; where the missing ones should stand.
    """
    end: int

    def describe(self) -> str:
        """Return the change in words."""
        if not self.quoted:
            return f"“{self.source}” is left out"
        if not self.source:
            return f"“{self.quoted}” is added"
        return f"“{self.quoted}” for “{self.source}”"


@attrs.frozen
class Collation:
    """The result of comparing: where the words stand in the source, and what is different.

    ``start`` and ``end`` are offsets into the source's text; both are 0 where the words are absent.
    ``likeness``, from 0 to 1, is the part of the quotation that agrees, rare words counting for more.
    """

    outcome: Outcome
    start: int = 0
    end: int = 0
    changes: tuple[Change, ...] = ()
    likeness: float = 0.0


ABSENT = Collation(Outcome.ABSENT)
_WITHIN = 3000
"""How many words of the source an ellipsis may pass over."""


def collate(quoting: str, segments: Sequence[Segment], source: Wording) -> Collation:
    """Compare a quotation with a text.

    Args:
        quoting: the text that the quotation stands in, for the words of its changes.
        segments: the quotation, from :func:`read_segments`.
        source: the text that it may be taken from.

    Returns:
        The best place in the source. Where its ``likeness`` is low the two have little in common: what
        that proves depends on how sure it is that the source is the right one.
    """
    exact = _find_exact(segments, source)
    if exact is not None:
        first, last = source.words[exact[0]], source.words[exact[1] - 1]
        clipped = tuple(_clipped(segments[0].words[0], exact[0], source))
        return Collation(Outcome.ALTERED if clipped else Outcome.FOUND, first.start, last.end, clipped, 1.0)
    aligned = [_align_best(quoting, segment, source) for segment in segments]
    if not aligned or any(each is None for each in aligned):
        return ABSENT
    found = [each for each in aligned if each is not None]
    weights = [sum(source.weight(word.key) for word in segment.words) for segment in segments]
    likeness = sum(each.likeness * weight for each, weight in zip(found, weights, strict=True)) / sum(weights)
    changes = tuple(change for each in found for change in each.changes)
    start, end = min(each.start for each in found), max(each.end for each in found)
    if end - start > 12 * _WITHIN:
        return attrs.evolve(ABSENT, likeness=likeness)
    return Collation(Outcome.ALTERED if changes else Outcome.FOUND, start, end, changes, likeness)


def _find_exact(segments: Sequence[Segment], source: Wording) -> tuple[int, int] | None:
    """Return the range of words where all parts stand in order, or None."""
    runs = [run for segment in segments for run in _runs(segment)]
    if not runs:
        return None
    for first, last in source.find(runs[0][0]):
        at = last
        for words, reach in runs[1:]:
            following = next(source.find(words, at, at + reach + 2 * len(words)), None)
            if following is None:
                break
            at = following[1]
        else:
            return first, at
    return None


_OPPOSITES = frozenset(
    (word_key(one), word_key(other))
    for one, other in (
        ("with", "without"),
        ("for", "against"),
        ("mit", "ohne"),
        ("für", "gegen"),
        ("avec", "sans"),
        ("pour", "contre"),
        ("с", "без"),
        ("за", "против"),
    )
)
_BETWEEN_OPPOSITES = frozenset(map(word_key, ("and", "or", "und", "oder", "et", "ou", "и", "или")))


def _clipped(first: Word, number: int, source: Wording) -> Iterator[Change]:
    """Yield what was cut off before a quotation that begins with the second of two opposites: “with and
    without”.

    All words stand in the source, and yet it says something else.
    """
    if number < 2 or source.words[number - 1].key not in _BETWEEN_OPPOSITES:
        return
    if (source.words[number - 2].key, first.key) in _OPPOSITES:
        begin = number - 3 if number > 2 and source.words[number - 3].key == word_key("both") else number - 2
        cut = source.text[source.words[begin].start : source.words[number - 1].end]
        yield Change("", _flat(cut), first.start, first.start)


_BRACKETED = 12
"""How many words of the source a bracket of the author's may replace."""


def _runs(segment: Segment) -> Iterator[tuple[tuple[Word, ...], int]]:
    """Yield the unbroken runs of words, each with how far after the one before it may stand."""
    reach, begin = _WITHIN, 0
    for gap in [*sorted(segment.loose), len(segment.words)]:
        if gap > begin:
            yield segment.words[begin:gap], reach
            reach, begin = _BRACKETED, gap


# ---- where the words are not the same


_FEWEST_WORDS = 4
"""A shorter stretch resembles too much to be called altered."""


@attrs.frozen
class _Aligned:
    start: int
    end: int
    changes: tuple[Change, ...]
    likeness: float


def _align_best(quoting: str, segment: Segment, source: Wording) -> _Aligned | None:
    """Return the alignment of a segment with the part of the source that is most like it."""
    exact = _find_exact((segment,), source)
    if exact is not None:
        return _Aligned(source.words[exact[0]].start, source.words[exact[1] - 1].end, (), 1.0)
    if len(segment.words) < _FEWEST_WORDS:
        return None
    best: _Aligned | None = None
    for first, last in _likely_places(segment.words, source):
        aligned = _align(quoting, segment, source, first, last)
        if aligned is not None and (best is None or aligned.likeness > best.likeness):
            best = aligned
    return best


_COMMON = 400
"""A word that stands in more places than this says nothing of where a quotation comes from."""


_LEAST_SHARED = 0.4
"""A stretch that shares less than this of a quotation's weight is not worth aligning."""


def _likely_places(words: Sequence[Word], source: Wording, most: int = 3) -> list[tuple[int, int]]:
    """Return the stretches of the source that share the most, and the rarest, words with a quotation."""
    width = max(8, len(words) // 2)
    votes: defaultdict[int, float] = defaultdict(float)
    seen: set[tuple[int, str]] = set()
    weights: dict[str, float] = {}
    total = 0.0
    for word in words:
        if len(source.places.get(word.key, ())) <= _COMMON:
            weights[word.key] = weights.get(word.key) or source.weight(word.key)
            total += weights[word.key]
    if sum(weight for key, weight in weights.items() if key in source.places) < _LEAST_SHARED * total - 0.001:
        # Most texts share too little with a quotation whatever the order of the words.
        return []
    for number, word in enumerate(words):
        weight = weights.get(word.key)
        if weight is None:
            continue
        for place in source.places.get(word.key, ()):
            bucket = (place - number) // width
            for near in (bucket, bucket + 1):
                if (near, word.key) not in seen:
                    seen.add((near, word.key))
                    votes[near] += weight
    shared = [bucket for bucket in votes if votes[bucket] >= _LEAST_SHARED * total]
    likeliest = sorted(shared, key=lambda bucket: (-votes[bucket], bucket))[:most]
    # A bucket holds the quotation's beginnings from (bucket - 1) * width to (bucket + 1) * width.
    return [
        (
            max(0, (bucket - 1) * width - 4),
            min(len(source.words), (bucket + 1) * width + len(words) + width + 4),
        )
        for bucket in likeliest
    ]


# What a word in another word's place, a word too many and a word too few cost where two equal words gain 1
# to 2.
_REPLACED, _ADDED, _LEFT_OUT = 0.6, 0.8, 0.5


def _align(quoting: str, segment: Segment, source: Wording, first: int, last: int) -> _Aligned | None:
    """Align a segment with ``source.words[first:last]`` so that rare words meet; None where nothing does."""
    quoted, loose = _joined(segment.words, {word.key for word in source.words[first:last]}, segment.loose)
    theirs, _ = _joined(source.words[first:last], {word.key for word in quoted}, frozenset())
    weights = [source.weight(word.key) for word in quoted]
    gains = [1 + min(weight, 4) / 4 for weight in weights]
    steps = _best_steps(quoted, theirs, gains, loose, [_is_passable(source.text, word) for word in theirs])
    pairs = [(i, j) for i, j in steps if i is not None and j is not None and quoted[i].key == theirs[j].key]
    if not pairs:
        return None
    likeness = sum(weights[i] for i, _ in pairs) / sum(weights)
    steps = _with_moved_words(_without_strangers(steps, pairs, source.text, theirs), quoted, theirs)
    met = [theirs[j] for _, j in steps if j is not None]
    start, end = met[0].start, met[-1].end
    changes = tuple(
        change
        for change in _changes(quoting, quoted, source, theirs, steps, loose)
        if change.source
        or (
            not (change.start == quoted[0].start and _is_torn_before(source.text, start))
            and not (change.end == quoted[-1].end and _is_torn_after(source.text, end))
        )
    )
    return _Aligned(start, end, changes, likeness)


def _is_torn_before(text: str, start: int) -> bool:
    """Tell whether a text takes up in the middle of a sentence: a page before it is missing."""
    return (start == 0 or text[start - 1] == "\n") and text[start].islower()


def _is_torn_after(text: str, end: int) -> bool:
    """Tell whether a text breaks off in the middle of a sentence."""
    return text[end : end + 1] in ("", "\n")


def _joined(
    words: Sequence[Word], known: set[str], loose: frozenset[int]
) -> tuple[list[Word], frozenset[int]]:
    """Join two words that the other text has as one (Kong-hum, Konghum); ``loose`` is counted anew."""
    joined: list[Word] = []
    moved: set[int] = set()
    number = 0
    while number < len(words):
        if number in loose:
            moved.add(len(joined))
        word = words[number]
        if number + 1 < len(words) and word.key + words[number + 1].key in known and number + 1 not in loose:
            following = words[number + 1]
            joined.append(Word(word.start, following.end, word.key + following.key))
            number += 2
        else:
            joined.append(word)
            number += 1
    if len(words) in loose:
        moved.add(len(joined))
    return joined, frozenset(moved)


def _is_passable(text: str, word: Word) -> bool:
    """Tell whether a word of the source may be passed over: a note's number, an editor's brackets."""
    if text[word.start : word.end].isdecimal():
        return word.start > 0 and text[word.start - 1] in ".,;:”\"’'!?)"
    opening = text.rfind("[", max(0, word.start - 80), word.start)
    return (
        opening >= 0
        and "]" not in text[opening : word.start]
        and text.find("]", word.end, word.end + 80) >= 0
    )


_Step = tuple[int | None, int | None]


def _best_steps(
    quoted: Sequence[Word],
    theirs: Sequence[Word],
    gains: Sequence[float],
    loose: frozenset[int],
    passable: Sequence[bool],
) -> list[_Step]:
    """Return the best alignment as pairs of word numbers, None where a word of the other text has no partner.

    The whole quotation is aligned; the source may begin and end anywhere.
    """
    width = len(theirs)
    row = [0.0] * (width + 1)
    back: list[bytearray] = []
    for i, word in enumerate(quoted):
        above, row = row, [row[0] - _ADDED] * (width + 1)
        came = bytearray(width + 1)
        came[0] = 1
        free = (i + 1) in loose
        for j in range(1, width + 1):
            other = theirs[j - 1]
            best = above[j - 1] + (gains[i] if word.key == other.key else -_REPLACED)
            step = 0
            if above[j] - _ADDED > best:
                best, step = above[j] - _ADDED, 1
            passing = row[j - 1] - (0.0 if free or passable[j - 1] else _LEFT_OUT)
            if passing > best:
                best, step = passing, 2
            row[j], came[j] = best, step
        back.append(came)
    j = max(range(width + 1), key=row.__getitem__)
    i = len(quoted)
    steps: list[_Step] = []
    while i > 0:
        step = back[i - 1][j]
        if step == 0:
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif step == 1:
            i -= 1
            steps.append((i, None))
        else:
            j -= 1
            steps.append((None, j))
    return steps[::-1]


_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*\s|\n")


def _without_strangers(
    steps: Sequence[_Step], pairs: Sequence[tuple[int, int]], text: str, theirs: Sequence[Word]
) -> list[_Step]:
    """Take away source words that were paired beyond the sentences in which the quotation begins and ends.

    Before its first and after its last equal word a quotation may have other words than the source, but
    these then stand in the same sentence.
    """
    first, last = pairs[0][1], pairs[-1][1]
    kept: list[_Step] = []
    for i, j in steps:
        if j is not None and j < first and _SENTENCE_END.search(text, theirs[j].end, theirs[first].start):
            j = None
        if j is not None and j > last and _SENTENCE_END.search(text, theirs[last].end, theirs[j].start):
            j = None
        if (i, j) != (None, None):
            kept.append((i, j))
    return kept


_MOVED_BY = 4
"""How far a word may have been moved to stand at the quotation's end."""


def _with_moved_words(steps: list[_Step], quoted: Sequence[Word], theirs: Sequence[Word]) -> list[_Step]:
    """Take in source words behind the quotation's end where a word that seems to be added comes from there.

    “The CC Presidium” for “the Presidium of the CC” ends with the third word of the source otherwise.
    """
    last = max(j for _, j in steps if j is not None)
    for at, (i, j) in enumerate(steps):
        if i is None or j is not None or len(steps) - at > 2 * _MOVED_BY:
            continue
        ahead = [
            n
            for n in range(last + 1, min(last + 1 + _MOVED_BY, len(theirs)))
            if theirs[n].key == quoted[i].key
        ]
        if ahead:
            ours = [(n, None) for n, _ in steps[at:] if n is not None]
            begin = next((m for _, m in steps[at:] if m is not None), last)
            return [*steps[:at], *ours, *((None, m) for m in range(begin, ahead[0] + 1))]
    return steps


def _changes(
    quoting: str,
    quoted: Sequence[Word],
    source: Wording,
    theirs: Sequence[Word],
    steps: Sequence[_Step],
    loose: frozenset[int],
) -> Iterator[Change]:
    """Yield the changes: each run of words that have no equal partner, in both texts."""
    ours: list[int] = []
    other: list[int] = []
    before = quoted[0].start
    for i, j in [*steps, (None, None)]:
        same = i is not None and j is not None and _is_same(quoted[i], theirs[j], source)
        if not same and (i, j) != (None, None):
            ours += [i] if i is not None else []
            other += [j] if j is not None else []
            continue
        change = _change(quoting, [quoted[n] for n in ours], source, [theirs[n] for n in other], before)
        gap = ours[-1] + 1 if ours else (i if i is not None else len(quoted))
        if change is not None and not (change.quoted == "" and gap in loose):
            yield change
        if i is not None:
            before = quoted[i].end
        ours, other = [], []


def _change(
    quoting: str, ours: Sequence[Word], source: Wording, other: Sequence[Word], at: int
) -> Change | None:
    needed = [word for word in other if not _is_passable(source.text, word)]
    if not ours and not needed:
        return None
    start, end = (ours[0].start, ours[-1].end) if ours else (at, at)
    theirs = source.text[needed[0].start : needed[-1].end] if needed else ""
    return Change(_flat(quoting[start:end]), _flat(theirs), start, end)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("*", "")


_CONFUSED = frozenset(map(frozenset, ("ce", "un", "bh", "hn", "yv", "ij", "gq", "oq")))


def _is_same(ours: Word, other: Word, source: Wording) -> bool:
    """Tell whether two words are one; a word that the source has only once may be misread by a scanner."""
    if ours.key == other.key:
        return True
    if len(ours.key) != len(other.key) or len(source.places.get(other.key, ())) > 1 or len(ours.key) < 3:
        return False
    differing = [frozenset(pair) for pair in zip(ours.key, other.key, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and differing[0] in _CONFUSED
