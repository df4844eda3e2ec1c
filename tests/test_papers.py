"""Golden files: the references of two real works, with their expected records."""

import json
from pathlib import Path
from typing import Any

import pytest

from citecheck.analysis import analyse
from citecheck.readers import read_manuscript
from citecheck.reporting.citation_json import document_rows

PAPERS = Path(__file__).parent.parent / "seeds" / "papers"
LEVELS = {"box": "doboz", "item": "tetel", "number": "iktatoszam"}


def expected(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAPERS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def fold(text: str | None) -> str:
    return " ".join((text or "").replace("*", "").strip(" .,;").split()).casefold()


@pytest.fixture(scope="module", params=["person-2006", "szalontai-2005"])
def paper(request: pytest.FixtureRequest) -> tuple[str, dict[str, dict[str, Any]]]:
    document = analyse(read_manuscript(PAPERS / f"{request.param}.txt"))
    return request.param, {row["id"]: row for row in document_rows(document)}


def test_every_reference_is_found(paper: tuple[str, dict[str, dict[str, Any]]]) -> None:
    name, rows = paper
    assert [wanted["id"] for wanted in expected(name) if wanted["id"] not in rows] == []


@pytest.mark.parametrize("field", ["kind", "date", "locators", "levels", "description", "title"])
def test_references_are_read_as_expected(paper: tuple[str, dict[str, dict[str, Any]]], field: str) -> None:
    name, rows = paper
    wrong = []
    for wanted in expected(name):
        row = rows[wanted["id"]]
        if field == "levels" and "archive" in wanted:
            want = [[LEVELS.get(key, key), value] for key, value in wanted["archive"]["levels"]]
            got = row["archive"] and row["archive"]["levels"]
        elif field in ("title", "description"):
            want, got = fold(wanted.get(field)), fold(row[field])
        elif field in wanted:
            want, got = wanted[field], row[field]
        else:
            continue
        if want and want != got:
            wrong.append((wanted["id"], want, got))
    assert wrong == [], f"{len(wrong)} of {len(rows)}"
