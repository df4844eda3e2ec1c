"""Finds where notes begin in lines of text: numbers that make a plausible run, though some are lost or misread."""

import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.readers.glued_calls import find_glued_numbers
from citecheck.readers.lines import Line
from citecheck.readers.regions import LABEL, Region

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_OCR_DIGITS = str.maketrans("IlO|", "1101")

# Words that make the number before them a level of an archive or a volume: “4. doboz”, “1370. f.”
_LEVEL_AFTER_NUMBER = re.compile(
    r"\s*(?:doboz|tétel|csomó|kötet|őe|ő\.\s?e|lap|apr\.|lp\.|cs\.|évf|Jg\.|Aufl\."
    # “2. f. 5, op. 28”: here the label belongs to the number behind it.
    r"|(?:f\.|fond\b|l\.)(?!\s?(?:[^\W\d_]{1,3}-)?\d+[^\W\d_]?(?:,|\.?\s(?:op|inv)\b)))"
)


@attrs.frozen
class NoteStart:
    """A line that may begin a note: its number, and where the note's own text starts in the line."""

    line: int
    number: int
    label: str
    label_start: int
    label_end: int
    text_start: int
    style: str


def _candidates(lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]]) -> Iterator[NoteStart]:
    for line in lines:
        if line.blank:
            continue
        match = LABEL.match(line.text)
        if match is not None and regions[line.index][0] in ("body", "notes"):
            style = match.lastgroup or ""
            label = match.group("bracketed") or match.group("dotted") or match.group("raised")
            digits = label.translate(SUPERSCRIPTS).translate(_OCR_DIGITS)
            continues = style == "dotted" and _LEVEL_AFTER_NUMBER.match(line.text, match.end()) is not None
            above = lines[line.index - 1].text[-2:] if line.index else ""
            # The end of a range or of a list of pages that goes over two lines: “Listy 164-”, “12, 88,” and “165.”
            continues = continues or (
                above[:1].isdigit()
                and (above[1:] in ("-", "–") or (above[1:] == "," and not line.text[match.end() :].strip()))
            )
            if not continues and int(digits) > 0:
                at = match.start(style)
                yield NoteStart(line.index, int(digits), digits, at, match.end(style), match.end(), style)


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


def _best_run(candidates: Sequence[NoteStart]) -> list[NoteStart]:
    """Choose the candidates that make the most plausible run of note numbers."""
    scores: list[float] = []
    # The best score up to each candidate: where even that would not do, nothing before it can.
    heights: list[float] = []
    came_from: list[int] = []
    best_total, best_last = 0.0, -1
    for index, candidate in enumerate(candidates):
        score = 1.0 - min(0.9, 0.1 * (candidate.number - 1))
        source = -1
        for earlier in range(index - 1, max(0, index - _LOOK_BACK) - 1, -1):
            if heights[earlier] + 1.0 < score:
                break
            before = candidates[earlier]
            if before.style != candidate.style and "raised" in (before.style, candidate.style):
                continue
            total = scores[earlier] + 1.0 - _step_cost(before.number, candidate.number)
            # Of two that are as good, the earlier is taken.
            if total > score or (total == score and source >= 0):
                score, source = total, earlier
        scores.append(score)
        heights.append(max(score, best_total))
        came_from.append(source)
        if score > best_total:
            best_total, best_last = score, index
    run: list[NoteStart] = []
    while best_last >= 0:
        run.append(candidates[best_last])
        best_last = came_from[best_last]
    return run[::-1]


def note_starts(lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]]) -> list[NoteStart]:
    """Return the note starts of the text: those in lists of notes, and those at the foot of pages."""
    alone = _notes_alone(lines)
    if alone:
        return alone
    candidates = list(_candidates(lines, regions))
    listed = [candidate for candidate in candidates if regions[candidate.line][0] == "notes"]
    starts = _best_run(sorted([*listed, *_bare_numbers(lines, regions, listed)], key=lambda each: each.line))
    elsewhere = [candidate for candidate in candidates if regions[candidate.line][0] == "body"]
    marked: list[NoteStart] = []
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
        called = _called_numbers(lines, regions)
        if len(called) > len(marked):
            marked = called
    starts += marked
    return sorted(starts, key=lambda candidate: candidate.line)


# “14 ”, “(14) ” and the others; a number without any mark is believed only where nothing but notes can be meant.
_ANY_LABEL = re.compile(r"(?P<open>[\[(])?(?P<number>\d{1,3})(?(open)[\])]\.?|[.)]?)[ \t]+(?=\S)")


