"""PDF, read-only and approximate: the text as it was printed, with footnotes told by their smaller type.

Nothing in a PDF says what a footnote is. What is smaller than the body at the foot of a page is
taken for notes, and a number that goes on from the last one for a label.
"""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript, Note, Origin, Passage, Span
from citecheck.readers.assembly import Found, assemble
from citecheck.readers.numerals import numbering_runs
from citecheck.readers.passages import Atom, passage_of

FORMAT = "pdf"
# In a folder of manuscripts a PDF is what one of them was made into: it is read only if it is named.
SUFFIXES: tuple[str, ...] = ()

MAX_PAGES = 3_000
_READ_ONLY = "a PDF cannot be corrected; correct the manuscript that it was made from"
# Footnotes are set at 80 to 90 % of the size of the body.
_SMALLER = 0.95
_LABEL = re.compile(r"\[?(\d{1,4})[\]).]?[ \t\u00a0]*(?=[^\d\s])")
_PAGE_NUMBER = re.compile(r"[\s–-]*\d{1,4}[\s–-]*")
_LINE = re.compile(r"[^\r\n]+")
# PDFium puts one of these for a hyphen that breaks a word, and then the rest of the word on the same line.
_UNBROKEN = re.compile(r"[^\u0002\ufffe]+")
_HYPHENS = "-\u00ad"
# A line that ends so goes on without a space: 186–|208, Power/|Knowledge.
_JOINING = "–—/-"


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is a PDF."""
    return b"%PDF-" in data[:1024] or name.endswith(".pdf")


def read(data: bytes, path: str) -> Manuscript:
    """Read the text and the footnotes of a PDF, as well as can be told.

    Raises:
        ManuscriptError: the extra ``citecheck[pdf]`` is not installed, or the file is damaged or encrypted.
    """
    if b"%PDF-" not in data[:1024]:
        named = "is named as a PDF but is none" if path.lower().endswith(".pdf") else "is not a PDF"
        raise ManuscriptError(path, named, "give citecheck the manuscript that it was made from")
    layout = _Text()
    for number, (text, sizes) in enumerate(_pages(data, path), 1):
        layout.add_page(number, text, sizes)
    if not any(line.end > line.start for line in layout.lines):
        raise ManuscriptError(
            path, "has no text, only pictures of pages", "run text recognition (OCR) on it first"
        )
    notes, body = _divide(layout)
    remarks = (
        "read from a PDF: notes and their numbers are approximate, and nothing can be corrected in it",
    )
    manuscript = Manuscript(path, layout.text, FORMAT, origins=tuple(layout.origins), remarks=remarks)
    return assemble(manuscript, Found(body, notes, wrapped=True))


@attrs.frozen
class _Line:
    start: int
    end: int
    page: int
    size: float


class _Text:
    """The lines of all pages as one text."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.origins: list[Origin] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add_page(self, number: int, text: str, sizes: list[float]) -> None:
        """Add the text of a page; ``sizes`` are those of its characters."""
        begin = self._length
        for match in _LINE.finditer(text):
            line = match[0].rstrip()
            size = _usual(sizes[match.start() : match.start() + len(line)], line)
            self.lines.append(_Line(self._length, self._length + len(line), number, size))
            self._append(f"{line}\n")
        self._append("\n")
        self.origins.append(
            Origin(begin, self._length, f"page {number}", 0, 0, literal=False, not_editable=_READ_ONLY)
        )

    def _append(self, string: str) -> None:
        self._parts.append(string)
        self._length += len(string)


def _usual(sizes: list[float], line: str) -> float:
    """Return the type size of most letters of a line."""
    counted = Counter(round(size, 1) for size, letter in zip(sizes, line, strict=False) if letter.isalnum())
    return counted.most_common(1)[0][0] if counted else 0.0


def _pages(data: bytes, path: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the text of each page with the type size of each character."""
    try:
        pdfium: Any = importlib.import_module("pypdfium2")
    except ImportError as error:
        raise ManuscriptError(
            path,
            "is a PDF, and what reads PDFs is not installed",
            "give citecheck the manuscript that it was made from, or run: pip install pypdfium2",
        ) from error
    try:
        document = pdfium.PdfDocument(data)
        if len(document) > MAX_PAGES:
            raise ManuscriptError(path, f"has more than {MAX_PAGES:,} pages", "divide it")
        for number in range(len(document)):
            text_page = document[number].get_textpage()
            text = text_page.get_text_range()
            count = min(len(text), text_page.count_chars())
            size_of = pdfium.raw.FPDFText_GetFontSize
            yield text, [size_of(text_page.raw, place) for place in range(count)]
    except (pdfium.PdfiumError, ValueError, OSError, OverflowError) as error:
        trouble = "is protected by a password" if "assword" in str(error) else "is damaged"
        raise ManuscriptError(path, trouble, "print it to a new PDF") from error


def _divide(layout: _Text) -> tuple[list[Note], list[Passage]]:
    """Return the footnotes, and the other lines with an empty one between pages."""
    text, lines = layout.text, layout.lines
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += line.end - line.start
    usual = weights.most_common(1)[0][0]
    feet = _feet(lines, text, usual)
    found: list[tuple[str, Span, list[tuple[int, int]]]] = []
    body: list[Passage] = []
    page, last = 0, 0
    for place, line in enumerate(lines):
        if place in feet:
            label = _LABEL.match(text, line.start, line.end)
            number = int(label[1]) if label else 0
            if label is not None and (number == 1 or last < number <= last + 3):
                last = number
                found.append((label[1], Span(*label.span(1)), [(label.end(), line.end)]))
            elif found:
                found[-1][2].append((line.start, line.end))
            continue
        if line.page != page:
            page = line.page
            body.append(Passage("", ()))
        body.append(Passage.join(text, [(line.start, line.end)]))
    runs = numbering_runs([label for label, _, _ in found])
    notes = [
        Note(run, ordinal, label, _join(text, ranges), span, label_source="inferred")
        for ordinal, ((label, span, ranges), run) in enumerate(zip(found, runs, strict=True), 1)
    ]
    return notes, body


def _feet(lines: list[_Line], text: str, usual: float) -> frozenset[int]:
    """Return the places of the lines at the foot of each page that are smaller than the body."""
    found = set()
    at_foot, page = True, 0
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.page != page:
            at_foot, page = True, line.page
        if at_foot and _PAGE_NUMBER.fullmatch(text, line.start, line.end):
            continue
        at_foot = at_foot and 0 < line.size < usual * _SMALLER
        if at_foot:
            found.add(place)
    return frozenset(found)


def _join(text: str, ranges: list[tuple[int, int]]) -> Passage:
    """Put the lines of a note together, words that were broken at the end of a line whole again."""
    atoms: list[Atom] = []
    for start, end in ranges:
        last = atoms[-1] if atoms else None
        if last is not None and last.string[-1] in _HYPHENS and text[start : start + 1].islower():
            atoms[-1] = last._replace(string=last.string[:-1], end=last.end - 1)
        elif last is not None and last.string[-1] not in _JOINING:
            atoms.append(Atom(" ", last.end, start, literal=False))
        for match in _UNBROKEN.finditer(text, start, end):
            atoms.append(Atom(match[0], match.start(), match.end()))
    return passage_of([atom for atom in atoms if atom.string])
