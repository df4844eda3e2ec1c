"""Finds notes that WordPress writes where they are called: ``[mfn]Lankov, *Crisis*, 45.[/mfn]``.

They are shortcodes of its plugins: Modern Footnotes, Easy Footnotes and their like.
"""

import re
from collections.abc import Iterable

import attrs

from citecheck.manuscript import Marker, Note, Passage, Span
from citecheck.readers.lines import concat, cut

_NAMES = "mfn|efn_note|footnote|fn"
# The text of a note ends where another opens, so that openings without end cost no search each.
_NOTE = re.compile(
    rf"(?P<opening>\[(?P<name>{_NAMES})(?:\s[^\[\]]{{0,80}})?\])"
    rf"(?P<text>(?:[^\[]|\[(?!/?(?:{_NAMES})\b))++)\[/(?P=name)\]"
)
_CLOSES = re.compile(r"\s*[.,;:)!?”’]|\s*$")


@attrs.frozen
class Taken:
    """Paragraphs without the notes that stood in them, the notes, and where they are called."""

    paragraphs: tuple[Passage, ...]
    notes: tuple[Note, ...] = ()
    markers: tuple[Marker, ...] = ()


def take_shortcodes(paragraphs: Iterable[Passage]) -> Taken:
    """Take the notes out of paragraphs, and number them in the order in which they are called."""
    kept: list[Passage] = []
    notes: list[Note] = []
    markers: list[Marker] = []
    for paragraph in paragraphs:
        rest, at = None, 0
        for match in _NOTE.finditer(paragraph.text) if "[/" in paragraph.text else ():
            label = str(len(notes) + 1)
            place = Span(*paragraph.span(*match.span("opening")))
            text = cut(paragraph, *match.span("text"))
            notes.append(Note(1, len(notes) + 1, label, text, place, label_source="computed"))
            markers.append(Marker(label, place, 1))
            rest = _joined(rest, cut(paragraph, at, match.start()))
            at = match.end()
        kept.append(paragraph if rest is None else _joined(rest, cut(paragraph, at)))
    return Taken(tuple(kept), tuple(notes), tuple(markers))


def _joined(before: Passage | None, after: Passage) -> Passage:
    """Put the text around a note together, as it is printed."""
    if before is None:
        return after
    return concat((before, after), "" if _CLOSES.match(after.text) else " ")
