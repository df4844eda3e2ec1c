r"""LaTeX: notes of all kinds, what cites, the author's own commands, and files that are included."""

from pathlib import Path

import pytest

from citecheck.manuscript import Manuscript
from citecheck.readers.latex import read, recognises

from .laws import check


def read_latex(text: str, path: str = "chapter.tex") -> Manuscript:
    data = text.encode()
    manuscript = read(data, path)
    check(manuscript, data)
    return manuscript


def document(text: str, preamble: str = "", document_class: str = "article") -> str:
    before = f"\\documentclass{{{document_class}}}\n{preamble}\n\\begin{{document}}"
    return f"{before}\n{text}\n\\end{{document}}\nignored"


def labels(manuscript: Manuscript) -> list[tuple[int, str | None]]:
    return [(one.section, one.label) for one in manuscript.notes]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (r"See \emph{Crisis} and \textit{Origins }here", "See *Crisis* and *Origins* here"),
        (r"\emph{A Study of \emph{Hamlet} Today}", "*A Study of* Hamlet *Today*"),
        (r"a {\it b} c {\em d} {\itshape e\upshape f}", "a *b* c *d e*f"),
        (r"\textbf{a} \textsc{b} {\bfseries c} \textcolor{red}{d}", "a b c d"),
        (r"pp.~17--44 --- a---b 50\% \& \S~4", "pp.\u00a017–44 — a—b 50% & §\u00a04"),
        (r"f.~12\,r \ldots{} x\dots\ y", "f.\u00a012\u202fr … x… y"),
        ("``double'' `single' d'Arcy", "“double” ‘single’ d’Arcy"),
        (r"\enquote{a \enquote{b} c}", "“a ‘b’ c”"),
        (r"\'etat d\'{e}j\`a \c{c}a \v{S}koda \H{o} \ss{} \O{}re \L{}\'od\'z \'{\i} \^\i na\"{\i}ve \.I",
         "état déjà ça Škoda ő ß Øre Łódź í î naïve İ"),
        (r"\u{g} \k{a} \r{a} \d{h} \t{oo} \~n \={a}", "ğ ą å ḥ o͡o ñ ā"),
        (r"\TeX\ and \LaTeX{} x", "TeX and LaTeX x"),
        ("a % comment } {\n  b 50\\% c\\\\% trailing\n d", "a b 50% c d"),
        ("a%\n  b", "ab"),
        (r"\verb|}{| and \verb+%+ \url{http://x.org/a_b%20c~d}", "}{ and % http://x.org/a_b%20c~d"),
        (r"\texorpdfstring{\emph{a} b}{a b} c", "*a* b c"),
        (r"\href{http://x.org/%7Ea}{site} \label{x}\index{a!b}y", "site y"),
        (r"\cite[12]{a} \textcite{b} \autocite[see][\S 4, {p. [7]}]{k} \parencites(see)[1]{a}[2]{b}",
         r"\cite[12]{a} \textcite{b} \autocite[see][\S 4, {p. [7]}]{k} \parencites(see)[1]{a}[2]{b}"),
        ("\\cite\n  [12]\n  {a}x", r"\cite [12] {a}x"),
        (r"\citeauthor*{a}; \nocite{*}b; \citep[e.g.][]{c}", r"\citeauthor*{a}; b; \citep[e.g.][]{c}"),
        (r"n.~\ref{fn:x}, \pageref{y}", "n.\u00a0\\ref{fn:x}, \\pageref{y}"),
        (r"\foreignlanguage{german}{Staat} \unknown{kept} \unknown[dropped] z", "Staat kept z"),
        (r"18$^{\mathrm{th}}$ $x_1$", "18th x1"),
        (r"\textcquote[12]{key}{words}", r"\textcquote[12]{key} words"),
        (r"\foreigntextcquote{german}[12]{key}{Worte}", r"\foreigntextcquote[12]{key} Worte"),
        (r"\textquote[{\cite[12]{key}}]{words}", r"(\cite[12]{key}) “words”"),
        (r"\foreigntextquote{german}[Suh, S.~12]{Worte}", "(Suh, S.\u00a012) “Worte”"),
        (r"\blockquote[See \cite{x}.]{long} \textquote{short}", r"(See \cite{x}.) long “short”"),
        (r"a\printbibliography[heading=bibintoc,title={Sources}] b\pagebreak[4]", "a b"),
        (r"S.~33\psqq", "S.\u00a033 sqq."),
        (r"a\footnotesize b \noindent c\hspace{1em}d\\[2pt] e", "ab cd e"),
        (r"\iffalse hidden \fi shown", "shown"),
        ("<<a>> ,,b''", "«a» „b”"),
        ("\\begin{equation}x\\end{equation}a", "a"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(text: str, read_as: str) -> None:
    assert [one.text for one in read_latex(text).body] == [read_as]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("a\n\n\nb\\par c", ["a", "b", "c"]),
        ("\\section[Short]{Long \\emph{title}}\nText", ["Long *title*", "Text"]),
        ("\\begin{quote}\na\n\\end{quote}\nb", ["a", "b"]),
        ("\\begin{displaycquote}[4]{key}\na\n\\end{displaycquote}\nb", ["\\displaycquote[4]{key} a", "b"]),
        ("\\begin{displayquote}[{\\cite[4]{k}}]\na\n\\end{displayquote}\nb", ["(\\cite[4]{k}) a", "b"]),
        ("\\begin{enumerate}\n\\item a\n\\item b\n\\end{enumerate}", ["1. a", "2. b"]),
        ("\\begin{itemize}\\item a \\item[x] b\\end{itemize}", ["a", "x b"]),
        ("\\begin{tabular}{l|l}\na & b \\\\\nc & d \\\\\n\\end{tabular}", ["a", "b", "c", "d"]),
        ("\\begin{verbatim}\n\\footnote{no}\n\\end{verbatim}\na", ["a"]),
        (
            "\\begin{figure}[ht]\\includegraphics[width=1cm]{x}\\caption{A \\emph{map}}\\end{figure}",
            ["A *map*"],
        ),
        ("a\r\n\r\nb", ["a", "b"]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [one.text for one in read_latex(text).body] == paragraphs


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (r"a\footnote{TNA, FO~7.}", "TNA, FO\u00a07."),
        ("a\\footnote %comment with } brace\n  {After.}", "After."),
        (r"a\footnote{Uses \verb|}| inside.}", "Uses } inside."),
        ("a\\footnote{One.\n\n  Two \\emph{b}.}", "One. Two *b*."),
        (r"a\footnote{Outer \footcite[4]{c} end}", r"Outer \footcite[4]{c} end"),
        (r"a\footcite[See][33--35]{k}", r"\footcite[See][33--35]{k}"),
        (r"a\footcites[12]{a}[33]{b}.", r"\footcites[12]{a}[33]{b}"),
        (r"a\footfullcite{k}", r"\footfullcite{k}"),
        (r"\emph{a\footnote{b \emph{c}} d}", "b *c*"),
        (r"\newcommand{\fn}[1]{\footnote{#1}}a\fn{Own \emph{command}.}", "Own *command*."),
        (r"\let\fn\footnote a\fn{Alias.}", "Alias."),
        (r"\def\fn#1{\footnote{See #1.}}a\fn{x}", "See x."),
        (r"\NewDocumentCommand{\fn}{m}{\footnote{#1}}a\fn{New.}", "New."),
        (r"\newcommand\tna[1][FO]{The National Archives, #1}a\footnote{\tna{} 7; \tna[CAB] 8.}",
         "The National Archives, FO 7; The National Archives, CAB 8."),
    ],
)  # fmt: skip
def test_text_of_a_note(text: str, read_as: str) -> None:
    assert [one.passage.text for one in read_latex(text).notes] == [read_as]


