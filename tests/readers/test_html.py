"""Web pages: notes found by their links, whatever program made the page."""

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.html import read, recognises

from .laws import check


def read_html(text: str) -> Manuscript:
    data = text.encode()
    manuscript = read(data, "page.html")
    check(manuscript, data)
    return manuscript


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        ("See <em>Crisis </em>(<i>2005</i>)", "See *Crisis* (*2005*)"),
        (
            "a <b>b</b> <cite>c d</cite> <i>e <span style='font-style: normal'>f</span></i>",
            "a b *c d e* f",
        ),
        (
            "a\n  b\t c&nbsp;d &amp; &#8217;&#x2013; &notanentity; &copy x AT&T",
            "a b c\u00a0d & ’– &notanentity; © x AT&T",
        ),
        ("a<br>b<br/>c<!-- no --><wbr>d<script>x</script><del>y</del><span hidden>z</span>", "a b cd"),
        ("<span style='display:none'>x</span>a <q>b</q>", "a “b”"),
        ("<ruby>a<rt>x</rt></ruby> 5 < 6 > 4", "a 5 < 6 > 4"),
        ("<cite>Suh, <i>Kim</i>, 1988</cite>", "Suh, *Kim*, 1988"),
        (
            '<i>Crisis</i>, <i>,</i> <b>a</b> <i>"</i><i>We won,"</i> he said',
            '*Crisis*, , a *"We won,"* he said',
        ),
        ("In 1956<sup>3</sup>, <sup>2</sup>1988", "In 1956³, ²1988"),
        ("2<sup>nd</sup> ed. <a href='http://x.org/#fn1'>1</a>", "2nd ed. 1"),
        ("<span class=book>T</span> <span class='x it'>U</span>", "*T U*"),
    ],
)
def test_text_of_a_paragraph(markup: str, read_as: str) -> None:
    style = "<style>.book, p.it2 { font-style: italic } span.it{color:red;font-style:oblique}</style>"
    assert [one.text for one in read_html(f"<html><head>{style}</head><p>{markup}</p></html>").body] == [
        read_as
    ]


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<h1>A</h1><p>b<p>c<div>d<p>e</div>f", ["A", "b", "c", "d", "e", "f"]),
        ("<ol start=3><li>a<li>b<ul><li>c</ul><li value=9>d</ol>", ["3. a", "4. b", "c", "9. d"]),
        ("<ol type=i><li>a</ol>", ["i. a"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<nav><p>Contents</nav><p>a</p><title>x</title>", ["a"]),
        (
            "<h2>Notes<span class='mw-editsection'>[edit]</span></h2><table class='x navbox'><td>b</table>",
            ["Notes"],
        ),
        ("<dl><dt>a<dd>b<dt>c</dl>", ["a", "b", "c"]),
        ("<p>a</p></p></div></b>b", ["a", "b"]),
        ("<p>a <b>b<p>c</b>", ["a b", "c"]),
    ],
)
def test_paragraphs(markup: str, paragraphs: list[str]) -> None:
    assert [one.text for one in read_html(markup).body] == paragraphs


_PANDOC = """<p>Claim.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>
More.</p>
<section id="footnotes" class="footnotes" role="doc-endnotes"><hr /><ol>
<li id="fn1"><p>First <em>b</em>.</p><p>Second.<a href="#fnref1"
class="footnote-back" role="doc-backlink">↩︎</a></p></li>
</ol></section>"""
_WORD = """<p class=MsoNormal>Claim.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a> More.</p>
<div style='mso-element:footnote-list'><hr size=1><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"
title=""><span>[1]</span></a> First <i>b</i>.</p><p class=MsoFootnoteText>Second.</p></div></div>"""
_LIBREOFFICE = """<p>Claim.<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a>
More.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a> First <i>b</i>.</p><p>Second.</p></div>"""
_EPUB = """<p>Claim.<a epub:type="noteref" href="#n1">1</a> More.</p>
<aside epub:type="footnote" id="n1"><p>1. First <i>b</i>.</p><p>Second.</p></aside>"""
_PLAIN_LINKS = """<p>Claim.<sup id="back-a"><a href="#there-a">[1]</a></sup> More.</p>
<div id="there-a"><p><a href="#back-a">1</a> First <i>b</i>.</p><p>Second.</p></div>"""
_ANCHORS = """<p>Claim.<a name="r1"></a><a href="#f1" id="q1">1</a> More.</p>
<ol><li><a id="f1"></a>First <i>b</i>.<p>Second.</p><a href="#q1">back</a></li></ol>"""


_GUTENBERG = """<p>Claim.<a href="#f1"><sup>1</sup></a> More.<span class="pagenum"><a id="Page_12">[Pg 12]</a></span></p>
<p id="f1">1. First <i>b</i>.<br>Second.</p>"""
_WORDPRESS = """<p>Claim.<span class="easy-footnote"><a href="#bottom-1-22" title="x"><sup>1</sup></a></span> More.</p>
<ol><li><span id="bottom-1-22"></span>First <i>b</i>.<p>Second.</p><a href="#back-1-22"></a></li></ol>"""
_WIKI = """<p>Claim.<sup id="cite_ref-X_1-0" class="reference"><a href="#cite_note-X-1">[1]</a></sup> More.<sup
class="noprint">[citation needed]</sup></p><ol><li id="cite_note-X-1"><span>^ <a href="#cite_ref-X_1-0"><sup>a</sup></a>
</span> <span>First <cite><i>b</i>.</cite> Second.</span></li></ol>"""


