"""STY604."""

import re
from bisect import bisect_right
from collections.abc import Iterator

import attrs

from citecheck.documents import Document
from citecheck.evidence.majority import Usage, usage
from citecheck.evidence.texts import Text, texts
from citecheck.findings import Fix, Problem, Severity
from citecheck.reading.marks import find_marked
from citecheck.rules import Bad, Good, rule

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:r(?:uary)?)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?!\d)"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d\b"
_DAY_MONTH = re.compile(
    rf"\b(?P<day>{_DAY}){_TH}\s(?:of\s)?(?P<month>{_MONTH})(?P<stop>\.?),?\s(?P<year>{_YEAR})"
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH})(?P<stop>\.?)\s(?P<day>{_DAY}){_TH},?\s(?P<year>{_YEAR})")


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
    if order is not None:
        yield from (_order_problem(odd, form, order) for odd, form in order.odd)
    length = usage(dates, lambda date: date.length, share=0.7)
    if length is not None:
        yield from (_length_problem(odd, form, length) for odd, form in length.odd)


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
    for order, pattern in ((_DAY_FIRST, _DAY_MONTH), (_MONTH_FIRST, _MONTH_DAY)):
        for match in pattern.finditer(text.words):
            place = bisect_right(marked, (match.start(), len(text.words))) - 1
            if place < 0 or marked[place][1] <= match.start():
                month_at = (match.start("month"), match.end("stop"))
                day, month, year = match.group("day", "month", "year")
                yield _Date(text, match.start(), match.end(), order, day, month, month_at, year)


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
