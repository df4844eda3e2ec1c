"""Decodes texts, which may say themselves what encoding they are in, so that they can be encoded again."""

import codecs
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from citecheck.errors import ManuscriptError

# Labels that mean Windows-1252 on the web (Encoding Standard, 4.2), whatever their names say.
_WINDOWS_1252 = frozenset(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "l1"))
# Encodings that texts are saved in; Python knows others, such as “punycode”, that are slow or for no text.
_USUAL = re.compile(
    r"(?:iso[-_]?8859|latin|windows|cp|koi8|mac|x-mac|utf[-_]?(?:16|32)|gb|big5|euc|shift|sjis|iso[-_]?2022)[\w-]*"
)
BYTE_ORDER_MARK = "\ufeff"
# Python's “utf-16” goes by the byte order of the machine, so a file would not come back as it was: the
# byte order is named. The mark of UTF-32 begins like that of UTF-16.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tried in this order where the text is not UTF-8. Windows-1252 would accept nearly everything, so
# Cyrillic is looked for first, by the letters that the result would have.
_LEGACY = ("cp1251", "koi8-r", "cp1252", "cp1250")
_IN_WORDS = {
    "cp1251": "Cyrillic text (Windows-1251)",
    "koi8-r": "Cyrillic text (KOI8-R)",
    "cp1252": "West European text (Windows-1252)",
    "cp1250": "Central European text (Windows-1250)",
}
# The letters beyond A to Z of the languages of the two Latin code pages. French “à è ê” are “ŕ č ę” in the other,
# which no language has together.
_ALPHABETS = {
    "cp1252": (
        *("àâæçéèêëîïôœùûüÿ", "äöüßéà", "áéíñóúüªº", "ãõáéíóúâêôàçüªº", "àèéìíîòóùú", "æøåéèêóôòöäü"),
        *("åäöéüšž", "äõöüšž", "áðéíóúýþæö", "ëïéèöüêáóú", "àèéíïòóúüç"),
    ),
    "cp1250": (*("ąćęłńóśźż", "áčďéěíňóřšťúůýžöü", "áäčďéíĺľňóôŕšťúýžöü", "áéíóöőúüű", "čćđšž", "ăâîşţ"),),
}
# Foreign names bring these into texts of any language, and both code pages have them in the same places.
_IN_NAMES = frozenset("äéöü")


def decode(data: bytes, path: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text with its encoding and remarks; encoding the text again gives the same bytes.

    So the byte order mark of UTF-16 and UTF-32 stays in the text, as U+FEFF.

    Raises:
        ManuscriptError: the bytes are not text in any encoding that is known.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
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
    if best in _ALPHABETS:
        best = _latin_code_page(data[:200_000])
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
    remark = f"is not saved as UTF-8; it was read as {_IN_WORDS[best]}, so letters with accents may be wrong"
    return text, best, (f"{remark}: open it where they are right and save it as UTF-8",)


def _latin_code_page(data: bytes) -> str:
    """Return Windows-1252, unless the bytes make better words of a Central European language.

    The letters of foreign names speak for neither.
    """
    shares = {}
    for encoding, alphabets in _ALPHABETS.items():
        try:
            letters = Counter(
                letter for letter in _accented(data.decode(encoding)) if letter not in _IN_NAMES
            )
        except UnicodeDecodeError:
            continue
        fitting = max(sum(letters[letter] for letter in alphabet) for alphabet in alphabets)
        shares[encoding] = fitting / max(1, letters.total())
    return max(shares, key=lambda encoding: shares[encoding], default="")


def _accented(text: str) -> Iterator[str]:
    """Yield the letters beyond A to Z, and the signs that stand inside words or begin them, in small letters."""
    for match in _BEYOND_ASCII.finditer(text):
        yield match.group().lower()


# A sign that no word has, as “³” for ł, is as telling as a letter; signs by themselves and punctuation are not.
_BEYOND_ASCII = re.compile(
    r"[^\W\d_\x00-\x7f]|(?:(?<=[A-Za-z])[^\x00-\x7f\w]|[²³¹¼½¾¿¡ª])(?<![\xa0–—‘’‚“”„…«»‹›§©®°†‡•])(?=[A-Za-z])"
)


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
        elif letter.isalpha() and "А" <= previous <= "ё":
            # “ьksik” is no word of any script.
            score -= 1
        previous = letter
    return score


def decode_declared(data: bytes, path: str, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Return a text with its encoding and remarks; encoding the text again gives the same bytes.

    ``declared`` is the encoding that the text names. It is believed only where it fits: a file that was
    saved anew as UTF-8 often goes on saying what it was before.

    Raises:
        ManuscriptError: the bytes are not text in any encoding that is known.
    """
    marked = any(data.startswith(mark) for mark, _ in _MARKED)
    if declared is not None and not marked:
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
