"""Markdown, read as pandoc 3.9 reads it; the expectations were compared with its output."""

import pytest

from citecheck.manuscript import Manuscript
from citecheck.readers import read_bytes
from citecheck.readers.markdown import read, recognises

from .laws import check


def read_markdown(text: str) -> Manuscript:
    data = text.encode()
    manuscript = read(data, "chapter.md")
    check(manuscript, data)
    return manuscript


def body(text: str) -> list[str]:
    return [one.text for one in read_markdown(text).body]


def notes(text: str) -> list[tuple[str | None, str]]:
    return [(one.label, one.passage.text) for one in read_markdown(text).notes]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("See *Crisis* here", "See *Crisis* here"),
        ("See _Crisis_ and __bold__ and **bold**", "See *Crisis* and bold and bold"),
        ("***both*** and *a **b** c*", "*both* and *a b c*"),
        ("a_b_c and @smith_jones_2004 and 2 * 3 * 4", "a_b_c and @smith_jones_2004 and 2 * 3 * 4"),
        ("*unclosed and **unclosed", "*unclosed and **unclosed"),
        (r"\*no\* and \[^1] and a\ b", "*no* and [^1] and a\u00a0b"),
        ("pp. 12--14 --- done -- or ----", "pp. 12–14 — done – or ----"),
        ("R&amp;D &#8217; &nbsp;. &unknown; AT&T", "R&D ’ \u00a0. &unknown; AT&T"),
        ("a `[^1] *x* -- ` b ``c`d`` e ` f", "a [^1] *x* -- b c`d e ` f"),
        ("a <!-- *no* --> b <em>c</em> <b>d</b><br>e < f", "a b *c* d e < f"),
        ("a\nb  \nc\\\nd", "a b c d"),
        ("[text](http://x.org/a_b \"T\") [ref][r] [short] [no] ![alt](p.png)", "text ref [short] [no] alt"),
        ("[span]{.smallcaps} and [a [b](c) d](e)", "span and a b d"),
        ("[see @smith04, pp. 33--35; *also* -@doe] and @doe [p. 3--4]", "[see @smith04, pp. 33--35; "
                                                                        "*also* -@doe] and @doe [p. 3–4]"),
        ("x^2^ H~2~O ~~gone~~ a^b c", "x2 H2O gone a^b c"),
        ("http://x.org/a--b_c_d <https://y.org/e--f>", "http://x.org/a--b_c_d https://y.org/e--f"),
        ("$x_1$ cost $5 and $6", "$x_1$ cost $5 and $6"),
        ("« p.\u00a05 » 6\u20117", "« p.\u00a05 » 6\u20117"),
        ("*a*b* c **d*e**", "*a*b* c d*e"),
        ("![Map](a.png){#fig-one width=50%} {{< pagebreak >}}{% include x, y %} a{: .lead}", "Map a"),
        ("[[Suh Dae-sook|Suh]] and [[Lankov]] ![[map.png]] but [[1]](#n1) [[@key]]",
         "Suh and Lankov but [1] [[@key]]"),
        ("a %%not for readers%% ==b== c == d 5%% {so} {1956}", "a b c == d 5%% {so} {1956}"),
        ("$$\nx, y\n$$ {#eq-one}\nand ($$: Press, 1978), 12 ($$: Press, 1979)",
         "and ($$: Press, 1978), 12 ($$: Press, 1979)"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(text: str, read_as: str) -> None:
    assert body(f"{text}\n\n[r]: http://x.org\n") == [read_as]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("---\ntitle: [^9]\n---\n\nText", ["Text"]),
        ("Text\n\n---\n\nMore", ["Text", "More"]),
        ("# One #\n\nTwo\n===\n\n## Three {#id .c}\nFour", ["One", "Two", "Three", "Four"]),
        ("## [a]{.smallcaps}", ["a"]),
        ("a\n\n```\ncode [^1]\n\n```\n\n~~~~ {.r}\n```\n~~~~\nb", ["a", "b"]),
        ("a\n\n    code [^1]\n\n\tcode\n\nb", ["a", "b"]),
        ("- one\n- two\n\n    still two\n\n        code\n* three", ["one", "two", "still two", "three"]),
        ("14. a\n15. b\nlazy\n16. c", ["14. a", "15. b lazy", "16. c"]),
        ("In\n1945. It ended.", ["In 1945. It ended."]),
        ("> quote\n> more\nlazy\n>\n> > deep", ["quote more lazy", "deep"]),
        ("| a | b\\|c |\n|---|:-:|\n| d | `e` |\n\nafter", ["a", "b|c", "d", "e", "after"]),
        ("a | b", ["a | b"]),
        ("| verse one\n| verse two", ["verse one", "verse two"]),
        ("::: {.note}\na\n:::\n\n[x]: http://y", ["a"]),
        ("Term\n:   Definition", ["Term", "Definition"]),
        ("a <!-- c\n\nd [^1] --> b", ["a b"]),
        ("<!-- a\n\n# no\n-->\n\nb", ["b"]),
        ("<script>\n*a*\n\nb\n</script>\n\nc", ["c"]),
        ("a\r\nb\r\n\r\nc", ["a b", "c"]),
        ("a\rb\r\rc", ["a b", "c"]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert body(text) == paragraphs


def test_each_call_takes_a_new_number_and_the_last_definition_counts() -> None:
    text = "a[^1] b^[in *line*] c[^x-y] d[^1]\n\n[^1]: First.\n[^x-y]: Named.\n[^1]: Last.\n"
    assert notes(text) == [("1", "Last."), ("2", "in *line*"), ("3", "Named."), ("4", "Last.")]
    assert read_markdown(text).remarks == ("[^1] is defined more than once: the last text counts",)


def test_marks_are_no_part_of_the_body_and_their_places_are_known() -> None:
    text = "Claim.[^a] More^[Note.]\n\n[^a]: Text.\n"
    manuscript = read_markdown(text)
    assert manuscript.body[0].text == "Claim. More"
    assert [text[slice(*marker.span)] for marker in manuscript.markers] == ["[^a]", "^["]
    assert [text[slice(*one.label_span)] for one in manuscript.notes] == ["a", "^["]
    assert {one.label_source for one in manuscript.notes} == {"computed"}


@pytest.mark.parametrize(
    ("definition", "read_as"),
    [
        ("[^1]: One\nlazy line\n# even this", "One lazy line # even this"),
        ("> [^1]: One\n> line", "One line"),
        ("[^1]: One\n\n    Two *b*\n    c\n\nBody", "One Two *b* c"),
        ("[^1]:\n    Below", "Below"),
        ("[^1]: One\n\n\tTwo", "One Two"),
        ("[^1]: See [^2] and `x`", "See [^2] and x"),
        ("   [^1]: Indented", "Indented"),
        ("> [^1]: In a quotation", "In a quotation"),
        ("[^1]: One\n\n    ```\n    code\n    ```\n\n    Two", "One Two"),
    ],
)
def test_definitions(definition: str, read_as: str) -> None:
    assert notes(f"a[^1]\n\n{definition}\n") == [("1", read_as)]


def test_a_definition_may_follow_a_paragraph_without_an_empty_line() -> None:
    # Pandoc takes it for text, GitHub for a definition; no author means text.
    assert notes("a[^1]\n[^1]: Note.\n") == [("1", "Note.")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a^[b [c](d) `]` [@k, p. 3] \\] e] f", "b c ] [@k, p. 3] ] e"),
        ("a^[two\nlines] f", "two lines"),
        ("a^[see [^1]] f\n\n[^1]: x", "see"),
    ],
)
def test_inline_notes(text: str, found: str) -> None:
    assert notes(text)[0] == ("1", found)


