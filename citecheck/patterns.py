"""Compiles large regular expressions once for all runs.

To compile the patterns of names, dates and titles takes longer than to read a page of notes with them. What re makes of
a pattern is a list of numbers, and that is kept between runs, as the grammars are. Where it cannot be kept, or this
Python makes its patterns otherwise, each run compiles them anew.
"""

import atexit
import contextlib
import importlib
import pickle
import re
import sys
from array import array
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from citecheck.kept import kept_path, write_whole

_Made: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What re has made of a pattern: flags, numbers, how many groups, their numbers by name and their names by number."""

_MOST = 3000
"""So many patterns are kept; then what earlier versions have left is thrown away."""


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern compiled, like ``re.compile``; for what is large, or shared by scans and grammars."""
    store = _store()
    return re.compile(pattern, flags) if store is None else store.compiled(pattern, flags)


class PatternStore:
    """The patterns that were compiled before, by this run or another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made: dict[tuple[str, int], _Made] = {}
        self._used: dict[tuple[str, int], _Made] = {}
        # Whatever is wrong with the file, compiling the patterns again puts it right.
        with contextlib.suppress(Exception), path.open("rb") as file:
            self._made = dict(pickle.load(file))

    def compiled(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return a pattern compiled; one that is kept needs but the last step."""
        try:
            made = self._made.get((pattern, flags))
            if made is None:
                made = _make(pattern, flags)
            self._used[pattern, flags] = made
            return _pattern(pattern, made)
        except Exception:
            return re.compile(pattern, flags)

    def keep(self) -> None:
        """Write the file anew where patterns have been compiled that it lacks."""
        if self._used.keys() <= self._made.keys():
            return
        together = {**self._made, **self._used}
        kept = together if len(together) <= _MOST else self._used
        write_whole(self._path, lambda file: pickle.dump(kept, file))


@cache
def _store() -> PatternStore | None:
    """Return what is kept of patterns; None where nothing can be."""
    path = kept_path("patterns.compiled", f"{sys.implementation.name} {sys.version_info} {sys.maxsize}")
    if path is None:
        return None
    store = PatternStore(path)
    atexit.register(store.keep)
    return store


@cache
def _compiler() -> Any:
    """Return the part of re that compiles."""
    return importlib.import_module("re._compiler")


def _make(pattern: str, flags: int) -> _Made:
    """Compile a pattern as re does, up to the last step."""
    compiler = _compiler()
    parts = compiler._parser.parse(pattern, flags)
    numbers = array("I", compiler._code(parts, flags)).tobytes()
    names: list[str | None] = [None] * parts.state.groups
    for name, number in parts.state.groupdict.items():
        names[number] = name
    return (
        int(flags | parts.state.flags),
        numbers,
        parts.state.groups - 1,
        dict(parts.state.groupdict),
        tuple(names),
    )


def _pattern(pattern: str, made: _Made) -> re.Pattern[str]:
    """Take the last step: re checks the numbers once more."""
    flags, numbers, groups, numbers_by_name, names = made
    code = array("I", numbers).tolist()
    found = _compiler()._sre.compile(pattern, flags, code, groups, numbers_by_name, names)
    assert isinstance(found, re.Pattern)
    return found
