"""The texts that rules about form look at: paragraphs, notes and entries, each with what it cites."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal

import attrs

from citecheck.citations import Citation, Entry
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Related, Severity
from citecheck.manuscript import Note, Passage
from citecheck.reading.damage import is_letter_gapped

Home = Literal["body", "note", "entry"]
_HOMES: tuple[Home, ...] = ("body", "note", "entry")

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@attrs.frozen
class Text:
    """One paragraph, note or bibliography entry. Offsets count code points of ``words``."""

    document: Document = attrs.field(eq=False, repr=False)
    home: Home
    passage: Passage = attrs.field(eq=False)
    note: Note | None = attrs.field(default=None, eq=False)
    entry: Entry | None = attrs.field(default=None, eq=False)
    citations: tuple[Citation, ...] = attrs.field(default=(), eq=False)

    @property
    def words(self) -> str:
        """The text as it is read."""
        return self.passage.text

    @property
    def is_damaged(self) -> bool:
        """Whether so many letters are missing that nothing can be said of the form."""
        return self.home == "body" and is_letter_gapped(self.words)

    @property
    def called(self) -> str:
        """What a message calls it: note, entry or paragraph."""
        return "paragraph" if self.home == "body" else self.home

    def citation_at(self, start: int, end: int) -> Citation | None:
        """Return the citation that a range stands in or right behind."""
        # Citations stand in order and do not overlap: only the last that begins before can hold the range.
        place = bisect_right(self.citations, start, key=lambda citation: citation.start) - 1
        if place < 0:
            return None
        citation = self.citations[place]
        closing = citation.start + len(citation.text)
        # “130–l33”: pages that were not read hang on those that were.
        hangs_on = start <= closing + 1 and not re.search(r"\s", self.words[closing:end])
        return citation if end <= closing + 2 or hangs_on else None

    def is_cited(self, start: int, end: int) -> bool:
        """Tell whether a citation and a range have characters in common."""
        place = bisect_left(self.citations, end, key=lambda citation: citation.start) - 1
        return place >= 0 and start < self.citations[place].start + len(self.citations[place].text)

    def problem(
        self,
        start: int,
        end: int,
        message: str,
        *,
        label: str = "",
        help: str = "",
        fix: Fix | None = None,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
    ) -> Problem:
        """Make a problem of a range, with the citation or entry whose fault it is."""
        return Problem(
            self.passage.span(start, end),
            message,
            label=label,
            help=help,
            citation=self.citation_at(start, end),
            entry=self.entry,
            related=related,
            fix=fix,
            severity=severity,
        )

    def related(self, start: int, end: int, message: str) -> Related:
        """Point to a range of this text."""
        return Related(
            self.document.manuscript,
            self.passage.span(start, end),
            message,
            citation=self.citation_at(start, end),
            entry=self.entry,
        )

    def fix(
        self, start: int, end: int, replacement: str, applicability: Applicability = Applicability.SAFE
    ) -> Fix | None:
        """Return a fix that replaces a range, or None where the file has other characters there."""
        # Words are put in behind what stands before them: at the end of a piece nothing follows.
        if not self.passage.is_literal(min(start, max(end - 1, 0)), end):
            return None
        return Fix(applicability, (Edit(self.passage.span(start, end), replacement),))


def texts(document: Document, *homes: Home) -> Iterator[Text]:
    """Yield the texts of a document, of the given homes or of all, each home in reading order."""
    for home in _HOMES:
        if not homes or home in homes:
            yield from _texts_of(document)[home]


@lru_cache(maxsize=4)
def _texts_of(document: Document) -> Mapping[Home, Sequence[Text]]:
    """Return the texts of a document by home, made once: thirty rules look at them one after the other."""
    cited: defaultdict[int, list[Citation]] = defaultdict(list)
    for citation in document.citations:
        if citation.in_note is None:
            cited[id(citation.passage)].append(citation)
    return {
        "body": [
            Text(document, "body", passage, citations=tuple(cited[id(passage)]))
            for passage in document.manuscript.body
        ],
        "note": [
            Text(document, "note", note.passage, note=note, citations=document.by_note.get(note.ordinal, ()))
            for note in document.manuscript.notes
        ],
        "entry": [Text(document, "entry", entry.passage, entry=entry) for entry in document.entries],
    }


def text_of(citation: Citation, document: Document) -> Text:
    """Return the text that a citation stands in, with that citation alone."""
    home: Home = "body" if citation.in_note is None else "note"
    return Text(document, home, citation.passage, note=citation.in_note, citations=(citation,))


def count_words(document: Document) -> Counter[str]:
    """Count the words of a document, in lower case; an apostrophe inside a word belongs to it."""
    return Counter(chain.from_iterable(map(_words, texts(document))))


def _words(text: Text) -> Iterable[str]:
    return _WORD.findall(text.words.lower())
