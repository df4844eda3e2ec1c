"""``citecheck quotations``: says whether each quotation is found, altered, not found or unverifiable."""

import argparse
import json
from collections import Counter
from typing import Any

from citecheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from citecheck.commands.declaring import add_format, add_input_format, add_paths, describe
from citecheck.commands.inputs import Failures, find_files, read_documents

_FEWEST_WORDS = 3
"""Fewer words in quotation marks are a term or a title; they are shown only if they are found."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Compares every quotation with the text that it is from, where that is at hand: files that you give,\n"
        "documents printed in the manuscript, other manuscripts of the run. Each is found, altered, not found,\n"
        "or cannot be verified.",
        ("quotations thesis.docx", "quotations --source schacht-1953=schacht.txt chapter3.md"),
        clean="every quotation was found, or its source is not at hand",
        findings="quotations are altered, or are not in their sources",
        failed="a file could not be read (the others are verified), or the command line is wrong",
    )
    add_paths(parser)
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="KEY=FILE",
        help="the text of a cited source; “citecheck sources --keys PATH” shows the KEY of each",
    )
    add_format(parser, "text", "json", "jsonl")
    add_input_format(parser)


def run(options: argparse.Namespace) -> int:
    """Print the quotations of the manuscripts, each with the verdict on it."""
    from citecheck.corpus.source_texts import read_source, require_cited
    from citecheck.corpus.verification import Verdict, find_elsewhere, verify_quotations
    from citecheck.documents import Corpus
    from citecheck.reporting.citation_json import SCHEMA
    from citecheck.reporting.text import place

    given = tuple(read_source(option) for option in options.source)
    failures = Failures()
    files = find_files(options.paths, failures)
    corpus = Corpus(tuple(read_documents(files, options.input_format, failures)))
    require_cited(given, (key for document in corpus.documents for key in document.cited_by))
    counts: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for verified in find_elsewhere(verify_quotations(corpus, given), corpus):
        if verified.verdict is Verdict.UNVERIFIABLE and len(verified.quotation.text.split()) < _FEWEST_WORDS:
            continue
        counts[verified.verdict] += 1
        row = quotation_row(verified)
        if options.format == "jsonl":
            print(json.dumps(row, ensure_ascii=False))
        elif options.format == "json":
            rows.append(row)
        else:
            _print(row, place(verified.document.manuscript, verified.quotation.span))
    if options.format == "json":
        print(json.dumps({"schema": SCHEMA, "quotations": rows}, ensure_ascii=False, indent=1))
    if options.format == "text":
        print(
            ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "no quotation was found"
        )
    wrong = counts[Verdict.ALTERED] + counts[Verdict.NOT_FOUND]
    return failures.status(EXIT_FINDINGS if wrong else EXIT_CLEAN)


def quotation_row(verified: Any) -> dict[str, Any]:
    """Return a quotation with its verdict for other programs, in the manner of ``citecheck/1``."""
    from citecheck.readers.positions import span_json

    manuscript = verified.document.manuscript
    source = verified.source.manuscript if verified.source is not None else manuscript
    return {
        "manuscript": manuscript.path,
        "span": span_json(manuscript, verified.quotation.span),
        "text": " ".join(verified.quotation.text.split()),
        "verdict": str(verified.verdict),
        "reason": verified.reason or None,
        "citations": [citation.id for citation in verified.credit.citations],
        "source": verified.source.name if verified.source is not None else None,
        "source_manuscript": source.path if verified.source_span is not None else None,
        "source_span": span_json(source, verified.source_span) if verified.source_span is not None else None,
        "source_text": verified.source_text or None,
        "difference": [{"quoted": change.quoted, "source": change.source} for change in verified.changes],
        "pages": sorted(verified.pages),
    }


def _print(row: dict[str, Any], place: str) -> None:
    from citecheck.corpus.alignment import Change

    words = row["text"] if len(row["text"]) <= 100 else f"{row['text'][:60]} … {row['text'][-38:]}"
    print(f"{place}: {row['verdict']}: “{words}”")
    if row["source_text"] is not None:
        name = row["source"] or "quoted before"
        print(f"    {name}: “{row['source_text']}”" if row["difference"] else f"    {name}")
    for change in row["difference"]:
        print(f"    {Change(change['quoted'], change['source'], 0, 0).describe()}")
    if row["reason"]:
        print(f"    {row['reason']}")
