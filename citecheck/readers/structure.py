"""Finds notes, bibliography and abbreviations in running text, as books, OCR and word processors leave them.

The text comes as lines. Note numbers in such text are unreliable: some are lost, some are misread,
and a page break puts ``- 4. doboz`` at the start of a line that continues a note. So no number is
believed by itself: the longest plausible run of numbers decides (:mod:`citecheck.readers.note_starts`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from citecheck.manuscript import Abbreviation, BibliographyItem, Marker, Note, Passage, Span
from citecheck.readers.glued_calls import glued_markers
from citecheck.readers.lines import Line, concat, cut
from citecheck.readers.listed_entries import PAGE_FURNITURE, PAGE_WIDTH, read_listed_entries
from citecheck.readers.note_starts import SUPERSCRIPTS, NoteStart, note_starts
from citecheck.readers.numerals import numbering_runs
from citecheck.readers.regions import ABBREVIATION, Region, regions_of

# A raised number behind a digit is an exponent (10¹²), but behind a year it calls a note.
# “[12]” calls a note; “[12](address)” is a link, and “\\cite[12]{key}” gives a page.
_MARKER = re.compile(
    r"(?:(?<=[^\s\d⁰¹²³⁴-⁹])|(?<=\b1[4-9]\d\d)|(?<=\b20[0-4]\d))[⁰¹²³⁴-⁹]{1,4}|(?<=[\w.,;:!?’”\")])\[(\d{1,4})\](?!\(|(?:\[[^\[\]]{0,80}\])?\{)"
)


@attrs.frozen
class Structure:
    """What a text is made of."""

    body: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    bibliography: tuple[BibliographyItem, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    markers: tuple[Marker, ...] = ()


def find_structure(lines: Sequence[Passage], *, wrapped: bool = False) -> Structure:
    """Divide a text into body, notes, bibliography and abbreviations.

    Args:
        lines: the text's lines in order; a passage without text is an empty line.
        wrapped: whether a paragraph may run over several lines until the next empty one.
    """
    numbered = [
        Line(index, cut(line, 0), len(line.text) - len(line.text.lstrip()))
        for index, line in enumerate(lines)
    ]
    regions = regions_of(numbered)
    starts = note_starts(numbered, regions)
    notes, taken = _read_notes(numbered, regions, starts, wrapped)
    for index in _after_notes(numbered, regions, taken):
        regions[index] = ("body", None)
    free = [line for line in numbered if line.index not in taken]
    body = tuple(_paragraphs([line for line in free if regions[line.index][0] == "body"], wrapped))
    return Structure(
        body=body,
        notes=notes,
        bibliography=tuple(
            read_listed_entries([line for line in free if regions[line.index][0] == "bibliography"], wrapped)
        ),
        abbreviations=tuple(
            _abbreviations([line for line in free if regions[line.index][0] == "abbreviations"])
        ),
        markers=tuple(_markers(body)) or glued_markers(body, notes),
    )


_NUMBERED = re.compile(r"(\d{1,4})\.\s+(?=[A-ZÀ-ÞА-ЯŐŰ“\"„«*‘'])")


def _read_notes(
    lines: Sequence[Line],
    regions: Sequence[tuple[Region, str | None]],
    starts: Sequence[NoteStart],
    wrapped: bool,
) -> tuple[tuple[Note, ...], set[int]]:
    """Gather the text of each note, over page breaks where the list of notes goes on after them."""
    notes: list[Note] = []
    taken: set[int] = set()
    for place, start in enumerate(starts):
        following = starts[place + 1].line if place + 1 < len(starts) else len(lines)
        in_list = regions[start.line][0] == "notes"
        label_span = lines[start.line].passage.span(start.label_start, start.label_end)
        parts = [cut(lines[start.line].passage, start.text_start)]
        gathered: list[tuple[str, Passage, Span]] = []
        taken.add(start.line)
        for line in _continuation(lines, regions, start.line, following, in_list, wrapped):
            taken.add(line.index)
            again = _NUMBERED.match(line.text) if start.style == "dotted" else None
            if again is not None and again.group(1) == start.label:
                # The note's own number once more: a second note, numbered by mistake like the first.
                gathered.append((start.label, concat(parts), label_span))
                label_span = line.passage.span(*again.span(1))
                parts = [cut(line.passage, again.end())]
                continue
            bullet = re.match(r"[-•]\s+", line.text) if in_list else None
            parts.append(cut(line.passage, bullet.end() if bullet else 0))
        gathered += _split_fused(start, concat(parts), label_span, starts, place)
        for label, part, span in gathered:
            notes.append(
                Note(
                    section=1,
                    ordinal=len(notes) + 1,
                    label=label,
                    passage=part,
                    label_span=span,
                    kind="endnote" if in_list else "footnote",
                )
            )
    runs = numbering_runs([note.label for note in notes])
    return tuple(attrs.evolve(note, section=run) for note, run in zip(notes, runs, strict=True)), taken


def _continuation(
    lines: Sequence[Line],
    regions: Sequence[tuple[Region, str | None]],
    start: int,
    following: int,
    in_list: bool,
    wrapped: bool,
) -> Iterator[Line]:
    """Yield the lines after ``start`` that belong to its note.

    At the foot of a page a note ends with its paragraph. In a list of notes it goes on over empty
    lines, as long as what follows is no heading and no paragraph of a new chapter.
    """
    after_gap = False
    for index in range(start + 1, following):
        line = lines[index]
        if line.blank:
            if not in_list:
                return
            after_gap = True
            continue
        if in_list and regions[index][0] != "notes":
            return
        if not in_list and not wrapped:
            return
        if after_gap and not _goes_on(lines, index, following):
            return
        if in_list and PAGE_FURNITURE.fullmatch(line.text):
            continue
        yield line


# Fewer letters than these below the last note of a list are what the printer put there, not a new chapter.
_NEW_TEXT = 400


def _after_notes(
    lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]], taken: set[int]
) -> Iterator[int]:
    """Yield the lines below a list of notes that begin another text, which has no heading that says so.

    The next essay of a collection, or the next chapter where each has its notes behind it.
    """
    held: list[int] = []
    length = 0
    in_list = False
    for line in lines:
        if regions[line.index][0] != "notes" or line.index in taken:
            yield from held if length > _NEW_TEXT else ()
            held, length = [], 0
            in_list = regions[line.index][0] == "notes"
        elif in_list:
            held.append(line.index)
            length += 0 if PAGE_FURNITURE.fullmatch(line.text) else len(line.text)
    yield from held if length > _NEW_TEXT else ()


def _goes_on(lines: Sequence[Line], index: int, following: int) -> bool:
    """Tell whether a paragraph in a list of notes continues the note before it.

    It does if another note follows soon: then it is what a page break cut off. A long stretch of
    paragraphs without a note is the next chapter.
    """
    gap = sum(
        not line.blank and (place == index or not 0 < len(lines[place - 1].text) <= PAGE_WIDTH)
        for place, line in enumerate(lines[index:following], index)
    )
    return (following < len(lines) and gap <= 3) or (
        following == len(lines) and gap <= 2 and len(lines[index].text) < 1500
    )


def _split_fused(
    start: NoteStart, passage: Passage, label_span: Span, starts: Sequence[NoteStart], place: int
) -> Iterator[tuple[str, Passage, Span]]:
    """Divide a note at the number of the next one, where two stand fused on one line."""
    wanted = start.number + 1
    end = starts[place + 1].number if place + 1 < len(starts) else None
    label, span, begin = start.label, label_span, 0
    while end is not None and wanted < end:
        match = re.compile(rf"(?<=[.;”\"’)\d])\s+(?:[-•]\s+)?({wanted})\.\s+(?=[A-ZÀ-ÞА-ЯŐŰ“\"*‘'])").search(
            passage.text, begin
        )
        if match is None:
            break
        yield label, cut(passage, begin, match.start()), span
        label, span, begin = str(wanted), passage.span(*match.span(1)), match.end()
        wanted += 1
    yield label, cut(passage, begin), span


def _paragraphs(lines: Sequence[Line], wrapped: bool) -> Iterator[Passage]:
    group: list[Line] = []
    for line in lines:
        goes_on = bool(group) and wrapped and line.index == group[-1].index + 1
        if not line.blank and (not group or (goes_on and not _is_heading_of(group, line))):
            group.append(line)
            continue
        if group:
            yield concat(member.passage for member in group)
        group = [] if line.blank else [line]
    if group:
        yield concat(member.passage for member in group)


# No line of a text that is broken at the width of a page is as long as this.
_WHOLE_PARAGRAPH = 160


def _is_heading_of(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a short line alone stands right above a paragraph that fills one long line."""
    return (
        len(group) == 1
        and len(line.text) > _WHOLE_PARAGRAPH
        and len(group[0].text) < _WHOLE_PARAGRAPH / 2
        and group[0].text[-1].isalnum()
    )


def _abbreviations(lines: Sequence[Line]) -> Iterator[Abbreviation]:
    for line in lines:
        match = ABBREVIATION.fullmatch(line.text)
        if match is not None and sum(letter.isupper() for letter in match.group(1)) >= 2:
            yield Abbreviation(match.group(1), match.group(2).strip(), line.passage.span(*match.span()))


def _markers(body: Iterable[Passage]) -> Iterator[Marker]:
    for passage in body:
        for match in _MARKER.finditer(passage.text):
            label = match.group(1) or match.group().translate(SUPERSCRIPTS)
            yield Marker(label, passage.span(*match.span()))
