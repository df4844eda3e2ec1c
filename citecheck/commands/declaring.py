"""What the commands share on the command line: the same words for the same things, and help that ends alike."""

import argparse
from collections.abc import Mapping, Sequence

from citecheck.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS

FORMATS: Mapping[str, str] = {
    "text": "for reading",
    "json": "one JSON object",
    "jsonl": "a JSON object on each line",
    "sarif": "for editors and code hosts that show findings beside the lines",
    "html": "a page to open in a browser, to print or to send",
    "csv": "a table for spreadsheets",
    "markdown": "a list for a thesis or a web page",
}
"""The formats that results are printed in, with what each is for. No command has other names for them."""


def describe(
    parser: argparse.ArgumentParser,
    description: str,
    examples: Sequence[str],
    *,
    clean: str,
    findings: str | None = None,
    failed: str,
) -> None:
    """Set what the help of a command begins and ends with: what it does; examples and the exit status.

    Args:
        parser: the command's parser.
        description: what the command does, in full sentences.
        examples: command lines without ``citecheck``.
        clean: what exit status 0 means.
        findings: what exit status 1 means, if the command has it.
        failed: what exit status 2 means.
    """
    statuses = {EXIT_CLEAN: clean, EXIT_FINDINGS: findings, EXIT_FAILED: failed}
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = description
    parser.epilog = "\n".join(
        (
            "example:" if len(examples) == 1 else "examples:",
            *(f"  citecheck {example}" for example in examples),
            "\nexit status:",
            *(f"  {status}  {meaning}" for status, meaning in statuses.items() if meaning),
        )
    )


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Declare the manuscripts that a command reads."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="manuscripts, folders of them, or - for standard input",
    )


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Declare how results are printed, by names of :data:`FORMATS`."""
    meanings = "; ".join(f"{name}, {FORMATS[name]}" for name in formats)
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"how to print the results: {meanings}"
    )


def add_input_format(parser: argparse.ArgumentParser) -> None:
    """Declare the format of the manuscripts, where their names do not tell it."""
    parser.add_argument(
        "--input-format",
        metavar="FORMAT",
        help="the format of the manuscripts, where their names do not tell it: docx, odt, markdown, latex, "
        "html, epub, jats, typst, plain",
    )
