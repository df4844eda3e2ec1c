"""Reads dates as historians write them, in a dozen languages, into EDTF level 0.

A date is as precise as it is written: ``1957-05-28``, ``1962-08`` or ``1956``. Nothing is added:
a season gives its year, a range its beginning, 3/4/1956 (the third of April, or the fourth of March?)
its year. Nothing is corrected either: 31 June comes out as ``1956-06-31``, for a rule to find.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import attrs

# By month: names in all cases that dates use, then abbreviations, whose full stop is optional.
_MONTH_WORDS = (
    "january januar jänner janvier января январь января́ január januára januar januára stycznia styczeń "
    "ledna leden "
    "января січня січень ianuarie gennaio enero janeiro януари јануар "
    "jan janv янв січ stycz ian ene genn gen",
    "february februar feber février fevrier февраля февраль február februára lutego luty února únor "
    "лютого лютий februarie "
    "febbraio febrero fevereiro февруари фебруар feb febr févr fév февр фев лют febb",
    "march märz maerz mars марта март március marca marec marzec března březen березня березень martie "
    "marzo março mart "
    "mar mär мар márc mrz бер",
    "april avril апреля апрель április apríl apríla kwietnia kwiecień dubna duben квітня квітень aprilie "
    "aprile abril април "
    "apr avr апр ápr kwiec квіт abr",
    "may mai мая май május mája máj maj maja května květen травня травень maggio mayo maio мај máj трав magg",
    "june juni juin июня июнь június jún júna juna czerwca czerwiec června červen червня червень iunie "
    "giugno junio junho юни "
    "jun juin июн jún czerw черв iun giu",
    "july juli juillet июля июль július júl júla jula lipca lipiec července červenec липня липень iulie "
    "luglio julio julho юли "
    "jul juil июл júl лип iul lug",
    "august août aout августа август augusztus augusta sierpnia sierpień srpna srpen серпня серпень "
    "agosto avgust авг "
    "aug sierp серп ago",
    "september septembre сентября сентябрь szeptember septembra września wrzesień září вересня вересень "
    "septembrie settembre "
    "septiembre setembro септември septembar sep sept сент сен szept wrzes верес sett",
    "october oktober octobre октября октябрь október októbra października październik října říjen жовтня "
    "жовтень octombrie "
    "ottobre octubre outubro октомври oktobar oct okt окт paźdz жовт ott",
    "november novembre ноября ноябрь novembra listopada listopad листопада листопад noiembrie noviembre "
    "novembro ноември "
    "novembar nov ноя нояб listop лист noi",
    "december dezember décembre decembre декабря декабрь decembra grudnia grudzień prosince prosinec "
    "грудня грудень decembrie "
    "dicembre diciembre dezembro декември decembar dec déc dez дек grudz груд dic",
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
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


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, in lower case or with a capital.

    It is written as a tree of common beginnings: three hundred alternatives one after the other
    would all be tried at every word of a text.
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}

    def pattern(branch: dict, depth: int) -> str:  # type: ignore[type-arg]
        options = []
        for letter, rest in sorted(branch.items(), key=lambda item: item[0]):
            if letter:
                first = f"[{letter.upper()}{letter}]" if depth == 0 else letter
                options.append(first + pattern(rest, depth + 1))
        joined = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})" if options else ""
        if "" in branch and options:
            return f"(?:{joined})?"
        return joined

    return pattern(tree, 0)


_MONTH = rf"{_alternatives(_MONTHS)}(?![^\W\d_])\.?"
# For those who look for dates in shapes of their own: a month in words, in any language.
MONTH_PATTERN = _MONTH
# Stands in a shape for a month that ends a range.
_LAST_MONTH = "\0"
_ROMAN_MONTH = r"(?:XII|XI|IX|X|IV|VIII|VII|VI|V|III|II|I)"
_SEASON = rf"{_alternatives(_SEASON_WORDS)}(?![^\W\d_])"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?!\d)"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_NTH = r"(?:st|nd|rd|th|er|ère|º|°|-?го|-го|-е|-án|-én|-i|-je|-jén)?"
_TO = r"\s?[–—‒-]\s?"
_OF = r"(?:\s?(?:\s|\.\s?)(?:of\s|de\s|del\s|d['’])?)"
# “1956 г.”, “1945 r.”, “1958 року”: the word “year” after the number.
_YEAR_WORD = r"(?:\s?(?:г(?:г|од[ау]?)?|r|р|рок[уи]|roku)\b\.?)?"
_BEFORE = r"(?<![\w/])(?<![\d/][.–-])"
_AFTER = r"(?![\w/])"


# Each shape of a date. Group names mean: d day, m month, y year; r a month in Roman figures, n one in Arabic
# figures; z, w and x are day, month and year of the end of a range; a and b are either day or month.
_SHAPES = (
    # 19 April 1956 · «14» ноября 1958 года · 3.–5. Mai 1957 · 28 August–2 September 1956
    # · 28 December 1956–3 January 1957
    rf"(?:[«“\"„]\s?)?(?P<d>{_DAY})(?!\d)(?:\s?[»”\"])?{_NTH}\.?(?:\s?(?:[–—‒/-]"
    rf"|до)\s?(?P<z>{_DAY}){_NTH}\.?)?{_OF}(?P<m>{_MONTH}),?"
    rf"(?:{_TO}(?P<e>{_DAY}){_NTH}\.?\s(?P<w>{_LAST_MONTH}),?)?(?:\sde[l]?)?\s?(?P<y>{_YEAR}){_YEAR_WORD}"
    rf"(?:{_TO}(?P<f>{_DAY}){_NTH}\.?\s(?P<v>{_LAST_MONTH}),?\s(?P<x>{_YEAR}){_YEAR_WORD})?",
    # April 19, 1956 · May 5–7, 1956 · May 30–June 2, 1956
    rf"(?P<m>{_MONTH})\s(?P<d>{_DAY})(?!\d){_NTH}(?:{_TO}(?:(?P<w>{_LAST_MONTH})\s)?(?P<z>{_DAY})(?!\d){_NTH})?(?:,\s?"
    rf"|\s)(?P<y>{_YEAR})"
    rf"(?:{_TO}(?P<v>{_LAST_MONTH})\s(?P<f>{_DAY}){_NTH},?\s(?P<x>{_YEAR}))?",
    # August 1962 · May–June 1956 · April/May 1956 · Apr. – Jun., 1963 · août 1962 · octubre de 1956
    rf"(?P<m>{_MONTH})(?:(?:{_TO}|\s?/\s?)(?P<w>{_LAST_MONTH}))?(?:,|\sof|\sdel?)?\s(?P<y>{_YEAR}){_YEAR_WORD}"
    rf"(?:{_TO}(?P<v>{_LAST_MONTH})\s(?P<x>{_YEAR}){_YEAR_WORD})?",
    # 1956. október 23. · 1956. X. 23. · 1956 október · 1956, April 19
    rf"(?P<y>{_YEAR})[.,]?\s(?:(?P<m>{_MONTH})|(?P<r>{_ROMAN_MONTH})\.)"
    rf"(?:\s?(?P<d>{_DAY})(?!\d)(?:{_TO}(?P<z>{_DAY})(?!\d))?{_NTH}\.?)?",
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
    # Winter 1995/96 · Winter 2002-spring 2003 · Fall/Winter 2001
    rf"{_SEASON}(?:\s(?P<y>{_YEAR})(?:{_TO}|\s?/\s?){_SEASON}\s(?P<x>{_YEAR})|(?:(?:\s?/\s?"
    rf"|{_TO}){_SEASON})?(?:\s(?:of|de))?,?\s(?P<q>{_YEAR})(?:[/–-](?P<u>\d{{4}}|\d{{2}})(?!\d))?)",
    # 1956 · 1951–54
    rf"(?P<y>{_YEAR})(?:[/–—-](?P<x>\d{{4}}|\d{{2}})(?!\d))?{_YEAR_WORD}",
)


def _numbered(shape: str, number: int) -> str:
    return re.sub(r"\(\?P<(\w)>", rf"(?P<\g<1>{number}>", shape)


_BARE_YEAR = len(_SHAPES) - 1
_NUMBERED_SHAPES = "|".join(_numbered(shape, number) for number, shape in enumerate(_SHAPES))
# The names of months are three thousand letters: compiled for the ends of ranges too, they were most of what
# a short run did with dates. So any word may end a range here; where it is no month, which is rare, the
# exact pattern reads again.
_ANY_WORD = r"(?:[^\W\d_]\u0301?){3,12}(?![^\W\d_])\.?"
_DATE = re.compile(rf"{_BEFORE}(?:{_NUMBERED_SHAPES.replace(_LAST_MONTH, _ANY_WORD)}){_AFTER}")


@cache
def _exact_date() -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}(?:{_NUMBERED_SHAPES.replace(_LAST_MONTH, _MONTH)}){_AFTER}")


_NAMELESS_SHAPES = "|".join(re.sub(r"[(][?]P<.>", "(?:", shape) for shape in _SHAPES)
DATE_PATTERN = rf"{_BEFORE}(?:{_NAMELESS_SHAPES.replace(_LAST_MONTH, _MONTH)}){_AFTER}"
"""A regular expression, without groups of its own, that any date matches, down to a bare year."""


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
    end = len(text) if end is None else end
    match = _DATE.search(text, start, end)
    while match is not None:
        parts = _parts(match)
        if not _ends_in_month(parts):
            match = _exact_date().search(text, match.start(), end)
            if match is None:
                return
            parts = _parts(match)
        yield FoundDate(match.start(), match.end(), *_read(parts))
        match = _DATE.search(text, match.end(), end)


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
    match = _DATE.match(bare)
    if match is not None and not _ends_in_month(_parts(match)):
        match = _exact_date().match(bare)
    if match is None or bare[match.end() :].strip(" .,?]"):
        return None
    return _read(_parts(match))[0]


_OUTER = re.compile(r"^[\s,;]*[\[(]?\s*|\s*[\])]?[\s,;]*$")
_LEAD = re.compile(
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,?\s|dated\s|(?:c|ca|circa)\.?\s|от\s|vom\s"
    r"|du\s|le\s)+",
    re.IGNORECASE,
)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """Return the parts of a date by their letters."""
    # The groups that took part all end in the number of the shape.
    return {name[0]: value for name, value in match.groupdict().items() if value is not None}


def _ends_in_month(parts: Mapping[str, str]) -> bool:
    """Tell whether the word that ends a range of dates, if there is one, is a month."""
    words = [parts[key].rstrip(".") for key in "wv" if key in parts]
    return all(word[:1].lower() + word[1:] in _MONTHS for word in words)


def _read(parts: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the first and the last date that the parts make; the last is None for a single date."""
    year = parts.get("y") or parts["q"]
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
    end_year = parts.get("x") or parts.get("u")
    if not (end_month or end_day or end_year):
        return start, None
    last_year = year[: 4 - len(end_year)] + end_year if end_year else year
    end = _edtf(last_year, _month_of(end_month) if end_month else month, end_day)
    return start, end if end > start else None


def _edtf(year: str, month: int | None, day: str | None) -> str:
    if month is None:
        return year
    return f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{int(day):02}"


def _month_of(word: str) -> int:
    return _MONTHS[word.rstrip(".").lower()]


def _month_number(parts: Mapping[str, str]) -> int | None:
    if "m" in parts:
        return _month_of(parts["m"])
    if "r" in parts:
        return _ROMAN_MONTHS[parts["r"]]
    return int(parts["n"]) if "n" in parts else None
