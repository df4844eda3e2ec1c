"""Reads CSL-JSON, as Zotero and other reference managers export it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from citecheck.archives import Registry
from citecheck.citations import Container, Kind, Name, SourceReference, WorkReference
from citecheck.formatting.carried import restore_exported
from citecheck.formatting.chicago import PERIODICALS
from citecheck.libraries import Fault, Library, LibraryError, LibraryItem
from citecheck.libraries.archival_strings import read_archival_string
from citecheck.libraries.pages import extent, read_pages
from citecheck.manuscript import Manuscript, Span

FORMAT = "csl-json"
SUFFIXES = (".json", ".csljson")


def read(manuscript: Manuscript, registry: Registry) -> Library:
    """Read the items of a CSL-JSON file; one that is no item is a fault, and the rest is read all the same.

    Raises:
        LibraryError: the file is no JSON, or holds no array of items.
    """
    items: list[LibraryItem] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for value, span in _values(manuscript):
        first_line = Span(span.start, min(span.end, span.start + 60))
        if isinstance(value, str):
            faults.append(Fault("unreadable", first_line, None, f"an item cannot be read: {value}"))
            continue
        key = str(value.get("citation-key") or value.get("id") or "")
        if not key:
            faults.append(Fault("missing-key", first_line, None, "an item has no id to be cited by"))
        elif key in seen:
            faults.append(Fault("repeated-key", first_line, key, f"“{key}” is the id of several items"))
        seen.add(key)
        try:
            reference, written = read_item(value, registry)
        except (TypeError, ValueError, AttributeError) as error:
            faults.append(Fault("unreadable", first_line, key, f"“{key}” cannot be read: {error}"))
            continue
        pages = extent(reference.locators) if isinstance(reference, WorkReference) else None
        items.append(LibraryItem(key, reference, span, pages, written))
    return Library(manuscript, tuple(items), tuple(faults))


_GAP = re.compile(r"[\s,]*")


def _values(manuscript: Manuscript) -> Iterator[tuple[dict[str, Any] | str, Span]]:
    """Yield the objects of the array with their places, or what keeps one from being read.

    The array is taken apart by hand, because one item with an error in it must not cost the others.
    """
    text = manuscript.text
    start = _array_start(manuscript)
    decoder = json.JSONDecoder()
    at = start
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap is not None else at
        if at >= len(text) or text[at] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            end = _next_object(text, max(error.pos, at + 1))
            yield error.msg[:1].lower() + error.msg[1:], Span(at, end)
        else:
            yield value if isinstance(value, dict) else "it is no object in braces", Span(at, end)
        at = end


def _array_start(manuscript: Manuscript) -> int:
    """Return where the items begin: after the bracket of the array, or of “items” in a larger object."""
    opening = re.match(r"\ufeff?\s*(?:\[|\{\s*\"(?:items|references)\"\s*:\s*\[)", manuscript.text)
    if opening is None:
        raise LibraryError(
            f"{manuscript.path}: is no CSL-JSON, which begins with [; export the library as CSL-JSON again"
        )
    return opening.end()


def _next_object(text: str, at: int) -> int:
    """Return where the next item seems to begin: at an opening brace at the start of a line."""
    following = re.compile(r"\n\s{0,4}\{").search(text, at)
    return following.start() + 1 if following is not None else len(text)


def read_item(item: Mapping[str, Any], registry: Registry) -> tuple[SourceReference, str | None]:
    """Return the record of an item, and the archival string that it was read from where it was.

    Raises:
        TypeError, ValueError, AttributeError: a field is not of the form that CSL gives it.
    """
    place, differences = _own(item)
    work = _read_work(item)
    if place or differences:
        return restore_exported(work, place, differences), None
    if item.get("archive") or item.get("archive_location") or item.get("type") in _MAY_BE_ARCHIVAL:
        found = read_archival_string(_archival_candidates(item), registry, document=work)
        if found is not None:
            return found
    return work, None


_MAY_BE_ARCHIVAL = frozenset(("manuscript", "personal_communication", "document", "report", "collection"))


def _own(item: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what citecheck itself has written: the place in an archive, and what CSL's fields cannot say."""
    custom = item.get("custom")
    own = custom.get("citecheck") if isinstance(custom, Mapping) else None
    parts = [own.get(name) if isinstance(own, Mapping) else None for name in ("place", "record")]
    place, rest = (dict(part) if isinstance(part, Mapping) else {} for part in parts)
    return place, rest


