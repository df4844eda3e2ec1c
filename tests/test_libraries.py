"""Reading reference libraries, and citing from them."""

import json
from pathlib import Path

import pytest

from citecheck.analysis import analyse
from citecheck.citations import ArchivalReference, Container, Kind, Level, Locator, Name, WorkReference
from citecheck.documents import Document
from citecheck.errors import CitecheckError
from citecheck.findings import Finding
from citecheck.libraries import Library, problems, read_library, read_library_bytes
from citecheck.libraries.joining import join
from citecheck.linting import check, check_library, select_rules
from citecheck.readers import read_bytes
from citecheck.rules import Bad, Good, Rule, all_rules


def library(text: str, name: str = "refs.bib") -> Library:
    return read_library_bytes(text.encode(), name)


def works(text: str, name: str = "refs.bib") -> list[WorkReference]:
    return [entry.reference for entry in library(text, name).entries]


LANKOV = Name("Lankov", "Andrei")


# --- fields ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # biblatex, as Zotero exports it.
        (
            '@article{lankov_kim_2002,\n  title = {Kim {Takes} {Control}: {The} "{Great} {Purge}"},\n'
            "  volume = {26},\n  number = {1},\n  journaltitle = {Korean Studies},\n"
            "  author = {Lankov, Andrei},\n  date = {2002-07},\n  pages = {87--119},\n}\n",
            WorkReference(
                Kind.FULL,
                (LANKOV,),
                'Kim Takes Control: The "Great Purge"',
                Container("Korean Studies", (), "26", "1", "article-journal"),
                "2002-07",
                locators=(Locator("page", "87", "119"),),
            ),
        ),
        # BibTeX by hand: quotes, abbreviations, months, accents, an elided end of the pages.
        (
            "@string{ks = {Korean Studies}}\n@ARTICLE{l,\n"
            '  Author = "Andrei Lankov and Dvo\\v{r}\\\'ak, A.",\n'
            '  Title = "Kim",\n  journal = ks # { (Honolulu)},\n  year = 2002, month = "28~" # jul,\n'
            '  pages = "387-99"\n}\n',
            WorkReference(
                Kind.FULL,
                (LANKOV, Name("Dvořák", "A.")),
                "Kim",
                Container("Korean Studies (Honolulu)", kind="article-journal"),
                "2002-07-28",
                locators=(Locator("page", "387", "399"),),
            ),
        ),
        (
            "@incollection{a, author={Armstrong, Charles}, title={Socialism},\nbooktitle={Foreign Relations},"
            "editor={Kim, Samuel S.}, publisher={Oxford University Press}, address={Hong Kong}, year={1998}}",
            WorkReference(
                Kind.CHAPTER,
                (Name("Armstrong", "Charles"),),
                "Socialism",
                Container("Foreign Relations", (Name("Kim", "Samuel S."),), kind="book"),
                "1998",
                publisher="Oxford University Press",
                place="Hong Kong",
            ),
        ),
        (
            "@phdthesis{p, author={Petrov, Leonid}, title={The Rise}, year={2002},"
            " school={Australian National University}}",
            WorkReference(
                Kind.FULL,
                (Name("Petrov", "Leonid"),),
                "The Rise",
                date="2002",
                publisher="Australian National University",
                genre="thesis",
            ),
        ),
        (
            "@book{g, editor={{Soviet Academy of Sciences} and others}, title={Korea}, subtitle={A Reader},\n"
            "series={Series}, number=8, volume={2}, edition={2}, date={1956/1957}}",
            WorkReference(
                Kind.FULL,
                (),
                "Korea: A Reader",
                Container("Series", issue="8", kind="series"),
                "1956/1957",
                edition="2",
                volume="2",
                editors=(Name("Soviet Academy of Sciences"),),
            ),
        ),
    ],
)
def test_bib(text: str, expected: WorkReference) -> None:
    assert works(text) == [expected]


def test_pages_are_those_of_the_entry() -> None:
    entry = library("@article{x, title={T}, journal={J}, pages={3--5, 9}}").entries[0]
    assert (entry.id, entry.pages) == ("x", Locator("page", "3", "9"))


ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD",
        "citation-key": "lankov2002",
        "type": "article-journal",
        "title": "Kim <i>Takes</i> Control",
        "container-title": "Korean Studies",
        "volume": "26",
        "page": "87-119",
        "author": [{"family": "Lankov", "given": "Andrei"}],
        "issued": {"date-parts": [["2002", 7]]},
    },
    {
        "id": "memo",
        "type": "manuscript",
        "title": "Memorandum of Conversation",
        "archive": "RGANI",
        "archive_location": "f. 5, op. 28, d. 410, ll. 74-85",
        "issued": {"date-parts": [[1956, 3, 12]]},
    },
    {
        "id": "van",
        "type": "book",
        "title": "Socialism",
        "author": [{"non-dropping-particle": "van", "family": "Ree"}],
    },
]


