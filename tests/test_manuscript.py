from hypothesis import given
from hypothesis import strategies as st

from citecheck.manuscript import Manuscript, Passage, Position
from citecheck.readers.lines import concat, cut


def test_positions_count_lines_and_code_points() -> None:
    manuscript = Manuscript("x", "один\r\nдва\rтри\n𝔐x")
    assert manuscript.position(0) == Position(1, 1)
    assert manuscript.position(6) == Position(2, 1)
    assert manuscript.position(10) == Position(3, 1)
    assert manuscript.position(15) == Position(4, 2)
    assert manuscript.line_text(2) == "два"
    assert manuscript.line_text(4) == "𝔐x"


def test_only_cr_lf_and_crlf_end_a_line() -> None:
    manuscript = Manuscript("x", "a\u2028b\x0cc\x85d\ne")
    assert manuscript.position(8) == Position(2, 1)


@given(st.text(alphabet="ab \n\r", max_size=60))
def test_positions_agree_with_counting(text: str) -> None:
    manuscript = Manuscript("x", text)
    line, column, offset = 1, 1, 0
    while offset < len(text):
        assert manuscript.position(offset) == Position(line, column)
        if text[offset] == "\n" or (text[offset] == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
        offset += 1


def test_a_passage_over_a_page_break_leads_back_to_both_pieces() -> None:
    text = "…, KTS,\n\n- 4. doboz, 5/a"
    passage = Passage.join(text, [(3, 7), (11, len(text))])
    assert passage.text == "KTS, 4. doboz, 5/a"
    start, end = passage.span(5, 13)
    assert text[start:end] == "4. doboz"
    start, end = passage.span(0, 13)
    assert text[start:end] == "KTS,\n\n- 4. doboz"
    assert passage.is_literal(5, 13)
    assert not passage.is_literal(0, 13)


@given(st.text(max_size=40), st.data())
def test_cutting_and_joining_keep_every_character_in_its_place(text: str, data: st.DataObject) -> None:
    middle = data.draw(st.integers(0, len(text)))
    whole = concat([Passage.join(text, [(0, middle)]), Passage.join(text, [(middle, len(text))])], glue="")
    assert whole.text == text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = cut(whole, start, end)
    assert part.text == text[start:end].strip() or part.text == text[start:end].strip("\x1c\x1d\x1e\x1f")
    for piece in part.pieces:
        assert (
            text[piece.start : piece.end] == part.text[piece.offset : piece.offset + piece.end - piece.start]
        )
