"""The places of documents in archives, as a passage gives them."""

import re
from collections.abc import Sequence
from itertools import pairwise

import attrs

from citecheck.archives import Archive, Hierarchy, LevelKind
from citecheck.citations import Level, Locator
from citecheck.reading.archive_names import Candidate, is_known_unit, is_unknown_unit
from citecheck.reading.assignment import in_order
from citecheck.reading.levels import Reading
from citecheck.reading.terminals import fits_closely


@attrs.frozen
class Place:
    """The place of a document in an archive as one stretch of a passage, with its reading.

    ``start`` and ``end`` are offsets in the passage, as are all spans of its parts.
    """

    start: int
    end: int
    archive: Archive | None
    hierarchy: Hierarchy | None
    levels: tuple[Level, ...]
    printed: tuple[Level, ...]
    locators: tuple[Locator, ...]
    archive_written: str = ""
    archive_span: tuple[int, int] | None = None
    carried: int = 0
    continues: bool = False
    """True for a place that leaves out what the place before it said (“…; Оп. 8. Д. 4794”)."""
    ibid: str | None = None
    description: tuple[int, int] | None = None
    """Where the document is described between the levels: “sygn. 168, Sprawozdanie z działalności, k. 12”."""
    stands_for: tuple[Level, ...] = ()
    """The levels that an author's code, the first of ``levels``, stands for."""


def make_places(
    text: str,
    reading: Reading,
    start: int,
    archive_span: tuple[int, int] | None,
    candidate: Candidate,
    hierarchy: Hierarchy,
) -> list[Place]:
    """Make a place of a reading, or several where it gives several, each with what it carries over."""
    bounds = [(0, 0), *reading.splits, (len(reading.printed), len(reading.locators))]
    places: list[Place] = []
    for (level_from, locator_from), (level_to, locator_to) in pairwise(bounds):
        printed = reading.printed[level_from:level_to]
        locators = reading.locators[locator_from:locator_to]
        spans = [level.span for level in printed] + [locator.span for locator in locators]
        last = level_to == len(reading.printed)
        end = reading.end if last else max((span[1] for span in spans), default=reading.end)
        levels = in_order(printed, hierarchy)
        stands_for: tuple[Level, ...] = ()
        if candidate.series is not None and not places and "series" in hierarchy.by_key:
            levels = (Level("series", candidate.series), *levels)
            stands_for = candidate.stands_for
        first_span = archive_span if not places else None
        if first_span is not None and candidate.archive is not None:
            levels = (*_house(text[slice(*first_span)], candidate.archive, levels), *levels)
        place = Place(
            start=start if not places else printed[0].span[0],
            end=max(end, first_span[1]) if first_span is not None else end,
            archive=candidate.archive,
            hierarchy=hierarchy,
            levels=levels,
            printed=printed,
            locators=locators,
            archive_written=text[slice(*first_span)] if first_span is not None else "",
            archive_span=first_span,
            description=reading.description if not places else None,
            stands_for=stands_for,
        )
        places.append(inherit(place, places[-1]) if places else place)
    return places


def _house(name: str, archive: Archive, levels: Sequence[Level]) -> Sequence[Level]:
    """Return the highest level where an archive goes by the name of a house in it: Haus-, Hof- und Staatsarchiv.

    Or by that of a collection, behind its parts: “Folder 75, Box 8, RG 1.1, Rockefeller Foundation Records”.
    """
    given = {level.key for level in levels}
    return [
        Level(unit.level, unit.value)
        for unit in archive.units
        if unit.level not in given
        and archive.hierarchy.rank[unit.level] == 0
        and (unit.name in name or unit.value in (name, re.split(r",?\s", name)[0]))
    ][:1]


def inherit(place: Place, before: Place) -> Place:
    """Give a place the levels above its own highest one, and the archive, of the place before it."""
    hierarchy = place.hierarchy
    if hierarchy is None or not place.levels:
        return place
    rank = hierarchy.rank
    highest = min(rank.get(level.key, len(rank)) for level in place.levels)
    above = tuple(level for level in before.levels if rank.get(level.key, -1) < highest)
    return attrs.evolve(
        place,
        archive=before.archive,
        levels=(*above, *place.levels),
        carried=len(above),
        continues=True,
        stands_for=before.stands_for if above else (),
    )


def complete(place: Place, reading: Reading) -> Place:
    """Add levels and leaves to a place that a semicolon has cut in two."""
    return attrs.evolve(
        place,
        end=reading.end,
        levels=(*place.levels, *reading.printed),
        printed=(*place.printed, *reading.printed),
        locators=reading.locators,
    )


def is_better(found: Sequence[Place], best: Sequence[Place]) -> bool:
    """Tell whether one reading of a text is better than another, which may be none."""
    return not best or _worth(found) > _worth(best)


def _worth(found: Sequence[Place]) -> tuple[float, int, int]:
    """Rank a reading: values that fit their levels, then levels found, then length."""
    place = found[0]
    kinds = place.hierarchy.by_key if place.hierarchy is not None else {}
    fitting = sum(_fit(level, kinds.get(level.key), place.archive) for level in place.printed)
    missing = 0
    if place.archive is not None:
        present = {level.key for level in place.printed}
        missing = sum(kind.required and kind.key not in present for kind in kinds.values())
    whole = len(place.printed) + len(place.locators)
    return fitting + leaves_at_end(place) - missing / 2, whole, found[-1].end


def leaves_at_end(place: Place) -> int:
    """Count the leaves behind all levels, less those before one: what stands there is no leaf.

    In “f. 0102, op. 14, p. 75, d. 6, l. 101” p. is a papka, though elsewhere it labels pages.
    """
    last = max((level.span[0] for level in place.printed if level.label), default=0)
    return sum(1 if locator.span[0] > last else -1 for locator in place.locators)


def _fit(level: Level, kind: LevelKind | None, archive: Archive | None) -> float:
    """Say how well a value fits its level; words without a label, where any words would do, say little."""
    if kind is None or not kind.fits(level.value):
        return 0
    if is_unknown_unit(archive, level.key, level.value):
        return 0.5
    # ASV is Venice and the Vatican; the Arch. Nunz. are in one of them.
    known = 0.5 if archive is not None and is_known_unit(archive, level.key, level.value) else 0
    return known + (1 if level.label or fits_closely(kind, level.value) else 0.5)
