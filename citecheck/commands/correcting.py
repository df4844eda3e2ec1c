"""What ``citecheck lint`` does with fixes: shows them, applies them, or writes them into a new file."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import attrs

from citecheck.commands.checking import Checker
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
from citecheck.readers import all_readers, read_bytes, read_manuscript
from citecheck.reporting.text import place

# Formats that are corrected as text, in place.
_TEXT_FORMATS = frozenset(("plain", "markdown", "latex", "typst", "html", "jats"))
# Formats that a module of citecheck.writers gives back in a new file.
_PACKED_FORMATS = frozenset(("docx", "odt"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that correct manuscripts."""
    group = parser.add_argument_group("corrections")
    group.add_argument(
        "--fix",
        action="store_true",
        help="make the safe corrections: in text files in place, in .docx and .odt as tracked changes in the "
        "file named by -o; then report what remains",
    )
    group.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix or --diff: also the corrections after which a citation reads otherwise",
    )
    group.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    group.add_argument(
        "-o", "--output", metavar="OUT", help="with --fix: write the corrected manuscript here"
    )
    group.add_argument(
        "--annotate",
        metavar="OUT",
        help="write a copy of a .docx or .odt with a comment for each finding",
    )
    group.add_argument("--force", action="store_true", help="write OUT even if it exists")


def refuse_contradictions(options: argparse.Namespace) -> None:
    """Raise CitecheckError where options contradict each other, before anything is read or written."""
    if options.fix and options.diff:
        raise CitecheckError("--fix changes files and --diff does not: choose one of them")
    if options.annotate and options.diff:
        raise CitecheckError("--annotate writes a file and --diff does not: choose one of them")
    if options.output and not options.fix:
        raise CitecheckError(
            "-o needs --fix: it says where the corrected manuscript goes; to keep a report, write > and a file’s name"
        )
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise CitecheckError("--unsafe-fixes needs --fix or --diff: it says which corrections they make")
    if options.force and not (options.output or options.annotate):
        raise CitecheckError("--force needs -o or --annotate: it lets them replace a file that exists")
    if options.diff and options.format != "text":
        raise CitecheckError("--diff shows corrections, not findings: leave --format out")


def refuse_outputs(options: argparse.Namespace, documents: Sequence[Document]) -> None:
    """Make sure that all that is to be written can be, before the first of it is.

    Raises:
        CitecheckError: not exactly one manuscript for one output, a format that cannot be written, a name
            that is another format's, or a file that is in the way.
    """
    outputs = [name for name in (options.annotate, options.output) if name]
    if outputs and len(documents) != 1:
        count = f"there are {len(documents)}" if documents else "there is none"
        raise CitecheckError(f"{outputs[0]}: one output file needs exactly one manuscript, and {count}")
    if len({Path(name).resolve() for name in outputs}) < len(outputs):
        raise CitecheckError(f"{outputs[0]}: the comments and the corrections need a file each")
    if options.annotate:
        manuscript = documents[0].manuscript
        if manuscript.format not in _PACKED_FORMATS:
            raise CitecheckError(
                f"{manuscript.path}: comments can be written into .docx and .odt only, and this is "
                f"{_called(manuscript.format)}"
            )
        _refuse_standard_input(manuscript)
    if options.fix:
        _refuse_uncorrectable(options, documents)
    for name in outputs:
        _refuse_other_suffix(documents[0].manuscript, Path(name))
        if Path(name).exists() and not options.force:
            raise CitecheckError(f"{name}: exists already; choose another name, or --force to replace it")


def _refuse_uncorrectable(options: argparse.Namespace, documents: Sequence[Document]) -> None:
    """Refuse to correct where no manuscript can be: among others, one that cannot be is only left."""
    manuscripts = [document.manuscript for document in documents]
    if options.output and manuscripts[0].origins and manuscripts[0].format in _TEXT_FORMATS:
        raise CitecheckError(
            f"{manuscripts[0].path}: includes other files, which are corrected in place; leave -o out"
        )
    if options.output and manuscripts[0].format in _PACKED_FORMATS:
        _refuse_standard_input(manuscripts[0])
        return
    reasons = [_why_left(manuscript) for manuscript in manuscripts]
    if reasons and all(reasons):
        raise CitecheckError(f"{manuscripts[0].path}: {reasons[0]}")


