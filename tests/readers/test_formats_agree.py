"""One chapter in every format gives the same notes, and so does a thesis with 800 of them.

``samples/chapter.md`` is written by hand; pandoc 3.9 made the other formats of it.
"""

import json
import re
from pathlib import Path

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers import read_manuscript
from tests.shared import SHARED

from .laws import check

SAMPLES = Path(__file__).parent.parent / "samples"
THESES = SHARED / "formats" / "samples"
CHAPTER = ("md", "docx", "odt", "html", "epub", "tex", "jats.xml", "typ")
THESIS = (
    "thesis.docx", "lo/thesis.docx", "thesis.odt", "lo/thesis.odt", "thesis.md", "thesis.tex", "thesis.html",
    "thesis.epub", "thesis.jats.xml", "thesis.typ",
)  # fmt: skip
# Numbers that start again: at the first heading as LibreOffice printed them, and on each page of the book.
BY_CHAPTER = {"lo/thesis.odt": [100, 700], "thesis.epub": [100, 700]}


def read_sample(path: Path) -> Manuscript:
    manuscript = read_manuscript(path)
    check(manuscript, path.read_bytes())
    return manuscript


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\u00a0\u202f*]", lambda mark: "" if mark[0] == "*" else " ", text).split())


@pytest.mark.parametrize("suffix", CHAPTER)
def test_a_chapter(suffix: str) -> None:
    manuscript = read_sample(SAMPLES / f"chapter.{suffix}")
    expected = read_manuscript(SAMPLES / "chapter.md")
    assert [one.label for one in manuscript.notes] == [str(number) for number in range(1, 11)]
    assert [plain(one.passage.text) for one in manuscript.notes] == [
        plain(one.passage.text) for one in expected.notes
    ]
    # Emphasis is the same in every format, but for the kind of space beside it.
    assert [one.passage.text.count("*") for one in manuscript.notes] == [
        one.passage.text.count("*") for one in expected.notes
    ]
    assert [plain(one.passage.text) for one in manuscript.bibliography] == [
        plain(one.passage.text) for one in expected.bibliography
    ]
    # Some formats print the title and the author, which Markdown has in its front matter.
    body = list(dict.fromkeys(plain(one.text) for one in manuscript.body if one.text != "An Author"))
    assert body == [plain(one.text) for one in expected.body]
    assert [marker.label for marker in manuscript.markers] == [str(number) for number in range(1, 11)]


@pytest.fixture(scope="module")
def truth() -> list[str]:
    if not THESES.is_dir():
        pytest.skip(f"the thesis with 800 notes is not here: {THESES}")
    notes = json.loads((THESES / "truth.json").read_text(encoding="utf-8"))
    return [plain(" ".join(paragraphs)) for _, _, paragraphs in notes]


@pytest.mark.parametrize("name", THESIS)
def test_a_thesis_with_800_notes(name: str, truth: list[str]) -> None:
    manuscript = read_sample(THESES / name)
    assert [plain(one.passage.text) for one in manuscript.notes] == truth
    chapters = BY_CHAPTER.get(name, [800])
    expected = [
        (section, str(number)) for section, notes in enumerate(chapters, 1) for number in range(1, notes + 1)
    ]
    assert [(one.section, one.label) for one in manuscript.notes] == expected
    assert [(marker.section, marker.label) for marker in manuscript.markers] == expected


@pytest.mark.parametrize("name", ["notes-section.docx", "notes-section.md"])
def test_a_typed_list_of_notes(name: str, truth: list[str]) -> None:
    manuscript = read_sample(THESES / name)
    assert [one.label for one in manuscript.notes] == [str(number) for number in range(1, 161)]
    assert [plain(one.passage.text) for one in manuscript.notes] == truth[:160]


def test_a_bomb_is_refused(truth: list[str]) -> None:
    with pytest.raises(ManuscriptError, match="unpacks to 300 MB"):
        read_manuscript(THESES / "zipbomb.docx")


def test_the_traps_of_word(truth: list[str]) -> None:
    manuscript = read_sample(THESES / "nasty.docx")
    assert [(one.section, one.label, one.passage.text) for one in manuscript.notes] == [
        (1, "1", "TNA, FO 7/133, fol. 12r."),
        (1, "2", "*Ibid.*, p. 3."),
        (1, "3", "Bayly, *Imperial Meridian*, p. 33."),
        (1, "4", "Nesselrode to Pozzo, 21 March 1818, TNA, FO 65/113."),
        (1, "*", "On the sources see the preface."),
        (1, "5", "Colley, *Britons* (1992), 44; cf. n. 1 above."),
        (1, "6", "First paragraph, p. 4. Second paragraph, p.\u2011x 5 6doi.org/10.1."),
        (1, "7", "Inserted whole note."),
        (1, "8", "Müller, *Staat*, S. 9. 2nd edn."),
        (2, "1", "Restarted note one, p. 1."),
        (2, "2", "Restarted note two, p. 2."),
        (3, "i", "First endnote, p. 7."),
        (3, "ii", "Second endnote, p. 8."),
    ]
    assert len(manuscript.remarks) == 3


def test_the_traps_of_markdown(truth: list[str]) -> None:
    manuscript = read_sample(THESES / "adversarial.md")
    # “Never.” is called nowhere, and has no number.
    assert [one.passage.text for one in manuscript.notes if one.number is not None] == [
        "Duplicate.",
        "A nested note, see [@key, p. 33] and ] code.",
        "Long; see n. [^1].",
        "Adjacent def.",
        "Duplicate.",
        "Table note.",
        "Quote note.",
    ]


def test_the_traps_of_latex(truth: list[str]) -> None:
    manuscript = read_sample(THESES / "adversarial.tex")
    assert [(one.kind, one.label, one.passage.text) for one in manuscript.notes] == [
        ("footnote", "1", "TNA, FO 7/133, f.\u00a012\u202fr; 50% of *a nested b*."),
        ("footnote", "5", "Fifth note."),
        ("footnote", "2", "After gap, p.\u00a03."),
        ("footnote", "3", "Uses } inside, p. 9."),
        ("footnote", "4", r"\footcite[See][33--35]{bayly1989}"),
        ("footnote", "5", r"\footcites[12]{a}[33]{b}"),
        ("footnote", "6", r"\autocite[see][\S 4, {p. [7]}]{k}"),
        ("footnote", "3", "Text apart, p. 8."),
        ("footnote", "7", r"Outer \footcite[4]{c} end line two."),
        ("footnote", "8", "Custom macro note."),
        ("endnote", "1", "End note, pp. 3–4."),
    ]
    assert len(manuscript.remarks) == 1
