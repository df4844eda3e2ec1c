"""OpenDocument texts: notes in place, styles, fields, tracked changes, lists."""

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.odt import read, recognises

from .laws import check
from .word_files import zipped

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_ITALIC = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/>'
    "</style:style>"
)
MIME = b"application/vnd.oasis.opendocument.text"


def odt_file(body: str, styles: str = _ITALIC, others: dict[str, bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": MIME, "content.xml": content.encode(), **(others or {})})


def read_odt(body: str, styles: str = _ITALIC, others: dict[str, bytes] | None = None) -> Manuscript:
    data = odt_file(body, styles, others)
    manuscript = read(data, "thesis.odt")
    check(manuscript, data)
    return manuscript


def note(label: str, *paragraphs: str, kind: str = "footnote") -> str:
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{body}</text:note-body></text:note>"
    )


def one_note(content: str, styles: str = _ITALIC) -> str:
    return read_odt(f"<text:p>Claim.{note('1', content)}</text:p>", styles).notes[0].passage.text


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        ('See <text:span text:style-name="T1">Crisis </text:span>(2005).', "See *Crisis* (2005)."),
        ("<text:s/>Lankov,\n   <text:s text:c='2'/>p.\u00a05", "Lankov,   p.\u00a05"),
        ("a<text:tab/>b<text:line-break/>c", "a b c"),
        ("Müller &amp; Co. &#x2019;", "Müller & Co. ’"),
        ("a<office:annotation><text:p>comment</text:p></office:annotation>b", "ab"),
        ("<text:a>doi.org/1</text:a>.", "doi.org/1."),
        ("cf. n. <text:note-ref>14</text:note-ref>", "cf. n. 14"),
        ("<text:ruby><text:ruby-base>y</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>", "y"),
        ("<draw:frame><svg:title>picture</svg:title></draw:frame>a", "a"),
        ("<text:soft-page-break/>a<text:bookmark text:name='x'/>", "a"),
    ],
)
def test_text_of_a_note(content: str, read_as: str) -> None:
    assert one_note(content) == read_as


def test_styles_are_italic_by_what_they_are_based_on_and_stand_out_from_their_paragraph() -> None:
    styles = (
        f'{_ITALIC}<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
        '<style:style style:name="T3" style:family="text"><style:text-properties fo:font-style="normal"/>'
        "</style:style>"
        '<style:style style:name="T4" style:family="text"><style:text-properties text:display="none"/>'
        "</style:style>"
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties '
        'fo:font-style="italic"/>'
        "</style:style>"
    )
    body = (
        '<text:p>a <text:span text:style-name="T2">b</text:span><text:span text:style-name="T4">c'
        "</text:span></text:p>"
        '<text:p text:style-name="P1">a <text:span text:style-name="T3">b</text:span></text:p>'
    )
    assert [one.text for one in read_odt(body, styles).body] == ["a *b*", "a *b*"]


def test_labels_are_those_that_the_file_prints_and_numbers_that_start_again_open_a_section() -> None:
    labels = [("98", "footnote"), ("i", "endnote"), ("99", "footnote"), ("*", "footnote"), ("1", "footnote")]
    calls = "".join(note(label, f"note {label}", kind=kind) for label, kind in labels)
    manuscript = read_odt(f"<text:p>a{calls}</text:p>")
    assert [(one.section, one.ordinal, one.label, one.kind) for one in manuscript.notes] == [
        (1, 1, "98", "footnote"),
        (1, 2, "99", "footnote"),
        (1, 3, "*", "footnote"),
        (2, 4, "1", "footnote"),
        (3, 5, "i", "endnote"),
    ]
    assert manuscript.body[0].text == "a"
    assert all(one.label_source == "explicit" for one in manuscript.notes)


def test_a_mark_leads_to_the_whole_note_element() -> None:
    data = odt_file(f"<text:p>a{note('1', 'b')}c</text:p>")
    manuscript = read(data, "x.odt")
    origin = manuscript.origin(manuscript.markers[0].span.start)
    assert origin is not None
    from io import BytesIO
    from zipfile import ZipFile

    source = ZipFile(BytesIO(data)).read("content.xml")[origin.source_start : origin.source_end].decode()
    assert source == note("1", "b")


def test_several_paragraphs_of_a_note_are_told_apart() -> None:
    manuscript = read_odt(f"<text:p>a{note('1', 'First.', 'Second.')}</text:p>")
    assert manuscript.notes[0].passage.text == "First. Second."
    origin = manuscript.origin(manuscript.text.index("Second"))
    assert origin is not None
    assert (origin.note, origin.paragraph, origin.literal) == ("1", 2, True)