def _why_left(manuscript: Manuscript) -> str | None:
    """Return why a manuscript is not corrected in place, or None if it is."""
    if manuscript.format in _TEXT_FORMATS:
        return None
    if manuscript.format in _PACKED_FORMATS:
        return (
            f"a .{manuscript.format} is not changed in place; name a new file with -o, "
            "or see the corrections with --diff"
        )
    return f"{_called(manuscript.format)} cannot be corrected; see the corrections with --diff"


def _called(format: str) -> str:
    """Return what people call a format that is not written: “a .epub”."""
    reader = next((reader for reader in all_readers() if reader.format == format), None)
    return f"a {reader.suffixes[0]}" if reader is not None and reader.suffixes else f"of the format {format}"


def _refuse_standard_input(manuscript: Manuscript) -> None:
    if manuscript.path == "-":
        raise CitecheckError(f"a .{manuscript.format} cannot come from standard input here: name the file")


def _refuse_other_suffix(manuscript: Manuscript, output: Path) -> None:
    """Refuse a name that would pass for another format: programs go by it when they open the file.

    A zipped format's own endings are not interchangeable either: Word opens no .docm that is named .docx.
    """
    own = next((reader.suffixes for reader in all_readers() if reader.format == manuscript.format), ())
    given = [suffix for suffix in own if manuscript.path.lower().endswith(suffix)]
    if manuscript.format in _PACKED_FORMATS:
        fitting: Sequence[str] = given or own
        fits = output.name.lower().endswith(tuple(fitting))
    else:
        fitting = own
        others = tuple(suffix for reader in all_readers() for suffix in reader.suffixes if suffix not in own)
        fits = output.name.lower().endswith(own) or not output.name.lower().endswith((*others, ".pdf"))
    if not fits:
        raise CitecheckError(
            f"{output}: {manuscript.path} stays in its own format; give the new file a name that ends in "
            f"{' or '.join(fitting)}"
        )


# ---- showing


def show(
    options: argparse.Namespace, checker: Checker, documents: Sequence[Document], findings: Sequence[Finding]
) -> bool:
    """Show what would be corrected, and return whether anything would be."""
    differs = False
    for document in documents:
        manuscript = document.manuscript
        own = _of(document, findings)
        if manuscript.format not in _TEXT_FORMATS:
            lines = _listed(own, unsafe=options.unsafe_fixes)
        elif manuscript.origins:
            files = fix_files(manuscript, own, unsafe=options.unsafe_fixes).files
            lines = [
                line
                for path, (before, after) in sorted(files.items())
                for line in diff(str(path), before.decode(), after.decode())
            ]
        else:
            corrected = _correct_text(document, own, checker, unsafe=options.unsafe_fixes)
            lines = list(diff(manuscript.path, manuscript.text, corrected.text))
        sys.stdout.writelines(lines)
        differs = differs or bool(lines)
    return differs


def _listed(findings: Sequence[Finding], *, unsafe: bool) -> list[str]:
    """Return the corrections of a file that has no lines of its own, one on each line."""
    lines = []
    for finding in fixable(findings, unsafe=unsafe):
        assert finding.fix is not None
        for edit in finding.fix.edits:
            before = finding.manuscript.text[slice(*edit.span)]
            where = place(finding.manuscript, edit.span)
            lines.append(f"{where}: {finding.code}: “{before}” → “{edit.replacement}”\n")
    return lines


# ---- writing


def fix(
    options: argparse.Namespace, checker: Checker, documents: Sequence[Document], findings: Sequence[Finding]
) -> tuple[list[Document], list[Finding]]:
    """Apply the fixes of a run; return the manuscripts as they are now, and what remains to be reported."""
    corrected = [_fix_document(options, checker, document, _of(document, findings)) for document in documents]
    if all(one.document is document for one, document in zip(corrected, documents, strict=True)):
        tracked = [id(finding) for one in corrected for finding in one.tracked]
        return list(documents), [finding for finding in findings if id(finding) not in tracked]
    now = [one.document for one in corrected]
    return now, checker.check(now)


