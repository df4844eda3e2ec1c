"""Writes references as citations: archival ones in each form of their archive, works as Chicago has them.

Labels, plurals and the word for the back of a leaf come from ``seeds/hierarchies``.
"""

import re
from collections.abc import Iterator, Sequence

from citecheck.archives import Archive, Hierarchy, LevelKind, Registry
from citecheck.citations import (
    ArchivalReference,
    CrossReference,
    IbidReference,
    Level,
    Locator,
    OtherReference,
    Reference,
    WorkReference,
)
from citecheck.formatting.archive_names import archive_name, kept_name, script_of
from citecheck.formatting.chicago import format_locators, format_name, format_names, format_work
from citecheck.formatting.dates import format_date, format_slavic_date
from citecheck.formatting.forms import Form, is_gost
from citecheck.formatting.leaves import format_leaves, leaf_level
from citecheck.formatting.usages import Setting, usages


def format_reference(reference: Reference, form: Form, registry: Registry) -> str | None:
    """Write any reference; None for what is no citation of a source, such as “see note 12”."""
    match reference:
        case ArchivalReference():
            return format_archival(reference, form, registry)
        case WorkReference():
            return format_work(reference)
        case IbidReference():
            levels = ", ".join(_as_written(reference.levels))
            places = ", ".join(filter(None, (format_locators(reference.locators), reference.unread)))
            return ", ".join(filter(None, (reference.form, levels, places)))
        case OtherReference() if reference.description or reference.creators:
            parts = (format_names(reference.creators), reference.description, format_date(reference.date))
            return ", ".join(filter(None, (*parts, format_locators(reference.locators))))
        case OtherReference() | CrossReference():
            return None


# --- archives -----------------------------------------------------------------------------------


def format_archival(
    reference: ArchivalReference, form: Form, registry: Registry, *, keep_name: bool = False
) -> str:
    """Write an archival reference: description, date, archive, levels large to small, leaves, words not read.

    A form that the archive does not have gives the nearest one that it has. With ``keep_name`` the archive is
    named as in the text (see :func:`kept_name`).
    """
    place = format_place(reference, form, registry, keep_name=keep_name)
    gost = is_gost(_setting(reference, registry).hierarchy, form)
    in_russian = gost and (reference.description is None or script_of(reference.description) == "CYRILLIC")
    date = format_slavic_date(reference, registry) if in_russian else format_date(reference.date)
    described = ", ".join(filter(None, (_described(reference), date)))
    if not described:
        return place
    return f"{described} // {place}" if gost else f"{described}, {place}"


def format_place(
    reference: ArchivalReference,
    form: Form,
    registry: Registry,
    *,
    name_archive: bool = False,
    keep_name: bool = False,
) -> str:
    """Write where a document lies: archive, levels and leaves, and the words of it that could not be read.

    Args:
        reference: the document.
        form: how to write it.
        registry: the archives that are known.
        name_archive: name the archive even where authors leave it to the reader, because they cite one of
            its series by a code of their own: KTS, 4. doboz.
        keep_name: name the archive in the words of the text, unless the form is in another script.
    """
    setting = _setting(reference, registry)
    levels, previous = reference.levels, None
    if levels and not name_archive and _stands_for_archive(levels[0], setting.archive):
        name, previous, levels = levels[0].value, levels[0].key, levels[1:]
    elif setting.archive is not None:
        name = (kept_name if keep_name else archive_name)(reference, form, registry)
    else:
        name = reference.archive_written
    if levels and name == levels[0].value:
        levels, previous = levels[1:], levels[0].key
    return _with_unread(_write(name, levels, previous, reference.locators, form, setting), reference)


def _with_unread(written: str, reference: ArchivalReference) -> str:
    return ", ".join(filter(None, (written, reference.unread)))


def format_levels(
    reference: ArchivalReference, form: Form, registry: Registry, *, leaves: bool = True
) -> str:
    """Write levels, and leaves, without the archive: the location inside it."""
    locators = reference.locators if leaves else ()
    written = _write("", reference.levels, None, locators, form, _setting(reference, registry))
    return _with_unread(written, reference)


def split_levels(reference: ArchivalReference, form: Form, registry: Registry) -> tuple[str, str]:
    """Write levels and leaves in two parts: the highest level, the collection, and the location inside it.

    Where the highest level begins a signature that no comma parts (FO 371/84053), or is the only one,
    there is no collection, and all is location.
    """
    setting = _setting(reference, registry)
    if setting.hierarchy is None or len(reference.levels) < 2:
        return "", format_levels(reference, form, registry)
    first, *rest = reference.levels
    if usages(reference.levels, None, form, setting)[1].joint is not None:
        return "", format_levels(reference, form, registry)
    collection = _write("", (first,), None, (), form, setting)
    return collection, _with_unread(_write("", rest, first.key, reference.locators, form, setting), reference)


def _setting(reference: ArchivalReference, registry: Registry) -> Setting:
    archive = registry.archives.get(reference.archive or "")
    if archive is not None:
        return Setting(archive.hierarchy, archive, registry)
    return Setting(registry.hierarchies.get(reference.hierarchy or ""), None, registry)


def _stands_for_archive(level: Level, archive: Archive | None) -> bool:
    if level.key != "series":
        return False
    return archive is None or any(series.code == level.value for series in archive.series)


def _as_written(levels: Sequence[Level]) -> Iterator[str]:
    """Yield levels of no known hierarchy with the labels that the text gave them."""
    for level in levels:
        yield f"{level.label} {level.value}".strip()


def _write(
    name: str,
    levels: Sequence[Level],
    previous: str | None,
    locators: Sequence[Locator],
    form: Form,
    setting: Setting,
) -> str:
    """Write the archive's name, levels and leaves, each joined to what stands before it."""
    hierarchy = setting.hierarchy
    if hierarchy is None:
        return ", ".join(filter(None, (name, *_as_written(levels), format_locators(locators))))
    separator = ". " if is_gost(hierarchy, form) else ", "
    written = name
    for level, usage in zip(levels, usages(levels, previous, form, setting), strict=True):
        kind = hierarchy.by_key.get(level.key)
        if written:
            joint = usage.joint or separator
            # “1806 г. Оп. 1”: the stop of an abbreviation is the separator's too.
            written += joint.removeprefix(".") if written.endswith(".") else joint
        written += _with_label(level.value, level.sort or usage.label, kind, hierarchy)
    if not locators:
        return written
    leaf = leaf_level(hierarchy, levels)
    if leaf is None:
        return separator.join(filter(None, (written, format_locators(locators))))
    return separator.join(filter(None, (written, format_leaves(locators, leaf, form, hierarchy))))


# A number that a label can follow; “5/a” and “IV-138” stand bare.
_COUNTABLE = re.compile(r"(?:[A-Z]{1,3}[- ])?\d{1,5}[a-z]?")


def _with_label(value: str, label: str, kind: LevelKind | None, hierarchy: Hierarchy) -> str:
    if not label:
        return value
    if kind is None or not kind.postfix:
        return f"{label} {value}"
    if _COUNTABLE.fullmatch(value) is None:
        return value
    # Hungarians and Latvians count boxes and files (4. doboz, “4th box”); a year of files is no ordinal.
    return f"{value}. {label}" if hierarchy.system == "doboz" else f"{value} {label}"


def _described(reference: ArchivalReference) -> str | None:
    """Return the description, with an author whom it does not name: “…, composed by N. Ivanov”."""
    if reference.description is None or len(reference.creators) != 1:
        return reference.description
    name = reference.creators[0]
    if name.family in reference.description:
        return reference.description
    return f"{reference.description}, composed by {format_name(name)}"
