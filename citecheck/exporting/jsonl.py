"""JSON lines: the schema in the first, then one source a line, with the fields of ``citecheck parse``."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from citecheck.citations import ArchivalReference, OtherReference, WorkReference
from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.formatting.references import format_archival
from citecheck.reporting.citation_json import SCHEMA, archive_json, locator_json, name_json

FORMAT = "jsonl"
DIALECTS: tuple[str, ...] = ()


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as objects, one a line."""
    out.write(json.dumps({"schema": SCHEMA}) + "\n")
    for source in sources:
        out.write(json.dumps(source_row(source, options), ensure_ascii=False) + "\n")


def source_row(source: CitedSource, options: Options) -> dict[str, Any]:
    """Return a source for other programs; ``cited_in`` stands only where citing notes are wanted."""
    reference = source.reference
    row: dict[str, Any] = {"key": source.key, "kind": str(reference.kind)}
    match reference:
        case ArchivalReference():
            row |= {
                "description": reference.description,
                "archive": archive_json(reference.archive, reference.levels, options.registry),
                "locators": [locator_json(locator) for locator in reference.locators],
                "formatted": format_archival(reference, options.form, options.registry),
            }
        case WorkReference():
            row |= _work(reference)
        case OtherReference():
            row["description"] = reference.description
    row |= {"creators": [name_json(name) for name in reference.creators], "date": reference.date}
    row["text"] = source.written or None
    if options.notes is not None:
        row["cited_in"] = list(source.cited_in)
    return {name: value for name, value in row.items() if value not in (None, [])}


def _work(reference: WorkReference) -> dict[str, Any]:
    container = reference.container
    row: dict[str, Any] = {
        "title": reference.title,
        "suffix": reference.suffix,
        "editors": [name_json(name) for name in reference.editors],
        "translators": [name_json(name) for name in reference.translators],
        "locators": [locator_json(locator) for locator in reference.locators],
    }
    fields = ("publisher", "place", "edition", "volume", "url", "genre")
    row |= {field: getattr(reference, field) for field in fields}
    if container is not None:
        host = {
            "creators": [name_json(name) for name in container.creators],
            "title": container.title,
            "type": container.kind,
            "volume": container.volume,
            "issue": container.issue,
        }
        row["container"] = {name: value for name, value in host.items() if value}
    return row
