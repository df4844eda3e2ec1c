"""Places in archives: what the grammars read, what counts as a place, and what stays prose."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.archival import NameIndex, Place, find_places
from citecheck.archives import load_registry
from citecheck.levels import read_levels
from citecheck.resources import data_folder
from citecheck.terminals import level_grammar

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
    terminals = {terminal.name for terminal in level_grammar(hierarchy).lark.terminals}
    assert not [name for name in terminals if name.lstrip("_").count("__")]


def test_every_terminal_is_defined_once_and_imported_from_there() -> None:
    defined: dict[str, str] = {}
    imported: dict[str, set[str]] = {}
    for path in GRAMMARS:
        source = path.read_text(encoding="utf-8")
        for file, names in re.findall(r"^%import \.(\w+) \(([^)]*)\)", source, re.MULTILINE):
            for name in re.findall(r"[A-Z_]{2,}", names):
                imported.setdefault(name, set()).add(file)
        own = re.findall(r"^(_?[A-Z][A-Z_]+)(?:\.-?\d+)?:", source, re.MULTILINE)
        assert len(own) == len(set(own)), path.name
        assert not set(own) & {name for name, files in imported.items() if path.stem not in files} - set(
            _names_not_imported(source)
        ), path.name
        for name in own:
            defined.setdefault(name, path.stem)
    for name, files in imported.items():
        assert files == {defined[name]}, name


def _names_not_imported(source: str) -> list[str]:
    """Return the terminals that a grammar has of its own, though another shares one of the same name."""
    taken = {name for _, names in re.findall(r"^%import \.(\w+) \(([^)]*)\)", source, re.MULTILINE) for name in re.findall(r"[A-Z_]{2,}", names)}
    return [name for name in re.findall(r"^(_?[A-Z][A-Z_]+)(?:\.-?\d+)?:", source, re.MULTILINE) if name not in taken]


def test_no_label_or_archive_stands_in_a_grammar_of_levels() -> None:
    for hierarchy in REGISTRY.hierarchies.values():
        assert (data_folder("grammars") / f"{hierarchy.system}.lark").is_file(), hierarchy.id


# --- what is read -------------------------------------------------------------------------------

# Forms beyond the registry's own examples, which tests/test_archives.py reads.
READ = """
RGANI, Fond 5, Opus 28, Delo 410, Listy 74-85 | RGANI fond=5 opis=28 delo=410 @74-85
RGANI Fond 5 Opis 28, Delo 410, List 210-215 | RGANI fond=5 opis=28 delo=410 @210-215
RGANI, Fond 5, Opis 28, Delo, Listy 40-42 | RGANI fond=5 opis=28 @40-42
Delo 411, ll. 12-13 | ? delo=411 @12-13
RGIA, f. 776, op.’ 8, d. 2015, l. 4 | RGIA fond=776 opis=8 delo=2015 @4
RGIA, f. 821, op. 133, d. 512, ll. 131ob.-132, 140 | RGIA fond=821 opis=133 delo=512 @131v-132 @140
RGASPI 82.2.1592.40–5 | RGASPI fond=82 opis=2 delo=1592 @40-45
РГВА. Ф. 1/п. Оп. 37а. Д. 1. Л. 12 | RGVA fond=1/п opis=37а delo=1 @12
GARF, f. 109, eksp. 3, op. 1858, d. 12, l. 4 | GARF fond=109 section=3 opis=1858 delo=12 @4
LVVA, 1370. f., 1. apr., 5. l., 12. o.p. lp. | LV_LNA fonds=1370 apraksts=1 lieta=5 @12v
LVA, 101. f., 15. apr., 12. l., 3.–5. lp. | LV_LNA fonds=101 apraksts=15 lieta=12 @3-5
EAA.296.4.3241, l. 12p–13 | EE_RA fond=EAA.296 nimistu=4 sailik=3241 @12v-13
MNL OL, M-KS 288. f. 32/c. cs. 12. ő. e., 45. o. | MNL_OL fond=M-KS 288 csomo=32/c oe=12 @45
AAN, Komitet Centralny PZPR, 237/XXII-1020, k. 5–7v | AAN zespol=Komitet Centralny PZPR sygn=237/XXII-1020 @5-7v
AAN, MIiP, sygn. 168, Sprawozdanie z działalności, k. 12 | AAN zespol=MIiP sygn=168 @12
CAW WBH, sygn. VIII.800.1.2, t. 3, k. 44 | CAW sygn=VIII.800.1.2 tom=3 @44
NA, KSČ-ÚV, SÚV, a. j. 170/14, a.j. 170/14, sv. 68 | CZ_NA fond=KSČ-ÚV subfond=SÚV svazek=68 aj=170/14
A ÚPN, f. KS ZNB – S ŠtB Bratislava, r. č. 12345 | SK_AUPN fond=KS ZNB – S ŠtB Bratislava inv=12345
ANIC, fond C.C. al P.C.R., Cancelarie, dos. 33/1956, filele 12–15 | ANIC fond=C.C. al P.C.R. subfond=Cancelarie dosar=33/1956 @12-15
AGA, IDD (10)000, 82/12345, exp. 4 | ES_AMAE fondo=(10)000 signatura=82/12345 expediente=4
AHN, Estado, leg. 3456, exp. 12, fol. 4 | ES_AMAE fondo=Estado signatura=3456 expediente=12 @4
ACS, PCM, 1951-54, fasc. 15.2, b. 2917 | IT_ACS fondo=PCM serie=1951-54 busta=2917 fascicolo=15.2
AJ, KMJ, I-2/11 | AJ fascikla=I-2/11
DASMIP, PA, 1957, Kina, f. 50, 418230 | DAMSPS fond=PA subfond=Kina year=1957 fascikla=50 dok=418230
ÖStA, AdR, BKA/AA, II-pol, Kt. 45, Zl. 123.456-pol/57 | OESTA abteilung=AdR bestand=BKA/AA subfond=II-pol karton=45 zahl=123.456-pol/57
NA, VOC 6515 | NL_NA fondo=VOC inv=6515
PRO, WO 32/20500 | TNA department=WO series=32 piece=20500
TNA: PRO, FO 371/127707, FK 1015/4 | TNA department=FO series=371 piece=127707 former_ref=FK 1015/4
FO 371/84053/FK1015/12 | TNA department=FO series=371 piece=84053 former_ref=FK1015/12
PRO, E 372-60 | TNA department=E series=372 piece=60
KV 2/1245, TNA | TNA department=KV series=2 piece=1245
TNA, FO 371, f. 22 | TNA department=FO series=371 @22
CAC, CHAR 20/12/34 | UK_LHCMA collection=CHAR series=20 piece=12/34
Bodleian Library, MS Eng. c. 4567, fol. 12 | UK_LHCMA collection=MS Eng. c. 4567 @12
BL, IOR, L/P&S/12/1993 | UK_BL collection=IOR series=L/P&S/12 piece=1993
SAPMO-BArch, DY 30/J IV 2/2A/1234 | SAPMO bestand=DY 30 nr=J IV 2/2A/1234
PA/AA, R 73521 | PAAA band=R 73521
BStU, MfS, HA XX/4 Nr. 1255, Bl. 3 | BSTU bestand=MfS unit=HA XX/4 nr=1255 @3
BAR, E 2001 (E), 1978/84, Bd. 1035 | CH_BAR bestand=E 2001 (E) ablieferung=1978/84 dossier=1035
AN, 5 AG 1/1234 | FR_AN cote=5 AG 1/1234
NAA: MP1103/1, PWJAUSA100061 | AU_NAA series=MP1103/1 item=PWJAUSA100061
PRCFMA 114-204-03 | PRC_FMA file_no=114-204-03
JACAR Ref.B02030123400, frame 12 | JP_DRO code=B02030123400 frame=12
C-M(56)138 | NATO doc=C-M(56)138
NARA, RG 59, Central Decimal File 1955-59, 795.00/6-2550, Box 4260 | NARA rg=59 subgroup=Central Decimal File 1955-59 decimal=795.00/6-2550 box=4260
RG59, 848a.OO/3-1248, National Archives | NARA rg=59 decimal=848a.OO/3-1248
795.5/5-556, RG 59, National Archives | NARA rg=59 decimal=795.5/5-556
Entry 1613, Box 7, RG 59 | NARA rg=59 entry=1613 box=7
Box 5, Bohlen Papers, RG 59, NARA | NARA rg=59 subgroup=Bohlen Papers box=5
NARA, M1244, Roll 12, Frame 345 | NARA publication=M1244 roll=12 frame=345
LC, Averell Harriman Papers, Box 215, Folder 4 | US_LOC collection=Averell Harriman Papers box=215 folder=4
T 8/91, sv. XXIII., č. l. 3002 | ? svazek=XXIII sign=T 8/91 @3002
"""


@pytest.mark.parametrize(("text", "expected"), [line.split(" | ") for line in READ.strip().splitlines()])
def test_read(text: str, expected: str) -> None:
    found = places(text)
    assert [sorted(record(place).split()) for place in found] == [sorted(expected.split())]
    assert found[0].start == 0
    assert text[found[0].end :].strip(" .") == ""


def test_levels_stand_in_the_order_of_the_archive_and_keep_the_printed_one() -> None:
    (place,) = places("AVPRF, Fond 0102, Opis 12, Delo 4, Papka 68")
    assert [level.key for level in place.levels] == ["fond", "opis", "papka", "delo"]
    assert [level.key for level in place.printed] == ["fond", "opis", "delo", "papka"]


def test_a_level_named_twice_stands_for_the_missing_one() -> None:
    (place,) = places("RGANI, Delo 5, Opis 28, Delo 412, Listy 224-228")
    assert record(place) == "RGANI fond=5 opis=28 delo=412 @224-228"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ГАОО. Ф. 235. Оп. 7. Д. 42; Оп. 8. Д. 4794; Ф. 1120. Оп. 1. Д. 21. Т. 1",
         ["fond=235 opis=7 delo=42", "fond=235 opis=8 delo=4794", "fond=1120 opis=1 delo=21 tom=1"]),
        ("RGASPI, f. 17, op. 128, d. 1119, l. 230, d. 1120, ll. 4-7",
         ["fond=17 opis=128 delo=1119 @230", "fond=17 opis=128 delo=1120 @4-7"]),
        ("TNA, PREM 11/1074; CAB 129/66, C(54)95",
         ["department=PREM series=11 piece=1074", "department=CAB series=129 piece=66 former_ref=C(54)95"]),
        ("Kotkin, Stalin, 35 (citing APRF, f. 45, op. 1, d. 1549, l. 12–3), 37 (d. 1550, l. 4)",
         ["fond=45 opis=1 delo=1549 @12-13", "fond=45 opis=1 delo=1550 @4"]),
        ("AAN, KC PZPR, sygn. 12, k. 3; Smith, History of Poland, vol. 3, p. 4", ["zespol=KC PZPR sygn=12 @3"]),
    ],
)  # fmt: skip
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
    ],
)
def test_ibid(text: str, expected: str) -> None:
    (place,) = places(text)
    assert place.ibid is not None
    assert record(place) == expected


@pytest.mark.parametrize("text", ["Ibid., p. 5.", "ibid.: para. 7", "Ibid., 45.", "Ibid., vol. 2", "Tamże, s. 5"])
def test_pages_after_ibid_are_left_to_the_notes(text: str) -> None:
    assert places(text) == []


def test_description_between_the_levels() -> None:
    text = "AAN, URM, sygn. 5/467, Pismo Ministerstwa Informacji, Warszawa, 17 XII 1945 r., k. 3"
    (place,) = places(text)
    assert place.description is not None
    assert text[slice(*place.description)] == "Pismo Ministerstwa Informacji, Warszawa, 17 XII 1945 r."


# --- where a place begins -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Memorandum, Goodpaster to the President, October 31, 1956, AWF, International Series, Box 8, Eisenhower Library.",
         "AWF, International Series, Box 8, Eisenhower Library"),
        (". Fredericks to Williams, 29 May 1964 . NSF:Angola. box I. Johnson Library. 19",
         "NSF:Angola. box I. Johnson Library"),
        ("Records of the U.S. Coast Guard, Record Group 26; National Archives, Washington, D.C.",
         "Record Group 26; National Archives, Washington, D.C."),
        ("General Records of the Adjutant General's Office, Record Group 94 (Entry 134);", "Record Group 94 (Entry 134)"),
        ("Acheson to Truman, Dean Acheson Papers, box 64, Truman Library", "Dean Acheson Papers, box 64, Truman Library"),
        ("Letter, 5 May 1956, State Archive of Nowhere (hereafter GARF), f. 5, op. 1, d. 12",
         "State Archive of Nowhere (hereafter GARF), f. 5, op. 1, d. 12"),
        ("A. Lorenc a spol., T 8/91, sv. XXIII., č. l. 3002.", "T 8/91, sv. XXIII., č. l. 3002"),
        ("See RG 59, Lot 55 D 128, Box 1, and RG 84, Box 12, NARA.", "RG 59, Lot 55 D 128, Box 1"),
    ],
)  # fmt: skip
def test_description_and_date_stand_before_the_place(text: str, cited: str) -> None:
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
    assert places("CA, 3. doboz, 5/a, 001/1950", CA="Administrative Documents, China")[0].archive_written == "CA"


def test_a_name_keeps_the_spaces_and_dashes_of_the_text() -> None:
    text = "VÚA–VHA, f. MNO 1955, kart. 12; АВП\u00a0РФ. Ф. 0102. Оп. 12. П. 68. Д. 4"
    assert [place.archive_written for place in places(text)] == ["VÚA–VHA", "АВП\u00a0РФ"]


def test_an_archive_one_slip_away() -> None:
    (place,) = places("RGNAI, Fond 5, Opis 28, Delo 411")
    assert place.archive is not None
    assert (place.archive.id, place.archive_written) == ("RGANI", "RGNAI")


# --- what is no place ---------------------------------------------------------------------------

PROSE = """
The originals are in AVPRF and RGANI, but many files stay closed.
The Kennedy Library holds 12 boxes and the Eisenhower Library 5.
Box 12 in the Hoover Institution was empty.
He went to the National Archives, where 5 boxes waited.
PREM 11 starts at 8.55; CAB 5 drivers; KV 2 tanks; AIR 2 pilots.
A column of T-34/85 tanks crossed the parallel; T 34/85, An-124, An-2/12, Il-28.
King Lear, 3.2.74–85; Civil Code, s. 5, art. 28, cl. 410; ISBN 978-0-8248-3278-1.
NATO forces in 1956 numbered 12 divisions; NATO 50 years on.
RG 59 is a record group; so is Record Group 84.
AN 5, RA 3, KA 4, NA 12, LC 5 and HIA 12, p. 4
Archiwum Akt Nowych. Przewodnik, Warszawa 1999, t. 2, s. 45.
IPN, Warszawa 2005, s. 12.
MAE, Documents diplomatiques français, 1956, vol. 2, p. 34.
ACS, Guida generale, vol. 1, p. 5.
BStU, Jahresbericht 2005, S. 12.
Bodleian Library Record 12, no. 3 (1985), 45.
Journal of American History 5, box 3.
Archiv für Sozialgeschichte 5 (1965), S. 12.
Cold War International History Project Bulletin 5 (Spring 1995): 28–31.
Roosevelt Papers are at Hyde Park.
He cited C-M(56) and moved on.
Carter Library, Atlanta, 5 May 1999.
Rozdano 52 k. w talii, w tym k. 12 kierów.
La caja 12 del supermercado; carton rouge à la 34e minute, f. de Martin.
A 4. doboz csokoládé volt a legjobb, az 5. doboz már üres.
Он играл прелюдию Шопена, оп. 28, № 15.
"""


@pytest.mark.parametrize("text", PROSE.strip().splitlines())
def test_prose_stays_prose(text: str) -> None:
    assert [record(place) for place in places(text)] == []


# --- any text -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["RGANI", "NA", "TNA", "NARA", "AAN", "Eisenhower Library", "CIA-RDP79T00826A000100010001-5", "FO", "371", "/", "8475",
     "Fond", "5", "Opis", "28", "f.", "op.", "d.", "ll.", "74-85", "12 об.", "sygn.", "XI A/284", "k.", "Box", "7", "Folder",
     "“Korea 1950”", "RG", "59", "AWF", "International Series", "4. doboz", "5/a", "002749/1957", "ibid.", "Там же", "sv.",
     "a. j.", "č. l.", "MfS", "ZAIG", "#", "CH-BAR", "E2001E", "(", ")", "[", "]", ",", ".", ";", ":", "–", "\u00a0", "\n", "’",
     "and", "и", "15 May 1956", "vol.", "Corée", "Asie-Océanie", "000", "l"]
)  # fmt: skip


def check_spans(text: str) -> None:
    end = 0
    for place in places(text):
        assert end <= place.start <= place.end <= len(text)
        end = place.end
        for level in place.printed:
            words = text[slice(*level.span)]
            assert all(piece in re.sub(r"\s", " ", words).replace("’", "'") for piece in level.value.split(", "))
        for locator in place.locators:
            assert text[slice(*locator.span)].strip()
        if place.archive_span is not None:
            assert text[slice(*place.archive_span)] == place.archive_written


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["", " "]))
def test_no_reference_crashes_and_spans_slice_back(pieces: list[str], joint: str) -> None:
    check_spans(joint.join(pieces))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_crashes(text: str) -> None:
    check_spans(text)


@pytest.mark.parametrize(
    "piece",
    ["AAN, Abc, ", "RGANI, Fond 5, ", "NARA, Box 5, Papers, ", "f. 5, op. 28, ", "FO 371/8475, ", "Aaa Bbb ", "NA ", "12, ", "(AN "],
)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(copies: int) -> float:
        text = piece * copies
        start = time.perf_counter()
        find_places(text, NAMES)
        return time.perf_counter() - start

    seconds(20)
    # What is meant to be caught is a square, which would make this a hundredfold.
    assert seconds(2000) < 40 * max(seconds(200), 0.005)


# --- strings of many archives, where they are at hand ---------------------------------------------

SHARED = Path("/work/shared/archives")


def _shared(name: str) -> list[dict]:  # type: ignore[type-arg]
    path = SHARED / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of citation strings is not part of the project")
def test_shared_strings() -> None:
    expected: dict[str, list[str]] = {}
    for string in _shared("strings.jsonl"):
        levels = "".join(f" {key}={value}" for key, value in string["levels"])
        leaves = (f" @{leaf['start']}" + (f"-{leaf['end']}" if leaf["end"] else "") for leaf in string["folios"])
        expected.setdefault(string["text"], []).append((levels + "".join(leaves)).strip())
    assert expected
    wrong = {text: (got, lines) for text, lines in expected.items() if (got := _bare(text)) != [_fold(line) for line in lines]}
    assert wrong == {}


def _bare(text: str) -> list[list[str]]:
    return [_fold(record(place).partition(" ")[2]) for place in places(text)]


def _fold(line: str) -> list[str]:
    return sorted(re.sub(r"[.,;:\"“”]+(?= |$)|[\"“”]", "", line.replace("–", "-")).split())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of citation strings is not part of the project")
def test_shared_negatives() -> None:
    negatives = _shared("negatives.jsonl")
    assert negatives
    assert {negative["text"]: found for negative in negatives if (found := places(negative["text"]))} == {}
