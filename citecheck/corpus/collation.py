"""Compares a quotation with the text that it is taken from, word by word.

Editors call it collating. Nothing is compared but words: punctuation, quotation marks, emphasis, the case
of letters, line breaks and hyphens are no difference, and neither are spellings of one word (libellous,
libelous), a scanner's slips (Kim II Sung) and note numbers that stand in the text. An ellipsis passes over
words of the source; words in brackets are the author's own and may replace some.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

import attrs

from citecheck.corpus.alignment import WITHIN, Change, align_best, find_exact, flat
from citecheck.corpus.wording import Segment, Word, Wording, word_key


class Outcome(StrEnum):
    """What comparing a quotation with one text shows."""

    FOUND = "found"
    ALTERED = "altered"
    ABSENT = "absent"


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
    exact = find_exact(segments, source)
    if exact is not None:
        first, last = source.words[exact[0]], source.words[exact[1] - 1]
        clipped = tuple(_clipped(segments[0].words[0], exact[0], source))
        return Collation(Outcome.ALTERED if clipped else Outcome.FOUND, first.start, last.end, clipped, 1.0)
    whole = len(segments) == 1
    aligned = [align_best(quoting, segment, source, whole=whole) for segment in segments]
    if not aligned or any(each is None for each in aligned):
        return ABSENT
    found = [each for each in aligned if each is not None]
    weights = [sum(source.weight(word.key) for word in segment.words) for segment in segments]
    likeness = sum(each.likeness * weight for each, weight in zip(found, weights, strict=True)) / sum(weights)
    changes = tuple(change for each in found for change in each.changes)
    start, end = min(each.start for each in found), max(each.end for each in found)
    if end - start > 12 * WITHIN:
        return attrs.evolve(ABSENT, likeness=likeness)
    return Collation(Outcome.ALTERED if changes else Outcome.FOUND, start, end, changes, likeness)


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
        yield Change("", flat(cut), first.start, first.start)
