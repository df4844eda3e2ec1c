"""What holds for any bytes at all: a manuscript that keeps the laws, or a ManuscriptError."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.errors import ManuscriptError
from citecheck.readers import all_readers

from .laws import check

SAMPLES = Path(__file__).parent.parent / "samples"
# PDF and pandoc hand the bytes to programs of others, which are not ours to test.
READERS = {
    reader.format: reader for reader in all_readers() if reader.format not in ("pdf", "pandoc", "plain")
}
FLAT = {"markdown": ".md", "latex": ".tex", "html": ".html", "jats": ".jats.xml", "typst": ".typ"}
ZIPPED = {"docx": "docx", "odt": "odt", "epub": "epub"}
# Pieces of markup, so that what hypothesis puts together means something.
PIECES = {
    "markdown": [
        "[^1]", "[^1]: ", "^[", "]", "*", "**", "_", "`", "``", "\n", "\n\n", "    ", "> ", "- ", "1. ",
        "|", "[", "(", ")", "<!--", "-->", "\\", "&amp;", "~~", "---\n", "```\n", "# ", "@a", "<em>",
        "</em>", "$",
    ],
    "latex": [
        "\\footnote{", "\\emph{", "{", "}", "[", "]", "\\autocite", "\\footcite", "%", "\n", "\n\n", "~",
        "--", "``", "''", "\\'", "\\begin{quote}", "\\end{quote}", "\\verb|", "|", "\\newcommand{\\a}[1]{",
        "#1", "\\a", "\\item", "\\begin{verbatim}", "\\end{verbatim}", "\\footnotemark", "\\footnotetext",
        "\\section", "\\\\", "$", "&",
    ],
    "html": [
        "<p>", "</p>", "<a href='#fn1' id='r1'>", "<a href='#r1'>", "</a>", "1", "<li id='fn1'>", "</li>",
        "<ol>", "</ol>", "<em>", "</em>", "<i>", "&amp;", "&", "<", ">", "'", "<!--", "-->", "<q>", "</q>",
        "<br>", "<td>", "<script>", "<aside epub:type='footnote' id='n'>", "</aside>",
        "<a epub:type=noteref href='#n'>",
    ],
    "jats": [
        "<article>", "</article>", "<p>", "</p>", "<fn id='a'>", "</fn>", "<xref ref-type='fn' rid='a'>",
        "</xref>", "1", "<italic>", "</italic>", "<label>", "</label>", "&amp;", "<list>", "<list-item>",
        "<title>", "</title>",
    ],
    "typst": [
        "#footnote[", "[", "]", "(", ")", "#emph[", "_", "*", '"', "'", "`", "//", "/*", "*/", "\n", "\n\n",
        "= ", "+ ", "#let a = ", "#let f(x) = footnote(x)", "#f", "@a", "<a>", "\\", "$", "#if x {", "}",
        "#quote[", "--", "~",
    ],
}  # fmt: skip


@pytest.mark.parametrize("format", sorted(FLAT))
@settings(max_examples=int(os.environ.get("CITECHECK_EXAMPLES", "150")))
@given(data=st.data())
def test_any_text(format: str, data: st.DataObject) -> None:
    words = st.text(st.characters(codec="utf-8"), max_size=6)
    pieces = data.draw(st.lists(st.one_of(st.sampled_from(PIECES[format]), words), max_size=40))
    keep_the_laws(format, "".join(pieces).encode(), f"/nowhere/a{FLAT[format]}")


@pytest.mark.parametrize("format", sorted(READERS))
@settings(max_examples=60)
@given(data=st.binary(max_size=200))
def test_any_bytes(format: str, data: bytes) -> None:
    keep_the_laws(format, data, "/nowhere/a")
    keep_the_laws(format, b"PK\x03\x04" + data, "/nowhere/a")


@pytest.mark.parametrize("format", sorted(ZIPPED))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_parts(format: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(SAMPLES / f"chapter.{ZIPPED[format]}") as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    name = data.draw(st.sampled_from(sorted(contents)))
    at = data.draw(st.integers(0, len(contents[name])))
    cut = data.draw(st.integers(0, 50))
    contents[name] = contents[name][:at] + data.draw(st.binary(max_size=8)) + contents[name][at + cut :]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        for part, content in contents.items():
            parts.writestr(part, content)
    keep_the_laws(format, written.getvalue(), "/nowhere/a")


def keep_the_laws(format: str, data: bytes, path: str) -> None:
    try:
        manuscript = READERS[format].read(data, path)
    except ManuscriptError:
        return
    check(manuscript, data)
