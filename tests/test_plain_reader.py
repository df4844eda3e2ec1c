"""Notes, bibliography and abbreviations in text as it really comes."""

import codecs
import contextlib
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes


def read(text: str) -> Manuscript:
    return read_bytes(text.encode(), "example.txt", "plain")


def notes(text: str) -> list[tuple[int, str | None, str]]:
    return [(note.section, note.label, note.passage.text) for note in read(text).notes]


NUMBERINGS = {
    "superscript": ("Text.¹ More.²\n\n¹ Lankov, p. 5.\n\n² *Ibid.*\n", ["1", "2"]),
    "dotted": ("Notes\n\n1. Lankov, p. 5.\n2. Ibid.\n", ["1", "2"]),
    "bulleted": ("Notes\n\n- 1. Lankov, p. 5.\n - 2. Ibid.\n", ["1", "2"]),
    "bracketed": ("Text.[1] More.[2]\n\n[1] Lankov, p. 5.\n\n[2] Ibid.\n", ["1", "2"]),
    "markdown heading": ("## **Notes**\n\n1. Lankov, p. 5.\n2. Ibid.\n", ["1", "2"]),
    "russian heading": ("Примечания\n\n1. РГАНИ. Ф. 5.\n2. Там же.\n", ["1", "2"]),
    "label of a fond": (
        "Notes\n\n1. Ibid.\n2. f. R-8418, op. 22, d. 5, GARF.\n3. f. 5, op. 28, d. 2.\n",
        ["1", "2", "3"],
    ),
    "misread digits": (
        "Notes\n\n9. Lankov, p. 5.\nIO. Ibid.\nll. Ibid.\nl2. Suh, p. 4.\n",
        ["9", "10", "11", "12"],
    ),
}


@pytest.mark.parametrize(("text", "labels"), NUMBERINGS.values(), ids=NUMBERINGS)
def test_numbering(text: str, labels: list[str]) -> None:
    assert [label for _, label, _ in notes(text)] == labels


def test_paragraphs_with_empty_lines_between_are_no_lines_of_a_page() -> None:
    """A working paper: notes at the foot of each page, then its number, the running head, and text that goes on."""
    words = "Tsedenbal flew to Moscow with a list of requests, and returned with rather less than he had asked for"
    raised = "¹²³⁴⁵⁶⁷⁸⁹"
    pages = [
        f"{words}; {words}.{first}\n\n{words}; {words}.{second} And yet the\n\n{first} Bawden, *Mongolia*, {page}.\n\n"
        f"{second} Rupen, *Mongols*, {page}.\n\n{page}\n\nBetween the Bear and the Dragon: Mongolia and the Sino-Soviet Split"
        for page, (first, second) in enumerate(zip(raised[::2], raised[1::2], strict=False), 2)
    ]
    found = notes("\n\n".join(pages))
    assert [label for _, label, _ in found] == [str(number) for number in range(1, 9)]
    assert {text.split(",")[0] for _, _, text in found} == {"Bawden", "Rupen"}
    assert all(len(text) < 30 for _, _, text in found)


@pytest.mark.parametrize(
    "head", ["312 NOTES TO PAGES 220–229", "Notes to Chapter Five 313", "Notes to Pages 12–15", "314"]
)
def test_the_head_of_a_page_is_no_part_of_a_note(head: str) -> None:
    text = f"Notes\n\n1. Lankov, *Crisis*, 5.\n\n{head}\n\n2. Suh, *Kim Il Sung*, 7.\n3. Ibid., 8.\n"
    assert [note for _, _, note in notes(text)] == [
        "Lankov, *Crisis*, 5.",
        "Suh, *Kim Il Sung*, 7.",
        "Ibid., 8.",
    ]


def test_numbering_that_starts_again_opens_a_section() -> None:
    assert [(section, label) for section, label, _ in notes("Notes\n\n1. A, p. 1.\n2. B, p. 2.\n\n1. C, p. 3.\n2. D, p. 4.\n")] == [
        (1, "1"), (1, "2"), (2, "1"), (2, "2"),
    ]  # fmt: skip


def test_a_level_at_the_start_of_a_line_is_no_note() -> None:
    text = (
        "Notes\n\n8. Suh, p. 3.\n9. Report, 28 May 1957, KTS,\n\n- 4. doboz, 5/a, 002749/1957.\n10. Ibid.\n"
    )
    assert notes(text) == [
        (1, "8", "Suh, p. 3."),
        (1, "9", "Report, 28 May 1957, KTS, 4. doboz, 5/a, 002749/1957."),
        (1, "10", "Ibid."),
    ]


def test_a_page_break_inside_a_note() -> None:
    text = "Notes\n\n45. Juhn, “Nationalism,”\n\n- 8–10. See also Kohli, 1277.\n46. Marr, 24.\n"
    assert notes(text) == [
        (1, "45", "Juhn, “Nationalism,” 8–10. See also Kohli, 1277."),
        (1, "46", "Marr, 24."),
    ]


