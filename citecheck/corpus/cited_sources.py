"""The distinct sources that documents cite: each once, with a key, its fullest reading, and its citations.

A work is one source however it is cited. In an archive the source is the document, not the file that
it lies in: citations with one place and one first leaf, or one place, description and date, are of one
document. Where a level of the hierarchy numbers documents, as Hungarian registry numbers do, the place
alone decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

import attrs

from citecheck.archives import Registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    Container,
    Entry,
    IbidReference,
    Kind,
    Locator,
    OtherReference,
    SourceReference,
    WorkReference,
)
from citecheck.documents import Document
from citecheck.formatting.keys import plain_key, source_id
from citecheck.reading.locators import read_extent
from citecheck.resolving.folding import fold, slug
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.titles import compare_titles, first_notable_word
from citecheck.resolving.works_cited import lists_archive


@attrs.frozen
class CitedSource:
    """One source: its key, what is known of it, and the places that cite it.

    Locators of an archival reference are the document's leaves, those of a work the pages that it fills
    in its container; the pages that a citation points to are not the source's.
    """

    key: str
    reference: SourceReference
    cited_in: tuple[str, ...] = attrs.field(default=(), eq=False)
    """Where it is cited, as people say it: “note 73”, “person-2006, note 12”."""
    written: str = attrs.field(default="", eq=False, repr=False)
    """The words of its fullest citation, or of its entry."""


@attrs.frozen
class Collected:
    """The distinct sources of documents, and the citations that name none that could be found."""

    sources: tuple[CitedSource, ...]
    left_out: tuple[str, ...]
    """The places of those citations, with their words: “note 12: Ibid., 45”."""


def collect_sources(documents: Sequence[Document]) -> Collected:
    """Return the distinct sources of documents: as they are first cited, then entries that nothing cites."""
    gathering = _Gathering(several=len(documents) > 1)
    for document in documents:
        gathering.add_document(document)
    return Collected(tuple(gathering.sources()), tuple(gathering.left_out))


_NAMES_A_WORK = frozenset((Kind.FULL, Kind.SHORT, Kind.CHAPTER))


@attrs.define
class _Gathered:
    """One source while its citations are being gathered."""

    reference: SourceReference
    identity: str
    registry: Registry
    written: str
    entry: Entry | None = None
    cited_in: list[str] = attrs.Factory(list)


class _Gathering:
    """Gathers sources over documents; everything that decides whether two are one is looked up in dicts."""

    def __init__(self, *, several: bool) -> None:
        self.several = several
        self.all: list[_Gathered] = []
        self.works: dict[str, list[_Gathered]] = {}
        self.documents: dict[tuple[object, ...], list[_Gathered]] = {}
        self.of_citation: dict[tuple[int, str], _Gathered] = {}
        self.left_out: list[str] = []

    def add_document(self, document: Document) -> None:
        for citation in document.citations:
            found = self._find(citation, document)
            place = self._place(citation, document)
            if found is not None:
                self.of_citation[id(document), citation.id] = found
                found.cited_in.append(place)
            elif isinstance(citation.reference, WorkReference | IbidReference):
                self.left_out.append(f"{place}: {citation.text}")
        for entry in document.entries:
            if lists_archive(entry):
                # What is cited from there stands among the sources.
                continue
            self._work(f"work:{entry.id}", entry.reference, entry.text, entry, document)

    def _place(self, citation: Citation, document: Document) -> str:
        place = document.place_name(citation)
        return f"{PurePath(document.manuscript.path).stem}, {place}" if self.several else place

    def _find(self, citation: Citation, document: Document) -> _Gathered | None:
        """Return the source that a citation is of; None for what is no citation of a source."""
        reference, resolution = citation.reference, document.resolution(citation)
        match reference:
            case ArchivalReference():
                return self._archival(resolution.key, reference, citation.text, document)
            case WorkReference() | IbidReference() if resolution.entry is not None and _is_entry(resolution):
                entry = resolution.entry
                return self._work(f"work:{entry.id}", entry.reference, entry.text, entry, document)
            case WorkReference() if reference.kind in _NAMES_A_WORK and reference.title:
                work = _completed(reference, resolution.entry)
                return self._work(resolution.key, work, citation.text, None, document)
            case IbidReference():
                return self._repeated(citation, document)
            case OtherReference(description=str(), date=str()):
                # Without a date it is a mention in passing (“a Russian memorandum of a conversation”), which
                # nobody could look for in a list.
                return self._other(reference, citation.text, document)
        return None

    def _repeated(self, citation: Citation, document: Document) -> _Gathered | None:
        resolution = document.resolution(citation)
        if resolution.antecedent is None:
            return None
        before = self.of_citation.get((id(document), resolution.antecedent.id))
        if before is None or resolution.restated is None:
            return before
        # “Ibid., d. 411, l. 5” is another document in the same archive.
        return self._archival(resolution.key, resolution.restated, citation.text, document)

    # ---- works

    def _work(
        self, key: str | None, reference: WorkReference, written: str, entry: Entry | None, document: Document
    ) -> _Gathered:
        """Return the work of that key and, so that two manuscripts' “yang-1994” stay two, of that title."""
        identity = key or f"unresolved:{fold(reference.title or '')}"
        shelf = self.works.setdefault(identity, [])
        for known in shelf:
            if isinstance(known.reference, WorkReference) and _same_title(known.reference, reference):
                listed = entry is not None and known.entry is None
                if listed or (known.entry is None and _is_fuller(reference, known.reference)):
                    known.reference = _without_places(reference, entry, written)
                    known.written, known.entry = written, entry
                return known
        found = _Gathered(
            _without_places(reference, entry, written), identity, document.registry, written, entry
        )
        shelf.append(found)
        self.all.append(found)
        return found

    def _other(self, reference: OtherReference, written: str, document: Document) -> _Gathered:
        identity = f"other:{fold(reference.description or '')}@{reference.date or ''}"
        shelf = self.works.setdefault(identity, [])
        if not shelf:
            shelf.append(
                _Gathered(attrs.evolve(reference, locators=()), identity, document.registry, written)
            )
            self.all.append(shelf[0])
        return shelf[0]

    # ---- archives

    def _archival(
        self, key: str | None, reference: ArchivalReference, written: str, document: Document
    ) -> _Gathered:
        place = key or _place_identity(reference)
        if _numbers_documents(reference, document.registry):
            shelves: tuple[tuple[object, ...], ...] = ((place,),)
        else:
            leaf = reference.locators[0].start if reference.locators else None
            described = (place, reference.date, fold(reference.description)) if reference.description else ()
            shelves = tuple(shelf for shelf in ((place, leaf), described) if shelf)
        for shelf in shelves:
            for known in self.documents.get(shelf, ()):
                assert isinstance(known.reference, ArchivalReference)
                if len(shelf) == 1 or _may_be_one(known.reference, reference):
                    known.reference = _merged(known.reference, reference)
                    return known
        found = _Gathered(reference, place, document.registry, written)
        self.all.append(found)
        for shelf in shelves:
            self.documents.setdefault(shelf, []).append(found)
        return found

    # ---- keys

    def sources(self) -> Iterator[CitedSource]:
        taken: set[str] = set()
        for found in self.all:
            key = next(key for key in _keys(found) if key not in taken)
            taken.add(key)
            cited_in = tuple(dict.fromkeys(found.cited_in))
            yield CitedSource(key, found.reference, cited_in, found.written)


