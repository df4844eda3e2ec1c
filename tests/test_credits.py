"""Which note a quotation is credited to, in the layouts that historians use and in every reader."""

import re
from collections.abc import Callable, Sequence

import pytest

from citecheck.analysis import analyse
from citecheck.corpus.quotations import Credit, Credits, find_quotations
from citecheck.readers import read_bytes

from .readers import word_files
from .readers.test_epub import epub_file
from .readers.test_odt import note as odt_note
from .readers.test_odt import odt_file

NOTES = {
    "1": "Andrei Lankov, Crisis in North Korea (Honolulu: University of Hawaii Press, 2005), 63.",
    "2": "Adam Tooze, The Wages of Destruction (London: Allen Lane, 2006), 88.",
    "3": "David E. Kaiser, Economic Diplomacy (Princeton: Princeton University Press, 1980), 245.",
}
"""The titles need no italics: what counts here is which note it is."""

_CALL = re.compile(r"\{(\d)\}")


def _called(paragraphs: Sequence[str]) -> list[str]:
    return [number for paragraph in paragraphs for number in _CALL.findall(paragraph)]


def markdown(paragraphs: Sequence[str]) -> bytes:
    body = "\n\n".join(_CALL.sub(r"[^\1]", paragraph) for paragraph in paragraphs)
    notes = "\n\n".join(f"[^{number}]: {NOTES[number]}" for number in _called(paragraphs))
    return f"{body}\n\n{notes}\n".encode()


def plain(paragraphs: Sequence[str]) -> bytes:
    body = "\n\n".join(_CALL.sub(r"[\1]", paragraph) for paragraph in paragraphs)
    notes = "\n".join(f"{number}. {NOTES[number]}" for number in _called(paragraphs))
    return f"{body}\n\nNotes\n\n{notes}\n".encode()


def superscript(paragraphs: Sequence[str]) -> bytes:
    return re.sub(r"\[(\d)\]", lambda match: "⁰¹²³"[int(match.group(1))], plain(paragraphs).decode()).encode()


def latex(paragraphs: Sequence[str]) -> bytes:
    body = "\n\n".join(
        _CALL.sub(lambda match: f"\\footnote{{{NOTES[match.group(1)]}}}", paragraph)
        for paragraph in paragraphs
    )
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n".encode()


def typst(paragraphs: Sequence[str]) -> bytes:
    body = "\n\n".join(
        _CALL.sub(lambda match: f"#footnote[{NOTES[match.group(1)]}]", paragraph) for paragraph in paragraphs
    )
    return f"{body}\n".encode()


def _page(paragraphs: Sequence[str]) -> str:
    call = r'<a href="#fn\1" id="r\1"><sup>\1</sup></a>'
    body = "".join(f"<p>{_CALL.sub(call, paragraph)}</p>\n" for paragraph in paragraphs)
    notes = "".join(
        f'<li id="fn{number}"><p>{NOTES[number]} <a href="#r{number}">↩</a></p></li>'
        for number in _called(paragraphs)
    )
    return f"{body}<ol>{notes}</ol>"


def html(paragraphs: Sequence[str]) -> bytes:
    return f"<html><body>{_page(paragraphs)}</body></html>".encode()


def epub(paragraphs: Sequence[str]) -> bytes:
    return epub_file({"a.xhtml": _page(paragraphs)})


def jats(paragraphs: Sequence[str]) -> bytes:
    call = r'<sup><xref ref-type="fn" rid="f\1">\1</xref></sup>'
    body = "".join(f"<p>{_CALL.sub(call, paragraph)}</p>\n" for paragraph in paragraphs)
    notes = "".join(
        f'<fn id="f{number}"><label>{number}</label><p>{NOTES[number]}</p></fn>'
        for number in _called(paragraphs)
    )
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS-archivearticle1.dtd">'
    return (
        f"{doctype}<article><body>{body}</body><back><fn-group>{notes}</fn-group></back></article>".encode()
    )