def test_csl_json_of_zotero() -> None:
    found = library(json.dumps(ZOTERO, indent=2), "zotero.json")
    article = found.by_key["lankov2002"].reference
    assert article == WorkReference(
        Kind.FULL,
        (LANKOV,),
        "Kim Takes Control",
        Container("Korean Studies", (), "26", None, "article-journal"),
        "2002-07",
        locators=(Locator("page", "87", "119"),),
    )
    assert found.by_key["memo"].reference == ArchivalReference(
        "RGANI",
        (Level("fond", "5"), Level("opis", "28"), Level("delo", "410")),
        (Locator("folio", "74", "85"),),
        "Memorandum of Conversation",
        "1956-03-12",
    )
    assert found.entries[1].reference.creators == (Name("van Ree"),)
    start = found.by_key["memo"].span.start
    assert found.manuscript.text[start:].startswith('{\n    "id": "memo"')


def test_ris() -> None:
    text = (
        "TY  - JOUR\r\nAU  - Lankov, Andrei\r\nTI  - Kim Takes Control\r\nT2  - Korean Studies\r\n"
        "VL  - 26\r\n"
        "SP  - 87\r\nEP  - 119\r\nDA  - 2002/07//\r\nER  - \r\n\r\n"
        "TY  - UNPB\r\nTI  - Доклад\r\nN1  - ЦДАГО України. Ф. 1. Оп. 32. Спр. 2612. Арк. 63\r\n"
        "PY  - 1956\r\nER  - \r\n"
    )
    found = library(text, "refs.ris")
    assert [item.key for item in found.items] == ["lankov-2002", "tsdaho-1-32-2612-63"]
    assert found.entries[0].reference.container == Container(
        "Korean Studies", (), "26", None, "article-journal"
    )
    assert isinstance(found.items[1].reference, ArchivalReference)


# --- archival strings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        "note = {РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74}",
        "howpublished = {RGANI, f.~5, op.~28, d.~410, l.~74}",
        "library = {RGANI}, note = {Fond 5, Opis 28, Delo 410, List 74}",
        "annotation = {Zotero extra: see RGANI, f. 5, op. 28, d. 410, l. 74}",
        "archive = {RGANI}, archivelocation = {f. 5, op. 28, d. 410, l. 74}",
    ],
)
def test_archival_strings_where_people_leave_them(fields: str) -> None:
    item = library(f"@misc{{x, title = {{Memorandum}}, date = {{1956-03-12}}, {fields}}}").items[0]
    assert item.reference == ArchivalReference(
        "RGANI",
        (Level("fond", "5"), Level("opis", "28"), Level("delo", "410")),
        (Locator("folio", "74"),),
        "Memorandum",
        "1956-03-12",
    )
    assert item.written is not None


def test_a_note_that_is_no_archival_string() -> None:
    item = library("@book{x, title={T}, publisher={P}, note={Translated by F. 5 and others}}").items[0]
    assert isinstance(item.reference, WorkReference)


# --- faults ------------------------------------------------------------------------------------------------


def test_one_bad_entry_costs_no_other() -> None:
    text = (
        "@book{a, title={A}, year=2001}\n\n"
        "@book{b, title={B {unclosed}, year=2002}\n\n"
        "@book{c, title={C}, year=2003}\n\n"
        "@book{d title={D}}\n\n"
        "@book{e, title={E}, year=2005}\n"
    )
    found = library(text)
    assert [item.key for item in found.items] == ["a", "c", "e"]
    faults = [
        (found.manuscript.position(fault.span.start).line, fault.key, fault.sort) for fault in found.faults
    ]
    assert faults == [(3, "b", "unreadable"), (7, "d", "unreadable")]


def test_one_bad_item_of_csl_json_costs_no_other() -> None:
    text = (
        '[\n{"id": "a", "type": "book", "title": "A"},\n{"id": "b", "type": "book" "title": "B"},\n'
        '{"id": "c", "type": "book", "title": "C"},\n{"type": "book"},\n{"id": "d", "author": [3]},\n"x"\n]'
    )
    found = library(text, "refs.json")
    assert [item.key for item in found.items] == ["a", "c", ""]
    sorts = [(found.manuscript.position(fault.span.start).line, fault.sort) for fault in found.faults]
    assert sorts == [(3, "unreadable"), (5, "missing-key"), (6, "unreadable"), (7, "unreadable")]


