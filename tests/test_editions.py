"""Editions of documents in many volumes, and documents that a book prints under a number."""

import io

import pytest

from citecheck import analyse, parse_citation
from citecheck.citations import Citation, WorkReference
from citecheck.corpus.cited_sources import collect_sources
from citecheck.exporting import Options, all_exporters
from citecheck.readers import read_bytes
from tests.records import REGISTRY


def summary(citation: Citation) -> tuple[str, str | None, str | None, str | None, str]:
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    container = reference.container
    host = container.title if container is not None else None
    volume = container.volume if container is not None else reference.volume
    places = [
        f"{place.label} {place.start}" + (f"–{place.end}" if place.end else "")
        for place in reference.locators
    ]
    for place in reference.locators:
        assert citation.text[slice(*place.span)] == place.written
    return reference.kind.value, reference.title, host, volume, ", ".join(places)  # fmt: skip


READINGS = [
    (
        "FRUS, 1950, VII, 125; 1951, VII, 33–35; see also 1952–1954, XV, 1234.",
        [
            ("short", "FRUS, 1950", None, "VII", "page 125"),
            ("short", "FRUS, 1951", None, "VII", "page 33–35"),
            ("short", "FRUS, 1952–1954", None, "XV", "page 1234"),
        ],
    ),
    ("FRUS, 1952–1954, Korea, vol. XV, doc. 45.", [("short", "FRUS, 1952–1954", None, "XV", "document 45")]),
    ("FRUS 1950, 7:125.", [("short", "FRUS, 1950", None, "7", "page 125")]),
    (
        "*FRUS*, 1952–1954, vol. XV: *Korea* (Washington, D.C.: GPO, 1984), part 1, 45.",
        [("full", "FRUS, 1952–1954", None, "XV", "part 1, page 45")],
    ),
    ("DBPO, Series I, Vol. VI, no. 23.", [("short", "DBPO, Series I", None, "VI", "document 23")]),
    ("DzD, II. Reihe, Bd. 3, Dok. 45, S. 123.", [("short", "DzD, II. Reihe", None, "3", "document 45, page 123")]),
    ("DDF, 1954, tome I, doc. n° 45, p. 123.", [("short", "DDF, 1954", None, "I", "document 45, page 123")]),
    (
        "Akten zur Auswärtigen Politik der Bundesrepublik Deutschland 1965, Bd. I, Dok. 45, S. 123.",
        [("short", "Akten zur Auswärtigen Politik der Bundesrepublik Deutschland, 1965", None, "I", "document 45, page 123")],
    ),
    (
        "Bevin to Franks, 11 July 1950, DBPO, Series II, Vol. IV, No. 15.",
        [("chapter", "Bevin to Franks", "DBPO, Series II", "IV", "document 15")],
    ),
    (
        "FRUS, 1950, vol. VII, 125, and FRUS, 1951, vol. VI, 12.",
        [("short", "FRUS, 1950", None, "VII", "page 125"), ("short", "FRUS, 1951", None, "VI", "page 12")],
    ),
    (
        "This is well described in FRUS, 1950, vol. VII, 125, where Acheson speaks.",
        [("short", "FRUS, 1950", None, "VII", "page 125")],
    ),
    (
        "Document No. 12, in Westad, O. A. (ed.), *Brothers in Arms* (Stanford: Stanford University Press, 1998), 45-47.",
        [("chapter", "Document No. 12", "Brothers in Arms", None, "page 45–47")],
    ),
    (
        "Dok. Nr. 12, in: Christian Ostermann (Hg.), *Uprising in East Germany* (Budapest: CEU Press, 2001), S. 45.",
        [("chapter", "Dok. Nr. 12", "Uprising in East Germany", None, "page 45")],
    ),
    ("The series FRUS is the usual edition.", []),
]  # fmt: skip


@pytest.mark.parametrize(("note", "readings"), READINGS, ids=[note for note, _ in READINGS])
def test_editions(note: str, readings: list[tuple[str, str | None, str | None, str | None, str]]) -> None:
    assert [summary(citation) for citation in parse_citation(note)] == readings


def test_each_volume_is_exported() -> None:
    document = analyse(
        read_bytes(
            b"1. FRUS, 1952-1954, vol. XV, 45.\n2. FRUS, 1952-1954, vol. XIII, 145.\n"
            b"3. FRUS, 1952-1954, vol. 15, 46.\n4. Muccio to Acheson, 25 June 1950, in FRUS, 1950, vol. VII, 125.\n",
            "notes.txt",
        )
    )
    sources = collect_sources([document]).sources
    out = io.StringIO()
    all_exporters()["csl-json"].write(sources, out, Options(REGISTRY))
    assert [out.getvalue().count(f'"volume": "{volume}"') for volume in ("XV", "XIII", "15", "VII")] == [
        1,
        1,
        0,
        1,
    ]
    assert '"container-title": "FRUS, 1950"' in out.getvalue()


def test_a_letter_is_part_of_the_book_that_prints_it() -> None:
    note = "Grey to Nicolson, 8 April 1908, in Gooch and Temperley (eds), *British Documents*, vol. V, p. 194"
    (citation,) = parse_citation(note)
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    container = reference.container
    assert container is not None
    assert (reference.kind.value, reference.title, reference.date) == (
        "chapter",
        "Grey to Nicolson",
        "1908-04-08",
    )
    assert (container.title, [name.family for name in container.creators]) == (
        "British Documents",
        ["Gooch", "Temperley"],
    )
    assert citation.text == note
