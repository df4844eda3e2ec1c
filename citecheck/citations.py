"""What a citation says, as records: equality is meaning.

The fields hold the reading. How it was written (``label``, ``written``) and where (``span``)
stand beside it and do not count when two records are compared. Spans inside a reference are
offsets into ``Citation.text``, counted from 0, so that one reading serves every place where
the same words occur; ``Citation.locate`` leads to the manuscript.
"""

import re
from enum import StrEnum
from typing import TypeAlias

import attrs

from citecheck.manuscript import Manuscript, Note, Passage, Span

Offsets: TypeAlias = tuple[int, int]
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class Kind(StrEnum):
    """What sort of citation it is, in the words of the output format."""

    ARCHIVAL = "archival"
    FULL = "full"
    SHORT = "short"
    CHAPTER = "chapter"
    AUTHOR_DATE = "author-date"
    PAGE = "page"
    IBID = "ibid"
    CROSS_REFERENCE = "crossref"
    OTHER = "other"


@attrs.frozen
class Locator:
    """A place inside a source: CSL's locator label with the first and the last value, as text.

    An abbreviated end is expanded (164–5 is 164 to 165); a leaf keeps its side (``85v``).
    ``end`` is None for a single value; ``written`` is the text that was read.
    """

    label: str
    start: str
    end: str | None = None
    written: str = attrs.field(default="", eq=False, repr=False)
    written_label: str = attrs.field(default="", eq=False, repr=False)
    span: Offsets = attrs.field(default=(0, 0), eq=False, repr=False)
    following: str | None = None
    """What says that the place goes on: ``f`` for one page more, ``ff`` for several; ``passim``."""

    def at(self, span: Offsets) -> "Locator":
        """Return the same locator as it stands elsewhere."""
        return attrs.evolve(self, span=span)


@attrs.frozen
class Level:
    """One level of an archive's hierarchy with its value, as in “Fond 5”. Values stay text."""

    key: str
    value: str
    label: str = attrs.field(default="", eq=False, repr=False)
    span: Offsets = attrs.field(default=(0, 0), eq=False, repr=False)
    sort: str = ""
    """The label of a container of another sort than the level's own: “reel” 12 is no box 12. Empty for its own."""

    @property
    def told_apart(self) -> str:
        """The value with what tells it from that of a container of another sort: “reel 12”."""
        return f"{self.sort} {self.value}" if self.sort else self.value

    def at(self, span: Offsets) -> "Level":
        """Return the same level as it stands elsewhere."""
        return attrs.evolve(self, span=span)


@attrs.frozen
class Name:
    """A person or body as cited. ``written`` is the name in the order of the text."""

    family: str
    given: str | None = None
    suffix: str | None = None
    written: str = attrs.field(default="", eq=False, repr=False)


@attrs.frozen
class Container:
    """The book, journal or series that a part stands in."""

    title: str
    creators: tuple[Name, ...] = ()
    volume: str | None = None
    issue: str | None = None
    kind: str | None = None
    """CSL type: ``book``, ``article-journal``, ``article-newspaper`` …, or None where unknown."""


@attrs.frozen
class ArchivalReference:
    """A document in an archive.

    ``archive`` is the registry's id, or None where the text names no archive that is known.
    ``levels`` stand in the archive's own order, whatever order the text has; ``printed`` keeps
    them in the order of the text, with repetitions, for the rules that look at the form.
    ``date`` is EDTF level 0. ``hierarchy`` names the levels' vocabulary in the registry.
    """

    archive: str | None
    levels: tuple[Level, ...]
    locators: tuple[Locator, ...] = ()
    description: str | None = None
    date: str | None = None
    creators: tuple[Name, ...] = ()
    unread: str | None = None
    """Words behind the rest that belong to it and could not be read: “jed. op. 33”. What they say is not known."""
    hierarchy: str | None = attrs.field(default=None, eq=False)
    archive_written: str = attrs.field(default="", eq=False, repr=False)
    archive_span: Offsets | None = attrs.field(default=None, eq=False, repr=False)
    date_span: Offsets | None = attrs.field(default=None, eq=False, repr=False)
    printed: tuple[Level, ...] = attrs.field(default=(), eq=False, repr=False)
    reference_span: Offsets = attrs.field(default=(0, 0), eq=False, repr=False)
    """The part of the citation that gives the place: archive, levels and leaves."""
    carried: int = attrs.field(default=0, eq=False, repr=False)
    """How many of ``levels`` were not written here: carried over from the citation before (``…; Оп. 8. Д. 4794``)."""
    stands_for: tuple[Level, ...] = attrs.field(default=(), eq=False, repr=False)
    """The levels that a code of the author's, the first level, stands for: fond XIX-J-1-j, subfond Korea for KTS."""

    kind = Kind.ARCHIVAL

    @property
    def spelt_out(self) -> tuple[Level, ...]:
        """The levels with what the author's code for the first one stands for, as references are compared."""
        return (*self.stands_for, *self.levels[1:]) if self.stands_for else self.levels

    def level(self, key: str) -> str | None:
        """Return the value at a level, or None where the reference has none."""
        return next((level.value for level in self.levels if level.key == key), None)


