"""``citecheck export``: writes the sources that manuscripts cite for reference managers and for LaTeX."""

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from citecheck.commands.declaring import add_input_format, add_paths, describe
from citecheck.commands.inputs import Failures, find_files, joint_registry, read_documents
from citecheck.corpus.cited_sources import collect_sources
from citecheck.errors import CitecheckError
from citecheck.exporting import Exporter, Options, all_exporters
from citecheck.formatting.forms import Form

_BY_SUFFIX = {".bib": "biblatex", ".json": "csl-json", ".ris": "ris", ".csv": "csv", ".jsonl": "jsonl"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    formats = sorted(all_exporters())
    dialects = sorted(dialect for exporter in all_exporters().values() for dialect in exporter.dialects)
    describe(
        parser,
        "Writes every source that manuscripts cite, once each, for Zotero, EndNote and other reference managers\n"
        "and for LaTeX. Citations that name no known source are listed on standard error.",
        ("export thesis.docx -o sources.bib", "export chapters/ --to csv > sources.csv"),
        clean="the sources are written",
        failed="a file could not be read (the others are exported) or written, or the command line is wrong",
    )
    add_paths(parser)
    parser.add_argument("--to", choices=formats, help="the format; if not given, the -o file's name tells it")
    parser.add_argument("--dialect", choices=dialects, help="which biblatex styles the file is for")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    parser.add_argument("--force", action="store_true", help="overwrite the file if it exists")
    parser.add_argument(
        "--with-notes",
        nargs="?",
        choices=("keywords", "note"),
        const="keywords",
        help="say where each source is cited, as keywords or in a note",
    )
    parser.add_argument(
        "--form",
        choices=[str(form) for form in Form],
        default=str(Form.LONG),
        help="how places in archives are written out",
    )
    add_input_format(parser)


def run(options: argparse.Namespace) -> int:
    """Export every distinct source of the manuscripts, and name on standard error what is left out."""
    exporter = _exporter(options.to, options.dialect, options.output)
    if options.output is not None and not options.force and Path(options.output).exists():
        raise _exists(options.output)
    failures = Failures()
    files = find_files(options.paths, failures)
    documents = list(read_documents(files, options.input_format, failures))
    collected = collect_sources(documents)
    if not documents:
        return failures.status()
    how = Options(joint_registry(files), options.dialect, Form(options.form), options.with_notes)
    with _opened(options.output, force=options.force) as out:
        exporter.write(collected.sources, out, how)
    if collected.left_out:
        shown = "".join(f"\n  {words[:120]}" for words in collected.left_out[:5])
        more = f"\n  and {len(collected.left_out) - 5} more" if len(collected.left_out) > 5 else ""
        several = len(collected.left_out) > 1
        count = f"{len(collected.left_out)} citations name" if several else "one citation names"
        print(f"citecheck: {count} no source that is known:{shown}{more}", file=sys.stderr)
    return failures.status()


def _exporter(format: str | None, dialect: str | None, output: str | None) -> Exporter:
    if format is None and output is not None:
        format = _BY_SUFFIX.get(Path(output).suffix.lower())
    if format is None:
        formats = ", ".join(sorted(all_exporters()))
        raise CitecheckError(f"the format is not said: add --to with one of {formats}")
    exporter = all_exporters()[format]
    if dialect is not None and dialect not in exporter.dialects:
        remedy = "leave --dialect out, or export --to biblatex"
        raise CitecheckError(f"{dialect} is no dialect of {format}: {remedy}")
    return exporter


def _exists(path: str) -> CitecheckError:
    return CitecheckError(f"{path}: exists and is not overwritten; choose another name, or add --force")


@contextlib.contextmanager
def _opened(path: str | None, *, force: bool) -> Iterator[TextIO]:
    """Open standard output, or a file that appears under its name only when it is whole.

    Raises:
        CitecheckError: the file cannot be written, or exists and must not be overwritten.
    """
    if path is None:
        if isinstance(sys.stdout, TextIOWrapper):
            # The formats have line ends of their own.
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    # Where the name is a link, the file that it leads to is written, and the link stays.
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise CitecheckError(f"{path}: cannot be written: {error.strerror}; check the folder") from error
    part = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:
            yield out
        _put_in_place(part, target, force=force)
    except OSError as error:
        raise CitecheckError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _put_in_place(part: Path, target: Path, *, force: bool) -> None:
    # mkstemp keeps its files from everybody else; an export is a file like any other.
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
    if force:
        part.replace(target)
        return
    try:
        # Unlike a renaming, a link never takes the place of a file that has appeared meanwhile.
        target.hardlink_to(part)
    except FileExistsError as error:
        raise _exists(str(target)) from error
    except OSError:
        # A file system without links.
        if target.exists():
            raise _exists(str(target)) from None
        part.replace(target)
