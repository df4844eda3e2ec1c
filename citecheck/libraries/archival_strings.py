"""Archival references as reference managers leave them: one string in a field meant for something else."""

from collections.abc import Iterable
from functools import cache

from citecheck.archives import Registry
from citecheck.citations import ArchivalReference, WorkReference
from citecheck.reading.archival import find_places
from citecheck.reading.archive_names import NameIndex


@cache
def _names(registry: Registry) -> NameIndex:
    return NameIndex(registry, {})


def read_archival_string(
    candidates: Iterable[str],
    registry: Registry,
    *,
    document: WorkReference,
) -> tuple[ArchivalReference, str] | None:
    """Read the first of several strings that gives a place in an archive.

    Args:
        candidates: the strings, the likeliest first: “ЦДАГО України. Ф. 1. Оп. 32. Спр. 2612”.
        registry: the archives that are known.
        document: what the entry says of the document: its title, date and authors.

    Returns:
        the record and the string that it was read from, or None where none of them gives a place.
    """
    for text in candidates:
        for place in find_places(text, _names(registry)):
            if place.ibid is None and place.levels and (place.archive is not None or len(place.levels) > 1):
                reference = ArchivalReference(
                    archive=place.archive.id if place.archive is not None else None,
                    levels=place.levels,
                    locators=place.locators,
                    description=document.title,
                    date=document.date,
                    creators=document.creators,
                    hierarchy=place.hierarchy.id if place.hierarchy is not None else None,
                    archive_written=place.archive_written,
                )
                return reference, text
    return None
