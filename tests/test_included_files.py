r"""Manuscripts of several files: chapters that ``\input`` or ``#include`` brings in."""

import json
import os
from pathlib import Path

import pytest

from citecheck import lint
from citecheck.manuscript import Position
from citecheck.readers import included_files, read_manuscript
from tests.test_command_line import run

MAIN = """\\documentclass{book}
\\begin{document}
\\footnote{RGANI, Fond 5, Opis 28, Delo 410, Listy 313-310.}
\\input{parts/one} and \\input{two}
\\footnote{Smith , p. 3.}
\\end{document}
"""
ONE = "\\chapter{Öne}\n\nText\\footnote{RGANI, Fond 5, Opus 28, Delo 411, List 7.} more.\n"


@pytest.fixture
def thesis(tmp_path: Path) -> Path:
    """A folder with a main file and two chapters, files old enough to be believed unchanged."""
    (tmp_path / "parts").mkdir()
    for name, text in (
        ("main.tex", MAIN),
        ("parts/one.tex", ONE),
        ("two.tex", "Two\\footnote{Suh, p. 3 , 4.}\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / name, (1_000_000_000, 1_000_000_000))
    return tmp_path


def test_findings_stand_in_the_file_that_they_are_in(thesis: Path) -> None:
    placed = {
        finding.code: finding.manuscript.place(finding.span.start) for finding in lint(thesis / "main.tex")
    }
    assert placed["LOC101"] == (str(thesis / "main.tex"), Position(3, 51))
    assert placed["ARC104"] == (str(thesis / "parts" / "one.tex"), Position(3, 30))
    manuscript = read_manuscript(thesis / "main.tex")
    assert manuscript.place(manuscript.text.index(" and Two")) == (str(thesis / "main.tex"), Position(4, 18))
    assert manuscript.place(manuscript.text.index("Two")) == (str(thesis / "two.tex"), Position(1, 1))


def test_a_chapter_is_not_read_again_by_itself(thesis: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, "lint", str(thesis), "--format", "json")
    report = json.loads(out)
    assert [each["path"] for each in report["manuscripts"]] == [str(thesis / "main.tex")]
    (finding,) = (each for each in report["findings"] if each["code"] == "ARC104")
    assert finding["file"] == str(thesis / "parts" / "one.tex")
    assert finding["span"] == [[3, 30], [3, 34]]
    assert "2 files are read as parts of" in err
    _, out, err = run(capsys, "parse", str(thesis / "two.tex"), str(thesis / "main.tex"))
    assert f"{thesis / 'two.tex'} is read as a part of {thesis / 'main.tex'}" in err


def test_files_that_include_each_other_are_both_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tex").write_text("A\\footnote{Suh, p. 3.} \\input{b}", encoding="utf-8")
    (tmp_path / "b.tex").write_text("B\\footnote{Suh, p. 4.} \\input{a}", encoding="utf-8")
    _, out, _ = run(capsys, "lint", str(tmp_path))
    assert "1 manuscript)" in out


def test_fixes_are_written_where_they_stand(thesis: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "lint", "--diff", str(thesis))
    assert [line for line in out.splitlines() if line.startswith("+++")] == [
        f"+++ {thesis / 'main.tex'}",
        f"+++ {thesis / 'parts' / 'one.tex'}",
        f"+++ {thesis / 'two.tex'}",
    ]
    run(capsys, "lint", "--fix", str(thesis))
    assert (thesis / "parts" / "one.tex").read_text(encoding="utf-8") == ONE.replace("Opus", "Opis")
    assert (thesis / "main.tex").read_text(encoding="utf-8") == MAIN.replace("Smith ,", "Smith,")
    assert (thesis / "two.tex").read_text(encoding="utf-8") == "Two\\footnote{Suh, p. 3, 4.}\n"


def test_a_chapter_that_is_included_twice_is_corrected_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tex").write_text("\\input{b}\n\n\\input{b}\n", encoding="utf-8")
    (tmp_path / "b.tex").write_text("B\\footnote{Suh , p. 4.}\n", encoding="utf-8")
    run(capsys, "lint", "--fix", str(tmp_path / "a.tex"))
    assert (tmp_path / "b.tex").read_text(encoding="utf-8") == "B\\footnote{Suh, p. 4.}\n"


def test_a_chapter_in_another_encoding_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.tex").write_text("\\input{b}\n", encoding="utf-8")
    old = "État\\footnote{Suh , p. 4.}\n".encode("cp1252")
    (tmp_path / "b.tex").write_bytes(old)
    _, _, err = run(capsys, "lint", "--fix", str(tmp_path / "a.tex"))
    assert (tmp_path / "b.tex").read_bytes() == old
    assert f"{tmp_path / 'b.tex'}:1:18: PUN704 is left: the file is not UTF-8" in err


def test_a_store_sees_that_a_chapter_has_changed(thesis: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(thesis / "store.db")
    assert "ARC104" in run(capsys, "lint", "--store", store, str(thesis))[1]
    chapter = thesis / "parts" / "one.tex"
    chapter.write_text(ONE.replace("Opus", "Opis"), encoding="utf-8")
    assert "ARC104" not in run(capsys, "lint", "--store", store, str(thesis))[1]


def test_typst_chapters(tmp_path: Path) -> None:
    (tmp_path / "main.typ").write_text('#include "one.typ"\n', encoding="utf-8")
    (tmp_path / "one.typ").write_text("One#footnote[Suh , p. 3.]\n", encoding="utf-8")
    assert included_files(str(tmp_path / "main.typ")) == ((tmp_path / "one.typ").resolve(),)
    (finding,) = lint(tmp_path / "main.typ", select=["PUN704"])
    assert finding.manuscript.place(finding.span.start) == (str(tmp_path / "one.typ"), Position(1, 17))
