"""Word files: labels as Word prints them, text as its reader sees it, places to the byte."""

import io
import zipfile

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.docx import read, recognises

from .laws import check
from .word_files import STRICT, call, complex_field, note, paragraph, text, word_file, zipped


def read_word(body: str, footnotes: str = "", **parts: str) -> Manuscript:
    data = word_file(body, footnotes, **parts)  # type: ignore[arg-type]
    manuscript = read(data, "thesis.docx")
    check(manuscript, data)
    return manuscript


def notes(manuscript: Manuscript) -> list[tuple[int, str | None, str]]:
    return [(one.section, one.label, one.passage.text) for one in manuscript.notes]


def one_note(*content: str) -> str:
    """Return the text of a note with this content."""
    return read_word(paragraph(text("Claim."), call(2)), note(2, *content)).notes[0].passage.text


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        ((text("TNA, FO 371/24420."),), "TNA, FO 371/24420."),
        # Word writes one word in many runs; the spelling checker's marks between them are nothing.
        ((text("Ibi", "<w:i/>"), "<w:proofErr "
                                 "w:type='spellStart'/>", text("d", "<w:i/>"), text(".")), "*Ibid*."),
        ((text("See "), text("Crisis ", "<w:i/>"), text("(2005).")), "See *Crisis* (2005)."),
        ((text("A"), text(" B", "<w:i/>"), text(" "), text("C", "<w:i/>"), text(" D")), "A *B C* D"),
        ((text("A", "<w:i w:val='0'/>"), text(" B", "<w:b/>")), "A B"),
        ((text("a", "<w:i/><w:rPrChange><w:rPr/></w:rPrChange>"),), "*a*"),
        ((text("a", "<w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange>"),), "a"),
        ((text("p.\u00a05"),), "p.\u00a05"),
        (("<w:r><w:t>6</w:t><w:noBreakHyphen/><w:t>7</w:t><w:softHyphen/><w:t>8</w:t></w:r>",), "6\u201178"),
        (("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>",), "a b c"),
        # Without xml:space="preserve" Word drops the outer white space of a w:t.
        (("<w:r><w:t> a </w:t></w:r><w:r><w:t>b</w:t></w:r>",), "ab"),
        ((text("Müller &amp; Co. &#x2019;"),), "Müller & Co. ’"),
        ((text("seen"), text(" HIDDEN", "<w:vanish/>"), text(".")), "seen."),
        ((text("a"), f"<w:del>{text('no').replace('w:t', 'w:delText')}</w:del>", f"<w:ins>{text('b')}"
                                                                                 f"</w:ins>"), "ab"),
        ((f"<w:moveFrom>{text('a')}</w:moveFrom>", f"<w:moveTo>{text('b')}</w:moveTo>"), "b"),
        ((complex_field(" ADDIN ZOTERO_ITEM CSL_CITATION {} ", text("Bayly, "), text("Meridian", "<w:i/>")),),
         "Bayly, *Meridian*"),
        ((complex_field(" ADDIN EN.CITE ", complex_field(" ADDIN "
                                                         "EN.CITE.DATA "), text("Colley")),), "Colley"),
        ((f'<w:fldSimple w:instr=" NOTEREF _Ref1 ">{text("14")}</w:fldSimple>',), "14"),
        ((f"<w:hyperlink>{text('doi.org/1')}</w:hyperlink>", text(".")), "doi.org/1."),
        ((f"<w:ruby><w:rt>{text('x')}</w:rt><w:rubyBase>{text('y')}</w:rubyBase></w:ruby>",), "y"),
        ((f"<w:smartTag>{text('a')}</w:smartTag>",), "a"),
        (("<w:r><w:sym w:font='Symbol' w:char='2020'/></w:r>",), "†"),
    ],
)  # fmt: skip
def test_text_of_a_note(content: tuple[str, ...], read_as: str) -> None:
    assert one_note(*content) == read_as


