"""``citecheck archives``: shows what is known about archives."""

import argparse
import sys

from citecheck.archives import Archive, load_registry
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="names, former names or abbreviations; none lists all"
    )


def run(options: argparse.Namespace) -> int:
    """Describe the archives of the given names, or list all."""
    registry = load_registry()
    if not options.names:
        for archive in sorted(
            registry.archives.values(), key=lambda archive: (archive.country or "", archive.id)
        ):
            names = ", ".join(archive.abbreviations[:3])
            print(
                f"{archive.country or '--'}  {archive.id:14} {archive.name}"
                + (f" ({names})" if names else "")
            )
        return EXIT_CLEAN
    status = EXIT_CLEAN
    for name in options.names:
        found = registry.find(name)
        if not found:
            wanted = name.casefold()
            found = tuple(
                archive
                for archive in registry.archives.values()
                if any(wanted in known.casefold() for known in archive.current_names)
            )
        if not found:
            status = EXIT_FAILED
            print(
                f"citecheck: no archive called “{name}” is known; citecheck archives lists them all",
                file=sys.stderr,
            )
        for archive in found:
            _describe(archive)
    return status


def _describe(archive: Archive) -> None:
    print(f"{archive.id}  {archive.name}")
    facts = {
        "native name": archive.native_name,
        "transliteration": archive.transliterated_name,
        "place": ", ".join(filter(None, (archive.place, archive.country))),
        "abbreviations": ", ".join(archive.abbreviations),
        "also": "; ".join(archive.variants),
        "certainty": archive.certainty,
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
    for series in archive.series:
        print(
            f"  {'series':16} {series.code}: {series.name or ''} {series.reference or ''}"
            + _certainty(series.certainty)
        )
    for unit in archive.units:
        print(f"  {'known':16} {unit.level} {unit.value}: {unit.name}" + _certainty(unit.certainty))
    for example in archive.examples:
        print(f"  {'example':16} {example.text}")
    if archive.note:
        print(f"  {'note':16} {archive.note}")
    print()


def _certainty(certainty: str | None) -> str:
    return f" [{certainty}]" if certainty and certainty != "confirmed" else ""
