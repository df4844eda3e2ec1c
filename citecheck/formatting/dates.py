"""Writes EDTF dates in words: 28 May 1957, 28 мая 1957 г."""

import calendar
import re

from citecheck.archives import Registry
from citecheck.citations import ArchivalReference
from citecheck.reading.months import month_name

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def split_date(date: str) -> tuple[str, int | None, int | None] | None:
    """Return year, month and day of an EDTF date; None for an interval and for what is no date."""
    match = _EDTF.fullmatch(date)
    if match is None:
        return None
    year, month, day = match.groups()
    if month is not None and not 1 <= int(month) <= 12:
        return None
    return year, int(month) if month else None, int(day) if day else None


def is_in_calendar(date: str) -> bool:
    """Tell whether the calendar has an EDTF date, 31 June not; what is none of year, month and day counts as one.

    Leap days before 1918 are not checked: 29 February 1900 was a day in Russia, by the Julian calendar.
    """
    match = _EDTF.fullmatch(date)
    if match is None or match[2] is None:
        return True
    year, month, day = int(match[1]), int(match[2]), match[3]
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= int(day) <= calendar.monthrange(year if year >= 1918 else 2000, month)[1]


def in_calendar(date: str) -> str:
    """Return an EDTF date without what the calendar does not have: 1956-02 for 1956-02-31."""
    ends = date.split("/")
    while not all(map(is_in_calendar, ends)):
        ends = [end if is_in_calendar(end) else end.rpartition("-")[0] for end in ends]
    return "/".join(ends)


def format_date(date: str | None) -> str | None:
    """Write an EDTF date: 28 May 1957, August 1962, 1995–1996; what is no such date stays as it is."""
    if date is None:
        return None
    first, slash, last = date.partition("/")
    if slash:
        return f"{format_date(first)}–{format_date(last)}"
    parts = split_date(date)
    if parts is None:
        return date
    year, month, day = parts
    return " ".join(
        filter(
            None, (str(day) if day else "", month_name(month, "English").capitalize() if month else "", year)
        )
    )


# The language and the sign for “year” of dates in countries that have their own; Russian is for all others.
_LANGUAGES = {"UA": ("Ukrainian", "р."), "BG": ("Bulgarian", "г.")}


def format_slavic_date(reference: ArchivalReference, registry: Registry) -> str | None:
    """Write a date in the language of the archive's country: 28 мая 1957 г., серпень 1962 р."""
    parts = split_date(reference.date) if reference.date is not None else None
    if parts is None:
        return format_date(reference.date)
    archive = registry.archives.get(reference.archive or "")
    country = archive.country if archive is not None else None
    language, year_sign = _LANGUAGES.get(country or "", ("Russian", "г."))
    year, month, day = parts
    name = month_name(month, language, with_day=day is not None) if month else ""
    written = (str(day) if day else "", name, year, year_sign)
    return " ".join(filter(None, written))
