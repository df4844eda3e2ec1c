"""STY607."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Entry
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.resolving.titles import Difference, title_difference
from citecheck.resolving.works_cited import is_listed, related_entry
from citecheck.rules import Bad, Good, rule

_BOOK = (
    "\n\nBibliography\n\nOh, Kongdan. *North Korea through the Looking Glass*. Washington: Brookings, 2000."
)
_CHAPTER = (
    "Yoon T. Kuark, “Industrial Development {} the Post-War Period,” in Scalapino, *North Korea Today*, 54.\n"
)


@rule(
    code="STY607",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 8 (titles of works)",
    examples=(
        Bad(
            "The text.\n\nNotes\n\n1. Oh, *North Korea Through the Looking Glass*, 133." + _BOOK,
            says="“Through” is written “through” in the bibliography",
        ),
        Bad(
            _CHAPTER.format("during") * 2 + _CHAPTER.format("During"),
            says="“During” is written “during” in 2 other citations of the title",
        ),
        Good("The text.\n\nNotes\n\n1. Oh, *North Korea through the Looking Glass*, 133." + _BOOK),
    ),
)
def title_capitalization(document: Document) -> Iterator[Problem]:
    """A title whose capitals differ from those that it has elsewhere in the manuscript.

    Words are compared one by one. The bibliography’s form stands; a title that is not listed has the form
    that most citations give it. Both may be wrong, but not at once.
    """
    titles: defaultdict[str, list[_Title]] = defaultdict(list)
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        if reference.title is None or reference.title_span is None or resolution.key is None:
            continue
        # A library keeps titles in the capitals of sentences, and the style of each text changes them.
        own = resolution.entry if is_listed(document, citation) and "/" not in resolution.key else None
        titles[resolution.key].append(_Title(citation, reference.title, reference.title_span, own))
    for group in titles.values():
        entry = group[0].entry
        if entry is not None and entry.reference.title:
            for title in group:
                if title_difference(title.words, entry.reference.title) == Difference.CASE:
                    yield from _against_entry(document, title, entry, entry.reference.title)
        elif len(group) > 1:
            yield from _against_each_other(document, group)


@attrs.frozen
class _Title:
    citation: Citation
    words: str
    span: tuple[int, int]
    entry: Entry | None


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _against_entry(document: Document, title: _Title, entry: Entry, full: str) -> Iterator[Problem]:
    listed = _WORD.findall(full)
    for match, word in zip(_WORD.finditer(title.words), listed, strict=False):
        if match.group() != word and match.group().casefold() == word.casefold():
            yield _problem(
                title, match.group(), word, f"“{match.group()}” is written “{word}” in the bibliography",
                (related_entry(document, entry, f"“{word}”"),),
            )  # fmt: skip


def _against_each_other(document: Document, group: list[_Title]) -> Iterator[Problem]:
    forms: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for title in group:
        for place, word in enumerate(_WORD.findall(title.words)):
            forms[place, word.casefold()][word] += 1
    for title in group:
        for place, word in enumerate(_WORD.findall(title.words)):
            counts = forms[place, word.casefold()]
            usual, count = counts.most_common(1)[0]
            if word == usual or len(counts) == 1:
                continue
            others = [other for other in group if usual in other.words]
            where = "another citation" if count == 1 else f"{count} other citations"
            yield _problem(
                title, word, usual, f"“{word}” is written “{usual}” in {where} of the title",
                tuple(document.related(other.citation, f"“{usual}”") for other in others[:4]),
            )  # fmt: skip


def _problem(title: _Title, word: str, usual: str, message: str, related: tuple) -> Problem:  # type: ignore[type-arg]
    start = title.citation.text.find(word, title.span[0], title.span[1])
    offsets = (start, start + len(word)) if start >= 0 else title.span
    literal = start >= 0 and title.citation.is_literal(offsets)
    return Problem(
        title.citation.locate(offsets),
        message,
        citation=title.citation,
        related=related,
        fix=Fix(Applicability.UNSAFE, (Edit(title.citation.locate(offsets), usual),)) if literal else None,
    )
