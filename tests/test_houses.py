"""Houses that are listed together stay apart: in what is equal, in findings, in sources and in exports."""

import csv
import io
import json
from pathlib import Path

import attrs
import pytest

from citecheck.archives import RegistryError, load_registry, read_archives
from citecheck.cli import main
from citecheck.corpus.cited_sources import collect_sources
from citecheck.exporting import Options
from citecheck.exporting import csv as csv_export
from citecheck.exporting import jsonl as jsonl_export
from citecheck.linting import check
from citecheck.reporting.citation_json import document_rows
from citecheck.rules import all_rules
from tests.test_rules import as_document

REGISTRY = load_registry()
CONSISTENCY = [rule for rule in all_rules() if rule.family == "CON"]

# Two names, the ids of the archives that they stand for, the one id in citation JSON, and a place in either.
PAIRS = [
    ("ACDP", "AdsD", "DE_ACDP", "DE_ADSD", "DE_ACDP", "01-483-012/3"),
    ("ACS", "ASMAE", "IT_ACS", "IT_ASMAE", "IT_ACS", "Affari Politici, b. 20, fasc. 3"),
    ("LHCMA", "PRONI", "UK_LHCMA", "UK_PRONI", "UK_LHCMA", "CAB 9/25"),
    ("FDRL", "JCL", "US_FDRL", "US_JCL", "US_OTHERPL", "PSF, Box 23, Folder 2"),
    ("ISA", "CZA", "IL_ISA", "IL_CZA", "IL_ISA", "MFA 2408/12"),
    ("SMA", "BMA", "CN_SMA", "CN_BMA", "CN_CCA", "1-5-220, p. 3"),
    ("GAVO", "GANO", "RU_GAVO", "RU_GANO", "RU_REGIONAL", "f. 1, op. 2, d. 3, l. 4"),
    ("ГАВО (Вологда)", "ГАВО (Владимир)", "RU_VOLOGDA", "RU_VLADIMIR", "RU_REGIONAL", "ф. 1, оп. 2, д. 3, л. 4"),
    ("ДАКО", "ДАЛО", "UA_KYIV", "UA_LVIV", "UA_REGIONAL", "ф. 2, оп. 1, спр. 233, арк. 7"),
    ("ARAN", "SPbF ARAN", "ARAN", "ARAN_SPB", "ARAN", "f. 555, op. 1, d. 32, l. 5"),
    ("LVA", "LVVA", "LV_LVA", "LV_LVVA", "LV_LNA", "101. f., 15. apr., 12. l., 3. lp."),
    ("ASVe", "ASFi", "IT_ASVE", "IT_ASFI", "IT_ASVE", "Senato, Mar, reg. 12, c. 34"),
    ("AAV", "ARSI", "VA_AAV", "ARSI", "VA_AAV", "Germania, b. 95, fasc. 4, f. 12r"),
]  # fmt: skip
HOUSES = pytest.mark.parametrize(("one", "other", "first", "second", "listed", "place"), PAIRS)


def notes(one: str, other: str, place: str) -> str:
    return f"Report on Aid, 5 May 1957, {one}, {place}\nLetter from Nam Il, 7 June 1958, {other}, {place}"


@HOUSES
def test_they_are_two_archives(
    one: str, other: str, first: str, second: str, listed: str, place: str
) -> None:
    document = as_document(notes(one, other, place))
    citations = [citation for citation, _ in document.archival]
    references = [reference for _, reference in document.archival]
    assert [reference.archive for reference in references] == [first, second]
    assert references[0].levels == references[1].levels
    bare = [attrs.evolve(reference, description=None, date=None, creators=()) for reference in references]
    assert bare[0] != bare[1]
    assert len({document.resolution(citation).key for citation in citations}) == 2


@HOUSES
def test_nothing_compares_them(
    one: str, other: str, first: str, second: str, listed: str, place: str
) -> None:
    assert check([as_document(notes(one, other, place))], CONSISTENCY) == []
    apart = [
        as_document(each, f"{number}.txt") for number, each in enumerate(notes(one, other, place).split("\n"))
    ]
    assert check(apart, CONSISTENCY) == []
    if {"l. 4", "арк. 7", "c. 34", "3. lp", "f. 12r"} & set(place.split(", ")):
        # In one house they would be two documents on one leaf.
        codes = [finding.code for finding in check([as_document(notes(one, one, place))], CONSISTENCY)]
        assert codes == ["CON201"]


