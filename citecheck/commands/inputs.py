"""The manuscripts that a command is given: files, folders, standard input."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers import manuscript_suffixes, read_bytes, read_manuscript


def find_files(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files that the arguments name; a folder stands for the manuscripts in it, ``-`` for standard input.

    Raises:
        ManuscriptError: a path does not exist, or a folder holds no manuscript.
    """
    seen: set[str] = set()
    for path in paths:
        for file in [path] if path == "-" else _files_of(Path(path)):
            if file not in seen:
                seen.add(file)
                yield file


def _files_of(path: Path) -> list[str]:
    if not path.exists():
        raise ManuscriptError(str(path), "does not exist", "check the name and the folder")
    if not path.is_dir():
        return [str(path)]
    suffixes = manuscript_suffixes()
    found = [
        str(file)
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in suffixes
        and file.is_file()
        and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
    ]
    if not found:
        known = ", ".join(sorted(suffixes))
        raise ManuscriptError(
            str(path), "holds no manuscript", f"citecheck looks for files ending in {known}"
        )
    return found


def read_file(path: str, format: str | None = None) -> Manuscript:
    """Read one file, or standard input for ``-``.

    Raises:
        ManuscriptError: it cannot be read.
    """
    if path == "-":
        return read_bytes(sys.stdin.buffer.read(), "-", format)
    if format is not None:
        try:
            return read_bytes(Path(path).read_bytes(), path, format)
        except OSError as error:
            raise ManuscriptError(path, f"cannot be opened: {error.strerror}") from error
    return read_manuscript(path)
