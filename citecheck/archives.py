"""What is known of archives: the registry, read from one file per archive and per hierarchy."""

import contextlib
import pickle
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import attrs

from citecheck.errors import CitecheckError
from citecheck.kept import kept_path, write_whole
from citecheck.resources import data_folder
from citecheck.tables import Table, TableError


class RegistryError(CitecheckError):
    """A file of the registry that cannot be used; the message names file and field."""


@attrs.frozen(cache_hash=True)
class LevelKind:
    """A level of a hierarchy: how it is labelled, what its values look like, how it is written."""

    key: str
    name: str
    required: bool
    pattern: str
    labels: tuple[str, ...]
    plural_labels: tuple[str, ...] = ()
    """Those of its labels that stand before several numbers: dd., buste, Nrn."""
    misspellings: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    """Levels that stand for it, though it is required: a microfilm publication for its record group."""
    newly_required: str | None = None
    """Since when the archive asks for it, where older print leaves it out: ``since its new signatures``."""
    postfix: bool = False
    behind: tuple[str, ...] = ()
    """Labels that follow the number, though those of other languages stand before it: ``5-қор`` beside ``f. 5``."""
    either_side: bool = False
    """Whether a label that follows the number may stand before it too: ``f. 2574`` for ``2574. f.``"""
    sorts: tuple[tuple[str, ...], ...] = ()
    """Labels of containers that are counted apart from the others: each sort by its labels, the one to write first."""
    locator: bool = False
    labelled: bool = False
    """Whether it never stands without its label, so that no bare number is taken for it."""
    document: bool = False
    """Whether one value stands for one document, as a registry number does."""
    long: str | None = None
    long_plural: str | None = None
    abbreviated: str | None = None
    abbreviated_plural: str | None = None
    native: str | None = None
    native_plural: str | None = None

    @property
    def written_forms(self) -> tuple[str, ...]:
        """How the archive itself writes the label, without what no archive uses."""
        forms = (self.long, self.long_plural, self.abbreviated, self.abbreviated_plural, self.native)
        return tuple(form for form in (*forms, self.native_plural) if form is not None)

    def sort_of(self, label: str) -> str:
        """Return the sort of container that a printed label names; empty where it is the level's own."""
        if not self.sorts:
            return ""
        folded = fold_label(label)
        return next((sort[0] for sort in self.sorts if folded in map(fold_label, sort)), "")

    def takes_several(self, label: str) -> bool:
        """Tell whether a label, as it is printed, is a plural one of this level."""
        return fold_label(label) in map(fold_label, self.plural_labels)

    def fits(self, value: str) -> bool:
        """Tell whether a value, without its label, is of the form that this level has."""
        return _fits(self.pattern, value)


