"""``citecheck lint``: checks manuscripts and reports findings."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from citecheck.cli import EXIT_CLEAN, EXIT_FINDINGS, installed_version
from citecheck.commands import accepting, correcting, storing
from citecheck.commands.checking import Checker
from citecheck.commands.declaring import add_format, add_input_format, add_paths, describe
from citecheck.commands.inputs import Failures, find_files
from citecheck.documents import Document
from citecheck.findings import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Checks the citations, footnotes and bibliographies of manuscripts, and says what cannot be right,\n"
        "with the place and the evidence. Several manuscripts are compared with one another as well.\n"
        "Settings are read from the citecheck.toml nearest above each manuscript; for rules that compare\n"
        "manuscripts, from the one nearest above all of them.",
        ("lint thesis.docx", "lint --fix chapter3.md", "lint --select LOC,ARC104 chapters/"),
        clean="nothing to report; with --fix nothing is left, with --diff nothing would change",
        findings="there are findings; with --fix some are left, with --diff something would change",
        failed="a file could not be read (the others are checked), or the command line is wrong",
    )
    add_paths(parser)
    add_format(parser, "text", "html", "json", "jsonl", "sarif")
    selectors = "a code (LOC101), the beginning of codes (LOC, LOC1) or a rule's name; several with commas"
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="RULE",
        help=f"check these rules only: {selectors}",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="RULE",
        help="leave these rules out, named in the same ways",
    )
    parser.add_argument(
        "--separate", action="store_true", help="do not compare the manuscripts with one another"
    )
    add_input_format(parser)
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour the output"
    )
    parser.add_argument(
        "--library",
        action="append",
        default=[],
        metavar="FILE",
        help="a .bib, CSL-JSON or RIS file, as Zotero and others export it, to compare citations with",
    )
    correcting.add_arguments(parser)
    accepting.add_arguments(parser)
    storing.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check the manuscripts; a file that cannot be read is reported and the others are checked all the same."""
    correcting.refuse_contradictions(options)
    accepting.refuse_contradictions(options)
    storing.refuse_contradictions(options)
    failures = Failures()
    files = find_files(options.paths, failures)
    checker = Checker(options, files)
    if options.store:
        return storing.run(options, files, checker, failures)
    documents = list(checker.read(_shown(files), failures))
    if options.accept:
        accepting.accept(checker, documents)
        return failures.status()
    found = checker.find(documents)
    findings = checker.leave_out(found)
    accepted = len(found) - len(findings)
    if options.diff:
        differs = correcting.show(options, checker, documents, findings)
        return failures.status(EXIT_FINDINGS if differs else EXIT_CLEAN)
    out = sys.stdout
    if options.annotate or options.fix:
        correcting.refuse_outputs(options, documents)
    if options.annotate:
        correcting.annotate(options, documents[0], findings)
    if options.fix:
        documents, findings = correcting.fix(options, checker, documents, findings)
        if files == ["-"] and not options.output:
            # The corrected manuscript is what the next program wants.
            out = sys.stderr
    if documents or not failures.count or options.format != "text":
        # Where no file could be read, nothing was checked: to say that there is nothing to report would mislead.
        _report(findings, documents, accepted, options, out)
    return failures.status(EXIT_FINDINGS if findings else EXIT_CLEAN)


def _shown(files: Sequence[str]) -> Iterator[str]:
    """Yield the files; on a terminal, say how many are done."""
    if not sys.stderr.isatty() or len(files) <= 5:
        yield from files
        return
    for number, file in enumerate(files, 1):
        print(f"\rreading {number} of {len(files)}", end="", file=sys.stderr)
        yield file
    print("\r\033[K", end="", file=sys.stderr)


def _report(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    accepted: int,
    options: argparse.Namespace,
    out: TextIO,
) -> None:
    manuscripts = [document.manuscript for document in documents]
    if options.format == "json":
        from citecheck.reporting.citation_json import lint_json

        json.dump(lint_json(findings, manuscripts), out, ensure_ascii=False, indent=1)
        print(file=out)
    elif options.format == "jsonl":
        from citecheck.reporting.citation_json import finding_row, lint_head

        for row in (lint_head(manuscripts), *map(finding_row, findings)):
            print(json.dumps(row, ensure_ascii=False), file=out)
    elif options.format == "sarif":
        from citecheck.reporting.citation_json import finding_row
        from citecheck.reporting.sarif import write_sarif

        write_sarif(map(finding_row, findings), installed_version(), out)
    elif options.format == "html":
        from citecheck.reporting.html import write_html

        write_html(findings, documents, out, accepted=accepted)
    else:
        from citecheck.reporting.text import print_findings

        print_findings(findings, documents, out, accepted=accepted, color=options.color)
