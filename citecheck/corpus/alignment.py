"""Where the words of a quotation stand in a source: all of them in order, or else the stretch that is most like it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from citecheck.corpus.wording import Segment, Word, Wording

WITHIN = 3000
"""How many words of the source an ellipsis may pass over."""


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


def find_exact(segments: Sequence[Segment], source: Wording) -> tuple[int, int] | None:
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


_BRACKETED = 12
"""How many words of the source a bracket of the author's may replace."""


def _runs(segment: Segment) -> Iterator[tuple[tuple[Word, ...], int]]:
    """Yield the unbroken runs of words, each with how far after the one before it may stand."""
    reach, begin = WITHIN, 0
    for gap in [*sorted(segment.loose), len(segment.words)]:
        if gap > begin:
            yield segment.words[begin:gap], reach
            reach, begin = _BRACKETED, gap


_FEWEST_WORDS = 4
"""A shorter stretch resembles too much to be called altered."""


@attrs.frozen
class Aligned:
    """Where a part of a quotation stands in the source, what is different, and how much agrees."""

    start: int
    end: int
    changes: tuple[Change, ...]
    likeness: float


def align_best(quoting: str, segment: Segment, source: Wording, *, whole: bool) -> Aligned | None:
    """Return the alignment of a segment with the part of the source that is most like it.

    Args:
        quoting: the text that the quotation stands in.
        segment: a part of the quotation.
        source: the text that it may be taken from.
        whole: whether the segment is the whole quotation, which is known not to stand there word for word.
    """
    exact = find_exact((segment,), source) if not whole else None
    if exact is not None:
        return Aligned(source.words[exact[0]].start, source.words[exact[1] - 1].end, (), 1.0)
    if len(segment.words) < _FEWEST_WORDS:
        return None
    best: Aligned | None = None
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
    weights: dict[str, float] = {}
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    total = 0.0
    for number, word in enumerate(words):
        if len(source.places.get(word.key, ())) <= _COMMON:
            weights[word.key] = weights.get(word.key) or source.weight(word.key)
            numbers[word.key].append(number)
            total += weights[word.key]
    if sum(weight for key, weight in weights.items() if key in source.places) < _LEAST_SHARED * total - 0.001:
        # Most texts share too little with a quotation whatever the order of the words.
        return []
    votes: defaultdict[int, float] = defaultdict(float)
    for key, weight in weights.items():
        places = source.places.get(key, ())
        buckets = {(place - number) // width for number in numbers[key] for place in places}
        for near in buckets.union(bucket + 1 for bucket in buckets):
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


def _align(quoting: str, segment: Segment, source: Wording, first: int, last: int) -> Aligned | None:
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
    return Aligned(start, end, changes, likeness)


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
    keys = [word.key for word in theirs]
    costs = [0.0 if may_pass else _LEFT_OUT for may_pass in passable]
    row = [0.0] * (width + 1)
    back: list[bytearray] = []
    for i, (word, gain) in enumerate(zip(quoted, gains, strict=True)):
        key = word.key
        best = row[0] - _ADDED
        following, came = [best], bytearray(b"\1")
        passing_costs = [0.0] * width if (i + 1) in loose else costs
        for diagonal, above, other, cost in zip(row, row[1:], keys, passing_costs, strict=False):
            passing = best - cost
            best = diagonal + (gain if key == other else -_REPLACED)
            step = 0
            if above - _ADDED > best:
                best, step = above - _ADDED, 1
            if passing > best:
                best, step = passing, 2
            following.append(best)
            came.append(step)
        row = following
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
    return Change(flat(quoting[start:end]), flat(theirs), start, end)


def flat(text: str) -> str:
    """Return words on one line and without emphasis, as messages show them."""
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
