"""Canonical identities: equal keys for what is one document, or one work, however it is cited."""

import re
from collections.abc import Iterator
from functools import lru_cache

from citecheck.archives import Hierarchy, Registry, load_registry
from citecheck.citations import ArchivalReference, Entry, Level, WorkReference
from citecheck.reading.numbers import roman_value
from citecheck.resolving.folding import fold, slug
from citecheck.resolving.titles import first_notable_word

# ---- archives


_NO_NUMBER = re.compile(
    r"no\s+(?:reference\s+|registry\s+)?number|without\s+number|unnumbered|б/н|szám\s+nélkül|s\.\s?n\.|o\.\s?nr",
    re.IGNORECASE,
)
_VALUE_NOISE = re.compile(r"[\s.№*_]+")
_VALUE_DASH = re.compile(r"[‐‑‒–—−]")


def archival_key(reference: ArchivalReference, registry: Registry | None = None) -> str:
    """Return the canonical identity of a document in an archive: ``RGANI:5/28/410``.

    Leaves do not belong to it. A required level that is lost is ``?``, so that a reference without
    fond is no other's equal. Where a document has no registry number, its description and date stand for it.
    Words that could not be read belong to it too: nobody knows what they say of the place.
    ``registry`` knows the hierarchies; it is citecheck's own if not given.
    """
    place = reference.archive or fold(reference.archive_written).replace(" ", "-") or "?"
    hierarchies = (registry or load_registry()).hierarchies
    levels = _with_gaps(reference, hierarchies.get(reference.hierarchy or ""))
    key = f"{place}:{'/'.join([_archival_value(level.told_apart) for level in levels])}"
    if "no-number" in key:
        key += f"~{slug(reference.description or '')}@{reference.date or ''}"
    if reference.unread is not None:
        key += f"/?{_archival_value(reference.unread)}"
    return key


def _with_gaps(reference: ArchivalReference, hierarchy: Hierarchy | None) -> Iterator[Level]:
    """Yield the levels without leaves, and “?” where one that the archive requires is left out."""
    if hierarchy is None:
        yield from reference.spelt_out
        return
    rank = hierarchy.rank
    highest = max((rank.get(level.key, -1) for level in reference.spelt_out), default=-1)
    present = {level.key for level in reference.spelt_out}
    lost = [
        kind
        for kind in hierarchy.levels[:highest]
        if kind.required and not kind.locator and kind.key not in present
    ]
    for level in reference.spelt_out:
        while lost and rank[lost[0].key] < rank.get(level.key, highest):
            yield Level(lost.pop(0).key, "?")
        kind = hierarchy.by_key.get(level.key)
        if kind is None or not kind.locator:
            yield level


@lru_cache(maxsize=1 << 12)
def _archival_value(value: str) -> str:
    """Fold the letters of a value, but keep slashes and dashes, which tell 5/b from 5b."""
    if not value:
        return "?"
    if _NO_NUMBER.search(value):
        year = re.search(r"\d{4}", value)
        return f"no-number-{year.group()}" if year is not None else "no-number"
    plain = _VALUE_NOISE.sub("", _VALUE_DASH.sub("-", value))
    return "".join(fold(part) if part.isalnum() else part for part in re.split(r"([^\w]+)", plain))


# ---- works


def work_key(reference: WorkReference | Entry) -> str:
    """Return the canonical identity of a work: ``work:lankov-2002``.

    An entry has the identity of its id; a work that no entry lists has author and year, or, without
    a year, author and first notable word.
    """
    if isinstance(reference, Entry):
        return f"work:{reference.id}"
    if reference.date is not None:
        return f"work:{entry_id(reference)}"
    people = reference.people
    name = slug(people[0].family) if people else ""
    title = slug(reference.title or "", 6) if not name else first_notable_word(reference.title or "")
    # Of an edition in many volumes, which nobody dates, each is a book of its own.
    volume = volume_number(reference.volume) if not name else None
    return "work:" + "-".join(filter(None, (name, title, volume)))


def volume_number(volume: str | None) -> str | None:
    """Return a volume in figures where it is a Roman number: ``15`` of “XV”."""
    value = roman_value(volume) if volume is not None else None
    return str(value) if value is not None else volume


def entry_id(reference: WorkReference) -> str:
    """Return a readable identifier of a work: ``lankov-2002``, ``stalin-s-conversations-1996``."""
    people = reference.people
    name = slug(people[0].family) if people else slug(reference.title or "", 3)
    years = re.findall(r"\d{4}", reference.date or "")
    year = (years[-1] if years else "") + (reference.suffix or "")
    return f"{name or 'anonymous'}-{year}" if year else name or "anonymous"