@lru_cache(maxsize=1 << 12)
def _fits(pattern: str, value: str) -> bool:
    return _compiled(pattern).fullmatch(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@attrs.frozen(slots=False, eq=False)
class Hierarchy:
    """The levels of description of one family of archives, large to small, and how they are cited."""

    id: str
    system: str
    """The grammar that reads it: ``fond_opis`` for ``grammars/fond_opis.lark``."""
    levels: tuple[LevelKind, ...]
    orders: tuple[tuple[str, ...], ...]
    verso: Mapping[str, str]
    certainty: str | None = None

    @cached_property
    def by_key(self) -> Mapping[str, LevelKind]:
        """The levels by their keys."""
        return {level.key: level for level in self.levels}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each level in the archive's own order, from 0."""
        return {level.key: index for index, level in enumerate(self.levels)}

    @cached_property
    def by_label(self) -> Mapping[str, tuple[LevelKind, ...]]:
        """The levels that a printed label may stand for, by :func:`fold_label` of the label."""
        found: dict[str, list[LevelKind]] = {}
        for level in self.levels:
            for label in (*level.labels, *level.behind, *level.misspellings):
                kinds = found.setdefault(fold_label(label), [])
                if level not in kinds:
                    kinds.append(level)
        return {label: tuple(kinds) for label, kinds in found.items()}

    @cached_property
    def folded_labels(self) -> frozenset[str]:
        """All labels as :func:`fold_label` has them, in small letters too."""
        folded = {fold_label(label) for level in self.levels for label in level.labels}
        return frozenset(folded | {label.lower() for label in folded})

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of all labels, as they are printed."""
        words = (
            re.match(r"\w+", label) for level in self.levels for label in (*level.labels, *level.misspellings)
        )
        return frozenset(word.group() for word in words if word is not None)

    @cached_property
    def locator(self) -> LevelKind | None:
        """The level of leaves or pages, if the hierarchy has one."""
        return next((level for level in self.levels if level.locator), None)

    @cached_property
    def may_close(self) -> bool:
        """Whether the archive may stand behind levels, as Americans write it."""
        return any("archive" in order and order[0] != "archive" for order in self.orders)


@cache
def names_of_town(town: str) -> tuple[str, ...]:
    """Return what a town is called: its English name, then those of other languages from ``seeds/towns.toml``."""
    return (town, *_towns().get(town, ()))


def is_town(words: str) -> bool:
    """Tell whether words are the name of a town that archives stand in, in any language: Wien, “Washington, DC”."""
    return re.sub(r",\s[A-Z]\.?\s?[A-Z]\.?$", "", words) in _town_names()


@cache
def _town_names() -> frozenset[str]:
    return frozenset(_towns()).union(*_towns().values())


@cache
def _towns() -> Mapping[str, list[str]]:
    path = data_folder("seeds") / "towns.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1 << 12)
def fold_label(label: str) -> str:
    """Return a label as labels are compared: without full stop, spaces and apostrophes; case is kept.

    Case is kept because it tells labels apart in some hierarchies (``F.`` fond, ``f.`` fila).
    """
    return re.sub(r"[\s.’'ʹ′]", "", label)


@attrs.frozen
class FormerName:
    """A name that an archive had, with the years as EDTF dates where they are known."""

    name: str
    abbreviations: tuple[str, ...]
    start: str | None
    end: str | None
    certainty: str | None


@attrs.frozen
class Series:
    """A code that authors give to a part of an archive, such as KTS."""

    code: str
    reference: str | None
    name: str | None
    certainty: str | None


@attrs.frozen
class Unit:
    """A fond or other unit whose content is known."""

    level: str
    value: str
    name: str
    certainty: str | None


@attrs.frozen
class Example:
    """A citation of the archive with the record that it is read as."""

    text: str
    levels: tuple[tuple[str, str], ...]
    folios: tuple[tuple[str, ...], ...] = ()
    date: str | None = None
    description: str | None = None
    composed: bool = False


@attrs.frozen(slots=False, eq=False)
class Archive:
    """A repository, in CSL's word an archive, and how it is cited."""

    id: str
    name: str
    hierarchy: Hierarchy
    abbreviations: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    native_name: str | None = None
    transliterated_name: str | None = None
    place: str | None = None
    country: str | None = None
    certainty: str | None = None
    note: str | None = None
    listed_under: str | None = None
    """The id under which citation JSON lists it together with others, where that is not its own."""
    former: tuple[FormerName, ...] = ()
    series: tuple[Series, ...] = ()
    units: tuple[Unit, ...] = ()
    examples: tuple[Example, ...] = ()
    sources: tuple[str, ...] = ()

    @cached_property
    def current_names(self) -> tuple[str, ...]:
        """Every name that the archive goes by today, abbreviations first."""
        names = (*self.abbreviations, self.name, self.native_name, self.transliterated_name, *self.variants)
        return tuple(dict.fromkeys(name for name in names if name))

    @cached_property
    def former_names(self) -> Mapping[str, FormerName]:
        """The former names and their abbreviations, each with its record."""
        return {
            written: former
            for former in self.former
            for written in (*former.abbreviations, former.name)
            if written and written not in self.current_names
        }

    @cached_property
    def folded_names(self) -> frozenset[str]:
        """The current names as :func:`fold_name` has them."""
        return frozenset(map(fold_name, self.current_names))

    @property
    def abbreviation(self) -> str:
        """The abbreviation that stands for the archive in output."""
        return self.abbreviations[0] if self.abbreviations else self.name


@attrs.frozen(slots=False, eq=False)
class Registry:
    """The archives that are known, with the ways to look one up."""

    archives: Mapping[str, Archive] = attrs.field(repr=False)
    hierarchies: Mapping[str, Hierarchy] = attrs.field(repr=False)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Archive, ...]]:
        """The archives by every name, current or former, as :func:`fold_name` has it."""
        found: dict[str, dict[str, Archive]] = {}
        for archive in self.archives.values():
            for name in (*archive.current_names, *archive.former_names):
                found.setdefault(fold_name(name), {})[archive.id] = archive
        return {name: tuple(archives.values()) for name, archives in found.items()}

    @cached_property
    def by_series(self) -> Mapping[str, Archive]:
        """The archives by the series codes that authors give to their parts."""
        return {series.code: archive for archive in self.archives.values() for series in archive.series}

    def find(self, name: str) -> tuple[Archive, ...]:
        """Return the archives that go, or went, by this name, id or series code; () where none does."""
        if name.upper() in self.archives:
            return (self.archives[name.upper()],)
        if (archive := self.by_series.get(name)) is not None:
            return (archive,)
        return self.by_name.get(fold_name(name), ())


