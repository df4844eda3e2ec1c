"""Puts a manuscript together from what a reader found, and from what stands typed in its body.

Any format may hold a typed list of notes or a bibliography under a heading; that is found in the
same way for all of them, by :mod:`citecheck.readers.structure`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import attrs

from citecheck.manuscript import BibliographyItem, Manuscript, Marker, Note, Passage
from citecheck.readers.lines import concat
from citecheck.readers.shortcodes import take_shortcodes
from citecheck.readers.structure import Structure, find_structure


@attrs.frozen
class Found:
    """What a reader found: its paragraphs in order, and the notes that the format itself knows.

    ``wrapped`` is whether the paragraphs are mere lines, of which several may make one.
    """

    paragraphs: Sequence[Passage]
    notes: Sequence[Note] = ()
    markers: Sequence[Marker] = ()
    bibliography: Sequence[BibliographyItem] = ()
    wrapped: bool = False
    set_off: frozenset[int] = frozenset()
    """Where the paragraphs begin that the format sets apart as long quotations."""


def assemble(manuscript: Manuscript, found: Found) -> Manuscript:
    """Return the manuscript with body, notes and bibliography filled in.

    Typed notes follow the format's own, as further sections.
    """
    if not found.notes:
        taken = take_shortcodes(found.paragraphs)
        if taken.notes:
            found = attrs.evolve(
                found,
                paragraphs=taken.paragraphs,
                notes=taken.notes,
                markers=(*found.markers, *taken.markers),
            )
    typed = find_structure(found.paragraphs, wrapped=found.wrapped)
    if found.notes:
        typed = _without_numbered_lists(typed, found.paragraphs)
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
        set_off=found.set_off,
    )


def _without_numbered_lists(typed: Structure, paragraphs: Sequence[Passage]) -> Structure:
    """Give paragraphs such as “3. …” back to the body, unless they stand in a list of notes.

    Where the format has notes of its own, nobody types footnotes: a numbered list is a list.
    """
    items = sorted(note.label_span.start for note in typed.notes if note.kind == "footnote")
    if not items:
        return typed
    given_back = []
    for paragraph in paragraphs:
        item = bisect_left(items, paragraph.pieces[0].start) if paragraph.text else len(items)
        if item < len(items) and items[item] <= paragraph.pieces[-1].end:
            given_back.append(paragraph)
    endnotes = [note for note in typed.notes if note.kind == "endnote"]
    first = min((note.section for note in endnotes), default=1)
    return attrs.evolve(
        typed,
        body=tuple(sorted((*typed.body, *given_back), key=lambda passage: passage.pieces[0].start)),
        notes=tuple(
            attrs.evolve(note, section=note.section - first + 1, ordinal=ordinal)
            for ordinal, note in enumerate(endnotes, 1)
        ),
    )


def beginnings(paragraphs: Iterable[Passage], chosen: Iterable[bool]) -> frozenset[int]:
    """Return where in the text those paragraphs begin for which ``chosen`` says so."""
    return frozenset(
        paragraph.span(0, 1).start
        for paragraph, is_chosen in zip(paragraphs, chosen, strict=True)
        if is_chosen and paragraph.pieces
    )


def one_passage(paragraphs: Iterable[Passage]) -> Passage:
    """Return the paragraphs of a note as one passage, a space where two meet."""
    return concat(paragraphs)
