"""What must hold for whatever any reader makes of whatever bytes."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from citecheck.manuscript import Manuscript, Passage

# Formats whose text is the file itself, so that a correction can be made in place.
FLAT = ("plain", "markdown", "latex", "html", "jats", "typst")


def passages(manuscript: Manuscript) -> Iterator[Passage]:
    yield from manuscript.body
    yield from (note.passage for note in manuscript.notes)
    yield from (item.passage for item in manuscript.bibliography)


def check(manuscript: Manuscript, data: bytes) -> None:
    """Raise AssertionError if the manuscript breaks a law."""
    for passage in passages(manuscript):
        _check_passage(manuscript, passage)
    _check_notes(manuscript)
    _check_origins(manuscript, data)
    if manuscript.format in FLAT and not manuscript.origins:
        assert manuscript.text.encode(manuscript.encoding) == data, (
            "the file does not come back byte for byte"
        )


def _check_passage(manuscript: Manuscript, passage: Passage) -> None:
    text, pieces = passage.text, passage.pieces
    assert bool(text) == bool(pieces)
    if not pieces:
        return
    assert pieces[0].offset == 0
    ends = [piece.offset for piece in pieces[1:]] + [len(text)]
    for piece, end in zip(pieces, ends, strict=True):
        assert piece.offset < end, "a piece without text"
        assert 0 <= piece.start <= piece.end <= len(manuscript.text)
        if piece.literal:
            assert manuscript.text[piece.start : piece.end] == text[piece.offset : end]
            assert passage.span(piece.offset, end) == (piece.start, piece.end)


def _check_notes(manuscript: Manuscript) -> None:
    assert [note.ordinal for note in manuscript.notes] == list(range(1, len(manuscript.notes) + 1))
    for note in manuscript.notes:
        assert note.section >= 1
        assert 0 <= note.label_span.start <= note.label_span.end <= len(manuscript.text)
        assert note.label is None or note.label
    for marker in manuscript.markers:
        assert 0 <= marker.span.start <= marker.span.end <= len(manuscript.text)


def _check_origins(manuscript: Manuscript, data: bytes) -> None:
    parts: dict[str, bytes] = {}
    last = 0
    for origin in manuscript.origins:
        assert last <= origin.start <= origin.end <= len(manuscript.text)
        last = origin.end
        assert origin.source_start <= origin.source_end
        if not origin.literal:
            continue
        if origin.part not in parts:
            parts[origin.part] = _part(manuscript, data, origin.part)
        source = parts[origin.part][origin.source_start : origin.source_end]
        assert source.decode() == manuscript.text[origin.start : origin.end]


def _part(manuscript: Manuscript, data: bytes, name: str) -> bytes:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return parts.read(name)
    return (Path(manuscript.path).parent / name).read_bytes()