def test_ris_record_without_end() -> None:
    found = library("TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \n", "refs.ris")
    assert [item.reference.title for item in found.items if isinstance(item.reference, WorkReference)] == [
        "A",
        "B",
    ]
    assert [fault.sort for fault in found.faults] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("refs.enl", b"x", "refs.enl: is no reference library; citecheck reads files ending in .bib"),
        ("refs.json", b"<html>", "refs.json: is no CSL-JSON"),
        ("refs.ris", b"hello", "refs.ris: is no RIS"),
        ("refs.bib", b"\x00\x01\x02", "refs.bib: is a binary file"),
    ],
)
def test_files_that_are_no_library(name: str, data: bytes, complaint: str) -> None:
    with pytest.raises(CitecheckError, match=complaint.replace(".", r"\.")):
        read_library_bytes(data, name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CitecheckError, match="cannot be opened"):
        read_library(tmp_path / "refs.bib")


@pytest.mark.parametrize(
    "text", ["", "\n", "% nothing\n", "@comment{x}", "@", "@book", "@book{", "{" * 5000, "@book{a," * 500]
)
def test_no_text_crashes(text: str) -> None:
    library(text)


def test_crlf_and_legacy_encodings() -> None:
    found = read_library_bytes(
        "@book{a,\r\n  title = {Łódź},\r\n}\r\n@book{b, title {x}}\r\n".encode("cp1250"), "refs.bib"
    )
    assert found.items[0].key == "a"
    assert found.manuscript.position(found.faults[0].span.start).line == 4


# --- the rules ---------------------------------------------------------------------------------------------

RULES = [rule for rule in all_rules() if rule.family == "LIB"]


def findings(rule: Rule, example: Bad | Good) -> list[Finding]:
    """Check an example: a library, or a manuscript with its libraries in ``others``."""
    if not example.others:
        return check_library(library(example.text), [rule])
    return check([joined(example.text, *example.others)], [rule])


def joined(text: str, *libraries: str) -> Document:
    manuscript = read_bytes(f"Notes\n\n1. {text}\n".encode(), "paper.txt", "plain")
    return join(analyse(manuscript), [library(each) for each in libraries])


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, example, id=rule.code) for rule in RULES for example in rule.examples],
)
def test_examples_of_the_rules(rule: Rule, example: Bad | Good) -> None:
    messages = [finding.message for finding in findings(rule, example)]
    assert messages == ([example.says] if isinstance(example, Bad) else [])


def test_rules_on_libraries_are_silent_elsewhere() -> None:
    document = analyse(
        read_bytes(b"Notes\n\n1. Lankov, *Crisis*, 12; [@lankov2002, 12].\n", "x.txt", "plain")
    )
    assert check([document], RULES) == []


# --- joining -----------------------------------------------------------------------------------------------

LIBRARY = (
    "@book{lankov2002,\n  author = {Lankov, Andrei},\n  title = {From Stalin to Kim Il Sung},\n"
    "  date = {2002},\n  publisher = {Rutgers University Press},\n}\n\n"
    "@article{lankov2002b,\n  author = {Lankov, Andrei},\n  title = {Kim Takes Control},\n"
    "  journaltitle = {Korean Studies},\n  date = {2002},\n  pages = {87--119},\n}\n"
)


def test_citations_are_resolved_against_a_library() -> None:
    document = joined("Lankov, *From Stalin to Kim Il Sung*, 12; Lankov, “Kim Takes Control,” 90.", LIBRARY)
    assert [document.resolution(each).key for each in document.citations] == [
        "work:lankov2002",
        "work:lankov2002b",
    ]


def test_citations_by_key() -> None:
    document = joined("[see @lankov2002, p. 12; @lankov2002b, 90]", LIBRARY)
    cited = [(str(each.kind), each.reference.locators[0].start) for each in document.citations]
    assert cited == [("short", "12"), ("short", "90")]
    entries = [document.resolution(each).entry for each in document.citations]
    assert [entry.id for entry in entries if entry is not None] == ["lankov2002", "lankov2002b"]


