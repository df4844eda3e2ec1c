import io
import re

import attrs
import pytest

from citecheck.findings import Related
from citecheck.fixing import FixError
from citecheck.manuscript import Manuscript, Span
from citecheck.readers.docx import read
from citecheck.writers.docx import annotate, correct, strip
from tests.readers.word_files import STRICT, call, complex_field, note, paragraph, text, word_file, zipped
from tests.writers.made import each_word, finding, members, sample, texts

BODY, NOTES, COMMENTS = "word/document.xml", "word/footnotes.xml", "word/comments.xml"
WORD_SAMPLES = ("thesis.docx", "lo/thesis.docx", "nasty.docx")


def checked(data: bytes) -> tuple[bytes, Manuscript]:
    return data, read(data, "thesis.docx")


def one_note(*content: str) -> bytes:
    return word_file(paragraph(text("A claim."), call(7), text(" The rest.")), note(7, *content))


def comments_in(data: bytes) -> list[str]:
    comments = re.findall(r"<w:comment .*?</w:comment>", members(data)[COMMENTS].decode(), re.DOTALL)
    return ["|".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", comment)) for comment in comments]


def anchored(data: bytes) -> list[str]:
    """What stands in the body between the two ends of each comment, by number."""
    body = members(data)[BODY].decode()
    numbers = re.findall(r'<w:commentReference w:id="(\d+)"/>', body)
    between = r'<w:commentRangeStart[^>]* w:id="{0}"/>(.*?)<w:commentRangeEnd[^>]* w:id="{0}"/>'
    return [re.search(between.format(number), body, re.DOTALL)[1] for number in numbers]  # type: ignore[index]


def rejected(data: bytes) -> bytes:
    """The file after all changes of citecheck are rejected, as a word processor does it."""
    contents = members(data)
    for name in (BODY, NOTES, "word/endnotes.xml"):
        content = contents.get(name, b"")
        content = re.sub(rb'<w:ins [^>]*w:author="citecheck">.*?</w:ins>', b"", content, flags=re.DOTALL)
        deleted = rb'<w:del [^>]*w:author="citecheck">(.*?)</w:del>'
        content = re.sub(deleted, lambda found: found[1].replace(b"delText", b"t"), content, flags=re.DOTALL)
        if name in contents:
            contents[name] = content
    return zipped(contents)


# Comments.


def test_a_comment_goes_around_the_mark_of_the_note() -> None:
    data, manuscript = checked(one_note(text("Ibid., 39–34.")))
    related = (Related(manuscript, manuscript.notes[0].passage.span(0, 4), "cited before"),)
    found = finding(manuscript, "39–34", label="ends at page 34", related=related, help="check & <compare>")
    annotated = annotate(data, manuscript, [found])
    assert anchored(annotated) == [call(7)]
    assert comments_in(annotated) == [
        "TST101 something is wrong|“39–34”: ends at page 34|note 1: cited before|help: check &amp; &lt;compare&gt;"
    ]
    assert 'w:author="citecheck"' in members(annotated)[COMMENTS].decode()


def test_only_what_must_change_changes_and_the_notes_do_not() -> None:
    data, manuscript = checked(one_note(text("Ibid.")))
    before, after = members(data), members(annotate(data, manuscript, [finding(manuscript, "Ibid")]))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {BODY, COMMENTS, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert after[NOTES] == before[NOTES]


def test_each_finding_on_a_note_has_a_comment_of_its_own() -> None:
    data, manuscript = checked(one_note(text("Ibid., 4.")))
    annotated = annotate(data, manuscript, [finding(manuscript, "Ibid"), finding(manuscript, "4")])
    assert len(comments_in(annotated)) == 2
    assert len(set(re.findall(r'<w:comment w:id="(\d+)"', members(annotated)[COMMENTS].decode()))) == 2
    assert members(strip(annotated)) == members(data)


def test_numbers_are_above_those_of_all_parts() -> None:
    inserted = '<w:ins w:id="812" w:author="S"><w:r><w:t>new</w:t></w:r></w:ins>'
    data, manuscript = checked(one_note(text("Ibid. "), inserted))
    annotated = annotate(data, manuscript, [finding(manuscript, "Ibid")])
    assert b'<w:comment w:id="813"' in members(annotated)[COMMENTS]


EXISTING = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:comments>',
    '<w:comment w:id="3" w:author="Supervisor"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>',
)


@pytest.mark.parametrize(
    "comments", [EXISTING[0].format(EXISTING[1]), EXISTING[0].format("").replace("></w:comments>", " />")]
)
def test_comments_that_are_there_are_kept(comments: str) -> None:
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        ' Target="comments.xml"/></Relationships>'
    )
    others = {COMMENTS: comments.encode(), "word/_rels/document.xml.rels": relationships.encode()}
    body = paragraph(text("A claim."), call(7))
    data, manuscript = checked(word_file(body, note(7, text("Ibid.")), others=others))
    annotated = annotate(data, manuscript, [finding(manuscript, "Ibid")])
    after = members(annotated)
    changed = {name for name in after if after[name] != members(data).get(name)}
    assert changed == {BODY, COMMENTS}
    assert after[COMMENTS].count(b"<w:comment ") == comments.count("<w:comment ") + 1
    assert members(strip(annotated)) == members(data)


