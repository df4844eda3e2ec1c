"""``citecheck lint``: checks manuscripts and reports findings."""

import argparse
import json
import sys
from collections.abc import Sequence

from citecheck.analysis import analyse
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS
from citecheck.commands import correcting, storing
from citecheck.commands.inputs import find_files, read_file
from citecheck.configuration import declare_abbreviations, find_configuration
from citecheck.documents import Document
from citecheck.errors import CitecheckError, ManuscriptError
from citecheck.findings import Finding
from citecheck.libraries import Library, read_library
from citecheck.libraries.joining import join
from citecheck.linting import check, check_library, select_rules
from citecheck.rules import Rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="manuscripts, folders of them, or - for standard input"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print the findings"
    )
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULE",
        help="check only this code, family or rule name",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="RULE",
        help="leave this code, family or rule name out",
    )
    parser.add_argument(
        "--separate", action="store_true", help="do not compare the manuscripts with one another"
    )
    parser.add_argument(
        "--input-format", metavar="FORMAT", help="the manuscripts' format, where it cannot be told"
    )
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour the output"
    )
    parser.add_argument(
        "--library",
        action="append",
        default=[],
        metavar="FILE",
        help="a .bib, CSL-JSON or RIS file to check citations against",
    )
    correcting.add_arguments(parser)
    storing.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check the manuscripts; a file that cannot be read is reported and the others are checked all the same."""
    files = list(find_files(options.paths))
    rules = _rules(options, files[0])
    if options.store:
        return storing.run(options, files, rules)
    sources = storing.read_sources(options)
    libraries = [read_library(path) for path in options.library]
    documents, failed = _read(files, options, libraries)
    rules = storing.with_sources(rules, sources, documents)
    findings = check(
        documents, rules, separate=options.separate, beside=[library.document() for library in libraries]
    )
    for library in libraries:
        findings += check_library(library, rules)
    if correcting.wanted(options):
        correcting.correct(options, documents, findings, analyse, correcting.rules_of(rules))
    if not options.diff:
        _report(findings, documents, options)
    if failed:
        return EXIT_FAILED
    return EXIT_FINDINGS if findings else EXIT_CLEAN


def _rules(options: argparse.Namespace, first_file: str) -> tuple[Rule, ...]:
    configuration = find_configuration(first_file)
    try:
        return select_rules(
            _split(options.select) or configuration.select, [*configuration.ignore, *_split(options.ignore)]
        )
    except ValueError as error:
        raise CitecheckError(str(error)) from error


def _split(values: list[str]) -> list[str]:
    return [part for value in values for part in value.split(",") if part]


def _read(
    files: list[str], options: argparse.Namespace, libraries: Sequence[Library]
) -> tuple[list[Document], bool]:
    """Read and resolve the files; the second value tells whether any could not be read."""
    documents: list[Document] = []
    failed = False
    progress = sys.stderr.isatty() and len(files) > 5
    for number, file in enumerate(files, 1):
        if progress:
            print(f"\rreading {number} of {len(files)}", end="", file=sys.stderr)
        try:
            settings = find_configuration(file)
            manuscript = declare_abbreviations(read_file(file, options.input_format), settings)
            document = analyse(manuscript, settings.registry())
            documents.append(join(document, libraries) if libraries else document)
        except ManuscriptError as error:
            failed = True
            print(f"citecheck: {error}", file=sys.stderr)
    if progress:
        print("\r\033[K", end="", file=sys.stderr)
    return documents, failed


def _report(findings: list[Finding], documents: list[Document], options: argparse.Namespace) -> None:
    if options.format == "json":
        from citecheck.reporting.citation_json import lint_json

        report = lint_json(findings, [document.manuscript for document in documents])
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        from citecheck.reporting.text import print_findings

        print_findings(findings, documents, sys.stdout, color=options.color)
