"""Works that running text cites in brackets."""

import pytest

from citecheck.reading.bracketed_works import find_works_in_brackets

CITED = [
    ("He said so (Lankov, *Crisis in North Korea*, p. 63).", ["Lankov, *Crisis in North Korea*, p. 63"]),
    ("It was so (see Lankov, *Crisis*, 63; Szalontai, *Kim Il Sung*, 98).", ["Lankov, *Crisis*, 63", "Szalontai, *Kim Il Sung*, 98"]),
    ("Anarchism [Peter Kropotkin, Anarchism, p. 166] is this.", ["Peter Kropotkin, Anarchism, p. 166"]),
    ("And so [quoted by Israel Getzler, Marxist Revolutionaries, p. 105] on.", ["Israel Getzler, Marxist Revolutionaries, p. 105"]),
    ("“From below upward” [Bookchin, Op. Cit., pp. 273-4].", ["Bookchin, Op. Cit., pp. 273-4"]),
    ("“So it is” [Op. Cit., p. 31] and no other way.", ["Op. Cit., p. 31"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text[:30] for text, _ in CITED])
def test_a_work_is_cited(text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_works_in_brackets(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "He came back (in the *Daily Worker* of 4 May he said that he had been away for 3 years).",
        "The value [Marx and Keynes, p. 333] of it.",
        "They met (Kim Il Sung, Pak Hon-yong and 3 others).",
        "The ship (*HMS Belfast*, 11,500 tons) lay there.",
        "The congress [April 1956] “approved” it (by 12 votes).",
    ],
)
def test_other_brackets_cite_nothing(text: str) -> None:
    assert list(find_works_in_brackets(text)) == []
