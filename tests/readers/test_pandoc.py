"""What is read through pandoc; its output is given here, so that pandoc need not be installed."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from citecheck.errors import ManuscriptError
from citecheck.readers import pandoc

from .laws import check


def words(text: str) -> list[dict[str, Any]]:
    return [{"t": "Str", "c": text}]


def paragraph(*inlines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"t": "Para", "c": [one for some in inlines for one in some]}


def note(*blocks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"t": "Note", "c": list(blocks)}]


def emphasised(text: str) -> list[dict[str, Any]]:
    return [{"t": "Emph", "c": words(text)}]


SPACE = [{"t": "Space"}]
ATTRIBUTES = ["", [], []]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that says what pandoc will answer."""

    def set_answer(blocks: Any, code: int = 0, error: bytes = b"") -> None:
        output = blocks if isinstance(blocks, bytes) else json.dumps({"blocks": blocks}).encode()
        monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/pandoc")
        monkeypatch.setattr(
            subprocess,
            "run",
            lambda *_, **__: subprocess.CompletedProcess([], code, stdout=output, stderr=error),
        )

    return set_answer


def test_blocks_and_notes(answer: Any) -> None:
    cell = [ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [paragraph(words("cell"))]]
    rows = [[ATTRIBUTES, [cell]]]
    table = [ATTRIBUTES, [None, []], [], [ATTRIBUTES, []], [[ATTRIBUTES, 0, [], rows]], [ATTRIBUTES, []]]
    answer(
        [
            {"t": "Header", "c": [1, ATTRIBUTES, words("Title")]},
            paragraph(
                words("Claim."),
                note(paragraph(words("See"), SPACE, emphasised("Crisis")), paragraph(words("Two."))),
            ),
            {"t": "BlockQuote", "c": [paragraph([{"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("q")]}])]},
            {"t": "OrderedList", "c": [[3, {"t": "LowerRoman"}, {"t": "Period"}], [[paragraph(words("x"))]]]},
            {"t": "BulletList", "c": [[paragraph(words("y"))]]},
            {"t": "DefinitionList", "c": [[words("t"), [[paragraph(words("d"))]]]]},
            {"t": "Table", "c": table},
            {
                "t": "Div",
                "c": [ATTRIBUTES, [paragraph([{"t": "Link", "c": [ATTRIBUTES, words("l"), ["u", ""]]}])]],
            },
            {"t": "CodeBlock", "c": [ATTRIBUTES, "no"]},
            {"t": "HorizontalRule"},
        ]
    )
    manuscript = pandoc.read(b"", "thesis.rst")
    check(manuscript, b"")
    assert [one.text for one in manuscript.body] == [
        "Title",
        "Claim.",
        "“q”",
        "iii. x",
        "y",
        "t",
        "d",
        "cell",
        "l",
    ]
    assert [(one.label, one.passage.text) for one in manuscript.notes] == [("1", "See *Crisis* Two.")]
    assert manuscript.remarks == ("positions are by note only (read through pandoc)",)
    origin = manuscript.origin(manuscript.notes[0].passage.span(0, 3).start)
    assert origin is not None
    assert (origin.note, origin.literal) == ("1", False)


@pytest.mark.parametrize(
    ("output", "code", "says"),
    [
        (b"", 64, "cannot be read by pandoc: it says why"),
        (b"no json", 0, "confuses pandoc"),
        (b"[]", 0, "does not know"),
        (b'{"blocks": [{"t": "Para", "c": 5}]}', 0, "does not know"),
        (b'{"blocks": [{}]}', 0, "does not know"),
        (b'{"a":' * 100_000, 0, "nested too deep"),
    ],
)
def test_what_goes_wrong_is_said(answer: Any, output: bytes, code: int, says: str) -> None:
    answer(output, code, b"it says why\nand more")
    with pytest.raises(ManuscriptError, match=says):
        pandoc.read(b"", "a.rst")


def test_without_pandoc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(
        ManuscriptError, match="is rtf, which is read through pandoc, and pandoc is not installed"
    ):
        pandoc.read(b"{\\rtf1}", "a.rtf")


def test_rtf_is_put_in_words_that_pandoc_reads_right(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []

    def run(*_: Any, **options: Any) -> subprocess.CompletedProcess[bytes]:
        given.append(options["input"])
        return subprocess.CompletedProcess([], 0, stdout=b'{"blocks": []}', stderr=b"")

    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/pandoc")
    monkeypatch.setattr(subprocess, "run", run)
    pandoc.read(rb"{\rtf1 a{\*\footnote d\u8217'Arcy \u8211-4 \u8217\'92s}}", "a.rtf")
    pandoc.read(rb"{\rtf1\uc0 d\u8217 Arcy}", "a.rtf")
    assert given == [
        rb"{\rtf1 a{\footnote d\u8217\'3fArcy \u8211\'3f4 \u8217\'92s}}",
        rb"{\rtf1\uc0 d\u8217 Arcy}",
    ]


def test_a_real_pandoc() -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    manuscript = pandoc.read(b"Claim. [1]_\n\n.. [1] See *Crisis*, p. 5.\n", "a.rst")
    assert [one.passage.text for one in manuscript.notes] == ["See *Crisis*, p. 5."]
    with pytest.raises(ManuscriptError):
        pandoc.read(b"<book><unclosed", "a.docbook")


def test_recognises() -> None:
    assert pandoc.recognises(b"{\\rtf1", "thesis")
    assert pandoc.recognises(b"<book xmlns='http://docbook.org/ns/docbook'>", "a.xml")
    assert not pandoc.recognises(b"text", "a.txt")
