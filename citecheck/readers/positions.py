"""Where a range stands, as the manuscript's own file counts: lines and columns, or notes and paragraphs."""

from bisect import bisect_right
from typing import Any

from citecheck.manuscript import Manuscript, Origin, Position, Span
from citecheck.readers.layout import LAID_OUT, NOTE_NUMBER


def span_json(manuscript: Manuscript, span: Span) -> list[Any]:
    """Return a range as two places: line and column, or note, paragraph and offset in zipped formats."""
    first = manuscript.origin(span.start)
    if manuscript.origins and (first is None or first.begins is None):
        return [
            _place_in_file(manuscript, span.start, span.start),
            _place_in_file(manuscript, max(span.start, span.end - 1), max(span.start + 1, span.end)),
        ]
    (_, start), (_, end) = manuscript.place(span.start), _end(manuscript, span)
    return [[start.line, start.column], [end.line, end.column]]


def _end(manuscript: Manuscript, span: Span) -> tuple[str, Position]:
    """Return the place after a range; it may be the place where another file is included."""
    if not manuscript.origins or span.end <= span.start:
        return manuscript.place(span.end)
    path, last = manuscript.place(span.end - 1)
    return path, Position(last.line, last.column + 1)


def included_file(manuscript: Manuscript, span: Span) -> dict[str, str]:
    """Name the file that a range lies in, where that is not the manuscript's own but one that it includes."""
    path, _ = manuscript.place(span.start)
    return {} if path == manuscript.path else {"file": path}


def _place_in_file(manuscript: Manuscript, inside: int, offset: int) -> dict[str, Any]:
    """Return an offset as its paragraph has it; ``inside`` lies in that paragraph.

    Only what stands in the file is counted: not the numbers of notes, which the program makes, nor the
    asterisks that show italics here.
    """
    origins = manuscript.origins
    index = bisect_right(origins, inside, key=lambda origin: origin.start) - 1
    if index < 0:
        return {"note": None, "paragraph": None, "offset": offset}
    origin = origins[index]
    here = (origin.note, origin.paragraph, origin.part)
    counted = 0
    while index >= 0 and (origins[index].note, origins[index].paragraph, origins[index].part) == here:
        if _stands_in_file(origins[index]):
            counted += min(offset, origins[index].end) - origins[index].start
        index -= 1
    return {"note": origin.note, "paragraph": origin.paragraph, "offset": counted}


def _stands_in_file(origin: Origin) -> bool:
    if origin.not_editable == LAID_OUT:
        return origin.source_start < origin.source_end
    return origin.not_editable != NOTE_NUMBER
