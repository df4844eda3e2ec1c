"""Reads tables of contents: a book’s chapters with the pages that they fill."""

import itertools
import re
from collections.abc import Iterator

import attrs

from citecheck.citations import Locator, Name
from citecheck.manuscript import Manuscript, Span
from citecheck.reading.creators import read_name
from citecheck.reading.folios import expand
from citecheck.reading.numbers import page_value

_HEADING = re.compile(
    r"^[\s#*_]*(?:table\s+of\s+contents|contents|inhalt(?:sverzeichnis)?|оглавление|содержание|tartalom)[\s*_:]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = r"(?:\d{1,4}|[ivxlc]{1,8})"
# “7. 1 The Purges”, then, on the same line or the next, “(pp. 143-174)”.
_NUMBER = r"(?:(?P<number>\d{1,3}|[IVX]{1,6})\.?[ \t]+)?"
_WITH_RANGE = re.compile(
    rf"^[ \t]*(?:\d{{1,3}}\.[ \t]+)?{_NUMBER}(?P<title>[^\n()]{{2,200}}?)\s*\n?[ \t]*"
    rf"\(pp?\.\s*(?P<first>{_PAGE})(?:\s?[-–—]\s?(?P<last>{_PAGE}))?\)[ \t]*$",
    re.MULTILINE,
)
# “The Purges ........ 143”, “The Purges<tab>143”
_WITH_LEADER = re.compile(
    rf"^[ \t]*{_NUMBER}(?P<title>[^\n]{{2,200}}?)"
    rf"[ \t]*(?:\.[ .]{{2,}}|…+|\t+| {{3,}})[ \t]*(?P<first>{_PAGE})[ \t]*$",
    re.MULTILINE,
)
_LEAST = 3
# A table of contents stands in front, and is not longer than this.
_FRONT = 60_000
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w.’'-]*")


@attrs.frozen
class Chapter:
    """A chapter with the pages that it fills; ``number`` is None for prefaces, notes and the index."""

    title: str
    pages: Locator
    span: Span
    number: str | None = None


@attrs.frozen
class Contents:
    """A book as its table of contents shows it."""

    title: str
    chapters: tuple[Chapter, ...]
    creators: tuple[Name, ...] = ()
    date: str | None = None

    def extent(self, *, roman: bool) -> tuple[int, int] | None:
        """Return the first and the last page, of those with roman or of those with arabic numbers."""
        values = [
            value
            for chapter in self.chapters
            for written in (chapter.pages.start, chapter.pages.end or chapter.pages.start)
            if written.isdecimal() != roman and (value := page_value(written)) is not None
        ]
        return (min(values), max(values)) if values else None

    def chapter(self, number: str) -> Chapter | None:
        """Return the chapter with that number, or None."""
        return next((chapter for chapter in self.chapters if chapter.number == number), None)


def read_contents(manuscript: Manuscript) -> Contents | None:
    """Return the table of contents that a text consists of or opens with, or None where it has none.

    Chapters may have their page ranges, or only the page that they begin on; then each ends where the
    next one begins.
    """
    text = manuscript.text
    heading = _HEADING.search(text, 0, _FRONT)
    start = heading.end() if heading is not None else 0
    chapters = tuple(_ranged(text, start))
    if len(chapters) < _LEAST and heading is not None:
        chapters = tuple(_led(text, start))
    if len(chapters) < _LEAST or not _ascends(chapters):
        return None
    front = text[: heading.start() if heading is not None else chapters[0].span.start]
    title = _title(front)
    if title is None:
        return None
    date = re.search(r"(?:©|[Cc]opyright(?:\s+[Dd]ate)?|[Pp]ublished)[^\n\d]{0,40}((?:1[5-9]|20)\d\d)", front)
    return Contents(title, chapters, _creators(front, title), date.group(1) if date is not None else None)


def _ranged(text: str, start: int) -> Iterator[Chapter]:
    for match in _WITH_RANGE.finditer(text, start, start + _FRONT):
        first, last = match.group("first"), match.group("last")
        pages = Locator("page", first, expand(first, last) if last else None)
        yield Chapter(_clean(match.group("title")), pages, Span(*match.span("title")), match.group("number"))


def _led(text: str, start: int) -> Iterator[Chapter]:
    """Yield chapters that are given by their first page, as long as one line follows another."""
    matches = []
    at = start
    for match in _WITH_LEADER.finditer(text, start):
        if match.start() - at > 400:
            break
        matches.append(match)
        at = match.end()
    for match, following in itertools.zip_longest(matches, matches[1:]):
        first = match.group("first")
        after = following.group("first") if following is not None else None
        end = None
        if first.isdecimal() and after is not None and after.isdecimal() and int(after) > int(first):
            end = str(int(after) - 1)
        yield Chapter(
            _clean(match.group("title")),
            Locator("page", first, end),
            Span(*match.span("title")),
            match.group("number"),
        )


def _clean(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" .*_")


def _ascends(chapters: tuple[Chapter, ...]) -> bool:
    for roman in (True, False):
        values = [
            page_value(chapter.pages.start) or 0
            for chapter in chapters
            if chapter.pages.start.isdecimal() != roman
        ]
        if values != sorted(values):
            return False
    return True


def _title(front: str) -> str | None:
    """Return the book’s title: the first line, or the one after it that goes on with a subtitle."""
    lines = [_clean(line.strip("# ")) for line in front.splitlines() if _clean(line.strip("# "))][:6]
    if not lines:
        return None
    return next(
        (line for line in lines[1:] if line.startswith(lines[0]) and len(line) > len(lines[0])), lines[0]
    )


def _creators(front: str, title: str) -> tuple[Name, ...]:
    """Return the author, who is named on one of the two lines after the title."""
    lines = [line.strip("#* ") for line in front.splitlines() if line.strip("#* ")]
    places = [place for place, line in enumerate(lines) if line.startswith(lines[0])]
    for line in (line for place in places for line in lines[place + 1 : place + 3]):
        words = line.removeprefix("by ").removeprefix("By ").split()
        if (
            2 <= len(words) <= 4
            and all(_NAME_WORD.fullmatch(word) for word in words)
            and not line.isupper()
            and line not in title
        ):
            return (read_name(" ".join(words)),)
    return ()
