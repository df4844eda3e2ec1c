"""Words of a citation that no grammar took: they stay with the reference, and a rule shows them."""

from pathlib import Path

import pytest

from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference
from citecheck.cli import main
from citecheck.linting import check
from citecheck.reading.unread import find_unread
from tests.test_rules import as_document


@pytest.mark.parametrize(
    ("note", "unread"),
    [
        ("AJ, fond 334, fasc. 12, mapa 33.", "mapa 33"),
        ("AJ, fond 334, fasc. 12, mapa 33, sv. 4; RGANI, f. 5, op. 28, d. 410.", "mapa 33, sv. 4"),
        (
            "RGANI, f. 5, op. 28, d. 410, ekz. 3, zapiska Ivanova, 5 May 1946.",
            "ekz. 3, zapiska Ivanova, 5 May 1946",
        ),
        ("RGANI, f. 5, op. 28, d. 410. 3. ekz.", "3. ekz."),
        ("TNA, FO 371/1234, CP 127(38)X, 4.", "CP 127(38)X, 4"),
        ("TNA, FO 371/1234, CP(38x) minutes", None),
        ("RGANI, f. 5, op. 28, d. 410. In 1956, 3 copies were made.", None),
        ("RGANI, f. 5, op. 28, d. 410, of which 3 copies were made on 5 May 1956.", None),
        ("RGANI, f. 5, op. 28, d. 410, translated by Jin Kim, 1998.", None),
        ("RGANI, f. 5, op. 28, d. 410; see also note 5.", None),
        ("RGANI, f. 5, op. 28, d. 410 (in 3 copies).", None),
        ("RGANI, f. 5, op. 28, d. 410. Fond 5 holds the papers of the apparatus.", None),
    ],
)
def test_words_left_over_stay_with_the_reference(note: str, unread: str | None) -> None:
    document = as_document(note)
    citation = document.citations[0]
    assert isinstance(citation.reference, ArchivalReference)
    assert citation.reference.unread == unread
    if unread is not None and citation.unread is not None:
        assert unread.startswith(citation.passage.text[citation.start + citation.unread[0] :][:4])


def test_an_archive_is_no_author() -> None:
    document = as_document(
        "RGANI, Speeches of Khrushchev, p. 12.\nBArch, Reden, S. 12.\nRGANI, *Guide to the Archive*, p. 12."
    )
    assert [citation.note for citation in document.citations] == ["3"]
    unread = [finding for finding in check([document]) if finding.code == "TXT903"]
    assert len(unread) == 2


def test_a_citation_cut_short_is_no_other_ones_equal() -> None:
    document = as_document(
        "AJ, fond 334, fasc. 12, mapa 33.\nAJ, fond 334, fasc. 12, mapa 34.\nAJ, fond 334, fasc. 12."
    )
    keys = [document.resolution(citation).key for citation in document.citations]
    assert len(set(keys)) == 3


def test_a_description_in_small_letters_stands_behind_the_place() -> None:
    reference = as_document("AN, F/7/12981, rapport du préfet, 4 mai 1938.").citations[0].reference
    assert isinstance(reference, ArchivalReference)
    assert (reference.description, reference.date) == ("rapport du préfet", "1938-05-04")


def test_the_list_of_sources_says_what_was_not_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Notes\n\n1. AJ, fond 334, fasc. 12, mapa 33.\n", encoding="utf-8")
    assert main(["sources", str(paper)]) == 0
    assert "not read: “mapa 33”" in capsys.readouterr().out
    assert main(["export", str(paper), "--to", "csv"]) == 0
    assert "fasc. 12, mapa 33" in capsys.readouterr().out


def test_nothing_is_missing_where_words_were_not_read() -> None:
    document = as_document("GARF, f. 102, kartonka 3, d. 778.")
    assert [finding.code for finding in check([document])] == ["TXT903"]


@pytest.mark.parametrize(
    ("note", "seems"),
    [
        (
            "Historical Archives of Manchuria (Mukden), Waijiaobu, 03-32-448-02-011.",
            True,
        ),
        ("Historical Archives of Manchuria, Mukden, 1039-2-147.", True),
        ("House of Assembly Debates, 5th ser., vol. 146, 31 June 1921, cols. 1240-1234.", True),
        ("Historical Archives of Manchuria, Mukden, 12-5-1921.", False),
        ("Norfolk Record Office, NCR 16a/11, fo. 203r.", True),
        ("Minutes, MRC, MSS.126/TG/1186/A/4, Modern Records Centre, University of Warwick.", True),
        ("The files that the Norfolk Record Office has, NCR 16a/11 among them, are closed.", False),
        ("The archives of China were opened in 1980, 1039-2-147 among them.", False),
        ("The files that the Archives of Nanjing have, 1039-2-147, are closed.", False),
        ("The Debates, in 12 columns, were long.", False),
    ],
)
def test_a_note_that_names_an_archive_and_a_number_is_not_passed_over(note: str, seems: bool) -> None:
    document = as_document(f"E. H. Carr, *What Is History?* (London: Macmillan, 1961), 12.\n{note}")
    found = [finding for finding in check([document]) if finding.code == "TXT903"]
    assert bool(found) is seems


@pytest.mark.parametrize(
    ("note", "seems_unread"),
    [
        ("RGVIA, f. VUA, d. 1234, l. 12.", True),
        ("AAV, Segr. Stato, Francia, 67, f. 34r.", True),
        ("RGASPI, Moscow, helped me in many ways.", False),
        ("IPN, Warszawa 2005.", False),
        ("NATO, with its 12 members, agreed.", False),
    ],
)
def test_parts_behind_an_archives_abbreviation_are_not_passed_over(note: str, seems_unread: bool) -> None:
    assert bool(list(find_unread(note, [], load_registry()))) is seems_unread
