"""What one manuscript says, as rows that can be stored, joined and sent to another machine.

:func:`extract_rows` is a pure function from the bytes of a manuscript to its rows. Nothing in them depends
on where the file lies, on other manuscripts, or on the machine. All values are strings, numbers, None, or
lists of these (:meth:`ManuscriptRows.to_json`), so that they can be kept as JSON or Arrow as they are.

``format``, ``counts``, ``remarks``, ``front``
    of the manuscript: what it is, how many notes, citations and entries it has, what its reader remarked,
    and the short lines at its head that a title page would be made of.
``citations``
    one for each citation, in reading order: what it is, where it stands, and ``key``, the identity of its
    source within this manuscript.
``filings``
    one for each citation of a place in an archive: the reading that other manuscripts are compared with, and
    three join keys. Equal ``numbered`` keys are one registry number, equal ``leaved`` keys the same leaves of
    one file, equal ``described`` keys the same words and day. None joins with nothing.
``works``
    one for each work that is cited or listed, as its fullest mention has it, with two join keys:
    ``authored`` (who, and how the title begins) and ``titled`` (the letters of the main title).
``findings``
    what the rules report on the manuscript by itself, as in ``citecheck/1`` and as it is printed;
    ``UNPLACED`` stands for the manuscript's path.

A place (:class:`Place`) is a range of the text in code points from 0, and the same as the interchange
format ``citecheck/1`` has it.
"""

import json
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import attrs

from citecheck.citations import Citation, Entry, Name, WorkReference
from citecheck.documents import Document
from citecheck.evidence.filing import Filed, fold_description, placed
from citecheck.formatting.chicago import format_work
from citecheck.manuscript import Manuscript, Span
from citecheck.readers.positions import span_json
from citecheck.resolving.identity import authored_key, titled_key
from citecheck.resolving.works_cited import lists_archive

SCHEMA = 2
"""Counts up whenever the meaning of a row changes."""
UNPLACED = "\N{OBJECT REPLACEMENT CHARACTER}"

Pair = tuple[str, str | None]


@attrs.frozen
class Place:
    """Where something stands: a range of the text, and the range as ``citecheck/1`` has it, in JSON."""

    start: int
    end: int
    span: str


@attrs.frozen
class CitationRow:
    """One citation."""

    ordinal: int
    id: str
    section: int
    note: str | None
    kind: str
    text: str
    place: Place
    signal: str | None
    key: str | None
    locators: tuple[tuple[str, str, str | None], ...]
    """CSL label, first and last value."""


@attrs.frozen
class FilingRow:
    """A citation of a place in an archive, as it is compared with those of other manuscripts."""

    ordinal: int
    """That of the citation."""
    archive: str
    archive_written: str
    known: bool
    """Whether ``archive`` is an id of the registry."""
    levels: tuple[tuple[str, str], ...]
    """All levels in the archive's order, values as written."""
    container: tuple[tuple[str, str], ...]
    number: str | None
    leaves: tuple[tuple[str, str], ...]
    date: str | None
    dated: str
    """The date in the author's words."""
    description: str | None
    unread: str | None
    """Words of the citation that could not be read; with some, it joins with nothing."""
    numbered: str | None
    leaved: str | None
    described: str | None
    date_place: Place
    leaves_place: Place
    file_place: Place


@attrs.frozen
class PageRow:
    """A page of a work that a citation points to."""

    page: int
    citation: str
    section: int
    note: str | None
    place: Place


@attrs.frozen
class WorkRow:
    """A work as the manuscript describes it at its fullest."""

    ordinal: int
    key: str
    citation: str | None
    """The id of the citation that describes it, where no bibliography entry does."""
    entry: str | None
    section: int
    note: str | None
    text: str
    place: Place
    people: tuple[Pair, ...]
    """Family and given name of its authors, or of its editors where it has none."""
    title: str
    container: str | None
    volume: str | None
    issue: str | None
    date: str | None
    publisher: str | None
    published_at: str | None
    edition: str | None
    is_translation: bool
    pages: tuple[str, str] | None
    """First and last page of a part of a container, as a bibliography gives them."""
    cited: tuple[PageRow, ...]
    """The lowest and the highest page that is cited."""
    authored: str | None
    titled: str | None

    @property
    def names(self) -> tuple[Name, ...]:
        """The people as names."""
        return tuple(Name(family, given) for family, given in self.people)


