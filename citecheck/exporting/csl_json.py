"""CSL-JSON: for Zotero, pandoc, and everything else that speaks the Citation Style Language."""

import json
import re
from collections.abc import Iterable
from typing import Any, TextIO

from citecheck.citations import ArchivalReference, Name, OtherReference, WorkReference
from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.formatting.archive_names import archive_name
from citecheck.formatting.carried import difference, flatten, split_place
from citecheck.formatting.chicago import PERIODICALS, format_range
from citecheck.formatting.dates import in_calendar, split_date
from citecheck.formatting.forms import Form
from citecheck.formatting.references import split_levels
from citecheck.libraries.csl_json import read_item

FORMAT = "csl-json"
DIALECTS: tuple[str, ...] = ()


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as an array of items, one a line."""
    out.write("[")
    for index, source in enumerate(sources):
        out.write(",\n" if index else "\n")
        out.write(json.dumps(csl_item(source, options), ensure_ascii=False))
    out.write("\n]\n")


def csl_item(source: CitedSource, options: Options) -> dict[str, Any]:
    """Return a source as an item of CSL."""
    reference = source.reference
    match reference:
        case ArchivalReference():
            fields = _document(reference, options)
        case WorkReference():
            fields = _work(reference)
        case OtherReference():
            fields = {
                "type": "manuscript",
                "author": _names(reference.creators),
                "title": reference.description,
                "issued": _date(reference.date),
            }
    item = {"id": source.key, **{name: value for name, value in fields.items() if value}}
    if source.cited_in and options.notes == "keywords":
        item["keyword"] = ", ".join(place.replace(",", "") for place in source.cited_in)
    elif source.cited_in and options.notes == "note":
        item["annote"] = f"Cited in {'; '.join(source.cited_in)}"
    wanted = flatten(reference)
    own: dict[str, dict[str, str]] = {}
    if isinstance(reference, ArchivalReference):
        own["place"] = split_place(wanted)[0]
        item["custom"] = {"citecheck": own}
    said = flatten(read_item(item, options.registry)[0])
    if rest := difference(wanted, said):
        item["custom"] = {"citecheck": {**own, "record": rest}}
    return item


def _names(names: Iterable[Name]) -> list[dict[str, str]]:
    found = []
    for name in names:
        if name.given is None and name.suffix is None:
            found.append({"literal": name.family})
            continue
        parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
        found.append({part: value for part, value in parts.items() if value})
    return found


def _date(date: str | None) -> dict[str, Any] | None:
    """Return a date twice: in EDTF, and in the parts that processors read which know no EDTF."""
    if date is None:
        return None
    date = in_calendar(date)
    ends = [split_date(end) for end in date.split("/")]
    parts = [[int(part) for part in end if part is not None] for end in ends if end is not None]
    if len(parts) != len(ends):
        return {"literal": date}
    return {"date-parts": parts, "edtf": date}


# --- archives -------------------------------------------------------------------------------------------

# The kinds of documents that CSL's genre is for; the first that a description names.
_GENRE = re.compile(
    r"\b(memorandum|memo|report|letter|telegram|cable|note|minutes|protocol|record|diary|journal|study|"
    r"information|resolution|decree|order|transcript|stenogram|speech|despatch|dispatch|circular|draft|"
    r"statement|account|summary|review|list|questionnaire|interview|petition|plan|agreement|bulletin|"
    r"доклад|отчет|письмо|телеграмма|записка|справка|протокол|дневник|постановление|донесение|стенограмма)\b",
    re.IGNORECASE,
)


def _document(reference: ArchivalReference, options: Options) -> dict[str, Any]:
    archive = options.registry.archives.get(reference.archive or "")
    name = archive_name(reference, Form.ABBREVIATED, options.registry)
    genre = _GENRE.search(reference.description or "")
    collection, location = split_levels(reference, options.form, options.registry)
    return {
        "type": "manuscript",
        "title": reference.description,
        "author": _names(reference.creators),
        "issued": _date(reference.date),
        "genre": genre.group().lower() if genre is not None else None,
        "archive": f"{archive.name} ({name})" if archive is not None and name != archive.name else name,
        "archive-place": archive.place if archive is not None else None,
        "archive_collection": _named(collection, reference, options),
        "archive_location": location,
    }


def _named(collection: str, reference: ArchivalReference, options: Options) -> str | None:
    """Return the collection with the name by which the registry knows it: “KTS (XIX-J-1-j Korea)”."""
    if not reference.levels:
        return None
    archive = options.registry.archives.get(reference.archive or "")
    known: dict[tuple[str, str], str | None] = {}
    if archive is not None:
        known |= {("series", series.code): series.reference or series.name for series in archive.series}
        known |= {(unit.level, unit.value): unit.name for unit in archive.units}
    name = known.get((reference.levels[0].key, reference.levels[0].value))
    return f"{collection} ({name})" if collection and name else collection or name


# --- works ----------------------------------------------------------------------------------------------


def _work(reference: WorkReference) -> dict[str, Any]:
    container = reference.container
    fields: dict[str, Any] = {
        "type": _type(reference),
        "title": reference.title,
        "author": _names(reference.creators),
        "editor": _names(reference.editors),
        "translator": _names(reference.translators),
        "issued": _date(reference.date),
        "original-date": _date(reference.original_date),
        "year-suffix": reference.suffix,
        "publisher": reference.publisher,
        "publisher-place": reference.place,
        "edition": reference.edition,
        "volume": reference.volume,
        "URL": reference.url,
        "genre": _GENRES.get(reference.genre or "", reference.genre),
        "page": ", ".join(format_range(locator) for locator in reference.locators),
    }
    if container is None:
        return fields
    if container.kind == "series":
        number = container.issue or container.volume
        return {**fields, "collection-title": container.title, "collection-number": number}
    fields["container-title"] = container.title
    fields["volume"] = container.volume or reference.volume
    fields["issue"] = container.issue
    if container.creators:
        fields["editor"] = _names(container.creators)
    return fields


_GENRES = {"thesis": "PhD diss.", "manuscript": None, "webpage": None}


def _type(reference: WorkReference) -> str:
    container = reference.container
    if container is not None and container.kind in PERIODICALS:
        return container.kind or ""
    if container is not None and container.kind == "webpage":
        return "webpage"
    if container is not None and container.kind != "series":
        return "chapter"
    if reference.genre in ("thesis", "manuscript", "webpage"):
        return reference.genre
    if reference.genre is not None and reference.publisher is None:
        return "document"
    return "book"