def docx(paragraphs: Sequence[str]) -> bytes:
    def content(paragraph: str) -> str:
        parts = _CALL.split(paragraph)
        return "".join(
            word_files.call(int(part)) if number % 2 else word_files.text(part)
            for number, part in enumerate(parts)
        )

    body = "".join(word_files.paragraph(content(paragraph)) for paragraph in paragraphs)
    notes = "".join(
        word_files.note(int(number), word_files.text(NOTES[number])) for number in _called(paragraphs)
    )
    return word_files.word_file(body, notes)


def odt(paragraphs: Sequence[str]) -> bytes:
    return odt_file(
        "".join(
            "<text:p>"
            + _CALL.sub(lambda match: odt_note(match.group(1), NOTES[match.group(1)]), paragraph)
            + "</text:p>"
            for paragraph in paragraphs
        )
    )


READERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "chapter.md": markdown,
    "chapter.txt": plain,
    "raised.txt": superscript,
    "chapter.docx": docx,
    "chapter.odt": odt,
    "chapter.html": html,
    "chapter.epub": epub,
    "chapter.tex": latex,
    "chapter.typ": typst,
    "chapter.xml": jats,
}


def credits(name: str, data: bytes) -> list[tuple[str, Credit]]:
    """Return the quotations of a manuscript by their first word, with whom they are credited to."""
    document = analyse(read_bytes(data, name))
    body, desk = document.manuscript.body, Credits(document)
    padded = (None, *body, None)
    return [
        (found.text.split()[0].strip("*"), desk.credit(found, padded[at], padded[at + 2]))
        for found in find_quotations(body)
        for at in (found.paragraph,)
    ]


BLOCK = "Harvests have failed in all the northern districts, and nobody knows what is to become of us there."

LAYOUTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "the call closes the paragraph": (
        ("He said “it was never so, at any time or place whatever.”{1}", "The end."),
        {"it": "1"},
    ),
    "an earlier call in the paragraph": (
        ("He wrote that it was plain.{1} Later he said “it was never so, at any time or place.”{2}", "End."),
        {"it": "2"},
    ),
    "the call stands before the full stop": (
        ("He said “it was never so, at any time or place”{1}. And so it was, as everybody says.",),
        {"it": "1"},
    ),
    "the call stands before the closing mark": (
        ("He had said “it was never so, at any time or place.{1}” And so it was, as everybody says.{2}",),
        {"it": "1"},
    ),
    "the call closes the sentence, words later": (
        ("“It was never so, at any time or place,” said the minister to his wife.{1} She laughed.{2}",),
        {"It": "1"},
    ),
    "two quotations with two calls": (
        ("He said “it was never so, at any time,”{1} and she “that nobody would have known.”{2}",),
        {"it": "1", "that": "2"},
    ),
    "one call at the end for all quotations of a paragraph": (
        ("He said “it was never so, at any time.” She said “that nobody would have known.” Both lied.{1}",),
        {"it": "1", "that": "1"},
    ),
    "the next paragraph has a call of its own": (
        ("He said “it was never so, at any time or place.”{1}", "She wrote to him in May.{2}"),
        {"it": "1"},
    ),
    "a block with its call": (
        ("The governor wrote to his brother in the capital:", f"{BLOCK}{{1}}", "The end came soon.{2}"),
        {"Harvests": "1"},
    ),
    "a block whose call closes the sentence before it": (
        ("He wrote.{1} The governor told his brother in the capital:{2}", BLOCK, "The end came soon.{3}"),
        {"Harvests": "2"},
    ),
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("paragraphs", "expected"), [pytest.param(*layout, id=name) for name, layout in LAYOUTS.items()]
)
def test_the_note_whose_call_closes_the_words(
    paragraphs: Sequence[str], expected: dict[str, str], name: str
) -> None:
    found = credits(name, READERS[name](paragraphs))
    assert {word: [each.note for each in credit.citations] for word, credit in found} == {
        word: [note] for word, note in expected.items()
    }
    assert all(credit.certain for _, credit in found)


