import re
import zipfile
from io import BytesIO

import pytest

from citecheck.fixing import FixError
from citecheck.manuscript import Manuscript
from citecheck.readers.odt import read
from citecheck.writers.odt import annotate, correct, strip
from tests.readers.test_odt import note, odt_file
from tests.readers.word_files import zipped
from tests.writers.made import each_word, finding, members, sample, texts

PART = "content.xml"
SAMPLES = ("thesis.odt", "lo/thesis.odt")


def checked(data: bytes) -> tuple[bytes, Manuscript]:
    return data, read(data, "thesis.odt")


def one_note(content: str) -> bytes:
    return odt_file(f"<text:p>A claim.{note('1', content)} The rest.</text:p>")


def content_of(data: bytes) -> str:
    return members(data)[PART].decode()


def before_comment(data: bytes, width: int) -> list[str]:
    """What stands right before each comment."""
    content = content_of(data)
    return [content[: found.start()][-width:] for found in re.finditer("<office:annotation ", content)]


def rejected(data: bytes) -> bytes:
    """The file after all changes of citecheck are rejected, as a word processor does it."""
    contents = members(data)
    content = contents[PART].decode()
    inserted = r'<text:change-start[^>]*"(citecheck-\d+)"/>.*?<text:change-end[^>]*"\1"/>'
    content = re.sub(inserted, "", content, flags=re.DOTALL)
    kept = r'<text:changed-region [^>]*text:id="(citecheck-\d+)"><text:deletion>.*?</office:change-info>(.*?)</text:deletion>'
    for name, words in re.findall(kept, content, re.DOTALL):
        bare = re.sub(r"</?text:(?:p|span)\b[^>]*>", "", words)
        content = re.sub(f'<text:change [^>]*"{name}"/>', lambda _, bare=bare: bare, content)
    contents[PART] = content.encode()
    return zipped(contents)


# Comments.


def test_a_comment_stands_after_the_note() -> None:
    data, manuscript = checked(one_note("Ibid., 39–34."))
    annotated = annotate(
        data, manuscript, [finding(manuscript, "39–34", label="ends at 34", help="check & <look>")]
    )
    assert before_comment(annotated, 12) == ["</text:note>"]
    for words in ("TST101 something is wrong", "“39–34”: ends at 34", "help: check &amp; &lt;look&gt;"):
        assert f"<text:p>{words}</text:p>" in content_of(annotated)
    assert "<dc:creator>citecheck</dc:creator>" in content_of(annotated)
    assert texts(read(annotated, "")) == texts(manuscript)
    assert members(strip(annotated)) == members(data)


@pytest.mark.parametrize(
    ("body", "words", "after"),
    [
        ("<text:p>Words in the text.</text:p>", "in the", "in the"),
        ("<text:p>A <text:span>few words</text:span></text:p>", "words", "words"),
        ("<text:p>Kew &amp; London</text:p>", "Kew &", "Kew &amp;"),
        ("<text:p>See <text:note-ref>14</text:note-ref>.</text:p>", "14", "14</text:note-ref>"),
        (
            "<text:p><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame> Not</text:p>",
            "Boxed",
            "</draw:frame>",
        ),
        (
            f"<table:table><table:table-row><table:table-cell><text:p>Cell.{note('1', 'Ibid.')}</text:p>"
            "</table:table-cell></table:table-row></table:table>",
            "Ibid",
            "</text:note>",
        ),
    ],
)
def test_where_a_comment_goes(body: str, words: str, after: str) -> None:
    data, manuscript = checked(odt_file(body))
    annotated = annotate(data, manuscript, [finding(manuscript, words)])
    assert before_comment(annotated, len(after)) == [after]
    assert texts(read(annotated, "")) == texts(manuscript)
    assert members(strip(annotated)) == members(data)


def test_comments_that_are_there_are_kept() -> None:
    theirs = "<office:annotation><text:p>Why?</text:p></office:annotation>"
    data, manuscript = checked(odt_file(f"<text:p>Claim{theirs}{note('1', 'Ibid.')}</text:p>"))
    annotated = annotate(data, manuscript, [finding(manuscript, "Ibid"), finding(manuscript, "Claim")])
    assert content_of(annotated).count("</office:annotation>") == 3
    assert members(strip(annotated)) == members(data)


def test_the_type_comes_first_and_uncompressed() -> None:
    contents = members(one_note("Ibid."))
    data, manuscript = checked(zipped({PART: contents[PART], "mimetype": contents["mimetype"]}))
    with zipfile.ZipFile(BytesIO(annotate(data, manuscript, [finding(manuscript, "Ibid")]))) as file:
        first = file.infolist()[0]
    assert (first.filename, first.compress_type, first.header_offset) == ("mimetype", zipfile.ZIP_STORED, 0)


def test_another_file_is_not_written_to() -> None:
    _, manuscript = checked(one_note("Ibid., 39–34."))
    other, _ = checked(one_note("See Bayly, p. 1."))
    with pytest.raises(FixError, match="has changed since it was checked"):
        annotate(other, manuscript, [finding(manuscript, "39–34")])


