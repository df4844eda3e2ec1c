"""Turns fixes into changes of bytes in the parts of a zipped manuscript, or says why one cannot be made.

What both formats have in common is decided here; how the markup around a change must look, by a
check that the format gives. Every change is compared with the bytes that it is about to replace.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

import attrs

from citecheck.edits import Edits
from citecheck.findings import Edit, Finding
from citecheck.fixing import Fixed, FixError, fixable
from citecheck.manuscript import Manuscript, Origin, Span
from citecheck.readers.layout import LAID_OUT

ANOTHER_CHANGE = "another change is made in the same words: accept that one, then check again"
_ITALICS = "italics begin or end in the words that would change: change them by hand"
_AS_MARKUP = "a tab, a line break, a special hyphen or a mark of the program stands there: change it by hand"
_PARAGRAPHS = "it would part or join paragraphs: do that by hand"


class Refusal(Exception):
    """A fix that cannot be made in the file; the text is the reason, in plain words."""


@attrs.frozen
class Change:
    """One edit in the bytes of one part: the unbroken ranges that go, and what comes at which byte."""

    part: str
    gone: tuple[tuple[int, int], ...]
    at: int
    new: str

    @property
    def start(self) -> int:
        """The first byte that the change touches."""
        return self.gone[0][0] if self.gone else self.at


def plan(
    manuscript: Manuscript,
    findings: Sequence[Finding],
    part: Callable[[str], bytes],
    check: Callable[[Change], None],
    *,
    unsafe: bool,
) -> tuple[list[Change], Fixed]:
    """Return the changes that can be made, part by part in the order of their bytes, and what becomes of each fix.

    Args:
        manuscript: the manuscript as it was read from the file.
        findings: what was found in it.
        part: gives the content of a part of the file.
        check: raises :class:`Refusal` where the markup does not allow a change.
        unsafe: whether to make changes that alter the reading too.

    Raises:
        FixError: the file is not the one that was read.
    """
    changes: list[Change] = []
    edits = Edits()
    applied: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    for finding in fixable(findings, unsafe=unsafe):
        assert finding.fix is not None
        try:
            if not edits.keep_apart_from(finding.fix.edits):
                raise Refusal(ANOTHER_CHANGE)
            wanted = [_locate(manuscript, edit, part) for edit in finding.fix.edits]
            for change in wanted:
                check(change)
        except Refusal as refusal:
            refused.append((finding, str(refusal)))
            continue
        changes += wanted
        edits.add(finding.fix.edits)
        applied.append(finding)
    changes.sort(key=lambda change: (change.part, change.start))
    return changes, Fixed(edits.applied_to(manuscript.text), tuple(applied), tuple(refused))


def check_place(manuscript: Manuscript, span: Span, part: Callable[[str], bytes]) -> None:
    """Make sure that the words of a range stand in the file where they were read.

    Raises:
        FixError: the file is not the one that was read.
    """
    for origin in _origins(manuscript, *span):
        content = part(origin.part)
        _bytes_of(manuscript, as_written(origin, content), span.start, span.end, content)


def as_written(origin: Origin, content: bytes) -> Origin:
    """Return an origin with the whole of “&amp;” where it takes in the “&” alone, which no part can hold."""
    if content[origin.source_start : origin.source_end] != b"&":
        return origin
    end = content.find(b";", origin.source_end) + 1
    return attrs.evolve(origin, literal=False, source_end=end or origin.source_end)


def _locate(manuscript: Manuscript, edit: Edit, part: Callable[[str], bytes]) -> Change:
    """Return the change that an edit comes to, reduced to the characters that differ."""
    start, end, new = _trimmed(manuscript.text, edit)
    old = manuscript.text[start:end]
    if "\n" in new or "\n" in old:
        raise Refusal(_PARAGRAPHS)
    if "*" in new:
        raise Refusal(_ITALICS)
    origins = _origins(manuscript, start, end)
    # Pairs of marks go with the words between them; what comes is then written as the words around them.
    marks = [origin for origin in origins if _is_emphasis(manuscript, origin)]
    if len(marks) % 2:
        raise Refusal(_ITALICS)
    pieces = [as_written(origin, part(origin.part)) for origin in origins if origin not in marks]
    if sum(min(end, origin.end) - max(start, origin.start) for origin in origins) < end - start:
        raise Refusal(_AS_MARKUP)
    gone: list[tuple[int, int]] = []
    for origin in pieces:
        content = part(origin.part)
        _refuse_uneditable(origin, content)
        begin, finish = _bytes_of(manuscript, origin, start, end, content)
        if gone and gone[-1][1] == begin:
            gone[-1] = (gone[-1][0], finish)
        else:
            gone.append((begin, finish))
    if not pieces:
        where, at = _insertion_point(manuscript, start, part)
        return Change(where, (), at, new)
    if len({(origin.part, origin.note, origin.paragraph) for origin in pieces}) > 1:
        raise Refusal(_PARAGRAPHS)
    upright = [origin for origin in pieces if sum(mark.start < origin.start for mark in marks) % 2 == 0]
    if new and not upright:
        raise Refusal(_ITALICS)
    at = _bytes_of(manuscript, upright[0], start, end, part(upright[0].part))[1] if new else gone[0][1]
    return Change(pieces[0].part, tuple(gone), at, new)


def _trimmed(text: str, edit: Edit) -> tuple[int, int, str]:
    """Return the range and the replacement without what stays the same at both ends."""
    (start, end), new = edit.span, edit.replacement
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new


def _origins(manuscript: Manuscript, start: int, end: int) -> list[Origin]:
    """Return the origins that a range overlaps."""
    origins = manuscript.origins
    place = max(0, bisect_right(origins, start, key=lambda origin: origin.start) - 1)
    found = []
    while place < len(origins) and origins[place].start < end:
        if origins[place].end > start:
            found.append(origins[place])
        place += 1
    return found


def _is_emphasis(manuscript: Manuscript, origin: Origin) -> bool:
    """Tell whether this is a ``*`` that stands for the beginning or the end of italics."""
    takes_no_bytes = origin.source_start == origin.source_end and not origin.literal
    return takes_no_bytes and manuscript.text[origin.start : origin.end] == "*"


def _refuse_uneditable(origin: Origin, content: bytes) -> None:
    if origin.literal and origin.not_editable is None:
        return
    if origin.not_editable not in (None, LAID_OUT):
        raise Refusal(origin.not_editable)
    # “&amp;” and a line break in the source are one character each, and can go as a whole.
    written = content[origin.source_start : origin.source_end]
    if not written or b"<" in written:
        raise Refusal(_AS_MARKUP)


def _bytes_of(
    manuscript: Manuscript, origin: Origin, start: int, end: int, content: bytes
) -> tuple[int, int]:
    """Return the bytes that the part of a range within an origin was read from."""
    if not origin.literal:
        return origin.source_start, origin.source_end
    text = manuscript.text
    first, last = max(start, origin.start), min(end, origin.end)
    begin = origin.source_start + len(text[origin.start : first].encode())
    words = text[first:last].encode()
    if b"<" in words or not content.startswith(words, begin) or begin + len(words) > origin.source_end:
        raise FixError(f"{manuscript.path}: has changed since it was checked; check it again")
    return begin, begin + len(words)


def _insertion_point(manuscript: Manuscript, offset: int, part: Callable[[str], bytes]) -> tuple[str, int]:
    """Return the part and byte where new text goes: after the letter before, or else before the next."""
    beside = [*_origins(manuscript, offset - 1, offset), *_origins(manuscript, offset, offset + 1)]
    for origin in beside:
        written = as_written(origin, part(origin.part))
        if written.literal and written.not_editable is None:
            begin = min(max(origin.start, offset - 1), offset)
            start, end = _bytes_of(manuscript, written, begin, offset, part(origin.part))
            return origin.part, end if origin.start < offset else start
    reasons = (origin.not_editable for origin in beside if origin.not_editable not in (None, LAID_OUT))
    raise Refusal(next(reasons, None) or _AS_MARKUP)
