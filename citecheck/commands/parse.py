"""``citecheck parse``: shows how citations are read."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.commands.inputs import find_files, read_file
from citecheck.configuration import find_configuration
from citecheck.documents import Document
from citecheck.errors import ManuscriptError
from citecheck.readers import manuscript_suffixes, read_bytes
from citecheck.reporting.citation_json import document_rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="PATH|TEXT",
        help="manuscripts, folders, - for standard input, or one citation in quotes",
    )
    parser.add_argument(
        "--format", choices=("text", "jsonl"), default="text", help="how to print the citations"
    )
    parser.add_argument(
        "--input-format", metavar="FORMAT", help="the manuscripts' format, where it cannot be told"
    )


def run(options: argparse.Namespace) -> int:
    """Print the citations of each input, in reading order."""
    status = EXIT_CLEAN
    paths = [word for word in options.inputs if not _is_citation(word)]
    for text in (word for word in options.inputs if _is_citation(word)):
        if options.format == "jsonl":
            _print(_read_text(text), options.format)
        else:
            explain_text(text)
    for file in find_files(paths):
        try:
            document = analyse(read_file(file, options.input_format), find_configuration(file).registry())
        except ManuscriptError as error:
            status = EXIT_FAILED
            print(f"citecheck: {error}", file=sys.stderr)
            continue
        _print(document, options.format)
    return status


def _is_citation(word: str) -> bool:
    """Tell a citation from a path: it has spaces, no such file exists, and it does not end like a file."""
    try:
        exists = Path(word).exists()
    except OSError:
        # Too long for a path.
        return True
    return (
        word != "-" and not exists and " " in word and Path(word).suffix.lower() not in manuscript_suffixes()
    )


def explain_text(text: str) -> int:
    """Show how one citation is read and, where it was not read to its end, what was expected there."""
    document = _read_text(text)
    _print(document, "text")
    ends = [citation.start + len(citation.text) for citation in document.citations]
    if ends and not re.search(r"\w", text[max(ends) :]):
        return EXIT_CLEAN
    from citecheck.reading.expectations import what_was_expected

    expectation = what_was_expected(text, document.registry)
    if expectation is not None:
        print(f"\nreading stops at character {expectation.offset + 1}:")
        print(f"    {text}\n    {' ' * expectation.offset}^")
        if expectation.expected:
            print(f"    expected {_listed(expectation.expected)}")
    elif not ends:
        print(
            "\nnothing here tells a citation from prose: a title in italics (*…*) or quotation marks, place and "
            "year in brackets,\npages with their label (p. 63), or an archive's name with its levels would"
        )
    return EXIT_CLEAN


def _listed(expected: Sequence[str]) -> str:
    *most, last = expected
    return f"{', '.join(most)} or {last}" if most else last


def _read_text(text: str) -> Document:
    manuscript = read_bytes(f"Notes\n\n1. {text}\n".encode(), "citation", "plain")
    return analyse(manuscript)


def _print(document: Document, format: str) -> None:
    if format == "jsonl":
        from citecheck.reporting.citation_json import SCHEMA

        print(json.dumps({"schema": SCHEMA, "manuscript": document.manuscript.path}, ensure_ascii=False))
        for row in document_rows(document):
            print(json.dumps(row, ensure_ascii=False))
        return
    from citecheck.reporting.reading import print_reading

    print_reading(document, sys.stdout)
