"""Reads dates as historians write them, in three dozen languages, into EDTF level 0.

A date is as precise as it is written: ``1957-05-28``, ``1962-08`` or ``1956``. Nothing is added:
a season gives its year, a range its beginning, 3/4/1956 (the third of April, or the fourth of March?)
its year. Nothing is corrected either: 31 June comes out as ``1956-06-31``, for a rule to find. Of an old
style's double year (12 February 1642/3) the second is taken, which is the year as we begin it, in January.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import attrs

from citecheck.patterns import compiled
from citecheck.reading.months import is_month, month_number

_ROMAN_MONTHS = {
    roman: number
    for number, roman in enumerate(
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), start=1
    )
}
_SEASON_WORDS = """
    spring summer fall autumn winter frühjahr frühling sommer herbst printemps été automne hiver весна лето
    осень зима весной летом осенью зимой tavasz nyár ősz tél wiosna lato jesień zima jaro léto podzim
    """.split()  # noqa: SIM905


# Stand in a shape for its month, and for a month that ends a range.
_MONTH = "\1"
_LAST_MONTH = "\0"
_ROMAN_MONTH = r"(?:XII|XI|IX|X|IV|VIII|VII|VI|V|III|II|I)"
_SEASON = rf"(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{word[1:]}' for word in _SEASON_WORDS)})(?![^\W\d_])"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?!\d)"
# The last figure of a later year: 1953–7, but 1956-1 is something else.
_LATER_FIGURE = (
    "(?:"
    + "|".join(rf"(?<={figure}[–—-])[{figure + 1}-9]" for figure in range(9))
    + r")(?![\d–—-]|\s?[–—/]\s?\d)"
)
# Old style: the year that began on 25 March, and ours, in which the days before it fell: 12 February 1642/3.
_DOUBLE_YEAR = r"(?:(?<=\b1[0-7]\d\d)/(?P<g>\d{4}|\d{1,2})(?!\d))?"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_NTH = r"(?:st|nd|rd|th|er|ère|º|°|-?го|-го|-е|-án|-én|-i|-je|-jén)?"
_TO = r"\s?[–—‒-]\s?"
_OF = r"(?:\s?(?:\s|\.\s?)(?:of\s|de\s|del\s|d['’])?)"
# “1956 г.”, “1945 r.”, “1958 року”: the word “year” after the number.
_YEAR_WORD = (
    r"(?:\s?(?:г(?:г|од[ауе]?|один[аеу])?|g(?:g|od[aue]?|odin[aeu])?|r|р|рок[уи]|рік|rok[uy])\b\.?"
    r"|\.\s(?:god(?:in[aeu])?|год(?:ин[аеу])?)\b\.?)?"
)
_BEFORE = r"(?<![\w/])(?<![\d/][.–-])"
_AFTER = r"(?![\w/])"

# Months of the Islamic calendar, as Turks, Arabists and the Ottoman archive's catalogue write them, …
_ISLAMIC_MONTH = (
    r"(?:[Mm]uharr?em|[Mm]uharram|[Ss]afer|[Ss]afar|[Rr]eb[iî][^\W\d_'’-]*|[Rr]ab[iīîı]['’ʿ]?|[CcJj]em[aâ]z[iî][^\W\d_'’-]*"
    r"|[Jj]um[aā]d[aāá]|[Rr]e[cj]eb|[Rr]ecep|[Rr]ajab|[Şş]a['’ʿ]?b[aâ]n|[Ss]ha['’ʿ]?b[aāâ]n|[Rr]ama[zdḍż][aâā]n"
    r"|[Şş]evv[aâ]l|[Ss]haww[aā]l|[Zz]ilka['’ʿ]?de|[Zz]ilhicce|[Dd]h[uūû][ʾ'’-]?\s?['’]?(?:a?l-)?[QqHhḤḥ][^\W\d_]*['’ʿ]?[^\W\d_]*)"
    r"(?:[-\s'’ü]+(?:[aeuü]l-?\s?[^\W\d_]+|[ae]vvel|[aâ]h[iı]r|I{1,2}))?"
)
# … and those of the Ottoman financial calendar, which shares them with modern Turkey's.
_RUMI_MONTH = (
    r"(?:[Tt]e[şs]r[iî]n|[KkCc][aâ]n[uû]n)(?:-[iıuü])?[-\s]?(?:[Ee]vvel|[Ss][aâ]n[iî])"
    r"|[Şş]ubat|[Mm]art|[Nn]isan|[Mm]ay[ıi]s|[Hh]aziran|[Tt]emmuz|[Aa][ğg]ustos|[Ee]yl[üu]l"
)
# 12 Safer 1309 · 12 S 1309 and 12/S/1309 as the catalogue has it · 24 Teşrin-i sani 1321 · 1309 (Hicrî) · AH 1309
_OF_ANOTHER_CALENDAR = (
    rf"(?P<h>(?:{_DAY}(?!\d)\.?\s?)?(?:{_ISLAMIC_MONTH}),?\s(?:sene\s)?1[0-4]\d\d(?!\d)"
    rf"|{_DAY}(?!\d)\s?[/.\s]\s?(?:Ra?|Ca?|Za?|[MSBŞNL])\s?[/.\s]\s?1[0-4]\d\d(?!\d)"
    rf"|(?:{_DAY}(?!\d)\.?\s?)?(?:{_RUMI_MONTH}),?\s(?:sene\s)?(?:12[5-9]\d|13[0-4]\d)(?!\d)"
    r"|1[0-4]\d\d\s?\(?\s?(?:[Hh]icr[iî]|[Rr]um[iî]|A\.?H\.)\s?\)?|(?:A\.?H\.?|[Hh]icr[iî]|[Rr]um[iî])\s1[0-4]\d\d(?!\d))"
    r"(?:\s?\((?:[Hh]icr[iî]|[Rr]um[iî]|H|R)\.?\))?(?!\w)"
)

# Each shape of a date. Group names mean: d day, m month, y year; r a month in Roman figures, n one in Arabic
# figures; z, w and x are day, month and year of the end of a range, l the last figure of such a year; g is the
# second of a double year; a and b are either day or month.
# At each word of a text only those are tried that a word may open, which spares half of the time.
_FROM_FIGURES = (
    # 19 April 1956 · «14» ноября 1958 года · 3.–5. Mai 1957 · 28 August–2 September 1956
    # · 28 December 1956–3 January 1957
    rf"(?:[«“\"„]\s?)?(?P<d>{_DAY})(?!\d)(?:\s?[»”\"])?{_NTH}\.?(?:\s?(?:[–—‒/-]"
    rf"|до)\s?(?P<z>{_DAY}){_NTH}\.?)?{_OF}(?P<m>{_MONTH}),?"
    rf"(?:{_TO}(?P<e>{_DAY}){_NTH}\.?\s(?P<w>{_LAST_MONTH}),?)?(?:\sde[l]?)?\s?(?P<y>{_YEAR}){_DOUBLE_YEAR}{_YEAR_WORD}"
    rf"(?:{_TO}(?P<f>{_DAY}){_NTH}\.?\s(?P<v>{_LAST_MONTH}),?\s(?P<x>{_YEAR}){_YEAR_WORD})?",
    # 1956. gada 14. jūnijā
    rf"(?P<y>{_YEAR})\.?\s?[Gg]ada\s(?P<d>{_DAY})\.\s?(?P<m>{_MONTH})",
    # 1956. október 23. · 1956. X. 23. · 1956 október · 1956, April 19; not “tel. 1006, February 15, 1965”
    rf"(?P<y>{_YEAR})[.,]?\s(?![^\W\d_]{{3,9}}\.?\s\d{{1,2}},?\s(?:1[5-9]|20)\d\d(?!\d))(?:(?P<m>{_MONTH})|(?P<r>{_ROMAN_MONTH})\.)"
    rf"(?:\s?(?P<d>{_DAY})(?!\d)(?:{_TO}(?P<z>{_DAY})(?!\d))?{_NTH}\.?)?",
    # 1956 m. birželio 14 d.
    rf"(?P<y>{_YEAR})\s?m\.\s(?P<m>{_MONTH})(?:\s(?P<d>{_DAY})(?!\d)(?:\s?d\.)?)?",
    # 17 XII 1945 r. · 17.XII.1945 · 17. XII. 1945
    rf"(?P<d>{_DAY})(?:\.\s?|\s|-|/)(?P<r>{_ROMAN_MONTH})(?:\.\s?|\s|-|/)(?P<y>{_YEAR}){_YEAR_WORD}",
    # 17.12.1945 · 17. 12. 1945 · 1.–3.12.1945
    rf"(?P<d>{_DAY})\.(?:{_TO}(?P<z>{_DAY})\.)?\s?(?P<n>1[0-2]|0?[1-9])\.\s?(?P<y>{_YEAR}){_YEAR_WORD}",
    # 3/4/1956
    rf"(?P<a>{_DAY})/(?P<b>{_DAY})/(?P<y>{_YEAR})",
    # 1956-04-19
    rf"(?P<y>{_YEAR})-(?P<n>1[0-2]|0[1-9])-(?P<d>{_DAY})(?!\d)",
    # 1956. 04. 19. · 1956.4.19
    rf"(?P<y>{_YEAR})\.\s?(?P<n>1[0-2]|0?[1-9])\.\s?(?P<d>{_DAY})(?!\d)\.?",
    # 1956年4月19日 · 1956년 4월 19일
    rf"(?P<y>{_YEAR})\s?[年년]\s?(?P<n>1[0-2]|0?[1-9])\s?[月월](?:\s?(?P<d>{_DAY})\s?[日일])?",
    # 1309/1892: the year of the Islamic calendar, then ours
    r"1[0-4][0-9]{2}/(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?!\d)",
    # 1956 · 1951–54 · 1953–7
    rf"(?P<y>{_YEAR})(?:[/–—-](?P<x>\d{{4}}|\d{{2}})(?!\d)|[–—-](?P<l>{_LATER_FIGURE}))?{_YEAR_WORD}",
)
_FROM_WORDS = (
    # April 19, 1956 · May 5–7, 1956 · May 30–June 2, 1956
    rf"(?P<m>{_MONTH})\s(?P<d>{_DAY})(?!\d){_NTH}(?:{_TO}(?:(?P<w>{_LAST_MONTH})\s)?(?P<z>{_DAY})(?!\d){_NTH})?(?:,\s?"
    rf"|\s)(?P<y>{_YEAR}){_DOUBLE_YEAR}"
    rf"(?:{_TO}(?P<v>{_LAST_MONTH})\s(?P<f>{_DAY}){_NTH},?\s(?P<x>{_YEAR}))?",
    # August 1962 · May–June 1956 · April/May 1956 · Apr. – Jun., 1963 · août 1962 · octubre de 1956
    rf"(?P<m>{_MONTH})(?:(?:{_TO}|\s?/\s?)(?P<w>{_LAST_MONTH}))?(?:,|\sof|\sdel?)?\s(?P<y>{_YEAR}){_DOUBLE_YEAR}{_YEAR_WORD}"
    rf"(?:{_TO}(?P<v>{_LAST_MONTH})\s(?P<x>{_YEAR}){_YEAR_WORD})?",
    # ngày 5 tháng 6 năm 1956 · tháng 6 năm 1956 · 5 tháng 6, 1956
    rf"(?:[Nn]gày\s)?(?:(?P<d>{_DAY})(?!\d),?\s)?[Tt]háng\s(?P<n>1[0-2]|0?[1-9])(?:,?\snăm\s|,\s|\s?[/-]\s?|\s)(?P<y>{_YEAR})",
    # Winter 1995/96 · Winter 2002-spring 2003 · Fall/Winter 2001
    rf"{_SEASON}(?:\s(?P<y>{_YEAR})(?:{_TO}|\s?/\s?){_SEASON}\s(?P<x>{_YEAR})|(?:(?:\s?/\s?"
    rf"|{_TO}){_SEASON})?(?:\s(?:of|de))?,?\s(?P<q>{_YEAR})(?:[/–-](?P<u>\d{{4}}|\d{{2}})(?!\d))?)",
)


def _numbered(shape: str, number: int) -> str:
    return re.sub(r"\(\?P<(\w)>", rf"(?P<\g<1>{number}>", shape)


_NUMBERED = [_numbered(shape, number) for number, shape in enumerate(_FROM_FIGURES + _FROM_WORDS)]
# The names of months are nine thousand letters, and a pattern of them all would take longer to compile than most
# manuscripts to read. So any word may stand for a month here; where it is none, the shapes without words read again.
_ANY_WORD = (
    r"(?:[^\W\d_]{3,13}+(?![^\W\d_\u0301\u0361])|(?=[^\W\d_]{1,13}[\u0301\u0361])(?:[^\W\d_][\u0301\u0361]?){3,13}+)"
    r"['’ʹʼ]?+(?![^\W\d_])\.?"
)
# What stands behind the word that opens a date: a figure, or what leads on to one.
_BEFORE_FIGURE = r"(?=\s?[\d–—‒/-]|,?\s(?:\d|of\s|del?\s))"
# What the season opens, or the Vietnamese word for day or month.
_BEGINS_OTHERS = "".join(
    sorted({*"NnTt", *(each for word in _SEASON_WORDS for each in (word[0], word[0].upper()))})
)
_NEVER = r"(?!)"


def _pattern(month: str, last_month: str, *, other_calendars: bool = False) -> re.Pattern[str]:
    """Return the pattern of a date, with what stands for its months."""
    # Without words for months, a shape that must have one is none.
    may_match = [
        shape for shape in _NUMBERED if month != _NEVER or _MONTH not in shape or _ROMAN_MONTH in shape
    ]
    figures = [shape for shape in may_match if shape in _NUMBERED[: len(_FROM_FIGURES)]]
    words = [shape for shape in may_match if shape not in figures]
    of_months = [shape for shape in words if _MONTH in shape]
    others = [shape for shape in words if _MONTH not in shape]
    # A look at what follows spares most places of a text the shapes.
    shapes = rf"(?=[\d«“\"„])(?:{'|'.join(figures)})|(?=[{_BEGINS_OTHERS}\d])(?:{'|'.join(others)})"
    if of_months:
        shapes = rf"(?={_MONTH}{_BEFORE_FIGURE})(?:{'|'.join(of_months)})|{shapes}"
    shapes = shapes.replace(_LAST_MONTH, last_month).replace(_MONTH, month)
    of_others = f"{_OF_ANOTHER_CALENDAR}|" if other_calendars else ""
    return compiled(rf"{_BEFORE}(?:{of_others}(?:{shapes}){_AFTER})")


_DATE = _pattern(_ANY_WORD, _ANY_WORD)
# What a date may have: to look for four figures first takes a twentieth of the time. A year of another calendar is
# one of theirs as well.
_ANY_YEAR = re.compile(r"1\d{3}|20\d\d")
_OTHER_YEAR = re.compile(r"1[0-4]\d\d")
_REACH_OF_YEAR = 120
"""How far behind the beginning of a date its year may stand."""
# The names of a date's parts, by any of them: all bear the number of the shape.
_PARTS_BESIDE = {
    name: tuple(other for other in _DATE.groupindex if other[1:] == name[1:]) for name in _DATE.groupindex
}


@cache
def _date_of_any_calendar() -> re.Pattern[str]:
    return _pattern(_ANY_WORD, _ANY_WORD, other_calendars=True)


# What is tried where a word turns out to be no month. A date of another calendar would have been found before.
@cache
def _date_without_ranges() -> re.Pattern[str]:
    return _pattern(_ANY_WORD, _NEVER)


@cache
def _date_in_figures() -> re.Pattern[str]:
    return _pattern(_NEVER, _NEVER)


def _date_pattern(text: str, start: int, end: int) -> re.Pattern[str]:
    """Return the pattern of the dates that ``text[start:end]`` may hold."""
    return _DATE if _OTHER_YEAR.search(text, start, end) is None else _date_of_any_calendar()


@attrs.frozen
class FoundDate:
    """A date in a text: its range, and its value in EDTF level 0.

    Of a range of dates, ``value`` is the first and ``until`` the last.
    """

    start: int
    end: int
    value: str
    until: str | None = None

    @property
    def interval(self) -> str:
        """The whole of it, as EDTF writes intervals: ``1963-04/1963-06``; a single date as it is."""
        return self.value if self.until is None else f"{self.value}/{self.until}"


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """Yield the dates in ``text[start:end]`` in order, bare years among them."""
    for match, parts in _matches(text, start, len(text) if end is None else end):
        if "h" not in parts:
            yield FoundDate(match.start(), match.end(), *_read(parts))


def _matches(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield each date in ``text[start:end]`` with its parts, those of other calendars among them."""
    pattern = _date_pattern(text, start, end)
    while _ANY_YEAR.search(text, start, end) is not None:
        candidate = pattern.search(text, start, end)
        if candidate is None:
            break
        sure = _made_sure(candidate, end)
        if sure is not None:
            yield sure
            start = sure[0].end()
        else:
            # Behind “London, 1956” the year is still to be found, and behind “5 people in May 1956” the date.
            month = next((name for name in candidate.groupdict() if name[0] == "m" and candidate[name]), None)
            start = candidate.end(month) if month is not None else candidate.end()


