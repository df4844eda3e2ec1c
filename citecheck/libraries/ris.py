"""Reads RIS, as EndNote, Zotero and library catalogues export it."""

import re
from collections.abc import Iterable, Iterator

from citecheck.archives import Registry
from citecheck.citations import (
    Container,
    Kind,
    Locator,
    Name,
    SourceReference,
    WorkReference,
)
from citecheck.formatting.carried import restore_exported, unpack
from citecheck.formatting.keys import source_id
from citecheck.libraries import Fault, Library, LibraryError, LibraryItem
from citecheck.libraries.archival_strings import read_archival_string
from citecheck.libraries.pages import extent
from citecheck.manuscript import Manuscript, Span
from citecheck.reading.dates import read_date
from citecheck.reading.folios import expand

FORMAT = "ris"
SUFFIXES = (".ris",)

OWN_PLACE, OWN_RECORD = "C1", "C2"
"""Custom fields of RIS: citecheck's place in an archive, and what no other field can say."""
OWN_WORD = "citecheck: "
"""What they begin with, so that other programs' custom fields are left alone."""

Tags = list[tuple[str, str]]

# A byte order mark may stand before the first tag.
_LINE = re.compile(r"^\ufeff?([A-Z][A-Z0-9])  ?-(?: (.*?))?[ \t]*$", re.MULTILINE)


def read(manuscript: Manuscript, registry: Registry) -> Library:
    """Read the records of a RIS file; what cannot be read is a fault, and the rest is read all the same.

    Raises:
        LibraryError: the file has no record at all.
    """
    items: list[LibraryItem] = []
    faults: list[Fault] = []
    taken: set[str] = set()
    for tags, span, closed in _records(manuscript.text):
        key = next((value for tag, value in tags if tag in ("ID", "LB") and value), None)
        first = Span(span.start, min(span.end, span.start + 60))
        if not closed:
            message = f"“{key or 'a record'}” does not end: ER is missing before the next TY"
            faults.append(Fault("unreadable", first, key, message))
        if key is not None and key in taken:
            faults.append(Fault("repeated-key", first, key, f"“{key}” is the ID of several records"))
        reference, written = read_tags(tags, registry)
        pages = extent(reference.locators) if isinstance(reference, WorkReference) else None
        named = key or _free_key(source_id(reference, registry), taken)
        taken.add(named)
        items.append(LibraryItem(named, reference, span, pages, written))
    if not items and manuscript.text.strip():
        raise LibraryError(
            f"{manuscript.path}: is no RIS: no line begins with “TY  - ”; export the library as RIS again"
        )
    return Library(manuscript, tuple(items), tuple(faults))


def _free_key(plain: str, taken: set[str]) -> str:
    """Return a key for a record that has none, as most have none."""
    number, key = 1, plain
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key


def _records(text: str) -> Iterator[tuple[Tags, Span, bool]]:
    """Yield the records with their places, and whether each is closed by ER."""
    tags: Tags = []
    start = end = 0
    # Each line ends with “\n”, at the same place as in the file: old Macs wrote “\r” alone.
    for line in _LINE.finditer(text.replace("\r\n", " \n").replace("\r", "\n")):
        tag, value = line.group(1), (line.group(2) or "").strip()
        if tag == "TY":
            if tags:
                yield tags, Span(start, end), False
            tags, start = [], line.start()
        if tag == "ER":
            if tags:
                yield tags, Span(start, line.end()), True
            tags = []
            continue
        if tags or tag == "TY":
            tags.append((tag, value))
            end = line.end()
    if tags:
        yield tags, Span(start, end), False


def read_tags(tags: Iterable[tuple[str, str]], registry: Registry) -> tuple[SourceReference, str | None]:
    """Return the record of some tags, and the archival string that it was read from where it was."""
    values: dict[str, list[str]] = {}
    for tag, value in tags:
        if value:
            values.setdefault(tag, []).append(value)
    place, differences = _own(values, OWN_PLACE), _own(values, OWN_RECORD)
    work = _read_work(values)
    if place or differences:
        return restore_exported(work, place, differences), None
    if values.get("TY", [""])[0] in _MAY_BE_ARCHIVAL:
        found = read_archival_string(_archival_candidates(values), registry, document=work)
        if found is not None:
            return found
    return work, None


