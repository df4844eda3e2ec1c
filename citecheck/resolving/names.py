"""Compares names and titles as a reader does: across scripts, romanizations, diacritics and OCR.

*Folding* takes away what never tells two words apart: case, diacritics, apostrophes, hyphens, emphasis,
and the alphabet (Cyrillic is written in Latin letters). *Sounding* goes further and takes away what
systems of romanization differ in (Baek, Paek; Khrushchev, Hruscsov): it may only confirm what something
else suggests. Results are kept, since the same few names and titles come again and again.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum, StrEnum
from functools import lru_cache

from citecheck.citations import Name
from citecheck.reading.creators import is_body, read_name

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

# Before a family name; they do not decide where it is filed (Ree, Erik van; De Ceuster, Koen).
_PARTICLES = frozenset(
    """van von de der den del della di da dos das do du d des le la les el al ibn bin ben ter ten zu zur zum
    af av st""".split()  # noqa: SIM905
)
_NAME_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_ARTICLES = frozenset(
    # Italian “i” is left out: it would be volume one of anything.
    """the a an der die das ein eine le la les l un une el los las il lo gli az""".split()  # noqa: SIM905
)
_LESSER_WORDS = _ARTICLES | frozenset(
    """of and or in on at to for from with by as into toward towards between during under against after before
    since until within without through über und von vom zur zum im am an auf für mit aus de des du et dans
    sur pour en del della di és und или и в на о об из с к по за для от до при nad pod pro ve se na po do
    przez""".split()  # noqa: SIM905
)


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


def first_notable_word(title: str) -> str:
    """Return the first folded word of a title that is no article, preposition or conjunction."""
    return next(iter(notable_words(title) or fold(title).split()), "")


@lru_cache(maxsize=1 << 14)
def notable_words(title: str) -> tuple[str, ...]:
    """Return the folded words of a title without articles, prepositions and conjunctions."""
    return tuple(word for word in fold(title).split() if word not in _LESSER_WORDS)


# ---- names of persons


@lru_cache(maxsize=1 << 14)
def family_key(family: str) -> str:
    """Return a family name as it is looked up: folded, squeezed, without particles and “et al.”."""
    words = fold(
        re.sub(r"[\s,]+(?:et|and|u\.?|i|és)\s+(?:al|others|a|in|mtsai)\b\.?|\(\w\)$", "", family)
    ).split()
    while len(words) > 1 and (words[-1] in _NAME_SUFFIXES or len(words[-1]) == 1):
        # Of “Rainer M.” the initial tells bearers of the name apart, and is left out as often.
        words.pop()
    while len(words) > 1 and words[0] in _PARTICLES:
        words.pop(0)
    return "".join(words)


@lru_cache(maxsize=1 << 14)
def name_words(name: Name) -> tuple[str, ...]:
    """Return the folded words of a name, particles and suffixes left out, family name first."""
    words = fold(f"{name.family} {name.given or ''}").split()
    kept = tuple(word for word in words if word not in _PARTICLES and word not in _NAME_SUFFIXES)
    return kept or tuple(words)


class Likeness(IntEnum):
    """How two names or two titles agree, from not at all to wholly."""

    NONE = 0
    SOUND = 1
    """Spelt differently, but perhaps the same: a romanization, a slip of one letter."""
    PART = 2
    """The one leaves out words of the other."""
    START = 3
    """The one is the beginning of the other, or shortens its words to initials."""
    SAME = 4


@lru_cache(maxsize=1 << 14)
def compare_families(one: str, other: str) -> Likeness:
    """Say how two family names agree."""
    first, second = family_key(one), family_key(other)
    if first == second:
        return Likeness.SAME
    if not first or not second:
        return Likeness.NONE
    if see(first) == see(second) or sound(first) == sound(second):
        return Likeness.SOUND
    if min(len(first), len(second)) >= 5 and distance(first, second, 1) <= 1:
        return Likeness.SOUND
    return Likeness.NONE


@lru_cache(maxsize=1 << 14)
def compare_names(one: Name, other: Name) -> Likeness:
    """Say how two names agree; a name without given name agrees with every person of the family.

    ``SAME`` is the same words in any order (Yang Sung-chul, Sung Chul Yang); ``START`` is a name whose
    given names are initials or left out; ``SOUND`` is the same name in another spelling.
    """
    first, second = name_words(one), name_words(other)
    if sorted(first) == sorted(second) or "".join(first) == "".join(second):
        return Likeness.SAME
    families = compare_families(one.family, other.family)
    if families == Likeness.SAME:
        return _compare_given(one.given, other.given)
    if sorted(map(sound, first)) == sorted(map(sound, second)):
        return Likeness.SOUND
    if families == Likeness.SOUND and _compare_given(one.given, other.given) >= Likeness.START:
        return Likeness.SOUND
    return Likeness.NONE


def _compare_given(one: str | None, other: str | None) -> Likeness:
    first, second = fold(one or "").split(), fold(other or "").split()
    if not first or not second:
        return Likeness.START
    if "".join(first) == "".join(second):
        return Likeness.SAME
    # “A. N.” and “Andrei”, “John W.” and “John Wilson”, “Andrei” and “Andrei N.”: each word of the
    # shorter begins, or is begun by, the word in its place.
    if all(a.startswith(b) or b.startswith(a) for a, b in zip(first, second, strict=False)) and _abbreviates(
        first, second
    ):
        return Likeness.START
    if sound("".join(first)) == sound("".join(second)):
        return Likeness.SOUND
    return Likeness.NONE


def _abbreviates(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether all words that differ do so by an initial for a name, or are left out."""
    return all(a == b or len(a) == 1 or len(b) == 1 for a, b in zip(first, second, strict=False))