def test_calls_where_there_are_none() -> None:
    none = "`[^1]` \\[^1] [^zzz]\n\n    [^1]\n\n```\n[^1] ^[no]\n```\n\n<!-- [^1] -->\n\n"
    manuscript = read_markdown(f"{none}Real.[^1]\n\n[^1]: Note.\n[^2]: Never.\n")
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("1", "Note."), ("[^2]", "Never.")]


def test_a_note_that_is_never_called_stands_where_it_is_defined() -> None:
    manuscript = read_markdown("One.[^a] Two.[^b]\n\n[^x]: X.\n[^a]: A.\n[^y]: Y.\n[^z]: Z.\n[^b]: B.\n")
    assert [(one.ordinal, one.name, one.passage.text) for one in manuscript.notes] == [
        (1, "[^x]", "X."), (2, "[^a]", "A."), (3, "[^y]", "Y."), (4, "[^z]", "Z."), (5, "[^b]", "B."),
    ]  # fmt: skip
    assert [one.number for one in manuscript.notes] == [None, 1, None, None, 2]


def test_markdown_that_is_saved_as_a_text() -> None:
    data = b"One.[^1]\r\n\r\n[^1]: *A*, 4.\r\n"
    assert [read_bytes(data, name).format for name in ("a.md", "a.txt", "-")] == ["markdown"] * 3
    assert read_bytes(b"One [^1].\n\n[^2] is no note\n", "a.txt").format == "plain"


def test_a_file_of_notes_alone_keeps_its_own_labels() -> None:
    manuscript = read_markdown("[^14]: One.\n\n[^15]: Two.\n\n[^14b]: Three.\n")
    assert [(one.label, one.label_source) for one in manuscript.notes] == [
        ("14", "explicit"), ("15", "explicit"), ("14b", "explicit"),
    ]  # fmt: skip


def test_a_typed_list_of_notes_and_a_bibliography() -> None:
    typed = "# Notes\n\n1. Cumings, *Origins*, 12.\n2. Ibid., 14.\n\n"
    manuscript = read_markdown(f"{typed}# Bibliography\n\nLankov, Andrei. *Crisis*. 2005.\n")
    assert [one.passage.text for one in manuscript.notes] == ["Cumings, *Origins*, 12.", "Ibid., 14."]
    assert [one.passage.text for one in manuscript.bibliography] == ["Lankov, Andrei. *Crisis*. 2005."]


def test_literal_ranges_are_those_of_the_file() -> None:
    text = "\ufeffСр. “x” [^1]\r\n\r\n[^1]: _Ф._ 5, л. 12\\--14.\r\n"
    data = text.encode()
    manuscript = read(data, "chapter.md")
    assert manuscript.encoding == "utf-8-sig"
    check(manuscript, data)
    passage = manuscript.notes[0].passage
    assert passage.text == "*Ф.* 5, л. 12--14."
    assert manuscript.text[slice(*passage.span(0, 4))] == "_Ф._"
    assert not passage.is_literal(0, 4)
    assert passage.is_literal(5, 10)


def test_recognises() -> None:
    assert recognises(b"", "a.md")
    assert recognises(b"Text[^1]\n\n[^1]: Note\n", "-")
    assert not recognises(b"Text", "-")


def test_raw_footnotes_of_latex() -> None:
    manuscript = read_markdown(r"One\footnote{Suh, {\em Kim}, 12.} and^[Inline.] and \footnote{unclosed")
    assert [(note.label, note.passage.text) for note in manuscript.notes] == [
        ("1", r"Suh, {\em Kim}, 12."),
        ("2", "Inline."),
    ]
    assert [passage.text for passage in manuscript.body] == [r"One and and \footnote{unclosed"]