@HOUSES
def test_exports_and_json_tell_them_apart(
    one: str, other: str, first: str, second: str, listed: str, place: str
) -> None:
    document = as_document(f"{one}, {place}\n{other}, {place}")
    sources = collect_sources([document]).sources
    options = Options(registry=REGISTRY)
    out = io.StringIO()
    csv_export.write(sources, out, options)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().lstrip("\ufeff"))))
    assert [row["archive_id"] for row in rows] == [first, second]
    assert len({row["citation"] for row in rows}) == 2
    known = [REGISTRY.archives[first], REGISTRY.archives[second]]
    assert [row["archive_place"] or None for row in rows] == [archive.place for archive in known]
    found = [row["archive"] for row in document_rows(document)]
    found += [jsonl_export.source_row(source, options)["archive"] for source in sources]
    assert {archive["repository"] for archive in found} == {listed}
    assert [archive.get("id", listed) for archive in found] == [first, second] * 2


def test_a_name_that_the_manuscript_explains_is_that_house() -> None:
    document = as_document(
        "Gosudarstvennyi arkhiv Vologodskoi oblasti (hereafter GAVO), f. 496, op. 1, d. 4437, l. 12.\n"
        "GAVO, f. 496, op. 1, d. 4438, l. 1."
    )
    assert [reference.archive for _, reference in document.archival] == ["RU_VOLOGDA", "RU_VOLOGDA"]


def test_every_listing_is_of_two_houses_at_least() -> None:
    listed: dict[str, int] = {}
    for archive in REGISTRY.archives.values():
        name = archive.listed_under or archive.id
        listed[name] = listed.get(name, 0) + 1
    alone = [
        archive.id for archive in REGISTRY.archives.values() if listed.get(archive.listed_under or "") == 1
    ]
    assert alone == []


def test_houses_share_what_stands_before_them(tmp_path: Path) -> None:
    path = tmp_path / "towns.toml"
    path.write_text(
        'listed_under = "TOWNS"\nname = "Town Archive of {town}"\nvariants = ["TA {town}", "TA {latin}"]\n'
        'hierarchy = "russian-state"\n[[house]]\nid = "A"\ntown = "Avon"\nplace = "Avon"\n'
        '[[house]]\nid = "B"\nname = "Museum"\n[[house.example]]\ntext = "Museum, f. 1"\nlevels = [["fond", "1"]]\n',
        encoding="utf-8",
    )
    avon, museum = read_archives(path, REGISTRY.hierarchies)
    assert (avon.name, avon.variants, avon.place, avon.listed_under) == (
        "Town Archive of Avon",
        ("TA Avon",),
        "Avon",
        "TOWNS",
    )
    assert (museum.name, museum.variants, museum.place) == ("Museum", (), None)
    assert museum.examples[0].text == "Museum, f. 1"
    path.write_text(
        'name = "Archive of {town}"\nhierarchy = "russian-state"\n[[house]]\nid = "A"\n', encoding="utf-8"
    )
    with pytest.raises(RegistryError, match=r"towns\.toml: \[\[house\]\] A lacks “name”"):
        read_archives(path, REGISTRY.hierarchies)


def test_the_command_describes_the_house_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["archives", "AdsD"])
    out = capsys.readouterr().out
    assert out.startswith("DE_ADSD  Archive of Social Democracy")
    assert "Bonn" in out
    assert "Christ" not in out
    main(["archives", "RU_REGIONAL"])
    assert "Vologda" in capsys.readouterr().out


def test_parse_for_people_names_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    main(["parse", "AdsD, NL Brandt, A 6, 123"])
    out = capsys.readouterr().out
    assert "DE_ADSD" in out
    assert "DE_ACDP" not in out
    main(["parse", "--format", "jsonl", "AdsD, NL Brandt, A 6, 123"])
    row = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (row["archive"]["repository"], row["archive"]["id"]) == ("DE_ACDP", "DE_ADSD")
