"""Makes a citation of a place in an archive: with what describes and dates the document, before it and behind."""

import re

import attrs

from citecheck.alphabets import UPPER
from citecheck.archives import is_town
from citecheck.citations import (
    ArchivalReference,
    IbidReference,
    Name,
    Reference,
)
from citecheck.reading.archival import Place
from citecheck.reading.creators import read_name
from citecheck.reading.dates import FoundDate, find_date, find_dates, find_other_calendar
from citecheck.reading.descriptions import described_behind
from citecheck.reading.levels import Reading, read_all_levels
from citecheck.reading.works import Found

# What may stand between a date and the place: “19 April 1956. RGANI”, “19 April 1956) // RGANI”.
DATE_JOINT = re.compile(r"[)\]]?\s*(?:г\.|r\.)?\s*[.,:]?\s*(?://\s*)?$")


# Who keeps or passes on the document may be named between: “1959, History and Public Policy Program Digital Archive, MOL”.
_NAME_BETWEEN = re.compile(
    r"[”\"]?,\s+(?:the\s+)?[A-ZÀ-Þ][\w'’&-]*(?:\s+(?:[A-ZÀ-Þ][\w'’&-]*|and|of|the|for|on|in)){1,14}[,.:]\s+"
)
# What may stand between a description and its place without belonging to it.
_UNDATED = re.compile(
    r",?\s*[(\[]?(?:undated|no date|n\.\s?d\.|without date|без даты|б\.\s?д\.|o\.\s?D\.|s\.\s?d\.|bez data|b\.\s?d\.)[)\]]?[\s,.]*$",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"[\s,.;:(\[–—/]*(?:(?<!\w)(?:от|vom|am|dated|du|z(?:\s+dnia)?|ze\s+dne|від|datert|of|on|on the|le)\s*)?[\s,(\[]*$"
)
_CLOSING = re.compile(
    r"[\s,.;:(\[–—/*]*(?:\b(?:enclosed|enclosure|cited|quoted|filed|held|available|found)\s+(?:in|at)(?:\s+the)?)?(?:\s+(?:British|the))?[\s,.;:(\[–—/]*$"
)
_TRANSLATED = re.compile(r",\s*(translated\s+by\s+(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,4})(?=[.,;)\]]|$)")
_DATE_BEHIND = re.compile(r"[\s,]*(?:[A-Z]{2,6},\s*)?$")


def cite_place(text: str, start: int, place: Place, clause_end: int, signal: str | None) -> Found:
    """Make the citation of a place, with the description and the date before it and what belongs to it behind."""
    date = find_date(text, start, place.start)
    if (
        date is not None
        and not DATE_JOINT.fullmatch(text, date.end, place.start)
        and place.start - date.end > 40
        and not _NAME_BETWEEN.fullmatch(text, date.end, place.start)
    ):
        date = None
    date = _of_cover(text, start, place, date)
    date = _first_of_two(text, start, date)
    other_date = find_other_calendar(text, start, place.start) if date is None else None
    end = place.end
    closing = _leaves_behind(text, place, clause_end) if date is None else None
    if closing is not None:
        clause_end = closing[0]
    described = describe(text, start, date.start if date is not None else place.start, date)
    if described is not None and date is None and is_town(described):
        # “Kew, TNA, HO 144/1645”: the archive's town.
        described, start = None, place.start
    if date is None and described is None:
        behind = described_behind(text, place.end, clause_end)
        if behind is not None:
            described, date, end = behind
    if place.description is not None and described is None:
        # Polish notes describe between the levels: “sygn. 5/467, Pismo …, 17 XII 1945 r., k. 3”.
        within, within_end = place.description
        date = date or find_date(text, within, within_end)
        described = describe(
            text, within, date.start if date is not None and date.start >= within else within_end, date
        )
    if date is None:
        date = _date_right_behind(text, place.end, clause_end)
        end = date.end if date is not None else end
    if date is None and described is None:
        described, date, end = _dated_otherwise(text, place.end, clause_end) or (None, None, end)
        other_date = find_other_calendar(text, place.end, end)
    called = closing is not None and date is None and described is None
    if called and closing is not None and _CALLED.fullmatch(text, place.end, closing[0]):
        end = closing[0]
    if closing is not None and end > place.end and not text[end:clause_end].strip(" ,"):
        place, end = attrs.evolve(place, locators=closing[1].locators), closing[1].end
    translated = _TRANSLATED.match(text, end, clause_end)
    if translated is not None:
        end = translated.end()
        if described is not None:
            described = f"{described}; {translated.group(1).strip()}"
    begin = start if described is not None or (date is not None and date.start < place.start) else place.start
    description, creators = _read_authors(described)
    reference = reference_to(place, begin, description, date, creators, other_date)
    return Found(begin, end, reference, signal)


