"""Reports beside plain text: SARIF for programs, a web page for people, and lists of accepted findings."""

import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from citecheck import lint
from citecheck.accepted import AcceptedList, AcceptedListError
from citecheck.cli import main

SEEDS = Path(__file__).parent.parent / "seeds" / "papers"
PAPER = SEEDS / "person-2006.txt"
BACKWARDS = (
    "[^1]: Lankov, *Crisis in North Korea*, 132–124.\n[^2]: RGANI, Fond 5, Opus 28, Delo 410, List 74.\n"
)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "my notes.md"
    file.write_text(BACKWARDS, encoding="utf-8")
    return file


# ---- SARIF


def test_a_sarif_log_says_what_json_says(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "lint", str(PAPER), "--format", "sarif")
    _, rows, _ = run(capsys, "lint", str(PAPER), "--format", "json")
    log, findings = json.loads(out), json.loads(rows)["findings"]
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [finding["code"] for finding in findings]
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules == {finding["code"] for finding in findings}
    for result, finding in zip(results, findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert [[region["startLine"], region["startColumn"]], [region["endLine"], region["endColumn"]]] == (
            finding["span"]
        )
        assert ("fixes" in result) == (finding["fix"] is not None)
        assert len(result.get("relatedLocations", ())) == len(finding["related"])


def test_a_correction_stands_in_the_log(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "lint", str(notes), "--format", "sarif", "--select", "ARC104")
    (result,) = json.loads(out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("my%20notes.md")
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 22, "endLine": 2, "endColumn": 26},
            "insertedContent": {"text": "Opis"},
        }
    ]


def test_a_word_file_has_notes_for_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "backwards.docx"
    sample = Path(__file__).parent / "samples" / "chapter.docx"
    with zipfile.ZipFile(sample) as given, zipfile.ZipFile(file, "w") as changed:
        for name in given.namelist():
            changed.writestr(name, given.read(name).replace("12–17".encode(), "17–12".encode()))
    _, out, _ = run(capsys, "lint", str(file), "--format", "sarif")
    results = json.loads(out)["runs"][0]["results"]
    assert results
    for result in results:
        assert "region" not in result["locations"][0]["physicalLocation"]
        assert "fixes" not in result
    assert results[0]["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "note 1, paragraph 1"}]


def test_the_store_prints_the_same_log(
    notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, plain, _ = run(capsys, "lint", str(notes), "--format", "sarif")
    _, stored, _ = run(capsys, "lint", str(notes), "--format", "sarif", "--store", str(tmp_path / "store"))
    assert json.loads(stored) == json.loads(plain)


# ---- web page


class _Page(HTMLParser):
    """Checks that elements are closed in order, and keeps what links and their targets are called."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.targets: set[str] = set()
        self.links: set[str] = set()
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.targets |= {value for name, value in attrs if name == "id" and value}
        self.links |= {value for name, value in attrs if name == "href" and value}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["mark"]:
            self.marked.append(data)


def test_a_page_marks_the_words_and_explains_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "lint", str(PAPER), "--format", "html")
    page = _Page()
    page.feed(out)
    assert not page.open
    assert page.links == {f"#{code}" for code in page.targets}
    assert page.targets == {finding.code for finding in lint(PAPER)}
    assert "Opus" in page.marked
    assert "note 91, line" in out


def test_the_authors_words_are_no_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a<b>&.txt"
    file.write_text("1. Lankov, *Crisis <script> & Korea*, 132–124.\n", encoding="utf-8")
    _, out, _ = run(capsys, "lint", str(file), "--format", "html")
    assert "<script>" not in out
    assert "a&lt;b&gt;&amp;.txt" in out


# ---- accepted findings


def test_what_is_accepted_is_not_reported_again(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = notes.parent / "accepted.json"
    options = ("lint", str(notes), "--accepted", str(accepted), "--select", "LOC101,ARC104")
    status, out, err = run(capsys, *options, "--accept")
    assert (status, out) == (0, "")
    assert err == f"{accepted}: 2 findings accepted\n"
    status, out, _ = run(capsys, *options)
    assert status == 0
    assert out.startswith("nothing to report, 2 accepted (")
    # It stays so where lines move, and not where the citation is changed.
    notes.write_text("Some prose.\n\n" + BACKWARDS.replace("List 74", "List 75"), encoding="utf-8")
    status, out, _ = run(capsys, *options)
    assert status == 1
    assert "ARC104" in out
    assert "LOC101" not in out


def test_each_place_is_accepted_by_itself(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = notes.parent / "accepted.json"
    options = ("lint", str(notes), "--accepted", str(accepted), "--select", "LOC101")
    run(capsys, *options, "--accept")
    first = BACKWARDS.splitlines()[0]
    notes.write_text(f"{first}\n{first.replace('[^1]', '[^2]')}\n", encoding="utf-8")
    _, out, _ = run(capsys, *options)
    assert "1 error, 1 accepted" in out


def test_accepting_anew_leaves_other_rules_and_manuscripts_alone(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted, other = notes.parent / "accepted.json", notes.parent / "other.md"
    other.write_text(BACKWARDS, encoding="utf-8")
    options = ("--separate", "--accepted", str(accepted), "--accept")
    run(capsys, "lint", str(notes), str(other), *options, "--select", "LOC101,ARC104")
    notes.write_text(BACKWARDS.replace("132–124", "124–132"), encoding="utf-8")
    run(capsys, "lint", str(notes), *options, "--select", "LOC101")
    kept = [(one.manuscript, one.code) for one in AcceptedList.read(accepted).findings]
    assert kept == [("my notes.md", "ARC104"), ("other.md", "ARC104"), ("other.md", "LOC101")]


def test_settings_name_the_list_for_the_library_too(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes.parent / "citecheck.toml").write_text('accepted = "fine.json"\n', encoding="utf-8")
    assert lint(notes)
    status, _, _ = run(capsys, "lint", str(notes), "--accept")
    assert status == 0
    assert (notes.parent / "fine.json").is_file()
    assert not lint(notes)


def test_corrections_leave_alone_what_is_accepted(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = notes.parent / "accepted.json"
    options = ("lint", str(notes), "--accepted", str(accepted))
    run(capsys, *options, "--accept")
    run(capsys, *options, "--fix", "--unsafe-fixes")
    assert notes.read_text(encoding="utf-8") == BACKWARDS


@pytest.mark.parametrize("text", ["[]", "{", '{"schema": "citecheck/1"}', '{"schema": 1}', "\ufeffx"])
def test_another_file_is_not_taken_for_a_list(notes: Path, text: str) -> None:
    file = notes.parent / "other.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AcceptedListError, match=r"other\.json: is no list of accepted findings"):
        AcceptedList.read(file)


def test_a_list_that_is_not_there_is_named(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "lint", str(notes), "--accepted", str(notes.parent / "acepted.json"))
    assert (status, out) == (2, "")
    assert "acepted.json: does not exist; --accept begins such a list" in err
    status, _, err = run(capsys, "lint", str(notes), "--accepted", str(notes.parent))
    assert status == 2
    assert "cannot be read: it is a folder" in err


def test_accepting_needs_a_file(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "lint", str(notes), "--accept")
    assert status == 2
    assert "--accepted FILE" in err
