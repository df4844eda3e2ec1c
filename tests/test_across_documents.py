"""What manuscripts say of one another: the project's own fixture, and the gold standard where at hand."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from citecheck.analysis import analyse
from citecheck.corpus.contradictions import Comparison
from citecheck.corpus.verification import Verified, find_elsewhere, verify_quotations
from citecheck.corpus.wording import read_words
from citecheck.documents import Corpus, Document
from citecheck.findings import Finding
from citecheck.linting import check
from citecheck.readers import read_manuscript
from citecheck.resources import data_folder
from citecheck.rules import all_rules
from tests.shared import SHARED

OWN = data_folder("seeds") / "across"
GOLD = SHARED / "gold" / "across-documents.jsonl"
SEEDS = SHARED / "seeds"
COMPARING = tuple(rule for rule in all_rules() if isinstance(rule.check, Comparison))
CORPUS_RULES = tuple(rule for rule in all_rules() if rule.subject is Corpus)


@cache
def documents(folder: Path) -> tuple[Document, ...]:
    return tuple(analyse(read_manuscript(file)) for file in sorted(folder.glob("*.txt")))


@cache
def quotations(folder: Path) -> tuple[Verified, ...]:
    corpus = Corpus(documents(folder))
    return find_elsewhere(verify_quotations(corpus), corpus)


@cache
def findings(folder: Path) -> tuple[Finding, ...]:
    return tuple(check(documents(folder), CORPUS_RULES))


def letters(text: str) -> str:
    return "".join(word.key for word in read_words(text))


def rows(path: Path) -> list[dict[str, Any]]:
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


def name(document: Document) -> str:
    return Path(document.manuscript.path).name


# ---- the project's own fixture


@pytest.mark.parametrize(
    "row",
    rows(OWN / "expected.jsonl"),
    ids=lambda row: f"{row['kind']}: {row.get('text') or row.get('says')}"[:60],
)
def test_own_fixture(row: Mapping[str, Any]) -> None:
    if row["kind"] == "quotation":
        (found,) = (
            each
            for each in quotations(OWN)
            if name(each.document) == row["manuscript"]
            and " ".join(each.quotation.text.split()).startswith(row["text"])
        )
        assert str(found.verdict) == row["verdict"]
        assert (found.source.name if found.source is not None else None) == row.get("source")
        assert [[change.quoted, change.source] for change in found.changes] == row.get("difference", [])
    elif row["kind"] == "finding":
        assert any(
            finding.code == row["code"]
            and Path(finding.manuscript.path).name == row["manuscript"]
            and row["says"] in finding.message
            for finding in findings(OWN)
        )
    else:
        for finding in findings(OWN):
            citation = finding.problem.citation
            if Path(finding.manuscript.path).name == row["manuscript"] and citation is not None:
                assert row["text"] not in citation.text, finding.message


def test_own_fixture_has_nothing_else_to_report() -> None:
    expected = [
        (row["manuscript"], row["code"]) for row in rows(OWN / "expected.jsonl") if row["kind"] == "finding"
    ]
    assert sorted((Path(finding.manuscript.path).name, finding.code) for finding in findings(OWN)) == sorted(
        expected
    )


def test_every_contradiction_shows_both_places() -> None:
    for finding in findings(OWN):
        assert finding.problem.related, finding.message
        for related in finding.problem.related:
            shown = related.manuscript.text[related.span.start : related.span.end]
            assert shown.strip(), finding.message


# ---- the gold standard


# A shared_work or archival_document row lists every difference in form; these are the ones that are at odds.
AT_ODDS = {"w10": "CON230"}
VERDICTS = {
    "verified": {"found"},
    "verified_punctuation": {"found"},
    "verified_ellipsis": {"found"},
    "altered_spelling": {"found"},
    "altered": {"altered"},
    "not_found": {"not found", "unverifiable"},
    "different_translation": {"unverifiable"},
    "source_page_missing": {"unverifiable"},
    "source_not_in_seed": {"unverifiable"},
    "internal_consistent": {"unverifiable", "found"},
}

at_hand = pytest.mark.skipif(not GOLD.exists(), reason=f"{GOLD} is not at hand")


@at_hand
@pytest.mark.parametrize(
    "row", [row for row in rows(GOLD) if row["type"] == "quotation"], ids=lambda row: row["id"]
)
def test_gold_quotation(row: Mapping[str, Any]) -> None:
    wanted = letters(row["quoted_text"])
    found = [
        each
        for each in quotations(SEEDS)
        if row["quoting_doc"] in name(each.document)
        and each.document.manuscript.position(each.quotation.span.start).line == row["quoting_line"]
        and (wanted in letters(each.quotation.text) or letters(each.quotation.text) in wanted)
    ]
    assert found, "the quotation itself was not found"
    best = min(found, key=lambda each: abs(len(letters(each.quotation.text)) - len(wanted)))
    assert str(best.verdict) in VERDICTS[row["verdict"]]
    if row["verdict"] == "altered":
        assert best.changes
        quoted = {word.key for change in best.changes for word in read_words(change.quoted)}
        source = {word.key for change in best.changes for word in read_words(change.source)}
        expected = {
            word.key
            for part in row["difference"]
            for one, other in ((part["quoted"], part["source"]), (part["source"], part["quoted"]))
            for word in read_words(one)
            if letters(one) != letters(other) and word.key not in {word.key for word in read_words(other)}
        }
        # The changes of a rewritten passage can be cut in many ways, but most of their words are the same.
        assert len(expected - quoted - source) <= len(expected) // 4


def line_of(finding: Finding) -> int:
    return finding.manuscript.position(finding.span.start).line


@at_hand
@pytest.mark.parametrize(
    "row", [row for row in rows(GOLD) if row["id"] in AT_ODDS], ids=lambda row: row["id"]
)
def test_gold_discrepancy_is_reported(row: Mapping[str, Any]) -> None:
    lines = {form["line"] for form in row["forms"]}
    codes = {finding.code for finding in findings(SEEDS) if line_of(finding) in lines}
    assert AT_ODDS[row["id"]] in codes


@at_hand
def test_gold_has_no_other_contradiction() -> None:
    reported = [finding.message for finding in check(documents(SEEDS), COMPARING)]
    assert len(reported) == len(AT_ODDS), reported


@at_hand
def test_gold_altered_quotations_are_reported_and_no_others() -> None:
    altered = {row["quoting_line"] for row in rows(GOLD) if row.get("verdict") == "altered"}
    reported = {line_of(finding) for finding in findings(SEEDS) if finding.code.startswith("QUO")}
    assert reported == altered
