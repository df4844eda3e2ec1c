"""From a manuscript to a resolved document: citations, entries, and what stands for what."""

import attrs

from citecheck.archives import Registry, load_registry
from citecheck.bibliographies.bibliography import listed_works, read_entries
from citecheck.configuration import Configuration
from citecheck.documents import Document
from citecheck.manuscript import Abbreviation, Manuscript, Span
from citecheck.reading.declarations import declared_names
from citecheck.reading.extraction import find_citations
from citecheck.resolving.resolution import resolve


def analyse_under(manuscript: Manuscript, settings: Configuration) -> Document:
    """Read and resolve every citation of a manuscript, with the abbreviations and archives that its project declares."""
    if settings.abbreviations:
        declared = tuple(Abbreviation(short, long, Span(0, 0)) for short, long in settings.abbreviations)
        manuscript = attrs.evolve(manuscript, abbreviations=(*manuscript.abbreviations, *declared))
    return analyse(manuscript, settings.registry())


def analyse(manuscript: Manuscript, registry: Registry | None = None) -> Document:
    """Read and resolve every citation of a manuscript.

    Args:
        manuscript: what a reader made of the file.
        registry: the archives that are known; citecheck's own if not given.
    """
    registry = load_registry() if registry is None else registry
    declared = declared_names(manuscript)
    entries = read_entries(manuscript)
    citations = find_citations(manuscript, registry, declared, listed_works(entries))
    return Document(
        manuscript=manuscript,
        citations=citations,
        entries=entries,
        resolutions=resolve(citations, entries, registry),
        registry=registry,
        declared=declared,
    )
