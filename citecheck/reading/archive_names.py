"""The names of archives as they stand in a text, and what each may mean."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

import attrs

from citecheck.archives import Archive, Hierarchy, Registry, Unit, fold_name
from citecheck.citations import Level
from citecheck.reading.levels import read_levels

LETTERS_PATTERN = r"(?=\w*[A-ZА-Я]\w*[A-ZА-Я])[^\W\d_]{2,8}"
"""A regular expression for letters that may stand for an archive: RGANI, BArch."""


@attrs.frozen
class Candidate:
    """What a name in the text may mean: an archive, or a series of one, cited by a hierarchy."""

    archive: Archive | None
    hierarchy: Hierarchy | None
    series: str | None = None
    certain: bool = True
    """False for names that other archives or ordinary words share."""
    opens_signature: bool = False
    """True for names that are the first word of a signature too: IOR/L/PS/12/1993."""
    long: str = ""
    """The part of the archive that a short form stands for, in words: “FO 371”."""

    @property
    def stands_for(self) -> tuple[Level, ...]:
        """The levels of that part; () where it cannot be read."""
        return _read_part(self.long, self.hierarchy) if self.hierarchy is not None else ()


@attrs.frozen
class KnownUnit:
    """A unit whose content the registry knows, as it tells the archive where none is named: FO 371/8475."""

    archive: Archive
    unit: Unit

    def is_value(self, key: str, value: str) -> bool:
        """Tell whether a level is this unit, or a number inside it: ``CIA-RDP79T…`` is of ``CIA-RDP``."""
        known, value = self.unit.value, _without_stops(value)
        if key != self.unit.level or not value.startswith(known):
            return False
        rest = value[len(known) :]
        if not rest:
            return True
        figures = known[-1].isdigit() and rest[0].isdigit()
        letters = known[-1].isalpha() and rest[0].isalpha()
        return not figures and not letters


def is_known_unit(archive: Archive, key: str, value: str) -> bool:
    """Tell whether a value names a unit of an archive that the registry knows in words: Arch. Nunz. Monaco."""
    if archive.hierarchy.system != "named_fond":
        return False
    units = (unit for unit in archive.units if unit.level == key)
    return any(KnownUnit(archive, unit).is_value(key, value) for unit in units)


def is_unknown_unit(archive: Archive | None, key: str, value: str) -> bool:
    """Tell whether a value is none of a level's units where the registry knows all: it is another archive's.

    So are the departments of Kew known, and VOC 6515 is not there.
    """
    known = _known_units(archive, key) if archive is not None else ()
    return len(known) > 20 and _without_stops(value) not in known


@cache
def _known_units(archive: Archive, key: str) -> frozenset[str]:
    return frozenset(unit.value for unit in archive.units if unit.level == key)


def _without_stops(value: str) -> str:
    """Return a department as the registry has it: F.O. is FO."""
    return re.sub(r"\.\s?", "", value) if re.fullmatch(r"(?:[A-Z]\.\s?)+", value) else value


WORD = re.compile(r"(?<![^\W_])[^\W\d_]+")
"""A run of letters at the beginning of a word: where a name or a label may start."""

# Replaced one after the other: a table of them all is looked up for every letter, ten times as slow.
_PLAIN = (
    *(("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\n", " "), ("\t", " ")),
    *(("’", "'"), ("ʼ", "'"), ("‘", "'")),
    *(("，", ","), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"), ("。", "."), ("、", ",")),
)


def plain(text: str) -> str:
    """Return the text with one sort of space and apostrophe, every character in its place."""
    for odd, usual in _PLAIN:
        text = text.replace(odd, usual)
    return text


_INSIDE_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_a-zа-яё]\.$")


@attrs.frozen(slots=False, eq=False)
class NameIndex:
    """The names of archives by their first word: the registry's and those that a manuscript declares."""

    registry: Registry
    declared: Mapping[str, str]
    """Short forms that the manuscript declares, with what they stand for."""

    @cached_property
    def _by_first_word(self) -> Mapping[str, tuple[str, ...]]:
        known = _names_by_first_word(self.registry)
        own: dict[str, set[str]] = {}
        for name in self.declared:
            _add_name(own, name)
        return {**known, **{word: _longest_first({*known.get(word, ()), *own[word]}) for word in own}}

    @property
    def first_words(self) -> Iterable[str]:
        """The words at which a name of an archive, or a known unit of one, may begin."""
        return (*self._by_first_word, *_units_by_first_word(self.registry))

    def name_at(self, text: str, word: re.Match[str]) -> str | None:
        """Return the longest name that begins with the given word of the text, or None."""
        if _INSIDE_INITIALS.search(text, max(0, word.start() - 3), word.start()) is not None:
            # The A.N.I. of “R.G.A.N.I.” is no name.
            return None
        for name in self._by_first_word.get(word.group(), ()):
            if text.startswith(name, word.start()):
                end = word.start() + len(name)
                if end >= len(text) or not text[end].isalnum() or not text[end - 1].isalnum():
                    return name
        return None

    @cached_property
    def _candidates(self) -> dict[str, tuple[Candidate, ...]]:
        return {}

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name may mean, most likely first."""
        found = self._candidates.get(name)
        if found is None:
            found = self._candidates[name] = tuple(self._find(name))
        return found

    def _find(self, name: str) -> Iterator[Candidate]:
        if (archive := self.registry.by_series.get(name)) is not None:
            own = self._own_part(name) if name in self.declared else None
            known = next((series.reference for series in archive.series if series.code == name), None)
            long = own[1] if own is not None and own[0] is archive else known
            yield Candidate(archive, archive.hierarchy, series=name, long=long or "")
        if name in self.declared:
            # Where the long form is no archive's, a name that others share is theirs: SPA, Supreme People's Assembly.
            meant = self.registry.find(self.declared[name]) or [
                archive for archive in self.registry.find(name) if name not in archive.ambiguous
            ]
            for archive in meant:
                yield Candidate(archive, archive.hierarchy)
            if not meant:
                yield self._own_series(name)
            return
        for archive in self.registry.by_name.get(fold_name(name), ()):
            yield Candidate(
                archive,
                archive.hierarchy,
                certain=archive.ambiguous.isdisjoint((name, name.replace(".", ""))),
                opens_signature=any(unit.value == name for unit in archive.units),
            )

    def _own_series(self, name: str) -> Candidate:
        """Return what a name of the manuscript's own means: a part of the archive that its long form begins with.

        “IMF: MNL OL, XIX-J-1-j Korea”; “FOO: TNA, FO 371”, which an archive that has no codes of that form needs
        written out. Where it begins with none, the labels will tell the hierarchy.
        """
        part = self._own_part(name)
        if part is None:
            return Candidate(None, None, series=name)
        archive, long = part
        coded = archive.hierarchy.by_key.get("series")
        if coded is not None and coded.fits(name):
            return Candidate(archive, archive.hierarchy, series=name, long=long)
        return Candidate(archive, archive.hierarchy, long=long)

    def _own_part(self, name: str) -> tuple[Archive, str] | None:
        """Return the archive that the long form of a name begins with, and the part of it that is named behind."""
        long = plain(self.declared[name])
        word = WORD.match(long)
        owner = self.name_at(long, word) if word is not None else None
        for archive in self.registry.by_name.get(fold_name(owner), ()) if owner is not None else ():
            part = long[len(owner or "") :].lstrip(" ,.:;")
            if _read_part(part, archive.hierarchy) or "series" in archive.hierarchy.by_key:
                return archive, part
        return None

    def units_at(self, text: str, word: re.Match[str]) -> Iterator[KnownUnit]:
        """Yield the known units that the given word of the text may open a citation of."""
        for known in _units_by_first_word(self.registry).get(word.group(), ()):
            openings = _openings(known.archive.hierarchy, known.unit)
            if any(text.startswith(opening, word.start()) for opening in openings):
                yield known


@cache
def _read_part(words: str, hierarchy: Hierarchy) -> tuple[Level, ...]:
    """Return the levels that name a part of an archive; () for what is not read to its end."""
    # More levels will stand behind, and a comma before them ends a name: “XIX-J-1-j Korea, ”.
    reading = read_levels(f"{words}, ", 0, len(words) + 2, hierarchy) if words else None
    if reading is None or reading.end < len(words) or reading.locators:
        return ()
    return tuple(level.at((0, 0)) for level in reading.printed)


@cache
def _names_by_first_word(registry: Registry) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for name in (*_registry_names(registry), *registry.by_series):
        _add_name(found, name)
    return {word: _longest_first(names) for word, names in found.items()}


def _add_name(found: dict[str, set[str]], name: str) -> None:
    flat = plain(name)
    word = WORD.match(flat)
    if word is not None:
        # Print has VÚA–VHA for VÚA-VHA.
        found.setdefault(word.group(), set()).update((flat, flat.replace("-", "–")))


def _longest_first(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _units_by_first_word(registry: Registry) -> Mapping[str, tuple[KnownUnit, ...]]:
    """Return the known units of archives by the word that opens a citation without the archive's name."""
    found: dict[str, list[KnownUnit]] = {}
    for archive in registry.archives.values():
        for unit in archive.units:
            for opening in _openings(archive.hierarchy, unit):
                word = WORD.match(opening)
                if word is not None:
                    found.setdefault(word.group(), []).append(KnownUnit(archive, unit))
    return {word: tuple(units) for word, units in found.items()}