@attrs.frozen
class FindingRow:
    """A finding on the manuscript by itself: its ``citecheck/1`` object in JSON, and its lines as printed."""

    ordinal: int
    code: str
    name: str
    severity: str
    start: int
    end: int
    json: str
    shown: str


@attrs.frozen
class ManuscriptRows:
    """All rows of one manuscript."""

    format: str
    counts: tuple[int, int, int]
    """How many citations, notes and bibliography entries there are."""
    remarks: tuple[str, ...]
    front: tuple[str, ...]
    citations: tuple[CitationRow, ...]
    filings: tuple[FilingRow, ...]
    works: tuple[WorkRow, ...]
    findings: tuple[FindingRow, ...] = ()

    def to_json(self) -> str:
        """Return the rows as one JSON object, on one line."""
        return json.dumps({"rows": SCHEMA, **attrs.asdict(self)}, ensure_ascii=False, sort_keys=True)


_rows: WeakKeyDictionary[Document, ManuscriptRows] = WeakKeyDictionary()


def document_rows(document: Document) -> ManuscriptRows:
    """Return what a document says; it is read off once for as long as the document lives."""
    found = _rows.get(document)
    if found is None:
        found = _rows[document] = _read_off(document)
    return found


def _read_off(document: Document) -> ManuscriptRows:
    manuscript = document.manuscript
    ordinals = {id(citation): number for number, citation in enumerate(document.citations)}
    return ManuscriptRows(
        format=manuscript.format,
        counts=(len(document.citations), len(manuscript.notes), len(document.entries)),
        remarks=manuscript.remarks,
        front=front_lines(manuscript),
        citations=tuple(
            _citation(number, citation, document) for number, citation in enumerate(document.citations)
        ),
        filings=tuple(
            _filing(ordinals[id(member.citation)], member, document) for member in placed(document)
        ),
        works=tuple(_works(document)),
    )


_FRONT, _TITLE_LENGTH = 30, 240


def front_lines(manuscript: Manuscript) -> tuple[str, ...]:
    """Return the paragraphs at the head of a manuscript that are short enough to stand on a title page."""
    return tuple(
        passage.text for passage in manuscript.body[:_FRONT] if 0 < len(passage.text) <= _TITLE_LENGTH
    )


def _place(manuscript: Manuscript, span: Span) -> Place:
    return Place(span.start, span.end, json.dumps(span_json(manuscript, span), ensure_ascii=False))


def _citation(ordinal: int, citation: Citation, document: Document) -> CitationRow:
    return CitationRow(
        ordinal=ordinal,
        id=citation.id,
        section=citation.section,
        note=citation.note,
        kind=str(citation.kind),
        text=citation.text,
        place=_place(document.manuscript, citation.span),
        signal=citation.signal,
        key=document.resolution(citation).key,
        locators=tuple((each.label, each.start, each.end) for each in citation.reference.locators),
    )


# ---- archives


def _filing(ordinal: int, member: Filed, document: Document) -> FilingRow:
    citation, reference = member.citation, member.reference
    manuscript = document.manuscript
    whole = _place(manuscript, citation.span)
    file = (
        _place(manuscript, citation.locate(reference.reference_span))
        if reference.reference_span[1]
        else whole
    )
    dated = _place(manuscript, citation.locate(reference.date_span)) if reference.date_span else whole
    locators = reference.locators
    is_whole = reference.unread is None
    leaves = (
        _place(manuscript, citation.locate((locators[0].span[0], locators[-1].span[1]))) if locators else file
    )
    return FilingRow(
        ordinal=ordinal,
        archive=member.archive,
        archive_written=reference.archive_written,
        known=member.archive in document.registry.archives,
        levels=tuple((level.key, level.told_apart) for level in reference.levels),
        container=member.container,
        number=member.number,
        leaves=member.leaves,
        date=reference.date,
        dated=member.date,
        description=reference.description,
        unread=reference.unread,
        numbered=_joined(member.archive, member.series, member.number) if is_whole else None,
        leaved=_leaved(member) if is_whole else None,
        described=_described(member) if is_whole else None,
        date_place=dated,
        leaves_place=leaves,
        file_place=file,
    )


