"""Plain and OCR text: the reader that takes anything that is text at all."""

from citecheck.manuscript import Manuscript, Passage
from citecheck.readers.decoding import BYTE_ORDER_MARK, decode
from citecheck.readers.structure import find_structure

FORMAT = "plain"
SUFFIXES = (".txt", ".text")


def recognises(data: bytes, name: str) -> bool:
    """Tell whether the bytes may be text; the last resort, so nearly everything is accepted."""
    return True


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
        body=found.body,
        notes=found.notes,
        markers=found.markers,
        bibliography=found.bibliography,
        abbreviations=found.abbreviations,
        remarks=remarks,
    )


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