def _openings(hierarchy: Hierarchy, unit: Unit) -> Iterator[str]:
    """Yield the words with which a citation of a unit begins: its value, or the label that its level has.

    A single letter is no opening (T 34/85 is a tank), nor is a level that stands below others.
    """
    kind = hierarchy.by_key.get(unit.level)
    # Where good notes may leave out any level, that which the unit is of opens a citation: XIX-J-1-j Korea.
    first = next((level for level in hierarchy.levels if level.required), kind)
    if kind is None or first is None or (kind is not first and kind.key not in first.replaced_by):
        return
    if not kind.labels:
        if len(unit.value) > 1:
            yield unit.value
            if unit.value.isalpha() and len(unit.value) <= 3:
                yield "".join(f"{letter}." for letter in unit.value)
    elif hierarchy.system == "box_folder" and kind is first:
        yield from kind.labels
    elif len(unit.value) > 1 and not unit.value.isdigit():
        yield unit.value


def _registry_names(registry: Registry) -> Iterator[str]:
    for archive in registry.archives.values():
        yield from archive.current_names
        yield from archive.former_names


def near_archive(written: str, archives: Iterable[Archive]) -> Archive | None:
    """Return the one archive whose abbreviation is written with a letter wrong or two exchanged, or None."""
    found: dict[str, Archive] = {}
    for archive in archives:
        for abbreviation in archive.abbreviations:
            if len(abbreviation) >= 5 and _one_slip(written, abbreviation):
                found[archive.id] = archive
    return next(iter(found.values())) if len(found) == 1 else None


def _one_slip(written: str, name: str) -> bool:
    if len(written) != len(name):
        return False
    wrong = sum(a != b for a, b in zip(written, name, strict=True))
    return wrong == 1 or (wrong == 2 and sorted(written) == sorted(name))
