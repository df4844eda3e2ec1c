"""The command line as a user meets it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from citecheck.archives import load_registry
from citecheck.cli import COMMANDS, main
from citecheck.commands.archives import find_archives

PAPER = Path(__file__).parent.parent / "seeds" / "papers" / "person-2006.txt"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_lint_shows_the_authors_line_with_a_caret(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lint", str(PAPER), "--select", "ARC104")
    assert status == 1
    assert "warning[ARC104]: “Opus” is probably “Opis”" in out
    lines = out.splitlines()
    shown = next(line for line in lines if "RGANI, Fond 5, Opus 28" in line)
    caret = lines[lines.index(shown) + 1]
    assert shown[caret.index("^") : caret.index("^") + 4] == "Opus"


def test_lint_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "lint", str(PAPER), "--format", "json")
    report = json.loads(out)
    assert status == 1
    assert report["schema"] == "citecheck/1"
    finding = next(finding for finding in report["findings"] if finding["code"] == "ARC102")
    assert finding["citation"].startswith("1:") or finding["citation"].startswith("b:")
    assert finding["span"][0][0] >= 1


def test_a_clean_manuscript_gives_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("Prose without any reference.\n", encoding="utf-8")
    status, out, err = run(capsys, "lint", str(clean))
    assert (status, err) == (0, "")
    assert out.startswith("nothing to report")


def test_parse_reads_one_citation(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "parse", "РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74–85 об.")
    assert status == 0
    assert "RGANI" in out
    assert "74–85v" in out


def test_parse_prints_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "parse", str(PAPER), "--format", "jsonl")
    head, *rows = map(json.loads, out.splitlines())
    assert head["schema"] == "citecheck/1"
    assert {
        "id",
        "manuscript",
        "section",
        "note",
        "index",
        "kind",
        "text",
        "span",
        "archive",
        "locators",
        "key",
    } <= set(rows[0])


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Notes\n\n1. RGANI, Fond 5, Opus 28, Delo 410, List 3.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    status, out, _ = run(capsys, "lint", "-")
    assert status == 1
    assert "-:3:" in out


def test_a_folder_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "chapter.txt").write_text("Notes\n\n1. RGANI, Fond 5, Opus 28, Delo 410, List 3.\n")
    (tmp_path / ".hidden.txt").write_text("Notes\n\n1. RGANI, Fond 5, Opus 28, Delo 410, List 3.\n")
    status, out, _ = run(capsys, "lint", str(tmp_path), "--select", "ARC104")
    assert status == 1
    assert out.count("ARC104") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist; check the name and the folder"),
        (bytes(range(256)) * 20, "is a binary file, not a text"),
        (b"\xef\xbb\xbf\xff\xff", "is damaged"),
    ],
)
def test_bad_files_are_named_with_trouble_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    path = tmp_path / "thesis.txt"
    if content is not None:
        path.write_bytes(content)
    status, _, err = run(capsys, "lint", str(path))
    assert status == 2
    assert str(path) in err
    assert words in err


def test_an_unreadable_file_does_not_cost_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\0\0\0")
    status, out, err = run(capsys, "lint", str(bad), str(PAPER), "--select", "ARC104")
    assert status == 2
    assert "bad.txt" in err
    assert "ARC104" in out


def test_wrong_selectors_and_configuration_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "lint", str(PAPER), "--select", "XYZ")
    assert status == 2
    assert "“XYZ”" in err
    paper = tmp_path / "a.txt"
    paper.write_text("Notes\n\n1. RGANI, Fond 5, Opis 28.\n")
    (tmp_path / "citecheck.toml").write_text("colour = true\n")
    status, _, err = run(capsys, "lint", str(paper))
    assert status == 2
    assert "“colour” is read by nothing" in err


def test_a_project_declares_archives_and_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("Notes\n\n1. TAM, f. 5, op. 28, d. 4, l. 7.\n")
    assert "TAM is no archive" in run(capsys, "lint", str(paper))[1]
    (tmp_path / "citecheck.toml").write_text(
        '[[archive]]\nid = "TAM"\nname = "Town Archive of My Town"\nabbreviations = ["TAM"]\nhierarchy = "russian-state"\n'
    )
    assert "TAM is no archive" not in run(capsys, "lint", str(paper))[1]


def test_explain_and_archives(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "explain", "LOC101")
    assert status == 0
    assert "runs backwards" in out
    assert run(capsys, "explain", "LOC999")[0] == 2
    status, out, _ = run(capsys, "archives", "TsKhSD")
    assert status == 0
    assert "Russian State Archive of Contemporary History" in out
    assert run(capsys, "archives", "no such place")[0] == 2
    assert len(run(capsys, "archives")[1].splitlines()) >= 100


def test_one_citation_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "explain", "--citation", "RGANI, Fond 5, Opis 28, Dello four hundred")[1]
    assert "RGANI:5/28" in out
    assert "reading stops at character 25" in out
    assert (
        "nothing here tells a citation from prose"
        in run(capsys, "explain", "--citation", "Lankov, Crisis")[1]
    )


def test_a_closed_pipe_is_no_failure() -> None:
    command = f"{sys.executable} -m citecheck parse {PAPER} | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["lint", "quotations"])
@pytest.mark.parametrize("store", [False, True])
def test_a_source_that_nothing_cites_is_refused(
    command: str, store: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, source = tmp_path / "a.txt", tmp_path / "schacht.txt"
    file.write_text(
        "Er war “eine Waffe der Politik.”¹\n\nNotes\n\n1. Hjalmar Schacht, *Meine Lebensjahre* (Munich: "
        "Kindler, 1953), 4.\n"
    )
    source.write_text("Er war eine Waffe der Politik.\n")
    more = ["--store", str(tmp_path / "s.db")] if store and command == "lint" else []
    code, _, err = run(capsys, command, *more, "--source", f"schacht={source}", str(file))
    assert code == 2
    assert "no manuscript cites a source with the key schacht; do you mean schacht-1953? “citecheck" in err
    assert run(capsys, command, *more, "--source", f"schacht-1953={source}", str(file))[2] == ""


def test_sources_show_their_keys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "Text.\n\nNotes\n\n1. Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, "
        "2005), 3.\n2. RGANI, f. 5, op. 28, d. 410, l. 22.\n3. Ibid., l. 24.\n"
    )
    lines = run(capsys, "sources", "--keys", str(file))[1].splitlines()
    assert [line.split("key: ")[1].split()[0] for line in lines if "key: " in line] == [
        "RGANI:5/28/410",
        "RGANI:5/28/410",
        "lankov-2005",
    ]
    assert run(capsys, "sources", "--keys", "--format", "csv", str(file))[0] == 2


_OPUS = "Notes\n\n1. RGANI, Fond 5, Opus 28, Delo 410, Listy 9–3.\n"


def _two_folders(tmp_path: Path) -> tuple[Path, Path]:
    for name, select in (("a", "ARC104"), ("b", "LOC101")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(_OPUS, encoding="utf-8")
        (tmp_path / name / "citecheck.toml").write_text(f'select = ["{select}"]\n')
    return tmp_path / "a" / "a.txt", tmp_path / "b" / "b.txt"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("store", [False, True])
def test_settings_hold_for_the_files_below_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], order: int, store: bool
) -> None:
    files = _two_folders(tmp_path)[::order]
    stored = ("--store", str(tmp_path / "s.db")) if store else ()
    for paths in (files, (tmp_path,)):
        _, out, _ = run(capsys, "lint", *map(str, paths), "--format", "json", *stored)
        found = {(Path(one["manuscript"]).name, one["code"]) for one in json.loads(out)["findings"]}
        assert found == {("a.txt", "ARC104"), ("b.txt", "LOC101")}


def test_rules_that_compare_manuscripts_go_by_the_settings_they_share(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, month in (("a", "May"), ("b", "June")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "citecheck.toml").write_text('ignore = ["CON"]\n')
        (tmp_path / name / f"{name}.txt").write_text(
            f"Notes\n\n1. Report to the Politburo, 7 {month} 1957, RGANI, Fond 5, Opis 28, Delo 410, Listy 3–9.\n",
            encoding="utf-8",
        )
    assert "[CON" in run(capsys, "lint", str(tmp_path))[1]
    assert "[CON" not in run(capsys, "lint", "--separate", str(tmp_path))[1]
    (tmp_path / "citecheck.toml").write_text('ignore = ["CON"]\n')
    assert "[CON" not in run(capsys, "lint", str(tmp_path))[1]


def test_a_wrong_selector_in_the_settings_is_named_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = _two_folders(tmp_path)
    settings = second.parent / "citecheck.toml"
    settings.write_text('select = [\n    "ARC",\n    "LOC110",\n]\n')
    status, _, err = run(capsys, "lint", str(first), str(second))
    assert status == 2
    assert err.startswith(
        f"citecheck: {settings}:3: there is no rule or family of rules “LOC110”; did you mean “LOC10"
    )


def test_a_wrong_selector_on_the_command_line_is_no_fault_of_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = _two_folders(tmp_path)
    (first.parent / "citecheck.toml").write_text('select = ["ARC"]\n')
    status, _, err = run(capsys, "lint", str(first), "--ignore", "level-ordr")
    assert status == 2
    assert err.startswith(
        "citecheck: there is no rule or family of rules “level-ordr”; did you mean “level-order”?"
    )


def test_a_library_is_no_manuscript(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "refs.bib"
    library.write_text("@book{a, title={A}, year={1999}}\n", encoding="utf-8")
    status, _, err = run(capsys, "lint", str(library))
    assert status == 2
    assert f"lint MANUSCRIPT --library {library}" in err


def test_one_word_that_cites_is_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ibid" in run(capsys, "parse", "Ibid.")[1]
    status, _, err = run(capsys, "parse", "thesis")
    assert (status, err) == (2, "citecheck: thesis: does not exist; check the name and the folder\n")


@pytest.mark.parametrize("format", ["docx", "odt", "epub", "pdf"])
def test_a_format_that_a_file_has_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    paper = tmp_path / "a.md"
    paper.write_text("One.[^1]\n\n[^1]: Lankov, *Crisis*, 4.\n", encoding="utf-8")
    status, _, err = run(capsys, "lint", "--input-format", format, str(paper))
    assert status == 2
    assert "a.md: is not a" in err


@pytest.mark.parametrize("command", ["lint", "parse", "sources", "quotations", "normalize", "export"])
def test_a_missing_file_does_not_cost_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(_OPUS, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    to = ("--to", "csv") if command == "export" else ()
    alone = run(capsys, command, str(paper), *to)
    status, out, err = run(
        capsys, command, str(tmp_path / "no.txt"), str(paper), str(tmp_path / "empty"), *to
    )
    assert status == 2
    assert out == alone[1]
    assert "no.txt: does not exist" in err
    assert "empty: holds no manuscript" in err


def test_where_no_file_can_be_read_nothing_is_said_to_be_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "lint", str(tmp_path / "no.txt"))
    assert status == 2
    assert out == ""
    assert "no.txt: does not exist" in err


def test_a_citation_is_counted_from_its_own_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    text = "See RGANI, Fond 5, Opis 28, Delo 410, List 3."
    for format in ("json", "jsonl"):
        status, out, _ = run(capsys, "parse", "--format", format, text)
        rows = json.loads(out)["citations"] if format == "json" else [*map(json.loads, out.splitlines())][1:]
        (start, end) = rows[0]["span"]
        assert status == 0
        assert start[0] == end[0] == 1
        assert text[start[1] - 1 : end[1] - 1] == rows[0]["text"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("RGANI, Fond 5, Opis 28, Delo 410, List 3.", 0),
        ("RGANI, Fond 5, Opis 28, Dello four hundred", 1),
        ("The plan was cut in half.", 1),
    ],
)
def test_parse_tells_by_its_status_whether_all_was_read(
    capsys: pytest.CaptureFixture[str], words: str, status: int
) -> None:
    assert run(capsys, "parse", words)[0] == status
    assert run(capsys, "parse", words, "--format", "jsonl")[0] == status


def test_parse_finds_nothing_in_prose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Prose.\n", encoding="utf-8")
    assert run(capsys, "parse", str(paper))[0] == 1


def test_an_altered_quotation_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "source.txt"
    source.write_text("The harvest of that year was the worst in living memory, he wrote.\n" * 3)
    for words, expected in (("the worst in living memory", 0), ("the very worst in living history", 1)):
        paper = tmp_path / "paper.md"
        paper.write_text(
            f"He said that “the harvest of that year was {words}”[^1] and went on.\n\n"
            "[^1]: Schacht, *Account Settled* (London: Weidenfeld, 1949), 12.\n\n"
            "# Bibliography\n\nSchacht, Hjalmar. *Account Settled*. London: Weidenfeld, 1949.\n",
            encoding="utf-8",
        )
        status, out, _ = run(capsys, "quotations", "--source", f"schacht-1949={source}", str(paper))
        assert (status, ": altered: " in out) == (expected, expected == 1)


def test_paths_and_options_stand_in_any_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = _two_folders(tmp_path)
    out = run(capsys, "lint", str(first), "--separate", str(second))[1]
    assert "2 manuscripts" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example_and_the_exit_status(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    status, out, _ = run(capsys, command, "--help")
    assert status == 0
    assert f"  citecheck {command}" in out
    assert "\nexit status:\n  0  " in out
    assert "\n  2  " in out


def _archives(capsys: pytest.CaptureFixture[str], *names: str) -> list[str]:
    out = run(capsys, "archives", "--format", "jsonl", *names)[1]
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_archives_are_found_by_exact_names_then_by_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert _archives(capsys, "RGANI") == ["RGANI"]
    assert _archives(capsys, "ргани") == ["RGANI"]
    assert _archives(capsys, "Contemporary History, Russian") == ["RGANI"]
    assert _archives(capsys, "national", "archives", "kew") == ["TNA"]
    # A part of an archive that notes name by itself.
    assert _archives(capsys, "HHStA") == ["OESTA"]
    assert "TNA" in _archives(capsys, "FO")
    # A syllable of a name is no name.
    status, out, err = run(capsys, "archives", "TAM")
    assert (status, out) == (2, "")
    assert "no archive called “TAM” is known" in err
    assert "RGANI" in run(capsys, "archives", "RGAMI")[2]


def test_no_archive_is_a_flood(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "archives", "Moscow")[1].splitlines()
    assert all(line.startswith("RU  ") for line in lines)
    for archive in load_registry().archives.values():
        out = run(capsys, "archives", archive.name)[1]
        assert len(out) < 8_000 * out.count("  levels, as in")


def test_every_name_that_is_read_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    registry = load_registry()
    for archive in registry.archives.values():
        units = [unit.value for unit in archive.units if not unit.value.isdigit()]
        names = (*archive.current_names, *archive.former_names, *units)
        for name in (*names, *(series.code for series in archive.series)):
            assert archive in find_archives(registry, name)


@pytest.mark.parametrize("command", [("lint", "--fix"), ("parse",), ("export", "--to", "ris"), ("sources",)])
def test_an_empty_path_is_not_this_folder(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(
        "T.[^1]\n\n[^1]: RGANI, Fond 5, Opus 28, Delo 410, List 5.\n", encoding="utf-8"
    )
    before = (tmp_path / "a.md").read_bytes()
    status, out, err = run(capsys, command[0], "", *command[1:])
    assert status == 2
    assert "“”: is no path" in err
    assert "RGANI" not in out
    assert (tmp_path / "a.md").read_bytes() == before


def test_one_reference_of_a_sentence_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "parse", "(Lankov 2002, 45)")
    assert status == 0
    assert "author-date" in out
