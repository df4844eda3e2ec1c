"""Finds the quotations in a manuscript's running text, and which citation each belongs to.

A quotation is what stands between quotation marks of any style, the outermost ones where they are
nested, or a paragraph set off as a block. Marks are lost in real texts: one that is never closed ends
with its paragraph, one that was never opened begins with it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import attrs

from citecheck.citations import Citation, CrossReference
from citecheck.documents import Document
from citecheck.manuscript import Marker, Note, Passage, Span


@attrs.frozen
class Quotation:
    """Words that the author quotes: a range of a passage, without the marks around it.

    ``open_start`` and ``open_end`` say that the mark on that side is lost, so that the quotation may
    begin later or end earlier than the range. ``paragraph`` is the number of the passage in the body.
    """

    passage: Passage = attrs.field(eq=False, repr=False)
    paragraph: int
    start: int
    end: int
    kind: Literal["marked", "block"] = "marked"
    open_start: bool = False
    open_end: bool = False
    closing: Passage | None = attrs.field(default=None, eq=False, repr=False)
    """The last paragraph of a block that has several, where it is another: its reference is that of them all."""

    @property
    def text(self) -> str:
        """The quoted words as they stand in the manuscript."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """The quotation's range in the manuscript."""
        return self.passage.span(self.start, self.end)


def find_quotations(body: Sequence[Passage], set_off: Collection[int] = frozenset()) -> tuple[Quotation, ...]:
    """Return the quotations in the paragraphs of a body, in reading order.

    Args:
        body: the paragraphs.
        set_off: where in the manuscript those begin that its format sets apart as long quotations.
    """
    found: list[Quotation] = []
    last = _last_of_blocks(body, set_off)
    for paragraph, passage in enumerate(body):
        if paragraph in last and len(passage.text) >= _SHORTEST_BLOCK:
            closing = body[last[paragraph]]
            found.append(
                attrs.evolve(_block(passage, paragraph), closing=closing if closing is not passage else None)
            )
            continue
        marked = list(_marked(passage, paragraph))
        before = _CALL_AT_END.sub("", body[paragraph - 1].text) if paragraph else ""
        if _is_block(before, passage.text, marked):
            found.append(_block(passage, paragraph))
        elif not _is_heading(passage.text, marked):
            found += marked
    return tuple(found)


def _last_of_blocks(body: Sequence[Passage], set_off: Collection[int]) -> dict[int, int]:
    """Return the paragraphs that the format sets apart, each with the last one of its block."""
    chosen = [
        number
        for number, passage in enumerate(body)
        if set_off and passage.pieces and passage.span(0, 1).start in set_off
    ]
    last: dict[int, int] = {}
    for number in reversed(chosen):
        last[number] = last.get(number + 1, number)
    return last


def _is_heading(text: str, marked: Sequence[Quotation]) -> bool:
    """Tell whether a paragraph is but a quotation that stands as a title, without a sentence around it."""
    return (
        len(marked) == 1
        and len(text) < 120
        and len(marked[0].text) + 4 > len(text)
        and marked[0].text[-1:].isalnum()
    )


# ---- quotation marks


