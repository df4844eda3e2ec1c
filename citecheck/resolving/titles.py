"""Compares titles as a reader does: a shortened one with the full one, and letter by letter."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from citecheck.resolving.folding import fold, see, squeeze
from citecheck.resolving.likeness import Likeness, distance

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


def first_notable_word(title: str) -> str:
    """Return the first folded word of a title that is no article, preposition or conjunction."""
    return next(iter(notable_words(title) or fold(title).split()), "")


@lru_cache(maxsize=1 << 14)
def notable_words(title: str) -> tuple[str, ...]:
    """Return the folded words of a title without articles, prepositions and conjunctions."""
    return tuple(word for word in fold(title).split() if word not in _LESSER_WORDS)


@lru_cache(maxsize=1 << 14)
def title_words(title: str) -> tuple[str, ...]:
    """Return the folded words of a title without a leading article."""
    words = tuple(fold(title).split())
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def is_near_title(short: str, full: str) -> bool:
    """Tell whether a title that is no part of another shares so much with it that it may be meant for it.

    Two thirds of its notable words do, two at least: *Two Moons in the Heavens* may be *Two Suns in the Heavens*.
    """
    words, others = set(notable_words(short)), set(notable_words(full))
    shared = len(words & others)
    return shared > 1 and shared * 3 >= len(words) * 2


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
        if len(words) > 1 and beginning == words[0] and beginning[-2:] != squeezed[-2:]:
            # “Anarchism” is not how “The Anarchist Prince” begins.
            continue
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
    if one[:1] and other[:1] and {lower[0], whole_lower[0]} <= _ARTICLES and lower[0] != whole_lower[0]:
        # “A Modern History” is not “The Modern History”.
        return Difference.SPELLING
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