def fold_name(name: str) -> str:
    """Return a name as names are compared: case, spaces, stops, quotes and dashes do not count."""
    return re.sub(r"[\s.,’'ʹʼ‘“”\"()–—-]", "", name).casefold()


def names_department(one: str, other: str) -> bool:
    """Tell whether one of two names is the other and a department of that archive: BArch-MA; SAPMO-BArch, ZPA."""
    short, long = sorted((one, other), key=len)
    return re.match(re.escape(short) + r"(?:-|,\s?)\w", long) is not None


def read_hierarchy(path: Path) -> Hierarchy:
    """Read one file of ``seeds/hierarchies``.

    Raises:
        RegistryError: the file is not TOML, lacks a field or has a wrong one; the message names the file.
    """
    try:
        return _hierarchy(Table.of(tomllib.loads(path.read_text(encoding="utf-8")), fields=_HIERARCHY_FIELDS))
    except ValueError as error:
        raise RegistryError(f"{path}: {error}") from error


_HIERARCHY_FIELDS = ("id", "system", "orders", "verso", "certainty", "level")
_FORMS = ("long", "long_plural", "abbreviated", "abbreviated_plural", "native", "native_plural")
_LEVEL_FIELDS = (
    *(
        "key",
        "name",
        "required",
        "pattern",
        "labels",
        "plural_labels",
        "misspellings",
        "replaced_by",
        "newly_required",
        "postfix",
        "behind",
        "either_side",
        "sorts",
        "locator",
        "labelled",
        "document",
    ),
    *_FORMS,
)


def _hierarchy(table: Table) -> Hierarchy:
    return Hierarchy(
        id=table.text("id"),
        system=table.text("system"),
        levels=tuple(
            LevelKind(
                key=level.text("key"),
                name=level.text_or_none("name") or level.text("key"),
                required=level.flag("required"),
                pattern=level.text_or_none("pattern") or ".+",
                labels=level.texts("labels"),
                plural_labels=level.texts("plural_labels"),
                misspellings=level.texts("misspellings"),
                behind=level.texts("behind"),
                replaced_by=level.texts("replaced_by"),
                newly_required=level.text_or_none("newly_required"),
                postfix=level.flag("postfix"),
                either_side=level.flag("either_side"),
                sorts=level.lists("sorts") if "sorts" in level.values else (),
                locator=level.flag("locator"),
                labelled=level.flag("labelled"),
                document=level.flag("document"),
                **{form: level.text_or_none(form) for form in _FORMS},
            )
            for level in table.tables("level", _LEVEL_FIELDS)
        ),
        orders=table.lists("orders"),
        verso=table.mapping("verso"),
        certainty=table.text_or_none("certainty"),
    )


def read_archives(path: Path, hierarchies: Mapping[str, Hierarchy]) -> tuple[Archive, ...]:
    """Read one file of ``seeds/archives``: an archive, or several houses whose names are made alike.

    Raises:
        RegistryError: the file is not TOML, lacks a field, has a wrong one, or names a hierarchy that does not
            exist; the message names the file.
    """
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        tables = _houses(file) if "house" in file else (Table.of(file, fields=ARCHIVE_FIELDS),)
        return tuple(archive_from_table(table, hierarchies) for table in tables)
    except ValueError as error:
        raise RegistryError(f"{path}: {error}") from error


def _houses(file: Mapping[str, Any]) -> Iterator[Table]:
    """Yield the table of each house of a file, with what the file says of all of them.

    A field of a house is one of an archive, or has words for the texts that the houses share.
    """
    shared = {field: value for field, value in file.items() if field != "house"}
    words = frozenset(_WORDS.findall(str(shared)))
    for house in Table.of(file, fields=(*ARCHIVE_FIELDS, "house")).tables("house", {*ARCHIVE_FIELDS, *words}):
        said = {field: _filled(value, house.values) for field, value in shared.items()}
        fields = {**said, **house.values}
        yield Table({field: fields[field] for field in fields if field in ARCHIVE_FIELDS}, house.name)


