"""Verifies a corpus's quotations against the texts that are at hand.

What cannot be verified is never called wrong: where the source is not at hand, where pages of it are
missing, and where its words are so different that it may be another translation.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache

import attrs

from citecheck.collation import ABSENT, Change, Collation, Outcome, Segment, Wording, collate, read_segments
from citecheck.documents import Corpus, Document
from citecheck.manuscript import Span
from citecheck.quotations import Credit, Credits, Quotation, find_quotations, numbered_documents
from citecheck.source_texts import Shelf, SourceText, printed_documents, printed_from, shelves


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
    words are quoted otherwise before. ``attributed`` says whether the author credits this very source.
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
    attributed: bool = False
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
        return find_quotations(self.document.manuscript.body[: printed_from(self.document.manuscript)])

    @cached_property
    def credits(self) -> Credits:
        return Credits(self.document)

    def verify(self) -> Iterator[Verified]:
        body = self.document.manuscript.body
        earlier = _Earlier()
        for quotation in self.quotations:
            following = body[quotation.paragraph + 1] if quotation.paragraph + 1 < len(body) else None
            credit = self.credits.credit(quotation, following)
            segments = read_segments(quotation.passage.text, quotation.start, quotation.end)
            if not segments:
                continue
            verified = self._verify(quotation, credit, segments)
            if verified.verdict is not Verdict.FOUND and verified.verdict is not Verdict.ALTERED:
                verified = earlier.compare(verified, segments) or verified
            earlier.add(quotation)
            yield verified

    def _verify(self, quotation: Quotation, credit: Credit, segments: Sequence[Segment]) -> Verified:
        credited = self._credited(credit)
        others = [source for source in (*self.printed.values(), *self.shelf) if source not in credited]
        best: tuple[Collation, SourceText | None] = ABSENT, None
        for source in (*credited, *others):
            collation = collate(quotation.passage.text, segments, source.wording)
            if collation.outcome is Outcome.FOUND and _tells(segments, source in credited):
                return self._verdict(Verdict.FOUND, quotation, credit, source, collation, source in credited)
            if collation.outcome is Outcome.ALTERED and collation.likeness > best[0].likeness:
                best = collation, source
        collation, near = best
        if near is not None and _is_altered(collation, segments, self._trust(near, credited, credit)):
            return self._verdict(Verdict.ALTERED, quotation, credit, near, collation, near in credited)
        return self._not_found(quotation, credit, credited, segments, collation)

    def _credited(self, credit: Credit) -> list[SourceText]:
        """Return the texts at hand among those that a credit names."""
        found = [self.printed[number] for number in numbered_documents(credit) if number in self.printed]
        for citation in credit.citations:
            key = self.document.resolution(citation).key
            source = self.shelf.works.get(key) if key is not None else None
            if source is not None and source not in found:
                found.append(source)
        return found

    def _trust(self, source: SourceText, credited: Sequence[SourceText], credit: Credit) -> float:
        """Return how sure it is that a text is the one quoted, from 0 to 1."""
        if source in credited:
            return 1.0 if source.number is not None else 0.8
        # The number of a printed document may be a slip; the words tell which one is meant.
        return 1.0 if source.number is not None and numbered_documents(credit) else 0.0

    def _not_found(
        self, quotation: Quotation, credit: Credit, credited: Sequence[SourceText], segments: Sequence[Segment], nearest: Collation
    ) -> Verified:
        verified = Verified(self.document, quotation, Verdict.UNVERIFIABLE, credit, likeness=nearest.likeness)
        if not credited:
            return attrs.evolve(verified, reason="the source is not at hand")
        if not credit.certain or len(credited) < len(credit.citations) or quotation.open_start or quotation.open_end:
            return attrs.evolve(verified, reason="it is not certain which source is meant")
        if not all(source.is_complete for source in credited):
            return attrs.evolve(verified, reason="a part of the source is missing")
        if nearest.likeness >= _WORTH_COMPARING or sum(len(segment.words) for segment in segments) < _FEWEST_WORDS:
            return attrs.evolve(verified, reason="the source has other words, perhaps in another translation")
        return attrs.evolve(verified, verdict=Verdict.NOT_FOUND, source=credited[0], attributed=True)

    def _verdict(
        self, verdict: Verdict, quotation: Quotation, credit: Credit, source: SourceText, collation: Collation, attributed: bool
    ) -> Verified:
        start, end = collation.start, collation.end
        return Verified(
            self.document,
            quotation,
            verdict,
            credit,
            source,
            source.passage.span(start, end),
            " ".join(source.passage.text[start:end].split()),
            collation.changes,
            collation.likeness,
            attributed,
            source.pages(start, end),
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
        return False
    if trust == 1.0 and words >= 25:
        return collation.likeness >= 0.55
    needed = 0.74 if words < 12 else 0.68 if words < 25 else 0.64
    return collation.likeness >= needed + (0.1 if trust == 0.0 else 0.0)


# ---- the same words, quoted before


@attrs.define(slots=False, eq=False)
class _Earlier:
    """The quotations read so far, as a text to compare the next ones with."""

    quotations: list[Quotation] = attrs.field(factory=list)

    def add(self, quotation: Quotation) -> None:
        if quotation.end - quotation.start >= 30:
            self.quotations.append(quotation)

    def compare(self, verified: Verified, segments: Sequence[Segment]) -> Verified | None:
        """Return the verdict that the same words are quoted otherwise before, or None where they are not."""
        if sum(len(segment.words) for segment in segments) < _FEWEST_WORDS + 1:
            return None
        for quotation in reversed(self.quotations):
            collation = collate(verified.quotation.passage.text, segments, _wording(quotation.text))
            if collation.outcome is Outcome.ALTERED and collation.likeness >= 0.8:
                return attrs.evolve(
                    verified,
                    verdict=Verdict.ALTERED,
                    earlier=quotation,
                    source_text=" ".join(quotation.text[collation.start : collation.end].split()),
                    source_span=quotation.passage.span(quotation.start + collation.start, quotation.start + collation.end),
                    changes=collation.changes,
                    likeness=collation.likeness,
                )
        return None


@lru_cache(maxsize=512)
def _wording(text: str) -> Wording:
    return Wording(text)
