from pathlib import Path

import pytest

from citecheck import lint
from citecheck.analysis import analyse
from citecheck.evidence.numbering import numberings, spell_numbers
from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes
from citecheck.readers.numerals import numbering_runs


def read(text: str) -> Manuscript:
    return read_bytes(text.encode(), "example.txt", "plain")


def notes(*numbers: int) -> str:
    return "Notes\n\n" + "".join(f"{number}. Suh, *Kim Il Sung*, {number + 20}.\n" for number in numbers)


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ((1, 2, 3), ()),
        ((1, 2, 4, 5, 9), (3, 6, 7, 8)),
        ((6, 7, 8), (1, 2, 3, 4, 5)),
        # Notes of a later chapter that goes on counting.
        ((153, 154, 155), ()),
    ],
)
def test_missing_numbers(numbers: tuple[int, ...], missing: tuple[int, ...]) -> None:
    (numbering,) = numberings(read(notes(*numbers)))
    assert numbering.missing == missing


def test_a_number_that_starts_again_opens_a_numbering() -> None:
    found = numberings(read(notes(1, 2, 3, 4, 5, 6, 7, 8) + "\n" + notes(1, 2, 3)))
    assert [len(each.notes) for each in found] == [8, 3]


def test_markers_are_set_beside_the_notes_of_their_chapter() -> None:
    body = "The war ended.¹ Aid came.² It was spent.³\n\nThe party met.¹ It was purged.²\n\n"
    first, second = numberings(read(body + notes(1, 2, 3) + "\n" + notes(1, 2)))
    assert [marker.label for marker in first.markers or ()] == ["1", "2", "3"]
    assert [marker.label for marker in second.markers or ()] == ["1", "2"]


def test_a_marker_with_a_figure_too_many_opens_no_chapter() -> None:
    superscripts = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    first = "".join(
        f"It was so.{label.translate(superscripts)} " for label in ("1", "2", "3", "43", "5", "6")
    )
    second = "".join(f"It was so.{label.translate(superscripts)} " for label in ("1", "2", "3"))
    text = f"Chapter 1\n\n{first}\n\nChapter 2\n\n{second}\n\n{notes(1, 2, 3, 4, 5, 6)}\nChapter 2\n\n1. Suh, *Kim*, 2.\n2. Suh, *Kim*, 3.\n3. Suh, *Kim*, 4.\n"
    one, two = numberings(read(text))
    assert {number: marker.label for number, marker in one.misnumbered.items()} == {4: "43"}
    assert not two.misnumbered


def test_markers_that_fit_no_notes_are_left_alone() -> None:
    body = "The war ended.¹ Aid came.² It was spent.³\n\n"
    assert [each.markers for each in numberings(read(body + notes(1, 2, 3) + "\n" + notes(1, 2)))] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("numbers", "most", "spelt"),
    [
        ([3], 30, "3"),
        ([1, 2, 3, 10, 16, 17], 30, "1–3, 10, 16–17"),
        ([1, 3, 5, 7, 8], 2, "1, 3 and 3 more"),
    ],
)
def test_spelling_numbers(numbers: list[int], most: int, spelt: str) -> None:
    assert spell_numbers(numbers, most) == spelt


@pytest.mark.parametrize(
    ("numbers", "runs"),
    [
        ((1, 2, 3, 1, 2), (1, 1, 1, 2, 2)),
        # The foreword has one note.
        ((1, 1, 2, 3), (1, 2, 2, 2)),
        # A number that comes twice, one that is a slip of the finger, and one that is far too high.
        ((12, 13, 14, 14, 15), (1, 1, 1, 1, 1)),
        ((12, 13, 14, 3, 16), (1, 1, 1, 1, 1)),
        ((12, 13, 14, 99, 16), (1, 1, 1, 1, 1)),
        # A block that was pasted in.
        ((1, 2, 3, 4, 5, 6, 5, 6, 7, 8), (1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        # The first note of the second chapter is lost.
        ((1, 2, 3, 4, 5, 6, 7, 8, 2, 3, 4), (1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2)),
    ],
)
def test_only_numbers_that_begin_anew_open_a_section(numbers: tuple[int, ...], runs: tuple[int, ...]) -> None:
    assert tuple(numbering_runs(list(map(str, numbers)))) == runs


def test_symbols_open_no_section_and_letters_that_begin_anew_do() -> None:
    assert tuple(numbering_runs(["*", "*", "†", "a", "b", "a", None])) == (1, 1, 1, 1, 1, 2, 2)


_REPEATED = (
    "Notes\n\n"
    "1. Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 14.\n"
    "2. Dae-Sook Suh, *Kim Il Sung: The North Korean Leader* (New York: Columbia University Press, 1988), 9.\n"
    "2. Lankov, *Crisis in North Korea*, 19.\n"
    "3. Ibid., 21.\n"
    "4. Cumings, *Origins*, 55.\n"
    "5. Bruce Cumings, *Origins of the Korean War* (Princeton: Princeton University Press, 1981), 7.\n"
)


def test_notes_behind_a_repeated_number_know_those_before() -> None:
    document = analyse(read(_REPEATED))
    assert [citation.id for citation in document.citations] == [
        "1:1:1",
        "1:2:1",
        "1:2:2",
        "1:3:1",
        "1:4:1",
        "1:5:1",
    ]
    first, _, short, ibid, *_ = (document.resolution(citation).key for citation in document.citations)
    assert first == short == ibid


def test_what_a_repeated_number_hid_is_reported(tmp_path: Path) -> None:
    manuscript = tmp_path / "example.txt"
    manuscript.write_text(_REPEATED, encoding="utf-8")
    found = {(finding.code, finding.line) for finding in lint(manuscript)}
    assert ("NUM402", 5) in found
    assert ("SHT303", 7) in found
    assert not any(code == "SHT301" for code, _ in found)
