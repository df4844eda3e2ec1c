"""Reads what is cited and was never published: letters, e-mails, interviews, conversations."""

import re
from functools import cache

from citecheck.alphabets import UPPER
from citecheck.citations import OtherReference
from citecheck.patterns import compiled
from citecheck.reading.creators import read_creators
from citecheck.reading.dates import find_date
from citecheck.tables import Table
from citecheck.vocabulary import word_tables, words_pattern

_CONTACT = (
    r"(?:e-?mail|letter|communication|correspondence|conversation|interview|telephone\s\w+|text\smessage"
    r"|direct\smessage|Facebook\s\w+)(?:\s(?:message|interview|communication|correspondence))?"
)
# “Lee Chong-sik, email to author, 20 July 2006”
_NAME_FIRST = compiled(
    rf"(?P<name>[{UPPER}][^,;()]{{1,60}}?),\s(?P<described>(?:(?:personal|private)\s)?{_CONTACT}"
    r"(?:\s(?:to|with|by|from)\s[^,;()]{2,60})?)(?:,\s(?P<rest>[^;]{4,60}))?"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of what is unpublished: the name first, then, in each language, the name last."""
    return (_NAME_FIRST, *map(_name_last, word_tables("unpublished").values()))


def _name_last(table: Table) -> re.Pattern[str]:
    """Return the pattern of a language: “Interview with Kang Sang-ho, St. Petersburg, 1989”."""
    sorts, leads = (words_pattern(table.texts(field)) for field in ("sorts", "leads"))
    before, behind = (words_pattern(table.texts(field)) for field in ("author_before", "author_behind"))
    return compiled(
        (rf"(?P<described>(?:(?:{before})\s)?" if before else r"(?P<described>")
        + rf"(?:{sorts})\s"
        + (rf"(?:(?:{behind})\s){'' if table.flag('names_author') else '?'}" if behind else "")
        + rf"(?:{leads})\s(?P<name>the\sauthor|[{UPPER}][^,;()]{{2,60}}?))(?:\s\([^()]{{2,80}}\))?"
        + rf"(?:,\s(?P<rest>[^;]{{4,80}})){'' if table.flag('dated') else '?'}"
    )


def read_unpublished(words: str, start: int, end: int) -> OtherReference | None:
    """Read all of ``words[start:end]`` as a letter, an interview or the like; None where it is none."""
    match = next(filter(None, (pattern.fullmatch(words, start, end) for pattern in _patterns())), None)
    if match is None:
        return None
    date = find_date(words, start, end)
    if date is None and match.group("rest"):
        return None
    named = read_creators(match.group("name")) if match.group("name") != "the author" else ()
    return OtherReference(named, match.group("described"), date.interval if date is not None else None)
