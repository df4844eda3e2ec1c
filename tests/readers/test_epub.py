"""Electronic books: pages in the order of the spine, ids that repeat, positions to the byte."""

import pytest

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.epub import read, recognises

from .laws import check
from .word_files import zipped

_CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
_DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'


def epub_file(
    pages: dict[str, str], order: list[str] | None = None, others: dict[str, bytes] | None = None
) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or list(pages))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}'
        '<item id="css" href="a.css" media-type="text/css"/>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    contents = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": package.encode(),
    }
    contents |= {
        f"OPS/{name}": f"{_DOCTYPE}<html><head><title/></head><body>{page}</body></html>".encode()
        for name, page in pages.items()
    }
    contents |= {
        "OPS/nav.xhtml": b"<html><body><p>Contents</p></body></html>",
        "OPS/a.css": b".t{font-style:italic}",
    }
    return zipped(contents | (others or {}))


def read_epub(
    pages: dict[str, str], order: list[str] | None = None, others: dict[str, bytes] | None = None
) -> Manuscript:
    data = epub_file(pages, order, others)
    manuscript = read(data, "book.epub")
    check(manuscript, data)
    return manuscript


def page(words: str, note: str, notes_page: str = "") -> str:
    body = f'<p>{words}<a id="r1" href="{notes_page}#fn1">1</a></p>'
    return body + f'<p id="fn1"><a href="#r1">1</a> {note}</p>' if note else body


def test_ids_repeat_and_numbers_start_again_on_each_page() -> None:
    manuscript = read_epub(
        {"b.xhtml": page("Zwei", "Ü&nbsp;b"), "a.xhtml": page("Eins", "a &#8211; c")}, ["a.xhtml", "b.xhtml"]
    )
    assert [one.text for one in manuscript.body] == ["Eins", "Zwei"]
    assert [(one.section, one.ordinal, one.label, one.passage.text) for one in manuscript.notes] == [
        (1, 1, "1", "a – c"),
        (2, 2, "1", "Ü\u00a0b"),
    ]
    assert manuscript.text == "Eins[1]\nZwei[1]\n1. a – c\n1. Ü\u00a0b\n"


def test_notes_on_a_page_of_their_own() -> None:
    pages = {
        "c.xhtml": page("Text", "", "notes%201.xhtml"),
        "notes 1.xhtml": '<ol><li id="fn1">Note.</li></ol>',
    }
    assert [one.passage.text for one in read_epub(pages).notes] == ["Note."]


def test_places_lead_to_the_bytes_of_the_page() -> None:
    manuscript = read_epub({"a.xhtml": page("Łódź <span class='t'>Ż</span>", "Ćwik, p. 5")})
    assert manuscript.body[0].text == "Łódź *Ż*"
    start = manuscript.notes[0].passage.span(0, 4).start
    origin = manuscript.origin(start)
    assert origin is not None
    assert (origin.part, origin.literal, origin.note) == ("OPS/a.xhtml", True, "1")


def test_what_is_refused() -> None:
    with pytest.raises(ManuscriptError, match="declares entities"):
        read_epub({"a.xhtml": '<!ENTITY a "b">'})
    with pytest.raises(ManuscriptError, match="protected against copying"):
        read_epub(
            {"a.xhtml": "x"}, others={"META-INF/encryption.xml": b'<CipherReference URI="OPS/a.xhtml"/>'}
        )
    with pytest.raises(ManuscriptError, match="no pages"):
        read_epub({})
    with pytest.raises(ManuscriptError, match=r"container\.xml is missing"):
        read(zipped({"mimetype": b"application/epub+zip"}), "a.epub")


def test_fonts_may_be_encrypted() -> None:
    assert read_epub(
        {"a.xhtml": "<p>x</p>"}, others={"META-INF/encryption.xml": b'<CipherReference URI="OPS/f.otf"/>'}
    ).body


def test_recognises() -> None:
    assert recognises(epub_file({}), "anything")
    assert not recognises(b"PK", "a.docx")