def is_same_person(one: Name, other: Name) -> bool:
    """Tell whether two names can be of one person as they stand: the same words, or initials for them."""
    return compare_names(one, other) >= Likeness.START


# ---- titles


@lru_cache(maxsize=1 << 14)
def title_words(title: str) -> tuple[str, ...]:
    """Return the folded words of a title without a leading article."""
    words = tuple(fold(title).split())
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


@lru_cache(maxsize=1 << 14)
def compare_titles(short: str, full: str) -> Likeness:
    """Say how a title, perhaps shortened, agrees with a full one.

    A number that ends the short title must be the same in the full one: volume I is not volume II.
    """
    first, second = title_words(short), title_words(full)
    if not first or not second:
        return Likeness.NONE
    if first == second:
        return Likeness.SAME
    if second[: len(first)] == first:
        return Likeness.START
    squeezed, whole = "".join(first), "".join(second)
    if squeezed == whole:
        return Likeness.SAME
    if whole.startswith(squeezed) and _ends_word(len(squeezed), second):
        return Likeness.START
    if _is_part(first, second):
        return Likeness.PART
    if _is_near(squeezed, whole, second):
        return Likeness.SOUND
    return Likeness.NONE


def _ends_word(length: int, words: Iterable[str]) -> bool:
    total = 0
    for word in words:
        total += len(word)
        if total >= length:
            break
    return total == length


