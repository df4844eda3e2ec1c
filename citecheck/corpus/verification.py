"""Verifies a corpus's quotations against the texts that are at hand.

What cannot be verified is never called wrong: where the source is not at hand, where pages of it are
missing, and where its words are so different that it may be another translation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache, update_wrapper
from typing import Protocol

import attrs

from citecheck.citations import Citation
from citecheck.corpus.alignment import Change
from citecheck.corpus.collation import ABSENT, Collation, Outcome, collate
from citecheck.corpus.quotations import Credit, Credits, Quotation, find_quotations, numbered_documents
from citecheck.corpus.source_texts import (
    Shelf,
    SourceText,
    printed_documents,
    printed_from,
    shelves,
    whole_text,
)
from citecheck.corpus.wording import Segment, Wording, read_segments
from citecheck.documents import Corpus, Document
from citecheck.findings import Problem
from citecheck.manuscript import Span


class Verdict(StrEnum):
    """What is known of a quotation."""

    FOUND = "found"
    ALTERED = "altered"
    NOT_FOUND = "not found"
    UNVERIFIABLE = "unverifiable"


@attrs.frozen
class Verified:
    """A quotation with the verdict on it.

    ``source`` is the text that it was compared with, ``source_span`` the words in that text's manuscript;
    both are None where there is nothing to show. ``earlier`` is set in place of ``source`` where the same
    words are quoted otherwise before. ``named_by`` holds the citations by which the author credits this
    very source; there are none where the words were found in another.
    """

    document: Document = attrs.field(repr=False)
    quotation: Quotation
    verdict: Verdict
    credit: Credit = attrs.field(default=Credit(), repr=False)
    source: SourceText | None = None
    source_span: Span | None = None
    source_text: str = ""
    changes: tuple[Change, ...] = ()
    likeness: float = 0.0
    named_by: tuple[Citation, ...] = attrs.field(default=(), repr=False)
    pages: frozenset[int] = frozenset()
    earlier: Quotation | None = None
    reason: str = ""


@lru_cache(maxsize=2)
def verify_quotations(corpus: Corpus, given: tuple[SourceText, ...] = ()) -> tuple[Verified, ...]:
    """Return all quotations of a corpus with their verdicts, in reading order.

    Args:
        corpus: the manuscripts; they may be one another's sources.
        given: the sources that the user names.
    """
    found: list[Verified] = []
    for document, shelf in zip(corpus.documents, shelves(corpus, given), strict=True):
        found += _Desk(document, shelf).verify()
    return tuple(found)


def find_elsewhere(verified: Sequence[Verified], corpus: Corpus) -> tuple[Verified, ...]:
    """Look for the quotations that could not be verified in all other manuscripts, cited or not.

    Every text is read once, and only words that stand there letter for letter are found.
    """
    wanted: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    segments = [_segments(each.quotation) for each in verified]
    for number, each in enumerate(verified):
        if each.verdict is Verdict.UNVERIFIABLE:
            for keys in _openings(segments[number]):
                wanted[keys].append(number)
    found = list(verified)
    for document in corpus.documents:
        source = whole_text(document.manuscript)
        words = [word.key for word in source.wording.words]
        met = {
            number for at in range(len(words)) for number in wanted.get(tuple(words[at : at + _OPENING]), ())
        }
        for number in met:
            each = found[number]
            if each.document is document or each.verdict is not Verdict.UNVERIFIABLE:
                continue
            collation = collate(each.quotation.passage.text, segments[number], source.wording)
            if collation.outcome is Outcome.FOUND:
                found[number] = _settled(each, Verdict.FOUND, source, collation)
    return tuple(found)


_OPENING = 5
"""By so many words in a row a quotation is recognised."""


def _openings(segments: Sequence[Segment]) -> Iterator[tuple[str, ...]]:
    keys = [word.key for word in max(segments, key=lambda segment: len(segment.words)).words]
    for at in (0, _OPENING):
        if len(keys) >= at + _OPENING:
            yield tuple(keys[at : at + _OPENING])


def _segments(quotation: Quotation) -> tuple[Segment, ...]:
    return read_segments(quotation.passage.text, quotation.start, quotation.end)


_WORTH_COMPARING = 0.45
"""Quotations less like any source than this have nothing to do with it."""


@attrs.frozen(slots=False, eq=False)
class _Desk:
    """One document with the texts that its quotations may be taken from."""

    document: Document
    shelf: Shelf

    @cached_property
    def printed(self) -> dict[str, SourceText]:
        return dict(printed_documents(self.document.manuscript))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        # What the printed documents quote is none of the author's doing.
        manuscript = self.document.manuscript
        return find_quotations(manuscript.body[: printed_from(manuscript)], manuscript.set_off)

    @cached_property
    def credits(self) -> Credits:
        return Credits(self.document)

    def verify(self) -> Iterator[Verified]:
        body = self.document.manuscript.body
        earlier = _Earlier()
        for quotation in self.quotations:
            number = quotation.paragraph
            before = body[number - 1] if number else None
            following = body[number + 1] if number + 1 < len(body) else None
            credit = self.credits.credit(quotation, before, following)
            segments = _segments(quotation)
            if not segments:
                continue
            verified = self._verify(quotation, credit, segments)
            if verified.verdict is not Verdict.FOUND and verified.verdict is not Verdict.ALTERED:
                verified = earlier.compare(verified, segments) or verified
            earlier.add(quotation, segments)
            yield verified

    def _verify(self, quotation: Quotation, credit: Credit, segments: Sequence[Segment]) -> Verified:
        unsettled = Verified(self.document, quotation, Verdict.UNVERIFIABLE, credit)
        credited = [text for text, _ in self._credited(credit)]
        others = [source for source in (*self.printed.values(), *self.shelf) if source not in credited]
        best: tuple[Collation, SourceText | None] = ABSENT, None
        for source in (*credited, *others):
            collation = collate(quotation.passage.text, segments, source.wording)
            if collation.outcome is Outcome.FOUND and _tells(segments, source in credited):
                return self._attributed(_settled(unsettled, Verdict.FOUND, source, collation))
            if collation.outcome is Outcome.ALTERED and collation.likeness > best[0].likeness:
                best = collation, source
        collation, near = best
        if near is not None and _is_altered(collation, segments, self._trust(near, credited, credit)):
            return self._attributed(_settled(unsettled, Verdict.ALTERED, near, collation))
        return self._not_found(unsettled, credited, segments, collation)

    def _credited(self, credit: Credit) -> Sequence[tuple[SourceText, tuple[Citation, ...]]]:
        """Return the texts at hand among those that a credit names, each with the citations that name it."""
        found: dict[SourceText, tuple[Citation, ...]] = {}
        for citation in credit.citations:
            for source in self._named(citation):
                found[source] = (*found.get(source, ()), citation)
        return tuple(found.items())

    def _named(self, citation: Citation) -> Iterator[SourceText]:
        """Yield the texts at hand that a citation names."""
        for number in numbered_documents(citation):
            if number in self.printed:
                yield self.printed[number]
        source = self.shelf.works.get(self.document.resolution(citation).key or "")
        if source is not None:
            yield source

    def _attributed(self, verified: Verified) -> Verified:
        """Return a verdict with the citations by which the author credits the text it is about."""
        named_by = next((by for text, by in self._credited(verified.credit) if text is verified.source), ())
        return attrs.evolve(verified, named_by=named_by)

    def _trust(self, source: SourceText, credited: Sequence[SourceText], credit: Credit) -> float:
        """Return how sure it is that a text is the one quoted, from 0 to 1."""
        if source in credited:
            return 1.0 if source.number is not None else 0.8
        # The number of a printed document may be a slip; the words tell which one is meant.
        numbered = any(numbered_documents(citation) for citation in credit.citations)
        return 1.0 if source.number is not None and numbered else 0.0

    def _not_found(
        self,
        unsettled: Verified,
        credited: Sequence[SourceText],
        segments: Sequence[Segment],
        nearest: Collation,
    ) -> Verified:
        quotation, credit = unsettled.quotation, unsettled.credit
        verified = attrs.evolve(unsettled, likeness=nearest.likeness)
        if not credited:
            return attrs.evolve(verified, reason="the source is not at hand")
        if (
            not credit.certain
            or not all(any(self._named(citation)) for citation in credit.citations)
            or quotation.open_start
            or quotation.open_end
        ):
            return attrs.evolve(verified, reason="it is not certain which source is meant")
        if not all(source.is_complete for source in credited):
            return attrs.evolve(verified, reason="a part of the source is missing")
        if (
            nearest.likeness >= _WORTH_COMPARING
            or sum(len(segment.words) for segment in segments) < _FEWEST_WORDS
        ):
            return attrs.evolve(verified, reason="the source has other words, perhaps in another translation")
        return self._attributed(attrs.evolve(verified, verdict=Verdict.NOT_FOUND, source=credited[0]))


def _settled(verified: Verified, verdict: Verdict, source: SourceText, collation: Collation) -> Verified:
    start, end = collation.start, collation.end
    return attrs.evolve(
        verified,
        verdict=verdict,
        source=source,
        source_span=source.passage.span(start, end),
        source_text=" ".join(source.passage.text[start:end].split()),
        changes=collation.changes,
        likeness=collation.likeness,
        pages=source.pages(start, end),
        reason="",
    )


_FEWEST_WORDS = 5


def _tells(segments: Sequence[Segment], attributed: bool) -> bool:
    """Tell whether it says anything that words are found: a single word stands in any text."""
    return attributed or sum(len(segment.words) for segment in segments) >= 3


def _is_altered(collation: Collation, segments: Sequence[Segment], trust: float) -> bool:
    """Tell whether words are near enough to be the ones quoted, and not other words on the same matter.

    The shorter the quotation, and the less sure its source, the more of it must agree. A long passage that
    agrees in half its rare words is the same passage; with a foreign source it may be another translation.
    """
    words = sum(len(segment.words) for segment in segments)
    if words < _FEWEST_WORDS:
        # All words are there, but the source has others among them, or goes before them.
        return collation.likeness == 1.0 and trust == 1.0 and words > 1
    if trust == 1.0 and words >= 25:
        return collation.likeness >= 0.55
    needed = 0.74 if words < 12 else 0.68 if words < 25 else 0.64
    return collation.likeness >= needed + (0.1 if trust == 0.0 else 0.0)


# ---- the same words, quoted before


_LONG_WORD = 5
_REQUOTED = 0.8


@attrs.define
class _Earlier:
    """The quotations read so far, found again by the longer words that they have in common with a new one."""

    by_word: defaultdict[str, list[Quotation]] = attrs.field(factory=lambda: defaultdict(list))

    def add(self, quotation: Quotation, segments: Sequence[Segment]) -> None:
        for key in _long_words(segments):
            self.by_word[key].append(quotation)

    def compare(self, verified: Verified, segments: Sequence[Segment]) -> Verified | None:
        """Return the verdict that the same words are quoted otherwise before, or None where they are not."""
        if sum(len(segment.words) for segment in segments) <= _FEWEST_WORDS:
            return None
        keys = _long_words(segments)
        shared = Counter(quotation for key in keys for quotation in self.by_word.get(key, ()))
        for quotation, count in shared.most_common(3):
            if 2 * count < len(keys):
                break
            collation = collate(verified.quotation.passage.text, segments, Wording(quotation.text))
            changes = _inside(collation, quotation.text, segments)
            if changes and collation.likeness >= _REQUOTED:
                start, end = quotation.start + collation.start, quotation.start + collation.end
                return attrs.evolve(
                    verified,
                    verdict=Verdict.ALTERED,
                    earlier=quotation,
                    source_text=" ".join(quotation.passage.text[start:end].split()),
                    source_span=quotation.passage.span(start, end),
                    changes=changes,
                    likeness=collation.likeness,
                    reason="",
                )
        return None


def _inside(collation: Collation, earlier: str, segments: Sequence[Segment]) -> tuple[Change, ...]:
    """Return the changes without words that the one quotation has before or behind the other's end."""
    begins = not any(map(str.isalnum, earlier[: collation.start]))
    ends = not any(map(str.isalnum, earlier[collation.end :]))
    return tuple(
        change
        for change in collation.changes
        if change.source
        or (
            not (begins and change.start == segments[0].words[0].start)
            and not (ends and change.end == segments[-1].words[-1].end)
        )
    )


def _long_words(segments: Sequence[Segment]) -> frozenset[str]:
    return frozenset(
        word.key for segment in segments for word in segment.words if len(word.key) >= _LONG_WORD
    )


# ---- checks of a corpus that need the sources


class CheckSources(Protocol):
    """A check of a corpus that is told which sources the user names."""

    def __call__(self, corpus: Corpus, given: tuple[SourceText, ...]) -> Iterable[Problem]:
        """Yield what is wrong."""


# Not frozen: a function's name and documentation are put on it, as on any decorated function.
@attrs.define(slots=False, eq=False)
class SourceCheck:
    """A check of a corpus against the texts at hand; ``against`` also takes the ones that the user names."""

    against: CheckSources

    def __call__(self, corpus: Corpus) -> Iterable[Problem]:
        """Check a corpus whose only sources are its own manuscripts."""
        return self.against(corpus, ())


def against_sources(check: CheckSources) -> SourceCheck:
    """Make a rule's check of a function of a corpus and of the sources that the user names."""
    made = SourceCheck(check)
    update_wrapper(made, check)
    return made
