"""Decodes texts that may say themselves what encoding they are in."""

import codecs
import re
from bisect import bisect_right

from citecheck.readers.plain import decode

# Labels that mean Windows-1252 on the web (Encoding Standard, 4.2), whatever their names say.
_WINDOWS_1252 = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "l1"))
# Encodings that texts are saved in; Python knows others, such as “punycode”, that are slow or for no text.
_USUAL = re.compile(
    r"(?:iso[-_]?8859|latin|windows|cp|koi8|mac|x-mac|utf[-_]?(?:16|32)|gb|big5|euc|shift|sjis|iso[-_]?2022)[\w-]*"
)
# Python's “utf-16” goes by the byte order of the machine, so a file would not come back as it was.
BYTE_ORDER_MARK = "\ufeff"
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_declared(data: bytes, path: str, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Return a text with its encoding and remarks; encoding the text again gives the same bytes.

    So the byte order mark of UTF-16 stays in the text, as U+FEFF. ``declared`` is the encoding that
    the text names. It is believed only where it fits: a file that was saved anew as UTF-8 often goes
    on saying what it was before.

    Raises:
        ManuscriptError: the bytes are not text in any encoding that is known.
    """
    for mark, wide in _WIDE:
        if data.startswith(mark):
            try:
                return data.decode(wide), wide, ()
            except UnicodeDecodeError:
                break
    if declared is not None and not data.startswith(codecs.BOM_UTF8):
        text, encoding = _as_declared(data, declared.lower())
        if text is not None:
            return text, encoding, ()
    return decode(data, path)


def _as_declared(data: bytes, declared: str) -> tuple[str | None, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    western = declared in _WINDOWS_1252
    if not western and not _USUAL.fullmatch(declared):
        return None, ""
    for encoding in ("cp1252", "latin-1") if western else (declared,):
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data and "\0" not in text:
                return text, encoding
        except (LookupError, ValueError):
            continue
    return None, ""


_BLOCK = 256


class ByteOffsets:
    """Leads from the characters of a text to the bytes of its UTF-8 form, and back."""

    def __init__(self, text: str, base: int = 0) -> None:
        self._text = text
        self._base = base
        self._starts: list[int] | None = None
        if not text.isascii():
            self._starts = [base]
            for at in range(0, len(text), _BLOCK):
                self._starts.append(self._starts[-1] + len(text[at : at + _BLOCK].encode()))

    def to_byte(self, character: int) -> int:
        """Return the offset of the byte at which a character begins."""
        if self._starts is None:
            return self._base + character
        block = character // _BLOCK
        return self._starts[block] + len(self._text[block * _BLOCK : character].encode())

    def to_character(self, byte: int) -> int:
        """Return the offset of the character that begins at a byte."""
        if self._starts is None:
            return byte - self._base
        block = bisect_right(self._starts, byte) - 1
        first = block * _BLOCK
        encoded = self._text[first : first + _BLOCK].encode()
        return first + len(encoded[: byte - self._starts[block]].decode("utf-8", "ignore"))
