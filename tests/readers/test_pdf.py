"""PDF: what is small at the foot of a page is a note, as far as that can be told."""

import sys
from typing import Any

import pytest

from citecheck.errors import ManuscriptError
from citecheck.readers.pdf import read, recognises

from .laws import check


def pdf_file(*pages: list[tuple[int, int, str]]) -> bytes:
    """Return a PDF; each line of a page is its height, its type size and its words."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"BT /F1 {size} Tf 50 {height} Td ({words}) Tj ET\n" for height, size, words in lines)
        stream = shown.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


@pytest.fixture
def pdfium() -> Any:
    return pytest.importorskip("pypdfium2", reason="the extra citecheck[pdf] is not installed")


def test_footnotes_are_told_by_their_size(pdfium: Any) -> None:
    first = [
        (800, 12, "The mission reached Moscow in January.1 Its members were"),
        (780, 12, "received on the second day, and 3 of them stayed."),
        (100, 9, "1 RGANI, f. 5, op. 28, d. 486, ll. 12-17; Szalontai, Kim Il Sung in the Khru-"),
        (90, 9, "shchev Era, p. 3."),
        (80, 9, "2 Lankov, Crisis, 89; a note that goes on"),
        (40, 12, "14"),
    ]
    second = [
        (800, 12, "Another page of the text, long enough to be the body of it."),
        (100, 9, "over the page."),
        (90, 9, "3 Ibid., 91."),
    ]
    data = pdf_file(first, second)
    manuscript = read(data, "thesis.pdf")
    check(manuscript, data)
    assert [(one.label, one.label_source, one.passage.text) for one in manuscript.notes] == [
        (
            "1",
            "inferred",
            "RGANI, f. 5, op. 28, d. 486, ll. 12-17; Szalontai, Kim Il Sung in the Khrushchev Era, p. 3.",
        ),
        ("2", "inferred", "Lankov, Crisis, 89; a note that goes on over the page."),
        ("3", "inferred", "Ibid., 91."),
    ]
    assert "approximate" in manuscript.remarks[0]
    origin = manuscript.origin(manuscript.notes[2].label_span.start)
    assert origin is not None
    assert origin.part == "page 2"
    assert (origin.not_editable or "").startswith("a PDF cannot be corrected")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", pdf_file([])[:200]])
def test_damaged_files(pdfium: Any, data: bytes) -> None:
    with pytest.raises(ManuscriptError, match=r"damaged|is none"):
        read(data, "a.pdf")


def test_pictures_of_pages(pdfium: Any) -> None:
    with pytest.raises(ManuscriptError, match="only pictures of pages"):
        read(pdf_file([]), "a.pdf")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ManuscriptError, match=r"pip install pypdfium2"):
        read(b"%PDF-1.4", "a.pdf")


def test_recognises() -> None:
    assert recognises(b"%PDF-1.7", "a")
    assert not recognises(b"text", "a.txt")