def _joined(*parts: str | None) -> str | None:
    """Return a key, or None where a part is missing or the archive, which comes first, is not named."""
    if not parts[0]:
        return None
    return (
        "|".join(part for part in parts if part is not None)
        if all(part is not None for part in parts)
        else None
    )


def _leaved(member: Filed) -> str | None:
    if member.number is not None or member.series or not member.container or not member.archive:
        return None
    # A single leaf may hold the end of one document, all of another and the beginning of a third.
    if all(first == last for first, last in member.leaves):
        return None
    levels = "/".join(f"{key}={value}" for key, value in member.container)
    leaves = ",".join(f"{first}-{last}" for first, last in member.leaves)
    return f"{member.archive}|{levels}|{leaves}"


_FEWEST_WORDS = 4
"""A description shorter than this (“Report”) may be that of many documents of one day."""


def _described(member: Filed) -> str | None:
    words = fold_description(member.reference.description)
    if len(member.reference.date or "") < 10 or len(words.split()) < _FEWEST_WORDS:
        return None
    return _joined(member.archive, member.series, words, member.reference.date)


# ---- works


def _works(document: Document) -> Iterator[WorkRow]:
    mentions: dict[str, Citation | Entry] = {f"work:{entry.id}": entry for entry in document.entries}
    for citation, cited in document.works:
        key = document.resolution(citation).key
        if key is None:
            continue
        known = mentions.get(key)
        if known is None or (isinstance(known, Citation) and _fullness(cited) > _fullness(known.reference)):
            mentions[key] = citation
    for ordinal, (key, mention) in enumerate(mentions.items()):
        described = mention.reference
        if isinstance(mention, Entry) and lists_archive(mention):
            continue
        if isinstance(described, WorkReference) and described.title:
            yield _work(ordinal, key, mention, described, document)


def _fullness(reference: object) -> int:
    if not isinstance(reference, WorkReference):
        return 0
    fields = (reference.title, reference.date, reference.publisher, reference.place, reference.container)
    return sum(field is not None for field in fields) + bool(reference.creators)


def _work(
    ordinal: int, key: str, mention: Citation | Entry, reference: WorkReference, document: Document
) -> WorkRow:
    people = reference.creators or reference.editors
    container = reference.container
    is_entry = isinstance(mention, Entry)
    from_library = isinstance(mention, Entry) and mention.library is not None
    return WorkRow(
        ordinal=ordinal,
        key=key,
        citation=None if is_entry else mention.id,
        entry=mention.id if is_entry else None,
        section=0 if isinstance(mention, Entry) else mention.section,
        note=None if isinstance(mention, Entry) else mention.note,
        text=format_work(reference) if from_library else mention.text,
        place=_place(document.manuscript, mention.span),
        people=tuple((name.family, name.given) for name in people),
        title=reference.title or "",
        container=container.title if container is not None else None,
        volume=reference.volume or (container.volume if container is not None else None),
        issue=container.issue if container is not None else None,
        date=reference.date,
        publisher=reference.publisher,
        published_at=reference.place,
        edition=reference.edition,
        is_translation=bool(reference.translators),
        pages=_extent(mention),
        cited=_cited_pages(key, document),
        authored=authored_key(people, reference.title),
        titled=titled_key(reference.title),
    )


def _extent(mention: Citation | Entry) -> tuple[str, str] | None:
    if isinstance(mention, Entry) and mention.pages is not None and mention.pages.end is not None:
        return mention.pages.start, mention.pages.end
    return None


def _cited_pages(key: str, document: Document) -> tuple[PageRow, ...]:
    pages = [
        (int(page), citation)
        for citation in document.cited_by.get(key, ())
        for locator in citation.reference.locators
        if locator.label == "page"
        for page in (locator.start, locator.end or locator.start)
        if page.isdecimal()
    ]
    if not pages:
        return ()
    ends = (min(pages, key=lambda pair: pair[0]), max(pages, key=lambda pair: pair[0]))
    return tuple(
        PageRow(
            page, citation.id, citation.section, citation.note, _place(document.manuscript, citation.span)
        )
        for page, citation in (ends if ends[0][0] != ends[1][0] else ends[:1])
    )
