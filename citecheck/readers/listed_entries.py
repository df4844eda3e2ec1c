"""Groups the lines of a bibliography into entries."""

import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.manuscript import BibliographyItem, Passage
from citecheck.readers.lines import Line, concat, cut

PAGE_FURNITURE = re.compile(
    r"\d{1,4}|[ivxlc]{1,7}"
    r"|(?:\d{1,4}\s+)?notes\s+to\s+(?:pages?|pp\.|chapters?)\s+(?:[\dxivlc]+(?:\s?[–-]\s?[\dxivlc]+)?|[a-z]{3,9})(?:\s+\d{1,4})?"
    r"|\d{1,4}\s+(?:notes|bibliography|references)|(?:notes|bibliography|references)\s+\d{1,4}",
    re.IGNORECASE,
)
"""What stands at the head or foot of a printed page: its number, “Notes to Pages 12–15”, “Bibliography 280”."""

# “Articles, Book Chapters, Working Papers, and Dissertations”: longer, and told by what it names.
_LISTED = re.compile(
    r"\b(?:articles|books|chapters|dissertations|theses|papers|sources|documents|archiv\w+|newspapers"
    r"|periodicals|journals|interviews|memoirs|literature|works|materials|references)\b",
    re.IGNORECASE,
)


def is_subheading(text: str) -> bool:
    """Tell whether a line divides a bibliography: “Articles”, “Archival Sources”."""
    bare = text.strip("#*_ :")
    if not bare[:1].isupper() or re.search(r"\d|[.,;]$", bare):
        return False
    if len(bare) < 60 and len(bare.split()) <= 6:
        return True
    return len(bare) < 120 and len(_LISTED.findall(bare)) > 1 and re.search(r"[.:;\"“”*]", bare) is None


def read_listed_entries(lines: Sequence[Line], wrapped: bool) -> Iterator[BibliographyItem]:
    """Group the lines of a bibliography into entries.

    With bullets each bullet opens an entry; otherwise empty lines part them, or hanging indents, or, in text
    without either, line ends do, unless the text is broken at the width of a page.
    """
    heading: str | None = None
    filled = [line for line in lines if not line.blank]
    layout = _Layout.of(filled)
    group: list[Passage] = []
    bulleted = dated = False
    previous: Line | None = None
    for line in filled:
        bullet = re.match(r"[-•]\s+", line.text)
        adjacent = bool(group) and previous is not None and line.index == previous.index + 1
        joins = wrapped and adjacent and not bullet and (bulleted or layout.goes_on(previous, line, dated))
        if not joins and is_subheading(line.text):
            if group:
                yield BibliographyItem(concat(group), heading)
            heading, group = line.text.strip("#*_ :"), []
        elif PAGE_FURNITURE.fullmatch(line.text):
            continue
        else:
            if group and not joins:
                yield BibliographyItem(concat(group), heading)
                group = []
            if not group:
                bulleted, dated = bullet is not None, False
            dated = dated or _is_dated(line.text)
            group.append(cut(line.passage, bullet.end() if bullet else 0))
        previous = line
    if group:
        yield BibliographyItem(concat(group), heading)


@attrs.frozen
class _Layout:
    """How the entries of a bibliography are set apart."""

    spaced: bool
    """Empty lines part them."""
    hanging: bool
    """All their lines but the first are indented."""
    width: int
    """The length of the longest line."""

    @classmethod
    def of(cls, filled: Sequence[Line]) -> "_Layout":
        """Find out from all lines that are not empty."""
        gaps = sum(b.index - a.index > 1 for a, b in itertools.pairwise(filled))
        going_on = [a.text for a, b in itertools.pairwise(filled) if b.index - a.index == 1]
        # Entries of a few lines each, broken at the width of a page: “Lankov, …: The Failure of De-Stalinization,”.
        broken = (
            gaps > 0 and len(filled) <= 4 * (gaps + 1) and all(40 <= len(text) <= 100 for text in going_on)
        )
        indented = sum(line.indent > 0 for line in filled)
        return cls(
            spaced=broken or gaps * 2 > len(filled),
            hanging=2 < indented < 0.9 * len(filled) and not filled[0].indent,
            width=max((line.indent + len(line.text) for line in filled), default=0),
        )

    def goes_on(self, before: Line | None, line: Line, dated: bool) -> bool:
        """Tell whether a line belongs to the entry of the one right above it, which has come to its year or not."""
        if before is None or self.spaced:
            return self.spaced
        if self.hanging:
            return line.indent > 0
        if self.width > PAGE_WIDTH:
            return False
        first = line.text.split(maxsplit=1)[0]
        if before.indent + len(before.text) + 1 + len(first) <= self.width:
            # The first word would have stood on the line above, had the entry gone on.
            return False
        return not (dated and is_ended(before.text) and _OPENS_ENTRY.match(line.text))


PAGE_WIDTH = 120
"""The longest line of a text that is broken at the width of a page."""
_YEAR = re.compile(r"(?:1[5-9]|20)(?<!\d..)\d\d(?!\d)")
_UNDATED = re.compile(r"\b(?:n\.\s?d\.|o\.\s?J\.|forthcoming|in press)")
_ADDRESS_AT_END = re.compile(r"(?:https?:|www\.|doi)\S+$")


def _is_dated(text: str) -> bool:
    """Tell whether a year stands in a text, or what stands for one."""
    return _YEAR.search(text) is not None or _UNDATED.search(text) is not None


def is_ended(text: str) -> bool:
    """Tell whether a text ends as entries do: with a full stop, or with an address."""
    stops = text.rstrip("\"”»’')]*").endswith((".", "?", "!", "…"))
    return stops or _ADDRESS_AT_END.search(text) is not None


# Names before titles, a title, or a dash for the same author; but not “Seoul: Seoul Computer Press”.
_OPENS_ENTRY = re.compile(
    r"(?![^:;*“\"]{2,30}:(?:\s|$))(?:[—–_-]{2,}|[\"“„«*‘]|[^\W\d_a-zß-ÿа-я][^\W\d_][\w’'‘-]*(?:\s[^\W\d_][\w’'-]+){0,3}[,.]\s)"
)
