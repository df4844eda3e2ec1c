"""``citecheck lint`` with --fix, --diff, -o and --annotate: what is written, what is refused, what is reported."""

import io
import json
import sys
from pathlib import Path

import pytest

from citecheck.cli import main
from tests.readers.word_files import call, note, paragraph, text, word_file

# One range has a hyphen (STY601, a safe fix), the others an en dash.
_NOTES = "Prose.\n\nNotes\n\n1. RGANI, Fond 5, Opis 28, Delo 410, Listy 313-314.\n"
_DASHES = "".join(f"{n}. RGANI, Fond 5, Opis 28, Delo 41{n}, Listy 12–1{n + 2}.\n" for n in (2, 3, 4))
_MANUSCRIPT = _NOTES + _DASHES
_BACKWARDS = "5. RGANI, Fond 5, Opis 28, Delo 413, Listy 20–14.\n"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    try:
        status = main([str(word) for word in words])
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def _word(words: str) -> bytes:
    return word_file(paragraph(text("Prose."), call(1)), note(1, text(words)))


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    path = tmp_path / "chapter.txt"
    path.write_text(_MANUSCRIPT, encoding="utf-8")
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "chapter.docx"
    path.write_bytes(_word("RGANI, Fond 5, Opus 28, Delo 410, List 313."))
    return path


def test_fix_reports_and_exits_by_what_remains(chapter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lint", "--select", "STY", chapter)
    assert (status, out.count("[STY")) == (1, 1)
    status, out, err = run(capsys, "lint", "--select", "STY", "--fix", chapter)
    assert status == 0
    assert out.startswith("nothing to report")
    assert "fixed 1" in err
    assert "313–314" in chapter.read_text(encoding="utf-8")
    chapter.write_text(_MANUSCRIPT + _BACKWARDS, encoding="utf-8")
    status, out, _ = run(capsys, "lint", "--select", "STY,LOC101", "--fix", "--format", "json", chapter)
    assert status == 1
    assert [finding["code"] for finding in json.loads(out)["findings"]] == ["LOC101"]


def test_diff_exits_1_where_something_would_change(chapter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = chapter.read_text(encoding="utf-8")
    status, out, _ = run(capsys, "lint", "--select", "STY", "--diff", chapter)
    assert status == 1
    assert "+1. RGANI, Fond 5, Opis 28, Delo 410, Listy 313–314." in out
    assert chapter.read_text(encoding="utf-8") == before
    chapter.write_text(_NOTES.replace("313-314", "313–14") + _DASHES + _BACKWARDS, encoding="utf-8")
    # There are findings, but none that can be corrected.
    assert run(capsys, "lint", "--select", "LOC101", "--diff", chapter)[:2] == (0, "")


def test_diff_of_a_word_file_names_the_note(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lint", "--select", "ARC104", "--diff", "--unsafe-fixes", document)
    assert status == 1
    assert out == f"{document}: note 1, characters 16–19: ARC104: “Opus” → “Opis”\n"


def test_standard_input_is_corrected_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO((_MANUSCRIPT + _BACKWARDS).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    status, out, err = run(capsys, "lint", "--select", "STY,LOC101", "--fix", "-")
    assert status == 1
    assert out == (_MANUSCRIPT + _BACKWARDS).replace("313-314", "313–314")
    assert "LOC101" in err


def test_a_link_stays_a_link(chapter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(chapter.name)
    run(capsys, "lint", "--fix", "--select", "STY", link)
    assert link.is_symlink()
    assert "313–314" in chapter.read_text(encoding="utf-8")
    sources = tmp_path / "sources.bib"
    sources.write_text("", encoding="utf-8")
    link = tmp_path / "link.bib"
    link.symlink_to(sources.name)
    run(capsys, "export", chapter, "-o", link, "--force")
    assert link.is_symlink()
    assert sources.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("--fix --diff", "choose one of them"),
        ("--annotate out.docx --diff", "choose one of them"),
        ("-o out.docx", "-o needs --fix"),
        ("--unsafe-fixes", "--unsafe-fixes needs --fix or --diff"),
        ("--force", "--force needs -o or --annotate"),
        ("--diff --format json", "leave --format out"),
        ("--processes 2", "--processes needs --store"),
        ("--store s.db --fix", "leave --store out"),
        ("--store s.db --library works.bib", "leave one of them out"),
        ("--annotate out.odt", "a name that ends in .docx"),
        ("--annotate out.docm", "a name that ends in .docx"),
        ("--annotate out.docx --fix", "name a new file with -o"),
        ("--annotate out.docx --fix -o fixed.txt", "a name that ends in .docx"),
        ("--annotate out.docx --fix -o out.docx", "a file each"),
        ("--annotate out.docx chapter.txt", "exactly one manuscript, and there are 2"),
    ],
)
def test_contradictions_are_refused_before_anything_is_written(
    document: Path,
    chapter: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    trouble: str,
) -> None:
    monkeypatch.chdir(document.parent)
    before = {path.name: path.read_bytes() for path in document.parent.iterdir()}
    status, out, err = run(capsys, "lint", "chapter.docx", *words.split())
    assert (status, out) == (2, "")
    assert trouble in err
    assert {path.name: path.read_bytes() for path in document.parent.iterdir()} == before


@pytest.mark.parametrize(
    ("output", "status"),
    [("new.txt", 0), ("new", 0), ("new.text", 0), ("new.revised", 0), ("new.docx", 2), ("new.md", 2)],
)
def test_a_corrected_text_keeps_its_format(
    chapter: Path, capsys: pytest.CaptureFixture[str], output: str, status: int
) -> None:
    written = chapter.parent / output
    found = run(capsys, "lint", "--select", "STY", "--fix", "-o", written, chapter)
    assert found[0] == status
    assert written.exists() == (status == 0)


def test_what_tracked_changes_put_right_is_not_reported(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = document.with_name("fixed.docx")
    words = ("lint", "--select", "ARC104", "--fix", "--unsafe-fixes", "-o", fixed, document)
    status, out, err = run(capsys, *words)
    assert status == 0
    assert out.startswith("nothing to report")
    assert "fixed 1" in err
    assert fixed.exists()


def test_among_others_a_word_file_is_left_with_a_word(
    document: Path, chapter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "lint", "--select", "STY,ARC104", "--fix", document, chapter)
    assert status == 1
    assert "ARC104" in out
    assert "chapter.docx: a .docx is not changed in place" in err
    assert "313–314" in chapter.read_text(encoding="utf-8")


def test_corrections_go_by_the_projects_own_archives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is found after the first round of corrections is found under the same settings."""
    (tmp_path / "citecheck.toml").write_text(
        '[[archive]]\nid = "TAM"\nname = "Town Archive of My Town"\nabbreviations = ["TAM"]\nhierarchy = "russian-state"\n'
    )
    paper = tmp_path / "a.txt"
    paper.write_text(_MANUSCRIPT.replace("RGANI", "TAM"), encoding="utf-8")
    status, out, _ = run(capsys, "lint", "--fix", "--select", "STY,ARC", paper)
    assert "is no archive" not in out
    assert status == 0
