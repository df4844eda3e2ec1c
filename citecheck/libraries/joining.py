"""Looks the citations of a manuscript up in reference libraries.

A manuscript's own bibliography comes first: what it lists is resolved as without a library, and the library's
entry for the same work is not looked at. So the findings against the bibliography stay the same, and how it
differs from the library is for the comparisons of a corpus to say. The library stands for the bibliography
where there is none, and for what is missing from it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import attrs

from citecheck.citations import ArchivalReference, Citation, Entry, Kind, OtherReference, WorkReference
from citecheck.documents import Document, Resolution
from citecheck.libraries import Library, LibraryItem
from citecheck.manuscript import Passage
from citecheck.resolving.identity import Mention, authored_key, compare_works, titled_key, without_volume
from citecheck.resolving.keys import archival_key, work_key
from citecheck.resolving.resolution import resolve

UNKNOWN_KEY = "key:"
"""What the resolution of a citation begins with that names a key which no library has."""


def join(document: Document, libraries: Sequence[Library]) -> Document:
    """Return a document whose citations are resolved against libraries too.

    The libraries' entries take part in resolution but do not become entries of the document: that nothing
    cites most of a library is no fault. Citations by key (``[@lankov2002, p. 12]``) become short citations
    of the entry with that key.
    """
    return _Joint(document, libraries).join()


def cited_key(citation: Citation) -> str | None:
    """Return the key by which a citation names an entry of a library, or None where it has words instead."""
    reference = citation.reference
    if isinstance(reference, OtherReference) and (reference.description or "").startswith("@"):
        return (reference.description or "")[1:]
    return citation.library_key


class _Joint:
    """A document with libraries beside it; of several entries with one key the first counts."""

    def __init__(self, document: Document, libraries: Sequence[Library]) -> None:
        self.document = document
        self.items: dict[str, LibraryItem] = {}
        entries: dict[str, Entry] = {}
        for library in libraries:
            for item in library.items:
                self.items.setdefault(item.key, item)
            for entry in library.entries:
                entries.setdefault(entry.id, entry)
        self.twins: dict[str, Entry] = {}
        """By the keys of libraries: the entries of the manuscript's own bibliography, or of a library, that are
        of the same work and come before."""
        self.borrowed: dict[str, Entry] = {}
        """By their keys, the entries that the manuscript does not list itself."""
        own, others = _Bibliography(document.entries), _Bibliography(())
        for key, entry in entries.items():
            twin = own.find(entry) or others.find(entry, same_year=True)
            if twin is not None:
                self.twins[key] = twin
                continue
            if key in document.entries_by_id:
                # The manuscript's list has another work under this id.
                entry = attrs.evolve(entry, id=f"library:{key}")
            self.borrowed[key] = entry
            others.add(entry)
        self._by_id = {entry.id: entry for entry in self.borrowed.values()}

    def join(self) -> Document:
        citations = tuple(self._with_words(citation) for citation in self.document.citations)
        found = dict(self.document.resolutions)
        found |= self._works()
        for citation in citations:
            key = cited_key(citation)
            if key is not None:
                found[citation.id] = self._by_key(key)
        for citation in citations:
            _carry(citation, found, self.document.resolutions)
        return attrs.evolve(self.document, citations=citations, resolutions=found)

    # ---- citations by key

    def _entry(self, key: str) -> Entry | None:
        return self.twins.get(key) or self.borrowed.get(key)

    def _with_words(self, citation: Citation) -> Citation:
        """Return a citation by key with what its entry says in place of the key."""
        key = cited_key(citation)
        entry = self._entry(key) if key is not None else None
        if entry is None:
            return citation
        said = attrs.evolve(entry.reference, kind=Kind.SHORT, locators=citation.reference.locators)
        return attrs.evolve(citation, reference=said, library_key=key)

    def _by_key(self, key: str) -> Resolution:
        entry, item = self._entry(key), self.items.get(key)
        if entry is not None:
            return Resolution(key=work_key(entry), entry=entry)
        if item is not None:
            if isinstance(item.reference, ArchivalReference):
                return Resolution(key=archival_key(item.reference, self.document.registry))
            return Resolution(key=f"other:{key}")
        near = (self._entry(other) for other in get_close_matches(key, self.items, n=2, cutoff=0.8))
        return Resolution(key=UNKNOWN_KEY + key, candidates=tuple(entry for entry in near if entry))

    # ---- citations in words

    def _works(self) -> Mapping[str, Resolution]:
        """Resolve the citations of works that the manuscript itself does not list."""
        base = self.document.resolutions
        groups: defaultdict[str, list[Citation]] = defaultdict(list)
        for citation, reference in self.document.works:
            resolution = base[citation.id]
            unsettled = resolution.entry is None and not resolution.candidates
            if resolution.key and unsettled and reference.kind != Kind.PAGE:
                groups[resolution.key].append(citation)
        unlisted = [citation for group in groups.values() for citation in group]
        # In the manuscript a library's entries have no place.
        placeless = [attrs.evolve(entry, passage=Passage(entry.text, ())) for entry in self.borrowed.values()]
        looked_up = resolve(unlisted, placeless, self.document.registry)
        found: dict[str, Resolution] = {}
        for group in groups.values():
            found |= self._settle(group, looked_up)
        return found

    def _settle(
        self, group: Sequence[Citation], looked_up: Mapping[str, Resolution]
    ) -> Iterator[tuple[str, Resolution]]:
        """Yield what the citations of one work stand for: the entry that is certain for any is so for all."""
        certain: dict[str, Resolution] = {}
        for citation in group:
            resolution = looked_up[citation.id]
            if resolution.entry is not None and not _is_another_year(citation, resolution.entry):
                certain.setdefault(resolution.entry.id, resolution)
        for citation in group:
            resolution, before = looked_up[citation.id], self.document.resolutions[citation.id]
            if resolution.entry is None or resolution.entry.id not in certain:
                if len(certain) == 1:
                    (resolution,) = certain.values()
                elif resolution.candidates and not self.document.entries:
                    yield citation.id, attrs.evolve(before, candidates=self._real(resolution.candidates))
                    continue
                else:
                    continue
            assert resolution.entry is not None
            entry = self._real((resolution.entry,))[0]
            assert isinstance(entry, Entry)
            yield citation.id, attrs.evolve(before, key=resolution.key, entry=entry)

    def _real(self, found: Sequence[Citation | Entry]) -> tuple[Citation | Entry, ...]:
        """Return entries with their places in the library's file."""
        return tuple(self._by_id[each.id] if isinstance(each, Entry) else each for each in found)