def _is_part(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether the notable words of a short title all stand in the full one, in the same order."""
    wanted = [word for word in short if word not in _LESSER_WORDS]
    if len(wanted) < 2:
        return False
    rest = iter(full)
    return all(word in rest for word in wanted)


_LEAST_WORD = 5


def is_word_of(short: str, full: str) -> bool:
    """Tell whether a short title is one word of the full one, long enough to be known by: “Alliances”."""
    words = notable_words(short)
    if len(words) != 1 or len(words[0]) < _LEAST_WORD or words[0] not in notable_words(full):
        return False
    # “After Capitalism” is another work than “Against Capitalism”.
    return set(title_words(short)) <= set(title_words(full))


def _is_near(squeezed: str, whole: str, words: Sequence[str]) -> bool:
    """Tell whether a short title is the beginning of a full one but for a few letters."""
    allowed = max(1, len(squeezed) // 12)
    if len(squeezed) < 6 or not words:
        return False
    if see(whole).startswith(see(squeezed)) and len(squeezed) > 8 and _ends_word(len(squeezed), words):
        return True
    # Numbers are never a slip of the pen: “War I” is not near “War II”.
    for length in range(len(squeezed) - allowed, len(squeezed) + allowed + 1):
        beginning = whole[:length]
        if (
            _ends_word(length, words)
            and len(beginning) == length
            and distance(squeezed, beginning, allowed) <= allowed
        ):
            return re.sub(r"\D", "", squeezed) == re.sub(r"\D", "", beginning) and not _differ_by_numeral(
                squeezed, beginning
            )
    return False


def _differ_by_numeral(one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return longer.rstrip("ivx") == shorter.rstrip("ivx") and longer != shorter and longer[-1] in "ivx"


@lru_cache(maxsize=1 << 14)
def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters must be changed, added, left out or swapped, or ``limit + 1`` if more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    # What the two begin and end with alike costs nothing and need not be looked at.
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, opposite in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # A swap looks back two rows, so both must be beyond the limit.
        if min(row) > limit < min(before):
            return limit + 1
    return min(row[-1], limit + 1)


# ---- reading names


_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|jun|sen|fils|ml|st)\.?")
_PERSON_BREAK = re.compile(
    r"(?P<comma>\s*,\s*)?(?P<and>(?:(?<=\s)|(?<=,))(?:and|und|et|és|i|y|e|og|och|и|та|a|si|și|with)\s+|\s*&\s*)|(?P<bare>\s*,\s*)"
)
_ET_AL = re.compile(r"[\s,]+(?:et\s+al|et\s+alii|and\s+others|u\.?\s?a|i\s+in|és\s+mtsai|и\s+др)\b\.?\s*$")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?)+")
_LETTERED = re.compile(r"\(([a-z])\)")


def read_names(text: str, *, inverted: bool = False) -> tuple[Name, ...]:
    """Read a list of names as bibliographies write them.

    Args:
        text: the names, without “ed.” and the like.
        inverted: whether a name that stands without comma has its family name first, as the names
            that a bibliography is sorted by do (Ahn Byong-man, Qiang Zhai).
    """
    text = _ET_AL.sub("", text.strip(" ,;"))
    if ";" in text:
        return tuple(name for part in text.split(";") for name in read_names(part, inverted=inverted))
    parts = _split_names(text)
    if not parts:
        return ()
    if not _turns_round(parts):
        return tuple(_upright(part, inverted) for part, _ in parts)
    names, rest = _take_turned(parts)
    if _rest_turned(rest):
        while rest:
            more, rest = _take_turned(rest)
            names += more
        return tuple(names)
    return (*names, *(read_name(part) for part, _ in rest))


def _split_names(text: str) -> list[tuple[str, bool]]:
    """Return the parts between commas and conjunctions, each with whether “and” stands before it."""
    parts: list[tuple[str, bool]] = []
    start, led = 0, False
    for match in _PERSON_BREAK.finditer(text):
        if text[start : match.start()].strip():
            parts.append((text[start : match.start()].strip(), led))
            led = False
        led = led or match.group("and") is not None
        start = match.end()
    if text[start:].strip():
        parts.append((text[start:].strip(), led))
    return parts


def _turns_round(parts: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether the first part is a family name and the second the given names."""
    if len(parts) < 2 or parts[1][1]:
        return False
    words, following = parts[0][0].split(), parts[1][0].split()
    if len(words) == 1 or words[0].lower() in _PARTICLES or _INITIALS.fullmatch(parts[1][0]):
        return True
    # “García Márquez, Gabriel” is one person; “Ahn Byong-man, Kil Soong-hoom, and …” are several.
    return len(following) == 1 or not any(led for _, led in parts)


def _take_turned(parts: Sequence[tuple[str, bool]]) -> tuple[list[Name], Sequence[tuple[str, bool]]]:
    family, given = parts[0][0], parts[1][0] if len(parts) > 1 else None
    taken, suffix = 2, None
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[2][0]):
        suffix, taken = parts[2][0], 3
    family = _LETTERED.sub("", family)
    written = family if given is None else f"{family}, {given}"
    return [Name(family, given, suffix, written)], parts[taken:]


