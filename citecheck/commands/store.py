"""``citecheck store``: shows what a store holds, and puts it in order."""

import argparse
import sys
from pathlib import Path

from citecheck.cli import EXIT_CLEAN
from citecheck.commands.declaring import describe
from citecheck.errors import CitecheckError
from citecheck.storage.gathering import edition
from citecheck.storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Shows what a store remembers of many manuscripts. A store is a file that citecheck lint --store FILE\n"
        "makes, so that only manuscripts which have changed are read again.",
        ("store chapters.db --list", "store chapters.db --prune"),
        clean="the store is shown",
        failed="there is no such store, or no such manuscript in it",
    )
    parser.add_argument("store", metavar="FILE", help="a store, as made by citecheck lint --store FILE")
    parser.add_argument(
        "--list", action="store_true", help="list its manuscripts with what was read from each"
    )
    parser.add_argument("--rows", metavar="PATH", help="print what is stored of one manuscript, as JSON")
    parser.add_argument(
        "--prune", action="store_true", help="forget manuscripts whose files are gone, and what nothing uses"
    )


def run(options: argparse.Namespace) -> int:
    """Describe a store."""
    if not Path(options.store).is_file():
        raise CitecheckError(
            f"{options.store}: there is no such store; citecheck lint --store {options.store} … makes one"
        )
    with Store(options.store) as store:
        if options.prune:
            gone = store.prune(path for path in store.known() if Path(path).is_file())
            print(f"{gone} {'manuscript' if gone == 1 else 'manuscripts'} forgotten")
        store.choose(sorted(store.known()))
        if options.rows is not None:
            _print_rows(store, options.rows)
        elif options.list:
            _list(store)
        else:
            _describe(store, options.store)
    return EXIT_CLEAN


def _describe(store: Store, path: str) -> None:
    counts = store.counts()
    for name, count in counts.items():
        print(f"{name:20} {count:,}")
    for name, rows in (("works", "works"), ("archival citations", "filings"), ("findings", "findings")):
        print(f"{name:20} {store.size(rows):,}")
    print(f"{'size':20} {Path(path).stat().st_size / 1e6:,.1f} MB")
    print(f"{'read by citecheck':20} {edition().split('+')[0]}")


def _list(store: Store) -> None:
    for chosen in list(store.chosen()):
        rows = store.manuscript_rows(chosen.extraction)
        citations, notes, entries = rows.counts
        print(
            f"{chosen.path}  {rows.format}  {citations} citations, {notes} notes, {entries} entries, "
            f"{len(rows.findings)} findings"
        )


def _print_rows(store: Store, path: str) -> None:
    chosen = next((chosen for chosen in store.chosen() if chosen.path == path), None)
    if chosen is None:
        raise CitecheckError(
            f"{path}: is not in the store; citecheck store {store.path} --list names its manuscripts"
        )
    sys.stdout.write(store.manuscript_rows(chosen.extraction).to_json() + "\n")
