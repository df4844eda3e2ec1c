"""Whole chapters, papers and reviews: what only shows where the parts of a document meet."""

import pytest

from citecheck import parse_citation
from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference
from citecheck.documents import Document
from citecheck.linting import check
from citecheck.readers import read_bytes

REGISTRY = load_registry()


def document(text: str) -> Document:
    return analyse(read_bytes(text.encode(), "chapter.txt", "plain"), REGISTRY)


def codes(text: str) -> list[str]:
    return [finding.code for finding in check([document(text)])]


REVIEW = """A Short Century

Hobsbawm, E. (1994) Age of Extremes. London: Michael Joseph.

Hobsbawm calls his century short (3). {filler}

NOTES
1. Judt, T. (1995) “Downhill All the Way.” New York Review of Books 42 (9): pp. 20–25.

Sunday, March 18, 2012

Workers and Stalinism

{filler} The debate is older than the archives (Filtzer, 1986: 2).

Bibliography

Filtzer, D. (1986) Soviet Workers and Stalinist Industrialization. London: Pluto Press.
"""
FILLER = "The argument of the book rests on a few claims that have been discussed for a long time. " * 7


def test_the_next_essay_behind_a_list_of_notes_is_text() -> None:
    read = document(REVIEW.format(filler=FILLER))
    assert [note.passage.text[:5] for note in read.manuscript.notes] == ["Judt,"]
    assert {"(3)", "(Filtzer, 1986: 2)"} <= {citation.text for citation in read.citations}


def test_a_short_review_has_its_book_at_its_head() -> None:
    read = document(REVIEW.format(filler=FILLER))
    entry = read.resolution(read.citations[0]).entry
    assert entry is not None
    assert entry.id == "hobsbawm-1994"


def test_words_and_ranges_that_the_end_of_a_line_divides() -> None:
    read = document(
        "Kim Song-sik of the Embassy, pre-war.\n\nNotes\n\n"
        "1. Report of the Em-\nbassy on Kim Song-\nsik and Sino-\nSoviet trade, pre-\nand post-war, 4 May 1957, RGANI,\n"
        "Fond 5, Opis 28, Delo 410, Listy 164-\n165.\n"
    )
    (citation,) = read.citations
    reference = citation.reference
    assert isinstance(reference, ArchivalReference)
    assert (
        reference.description
        == "Report of the Embassy on Kim Song-sik and Sino-Soviet trade, pre- and post-war"
    )
    assert [(leaf.start, leaf.end) for leaf in reference.locators] == [("164", "165")]


def test_the_source_of_a_printed_document_may_stand_at_its_end() -> None:
    read = document(
        "DOCUMENT No. 4\n\nMemorandum of Conversation with Mengistu, 4 February 1977\n\n"
        "From the diary of A.P. Ratanov. SECRET.\n\nI visited the Chairman.\n\nHe asked me for arms.\n\n"
        "[Source: RGANI, Fond 5, Opis 73, Delo 1636, Listy 32-36. Translated by S. Kux.]\n"
    )
    reference = read.citations[-1].reference
    assert isinstance(reference, ArchivalReference)
    assert reference.description == "DOCUMENT No. 4: Memorandum of Conversation with Mengistu"
    assert reference.date == "1977-02-04"


def test_a_sentence_that_leads_in_a_document_is_no_part_of_it() -> None:
    read = document(
        "Notes\n\n1. His colleague in Bucharest reached the same conclusion: Hungarian Embassy to Romania, Report,"
        " 9 December 1962, KTS, 11. doboz, 5/f, 0018/RT/1963.\n"
        "2. Telegram No. 5: Meeting with Dej, 4 May 1957, RGANI, Fond 5, Opis 28, Delo 410.\n"
    )
    assert [getattr(citation.reference, "description", None) for citation in read.citations] == [
        "Hungarian Embassy to Romania, Report",
        "Telegram No. 5: Meeting with Dej",
    ]


def test_a_code_like_a_state_before_boxes_is_a_series() -> None:
    read = document(
        "Notes\n\n1. Hungarian Board of Trade, Study, June 1963, MA, 3. doboz, 5/a, 001/88/2/1963.\n"
    )
    reference = read.citations[0].reference
    assert isinstance(reference, ArchivalReference)
    assert [level.value for level in reference.levels] == ["MA", "3", "5/a", "001/88/2/1963"]


def test_pages_that_were_not_read_hang_on_their_citation() -> None:
    text = "Notes\n\n1. Lampe, *The Bulgarian Economy in the Twentieth Century*, 160–l63.\n"
    (finding,) = [each for each in check([document(text)]) if each.code == "TXT902"]
    assert finding.problem.citation is not None


