"""Finds the short forms that a manuscript declares: “(hereafter RGANI)”, a list of abbreviations."""

import re
from collections.abc import Iterator

from citecheck.manuscript import Manuscript, Passage

# First letters in both cases instead of a flag: the search then skips from one such letter to the next.
HEREAFTER = re.compile(
    r"(?:[Hh](?:ereafter|enceforth|ereinafter)|[Tt]hereafter|[Dd]alej|[Дд]ал(?:ее|і)|[Вв]\s+дальнейшем|"
    r"[Ii]m\s+[Ff]olgenden|[Ff]ortan|[Cc]i-après|[Aa]\s+továbbiakban|[Dd]ále(?:\s+jen)?)"
    r"(?:\s+(?:cited|referred\s+to|abbreviated))?(?:\s+as)?"
    r"\s*[:–—-]?\s*[“\"«„']?([A-ZА-ЯÁÉÍÓÖŐÚÜŰČŚŽІЇЄҐ][\w-]{1,12}(?: [A-ZА-ЯІЇЄҐ]{1,6}){0,2})[”\"»“']?\s*\)"
)


# What the words of the pattern have in common with no other: to look for these is a hundred times as fast.
_HEREAFTER_STEMS = (
    *(
        "ereafter",
        "enceforth",
        "ereinafter",
        "hereafter",
        "alej",
        "алее",
        "алі",
        "дальнейшем",
        "olgenden",
        "ortan",
    ),
    *("i-après", "továbbiakban", "ále"),
)


def passages(manuscript: Manuscript) -> Iterator[Passage]:
    """Yield the paragraphs of the body, then the notes."""
    yield from manuscript.body
    for note in manuscript.notes:
        yield note.passage


def declared_names(manuscript: Manuscript) -> dict[str, str]:
    """Return the short forms that a manuscript declares, in a list or by “hereafter”, with what they stand for."""
    declared = {abbreviation.short: abbreviation.long for abbreviation in manuscript.abbreviations}
    for passage in passages(manuscript):
        if not any(stem in passage.text for stem in _HEREAFTER_STEMS):
            continue
        for match in HEREAFTER.finditer(passage.text):
            short = match.group(1)
            opening = passage.text.rfind("(", max(0, match.start() - 80), match.start())
            if opening >= 0 and sum(letter.isupper() for letter in short) >= 2:
                declared.setdefault(short, _explained(passage.text, opening))
    return declared


def _explained(text: str, end: int) -> str:
    """Return the words before a bracket that an abbreviation in it stands for."""
    words = re.split(r"[.;()]\s|[:,]\s(?=[a-z])", text[max(0, end - 160) : end])[-1]
    return words.strip(' ,“”"[').split(": ")[-1]
