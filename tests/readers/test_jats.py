"""JATS XML: notes, references, lists; no entity is ever expanded."""

import pytest

from citecheck.bibliographies.bibliography import read_entries
from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.jats import read, recognises

from .laws import check

_DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">'


def read_jats(body: str, back: str = "", start: str = _DOCTYPE) -> Manuscript:
    data = f"{start}<article><body>{body}</body><back>{back}</back></article>".encode()
    manuscript = read(data, "article.xml")
    check(manuscript, data)
    return manuscript


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        ("See <italic>Crisis </italic>(2005)", "See *Crisis* (2005)"),
        ("a\n   b &amp; c&nbsp;d&#8211;<bold>e</bold><break/>f", "a b & c\u00a0d–e f"),
        ("<xref ref-type='bibr' rid='b1'>Lankov 2005</xref>", "Lankov 2005"),
        ("<![CDATA[x < y]]> <ext-link>doi.org/1</ext-link>", "x < y doi.org/1"),
        ("In 1956<sup>3</sup>, the 5<sup>th</sup>", "In 1956³, the 5th"),
        (
            "See <mixed-citation>Suh, <source>Kim</source> (1988)</mixed-citation>, 12.",
            "See Suh, Kim (1988), 12.",
        ),
        ("a<inline-formula><tex-math>x</tex-math></inline-formula>", "a"),
    ],
)
def test_text_of_a_paragraph(markup: str, read_as: str) -> None:
    assert [one.text for one in read_jats(f"<p>{markup}</p>").body] == [read_as]


def test_notes_in_a_group() -> None:
    call = "<sup><xref ref-type='fn' rid='f2'>1</xref></sup>"
    body = f"<sec><label>1</label><title>One</title><p>a{call} b</p></sec>"
    group = (
        "<fn-group><title>Notes</title><fn id='f1'><label>9</label><p>Orphan</p></fn>"
        "<fn id='f2'><label>1</label>\n <p>First <italic>b</italic>.</p><p>Second.</p></fn></fn-group>"
    )
    manuscript = read_jats(body, group)
    assert [one.text for one in manuscript.body] == ["One", "a b", "Notes"]
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("1", "First *b*. Second.")]
    assert manuscript.remarks == ("1 note that nothing in the text refers to left out",)
    assert manuscript.text[slice(*manuscript.notes[0].label_span)] == "1"
    assert [manuscript.text[slice(*marker.span)] for marker in manuscript.markers] == ["1"]


def test_a_note_in_the_paragraph_that_calls_it() -> None:
    manuscript = read_jats("<p>a<fn id='x'><label>*</label><p>Note.</p></fn> b</p>")
    assert manuscript.body[0].text == "a b"
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("*", "Note.")]


def test_a_note_in_a_paragraph_may_give_its_label_as_an_attribute() -> None:
    manuscript = read_jats(
        '<p>a<fn id="x" symbol="3"><p>Note.</p></fn> b<fn symbol="4"><label>*</label><p>N.</p></fn></p>'
    )
    assert [note.label for note in manuscript.notes] == ["3", "*"]


def test_a_text_that_calls_no_notes_keeps_them() -> None:
    manuscript = read_jats(
        "<p>a</p>", "<fn-group><fn><label>1</label><p>x</p></fn><fn><label>2</label><p>y</p></fn></fn-group>"
    )
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("1", "x"), ("2", "y")]


def test_references_and_front_matter() -> None:
    references = (
        "<ref-list><title>Primary sources</title><ref><label>1</label><mixed-citation><name>"
        "<surname>Lankov</surname>"
        "</name>, <source><italic>Crisis</italic></source>, <year>2005</year>.</mixed-citation></ref><ref>"
        "<element-citation><surname>Cumings</surname><source>Origins</source></element-citation></ref></ref-list>"
    )
    manuscript = read_jats("<p>x</p>", references)
    assert [(one.heading, one.passage.text) for one in manuscript.bibliography] == [
        ("Primary sources", "Lankov, *Crisis*, 2005."),
        ("Primary sources", "Cumings. *Origins*."),
    ]
    title = "<title-group><article-title>Title</article-title></title-group>"
    meta = f"<article-meta>{title}<contrib-group><p>no</p></contrib-group></article-meta>"
    data = f"<article><front><journal-meta><p>no</p></journal-meta>{meta}</front></article>"
    assert [one.text for one in read(data.encode(), "a.xml").body] == ["Title"]


def test_lists() -> None:
    item = "<list-item><p>x</p></list-item>"
    body = (
        f"<list list-type='order'>{item}{item}</list><list list-type='bullet'>{item}</list>"
        "<list list-type='alpha-lower'><list-item><label>(b)</label><p>y</p><p>z</p></list-item></list>"
    )
    assert [one.text for one in read_jats(body).body] == ["1. x", "2. x", "x", "(b) y", "z"]


def test_positions_in_another_encoding() -> None:
    data = (
        '<?xml version="1.0" encoding="iso-8859-1"?><article><body><p>Été &#233;</p></body></article>'.encode(
            "latin-1"
        )
    )
    manuscript = read(data, "a.xml")
    check(manuscript, data)
    assert manuscript.body[0].text == "Été é"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<!DOCTYPE article [<!ENTITY a 'b'>]><article>&a;</article>", "declares entities"),
        (
            b"<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><article>&x;</article>",
            "declares entities",
        ),
        (b"<article><p></article>", "wrong in line 1"),
        (b"<article>" + b"<p>" * 200_000, "nested more than 500 deep"),
    ],
)
def test_what_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ManuscriptError, match=says):
        read(data, "article.xml")


def test_recognises() -> None:
    assert recognises(b"<?xml version='1.0'?><article>", "a.xml")
    assert recognises(b"", "a.nxml")
    assert not recognises(b"<article xmlns='http://docbook.org/ns/docbook'>", "a.xml")


def test_an_element_citation_is_read_as_it_would_be_printed() -> None:
    def name(family: str, given: str) -> str:
        return f"<name><surname>{family}</surname><given-names>{given}</given-names></name>"

    references = (
        f'<ref-list><ref id="a"><element-citation publication-type="book"><person-group>{name("Lankov", "Andrei")}'
        "</person-group><year>2005</year><source>Crisis in North Korea</source><publisher-loc>Honolulu"
        "</publisher-loc><publisher-name>University of Hawaii Press</publisher-name></element-citation></ref>"
        f'<ref id="b"><element-citation publication-type="journal"><person-group>{name("Suh", "Dae-Sook")}'
        f"{name('Lee', 'Chong-Sik')}</person-group><article-title>Communism in Korea</article-title><source>Korean "
        "Studies</source><year>1988</year><volume>12</volume><issue>3</issue><fpage>45</fpage><lpage>67</lpage>"
        "</element-citation></ref></ref-list>"
    )
    manuscript = read_jats("<p>x</p>", references)
    assert [one.passage.text for one in manuscript.bibliography] == [
        "Lankov, Andrei. 2005. *Crisis in North Korea*. Honolulu: University of Hawaii Press.",
        "Suh, Dae-Sook; Lee, Chong-Sik. “Communism in Korea.” *Korean Studies* (1988) 12 (3): 45–67.",
    ]
    book, article = (entry.reference for entry in read_entries(manuscript))
    assert (book.date, book.place, book.publisher) == ("2005", "Honolulu", "University of Hawaii Press")
    assert [name.family for name in article.creators] == ["Suh", "Lee"]
    assert (article.title, article.date) == ("Communism in Korea", "1988")
