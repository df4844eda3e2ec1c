"""Reference libraries: .bib files, CSL-JSON and RIS, read into entries as of a bibliography.

A library module defines ``FORMAT`` (its name), ``SUFFIXES`` (file name endings, lower case) and
``read(manuscript, registry)``. It is found by its file name. A library's file is a
:class:`~citecheck.manuscript.Manuscript`, so that everything in it has its exact place.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path

import attrs

from citecheck.archives import Registry, load_registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    Entry,
    Locator,
    SourceReference,
    WorkReference,
)
from citecheck.documents import Document, Resolution
from citecheck.errors import CitecheckError
from citecheck.findings import Problem, Related
from citecheck.manuscript import Manuscript, Passage, Span
from citecheck.readers.decoding import decode
from citecheck.resolving.keys import archival_key


class LibraryError(CitecheckError):
    """A reference library that cannot be read at all; the message names file, trouble and remedy."""


@attrs.frozen
class Fault:
    """Something wrong in a library's file: what sort of thing, where, and in which entry.

    ``sort`` names the fault for the rules: ``unreadable``, ``repeated-key``, ``repeated-field`` …
    """

    sort: str
    span: Span
    key: str | None
    message: str
    shared: str | None = None
    """What several entries may have wrong alike, so that it is reported once: an abbreviation that nothing explains."""


@attrs.frozen
class LibraryItem:
    """One entry of a library: its key, its record, and its place in the file."""

    key: str
    reference: SourceReference
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
            Entry(
                item.key,
                item.reference,
                self._passage(item.span),
                pages=item.pages,
                year_written=_year(item.reference.date),
                library=self.manuscript,
            )
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


def _year(date: str | None) -> str | None:
    year = re.search(r"\d{4}", date or "")
    return year.group() if year is not None else None


def read_library(path: str | Path, registry: Registry | None = None) -> Library:
    """Read a reference library.

    Args:
        path: a .bib file, CSL-JSON (.json) or RIS (.ris).
        registry: the archives that are known; citecheck's own if not given.

    Raises:
        LibraryError: the file cannot be opened, or is in none of these formats.
        ManuscriptError: it is no text.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise LibraryError(f"{path}: cannot be opened: {error.strerror}") from error
    return read_library_bytes(data, str(path), registry)


def read_library_bytes(data: bytes, path: str, registry: Registry | None = None) -> Library:
    """Read a reference library from bytes; ``path`` tells its format and names it in messages.

    Raises:
        LibraryError: the name ends like no known format, or the content is not in the format at all.
        ManuscriptError: it is no text.
    """
    suffix = Path(path).suffix.lower()
    reader = next((reader for reader in all_readers() if suffix in reader.suffixes), None)
    if reader is None:
        known = ", ".join(sorted(library_suffixes()))
        raise LibraryError(f"{path}: is no reference library; citecheck reads files ending in {known}")
    text, encoding, remarks = decode(data, path)
    manuscript = Manuscript(path, text, reader.format, encoding, remarks=remarks)
    return reader.read(manuscript, load_registry() if registry is None else registry)


def library_suffixes() -> frozenset[str]:
    """Return the file name endings of reference libraries."""
    return frozenset(suffix for reader in all_readers() for suffix in reader.suffixes)


@attrs.frozen
class LibraryReader:
    """One format: its name, the endings of its files, and how it is read."""

    format: str
    suffixes: tuple[str, ...]
    read: Callable[[Manuscript, Registry], Library]


@cache
def all_readers() -> tuple[LibraryReader, ...]:
    """Return the readers of libraries."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(
        LibraryReader(module.FORMAT, module.SUFFIXES, module.read)
        for module in found
        if hasattr(module, "FORMAT")
    )


@cache
def _formats() -> frozenset[str]:
    # By the names of the files alone: rules ask this of every manuscript, and few are libraries.
    return frozenset(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def is_library(manuscript: Manuscript) -> bool:
    """Tell whether a manuscript is the file of a reference library."""
    return manuscript.format in _formats()


@lru_cache(maxsize=8)
def library_of(manuscript: Manuscript) -> Library:
    """Return the library whose file a manuscript is, for the rules that look at one."""
    reader = next(reader for reader in all_readers() if reader.format == manuscript.format)
    return reader.read(manuscript, load_registry())


# --- checking -----------------------------------------------------------------------------------------


def problems(document: Document, sort: str, help: str) -> Iterator[Problem]:
    """Yield the faults of one sort in a document that is a library's file; none in any other."""
    if not is_library(document.manuscript):
        return
    library = library_of(document.manuscript)
    groups: dict[object, list[Fault]] = {}
    for fault in library.faults:
        if fault.sort == sort:
            groups.setdefault(fault.shared if fault.shared is not None else fault, []).append(fault)
    for first, *others in groups.values():
        entry = next((entry for entry in library.entries if entry.id == first.key), None)
        related = tuple(Related(document.manuscript, other.span, f"{other.key}: so too") for other in others)
        yield Problem(first.span, first.message, help=help, entry=entry, related=related)
