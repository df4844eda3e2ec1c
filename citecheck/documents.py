"""Resolved documents: a manuscript with its citations, its bibliography and what stands for what.

Rules see nothing else. Everything that several rules look up is indexed here once.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import attrs

from citecheck.archives import Registry
from citecheck.citations import ArchivalReference, Citation, Entry, WorkReference
from citecheck.findings import Related
from citecheck.manuscript import Manuscript


@attrs.frozen
class Resolution:
    """What a citation stands for.

    ``antecedent`` is the citation that it repeats or shortens, ``entry`` the bibliography entry.
    Where several would fit, ``candidates`` holds them and the other two are None.
    ``key`` is the canonical identity of the source: equal keys mean the same source.
    ``restated`` is the whole place in the archive that an *ibid.* with levels of its own stands for.
    """

    key: str | None = None
    antecedent: Citation | None = None
    entry: Entry | None = None
    candidates: tuple[Citation | Entry, ...] = ()
    restated: ArchivalReference | None = None


_UNRESOLVED = Resolution()


@attrs.frozen(slots=False, eq=False)
class Document:
    """One manuscript, read and resolved."""

    manuscript: Manuscript
    citations: tuple[Citation, ...]
    entries: tuple[Entry, ...]
    resolutions: Mapping[str, Resolution]
    """By citation id."""
    registry: Registry = attrs.field(repr=False)
    declared: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    """The short forms that the manuscript explains, in a list or by “hereafter”."""

    @cached_property
    def archival(self) -> tuple[tuple[Citation, ArchivalReference], ...]:
        """The archival citations with their references, in reading order."""
        return tuple(
            (citation, citation.reference)
            for citation in self.citations
            if isinstance(citation.reference, ArchivalReference)
        )

    @cached_property
    def works(self) -> tuple[tuple[Citation, WorkReference], ...]:
        """The citations of works with their references, in reading order."""
        return tuple(
            (citation, citation.reference)
            for citation in self.citations
            if isinstance(citation.reference, WorkReference)
        )

    @cached_property
    def by_note(self) -> Mapping[int, tuple[Citation, ...]]:
        """The citations of each note, by the note's ordinal."""
        found: defaultdict[int, list[Citation]] = defaultdict(list)
        for citation in self.citations:
            if citation.in_note is not None:
                found[citation.in_note.ordinal].append(citation)
        return {ordinal: tuple(citations) for ordinal, citations in found.items()}

    @cached_property
    def entries_by_id(self) -> Mapping[str, Entry]:
        """The bibliography entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[Citation, ...]]:
        """The citations that stand for each source, by its key."""
        found: defaultdict[str, list[Citation]] = defaultdict(list)
        for citation in self.citations:
            resolution = self.resolutions.get(citation.id)
            if resolution is not None and resolution.key is not None:
                found[resolution.key].append(citation)
        return {key: tuple(citations) for key, citations in found.items()}

    @cached_property
    def _has_sections(self) -> bool:
        return any(note.section > 1 for note in self.manuscript.notes)

    def place_name(self, citation: Citation) -> str:
        """Return where a citation stands, as people say it: “note 73”, “note 73 of section 3”, “the text”."""
        if citation.in_note is None:
            return "the text"
        section = f" of section {citation.section}" if self._has_sections else ""
        return f"note {citation.in_note.name}{section}"

    def related(self, citation: Citation, message: str) -> Related:
        """Return a citation of this document as evidence for a finding."""
        return Related(self.manuscript, citation.span, f"{self.place_name(citation)}: {message}", citation)

    def resolution(self, citation: Citation) -> Resolution:
        """Return what a citation of this document stands for."""
        return self.resolutions.get(citation.id, _UNRESOLVED)


@attrs.frozen(slots=False, eq=False)
class Corpus:
    """All documents that are checked together."""

    documents: tuple[Document, ...]
