"""``citecheck archives``: shows what is known about archives."""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import attrs

from citecheck.archives import Archive, Registry, fold_name
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.commands.declaring import add_format, describe
from citecheck.configuration import find_configuration

_MOST_NAMES = 12
"""So many names of one sort are printed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Shows what is known about archives: their names, today's and former ones, their levels from fond to\n"
        "leaf, and how they are cited. Without a name, all archives are listed, a line each. Archives that a\n"
        "citecheck.toml in or above this folder declares are among them.",
        ("archives RGANI", "archives national archives kew", "archives HHStA"),
        clean="the archives are shown",
        failed="no archive of that name is known",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="a name, a former name, an abbreviation, or a series or department that is cited by itself (FO); "
        "else words of a name, or a place",
    )
    add_format(parser, "text", "json", "jsonl")


def run(options: argparse.Namespace) -> int:
    """Describe the archives of the given names, or list all."""
    registry = find_configuration("-").registry()
    if not options.names:
        _show(registry.archives.values(), options.format, described=False)
        return EXIT_CLEAN
    # What is several names to a shell may be one to its reader: archives national archives kew.
    whole = " ".join(options.names)
    names = options.names if not find_archives(registry, whole) else [whole]
    status = EXIT_CLEAN
    for name in names:
        found = find_archives(registry, name)
        named = bool(named_archives(registry, name))
        if found:
            _show(found, options.format, described=named or len(found) == 1, wanted=name)
        else:
            status = EXIT_FAILED
            print(
                f"citecheck: no archive called “{name}” is known; {_remedy(registry, name)}", file=sys.stderr
            )
    return status


def find_archives(registry: Registry, name: str) -> tuple[Archive, ...]:
    """Return the archives of a name; or, where none has it, those whose names and places have all its words.

    The name may be the id under which citation JSON lists several.
    """
    known = registry.archives.values()
    listed = tuple(archive for archive in known if archive.listed_under == name.upper())
    return (
        named_archives(registry, name)
        or listed
        or tuple(archive for archive in known if _has_words(archive, name))
    )


def named_archives(registry: Registry, name: str) -> tuple[Archive, ...]:
    """Return the archives that a name stands for in a citation: by itself, or as that of a part of one."""
    parts = (
        archive
        for archive in registry.archives.values()
        if any(unit.value == name and not name.isdigit() for unit in archive.units)
    )
    # An id may be another archive's abbreviation: AAN is one in Warsaw and one in Moscow.
    named = (*registry.find(name), *registry.by_name.get(fold_name(name), ()), *parts)
    return tuple({archive.id: archive for archive in named}.values())


def _has_words(archive: Archive, wanted: str) -> bool:
    names = (*archive.current_names, *archive.former_names)
    place = _words(archive.place or "")
    words = _words(wanted)
    return bool(words) and any(words <= _words(name) | place for name in names)


def _words(name: str) -> frozenset[str]:
    """Return the words of a name, in small letters but for abbreviations: TAM is no syllable of “Trung tam”."""
    words = re.findall(r"\w+", name)
    return frozenset(word if word.isupper() and len(word) > 1 else word.casefold() for word in words)


def _found_as(archive: Archive, wanted: str) -> str | None:
    """Return the name or the part that an archive was found by, where that is not the one it is shown under."""
    unit = next((unit for unit in archive.units if unit.value == wanted), None)
    if unit is not None:
        return f"{unit.value}, {unit.name}"
    names = (*archive.current_names, *archive.former_names)
    exact = [name for name in names if fold_name(name) == fold_name(wanted)]
    found = exact or [name for name in names if _words(wanted) <= _words(name)]
    return None if not found or archive.name in found else found[0]


def _remedy(registry: Registry, name: str) -> str:
    known: dict[str, str] = {}
    for archive in registry.archives.values():
        for written in (*archive.current_names, *archive.former_names):
            known.setdefault(written.casefold(), written)
    near = get_close_matches(name.casefold(), known, n=3, cutoff=0.75)
    if near:
        return f"perhaps {' or '.join(known[written] for written in near)} is meant"
    return "citecheck archives lists them all"


def _show(archives: Iterable[Archive], format: str, *, described: bool, wanted: str = "") -> None:
    chosen = list(archives)
    if format == "json":
        print(
            json.dumps(
                {"archives": [archive_row(archive) for archive in chosen]}, ensure_ascii=False, indent=1
            )
        )
    elif format == "jsonl":
        for archive in chosen:
            print(json.dumps(archive_row(archive), ensure_ascii=False))
    elif described:
        for archive in chosen:
            _describe(archive, _found_as(archive, wanted))
    else:
        _list(chosen)


def _list(archives: Sequence[Archive]) -> None:
    for archive in sorted(archives, key=lambda archive: (archive.country or "", archive.id)):
        names = ", ".join(archive.abbreviations[:3])
        print(f"{archive.country or '--'}  {archive.id:14} {archive.name}" + (f" ({names})" if names else ""))


def archive_row(archive: Archive) -> dict[str, Any]:
    """Return what is known about an archive for other programs."""
    plain = ("id", "listed_under", "name", "native_name", "transliterated_name", "place", "country")
    return {
        **{field: getattr(archive, field) for field in plain},
        "abbreviations": list(archive.abbreviations),
        "variants": list(archive.variants),
        "former": [attrs.asdict(former) for former in archive.former],
        "hierarchy": archive.hierarchy.id,
        "levels": [
            {"key": level.key, "name": level.name, "required": level.required, "labels": list(level.labels)}
            for level in archive.hierarchy.levels
        ],
        "series": [attrs.asdict(series) for series in archive.series],
        "units": [attrs.asdict(unit) for unit in archive.units],
        "examples": [example.text for example in archive.examples],
        "note": archive.note,
        "certainty": archive.certainty,
    }


def _some(names: Sequence[str], between: str) -> str:
    """Return names as a list, of which only the first ones are printed."""
    shown = between.join(names[:_MOST_NAMES])
    return f"{shown} and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else shown


def _describe(archive: Archive, found_as: str | None) -> None:
    print(f"{archive.id}  {archive.name}")
    facts = {
        "found as": found_as,
        "native name": archive.native_name,
        "transliteration": archive.transliterated_name,
        "place": ", ".join(filter(None, (archive.place, archive.country))),
        "abbreviations": _some(archive.abbreviations, ", "),
        "also": _some(archive.variants, "; "),
        "certainty": archive.certainty,
        "repository": archive.listed_under and f"{archive.listed_under} in JSON, together with others",
    }
    for label, fact in facts.items():
        if fact:
            print(f"  {label:16} {fact}")
    for former in archive.former:
        names = ", ".join(former.abbreviations) + (
            f" ({former.name})" if former.abbreviations and former.name else former.name
        )
        print(
            f"  {'formerly':16} {names}, {former.start or '?'} to {former.end or '?'}"
            + _certainty(former.certainty)
        )
    print(f"  levels, as in {archive.hierarchy.id}:")
    for level in archive.hierarchy.levels:
        required = "required" if level.required else "leaves" if level.locator else "optional"
        print(f"    {level.name:24} {required:9} {', '.join(level.labels[:8])}")
    for series in archive.series[:_MOST_NAMES]:
        print(
            f"  {'series':16} {series.code}: {series.name or ''} {series.reference or ''}"
            + _certainty(series.certainty)
        )
    for unit in archive.units[:_MOST_NAMES]:
        print(f"  {'known':16} {unit.level} {unit.value}: {unit.name}" + _certainty(unit.certainty))
    more = max(0, len(archive.series) - _MOST_NAMES) + max(0, len(archive.units) - _MOST_NAMES)
    if more:
        print(f"  {'':16} and {more} more")
    for example in archive.examples[:_MOST_NAMES]:
        print(f"  {'example':16} {example.text}")
    if archive.note:
        print(f"  {'note':16} {archive.note}")
    print()


def _certainty(certainty: str | None) -> str:
    return f" [{certainty}]" if certainty and certainty != "confirmed" else ""