def test_borrowed_entries_have_their_place_in_the_library() -> None:
    document = joined("Lankov, *From Stalin to Kim Il Sung*, 12.", LIBRARY)
    entry = document.resolution(document.citations[0]).entry
    assert entry is not None
    assert entry.library is not None
    assert entry.library.text[entry.span.start : entry.span.end].startswith("@book{lankov2002,")
    assert document.entries == ()


TOOZE = """@book{{tooze2006,
  author = {{Tooze, Adam}},
  title = {{The Wages of Destruction}},
  publisher = {{Allen Lane}},
  {date},
}}
"""
NOTES = (
    "The text.[^1] More.[^2]\n\n[^1]: Adam Tooze, *The Wages of Destruction: The Making of the Nazi Economy* "
    "(London: Allen Lane, {}), 88.\n\n[^2]: Tooze, *Wages of Desctruction*, 112.\n"
)
LIST = (
    "\n# Bibliography\n\nTooze, Adam. *The Wages of Destruction: The Making of the Nazi Economy*. London: "
    "Allen Lane, 2007.\n"
)


def lint(text: str, *libraries: Library) -> list[Finding]:
    """Check a manuscript in Markdown with libraries, as the command does."""
    document = join(analyse(read_bytes(text.encode(), "paper.md")), libraries)
    return check([document], beside=[each.document() for each in libraries])


def said(findings: list[Finding]) -> list[str]:
    return [f"{finding.code} {finding.message}" for finding in findings if finding.code[0] in "BCLS"]


@pytest.mark.parametrize("date", ["year = 2006", "date = {2006-05}", 'year = "[2006]"'])
def test_a_work_of_the_bibliography_and_of_the_library_is_one(date: str) -> None:
    found = lint(NOTES.format(2006) + LIST, library(TOOZE.format(date=date)))
    alone = lint(NOTES.format(2006) + LIST)
    assert [code.split()[0] for code in said(alone)] == ["BIB505", "BIB504"]
    (added,) = set(said(found)) - set(said(alone))
    assert set(said(alone)) < set(said(found))
    assert added == (
        "CON232 “The Wages of Destruction: The Making of the Nazi Economy” has year 2007 here and year 2006 in "
        "entry tooze2006 of refs.bib"
    )
    (shown,) = next(finding.problem.related for finding in found if finding.code == "CON232")
    assert (shown.manuscript.path, shown.manuscript.position(shown.span.start).line) == ("refs.bib", 1)
    assert shown.message.startswith("entry tooze2006: Adam Tooze, *The Wages of Destruction*")


def test_a_library_in_place_of_a_bibliography() -> None:
    found = lint(NOTES.format(2007), library(TOOZE.format(date="date = {2006}")))
    assert said(found) == [
        "BIB505 the year is 2007 here and 2006 in refs.bib",
        "BIB504 “Wages of Desctruction” is written “The Wages of Destruction” in refs.bib",
    ]
    related = [finding.problem.related[0] for finding in found]
    assert [each.manuscript.path for each in related] == ["refs.bib"] * len(related)
    assert (
        said(lint(NOTES.format(2006).replace("Desc", "Des"), library(TOOZE.format(date="year=2006")))) == []
    )


def test_what_the_bibliography_lacks_is_missing_from_it_all_the_same() -> None:
    other = (
        "A.[^3] B.[^4]\n\n[^3]: Tooze, *Wages of Destruction*, 113.\n\n[^4]: Andrei Lankov, *From Stalin to Kim "
        "Il Sung* (New Brunswick: Rutgers University Press, 2002), 5.\n\n"
    )
    text = other + NOTES.format(2007).replace("Desc", "Des") + LIST
    found = said(lint(text, library(LIBRARY)))
    assert found == said(lint(text))
    assert [each.split()[0] for each in found] == ["BIB501"]


def test_capitals_of_a_library_are_no_evidence() -> None:
    plain = TOOZE.format(date="year = 2006").replace("Wages of Destruction", "wages of destruction")
    findings = lint(NOTES.format(2006).replace("Desc", "Des"), library(plain))
    assert [finding.code for finding in findings if finding.problem.related] == []


def test_parts_of_one_work_are_compared_with_a_library_too() -> None:
    title = "Scalapino and Lee, *Communism in Korea{}* (Berkeley: University of California Press, 1972), 5."
    text = (
        f"A.[^1] B.[^2]\n\n[^1]: {title.format(': The Movement')}\n\n"
        f"[^2]: {title.format(', Part II: The Society')}\n"
    )
    entry = (
        "@book{{s{0},\n author = {{Scalapino, Robert and Lee, Chong-sik}},\n title = {{Communism in Korea{1}}},\n"
        " publisher = {{University of California Press}},\n year = {{1972}},\n}}\n"
    )
    entries = entry.format(1, ": The Movement") + entry.format(2, ", Part II: The Society")
    assert said(lint(text, library(entries))) == said(lint(text)) != []


