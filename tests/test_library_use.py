"""citecheck as a library: what users import, and what the short ways in do with what they are given."""

import importlib
from pathlib import Path

import pytest

import citecheck
from citecheck import ManuscriptError, SelectionError, apply_fixes, lint

_BACKWARDS = "1. RGANI, Fond 5, Opus 28, Delo 410, Listy 85-74.\n"


def test_every_public_name_is_there_and_documented() -> None:
    assert dir(citecheck) == list(citecheck.__all__)
    for name in citecheck.__all__:
        assert getattr(citecheck, name).__doc__, name


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="lnit"):
        importlib.import_module("citecheck").lnit  # noqa: B018


def test_rules_may_be_chosen_by_one_word_or_several(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(_BACKWARDS, encoding="utf-8")
    assert {finding.code for finding in lint(file, select="LOC101")} == {"LOC101"}
    assert {finding.code for finding in lint(file, select=["LOC101", "ARC104"])} == {"LOC101", "ARC104"}
    assert "LOC101" not in {finding.code for finding in lint(file, ignore="LOC101")}
    with pytest.raises(SelectionError, match="LOX"):
        lint(file, select="LOX")


def test_a_folder_stands_for_its_manuscripts_and_none_is_read_twice(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(_BACKWARDS, encoding="utf-8")
    once = [(finding.code, finding.path) for finding in lint(file)]
    assert [(finding.code, finding.path) for finding in lint(tmp_path, file, file)] == once
    (tmp_path / "empty").mkdir()
    with pytest.raises(ManuscriptError, match="holds no manuscript"):
        lint(tmp_path / "empty")


def test_a_chapter_that_a_book_includes_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text(
        "\\documentclass{book}\n\\begin{document}\n\\input{one}\n\\end{document}\n"
    )
    (tmp_path / "one.tex").write_text(
        "Text.\\footnote{RGANI, Fond 5, Opis 28, Delo 410, Listy 85-74.}\n", encoding="utf-8"
    )
    found = [finding for finding in lint(tmp_path) if finding.code == "LOC101"]
    assert [Path(finding.path).name for finding in found] == ["one.tex"]


def test_fixes_are_applied_to_the_text_of_a_manuscript(tmp_path: Path) -> None:
    file, other = tmp_path / "notes.txt", tmp_path / "other.txt"
    file.write_text(_BACKWARDS, encoding="utf-8")
    other.write_text(_BACKWARDS, encoding="utf-8")
    findings = lint(tmp_path, select=["ARC104"])
    first = findings[0]
    assert first.help == "write Opis"
    safe = apply_fixes(first.manuscript, findings)
    all_of_them = apply_fixes(first.manuscript, findings, unsafe=True)
    assert "Opis 28" in all_of_them.text
    assert [finding.manuscript.path for finding in all_of_them.applied] == [str(file)]
    assert {finding.code for finding in safe.applied} <= {"ARC104"}
    assert file.read_text(encoding="utf-8") == _BACKWARDS
