"""The lines of a text, and how parts of it are cut out and put together with their places in the file."""

from collections.abc import Iterable

import attrs

from citecheck.manuscript import Passage, Piece


@attrs.frozen
class Line:
    """A line with its number among the lines; ``text`` is stripped of outer white space, of which ``indent`` led."""

    index: int
    passage: Passage
    indent: int = 0

    @property
    def text(self) -> str:
        """The line without outer white space."""
        return self.passage.text

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text


def concat(passages: Iterable[Passage], glue: str = " ") -> Passage:
    """Join passages to one, with ``glue`` where two meet."""
    filled = [passage for passage in passages if passage.text]
    if len(filled) == 1:
        return filled[0]
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for passage in filled:
        if texts and glue:
            pieces.append(Piece(length, pieces[-1].end, passage.pieces[0].start, literal=False))
            texts.append(glue)
            length += len(glue)
        pieces.extend(attrs.evolve(piece, offset=piece.offset + length) for piece in passage.pieces)
        texts.append(passage.text)
        length += len(passage.text)
    return Passage("".join(texts), tuple(pieces))


def cut(passage: Passage, start: int, end: int | None = None) -> Passage:
    """Return a part of a passage, with outer white space left out."""
    end = len(passage.text) if end is None else end
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == 0 and end == len(text):
        # Most lines have no outer white space: they need no copy.
        return passage
    pieces = []
    for index, piece in enumerate(passage.pieces):
        following = passage.pieces[index + 1].offset if index + 1 < len(passage.pieces) else len(text)
        left, right = max(piece.offset, start), min(following, end)
        if left >= right:
            continue
        if piece.literal:
            begin = piece.start + left - piece.offset
            pieces.append(Piece(left - start, begin, begin + right - left))
        else:
            pieces.append(attrs.evolve(piece, offset=left - start))
    return Passage(text[start:end], tuple(pieces))