def _is_another_year(citation: Citation, entry: Entry) -> bool:
    """Tell whether an author and a year were taken for a library's work of another year.

    A bibliography has everything that its text cites, so that a near year in it is a slip. A library may lack
    the work.
    """
    reference = citation.reference
    if not isinstance(reference, WorkReference) or reference.kind != Kind.AUTHOR_DATE or reference.title:
        return False
    return (reference.date or "")[:4] not in (entry.reference.date or "")


def _carry(citation: Citation, found: dict[str, Resolution], before: Mapping[str, Resolution]) -> None:
    """Let an ibid. or a bare page stand for what a library says of the citation that it repeats."""
    resolution = found[citation.id]
    antecedent = resolution.antecedent
    if antecedent is None or resolution.entry is not None or resolution.key != before[antecedent.id].key:
        return
    repeated = found[antecedent.id]
    found[citation.id] = attrs.evolve(resolution, key=repeated.key, entry=repeated.entry)


class _Bibliography:
    """Entries, to be found by what makes them one work with another."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_key: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        for key in _join_keys(entry):
            self.by_key[key].append(entry)

    def find(self, entry: Entry, *, same_year: bool = False) -> Entry | None:
        """Return the entry that is of one work with another; of several editions the one of the same year."""
        near = {id(other): other for key in _join_keys(entry) for other in self.by_key.get(key, ())}
        same = [other for other in near.values() if _is_same_work(entry, other)]
        edition = next((other for other in same if other.year_written == entry.year_written), None)
        return edition if edition is not None or same_year or not same else same[0]


def _join_keys(entry: Entry) -> Sequence[str]:
    reference = entry.reference
    people = reference.creators or reference.editors
    keys = authored_key(people, reference.title), titled_key(reference.title)
    return [key for key in keys if key is not None]


def _is_same_work(one: Entry, other: Entry) -> bool:
    first, second = one.reference, other.reference
    mentions = (
        Mention(reference.creators or reference.editors, reference.title or "")
        for reference in (first, second)
    )
    if not compare_works(*mentions).is_same:
        return False
    volumes = [reference.volume or without_volume(reference.title or "")[1] for reference in (first, second)]
    return None in volumes or volumes[0] == volumes[1]
