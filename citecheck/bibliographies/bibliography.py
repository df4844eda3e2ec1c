"""Reads the bibliography of a manuscript: its lists, their damage, and the entries outside them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import attrs

from citecheck.alphabets import UPPER
from citecheck.bibliographies.entries import read_item
from citecheck.bibliographies.entry_reading import YEAR, EntryReading
from citecheck.bibliographies.heads import opens_with_names
from citecheck.citations import Entry, Kind, Locator, WorkReference
from citecheck.manuscript import BibliographyItem, Manuscript, Passage
from citecheck.readers.lines import concat, cut
from citecheck.readers.listed_entries import is_ended
from citecheck.reading.listed import ListedWorks
from citecheck.reading.repositories import ARCHIVE
from citecheck.resolving.keys import entry_id
from citecheck.resolving.titles import first_notable_word


def read_entries(manuscript: Manuscript) -> tuple[Entry, ...]:
    """Return the bibliography of a manuscript, in the order of the text.

    Besides the lists under a heading these are the works that stand alone in the body, as the book
    under review does, and notes that hold nothing but an entry. An item that a page break has cut
    in two is one entry, one that holds two is two.
    """
    read: list[tuple[Passage, str | None, EntryReading]] = []
    previous: EntryReading | None = None
    heading: str | None = None
    for passage, under in _whole_items(manuscript.bibliography):
        if under != heading:
            previous, heading = None, under
        for part, draft in read_item(passage):
            if draft.repeated and previous is not None:
                draft.creators = previous.creators
                draft.role = draft.role or previous.role
            read.append((part, under, draft))
            previous = draft
    _tell_places_from_publishers([draft for _, _, draft in read])
    read.extend(_outside_lists(manuscript))
    read.sort(key=lambda item: item[0].span(0, 1))
    return tuple(_with_ids([_entry(passage, under, draft) for passage, under, draft in read]))


def listed_works(entries: Sequence[Entry]) -> ListedWorks:
    """Return who is listed with a work of which year, for reading “Zagoria (1962) was …”, and on which pages."""
    found: defaultdict[tuple[str, str], list[Locator]] = defaultdict(list)
    for entry in entries:
        reference = entry.reference
        people = reference.people
        for year in reference.years if people else ():
            found[people[0].family.lower(), year] += [entry.pages] if entry.pages is not None else []
    return ListedWorks({work: tuple(pages) for work, pages in found.items()})


def read_entry(text: str) -> Entry | None:
    """Read one bibliography entry that stands by itself; None where the text is none."""
    passage = Passage.join(text, [(0, len(text))])
    for part, draft in read_item(passage):
        if draft.title is not None or draft.creators:
            return _with_ids([_entry(part, None, draft)])[0]
    return None


def _whole_items(items: Sequence[BibliographyItem]) -> Iterator[tuple[Passage, str | None]]:
    """Yield the items of a bibliography, those put together again that a page break has cut."""
    ended = sum(is_ended(item.passage.text) for item in items)
    stops_are_usual = ended * 2 > len(items)
    held: Passage | None = None
    under: str | None = None
    for item in items:
        if (
            held is not None
            and item.heading == under
            and _continues(held.text, item.passage.text, stops_are_usual)
        ):
            held = concat([held, item.passage])
            continue
        if held is not None:
            yield held, under
        held, under = item.passage, item.heading
    if held is not None:
        yield held, under


def _continues(before: str, after: str, stops_are_usual: bool) -> bool:
    """Tell whether an item is the rest of the one before it.

    It does not begin as entries do, and what is before it has no end, or itself begins in mid-sentence.
    """
    goes_on = after[0].islower() or after[0] in ",;:)" or (stops_are_usual and not is_ended(before))
    if not goes_on or _LISTS_ARCHIVE.fullmatch(before) or _LISTS_ARCHIVE.fullmatch(after):
        return False
    return not opens_with_names(after)


def _outside_lists(manuscript: Manuscript) -> Iterator[tuple[Passage, str | None, EntryReading]]:
    """Yield the entries that stand alone in the body, and those that are a note of their own."""
    for passage in manuscript.body:
        if not 30 < len(passage.text) < 500:
            continue
        extent = _EXTENT.search(passage.text)
        if extent is not None:
            # The head of a review: “…. New York: Norton, 2003. xx + 876 pp. $35.00.”
            passage = cut(passage, 0, extent.start() + 1)
        if _ALONE.match(passage.text):
            yield from ((part, None, draft) for part, draft in read_item(passage) if _is_complete(draft))
    for note in manuscript.notes:
        if 30 < len(note.passage.text) < 500 and _ALONE_HARVARD.match(note.passage.text):
            drafts = read_item(note.passage)
            yield from (
                (part, None, draft)
                for part, draft in drafts
                if _is_complete(draft) and _is_filed(part, draft)
            )


# Before anything is read: a line that opens like “Huntington, S. (1996) …” …
_ALONE_HARVARD = re.compile(
    # Its first figures are the year.
    rf"(?=[^;:?!\d]++{YEAR})"
    rf"[{UPPER}][^\W\d_’'-]*[^.;:?!\d]{{0,30}},\s[{UPPER}][^;:?!\d]{{0,120}}?\(?{YEAR}[a-z]?\)?[.,]?\s"
)
# … or like “Lankov, Andrei. Crisis …” and ends with an imprint.
_ALONE = re.compile(
    rf"{_ALONE_HARVARD.pattern}"
    rf"|[{UPPER}][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s[{UPPER}][^;:?!\d\"“*]{{0,80}}?\."
    rf"\s[*\"“A-Z].*[:(]\s?.*{YEAR}[.)]+$"
)


_EXTENT = re.compile(r"[.,]\s(?:[ivxlc]{1,7}\s?[,+]\s?)?\d{2,4}\s?(?:pp|pages|S|с|p)\b\.?.{0,120}$")


def _is_complete(draft: EntryReading) -> bool:
    return bool(draft.creators) and draft.title is not None and draft.date is not None and draft.closed


def _is_filed(passage: Passage, draft: EntryReading) -> bool:
    """Tell whether a family name and a comma stand first, as in a list: notes name people the other way round."""
    return passage.text.startswith(f"{draft.creators[0].family},")


def _tell_places_from_publishers(drafts: Sequence[EntryReading]) -> None:
    """Make “Budapest, 2001” a place where another entry, or the kind of the work, says that it is one.

    And “(Macmillan, 1990)” a publisher where another entry has it as one.
    """
    known = {place for draft in drafts if draft.publishers for place in draft.places}
    houses = {house for draft in drafts if draft.places for house in draft.publishers}
    for draft in drafts:
        if len(draft.places) == 1 and not draft.publishers and draft.places[0] in houses - known:
            draft.places, draft.publishers = [], draft.places
    for draft in drafts:
        if draft.publishers and not draft.places and len(draft.publishers) == 1:
            name = draft.publishers[0]
            if name in known or draft.genre == "manuscript":
                draft.places, draft.publishers = [name], []


def _entry(passage: Passage, heading: str | None, draft: EntryReading) -> Entry:
    edits = draft.role in ("editor", "compiler")
    kind = Kind.CHAPTER if draft.is_part else Kind.FULL
    reference = WorkReference(
        kind=kind,
        creators=() if edits or draft.role == "translator" else draft.creators,
        title=draft.title,
        container=draft.container,
        date=draft.date,
        suffix=draft.suffix,
        locators=draft.pages,
        publisher="; ".join(draft.publishers) or None,
        place="; ".join(draft.places) or None,
        edition=draft.edition,
        volume=draft.volume,
        editors=draft.creators if edits else draft.editors,
        translators=draft.creators if draft.role == "translator" else draft.translators,
        url=draft.url,
        genre=draft.genre or _collection(heading, draft),
        original_date=draft.original_date,
        title_span=draft.title_span,
        creators_span=draft.creators_span,
    )
    return Entry(
        id="",
        reference=reference,
        passage=passage,
        heading=heading,
        pages=_extent(draft.pages),
        year_written=draft.year_written,
    )


_COLLECTIONS = re.compile(
    rf"{ARCHIVE}|unpublished|primary\s+sources|manuscript\s+(?:collect|sourc)|источник|ungedruckt",
    re.IGNORECASE,
)

_IN_ARCHIVE = re.compile(rf"\b(?:[Ff]ond|[Rr]ecord\sGroup|RG\s?\d|Papers|\w*(?:{ARCHIVE})\w*)\b")
# A line of a list of archives: “Arkhiv vneshnei politiki Rossiiskoi Federatsii, Moscow (AVPRF)”. No work ends so.
_LISTS_ARCHIVE = re.compile(
    rf"(?=\D*$)(?=[{UPPER}])[^\n\"“”*]{{8,160}}\((?:[{UPPER}][\w.-]{{0,7}}[ /–-]?){{1,3}}\)[.,;]?"
)


def _collection(heading: str | None, draft: EntryReading) -> str | None:
    """Return “collection” for what stands in a list of archives and is no work: it has no imprint."""
    if draft.closed or draft.date is not None:
        return None
    listed = heading is not None and _COLLECTIONS.search(heading) is not None
    return "collection" if listed or _IN_ARCHIVE.search(draft.title or "") else None


def _extent(pages: Sequence[Locator]) -> Locator | None:
    """Return the pages from the first to the last of several ranges."""
    if len(pages) < 2:
        return pages[0] if pages else None
    first, last = pages[0], pages[-1]
    return attrs.evolve(
        first,
        end=last.end or last.start,
        written=f"{first.written}, {last.written}",
        span=(first.span[0], last.span[1]),
    )


def _with_ids(entries: Sequence[Entry]) -> list[Entry]:
    """Give each entry a readable identifier: name and year, and a word of the title where two collide."""
    plain = [entry_id(entry.reference) for entry in entries]
    bearers = Counter(plain)
    taken: Counter[str] = Counter()
    named = []
    for entry, id in zip(entries, plain, strict=True):
        word = first_notable_word(entry.reference.title or "")
        wanted = f"{id}-{word}" if bearers[id] > 1 and word else id
        taken[wanted] += 1
        named.append(attrs.evolve(entry, id=wanted if taken[wanted] == 1 else f"{wanted}-{taken[wanted]}"))
    return named
