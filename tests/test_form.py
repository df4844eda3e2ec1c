"""What the rules about form look at: leads, texts, and damage."""

import pytest

from citecheck.analysis import analyse
from citecheck.documents import Document
from citecheck.evidence.leads import group_of, read_lead
from citecheck.evidence.texts import count_words, texts
from citecheck.linting import check
from citecheck.readers import read_bytes
from citecheck.reading.damage import find_lost_characters, find_pdf_instructions, is_letter_gapped


def read(*notes: str) -> Document:
    listed = "".join(f"{number}. {note}\n" for number, note in enumerate(notes, 1))
    return analyse(read_bytes(f"Notes\n\n{listed}".encode(), "example.txt", "plain"))


@pytest.mark.parametrize(
    ("note", "group", "mark", "spaced", "label"),
    [
        ("Lankov, *Crisis in North Korea*, 19.", "short citations", ",", True, ""),
        ("Szalontai, *Kim Il Sung in the Khrushchev Era*. p. 98.", "short citations", ".", True, "p."),
        ("Suh, “Korean Studies,” 187.", "short citations", ",", True, ""),
        (
            "Suh, *Korean Studies* (Honolulu: University of Hawaii Press, 1994):187.",
            "full citations",
            ":",
            False,
            "",
        ),
        (
            "Suh, *Korean Studies* (Honolulu: University of Hawaii Press, 1994), p. 187.",
            "full citations",
            ",",
            True,
            "p.",
        ),
    ],
)
def test_what_leads_over_to_the_pages(note: str, group: str, mark: str, spaced: bool, label: str) -> None:
    (citation,) = read(note).citations
    lead = read_lead(citation)
    assert lead is not None
    assert (group_of(citation), lead.mark, lead.spaced, lead.label) == (group, mark, spaced, label)


def test_a_range_of_a_text_knows_its_citation() -> None:
    (text,) = texts(read("See Suh, *Kim Il Sung*, 32; Lankov, *Crisis in North Korea*, 19."), "note")
    at = text.words.index("Crisis")
    citation = text.citation_at(at, at + 6)
    assert citation is not None
    assert citation.text.startswith("Lankov")
    assert text.citation_at(0, 3) is None
    assert text.is_cited(0, len(text.words))
    assert not text.is_cited(0, 3)


def test_counting_words() -> None:
    counted = count_words(read("The party’s style, the Party."))
    assert (counted["the"], counted["party’s"], counted["party"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Person 2006, pages 14, 24, 34 and 56.
        (
            'distributed to all "primar(l. ac)rT5Cn-27(ztionshof the)cityof t]TJ-0.00154Tw -',
            ["t]TJ-0.00154Tw"],
        ),
        ("Yi disclosed to Petrom-2(ny)JTJ0.0011 Tc -0.000", ["Petrom-2(ny)JTJ0.0011", "Tc"]),
        ("Trade Yun Kong-hum, ChaiJ0.0dub3172 0 Tdeinform C,.72501 TTJ0.34lout", ["TTJ0.34lout"]),
        ("The text of TJ 5 and of T. W. Kim, Td. 3, 1956–57.", []),
    ],
)
def test_pdf_instructions(text: str, words: list[str]) -> None:
    assert [text[start:end].split()[0] for start, end in find_pdf_instructions(text)] == words


def test_lost_characters() -> None:
    text = "PÃ¼nkÃ¶sti, â€œRÃ¡kosiâ€\x9d, � and Pünkösti, “Rákosi”, Ãngela"
    assert [text[start:end] for start, end in find_lost_characters(text)] == [
        "Ã¼",
        "Ã¶",
        "â€œ",
        "Ã¡",
        "â€\x9d",
        "�",
    ]


@pytest.mark.parametrize(
    ("text", "gapped"),
    [
        ("#8 Ka . . Wea e b . . S e A m K . ea a d e O . . D e K . ea Wa , 1945-50:", True),
        ("#2 P.J. S m m . . A c a Re ea c e C d Wa E a: A Re . D m B da e ,", True),
        ("V. I. Lenin, PSS, t. 5, s. 10; A. M. Petrov, in: S. N. Filatov, ed., K. and S.", False),
        ("Я и в этом с ним не о чем и не к чему спорить.", False),
    ],
)
def test_letter_gapped_lines(text: str, gapped: bool) -> None:
    assert is_letter_gapped(text) is gapped


@pytest.mark.parametrize(
    "note",
    [
        r"\cite{aristotle:rhetoric,averroes/bland}, \cite[12--13]{suh}, \cite[12-13]{kim}, \cite[14-15]{han}.",
        r"See \autoref{sec:one,sec:two} and \autocites(See;also)[12 , 13]{lankov}[14]{suh,kim}.",
    ],
)
def test_what_a_program_prints_is_not_the_authors_typography(note: str) -> None:
    manuscript = read_bytes(f"Text\\footnote{{{note}}}".encode(), "example.tex", "latex")
    assert [finding.code for finding in check([analyse(manuscript)])] == []
