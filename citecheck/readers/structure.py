"""Finds notes, bibliography and abbreviations in running text, as books, OCR and word processors leave them.

The text comes as lines. Note numbers in such text are unreliable: some are lost, some are misread,
and a page break puts ``- 4. doboz`` at the start of a line that continues a note. So no number is
believed by itself: the longest plausible run of numbers decides (:func:`_best_run`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import attrs

from citecheck.manuscript import Abbreviation, BibliographyItem, Marker, Note, Passage, Span
from citecheck.readers.glued_calls import glued_markers
from citecheck.readers.lines import Line, concat, cut
from citecheck.readers.listed_entries import PAGE_FURNITURE, PAGE_WIDTH, is_subheading, read_listed_entries
from citecheck.readers.numerals import numbering_runs

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_OCR_DIGITS = str.maketrans("IlO|", "1101")

_HEADING_WORDS = {
    "notes": r"(?:(?:end|foot)?notes?(?:\s+to\s+.{1,60})?|anmerkungen|fu(?:ß|ss)noten|примечания|сноски|"
    r"примітки|jegyzetek|přípisky|poznámky|przypisy|note\s+de\s+subsol|notas|shënime|бележки)",
    "bibliography": r"(?:(?:selected?\s+|select\s+)?bibliograph(?:y|ie|ia)|references|(?:list\s+of\s+)?works\s+cited|"
    r"list\s+of\s+references|literature|literatur(?:verzeichnis)?|bibliografi[aey]|источники\s+и\s+литература|"
    r"(?:список\s+)?литератур[аы]|список\s+использованн\w+\s.{3,60}|библиография|bibliográfia|"
    r"(?:felhasznált\s+)?irodalom|literatura|bibliographie|quellen(?:-\s+und\s+literatur)?verzeichnis)",
    "abbreviations": r"(?:(?:list\s+of\s+)?abbreviations?(?:\s+(?:used|and)\b.{0,50})?|abkürzungen|abkürzungsverzeichnis|"
    r"(?:список\s+)?сокращени[яй]|rövidítések|wykaz\s+skrótów|abréviations|seznam\s+zkratek)",
    "other": r"(?:index|appendix(?:\s+\w+)?|(?:document\s+)?appendi(?:x|ces)|acknowledge?ments?|contents|table\s+of\s+contents|"
    r"about\s+the\s+authors?|glossary|preface|introduction|conclusions?|epilogue|"
    r"(?:part|chapter)\s+(?:\d{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten)\b.{0,120})",
}
_HEADINGS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _HEADING_WORDS.items()}

# “14.”, “- 14.”, “[14]”, “14)”, “¹⁴”; OCR leaves I, l, O and | for 1 and 0. A digit right after the
# stop (“4.5 million”) or a second number (“8–10.”) makes it something else.
_LABEL = re.compile(
    r"(?P<bullet>[-*•–]\s+)?"
    r"(?:\[\s?(?P<bracketed>[\dIlO]{1,4})\s?\]|(?P<dotted>[\dIlO|]{1,4})[.)](?=\s|$)|(?P<raised>[⁰¹²³⁴-⁹]{1,4}))[ \t ]*"
)
# Words that make the number before them a level of an archive or a volume: “4. doboz”, “1370. f.”
_LEVEL_AFTER_NUMBER = re.compile(
    r"\s*(?:doboz|tétel|csomó|kötet|őe|ő\.\s?e|lap|apr\.|lp\.|cs\.|évf|Jg\.|Aufl\."
    # “2. f. 5, op. 28”: here the label belongs to the number behind it.
    r"|(?:f\.|fond\b|l\.)(?!\s?(?:[^\W\d_]{1,3}-)?\d+[^\W\d_]?(?:,|\.?\s(?:op|inv)\b)))"
)
# A raised number behind a digit is an exponent (10¹²), but behind a year it calls a note.
# “[12]” calls a note; “[12](address)” is a link, and “\\cite[12]{key}” gives a page.
_MARKER = re.compile(
    r"(?:(?<=[^\s\d⁰¹²³⁴-⁹])|(?<=\b1[4-9]\d\d)|(?<=\b20[0-4]\d))[⁰¹²³⁴-⁹]{1,4}|(?<=[\w.,;:!?’”\")])\[(\d{1,4})\](?!\(|(?:\[[^\[\]]{0,80}\])?\{)"
)
_ABBREVIATION = re.compile(
    r"[-*•–]?\s*([^\W\d_][\w.’'/&-]{0,14}(?: [A-ZА-ЯĆŚŽ]{1,6})?)(?:\t+| {2,}|\s*[=:–—]\s*|\s+)(\S.*)"
)


@attrs.frozen
class Structure:
    """What a text is made of."""

    body: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    bibliography: tuple[BibliographyItem, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    markers: tuple[Marker, ...] = ()


Region = Literal["body", "notes", "bibliography", "abbreviations"]


@attrs.frozen
class _Candidate:
    """A line that may begin a note: its number, and where the note's own text starts in the line."""

    line: int
    number: int
    label: str
    label_start: int
    label_end: int
    text_start: int
    style: str


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
    regions = _regions(numbered)
    starts = _note_starts(numbered, regions)
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


