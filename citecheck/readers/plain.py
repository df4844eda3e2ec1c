"""Plain and OCR text: the reader that takes anything that is text at all."""

import codecs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript, Passage
from citecheck.readers.structure import find_structure

FORMAT = "plain"
SUFFIXES = (".txt", ".text")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tried in this order where the text is not UTF-8. Windows-1252 would accept nearly everything, so
# Cyrillic is looked for first, by the letters that the result would have.
_LEGACY = ("cp1251", "koi8-r", "cp1250", "cp1252")


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


def decode(data: bytes, path: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text with its encoding and remarks; encoding the text again gives the same bytes.

    Raises:
        ManuscriptError: the bytes are not text in any encoding that is known.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding, ()
            except UnicodeDecodeError as error:
                raise ManuscriptError(
                    path,
                    f"is damaged: it begins as {encoding} but byte {error.start} is not",
                    "save it again as UTF-8",
                ) from error
    if b"\0" in data[:65536]:
        raise ManuscriptError(
            path, "is a binary file, not a text", "save the manuscript as .docx, .odt or plain text"
        )
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        return _decode_legacy(data, path, error)


def _decode_legacy(data: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, str, tuple[str, ...]]:
    controls = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27) for byte in data[:65536])
    if controls > len(data[:65536]) // 100:
        raise ManuscriptError(
            path, "is a binary file, not a text", "save the manuscript as .docx, .odt or plain text"
        )
    best, best_score = "", -1.0
    for encoding in _LEGACY:
        try:
            score = _plausibility(data[:200_000].decode(encoding))
        except UnicodeDecodeError:
            continue
        if score > best_score:
            best, best_score = encoding, score
    if not best:
        raise ManuscriptError(
            path,
            f"is in an encoding that cannot be told (byte {error.start} is not UTF-8)",
            "save it as UTF-8",
        )
    try:
        text = data.decode(best)
    except UnicodeDecodeError as again:
        raise ManuscriptError(
            path, f"is not text: byte {again.start} cannot be read", "save it as UTF-8"
        ) from again
    return text, best, (f"is not UTF-8; it was read as {best}, so letters may be wrong: save it as UTF-8",)


def _plausibility(text: str) -> float:
    """Score a decoding: words of one script and lower-case letters after the first are plausible."""
    score = 0.0
    previous = " "
    for letter in text:
        if letter > "\x7f":
            cyrillic = "А" <= letter <= "ё"
            latin = "À" <= letter <= "ž"
            if not (cyrillic or latin or letter in "–—‘’“”„«»…§°№"):
                score -= 2
            elif previous.isalpha():
                same_script = ("А" <= previous <= "ё") == cyrillic
                score += (1.0 if same_script else -1.0) - (
                    1.5 if letter.isupper() and previous.islower() else 0.0
                )
            else:
                score += 0.1
        previous = letter
    return score


def _lines(text: str) -> list[Passage]:
    """Return the lines of a text; only CR, LF and CRLF end one."""
    lines = []
    start, length = 0, len(text)
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
