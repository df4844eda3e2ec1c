"""Readers: one file per manuscript format, each turning bytes into a :class:`Manuscript`.

A reader module defines ``FORMAT`` (its name), ``SUFFIXES`` (file name endings, lower case),
``recognises(data, name)`` and ``read(data, path)``. It is found by its file name. Where a manuscript may
include other files, ``with_included(data, path)`` puts it together with them.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.inclusion import Expanded


@attrs.frozen
class Reader:
    """One format: how to know it, and how to read it."""

    format: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Manuscript]
    with_included: Callable[[bytes, str], tuple[Expanded, str]] | None = None


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return the readers, plain text last since it recognises any text."""
    readers = []
    for module in pkgutil.iter_modules(__path__):
        found = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(found, "FORMAT"):
            including = getattr(found, "with_included", None)
            readers.append(Reader(found.FORMAT, found.SUFFIXES, found.recognises, found.read, including))
    return tuple(sorted(readers, key=lambda reader: reader.format == "plain"))


def manuscript_suffixes() -> frozenset[str]:
    """Return the file name endings that are read when a folder is given."""
    return frozenset(suffix for reader in all_readers() for suffix in reader.suffixes)


def read_manuscript(path: str | Path) -> Manuscript:
    """Read one file, in whatever format it is.

    Raises:
        ManuscriptError: the file cannot be opened, is no text, is damaged or is not safe to open.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ManuscriptError(
            str(path), f"cannot be opened: {error.strerror}", "look at its name and the folder"
        ) from error
    return read_bytes(data, str(path))


def included_files(path: str) -> tuple[Path, ...]:
    """Return the files that are read as parts of a manuscript, all paths resolved; one that cannot be read has none."""
    if _is_plainly_text(b"", path):
        return ()
    suffix = Path(path).suffix.lower()
    for reader in all_readers():
        if reader.with_included is not None and suffix in reader.suffixes:
            try:
                return reader.with_included(Path(path).read_bytes(), path)[0].files
            except (OSError, ManuscriptError):
                return ()
    return ()


def read_bytes(data: bytes, path: str = "-", format: str | None = None) -> Manuscript:
    """Read a manuscript from bytes; ``path`` names it in messages and helps to tell its format.

    Raises:
        ManuscriptError: no reader knows the format, or the content is damaged or unsafe.
    """
    if format == "plain" or (format is None and _is_plainly_text(data, path)):
        # By far the commonest case, and it needs no other reader to be loaded.
        return importlib.import_module(f"{__name__}.plain").read(data, path)  # type: ignore[no-any-return]
    readers = all_readers()
    for reader in readers:
        if reader.format == format or (format is None and reader.recognises(data, path.lower())):
            return reader.read(data, path)
    if format is not None:
        known = ", ".join(reader.format for reader in readers)
        raise ManuscriptError(path, f"there is no format “{format}”", f"the formats are: {known}")
    raise ManuscriptError(
        path, "is not a text that citecheck can read", "save it as .docx, .odt or plain text"
    )


# What zipped documents, PDF and RTF begin with, whatever their file name says.
_OTHER_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"{\\rtf")


def _is_plainly_text(data: bytes, path: str) -> bool:
    return (
        path.lower().endswith((".txt", ".text"))
        and not data.startswith(_OTHER_SIGNATURES)
        # What many editors save as .txt is Markdown: notes are then “[^1]: …”.
        and b"\n[^" not in data
    )