def _is_entry(resolution: object) -> bool:
    """Tell whether a citation is of the entry itself, and not of a chapter in it."""
    entry, key = getattr(resolution, "entry", None), getattr(resolution, "key", None)
    return entry is not None and key in (None, f"work:{entry.id}")


def _completed(reference: WorkReference, book: Entry | None) -> WorkReference:
    """Give a chapter what the entry of its book says of the book."""
    if book is None or reference.container is None:
        return reference
    host = book.reference
    container = Container(
        title=host.title or reference.container.title,
        creators=host.editors or host.creators or reference.container.creators,
        volume=host.volume or reference.container.volume,
        kind="book",
    )
    return attrs.evolve(
        reference,
        kind=Kind.CHAPTER,
        container=container,
        date=reference.date or host.date,
        publisher=reference.publisher or host.publisher,
        place=reference.place or host.place,
        edition=reference.edition or host.edition,
    )


def _without_places(reference: WorkReference, entry: Entry | None, written: str) -> WorkReference:
    """Return the work without the pages that one citation points to.

    The pages of an entry are the work's own, and so are those that a citation gives before the page that it
    points to: “324–345, at 360”.
    """
    kind = Kind.CHAPTER if reference.container is not None and reference.kind == Kind.CHAPTER else Kind.FULL
    locators = reference.locators
    if entry is None:
        is_part = reference.container is not None and bool(locators)
        locators = read_extent(written, locators[0]) if is_part else ()
    return attrs.evolve(reference, kind=kind, locators=locators)


