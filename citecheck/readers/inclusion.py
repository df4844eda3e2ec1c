r"""Puts a text together from the files that it includes (``\input{chapter1}``), with the way back to each.

Only files in the folder of the manuscript, or in folders inside it, are read: a manuscript that a
stranger sent must not be able to show what else is on the disk.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript, Origin
from citecheck.readers.decoding import ByteOffsets, decode_declared

MAX_FILES = 500
MAX_TOTAL = 64 * 2**20
MAX_DEPTH = 16
_NOT_UTF_8 = "the file is not UTF-8"


@attrs.frozen
class Include:
    """A place where a text includes another: its range, and the names that the other file may have."""

    start: int
    end: int
    names: tuple[str, ...]


@attrs.frozen
class Expanded:
    """A text with its included files in place; without any, ``origins`` is empty and the text as it was."""

    text: str
    origins: tuple[Origin, ...] = ()
    remarks: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


@attrs.frozen
class Syntax:
    """How a format includes files: what finds the places, and which part of a file is included.

    ``from_main`` is whether names are relative to the main file wherever they stand.
    """

    includes: Callable[[str], Iterable[Include]]
    body: Callable[[str], tuple[int, int]]
    from_main: bool


def expand(text: str, encoding: str, path: str, syntax: Syntax) -> Expanded:
    """Return a text with the files that it includes in place, as far as they are there."""
    includes = list(syntax.includes(text))
    if not includes:
        return Expanded(text)
    if path == "-":
        return Expanded(
            text, remarks=("it includes other files, which were not read: give its path instead",)
        )
    expansion = _Expansion(Path(path), encoding, syntax)
    main = Path(path)
    base = 3 if encoding == "utf-8-sig" else 0
    expansion.splice(text, (0, len(text)), includes, main, (main.resolve(),), base)
    if not expansion.files:
        return Expanded(text, remarks=tuple(dict.fromkeys(expansion.remarks)))
    return Expanded(
        "".join(expansion.parts),
        tuple(expansion.origins),
        tuple(dict.fromkeys(expansion.remarks)),
        tuple(dict.fromkeys(expansion.files)),
    )


class _Expansion:
    def __init__(self, main: Path, encoding: str, syntax: Syntax) -> None:
        self.parts: list[str] = []
        self.origins: list[Origin] = []
        self.remarks: list[str] = []
        self.files: list[Path] = []
        self._looked_up = 0
        self._root = main.parent.resolve()
        self._encoding = encoding
        self._syntax = syntax
        self._length = 0
        self._total = 0

    def splice(
        self,
        text: str,
        body: tuple[int, int],
        includes: Iterable[Include],
        file: Path,
        chain: tuple[Path, ...],
        base: int = 0,
        encoding: str | None = None,
    ) -> None:
        """Add a range of a file's text, and in their places the files that it includes."""
        encoding = encoding or self._encoding
        offsets = ByteOffsets(text, base) if encoding in ("utf-8", "utf-8-sig") else None
        places = Manuscript(str(file), text)
        at, end = body
        for include in includes:
            if include.start < at or include.end > end:
                continue
            found = self._find(include, file, chain)
            if found is None:
                continue
            self._add(places, at, include.start, file, offsets)
            at = include.end
            self._include(found, chain)
        self._add(places, at, end, file, offsets)

    def _find(self, include: Include, file: Path, chain: tuple[Path, ...]) -> Path | None:
        """Return the file that is included, or None with a remark why it is not read."""
        folder = self._root if self._syntax.from_main else file.parent.resolve()
        shown = include.names[0]
        self._looked_up += 1
        if len(chain) > MAX_DEPTH or len(self.files) >= MAX_FILES or self._looked_up > MAX_FILES:
            self.remarks.append("it includes too many files: not all were read")
            return None
        for name in include.names:
            try:
                candidate = (
                    self._root / name.lstrip("/") if name.startswith("/") else folder / name
                ).resolve()
                exists = candidate.is_file()
            except (OSError, ValueError, RuntimeError):
                continue
            if not candidate.is_relative_to(self._root):
                self.remarks.append(f"{shown} lies outside the folder of the manuscript, and was not read")
                return None
            if candidate in chain:
                self.remarks.append(f"{shown} includes itself, and was read once only")
                return None
            if exists:
                return candidate
        self.remarks.append(f"{shown}, which it includes, was not found")
        return None

    def _include(self, file: Path, chain: tuple[Path, ...]) -> None:
        name = file.relative_to(self._root).as_posix()
        self.files.append(file)
        try:
            if file.stat().st_size + self._total > MAX_TOTAL:
                self.remarks.append(f"{name} was not read: the manuscript would be too long")
                return
            data = file.read_bytes()
            text, encoding, _ = decode_declared(data, name, None)
        except (OSError, ManuscriptError) as error:
            self.remarks.append(f"{name} was not read: {getattr(error, 'trouble', 'it cannot be opened')}")
            return
        self._total += len(data)
        base = 3 if encoding == "utf-8-sig" else 0
        includes = self._syntax.includes(text)
        self.splice(text, self._syntax.body(text), includes, file, (*chain, file), base, encoding)

    def _add(self, places: Manuscript, start: int, end: int, file: Path, offsets: ByteOffsets | None) -> None:
        if start >= end:
            return
        text = places.text
        self.parts.append(text[start:end])
        begin, self._length = self._length, self._length + end - start
        resolved = file.resolve()
        part = (
            resolved.relative_to(self._root).as_posix() if resolved.is_relative_to(self._root) else file.name
        )
        begins = places.position(start)
        if offsets is not None:
            source = offsets.to_byte(start), offsets.to_byte(end)
            origin = Origin(begin, self._length, part, *source, begins=begins)
        else:
            origin = Origin(
                begin,
                self._length,
                part,
                start,
                end,
                literal=False,
                not_editable=_NOT_UTF_8,
                begins=begins,
            )
        self.origins.append(origin)
