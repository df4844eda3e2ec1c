"""Findings made for tests, and what is needed to look into the files that were written."""

import io
import re
import zipfile

import pytest

from citecheck.findings import Applicability, Edit, Finding, Fix, Problem, Severity
from citecheck.manuscript import Manuscript, Span
from tests.shared import SHARED

SAMPLES = SHARED / "formats" / "samples"


def sample(name: str) -> bytes:
    if not (SAMPLES / name).exists():
        pytest.skip(f"{SAMPLES / name} is not here")
    return (SAMPLES / name).read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def finding(
    manuscript: Manuscript,
    words: str,
    new: str | None = None,
    *,
    safe: bool = True,
    occurrence: int = 0,
    **problem: object,
) -> Finding:
    """Return a finding about words of the manuscript, with a fix if new words are given."""
    start = [found.start() for found in re.finditer(re.escape(words), manuscript.text)][occurrence]
    span = Span(start, start + len(words))
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    fix = None if new is None else Fix(applicability, (Edit(span, new),))
    made = Problem(span, "something is wrong", fix=fix, **problem)  # type: ignore[arg-type]
    return Finding("TST101", "made-up", Severity.NOTE, "citation", manuscript, made)


def each_word(manuscript: Manuscript, pattern: str, new: str) -> list[Finding]:
    """Return a finding with a fix for each place where a pattern is found."""
    found = []
    for match in re.finditer(pattern, manuscript.text):
        fix = Fix(Applicability.SAFE, (Edit(Span(*match.span()), match.expand(new)),))
        problem = Problem(Span(*match.span()), "something is wrong", fix=fix)
        found.append(Finding("TST101", "made-up", Severity.NOTE, "citation", manuscript, problem))
    return found


def texts(manuscript: Manuscript) -> tuple[list[tuple[str | None, str]], list[str], list[str]]:
    return (
        [(note.label, note.passage.text) for note in manuscript.notes],
        [passage.text for passage in manuscript.body],
        [item.passage.text for item in manuscript.bibliography],
    )
