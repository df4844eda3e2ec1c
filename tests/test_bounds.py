"""Large and hostile input: a correct result in bounded time, never a traceback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.analysis import analyse
from citecheck.documents import Document
from citecheck.linting import check
from citecheck.readers import read_bytes

CITATION = "Report, 28 May 1957, RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85"


def document(text: str) -> Document:
    return analyse(read_bytes(text.encode(), "example.txt", "plain"))


def test_a_note_of_two_thousand_citations() -> None:
    note = "; ".join(CITATION.replace("410", str(number)) for number in range(2_000))
    read = document(f"Notes\n\n1. {note}.\n")
    assert len(read.citations) == 2_000
    assert [citation.index for citation in read.citations[:3]] == [1, 2, 3]
    check([read])


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "a ",
        "Ф. 5. ",
        "RGANI, ",
        "(",
        '"',
        "[",
        "; ",
        "f. 5, op. 28, ",
        "1. ",
        "4. doboz, ",
        "ibid. ",
        "9" * 50,
    ],
)
def test_a_line_of_one_thing(piece: str) -> None:
    read = document(f"Notes\n\n1. {piece * (40_000 // len(piece))}\n")
    check([read])


@pytest.mark.parametrize(
    "note",
    [
        f"Meyer, Die Stadt. {'A. ' * 80}Berlin",
        "Aa A.-B. " * 100,
        f"{'A. ' * 100}, *Title*, 5",
        f"{'A. ' * 300}1956, 12",
        f"f{'a' * 800} 5",
    ],
)
def test_initials_and_words_without_end(note: str) -> None:
    check([document(f"Text.\n\nNotes\n\n1. {note}\n")])


WORDS = st.sampled_from(
    ["RGANI", "Fond", "5", "Opis", "28", ",", ".", ";", "Listy", "74-85", "ibid.", "see", "Lankov", "*Crisis*", "(", ")", "“", "”",
     "КТС", "Ф.", "Оп.", "4. doboz", "5/a", "002749/1957", "28 May 1957", "p. 5", "et al.", "and", "[", "Source:", "\n", "1."]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=30))
def test_no_text_crashes_and_spans_slice_back(words: list[str]) -> None:
    read = document("Body " + " ".join(words) + "\n\nNotes\n\n1. " + " ".join(words) + "\n")
    for citation in read.citations:
        assert citation.text == citation.passage.text[citation.start : citation.start + len(citation.text)]
        start, end = citation.span
        assert 0 <= start <= end <= len(read.manuscript.text)
        for locator in citation.reference.locators:
            assert 0 <= locator.span[0] <= locator.span[1] <= len(citation.text)
    for finding in check([read]):
        assert 0 <= finding.span.start <= finding.span.end <= len(read.manuscript.text)


@settings(max_examples=60)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400))
def test_no_characters_crash(text: str) -> None:
    check([document(text)])
    check([document(f"Notes\n\n1. {text}\n\nBibliography\n\n{text}\n")])


@pytest.mark.parametrize(
    "text",
    [
        "Bibliography\n\nKim. ;",
        "Bibliography\n\nKim, A. 1956. ;\n\nLee. *\n",
        "[Source: Archive (hereafter RGANI), ibid. Fond 5, Opis 28, Delo 410, Listy 74-85.]",
        "Contents\n\nThe text has no chapters.\n",
    ],
)
def test_found_by_fuzzing(text: str) -> None:
    check([document(f"The text.\n\n{text}\n")])