def test_tracked_changes() -> None:
    changes = (
        "<text:tracked-changes>"
        '<text:changed-region text:id="d"><text:deletion><office:change-info><text:p>why</text:p>'
        "</office:change-info>"
        f"<text:p>deleted{note('9', 'deleted note')}</text:p></text:deletion></text:changed-region>"
        '<text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    body = '<text:p>a<text:change text:change-id="d"/><text:change-start text:change-id="i"/>new'
    manuscript = read_odt(f'{changes}{body}<text:change-end text:change-id="i"/> b</text:p>')
    assert [one.text for one in manuscript.body] == ["anew b"]
    assert manuscript.notes == ()
    assert manuscript.remarks == ("1 note in tracked deletions or hidden text left out",)
    new, after = manuscript.origin(1), manuscript.origin(5)
    assert new is not None
    assert (new.not_editable or "").startswith("it is part of a tracked change")
    assert after is not None
    assert after.not_editable is None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('<text:reference-mark-start text:name="ZOTERO_ITEM {}"/>', '<text:reference-mark-end '
                                                                    'text:name="ZOTERO_ITEM {}"/>',
         "Zotero keeps it"),
        ("<text:bookmark-ref>", "</text:bookmark-ref>", "it is a field"),
        ("<text:bibliography-mark>", "</text:bibliography-mark>", "it is a field"),
    ],
)  # fmt: skip
def test_what_must_not_be_edited_says_why(before: str, after: str, reason: str) -> None:
    manuscript = read_odt(f"<text:p>a {before}X{after} b</text:p>")
    inside, outside = manuscript.origin(2), manuscript.origin(3)
    assert inside is not None
    assert (inside.not_editable or "").startswith(reason)
    assert outside is not None
    assert outside.not_editable is None


def test_numbers_of_lists_are_part_of_the_text() -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="." text:start-value="3"/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>x</text:p><text:list><text:list-item>'
        "<text:p>y</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>z</text:p>'
        "<text:p>w</text:p>"
        "</text:list-item></text:list>"
        '<text:list text:style-name="L2"><text:list-item><text:p>v</text:p></text:list-item></text:list>'
    )
    assert [one.text for one in read_odt(body, styles).body] == ["3. x", "3.a) y", "4. z", "w", "v"]


def test_raised_numbers() -> None:
    styles = (
        '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        '</style:style><style:style style:name="T3" style:family="text"><style:text-properties '
        'style:text-position="-33% 58%"/></style:style>'
    )
    body = (
        '<text:p>In 1956<text:span text:style-name="T2">12</text:span> H<text:span text:style-name="T3">2</text:span>O'
        ' 5<text:span text:style-name="T2">th</text:span></text:p>'
    )
    manuscript = read_odt(body, styles)
    assert [one.text for one in manuscript.body] == ["In 1956¹² H2O 5th"]
    assert [marker.label for marker in manuscript.markers] == ["12"]


def test_lists_in_notes_keep_their_numbers() -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    items = "".join(
        f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in ("TNA", "RGANI")
    )
    noted = note("1", "Two:").replace(
        "</text:note-body>", f'<text:list text:style-name="L1">{items}</text:list></text:note-body>'
    )
    manuscript = read_odt(f"<text:p>Claim.{noted} More.</text:p>", styles)
    assert manuscript.notes[0].passage.text == "Two: 1. TNA 2. RGANI"


def test_indexes_and_hidden_sections_are_not_read_and_text_boxes_are_once() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>Notes 12</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:section text:name="s" text:display="none"><text:p>hidden</text:p></text:section>'
        "<text:p>before<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame> "
        "after</text:p>"
    )
    assert [one.text for one in read_odt(body).body] == ["boxed", "before after"]


def test_a_count_of_spaces_is_not_believed_blindly() -> None:
    assert len(one_note("a<text:s text:c='999999999'/>b")) < 200
    assert len(one_note("a<text:s text:c='99999'/>b")) < 200


def test_what_cannot_be_read_is_said() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    with pytest.raises(ManuscriptError, match="password"):
        read_odt("", others={"META-INF/manifest.xml": manifest})
    with pytest.raises(ManuscriptError, match=r"content\.xml is missing"):
        read(zipped({"mimetype": MIME}), "x.odt")
    with pytest.raises(ManuscriptError, match="is none"):
        read(b"text", "x.odt")


def test_recognises() -> None:
    assert recognises(odt_file(""), "anything")
    assert not recognises(b"text", "thesis.txt")
