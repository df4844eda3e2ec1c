"""``citecheck lint --store``: checks manuscripts through a store that remembers what was read."""

import argparse
import sys
from collections.abc import Sequence
from time import monotonic

from citecheck.cli import EXIT_CLEAN, EXIT_FINDINGS, installed_version
from citecheck.commands.checking import Checker
from citecheck.commands.inputs import Failures
from citecheck.errors import CitecheckError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that have to do with sources at hand and with many manuscripts."""
    group = parser.add_argument_group("sources and many manuscripts")
    group.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="KEY=FILE",
        help="the text of a cited source, to verify quotations and pages; “citecheck sources --keys PATH” "
        "shows the KEY of each",
    )
    group.add_argument(
        "--store", metavar="FILE", help="remember what was read in this file, and read only what has changed"
    )
    group.add_argument(
        "--processes",
        type=int,
        metavar="N",
        help="how many manuscripts are read into the store at once; as many as the computer has cores if not given",
    )


def refuse_contradictions(options: argparse.Namespace) -> None:
    """Raise CitecheckError where options contradict each other, before anything is read or written."""
    if options.processes is not None and not options.store:
        raise CitecheckError("--processes needs --store: only a store is filled by several processes")
    if not options.store:
        return
    if options.fix or options.diff or options.annotate:
        raise CitecheckError("--store: manuscripts are corrected without a store; leave --store out")
    if options.library:
        raise CitecheckError("--store: citations are not compared with a library then; leave one of them out")
    if options.format == "html":
        raise CitecheckError(
            "--store: a page of so many manuscripts would not open; choose another --format, or leave --store out"
        )
    if "-" in options.paths:
        raise CitecheckError("--store: standard input cannot be stored; name the files")


def run(options: argparse.Namespace, files: Sequence[str], checker: Checker, failures: Failures) -> int:
    """Bring the store up to date, compare its manuscripts, and print the findings."""
    # All this is imported here because a run without a store needs none of it.
    from citecheck.corpus.source_texts import require_cited
    from citecheck.storage.gathering import gather
    from citecheck.storage.store import Store
    from citecheck.storage.stored_findings import (
        compare_stored,
        print_stored,
        selected,
        stored_rows,
        write_stored_json,
    )

    if checker.has_accepted:
        print("citecheck: with --store accepted findings are reported like others", file=sys.stderr)
    with Store(options.store) as store:
        bar = ProgressBar()
        try:
            gathered = gather(store, files, options.input_format, bar.show, options.processes)
        except KeyboardInterrupt:
            bar.clear()
            print(
                f"citecheck: {bar.done} of {bar.total} manuscripts are stored; run the command again to go "
                "on",
                file=sys.stderr,
            )
            raise
        bar.clear()
        for failure in gathered.failures:
            failures.add(failure)
        failed = {failure.path for failure in gathered.failures}
        store.choose(file for file in files if file not in failed)
        require_cited(checker.sources, store.cited_keys() if checker.sources else ())
        if not options.separate:
            compare_stored(store, checker.sources)
        findings = selected(store, checker.is_wanted, together=not options.separate)
        if options.format == "text":
            count = print_stored(store, findings, sys.stdout)
        elif options.format == "sarif":
            from citecheck.reporting.sarif import write_sarif

            count = write_sarif(stored_rows(findings), installed_version(), sys.stdout)
        else:
            count = write_stored_json(store, findings, sys.stdout, lines=options.format == "jsonl")
    return failures.status(EXIT_FINDINGS if count else EXIT_CLEAN)


class ProgressBar:
    """A bar on standard error, where that is a terminal: “1,200 of 10,000  ████░░░░░░  35 s left”."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self._begun = monotonic()
        self._first = -1
        self._shown = 0.0
        self._on = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self.done, self.total = done, total
        if self._first < 0:
            self._first = done
        now = monotonic()
        if not self._on or total == 0 or (now - self._shown < 0.1 and done < total):
            return
        self._shown = now
        filled = 20 * done // total
        read = done - self._first
        left = f"  {(now - self._begun) / read * (total - done):,.0f} s left" if read and done < total else ""
        print(
            f"\r\033[K{done:,} of {total:,}  {'█' * filled}{'░' * (20 - filled)}{left}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    def clear(self) -> None:
        """Take the bar away."""
        if self._on:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