def test_numbers() -> None:
    apart = r"c\footnotemark d\footnotetext{z}e\footnotemark[9]\footnotetext[9]{w}"
    text = rf"a\footnote{{x}}b\footnote[7]{{y}}{apart}f\endnote{{v}}"
    manuscript = read_latex(text)
    assert [(one.kind, one.label, one.label_source, one.passage.text) for one in manuscript.notes] == [
        ("footnote", "1", "computed", "x"),
        ("footnote", "7", "explicit", "y"),
        ("footnote", "2", "computed", "z"),
        ("footnote", "9", "explicit", "w"),
        ("endnote", "1", "computed", "v"),
    ]
    assert [marker.label for marker in manuscript.markers] == ["1", "7", "2", "9", "1"]
    assert manuscript.body[0].text == "abcdef"
    assert text[slice(*manuscript.notes[1].label_span)] == "7"


@pytest.mark.parametrize(
    ("preamble", "document_class", "expected"),
    [
        ("", "article", [(1, "1"), (1, "2"), (1, "3")]),
        ("", "book", [(1, "1"), (2, "1"), (2, "2")]),
        (r"\counterwithout{footnote}{chapter}", "book", [(1, "1"), (1, "2"), (1, "3")]),
        (r"\renewcommand{\thefootnote}{\roman{footnote}}", "article", [(1, "i"), (1, "ii"), (1, "iii")]),
        (r"\usepackage[bottom,perpage]{footmisc}", "article", [(1, None), (1, None), (1, None)]),
    ],
)
def test_numbering_of_chapters(
    preamble: str, document_class: str, expected: list[tuple[int, str | None]]
) -> None:
    text = document(r"a\footnote{x}\chapter{Two}b\footnote{y}c\footnote{z}", preamble, document_class)
    assert labels(read_latex(text)) == expected


