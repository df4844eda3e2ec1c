"""Keeps between runs what takes longer to make than to read: compiled grammars, the registry of archives."""

import contextlib
import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO


def kept_path(name: str, made_of: str) -> Path | None:
    """Return the file that keeps what is made of these words, there or not; None where nothing can be kept.

    Args:
        name: what the thing is, with the suffix for its kind last: ``notes.grammar``.
        made_of: all that it depends on; what is made of anything else is kept in another file.
    """
    folder = cache_folder()
    if folder is None:
        return None
    stem, _, suffix = name.rpartition(".")
    return folder / f"{stem}-{hashlib.sha256(made_of.encode()).hexdigest()[:24]}.{suffix}"


@cache
def cache_folder() -> Path | None:
    """Return the folder for what is kept, or None where none can be made that is the user's own.

    ``CITECHECK_CACHE`` names another folder; empty, it turns the cache off.
    """
    chosen = os.environ.get("CITECHECK_CACHE")
    if chosen == "":
        return None
    root = (
        Path(chosen)
        if chosen
        else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "citecheck"
    )
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The files are pickles: only a folder that nobody else can write to is trusted.
        owned = not hasattr(os, "getuid") or root.stat().st_uid == os.getuid()
        return root if owned and not root.stat().st_mode & 0o022 else None
    except (OSError, RuntimeError):
        return None


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file so that another process sees all of it or nothing; what cannot be written is not kept."""
    import tempfile

    with contextlib.suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            write(file)
        os.replace(temporary, path)
