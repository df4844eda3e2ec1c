"""Words that many languages have for one thing: how they are written down, and that the grammars know them all."""

import re

import pytest

from citecheck import parse_citation
from citecheck.citations import IbidReference, Kind, WorkReference
from citecheck.reading.published import read_head
from citecheck.resources import data_folder
from citecheck.vocabulary import word_list, words_pattern

IBIDS = word_list("repetitions", "ibid", "ibid_or_else")
OPERA = word_list("repetitions", "op_cit", "loc_cit")


def test_the_longest_word_is_found_first() -> None:
    pattern = re.compile(words_pattern(("ibid", "ibid.", "ibidem")))
    assert [match.group() for match in pattern.finditer("Ibid. ibidem ibid")] == ["Ibid.", "ibidem", "ibid"]


@pytest.mark.parametrize(
    "written", ["op. cit.", "Op. cit.", "Op. Cit.", "op.cit.", "op.\N{NO-BREAK SPACE}cit."]
)
def test_capitals_and_spaces_need_no_form_of_their_own(written: str) -> None:
    assert re.fullmatch(words_pattern(("op. cit.",)), written)


def test_letters_that_stand_for_words_keep_their_case() -> None:
    assert not re.fullmatch(words_pattern(("i. m.",)), "I. M.")


@pytest.mark.parametrize("word", IBIDS)
def test_a_note_may_open_with_any_word_for_ibid(word: str) -> None:
    head = read_head(word.capitalize())
    assert head is not None
    assert isinstance(head.reference, IbidReference)


@pytest.mark.parametrize("word", OPERA)
def test_an_author_may_stand_before_any_word_for_op_cit(word: str) -> None:
    head = read_head(f"Lankov, {word}")
    assert head is not None
    assert isinstance(head.reference, WorkReference)
    assert head.reference.kind is Kind.SHORT


@pytest.mark.parametrize("word", IBIDS)
def test_a_place_in_an_archive_is_repeated_by_any_word_for_ibid(word: str) -> None:
    citations = parse_citation(f"RGANI, f. 5, op. 28, d. 410, l. 22; {word}, d. 411, l. 3.")
    assert [type(citation.reference) for citation in citations][1:] == [IbidReference]


def test_each_file_of_words_is_described() -> None:
    folder = data_folder("seeds") / "words"
    described = set(
        re.findall(r"^\| `([\w-]+)`", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert described == {path.stem for path in folder.glob("*.toml")}
