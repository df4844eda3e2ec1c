"""Reference libraries: .bib files, CSL-JSON and RIS, read into entries as of a bibliography.

A library module defines ``FORMAT`` (its name), ``SUFFIXES`` (file name endings, lower case) and
``read(manuscript, registry)``. It is found by its file name. A library's file is a
:class:`~citecheck.manuscript.Manuscript`, so that everything in it has its exact place.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
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
from citecheck.findings import Problem
from citecheck.manuscript import Manuscript, Passage, Span
from citecheck.readers.decoding import decode
from citecheck.resolving.keys import archival_key, work_key
from citecheck.resolving.resolution import resolve


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
        known = ", ".join(sorted(suffix for reader in all_readers() for suffix in reader.suffixes))
        raise LibraryError(f"{path}: is no reference library; citecheck reads files ending in {known}")
    text, encoding, remarks = decode(data, path)
    manuscript = Manuscript(path, text, reader.format, encoding, remarks=remarks)
    return reader.read(manuscript, load_registry() if registry is None else registry)


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
    for fault in library.faults:
        if fault.sort == sort:
            entry = next((entry for entry in library.entries if entry.id == fault.key), None)
            yield Problem(fault.span, fault.message, help=help, entry=entry)


# --- joining ------------------------------------------------------------------------------------------


def join(document: Document, libraries: Sequence[Library]) -> Document:
    """Return a document whose citations are resolved against libraries as against a bibliography of its own.

    The libraries' entries take part in resolution but do not become entries of the document: that nothing
    cites most of a library is no fault. In the manuscript they have no place, so their spans are empty.
    Citations by key (``[@lankov2002, p. 12]``) become short citations of the entry with that key.
    """
    borrowed = {
        entry.id: attrs.evolve(entry, passage=Passage(entry.text, ()))
        for library in reversed(libraries)
        for entry in reversed(library.entries)
    }
    keys = {citation.id: cited_key(citation) for citation in document.citations}
    citations = tuple(
        _as_short(citation, borrowed.get(keys[citation.id] or "")) for citation in document.citations
    )
    resolutions = dict(resolve(citations, (*document.entries, *borrowed.values()), document.registry))
    for id, key in keys.items():
        if key in borrowed:
            resolutions[id] = Resolution(key=work_key(borrowed[key]), entry=borrowed[key])
        elif key is not None:
            from difflib import get_close_matches

            near = get_close_matches(key, borrowed, n=2, cutoff=0.8)
            resolutions[id] = Resolution(
                key=UNKNOWN_KEY + key, candidates=tuple(borrowed[other] for other in near)
            )
    return attrs.evolve(document, citations=citations, resolutions=resolutions)


UNKNOWN_KEY = "key:"
"""What the resolution of a citation begins with that names a key which no library has."""


def cited_key(citation: Citation) -> str | None:
    """Return the key by which a citation names an entry of a library, or None where it has words instead."""
    reference = citation.reference
    if isinstance(reference, OtherReference) and (reference.description or "").startswith("@"):
        return (reference.description or "")[1:]
    return None


def _as_short(citation: Citation, entry: Entry | None) -> Citation:
    if entry is None:
        return citation
    cited = attrs.evolve(entry.reference, kind=Kind.SHORT, locators=citation.reference.locators)
    return attrs.evolve(citation, reference=cited)
