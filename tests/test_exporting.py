"""Exports, and reading them back."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.analysis import analyse
from citecheck.citations import (
    ArchivalReference,
    Container,
    Kind,
    Level,
    Locator,
    Name,
    SourceReference,
    WorkReference,
)
from citecheck.cli import main
from citecheck.corpus.cited_sources import CitedSource, collect_sources
from citecheck.errors import CitecheckError
from citecheck.exporting import Options, all_exporters
from citecheck.exporting import export as export_documents
from citecheck.exporting.bib_entries import biblatex_entry, bibtex_entry
from citecheck.formatting.carried import flatten, pack, restore, unpack
from citecheck.formatting.tex import decode_names, decode_text, encode_names, encode_text, encode_title
from citecheck.libraries import read_library_bytes
from citecheck.readers import read_bytes, read_manuscript
from tests.records import NAMES, PEOPLE, RECORDS, REGISTRY, TEXTS
from tests.shared import SHARED

PROJECT = Path(__file__).resolve().parent.parent
PAPERS = sorted((PROJECT / "seeds" / "papers").glob("*.txt"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
# Formats that citecheck reads as well as writes, with the dialect and the ending of the file's name.
READABLE = (
    ("biblatex", None, ".bib"),
    ("biblatex", "biblatex-chicago", ".bib"),
    ("bibtex", None, ".bib"),
    ("csl-json", None, ".json"),
    ("ris", None, ".ris"),
)
readable = pytest.mark.parametrize(("format", "dialect", "suffix"), READABLE)


def export(
    format: str, sources: Iterable[CitedSource], dialect: str | None = None, notes: str | None = None
) -> str:
    out = io.StringIO(newline="")
    options = Options(REGISTRY, dialect, notes=notes)  # type: ignore[arg-type]
    all_exporters()[format].write(sources, out, options)
    return out.getvalue()


def read_back(written: str, suffix: str) -> dict[str, SourceReference]:
    library = read_library_bytes(written.encode(), f"library{suffix}", REGISTRY)
    assert library.faults == ()
    return {item.key: item.reference for item in library.items}


def sources_of(*texts: str) -> dict[str, CitedSource]:
    documents = [
        analyse(read_bytes(text.encode(), f"paper-{number}.txt")) for number, text in enumerate(texts)
    ]
    return {source.key: source for source in collect_sources(documents).sources}


# --- round trips -------------------------------------------------------------------------------------------


def test_a_date_that_the_calendar_has_not_is_given_as_far_as_it_has(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(
        "Notes\n\n1. Report, 31 February 1956, RGANI, f. 5, op. 28, d. 410, l. 5.\n", encoding="utf-8"
    )
    for format, date in (
        ("biblatex", "date = {1956-02},"), ("csl-json", '"edtf": "1956-02"'), ("ris", "DA  - 1956/02//"),
    ):  # fmt: skip
        exported = export_documents([analyse(read_manuscript(paper))], format)
        assert date in exported
        # Read again, it is what the manuscript says.
        assert "1956-02-31" in exported


@settings(max_examples=200)
@given(RECORDS)
def test_flat_pairs_are_the_record(record: SourceReference) -> None:
    pairs = flatten(record)
    assert restore(pairs) == record
    assert unpack(pack(pairs)) == pairs


@readable
def test_reading_an_export_gives_the_records(format: str, dialect: str | None, suffix: str) -> None:
    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(RECORDS, min_size=1, max_size=3), st.sampled_from((None, "keywords", "note")))
    def check(records: list[SourceReference], notes: str | None) -> None:
        sources = [CitedSource(f"key-{number}", record, ("note 1",)) for number, record in enumerate(records)]
        written = export(format, sources, dialect, notes)
        assert list(read_back(written, suffix).values()) == records, written

    check()


@readable
@pytest.mark.parametrize("paper", [*PAPERS, *SEEDS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_reading_the_export_of_a_paper(paper: Path, format: str, dialect: str | None, suffix: str) -> None:
    sources = collect_sources([analyse(read_manuscript(paper))]).sources
    assert read_back(export(format, sources, dialect), suffix) == {
        each.key: each.reference for each in sources
    }


@readable
def test_every_citation_of_the_gold(format: str, dialect: str | None, suffix: str) -> None:
    files = sorted((SHARED / "gold").glob("*/citations.jsonl"))
    if not files:
        pytest.skip("the gold is not here (../shared/gold)")
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    sources = [CitedSource(f"key-{number}", gold_record(row)) for number, row in enumerate(rows)]
    assert read_back(export(format, sources, dialect), suffix) == {
        each.key: each.reference for each in sources
    }


def gold_record(row: dict) -> SourceReference:  # type: ignore[type-arg]
    locators = tuple(Locator(each["label"], each["start"], each["end"]) for each in row["locators"])
    creators = tuple(
        Name(name) if isinstance(name, str) else Name(name["family"], name.get("given"))
        for name in row["creators"]
    )
    if row["archive"] is not None:
        levels = tuple(Level(key, value) for key, value in row["archive"]["levels"])
        described = (row["description"], row["date"], creators)
        return ArchivalReference(row["archive"]["repository"], levels, locators, *described)
    host = row["container"]
    container = None
    if host is not None:
        kind = {"journal": "article-journal"}.get(host.get("type"), host.get("type"))
        container = Container(host["title"], (), host.get("volume"), host.get("issue"), kind)
    kind = Kind.CHAPTER if row["kind"] == "chapter" else Kind.FULL
    return WorkReference(kind, creators, row["title"], container, row["date"], row.get("suffix"), locators)


# --- the mapping -------------------------------------------------------------------------------------------

MEMORANDUM = CitedSource(
    "rgani-5-28-410-74",
    ArchivalReference(
        "RGANI",
        (Level("fond", "5"), Level("opis", "28"), Level("delo", "410")),
        (Locator("folio", "74", "85"),),
        "Memorandum of Conversation with Kim Il Sung",
        "1956-03-12",
    ),
    ("note 21",),
)
REPORT = CitedSource(
    "kts-1",
    ArchivalReference(
        "MNL_OL",
        (Level("series", "KTS"), Level("doboz", "4"), Level("iktatoszam", "002749/1957")),
        description="Jelentés",
        creators=(Name("Hungarian Embassy to the DPRK"),),
    ),
)


def test_biblatex_of_a_document() -> None:
    entry = biblatex_entry(MEMORANDUM, Options(REGISTRY, notes="keywords"))
    assert (entry.type, entry.fields) == (
        "misc",
        {
            "title": "Memorandum of {Conversation} with {Kim Il Sung}",
            "howpublished": "RGANI, Fond 5, Opis 28, Delo 410, Listy 74–85",
            "library": "Russian State Archive of Contemporary History",
            "location": "Moscow",
            "date": "1956-03-12",
            "verba": "citecheck: archive=RGANI; fond=5; opis=28; delo=410; leaves=folio:74..85",
            "keywords": "note 21",
        },
    )


def test_biblatex_chicago_of_a_document() -> None:
    entry = biblatex_entry(MEMORANDUM, Options(REGISTRY, "biblatex-chicago"))
    assert entry.fields["note"] == "Fond 5, Opis 28, Delo 410, Listy 74–85"
    assert entry.fields["organization"] == "Russian State Archive of Contemporary History"
    assert entry.fields["entrysubtype"] == "archival"


def test_bibtex_of_a_document_has_its_levels_as_fields() -> None:
    entry = bibtex_entry(MEMORANDUM, Options(REGISTRY))
    assert entry.fields["howpublished"] == "RGANI, Fond 5, Opis 28, Delo 410, Listy 74--85"
    levels = {name: value for name, value in entry.fields.items() if name.startswith("citecheck-")}
    assert levels == {
        "citecheck-archive": "RGANI",
        "citecheck-fond": "5",
        "citecheck-opis": "28",
        "citecheck-delo": "410",
        "citecheck-leaves": "folio:74..85",
    }
    assert entry.unbraced == {"month": '"12~" # mar'}


def test_a_body_stands_in_double_braces() -> None:
    written = export("biblatex", [REPORT])
    assert "author = {{Hungarian Embassy to the DPRK}}," in written
    assert written.startswith("@unpublished{kts-1,")
    # Nobody outside the book knows what KTS is.
    assert "howpublished = {MNL OL, KTS, 4. doboz, 002749/1957, Budapest" in written


def test_export_of_documents() -> None:
    document = analyse(read_bytes(NOTES.encode(), "paper.txt"))
    assert "@misc{rgani-5-28-410-74," in export_documents([document], "biblatex")
    with pytest.raises(CitecheckError, match="there is no format “bibtx”; the formats are biblatex"):
        export_documents([document], "bibtx")


def test_csl_of_a_document() -> None:
    item = json.loads(export("csl-json", [MEMORANDUM]))[0]
    assert item.pop("custom") == {
        "citecheck": {
            "place": {"archive": "RGANI", "fond": "5", "opis": "28", "delo": "410", "leaves": "folio:74..85"}
        }
    }
    assert item == {
        "id": "rgani-5-28-410-74",
        "type": "manuscript",
        "title": "Memorandum of Conversation with Kim Il Sung",
        "issued": {"date-parts": [[1956, 3, 12]], "edtf": "1956-03-12"},
        "genre": "memorandum",
        "archive": "Russian State Archive of Contemporary History (RGANI)",
        "archive-place": "Moscow",
        "archive_collection": "Fond 5 (departments of the Central Committee)",
        "archive_location": "Opis 28, Delo 410, Listy 74–85",
    }


def test_an_edited_title_is_not_overridden_by_what_citecheck_carries() -> None:
    for format, suffix in (("biblatex", ".bib"), ("bibtex", ".bib"), ("csl-json", ".json"), ("ris", ".ris")):
        written = export(format, [MEMORANDUM])
        edited = re.sub(r"Memorandum of \{?Conversation\}? with", "Talk with", written)
        found = read_back(edited, suffix)[MEMORANDUM.key]
        assert isinstance(found, ArchivalReference)
        assert found.description == "Talk with Kim Il Sung"
        assert found.levels == MEMORANDUM.reference.levels  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "unicode", "latin"),
    [
        ("Chuch'e", "Chuch'e", "Chuch'e"),
        ("1945–1960", "1945–1960", "1945--1960"),
        ("R&D 50% _x_ #1 $", r"R\&D 50\% \_x\_ \#1 \$", r"R\&D 50\% \_x\_ \#1 \$"),
        ("Gerő Ernő", "Gerő Ernő", r"Ger{\H{o}} Ern{\H{o}}"),
        ("Nguyễn Thơ", "Nguyễn Thơ", r"Nguy{\~{\^{e}}}n Th{\ohorn}"),
        ("Ланьков", "Ланьков", "Ланьков"),
        ('"Kim"', r"\textquotedbl{}Kim\textquotedbl{}", r"\textquotedbl{}Kim\textquotedbl{}"),
        ("“Kim”", "“Kim”", "“Kim”"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}", r"\textbraceleft{}x\textbraceright{}"),
        ("a--b", "a-{}-b", "a-{}-b"),
        ("––", "––", "--{}--"),
        ("—-", "—-", "---{}-"),
        ("-{}-", r"-\textbraceleft{}\textbraceright{}-", r"-\textbraceleft{}\textbraceright{}-"),
    ],
)
def test_special_characters(text: str, unicode: str, latin: str) -> None:
    assert encode_text(text) == unicode
    assert encode_text(text, latin_letters=True) == latin
    assert decode_text(unicode) == decode_text(latin) == text


@settings(max_examples=300)
@given(TEXTS, st.booleans())
def test_tex_reads_as_it_was_written(text: str, latin: bool) -> None:
    assert decode_text(encode_text(text, latin_letters=latin)) == text
    assert decode_text(encode_title(text, latin_letters=latin)) == text


@settings(max_examples=200)
@given(
    st.lists(NAMES.filter(lambda name: "," not in f"{name.family}{name.given}"), max_size=3), st.booleans()
)
def test_names_read_as_they_were_written(names: list[Name], latin: bool) -> None:
    assert decode_names(encode_names(names, latin_letters=latin)) == tuple(names)


def test_capitals_are_protected() -> None:
    assert encode_title("Korea and the Korean War, 1950") == "Korea and the {Korean War}, 1950"
    assert encode_title("DPRK politics") == "{DPRK} politics"


@settings(max_examples=50)
@given(PEOPLE)
def test_et_al_is_and_others(names: tuple[Name, ...]) -> None:
    if names:
        last = Name(names[-1].family, names[-1].given, names[-1].suffix, "Goncharov et al.")
        assert encode_names([*names[:-1], last]).endswith(" and others")


# --- which sources -----------------------------------------------------------------------------------------

NOTES = """Notes

1. Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.
2. Lankov, *Crisis in North Korea*, 63.
3. Memorandum of Conversation with Kim Il Sung, 12 March 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.
4. Report by N. Fedorenko, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 190-196.
5. Memorandum of Conversation with Kim Il Sung, 12 March 1956, RGANI, Fond 5, Opis 28, Delo 410, List 80.
6. RGANI, Fond 5, Opis 28, Delo 410, List 74.
7. Ibid.
"""


def test_every_source_once() -> None:
    found = sources_of(NOTES)
    assert {key: source.cited_in for key, source in found.items()} == {
        "lankov-2005": ("note 1", "note 2"),
        "rgani-5-28-410-74": ("note 3", "note 5", "note 6", "note 7"),
        "rgani-5-28-410-190": ("note 4",),
    }
    document = found["rgani-5-28-410-74"].reference
    assert document.locators == (Locator("folio", "74", "85"),)


@pytest.mark.parametrize("places", ["324–345, at 330", "pp. 324–345, at p. 330", "324–45, at 330"])
def test_the_pages_before_the_one_that_is_meant_are_the_articles(places: str) -> None:
    title = "“Nazi Economic Imperialism,” *Economic History Review* 54, no. 2 (2001)"
    (source,) = sources_of(f"Notes\n\n1. Albrecht Ritschl, {title}: {places}.\n").values()
    assert source.reference.locators == (Locator("page", "324", "345"),)


def test_the_page_that_is_meant_is_not_the_articles() -> None:
    title = "“Nazi Economic Imperialism,” *Economic History Review* 54, no. 2 (2001)"
    (source,) = sources_of(f"Notes\n\n1. Albrecht Ritschl, {title}: 330.\n").values()
    assert source.reference.locators == ()


def test_several_manuscripts_share_a_source() -> None:
    found = sources_of(NOTES, NOTES)
    assert found["lankov-2005"].cited_in[0] == "paper-0, note 1"
    assert len(found) == 3


def test_two_works_of_one_author_and_year_stay_two() -> None:
    first = "Notes\n\n1. Andrei Lankov, *Crisis in North Korea* (Honolulu: Hawaii, 2005), 19.\n"
    second = "Notes\n\n1. Andrei Lankov, *Dawn of Modern Korea* (Seoul: Eunhaeng, 2005), 19.\n"
    assert set(sources_of(first, second)) == {"lankov-2005", "lankov-2005-dawn"}


# --- streams, tables, files --------------------------------------------------------------------------------


def many(count: int) -> Iterator[CitedSource]:
    for number in range(count):
        reference = ArchivalReference(
            "RGANI",
            (Level("fond", "5"), Level("opis", "28"), Level("delo", str(number))),
            description=f"Report no. {number}",
            date="1956-03-12",
        )
        yield CitedSource(f"rgani-5-28-{number}", reference)


class Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("format", sorted(all_exporters()))
def test_memory_does_not_grow_with_the_number_of_sources(format: str) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        all_exporters()[format].write(many(count), Nowhere(), Options(REGISTRY))  # type: ignore[arg-type]
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    # The first run loads what is loaded once; the second and the third differ by nothing but their length.
    peak(10)
    assert peak(1_600) < peak(400) * 1.5 + 500_000


def test_csv_runs_no_formula() -> None:
    source = CitedSource("x", WorkReference(Kind.FULL, title="=HYPERLINK(1)"))
    written = export("csv", [source])
    assert written.startswith("\ufeff")
    row = next(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert row["title"] == "'=HYPERLINK(1)"


def test_jsonl_begins_with_its_schema() -> None:
    lines = export("jsonl", [MEMORANDUM], notes="keywords").splitlines()
    assert json.loads(lines[0]) == {"schema": "citecheck/1"}
    assert json.loads(lines[1])["cited_in"] == ["note 21"]


def test_export_writes_a_whole_file_and_overwrites_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, target = tmp_path / "paper.txt", tmp_path / "refs.bib"
    paper.write_text(NOTES, encoding="utf-8")
    assert main(["export", str(paper), "-o", str(target)]) == 0
    assert "@misc{rgani-5-28-410-74," in target.read_text(encoding="utf-8")
    target.write_text("mine", encoding="utf-8")
    assert main(["export", str(paper), "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert "exists and is not overwritten" in capsys.readouterr().err
    assert main(["export", str(paper), "-o", str(target), "--force", "--with-notes"]) == 0
    assert "keywords = {note 1, note 2}" in target.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paper.txt", "refs.bib"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_export_into_a_folder_that_may_not_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(NOTES, encoding="utf-8")
    (tmp_path / "closed").mkdir(mode=0o500)
    assert main(["export", str(paper), "-o", str(tmp_path / "closed" / "refs.bib")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "the format is not said"),
        (["--to", "ris", "--dialect", "biblatex"], "is no dialect of ris"),
        (["--to", "ris", "-o", "/no/such/folder/x.ris"], "/no/such/folder/x.ris: cannot be written"),
    ],
)
def test_export_says_what_is_wrong(
    arguments: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(NOTES, encoding="utf-8")
    assert main(["export", str(paper), *arguments]) == 2
    assert complaint in capsys.readouterr().err


def test_checking_does_not_load_the_bib_parser() -> None:
    code = (
        "import sys, citecheck.commands.lint, citecheck.commands.parse; print('bibtexparser' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


# --- normalize ---------------------------------------------------------------------------------------------


def test_normalize_one_citation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["normalize", "РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74–85 об.", "--form", "abbreviated"]) == 0
    assert capsys.readouterr().out == "RGANI, f. 5, op. 28, d. 410, ll. 74–85 ob.\n"
    assert main(["normalize", "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85", "--form", "gost"]) == 0
    assert capsys.readouterr().out == "РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74–85\n"


def test_normalize_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("RGANI, f. 5, op. 28, d. 410\n\nnothing of the sort\n", encoding="utf-8")
    assert main(["normalize", str(listed)]) == 1
    out, err = capsys.readouterr()
    assert out == "RGANI, Fond 5, Opis 28, Delo 410\nnothing of the sort\n"
    assert "list.txt:3: nothing of the sort (is not read as a citation)" in err


def test_normalize_a_manuscript(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(NOTES, encoding="utf-8")
    assert main(["normalize", str(paper), "--form", "abbreviated"]) == 1
    out, err = capsys.readouterr()
    report = "4. Report by N. Fedorenko, 29 May 1956, RGANI, f. 5, op. 28, d. 410, ll. 190–196."
    assert report in out.splitlines()
    assert "note 7: Ibid" in err


def test_a_mention_without_date_is_no_source() -> None:
    text = (
        "Pak Chang-ok knew it from a memorandum of a conversation between Petrov and Chao.\n\nNotes\n\n"
        "1. Interview with Kang Sang-ho, Leningrad, 31 October 1989.\n2. Lankov, *Crisis* (Honolulu: UHP, 2005), 4.\n"
    )
    document = analyse(read_bytes(text.encode(), "a.txt", "plain"))
    assert [citation.reference.kind for citation in document.citations].count(Kind.OTHER) == 2
    assert [source.key for source in collect_sources([document]).sources] == [
        "sang-ho-kang-1989-10-31",
        "lankov-2005",
    ]


def test_the_first_printing_of_a_reprint_has_its_own_field() -> None:
    (source,) = sources_of(
        "So it was (Fanon 1963, 12; Fanon [1963] 1968, 14).\n\nReferences\n\n"
        "Fanon, Frantz. 1968 [1963]. *The Wretched of the Earth*. New York: Grove Press.\n"
    ).values()
    written = {format: export(format, [source]) for format in ("biblatex", "bibtex", "csl-json", "ris")}
    assert "  date = {1968},\n  origdate = {1963},\n" in written["biblatex"]
    assert "  note = {First published 1963},\n  year = {1968},\n" in written["bibtex"]
    assert '"original-date": {"date-parts": [[1963]], "edtf": "1963"}' in written["csl-json"]
    assert "\r\nOP  - 1963\r\n" in written["ris"]
