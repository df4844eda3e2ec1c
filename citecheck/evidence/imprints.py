"""Takes imprints apart: towns with their states, and publishers without the words that all of them share."""

import re
from functools import lru_cache

import attrs

from citecheck.resolving.folding import fold
from citecheck.vocabulary import word_list, words_pattern

_COMMON_WORDS = frozenset(
    """press publishers publisher publishing publications publication company co and ltd limited inc corp
    incorporated books book house verlag gmbh ag bt kft kiado konyvkiado the group sons und et editions
    edition editore izdatelstvo izd wydawnictwo nakladatelstvi editura""".split()  # noqa: SIM905
)
_STATE = (
    rf"(?:(?:[A-Z]\.\s?){{2,}}|{words_pattern(word_list('american-states', 'abbreviations'))}|[A-Z]{{2}}(?!\w)"
    rf"|(?:{words_pattern(word_list('american-states', 'short_names'))})(?!\w))"
)
# “Cambridge, Mass.”, “Cambridge Mass.”, “Armonk, N.Y.”, “Boulder, CO”, “Ames, Iowa”.
_TOWN = re.compile(
    rf"(?P<town>[A-ZÀ-ÞÉŐ][^,;:]*?)(?:(?P<comma>,)?\s(?P<state>{_STATE}))?"
    r"(?=\s*(?:,?\s+(?:and|&|und|et)\s|,|;|$))"
)


@attrs.frozen
class Town:
    """A place of publication as written: with or without its state, and a comma before that."""

    name: str
    state: str | None
    has_comma: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_towns(place: str) -> tuple[Town, ...]:
    """Return the towns of a statement of place: “Jefferson, N.C., and London” has two."""
    found = []
    for match in _TOWN.finditer(place):
        name = re.sub(r"^(?:and|und|et|&)\s+", "", match.group("town").strip())
        if name:
            found.append(
                Town(name, match.group("state"), match.group("comma") is not None, match.start(), match.end())
            )
    return tuple(found)


def towns(place: str) -> tuple[str, ...]:
    """Return the folded names of the towns in a statement of place, without states."""
    return tuple(fold(town.name) for town in read_towns(place))


@lru_cache(maxsize=4096)
def publisher_core(publisher: str) -> tuple[str, ...]:
    """Return the folded words that tell a publisher from others: ``hurst`` of “C. Hurst & Co.”."""
    written = re.sub(r"\bUniv\.", "University", re.sub(r"\b[A-Z]\.", "", publisher))
    words = [word for word in fold(written).split() if word not in _COMMON_WORDS]
    return tuple(words) or tuple(fold(publisher).split())


# “Hoover Press” and “Hoover Institution Press” are one publisher; “Indiana” and “Indiana University” too.
_INSTITUTIONS = frozenset(("institution", "institute", "university"))


@lru_cache(maxsize=4096)
def publisher_identity(publisher: str) -> tuple[str, ...]:
    """Return what is the same in all forms of a publisher’s name: ``praeger`` of “Frederick A. Praeger”."""
    words = publisher_core(publisher)
    core = tuple(word for word in words if word not in _INSTITUTIONS) or words
    has_partners = " and " in publisher or "&" in publisher
    written = publisher.split()
    if (
        len(core) == 2
        and not has_partners
        and written[0].istitle()
        and any(word.endswith(".") for word in written[1:2])
    ):
        # A founder's given name and initial.
        return core[1:]
    return core