def heading_kind(text: str) -> str | None:
    """Tell what part of a text a heading opens (``notes``, ``bibliography`` …), or None if it opens none."""
    bare = re.sub(r"^(?:\d{1,2}\.?|[IVX]{1,5}\.)\s+(?=\D)", "", text.strip("#*_ \t:.="))
    if not bare or len(bare) > 140:
        return None
    for kind, words in _HEADINGS.items():
        if words.fullmatch(bare):
            return kind
    return None


def _regions(lines: Sequence[Line]) -> list[tuple[Region, str | None]]:
    """Say of each line in which part of the text it stands, and under which heading."""
    found: list[tuple[Region, str | None]] = []
    region: Region = "body"
    heading: str | None = None
    for position, line in enumerate(lines):
        kind = None
        if line.text and not _ends_sentence(lines, position) and not _is_in_contents(lines, position):
            kind = heading_kind(line.text)
        if kind is not None and region == "notes" and kind == "other" and not _leaves_notes(lines, position):
            kind = None
        if kind == "other":
            region, heading = "body", None
        elif kind in ("notes", "bibliography", "abbreviations"):
            region, heading = kind, None  # type: ignore[assignment]
        elif region == "bibliography" and _first_note(line.text) and _has_entry(lines, position):
            # What pandoc and Word save as plain text puts the notes last, under no heading of their own.
            region, heading = "notes", None
        elif region == "bibliography" and line.text and is_subheading(line.text):
            heading = line.text.strip("#*_ :")
        elif (region == "abbreviations" and line.text and not _ABBREVIATION.fullmatch(line.text)) or (
            region == "abbreviations" and len(line.text) > 160
        ):
            region = "body"
        found.append((region if kind is None else "body", heading))
    return found


