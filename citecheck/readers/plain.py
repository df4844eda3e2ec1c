"""Plain and OCR text: the reader that takes anything that is text at all."""

import re
from itertools import pairwise

import attrs

from citecheck.manuscript import Manuscript, Note, Passage, Span
from citecheck.readers.decoding import BYTE_ORDER_MARK, decode
from citecheck.readers.listed_entries import PAGE_WIDTH
from citecheck.readers.passages import reread
from citecheck.readers.structure import find_structure

FORMAT = "plain"
SUFFIXES = (".txt", ".text")


def recognises(data: bytes, name: str) -> bool:
    """Tell whether the bytes may be text; the last resort, so nearly everything but XML is accepted."""
    # An unknown kind of XML, such as TEI, would be checked tags and all.
    return not data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")


def read(data: bytes, path: str) -> Manuscript:
    """Read plain text.

    Raises:
        ManuscriptError: the bytes are not text.
    """
    text, encoding, remarks = decode(data, path)
    found = find_structure(_single_spaced(_lines(text)), wrapped=True)
    words = _Words(text)

    def as_read(passage: Passage) -> Passage:
        return _as_read(_unbroken(passage, words))

    return Manuscript(
        path=path,
        text=text,
        format=FORMAT,
        encoding=encoding,
        body=tuple(map(as_read, found.body)),
        notes=tuple(attrs.evolve(note, passage=as_read(note.passage)) for note in found.notes),
        markers=found.markers,
        bibliography=tuple(attrs.evolve(item, passage=as_read(item.passage)) for item in found.bibliography),
        abbreviations=found.abbreviations,
        remarks=remarks,
    )


def read_note(text: str, path: str) -> Manuscript:
    """Return a manuscript that is one note and nothing else, with places counted from the note's own text."""
    spans = [passage.span(0, len(passage.text)) for passage in _lines(text)]
    return _one_note(_as_read(Passage.join(text, spans)), text, path)


def take_note(text: str, path: str) -> Manuscript:
    """Return a manuscript that is one note, every character of it as it stands, to be written anew."""
    return _one_note(Passage.join(text, [(0, len(text))]), text, path)


def _one_note(passage: Passage, text: str, path: str) -> Manuscript:
    note = Note(1, 1, "1", passage, Span(0, 0), label_source="inferred")
    return Manuscript(path, text, FORMAT, notes=(note,))


# What typists do: two spaces after a stop, and _underscores_ for what they would underline.
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_UNDERLINED = re.compile(r"(?<![\w*_])_(?=[^\s_])[^_\n]{0,300}(?<=[^\s_])_(?![\w*_])")


def _as_read(passage: Passage) -> Passage:
    """Return a passage with single spaces, and with asterisks where underscores stand for italics."""
    changes = []
    if "  " in passage.text:
        changes += [(run.start(), run.end(), " ") for run in _SPACES.finditer(passage.text)]
    if "_" in passage.text:
        for words in _UNDERLINED.finditer(passage.text):
            changes += [(words.start(), words.start() + 1, "*"), (words.end() - 1, words.end(), "*")]
    return reread(passage, sorted(changes)) if changes else passage


class _Words:
    """The words of a text, which are gathered when the first is asked for: few texts divide any at the line's end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            self._words = frozenset(_WORD.findall(self._text.lower()))
        return word.lower() in self._words


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Where two lines meet: “Hungarian Em- bassy”, “Sino- Soviet”, “pp. 164- 165”; “pre- and postwar” was never one word.
_DIVIDED = re.compile(
    r"(?P<before>[^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad] (?!(?:and|or|to|und|oder|bis|et|és|и|или)\b)(?P<after>[^\W\d_]+)"
    r"|(?<=\d)[-–] (?=\d)"
)


def _unbroken(passage: Passage, words: _Words) -> Passage:
    """Return a passage with the words and the ranges in one that the end of a line divides.

    Whether the hyphen is the word's own, its other occurrences say: “Sang- jo” is Sang-jo where that stands elsewhere.
    """
    if "- " not in passage.text and "– " not in passage.text and "\u00ad " not in passage.text:
        return passage
    joints = {piece.offset for piece in passage.pieces if not piece.literal}
    changes = []
    for divided in _DIVIDED.finditer(passage.text):
        if divided["before"] is None:
            if divided.end() - 1 in joints:
                changes.append((divided.start(), divided.end(), "-"))
        elif divided.start("after") - 1 in joints:
            before, after = divided["before"], divided["after"]
            own = after[0].isupper() or (
                before + after not in words
                and f"{before}-{after}" in words
                and divided.group()[len(before)] == "-"
            )
            start = divided.end("before") - 1
            changes.append((start, divided.start("after"), before[-1] + ("-" if own else "")))
    return reread(passage, changes) if changes else passage


def _lines(text: str) -> list[Passage]:
    """Return the lines of a text; only CR, LF and CRLF end one."""
    lines = []
    start, length = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0, len(text)
    while start < length:
        end = _line_end(text, start)
        lines.append(Passage.join(text, [(start, end)]))
        start = end + (2 if text.startswith("\r\n", end) else 1)
    return lines


# In a text whose every line an empty one follows, as PDFs are often saved, sentences go on behind empty lines.
_FEWEST_LINES = 20
# A note is seldom longer: so many lines behind its number all that is no heading belongs to it.
_LONGEST_NOTE = 12
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”»’)\]]*[⁰¹²³⁴-⁹]*\s*$|^\s*\S{0,40}\s*$")
_BEGINS = re.compile(r"\s*(?:[-*•–]\s+)?(?:\[\s?\d{1,4}\s?\]|\d{1,3}[.)]\s|[⁰¹²³⁴-⁹])")


def _single_spaced(lines: list[Passage]) -> list[Passage]:
    """Leave out empty lines inside sentences, where an empty line follows every line of the text."""
    filled = [number for number, line in enumerate(lines) if line.text.strip()]
    if len(filled) < _FEWEST_LINES:
        return lines
    apart = sum(after - before == 2 for before, after in pairwise(filled))
    going_on = sum(_goes_on(lines[before].text, lines[after].text) for before, after in pairwise(filled))
    if apart < 0.9 * len(filled) or going_on < 0.2 * len(filled):
        return lines
    if 10 * sum(len(lines[number].text) > PAGE_WIDTH for number in filled) > len(filled):
        # Lines that long are paragraphs, and an empty line parts these in any text.
        return lines
    kept = []
    number_at = -_LONGEST_NOTE
    for place, (before, after) in enumerate(pairwise(filled)):
        kept.append(lines[before])
        if _BEGINS.match(lines[before].text):
            number_at = place
        in_note = place - number_at < _LONGEST_NOTE and not _BEGINS.match(lines[after].text)
        if after - before > 2 or not (in_note or _goes_on(lines[before].text, lines[after].text)):
            kept += lines[before + 1 : after]
    return [*lines[: filled[0]], *kept, *lines[filled[-1] :]]


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    if _BEGINS.match(after):
        return False
    return after.lstrip()[:1].islower() or not _ENDS_SENTENCE.search(before)


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    newline = len(text) if newline < 0 else newline
    carriage = text.find("\r", start, newline)
    return newline if carriage < 0 else carriage
