"""Notes that WordPress writes where they are called."""

import pytest

from citecheck.readers import read_bytes

NOTES = [("1", "Lankov, *Crisis*, 45."), ("2", "Suh, *Kim Il Sung*, 12.")]
RENDERED = (
    '<sup class="modern-footnotes-footnote" data-mfn="{0}"><a href="javascript:void(0)">{0}</a></sup>'
    '<span class="modern-footnotes-footnote__note" data-mfn="{0}">{1}</span>'
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "So it was.[mfn]Lankov, *Crisis*, 45.[/mfn] And so on.\n\nMore[mfn]Suh, *Kim Il Sung*, 12.[/mfn].\n",
            "a.md",
        ),
        (
            "<p>So it was.[efn_note]Lankov, <em>Crisis</em>, 45.[/efn_note] And so on.</p>"
            "<p>More[efn_note]Suh, <em>Kim Il Sung</em>, 12.[/efn_note].</p>",
            "a.html",
        ),
        (
            f"<p>So it was.{RENDERED.format(1, 'Lankov, <em>Crisis</em>, 45.')} And so on.</p>"
            f"<p>More{RENDERED.format(2, 'Suh, <em>Kim Il Sung</em>, 12.')}.</p>",
            "a.html",
        ),
    ],
    ids=["markdown", "shortcode in html", "as it is printed"],
)
def test_notes_where_they_are_called(text: str, name: str) -> None:
    manuscript = read_bytes(text.encode(), name)
    assert [passage.text for passage in manuscript.body] == ["So it was. And so on.", "More."]
    assert [(note.label, note.passage.text) for note in manuscript.notes] == NOTES
    assert [marker.label for marker in manuscript.markers] == ["1", "2"]
    for note in manuscript.notes:
        words = note.passage.text.split(",")[0]
        assert text[slice(*note.passage.span(0, len(words)))] == words


def test_series_of_notes_that_latex_declares() -> None:
    text = (
        "\\documentclass{article}\n\\usepackage{bigfoot}\n\\DeclareNewFootnote[para]{Source}\n"
        "\\begin{document}\nSo it was.\\footnoteSource{Lankov, \\emph{Crisis}, 45.}\n\\end{document}\n"
    )
    manuscript = read_bytes(text.encode(), "a.tex")
    assert [passage.text for passage in manuscript.body] == ["So it was."]
    assert [note.passage.text for note in manuscript.notes] == ["Lankov, *Crisis*, 45."]
