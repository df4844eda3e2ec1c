"""Reference libraries: .bib files, CSL-JSON and RIS, read into entries as of a bibliography.

A library module defines ``FORMAT`` (its name), ``SUFFIXES`` (file name endings, lower case) and
``read(manuscript, registry)``. It is found by its file name. A library's file is a
:class:`~citecheck.manuscript.Manuscript`, so that everything in it has its exact place.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

import attrs

from citecheck.archives import Registry, load_registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    Entry,
    Kind,
    Locator,
    OtherReference,
    WorkReference,
)
from citecheck.documents import Document, Resolution
from citecheck.errors import CitecheckError
from citecheck.manuscript import Manuscript, Passage, Span
from citecheck.readers.decoding import decode
from citecheck.resolution import archival_key, resolve, work_key


class LibraryError(CitecheckError):
    """A reference library that cannot be read at all; the message names the file, the trouble and the remedy."""


@attrs.frozen
class Fault:
    """Something wrong in a library's file: what sort of thing, where, and in which entry.

    ``sort`` names the fault for the rules: ``unreadable``, ``repeated-key``, ``repeated-field`` …
    """

    sort: str
    span: Span
    key: str | None
    message: str


@attrs.frozen
class LibraryItem:
    """One entry of a library: its key, its record, and its place in the file."""

    key: str
    reference: ArchivalReference | WorkReference | OtherReference
    span: Span
    pages: Locator | None = None
    written: str | None = None
    """The archival string that was parsed, where the entry has no fields of citecheck's own."""


@attrs.frozen(slots=False)
class Library:
    """A reference library, with whatever is wrong in it; one bad entry never costs the others."""

    manuscript: Manuscript = attrs.field(repr=False)
    items: tuple[LibraryItem, ...]
    faults: tuple[Fault, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The works as entries of a bibliography, with their places in the library's own file."""
        return tuple(
            Entry(item.key, item.reference, self._passage(item.span), None, item.pages)
            for item in self.items
            if isinstance(item.reference, WorkReference)
        )

    @cached_property
    def by_key(self) -> Mapping[str, LibraryItem]:
        """The items by their keys; of several with one key the first."""
        return {item.key: item for item in reversed(self.items)}

    def _passage(self, span: Span) -> Passage:
        return Passage.join(self.manuscript.text, [span])

    def document(self, registry: Registry | None = None) -> Document:
        """Return the library as a document of its own, which the rules on libraries and on corpora look at.

        Its archival items stand in it as citations, so that a manuscript and its library can contradict
        each other.
        """
        registry = load_registry() if registry is None else registry
        citations = tuple(self._citations())
        found = {
            citation.id: Resolution(key=archival_key(citation.reference))
            for citation in citations
            if isinstance(citation.reference, ArchivalReference)
        }
        return Document(self.manuscript, citations, self.entries, found, registry)

    def _citations(self) -> list[Citation]:
        archival = (item for item in self.items if isinstance(item.reference, ArchivalReference))
        citations = []
        for index, item in enumerate(archival, 1):
            passage = self._passage(item.span)
            citations.append(Citation(0, None, index, item.reference, passage.text, passage, 0))
        return citations


def read_library(path: str | Path, registry: Registry | None = None) -> Library:
    """Read a reference library.

    Args:
        path: a .bib file, CSL-JSON (.json) or RIS (.ris).
        registry: the archives that are known; citecheck's own if not given.

    Raises:
        LibraryError: the file cannot be opened, is in none of these formats, or holds nothing that can be read.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise LibraryError(f"{path}: cannot be opened: {error.strerror}") from error
    return read_library_bytes(data, str(path), registry)


def read_library_bytes(data: bytes, path: str, registry: Registry | None = None) -> Library:
    """Read a reference library from bytes; ``path`` tells its format and names it in messages.

    Raises:
        LibraryError: the name ends like no known format, or the content cannot be read.
    """
    suffix = Path(path).suffix.lower()
    reader = _readers().get(suffix)
    if reader is None:
        known = ", ".join(sorted(_readers()))
        raise LibraryError(f"{path}: is no reference library; citecheck reads files ending in {known}")
    text, encoding = decode(data, path)
    manuscript = Manuscript(path=path, text=text, format=reader.FORMAT, encoding=encoding)
    library: Library = reader.read(manuscript, load_registry() if registry is None else registry)
    return library