def test_two_notes_fused_on_a_line() -> None:
    text = "Notes\n\n1. Suh, p. 3. 2. Lankov, p. 4.\n3. Marr, p. 24.\n"
    assert notes(text) == [(1, "1", "Suh, p. 3."), (1, "2", "Lankov, p. 4."), (1, "3", "Marr, p. 24.")]


def test_lost_numbers_never_stall_it() -> None:
    text = "Notes\n\n" + "".join(
        f"{n}. Suh, *Kim Il Sung*, {n}.\n" for n in range(1, 200) if n % 7 and not 60 < n < 90
    )
    assert len(notes(text)) == sum(1 for n in range(1, 200) if n % 7 and not 60 < n < 90)


def test_a_numbered_list_in_the_body_is_no_list_of_notes() -> None:
    assert notes("The steps are\n\n1. Fond memories\n2. Box lunches\n12. Doboz torta\n") == []


def test_bibliography_with_headings_and_bullets() -> None:
    manuscript = read(
        "Bibliography\n\nBooks\n\n- Suh, Dae-Sook. *Kim Il Sung*. 1988.\n- Lankov, A. *Crisis*. 2005.\n"
    )
    assert [(item.heading, item.passage.text) for item in manuscript.bibliography] == [
        ("Books", "Suh, Dae-Sook. *Kim Il Sung*. 1988."),
        ("Books", "Lankov, A. *Crisis*. 2005."),
    ]


def test_a_long_heading_divides_a_bibliography() -> None:
    heading = "Articles, Book Chapters, Working Papers, and Dissertations"
    manuscript = read(
        f"Bibliography\n\nBooks\n\n- Suh, Dae-Sook. *Kim*. 1988.\n\n{heading}\n\n- Lankov, A. “Kim.” 2002.\n"
    )
    assert [item.heading for item in manuscript.bibliography] == ["Books", heading]


def test_a_short_line_above_a_long_one_is_a_heading() -> None:
    paragraph = "Zagoria (1962) was the first. " * 8
    manuscript = read(f"A title\n\nHistoriography\n{paragraph}\n")
    assert [passage.text for passage in manuscript.body] == ["A title", "Historiography", paragraph.strip()]


def test_abbreviations() -> None:
    manuscript = read(
        "ABBREVIATIONS USED IN SOURCES\n\nAA\tAdministrative Documents, Albania\nKTS\tTop Secret Documents, Korea\n\nText.\n"
    )
    assert [(found.short, found.long) for found in manuscript.abbreviations] == [
        ("AA", "Administrative Documents, Albania"),
        ("KTS", "Top Secret Documents, Korea"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
def test_positions_hold_in_the_untouched_file(newline: str, bom: bytes) -> None:
    text = newline.join(["Введение", "", "Notes", "", "1. РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 6."])
    manuscript = read_bytes(bom + text.encode(), "example.txt", "plain")
    (note,) = manuscript.notes
    start, _ = note.passage.span(0, 5)
    assert manuscript.position(start).line == 5
    assert manuscript.position(start).column == 4
    assert manuscript.text[start : start + 5] == "РГАНИ"
    assert manuscript.text.encode(manuscript.encoding) == bom + text.encode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_come_back_byte_for_byte(encoding: str) -> None:
    data = "\ufeffNotes\r\n\r\n1. РГАНИ. Ф. 5. Оп. 28. Д. 410.\r\n".encode(encoding)
    manuscript = read_bytes(data, "example.txt", "plain")
    assert manuscript.text.encode(manuscript.encoding) == data
    assert [note.passage.text for note in manuscript.notes] == ["РГАНИ. Ф. 5. Оп. 28. Д. 410."]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1252"])
def test_other_encodings_are_told(encoding: str) -> None:
    text = (
        "Notes\n\n1. Schäfer, “Über”.\n"
        if encoding == "cp1252"
        else "Примечания\n\n1. РГАНИ. Ф. 5. Оп. 28. Д. 410.\n"
    )
    manuscript = read_bytes(text.encode(encoding), "example.txt", "plain")
    assert manuscript.text == text
    assert manuscript.notes[0].label == "1"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Séoul et Moscou, à la lumière des archives, où l’on a été"),
        ("cp1252", "à Séoul"),
        ("cp1252", "El niño y la montaña, 1950–1953"),
        ("cp1252", "A União Soviética e a questão coreana: relações e informações"),
        ("cp1252", "La città è più vicina di così"),
        ("cp1252", "Krøniken på Færøerne, 1940–1945"),
        ("cp1252", "Außenpolitik über die Brücke"),
        ("cp1252", "Koguteos õhtul, äärmiselt üksik"),
        # Names from other languages.
        ("cp1252", "Chargé d’affaires à Séoul au Département; Balázs, Pjöngjang, Asie-Océanie"),
        ("cp1250", "Vztahy Československa s Koreou; řízení a přátelství, 1948–1989"),
        ("cp1250", "Stosunki Polski z Koreą: współpraca i pomoc w odbudowie"),
        ("cp1250", "Magyarország és Észak-Korea: gyűjtemény az első évekből"),
        ("cp1250", "Relaţiile României cu Coreea, între prietenie şi răceală"),
        ("cp1250", "Odnosi Jugoslavije i Koreje: građa o položaju ratnih zarobljenika, čuvana u Zagrebu"),
    ],
)
def test_latin_code_pages_are_told_by_the_words_that_they_make(encoding: str, words: str) -> None:
    manuscript = read_bytes(words.encode(encoding), "example.txt", "plain")
    assert (manuscript.encoding, manuscript.text) == (encoding, words)
    assert "not saved as UTF-8" in manuscript.remarks[0]


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02" * 100, b"\x89PNG\r\n\x1a\n" + bytes(200), codecs.BOM_UTF8 + b"\xff\xfe"]
)
def test_what_is_no_text_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(ManuscriptError, match=r"^image\.txt: is "):
        read_bytes(data, "image.txt", "plain")


