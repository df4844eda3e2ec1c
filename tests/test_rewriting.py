"""``normalize`` loses nothing: a citation is the same record afterwards, or stays as it stands."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.analysis import analyse
from citecheck.archives import Archive, Example, load_registry
from citecheck.citations import ArchivalReference, Citation
from citecheck.cli import main
from citecheck.documents import Document
from citecheck.formatting.forms import Form
from citecheck.formatting.references import format_archival
from citecheck.formatting.rewriting import rewrite
from citecheck.manuscript import Manuscript, Note, Passage, Piece, Span
from citecheck.readers import read_bytes
from citecheck.resources import data_folder
from tests.records import EXAMPLES, like

SEEDS = data_folder("seeds")
PAPERS = sorted([*(SEEDS / "papers").glob("*.txt"), *(SEEDS / "across").glob("*.txt")])


def as_note(text: str) -> Document:
    """Return a document whose only note is the text, every character of it."""
    passage = Passage(text, (Piece(0, 0, len(text)),))
    note = Note(1, 1, "1", passage, Span(0, 0))
    return analyse(Manuscript("note", text, notes=(note,)), load_registry())


def outside(text: str, citations: list[Citation]) -> list[str]:
    """Return what stands before, between and behind the citations, without the stops that abbreviations share."""
    parts, at = [], 0
    for citation in citations:
        start = text.index(citation.text, at)
        parts.append(text[at:start])
        at = start + len(citation.text)
    return [part.strip(" .") for part in [*parts, text[at:]]]


def holds(citations: list[Citation], document: Document, form: Form) -> None:
    """Fail where rewriting a passage changes a record, or a word outside its citations."""
    text = citations[0].passage.text
    rewriting = rewrite(citations, form, document)
    left = {id(each.citation) for each in rewriting.left}
    if rewriting.text == text:
        return
    again = as_note(rewriting.text) if citations[0].in_note is not None else None
    if again is None:
        return
    assert [each.reference for each in again.citations] == [each.reference for each in citations]
    assert outside(rewriting.text, list(again.citations)) == outside(text, citations)
    for before, after in zip(citations, again.citations, strict=True):
        if id(before) in left:
            assert before.text == after.text


def passages(document: Document) -> Iterator[list[Citation]]:
    for _, citations in groupby(document.citations, key=lambda citation: id(citation.passage)):
        yield list(citations)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", [Form.LONG, Form.NATIVE])
def test_no_citation_of_a_paper_is_changed_in_substance(paper: Path, form: Form) -> None:
    document = analyse(read_bytes(paper.read_bytes(), paper.name))
    for citations in passages(document):
        holds(citations, document, form)


@pytest.mark.parametrize(("archive", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", "")[:40])
def test_no_example_of_the_registry_is_changed_in_substance(archive: Archive, example: Example) -> None:
    document = as_note(f"See, as he wrote, {example.text}, which differs; it was so.")
    if document.citations:
        holds(list(document.citations), document, Form.ABBREVIATED)
        holds(list(document.citations), document, Form.NATIVE)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(EXAMPLES).flatmap(lambda pair: like(*pair)))
def test_no_citation_of_any_archive_is_changed_in_substance(record: ArchivalReference) -> None:
    document = as_note(f"See {format_archival(record, Form.ABBREVIATED, load_registry())}; he differs.")
    if document.citations:
        holds(list(document.citations), document, Form.LONG)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("GARF, f. 102, kartonka 3, d. 778, l. 3", "long", None),
        (
            "As the report shows (RGANI, f. 5, op. 28, d. 410, l. 22), this was so, but see Lankov, Crisis, 44, who "
            "disagrees.",
            "long",
            "As the report shows (RGANI, Fond 5, Opis 28, Delo 410, List 22), this was so, but see Lankov, Crisis, 44, "
            "who disagrees.",
        ),
        ("*Hansard*, 3rd ser., vol. 356 (1891), col. 1123.", "long", None),
        ('Simms, "Crop Failure of 1891," 248–260.', "long", "Simms, “Crop Failure of 1891,” 248–260."),
        (
            "J. Y. Simms, \"Russia's 'Agrarian Crisis,'\" *Slavic Review* 41, no. 2 (1982): 236–250.",
            "long",
            "J. Y. Simms, “Russia's 'Agrarian Crisis,'” *Slavic Review* 41, no. 2 (1982): 236–250.",
        ),
        (
            "RGIA, f. 40, op. 1, d. 43, ll. 12–15 ob.; he differs.",
            "long",
            "RGIA, Fond 40, Opis 1, Delo 43, Listy 12–15 verso; he differs.",
        ),
        (
            "ГАОО. Ф. 235. Оп. 7. Д. 42; Оп. 8. Д. 4794.",
            "abbreviated",
            "GAOO, f. 235, op. 7, d. 42; op. 8, d. 4794.",
        ),
        ("AJ, fond 837 (KPR), I-5-b/59-2.", "abbreviated", None),
        # The author's name of the archive stays.
        (
            "Archives diplomatiques, La Courneuve, Asie-Océanie, Chine, volume 123, f. 12.",
            "abbreviated",
            "Archives diplomatiques, La Courneuve, Asie-Océanie, Chine, vol. 123, f. 12.",
        ),
        (
            "Columbia University, Rare Book and Manuscript Library, Bakhmeteff Archive, Witte Papers, box 3, folder 12.",
            "long",
            "Columbia University, Rare Book and Manuscript Library, Bakhmeteff Archive, Witte Papers, Box 3, Folder 12.",
        ),
        ("RGANI, f. 5, op. 28, d. 410, l. 22.", "gost", "РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 22."),
        ("ANIC, fond CC al PCR, d. 87/1956, f. 12.", "long", "ANIC, fond CC al PCR, dosar 87/1956, f. 12."),
        # A label never vanishes: no bare “24”.
        ("MNL OL, K 63, 127. csomó, 24. tétel, 4102/1921.", "long", None),
        (
            "Isaac Deutscher, *Stalin* (Harmondsworth: Penguin, 1968 [1963]), pp. 9–11.",
            "long",
            "Isaac Deutscher, *Stalin* (Harmondsworth: Penguin, 1968 [1963]), 9–11.",
        ),
        (
            "Isaac Deutscher, *Stalin* (1963; repr., Harmondsworth: Penguin, 1968), pp. 9–11.",
            "long",
            None,
        ),
        (
            "Richard G. Robbins Jr., *Famine in Russia* (New York: Columbia University Press, 1975), pp. 12–14.",
            "long",
            "Richard G. Robbins Jr., *Famine in Russia* (New York: Columbia University Press, 1975), 12–14.",
        ),
        ("Robbins, Jr., “The Famine,” pp. 12–14.", "long", "Robbins Jr., “The Famine,” 12–14."),
        ("*Nodong shinmun*, 9 April 1955, p. 1.", "long", "*Nodong shinmun*, 9 April 1955, 1."),
        ("New York Times, July 14, 1960.", "long", "*New York Times*, 14 July 1960."),
        ("Report of 5 May 1956 (in two copies), RGANI, f. 5, op. 28, d. 410.", "long", None),
        ("Smith to Jones, 12 February 1642/3, TNA, SP 16/345.", "long", None),
    ],
)
def test_rewriting(text: str, form: str, expected: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["normalize", text, "--form", form])
    assert capsys.readouterr().out == f"{expected or text}\n"
    assert status == (1 if expected is None else 0)


def test_prose_that_names_an_author_is_not_there_to_be_rewritten(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    prose = "As Lankov notes, the crisis of 1956 was deep.[1]"
    cited = "The report (RGANI, f. 5, op. 28, d. 410, l. 22) shows it.[2]"
    notes = "1. Andrei Lankov, *Crisis* (Honolulu: University of Hawaii Press, 2005), 44.\n2. Lankov, *Crisis*, 45.\n"
    paper.write_text(f"{prose}\n\n{cited}\n\nNotes\n\n{notes}", encoding="utf-8")
    assert main(["normalize", str(paper)]) == 0
    printed = capsys.readouterr()
    assert "As Lankov notes" not in printed.out
    assert "The report (RGANI, Fond 5, Opis 28, Delo 410, List 22) shows it" in printed.out
    assert printed.err == ""


def test_abbreviations_of_the_project_are_known(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('[abbreviations]\nKPH = "RGANI, f. 5"\n', encoding="utf-8")
    listed = tmp_path / "list.txt"
    listed.write_text("KPH, op. 28, d. 410, l. 22.\n", encoding="utf-8")
    assert main(["normalize", str(listed)]) == 0
    assert capsys.readouterr().out == "KPH, Opis 28, Delo 410, List 22.\n"


def test_a_short_form_that_begins_a_signature_stays(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "citecheck.toml").write_text('[abbreviations]\nFOO = "TNA, FO 371"\n', encoding="utf-8")
    listed = tmp_path / "list.txt"
    listed.write_text("Letter, 5 May 1955, FOO/1234.\n", encoding="utf-8")
    assert main(["normalize", "--form", "long", str(listed)]) == 0
    assert capsys.readouterr().out == "Letter, 5 May 1955, FOO/1234.\n"


def test_a_label_that_would_vanish_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["normalize", "MNL OL, K 63, 127. csomó, 24. tétel, 4102/1921."]) == 1
    assert "(the new form would lose “tétel”)" in capsys.readouterr().err
