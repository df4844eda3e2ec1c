"""Applies fixes: to text formats in place, byte for byte the same elsewhere."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from citecheck.edits import Edits
from citecheck.errors import CitecheckError
from citecheck.findings import Applicability, Edit, Finding
from citecheck.manuscript import Manuscript

MOST_ROUNDS = 10
"""How often a manuscript is corrected and checked again; what is left then is left."""


class FixError(CitecheckError):
    """A correction that cannot be written."""


@attrs.frozen
class Fixed:
    """A text after fixing: what was applied, and what was left with the reason."""

    text: str
    applied: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...] = ()


def fixable(findings: Sequence[Finding], *, unsafe: bool = False) -> list[Finding]:
    """Return the findings whose fixes may be applied: the safe ones, with ``unsafe`` all."""
    return [
        finding
        for finding in findings
        if finding.fix is not None and (unsafe or finding.fix.applicability is Applicability.SAFE)
    ]


def apply_fixes(manuscript: Manuscript, findings: Sequence[Finding], *, unsafe: bool = False) -> Fixed:
    """Apply each fix that does not touch a range which an earlier one has changed.

    Findings are taken in their order; those that have to wait are neither applied nor refused. Nothing is written.

    Args:
        manuscript: what was checked.
        findings: what was found in it; findings in other manuscripts are left alone.
        unsafe: whether to apply fixes that change the reading as well.

    Returns:
        The manuscript's corrected text. Of a zipped format that is the text that was read from it and no file:
        ``citecheck lint --fix -o`` writes that.
    """
    ours = [finding for finding in findings if finding.manuscript is manuscript]
    chosen = _choose(manuscript, ours, unsafe=unsafe)
    return Fixed(chosen.edits.applied_to(manuscript.text), chosen.applied, chosen.refused)


@attrs.frozen
class _Chosen:
    """The fixes that are applied in one go, with their edits, and those that must not be."""

    edits: Edits
    applied: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]


def _choose(manuscript: Manuscript, findings: Sequence[Finding], *, unsafe: bool) -> _Chosen:
    edits = Edits()
    applied: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    for finding in fixable(findings, unsafe=unsafe):
        assert finding.fix is not None
        reason = next(filter(None, (_protected(manuscript, edit) for edit in finding.fix.edits)), None)
        if reason is not None:
            refused.append((finding, reason))
        elif edits.keep_apart_from(finding.fix.edits):
            edits.add(finding.fix.edits)
            applied.append(finding)
    return _Chosen(edits, tuple(applied), tuple(refused))


def _protected(manuscript: Manuscript, edit: Edit) -> str | None:
    """Return why a range must not be edited in the manuscript's files, or None if it may."""
    origin = manuscript.origin(edit.span.start)
    if origin is None:
        return None
    if origin.begins is None:
        return origin.not_editable or f"it stands in {origin.part}"
    if edit.span.end > origin.end:
        return f"it stands partly in {origin.part} and partly in another file"
    return origin.not_editable


def fix_text(
    manuscript: Manuscript,
    check: Callable[[Manuscript], Sequence[Finding]],
    read: Callable[[bytes], Manuscript],
    *,
    unsafe: bool = False,
) -> Fixed:
    """Apply fixes and check again, until nothing changes.

    Args:
        manuscript: a manuscript in a text format.
        check: finds what is wrong with a manuscript.
        read: reads the corrected text again.
        unsafe: whether to apply fixes that change the reading as well.
    """
    applied: list[Finding] = []
    refused: tuple[tuple[Finding, str], ...] = ()
    for _ in range(MOST_ROUNDS):
        fixed = apply_fixes(manuscript, check(manuscript), unsafe=unsafe)
        refused = fixed.refused
        if not fixed.applied:
            break
        applied += fixed.applied
        manuscript = read(encode(fixed.text, manuscript))
    return Fixed(manuscript.text, tuple(applied), refused)


@attrs.frozen
class FixedFiles:
    """The files of a manuscript that includes others, after fixing: their paths, with content before and after."""

    files: Mapping[Path, tuple[bytes, bytes]]
    applied: tuple[Finding, ...]
    refused: tuple[tuple[Finding, str], ...]


def fix_files(manuscript: Manuscript, findings: Sequence[Finding], *, unsafe: bool = False) -> FixedFiles:
    """Apply fixes once to a manuscript and the files that it includes, each in its own.

    Raises:
        FixError: a file has changed since it was read, or cannot be read again.
    """
    chosen = _choose(manuscript, findings, unsafe=unsafe)
    by_file: dict[Path, list[tuple[int, int, str, str]]] = {}
    for edit in chosen.edits:
        origin = manuscript.origin(edit.span.start)
        assert origin is not None
        before, old = (manuscript.text[slice(*part)] for part in ((origin.start, edit.span.start), edit.span))
        start = origin.source_start + len(before.encode())
        place = (start, start + len(old.encode()), old, edit.replacement)
        by_file.setdefault(Path(manuscript.path).parent / origin.part, []).append(place)
    files = {}
    for path, places in by_file.items():
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FixError(f"{path}: cannot be opened: {error.strerror}") from error
        parts: list[bytes] = []
        done = 0
        for start, end, old, new in sorted(set(places)):
            if start < done:
                # A chapter that is included twice has every finding twice.
                continue
            if data[start:end] != old.encode():
                raise FixError(f"{path}: has changed since it was read; check it again")
            parts += (data[done:start], new.encode())
            done = end
        files[path] = data, b"".join((*parts, data[done:]))
    return FixedFiles(files, chosen.applied, chosen.refused)


def encode(text: str, manuscript: Manuscript) -> bytes:
    """Return a text in the manuscript's own encoding.

    Raises:
        FixError: the encoding has no such letter.
    """
    try:
        return text.encode(manuscript.encoding)
    except UnicodeEncodeError as error:
        raise FixError(
            f"{manuscript.path}: its encoding {manuscript.encoding} has no “{error.object[error.start]}”; "
            "save the file as UTF-8 first"
        ) from error


def diff(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff from a text to its corrected text."""
    import difflib

    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(*lines, path, path):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it has the old content or the new one, whatever happens.

    Where the path is a symbolic link, the file that it leads to is written, and the link stays.

    Raises:
        FixError: the file cannot be written.
    """
    path = Path(os.path.realpath(path))
    temporary = None
    try:
        import tempfile

        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(temporary, path.stat().st_mode & 0o7777)
        else:
            # A temporary file is its owner's alone; a new manuscript is what the user's umask says.
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise FixError(f"{path}: cannot be written: {error.strerror}") from error