@pytest.mark.parametrize("name", READERS)
def test_a_call_before_the_words_is_not_certain(name: str) -> None:
    paragraphs = ("As the minister tells us,{1} “it was never so, at any time or place.”", "She wrote.{2}")
    ((_, credit),) = credits(name, READERS[name](paragraphs))
    assert [each.note for each in credit.citations] == ["1"]
    assert not credit.certain


@pytest.mark.parametrize("name", READERS)
def test_no_call_in_the_paragraph(name: str) -> None:
    paragraphs = ("It began in May.{1}", "He said “it was never so, at any time or place.”", "She wrote.{2}")
    ((_, credit),) = credits(name, READERS[name](paragraphs))
    assert credit == Credit()


_SET_OFF = (
    "The first thing that we noticed was that nobody had been told, and that the houses stood empty.",
    "The second thing that we noticed was that the granaries were empty, and had been so for a month.",
)
_BEFORE = "He put it at length in his memoirs, where the whole matter is laid open:"
_AFTER = "After that nobody could doubt it, as we shall see in the next chapter of this book."


def _set_off_in_word() -> bytes:
    styled = '<w:pStyle w:val="Blockzitat"/>'
    one, two = (word_files.text(words) for words in _SET_OFF)
    body = (
        word_files.paragraph(word_files.text(_BEFORE))
        + word_files.paragraph(one, properties=styled)
        + word_files.paragraph(two, word_files.call(1), properties=styled)
        + word_files.paragraph(word_files.text(_AFTER), word_files.call(2))
    )
    notes = "".join(word_files.note(int(n), word_files.text(NOTES[n])) for n in "12")
    return word_files.word_file(body, notes)


def _set_off_in_opendocument() -> bytes:
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    return odt_file(
        f'<text:p>{_BEFORE}</text:p><text:p text:style-name="P1">{_SET_OFF[0]}</text:p>'
        f'<text:p text:style-name="P1">{_SET_OFF[1]}{odt_note("1", NOTES["1"])}</text:p>'
        f"<text:p>{_AFTER}{odt_note('2', NOTES['2'])}</text:p>",
        styles,
    )


def _set_off_in_html() -> bytes:
    paragraphs = (
        f"<p>{_BEFORE}</p><blockquote><p>{_SET_OFF[0]}</p><p>{_SET_OFF[1]}"
        '<sup><a id="r1" href="#n1">1</a></sup></p></blockquote>'
        f'<p>{_AFTER}<sup><a id="r2" href="#n2">2</a></sup></p>'
    )
    notes = "".join(f'<li id="n{n}">{NOTES[n]} <a href="#r{n}">↩</a></li>' for n in "12")
    return f"<html><body>{paragraphs}<ol>{notes}</ol></body></html>".encode()


SET_OFF = [
    ("markdown", "a.md", markdown((_BEFORE, f"> {_SET_OFF[0]}\n>\n> {_SET_OFF[1]}{{1}}", f"{_AFTER}{{2}}"))),
    (
        "latex",
        "a.tex",
        latex((_BEFORE, f"\\begin{{quotation}}\n{_SET_OFF[0]}", f"{_SET_OFF[1]}{{1}}\n\\end{{quotation}}", f"{_AFTER}{{2}}")),
    ),
    ("html", "a.html", _set_off_in_html()),
    ("word", "a.docx", _set_off_in_word()),
    ("opendocument", "a.odt", _set_off_in_opendocument()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), [case[1:] for case in SET_OFF], ids=[case[0] for case in SET_OFF])
def test_paragraphs_that_are_set_off_together_share_the_last_ones_note(name: str, data: bytes) -> None:
    document = analyse(read_bytes(data, name))
    body = document.manuscript.body
    quotations = find_quotations(body, document.manuscript.set_off)
    assert [quotation.text for quotation in quotations] == list(_SET_OFF)
    credits = Credits(document)
    for quotation in quotations:
        number = quotation.paragraph
        credit = credits.credit(quotation, body[number - 1], body[number + 1])
        assert credit.certain
        assert [citation.note for citation in credit.citations] == ["1"]
