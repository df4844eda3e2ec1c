import pytest

from citecheck.evidence.numbering import numberings, spell_numbers
from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes


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