def cite_continuation(text: str, place: Place, clause_end: int, signal: str | None) -> Found:
    """Make the citation of a place that goes on from the one before, with the date behind it: “CAB 134/223, 1 July 1949”."""
    date = _date_right_behind(text, place.end, clause_end) if place.ibid is None else None
    end = date.end if date is not None else place.end
    return Found(place.start, end, reference_to(place, place.start, None, date, ()), signal)


def _date_right_behind(text: str, end: int, clause_end: int) -> FoundDate | None:
    near = find_date(text, end, min(clause_end, end + 30))
    return near if near is not None and _DATE_BEHIND.fullmatch(text, end, near.start) else None


# What a volume is called: “Add. MS 51738, Holland House Papers, fols. 112–113”.
_CALLED = re.compile(r",\s+[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){1,3}")

_MOST_LEAVES = 4


def _leaves_behind(text: str, place: Place, clause_end: int) -> tuple[int, Reading] | None:
    """Return the leaves that close a clause, with where they begin: “d. 410, report by Ivanov, 13 March 1956, ll. 3–4”."""
    if place.locators or place.hierarchy is None:
        return None
    end = clause_end
    while end > place.end and text[end - 1] in " .;":
        end -= 1
    comma = end
    for _ in range(_MOST_LEAVES):
        comma = text.rfind(",", place.end + 1, comma)
        if comma < 0:
            return None
        reading = read_all_levels(text, comma, end, place.hierarchy)
        if reading is not None and reading.locators and not reading.printed:
            return comma, reading
    return None


_OURS_BEHIND = re.compile(r"\s*(?:[(\[/=]|,\s)\s*$")


def _dated_otherwise(text: str, start: int, clause_end: int) -> tuple[str, FoundDate | None, int] | None:
    """Return what stands behind a place that is dated by another calendar: “BOA, Y.PRK.EŞA, 14/33, 12 Safer 1309”.

    Such a date is kept as it is written, with the description; beside it ours may be given.
    """
    span = find_other_calendar(text, start, clause_end)
    if span is None or not re.fullmatch(
        rf"[\s,]*|,\s+(?=[{UPPER}])[^;()]{{4,160}}?,?\s+", text[start : span[0]]
    ):
        return None
    words = text[start : span[1]].strip(" ,")
    ours = find_date(text, span[1], min(clause_end, span[1] + 40))
    if ours is None or not _OURS_BEHIND.fullmatch(text, span[1], ours.start):
        return words, None, span[1]
    bracket = re.compile(r"\s?[)\]]").match(text, ours.end)
    return words, ours, bracket.end() if bracket is not None else ours.end


# “Telegram, Mao to Stalin, 8 February 1952, with 22 January 1952 telegram from Peng and 4 February 1952 reply from Mao”
_ENCLOSES = re.compile(r",?\s(?:with|enclosing|conveying|transmitting|forwarding|containing|attaching)\s")


def _of_cover(text: str, start: int, place: Place, date: FoundDate | None) -> FoundDate | None:
    """Return the date of the paper that others came with, where theirs stand behind it and none stands before the place."""
    if date is None or DATE_JOINT.fullmatch(text, date.end, place.start):
        return date
    first = next(find_dates(text[: place.start], start), None)
    return first if first is not None and _ENCLOSES.match(text, first.end) else date


# “Reports, 16 September 1957, and 10 October 1957”: two papers in one file; the reference is dated by the first.
_TWO_DATES = re.compile(r",?\s+(?:and|und|et|és|и)\s+")


def _first_of_two(text: str, start: int, date: FoundDate | None) -> FoundDate | None:
    first = find_date(text, start, date.start) if date is not None else None
    if date is not None and first is not None and _TWO_DATES.fullmatch(text, first.end, date.start):
        return attrs.evolve(first, end=date.end)
    return date


# “Report on Aid,” with a comma that belongs to the sentence; the closing mark may be gone with the date.
_ALL_QUOTED = re.compile(r"^[“\"«„]([^“”\"«»„]+?),?[”\"»“]?$")