def test_one_work_in_two_libraries_is_one() -> None:
    longer = (
        TOOZE.format(date="year = 2006").replace("tooze2006", "tooze").replace("tion}", "tion: The Making}")
    )
    both = library(TOOZE.format(date="date = {2006}")), library(longer, "other.bib")
    assert said(lint(NOTES.format(2006).replace("Desc", "Des"), *both)) == []


def test_a_key_stands_for_the_bibliographys_entry() -> None:
    text = "See [@tooze2006, p. 88].\n\nMore [@tooze2007].\n" + LIST
    document = join(analyse(read_bytes(text.encode(), "paper.md")), [library(TOOZE.format(date="year=2006"))])
    found = [document.resolution(citation).entry for citation in document.citations]
    assert [entry.id if entry is not None else None for entry in found] == ["tooze-2007", None]


def test_a_key_may_be_that_of_an_archival_document() -> None:
    found = library("@misc{x, title={Report}, date={1956-03-12}, note={RGANI, f. 5, op. 28, d. 410, l. 74}}")
    document = join(analyse(read_bytes(b"See [@x].\n", "paper.md")), [found])
    assert [document.resolution(citation).key for citation in document.citations] == ["RGANI:5/28/410"]


@pytest.mark.parametrize(("year", "found"), [(2002, "lankov2002"), (2003, None)])
def test_a_near_year_in_a_library_is_another_work(year: int, found: str | None) -> None:
    entries = LIBRARY[: LIBRARY.index("@article")]
    document = analyse(read_bytes(f"The congress met (Lankov, {year}: 63).".encode(), "paper.txt"))
    document = join(document, [library(entries)])
    (citation,) = document.citations
    entry = document.resolution(citation).entry
    assert (entry.id if entry is not None else None) == found


def test_a_library_is_checked_with_manuscripts() -> None:
    found = library("@misc{x, title={Report}, date={1956-03-12}, note={RGANI, f. 5, op. 28, d. 410, l. 74}}")
    document = found.document()
    assert [citation.kind for citation in document.citations] == [Kind.ARCHIVAL]
    assert document.archival[0][1].date == "1956-03-12"


def test_large_libraries_are_read_in_linear_time() -> None:
    entry = "@book{{k{0},\n  title = {{The {{Korean}} War {0}}},\n  author = {{Lankov, A.}},\n}}\n\n"
    found = library("".join(entry.format(number) for number in range(3000)))
    assert len(found.items) == 3000
    last = found.items[-1]
    assert found.manuscript.text[last.span.start :].startswith("@book{k2999,")


def test_a_short_form_that_fits_two_works_of_a_library(tmp_path: Path) -> None:
    library = tmp_path / "works.bib"
    library.write_text(
        "@book{a, author = {Cumings, Bruce}, title = {The Origins of the Korean War I: Liberation}, year = {1981}}\n"
        "@book{b, author = {Cumings, Bruce}, title = {The Origins of the Korean War II: The Cataract}}\n",
        encoding="utf-8",
    )
    text = "Notes\n\n1. Cumings, *The Origins of the Korean War*, 12.\n"
    document = join(analyse(read_bytes(text.encode(), "a.txt", "plain")), [read_library(library)])
    (finding,) = check([document], select_rules(["SHT304"]))
    assert finding.message == (
        "“Cumings, The Origins of the Korean War, 12” may be any of 2 works: "
        "The Origins of the Korean War I: Liberation (1981, in the library), "
        "The Origins of the Korean War II: The Cataract (no year given, in the library)"
    )


def test_what_several_places_have_wrong_alike_is_reported_once() -> None:
    unexplained = "".join(
        f"@article{{{key},\n  title = {{Kim Takes Control}},\n  journal = ks,\n  year = 2002,\n}}\n\n"
        for key in ("lankov2002", "suh1988")
    )
    found = lint("See [@lankov2000, p. 12] and [@lankov2000, p. 14].\n", library(unexplained))
    (unknown,) = (finding for finding in found if finding.code == "LIB107")
    assert [each.message for each in unknown.problem.related] == ["the text: cited again"]
    (abbreviation,) = problems(library(unexplained).document(), "unknown-string", help="")
    assert [each.message for each in abbreviation.related] == ["suh1988: so too"]
