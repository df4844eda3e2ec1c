"""References by author and date in notes, which the bibliography confirms."""

import pytest

from citecheck import analyse, parse_citation
from citecheck.citations import WorkReference
from citecheck.readers import read_bytes

LIST = """
References

Garnaut, Anthony. 2013. “Hard Facts and Half-Truths.” China Information 27 (2): 2023–2046.
Smith, John. 1990. A Book. London: Verso.
"""
READINGS = [
    ("Garnaut 2013, 34.", [("Garnaut 2013, 34", "Garnaut", "2013", "34", None)]),
    (
        "See Smith 1990, p. 45; Garnaut 2013, 2034.",
        [("Smith 1990, p. 45", "Smith", "1990", "45", "see"), ("Garnaut 2013, 2034", "Garnaut", "2013", "2034", None)],
    ),
    ("Cf. Garnaut (2013), 45.", [("Garnaut (2013), 45", "Garnaut", "2013", "45", "cf.")]),
    (
        "I follow Garnaut (2013: 45) here, but see also Smith 1990, 12–13, who disagrees.",
        [("Garnaut (2013: 45)", "Garnaut", "2013", "45", None), ("Smith 1990, 12–13", "Smith", "1990", "12–13", None)],
    ),
    (
        "Vgl. dazu Smith 1990, S. 44 und Garnaut 2013, S. 2030.",
        [("Smith 1990, S. 44", "Smith", "1990", "44", "vgl. dazu"), ("Garnaut 2013, S. 2030", "Garnaut", "2013", "2030", None)],
    ),
    (
        "Smith, 1990, p. 12. Also see Garnaut, 2013, p. 2036.",
        [("Smith, 1990, p. 12", "Smith", "1990", "12", None), ("Garnaut, 2013, p. 2036", "Garnaut", "2013", "2036", "also see")],
    ),
    # A year that the list does not have is a slip that the rules report.
    ("Smith 1991, 12.", [("Smith 1991, 12", "Smith", "1991", "12", None)]),
    ("Smith died in 1990.", []),
    ("Brown 1999, 12 is not listed.", []),
]  # fmt: skip


@pytest.mark.parametrize(("note", "readings"), READINGS, ids=[note for note, _ in READINGS])
def test_listed_authors_and_years_in_notes(
    note: str, readings: list[tuple[str, str, str, str, str | None]]
) -> None:
    document = analyse(read_bytes(f"So it was.1\n\nNotes\n\n1. {note}\n{LIST}".encode(), "a.txt", "plain"))
    found = []
    for citation, reference in document.works:
        places = ", ".join(
            place.start + (f"–{place.end}" if place.end else "") for place in reference.locators
        )
        assert all(
            citation.text[slice(*place.span)] == place.written
            for place in reference.locators  # Spans lead back to the words.
        )
        found.append(
            (
                citation.text,
                reference.creators[0].family,
                reference.date or "",
                places,
                citation.signal,
            )
        )
    assert found == readings


def test_a_title_with_a_year_is_none() -> None:
    document = analyse(
        read_bytes(f"So it was.1\n\nNotes\n\n1. Smith, Vietnam 1990, 45.\n{LIST}".encode(), "a.txt", "plain")
    )
    ((_, reference),) = document.works
    assert (reference.title, reference.date) == ("Vietnam 1990", None)


def test_without_a_bibliography_a_name_and_a_year_are_no_reference() -> None:
    assert not [each for each in parse_citation("Garnaut 2013.") if isinstance(each.reference, WorkReference)]


def test_where_notes_cite_so_throughout_what_is_not_listed_is_a_reference_too() -> None:
    notes = [f"{number}. Smith 1990, {number}." for number in range(1, 6)]
    notes += ["6. Cf. Brown 1999, 12.", "7. Budapest 1990, 12.", "8. Brown 1999."]
    text = "So it was.\n\nNotes\n\n" + "\n".join(notes) + "\n" + LIST
    document = analyse(read_bytes(text.encode(), "a.txt", "plain"))
    ((citation, reference),) = document.works[5:]
    assert (citation.text, citation.signal, reference.date) == ("Brown 1999, 12", "cf.", "1999")
    few = analyse(read_bytes(text.replace("Smith 1990, 1.", "Nothing.").encode(), "a.txt", "plain"))
    assert [reference.date for _, reference in few.works][4:] == [None]