def _rest_turned(rest: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether the names after the first are turned round as well (Lewis, John W., and Xue, Litai)."""
    if not rest:
        return False
    ands = [index for index, (_, led) in enumerate(rest) if led]
    if ands:
        return len(rest) - ands[-1] >= 2
    return len(rest) % 2 == 0 and all(
        len(part.split()) <= 2 or _INITIALS.fullmatch(part) for part, _ in rest[1::2]
    )


def _upright(part: str, inverted: bool) -> Name:
    words = _LETTERED.sub("", part).split()
    written = " ".join(words)
    if len(words) > 4 or is_body(written):
        return Name(written, written=written)
    if (
        inverted
        and len(words) > 1
        and all(word[0].isupper() for word in words)
        and not words[0].endswith(".")
    ):
        return Name(words[0], " ".join(words[1:]), None, written)
    return read_name(written)


# ---- how two forms of a title differ, letter by letter


class Difference(StrEnum):
    """What sets a title, perhaps shortened, apart from the full one."""

    ARTICLE = "article"
    """An article at the beginning is left out or added."""
    CASE = "case"
    MARKS = "marks"
    """Letters without, or with other, diacritics or apostrophes."""
    HYPHEN = "hyphen"
    """Words joined, parted or hyphenated in another way."""
    OMISSION = "omission"
    """Words left out from the middle."""
    SPELLING = "spelling"


_LITERAL_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@lru_cache(maxsize=1 << 14)
def _literal_words(title: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", title).replace("*", "")
    plain = re.sub(r"[‘’ʼ`´]", "'", re.sub(r"[‐‑‒–—−]", "-", plain))
    return tuple(_LITERAL_WORD.findall(plain))


@lru_cache(maxsize=1 << 14)
def title_difference(short: str, full: str) -> Difference | None:
    """Say how a title differs from the full one; None where it is a beginning or part of it, word for word.

    Punctuation, quotation marks, emphasis and the sort of dash do not count.
    """
    one, other = _literal_words(short), _literal_words(full)
    if other[: len(one)] == one or (
        (len(one) > 1 or is_word_of(short, full)) and _contains(other, one) and not _lacks_article(one, other)
    ):
        return None
    if _lacks_article(one, other) or (
        one[:1] and one[0].lower() in _ARTICLES and other[: len(one) - 1] == one[1:]
    ):
        return Difference.ARTICLE
    beginning = other[: len(one)]
    lower, whole_lower = ([word.casefold() for word in words] for words in (one, other))
    if _lacks_article(lower, whole_lower):
        return Difference.ARTICLE
    if whole_lower[: len(one)] == lower or (len(one) > 1 and _contains(whole_lower, lower)):
        return Difference.CASE
    if [fold(word) for word in beginning] == [fold(word) for word in one]:
        return Difference.MARKS
    squeezed, whole = squeeze(short), squeeze(full)
    if whole.startswith(squeezed):
        return Difference.HYPHEN
    if _is_part(title_words(short), title_words(full)):
        return Difference.OMISSION
    return Difference.SPELLING


def _lacks_article(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(other) and other[0].lower() in _ARTICLES and tuple(other[1 : len(one) + 1]) == tuple(one)


def _contains(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


@lru_cache(maxsize=1 << 12)
def is_eastern_surname(word: str) -> bool:
    """Tell whether a word is a common Korean, Chinese or Vietnamese family name."""
    return read_name(f"{word} Xx-xx").family == word
