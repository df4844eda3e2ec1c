"""Citations of archives as historians of many countries write them, with their document and its date."""

from pathlib import Path

import pytest

from citecheck import parse_citation
from citecheck.citations import ArchivalReference

_LINES = (Path(__file__).parent / "cases" / "citations.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.split(" | ") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("text", "expected", "date", "description"), CASES, ids=[case[0][:60] for case in CASES]
)
def test_archival_citation_is_read_as_a_whole(text: str, expected: str, date: str, description: str) -> None:
    (citation,) = parse_citation(text)
    reference = citation.reference
    assert isinstance(reference, ArchivalReference)
    levels = [f"{level.key}={level.value}" for level in reference.levels]
    leaves = [f"@{leaf.start}" + (f"-{leaf.end}" if leaf.end else "") for leaf in reference.locators]
    assert sorted(expected.split()) == sorted(" ".join((reference.archive or "?", *levels, *leaves)).split())
    if date != "-":
        assert reference.date == date
    if description != "-":
        assert (reference.description or "").strip(' ,.“”"') == description.strip(' ,.“”"')
