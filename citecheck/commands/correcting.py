"""What ``citecheck lint`` does with fixes: shows them, applies them, or writes them into a new file."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from citecheck.documents import Document
from citecheck.errors import CitecheckError
from citecheck.findings import Finding
from citecheck.fixing import (
    MOST_ROUNDS,
    Fixed,
    diff,
    encode,
    fix_files,
    fix_text,
    fixable,
    write_atomically,
)
from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes, read_manuscript
from citecheck.rules import Rule

# Formats that are corrected as text, in place. The others are written by a module of citecheck.writers.
_TEXT_FORMATS = frozenset(("plain", "markdown", "latex", "typst", "html", "jats"))

Analyse = Callable[[Manuscript], Document]
Check = Callable[[Document], Sequence[Finding]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that correct manuscripts."""
    group = parser.add_argument_group("corrections")
    group.add_argument("--fix", action="store_true", help="apply safe fixes; text files are changed in place")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="apply, or show, fixes that change the reading too"
    )
    group.add_argument("--diff", action="store_true", help="show what would be fixed and change nothing")
    group.add_argument(
        "--annotate", metavar="OUT", help="write a copy of a .docx or .odt with a comment for each finding"
    )
    group.add_argument(
        "-o", "--output", metavar="OUT", help="with --fix: write the corrected manuscript here"
    )
    group.add_argument("--force", action="store_true", help="write OUT even if it exists")


def wanted(options: argparse.Namespace) -> bool:
    """Tell whether any correction is asked for.

    Raises:
        CitecheckError: the options contradict each other.
    """
    if options.output and not options.fix:
        raise CitecheckError("-o needs --fix: it says where the corrected manuscript goes")
    if options.fix and options.diff:
        raise CitecheckError("--fix changes files and --diff does not: choose one of them")
    return bool(options.fix or options.diff or options.annotate)


def correct(
    options: argparse.Namespace,
    documents: Sequence[Document],
    findings: Sequence[Finding],
    analyse: Analyse,
    check: Check,
) -> None:
    """Show or apply the fixes of a run.

    Raises:
        CitecheckError: more than one manuscript for one output, a format that cannot be written, or a
            file that is in the way.
    """
    if (options.output or options.annotate) and len(documents) != 1:
        raise CitecheckError("one output file needs exactly one manuscript")
    for document in documents:
        manuscript = document.manuscript
        own = [finding for finding in findings if finding.manuscript is manuscript]
        if options.annotate:
            _annotate(options, manuscript, own)
        if options.diff or options.fix:
            if manuscript.format in _TEXT_FORMATS and manuscript.origins:
                _correct_files(options, manuscript, own, analyse, check)
            elif manuscript.format in _TEXT_FORMATS:
                _correct_text(options, manuscript, analyse, check)
            elif options.diff:
                for finding in fixable(own, unsafe=options.unsafe_fixes):
                    assert finding.fix is not None
                    for edit in finding.fix.edits:
                        before = manuscript.text[slice(*edit.span)]
                        print(f"{manuscript.path}: {finding.code}: “{before}” → “{edit.replacement}”")
            else:
                _correct_document(options, manuscript, own)


def _correct_text(
    options: argparse.Namespace, manuscript: Manuscript, analyse: Analyse, check: Check
) -> None:
    fixed = fix_text(
        manuscript,
        lambda again: check(analyse(again)),
        lambda data: read_bytes(data, manuscript.path, manuscript.format),
        unsafe=options.unsafe_fixes,
    )
    if options.diff:
        sys.stdout.writelines(diff(manuscript.path, manuscript.text, fixed.text))
        return
    if manuscript.path == "-" and not options.output:
        sys.stdout.write(fixed.text)
    elif fixed.applied or options.output:
        path = Path(options.output or manuscript.path)
        if options.output:
            _refuse_to_overwrite(path, options.force)
        write_atomically(path, encode(fixed.text, manuscript))
    _report(manuscript, fixed)


def _correct_files(
    options: argparse.Namespace,
    manuscript: Manuscript,
    findings: Sequence[Finding],
    analyse: Analyse,
    check: Check,
) -> None:
    """Correct a manuscript that includes others, and them, until nothing changes."""
    if options.output:
        raise CitecheckError(
            f"{manuscript.path}: includes other files, which are corrected in place; leave -o out"
        )
    fixed = fix_files(manuscript, findings, unsafe=options.unsafe_fixes)
    if options.diff:
        for path, (before, after) in sorted(fixed.files.items()):
            sys.stdout.writelines(diff(str(path), before.decode(), after.decode()))
        return
    applied: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        for path, (_, after) in fixed.files.items():
            write_atomically(path, after)
        applied += fixed.applied
        if not fixed.applied:
            break
        manuscript = read_manuscript(manuscript.path)
        fixed = fix_files(manuscript, check(analyse(manuscript)), unsafe=options.unsafe_fixes)
    _report(manuscript, Fixed(manuscript.text, tuple(applied), fixed.refused))


def _correct_document(
    options: argparse.Namespace, manuscript: Manuscript, findings: Sequence[Finding]
) -> None:
    if not options.output:
        raise CitecheckError(
            f"{manuscript.path}: a .{manuscript.format} is not changed in place; name a new file with -o, "
            "or see the fixes with --diff"
        )
    writer = _writer(manuscript)
    path = Path(options.output)
    _refuse_to_overwrite(path, options.force)
    data, fixed = writer.correct(
        Path(manuscript.path).read_bytes(), manuscript, findings, unsafe=options.unsafe_fixes
    )
    write_atomically(path, data)
    _report(manuscript, fixed)


def _annotate(options: argparse.Namespace, manuscript: Manuscript, findings: Sequence[Finding]) -> None:
    writer = _writer(manuscript)
    path = Path(options.annotate)
    _refuse_to_overwrite(path, options.force)
    write_atomically(path, writer.annotate(Path(manuscript.path).read_bytes(), manuscript, findings))
    print(f"{path}: {len(findings)} findings as comments", file=sys.stderr)


def _writer(manuscript: Manuscript):  # type: ignore[no-untyped-def]
    try:
        return importlib.import_module(f"citecheck.writers.{manuscript.format}")
    except ModuleNotFoundError as error:
        raise CitecheckError(
            f"{manuscript.path}: findings cannot be written into {manuscript.format}; .docx and .odt can be annotated"
        ) from error


def _refuse_to_overwrite(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise CitecheckError(f"{path}: exists already; choose another name, or --force to replace it")


def _report(manuscript: Manuscript, fixed: Fixed) -> None:
    print(f"{manuscript.path}: fixed {len(fixed.applied)}", file=sys.stderr)
    for finding, reason in fixed.refused:
        path, position = manuscript.place(finding.span.start)
        print(f"{path}:{position.line}: {finding.code} is left: {reason}", file=sys.stderr)


def rules_of(rules: Sequence[Rule]) -> Check:
    """Return a check of single documents by the given rules."""
    from citecheck.linting import check

    return lambda document: check([document], rules)
