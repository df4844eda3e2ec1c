"""Where reading stopped, and what would have gone on, in words of people who cite."""

import pytest

from citecheck.archives import load_registry
from citecheck.reading.expectations import what_was_expected


@pytest.mark.parametrize(
    ("text", "stops_before", "expected"),
    [
        ("RGANI, Fond 5, Opis 28, Delo 410, and the rest", "and the rest", "Fond, Opis, Delo"),
        # An archive's former name, with its own labels; the label's number is missing.
        ("GARF, f. 5446, delo op. 3", "op. 3", "a number"),
        # The unit tells the archive where no name does.
        ("FO 371/8475 and more", "and more", "piece"),
        ("KTS, 4. doboz, 5/a, see there", "see there", "doboz"),
        # The last of several places decides.
        ("RGANI, f. 5, op. 28, d. 410; FO 371/8475 and more", "and more", "piece"),
        ("Бла бла бла", "Бла", "a title in italics"),
    ],
)
def test_what_was_expected(text: str, stops_before: str, expected: str) -> None:
    found = what_was_expected(text, load_registry())
    assert found is not None
    assert text[found.offset :].startswith(stops_before)
    assert expected in ", ".join(found.expected)


@pytest.mark.parametrize("text", ["RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.", "FO 371/8475."])
def test_nothing_was_expected_behind_a_whole_citation(text: str) -> None:
    assert what_was_expected(text, load_registry()) is None
