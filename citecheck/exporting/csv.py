"""CSV: a table for spreadsheets, one source a row."""

import csv
from collections.abc import Iterable
from typing import TextIO

from citecheck.citations import ArchivalReference, Name, OtherReference, WorkReference
from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.formatting.archive_names import archive_name
from citecheck.formatting.chicago import format_name, format_range
from citecheck.formatting.references import format_reference

FORMAT = "csv"
DIALECTS: tuple[str, ...] = ()

_COLUMNS = (
    *("key", "kind", "creators", "title", "container", "volume", "issue", "pages"),
    *("place", "publisher", "date", "edition", "editors", "translators", "url"),
    *("archive", "archive_id", "archive_place", "levels", "leaves", "citation", "cited_in"),
)


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as rows below a row of names."""
    # Without it Excel takes UTF-8 for a Western code page, and Cyrillic for nonsense.
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    columns = [column for column in _COLUMNS if column != "cited_in" or options.notes is not None]
    table = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    for source in sources:
        table.writerow({column: _harmless(value or "") for column, value in _row(source, options).items()})


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula and runs."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _row(source: CitedSource, options: Options) -> dict[str, str | None]:
    reference = source.reference
    row: dict[str, str | None] = {
        "key": source.key,
        "kind": str(reference.kind),
        "creators": _people(reference.creators),
        "date": reference.date,
        "citation": format_reference(reference, options.form, options.registry),
        "cited_in": "; ".join(source.cited_in),
    }
    match reference:
        case ArchivalReference():
            archive = options.registry.archives.get(reference.archive or "")
            row |= {
                "title": reference.description,
                "archive": archive_name(reference, options.form, options.registry),
                "archive_id": reference.archive,
                "archive_place": archive.place if archive is not None else None,
                "levels": "; ".join(f"{level.key} {level.value}" for level in reference.levels),
                "leaves": ", ".join(format_range(locator) for locator in reference.locators),
            }
        case WorkReference():
            row |= _work(reference)
        case OtherReference():
            row["title"] = reference.description
    return row


def _work(reference: WorkReference) -> dict[str, str | None]:
    container = reference.container
    return {
        "title": reference.title,
        "container": container.title if container is not None else None,
        "volume": (container.volume if container is not None else None) or reference.volume,
        "issue": container.issue if container is not None else None,
        "pages": ", ".join(format_range(locator) for locator in reference.locators),
        "place": reference.place,
        "publisher": reference.publisher,
        "edition": reference.edition,
        "editors": _people(reference.editors or (container.creators if container is not None else ())),
        "translators": _people(reference.translators),
        "url": reference.url,
    }


def _people(names: Iterable[Name]) -> str:
    return "; ".join(map(format_name, names))