def describe(text: str, start: int, end: int, date: FoundDate | None) -> str | None:
    """Return what describes the document in ``text[start:end]``, or None where that is but the run of a sentence."""
    words = text[start:end]
    if date is None:
        words = _without_end(_UNDATED, words)
        if re.search(r"[a-zа-яё]\s+$", words) and not re.search(
            r"\b(?:enclosed|cited|quoted)\s+(?:in|at)\s+(?:the\s+|British\s+)?$", words
        ):
            # “The originals are in RGANI, f. 5”: a sentence runs on into the place.
            return None
    words = _without_end(_BEFORE_DATE, words) if date is not None else words
    words = _without_end(_CLOSING, words).strip(" ,.;:([–—/*").strip()
    words = words.removeprefix("Source:").lstrip()
    quoted = _ALL_QUOTED.match(words)
    return " ".join((words if quoted is None else quoted[1]).split()) or None


_LONGEST_END = 40


def _without_end(pattern: re.Pattern[str], words: str) -> str:
    """Return words without what a pattern finds at their end; it looks no farther back than that may reach."""
    match = pattern.search(words, max(0, len(words) - _LONGEST_END))
    return words if match is None else words[: match.start()]


_NAME = r"(?:(?:[A-ZÀ-ÞА-Я]\.\s?){1,3}|(?:[A-ZÀ-ÞА-Я][\w’'-]+\s){1,2})[A-ZÀ-ÞА-Я][\w’'-]+"
_COMPOSED_BY = re.compile(
    rf"\s*,?\s*(?:composed|compiled|prepared|written|drafted|recorded)\s+by\s+(.*?)({_NAME})(?=$|[,;])"
)
_REPORT_BY = re.compile(
    rf"\b(?:[Rr]eport|[Ll]etter|[Nn]ote|[Mm]emorandum|[Tt]elegram|[Cc]able|[Ii]nformation|[Aa]ccount|[Ss]tatement)\s+(?:by|from)\s+({_NAME})(?=\s|,|$)"
)
_DIARY_OF = re.compile(r"\b(?:[Dd]iary|[Jj]ournal)\s+of\s+.*?((?:[A-ZА-Я]\.\s?){1,3}[A-ZА-Я][\w’'-]+)(?=$|,)")


def _read_authors(description: str | None) -> tuple[str | None, tuple[Name, ...]]:
    """Return the description with the authors whom it names; “composed by …” is taken out of it."""
    if description is None:
        return None, ()
    composed = _COMPOSED_BY.search(description) if " by " in description else None
    if composed is not None:
        return description.replace(composed.group(), "", 1), (read_name(composed.group(2)),)
    match = _REPORT_BY.search(description) or _DIARY_OF.search(description)
    return description, (read_name(match.group(1)),) if match is not None else ()


def reference_to(
    place: Place,
    start: int,
    description: str | None,
    date: FoundDate | None,
    creators: tuple[Name, ...],
    other_date: tuple[int, int] | None = None,
) -> Reference:
    """Turn a place into a reference whose spans count from the citation's beginning.

    ``other_date`` is where a date of another calendar stands, which the description keeps.
    """
    dated = (date.start, date.end) if date is not None else other_date

    printed = tuple([level.at(_shift(level.span, start)) for level in place.printed])
    # Most levels are those that are printed; only their order may be another.
    moved = dict(zip(map(id, place.printed), printed, strict=True))
    levels = tuple([moved.get(id(level)) or level.at(_shift(level.span, start)) for level in place.levels])
    locators = tuple([locator.at(_shift(locator.span, start)) for locator in place.locators])
    if place.ibid is not None:
        return IbidReference(place.ibid, locators, levels)
    return ArchivalReference(
        archive=place.archive.id if place.archive is not None else None,
        levels=levels,
        locators=locators,
        description=description,
        date=date.value if date is not None else None,
        creators=creators,
        hierarchy=place.hierarchy.id if place.hierarchy is not None else None,
        archive_written=place.archive_written,
        archive_span=_shift(place.archive_span, start) if place.archive_span is not None else None,
        date_span=_shift(dated, start) if dated is not None else None,
        printed=printed,
        reference_span=_shift((place.start, place.end), start),
        carried=place.carried,
        stands_for=place.stands_for,
    )


def _shift(span: tuple[int, int], start: int) -> tuple[int, int]:
    return max(0, span[0] - start), max(0, span[1] - start)