def test_a_counter_that_is_set_back_opens_a_section() -> None:
    assert labels(read_latex(r"a\footnote{x}\setcounter{footnote}{0}b\footnote{y}")) == [(1, "1"), (2, "1")]


@pytest.mark.parametrize(
    ("preamble", "in_notes"),
    [
        (r"\usepackage{biblatex-chicago,endnotes}", True),
        (r"\usepackage[authordate]{biblatex-chicago}", False),
        (r"\usepackage[style=verbose-ibid]{biblatex}", True),
        (r"\usepackage[autocite=footnote]{biblatex}", True),
        (r"\usepackage[style=authoryear]{biblatex}", False),
    ],
)
def test_autocite_makes_a_note_where_the_style_does(preamble: str, in_notes: bool) -> None:
    manuscript = read_latex(document(r"a \autocite[12]{k}. b\footnote{see \autocite{m}}", preamble))
    expected = [r"\autocite[12]{k}", r"see \autocite{m}"] if in_notes else [r"see \autocite{m}"]
    assert [one.passage.text for one in manuscript.notes] == expected
    assert manuscript.body[0].text == ("a. b" if in_notes else r"a \autocite[12]{k}. b")


def test_the_preamble_is_no_text_and_nothing_follows_the_end() -> None:
    manuscript = read_latex(document("Text.", "\\title{T\\thanks{x}}\n% \\footnote{no}"))
    assert [one.text for one in manuscript.body] == ["Text."]
    assert manuscript.notes == ()


def test_a_brace_that_never_closes_is_said_with_its_line() -> None:
    manuscript = read_latex("a\\footnote{x}\n\nb\\footnote{Unclosed, p. 4.\n")
    assert [one.passage.text for one in manuscript.notes] == ["x"]
    assert manuscript.remarks == (
        "the brace after \\footnote in line 3 is never closed: its text was read as body",
    )
    assert manuscript.body[1].text == "bUnclosed, p. 4."


def test_the_items_of_a_bibliography() -> None:
    items = "\\bibitem{a} Lankov, \\emph{Crisis}.\n\\bibitem[B]{b} Cumings.\n"
    text = f"\\begin{{thebibliography}}{{9}}\n{items}\\end{{thebibliography}}"
    assert [one.passage.text for one in read_latex(text).bibliography] == ["Lankov, *Crisis*.", "Cumings."]


def test_shorthands_of_german() -> None:
    text = document('"`Staat"\' und "=Recht "~x', r"\usepackage[ngerman]{babel}")
    assert read_latex(text).body[0].text == "„Staat“ und -Recht -x"
    assert read_latex('"`a').body[0].text == '"‘a'