@pytest.mark.parametrize(
    ("body", "words", "around"),
    [
        (paragraph(text("Words "), text("in the text.")), "in the", text("in the text.")),
        (f"<w:tbl><w:tr><w:tc>{paragraph(text('Cell.'), call(7))}</w:tc></w:tr></w:tbl>", "Ibid", call(7)),
        (
            paragraph(text("A "), complex_field(" ADDIN ZOTERO_ITEM ", text("(Bayly 33)"))),
            "Bayly",
            complex_field(" ADDIN ZOTERO_ITEM ", text("(Bayly 33)")),
        ),
        (
            paragraph(f'<w:hyperlink w:anchor="x">{text("doi.org")}</w:hyperlink>'),
            "doi",
            f'<w:hyperlink w:anchor="x">{text("doi.org")}</w:hyperlink>',
        ),
        (
            paragraph(f"<w:sdt><w:sdtContent>{text('kept')}</w:sdtContent></w:sdt>"),
            "kept",
            f"<w:sdt><w:sdtContent>{text('kept')}</w:sdtContent></w:sdt>",
        ),
        (
            paragraph(
                f"<w:r><w:pict><w:txbxContent>{paragraph(text('Boxed'))}</w:txbxContent></w:pict></w:r>"
            ),
            "Boxed",
            f"<w:r><w:pict><w:txbxContent>{paragraph(text('Boxed'))}</w:txbxContent></w:pict></w:r>",
        ),
        (
            paragraph('<w:ins w:id="5" w:author="S">', call(7), text("!"), "</w:ins>"),
            "Ibid",
            call(7),
        ),
    ],
)
def test_where_a_comment_goes(body: str, words: str, around: str) -> None:
    data, manuscript = checked(word_file(body + paragraph(text("End."), call(7)), note(7, text("Ibid."))))
    annotated = annotate(data, manuscript, [finding(manuscript, words)])
    assert anchored(annotated) == [around]
    assert members(strip(annotated)) == members(data)
    assert texts(read(annotated, "thesis.docx")) == texts(manuscript)


@pytest.mark.parametrize("word", ["w", "x"])
def test_any_prefix_and_the_strict_namespace(word: str) -> None:
    data = word_file(paragraph(text("A."), call(7)), note(7, text("Ibid., 1-2.")), word=STRICT)
    contents = members(data)
    for part in (BODY, NOTES):
        contents[part] = (
            contents[part].replace(b"w:", b"%s:" % word.encode()).replace(b":w=", b":%s=" % word.encode())
        )
    data, manuscript = checked(zipped(contents))
    annotated = annotate(data, manuscript, [finding(manuscript, "Ibid")])
    assert STRICT.encode() in members(annotated)[COMMENTS]
    assert members(strip(annotated)) == members(data)
    corrected, fixed = correct(data, manuscript, [finding(manuscript, "1-2", "1–2")], unsafe=False)
    assert read(corrected, "").text == fixed.text
    assert read(corrected, "").notes[0].passage.text == "Ibid., 1–2."


def test_nothing_to_say_leaves_the_file_as_it_is() -> None:
    data, manuscript = checked(one_note(text("Ibid.")))
    assert annotate(data, manuscript, []) == data
    assert strip(data) == data
    assert correct(data, manuscript, [], unsafe=True)[0] == data


def test_another_file_is_not_written_to() -> None:
    _, manuscript = checked(one_note(text("Ibid., 39–34.")))
    other, _ = checked(one_note(text("See Bayly, p. 1.")))
    found = finding(manuscript, "39–34", "34–39")
    with pytest.raises(FixError, match="has changed since it was checked"):
        annotate(other, manuscript, [found])
    with pytest.raises(FixError, match="has changed since it was checked"):
        correct(other, manuscript, [found], unsafe=True)


def test_the_same_comes_out_each_time() -> None:
    data, manuscript = checked(one_note(text("Ibid., 1-2.")))
    found = [finding(manuscript, "1-2", "1–2")]
    assert annotate(data, manuscript, found) == annotate(data, manuscript, found)
    assert correct(data, manuscript, found, unsafe=False) == correct(data, manuscript, found, unsafe=False)


# Tracked changes.


