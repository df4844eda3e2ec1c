"""The list of sources: archives as trees, works by author, in every format."""

import csv
import io
import json
from pathlib import Path

import pytest

from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.cli import main
from citecheck.corpus.rows import document_rows
from citecheck.corpus.sources import CitedAt, SourceList, list_sources, natural_order
from citecheck.exporting.source_lists import WRITERS, where, work_line
from citecheck.readers import read_bytes
from citecheck.resources import data_folder
from tests.test_rules import as_document

OWN = data_folder("seeds") / "across"


def listed(*texts: str) -> SourceList:
    documents = [as_document(text, f"chapter-{number}.txt") for number, text in enumerate(texts, 1)]
    return list_sources(
        ((document.manuscript.path, document_rows(document)) for document in documents), load_registry()
    )


def written(sources: SourceList, format: str, *, notes: bool = True) -> str:
    out = io.StringIO()
    WRITERS[format](sources, out, notes=notes)
    return out.getvalue()


FIRST = (
    "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
    "Ibid., List 7.\n"
    "Letter from Yi Sang-jo, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 41, Listy 233-295."
)
SECOND = "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, f. 5, op. 28, d. 412, ll. 4–9."


def test_an_archive_is_one_tree_however_it_is_cited() -> None:
    assert written(listed(FIRST, SECOND), "text").splitlines() == [
        "Russian State Archive of Contemporary History (RGANI), Moscow",
        "  Fond 5",
        "    Opis 28",
        "      Delo 41",
        "        233–295, Letter from Yi Sang-jo, 1956-10-05   [chapter-1.txt note 3]",
        "      Delo 412",
        "        4–9, Memorandum of Conversation with Nam Il, 1955-04-06   [chapter-1.txt note 1; "
        "chapter-2.txt note 1]",
        "        7, Memorandum of Conversation with Nam Il, 1955-04-06   [chapter-1.txt note 2]",
        "",
    ]


def test_what_ibid_states_anew_is_listed_where_it_lies() -> None:
    text = "TNA, FO 371/6850, fol. 12.\nIbid., FO 371/6851, fol. 3.\nIbid., fol. 5."
    assert written(listed(text), "text").splitlines() == [
        "The National Archives of the United Kingdom (TNA), Kew",
        "  department FO",
        "    series 371",
        "      piece 6850",
        "        12   [chapter-1.txt note 1]",
        "      piece 6851",
        "        3   [chapter-1.txt note 2]",
        "        5   [chapter-1.txt note 3]",
        "",
    ]


def test_a_work_is_listed_once_however_it_is_cited() -> None:
    sources = listed(
        "Andrei Lankov, *Crisis in North Korea: The Failure of De-Stalinization, 1956* (Honolulu: "
        "University of Hawaii Press, 2005), 19.\n"
        "Lankov, *Crisis in North Korea*, 63.",
        "The text.\n\nBibliography\n\nLankov, A. N. *Crisis in North Korea: The Failure of "
        "De-Stalinization, 1956*. "
        "Honolulu: University of Hawaii Press, 2005.\n",
    )
    (work,) = sources.works
    assert work.author.startswith("Lankov, A")
    assert {place.citation for place in work.cited} == {"1:1:1", "1:2:1"}


def test_works_stand_in_the_order_of_their_authors() -> None:
    sources = listed(
        "The text.\n\nBibliography\n\nZubok, V. *A Failed Empire*. Chapel Hill: UNC Press, 2007.\n\n"
        "Armstrong, Charles. *Tyranny of the Weak*. Ithaca: Cornell University Press, 2013.\n"
    )
    assert [work.row.people[0][0] for work in sources.works] == ["Armstrong", "Zubok"]


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (["410", "28", "5"], ["5", "28", "410"]),
        (["24/b", "24/a", "3"], ["3", "24/a", "24/b"]),
        (["85v", "85", "9"], ["9", "85", "85v"]),
    ],
)
def test_numbers_sort_as_numbers(values: list[str], ordered: list[str]) -> None:
    assert sorted(values, key=natural_order) == ordered


def test_json_has_the_tree_and_every_place() -> None:
    found = json.loads(written(listed(FIRST), "json"))
    (archive,) = found["archives"]
    (fond,) = archive["units"]
    assert (archive["repository"], fond["level"], fond["value"]) == ("RGANI", "fond", "5")
    first, second = fond["units"][0]["units"]
    assert (first["value"], second["value"]) == ("41", "412")
    assert first["documents"][0]["cited"] == [
        {
            "manuscript": "chapter-1.txt",
            "section": 1,
            "note": "3",
            "citation": "1:3:1",
            "key": "RGANI:5/28/41",
        }
    ]


def test_csv_has_a_line_for_each_place() -> None:
    lines = list(csv.DictReader(io.StringIO(written(listed(FIRST, SECOND), "csv"))))
    assert [
        (line["unit or title"], line["leaves or pages"], line["manuscript"], line["note"]) for line in lines
    ] == [
        ("Fond 5, Opis 28, Delo 41", "233–295", "chapter-1.txt", "3"),
        ("Fond 5, Opis 28, Delo 412", "4–9", "chapter-1.txt", "1"),
        ("Fond 5, Opis 28, Delo 412", "4–9", "chapter-2.txt", "1"),
        ("Fond 5, Opis 28, Delo 412", "7", "chapter-1.txt", "2"),
    ]


def test_markdown_without_notes_is_ready_for_a_dissertation() -> None:
    text = written(listed(FIRST), "markdown", notes=False)
    assert text.startswith(
        "# Archival sources\n\n## Russian State Archive of Contemporary History (RGANI), Moscow\n\n- Fond 5\n"
    )
    assert "note" not in text


def test_places_are_named_by_file_and_note() -> None:
    cited = [
        CitedAt("a/one.txt", 1, "3", "1:3:1"),
        CitedAt("a/one.txt", 1, "7", "1:7:1"),
        CitedAt("two.txt", 0, None, "b:1"),
    ]
    assert where(cited) == "one.txt notes 3, 7; two.txt text"


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_command(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", str(OWN), "--format", format]) == 0
    out = capsys.readouterr().out
    assert "RGANI" in out
    assert "Lankov" in out


def test_command_through_a_store_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources", str(OWN)])
    plain = capsys.readouterr().out
    main(["sources", str(OWN), "--store", str(tmp_path / "corpus.db")])
    assert capsys.readouterr().out == plain


def test_a_newspaper_is_one_source_and_a_line_of_a_list_of_archives_is_no_work() -> None:
    text = (
        "A.1 B.2 C.3\n\nNotes\n\n1. The Times, 4 June 1957, p. 3.\n2. The Times, 9 June 1960, p. 4.\n"
        "3. “To All,” *Pravda*, 9 June 1957, 2.\n\nBibliography\n\nArchives\n\nRGANI, Fond 5, Opis 28\n\n"
        "Books\n\nLankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005.\n"
    )
    document = analyse(read_bytes(text.encode(), "a.txt", "plain"))
    listed = list_sources([("a.txt", document_rows(document))], document.registry)
    assert [work_line(work) for work in listed.works] == [
        "Lankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005.",
        "*The Times*.",
        "“To All.” *Pravda*. 1957-06-09.",
    ]
    assert [place.note for place in listed.works[1].cited] == ["1", "2"]
