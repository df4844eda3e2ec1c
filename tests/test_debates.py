"""Debates of parliaments: their title, day, volume and columns."""

import pytest

from citecheck import parse_citation
from citecheck.citations import Kind, WorkReference

READINGS = [
    ("Hansard, HC Deb., 5th ser., vol. 558, cols. 1641–9, 12 Sept. 1956", "Hansard, HC Deb., 5th ser.", "558", "1956-09-12", "column 1641–1649"),
    ("HC Deb., 20 November 1917, vol. 99, c. 838", "HC Deb.", "99", "1917-11-20", "column 838"),
    ("Parliamentary Debates, House of Lords, 5 March 1946, col. 12", "Parliamentary Debates, House of Lords", None, "1946-03-05", "column 12"),
    ("Congressional Record, 84th Cong., 2nd sess., 1956, 102, pt. 4: 4567", "Congressional Record, 84th Cong., 2nd sess.", "102", "1956", "part 4, page 4567"),
    ("558 H.C. Deb. 5s., cols. 12, 15–16", "H.C. Deb., 5s.", "558", None, "column 12, column 15–16"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "title", "volume", "date", "places"), READINGS)
def test_debates_are_cited_by_volume_day_and_column(
    note: str, title: str, volume: str | None, date: str | None, places: str
) -> None:
    (citation,) = parse_citation(note)
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    written = [
        f"{place.label} {place.start}" + (f"–{place.end}" if place.end else "")
        for place in reference.locators
    ]
    assert (reference.kind, reference.creators) == (Kind.OTHER, ())
    assert (reference.title, reference.volume, reference.date, ", ".join(written)) == (title, volume, date, places)  # fmt: skip
    assert all(citation.text[slice(*place.span)] == place.written for place in reference.locators if place.label != "part")  # fmt: skip
    assert citation.text == note


def test_debates_stand_beside_other_citations() -> None:
    spoken, work = parse_citation("See HC Deb., 12 September 1956, vol. 558, cols. 10–12, and Smith, *Suez* (London: Cape, 1990), 12.")  # fmt: skip
    assert spoken.text == "HC Deb., 12 September 1956, vol. 558, cols. 10–12"
    assert work.text == "Smith, *Suez* (London: Cape, 1990), 12"


@pytest.mark.parametrize(
    "prose", ["Hansard has nothing of this.", "Parliamentary Debates in England were long."]
)
def test_naming_debates_cites_none(prose: str) -> None:
    assert parse_citation(prose) == ()