def corrected_note(data: bytes, manuscript: Manuscript, words: str, new: str) -> str:
    """The markup of the notes after one fix; reading it again must give the fixed text, and the old one if rejected."""
    corrected, fixed = correct(data, manuscript, [finding(manuscript, words, new)], unsafe=False)
    assert not fixed.refused
    assert read(corrected, "").text == fixed.text
    assert read(rejected(corrected), "").text == manuscript.text
    before, after = members(data), members(corrected)
    assert {name for name in after if after[name] != before[name]} <= {NOTES, BODY}
    return after[NOTES].decode()


def test_a_run_is_split_and_keeps_its_formatting() -> None:
    data, manuscript = checked(one_note(text("Kew, FO 371-24420, 4.", '<w:sz w:val="18"/>')))
    format, said = '<w:rPr><w:sz w:val="18"/></w:rPr>', ' xml:space="preserve"'
    assert (
        f"<w:r>{format}<w:t{said}>Kew, FO 371</w:t></w:r>"
        f'<w:del w:id="8" w:author="citecheck"><w:r>{format}<w:delText{said}>-</w:delText></w:r></w:del>'
        f'<w:ins w:id="9" w:author="citecheck"><w:r>{format}<w:t{said}>/</w:t></w:r></w:ins>'
        f"<w:r>{format}<w:t{said}>24420, 4.</w:t></w:r>"
    ) in corrected_note(data, manuscript, "371-24420", "371/24420")


@pytest.mark.parametrize(
    ("content", "words", "new"),
    [
        # LibreOffice writes the tab after the number into the run of the text.
        ("<w:r><w:tab/><w:t>Bayly, pp. 1-2</w:t><w:tab/><w:t>and 5-6.</w:t></w:r>", "5-6", "5–6"),
        ("<w:r><w:tab/><w:t>Bayly, pp. 1-2</w:t><w:tab/><w:t>and 5-6.</w:t></w:r>", "1-2", "1–2"),
        # Words in several runs, as Word writes them after spelling was checked.
        (text("Iib") + '<w:proofErr w:type="spellEnd"/>' + text("d") + text("., 4"), "Iibd., 4", "Ibid., 4"),
        (text("Bayly, ") + text("Empire", "<w:i/>") + text(", p. 4"), "Bayly, *Empire*, p. 4", "Ibid., p. 4"),
        (text("Bayly, ") + text("Empires", "<w:i/>") + text(", p. 4"), "*Empires*", "*Empire*"),
        (text("Ibid", "<w:i/>") + text(" 4"), "*Ibid* 4", "*Ibid*, 4"),
        (text("Kew &amp; London  1915"), "  ", " "),
        (text("Kew &amp; London"), "Kew & London", "Kew and London"),
        (text("No stop at the end"), "end", "end."),
        (text("Kew &amp; London"), "& London", "&, London"),
        (text("A &lt;b&gt; c"), "<b>", "<d>"),
        (text("ibid., 4"), "ibid", "Ibid"),
        ("<w:r><w:t>  Bayly,p. 4  </w:t></w:r>" + text("end"), ",p.", ", p."),
        ("<w:r><w:t>one</w:t><w:lastRenderedPageBreak/><w:t>two</w:t></w:r>", "onetwo", "three"),
        (f'<w:hyperlink w:anchor="x">{text("pp. 1-2")}</w:hyperlink>', "1-2", "1–2"),
        (
            text("After a field: ") + complex_field("NOTEREF", text("14")) + text(" above"),
            " above",
            ", above",
        ),
    ],
)
def test_fixes_accepted_and_rejected(content: str, words: str, new: str) -> None:
    data, manuscript = checked(one_note(content))
    corrected_note(data, manuscript, words, new)


def test_several_fixes_in_one_run_and_in_the_body() -> None:
    data, manuscript = checked(one_note(text("pp. 1-2, 3-4, 5-6.")))
    found = [*each_word(manuscript, r"(\d)-(\d)", r"\1–\2"), finding(manuscript, "A claim", "The claim")]
    corrected, fixed = correct(data, manuscript, found, unsafe=False)
    assert len(fixed.applied) == 4
    assert read(corrected, "").text == fixed.text
    assert "The claim." in fixed.text
    assert "1–2, 3–4, 5–6" in fixed.text
    assert read(rejected(corrected), "").text == manuscript.text


