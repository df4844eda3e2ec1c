"""The names of the months, in the languages and transliterations in which historians date documents.

They are data (``seeds/words/months.toml``). Cyrillic names are transliterated here by the systems of the Library of
Congress, of BGN/PCGN and of ISO 9, and as Slavists write; names with marks on their letters are known without the
marks too.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import attrs

from citecheck.vocabulary import word_tables


@attrs.frozen
class _Language:
    """A language's months, in order, each in its several forms."""

    months: tuple[tuple[str, ...], ...]
    ordinal: bool | None
    """Whether the day stands with a full stop (4. lipnja 1956) or without one (4 lipca 1956); None for both."""
    letters: str
    """For names in Cyrillic letters, the language whose transliteration they follow."""


_LANGUAGES = {
    name: _Language(
        months=tuple(tuple(month.split("/")) for month in table.text("months").split()),
        ordinal=table.flag("ordinal") if "ordinal" in table.values else None,
        letters=table.text_or_none("letters") or "",
    )
    for name, table in word_tables("months").items()
}

# Letter by letter, what differs between the systems; the soft sign at a month's end may stand as an apostrophe.
_SHARED_LETTERS = dict(zip("абвгдезиіїјклмнопрстуфьыэ", "abvgdeziiijklmnoprstuf\0ye", strict=True)) | {
    "ь": ""
}
_SYSTEMS: tuple[Mapping[str, str], ...] = (
    # Library of Congress; Ukraine's own is the same in these words.
    {"ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "iu", "я": "ia", "ў": "u"},
    # BGN/PCGN
    {"ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya", "ў": "w"},
    # ISO 9
    {"ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "ю": "û", "я": "â", "ў": "ŭ", "і": "ì"},
    # that of the Slavists
    {"ж": "ž", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "ю": "ju", "я": "ja", "ў": "ŭ"},
)
# Where a language's letters differ from the Russian ones.
_OTHER_LETTERS: Mapping[str, Mapping[str, str]] = {
    "ukrainian": {"и": "y", "г": "h"},
    "belarusian": {"г": "h"},
}
# June and July as Russianists write them without a system.
_LOOSE_RUSSIAN = {6: "iunia iunya iyunia yunya", 7: "iulia iulya iyulia yulya"}


def month_name(number: int, language: str, *, with_day: bool = False) -> str:
    """Return what a language calls a month; with a day before it, the case that this asks for."""
    forms = _LANGUAGES[language].months[number - 1]
    return forms[1] if with_day and len(forms) > 1 else forms[0]


def _forms(language: _Language) -> Iterator[tuple[str, int]]:
    """Yield a language's names of months with their numbers, transliterations and bare letters among them."""
    for number, forms in enumerate(language.months, start=1):
        for name in forms:
            yield name, number
            if not language.letters and len(name) > 4:
                yield _without_marks(name), number
            elif language.letters and (len(name) > 4 or name in _WHOLE_SHORT_NAMES):
                for letters in _transliterations(language.letters):
                    yield "".join(letters.get(letter, "") for letter in name), number


@cache
def _transliterations(language: str) -> tuple[Mapping[str, str], ...]:
    """Return what each system makes of a language's letters."""
    return tuple({**_SHARED_LETTERS, **system, **_OTHER_LETTERS.get(language, {})} for system in _SYSTEMS)


# Short, but no abbreviations, which are not transliterated: “ian” and “mar” are words of many languages.
_WHOLE_SHORT_NAMES = frozenset(("май", "мая", "мај", "маја", "юни", "юли", "июня", "июль", "июнь", "июля"))


def _without_marks(name: str) -> str:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)
    )
    return bare.replace("ı", "i")


def _gather() -> dict[str, frozenset[tuple[int, bool | None]]]:
    found: dict[str, set[tuple[int, bool | None]]] = {}
    for language in _LANGUAGES.values():
        for name, number in _forms(language):
            found.setdefault(name, set()).add((number, language.ordinal))
    for number, names in _LOOSE_RUSSIAN.items():
        for name in names.split():
            found.setdefault(name, set()).add((number, False))
    return {name: frozenset(meanings) for name, meanings in found.items()}


_MEANINGS = _gather()


@lru_cache(maxsize=1024)
def month_number(word: str, *, ordinal: bool | None = None) -> int | None:
    """Return which month a word names, 1 to 12; None where that is uncertain, or where it names none.

    Args:
        word: the name or its abbreviation, with or without a full stop behind it.
        ordinal: whether the day before it stands with a full stop; None where no day does. It tells Croatian
            5. listopada, in October, from Polish 5 listopada, in November.
    """
    meanings = _MEANINGS.get(_plain(word), frozenset())
    numbers = {number for number, _ in meanings}
    if len(numbers) > 1 and ordinal is not None:
        numbers = {number for number, stopped in meanings if stopped is None or stopped == ordinal}
    return numbers.pop() if len(numbers) == 1 else None


@lru_cache(maxsize=1024)
def is_month(word: str) -> bool:
    """Tell whether a word, perhaps with a capital or a full stop, names a month."""
    return word[1:] == word[1:].lower() and _plain(word) in _MEANINGS


def _plain(word: str) -> str:
    """Return a month's word as the table has it, without the sign of stress and the ties of librarians."""
    return word.rstrip(".'’ʹʼ").lower().replace("\u0301", "").replace("\u0361", "")
