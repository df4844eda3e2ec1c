"""Reads .bib files, of BibTeX and of biblatex, by bibtexparser."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from citecheck.archives import Registry
from citecheck.citations import (
    Container,
    Kind,
    SourceReference,
    WorkReference,
)
from citecheck.formatting.carried import amend, flatten, join_place, restore, unmark, unpack
from citecheck.formatting.chicago import PERIODICALS
from citecheck.formatting.tex import decode_names, decode_text
from citecheck.libraries import Fault, Library, LibraryItem
from citecheck.libraries.archival_strings import read_archival_string
from citecheck.libraries.pages import extent, read_pages
from citecheck.manuscript import Manuscript, Span

FORMAT = "bib"
SUFFIXES = (".bib", ".bibtex")


def read(manuscript: Manuscript, registry: Registry) -> Library:
    """Read the entries of a .bib file; what cannot be read is a fault, and the rest is read all the same."""
    # The parser is slow to import; nothing else in citecheck's start needs it.
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    # It reports what it cannot parse to the log as well, which would reach the user's screen.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    # Without its middleware values come as they are written, in entries with a fault as in all others.
    parsed = parse_string(manuscript.text, parse_stack=[])
    strings: dict[str, str] = {}
    for string in parsed.strings:
        strings[string.key.lower()] = _evaluate(string.value, strings)[0]
    places = _Places(manuscript)
    items: list[LibraryItem] = []
    faults: list[Fault] = []
    for block in parsed.blocks:
        span = places.find(block.start_line or 0, block.raw or "")
        entry = block
        if isinstance(block, model.ParsingFailedBlock):
            faults.append(_fault(block, span))
            entry = block.ignore_error_block if isinstance(block.ignore_error_block, model.Entry) else block
        if isinstance(entry, model.Entry):
            item, found = _read_entry(entry, span, strings, registry)
            items.append(item)
            faults += found
    return Library(manuscript, tuple(items), tuple(faults))


class _Places:
    """Finds blocks in the text by the number of their first line."""

    def __init__(self, manuscript: Manuscript) -> None:
        self.text = manuscript.text
        self.starts = [0, *(match.end() for match in re.finditer("\n", self.text))]

    def find(self, line: int, raw: str) -> Span:
        floor = self.starts[min(max(line, 0), len(self.starts) - 1)]
        start = max(self.text.find(raw, floor), floor)
        return Span(start, min(start + len(raw.rstrip()), len(self.text)))


def _fault(block: Any, span: Span) -> Fault:
    """Say what keeps a block from being read, in words for its author."""
    name = type(block).__name__
    raw = block.raw or ""
    match = re.match(r"@\s*(\w*)\s*[{(]\s*([^,\s{}=]*)", raw)
    key = match.group(2) if match is not None and match.group(2) else None
    # The first line is enough to show what is meant; the block may run to the end of the file.
    first = Span(span.start, min(span.end, span.start + len(raw.split("\n", 1)[0].rstrip())))
    called = f"“{key}”" if key else "an entry without key"
    if name == "DuplicateBlockKeyBlock":
        return Fault("repeated-key", first, key, f"{called} is the key of several entries")
    if name == "DuplicateFieldKeyBlock":
        fields = ", ".join(sorted(block.duplicate_keys))
        return Fault("repeated-field", first, key, f"{called} has the field {fields} more than once")
    reason = str(getattr(block.error, "abort_reason", block.error))
    trouble = next((trouble for words, trouble in _TROUBLES if words in reason), "it is not well formed")
    return Fault("unreadable", first, key, f"{called} cannot be read: {trouble}")


# What the parser says, and what that means to whoever has written the file.
_TROUBLES = (
    ("comma after entry key", "no comma follows its key"),
    ("equals sign", "a field has no equals sign"),
    ("Expected a `=`", "a field has no equals sign"),
    ("after a closed entry field", "a comma is missing between two fields"),
    ("end of file", "its braces or quotation marks do not close before the file ends"),
    ("Unexpected block start", "its braces or quotation marks do not close before the next entry begins"),
)


def _read_entry(
    entry: Any, span: Span, strings: Mapping[str, str], registry: Registry
) -> tuple[LibraryItem, list[Fault]]:
    faults: list[Fault] = []
    fields: dict[str, str] = {}
    for field in entry.fields:
        value, unknown = _evaluate(str(field.value), strings)
        if unknown is not None:
            message = f"“{entry.key}” uses the abbreviation {unknown}, which no @string explains"
            faults.append(Fault("unknown-string", span, entry.key, message, shared=unknown))
        # Of a field that is given twice BibTeX takes the first.
        fields.setdefault(field.key.lower(), value)
    if not entry.key:
        faults.append(Fault("missing-key", span, None, f"an @{entry.entry_type} has no key to be cited by"))
    reference, written = _read(entry.entry_type.lower(), fields, registry)
    pages = extent(reference.locators) if isinstance(reference, WorkReference) else None
    return LibraryItem(entry.key, reference, span, pages, written), faults


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EDGE = re.compile(r"[{}\"#]")


def _evaluate(value: str, strings: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the value of a field and, if it uses an abbreviation that is not defined, that.

    Args:
        value: as it is written: ``{Suh}``, ``"Suh"``, ``1988``, ``may``, ``"28~" # may``.
        strings: the abbreviations of the file.
    """
    parts: list[str] = []
    unknown = None
    for piece in _pieces(value):
        if piece[:1] in ('"', "{"):
            parts.append(piece[1:-1])
        elif piece.lower() in strings:
            parts.append(strings[piece.lower()])
        else:
            parts.append(piece)
            if not piece.isdecimal() and piece.lower() not in _MONTHS:
                unknown = piece
    return "".join(parts), unknown