def test_an_unknown_kind_of_xml_is_no_plain_text() -> None:
    data = b'<?xml version="1.0"?><TEI><text><p>Claim<note>TNA, FO 371/1, p. 12.</note></p></text></TEI>'
    with pytest.raises(ManuscriptError, match="is not a text that citecheck can read"):
        read_bytes(data, "letters.xml")


def test_an_empty_file_has_nothing() -> None:
    manuscript = read("")
    assert (manuscript.notes, manuscript.body) == ((), ())


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "Notes",
            "1. Suh, p. 3.",
            "- 2. Ibid.",
            "¹ Lankov",
            "[3] Marr",
            "4. doboz, 5/a",
            "Bibliography",
            "- Suh. *K*. 1988.",
            "prose 5.",
        ]
    ),
    max_size=25,
)


@given(LINES)
def test_every_piece_slices_back_to_its_words(lines: list[str]) -> None:
    manuscript = read("\n".join(lines))
    passages = [
        *manuscript.body,
        *(note.passage for note in manuscript.notes),
        *(item.passage for item in manuscript.bibliography),
    ]
    for passage in passages:
        for piece in passage.pieces:
            if piece.literal:
                length = piece.end - piece.start
                assert (
                    manuscript.text[piece.start : piece.end]
                    == passage.text[piece.offset : piece.offset + length]
                )
    for note in manuscript.notes:
        assert manuscript.text[slice(*note.label_span)] in ("1", "2", "3", "4", "¹")


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with contextlib.suppress(ManuscriptError):
        read_bytes(data, "example.txt", "plain")


def test_two_spaces_are_read_as_one_and_underscores_as_italics() -> None:
    text = "Notes\n\n1. Suh,  _Kim Il Sung_,  32.  RGANI,  f. 5, my_file_name.\n"
    manuscript = read_bytes(text.encode(), "a.txt", "plain")
    [note] = manuscript.notes
    assert note.passage.text == "Suh, *Kim Il Sung*, 32. RGANI, f. 5, my_file_name."
    for words, written in (
        ("*Kim Il Sung*", "_Kim Il Sung_"),
        (", 32", ",  32"),
        ("RGANI, f.", "RGANI,  f."),
    ):
        start = note.passage.text.index(words)
        span = note.passage.span(start, start + len(words))
        assert text[span.start : span.end] == written


def test_numbered_notes_at_the_foot_of_pages_beside_a_raised_number_that_lost_its_sentence() -> None:
    text = (
        "The talks failed.⁶\n\n6. Scalapino and Lee, *Communism in Korea* (1972): 334.\n\n⁹\n\nThey were resumed.¹¹\n\n"
        "11. Lankov, *Crisis in North Korea* (2005): 19.\n\nNobody came.¹²\n\n12. *Ibid*, p. 26.\n\n"
        "It rained.¹⁴\n\n14. RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\n"
    )
    assert [label for _, label, _ in notes(text)] == ["6", "11", "12", "14"]


_LISTED = [
    "Ahn Byong-man, Kil Soong-hoom, and Kim Kwang-woong. *Elections in Korea*. Seoul: Seoul Computer Press, 1988.",
    "Ang Cheng Guan. *Vietnamese Communists' Relations with China and the Second Indochina Conflict, 1956–1962*. "
    "Jefferson, N.C.: McFarland & Company, 1997.",
    "Banac, Ivo. *With Stalin against Tito: Cominformist Splits in Yugoslav Communism*. Ithaca and London: "
    "Cornell University Press, 1988.",
    "Mark, Eduard. “Revolution by Degrees: Stalin's National Front Strategy for Europe.” Working Paper No. 31. "
    "Washington, D.C.: Woodrow Wilson Center Press, 2001.",
]