def test_notes_are_numbered_by_their_marks_and_not_by_their_ids() -> None:
    body = paragraph(text("a"), call(7), text("b"), call(3))
    manuscript = read_word(body, note(3, text("third")) + note(7, text("seventh")))
    assert notes(manuscript) == [(1, "1", "seventh"), (1, "2", "third")]
    assert [manuscript.text[slice(*marker.span)] for marker in manuscript.markers] == ["1", "2"]
    assert manuscript.body[0].text == "ab"
    assert manuscript.remarks == (
        "LibreOffice may show the footnotes of this file under other numbers than Word",
    )


def test_a_note_that_a_damaged_file_calls_twice_is_read_once() -> None:
    body = paragraph(text("a"), call(1), text("b"), call(2), text("c"), call(1))
    manuscript = read_word(body, note(1, text("x")) + note(2, text("y")))
    assert notes(manuscript) == [(1, "1", "x"), (1, "2", "y")]
    assert [marker.label for marker in manuscript.markers] == ["1", "2", "1"]


def test_a_section_ends_after_the_paragraph_that_says_so() -> None:
    anew = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = (
        paragraph(text("a"), call(1))
        + paragraph(text("b"), call(2), properties=anew)
        + paragraph(call(3))
        + anew
    )
    manuscript = read_word(body, "".join(note(number, text("x")) for number in (1, 2, 3)))
    assert [(one.section, one.label) for one in manuscript.notes] == [(1, "1"), (1, "2"), (2, "1")]


def test_an_own_mark_takes_no_number_and_is_no_text() -> None:
    body = paragraph(call(1), call(2, mark="*"), call(3))
    star = note(2, "<w:r><w:t>*</w:t></w:r>", text(" On the sources."), number=False)
    manuscript = read_word(body, note(1, text("a")) + star + note(3, text("b")))
    assert notes(manuscript) == [(1, "1", "a"), (1, "*", "On the sources."), (1, "2", "b")]
    assert [one.label_source for one in manuscript.notes] == ["computed", "explicit", "computed"]


@pytest.mark.parametrize(
    ("format", "label"),
    [("lowerRoman", "iv"), ("upperLetter", "D"), ("chicago", "§"), ("decimalZero", "04"), ("hebrew1", None)],
)
def test_formats_of_numbers(format: str, label: str | None) -> None:
    settings = f'<w:footnotePr><w:numFmt w:val="{format}"/><w:numStart w:val="4"/></w:footnotePr>'
    manuscript = read_word(paragraph(call(1)), note(1, text("a")), settings=settings)
    assert manuscript.notes[0].label == label


def test_endnotes_are_lower_roman_unless_told_otherwise_and_come_after_the_footnotes() -> None:
    body = paragraph(call(1, "endnote"), call(1))
    manuscript = read_word(body, note(1, text("foot")), endnotes=note(1, text("end"), kind="endnote"))
    assert [(one.kind, one.section, one.ordinal, one.label) for one in manuscript.notes] == [
        ("footnote", 1, 1, "1"),
        ("endnote", 2, 2, "i"),
    ]


def test_numbers_that_start_again_on_each_page_cannot_be_known() -> None:
    settings = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    manuscript = read_word(paragraph(call(1)), note(1, text("a")), settings=settings)
    assert manuscript.notes[0].label is None
    assert "each page" in manuscript.remarks[0]


def test_notes_that_nothing_calls_and_notes_whose_mark_is_deleted_are_said_to_be_left_out() -> None:
    body = paragraph(call(1), f"<w:del>{call(2)}</w:del>", f"<w:ins>{call(3)}</w:ins>")
    written = "".join(note(number, text(f"note {number}")) for number in (1, 2, 3, 4))
    manuscript = read_word(body, written)
    assert notes(manuscript) == [(1, "1", "note 1"), (1, "2", "note 3")]
    assert manuscript.remarks[:2] == (
        "a footnote that nothing in the text refers to was left out: “note 4”",
        "a footnote whose mark is hidden, or deleted in a tracked change, was left out: “note 2”",
    )


def test_a_text_box_is_read_once_and_does_not_disturb_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(text('In the box.', '<w:i/>'))}</w:txbxContent>"
    anchor = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    manuscript = read_word(paragraph(text("Before"), anchor, text(" and after.")))
    assert [one.text for one in manuscript.body] == ["*In the box.*", "Before and after."]


