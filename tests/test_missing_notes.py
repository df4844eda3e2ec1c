"""NUM403 in every format that has notes of its own: the text calls a note that is not there."""

from pathlib import Path

import pytest

from citecheck import lint
from tests.readers.word_files import call, note, paragraph, text, word_file

_MARKDOWN = "Aid came at once.[^a] It was not enough.[^b]\n\n[^a]: Terrill, *Mao*, 295–296.\n"
_HTML = (
    '<p>Aid came at once.<sup><a href="#fn1">1</a></sup> It was not enough.<sup><a href="#fn2">2</a></sup> See '
    '<sup><a href="other.html#fn3">3</a></sup>.</p><ol><li id="fn1">Terrill, <i>Mao</i>, 295–296.</li></ol>'
)
_JATS = (
    '<article><body><p>Aid came at once.<xref ref-type="fn" rid="fn1">1</xref> It was not enough.'
    '<xref ref-type="fn" rid="fn2">2</xref></p></body><back><fn-group><fn id="fn1"><label>1</label><p>Terrill, '
    "<italic>Mao</italic>, 295–296.</p></fn></fn-group></back></article>"
)
_TYPST = (
    "Aid came at once.#footnote(<a>) It was not enough.#footnote(<b>) "
    "The harvest failed.#footnote[Terrill, _Mao_, 295–296.] <a>\n"
)
_LATEX = (
    "Aid came at once.\\footnote{Terrill, \\emph{Mao}, 295--296.} It was not enough.\\footnotemark The end.\n"
)


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("a.md", _MARKDOWN, "[^b]"),
        ("a.html", _HTML, "2"),
        ("a.jats", _JATS, "2"),
        ("a.typ", _TYPST, "<b>"),
        ("a.tex", _LATEX, "2"),
    ],
)
def test_a_note_that_is_called_and_not_there(tmp_path: Path, name: str, content: str, label: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (finding,) = lint(path, select=["NUM403"])
    assert finding.message == f"the text calls note {label}, which does not exist"
    assert not finding.manuscript.remarks


def test_a_word_file_that_has_lost_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = paragraph(text("Aid came at once."), call(1), text(" It was not enough."), call(7), call(2))
    path.write_bytes(word_file(body, note(1, text("Terrill, Mao, 295.")) + note(2, text("Ibid., 296."))))
    (finding,) = lint(path, select=["NUM403", "NUM405"])
    assert finding.message == "the text calls note 2, which does not exist"
    assert [note.label for note in finding.manuscript.notes] == ["1", "3"]
    assert [note.ordinal for note in finding.manuscript.notes] == [1, 2]


def test_one_call_is_enough_where_the_format_itself_has_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Aid came at once.[^1]\n", encoding="utf-8")
    (finding,) = lint(path, select=["NUM403"])
    assert finding.message == "the text calls a note, [^1], but this manuscript has none"


def test_a_note_that_is_never_called_is_checked_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "Aid came at once.[^kim] It was not enough.[^9]\n\n[^kim]: Suh, *Kim Il Sung*, 32.\n\n"
        "[^3]: Lankov, *Crisis in North Korea*, 44-33.\n\n[^9]: Ibid., 33.\n",
        encoding="utf-8",
    )
    assert [(finding.code, finding.line) for finding in lint(path)] == [("NUM404", 5), ("LOC101", 5)]


def test_messages_call_notes_by_the_label_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "Aid came at once.[^kim] It was not enough.[^3] The harvest failed.[^9]\n\n"
        "[^kim]: Suh, *Kim Il Sung*, 32. [^3]: none\n\n[^3]:\n\n[^9]: Ibid., 33.\n",
        encoding="utf-8",
    )
    messages = [finding.message for finding in lint(path)]
    assert "note [^3] is empty" in messages