def _archival_candidates(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the strings that may hold an archival reference: Zotero's fields, then what its users misuse."""
    extra = _extra(item)
    location = item.get("archive_location") or extra.get("archive_location") or extra.get("loc. in archive")
    archive = str(item.get("archive") or extra.get("archive") or "")
    short = re.search(r"\(([^()]+)\)\s*$", archive)
    names = [name for name in (short.group(1) if short else "", archive.split(" (")[0]) if name]
    collection = re.sub(r"\s*\([^()]*\)\s*$", "", str(item.get("archive_collection") or ""))
    places = [f"{collection}, {location}"] if location and collection else []
    places += [str(location)] if location else []
    places += [str(item[name]) for name in ("call-number", "number") if item.get(name)]
    for place in places:
        for name in names:
            yield f"{name}, {place}"
    yield from places
    for name in ("note", "source", "call-number", "annote", "publisher", "archive"):
        if item.get(name):
            yield str(item[name])


def _extra(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the “name: value” lines that Zotero's users put into the field called extra."""
    lines = (line.partition(":") for line in str(item.get("note") or "").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _read_work(item: Mapping[str, Any]) -> WorkReference:
    type = str(item.get("type") or "")
    container = _container(type, item)
    is_series = container is not None and container.kind == "series"
    is_part = container is not None and container.kind == "book"
    return WorkReference(
        kind=Kind.CHAPTER if is_part else Kind.FULL,
        creators=_names(item.get("author")),
        title=_text(item, "title"),
        container=container,
        date=_date(item.get("issued")),
        suffix=_text(item, "year-suffix"),
        locators=read_pages(_text(item, "page") or ""),
        publisher=_text(item, "publisher"),
        place=_text(item, "publisher-place") or _text(item, "event-place"),
        edition=_text(item, "edition"),
        volume=None if container is not None and not is_series else _text(item, "volume"),
        editors=() if is_part else _names(item.get("editor")),
        translators=_names(item.get("translator")),
        url=_text(item, "URL"),
        genre=type if type in ("thesis", "manuscript", "webpage") else _text(item, "genre"),
        original_date=_date(item.get("original-date")),
    )


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name)
    if value is None:
        return None
    # Rich text in CSL is marked as in HTML.
    return re.sub(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>", "", str(value)).strip() or None


def _container(type: str, item: Mapping[str, Any]) -> Container | None:
    title = _text(item, "container-title")
    volume, issue = _text(item, "volume"), _text(item, "issue")
    if title is not None and type in PERIODICALS:
        return Container(title, (), volume, issue, type)
    if title is not None and type in ("webpage", "post", "post-weblog"):
        return Container(title, (), volume, issue, "webpage")
    if title is not None:
        people = _names(item.get("editor") or item.get("container-author"))
        return Container(title, people, volume, issue, "book")
    series = _text(item, "collection-title")
    return Container(series, (), None, _text(item, "collection-number"), "series") if series else None


def _names(names: object) -> tuple[Name, ...]:
    found = []
    for name in names if isinstance(names, list) else ():
        if isinstance(name, str):
            found.append(Name(name))
        elif name.get("literal"):
            found.append(Name(str(name["literal"])))
        elif name.get("family") or name.get("given"):
            particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
            family = " ".join(str(part) for part in particles if part)
            found.append(Name(family, name.get("given") or None, name.get("suffix") or None))
    return tuple(found)


def _date(date: object) -> str | None:
    """Return a date in EDTF from any of the forms that CSL has for it."""
    if isinstance(date, str):
        return date or None
    if not isinstance(date, Mapping):
        return None
    if date.get("edtf"):
        return str(date["edtf"])
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and parts[0] and parts[0][0]:
        return "/".join(_joined(end) for end in parts if end and end[0])
    written = str(date.get("literal") or date.get("raw") or "")
    return written or None


def _joined(parts: list[Any]) -> str:
    year, *rest = (int(part) for part in parts if part not in (None, ""))
    return "-".join((f"{year:04}", *(f"{part:02}" for part in rest)))
