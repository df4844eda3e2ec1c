"""Compares names of persons as a reader does: given names left out, initials, another order, another spelling."""

import re
from collections.abc import Sequence
from functools import lru_cache

from citecheck.citations import Name
from citecheck.resolving.folding import fold, see, sound
from citecheck.resolving.likeness import Likeness, distance

# Before a family name; they do not decide where it is filed (Ree, Erik van; De Ceuster, Koen).
PARTICLES = frozenset(
    """van von de der den del della di da dos das do du d des le la les el al ibn bin ben ter ten zu zur zum
    af av st""".split()  # noqa: SIM905
)
_NAME_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@lru_cache(maxsize=1 << 14)
def family_key(family: str) -> str:
    """Return a family name as it is looked up: folded, squeezed, without particles and “et al.”."""
    words = fold(
        re.sub(r"[\s,]+(?:et|and|u\.?|i|és)\s+(?:al|others|a|in|mtsai)\b\.?|\(\w\)$", "", family)
    ).split()
    while len(words) > 1 and (words[-1] in _NAME_SUFFIXES or len(words[-1]) == 1):
        # Of “Rainer M.” the initial tells bearers of the name apart, and is left out as often.
        words.pop()
    while len(words) > 1 and words[0] in PARTICLES:
        words.pop(0)
    return "".join(words)


@lru_cache(maxsize=1 << 14)
def name_words(name: Name) -> tuple[str, ...]:
    """Return the folded words of a name, particles and suffixes left out, family name first."""
    words = fold(f"{name.family} {name.given or ''}").split()
    kept = tuple(word for word in words if word not in PARTICLES and word not in _NAME_SUFFIXES)
    return kept or tuple(words)


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
