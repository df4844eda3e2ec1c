"""Where clauses end, and what leads them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.reading.segmenting import split_clauses

CASES = [
    ("Lankov, *Crisis*, 12; Suh, *Kim*, 45.", ["Lankov, *Crisis*, 12", "Suh, *Kim*, 45."]),
    (
        "Kapsan is in the north. This is why. Cumings, *Origins*, 30–38.",
        ["Kapsan is in the north.", "This is why.", "Cumings, *Origins*, 30–38."],
    ),
    # One letter of another script is written with several.
    (
        "Talk between N.S. Khrushchev and Yu. Tsedenbal, 2 February 1959, RGANI, f. 5; Gh. Dej, *Works*, 2.",
        [
            "Talk between N.S. Khrushchev and Yu. Tsedenbal, 2 February 1959, RGANI, f. 5",
            "Gh. Dej, *Works*, 2.",
        ],
    ),
    (
        "He spoke with Ambassador Yu. The answer was no.",
        ["He spoke with Ambassador Yu.", "The answer was no."],
    ),
    # Initials, abbreviations, titles of persons and numbers end no sentence.
    ("M. T. Haggard, “Mongolia,” 89.", ["M. T. Haggard, “Mongolia,” 89."]),
    ("Lankov et al. *Crisis*, vol. II, 12.", ["Lankov et al. *Crisis*, vol. II, 12."]),
    (
        "Palais, “Search,” *HJAS*, Vol. 55, No. 2. (Dec. 1995): 420.",
        ["Palais, “Search,” *HJAS*, Vol. 55, No. 2. (Dec. 1995): 420."],
    ),
    # Nothing inside quotation marks, italics or brackets ends a clause.
    (
        'Haggard, "Mongolia. The First; Second State," 89.',
        ['Haggard, "Mongolia. The First; Second State," 89.'],
    ),
    (
        "*Moby-Dick; or. The Whale* (Boston: A; London: B, 1851), 2.",
        ["*Moby-Dick; or. The Whale* (Boston: A; London: B, 1851), 2."],
    ),
    # A quotation mark too many hides nothing that follows.
    ('Weathersby, "Fear?"," 19; Suh, *Kim*, 45.', ['Weathersby, "Fear?"," 19', "Suh, *Kim*, 45."]),
    # A full stop for the comma after the author, and inside a title without marks.
    ("Vu. Die Gesellschaft im Wandel, 328–333.", ["Vu. Die Gesellschaft im Wandel, 328–333."]),
    (
        "Frank, Die DDR und Nordkorea. Der Wiederaufbau von Hamhŭng, Aachen 1996, S. 23.",
        ["Frank, Die DDR und Nordkorea. Der Wiederaufbau von Hamhŭng, Aachen 1996, S. 23."],
    ),
    # Ibid. is a sentence of its own unless the places in an archive follow.
    ("Ibid. Kim denied it.", ["Ibid.", "Kim denied it."]),
    ("Там же. Л. 12.", ["Там же. Л. 12."]),
    ("Ibid. See also Suh, *Kim*, 45.", ["Ibid.", "Suh, *Kim*, 45."]),
    # GOST parts everything with full stops.
    (
        "Ланьков А. Н. Северная Корея: вчера и сегодня. М.: Восточная литература, 1995. С. 23.",
        ["Ланьков А. Н. Северная Корея: вчера и сегодня. М.: Восточная литература, 1995. С. 23."],
    ),
    (
        "Лихачев Д. С. Поэзия садов. СПб., 1998. С. 12; Он же. Образ города // Наше наследие. 1990. № 3. С. 8.",
        [
            "Лихачев Д. С. Поэзия садов. СПб., 1998. С. 12",
            "Он же. Образ города // Наше наследие. 1990. № 3. С. 8.",
        ],
    ),
    (
        "Пак Б. Д. Россия и Корея. М.; Иркутск, 2004. С. 3.",
        ["Пак Б. Д. Россия и Корея. М.; Иркутск, 2004. С. 3."],
    ),
    ("", []),
    (" ; . ", ["."]),
]


@pytest.mark.parametrize(("text", "clauses"), CASES, ids=[case[0][:40] for case in CASES])
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in split_clauses(text)] == clauses


@pytest.mark.parametrize(
    ("text", "signal", "rest"),
    [
        ("See also Lankov", "see also", "Lankov"),
        ("See, among others, Lankov", "see, among others", "Lankov"),
        ("For example, see Lankov", "for example see", "Lankov"),
        ("and see also Lankov", "and see also", "Lankov"),
        ("Cf. Lankov", "cf.", "Lankov"),
        ("См.: Ланьков", "см.", "Ланьков"),
        ("Цит. по: Ланьков", "цит. по", "Ланьков"),
        ("Vgl. auch Frank", "vgl. auch", "Frank"),
        ("Zob. Paczkowski", "zob.", "Paczkowski"),
        ("Lásd Pünkösti", "lásd", "Pünkösti"),
        ("Seeing Lankov", None, "Seeing Lankov"),
        ("Lankov", None, "Lankov"),
    ],
)
def test_signals(text: str, signal: str | None, rest: str) -> None:
    (clause,) = split_clauses(text)
    assert (clause.signal, text[clause.start : clause.end], clause.opening) == (signal, rest, 0)


def test_an_opaque_range_ends_no_clause() -> None:
    text = "Записка // РГАНИ. Ф. 5. Оп. 28. Д. 410; Suh, *Kim*, 45."
    inside = split_clauses(text, [(11, 38)])
    assert [text[clause.start : clause.end] for clause in inside] == [text[:38], "Suh, *Kim*, 45."]


@given(st.text(alphabet='AaБб .,;:()[]"“”«»‘’*–12\n', max_size=200))
def test_clauses_lie_in_order_and_cover_all_words(text: str) -> None:
    clauses = split_clauses(text)
    before = 0
    for clause in clauses:
        assert before <= clause.opening <= clause.start < clause.end <= len(text)
        assert not any(letter.isalnum() for letter in text[before : clause.opening])
        before = clause.end
    assert not any(letter.isalnum() for letter in text[before:])
