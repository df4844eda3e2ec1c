"""``citecheck lint --accept``: keeps what is found now in a list, so that later runs report only what is new."""

import argparse
import sys
from collections.abc import Sequence

from citecheck.commands.checking import Checker
from citecheck.documents import Document
from citecheck.errors import CitecheckError
from citecheck.fixing import write_atomically


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that have to do with accepted findings."""
    group = parser.add_argument_group("accepted findings")
    group.add_argument(
        "--accepted", metavar="FILE", help="do not report the findings that this file lists as accepted"
    )
    group.add_argument(
        "--accept",
        action="store_true",
        help="report nothing, but list all that is found now as accepted, in FILE or in the file that "
        "citecheck.toml names",
    )


def refuse_contradictions(options: argparse.Namespace) -> None:
    """Raise CitecheckError where options contradict each other, before anything is read or written."""
    if options.accept and (options.fix or options.diff or options.annotate):
        raise CitecheckError("--accept reports and corrects nothing: leave --fix, --diff and --annotate out")
    if options.store and (options.accept or options.accepted):
        raise CitecheckError("--store: accepted findings are not kept apart there; leave one of them out")


def accept(checker: Checker, documents: Sequence[Document]) -> None:
    """Write the lists with all that is found in the manuscripts now, and say how much each accepts."""
    for accepted in checker.accept(documents):
        write_atomically(accepted.file, accepted.to_json().encode("utf-8", "surrogateescape"))
        count = len(accepted.findings)
        print(f"{accepted.file}: {count:,} finding{'' if count == 1 else 's'} accepted", file=sys.stderr)
