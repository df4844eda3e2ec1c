"""Citations for people: each with the fields that were read."""

from collections.abc import Iterator
from typing import Any, TextIO

from citecheck.documents import Document
from citecheck.reporting.citation_json import document_rows


def print_reading(document: Document, out: TextIO) -> None:
    """Print every citation and bibliography entry of a document with its reading."""
    rows = list(document_rows(document))
    for row in rows:
        print(f"{row['id']}  {row['kind']}  {row['text']}", file=out)
        for name, value in _fields(row):
            print(f"    {name:12} {value}", file=out)
    if not rows:
        print(f"{document.manuscript.path}: no citation was found", file=out)


def _fields(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in (
        "signal",
        "creators",
        "title",
        "container",
        "editors",
        "description",
        "date",
        "original_date",
        "suffix",
        "place",
        "publisher",
    ):
        value = row.get(key)
        if value:
            yield key, _words(value)
    if row["archive"] is not None:
        if archive := row["archive"].get("id") or row["archive"]["repository"]:
            yield "archive", archive
        for key, value in row["archive"]["levels"]:
            yield key, value
    for locator in row["locators"]:
        yield locator["label"], locator["start"] + (f"–{locator['end']}" if locator["end"] else "")
    if row.get("unread"):
        yield "not read", row["unread"]
    for key in ("antecedent", "entry", "candidates", "key"):
        if row.get(key):
            yield key, _words(row[key])


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_words(item) for item in value)
    if isinstance(value, dict):
        if "family" in value:
            return f"{value['family']}, {value['given']}"
        return ", ".join(f"{_words(item)}" for item in value.values() if item)
    return str(value)