def test_italics_by_style_are_a_toggle() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Quote"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Work"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    titles = text("a ") + text("Title", '<w:rStyle w:val="Work"/>') + text(" z", '<w:rStyle w:val="Secret"/>')
    body = paragraph(titles) + paragraph(titles, properties='<w:pStyle w:val="Quote"/>')
    manuscript = read_word(body, styles=styles)
    # In an italic paragraph it is the upright title that stands out.
    assert [one.text for one in manuscript.body] == ["a *Title*", "a *Title*"]


def test_numbers_of_lists_are_part_of_the_text() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="14"/><w:numFmt '
        'w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText '
        'w:val="%2)"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(paragraph(text("x"), properties=item.format(level)) for level in (0, 1, 1, 0))
    manuscript = read_word(paragraph(text("Report")) + body, numbering=numbering)
    assert [one.text for one in manuscript.body] == ["Report", "14. x", "a) x", "b) x", "15. x"]


def test_lists_in_notes_keep_their_numbers_and_count_by_themselves() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    items = "".join(paragraph(text(words), properties=item) for words in ("TNA", "RGANI"))
    manuscript = read_word(
        paragraph(text("x"), properties=item) + paragraph(text("Claim."), call(2)),
        note(2, text("Two:")).replace("</w:footnote>", f"{items}</w:footnote>"),
        numbering=numbering,
    )
    assert manuscript.notes[0].passage.text == "Two: 1) TNA 2) RGANI"


def test_typed_marks_in_superscript_call_the_notes_of_a_list() -> None:
    mark = '<w:vertAlign w:val="superscript"/>'
    styles = f'<w:style w:type="character" w:styleId="Mark"><w:rPr>{mark}</w:rPr></w:style>'
    body = (
        paragraph(
            text("In August 1956"),
            text("1", mark),
            text(" and later."),
            text("2", '<w:rStyle w:val="Mark"/>'),
            text(" The 5"),
            text("th", mark),
        )
        + paragraph(text("Notes"))
        + "".join(paragraph(text(each)) for each in ("1. Suh, p. 3.", "2. Ibid., 4."))
    )
    manuscript = read_word(body, styles=styles)
    assert manuscript.body[0].text == "In August 1956¹ and later.² The 5th"
    assert [marker.label for marker in manuscript.markers] == ["1", "2"]


def test_a_table_of_contents_is_not_read() -> None:
    contents = complex_field(' TOC \\o "1-3" ', text("Notes 231"))
    manuscript = read_word(paragraph(contents) + paragraph(text("Text.")))
    assert [one.text for one in manuscript.body] == ["Text."]


def test_a_typed_list_of_notes_follows_the_footnotes_as_a_section_of_its_own() -> None:
    typed = ["Notes", "1. Cumings, Origins, 12.", "2. Ibid., 14.", "3. Lankov, Crisis, 89."]
    body = paragraph(text("Text."), call(1)) + "".join(paragraph(text(line)) for line in typed)
    manuscript = read_word(body, note(1, text("A footnote.")))
    assert [(one.section, one.ordinal, one.label) for one in manuscript.notes] == [
        (1, 1, "1"), (2, 2, "1"), (2, 3, "2"), (2, 4, "3"),
    ]  # fmt: skip
    assert manuscript.notes[1].passage.text == "Cumings, Origins, 12."


