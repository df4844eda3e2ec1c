import json
import tomllib
from collections import defaultdict
from typing import Any

import pytest

from citecheck.analysis import analyse
from citecheck.bibliographies.bibliography import read_entries, read_entry
from citecheck.bibliographies.contents import read_contents
from citecheck.citations import Entry, Locator, Name
from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes
from citecheck.resources import data_folder
from tests.shared import SHARED

CASES = tomllib.loads(
    (data_folder("seeds") / "citations" / "bibliography-entries.toml").read_text(encoding="utf-8")
)["entry"]


def manuscript(text: str) -> Manuscript:
    return read_bytes(text.encode(), "example.txt", "plain")


def pairs(names: tuple[Name, ...]) -> list[list[str]]:
    return [[name.family] if name.given is None else [name.family, name.given] for name in names]


def as_table(entry: Entry) -> dict[str, Any]:
    """Say what an entry says in the form of the seeds."""
    reference, container = entry.reference, entry.reference.container
    table: dict[str, Any] = {"id": entry.id, "kind": reference.kind.value, "title": reference.title}
    for role in ("creators", "editors", "translators"):
        table[role] = pairs(getattr(reference, role))
    for field in (
        "date",
        "original_date",
        "suffix",
        "place",
        "publisher",
        "edition",
        "volume",
        "genre",
        "url",
    ):
        table[field] = getattr(reference, field)
    if container is not None:
        inner = {field: getattr(container, field) for field in ("title", "volume", "issue", "kind")}
        inner["creators"] = pairs(container.creators)
        table["container"] = {field: value for field, value in inner.items() if value}
    table["pages"] = [
        [page.start] if page.end is None else [page.start, page.end] for page in reference.locators
    ]
    return {field: value for field, value in table.items() if value}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['id']}-{number}") for number, case in enumerate(CASES)]
)
def test_entry(case: dict[str, Any]) -> None:
    entry = read_entry(case["text"])
    assert entry is not None
    assert as_table(entry) == {
        field: value for field, value in case.items() if field not in ("text", "provenance")
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_spans_lead_back_to_the_words(case: dict[str, Any]) -> None:
    entry = read_entry(case["text"])
    assert entry is not None
    reference = entry.reference
    assert reference.title_span is not None
    title = entry.text[slice(*reference.title_span)].replace("*", "").strip("“”\"‘’'., ")
    assert title == (reference.title or "").strip("“”\"‘’'., ")
    if reference.creators_span is not None and (reference.creators or reference.editors):
        family = (reference.creators or reference.editors)[0].family
        assert family in entry.text[slice(*reference.creators_span)].replace("(a)", "")
    for page in reference.locators:
        assert entry.text[slice(*page.span)] == page.written


def ids(text: str) -> list[str]:
    return [entry.id for entry in read_entries(manuscript(text))]


def test_same_author_and_year_are_told_apart_by_a_word() -> None:
    text = (
        "Text.\n\nBibliography\n\nKim, Kwan Bong. *The Korea-Japan Treaty Crisis*. New York: Praeger, "
        "1971.\n\n"
        "Kim, Se-Jin. *The Politics of Military Revolution*. Chapel Hill: University of North Carolina "
        "Press, 1971."
    )
    assert ids(text) == ["kim-1971-korea", "kim-1971-politics"]


def test_a_dash_repeats_the_author() -> None:
    text = (
        "Text.\n\nReferences\n\nLankov, A. 1999. “Kim Il Sung’s Campaign.” Korean Studies 23: pp. 43–67.\n\n"
        "———. (2002) “Kim Takes Control.” Korean Studies 26 (1): pp. 87–119."
    )
    entries = read_entries(manuscript(text))
    assert [pairs(entry.reference.creators) for entry in entries] == [[["Lankov", "A."]]] * 2
    assert [entry.id for entry in entries] == ["lankov-1999", "lankov-2002"]


def test_an_entry_cut_by_a_page_break_is_one() -> None:
    text = (
        "Text.\n\nBibliography\n\n- Baek Seung-ch'ol. “Local Markets.” *Seoul Journal* 12 (1999): 152–176.\n"
        "- Bajanov, Evgueni. “Assessing the Politics.” Cold\n\n"
        "- *War International History Project Bulletin* 6–7 (1996): 54, 87–91.\n"
        "- Benvenuti, Francesco. “The Reform.” *Europe-Asia Studies* 49, no. 6 (1997): 1037–1056."
    )
    assert ids(text) == ["baek-1999", "bajanov-1996", "benvenuti-1997"]


def test_two_entries_on_one_line_are_two() -> None:
    line = (
        "Griffith, William E. *The Sino-Soviet Rift*. Cambridge, Mass.: MIT Press, 1964. "
        "Grothusen, Klaus-Detlev, ed. *Albanien*. Göttingen: Vandenhoeck und Ruprecht, 1993."
    )
    read = read_entries(manuscript(f"Text.\n\nBibliography\n\n{line}"))
    assert [entry.id for entry in read] == ["griffith-1964", "grothusen-1993"]
    assert [entry.text.split(",")[0] for entry in read] == ["Griffith", "Grothusen"]


def test_the_reviewed_book_stands_alone_in_the_body() -> None:
    text = (
        "A Review\n\nHuntington, S. (1996) The Clash of Civilizations. New York: Simon & Schuster.\n\n"
        "The author says so (43).\n\nIn 1996, Huntington (a professor) was in New York: he wrote.\n"
    )
    assert ids(text) == ["huntington-1996"]


@pytest.mark.parametrize("house", ["Ch. Links", "Wm. B. Eerdmans", "Th. Knaur"])
def test_a_publisher_with_an_abbreviated_given_name_is_one(house: str) -> None:
    entry = read_entry(f"Wenzke, R. (1995) Die NVA und der Prager Frühling 1968. Berlin: {house}.")
    assert entry is not None
    assert (entry.reference.place, entry.reference.publisher) == ("Berlin", house)


def test_the_head_of_a_review_counts_its_pages() -> None:
    text = (
        "Book Review\n\nTaubman, William. Khrushchev: The Man and His Era. New York: W. W. Norton, 2003. xx + 876 pp. $35.00.\n\n"
        "It is a big book (p. 18), and a good one (pp. 24–25).\n"
    )
    assert ids(text) == ["taubman-2003"]


def test_prose_is_no_entry() -> None:
    assert ids("Smith, the ambassador (1956) was recalled. He went to New York: nobody knew why.\n") == []


def test_lists_of_archives_are_collections() -> None:
    text = (
        "Text.\n\nBibliography\n\nArchival Sources\n\nRussian State Archive of Contemporary History, "
        "Moscow.\n\n"
        "National Archives of Hungary, Budapest."
    )
    assert {entry.reference.genre for entry in read_entries(manuscript(text))} == {"collection"}


@pytest.mark.parametrize(
    "text", ["", " ", "***", "(((((", "“" * 300, ". . . .", "A. B. C. D. 1956", "\u0000"]
)
def test_nothing_raises(text: str) -> None:
    read_entry(text)


CONTENTS = """Crisis in North Korea

Crisis in North Korea: The Failure of De-Stalinization, 1956

Andrei Lankov
Copyright Date: 2005

Table of Contents

  1. Preface
    (pp. vii-xii)
  2. Introduction
    (pp. 1-6)
  3. 1 The Purges
    (pp. 7-25)
  4. Index
    (pp. 267-74)
"""


def test_contents_with_ranges() -> None:
    contents = read_contents(manuscript(CONTENTS))
    assert contents is not None
    assert contents.title == "Crisis in North Korea: The Failure of De-Stalinization, 1956"
    assert (contents.creators, contents.date) == ((Name("Lankov", "Andrei"),), "2005")
    assert [
        (chapter.number, chapter.title, chapter.pages.start, chapter.pages.end)
        for chapter in contents.chapters
    ] == [
        (None, "Preface", "vii", "xii"),
        (None, "Introduction", "1", "6"),
        ("1", "The Purges", "7", "25"),
        (None, "Index", "267", "274"),
    ]
    assert (contents.extent(roman=True), contents.extent(roman=False)) == ((7, 12), (1, 274))


def test_contents_with_leaders() -> None:
    contents = read_contents(
        manuscript("Korea\n\nContents\n\nPreface ..... ix\nOne ..... 1\nTwo ..... 30\nIndex ..... 99\n")
    )
    assert contents is not None
    assert [(chapter.pages.start, chapter.pages.end) for chapter in contents.chapters] == [
        ("ix", None), ("1", "29"), ("30", "98"), ("99", None),
    ]  # fmt: skip


def test_other_texts_have_no_contents() -> None:
    assert read_contents(manuscript("A text.\n\nIt has (pp. 3-5) pages.\n")) is None


# ---- against the annotated documents, where they are at hand


def gold(name: str) -> tuple[Manuscript, list[dict[str, Any]]]:
    seed = SHARED / "seeds" / f"{name}.txt"
    if not seed.exists():
        pytest.skip(f"the annotated documents are not at hand ({seed})")
    rows = (SHARED / "gold" / name / "bibliography.jsonl").read_text(encoding="utf-8").splitlines()
    return read_bytes(seed.read_bytes(), str(seed)), [json.loads(row) for row in rows]


def by_line(read: Manuscript) -> dict[int, list[Entry]]:
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in read_entries(read):
        found[read.position(entry.span.start).line].append(entry)
    return found


def test_all_entries_of_a_book() -> None:
    read, rows = gold("szalontai-2005-ch1-4")
    found = by_line(read)
    wrong = []
    for row in rows:
        entry = found[row["line"]].pop(0)
        reference, container = entry.reference, entry.reference.container
        journal = container is not None and container.kind != "series"
        said = {
            "id": entry.id,
            "authors": pairs(reference.creators),
            "editors": pairs(reference.editors),
            "title": (reference.title or "").strip('"'),
            "place": reference.place,
            "publisher": reference.publisher,
            "journal": container.title if container is not None and journal else None,
            "volume": container.volume if container is not None and journal else row["volume"],
            "issue": container.issue if container is not None else None,
            "edition": reference.edition,
            "year": (reference.date or "").split("/")[-1][:4],
        }
        expected = {
            **{field: row[field] for field in said if field not in ("authors", "editors", "title")},
            "authors": [[name["family"], name["given"]] for name in row["authors"]],
            "editors": [[name["family"], name["given"]] for name in row["editors"]],
            "title": row["title"].strip('"'),
        }
        if row["type"] not in ("article", "workingpaper"):
            said["issue"] = expected["issue"] = None
        edition = (said["edition"] or "").strip("."), (expected["edition"] or "").strip(".")
        said["edition"], expected["edition"] = edition
        wrong += [
            (row["id"], field, said[field], expected[field])
            for field in said
            if said[field] != expected[field]
        ]
    assert wrong == []


def test_all_entries_of_two_essays() -> None:
    read, rows = gold("essays-2014")
    found = by_line(read)
    for row in rows:
        (entry,) = found[row["line"]]
        reference, container = entry.reference, entry.reference.container
        assert pairs(reference.creators) == [[name["family"], name["initials"]] for name in row["creators"]]
        assert (reference.date, reference.suffix, reference.place) == (
            row["year"],
            row["suffix"],
            row["place"],
        )
        assert (reference.publisher, reference.url) == (row["publisher"], row["url"])
        assert reference.title == row["title"].rstrip(".,")
        assert (container.title if container else None) == (row["container"] or {}).get("title")
        pages = [reference.locators[0].start, reference.locators[0].end] if reference.locators else None
        assert pages == row["pages"]


def test_a_note_that_lists_editors_first_is_no_entry() -> None:
    note = "Csaba Békés, Malcolm Byrne, and János Rainer, eds., *The 1956 Hungarian Revolution: A History* (Budapest: CEU, 2002), 7."
    assert ids(f"Text.\n\nNotes\n\n1. {note}\n2. Ibid., 8.\n") == []


def test_lines_of_a_list_of_archives_stay_apart_and_are_no_works() -> None:
    text = (
        "Bibliography\n\nArkhiv vneshnei politiki Rossiiskoi Federatsii, Moscow (AVPRF)\n\n"
        "Rossiiskii gosudarstvennyi arkhiv noveishei istorii, Moscow (RGANI)\n\n"
        "Lankov, Andrei. Crisis in North Korea. Honolulu: University of Hawaii Press, 2005.\n\n"
        "Suh, Dae-sook. Kim Il Sung. New York: Columbia University Press, 1988.\n\n"
        "Person, James. We Need Help from Outside. Washington: CWIHP, 2006.\n"
    )
    entries = read_entries(read_bytes(text.encode(), "paper.txt", "plain"))
    assert [entry.reference.genre for entry in entries] == ["collection", "collection", None, None, None]


def test_pages_that_look_like_years_are_pages() -> None:
    entry = read_entry(
        "Garnaut, Anthony. 2013. “A Quantitative Geography of the Famine.” *Modern Asian Studies* 47 (6): 2007–2045."
    )
    assert entry is not None
    container = entry.reference.container
    assert container is not None
    assert (container.title, container.volume, container.issue) == ("Modern Asian Studies", "47", "6")
    assert entry.reference.locators == (Locator("page", "2007", "2045"),)
    assert entry.reference.date == "2013"


def test_two_years_in_one_bracket_are_those_of_two_printings() -> None:
    entry = read_entry("Ramella, F. (1984 and 2022). *Terra e telai*. Turin: Einaudi.")
    assert entry is not None
    assert (entry.reference.date, entry.reference.original_date) == ("2022", "1984")
    assert [name.family for name in entry.reference.creators] == ["Ramella"]


def test_another_form_of_the_family_name_may_stand_in_brackets() -> None:
    entry = read_entry("Losa (Losaeus), N. (1601). *De iure universitatum tractatus*. Torino: Tarino.")
    assert entry is not None
    assert (entry.reference.date, [name.family for name in entry.reference.creators]) == ("1601", ["Losa"])


@pytest.mark.parametrize("text", ["", ",", ", A, B (London: Cape, 1990).", " , , x (London: Cape, 1990)"])
def test_an_entry_that_begins_with_a_comma(text: str) -> None:
    entry = read_entry(text)
    assert entry is None or not entry.reference.creators


def test_a_dash_and_a_comma_stand_for_the_author_before() -> None:
    text = (
        "Bibliography\n\n"
        "Hill, Christopher, *Society and Puritanism* (London, 1964).\n\n"
        "———, *The World Turned Upside Down* (London, 1972).\n\n"
        "--------, ‘Puritans and “the Dark Corners of the Land”’, *Transactions* 13 (1963), pp. 77–102.\n\n"
        "Underdown, David, *Fire from Heaven* (London, 1992).\n"
    )
    entries = analyse(read_bytes(text.encode(), "list.md")).entries
    assert [(entry.reference.creators[0].family, entry.reference.date) for entry in entries] == [
        ("Hill", "1964"),
        ("Hill", "1972"),
        ("Hill", "1963"),
        ("Underdown", "1992"),
    ]