def _same_title(one: WorkReference, other: WorkReference) -> bool:
    if not one.title or not other.title:
        return True
    best = max(compare_titles(one.title, other.title), compare_titles(other.title, one.title))
    return best >= Likeness.SOUND


_WORK_FIELDS = ("container", "date", "publisher", "place", "volume", "edition", "url")


def _is_fuller(one: WorkReference, other: WorkReference) -> bool:
    """Tell whether a citation says more of its work than another."""

    def said(reference: WorkReference) -> int:
        given = sum(name.given is not None for name in reference.creators)
        return given + sum(getattr(reference, field) is not None for field in _WORK_FIELDS)

    return said(one) > said(other)


def _place_identity(reference: ArchivalReference) -> str:
    archive = reference.archive or fold(reference.archive_written)
    return f"{archive}:{'/'.join(f'{level.key}={level.told_apart}' for level in reference.spelt_out)}"


def _numbers_documents(reference: ArchivalReference, registry: Registry) -> bool:
    """Tell whether one of the levels is a number that a single document bears."""
    archive = registry.archives.get(reference.archive or "")
    known = registry.hierarchies.get(reference.hierarchy or "")
    hierarchy = archive.hierarchy if archive is not None else known
    if hierarchy is None:
        return False
    kinds = (hierarchy.by_key.get(level.key) for level in reference.levels)
    return any(kind is not None and kind.document for kind in kinds)


def _may_be_one(one: ArchivalReference, other: ArchivalReference) -> bool:
    """Tell whether nothing that two references say of a document contradicts."""
    if one.date is not None and other.date is not None:
        if one.date != other.date:
            return False
        if one.locators and other.locators and one.locators[0].start == other.locators[0].start:
            return True
    if one.description is None or other.description is None:
        # A bare place is the file's, unless it gives the leaf that the described document begins on.
        return one.description == other.description or bool(one.locators and other.locators)
    return fold(one.description) == fold(other.description)


def _merged(one: ArchivalReference, other: ArchivalReference) -> ArchivalReference:
    """Return what two citations of a document say together; of its leaves the longer stretch."""
    return attrs.evolve(
        one,
        description=_plainer(one.description, other.description),
        date=one.date or other.date,
        creators=one.creators or other.creators,
        locators=other.locators if _extent(other.locators) > _extent(one.locators) else one.locators,
    )


def _plainer(one: str | None, other: str | None) -> str | None:
    """Return the description without the number that an appendix gives it: “DOCUMENT No. 1: Memorandum …”."""
    if one is not None and other is not None and one.endswith(f": {other}"):
        return other
    return one or other


def _extent(locators: Iterable[Locator]) -> int:
    return sum(1 + _number(locator.end or locator.start) - _number(locator.start) for locator in locators)


def _number(leaf: str) -> int:
    digits = re.match(r"\d{1,9}", leaf)
    return int(digits.group()) if digits is not None else 0


# ---- keys


def _keys(found: _Gathered) -> Iterator[str]:
    """Yield keys for a source, the first choice first; without end, so that one is always free."""
    reference = found.reference
    key = source_id(reference, found.registry)
    more: list[str] = []
    if isinstance(reference, ArchivalReference):
        more = [reference.date or "", slug(reference.description or "", 2)]
    elif isinstance(reference, WorkReference):
        key = plain_key(found.entry.id) if found.entry is not None else key
        more = [first_notable_word(reference.title or "")]
    yield key
    for addition in more:
        if addition:
            key = plain_key(f"{key}-{addition}")
            yield key
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1
