"""Places in archives: what the grammars read, what counts as a place, and what stays prose."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import parse_citation
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference, IbidReference
from citecheck.reading.archival import NameIndex, Place, find_places
from citecheck.reading.levels import read_levels
from citecheck.reading.terminals import level_grammar
from citecheck.resources import data_folder
from tests.shared import SHARED

REGISTRY = load_registry()
NAMES = NameIndex(REGISTRY, {})
GRAMMARS = sorted(data_folder("grammars").glob("*.lark"))


def places(text: str, **declared: str) -> list[Place]:
    return find_places(text, NameIndex(REGISTRY, declared) if declared else NAMES)


def record(place: Place) -> str:
    """Write a place in one line: archive, levels, leaves."""
    archive = place.archive.id if place.archive is not None else "?"
    levels = "".join(f" {level.key}={level.value}" for level in place.levels)
    leaves = (leaf.start + (f"-{leaf.end}" if leaf.end else "") for leaf in place.locators)
    return f"{archive}{levels}" + "".join(f" @{leaf}" for leaf in leaves)


def cases(name: str) -> list[str]:
    """Return the lines of a file of cases, comments left out."""
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# --- the grammars -------------------------------------------------------------------------------

_HEADER = re.compile(r"^// (good|bad) for ([\w-]+): (.*)$", re.MULTILINE)
HEADERS = [
    pytest.param(hierarchy, text, kind == "good", id=f"{path.stem}-{kind}-{text.strip()[:40]}")
    for path in GRAMMARS
    for kind, hierarchy, text in _HEADER.findall(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("hierarchy", "text", "good"), HEADERS)
def test_header_of_grammar(hierarchy: str, text: str, good: bool) -> None:
    reading = read_levels(text, 0, len(text), REGISTRY.hierarchies[hierarchy])
    if good:
        assert reading is not None, level_grammar(REGISTRY.hierarchies[hierarchy]).stop(text)
        assert reading.end == len(text.rstrip(" .")) or text[reading.end :].strip(" .") == ""
    else:
        assert reading is None


@pytest.mark.parametrize("hierarchy", REGISTRY.hierarchies.values(), ids=lambda hierarchy: hierarchy.id)
def test_grammar_of_hierarchy(hierarchy) -> None:  # type: ignore[no-untyped-def]
    """Every hierarchy fills in a grammar; a terminal imported by two paths would show by its name."""
    terminals = {terminal.name for terminal in level_grammar(hierarchy).parser.tables.terminals}
    assert not [name for name in terminals if name.lstrip("_").count("__")]


_IMPORT = re.compile(r"^%import \.(\w+) \(([^)]*)\)", re.MULTILINE)
_DEFINITION = re.compile(r"^(_?[A-Z][A-Z_]+)(?:\.-?\d+)?:", re.MULTILINE)


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: path.stem)
def test_a_terminal_reaches_a_grammar_by_one_path(path: Path) -> None:
    """Imported from two files, or from one that imports it itself, Lark makes two terminals of it."""
    source = path.read_text(encoding="utf-8")
    reached = _DEFINITION.findall(source)
    for file, names in _IMPORT.findall(source):
        shared = (path.parent / f"{file}.lark").read_text(encoding="utf-8")
        for name in re.findall(r"[A-Z_]{2,}", names):
            assert name in _DEFINITION.findall(shared), f"{name} is not defined in {file}.lark"
            reached.append(name)
    assert len(reached) == len(set(reached))


def test_every_hierarchy_has_a_grammar() -> None:
    for hierarchy in REGISTRY.hierarchies.values():
        assert (data_folder("grammars") / f"{hierarchy.system}.lark").is_file(), hierarchy.id


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), [line.split(" | ") for line in cases("places.txt")])
def test_read(text: str, expected: str) -> None:
    found = places(text)
    assert [sorted(record(place).split()) for place in found] == [sorted(expected.split())]
    assert found[0].start == 0
    assert text[found[0].end :].strip(" .") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PRC FMA 117-00596-06; see also 109-01813-01, 23–25.",
            ["PRC_FMA file_no=117-00596-06", "PRC_FMA file_no=109-01813-01 @23-25"],
        ),
        ("Ibid., d. 411, ll. 12-13; d. 412, l. 5.", ["? delo=411 @12-13", "? delo=412 @5"]),
    ],
)
def test_a_place_goes_on_behind_a_semicolon(text: str, expected: list[str]) -> None:
    assert [record(place) for place in places(text)] == expected


def test_levels_stand_in_the_order_of_the_archive_and_keep_the_printed_one() -> None:
    (place,) = places("AVPRF, Fond 0102, Opis 12, Delo 4, Papka 68")
    assert [level.key for level in place.levels] == ["fond", "opis", "papka", "delo"]
    assert [level.key for level in place.printed] == ["fond", "opis", "delo", "papka"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PAAA, MfAA, A 10234, Bl. 55 ff.", "PAAA bestand=MfAA band=A 10234 @55"),
        (
            "АВПРФ. Ф. 0100. Оп. 49. П. 410. Д. 9. Л. 87 и далее",
            "AVPRF fond=0100 opis=49 papka=410 delo=9 @87",
        ),
        (
            "PRO, CAB 128/30, CM(56) 73rd conclusions",
            "TNA department=CAB series=128 piece=30 former_ref=CM(56) 73rd conclusions",
        ),
    ],
)
def test_leaves_that_follow_and_numbers_of_papers(text: str, expected: str) -> None:
    (place,) = places(text)
    assert record(place) == expected
    assert place.end in (len(text), len(text) - 1)


def test_a_level_named_twice_stands_for_the_missing_one() -> None:
    (place,) = places("RGANI, Delo 5, Opis 28, Delo 412, Listy 224-228")
    assert record(place) == "RGANI fond=5 opis=28 delo=412 @224-228"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ГАОО. Ф. 235. Оп. 7. Д. 42; Оп. 8. Д. 4794; Ф. 1120. Оп. 1. Д. 21. Т. 1",
            ["fond=235 opis=7 delo=42", "fond=235 opis=8 delo=4794", "fond=1120 opis=1 delo=21 tom=1"],
        ),
        (
            "RGASPI, f. 17, op. 128, d. 1119, l. 230, d. 1120, ll. 4-7",
            ["fond=17 opis=128 delo=1119 @230", "fond=17 opis=128 delo=1120 @4-7"],
        ),
        (
            "TNA, PREM 11/1074; CAB 129/66, C(54)95",
            ["department=PREM series=11 piece=1074", "department=CAB series=129 piece=66 former_ref=C(54)95"],
        ),
        (
            "Kotkin, Stalin, 35 (citing APRF, f. 45, op. 1, d. 1549, l. 12–3), 37 (d. 1550, l. 4)",
            ["fond=45 opis=1 delo=1549 @12-13", "fond=45 opis=1 delo=1550 @4"],
        ),
        (
            "AAN, KC PZPR, sygn. 12, k. 3; Smith, History of Poland, vol. 3, p. 4",
            ["zespol=KC PZPR sygn=12 @3"],
        ),
    ],
)
def test_what_goes_on_carries_levels_over(text: str, expected: list[str]) -> None:
    found = places(text)
    assert [record(place).partition(" ")[2] for place in found] == expected
    assert [place.continues for place in found] == [False] + [True] * (len(found) - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ibid., Op.11, D.1605.", "? opis=11 delo=1605"),
        ("Там же. Л. 12 об.", "? @12v"),
        ("Ebd., Bl. 8.", "? @8"),
        ("Tamże, k. 4.", "? @4"),
        ("Tamże, sygn. 237/V-12, k. 5", "? sygn=237/V-12 @5"),
        ("Ibid., Box 7, Folder 2", "? box=7 folder=2"),
        ("Turpat, 5. lp.", "? @5"),
        ("Ibid., f. 0102, op. 14, p. 75, d. 6, l. 101.", "? fond=0102 opis=14 papka=75 delo=6 @101"),
    ],
)
def test_ibid(text: str, expected: str) -> None:
    (place,) = places(text)
    assert place.ibid is not None
    assert record(place) == expected


@pytest.mark.parametrize(
    "text", ["Ibid., p. 5.", "ibid.: para. 7", "Ibid., 45.", "Ibid., vol. 2", "Tamże, s. 5"]
)
def test_pages_after_ibid_are_left_to_the_notes(text: str) -> None:
    assert places(text) == []


def test_description_between_the_levels() -> None:
    text = "AAN, URM, sygn. 5/467, Pismo Ministerstwa Informacji, Warszawa, 17 XII 1945 r., k. 3"
    (place,) = places(text)
    assert place.description is not None
    assert text[slice(*place.description)] == "Pismo Ministerstwa Informacji, Warszawa, 17 XII 1945 r."


# --- where a place begins -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "cited"),
    [
        (
            "Memorandum, Goodpaster to the President, October 31, 1956, ",
            "AWF, International Series, Box 8, Eisenhower Library",
        ),
        (". Fredericks to Williams, 29 May 1964 . ", "NSF:Angola. box I. Johnson Library"),
        ("Records of the U.S. Coast Guard, ", "Record Group 26; National Archives, Washington, D.C."),
        ("General Records of the Adjutant General's Office, ", "Record Group 94 (Entry 134)"),
        ("Acheson to Truman, ", "Dean Acheson Papers, box 64, Truman Library"),
        ("Letter, 5 May 1956, ", "State Archive of Nowhere (hereafter GARF), f. 5, op. 1, d. 12"),
        ("A. Lorenc a spol., ", "T 8/91, sv. XXIII., č. l. 3002"),
        ("See ", "RG 59, Lot 55 D 128, Box 1"),
    ],
)
def test_description_and_date_stand_before_the_place(before: str, cited: str) -> None:
    text = f"{before}{cited}. 19"
    first = places(text)[0]
    assert text[first.start : first.end] == cited


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "archive"),
    [
        ("NA, f. KSČ-ÚV-02/2, sv. 85, a. j. 101", "CZ_NA"),
        ("NA, RG 59, Entry 1613, Box 7", "NARA"),
        ("NA, FO 371/8475, f. 105", "TNA"),
        ("NAA, fond 207, list 24, file 95, p. 61", "AM_NAA"),
        ("NAA: A1838, 3123/1/1 PART 2", "AU_NAA"),
        ("AMAE, Problema 20/1956, Coreea, f. 4", "RO_AMAE"),
        ("AMAE, Asie-Océanie 1956-1967, Corée, vol. 17, f. 201-204", "FR_AMAE"),
        ("BArch, MfS, SdM 1234, Bl. 3", "BSTU"),
        ("BArch, R 58/243, Bl. 12", "BARCH"),
        ("LNA, R1234, 10/12345/678", "UN_LON"),
        ("LNA, 101. f., 15. apr., 12. l.", "LV_LNA"),
    ],
)
def test_the_best_fitting_of_several_archives_of_a_name(text: str, archive: str) -> None:
    found = places(text)[0].archive
    assert found is not None
    assert found.id == archive


def test_the_manuscript_decides_what_its_abbreviations_mean() -> None:
    (place,) = places("NAA, fond 1, list 2, file 3", NAA="National Archives of Armenia")
    assert place.archive is not None
    assert place.archive.id == "AM_NAA"
    (place,) = places("CA, 3. doboz, 5/a, 001/1950", CA="Administrative Documents, China")
    assert place.archive_written == "CA"


def test_a_name_keeps_the_spaces_and_dashes_of_the_text() -> None:
    text = "VÚA–VHA, f. MNO 1955, kart. 12; АВП\u00a0РФ. Ф. 0102. Оп. 12. П. 68. Д. 4"
    assert [place.archive_written for place in places(text)] == ["VÚA–VHA", "АВП\u00a0РФ"]


def test_an_archive_one_slip_away() -> None:
    (place,) = places("RGNAI, Fond 5, Opis 28, Delo 411")
    assert place.archive is not None
    assert (place.archive.id, place.archive_written) == ("RGANI", "RGNAI")


# --- what is no place ---------------------------------------------------------------------------


def test_a_further_place_begins_behind_the_description_of_the_first() -> None:
    found = places("AMSZ, z. 9, w. 61, t. 779, Notatka, 11/22/443, k. 5.")
    assert list(map(record, found)) == [
        "AMSZ zespol=9 wiazka=61 teczka=779",
        "AMSZ zespol=11 wiazka=22 teczka=443 @5",
    ]


def test_cases_run_together_are_read_too() -> None:
    texts = [line.split(" | ")[0] for line in cases("places.txt")]
    for joint in ("  ", ", ", "; ", ".  47. "):
        assert len(places(joint.join(texts))) > len(texts) / 4


@pytest.mark.parametrize("text", cases("prose.txt"))
def test_prose_stays_prose(text: str) -> None:
    assert [record(place) for place in places(text)] == []


# --- any text -----------------------------------------------------------------------------------

_PIECES = """
RGANI|NA|TNA|NARA|AAN|Eisenhower Library|AWF|International Series|FO|371|/|8475|Fond|5|Opis|28|f.|op.|d.|ll.
74-85|12 об.|sygn.|k.|XI A/284|Box|7|Folder|“Korea 1950”|RG|59|4. doboz|5/a|002749/1957|ibid.|Там же
CIA-RDP79T00826A000100010001-5|sv.|a. j.|č. l.|MfS|ZAIG|#|CH-BAR|E2001E|(|)|[|]|,|.|;|:|–|’|and|и|15 May 1956
vol.|Corée|000|l
"""
PIECES = st.sampled_from([*re.split(r"[|\n]", _PIECES.strip()), "\u00a0", "\n"])


def check_spans(text: str) -> None:
    end = 0
    for place in places(text):
        assert end <= place.start <= place.end <= len(text)
        end = place.end
        for level in place.printed:
            words = text[slice(*level.span)]
            flat = re.sub(r"\s", " ", words).replace("’", "'")
            assert all(part in flat for part in level.value.split(", "))
        for locator in place.locators:
            assert text[slice(*locator.span)].strip()
        if place.archive_span is not None:
            assert text[slice(*place.archive_span)] == place.archive_written


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["", " "]))
def test_no_reference_crashes_and_spans_slice_back(pieces: list[str], joint: str) -> None:
    check_spans(joint.join(pieces))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_no_text_crashes(text: str) -> None:
    check_spans(text)


HOSTILE = (
    *("AAN, Abc, ", "RGANI, Fond 5, ", "NARA, Box 5, Papers, ", "f. 5, op. 28, ", "FO 371/8475, "),
    *("Aaa Bbb ", "NA ", "12, ", "(AN "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_one_thing_repeated(piece: str) -> None:
    # That work grows no faster than the text is measured in benchmarks/linear.py.
    check_spans(piece * 100)


# --- strings of many archives, where they are at hand ---------------------------------------------

ARCHIVES = SHARED / "archives"
needs_strings = pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the strings are no part of the project")


def _shared(name: str) -> list[dict]:  # type: ignore[type-arg]
    lines = (ARCHIVES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@needs_strings
def test_shared_strings() -> None:
    expected: dict[str, list[str]] = {}
    for string in _shared("strings.jsonl"):
        levels = "".join(f" {key}={value}" for key, value in string["levels"])
        ends = ((leaf["start"], leaf["end"]) for leaf in string["folios"])
        leaves = (f" @{start}" + (f"-{end}" if end else "") for start, end in ends)
        expected.setdefault(string["text"], []).append((levels + "".join(leaves)).strip())
    assert expected
    wrong = {}
    for text, lines in expected.items():
        got = [_fold(record(place).partition(" ")[2]) for place in places(text)]
        if got != [_fold(line) for line in lines]:
            wrong[text] = (got, lines)
    assert wrong == {}


def _fold(line: str) -> list[str]:
    return sorted(re.sub(r"[.,;:\"“”]+(?= |$)|[\"“”]", "", line.replace("–", "-")).split())


@needs_strings
def test_shared_negatives() -> None:
    texts = [negative["text"] for negative in _shared("negatives.jsonl")]
    assert texts
    assert {text: found for text in texts if (found := places(text))} == {}


def test_a_declared_name_is_a_part_of_the_archive_that_its_long_form_begins_with() -> None:
    [place] = places("IMF, 4. doboz, 5/a, 002749/1957", IMF="MNL OL, XIX-J-1-j Korea")
    assert place.archive is REGISTRY.archives["MNL_OL"]
    assert [(level.key, level.value) for level in place.levels] == [
        ("series", "IMF"), ("doboz", "4"), ("tetel", "5/a"), ("iktatoszam", "002749/1957"),
    ]  # fmt: skip


def test_a_code_is_the_part_of_the_archive_that_it_stands_for() -> None:
    [known], [declared], [in_full] = (
        places("KTS, 4. doboz, 5/a, 002749/1957"),
        places("IMF, 4. doboz, 5/a, 002749/1957", IMF="MNL OL, XIX-J-1-j Korea"),
        places("MNL OL, XIX-J-1-j Korea, 4. doboz, 5/a, 002749/1957"),
    )
    assert known.stands_for == declared.stands_for == in_full.levels[:2]


@pytest.mark.parametrize(
    ("text", "short", "long", "archive", "levels"),
    [
        ("FOO/1234", "FOO", "TNA, FO 371", "TNA", ["FO", "371", "1234"]),
        ("KPH, op. 28, d. 410; d. 412", "KPH", "RGANI, f. 5", "RGANI", ["5", "28", "410"]),
        ("SPF, delo 4", "SPF", "AVPRF, fond 0102, opis 11", "AVPRF", ["0102", "11", "4"]),
        ("PB 4/22", "PB", "SAPMO-BArch, DY 30", "SAPMO", ["DY 30", "4/22"]),
    ],
)
def test_a_short_form_is_read_as_if_it_were_written_out(
    text: str, short: str, long: str, archive: str, levels: list[str]
) -> None:
    place, *others = places(text, **{short: long})
    assert place.archive is REGISTRY.archives[archive]
    assert [level.value for level in place.levels] == levels
    assert place.archive_written == short
    assert text[slice(*place.levels[-1].span)].endswith(levels[-1])
    for other in others:
        assert [level.value for level in other.levels] == [*levels[:-1], "412"]
        assert text[slice(*other.levels[-1].span)] == "d. 412"


@pytest.mark.parametrize(
    ("text", "description", "date", "leaves"),
    [
        (
            "TNA, FO 371/122800, W. Hayter to S. Lloyd, 13 March 1956, ff. 3–4.",
            "W. Hayter to S. Lloyd",
            "1956-03-13",
            ["3–4"],
        ),
        (
            "RGANI, f. 5, op. 28, d. 410, Report by Ivanov, 13 March 1956, ll. 3-4, 7.",
            "Report by Ivanov",
            "1956-03-13",
            ["3–4", "7"],
        ),
        ("RGANI, f. 5, op. 28, d. 410, 13 March 1956, ll. 3-4.", None, "1956-03-13", ["3–4"]),
        ("RGANI, f. 5, op. 28, d. 410, which he denied on 13 March 1956, p. 5.", None, None, []),
    ],
)
def test_leaves_behind_the_date(
    text: str, description: str | None, date: str | None, leaves: list[str]
) -> None:
    (citation,) = parse_citation(text)
    reference = citation.reference
    assert isinstance(reference, ArchivalReference)
    assert (reference.description, reference.date, reference.unread) == (description, date, None)
    found = [leaf.start + (f"–{leaf.end}" if leaf.end else "") for leaf in reference.locators]
    assert found == leaves


@pytest.mark.parametrize(
    ("note", "form"),
    [
        ("*Ibid.*, d. 411, l. 5", "Ibid."),
        ("*Ibid*., d. 411, l. 5", "Ibid."),
        ("*Ibid*, d. 411, l. 5", "Ibid"),
        ("***Ibid.***, d. 411, l. 5", "Ibid."),
        ("*Там же*. Д. 411. Л. 5", "Там же."),
    ],
)
def test_ibid_in_italics_restates_levels(note: str, form: str) -> None:
    (citation,) = parse_citation(note)
    reference = citation.reference
    assert isinstance(reference, IbidReference)
    assert (citation.text, reference.form) == (note, form)
    assert [(level.key, level.value) for level in reference.levels] == [("delo", "411")]
    assert [place.start for place in reference.locators] == ["5"]
    for part in (*reference.levels, *reference.locators):
        assert citation.text[slice(*part.span)].endswith(("411", "5"))