def test_an_unknown_archive_is_reported_once() -> None:
    text = "Notes\n\n" + "".join(
        f"{n}. Report, 4 May 1963, MTS, {n}. doboz, 5/a, 00{n}/1963.\n" for n in (1, 2, 3)
    )
    assert codes(text).count("ARC101") == 1


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("SAPMO, DY 30/3670, 12–13, 19", ["12–13", "19"]),
        ("SAPMO, DY 30/J IV 2/2/692, 4", ["4"]),
        ("PAAA-MfAA, A 6661, 104", ["104"]),
        ("AAN, KC PZPR, XI A/79, 26–31, 40", ["26–31", "40"]),
        ("AAN, KC PZPR, XI A/79, 26", ["26"]),
    ],
)
def test_leaves_without_a_label_behind_a_signature(text: str, leaves: list[str]) -> None:
    (citation,) = parse_citation(text)
    reference = citation.reference
    assert isinstance(reference, ArchivalReference)
    assert [leaf.start + (f"–{leaf.end}" if leaf.end else "") for leaf in reference.locators] == leaves


@pytest.mark.parametrize(
    ("text", "kind", "cited"),
    [
        ("See above, p. 112, and note 11.", "crossref", "note 11"),
        (
            "Zhonggong zhongyang wenxian yanjiushi, ed., *Mao wengao* (Beijing: Renmin, 1996), 81–83.",
            "full",
            "Zhonggong zhongyang wenxian yanjiushi, ed., *Mao wengao* (Beijing: Renmin, 1996), 81–83",
        ),
        (
            "“Minutes No. 9,” [no date], RGANI, f. 3, op. 14, d. 479, l. 3.",
            "archival",
            "“Minutes No. 9,” [no date], RGANI, f. 3, op. 14, d. 479, l. 3",
        ),
    ],
)
def test_one_citation_of_a_note(text: str, kind: str, cited: str) -> None:
    (citation,) = document(f"Notes\n\n1. {text}\n").citations
    assert (citation.reference.kind.value, citation.text) == (kind, cited)
    assert "no date" not in (getattr(citation.reference, "description", None) or "")


def test_a_page_of_the_preface_of_a_reviewed_book() -> None:
    read = document(
        "Three countries stand for eight (xxxv), which is explained in part (ii) of the chapter.\n"
    )
    assert [citation.text for citation in read.citations] == ["(xxxv)"]


def test_an_interview_by_telephone() -> None:
    (citation,) = document("Notes\n\n1. Telephone interview with Lannon Walker, 9 April 1995.\n").citations
    assert citation.reference.kind.value == "other"


FOOTNOTES = (
    "The Cominform met at Bucharest on 20 June.{0}1 Zhdanov read it out.{0}2\n\n"
    "1{1}Giuliano Procacci, ed., *The Cominform* (Milan: Feltrinelli, 1994), pp. 516–41.\n"
    "2{1}RGASPI, f. 575, op. 1, d. 46, ll. 88–101.\n\n64   TITO'S GAMBLE\n\n"
    "Reams saw a quarrel as early as 1948.3 Cannon did not.4 “It is over,” he said.”5 In 1950 he wrote again.6\n\n"
    "3{1}Ivo Banac, *With Stalin against Tito* (Ithaca: Cornell University Press, 1988),\npp. 117–24.\n"
    "4{1}Ibid., p. 129.\n5{1}*Borba*, 4 November 1949, p. 1.\n6{1}Banac, *With Stalin against Tito*, p. 150.\n\n"
    "The trials went on.\n"
)


@pytest.mark.parametrize("gap", [" ", "", ". "])
def test_footnotes_whose_numbers_the_text_calls(gap: str) -> None:
    read = document(FOOTNOTES.format("", gap))
    notes = read.manuscript.notes
    assert [note.label for note in notes] == ["1", "2", "3", "4", "5", "6"]
    assert notes[2].passage.text.endswith("1988), pp. 117–24.")
    assert [passage.text for passage in read.manuscript.body][-1] == "The trials went on."


def test_numbered_sections_are_no_footnotes() -> None:
    sections = "".join(
        f"{n} The part of the year {n}\n\nIt was cold (Suh, 1988: {n}–12).\n\n" for n in range(1, 9)
    )
    assert document(sections).manuscript.notes == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Castro's speech of 13 March is printed in *Granma Weekly Review*, 20 March 1966, 5.",
            ["*Granma Weekly Review*, 20 March 1966, 5"],
        ),
        (
            "The figures in *Pravda*, 5 March 1953, 2, and in *Trud*, 6 March 1953, 4, differ.",
            ["*Pravda*, 5 March 1953, 2", "*Trud*, 6 March 1953, 4"],
        ),
        ("The seizure of the *Pueblo*, 23 January 1968, came as a surprise.", []),
        (
            "APRF, Fond 45, Opis 1, Delo 339, Listy 31-32, in Torkunov, *Zagadochnaia voina*, 249.",
            ["APRF, Fond 45, Opis 1, Delo 339, Listy 31-32", "Torkunov, *Zagadochnaia voina*, 249"],
        ),
        ("All quotations are from Taubman, *Khrushchev*, 394.", ["Taubman, *Khrushchev*, 394"]),
    ],
)
def test_what_a_sentence_of_a_note_cites(text: str, cited: list[str]) -> None:
    assert [citation.text for citation in document(f"Notes\n\n1. {text}\n").citations] == cited