def _made_sure(candidate: re.Match[str], end: int) -> tuple[re.Match[str], dict[str, str]] | None:
    """Return the date that stands where a candidate was found, with its parts; None where none does."""
    parts = _parts(candidate)
    if all(is_month(parts[key]) for key in "mwv" if key in parts):
        return candidate, parts
    text, start = candidate.string, candidate.start()
    patterns = (
        (_date_without_ranges, _date_in_figures) if is_month(parts.get("m", "")) else (_date_in_figures,)
    )
    for pattern in patterns:
        match = pattern().match(text, start, end)
        parts = _parts(match) if match is not None else {}
        if match is not None and is_month(parts.get("m", "may")):
            return match, parts
    return None


def find_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """Return the last date in ``text[start:end]``, or None where there is none.

    A bare year counts only where no date with a month stands in the range: in “Report of 19 April 1956
    on the plan for 1957” the document's date is the first.
    """
    last = None
    for found in find_dates(text, start, end):
        if last is None or len(found.value) > 4 or len(last.value) == 4:
            last = found
    return last


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """Return the EDTF value of a text that is one date and nothing else, or None where it is not.

    Brackets round the date, a weekday before it and “c.” are allowed: ``[12 March 1956]``.
    """
    bare = _OUTER.sub("", text)
    lead = _LEAD.match(bare)
    bare = bare[lead.end() :] if lead is not None else bare
    parts, end = _match_at(bare, 0, len(bare))
    if not parts or "h" in parts or bare[end:].strip(" .,?]"):
        return None
    return _read(parts)[0]


