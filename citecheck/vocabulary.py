"""The words by which texts of many languages say one thing, as the files in ``seeds/words`` list them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from citecheck.resources import data_folder
from citecheck.tables import Table


@cache
def word_list(subject: str, *kinds: str) -> tuple[str, ...]:
    """Return the words of some kinds, those of all languages, as texts write them.

    Args:
        subject: the file, without suffix.
        kinds: tables of that file.
    """
    tables = word_tables(subject)
    found = (
        word for kind in kinds for language in tables[kind].values for word in tables[kind].texts(language)
    )
    return tuple(dict.fromkeys(found))


@cache
def word_tables(subject: str) -> dict[str, Table]:
    """Return the tables of a file by their names."""
    path = data_folder("seeds") / "words" / f"{subject}.toml"
    with path.open("rb") as file:
        return {
            kind: Table(values, f"[{kind}] of {path.name}") for kind, values in tomllib.load(file).items()
        }


def words_pattern(forms: Iterable[str]) -> str:
    """Return a pattern of words, without group: words of three letters may have a capital, and so may the first.

    White space of any kind may part two words; behind a full stop there may be none. Apostrophes may be curved.
    """
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(map(_form_pattern, ordered))


def _form_pattern(form: str) -> str:
    parts = []
    for place, word in enumerate(form.split()):
        capital = word[0].islower() and (place == 0 or sum(map(str.isalpha, word)) > 2)
        first = f"[{word[0].upper()}{word[0]}]" if capital else re.escape(word[0])
        parts.append(first + re.escape(word[1:]))
    return r"\s".join(parts).replace(r"\.\s", r"\.\s?").replace("'", "[’']")
