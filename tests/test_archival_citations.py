"""Citations of archives as historians write them, and what each must be read as: place, leaves, date, description.

The references are composed: archives and customs are real, numbers are not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from citecheck import parse_citation
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference, IbidReference

CASES = Path(__file__).parent / "cases" / "citations"
REGISTRY = load_registry()


def cases() -> Iterator[tuple[str, list[str]]]:
    """Yield each text with the lines that stand indented under it, one for each citation."""
    for path in sorted(CASES.glob("*.txt")):
        text, expected = "", list[str]()
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("  "):
                expected.append(line.strip())
            elif not line.startswith("#"):
                if text:
                    yield text, expected
                text, expected = line, []


def record(reference: ArchivalReference | IbidReference) -> list[str]:
    """Write a citation's parts: the archive as citation JSON has it, levels, leaves, date and description."""
    archive = "-"
    parts = [f"{level.key}={level.value}" for level in reference.levels]
    parts += [f"@{leaf.start}" + (f"..{leaf.end}" if leaf.end else "") for leaf in reference.locators]
    if isinstance(reference, ArchivalReference):
        known = REGISTRY.archives.get(reference.archive or "")
        archive = (known.listed_under or known.id) if known is not None else "-"
        parts += [reference.date] if reference.date else []
        parts += [f"“{_bare(reference.description)}”"] if reference.description else []
    return sorted([archive, *parts])


def _bare(description: str) -> str:
    return description.strip(" ,.;:“”\"'«»")


@pytest.mark.parametrize(("text", "expected"), list(cases()), ids=str)
def test_a_citation_is_read_whole(text: str, expected: list[str]) -> None:
    found = [citation.reference for citation in parse_citation(text)]
    archival = [reference for reference in found if isinstance(reference, ArchivalReference | IbidReference)]
    assert [record(reference) for reference in archival] == [
        sorted(re.split(r"; ", line)) for line in expected
    ]
