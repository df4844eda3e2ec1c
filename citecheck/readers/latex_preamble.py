r"""What the preamble of a LaTeX document settles: how notes are numbered, and whether ``\autocite`` makes notes."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

import attrs

from citecheck.readers.numerals import counted_letters, roman, symbols

NoteKind = Literal["footnote", "endnote"]
Numeral = Callable[[int], str]

_AUTO_IN_NOTES = re.compile(
    r"autocite\s*=\s*(?:foot|footnote)\b|style\s*=\s*\{?(?:verbose|authortitle|chicago-notes|footnote-dw|authortitle-dw"
    r"|historian|sbl|oscola|mhra|windycity)"
)
_CHICAGO = re.compile(r"\\usepackage\s*(?:\[([^\]]*)\])?\s*\{[^}]*\bbiblatex-chicago\b[^}]*\}")
_NEW_SERIES = re.compile(r"\\DeclareNewFootnote(?:\[[^\]]*\])?\{([A-Za-z]+)\}")
_GERMAN = re.compile(
    r"\\usepackage\s*\[[^\]]*(?:n?german|austrian|swissgerman)[^\]]*\]\s*\{babel\}|\{n?german\}"
)
_CLASS = re.compile(r"\\documentclass\s*(?:\[[^\]]*\])?\s*\{([^}]{1,40})\}")
# Classes that number the notes of each chapter anew.
_BY_CHAPTER = re.compile(r"book|report|memoir|scrreprt|thesis|diss", re.IGNORECASE)
_PER_PAGE = re.compile(
    r"\\usepackage\s*\[[^\]]*perpage[^\]]*\]\s*\{footmisc\}|\\MakePerPage\s*(?:\[[^\]]*\])?\s*\{footnote\}"
)
_WITHIN = re.compile(
    r"\\counterwithin\*?\s*\{footnote\}\s*\{(\w{1,20})\}|\\@addtoreset\s*\{footnote\}\s*\{(\w{1,20})\}"
)
_WITHOUT = re.compile(r"\\counterwithout\*?\s*\{footnote\}\s*\{(\w{1,20})\}")
_NUMERALS: dict[str, Numeral] = {
    "arabic": str,
    "roman": roman,
    "Roman": lambda number: roman(number).upper(),
    "alph": counted_letters,
    "Alph": lambda number: counted_letters(number).upper(),
    "fnsymbol": symbols,
}
_THE_NOTE = re.compile(
    r"\\renewcommand\*?\s*\{?\s*\\the(footnote|endnote)\s*\}?\s*\{\s*\\(arabic|[rR]oman|[aA]lph|fnsymbol)\b"
)


@attrs.frozen
class Preamble:
    """What stands before the text and holds for all of it."""

    cites_in_notes: bool
    r"""Whether ``\autocite`` makes footnotes."""
    resets: frozenset[str]
    """The headings that footnotes are numbered anew after."""
    numerals: Mapping[NoteKind, Numeral | None]
    """How the notes of each kind are numbered; None where the numbers cannot be known."""
    series: tuple[str, ...]
    r"""Series of footnotes of the document's own: ``\DeclareNewFootnote{Source}`` makes ``\footnoteSource``."""

    @classmethod
    def read(cls, text: str) -> "Preamble":
        """Read a preamble."""
        numerals: dict[NoteKind, Numeral | None] = {"footnote": str, "endnote": str}
        for match in _THE_NOTE.finditer(text):
            numerals["footnote" if match[1] == "footnote" else "endnote"] = _NUMERALS[match[2]]
        if _PER_PAGE.search(text):
            numerals["footnote"] = None
        series = tuple(match[1] for match in _NEW_SERIES.finditer(text))
        return cls(_cites_in_notes(text), _resets(text), numerals, series)


def is_german(text: str) -> bool:
    """Tell whether a document is set by German rules, in which a quotation mark before a letter is an umlaut."""
    return _GERMAN.search(text) is not None


def _cites_in_notes(preamble: str) -> bool:
    r"""Tell whether ``\autocite`` makes footnotes in this document."""
    chicago = _CHICAGO.search(preamble)
    if chicago is not None:
        return "authordate" not in (chicago[1] or "")
    return _AUTO_IN_NOTES.search(preamble) is not None


def _resets(preamble: str) -> frozenset[str]:
    """Return the headings that footnotes are numbered anew after."""
    found = {name for match in _WITHIN.finditer(preamble) for name in match.groups() if name}
    document_class = _CLASS.search(preamble)
    if document_class is not None and _BY_CHAPTER.search(document_class[1]):
        found.update(("chapter", "addchap"))
    return frozenset(found - {match[1] for match in _WITHOUT.finditer(preamble)})
