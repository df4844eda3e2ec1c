"""Puts a manuscript together from what a reader found, and from what stands typed in its body.

Any format may hold a typed list of notes or a bibliography under a heading; that is found in the
same way for all of them, by :mod:`citecheck.readers.structure`.
"""

from collections.abc import Sequence

import attrs

from citecheck.manuscript import BibliographyItem, Manuscript, Marker, Note, Passage
from citecheck.readers.structure import find_structure


@attrs.frozen
class Found:
    """What a reader found: its paragraphs in order, and the notes that the format itself knows."""

    paragraphs: Sequence[Passage]
    notes: Sequence[Note] = ()
    markers: Sequence[Marker] = ()
    bibliography: Sequence[BibliographyItem] = ()


def assemble(manuscript: Manuscript, found: Found) -> Manuscript:
    """Return the manuscript with body, notes and bibliography filled in.

    Typed notes follow the format's own, as further sections.
    """
    typed = find_structure(found.paragraphs)
    sections = max((note.section for note in found.notes), default=0)
    typed_notes = (
        attrs.evolve(note, section=note.section + sections, ordinal=note.ordinal + len(found.notes))
        for note in typed.notes
    )
    typed_markers = (
        marker if marker.section is None else attrs.evolve(marker, section=marker.section + sections)
        for marker in typed.markers
    )
    return attrs.evolve(
        manuscript,
        body=typed.body,
        notes=(*found.notes, *typed_notes),
        markers=(*found.markers, *typed_markers),
        bibliography=(*found.bibliography, *typed.bibliography),
        abbreviations=typed.abbreviations,
    )