def _match_at(text: str, start: int, end: int) -> tuple[dict[str, str], int]:
    """Return the parts of the date that begins at ``start``, none where none does, and where it ends."""
    reach = min(end, start + _REACH_OF_YEAR)
    if _ANY_YEAR.search(text, start, reach) is None:
        return {}, start
    candidate = _date_pattern(text, start, reach).match(text, start, end)
    sure = _made_sure(candidate, end) if candidate is not None else None
    return (sure[1], sure[0].end()) if sure is not None else ({}, start)


def any_date_at(text: str, start: int, end: int) -> int | None:
    """Return where a date that begins at ``start`` ends, be it a bare year or of another calendar; else None."""
    parts, date_end = _match_at(text, start, end)
    return date_end if parts else None


def find_other_calendar(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Return where the last date of the Islamic or the Ottoman financial calendar stands in ``text[start:end]``.

    Such dates are kept as they are written and never counted as years of our era: 12 Safer 1309 is no
    day of the fourteenth century.
    """
    end = len(text) if end is None else end
    if _OTHER_YEAR.search(text, start, end) is None:
        return None
    found = [match.span() for match in _another_calendar().finditer(text, start, end)]
    return found[-1] if found else None


@cache
def _another_calendar() -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{_OF_ANOTHER_CALENDAR})")


def date_at(text: str, start: int) -> int | None:
    """Return where a date that a day or a year opens at ``start`` ends, or None where none does.

    The day may stand there with a month alone (Odessa, 4. August). What may be a shelfmark (3/4/1956) is no date,
    nor is what may be the name of a folder: a year, a month with its year.
    """
    if text[start : start + 1].isdigit() and _DAY_OR_YEAR.match(text, start) is None:
        return None
    parts, end = _match_at(text, start, len(text))
    if "h" in parts or ("d" in parts and text[start].isdigit()):
        return end
    day = _DAY_AND_MONTH.match(text, start)
    return day.end() if day is not None and is_month(day.group(1)) else None


# Most numbers in archival references are neither: 003109/1957, 5/c.
_DAY_OR_YEAR = re.compile(r"(?:\d{1,2}|1\d{3}|20\d\d)(?!\d|/[a-z])")
# Abbreviations may be labels too, and a letter behind a day a piece of a code.
_DAY_AND_MONTH = re.compile(rf"{_BEFORE}{_DAY}(?!\d){_NTH}{_OF}((?=[^\W\d_]{{4}}){_ANY_WORD}){_AFTER}")


_OUTER = re.compile(r"^[\s,;]*[\[(]?\s*|\s*[\])]?[\s,;]*$")
_LEAD = re.compile(
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,?\s|dated\s|(?:c|ca|circa)\.?\s|от\s|vom\s"
    r"|du\s|le\s)+",
    re.IGNORECASE,
)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """Return the parts of a date by their letters; “o” is the full stop behind the day, where one stands."""
    last = match.lastgroup or ""
    if last == "h":
        return {"h": match["h"]}
    parts = {name[0]: value for name in _PARTS_BESIDE[last] if (value := match[name]) is not None}
    if "d" in parts and match.string.startswith(".", match.end(f"d{last[1:]}")):
        parts["o"] = "."
    return parts


def _read(parts: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the first and the last date that the parts make; the last is None for a single date."""
    year = _year_of(parts)
    month = _month_number(parts)
    day = parts.get("d")
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        # Day and month change places across the Atlantic; only a number above 12 tells which is which.
        if first > 12 >= second or first == second:
            day, month = str(first), second
        elif second > 12:
            day, month = str(second), first
    start = _edtf(year, month, day)
    end_month = parts.get("v") or parts.get("w")
    end_day = parts.get("f") or parts.get("e") or parts.get("z")
    end_year = parts.get("x") or parts.get("u") or parts.get("l")
    if not (end_month or end_day or end_year):
        return start, None
    last_year = year[: 4 - len(end_year)] + end_year if end_year else year
    end = _edtf(last_year, _month_of(end_month, parts) if end_month else month, end_day)
    return start, end if end > start else None


def _year_of(parts: Mapping[str, str]) -> str:
    """Return the year; of a double one, the later, as we count years from January."""
    year = parts.get("y") or parts["q"]
    double = parts.get("g")
    later = str(int(year) + 1)
    return later if double is not None and later.endswith(double) else year


def _edtf(year: str, month: int | None, day: str | None) -> str:
    if month is None:
        return year
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{int(day):02}"


def _month_of(word: str, parts: Mapping[str, str]) -> int | None:
    return month_number(word, ordinal="o" in parts if "d" in parts else None)


def _month_number(parts: Mapping[str, str]) -> int | None:
    if "m" in parts:
        return _month_of(parts["m"], parts)
    if "r" in parts:
        return _ROMAN_MONTHS[parts["r"]]
    return int(parts["n"]) if "n" in parts else None
