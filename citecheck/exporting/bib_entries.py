"""Sources as entries of a .bib file, for biblatex and for BibTeX; and the writing of such entries.

What the fields of an entry cannot say goes into fields that styles never print, so that reading the file
gives back the same record: README.md in this folder states the mapping and its reasons.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TextIO

import attrs

from citecheck.citations import ArchivalReference, Container, Locator, Name, OtherReference, WorkReference
from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.formatting.archive_names import archive_name
from citecheck.formatting.carried import difference, flatten, mark, pack, split_place
from citecheck.formatting.chicago import PERIODICALS, format_names, format_range
from citecheck.formatting.dates import in_calendar, split_date
from citecheck.formatting.forms import Form
from citecheck.formatting.references import format_levels, format_place
from citecheck.formatting.tex import encode_names, encode_text, encode_title
from citecheck.libraries.bib import OWN_PREFIX, OWN_WORD, read_fields
from citecheck.reading.numbers import roman_value

_CHUNK = 500


@attrs.define
class BibEntry:
    """An entry that is being made: its type, and its fields as they stand between the braces."""

    type: str
    latin_letters: bool
    fields: dict[str, str] = attrs.Factory(dict)
    unbraced: dict[str, str] = attrs.Factory(dict)
    """Fields whose value is an expression, as in ``month = may``."""

    def text(self, field: str, value: str | None) -> None:
        """Add a text, if there is one."""
        if value:
            self.fields[field] = encode_text(value, latin_letters=self.latin_letters)

    def title(self, field: str, value: str | None) -> None:
        """Add a title, its capitals in braces."""
        if value:
            self.fields[field] = encode_title(value, latin_letters=self.latin_letters)

    def names(self, field: str, names: Iterable[Name]) -> None:
        """Add names, if there are any."""
        if listed := tuple(names):
            self.fields[field] = encode_names(listed, latin_letters=self.latin_letters)

    def firm(self, field: str, value: str | None) -> None:
        """Add a publisher or institution; with “and” in its name it gets braces, lest it be taken for two."""
        if value:
            encoded = encode_text(value, latin_letters=self.latin_letters)
            self.fields[field] = f"{{{encoded}}}" if re.search(r"\sand\s", value) else encoded

    def verbatim(self, field: str, value: str | None) -> None:
        """Add what TeX does not read: addresses, and pairs for citecheck."""
        if value:
            self.fields[field] = value

    def carried(self, field: str, pairs: Mapping[str, str]) -> None:
        """Add pairs that only citecheck reads, if there are any."""
        if pairs:
            self.fields[field] = OWN_WORD + pack(pairs)


# --- biblatex ---------------------------------------------------------------------------------------


def biblatex_entry(source: CitedSource, options: Options) -> BibEntry:
    """Return a source as an entry for biblatex."""
    reference = source.reference
    chicago = options.dialect == "biblatex-chicago"
    match reference:
        case ArchivalReference():
            entry = _biblatex_document(reference, options, chicago)
            place, _ = split_place(flatten(reference))
            entry.carried("verba", place)
        case WorkReference():
            entry = _biblatex_work(reference, chicago)
        case OtherReference():
            entry = BibEntry("misc", latin_letters=False)
            entry.names("author", reference.creators)
            entry.title("title", reference.description)
            entry.verbatim("date", _biblatex_date(reference.date))
    if source.cited_in and options.notes is not None:
        field = "keywords" if options.notes == "keywords" else "annotation"
        entry.text(field, _cited_in(source, options))
    _carry(entry, source, "verbb", options)
    return entry


def _cited_in(source: CitedSource, options: Options) -> str:
    if options.notes == "keywords":
        # A comma parts keywords.
        return ", ".join(place.replace(",", "") for place in source.cited_in)
    return f"Cited in {'; '.join(source.cited_in)}"


def _carry(entry: BibEntry, source: CitedSource, field: str, options: Options) -> None:
    """Add what the entry does not say yet of its record, in a field of our own."""
    said = flatten(read_fields(entry.type, {**entry.fields, **entry.unbraced}, options.registry))
    entry.carried(field, difference(flatten(source.reference), said))


def _biblatex_date(date: str | None) -> str:
    # EDTF's “year unknown”: the data model asks for a date in every entry, and styles print nothing for it.
    return in_calendar(date) if date else "XXXX"


def _without_dangling_comma(entry: BibEntry, *fields: str) -> None:
    """Move what styles print before a date into a note, since they set a comma even before an empty date."""
    words = [entry.fields.pop(field) for field in fields if field in entry.fields]
    note = "note" if "howpublished" not in entry.fields else "howpublished"
    if words:
        entry.fields[note] = ", ".join(filter(None, (entry.fields.get(note), ": ".join(words))))


def _biblatex_document(reference: ArchivalReference, options: Options, chicago: bool) -> BibEntry:
    """Return an archival document: @unpublished with an author, @misc without, as the data model wants it."""
    entry = BibEntry("unpublished" if reference.creators and not chicago else "misc", latin_letters=False)
    archive = options.registry.archives.get(reference.archive or "")
    place = format_place(reference, options.form, options.registry, name_archive=True)
    entry.names("author", reference.creators)
    entry.title("title", reference.description or place)
    if chicago:
        # In biblatex-chicago any entrysubtype makes @misc a document in an archive.
        entry.text("entrysubtype", "archival")
        entry.text("note", format_levels(reference, options.form, options.registry))
        entry.text("organization", archive.name if archive is not None else reference.archive_written)
    else:
        entry.text("howpublished", place if reference.description else None)
        entry.text("library", archive.name if archive is not None else None)
    entry.text("location", archive.place if archive is not None else None)
    entry.verbatim("date", _biblatex_date(reference.date))
    if reference.date is None and not chicago:
        _without_dangling_comma(entry, "location")
    return entry


_WORKING_PAPER = re.compile(r"\b(?:paper|report|bulletin|document)s?$", re.IGNORECASE)


def _biblatex_work(reference: WorkReference, chicago: bool) -> BibEntry:
    entry = BibEntry(biblatex_type(reference), latin_letters=False)
    container = reference.container
    entry.names("author", reference.creators)
    entry.title("title", reference.title or "[untitled]")
    entry.verbatim("date", _biblatex_date(reference.date))
    entry.verbatim("origdate", reference.original_date)
    match entry.type:
        case "article":
            assert container is not None
            _add_periodical(entry, container, chicago)
            entry.names("editor", reference.editors)
            entry.names("translator", reference.translators)
            if not reference.creators:
                # An unsigned article stands under the name of its periodical (Chicago 17, 14.199).
                entry.names("author", (Name(container.title),))
        case "report":
            assert container is not None
            entry.title("type", container.title)
            entry.text("number", container.issue)
            entry.firm("institution", reference.publisher)
            entry.text("location", reference.place)
        case "thesis":
            entry.text("type", "thesis")
            entry.firm("institution", reference.publisher)
            entry.text("location", reference.place)
        case "online":
            entry.firm("organization", container.title if container is not None else reference.publisher)
        case "unpublished" | "misc":
            _add_loosely(entry, reference)
        case _:
            _add_book(entry, reference)
    if reference.locators and entry.type in _HAS_PAGES:
        entry.verbatim("pages", _pages(reference.locators))
    entry.verbatim("url", reference.url)
    if reference.date is None and entry.type not in ("thesis", "report"):
        # Theses and reports must have an institution.
        _without_dangling_comma(entry, "location", "publisher")
    return entry


_HAS_PAGES = frozenset(("article", "incollection", "inbook", "book", "collection", "report", "manual"))


def biblatex_type(reference: WorkReference) -> str:
    """Return the entry type whose mandatory fields a work has: biber warns of every one that is missing."""
    container = reference.container
    kind = container.kind if container is not None else None
    if container is not None and container.title:
        if kind in PERIODICALS:
            return "article"
        if kind == "webpage":
            return "online" if reference.url else "misc"
        if kind == "series" and _WORKING_PAPER.search(container.title) and container.issue:
            return "report" if reference.creators and reference.publisher else "misc"
        if kind != "series":
            if not reference.creators:
                return "misc"
            return "incollection" if container.creators else "inbook"
    if reference.genre == "thesis":
        return "thesis" if reference.creators and reference.publisher else "misc"
    if reference.genre is not None:
        if reference.url:
            return "online"
        return "unpublished" if reference.creators and not _is_published(reference) else "misc"
    if reference.creators:
        return "book"
    # A manual needs neither author nor editor, and is printed like a book.
    return "collection" if reference.editors else "manual"


def _is_published(reference: WorkReference) -> bool:
    return reference.publisher is not None or bool(reference.editors or reference.translators)


def _add_periodical(entry: BibEntry, container: Container, chicago: bool) -> None:
    entry.title("journaltitle", container.title)
    volume = _integer(container.volume)
    entry.text("volume", volume)
    # The data model has figures only for a volume.
    other = container.volume if container.volume and volume is None else None
    entry.text("number", ", ".join(filter(None, (other, container.issue))))
    if container.kind != "article-journal":
        entry.text("entrysubtype", "magazine" if chicago else (container.kind or "").removeprefix("article-"))


def _integer(volume: str | None) -> str | None:
    """Return a volume in figures, Roman ones turned; None for what is no number."""
    if volume is None or volume.isdecimal():
        return volume
    value = roman_value(volume)
    return str(value) if value is not None else None


def _add_book(entry: BibEntry, reference: WorkReference) -> None:
    container = reference.container
    is_part = entry.type in ("incollection", "inbook")
    notes: list[str] = []
    if container is not None and container.kind == "series":
        entry.title("series", container.title)
        entry.text("number", ", ".join(filter(None, (container.volume, container.issue))))
    elif container is not None:
        entry.title("booktitle", container.title)
    people = container.creators if is_part and container is not None else reference.editors
    entry.names("editor", people)
    volume = container.volume if is_part and container is not None else reference.volume
    if entry.type == "manual":
        notes += [f"trans. {format_names(reference.translators)}"] if reference.translators else []
        notes += [f"vol. {volume}"] if volume else []
    else:
        entry.names("translator", reference.translators)
        entry.text("volume", _integer(volume))
        notes += [f"vol. {volume}"] if volume and _integer(volume) is None else []
    entry.text("edition", _edition(reference.edition))
    entry.text("note", ", ".join(notes))
    entry.firm("publisher", reference.publisher)
    entry.text("location", reference.place)


def _edition(edition: str | None) -> str | None:
    """Return a plain edition by its number, which styles print in the language of the document."""
    plain = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?\.?(?:\s+ed(?:ition|n)?\.?)?", edition or "")
    return plain.group(1) if plain is not None else edition


def _add_loosely(entry: BibEntry, reference: WorkReference) -> None:
    """Add what @misc and @unpublished have no fields for, in words."""
    container = reference.container
    host = None
    if container is not None and container.title:
        number = " ".join(filter(None, (container.volume, container.issue)))
        editors = f"ed. {format_names(container.creators)}" if container.creators else None
        host = ", ".join(filter(None, (" ".join(filter(None, (container.title, number))), editors)))
    if reference.genre not in (None, "manuscript", "webpage"):
        entry.text("type", reference.genre)
    entry.text("howpublished", ", ".join(filter(None, (host, reference.publisher))))
    if entry.type == "misc":
        entry.names("editor", reference.editors)
    entry.text("location", reference.place)


def _pages(locators: Iterable[Locator]) -> str:
    """Return page ranges as both programs have them: 264--284."""
    return ", ".join(format_range(locator, "--") for locator in locators)


# --- BibTeX -----------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex_entry(source: CitedSource, options: Options) -> BibEntry:
    """Return a source as an entry for BibTeX, whose styles pass over every field that they do not know."""
    reference = source.reference
    match reference:
        case ArchivalReference():
            entry = _bibtex_document(reference, options)
            place, _ = split_place(flatten(reference))
            for name, value in place.items():
                if re.fullmatch(r"[a-z0-9_-]+", name):
                    entry.verbatim(f"{OWN_PREFIX}{name}", mark(value))
        case WorkReference():
            entry = _bibtex_work(reference)
        case OtherReference():
            entry = BibEntry("misc", latin_letters=True)
            entry.names("author", reference.creators)
            entry.title("title", reference.description)
            _add_date(entry, reference.date)
    if source.cited_in and options.notes is not None:
        entry.text("keywords" if options.notes == "keywords" else "annote", _cited_in(source, options))
    _carry(entry, source, "citecheck", options)
    return entry


def _add_date(entry: BibEntry, date: str | None) -> None:
    if date is None:
        return
    date = in_calendar(date)
    parts = split_date(date)
    if parts is None:
        entry.text("year", date.replace("/", "–"))
        return
    year, month, day = parts
    entry.text("year", year)
    if month is not None:
        macro = _MONTHS[month - 1]
        entry.unbraced["month"] = f'"{day}~" # {macro}' if day else macro


def _bibtex_document(reference: ArchivalReference, options: Options) -> BibEntry:
    entry = BibEntry("unpublished" if reference.creators else "misc", latin_letters=True)
    archive = options.registry.archives.get(reference.archive or "")
    place = format_place(reference, options.form, options.registry, name_archive=True)
    entry.names("author", reference.creators)
    entry.title("title", reference.description or place)
    if reference.description:
        # BibTeX's @unpublished prints no howpublished, its @misc prints both.
        entry.text("note" if entry.type == "unpublished" else "howpublished", place)
    if not reference.creators:
        # By what BibTeX sorts an entry that has no author.
        entry.text("key", archive_name(reference, Form.ABBREVIATED, options.registry))
    entry.text("library", archive.name if archive is not None else None)
    entry.text("address", archive.place if archive is not None else None)
    _add_date(entry, reference.date)
    return entry


def _bibtex_type(reference: WorkReference) -> str:
    container = reference.container
    if container is not None and container.title:
        if container.kind in PERIODICALS:
            return "article"
        if container.kind == "webpage":
            return "misc"
        if container.kind == "series" and _WORKING_PAPER.search(container.title) and container.issue:
            return "techreport"
        if container.kind != "series":
            return "incollection"
    if reference.genre == "thesis":
        return "phdthesis"
    if reference.genre is not None:
        return "misc" if _is_published(reference) or reference.url else "unpublished"
    return "book"


def _bibtex_work(reference: WorkReference) -> BibEntry:
    entry = BibEntry(_bibtex_type(reference), latin_letters=True)
    container = reference.container
    notes = []
    entry.names("author", reference.creators)
    if not reference.creators and not reference.editors:
        entry.text("key", reference.title)
    entry.title("title", reference.title)
    match entry.type:
        case "article":
            assert container is not None
            entry.title("journal", container.title)
            entry.text("volume", container.volume)
            entry.text("number", container.issue)
        case "techreport":
            assert container is not None
            entry.title("type", container.title)
            entry.text("number", container.issue)
            entry.firm("institution", reference.publisher)
        case "phdthesis":
            entry.firm("school", reference.publisher)
        case "incollection":
            assert container is not None
            entry.title("booktitle", container.title)
            entry.names("editor", container.creators)
            entry.text("volume", container.volume)
            entry.firm("publisher", reference.publisher)
        case "misc" | "unpublished":
            host = container.title if container is not None else None
            place = ": ".join(filter(None, (reference.place, reference.publisher)))
            where = ", ".join(filter(None, (host, reference.genre, place)))
            entry.text("note" if entry.type == "unpublished" else "howpublished", where)
        case _:
            if container is not None:
                entry.title("series", container.title)
                entry.text("number", ", ".join(filter(None, (container.volume, container.issue))))
            entry.text("volume", reference.volume)
            entry.firm("publisher", reference.publisher)
            entry.names("editor", () if reference.creators else reference.editors)
    if reference.editors and "editor" not in entry.fields:
        notes.append(f"Edited by {format_names(reference.editors)}")
    if reference.translators:
        notes.append(f"Translated by {format_names(reference.translators)}")
    if reference.original_date:
        # BibTeX's styles know one year.
        notes.append(f"First published {reference.original_date}")
    if entry.type not in ("misc", "unpublished"):
        entry.text("address", reference.place)
        entry.text("edition", reference.edition)
    if notes and "note" not in entry.fields:
        entry.text("note", ". ".join(notes))
    if reference.locators:
        entry.verbatim("pages", _pages(reference.locators))
    _add_date(entry, reference.date)
    entry.verbatim("url", reference.url)
    return entry


# --- writing ----------------------------------------------------------------------------------------


def write_entries(entries: Iterator[tuple[str, BibEntry]], out: TextIO) -> None:
    """Write keys with their entries by bibtexparser, some hundred at a time, so that memory stays bounded."""
    # The parser is slow to import; nothing else in citecheck's start needs it.
    from bibtexparser import middlewares, model
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.writer import BibtexFormat

    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.block_separator = "\n"
    layout.trailing_comma = True
    stack = middlewares.default_unparse_stack(allow_inplace_modification=True)
    first = True
    while chunk := list(islice(entries, _CHUNK)):
        blocks: list[model.Block] = []
        for key, entry in chunk:
            fields = [model.Field(name, value, enclosing="{") for name, value in entry.fields.items()]
            fields += [
                model.Field(name, value, enclosing="no-enclosing") for name, value in entry.unbraced.items()
            ]
            blocks.append(model.Entry(entry.type, key, fields))
        out.write("" if first else layout.block_separator)
        out.write(write_string(Library(blocks), unparse_stack=stack, bibtex_format=layout))
        first = False
