"""Plain and OCR text: the reader that takes anything that is text at all."""

import re

import attrs

from citecheck.manuscript import Manuscript, Note, Passage, Span
from citecheck.readers.decoding import BYTE_ORDER_MARK, decode
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
    found = find_structure(_lines(text), wrapped=True)
    return Manuscript(
        path=path,
        text=text,
        format=FORMAT,
        encoding=encoding,
        body=tuple(map(_as_read, found.body)),
        notes=tuple(attrs.evolve(note, passage=_as_read(note.passage)) for note in found.notes),
        markers=found.markers,
        bibliography=tuple(attrs.evolve(item, passage=_as_read(item.passage)) for item in found.bibliography),
        abbreviations=found.abbreviations,
        remarks=remarks,
    )


def read_note(text: str, path: str) -> Manuscript:
    """Return a manuscript that is one note and nothing else, with places counted from the note's own text."""
    spans = [passage.span(0, len(passage.text)) for passage in _lines(text)]
    note = Note(1, 1, "1", _as_read(Passage.join(text, spans)), Span(0, 0), label_source="inferred")
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


def _lines(text: str) -> list[Passage]:
    """Return the lines of a text; only CR, LF and CRLF end one."""
    lines = []
    start, length = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0, len(text)
    while start < length:
        end = _line_end(text, start)
        lines.append(Passage.join(text, [(start, end)]))
        start = end + (2 if text.startswith("\r\n", end) else 1)
    return lines


def _line_end(text: str, start: int) -> int:
    newline = text.find("\n", start)
    newline = len(text) if newline < 0 else newline
    carriage = text.find("\r", start, newline)
    return newline if carriage < 0 else carriage