def _pieces(value: str) -> Iterator[str]:
    """Yield what ``#`` joins outside braces and quotation marks."""
    start = depth = 0
    quoted = False
    for edge in _EDGE.finditer(value):
        mark = edge.group()
        if mark in "{}":
            depth += 1 if mark == "{" else -1
        elif mark == '"' and depth == 0:
            quoted = not quoted
        elif mark == "#" and depth == 0 and not quoted:
            yield value[start : edge.start()].strip()
            start = edge.end()
    if value[start:].strip():
        yield value[start:].strip()


# --- fields to records --------------------------------------------------------------------------------


def read_fields(type: str, fields: Mapping[str, str], registry: Registry) -> SourceReference:
    """Return the record of an entry by its type and its fields as they stand between the braces.

    ``month`` may be an expression, as it is written: ``"28~" # may``.
    """
    month = {"month": _evaluate(fields["month"], {})[0]} if "month" in fields else {}
    return _read(type.lower(), {**fields, **month}, registry)[0]


def _read(type: str, fields: Mapping[str, str], registry: Registry) -> tuple[SourceReference, str | None]:
    """Return the record, and the archival string that it was read from where it was."""
    place = _own_place(fields)
    differences = _own(fields, "verbb", "citecheck")
    if place:
        said = {"record": "archival", **place, **_document(fields)}
        return restore(amend(said, differences)), None
    work = _read_work(type, fields)
    if differences:
        return restore(amend(flatten(work), differences)), None
    if type in _MAY_BE_ARCHIVAL or not fields.keys() & _PUBLISHED:
        found = read_archival_string(_archival_candidates(fields), registry, document=work)
        if found is not None:
            return found
    return work, None


_MAY_BE_ARCHIVAL = frozenset(("misc", "unpublished", "letter", "manuscript", "archival", "online"))
_PUBLISHED = frozenset(("publisher", "journal", "journaltitle", "booktitle", "school", "isbn"))
OWN_WORD = "citecheck: "
"""What the fields begin with that biblatex leaves to others, and that citecheck uses."""
OWN_PREFIX = "citecheck-"
"""What the names of citecheck's own fields begin with in BibTeX."""