def _ends_sentence(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line goes on with what the line above it began: “… textbooks and”, “literature.”."""
    above = lines[position - 1].text if position else ""
    return len(above) > 40 and (above[-1].islower() or above[-1] in ",-–—(“")


_PAGES_ALONE = re.compile(r"\(?pp?\.\s?[\divxlc]{1,6}(?:\s?[-–—]\s?[\divxlc]{1,6})?\)?", re.IGNORECASE)


def _is_in_contents(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line names a part of the text in a table of contents: its pages stand below it."""
    following = next((line.text for line in lines[position + 1 : position + 4] if line.text), "")
    return _PAGES_ALONE.fullmatch(following) is not None


def _first_note(text: str) -> bool:
    match = _LABEL.match(text)
    return match is not None and (match.group("bracketed") == "1" or match.group("raised") in ("1", "¹"))


def _has_entry(lines: Sequence[Line], position: int) -> bool:
    """Tell whether entries without numbers stand before a line; a numbered bibliography begins with its number."""
    before = next((line.text for line in reversed(lines[:position]) if line.text), "")
    return heading_kind(before) is None


def _leaves_notes(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a chapter heading ends a list of notes, or only divides it."""
    following = [line.text for line in lines[position + 1 : position + 12] if line.text][:2]
    return not any(_LABEL.match(text) for text in following)


def _candidates(lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]]) -> Iterator[_Candidate]:
    for line in lines:
        if line.blank:
            continue
        match = _LABEL.match(line.text)
        if match is not None and regions[line.index][0] in ("body", "notes"):
            style = match.lastgroup or ""
            label = match.group("bracketed") or match.group("dotted") or match.group("raised")
            digits = label.translate(_SUPERSCRIPTS).translate(_OCR_DIGITS)
            continues = style == "dotted" and _LEVEL_AFTER_NUMBER.match(line.text, match.end()) is not None
            above = lines[line.index - 1].text[-2:] if line.index else ""
            # The end of a range or of a list of pages that goes over two lines: “Listy 164-”, “12, 88,” and “165.”
            continues = continues or (
                above[:1].isdigit()
                and (above[1:] in ("-", "–") or (above[1:] == "," and not line.text[match.end() :].strip()))
            )
            if not continues and int(digits) > 0:
                at = match.start(style)
                yield _Candidate(line.index, int(digits), digits, at, match.end(style), match.end(), style)


# What a run of note numbers may cost: a step to the next number is free, a gap costs by its length,
# starting again at 1 costs little, starting again elsewhere much. A candidate that is left out
# earns nothing, so that “4. doboz” inside note 109 falls away.
_LOOK_BACK = 40


def _step_cost(before: int, after: int) -> float:
    if after == before + 1:
        return 0.0
    if after > before:
        return 0.25 + 0.05 * min(after - before, 8)
    if after == 1:
        return 0.4
    return 1.3 if after <= 3 else 2.2


def _best_run(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Choose the candidates that make the most plausible run of note numbers."""
    scores: list[float] = []
    came_from: list[int] = []
    best_total, best_last = 0.0, -1
    for index, candidate in enumerate(candidates):
        score = 1.0 - min(0.9, 0.1 * (candidate.number - 1))
        source = -1
        for earlier in range(max(0, index - _LOOK_BACK), index):
            before = candidates[earlier]
            if before.style != candidate.style and "raised" in (before.style, candidate.style):
                continue
            total = scores[earlier] + 1.0 - _step_cost(before.number, candidate.number)
            if total > score:
                score, source = total, earlier
        scores.append(score)
        came_from.append(source)
        if score > best_total:
            best_total, best_last = score, index
    run: list[_Candidate] = []
    while best_last >= 0:
        run.append(candidates[best_last])
        best_last = came_from[best_last]
    return run[::-1]


def _note_starts(lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]]) -> list[_Candidate]:
    """Return the note starts of the text: those in lists of notes, and those at the foot of pages."""
    alone = _notes_alone(lines)
    if alone:
        return alone
    candidates = list(_candidates(lines, regions))
    listed = [candidate for candidate in candidates if regions[candidate.line][0] == "notes"]
    starts = _best_run(sorted([*listed, *_bare_numbers(lines, regions, listed)], key=lambda each: each.line))
    elsewhere = [candidate for candidate in candidates if regions[candidate.line][0] == "body"]
    marked: list[_Candidate] = []
    for style, least in (("raised", 1), ("bracketed", 2)):
        run = _best_run([candidate for candidate in elsewhere if candidate.style == style])
        if len(run) >= least:
            marked += run
    if not starts:
        # Bare “14.” at line starts may be any numbered list: only a long run that cites counts. Beside it a raised
        # number or two at line starts are calls that lost their sentence.
        stretches = list(_stretches(_best_run([each for each in elsewhere if each.style == "dotted"])))
        longest = max(map(len, stretches), default=0)
        run = []
        for stretch in stretches:
            citing = sum(bool(_CITES.search(lines[each.line].text)) for each in stretch)
            if len(stretch) >= min(longest, _CHAPTER) and 2 * citing >= len(stretch):
                run += stretch
        if len(run) >= max(3, 4 * len(marked)):
            marked = run
    starts += marked
    return sorted(starts, key=lambda candidate: candidate.line)


# “14 ”, “(14) ” and the others; a number without any mark is believed only where nothing but notes can be meant.
_ANY_LABEL = re.compile(r"(?P<open>[\[(])?(?P<number>\d{1,3})(?(open)[\])]\.?|[.)]?)[ \t]+(?=\S)")


