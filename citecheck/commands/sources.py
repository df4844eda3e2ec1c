"""``citecheck sources``: lists every source that manuscripts cite."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from citecheck.commands.declaring import add_format, add_input_format, add_paths, describe
from citecheck.commands.inputs import Failures, find_files, joint_registry, read_documents
from citecheck.corpus.rows import ManuscriptRows, document_rows
from citecheck.corpus.sources import list_sources
from citecheck.errors import CitecheckError
from citecheck.exporting.source_lists import WRITERS, print_sources


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Lists every source that manuscripts cite, with the notes that cite it: each archive as a tree, then\n"
        "works by author.",
        ("sources thesis.docx", "sources chapters/ --format markdown --without-notes > sources.md"),
        clean="the sources are listed",
        failed="a file could not be read (those of the others are listed), or the command line is wrong",
    )
    add_paths(parser)
    add_format(parser, *WRITERS)
    parser.add_argument("--without-notes", action="store_true", help="leave out where each source is cited")
    parser.add_argument("--store", metavar="FILE", help="read through this store, and only what has changed")
    parser.add_argument(
        "--keys", action="store_true", help="show the key of each source, for --source KEY=FILE"
    )
    add_input_format(parser)


def run(options: argparse.Namespace) -> int:
    """List the sources; a file that cannot be read is reported, and the others are listed."""
    if options.keys and options.format != "text":
        raise CitecheckError("--keys: goes with --format text; json gives the keys anyway")
    failures = Failures()
    files = find_files(options.paths, failures)
    rows = _stored(options, files, failures) if options.store else _read(options, files, failures)
    sources, notes = list_sources(rows, joint_registry(files)), not options.without_notes
    if options.keys:
        print_sources(sources, sys.stdout, notes=notes, keys=True)
    else:
        WRITERS[options.format](sources, sys.stdout, notes=notes)
    return failures.status()


def _read(
    options: argparse.Namespace, files: Sequence[str], failures: Failures
) -> Iterator[tuple[str, ManuscriptRows]]:
    for document in read_documents(files, options.input_format, failures):
        yield document.manuscript.path, document_rows(document)


def _stored(
    options: argparse.Namespace, files: Sequence[str], failures: Failures
) -> Iterator[tuple[str, ManuscriptRows]]:
    from citecheck.commands.storing import ProgressBar
    from citecheck.storage.gathering import gather
    from citecheck.storage.store import Store

    bar = ProgressBar()
    with Store(options.store) as store:
        gathered = gather(store, files, options.input_format, bar.show)
        bar.clear()
        for failure in gathered.failures:
            failures.add(failure)
        failed = {failure.path for failure in gathered.failures}
        store.choose(file for file in files if file not in failed)
        for chosen in list(store.chosen()):
            yield chosen.path, store.manuscript_rows(chosen.extraction)
