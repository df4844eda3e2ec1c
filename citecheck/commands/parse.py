"""``citecheck parse``: shows how citations are read."""

import argparse
import json
import re
import sys
from collections.abc import Sequence

import attrs

from citecheck.analysis import analyse_under
from citecheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from citecheck.commands.declaring import add_format, add_input_format, describe
from citecheck.commands.inputs import Failures, find_files, is_citation, read_documents
from citecheck.configuration import find_configuration
from citecheck.documents import Document
from citecheck.readers.plain import read_note
from citecheck.reporting.citation_json import SCHEMA, document_rows, parse_json
from citecheck.reporting.reading import print_reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Shows how the citations of manuscripts are read, or one citation given in quotes: author, title and\n"
        "date, archive, levels and leaves, and what an ibid. or a short form stands for.",
        ('parse "RGANI, fond 5, opis 28, delo 410, l. 22"', "parse thesis.docx --format jsonl"),
        clean="citations were read; one given in quotes was read to its end",
        findings="no citation was found; or the one given in quotes was not read to its end",
        failed="a file could not be read (those of the others are shown), or the command line is wrong",
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="PATH|TEXT",
        help="manuscripts, folders of them, - for standard input, or one citation in quotes",
    )
    add_format(parser, "text", "json", "jsonl")
    add_input_format(parser)


def run(options: argparse.Namespace) -> int:
    """Print the citations of each input, in reading order."""
    failures = Failures()
    status = EXIT_CLEAN
    documents: list[Document] = []
    for text in filter(is_citation, options.inputs):
        if options.format == "text":
            status = max(status, explain_text(text))
        else:
            document = _read_text(text)
            documents.append(document)
            _print_lines(document, options.format)
            status = max(status, EXIT_CLEAN if _is_read_to_its_end(text, document) else EXIT_FINDINGS)
    files = find_files([word for word in options.inputs if not is_citation(word)], failures)
    found = 0
    for document in read_documents(files, options.input_format, failures):
        found += len(document.citations) + len(document.entries)
        if options.format == "text":
            print_reading(document, sys.stdout)
        else:
            documents.append(document)
            _print_lines(document, options.format)
    if options.format == "json":
        print(json.dumps(parse_json(documents), ensure_ascii=False, indent=1))
    if files and not found:
        status = EXIT_FINDINGS
    return failures.status(status)


def _print_lines(document: Document, format: str) -> None:
    if format == "jsonl":
        print(json.dumps({"schema": SCHEMA, "manuscript": document.manuscript.path}, ensure_ascii=False))
        for row in document_rows(document):
            print(json.dumps(row, ensure_ascii=False))


def explain_text(text: str) -> int:
    """Show how one citation is read and, where it was not read to its end, what was expected there."""
    document = _read_text(text)
    print_reading(document, sys.stdout)
    if _is_read_to_its_end(text, document):
        return EXIT_CLEAN
    from citecheck.reading.expectations import what_was_expected

    expectation = what_was_expected(text, document.registry)
    read = max((citation.span.end for citation in document.citations), default=0)
    if read and (expectation is None or expectation.offset < read):
        print(f"\nnot read, from character {read + 1}:\n    {text[read:].strip()}")
    elif expectation is not None:
        print(f"\nreading stops at character {expectation.offset + 1}:")
        print(f"    {text}\n    {' ' * expectation.offset}^")
        if expectation.expected:
            print(f"    expected {_listed(expectation.expected)}")
    else:
        print(
            "\nnothing here tells a citation from prose: a title in italics (*…*) or quotation marks, place and "
            "year in brackets,\npages with their label (p. 63), or an archive's name with its levels would"
        )
    return EXIT_FINDINGS


def _is_read_to_its_end(text: str, document: Document) -> bool:
    ends = [citation.span.end for citation in document.citations]
    return bool(ends) and re.search(r"\w", text[max(ends) :]) is None


def _listed(expected: Sequence[str]) -> str:
    *most, last = expected
    return f"{', '.join(most)} or {last}" if most else last


def _read_text(text: str) -> Document:
    """Read a text as a note, and where it gives no citation as a sentence of a text: “(Lankov 2002, 45)”."""
    settings = find_configuration("-")
    note = read_note(text, "citation")
    as_note = analyse_under(note, settings)
    if as_note.citations:
        return as_note
    in_text = attrs.evolve(note, notes=(), body=tuple(each.passage for each in note.notes))
    as_text = analyse_under(in_text, settings)
    return as_text if as_text.citations else as_note