_OPENING = {
    "“": "”",
    "‘": "’",
    "„": '“”"',
    "‚": "‘’",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "”": "”",
    "»": "«",
    '"': '"',
    "'": "'",
}
_MARKS = re.compile("[“”„«»\"‘’‚'‹›「」『』]")
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u202f([{—–-/“‘„«\"'*_")
_DIGITS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹"


@attrs.define
class _Open:
    mark: str
    start: int


def _marked(passage: Passage, paragraph: int) -> Iterator[Quotation]:
    """Yield what quotation marks set apart in a passage, the outermost marks only."""
    text = passage.text
    stack: list[_Open] = []
    lost_before = not text[:1].isspace()
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if mark in "’'" and _is_apostrophe(text, at, stack):
            continue
        if stack and mark in _OPENING[stack[-1].mark] and _may_close(text, at, mark):
            opened = stack.pop()
            if not stack:
                yield _between(passage, paragraph, opened.start, at)
                lost_before = False
        elif any(mark in _OPENING[opened.mark] for opened in stack) and not _may_open(text, at):
            # An inner mark was never closed, or closed with the wrong one: the outer mark ends both.
            while stack and mark not in _OPENING[stack[-1].mark]:
                stack.pop()
            opened = stack.pop()
            if not stack:
                yield _between(passage, paragraph, opened.start, at)
        elif mark in _OPENING and _may_open(text, at) and not (mark in "‘'" and _is_elision(text, at)):
            if stack and stack[0].mark == mark and mark in '“"«' and not _closes_twice(text, at, mark):
                # The mark before it was never closed.
                yield _between(passage, paragraph, stack[0].start, at, open_end=True)
                stack.clear()
            stack.append(_Open(mark, match.end()))
        elif not stack and mark in "”»" and lost_before and _may_close(text, at, mark):
            yield _between(passage, paragraph, 0, at, open_start=True)
            lost_before = False
    if stack and stack[0].mark not in "'‘":
        yield _between(passage, paragraph, stack[0].start, len(text), open_end=True)


def _between(
    passage: Passage,
    paragraph: int,
    start: int,
    end: int,
    *,
    open_start: bool = False,
    open_end: bool = False,
) -> Quotation:
    """Return a quotation without the spaces that some languages put inside its marks."""
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    return Quotation(
        passage, paragraph, start, max(start, _back(text, end)), open_start=open_start, open_end=open_end
    )


def _may_open(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    # French puts a space inside the marks, and an article may lose its vowel before them: d’« une année ».
    elided = text[at] in "«“„" and text[at - 1 : at] in ("’", "'")
    spaced = text[at] == "«" and following == " " and text[at + 2 : at + 3].isalnum()
    if not (at == 0 or elided or text[at - 1] in _BEFORE_OPENING):
        return False
    return spaced or following.isalnum() or (following != "" and following in "[(.…“‘\"'„«*¿¡\u00a0\u202f$")


def _may_close(text: str, at: int, mark: str) -> bool:
    following = text[at + 1 : at + 2]
    if at == 0 or (text[at - 1] in " \t\n([" and mark not in "»›"):
        return False
    return not following.isalnum() or following in _DIGITS


def _is_apostrophe(text: str, at: int, stack: Sequence[_Open]) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalpha() and after.isalpha():
        return True
    if not any(opened.mark in "‘'‚" for opened in stack):
        return text[at] == "’" or not _may_open(text, at)
    # “the Workers’ Party”: a plural's apostrophe, where another mark further on can close the quotation.
    if before == "s" and re.match(r"\s[^\W\d_]", text[at + 1 : at + 3]):
        closing = re.compile(r"(?<=[\w.,!?…\])])['’](?=[\s).,;:\]—–]|$)").search(text, at + 1)
        opening = re.compile(r"(?<![^\s(\[])['‘](?=\w)").search(text, at + 1)
        return closing is not None and (opening is None or closing.start() < opening.start())
    return False


def _is_elision(text: str, at: int) -> bool:
    """Tell whether a single mark stands for letters left out: ’56, ’tis, ’em."""
    return re.match(r"[‘'](?:\d0?s?\b|\d\ds?\b|tis\b|twas\b|em\b|til\b)", text[at : at + 6]) is not None


def _closes_twice(text: str, at: int, mark: str) -> bool:
    """Tell whether a mark that opens inside its own kind is closed as often as both are opened."""
    closing = _OPENING[mark]
    if mark == '"':
        return False
    return sum(text.count(each, at) for each in closing) > text.count(mark, at + 1) + 1


def _back(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


# ---- block quotations


_ENDED = re.compile(rf"[.!?…:;][\"”’'»)\]]*[{_DIGITS}]{{0,3}}$")
_CALL_AT_END = re.compile(r"\s?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\[\^?\d{1,3}\])$")
"""A note's number, which stays in the text of formats that have no markup for it."""
_REFERENCE_AT_END = re.compile(
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^[^\]\s]+\]|\*{0,2}\[[A-Z][^\]]{4,60}\]\*{0,2}|\([^()]*\d[^()]*\))\.?$"
)


_SHORTEST_BLOCK = 60


def _is_block(before: str, text: str, marked: Sequence[Quotation]) -> bool:
    """Tell whether a paragraph is a block quotation.

    Either a colon leads over to it, and it is not itself quoted in marks; or the paragraph before breaks off
    in the middle of its sentence, and it begins anew and closes with a reference, as quotations do.
    """
    if len(text) < _SHORTEST_BLOCK or any(
        quotation.end - quotation.start > len(text) // 2 for quotation in marked
    ):
        return False
    if before.endswith(":"):
        return True
    breaks_off = len(before) > 60 and before[-1:].isalpha() and before[-1:].islower()
    # A note mark at the end is no proof: a paragraph that a page break has cut in two may end with one.
    return breaks_off and not marked and text[:1].isupper() and text.rstrip("*.").endswith(("]", ")"))


def _block(passage: Passage, paragraph: int) -> Quotation:
    reference = _REFERENCE_AT_END.search(passage.text)
    end = reference.start() if reference is not None else len(passage.text)
    return Quotation(passage, paragraph, 0, _back(passage.text, end), kind="block")


