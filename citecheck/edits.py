"""The edits that are made to a text in one go."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator

from citecheck.findings import Edit
from citecheck.manuscript import Span


class Edits:
    """Edits in the order of their places; those of different fixes neither meet nor stand right beside each other."""

    def __init__(self) -> None:
        self._ordered: list[Edit] = []

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._ordered)

    def add(self, edits: Iterable[Edit]) -> None:
        """Take in the edits of a fix, all of which keep apart from those that are in."""
        for edit in edits:
            insort(self._ordered, edit, key=_span)

    def keep_apart_from(self, edits: Iterable[Edit]) -> bool:
        """Tell whether none of a fix's edits has a place in common with one of these, or touches it."""
        return not any(map(self._touches, edits))

    def _touches(self, edit: Edit) -> bool:
        place = bisect_right(self._ordered, edit.span, key=_span)
        return any(
            edit.span.start <= other.span.end and other.span.start <= edit.span.end
            for other in self._ordered[max(0, place - 1) : place + 1]
        )

    def applied_to(self, text: str) -> str:
        """Return a text as it reads after the edits."""
        parts: list[str] = []
        position = 0
        for edit in self._ordered:
            parts += (text[position : edit.span.start], edit.replacement)
            position = edit.span.end
        return "".join((*parts, text[position:]))


def _span(edit: Edit) -> Span:
    return edit.span
