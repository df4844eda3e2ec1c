"""STY604."""

import re
from collections.abc import Iterator

import attrs

from citecheck.documents import Document
from citecheck.findings import Fix, Problem, Severity
from citecheck.majority import Usage, usage
from citecheck.marks import find_marked
from citecheck.rules import Bad, Good, rule
from citecheck.texts import Text, texts

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:r(?:uary)?)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?P<stop>\.?)"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?P<year>(?:1[5-9]|20)\d\d)\b"
    rf"|{_MONTH.replace('<month>', '<month2>').replace('<stop>', '<stop2>')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year2>(?:1[5-9]|20)\d\d)\b)"
)


@rule(
    code="STY604",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 6 (dates)",
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Report, 4 November 1954, KA, 11. doboz, 22/a, 010968/1954.\n"
            "Hungarian Embassy to the DPRK, Report, 6 December 1954, KTS, 10. doboz, 24/b, 001132/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 19 April 1956, KA, 8. doboz, 15/b, 025/25/11–6/1956.\n"
            "Hungarian Embassy to the DPRK, Report, May 21, 1957, KA, 9. doboz, 18/f, 002756/1957.",
            says="“May 21, 1957” has the month first; 3 of 4 dates have the day first",
            fixed=(
                "Hungarian Embassy to the DPRK, Report, 4 November 1954, KA, 11. doboz, 22/a, 010968/1954.\n"
                "Hungarian Embassy to the DPRK, Report, 6 December 1954, KTS, 10. doboz, 24/b, 001132/1955.\n"
                "Hungarian Embassy to the DPRK, Report, 19 April 1956, KA, 8. doboz, 15/b, "
                "025/25/11–6/1956.\n"
                "Hungarian Embassy to the DPRK, Report, 21 May 1957, KA, 9. doboz, 18/f, 002756/1957."
            ),
        ),
        Bad(
            "Report, 4 November 1954, KA, 11. doboz, 22/a, 010968/1954.\n"
            "Report, 6 December 1954, KTS, 10. doboz, 24/b, 001132/1955.\n"
            "Report, 19 April 1956, KA, 8. doboz, 15/b, 025/25/11–6/1956.\n"
            "Report, 8 Feb. 1955, VTS, 4. doboz, 5/f, 004140/1955.",
            says="“Feb.” is abbreviated; 3 of 4 months are written out",
            fixed=(
                "Report, 4 November 1954, KA, 11. doboz, 22/a, 010968/1954.\n"
                "Report, 6 December 1954, KTS, 10. doboz, 24/b, 001132/1955.\n"
                "Report, 19 April 1956, KA, 8. doboz, 15/b, 025/25/11–6/1956.\n"
                "Report, 8 February 1955, VTS, 4. doboz, 5/f, 004140/1955."
            ),
        ),
        Good(
            "Report, 4 November 1954, KA, 11. doboz, 22/a, 010968/1954.\n"
            "Report, 6 December 1954, KTS, 10. doboz, 24/b, 001132/1955.\n"
            "Report, 19 April 1956, KA, 8. doboz, 15/b, 025/25/11–6/1956.\n"
            "Carlson, “The Letter of May 14, 2003,” *Korea Focus*, 12."
        ),
    ),
)
def date_form(document: Document) -> Iterator[Problem]:
    """A date in another order than the manuscript's other dates, or a month abbreviated among months in full.

    Notes and bibliography are compared, the running text is not: many authors write 19 April 1956 in the
    one and April 19, 1956 in the other. Dates inside titles belong to the titles.
    """
    dates = [date for text in texts(document, "note", "entry") for date in _dates(text)]
    order = usage(dates, lambda date: date.order, share=0.7)
    for odd, form in order.odd if order is not None else ():
        assert order is not None
        yield _order_problem(odd, form, order)
    length = usage(dates, lambda date: date.length, share=0.7)
    for odd, form in length.odd if length is not None else ():
        assert length is not None
        yield _length_problem(odd, form, length)


_DAY_FIRST, _MONTH_FIRST = "the day first", "the month first"
_ABBREVIATED, _FULL = "abbreviated", "written out"


@attrs.frozen
class _Date:
    """An English date with day, month and year."""

    text: Text
    start: int
    end: int
    order: str
    day: str
    month: str
    month_at: tuple[int, int]
    year: str

    @property
    def written(self) -> str:
        return self.text.words[self.start : self.end]

    @property
    def length(self) -> str | None:
        """Whether the month is abbreviated; May cannot be."""
        if self.month == "May":
            return None
        return _FULL if self.month in _MONTHS else _ABBREVIATED


def _dates(text: Text) -> Iterator[_Date]:
    marked = find_marked(text.words)
    for match in _DATE.finditer(text.words):
        if any(start <= match.start() < end for start, end in marked):
            continue
        first = match["day"] is not None
        suffix = "" if first else "2"
        yield _Date(
            text,
            match.start(),
            match.end(),
            _DAY_FIRST if first else _MONTH_FIRST,
            match[f"day{suffix}"],
            match[f"month{suffix}"],
            (match.start(f"month{suffix}"), match.end(f"stop{suffix}")),
            match[f"year{suffix}"],
        )


def _order_problem(odd: _Date, form: str, order: Usage[_Date, str]) -> Problem:
    month = odd.text.words[slice(*odd.month_at)]
    if order.form == _DAY_FIRST:
        rewritten = f"{odd.day} {month} {odd.year}"
    else:
        rewritten = f"{month} {odd.day}, {odd.year}"
    # What follows “April 19, 1956” may be the comma of a pair; it stays.
    fix: Fix | None = odd.text.fix(odd.start, odd.end, rewritten)
    return odd.text.problem(
        odd.start,
        odd.end,
        f"“{odd.written}” has {form}; {order.count} of {order.total} dates have {order.form}",
        help=f"write {rewritten}",
        fix=fix,
    )


def _length_problem(odd: _Date, form: str, length: Usage[_Date, str]) -> Problem:
    written = odd.text.words[slice(*odd.month_at)]
    full = next(month for month in _MONTHS if month.startswith(odd.month[:3]))
    return odd.text.problem(
        *odd.month_at,
        f"“{written}” is {form}; {length.count} of {length.total} months are {length.form}",
        help=f"write {full}" if form == _ABBREVIATED else "abbreviate it",
        fix=odd.text.fix(*odd.month_at, full) if form == _ABBREVIATED else None,
    )
