"""Recognises what conversion from PDF or a wrong encoding leaves behind in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache

# Instructions of a PDF page that came out as text: “Petrom-2(ny)JTJ0.0011 Tc -0.0003”.
_PDF = re.compile(
    r"(?<=[\w)\]])TJ\s?-?\d|\]\s?T[jJ]\b|(?<=\d)\s?T[cdwm]\s+-?\d*\.\d|\s[\d.]+\s[\d.]+\sT[dm]\b"
)
_PDF_OPERATOR = re.compile(r"T[Jj]|T[cdmw][\s-]")
# UTF-8 that was read as Windows-1252, and characters that were lost on the way.
_ENCODING = re.compile(r"â€[™œ“”˜¦\u009d]?|Ã[\u0080-¿ƒ„…†‡ˆ‰Š‹ŒŽ]|Ð[\u0080-¿]Ñ?|\ufffd+")
_ENCODING_SIGNS = ("â€", "Ã", "Ð", "\ufffd")
_TOKEN = re.compile(r"\S+")
# Words of one letter in the languages of manuscripts.
_SHORT_WORDS = frozenset("aAeEiIoOuUyYwWzZkKsSvV&éàóавикосуяіАВИКОСУЯІ")


def find_pdf_instructions(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges, whole words, where instructions of a PDF page stand in the text."""
    if _PDF_OPERATOR.search(text) is None:
        return
    end = 0
    for match in _PDF.finditer(text):
        if match.start() < end:
            continue
        start = max(text.rfind(" ", max(0, match.start() - 200), match.start()) + 1, end)
        following = text.find(" ", match.end(), match.end() + 200)
        end = following if following >= 0 else min(len(text), match.end() + 200)
        yield start, end


def find_lost_characters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges where a wrong encoding has replaced characters: “Ã©” for “é”."""
    if not any(sign in text for sign in _ENCODING_SIGNS):
        return
    for match in _ENCODING.finditer(text):
        yield match.span()


@lru_cache(maxsize=1 << 12)
def is_letter_gapped(text: str) -> bool:
    """Tell whether letters are missing throughout, as in “Ka . . Wea e b . . S e A m K . ea”."""
    tokens: list[str] = _TOKEN.findall(text[:2000])
    if len(tokens) < 5:
        return False
    letters = sum(len(token) == 1 and token.isalpha() and token not in _SHORT_WORDS for token in tokens)
    stubs = sum(token in (".", "..", ",") or (len(token) == 1 and token.isalpha()) for token in tokens)
    return letters >= 2 and stubs >= 0.4 * len(tokens)