IN_BOX = f"<w:r><w:pict><w:txbxContent>{paragraph(text('boxed 1-2'))}</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("content", "words", "new", "reason"),
    [
        (complex_field(" ADDIN ZOTERO_ITEM ", text("Bayly, 1-2")), "1-2", "1–2", "correct it in Zotero"),
        (complex_field(" ADDIN EN.CITE ", text("Bayly, 1-2")), "1-2", "1–2", "correct it in EndNote"),
        (complex_field("NOTEREF", text("1-2")), "1-2", "1–2", "field that Word fills in"),
        (f"<w:sdt><w:sdtContent>{text('1-2')}</w:sdtContent></w:sdt>", "1-2", "1–2", "content control"),
        (f'<w:ins w:id="5" w:author="S">{text("1-2")}</w:ins>', "1-2", "1–2", "tracked change"),
        (
            text("1")
            + '<w:del w:id="5" w:author="S"><w:r><w:delText>9</w:delText></w:r></w:del>'
            + text("2"),
            "12",
            "3",
            "tracked change",
        ),
        (
            text("see ") + f'<w:hyperlink w:anchor="x">{text("doi")}</w:hyperlink>',
            "see doi",
            "look",
            "a link begins",
        ),
        (text("Empire", "<w:i/>") + text(" of"), "pire* of", "xy", "italics begin or end"),
        (text("Empire of"), "Empire", "*Empire*", "italics begin or end"),
        ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", "one two", "three", "a tab, a line break"),
        (text("one") + "<w:r><w:noBreakHyphen/></w:r>" + text("two"), "‑", "–", "a tab, a line break"),
        (text("one") + text("hid", "<w:vanish/>") + text("two"), "onetwo", "three", "hidden text"),
        (text("one two"), " ", "\n\n", "part or join paragraphs"),
        (text("ab", '<w:rPrChange w:id="4"><w:rPr/></w:rPrChange>'), "ab", "xy", "tracked change"),
        (IN_BOX, "1-2", "1–2", "text box"),
    ],
)
def test_what_is_left_and_why(content: str, words: str, new: str, reason: str) -> None:
    data, manuscript = checked(one_note(content))
    corrected, fixed = correct(data, manuscript, [finding(manuscript, words, new)], unsafe=False)
    assert corrected == data
    assert fixed.text == manuscript.text
    assert not fixed.applied
    [(_, said)] = fixed.refused
    assert reason in said


def test_of_two_fixes_of_the_same_words_the_first_is_made() -> None:
    data, manuscript = checked(one_note(text("pp. 1-2.")))
    found = [finding(manuscript, "1-2", "1–2"), finding(manuscript, "2.", "3.")]
    _, fixed = correct(data, manuscript, found, unsafe=False)
    assert fixed.applied == (found[0],)
    assert [left for left, _ in fixed.refused] == [found[1]]


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    data, manuscript = checked(one_note(text("pp. 1-2.")))
    found = [finding(manuscript, "1-2", "2–1", safe=False)]
    assert correct(data, manuscript, found, unsafe=False)[0] == data
    assert len(correct(data, manuscript, found, unsafe=True)[1].applied) == 1


# The samples.


@pytest.mark.parametrize("name", WORD_SAMPLES)
def test_samples_annotated_and_stripped(name: str) -> None:
    data, manuscript = checked(sample(name))
    found = each_word(manuscript, r"\d+", "")[:2000]
    annotated = annotate(data, manuscript, found)
    assert len(comments_in(annotated)) == len(found)
    assert texts(read(annotated, "")) == texts(manuscript)
    assert read(annotated, "").text == manuscript.text
    assert members(annotated)[NOTES] == members(data)[NOTES]
    stripped = strip(annotated)
    assert members(stripped) == members(data)
    assert list(members(stripped)) == list(members(data))


@pytest.mark.parametrize("name", WORD_SAMPLES)
@pytest.mark.parametrize(
    ("pattern", "new"), [(r"(\d)[-–](\d)", r"\1 to \2"), (r"\b\w+\b", "“word”"), (r"[.,]", "")]
)
def test_samples_corrected(name: str, pattern: str, new: str) -> None:
    data, manuscript = checked(sample(name))
    corrected, fixed = correct(data, manuscript, each_word(manuscript, pattern, new)[:5000], unsafe=False)
    assert fixed.applied or name == "nasty.docx"
    assert read(corrected, "").text == fixed.text
    assert read(rejected(corrected), "").text == manuscript.text
    assert {reason for _, reason in fixed.refused}.isdisjoint({""})


def test_a_sample_opens_in_python_docx() -> None:
    docx = pytest.importorskip("docx")
    data, manuscript = checked(sample("lo/thesis.docx"))
    annotated = annotate(data, manuscript, each_word(manuscript, r"\d+", "")[:50])
    comments = list(docx.Document(io.BytesIO(annotated)).comments)
    assert [comment.author for comment in comments] == ["citecheck"] * 50


def test_words_at_the_beginning_stand_for_what_has_no_place() -> None:
    data, manuscript = checked(word_file(paragraph(text("A claim.")), ""))
    found = finding(manuscript, "A claim")
    nowhere = Span(len(manuscript.text), len(manuscript.text))
    assert anchored(annotate(data, manuscript, [found])) == [text("A claim.")]
    lost = attrs.evolve(found, problem=attrs.evolve(found.problem, span=nowhere))
    assert anchored(annotate(data, manuscript, [lost])) == [text("A claim.")]
