"""The store: rows and back, only what changed is read, and it survives being stopped."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import attrs
import pytest

from benchmarks.corpus import count, dump, write_corpus
from citecheck.cli import main
from citecheck.configuration import Configuration
from citecheck.corpus.rows import UNPLACED
from citecheck.errors import ManuscriptError
from citecheck.resources import data_folder
from citecheck.storage.columns import from_columns, to_columns
from citecheck.storage.extraction import extract_rows
from citecheck.storage.gathering import gather
from citecheck.storage.store import Store, StoreError, encode

OWN = data_folder("seeds") / "across"


def rows_of(name: str):  # type: ignore[no-untyped-def]
    return extract_rows((OWN / name).read_bytes(), name, Configuration())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with the own fixture, its files old enough to be believed unchanged."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    old = time.time() - 3600
    for file in OWN.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
        os.utime(folder / file.name, (old, old))
    return folder


def files(folder: Path) -> list[str]:
    return sorted(map(str, folder.glob("*.txt")))


# ---- rows


def test_rows_depend_on_the_bytes_alone() -> None:
    data = (OWN / "paper.txt").read_bytes()
    here, there = (
        extract_rows(data, name, Configuration()) for name in ("paper.txt", "/elsewhere/other.txt")
    )
    assert here == there
    assert json.loads(here.to_json()) == json.loads(there.to_json())
    assert "elsewhere" not in there.to_json()


def test_rows_name_their_manuscript_nowhere() -> None:
    for finding in rows_of("paper.txt").findings:
        assert finding.shown.startswith(UNPLACED)
        assert json.loads(finding.json)["manuscript"] == UNPLACED


@pytest.mark.parametrize("name", ["paper.txt", "famine-book.txt", "essay.txt", "chapter.txt"])
def test_columns_give_the_same_rows_again(name: str) -> None:
    rows = rows_of(name)
    for table in ("citations", "filings", "works", "findings"):
        for row in getattr(rows, table):
            assert from_columns(type(row), to_columns(row)) == row


def test_a_manuscript_comes_back_as_it_was_stored(tmp_path: Path, corpus: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        gather(store, files(corpus))
        store.choose(files(corpus))
        for chosen in list(store.chosen()):
            assert store.manuscript_rows(chosen.extraction) == rows_of(Path(chosen.path).name)


# ---- the second run


def test_a_second_run_reads_only_what_changed(tmp_path: Path, corpus: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        assert gather(store, files(corpus)).read == 4
        assert gather(store, files(corpus)).read == 0
        changed = corpus / "chapter.txt"
        changed.write_text(
            changed.read_text(encoding="utf-8").replace("21 March", "22 March"), encoding="utf-8"
        )
        assert gather(store, files(corpus)).read == 1


def test_a_moved_or_copied_manuscript_is_not_read_again(tmp_path: Path, corpus: Path) -> None:
    with Store(tmp_path / "corpus.db") as store:
        gather(store, files(corpus))
        (corpus / "chapter.txt").rename(corpus / "chapter-1.txt")
        (corpus / "chapter-2.txt").write_bytes((corpus / "chapter-1.txt").read_bytes())
        assert gather(store, files(corpus)) == gather(store, files(corpus))
        assert gather(store, files(corpus)).read == 0
        assert store.connection.execute("SELECT COUNT(*) FROM extractions").fetchone()[0] == 4


def test_other_settings_are_another_extraction(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "corpus.db") as store:
        gather(store, files(corpus))
        assert gather(store, files(corpus), "plain").read == 4


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, corpus: Path) -> None:
    (corpus / "broken.docx").write_bytes(b"PK\x03\x04 no document")
    with Store(tmp_path / "corpus.db") as store:
        gathered = gather(store, [str(corpus / "missing.txt"), str(corpus / "broken.docx"), *files(corpus)])
        assert gathered.read == 4
        assert sorted(Path(failure.path).name for failure in gathered.failures) == [
            "broken.docx",
            "missing.txt",
        ]
        assert all(isinstance(failure, ManuscriptError) and failure.trouble for failure in gathered.failures)


def test_several_processes_write_the_same_store(tmp_path: Path, corpus: Path) -> None:
    for number in range(8):
        text = (corpus / "chapter.txt").read_text(encoding="utf-8").replace("12 March", f"{number + 1} March")
        (corpus / f"more-{number}.txt").write_text(text + f"\n{number}\n", encoding="utf-8")
        os.utime(corpus / f"more-{number}.txt", (1, 1))
    for name, processes in (("one.db", 1), ("two.db", 2)):
        with Store(tmp_path / name) as store:
            gather(store, files(corpus), processes=processes)
    assert list(dump(tmp_path / "one.db")) == list(dump(tmp_path / "two.db"))


# ---- the same findings


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    main(["lint", "--format", "json", *arguments])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def test_lint_through_a_store_finds_the_same(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ("--store", str(tmp_path / "corpus.db"))
    plain = findings(capsys, *files(corpus))
    assert plain == findings(capsys, *store, *files(corpus))
    assert plain == findings(capsys, *store, *files(corpus))
    assert findings(capsys, "--separate", *files(corpus)) == findings(
        capsys, "--separate", *store, *files(corpus)
    )
    assert findings(capsys, *files(corpus)[:2]) == findings(capsys, *store, *files(corpus)[:2])
    assert findings(capsys, "--select", "CON", *files(corpus)) == findings(
        capsys, "--select", "CON", *store, *files(corpus)
    )


def test_lint_through_a_store_prints_the_same(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["lint", *files(corpus)])
    plain = capsys.readouterr().out
    main(["lint", "--store", str(tmp_path / "corpus.db"), *files(corpus)])
    assert capsys.readouterr().out == plain


def test_what_the_author_allows_is_allowed_through_a_store(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = corpus / "paper.txt"
    allowed = "\n<!-- citecheck: allow dated-otherwise-elsewhere, quotation-altered -->\n"
    paper.write_text(paper.read_text(encoding="utf-8") + allowed, encoding="utf-8")
    found = findings(capsys, "--store", str(tmp_path / "corpus.db"), *files(corpus))
    assert found == findings(capsys, *files(corpus))
    assert {"CON221", "QUO801"}.isdisjoint(each["code"] for each in found)


def test_a_source_that_the_user_names_is_found_through_a_store(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "scan.txt"
    book.write_text(
        (corpus / "famine-book.txt").read_text(encoding="utf-8").split("Chapter 2.")[1], encoding="utf-8"
    )
    paper = str(corpus / "paper.txt")
    source = ("--source", f"varga-1990={book}", "--select", "QUO")
    plain = findings(capsys, *source, paper)
    assert len(plain) == 3
    assert plain == findings(capsys, *source, "--store", str(tmp_path / "corpus.db"), paper)


# ---- stopping


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, store, undisturbed = tmp_path / "corpus", tmp_path / "killed.db", tmp_path / "undisturbed.db"
    folder.mkdir()
    write_corpus(folder, 12, 1)
    command = [sys.executable, "-m", "citecheck", "lint", str(folder), "--select", "CON", "--store"]
    for number in range(2):
        with subprocess.Popen(
            [*command, str(store)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            wanted = 2 * (number + 1)
            while process.poll() is None and count(store) < wanted:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT if number == 0 else signal.SIGKILL)
    assert count(store) >= 2
    for path in (store, undisturbed):
        subprocess.run([*command, str(path)], stdout=subprocess.DEVNULL, check=False)
    assert count(store) == 12
    assert list(dump(store)) == list(dump(undisturbed))


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    from citecheck.storage.store import Known

    with Store(tmp_path / "corpus.db") as store:
        encoded = encode(rows_of("chapter.txt"))
        broken = attrs.evolve(encoded, titles=[("twice", 0), ("twice", 0)])
        with pytest.raises(sqlite3.IntegrityError):
            store.write("chapter.txt", Known(7, 1, 1, ""), b"digest", broken)
        assert store.known() == {}
        assert store.connection.execute("SELECT COUNT(*) FROM citations").fetchone()[0] == 0


# ---- looking after it


def test_prune_forgets_what_is_gone(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "corpus.db"
    with Store(path) as store:
        gather(store, files(corpus))
    (corpus / "essay.txt").unlink()
    assert main(["store", str(path), "--prune"]) == 0
    assert "1 manuscript forgotten" in capsys.readouterr().out
    with Store(path) as store:
        assert len(store.known()) == 3
        assert store.connection.execute("SELECT COUNT(DISTINCT extraction) FROM citations").fetchone()[0] == 3


def test_the_store_shows_its_rows(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "corpus.db"
    with Store(path) as store:
        gather(store, files(corpus))
    chapter = str(corpus / "chapter.txt")
    assert main(["store", str(path), "--rows", chapter]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(rows_of("chapter.txt").to_json())
    assert main(["store", str(path), "--list"]) == 0
    assert chapter in capsys.readouterr().out
    assert main(["store", str(path), "--rows", "nothing.txt"]) == 2


def test_what_is_no_store_is_not_written_to(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    text = tmp_path / "notes.txt"
    text.write_text("These are my notes, and not a database. " * 50, encoding="utf-8")
    before = other.read_bytes(), text.read_bytes()
    for path in (other, text):
        with pytest.raises(StoreError):
            Store(path)
    assert text.read_bytes() == before[1]
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