def _notes_alone(lines: Sequence[Line]) -> list[NoteStart]:
    """Return the note starts of a text that is nothing but notes, as they are copied from a manuscript.

    It begins with a number, each paragraph begins with the next one, and at least half of them cite.
    """
    starts: list[NoteStart] = []
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
                NoteStart(line.index, number, label["number"], *label.span("number"), label.end(), "alone")
            )
        elif after_gap:
            return []
        after_gap = False
    citing = sum(bool(_CITES.search(lines[start.line].text, start.text_start)) for start in starts)
    return starts if 2 * citing >= len(starts) else []


# “9 Quine, …”: under the heading of notes a number needs no mark, where it goes on with the numbers before it. A day
# with its month is none.
_BARE_LABEL = re.compile(r"(?P<bare>\d{1,3})[ \t]+(?![^\W\d_]{3,10}\.?\s\d{4})(?=[*_]*[^\W\d_a-z]|[‘“\"«„(])")
_BARE_NUMBER = re.compile(r"(?P<bare>\d{1,3})(?:[ \t]+(?=\S)|(?=[^\W\d_a-z]|[“\"‘*]))")
_FEWEST_BARE = 3


def _bare_numbers(
    lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]], listed: Sequence[NoteStart]
) -> list[NoteStart]:
    """Return the note starts in lists of notes that are numbers without any mark, three in a row at least.

    They begin with 1, or go on after a number that is marked; a number that is marked somewhere is no bare one.
    """
    marked = {candidate.number for candidate in listed}
    found: list[NoteStart] = []
    chain: list[NoteStart] = []
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
        chain.append(NoteStart(line.index, number, label["bare"], *label.span("bare"), label.end(), "bare"))
    return found + (chain if len(chain) >= _FEWEST_BARE else [])


# How many numbers running may be lost between two notes.
_LOST = 2
# “… as early as 1951.14”, which is no decimal where note 14 follows.
_BEHIND_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[.,](?P<number>\d{1,3})(?=[”\"’)]*(?:\s|$))")


def _called_numbers(lines: Sequence[Line], regions: Sequence[tuple[Region, str | None]]) -> list[NoteStart]:
    """Return the notes at the foot of pages whose numbers have no mark, as printed books are saved: “1 Banac, …”.

    Such a number counts where the text above calls it, glued to a word: “… on 20 June 1948.1”. Counting may begin anew
    on each page. Only a chapter's worth of them counts, and only if they cite.
    """
    if not any(
        regions[line.index][0] == "body" and _opens(lines, line.index) and _BARE_NUMBER.match(line.text)
        for line in lines
    ):
        # Without a first note there is no other, and no call need be looked for.
        return []
    chain: list[NoteStart] = []
    called: dict[int, int] = {}
    in_note = False
    for line in lines:
        if line.blank or regions[line.index][0] != "body":
            in_note = False
            continue
        begins = in_note or _opens(lines, line.index)
        label = _BARE_NUMBER.match(line.text) if begins else None
        number = int(label["bare"]) if label is not None else 0
        last = chain[-1] if chain else None
        step = number - (last.number if last is not None else 0)
        # Below another note the next one needs no call: it may be misread or stand where none is looked for. After a gap,
        # where notes are lost, the call must stand behind the last note, and the text must begin as notes do.
        called_anew = number in called and (last is None or called[number] > last.line)
        goes_on = label is not None and (
            (step == 1 and (in_note or number in called))
            or (
                ((1 < step <= _LOST + 1 and number in called) or (step > 1 and called_anew))
                and not line.text[label.end()].islower()
            )
        )
        again = last is not None and number == 1 and called.get(1, -1) > last.line
        if label is not None and (goes_on or again):
            span = label.span("bare")
            chain.append(NoteStart(line.index, number, label["bare"], *span, label.end(), "called"))
            in_note = True
        elif not in_note:
            called.update((each.number, line.index) for each in find_glued_numbers([line.passage]))
            called.update((int(call["number"]), line.index) for call in _BEHIND_YEAR.finditer(line.text))
    citing = sum(bool(_CITES.search(lines[start.line].text, start.text_start)) for start in chain)
    return chain if len(chain) >= _CHAPTER and 2 * citing >= len(chain) else []


def _opens(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is the first, or stands behind a blank one."""
    return index == 0 or lines[index - 1].blank


# A chapter has as many notes at least; what has fewer is a list of points.
_CHAPTER = 5


def _stretches(run: Sequence[NoteStart]) -> Iterator[list[NoteStart]]:
    """Yield the parts of a run of numbers that begin anew; a numbered list may follow the notes of a text."""
    stretch: list[NoteStart] = []
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