@pytest.mark.parametrize(
    "page",
    [_PANDOC, _WORD, _LIBREOFFICE, _EPUB, _PLAIN_LINKS, _ANCHORS, _GUTENBERG, _WORDPRESS, _WIKI],
)
def test_notes_of_many_programs(page: str) -> None:
    manuscript = read_html(page)
    assert [one.text for one in manuscript.body] == ["Claim. More."]
    assert [(one.label, one.kind, one.passage.text) for one in manuscript.notes] == [
        ("1", "footnote", "First *b*. Second.")
    ]
    assert [(marker.label, page[slice(*marker.span)].strip("[]")) for marker in manuscript.markers] == [
        ("1", "1")
    ]
    assert page[slice(*manuscript.notes[0].label_span)].strip("[]") == "1"


def test_numbered_paragraphs_that_a_text_refers_to_are_no_notes() -> None:
    page = '<p>See par. <a href="#p7">7</a> and <a href="#p7">x<sup>7</sup></a>.</p><p id="p7">7. Text.</p>'
    assert read_html(page).notes == ()


def test_a_wiki_leads_back_to_each_call() -> None:
    manuscript = read_html(
        '<p>a<sup id="r1-0"><a href="#n1">[1]</a></sup> b<sup id="r1-1"><a href="#n1">[1]</a></sup></p>'
        '<ol><li id="n1"><span>^ <a href="#r1-0"><sup>a</sup></a> <a href="#r1-1"><sup>b</sup></a></span> Suh.</li></ol>'
    )
    assert [note.passage.text for note in manuscript.notes] == ["Suh."]


def test_lists_in_notes_keep_their_numbers() -> None:
    manuscript = read_html(
        '<p>a<a href="#fn1">1</a></p><ol><li id="fn1"><p>Two:</p><ol type="a"><li>TNA</li><li>RGANI</li></ol></li></ol>'
    )
    assert manuscript.notes[0].passage.text == "Two: a. TNA b. RGANI"


def test_a_call_with_spaces_around_it_leaves_one() -> None:
    manuscript = read_html('<p>Fin <sup><a href="#fn1">1</a></sup> et.</p><p id="fn1">1. Note.</p>')
    assert [one.text for one in manuscript.body] == ["Fin et."]


def test_links_that_are_no_calls() -> None:
    page = (
        '<p><a href="#ch1">1</a> <a href="#ch2">Chapter 2</a></p><h2 id="ch1">One</h2><section id="ch2">'
        "<p>Two"
        ' <a href="#fn1" id="r1">1</a></p></section>'
        '<ol><li id="fn1">See n. <a href="#fn2">2</a>. <a href="#r1">^</a></li></ol>'
    )
    manuscript = read_html(page)
    assert [one.text for one in manuscript.body] == ["1 Chapter 2", "One", "Two"]
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("1", "See n. 2.")]


def test_a_note_that_is_called_twice_is_one_note_and_kinds_are_told_apart() -> None:
    page = (
        '<p>a<a href="#_edn1">i</a>b<a href="#_ftn1">1</a>c<a href="#_ftn1">1</a>d<a href="#_ftn2">1</a></p>'
        '<p id="_ftn1">x</p><p id="_ftn2">y</p><p id="_edn1">z</p>'
    )
    manuscript = read_html(page)
    assert [
        (one.section, one.ordinal, one.kind, one.label, one.passage.text) for one in manuscript.notes
    ] == [
        (1, 1, "footnote", "1", "x"),
        (2, 2, "footnote", "1", "y"),
        (3, 3, "endnote", "i", "z"),
    ]
    assert [marker.label for marker in manuscript.markers] == ["i", "1", "1", "1"]


def test_notes_that_nothing_calls_are_said_to_be_left_out() -> None:
    page = f'{_EPUB}<aside epub:type="footnote" id="n2">Orphan</aside>'
    manuscript = read_html(page)
    assert len(manuscript.notes) == 1
    assert [one.text for one in manuscript.body] == ["Claim. More."]
    assert manuscript.remarks == ("some notes that nothing in the text refers to were left out",)


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16"])
def test_declared_encodings(charset: str) -> None:
    data = f'<meta charset="{charset}"><p>Ф. 5</p>'.encode(charset)
    manuscript = read(data, "a.html")
    check(manuscript, data)
    assert manuscript.body[0].text == "Ф. 5"


def test_200_000_nested_elements_are_refused() -> None:
    with pytest.raises(ManuscriptError, match="nested more than 500 deep"):
        read_html("<b>" * 200_000)


def test_recognises() -> None:
    assert recognises(b"", "a.htm")
    assert recognises(b"\n<!-- x --><!DOCTYPE html><p>", "page")
    assert not recognises(b"<article><p>", "a.xml")


def test_notes_above_the_text_whose_numbers_lead_to_their_calls() -> None:
    page = "<html><body><h1>Списки</h1>" + "".join(
        f'<div class="aside"><sup><a name="fs{n}"></a><a href="#fn{n}">{n}</a></sup>\n<p>РГАСПИ. Ф.17. Оп.171. Д.37{n}. Л.1.</p></div>'
        for n in (1, 2, 3)
    )
    page += "".join(
        f'<p>Это было решение политбюро<sup><a name="fn{n}"></a><a href="#fs{n}">{n}</a></sup>. Практика.</p>'
        for n in (1, 2, 3)
    )
    manuscript = read((page + "</body></html>").encode(), "page.html")
    assert [(note.label, note.passage.text) for note in manuscript.notes] == [
        (str(n), f"РГАСПИ. Ф.17. Оп.171. Д.37{n}. Л.1.") for n in (1, 2, 3)
    ]
    assert [marker.label for marker in manuscript.markers] == ["1", "2", "3"]