# Tracked changes.


def test_a_change_is_tracked_in_the_formatting_of_its_words() -> None:
    meta = b'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:date>2026-01-02T10:00:00.5</dc:date></m>'
    words = note("1", 'See <text:span text:style-name="T1">Empier</text:span>.')
    body = f"<text:p>A.{words}</text:p>"
    data, manuscript = checked(odt_file(body, others={"meta.xml": meta}))
    corrected, fixed = correct(data, manuscript, [finding(manuscript, "Empier", "Empire")], unsafe=False)
    content = content_of(corrected)
    assert 'text:track-changes="false"' in content
    assert "<dc:date>2026-01-02T10:00:00</dc:date>" in content
    assert "<text:deletion><office:change-info>" in content
    assert '<text:p><text:span text:style-name="T1">er</text:span></text:p></text:deletion>' in content
    assert re.search(
        r">Empi<text:change [^>]*/><text:change-start [^>]*/>re<text:change-end [^>]*/></text:span>", content
    )
    assert read(corrected, "").text == fixed.text


@pytest.mark.parametrize(
    ("content", "words", "new"),
    [
        ("pp. 1-2.", "1-2", "1–2"),
        (
            'Bayly, <text:span text:style-name="T1">Empire</text:span>, p. 4',
            "Bayly, *Empire*, p. 4",
            "Ibid., p. 4",
        ),
        ('<text:span text:style-name="T1">Ibid</text:span> 4', "*Ibid* 4", "*Ibid*, 4"),
        ("Kew &amp; London", "Kew & London", "Kew and London"),
        ("one, two and three", "one, two and", "1, 2,  and a half and"),
        ("ends here", "here", "here."),
        ('<text:bookmark text:name="x"/>one <text:soft-page-break/>two', "one two", "three"),
    ],
)
def test_fixes_accepted_and_rejected(content: str, words: str, new: str) -> None:
    data, manuscript = checked(one_note(content))
    corrected, fixed = correct(data, manuscript, [finding(manuscript, words, new)], unsafe=False)
    assert not fixed.refused
    assert read(corrected, "").text == fixed.text
    assert read(rejected(corrected), "").text == manuscript.text


def test_changes_are_added_to_those_that_are_tracked() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:insertion/></text:changed-region>'
        "</text:tracked-changes>"
    )
    data, manuscript = checked(odt_file(f"{tracked}<text:p>A.{note('1', 'pp. 1-2.')}</text:p>"))
    corrected, fixed = correct(data, manuscript, [finding(manuscript, "1-2", "1–2")], unsafe=False)
    assert content_of(corrected).count("<text:tracked-changes") == 1
    assert content_of(corrected).count("<text:changed-region") == 3
    assert read(corrected, "").text == fixed.text


@pytest.mark.parametrize(
    ("content", "words", "new", "reason"),
    [
        ("<text:note-ref>14</text:note-ref>", "14", "15", "field that LibreOffice fills in"),
        (
            '<text:reference-mark-start text:name="ZOTERO_ITEM 1"/>Bayly 1-2'
            '<text:reference-mark-end text:name="ZOTERO_ITEM 1"/>',
            "1-2",
            "1–2",
            "correct it in Zotero",
        ),
        ("see <text:a>doi</text:a>", "see doi", "look", "a link begins"),
        ("a<text:tab/>b", "a b", "c", "a tab, a line break"),
        ('a<text:change text:change-id="ct9"/>b', "ab", "c", "tracked change"),
        ("one two", " ", "\n\n", "part or join paragraphs"),
        ('<text:span text:style-name="T1">Empire</text:span> of', "pire* of", "xy", "italics begin or end"),
    ],
)
def test_what_is_left_and_why(content: str, words: str, new: str, reason: str) -> None:
    data, manuscript = checked(one_note(content))
    corrected, fixed = correct(data, manuscript, [finding(manuscript, words, new)], unsafe=False)
    assert corrected == data
    [(_, said)] = fixed.refused
    assert reason in said


# The samples.


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_annotated_and_stripped(name: str) -> None:
    data, manuscript = checked(sample(name))
    found = each_word(manuscript, r"\d+", "")[:2000]
    annotated = annotate(data, manuscript, found)
    assert content_of(annotated).count("</office:annotation>") == len(found)
    assert read(annotated, "").text == manuscript.text
    assert texts(read(annotated, "")) == texts(manuscript)
    before, after = members(data), members(annotated)
    assert {part for part in after if after[part] != before[part]} == {PART}
    assert members(strip(annotated)) == before


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("pattern", "new"), [(r"(\d)[-–](\d)", r"\1 to \2"), (r"\b\w+\b", "“word”")])
def test_samples_corrected(name: str, pattern: str, new: str) -> None:
    data, manuscript = checked(sample(name))
    corrected, fixed = correct(data, manuscript, each_word(manuscript, pattern, new)[:600], unsafe=False)
    assert fixed.applied
    assert read(corrected, "").text == fixed.text
    assert read(rejected(corrected), "").text == manuscript.text
