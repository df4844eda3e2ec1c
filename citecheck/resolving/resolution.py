"""Finds what each citation stands for: an entry, an earlier citation, a place in an archive, or nothing sure.

Nothing is guessed. Where several sources would fit, the resolution names them as candidates; where the
note before an *ibid.* is missing, or cites nothing, it has no antecedent, nor has one behind what could not be read. Everything that is looked up
is indexed once, and a form that was resolved before is not resolved again.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

import attrs

from citecheck.archives import Registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    CrossReference,
    Entry,
    IbidReference,
    Kind,
    Level,
    Name,
    OtherReference,
    WorkReference,
)
from citecheck.documents import Resolution
from citecheck.reading.repetitions import IDEM, IDEM_AND_ANOTHER, LOC_CIT
from citecheck.reading.unread import find_unread
from citecheck.resolving.folding import slug
from citecheck.resolving.keys import archival_key, volume_number, work_key
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import compare_titles, notable_words
from citecheck.resolving.work_index import ListedWork, WorkIndex, best_works
from citecheck.resolving.works_cited import lists

_NAME_BEFORE = re.compile(r"(?<=\s)(?P<name>[^\W\d_a-z][\w’'-]+)\s$")
_IDEM = re.compile(rf"(?:{IDEM})(?=[\s,.])")
_IDEM_AND_ANOTHER = re.compile(IDEM_AND_ANOTHER)
_LOCO_CITATO = re.compile(rf"\b(?:{LOC_CIT})")
# No citation is shorter.
_LEAST_CITED = 8
# How many citations back an ibid. in running text may reach for an author whom it names.
_NEAR = 12
# How far an entry is from the next one if it is no list's: the entries of a list follow on one another.
_ALONE = 500


def resolve(
    citations: Sequence[Citation], entries: Sequence[Entry], registry: Registry
) -> Mapping[str, Resolution]:
    """Say what each citation stands for.

    Args:
        citations: those of one manuscript, the body's and the notes', each in reading order.
        entries: the manuscript's bibliography.
        registry: the archives that are known.

    Returns:
        the resolutions by citation id; every citation has one.
    """
    return _Resolver(entries, registry).resolve(citations)


def _part_key(container_key: str, reference: WorkReference) -> str:
    """Return the identity of a chapter: that of its book, and its own author and title."""
    people = reference.creators
    name = family_key(people[0].family) if people else ""
    return f"{container_key}/{'-'.join(filter(None, (name, slug(reference.title or '', 8))))}"


class _Resolver:
    """Resolves the citations of one manuscript."""

    def __init__(self, entries: Sequence[Entry], registry: Registry) -> None:
        self.registry = registry
        self.entries = entries
        self.index = WorkIndex()
        self.notes_index = WorkIndex()
        self.by_position = {entry.span.start: entry for entry in entries}
        self.positions = sorted(self.by_position)
        self.list_starts = [group[0].span.start for group in lists(entries)]
        for entry in entries:
            reference = entry.reference
            self.index.add(
                ListedWork(
                    key=work_key(entry),
                    people=reference.people + (reference.editors if reference.creators else ()),
                    title=reference.title or "",
                    years=reference.years,
                    suffix=reference.suffix,
                    position=entry.span.start,
                    entry=entry,
                )
            )
        self.keys_taken: dict[str, WorkReference] = {work_key(entry): entry.reference for entry in entries}
        self.found: dict[str, Resolution] = {}
        self.by_form: dict[Hashable, tuple[ListedWork, ...]] = {}
        self.listed: dict[tuple[ListedWork, ...], list[int]] = {}
        self.by_note: defaultdict[tuple[int, str | None], list[tuple[str, Citation]]] = defaultdict(list)
        self.by_author_last: dict[str, Citation] = {}
        self.cited: set[str] = set()
        self.last_named: tuple[Name, ...] = ()

    def resolve(self, citations: Sequence[Citation]) -> Mapping[str, Resolution]:
        ids = [citation.id for citation in citations]
        # Full citations first, so that a short form finds one that stands after it.
        for id, citation in zip(ids, citations, strict=True):
            reference = citation.reference
            if isinstance(reference, WorkReference):
                reference = self._named(citation, reference)
                if reference.kind in (Kind.FULL, Kind.CHAPTER):
                    self.found[id] = self._full(citation, reference)
            if citation.in_note is not None:
                self.by_note[citation.section, citation.note].append((id, citation))
        group: list[tuple[str, Citation]] = []
        earlier: list[tuple[str, Citation]] = []
        note = None
        for id, citation in zip(ids, citations, strict=True):
            if citation.in_note is not note:
                earlier, group = group, []
                note = citation.in_note
            if id not in self.found:
                self.found[id] = self._resolve(citation, group, earlier)
            group.append((id, citation))
            self._remember(citation, self.found[id])
        return self.found

    def _named(self, citation: Citation, reference: WorkReference) -> WorkReference:
        """Give “Idem, *Imperial Quest for Oil*” the names of the work cited before it; to “Ders./Byrne”, its first."""
        if reference.creators and self.last_named and _IDEM_AND_ANOTHER.match(citation.text):
            reference = attrs.evolve(reference, creators=(self.last_named[0], *reference.creators))
        if reference.creators:
            self.last_named = reference.creators
        elif self.last_named and _IDEM.match(citation.text):
            return attrs.evolve(reference, creators=self.last_named)
        return reference

    def _remember(self, citation: Citation, resolution: Resolution) -> None:
        if resolution.key is not None:
            self.cited.add(resolution.key)
        reference = citation.reference
        if isinstance(reference, WorkReference) and reference.creators:
            self.by_author_last[family_key(reference.creators[0].family)] = citation

    def _resolve(
        self,
        citation: Citation,
        group: Sequence[tuple[str, Citation]],
        earlier: Sequence[tuple[str, Citation]],
    ) -> Resolution:
        reference = citation.reference
        if isinstance(reference, ArchivalReference):
            return Resolution(key=archival_key(reference, self.registry))
        if isinstance(reference, IbidReference):
            return self._ibid(citation, reference, group, earlier)
        if isinstance(reference, CrossReference):
            return self._cross_reference(citation, reference)
        if isinstance(reference, OtherReference):
            return Resolution()
        if reference.kind == Kind.PAGE:
            return self._page(citation, group)
        return self._short(citation, reference)

    # ---- full and short forms

    def _full(self, citation: Citation, reference: WorkReference) -> Resolution:
        works = self._lookup(self.index, reference)
        if works:
            return self._choose(citation, works)
        is_part = reference.container is not None and reference.kind == Kind.CHAPTER
        if is_part and (book := self._container(citation, reference)) is not None:
            if book.entry is None:
                return book
            key = _part_key(f"work:{book.entry.id}", reference)
            self._learn(citation, reference, key, book.entry)
            return Resolution(key=key, entry=book.entry)
        known = [
            work for work in self._lookup(self.notes_index, reference) if self._is_repeated(work, reference)
        ]
        if len(known) == 1:
            return Resolution(key=known[0].key, antecedent=known[0].citation, entry=known[0].entry)
        key = self._new_key(reference)
        self._learn(citation, reference, key, None)
        return Resolution(key=key)

    @staticmethod
    def _is_repeated(work: ListedWork, reference: WorkReference) -> bool:
        """Tell whether a full citation is of the work cited in full before, in another edition at most."""
        return (
            compare_titles(reference.title or "", work.title) >= Likeness.START
            or compare_titles(work.title, reference.title or "") >= Likeness.START
        )

    def _new_key(self, reference: WorkReference) -> str:
        """Return a key of its own: two works of one author and year differ by a word of the title."""
        key = work_key(reference)
        taken = self.keys_taken.setdefault(key, reference)
        if taken is reference or compare_titles(reference.title or "", taken.title or "") >= Likeness.START:
            return key
        other = notable_words(taken.title or "")
        own = [word for word in notable_words(reference.title or "") if word not in other]
        return f"{key}-{'-'.join(own[:2]) or slug(reference.title or '')}"

    def _learn(self, citation: Citation, reference: WorkReference, key: str, entry: Entry | None) -> None:
        people = reference.people
        years = reference.years
        self.notes_index.add(
            ListedWork(
                key,
                people,
                reference.title or "",
                years,
                reference.suffix,
                -1,
                entry,
                citation,
                volume_number(reference.volume),
            )
        )

    def _container(self, citation: Citation, reference: WorkReference) -> Resolution | None:
        container = reference.container
        assert container is not None
        if container.kind not in (None, "book") or not (container.title or container.creators):
            return None
        as_work = WorkReference(
            Kind.SHORT, creators=container.creators, title=container.title or None, date=reference.date
        )
        works = self._lookup(self.index, as_work)
        return self._choose(citation, works) if works else None

    def _short(self, citation: Citation, reference: WorkReference) -> Resolution:
        if reference.title is None and reference.date is None and reference.kind == Kind.SHORT:
            return self._opus_citatum(citation, reference)
        works = self._lookup(self.index, reference)
        if works:
            return self._choose(citation, works)
        if reference.container is not None and (book := self._container(citation, reference)) is not None:
            if book.entry is None:
                return book
            key = _part_key(f"work:{book.entry.id}", reference)
            return Resolution(key=key, entry=book.entry)
        works = _of_volume(self._lookup(self.notes_index, reference), reference)
        if works:
            return self._choose(citation, works)
        key = self._new_key(reference)
        self._learn(citation, reference, key, None)
        self.by_form.pop(_form(self.notes_index, reference), None)
        return Resolution(key=key)

    def _opus_citatum(self, citation: Citation, reference: WorkReference) -> Resolution:
        """Resolve “Lankov, op. cit.”: the work of that author, if but one has been cited.

        What notes cite only later is not meant where anything was cited before; notes stand behind the body.
        """
        if not reference.creators:
            return Resolution()
        name = reference.creators[0]
        works = {work.key: work for work in (*self.index.by_person(name), *self.notes_index.by_person(name))}
        if citation.in_note is not None:
            works = {key: work for key, work in works.items() if key in self.cited} or works
        if len(works) > 1:
            # “Radchenko S. Op. cit.” is not what “Радченко С. С.” wrote in Russian.
            script = {
                key: work
                for key, work in works.items()
                if work.people[0].family.isascii() == name.family.isascii()
            }
            works = script or works
        if len(reference.creators) > 1:
            # “Glyn and Miliband, op. cit.” is what both wrote, and nothing that Glyn wrote alone.
            cited = {family_key(each.family) for each in reference.creators}
            works = {
                key: work
                for key, work in works.items()
                if cited <= {family_key(person.family) for person in work.people}
            } or works
        last = self.by_author_last.get(family_key(name.family))
        # “Loc. cit.” is the place that was cited last, however many works there are.
        is_same_place = _LOCO_CITATO.search(citation.text) is not None
        resolution = self.found.get(last.id) if last is not None else None
        is_only = resolution is not None and len(works) == 1 and resolution.key in (None, *works)
        if resolution is not None and (is_same_place or is_only):
            return Resolution(key=resolution.key, antecedent=last, entry=resolution.entry)
        return self._choose(citation, tuple(works.values())) if works else Resolution()

    def _lookup(self, index: WorkIndex, reference: WorkReference) -> tuple[ListedWork, ...]:
        """Return the works of an index that fit a reference best: none, one, or several that fit alike."""
        form = _form(index, reference)
        known = self.by_form.get(form)
        if known is None:
            known = best_works(index, reference)
            if known or index is self.index:
                self.by_form[form] = known
        return known

    def _choose(self, citation: Citation, works: tuple[ListedWork, ...]) -> Resolution:
        """Make a resolution of the works that fit; several listings of one work are no ambiguity."""
        work = works[0]
        if len(works) > 1:
            positions = self._listings(works)
            if positions is None and len(own := self._of_own_list(citation, works)) == 1:
                work = own[0]
            elif positions is None:
                targets = (other.target for other in works)
                return Resolution(candidates=tuple(target for target in targets if target is not None))
            else:
                # The text's own bibliography is the first after it; the last one's is behind it.
                work = works[min(bisect_left(positions, citation.span.start), len(works) - 1)]
        antecedent = work.citation if work.citation is not citation else None
        return Resolution(key=work.key, antecedent=antecedent, entry=work.entry)

    def _of_own_list(self, citation: Citation, works: tuple[ListedWork, ...]) -> list[ListedWork]:
        """Return those works that the bibliography of the citation's own text lists, if there are several."""
        if len(self.list_starts) < 2:
            return []
        own = min(bisect_left(self.list_starts, citation.span.start), len(self.list_starts) - 1)
        return [work for work in works if bisect_right(self.list_starts, work.position) - 1 == own]

    def _listings(self, works: tuple[ListedWork, ...]) -> list[int] | None:
        """Return where a work is listed if all of these are one work, else None."""
        known = self.listed.get(works)
        if known is None:
            is_one = all(works[0].is_same_as(other) for other in works[1:])
            known = self.listed[works] = [work.position for work in works] if is_one else []
        return known or None

    # ---- repetitions

    def _ibid(
        self,
        citation: Citation,
        reference: IbidReference,
        group: Sequence[tuple[str, Citation]],
        earlier: Sequence[tuple[str, Citation]],
    ) -> Resolution:
        before = self._before(citation, group, earlier)
        if not before:
            return Resolution()
        resolutions = [self.found[id] for id, _ in before]
        keys = {resolution.key for resolution in resolutions}
        if len(before) > 1 and (len(keys) > 1 or None in keys):
            return Resolution(candidates=tuple(other for _, other in before))
        antecedent, resolution = before[-1][1], resolutions[-1]
        restated = self._restated(antecedent, reference) if reference.levels else None
        key = archival_key(restated, self.registry) if restated is not None else resolution.key
        return Resolution(key=key, antecedent=antecedent, entry=resolution.entry, restated=restated)

    def _before(
        self,
        citation: Citation,
        group: Sequence[tuple[str, Citation]],
        earlier: Sequence[tuple[str, Citation]],
    ) -> Sequence[tuple[str, Citation]]:
        """Return the citations that an ibid. may repeat: the one before it, or those of the note before."""
        same = [pair for pair in group if not isinstance(pair[1].reference, CrossReference)]
        if citation.in_note is None:
            # In running text a person who is merely named cites nothing that could be repeated.
            last = next(
                (pair for pair in reversed(same) if not isinstance(pair[1].reference, OtherReference)), None
            )
            last = self._named_before(citation, same) or last
            return (last,) if last is not None and not self._list_between(last[1], citation) else ()
        if self._stands_behind_unread(citation, same):
            return ()
        if same:
            return same[-1:]
        note, others = (
            citation.in_note,
            [pair for pair in earlier if pair[1].reference.kind != Kind.CROSS_REFERENCE],
        )
        if not others or others[0][1].in_note is None:
            return ()
        return others if note.follows(others[0][1].in_note) else ()

    def _stands_behind_unread(self, citation: Citation, same: Sequence[tuple[str, Citation]]) -> bool:
        """Tell whether what a note cites last before an ibid. could not be read: then that is meant."""
        cited = [
            (other.start, other.start + len(other.text)) for _, other in same if other.start < citation.start
        ]
        last = cited[-1][1] if cited else 0
        if citation.start - last < _LEAST_CITED:
            return False
        cited.append((citation.start, citation.start + len(citation.text)))
        clauses = find_unread(citation.passage.text, cited, self.registry)
        return any(last <= clause.start < citation.start for clause in clauses)

    def _named_before(
        self, citation: Citation, earlier: Sequence[tuple[str, Citation]]
    ) -> tuple[str, Citation] | None:
        """Return the last citation of the author who stands right before: “According to Lankov (ibid.: 50)”."""
        match = _NAME_BEFORE.search(citation.passage.text, 0, citation.start)
        if match is None:
            return None
        family = family_key(match.group("name"))
        for pair in reversed(earlier[-_NEAR:]):
            reference = pair[1].reference
            if (
                isinstance(reference, WorkReference)
                and pair[1].passage is citation.passage
                and any(family_key(name.family) == family for name in reference.creators)
            ):
                return pair
        return None

    def _list_between(self, one: Citation, other: Citation) -> bool:
        """Tell whether a bibliography stands between two places of the body: then another text has begun."""
        start, end = one.span.end, other.span.start
        at = bisect_left(self.positions, start)
        return at + 1 < len(self.positions) and self.positions[at + 1] < end

    def _restated(self, antecedent: Citation, reference: IbidReference) -> ArchivalReference | None:
        """Return the place of “Ibid., d. 411”: the antecedent's levels down to the first that is restated."""
        source: Citation | None = antecedent
        place: ArchivalReference | None = None
        while source is not None and place is None:
            stated, resolution = source.reference, self.found[source.id]
            place = stated if isinstance(stated, ArchivalReference) else resolution.restated
            source = resolution.antecedent if isinstance(stated, IbidReference) else None
        if place is None:
            return None
        kept: list[Level] = []
        for level in place.levels:
            if level.key == reference.levels[0].key:
                break
            kept.append(level)
        return ArchivalReference(
            archive=place.archive,
            levels=(*kept, *reference.levels),
            locators=reference.locators,
            unread=reference.unread,
            hierarchy=place.hierarchy,
            archive_written=place.archive_written,
            carried=len(kept),
            stands_for=place.stands_for if kept else (),
        )

    # ---- pages of the reviewed book, pointers

    def _page(self, citation: Citation, group: Sequence[tuple[str, Citation]]) -> Resolution:
        """Resolve a bare page: the book under review, which stands alone before it, or the last citation."""
        at = bisect_left(self.positions, citation.span.start) - 1
        if at >= 0 and (at + 1 == len(self.positions) or self.positions[at + 1] > citation.span.end):
            entry = self.by_position[self.positions[at]]
            if self._stands_alone(at):
                return Resolution(key=work_key(entry), entry=entry)
        if len(self.entries) == 1:
            return Resolution(key=work_key(self.entries[0]), entry=self.entries[0])
        for id, other in reversed(group):
            if isinstance(other.reference, WorkReference | IbidReference) and (
                other.passage is citation.passage
            ):
                resolution = self.found[id]
                return Resolution(key=resolution.key, antecedent=other, entry=resolution.entry)
        return Resolution()

    def _stands_alone(self, at: int) -> bool:
        """Tell whether no other entry stands close to the one at a position: it is no list's."""
        entry = self.by_position[self.positions[at]]
        before = self.by_position[self.positions[at - 1]].span.end if at > 0 else -_ALONE
        after = self.positions[at + 1] if at + 1 < len(self.positions) else entry.span.end + _ALONE
        return entry.span.start - before >= _ALONE and after - entry.span.end >= _ALONE

    def _cross_reference(self, citation: Citation, reference: CrossReference) -> Resolution:
        if reference.target != "note" or len(reference.values) != 1:
            return Resolution()
        there = self.by_note.get((citation.section, reference.values[0].strip("."))) or []
        citing = [pair for pair in there if pair[1].reference.kind != Kind.CROSS_REFERENCE]
        if len(citing) != 1:
            return Resolution(candidates=tuple(other for _, other in citing))
        id, other = citing[0]
        resolution = self.found.get(id)
        if resolution is None:
            return Resolution(antecedent=other)
        return Resolution(key=resolution.key, antecedent=other, entry=resolution.entry)


def _form(index: WorkIndex, reference: WorkReference) -> Hashable:
    """Return all of a reference that its resolution depends on."""
    names = reference.creators, reference.editors
    return id(index), *names, reference.title, reference.date, reference.suffix, reference.kind


def _of_volume(works: tuple[ListedWork, ...], reference: WorkReference) -> tuple[ListedWork, ...]:
    """Leave out the other volumes of an edition that nobody is named for: FRUS XV is not FRUS XIII."""
    volume = volume_number(reference.volume)
    if volume is None or reference.people:
        return works
    return tuple(work for work in works if work.volume in (None, volume))