def test_macros_that_call_themselves_or_grow_without_end_are_given_up() -> None:
    loops = r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a text"
    assert read_latex(loops).body[-1].text.endswith("text")
    grows = "".join(
        rf"\newcommand{{\{name}}}{{\{last}{{}}\{last}{{}}\{last}{{}}}}"
        for last, name in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    assert len(read_latex(rf"\newcommand{{\a}}{{word}}{grows}\n{{}} end").text) > 0


def test_included_files(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "one.tex").write_text("Öne\\footnote{Ä, p.~1.}\n\\input{two}\n", encoding="utf-8")
    (tmp_path / "two.tex").write_text("Two\\footnote{B.}", encoding="utf-8")
    sub = "\\documentclass[main]{subfiles}\\begin{document}Three\\footnote{C.}\\end{document}"
    (tmp_path / "three.tex").write_text(sub, encoding="utf-8")
    text = document(
        "% \\input{nowhere}\n\\include{parts/one} \\subfile{three} \\input "
        "gone\n\\input{../outside}\n\\input{main}"
    )
    main = tmp_path / "main.tex"
    (tmp_path.parent / "outside.tex").write_text("secret", encoding="utf-8")
    main.write_text(text, encoding="utf-8")
    manuscript = read(main.read_bytes(), str(main))
    check(manuscript, main.read_bytes())
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [
        ("1", "Ä, p.\u00a01."),
        ("2", "B."),
        ("3", "C."),
    ]
    assert "secret" not in manuscript.text
    assert manuscript.remarks == (
        "gone.tex, which it includes, was not found",
        "../outside.tex lies outside the folder of the manuscript, and was not read",
        "main.tex includes itself, and was read once only",
    )
    start = manuscript.notes[0].passage.span(0, 1).start
    origin = manuscript.origin(start)
    assert origin is not None
    assert (origin.part, origin.literal) == ("parts/one.tex", True)
    source = (tmp_path / origin.part).read_bytes()[origin.source_start :]
    assert source.decode().startswith("Öne\\footnote{Ä")
    assert [one.part for one in manuscript.origins][:4] == [
        "main.tex",
        "parts/one.tex",
        "two.tex",
        "parts/one.tex",
    ]


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.tex").symlink_to(tmp_path / "secret.tex")
    manuscript = read(b"\\input{link}", str(inside / "main.tex"))
    assert "secret" not in manuscript.text
    assert manuscript.remarks == ("link.tex lies outside the folder of the manuscript, and was not read",)


def test_text_from_a_stream_includes_nothing() -> None:
    assert read_latex(r"\input{x}", "-").remarks == (
        "it includes other files, which were not read: give its path instead",
    )


@pytest.mark.parametrize("package", ["latin1", "ansinew", "latin9"])
def test_declared_encodings(package: str) -> None:
    data = document("\\footnote{État}", f"\\usepackage[{package}]{{inputenc}}").encode("latin-1")
    manuscript = read(data, "a.tex")
    check(manuscript, data)
    assert manuscript.notes[0].passage.text == "État"


def test_recognises() -> None:
    assert recognises(b"", "a.tex")
    assert recognises(b"\\documentclass{article}", "-")
    assert not recognises(b"text", "a.txt")


def test_several_marks_before_their_notes() -> None:
    manuscript = read_latex(
        r"a\footnote{x} b\footnotemark{} c\footnotemark\addtocounter{footnote}{-1}\footnotetext{y}"
        r"\stepcounter{footnote}\footnotetext{z} d\footnote{e}"
    )
    assert labels(manuscript) == [(1, "1"), (1, "2"), (1, "3"), (1, "4")]
    assert [one.label for one in manuscript.markers] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("cited", [r"\textcite[12]{a}", r"\parencites(see)[12]{a}[13]{b}", r"\cite[12][]{a}"])
def test_the_pages_of_a_citation_call_no_note(cited: str) -> None:
    assert read_latex(f"As {cited} says.").markers == ()