@attrs.frozen
class _Corrected:
    """A manuscript after its correction, with the findings that tracked changes have put right in a copy."""

    document: Document
    tracked: tuple[Finding, ...] = ()


def _fix_document(
    options: argparse.Namespace, checker: Checker, document: Document, findings: Sequence[Finding]
) -> _Corrected:
    manuscript = document.manuscript
    if manuscript.format in _PACKED_FORMATS and options.output:
        return _Corrected(document, _track(options, manuscript, findings))
    reason = _why_left(manuscript)
    if reason is not None:
        print(f"citecheck: {manuscript.path}: {reason}", file=sys.stderr)
        return _Corrected(document)
    if manuscript.origins:
        return _Corrected(_fix_files(document, findings, checker, unsafe=options.unsafe_fixes))
    fixed = _correct_text(document, findings, checker, unsafe=options.unsafe_fixes)
    data = encode(fixed.text, manuscript)
    if manuscript.path == "-" and not options.output:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    elif fixed.applied or options.output:
        write_atomically(Path(options.output or manuscript.path), data)
    _report(manuscript, fixed)
    if not fixed.applied and not options.output:
        return _Corrected(document)
    again = read_bytes(data, options.output or manuscript.path, manuscript.format)
    return _Corrected(checker.document(again, like=manuscript.path))


def _correct_text(
    document: Document, findings: Sequence[Finding], checker: Checker, *, unsafe: bool
) -> Fixed:
    """Return the corrected text: first with the fixes that were found, then with what they bring to light."""
    manuscript = document.manuscript

    def check(text: Manuscript) -> Sequence[Finding]:
        return findings if text is manuscript else checker.check_alone(checker.document(text))

    return fix_text(
        manuscript, check, lambda data: read_bytes(data, manuscript.path, manuscript.format), unsafe=unsafe
    )


def _fix_files(
    document: Document, findings: Sequence[Finding], checker: Checker, *, unsafe: bool
) -> Document:
    """Correct a manuscript that includes others, and them, until nothing changes."""
    manuscript = document.manuscript
    fixed = fix_files(manuscript, findings, unsafe=unsafe)
    applied: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        for path, (_, after) in fixed.files.items():
            write_atomically(path, after)
        applied += fixed.applied
        if not fixed.applied:
            break
        document = checker.document(read_manuscript(manuscript.path))
        fixed = fix_files(document.manuscript, checker.check_alone(document), unsafe=unsafe)
    _report(document.manuscript, Fixed(manuscript.text, tuple(applied), fixed.refused))
    return document


def _track(
    options: argparse.Namespace, manuscript: Manuscript, findings: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Write the corrections as tracked changes into a new file; return the findings that they put right."""
    data, fixed = _writer(manuscript).correct(
        Path(manuscript.path).read_bytes(), manuscript, findings, unsafe=options.unsafe_fixes
    )
    write_atomically(Path(options.output), data)
    _report(manuscript, fixed)
    applied: tuple[Finding, ...] = fixed.applied
    return applied


def annotate(options: argparse.Namespace, document: Document, findings: Sequence[Finding]) -> None:
    """Write a copy of a manuscript with a comment for each finding."""
    manuscript, own = document.manuscript, _of(document, findings)
    data = _writer(manuscript).annotate(Path(manuscript.path).read_bytes(), manuscript, own)
    write_atomically(Path(options.annotate), data)
    count = "one finding as a comment" if len(own) == 1 else f"{len(own)} findings as comments"
    print(f"{options.annotate}: {count}", file=sys.stderr)


def _writer(manuscript: Manuscript) -> ModuleType:
    return importlib.import_module(f"citecheck.writers.{manuscript.format}")


def _of(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.manuscript is document.manuscript]


def _report(manuscript: Manuscript, fixed: Fixed) -> None:
    print(f"{manuscript.path}: fixed {len(fixed.applied)}", file=sys.stderr)
    for finding, reason in fixed.refused:
        where = place(finding.manuscript, finding.span)
        print(f"{where}: {finding.code} is left: {reason}", file=sys.stderr)
