"""Divides Markdown into paragraphs and note definitions, as pandoc 3 reads it.

A block is a list of ranges of the text, one for each of its lines, with quotation marks, bullets
and indentation left out. Code, front matter and what else is not the author's prose are no blocks.
"""

import re
from collections.abc import Iterator

import attrs

from citecheck.readers.decoding import BYTE_ORDER_MARK

Range = tuple[int, int]

_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_FENCE = re.compile(r"(`{3,}|~{3,})([^\n]*)")
_DEFINITION = re.compile(r"\[\^([^\s^\[\]]+)\]:[ \t]*")
_LINK_DEFINITION = re.compile(r"\[(?!\^|@)([^\]\n]{1,200})\]:[ \t]*\S")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*(?:(?<!\])\{[^}]*\})?[ \t]*")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_DIV = re.compile(r":{3,}.*")
_BULLET = re.compile(r"[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(r"(?:\(?\d{1,9}[.)]|\(?[A-Za-z][.)](?= {2})|#\.|\(@\w*\))[ \t]+")
_DEFINED = re.compile(r":[ \t]+")
_TABLE_RULE = re.compile(r"(?=.*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_GRID_RULE = re.compile(r"\+(?:[-=:]+\+)+[ \t]*")
_DASHES = re.compile(r"-{2,}(?:[ \t]+-+)+[ \t]*")
_RAW = re.compile(r"<(script|style)\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")


@attrs.define
class Block:
    """A paragraph, heading or table cell: its lines as ranges of the text, and whether “>” quotes it."""

    quoted: bool = False
    lines: list[Range] = attrs.field(factory=list)


@attrs.define
class Definition:
    """The text of a note, ``[^label]: …``, with the range of the label."""

    label: str
    label_at: Range
    blocks: list[Block] = attrs.field(factory=list)


@attrs.define
class _Fence:
    mark: str
    length: int


class Blocks:
    """The blocks of a text, the definitions of its notes, and the labels of its links."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self.definitions: list[Definition] = []
        self.links: set[str] = set()
        self._text = text
        self._block: Block | None = None
        self._definition: Definition | None = None
        self._fence: _Fence | None = None
        self._raw_until = -1
        self._list_columns = 0
        self._in_table = False
        self._after_blank = True
        self._quoted = False
        self._last_comment_end = text.rfind("-->")
        lines = list(_lines(text))
        for place in range(_front_matter(text, lines), len(lines)):
            following = lines[place + 1] if place + 1 < len(lines) else (0, 0)
            self._line(*lines[place], following)

    def _line(self, start: int, end: int, following: Range) -> None:
        if start < self._raw_until:
            if self._block is not None:
                self._block.lines.append((start, end))
            return
        quote = _QUOTE.match(self._text, start, end)
        start = quote.end() if quote else start
        self._quoted = quote is not None
        if self._fence is not None:
            self._end_fence(start, end)
            return
        columns, content = _indentation(self._text, start, end)
        if content == end:
            self._end_block()
            self._after_blank = True
            return
        if self._definition is not None:
            if columns >= 4:
                start = _unindent(self._text, start, 4)
                quote = _QUOTE.match(self._text, start, end)
                start = quote.end() if quote else start
                columns, content = _indentation(self._text, start, end)
            elif self._after_blank:
                self._definition, self._list_columns = None, 0
            elif not _DEFINITION.match(self._text, content, end):
                # A line that is not indented goes on with the note, whatever it looks like.
                self._continue(content, end)
                return
        self._structure(columns, content, end, following)
        self._after_blank = False
        self._skip_comment(content, end)

    def _structure(self, columns: int, content: int, end: int, following: Range) -> None:
        """Begin or continue a block with a line."""
        text = self._text
        nested = columns < 4 + self._list_columns
        definition = _DEFINITION.match(text, content, end) if nested else None
        if definition is not None:
            self._begin_definition(definition, end)
        elif nested and (fence := _FENCE.match(text, content, end)) and "`" not in fence[2]:
            self._end_block()
            self._fence = _Fence(fence[1][0], len(fence[1]))
        elif self._block is None and not nested:
            return  # Indented code.
        elif heading := _HEADING.fullmatch(text, content, end):
            self._end_block()
            self._single(*heading.span("text"))
        elif self._in_table or _GRID_RULE.fullmatch(text, content, end):
            self._row(content, end)
        elif self._block is not None:
            self._in_paragraph(columns, content, end)
        elif not self._is_furniture(content, end):
            self._begin_block(columns, content, end, following)

    def _in_paragraph(self, columns: int, content: int, end: int) -> None:
        text = self._text
        if any(pattern.fullmatch(text, content, end) for pattern in (_UNDERLINE, _RULE, _DIV)):
            self._end_block()
        elif self._list_columns and self._begin_item(columns, content, end):
            return
        elif defined := _DEFINED.match(text, content, end):
            self._end_block()
            self._continue(defined.end(), end)
        else:
            self._continue(content, end)

    def _is_furniture(self, content: int, end: int) -> bool:
        """Tell whether a line that would begin a block holds no prose; remember the links it defines."""
        text = self._text
        raw = _RAW.match(text, content, end)
        if raw is not None:
            close = re.compile(f"</{raw[1]}", re.IGNORECASE).search(text, content)
            self._raw_until = close.end() if close is not None else len(text)
            return True
        link = _LINK_DEFINITION.match(text, content, end)
        if link is not None:
            self.links.add(link_label(link[1]))
            return True
        return any(pattern.fullmatch(text, content, end) for pattern in (_RULE, _DIV, _DASHES))

    def _begin_block(self, columns: int, content: int, end: int, following: Range) -> None:
        text = self._text
        if _PIPE.search(text, content, end) and _TABLE_RULE.fullmatch(text, *following):
            self._in_table = True
            self._row(content, end)
            return
        if text.startswith("| ", content):
            self._single(content + 2, end)
            return
        if self._begin_item(columns, content, end):
            return
        if self._after_blank and columns < self._list_columns:
            self._list_columns = 0
        defined = _DEFINED.match(text, content, end)
        self._continue(defined.end() if defined else content, end)

    def _begin_item(self, columns: int, content: int, end: int) -> bool:
        bullet = _BULLET.match(self._text, content, end)
        number = _NUMBER.match(self._text, content, end)
        marker = bullet or number
        if marker is None:
            return False
        self._end_block()
        self._list_columns = columns + marker.end() - content
        # The number of an item is printed, and may be that of a note; a bullet says nothing.
        self._continue(bullet.end() if bullet else content, end)
        return True

    def _begin_definition(self, match: re.Match[str], end: int) -> None:
        self._end_block()
        self._list_columns = 0
        self._definition = Definition(match[1], match.span(1))
        self.definitions.append(self._definition)
        if match.end() < end:
            self._continue(match.end(), end)

    def _row(self, content: int, end: int) -> None:
        """Take each cell of a table for a block of its own."""
        text = self._text
        if _TABLE_RULE.fullmatch(text, content, end) or _GRID_RULE.fullmatch(text, content, end):
            self._in_table = True
            return
        at = content
        for pipe in _PIPE.finditer(text, content, end):
            self._single(at, pipe.start())
            at = pipe.end()
        self._single(at, end)
        self._in_table = True

    def _single(self, start: int, end: int) -> None:
        self._end_block()
        if self._text[start:end].strip():
            self._continue(_indentation(self._text, start, end)[1], end)
        self._end_block()

    def _continue(self, content: int, end: int) -> None:
        if self._block is None:
            self._block = Block(self._quoted)
            home = self.blocks if self._definition is None else self._definition.blocks
            home.append(self._block)
        self._block.lines.append((content, end))

    def _end_block(self) -> None:
        self._block = None
        self._in_table = False

    def _end_fence(self, start: int, end: int) -> None:
        fence = self._fence
        line = self._text[start:end].strip()
        if fence is not None and len(line) >= fence.length and not line.strip(fence.mark):
            self._fence = None
            self._after_blank = True

    def _skip_comment(self, content: int, end: int) -> None:
        """Where a comment goes on after this line, hold the block open until it ends."""
        opening = self._text.rfind("<!--", content, end)
        if opening < 0 or self._block is None or end > self._last_comment_end:
            return
        if self._text.find("-->", opening, end) < 0:
            # The line in which the comment ends still belongs to the block.
            self._raw_until = self._text.find("-->", end) + 3


def link_label(label: str) -> str:
    """Return a link label in the form in which labels are compared: without case and white space."""
    return " ".join(label.split()).casefold()


def _lines(text: str) -> Iterator[Range]:
    """Yield the range of each line without its ending; only CR, LF and CRLF end one."""
    for match in _LINE.finditer(text, int(text.startswith(BYTE_ORDER_MARK))):
        line = match[0]
        yield match.start(), match.start() + len(line.rstrip("\r\n"))


def _front_matter(text: str, lines: list[Range]) -> int:
    """Return the number of lines that a YAML block at the start takes up."""
    first, last = lines[0]
    if text[first:last].rstrip() != "---" or len(lines) < 2 or not text[slice(*lines[1])].strip():
        return 0
    for place, (start, end) in enumerate(lines[1:], 1):
        if text[start:end].rstrip() in ("---", "..."):
            return place + 1
    return 0


def _indentation(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how many columns a line is indented, and where its content begins."""
    columns = 0
    while start < end and text[start] in " \t":
        columns += 4 - columns % 4 if text[start] == "\t" else 1
        start += 1
    return columns, start


def _unindent(text: str, start: int, columns: int) -> int:
    """Return where a line begins once so many columns of indentation are taken away."""
    taken = 0
    while taken < columns and text[start] in " \t":
        taken += 4 - taken % 4 if text[start] == "\t" else 1
        start += 1
    return start
