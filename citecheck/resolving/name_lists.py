"""Reads lists of names as bibliographies have them, turned round or not: “Lewis, John W., and Xue Litai”."""

import re
from collections.abc import Sequence

from citecheck.citations import Name
from citecheck.reading.creators import is_body, read_name
from citecheck.resolving.names import PARTICLES

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|jun|sen|fils|ml|st)\.?")
_PERSON_BREAK = re.compile(
    r"(?=[\s,&]|(?<=[\s,])\w)(?P<comma>\s*,\s*)?(?P<and>(?:(?<=\s)|(?<=,))(?:and|und|et|és|i|y|e|og|och|и|та|a|si|și|with)\s+|\s*&\s*)|(?P<bare>\s*,\s*)"
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
    if len(words) == 1 or words[0].lower() in PARTICLES or _INITIALS.fullmatch(parts[1][0]):
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