_WORDS = re.compile(r"\{(\w+)\}")


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """Put a house's words in the places of their names in braces; None for a text with words that it lacks."""
    if isinstance(value, list):
        return [filled for each in value if (filled := _filled(each, words)) is not None]
    if not isinstance(value, str):
        return value
    given = all(word in words for word in _WORDS.findall(value))
    return _WORDS.sub(lambda match: words[match.group(1)], value) if given else None


_PLAIN_FIELDS = (
    "native_name",
    "transliterated_name",
    "place",
    "country",
    "certainty",
    "note",
    "listed_under",
)
ARCHIVE_FIELDS = (
    *("id", "name", "hierarchy", "abbreviations", "variants", "ambiguous", *_PLAIN_FIELDS),
    *("former", "series", "unit", "example", "sources"),
)
"""The fields of an archive in ``seeds/archives`` and in a configuration; seeds/archives/README.md says more."""
_FORMER_FIELDS = ("name", "abbreviations", "from", "to", "certainty")
_SERIES_FIELDS = ("code", "reference", "name", "certainty")
_UNIT_FIELDS = ("level", "value", "name", "certainty")
_EXAMPLE_FIELDS = ("text", "levels", "folios", "date", "description", "composed")


def archive_from_table(table: Table, hierarchies: Mapping[str, Hierarchy]) -> Archive:
    """Make an archive of a table of its fields.

    Raises:
        TableError: a field is missing or wrong, or there is no such hierarchy.
    """
    named = table.text("hierarchy")
    if named not in hierarchies:
        near = get_close_matches(named, hierarchies, n=3, cutoff=0.4) or sorted(hierarchies)
        raise TableError(
            f"there is no hierarchy “{named}” for {table.name or 'it'}; some that there are: {', '.join(near[:8])}"
        )
    return Archive(
        id=table.text("id"),
        name=table.text("name"),
        hierarchy=hierarchies[named],
        abbreviations=table.texts("abbreviations"),
        variants=table.texts("variants"),
        ambiguous=frozenset(table.texts("ambiguous")),
        **{field: table.text_or_none(field) for field in _PLAIN_FIELDS},
        former=tuple(
            FormerName(
                name=former.text_or_none("name") or "",
                abbreviations=former.texts("abbreviations"),
                start=former.text_or_none("from"),
                end=former.text_or_none("to"),
                certainty=former.text_or_none("certainty"),
            )
            for former in table.tables("former", _FORMER_FIELDS)
        ),
        series=tuple(
            Series(
                series.text("code"),
                series.text_or_none("reference"),
                series.text_or_none("name"),
                series.text_or_none("certainty"),
            )
            for series in table.tables("series", _SERIES_FIELDS)
        ),
        units=tuple(
            Unit(unit.text("level"), unit.text("value"), unit.text("name"), unit.text_or_none("certainty"))
            for unit in table.tables("unit", _UNIT_FIELDS)
        ),
        examples=tuple(
            Example(
                text=example.text("text"),
                levels=example.pairs("levels"),
                folios=example.lists("folios"),
                date=example.text_or_none("date"),
                description=example.text_or_none("description"),
                composed=example.flag("composed"),
            )
            for example in table.tables("example", _EXAMPLE_FIELDS)
        ),
        sources=table.texts("sources"),
    )


def _toml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


@cache
def load_registry() -> Registry:
    """Return the registry that comes with citecheck; it is read once.

    Its many files take longer to read than a paper to check, so what was read of them is kept until
    one of them, or this module, is another.
    """
    seeds = data_folder("seeds")
    hierarchy_files, archive_files = _toml_files(seeds / "hierarchies"), _toml_files(seeds / "archives")
    stats = [(path, path.stat()) for path in (Path(__file__), *hierarchy_files, *archive_files)]
    files = "".join(f"\n{path} {stat.st_mtime_ns} {stat.st_size}" for path, stat in stats)
    kept = kept_path("archives.registry", f"{sys.version_info}{files}")
    if kept is not None and kept.exists():
        # Whatever is wrong with a kept registry, reading the files again puts it right.
        with contextlib.suppress(Exception), kept.open("rb") as file:
            registry = pickle.load(file)
            if isinstance(registry, Registry):
                return registry
    hierarchies = {hierarchy.id: hierarchy for hierarchy in map(read_hierarchy, hierarchy_files)}
    archives = {archive.id: archive for path in archive_files for archive in read_archives(path, hierarchies)}
    registry = Registry(archives, hierarchies)
    if kept is not None:
        write_whole(kept, partial(pickle.dump, registry, protocol=pickle.HIGHEST_PROTOCOL))
    return registry
