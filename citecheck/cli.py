"""The command line: parses options, calls one command, and turns errors into messages."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from citecheck.errors import CitecheckError

EXIT_CLEAN, EXIT_FINDINGS, EXIT_FAILED = 0, 1, 2

COMMANDS = {
    "lint": "check the citations of manuscripts, and correct them",
    "parse": "show how citations are read",
    "explain": "say what a finding means and why it is one",
    "archives": "show what is known about an archive: its names, and how it is cited",
    "sources": "list every source that is cited, each archive as a tree",
    "export": "write the sources for Zotero, EndNote, LaTeX and spreadsheets",
    "normalize": "rewrite citations into one form",
    "quotations": "compare quotations with the texts that they are from",
    "store": "show what is remembered of many manuscripts",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 clean, 1 findings, 2 could not run."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Records are made by the thousand and live as long as the run: to look for rubbish among them each time
    # that seven hundred have been added took a tenth of it.
    gc.set_threshold(50_000, 20, 50)
    try:
        return _run(words)
    except CitecheckError as error:
        print(f"citecheck: {error}", file=sys.stderr)
        return EXIT_FAILED
    except KeyboardInterrupt:
        print("citecheck: stopped", file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has enough; that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CLEAN


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="citecheck",
        description="Checks the footnotes, citations and bibliographies of manuscripts: references to archives,\n"
        "to books and articles, ibid. and short forms, quotations. Nothing is changed unless you ask for it.",
        epilog="examples:\n"
        "  citecheck lint thesis.docx                say what cannot be right in a manuscript\n"
        "  citecheck explain LOC101                  say why a finding is one\n"
        "  citecheck COMMAND -h                      show the options of a command\n\n"
        "exit status: 0 nothing to report, 1 something was found, 2 something could not be done",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and stop")
    # With the program's name given argparse need not lay out its usage to find it.
    subparsers = parser.add_subparsers(
        dest="command", title="commands", metavar="COMMAND", required=True, prog="citecheck"
    )
    for name, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_text)
        # Only the command that runs is imported: start-up time is most of the time of a small run.
        if words[:1] == [name]:
            command = _command(name)
            command.add_arguments(subparser)
            # Paths may stand before, between and after options.
            status: int = command.run(subparser.parse_intermixed_args(words[1:]))
            return status
    parser.parse_args(words)
    return EXIT_CLEAN


def _command(name: str) -> ModuleType:
    return importlib.import_module(f"citecheck.commands.{name}")


class _ShowVersion(argparse.Action):
    """Looks the version up when it is asked for: to import what can do so takes longer than all options."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"citecheck {installed_version()}")
        parser.exit(EXIT_CLEAN)


def installed_version() -> str:
    """Return citecheck's version, as its package says."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("citecheck")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
