"""Files that mean harm: refused at once, with a reason, whatever the format."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from citecheck.errors import ManuscriptError
from citecheck.readers import read_bytes
from citecheck.readers.limits import MAX_MARKS
from citecheck.readers.zipped import MAX_MEMBERS, ZippedParts

from .word_files import WORD, paragraph, text, word_file, zipped


def refusal(data: bytes, name: str = "thesis.docx") -> str:
    """Return why a file is refused."""
    with pytest.raises(ManuscriptError) as refused:
        read_bytes(data, name)
    assert refused.value.remedy
    return refused.value.trouble


def test_a_zip_bomb() -> None:
    bomb = b"<w:p/>" * (65 * 2**20 // 6)
    assert "unpacks to 64 MB of text in its part word/document.xml" in refusal(
        word_file("", others={"word/document.xml": bomb})
    )


def test_a_part_that_is_packed_too_well() -> None:
    assert "more than 200 times its size" in refusal(
        word_file("", others={"word/document.xml": b"a" * 2**21})
    )


def test_a_size_that_lies() -> None:
    data = bytearray(zipped({"word/document.xml": b"x" * 5000}))
    # The size after unpacking, in the directory at the end of the file.
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    assert "cannot be unpacked" in refusal(bytes(data))


def test_too_many_parts() -> None:
    assert f"more than {MAX_MEMBERS:,} parts" in refusal(
        zipped({f"word/{number}": b"" for number in range(MAX_MEMBERS + 1)})
    )


def test_two_parts_of_one_name() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        parts.writestr("word/document.xml", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            parts.writestr("word/document.xml", "b")
    assert "two parts of the same name" in refusal(written.getvalue())


def test_an_encrypted_part() -> None:
    data = bytearray(zipped({"word/document.xml": b"x"}))
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + flags] |= 1
    assert "protected by a password" in refusal(bytes(data))


def test_an_unusual_compression() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_LZMA) as parts:
        parts.writestr("word/document.xml", "a")
    assert "compressed in a way" in refusal(written.getvalue())


def test_paths_inside_the_file_lead_nowhere() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Type="{kinds}/officeDocument" Target="../../../../etc/passwd"/></Relationships>'
    )
    data = word_file("", others={"_rels/.rels": relations.encode(), "../evil": b"x", "/etc/evil": b"x"})
    assert "its part etc/passwd is missing" in refusal(data)


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>', "declares"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd">', "declares a document type"),
    ],
)
def test_document_types_in_office_files(start: str, says: str) -> None:
    document = f'{start}<w:document xmlns:w="{WORD}"/>'
    assert says in refusal(word_file("", others={"word/document.xml": document.encode()}))


def test_200_000_nested_elements() -> None:
    assert "nested more than 500 deep" in refusal(word_file("<w:p>" * 200_000))


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("a.docx", paragraph(text("a&amp;"))), ("a.jats", "&amp;"), ("a.html", "<p>"), ("a.md", "*"),
        ("a.tex", "~"), ("a.typ", "#"),
    ],
)  # fmt: skip
def test_markup_without_end(name: str, unit: str) -> None:
    words = unit * (MAX_MARKS + 1)
    data = word_file(words, others={"noise": bytes(10)}) if name == "a.docx" else words.encode()
    # What is packed too well is refused before anything is counted.
    assert any(reason in refusal(data, name) for reason in ("400,000 pieces", "200 times"))


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-30], lambda data: data[:100], lambda data: b"PK" + data[:50]]
)
def test_damaged_files(damage: Callable[[bytes], bytes]) -> None:
    assert "damaged" in refusal(damage(word_file(paragraph(text("a")))))


def test_parts_are_counted_together() -> None:
    parts = ZippedParts(zipped({str(number): bytes(1000) * number for number in range(3)}), "x.docx")
    assert parts.names == ("0", "1", "2")
    assert len(parts.read("2")) == 2000
    with pytest.raises(ManuscriptError, match="its part 9 is missing"):
        parts.read("9")