def test_every_literal_range_lies_in_the_file_to_the_byte() -> None:
    words = text("Łukasiewicz &amp; ") + text("Ćwik", "<w:i/>") + text(", p. 12–14.")
    data = word_file(paragraph(text("Claim."), call(2)), note(2, words))
    manuscript = read(data, "thesis.docx")
    passage = manuscript.notes[0].passage
    assert passage.text == "Łukasiewicz & *Ćwik*, p. 12–14."
    start = passage.span(passage.text.index("12–14"), passage.text.index("12–14") + 5).start
    origin = manuscript.origin(start)
    assert origin is not None
    assert (origin.part, origin.note, origin.paragraph) == ("word/footnotes.xml", "1", 1)
    assert (origin.literal, origin.not_editable) == (True, None)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        source = parts.read(origin.part)[origin.source_start : origin.source_end]
    assert source.decode() == ", p. 12–14."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (complex_field(" ADDIN ZOTERO_ITEM {} ", text("X")), "Zotero keeps it"),
        (complex_field(" ADDIN EN.CITE ", text("X")), "EndNote keeps it"),
        (complex_field(" ADDIN CSL_CITATION {} ", text("X")), "Mendeley keeps it"),
        (f"<w:sdt><w:sdtPr><w:tag w:val='MENDELEY_CITATION_v3_a'/></w:sdtPr><w:sdtContent>{text('X')}"
         "</w:sdtContent></w:sdt>", "Mendeley keeps it"),
        ("<w:bookmarkStart w:id='1' w:name='ZOTERO_BREF_a'/>" + text("X") + "<w:bookmarkEnd w:id='1'/>",
         "Zotero keeps it"),
        (complex_field(" NOTEREF _Ref1 ", text("X")), "it is a field"),
        (f"<w:ins>{text('X')}</w:ins>", "it is part of a tracked change"),
        (f"<w:sdt><w:sdtContent>{text('X')}</w:sdtContent></w:sdt>", "it is inside a content control"),
        ("<w:r><w:noBreakHyphen/></w:r>", "it is not in the file"),
    ],
)  # fmt: skip
def test_what_must_not_be_edited_says_why(content: str, reason: str) -> None:
    manuscript = read_word(paragraph(text("a"), call(1)), note(1, text("See "), content, text(".")))
    passage = manuscript.notes[0].passage
    inside, after = manuscript.origin(passage.span(4, 5).start), manuscript.origin(passage.span(5, 6).start)
    assert inside is not None
    assert after is not None
    assert (inside.not_editable or "").startswith(reason)
    assert after.not_editable is None


def test_a_field_that_never_ends_does_not_hide_the_rest() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    manuscript = read_word(paragraph(text("a"), begun, text("b")) + paragraph(text("c")))
    assert [one.text for one in manuscript.body] == ["a", "c"]


def test_strict_word_files_are_read_alike() -> None:
    body, written = paragraph(text("a"), call(1)), note(1, text("b", "<w:i/>"))
    assert notes(read_word(body, written, word=STRICT)) == [(1, "1", "*b*")]


def test_parts_are_found_by_their_relationships() -> None:
    data = word_file(paragraph(text("a"), call(1)))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    body = contents.pop("word/document.xml")
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    contents["_rels/.rels"] = (
        f'<Relationships {space}><Relationship Type="{kinds}/officeDocument" Target="/word/text2.xml"/>'
        f"</Relationships>"
    ).encode()
    contents["word/_rels/text2.xml.rels"] = (
        f'<Relationships {space}><Relationship Type="{kinds}/footnotes" Target="n.xml"/>'
        f'<Relationship Type="{kinds}/styles" Target="http://example.org/s" TargetMode="External"/>'
        f"</Relationships>"
    ).encode()
    contents["word/text2.xml"] = body
    contents["word/n.xml"] = body.replace(b"w:document", b"w:footnotes").replace(b"w:body", b"w:ignored")
    contents["word/n.xml"] = (
        f"<w:footnotes "
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{note(1, text("n"))}'
        "</w:footnotes>"
    ).encode()
    assert notes(read(zipped(contents), "x.docx")) == [(1, "1", "n")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "protected by a password, or is a Word file from before",
        ),
        (b"hello", "named as a Word file but is none"),
        (b"PK\x03\x04", "damaged"),
        (word_file("<w:p>"), "damaged"),
        (word_file("<!DOCTYPE x>"), "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, says: str) -> None:
    with pytest.raises(ManuscriptError, match=says):
        read(data, "thesis.docx")


def test_recognises() -> None:
    assert recognises(word_file(""), "anything")
    assert recognises(b"", "thesis.docx")
    assert not recognises(b"# Markdown", "thesis.md")
    # What a file is counts for more than how it is named.
    assert not recognises(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "thesis.docx")
