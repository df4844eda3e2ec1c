"""Takes from words what never tells two apart, across scripts, romanizations, diacritics and OCR.

*Folding* takes away case, diacritics, apostrophes, hyphens, emphasis, and the alphabet (Cyrillic is written in Latin
letters). *Sounding* goes further and takes away what systems of romanization differ in (Baek, Paek; Khrushchev,
Hruscsov): it may only confirm what something else suggests. Results are kept, since the same few names and titles come
again and again.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ђ": "dj", "ј": "j",
    "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
# Letters that Unicode does not take apart into a base and a mark.
_LATIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_APOSTROPHES = dict.fromkeys("'’‘ʼʻʹʺ`´′ʿʾ", "")
_LETTERS = str.maketrans({**_CYRILLIC, **_LATIN, **_APOSTROPHES})
_WORD = re.compile(r"[^\W_]+")

# What optical recognition takes for one another; each group is written with its last member.
_OCR_SHAPES = (("rn", "m"), ("vv", "w"), ("1", "l"), ("i", "l"), ("0", "o"), ("5", "s"))


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Return the words of a text in lower-case Latin letters without marks, with single spaces between.

    Hyphens and dashes part words; apostrophes do not.
    """
    letters = text.casefold()
    if not letters.isascii():
        # Twice, since taking letters apart may bring capitals to light, and lowering these new marks.
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letters).casefold())
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = letters.translate(_LETTERS)
    return " ".join(_WORD.findall(letters))


def squeeze(text: str) -> str:
    """Return the folded text without spaces, so that “Il-sung”, “Il Sung” and “Ilsung” are one."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=1 << 14)
def see(text: str) -> str:
    """Return the folded text as a scanner sees it: “Il”, “II” and “ll” are one, and so are “rn” and “m”."""
    letters = squeeze(text)
    for seen, taken in _OCR_SHAPES:
        letters = letters.replace(seen, taken)
    return letters


# Spellings of one sound, in the order in which they are replaced: longer before shorter.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch?tsch|szcz|shch|stsch|scs", "s"),
        (r"tsch|tch|cz(?!$)|cs|dzh|dsch|ch|dj", "j"),
        (r"sch|sh|sz|zh|rz", "s"),
        (r"kh|ck|qu?|ch", "k"),
        (r"ph", "f"),
        (r"ts|tz|c(?=[eiy])", "s"),
        (r"c|g", "k"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"d", "t"),
        (r"b", "p"),
        (r"[yi](?=[aeou])|j(?=[aeou])", "j"),
        (r"ae|eo|ai|ay", "a"),
        (r"ou|oo|eu|u", "u"),
        (r"oe", "o"),
        (r"ee|ie|ii|iy|y|ei", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 14)
def sound(text: str) -> str:
    """Return roughly how a text sounds: equal for most romanizations of one name, and for some others."""
    letters = squeeze(text)
    for pattern, replacement in _SOUNDS:
        letters = pattern.sub(replacement, letters)
    return letters


def slug(text: str, words: int | None = None) -> str:
    """Return the first words of a text for an identifier: ``de-ceuster``, ``a-szovjet-kinai``."""
    return "-".join(_slug_words(text)[:words])


@lru_cache(maxsize=1 << 14)
def _slug_words(text: str) -> tuple[str, ...]:
    # An apostrophe parts words here, so that the identifier can be read: stalin-s-conversations.
    return tuple(fold(re.sub(r"[’'ʼʻ]", " ", text)).split())