@pytest.mark.parametrize("width", [60, 75])
@pytest.mark.parametrize(("first", "later"), [("", ""), ("", "   "), ("- ", ""), ("- ", "  ")])
def test_entries_broken_at_the_width_of_a_page(width: int, first: str, later: str) -> None:
    wrapped = (
        textwrap.fill(entry, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
        for entry in _LISTED
    )
    items = read("Bibliography\n\nBooks\n\n" + "\n".join(wrapped) + "\n").bibliography
    assert [item.passage.text for item in items] == _LISTED
    assert {item.heading for item in items} == {"Books"}


def test_the_end_of_a_sentence_is_no_heading() -> None:
    text = "Many shouted “hurray” and glorified him in textbooks and\nliterature.\n\nNobody spoke about it any more.\n"
    assert read(text).bibliography == ()


def test_a_note_with_the_number_of_the_one_before_is_a_note() -> None:
    listed = (
        "1. Terrill, *Mao*, 295.\n2. Mihály Szegedy, “Hungary and the Famine,”\n*Review* 78 (2000): 455–480.\n"
        "2. Patenaude, *Big Show*, 133.\n4. Ibid., 134.\n"
    )
    manuscript = read_bytes(f"The harvest failed.\n\nNotes\n\n{listed}".encode(), "example.txt", "plain")
    assert [note.label for note in manuscript.notes] == ["1", "2", "2", "4"]
    assert manuscript.notes[2].passage.text == "Patenaude, *Big Show*, 133."
    assert {note.section for note in manuscript.notes} == {1}


@pytest.mark.parametrize("label", ["{}. ", "{} ", "[{}] ", "({}) ", "{}) "])
@pytest.mark.parametrize("last", [1, 2, 4])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_text_of_nothing_but_notes(label: str, last: int, gap: str) -> None:
    said = ["Lankov, *Crisis*,\n63–65.", "RGANI, Fond 5, Opis 28, Delo 410, List 74.", "Ibid., 12."]
    said = [*said, "MNL OL, Korea\n4. doboz, 5/a, 002749/1957."]
    text = gap.join(label.format(number) + words for number, words in enumerate(said[:last], 1)) + "\n"
    found = read(text).notes
    assert [note.label for note in found] == [str(number) for number in range(1, last + 1)]
    assert [note.passage.text for note in found] == [words.replace("\n", " ") for words in said[:last]]


@pytest.mark.parametrize(
    "text",
    ["1 Introduction\n\nIn 1956 all was well.", "3 apples\n4 pears\n", "1. Lankov, 63–65.\n\nAnd more.\n"],
)
def test_numbered_lines_beside_others_are_no_notes(text: str) -> None:
    assert not read(text).notes


def test_a_table_of_contents_has_no_notes_and_no_bibliography() -> None:
    found = read("Contents\n\n  18. Notes\n    (pp. 225-256)\n  19. Bibliography\n    (pp. 257-266)\n")
    assert not found.notes
    assert not found.bibliography


def test_numbers_without_a_mark_go_on_with_the_numbers_before_them() -> None:
    text = (
        "## Notes\n\n1. Tarski, *Logic*, p. 52.\n\n2. Ibid., p. 53.\n\n3 Quine, *Philosophy of Logic*, pp. 40–2.\n\n"
        "4 Ibid.\n\n5 Haack, *Philosophy of Logics*, p. 133.\n\n6 ‘Physicalism’ is the thesis that all events are "
        "physical.\n"
    )
    assert [label for _, label, _ in notes(text)] == ["1", "2", "3", "4", "5", "6"]


def test_a_list_of_notes_whose_numbers_have_no_mark() -> None:
    text = "The text.\n\nNotes\n\n1 Quine, *Logic*, p. 4.\n2 Ibid.\n3 Haack, *Logics*, p. 5.\n12 January 1957 was a Saturday.\n"
    assert [label for _, label, _ in notes(text)] == ["1", "2", "3"]


def test_empty_lines_between_all_lines_divide_no_note() -> None:
    lines = []
    for number in range(1, 13):
        lines += [
            f"[ {number} ] SCHNEIDER, Stephen. Laboratory Earth: the planetary gamble we can’t afford to",
            f"lose. Nova York: Basic Books, 1998. p. {number}.",
        ]
    found = notes("\n\n".join(lines))
    assert [label for _, label, _ in found] == [str(number) for number in range(1, 13)]
    assert found[0][2].endswith("we can’t afford to lose. Nova York: Basic Books, 1998. p. 1.")