# ---- whom the words are credited to


@attrs.frozen
class Credit:
    """What the author gives as the place that a quotation is taken from.

    ``citations`` are those of the note behind it, or the one in the text; ``certain`` is False where
    the reference stands before the quotation and may belong to other words.
    """

    citations: tuple[Citation, ...] = ()
    certain: bool = False


@attrs.frozen
class _Reference:
    """A note call in the body, or a citation in it: where it stands, and what it cites."""

    span: Span
    citations: tuple[Citation, ...]
    is_call: bool = False


@attrs.frozen(slots=False, eq=False)
class Credits:
    """The references in a document's body, to be looked up for its quotations."""

    document: Document

    @cached_property
    def _notes(self) -> Mapping[tuple[int | None, str], Note]:
        found: dict[tuple[int | None, str], Note] = {}
        for note in self.document.manuscript.notes:
            if note.label is not None:
                found.setdefault((note.section, note.label), note)
                found.setdefault((None, note.label), note)
        return found

    def _noted(self, marker: Marker) -> tuple[Citation, ...]:
        note = self._notes.get((marker.section, marker.label)) if marker.section is not None else None
        note = note or self._notes.get((None, marker.label))
        return self.document.by_note.get(note.ordinal, ()) if note is not None else ()

    @cached_property
    def _references(self) -> tuple[Sequence[int], Sequence[_Reference]]:
        """Return where references stand in the manuscript, in order, and the references."""
        found: dict[int, _Reference] = {}
        for marker in self.document.manuscript.markers:
            found[marker.span.start] = _Reference(marker.span, self._noted(marker), is_call=True)
        for citation in self.document.citations:
            if citation.in_note is None:
                found[citation.span.start] = _Reference(citation.span, (citation,))
        order = sorted(found)
        return order, [found[at] for at in order]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return sorted(passage.span(0, 1).start for passage in self.document.manuscript.body)

    def _in_paragraph(self, passage: Passage) -> Sequence[_Reference]:
        """Return the references of a paragraph, in order.

        A call that closes a paragraph stands behind its last letter, and in HTML or XML a tag or two further
        on: whatever stands before the next paragraph belongs to this one.
        """
        start = passage.span(0, 1).start
        following = bisect_right(self._starts, start)
        places, references = self._references
        first = bisect_left(places, start)
        last = bisect_left(places, self._starts[following]) if following < len(self._starts) else len(places)
        return references[first:last]

    def credit(self, quotation: Quotation, before: Passage | None, following: Passage | None) -> Credit:
        """Return the reference that a quotation is credited to.

        It is the first one behind it in its paragraph, or the last one of the last paragraph of its block, or the one
        that opens the next paragraph where a page break has cut it off, or for a block the call that closes the sentence leading over to it; failing
        these, the last one before the quotation in its paragraph.

        Args:
            quotation: the words.
            before: the paragraph before theirs, or None for the first.
            following: the paragraph after theirs, or None for the last.
        """
        own = self._in_paragraph(quotation.passage)
        is_block = quotation.kind == "block"
        # A block's own reference is a part of it, and so is a call before the closing mark.
        end = quotation.span.start if is_block else quotation.span.end
        for reference in own:
            if reference.span.start >= end or (
                reference.is_call and reference.span.end == quotation.span.end
            ):
                return Credit(reference.citations, certain=True)
        if quotation.closing is not None:
            # Of several paragraphs that are set apart the last one names the source.
            closing_references = self._in_paragraph(quotation.closing)
            if closing_references:
                return Credit(closing_references[-1].citations, certain=True)
        elif following is not None:
            opening = following.span(0, min(3, len(following.text)))
            for reference in self._in_paragraph(following)[:1]:
                if reference.span.start < opening.end:
                    return Credit(reference.citations, certain=True)
        if is_block and before is not None:
            closing = before.span(max(0, len(before.text) - 2), len(before.text))
            for reference in self._in_paragraph(before)[-1:]:
                if reference.span.end >= closing.start:
                    return Credit(reference.citations, certain=True)
        earlier = [reference for reference in own if reference.span.start < quotation.span.start]
        return Credit(earlier[-1].citations) if earlier else Credit()


def numbered_documents(citation: Citation) -> tuple[str, ...]:
    """Return the numbers of the manuscript's own documents that a citation names: “[DOCUMENT No. 7]”."""
    reference = citation.reference
    if isinstance(reference, CrossReference) and reference.target == "document":
        return reference.values
    return ()