def _own(fields: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the pairs that citecheck has written into one of some fields."""
    written = next((fields[name] for name in names if fields.get(name, "").startswith(OWN_WORD)), "")
    return unpack(written.removeprefix(OWN_WORD))


def _own_place(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the place that citecheck has written, or nothing."""
    separate = {
        name.removeprefix(OWN_PREFIX): unmark(value)
        for name, value in fields.items()
        if name.startswith(OWN_PREFIX)
    }
    return join_place({**_own(fields, "verba"), **separate}.items())


def _document(fields: Mapping[str, str]) -> dict[str, str]:
    pairs = {"description": decode_text(fields.get("title", "")), "date": _date(fields) or ""}
    described = flatten(WorkReference(Kind.FULL, creators=decode_names(fields.get("author", ""))))
    return amend({"creators": described.get("creators", "")}, pairs)


def _archival_candidates(fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the strings that may hold an archival reference, as Zotero and its users leave them."""
    text = {name: decode_text(value) for name, value in fields.items()}
    named = (text.get(name) for name in ("archive", "library", "organization", "institution"))
    archive = next(filter(None, named), None)
    for name in ("archivelocation", "archive_location", "shelfmark", "note", "howpublished", "number"):
        if text.get(name) and archive:
            yield f"{archive}, {text[name]}"
    for name in ("howpublished", "note", "library", "addendum", "annotation", "annote", "titleaddon"):
        if text.get(name):
            yield text[name]


# What is held for a part of something larger.
_PARTS = frozenset(
    ("incollection", "inbook", "inproceedings", "conference", "inreference", "bookinbook", "suppbook")
)
_ARTICLES = frozenset(("article", "suppperiodical", "review"))
_THESES = frozenset(("thesis", "phdthesis", "mastersthesis"))
_REPORTS = frozenset(("report", "techreport"))


def _read_work(type: str, fields: Mapping[str, str]) -> WorkReference:
    text = {name: decode_text(value) for name, value in fields.items() if name not in _VERBATIM}
    genre = _genre(type, text)
    container = _container(type, fields, text)
    is_series = container is not None and container.kind == "series"
    is_part = container is not None and not is_series and container.kind not in (*PERIODICALS, "webpage")
    return WorkReference(
        kind=Kind.CHAPTER if is_part else Kind.FULL,
        creators=decode_names(fields.get("author", "")),
        title=_joined(text.get("title"), text.get("subtitle")),
        container=container,
        date=_date(fields),
        locators=read_pages(text.get("pages", "")),
        publisher=text.get("publisher") or text.get("institution") or text.get("school"),
        place=text.get("location") or text.get("address"),
        edition=text.get("edition"),
        volume=None if container is not None and not is_series else text.get("volume"),
        editors=() if is_part else decode_names(fields.get("editor", "")),
        translators=decode_names(fields.get("translator", "")),
        url=_address(fields.get("url")),
        genre=genre,
        original_date=fields.get("origdate") or fields.get("origyear"),
    )


_VERBATIM = frozenset(
    ("url", "doi", "eprint", "file", "verba", "verbb", "verbc", "author", "editor", "translator")
)


def _joined(title: str | None, subtitle: str | None) -> str | None:
    return ": ".join(filter(None, (title, subtitle))) or None


def _genre(type: str, text: Mapping[str, str]) -> str | None:
    if type in _THESES:
        return "thesis"
    if type in ("online", "electronic", "www"):
        return "webpage"
    if type in ("unpublished", "manuscript", "letter"):
        return text.get("type") or "manuscript"
    if type in _REPORTS and "number" not in text:
        return text.get("type") or "report"
    return text.get("type") if type == "misc" else None


def _container(type: str, fields: Mapping[str, str], text: Mapping[str, str]) -> Container | None:
    volume, issue = text.get("volume"), text.get("number") or text.get("issue")
    journal = _joined(text.get("journaltitle") or text.get("journal"), text.get("journalsubtitle"))
    if type in _ARTICLES or (journal and type not in _PARTS):
        return Container(journal, (), volume, issue, _periodical_kind(text)) if journal else None
    book = _joined(text.get("booktitle"), text.get("booksubtitle")) or text.get("maintitle")
    if book and type in _PARTS:
        people = decode_names(fields.get("editor") or fields.get("bookauthor") or "")
        return Container(book, people, volume, None, "book")
    if type in _REPORTS and issue:
        return Container(text.get("type") or "Report", (), None, issue, "series")
    if type in ("online", "electronic", "www") and text.get("organization"):
        return Container(text["organization"], kind="webpage")
    if text.get("series"):
        return Container(text["series"], (), None, issue, "series")
    return None


def _periodical_kind(text: Mapping[str, str]) -> str:
    subtype = text.get("entrysubtype", "")
    return f"article-{subtype}" if subtype in ("newspaper", "magazine") else "article-journal"


def _date(fields: Mapping[str, str]) -> str | None:
    """Return the date in EDTF, from ``date`` or from ``year``, ``month`` and a day in either."""
    date = fields.get("date", "").strip()
    if date:
        return None if date.startswith("XXXX") else date
    year = re.sub(r"\s*[–—-]+\s*", "/", decode_text(fields.get("year", "")).strip())
    if not re.fullmatch(r"\d{4}(?:/\d{2,4})?", year):
        found = re.search(r"\d{4}", year)
        return found.group() if found is not None else None
    month = _month(decode_text(fields.get("month", "")))
    if month is None or "/" in year:
        return year
    number, day = month
    return f"{year}-{number:02}" if day is None else f"{year}-{number:02}-{day:02}"


def _month(written: str) -> tuple[int, int | None] | None:
    name = re.search(r"[^\W\d_]{3,}", written)
    day = re.search(r"(?<!\d)([12]\d|3[01]|0?[1-9])(?!\d)", written)
    if name is None:
        number = re.fullmatch(r"\s*(\d{1,2})\s*", written)
        return (int(number.group(1)), None) if number and 1 <= int(number.group(1)) <= 12 else None
    if name.group()[:3].lower() not in _MONTHS:
        return None
    return _MONTHS.index(name.group()[:3].lower()) + 1, int(day.group()) if day is not None else None


def _address(url: str | None) -> str | None:
    if url is None:
        return None
    bare = re.sub(r"^\\url\{(.*)\}$", r"\1", url.strip())
    return re.sub(r"\\([_%&#~])", r"\1", bare) or None
