"""Reads the keys of bibliography programs: ``[@lankov2002, p. 12]``, ``\\autocite[12]{lankov2002}``."""

import re

from citecheck.citations import OtherReference
from citecheck.reading.locators import read_locators, shift

_KEYS = re.compile(
    r"\[(?P<pandoc>[^\[\]]{0,80}@\w[^\[\]]{0,160})\]"
    r"|(?P<text>(?<![\w@])@\w[\w:.#$%&+?<>~/-]*\w)(?:\s\[(?P<places>[^\[\]@]{1,60})\])?"
    r"|\\(?:\w{0,12}cite\w{0,8}|\w{0,13}cquote)\*?(?P<latex>(?:(?:\[[^\[\]]{0,80}\]){0,2}\{[^{}\n]{1,120}\}){1,6})"
)
_PANDOC_KEY = re.compile(r"-?@(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?)(?:\s*,?\s*(?P<places>[^@;\]]{1,80}))?")
_LATEX_KEY = re.compile(r"(?:\[(?P<first>[^\[\]]*)\])?(?:\[(?P<second>[^\[\]]*)\])?\{(?P<keys>[^{}]+)\}")


def read_keys(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, OtherReference]]:
    """Return range and reading of each key in ``text[start:end]``; several in one bracket share its range."""
    found: list[tuple[int, int, OtherReference]] = []
    for match in _KEYS.finditer(text, start, len(text) if end is None else end):
        if match.group("pandoc") is not None:
            offset = match.start("pandoc")
            pairs = [
                (each.group("key"), each.group("places") or "", offset + max(each.start("places"), 0))
                for each in _PANDOC_KEY.finditer(match.group("pandoc"))
            ]
        elif match.group("text") is not None:
            pairs = [(match.group("text")[1:], match.group("places") or "", max(match.start("places"), 0))]
        else:
            pairs = list(_latex_pairs(match.group("latex"), match.start("latex")))
        for key, places, at in pairs:
            begin = len(places) - len(places.lstrip(" ,"))
            locators = read_locators(places.strip(" ,.")) if places.strip(" ,.") else None
            moved = shift(locators or (), at + begin - match.start())
            found.append((match.start(), match.end(), OtherReference((), f"@{key}", None, moved)))
    return found


def _latex_pairs(arguments: str, offset: int) -> list[tuple[str, str, int]]:
    """Return keys with their postnotes; in ``[see][12]{key}`` the second bracket is the postnote."""
    pairs: list[tuple[str, str, int]] = []
    for each in _LATEX_KEY.finditer(arguments):
        group = "second" if each.group("second") is not None else "first"
        keys = [key.strip() for key in each.group("keys").split(",") if key.strip()]
        pairs += [(key, "", 0) for key in keys[:-1]]
        if keys:
            pairs.append((keys[-1], each.group(group) or "", offset + max(each.start(group), 0)))
    return pairs