@attrs.frozen
class WorkReference:
    """A published or unpublished work: full, shortened, a part of a container, or author and date."""

    kind: Kind
    creators: tuple[Name, ...] = ()
    title: str | None = None
    container: Container | None = None
    date: str | None = None
    suffix: str | None = None
    locators: tuple[Locator, ...] = ()
    publisher: str | None = None
    place: str | None = None
    edition: str | None = None
    volume: str | None = None
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    url: str | None = None
    genre: str | None = None
    original_date: str | None = None
    """The year of the first printing, where a reprint gives it beside its own: ``1963`` of “1968 [1963]”."""
    title_span: Offsets | None = attrs.field(default=None, eq=False, repr=False)
    creators_span: Offsets | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def people(self) -> tuple[Name, ...]:
        """Whom it is known by and filed under: its authors, or else its editors, or else its translators."""
        return self.creators or self.editors or self.translators

    @property
    def years(self) -> frozenset[str]:
        """The years that it may be cited by: its own, or both ends of them, and that of the first printing."""
        return frozenset(_YEAR.findall(f"{self.date or ''} {self.original_date or ''}"))


@attrs.frozen
class IbidReference:
    """*Ibid.*, idem, loc. cit. and their sisters; ``levels`` are archival levels stated anew."""

    form: str = attrs.field(eq=False)
    """The word as it was written."""
    locators: tuple[Locator, ...] = ()
    levels: tuple[Level, ...] = ()
    unread: str | None = None

    kind = Kind.IBID


@attrs.frozen
class CrossReference:
    """A pointer inside the document: “see note 12”, “[DOCUMENT No. 9]”."""

    target: str
    """``note`` or ``document`` or ``chapter`` …"""
    values: tuple[str, ...]
    locators: tuple[Locator, ...] = ()

    kind = Kind.CROSS_REFERENCE


@attrs.frozen
class OtherReference:
    """Anything else that is cited: an e-mail, an interview, a work merely named."""

    creators: tuple[Name, ...] = ()
    description: str | None = None
    date: str | None = None
    locators: tuple[Locator, ...] = ()

    kind = Kind.OTHER


Reference: TypeAlias = ArchivalReference | WorkReference | IbidReference | CrossReference | OtherReference
SourceReference: TypeAlias = ArchivalReference | WorkReference | OtherReference
"""A reference that says itself what source it is to."""


@attrs.frozen
class Citation:
    """One citation where it stands: the words, their place, and the reference that they make."""

    section: int
    note: str | None
    index: int
    """From 1, in reading order: within the note, or within all notes of a section that bear its label, or the body."""
    reference: Reference
    text: str
    passage: Passage = attrs.field(eq=False, repr=False)
    start: int = attrs.field(eq=False)
    """Offset of ``text`` in ``passage.text``."""
    signal: str | None = None
    in_note: Note | None = attrs.field(default=None, eq=False, repr=False)
    unread: Offsets | None = attrs.field(default=None, eq=False, repr=False)
    """Where words belong to it and could not be read; as a rule behind the end of ``text``."""
    library_key: str | None = attrs.field(default=None, eq=False, repr=False)
    """The key in a library that stands in place of the words: then the reference is what the library says."""

    @property
    def id(self) -> str:
        """The identifier in output: ``2:14:1``, or ``b:3`` in the body."""
        return f"b:{self.index}" if self.in_note is None else f"{self.section}:{self.note or ''}:{self.index}"

    @property
    def kind(self) -> Kind:
        """What sort of citation it is."""
        return self.reference.kind

    @property
    def span(self) -> Span:
        """The citation's range in the manuscript."""
        return self.passage.span(self.start, self.start + len(self.text))

    def locate(self, offsets: Offsets) -> Span:
        """Return the manuscript's range for offsets into ``text``."""
        return self.passage.span(self.start + offsets[0], self.start + offsets[1])

    def is_literal(self, offsets: Offsets) -> bool:
        """Tell whether these offsets can be edited in place."""
        return self.passage.is_literal(self.start + offsets[0], self.start + offsets[1])


@attrs.frozen
class Entry:
    """A bibliography entry: the work as a full reference, with what only entries have.

    ``id`` is readable and unique in the manuscript: ``lankov-2002``.
    """

    id: str
    reference: WorkReference
    passage: Passage = attrs.field(eq=False, repr=False)
    heading: str | None = None
    pages: Locator | None = None
    """The pages that an article or chapter fills in its container."""
    year_written: str | None = attrs.field(default=None, eq=False)
    library: Manuscript | None = attrs.field(default=None, eq=False, repr=False)
    """The file of the reference library that the entry is from; None for the manuscript's own bibliography."""

    @property
    def text(self) -> str:
        """The entry's words."""
        return self.passage.text

    @property
    def span(self) -> Span:
        """The entry's range in the manuscript, or in the file of its library."""
        return self.passage.span(0, len(self.passage.text))