def test_the_day_of_a_paper_with_enclosures() -> None:
    (citation,) = parse_citation(
        "Telegram, Mao to Stalin, 8 February 1952, with 22 January 1952 telegram from Peng to Mao and 4 February 1952 "
        "reply from Mao, APRF, Fond 45, Opis 1, Delo 342, Listy 81-83"
    )
    reference = citation.reference
    assert isinstance(reference, ArchivalReference)
    assert (reference.description, reference.date) == ("Telegram, Mao to Stalin", "1952-02-08")


def test_labels_and_repetitions_that_a_scanner_misread() -> None:
    read = document(
        "Notes\n\n1. Agosti, *Togliatti*, 404.\n2. lbid., 405.\n3 . Zubok, *A Failed Empire*, 52.\nl4. Ihid.\n4. Ibid., 54.\n"
    )
    assert [note.label for note in read.manuscript.notes][:3] == ["1", "2", "3"]
    assert [citation.reference.kind.value for citation in read.citations[:3]] == ["short", "ibid", "short"]
    assert read.resolution(read.citations[1]).antecedent == read.citations[0]


ESSAY = """The White Paper said so (Department of State, 1949: xvi). The judgment of Gaddis (1982) was harsher, as were those
who fought (Battle of Stalingrad, 1943), and Truman (1950) did not answer (Gaddis, 2005: 88).

References

Department of State (1949) United States Relations with China. Washington: Government Printing Office.

Gaddis, J.L. (2005) Strategies of Containment. New York: Oxford University Press.
"""


def test_bodies_and_other_years_of_listed_authors_in_an_essay() -> None:
    read = document(ESSAY)
    assert [citation.text for citation in read.citations] == [
        "(Department of State, 1949: xvi)",
        "Gaddis (1982)",
        "(Gaddis, 2005: 88)",
    ]
    first = read.resolution(read.citations[0]).entry
    assert first is not None
    assert first.reference.title == "United States Relations with China"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "The fate of the submarines is described in O'Donnell, A Coming of Age, 49–51.",
            ["O'Donnell, A Coming of Age, 49–51"],
        ),
        ("The decree was published in Moscow, on 12 May 1956, with 40 signatures.", []),
        ("The letter had already been printed in *Renmin Ribao*.", []),
        ("The letter was printed in *Renmin Ribao*, 15 June 1963, 1.", ["*Renmin Ribao*, 15 June 1963, 1"]),
    ],
)
def test_a_verb_that_leads_in_a_plain_title(text: str, cited: list[str]) -> None:
    assert [citation.text for citation in document(f"Notes\n\n1. {text}\n").citations] == cited


def test_a_title_may_be_shortened_before_its_dash() -> None:
    text = (
        "Text.\n\nNotes\n\n1. Hamm, *Albania*, 60.\n2. Pano, *The Sixties*, 5.\n\nBibliography\n\n"
        "Hamm, Harry. *Albania—China's Beachhead in Europe*. New York: Praeger, 1963.\n\n"
        "Pano, Nicholas. *The Sixties*. New York: Praeger, 1967.\n"
    )
    assert "BIB504" not in codes(text)


def test_pointers_to_printed_documents() -> None:
    read = document(
        "One (see documents 3 and 4 in the Appendix), another [DOC. 3], a third [DOCUMENT #5], a fourth "
        "[DOCUMENT No. 10, below]. See Document 8 below.\n"
    )
    assert [citation.text for citation in read.citations] == [
        "(see documents 3 and 4 in the Appendix)",
        "[DOC. 3]",
        "[DOCUMENT #5]",
        "[DOCUMENT No. 10, below]",
        "Document 8 below",
    ]
    assert {citation.reference.kind.value for citation in read.citations} == {"crossref"}


def test_footnotes_of_which_many_are_lost() -> None:
    text = "".join(
        f"It was said in the year before that the party would not yield.{n}\n\n{n} Lankov, *Crisis in North Korea*, p. {n}.\n\n"
        for n in (6, 7, 11, 12, 20, 21, 33)
    )
    listed = "1. First point of the resolution\n2. Second point, p. 3\n3. Third point, p. 4\n\n"
    notes = document(text + listed).manuscript.notes
    assert [note.label for note in notes] == ["6", "7", "11", "12", "20", "21", "33"]


def test_footnotes_that_count_anew_on_each_page() -> None:
    text = "".join(
        f"It was said in the year before.1 The party would not yield.2\n\n1 Lankov, *Crisis in North Korea*, p. {n}.\n2 Ibid., p. {n}1.\n\n"
        for n in (6, 7, 8)
    )
    notes = document(text).manuscript.notes
    assert [(note.section, note.label) for note in notes] == [
        (1, "1"),
        (1, "2"),
        (2, "1"),
        (2, "2"),
        (3, "1"),
        (3, "2"),
    ]
