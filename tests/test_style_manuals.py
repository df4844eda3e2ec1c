"""Notes as the style manuals show them and as historians write them, each with its expected records.

Every file in seeds/citations that has notes is read: text in, records out.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from citecheck.citations import Locator, Name
from citecheck.reading.segmenting import split_clauses
from citecheck.reading.works import Found, read_clause
from citecheck.resources import data_folder

FILES = sorted(data_folder("seeds").joinpath("citations").glob("*.toml"))


def notes() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, note)
        for path in FILES
        for note in tomllib.loads(path.read_text(encoding="utf-8")).get("note", ())
    ]


def read(text: str) -> list[Found]:
    return [found for clause in split_clauses(text) for found in read_clause(text, clause)]


def name(one: Name) -> str:
    return one.family if one.given is None else f"{one.family}, {one.given}"


def place(locator: Locator) -> str:
    return f"{locator.label} {locator.start}" + (f"–{locator.end}" if locator.end else "")


def row(found: Found, text: str) -> dict[str, Any]:
    """Write a reading as the files do: what is empty is left out."""
    reference = found.reference
    plain = (
        "title",
        "date",
        "suffix",
        "place",
        "publisher",
        "edition",
        "volume",
        "genre",
        "url",
        "description",
    )
    values: dict[str, Any] = {"kind": reference.kind.value, "signal": found.signal}
    values["text"] = text[found.start : found.end]
    for field in (*plain, "form", "target"):
        values[field] = getattr(reference, field, None)
    values["values"] = list(getattr(reference, "values", ()))
    for field in ("creators", "editors", "translators"):
        values[field] = [name(one) for one in getattr(reference, field, ())]
    values["locators"] = [place(locator) for locator in reference.locators]
    container = getattr(reference, "container", None)
    if container is not None:
        inside = {field: getattr(container, field) for field in ("title", "volume", "issue", "kind")}
        inside["creators"] = [name(one) for one in container.creators]
        values["container"] = {field: value for field, value in inside.items() if value}
    return {field: value for field, value in values.items() if value}


@pytest.mark.parametrize(
    ("source", "note"), notes(), ids=[f"{source}: {note['text'][:50]}" for source, note in notes()]
)
def test_a_note_is_read_as_expected(source: str, note: dict[str, Any]) -> None:
    text = note["text"]
    rows = [row(found, text) for found in read(text)]
    expected = note["citations"]
    if len(expected) == 1 and "text" not in expected[0]:
        # One citation that fills its note, but for the full stop.
        expected = [{**expected[0], "text": text.rstrip(".")}]
    assert rows == expected


@pytest.mark.parametrize(("source", "note"), notes())
def test_spans_lead_back_to_the_words(source: str, note: dict[str, Any]) -> None:
    text = note["text"]
    for found in read(text):
        words = text[found.start : found.end]
        for locator in found.reference.locators:
            assert words[slice(*locator.span)] == locator.written
        span = getattr(found.reference, "title_span", None)
        if span is not None:
            assert words[slice(*span)].replace("*", "").strip(" “”\"‘’'") in text.replace("*", "")


def test_there_are_notes_of_every_manual() -> None:
    assert {"chicago", "mhra", "gost"} <= {path.stem for path in FILES if isinstance(path, Path)}
