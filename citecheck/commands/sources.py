"""``citecheck sources``: lists every source that manuscripts cite."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from citecheck.archives import load_registry
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.commands.inputs import find_files, read_file
from citecheck.configuration import declare_abbreviations, find_configuration
from citecheck.corpus.rows import ManuscriptRows, document_rows
from citecheck.corpus.sources import list_sources
from citecheck.errors import CitecheckError, ManuscriptError
from citecheck.exporting.source_lists import WRITERS, print_sources


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="manuscripts, folders of them, or - for standard input"
    )
    parser.add_argument("--format", choices=tuple(WRITERS), default="text", help="how to write the list")
    parser.add_argument(
        "--keys", action="store_true", help="show the key of each source, for --source KEY=FILE"
    )
    parser.add_argument("--without-notes", action="store_true", help="leave out where each source is cited")
    parser.add_argument("--store", metavar="FILE", help="read through this store, and only what has changed")
    parser.add_argument(
        "--input-format", metavar="FORMAT", help="the manuscripts' format, where it cannot be told"
    )


def run(options: argparse.Namespace) -> int:
    """List the sources; a file that cannot be read is reported, and the others are listed."""
    if options.keys and options.format != "text":
        raise CitecheckError("--keys: goes with --format text; json gives the keys anyway")
    files = list(find_files(options.paths))
    failures: list[ManuscriptError] = []
    rows = _stored(options, files, failures) if options.store else _read(options, files, failures)
    registry = find_configuration(files[0]).registry() if files else load_registry()
    sources, notes = list_sources(rows, registry), not options.without_notes
    if options.keys:
        print_sources(sources, sys.stdout, notes=notes, keys=True)
    else:
        WRITERS[options.format](sources, sys.stdout, notes=notes)
    for failure in failures:
        print(f"citecheck: {failure}", file=sys.stderr)
    return EXIT_FAILED if failures else EXIT_CLEAN


def _read(
    options: argparse.Namespace, files: Sequence[str], failures: list[ManuscriptError]
) -> Iterator[tuple[str, ManuscriptRows]]:
    from citecheck.analysis import analyse

    for file in files:
        try:
            configuration = find_configuration(file)
            manuscript = declare_abbreviations(read_file(file, options.input_format), configuration)
            yield file, document_rows(analyse(manuscript, configuration.registry()))
        except ManuscriptError as error:
            failures.append(error)


def _stored(
    options: argparse.Namespace, files: Sequence[str], failures: list[ManuscriptError]
) -> Iterator[tuple[str, ManuscriptRows]]:
    from citecheck.commands.storing import ProgressBar
    from citecheck.storage.gathering import gather
    from citecheck.storage.store import Store

    bar = ProgressBar()
    with Store(options.store) as store:
        failures += gather(store, files, options.input_format, bar.show).failures
        bar.clear()
        failed = {failure.path for failure in failures}
        store.choose(file for file in files if file not in failed)
        for chosen in list(store.chosen()):
            yield chosen.path, store.manuscript_rows(chosen.extraction)