def _notes_alone(lines: Sequence[Line]) -> list[_Candidate]:
    """Return the note starts of a text that is nothing but notes, as they are copied from a manuscript.

    It begins with a number, each paragraph begins with the next one, and at least half of them cite.
    """
    starts: list[_Candidate] = []
    after_gap = True
    for line in lines:
        if line.blank:
            after_gap = True
            continue
        label = _ANY_LABEL.match(line.text)
        if label is not None and not _LEVEL_AFTER_NUMBER.match(line.text, label.end()):
            number = int(label["number"])
            if number == 0 or (starts and number != starts[-1].number + 1):
                # A number is lost, or counting starts again, or this is no number of a note: not as plain as that.
                return []
            starts.append(
                _Candidate(line.index, number, label["number"], *label.span("number"), label.end(), "alone")
            )
        elif after_gap:
            return []
        after_gap = False
    citing = sum(bool(_CITES.search(lines[start.line].text, start.text_start)) for start in starts)
    return starts if 2 * citing >= len(starts) else []


# “9 Quine, …”: under the heading of notes a number needs no mark, where it goes on with the numbers before it. A day
# with its month is none.
_BARE_LABEL = re.compile(r"(?P<bare>\d{1,3})[ \t]+(?![^\W\d_]{3,10}\.?\s\d{4})(?=[*_]*[^\W\d_a-z]|[‘“\"«„(])")
_FEWEST_BARE = 3


def _bare_numbers(
    lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]], listed: Sequence[_Candidate]
) -> list[_Candidate]:
    """Return the note starts in lists of notes that are numbers without any mark, three in a row at least.

    They begin with 1, or go on after a number that is marked; a number that is marked somewhere is no bare one.
    """
    marked = {candidate.number for candidate in listed}
    found: list[_Candidate] = []
    chain: list[_Candidate] = []
    position, last = 0, 0
    for line in lines:
        while position < len(listed) and listed[position].line <= line.index:
            last, position = listed[position].number, position + 1
        if regions[line.index][0] != "notes" or (
            line.index and not lines[line.index - 1].blank and not chain
        ):
            continue
        label = _BARE_LABEL.match(line.text)
        if label is None:
            continue
        number = int(label["bare"])
        if number in marked or number not in (1, last + 1):
            continue
        if number == 1 and chain:
            found += chain if len(chain) >= _FEWEST_BARE else []
            chain = []
        last = number
        chain.append(_Candidate(line.index, number, label["bare"], *label.span("bare"), label.end(), "bare"))
    return found + (chain if len(chain) >= _FEWEST_BARE else [])


# A chapter has as many notes at least; what has fewer is a list of points.
_CHAPTER = 5


def _stretches(run: Sequence[_Candidate]) -> Iterator[list[_Candidate]]:
    """Yield the parts of a run of numbers that begin anew; a numbered list may follow the notes of a text."""
    stretch: list[_Candidate] = []
    for candidate in run:
        if stretch and candidate.number <= stretch[-1].number:
            yield stretch
            stretch = []
        stretch.append(candidate)
    if stretch:
        yield stretch


_CITES = re.compile(
    r"\bibid|\bpp?\.\s?\d|\(\d{4}\)|\d{4}\):|\b\d{1,4}[–-]\d{1,4}\b|\b[A-ZА-Я]{3,7}, |\bop\. cit",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r"(\d{1,4})\.\s+(?=[A-ZÀ-ÞА-ЯŐŰ“\"„«*‘'])")


def _read_notes(
    lines: Sequence[Line],
    regions: Sequence[tuple[Region, str | None]],
    starts: Sequence[_Candidate],
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
    start: _Candidate, passage: Passage, label_span: Span, starts: Sequence[_Candidate], place: int
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
        match = _ABBREVIATION.fullmatch(line.text)
        if match is not None and sum(letter.isupper() for letter in match.group(1)) >= 2:
            yield Abbreviation(match.group(1), match.group(2).strip(), line.passage.span(*match.span()))


def _markers(body: Iterable[Passage]) -> Iterator[Marker]:
    for passage in body:
        for match in _MARKER.finditer(passage.text):
            label = match.group(1) or match.group().translate(_SUPERSCRIPTS)
            yield Marker(label, passage.span(*match.span()))
