"""Finds where a text gives the place of a document in an archive.

Names of archives, labels of levels and known units say where to look; citecheck/reading/levels.py reads what
stands there. Nothing here knows any archive: names, labels and levels come from the registry and from
the manuscript's own declarations.
"""

import re
from functools import cache, lru_cache

import attrs

from citecheck.archives import Registry
from citecheck.citations import Level
from citecheck.reading.archive_names import WORD, Candidate, NameIndex, plain
from citecheck.reading.levels import Reading, read_levels
from citecheck.reading.named_places import OPENS_AGAIN, named_place, next_name
from citecheck.reading.places import Place, complete, inherit, make_places
from citecheck.reading.repetitions import IBID_OPENING
from citecheck.reading.unnamed_places import (
    counted_labels,
    first_labels,
    ibid_place,
    known_unit_place,
    telling_labels,
    told_place,
    unnamed_counted,
    unnamed_place,
)
from citecheck.vocabulary import word_list

__all__ = ["NameIndex", "Place", "find_places"]


def find_places(text: str, names: NameIndex) -> list[Place]:
    """Return the places in archives that a passage gives, in order."""
    flat = plain(text)
    places: list[Place] = []
    done = 0
    telling = _telling_words(names)
    for word in [word for word in WORD.finditer(flat) if word.group() in telling]:
        if word.start() < done:
            continue
        found = _places_at(flat, word, names, done)
        if found:
            found[-1:] = _with_what_follows(flat, found[-1], names)
            places += found
            done = found[-1].end
    return [_as_in(text, place) for place in places]


@lru_cache(maxsize=4)
def _telling_words(names: NameIndex) -> frozenset[str]:
    """Return the words at which a place may begin; no other word of a text needs a second look."""
    return _telling_labels(names.registry).union(names.first_words)


@cache
def _telling_labels(registry: Registry) -> frozenset[str]:
    openings = (
        word for form in word_list("repetitions", "ibid", "ibid_or_else") for word in WORD.findall(form)[:1]
    )
    ibid = (form for word in openings for form in (word, word.capitalize(), word.upper()))
    labels = (*first_labels(registry), *counted_labels(registry), *telling_labels(registry))
    return frozenset((*labels, *ibid))


def _places_at(text: str, word: re.Match[str], names: NameIndex, done: int) -> list[Place]:
    """Return the place that a word opens, or an archive's name there closes, and what goes on from it."""
    name = names.name_at(text, word)
    if name is not None and (found := named_place(text, word.start(), name, names, done)):
        return found
    if found := known_unit_place(text, word, names, done):
        return found
    if name is not None:
        return []
    registry = names.registry
    hierarchies = first_labels(registry).get(word.group())
    if hierarchies and _NUMBER_FOLLOWS.match(text, word.end()):
        return unnamed_place(text, word.start(), names, hierarchies, done)
    if word.group() in counted_labels(registry):
        return unnamed_counted(text, word.start(), names, done)
    labels = telling_labels(registry).get(word.group())
    if labels and _NUMBER_FOLLOWS.match(text, word.end()):
        return told_place(text, word.start(), labels, done)
    ibid = _IBID.match(text, word.start())
    return ibid_place(text, ibid, names) if ibid is not None else []


def _as_in(text: str, place: Place) -> Place:
    """Return the place with its words as they stand in the text, before spaces were made plain."""
    written = text[slice(*place.archive_span)] if place.archive_span is not None else ""
    return place if written == place.archive_written else attrs.evolve(place, archive_written=written)


# Behind a label: 5, № 5, [5], R-5446, lI for 11, XXIII, or the next word of a label that has two (a. j.).
_NUMBER_FOLLOWS = re.compile(
    r"['.]?\s?(?:№\s?|\[)?(?:(?:[^\W\d_]{1,4}[-. ]?)?\d|[lI]{1,2}\b|[IVXLC]+\b|[^\W_]{1,3}\.\s)"
)
# The stop may stand inside italics or behind them: “*Ibid.*, l. 5”, “*Ibid*., l. 5”.
_IBID = re.compile(rf"(?:{IBID_OPENING})(?!\w)\.?\*{{0,3}}\.?[,.:;]?\s*", re.IGNORECASE)
# A semicolon; or the pages of a book that cites files: “(citing RGASPI, …, l. 10), 513 (d. 1124, l. 32–7)”.
_GOES_ON = re.compile(
    r"\s*;\s*(?:(?:and|и|та|und|i|și)\s+)?(?:(?:[Ss]ee(?:\s+also)?|[Cc]f\.|vgl\.|см\.(?:\s+также)?)\s+)?"
    r"|\),\s?[\d–-]{1,12},?\s\((?:citing\s+)?(?=[^\W\d_]{1,5}\.?\s?\d)"
)


def _completes(reading: Reading, before: Place) -> bool:
    """Tell whether levels are all below those of the place before, which has no leaves: “f. 5; op. 28; d. 410; l. 12”."""
    if before.locators or before.hierarchy is None or reading.splits:
        return False
    rank = before.hierarchy.rank
    lowest = max((rank.get(level.key, -1) for level in before.printed), default=len(rank))
    return all(rank.get(level.key, -1) > lowest for level in reading.printed)


def _is_like(level: Level, before: Place) -> bool:
    """Tell whether a number without a label is of the make of one in the place before: “XI A/65, k. 12; XI A/66”."""
    shape = _shape(level.value)
    alike = (other for other in before.printed if other.key == level.key and not other.label)
    return len(shape) > 2 and any(_shape(other.value) == shape for other in alike)


def _shape(value: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", value))


def _with_what_follows(text: str, before: Place, names: NameIndex) -> list[Place]:
    """Return a place with what completes it, and further places that follow without naming the archive again."""
    found = [before]
    while (hierarchy := before.hierarchy) is not None:
        joint = _GOES_ON.match(text, before.end)
        word = WORD.match(text, joint.end()) if joint is not None else None
        if joint is None or (word is not None and names.name_at(text, word) is not None):
            break
        candidate = Candidate(before.archive, hierarchy)
        limit = next_name(text, joint.end(), names, candidate, hierarchy)
        reading = read_levels(text, joint.end(), limit, hierarchy)
        if reading is not None and reading.opening in OPENS_AGAIN and _completes(reading, before):
            found[-1] = before = complete(before, reading)
            continue
        if reading is None or not reading.printed:
            break
        if reading.opening not in OPENS_AGAIN and not _is_like(reading.printed[0], before):
            break
        for place in make_places(text, reading, joint.end(), None, candidate, hierarchy):
            if before.ibid is not None:
                # “Ibid., d. 411, ll. 12-13; d. 412, l. 5”: the second goes on from the first as that does from its own.
                before = attrs.evolve(place, ibid=before.ibid)
            else:
                before = inherit(place, before) if not place.continues else place
            found.append(before)
    return found
