"""Typst: footnotes, references, and the code that is not text."""

from pathlib import Path

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.typst import read, recognises

from .laws import check


def read_typst(text: str, path: str = "chapter.typ") -> Manuscript:
    data = text.encode()
    manuscript = read(data, path)
    check(manuscript, data)
    return manuscript


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("See _Crisis_ and *bold* and #emph[Origins]", "See *Crisis* and bold and *Origins*"),
        ("snake_case a*b", "snake_case a*b"),
        ("pp.~17--44 --- soft-?hyphen", "pp.\u00a017–44 — softhyphen"),
        ("\"double\" 'single' d'Arcy (\"x\")", "“double” ‘single’ d’Arcy (“x”)"),
        (r"\#no \u{2019} a\ b \[c", "#no ’ a b [c"),
        ("a // comment [\nb /* [ /* nested */ */ c http://x.org/a_b//c d", "a b c http://x.org/a_b//c d"),
        ("`raw [` and ```x [``` $x_1$", "raw [ and x_1"),
        ("@smith04[p. 33] and @doe. #cite(<k>, supplement: [p. 3])", "@smith04[p. 33] and @doe. #cite("
                                                                     "<k>, supplement: [p. 3])"),
        ("#link(\"http://x.org\")[text] #link(\"http://y.org\") <label>", "text http://y.org"),
        ("#text(fill: red)[a #strong[b]] #smallcaps[c] #unknown(1, \")\")[d].", "a b c d."),
        ("#quote[a] #let x = [no]\n#set text(size: 11pt)\n#import \"a.typ\": *\nb", "“a” b"),
        ("#let tna = \"The National Archives\"\n#tna, FO 7", "The National Archives, FO 7"),
        ("#if true [yes] else [no] more", "yes more"),
        ("a [bracketed] #h(1fr) b", "a [bracketed] b"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(text: str, read_as: str) -> None:
    assert " ".join(one.text for one in read_typst(text).body) == read_as


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("= One\ntext\n== Two <l>\nmore\n\nlast", ["One", "text", "Two", "more", "last"]),
        ("- a\n- b\n+ c\n+ d\n\ne\n\n+ f\n7. g", ["a", "b", "1. c", "2. d", "e", "1. f", "7. g"]),
        ("= One#footnote[a\n\nb] two // c\ntext", ["One two", "text"]),
        ("#table(columns: 2, [a], [b #emph[c]])", ["a", "b *c*"]),
        ('#figure(image("x.png"), caption: [A map])', ["A map"]),
        ("#quote(block: true)[\na\n]", ["a"]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [one.text for one in read_typst(text).body] == paragraphs


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("a#footnote[TNA, FO 7, p. 5.]", "TNA, FO 7, p. 5."),
        ("a#footnote[See #emph[b [c]] \\] `]` // ]\nd.]", "See *b [c]* ] ] d."),
        ("a#footnote[One.\n\nTwo.]", "One. Two."),
        ("a#footnote([In parentheses])", "In parentheses"),
        ('a#footnote("A string")', "A string"),
        ("#let fn = footnote\na#fn[Alias]", "Alias"),
        ("#let fn(body) = footnote(body)\na#fn[Alias]", "Alias"),
        ("_a#footnote[b _c_] d_", "b *c*"),
        ("a#footnote[Ibid.#emph[,] 28, _(see)_.]", "Ibid., 28, *(see)*."),
    ],
)
def test_text_of_a_note(text: str, read_as: str) -> None:
    assert [one.passage.text for one in read_typst(text).notes] == [read_as]


def test_a_heading_or_list_may_follow_a_statement() -> None:
    text = '#set page(paper: "a4")\n= One <one>\na\n#let x = "y"\r\n- item\n\n#show: doc => f(doc)\n#pagebreak()\n== Two\nb'
    assert [one.text for one in read_typst(text).body] == ["One", "a", "item", "Two", "b"]


def test_numbers() -> None:
    text = (
        'a#footnote[x] <fn> b#footnote(numbering: "*")[y]#footnote[z]<fz> again#footnote(<fz>)'
        "#counter(footnote).update(0) c#footnote[w]"
    )
    manuscript = read_typst(text)
    assert [(one.section, one.label, one.passage.text) for one in manuscript.notes] == [
        (1, "1", "x"), (1, "†", "y"), (1, "3", "z"), (2, "1", "w"),
    ]  # fmt: skip
    assert [marker.label for marker in manuscript.markers] == ["1", "†", "3", "3", "1"]
    assert read_typst('#set footnote(numbering: "i")\na#footnote[x]').notes[0].label == "i"


def test_included_files(tmp_path: Path) -> None:
    (tmp_path / "one.typ").write_text("Öne#footnote[Ä]", encoding="utf-8")
    main = tmp_path / "main.typ"
    main.write_text('// #include "no.typ"\n#include "one.typ"\nb#footnote[B]', encoding="utf-8")
    manuscript = read(main.read_bytes(), str(main))
    check(manuscript, main.read_bytes())
    assert [one.passage.text for one in manuscript.notes] == ["Ä", "B"]
    assert [one.part for one in manuscript.origins] == ["main.typ", "one.typ", "main.typ"]
    assert manuscript.remarks == ()


def test_nesting_is_limited() -> None:
    with pytest.raises(ManuscriptError, match="nested more than"):
        read_typst("#f[" * 200_000)
    with pytest.raises(ManuscriptError, match="nested more than"):
        read_typst("#f[" * 200 + "]" * 200)


def test_recognises() -> None:
    assert recognises(b"", "a.typ")
    assert not recognises(b"", "a.txt")