_MAY_BE_ARCHIVAL = frozenset(("MANSCPT", "UNPB", "PCOMM", "GEN", "UNBILL", "LEGAL", "GOVDOC", "PAMP"))


def _own(values: dict[str, list[str]], tag: str) -> dict[str, str]:
    written = next((value for value in values.get(tag, ()) if value.startswith(OWN_WORD)), "")
    return unpack(written.removeprefix(OWN_WORD))


def _archival_candidates(values: dict[str, list[str]]) -> Iterator[str]:
    archive = next(iter(values.get("DB", values.get("DP", ()))), "")
    short = re.search(r"\(([^()]+)\)\s*$", archive)
    names = [name for name in (short.group(1) if short else "", archive.split(" (")[0]) if name]
    places = [value for tag in ("AV", "AN", "CN", "M1", "M2") for value in values.get(tag, ())]
    for place in places:
        for name in names:
            yield f"{name}, {place}"
    yield from places
    for tag in ("N1", "PB", "T2", "DB"):
        yield from values.get(tag, ())


_KINDS = {
    "JOUR": "article-journal",
    "JFULL": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "ELEC": "webpage",
    "BLOG": "webpage",
    "CHAP": "book",
    "ECHAP": "book",
    "CONF": "book",
}
_GENRES = {
    "THES": "thesis",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "ELEC": "webpage",
    "BLOG": "webpage",
}


def _read_work(values: dict[str, list[str]]) -> WorkReference:
    def first(*tags: str) -> str | None:
        return next((values[tag][0] for tag in tags if tag in values), None)

    type = first("TY") or ""
    editors = _names(values, "ED", "A2")
    host, volume, issue = first("T2", "JO", "JF", "BT", "J2"), first("VL"), first("IS")
    series, kind = first("T3"), _KINDS.get(type)
    is_part = host is not None and kind == "book"
    container = None
    if host is not None and kind is not None:
        container = Container(host, editors if is_part else (), volume, issue, kind)
    elif series is not None:
        container = Container(series, (), None, issue, "series")
    return WorkReference(
        kind=Kind.CHAPTER if is_part else Kind.FULL,
        creators=_names(values, "AU", "A1"),
        title=first("TI", "T1", "CT"),
        container=container,
        date=_date(first("DA"), first("PY", "Y1", "YR")),
        locators=_pages(first("SP"), first("EP")),
        publisher=first("PB"),
        place=first("CY", "PP"),
        edition=first("ET"),
        volume=None if container is not None and container.kind != "series" else volume,
        editors=() if is_part else editors,
        translators=_names(values, "A4"),
        url=first("UR"),
        genre=_GENRES.get(type),
        original_date=_date(None, first("OP")),
    )


def _names(values: dict[str, list[str]], *tags: str) -> tuple[Name, ...]:
    names = []
    for written in (value for tag in tags for value in values.get(tag, ())):
        family, given, suffix, *_ = (*(part.strip() for part in written.split(",")), "", "")
        names.append(Name(family, given or None, suffix or None, written))
    return tuple(names)


def _date(date: str | None, year: str | None) -> str | None:
    """Return EDTF: RIS has 1957/05/28/ with whatever is known, programs write what they like."""
    for written in filter(None, (date, year)):
        match = re.match(r"(\d{4})(?:/(\d{0,2}))?(?:/(\d{0,2}))?(?:/.*)?$", written)
        if match is not None:
            parts = (match.group(1), *(f"{int(part):02}" for part in match.groups()[1:] if part))
            return "-".join(parts)
        if (value := read_date(written)) is not None:
            return value
    return date or year


def _pages(start: str | None, end: str | None) -> tuple[Locator, ...]:
    if start is None:
        return ()
    first, _, rest = (part.strip() for part in start.partition("-"))
    last = end or rest
    written = f"{first}–{last}" if last else first
    return (Locator("page", first, expand(first, last) if last else None, written),)
