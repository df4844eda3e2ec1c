"""Calls of notes that copying has glued to the words: “It was so.1 And so,”2 he said."""

from collections.abc import Iterable

import pytest

from citecheck.readers import read_bytes


def called(calls: Iterable[object], notes: int = 20) -> list[str]:
    text = " ".join(f"The harvest failed again.{call} Aid came at once." for call in calls)
    listed = "".join(f"{number}. Suh, *Kim Il Sung*, {number + 20}.\n" for number in range(1, notes + 1))
    manuscript = read_bytes(f"{text}\n\nNotes\n\n{listed}".encode(), "example.txt", "plain")
    assert len(manuscript.notes) == notes
    return [marker.label for marker in manuscript.markers]


@pytest.mark.parametrize(
    "calls",
    [
        range(1, 21),
        # One is lost; one comes twice; one has no note.
        [*range(1, 12), *range(13, 21)],
        [*range(1, 12), 11, *range(13, 21)],
        range(1, 22),
    ],
)
def test_nearly_all_are_called_in_order(calls: Iterable[int]) -> None:
    assert called(calls) == [str(call) for call in calls]


def test_a_call_that_is_written_otherwise_is_not_missing() -> None:
    assert called([*range(1, 12), " 12", *range(13, 21)]) == [str(number) for number in range(1, 21)]


def test_a_number_far_from_its_neighbours_is_no_call() -> None:
    assert called([*range(1, 12), 747, *range(12, 20)]) == [str(number) for number in range(1, 20)]


@pytest.mark.parametrize("calls", [range(1, 16), [*range(1, 21), 5, 9, 3, 7, 2], [3, 9, 12]])
def test_what_is_not_clearly_a_numbering_is_left(calls: Iterable[int]) -> None:
    assert called(calls) in ([], [str(number) for number in range(1, 21)])


def test_few_notes_of_which_one_is_not_called_are_left() -> None:
    assert called([1, 2, 4, 5], notes=5) == []


@pytest.mark.parametrize(("calls", "notes"), [([1, 2, 5, 4, 5], 5), ([1, 3, 3, 4], 4), ([1, 2, 3, 44], 4)])
def test_one_call_that_is_wrong_among_few(calls: list[int], notes: int) -> None:
    assert called(calls, notes) == list(map(str, calls))


def test_two_calls_that_are_wrong_among_few_are_left() -> None:
    assert called([1, 3, 2, 4, 5], notes=5) == []


def test_a_number_alone_in_the_place_of_a_lost_call_is_the_call() -> None:
    assert called([*range(1, 12), 747, *range(13, 21)])[11] == "747"
