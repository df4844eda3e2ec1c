"""Reads Typst markup as the text it prints: paragraphs, footnotes and what cites in them."""

import re
from collections.abc import Callable

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Marker, Note, Passage, Span
from citecheck.readers.assembly import Found, one_passage
from citecheck.readers.decoding import BYTE_ORDER_MARK
from citecheck.readers.numerals import PATTERN_FORMATS
from citecheck.readers.passages import Weaver
from citecheck.readers.typst_scan import Scan

# How deep content may hold content before reading it would exhaust Python's own stack.
MAX_DEPTH = 100

_SPECIAL = re.compile(r"\\|//|/\*|`|\$|#|_|\*|@|<|~|--|-\?|[\"'\[\]]|\r\n|\r|\n|https?://")
_LINK = re.compile(r"https?://[^\s\[\]<>\"]+")
_ESCAPED = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|(\s|\Z)|([^\s]))")
_REFERENCE = re.compile(r"@[\w][\w:.-]*")
_LABEL = re.compile(r"<([\w][\w:.-]*)>")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")
_LINE_START = re.compile(r"[ \t]*(?:(=+)[ \t]+|([-+/]|\d{1,4}\.)[ \t]+)?")
_LINE_EDGE = re.compile(r"[\r\n\[(`/\"]")
_DASHES = {2: "–", 3: "—"}
_NAME = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*")
_STRING = re.compile(r'"((?:[^"\\]|\\.){0,2000})"', re.DOTALL)
_KEYWORD = re.compile(
    r"(let|set|show|import|include|if|for|while|return|context|else|break|continue|none|auto)\b"
)
_CONSTANT = re.compile(
    r"\s*([^\W\d][\w-]*)\s*=\s*(?:\"([^\"\\\r\n]{0,300})\"|\[([^\[\]#\\\r\n]{0,300})\])\s*;?\s*"
)
_ALIAS = re.compile(
    r"\s*([^\W\d][\w-]*)\s*(?:=\s*footnote\s*;?\s*|\(\s*([^\W\d][\w-]*)\s*\)\s*=\s*(?:footnote\(\s*\2\s*\)|footnote\[#\2\])\s*;?\s*)"
)
_RESTART = re.compile(r"#counter\(\s*footnote\s*\)\.update\(\s*(\d{1,6})\s*\)")
_SET_NUMBERING = re.compile(r"set\s+footnote\(\s*numbering\s*:\s*\"([1aAiI*])\"\s*\)")
_NUMBERING = re.compile(r"numbering\s*:\s*\"([^\"]{0,20})\"")
_PRINT_NOTHING = frozenset(
    ("bibliography", "outline", "pagebreak", "colbreak", "h", "v", "image", "line", "counter", "metadata",
     "label", "place", "rect", "circle", "state")
)  # fmt: skip
_BLOCKS = frozenset(
    ("heading", "par", "block", "align", "table", "figure", "grid", "list", "enum", "terms", "page")
)


@attrs.define(eq=False)
class _Flow:
    """Text that is being put together: the body, or a note."""

    in_note: bool = False
    weaver: Weaver = attrs.field(factory=Weaver)
    passages: list[Passage] = attrs.field(factory=list)
    slanted: bool = False
    label: str | None = None
    label_span: Span = attrs.field(default=Span(0, 0))
    section: int = 1


class TypstText:
    """Reads one text.

    Raises:
        ManuscriptError: its brackets are nested too deep.
    """

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._scan = Scan(text, path)
        self._flow = _Flow()
        self._notes: list[_Flow] = []
        self._markers: list[Marker] = []
        self._again: dict[int, str] = {}
        self._labelled: dict[str, _Flow] = {}
        self._last_note: tuple[int, _Flow] | None = None
        self._constants: dict[str, str] = {}
        self._footnotes = {"footnote"}
        self._numeral: Callable[[int], str] = str
        self._number = 0
        self._section = 1
        self._depth = 0
        self._items = 0

    def read(self) -> Found:
        """Return the paragraphs and notes."""
        self._markup(int(self._text.startswith(BYTE_ORDER_MARK)), len(self._text))
        self._end_paragraph()
        for number, label in self._again.items():
            known = self._labelled.get(label)
            if known is not None:
                self._markers[number] = attrs.evolve(
                    self._markers[number], label=known.label or "?", section=known.section
                )
        notes = [
            Note(
                note.section,
                ordinal,
                note.label,
                one_passage(note.passages),
                note.label_span,
                label_source="computed",
            )
            for ordinal, note in enumerate(self._notes, 1)
        ]
        return Found(self._flow.passages, notes, self._markers)

    # Markup.

    def _markup(self, start: int, end: int) -> None:
        """Read the content between two offsets."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ManuscriptError(
                self._path,
                f"is not safe to open: its content is nested more than {MAX_DEPTH} deep",
                "simplify it",
            )
        text, special = self._text, _SPECIAL
        at = self._line_start(start, end)
        while at < end:
            match = special.search(text, at, end)
            if match is None:
                self._flow.weaver.prose(text, at, end)
                break
            if match.start() > at:
                self._flow.weaver.prose(text, at, match.start())
            at = min(end, self._special(match.start(), match[0], end))
        self._depth -= 1

    def _special(self, at: int, found: str, end: int) -> int:
        """Read what begins with a special character, and return where it ends."""
        if found[0] in "\r\n":
            return self._line_end(at, end)
        if found == "#":
            after = self._code(at, end)
            # The line end closes a statement: a heading may follow.
            is_line_start = after < end and self._text[after - 1] in "\r\n"
            return self._line_start(after, end) if is_line_start else after
        if found == "\\":
            return self._escape(at, end)
        if found in ("//", "/*"):
            return self._scan.opaque.get(at, at + 2)
        if found == "`":
            return self._raw(at)
        if found == "$":
            close = self._text.find("$", at + 1, min(end, at + 2000))
            return self._as_written(at + 1, close) + 1 if close >= 0 else at + 1
        if found in ("_", "*"):
            return self._toggle(at, found, end)
        if found == "@":
            return self._reference(at, end)
        if found == "<":
            return self._label(at, end)
        if found == "~":
            return self._say("\N{NO-BREAK SPACE}", at, at + 1)
        if found in ("--", "-?"):
            return self._dash(at, end)
        if found in ("'", '"'):
            return self._quote(at, found)
        if found.startswith("http"):
            link = _LINK.match(self._text, at, end)
            return self._as_written(at, link.end() if link else at + 1)
        return self._as_written(at, at + 1)

    def _say(self, string: str, start: int, end: int) -> int:
        if string == " ":
            self._flow.weaver.space(start, end)
        elif string:
            self._flow.weaver.add(string, start, end, literal=False)
        return end

    def _as_written(self, start: int, end: int) -> int:
        self._flow.weaver.prose(self._text, start, end)
        return end

    def _line_end(self, at: int, end: int) -> int:
        blank = _BLANK_LINE.match(self._text, at, end)
        if blank is not None:
            self._end_paragraph()
            return self._line_start(blank.end(), end)
        after = at + (2 if self._text.startswith("\r\n", at) else 1)
        self._flow.weaver.space(at, after)
        return self._line_start(after, end)

    def _line_start(self, at: int, end: int) -> int:
        """Read what means something only at the start of a line: headings and lists."""
        match = _LINE_START.match(self._text, at, end)
        if match is None or match.lastindex is None:
            # Items that are indented belong to the list; a paragraph that is not ends it.
            self._items = self._items if self._text.startswith((" ", "\t"), at) else 0
            return at
        self._end_paragraph()
        if match[2] == "+":
            self._items += 1
            self._say(f"{self._items}. ", match.start(2), match.end())
            return match.end()
        if match[2] and match[2][0].isdigit():
            # The number of an item is printed, and may be that of a note.
            return match.start(2)
        if match[1]:
            # A heading ends with its line, unless the line ends inside a bracket.
            line_end = self._end_of_line(match.end(), end)
            self._markup(match.end(), line_end)
            self._end_paragraph()
            return line_end
        return match.end()

    def _end_of_line(self, at: int, end: int) -> int:
        pairs, opaque = self._scan.pairs, self._scan.opaque
        while (found := _LINE_EDGE.search(self._text, at, end)) is not None:
            at = found.start()
            if found[0] in "\r\n":
                return at
            at = pairs[at] + 1 if at in pairs else opaque.get(at, at + 1)
        return end

    def _escape(self, at: int, end: int) -> int:
        match = _ESCAPED.match(self._text, at, end)
        if match is None:
            return self._as_written(at, at + 1)
        code, space, character = match.groups()
        if code is not None:
            number = int(code, 16)
            valid = number < 0x110000 and not 0xD800 <= number < 0xE000
            return self._say(chr(number) if valid else "\N{REPLACEMENT CHARACTER}", at, match.end())
        if space is not None:
            return self._say(" ", at, at + 1)
        return self._say(character, at, match.end())

    def _raw(self, at: int) -> int:
        end = self._scan.opaque.get(at, at + 1)
        ticks = len(self._text[at:end]) - len(self._text[at:end].lstrip("`"))
        # Three backticks and more are for listings.
        if ticks == 1 and end - at > 2:
            self._as_written(at + 1, end - 1)
        return max(end, at + 1)

    def _toggle(self, at: int, mark: str, end: int) -> int:
        before, after = self._text[at - 1 : at], self._text[at + 1 : min(at + 2, end)]
        if before.isalnum() and after.isalnum():
            return self._as_written(at, at + 1)
        if mark == "_":
            self._slant(not self._flow.slanted, at, at + 1)
        return at + 1

    def _slant(self, slanted: bool, start: int, end: int) -> None:
        self._flow.slanted = slanted
        self._flow.weaver.emphasis(slanted, start, end)

    def _reference(self, at: int, end: int) -> int:
        """Read ``@key[p. 33]``, which stays as it is written."""
        match = _REFERENCE.match(self._text, at, end)
        if match is None:
            return self._as_written(at, at + 1)
        # A full stop after a key ends the sentence.
        stop = at + len(match[0].rstrip(".:"))
        close = self._scan.pairs.get(stop) if self._text.startswith("[", stop) else None
        return self._as_written(at, close + 1 if close is not None and close < end else stop)

    def _label(self, at: int, end: int) -> int:
        match = _LABEL.match(self._text, at, end)
        if match is None:
            return self._as_written(at, at + 1)
        if self._last_note is not None:
            after, note = self._last_note
            # A space may stand between a note and its label.
            if after == at or (after == at - 1 and self._text[after] == " "):
                self._labelled[match[1]] = note
        return match.end()

    def _dash(self, at: int, end: int) -> int:
        if self._text.startswith("-?", at):
            return at + 2
        stop = at
        while stop < end and self._text[stop] == "-":
            stop += 1
        if stop - at in _DASHES:
            return self._say(_DASHES[stop - at], at, stop)
        return self._as_written(at, stop)

    def _quote(self, at: int, mark: str) -> int:
        """Print a straight quotation mark as Typst does: it opens after white space or a bracket."""
        before = self._text[at - 1 : at]
        opens = not before or before.isspace() or before in "([{‘“–—-/"
        return self._say(("“" if opens else "”") if mark == '"' else ("‘" if opens else "’"), at, at + 1)

    def _end_paragraph(self) -> None:
        flow = self._flow
        passage = flow.weaver.passage()
        if passage.text:
            flow.passages.append(passage)
        flow.weaver = Weaver()
        flow.slanted = False

    # Code: what a “#” begins.

    def _code(self, at: int, end: int) -> int:
        text = self._text
        keyword = _KEYWORD.match(text, at + 1, end)
        if keyword is not None:
            return self._statement(at, keyword[1], end)
        name = _NAME.match(text, at + 1, end)
        after = name.end() if name is not None else at + 1
        if name is None and text.startswith('"', after):
            return self._string(after, end)
        if name is None and not text.startswith(("(", "{", "["), after):
            return self._as_written(at, at + 1)
        return self._call(at, name[0] if name is not None else "", after, end)

    def _statement(self, at: int, keyword: str, end: int) -> int:
        stop = min(end, self._scan.statements.get(at, at + 1 + len(keyword)))
        statement = self._text[at + 1 : min(stop, at + 1000)]
        if keyword == "let":
            self._define(statement[3:])
        elif keyword == "set":
            numbering = _SET_NUMBERING.fullmatch(statement.strip())
            if numbering is not None:
                self._numeral = PATTERN_FORMATS[numbering[1]]
        elif keyword in ("if", "for", "while"):
            self._first_content(at, stop)
        return stop

    def _define(self, definition: str) -> None:
        constant = _CONSTANT.fullmatch(definition)
        if constant is not None:
            self._constants[constant[1]] = constant[2] if constant[2] is not None else constant[3]
        alias = _ALIAS.fullmatch(definition)
        if alias is not None:
            self._footnotes.add(alias[1])

    def _first_content(self, at: int, stop: int) -> None:
        """Read the first content that a condition or loop may print."""
        opened = self._text.find("[", at, stop)
        close = self._scan.pairs.get(opened)
        if opened >= 0 and close is not None and close < stop:
            self._markup(opened + 1, close)

    def _string(self, at: int, end: int) -> int:
        match = _STRING.match(self._text, at, end)
        if match is None:
            return self._as_written(at - 1, at + 1)
        if "\\" in match[1]:
            return self._say(re.sub(r"\\(.)", r"\1", match[1]), at, match.end())
        self._as_written(*match.span(1))
        return match.end()

    def _call(self, at: int, name: str, after: int, end: int) -> int:
        """Read a call: a name, arguments in parentheses, and content in brackets."""
        text, pairs = self._text, self._scan.pairs
        restart = _RESTART.match(text, at, end)
        if restart is not None:
            self._restart(int(restart[1]))
            return restart.end()
        arguments: tuple[int, int] | None = None
        if text.startswith(("(", "{"), after) and after in pairs and pairs[after] < end:
            arguments = (after, pairs[after])
            after = pairs[after] + 1
        contents = []
        while text.startswith("[", after) and after in pairs and pairs[after] < end:
            contents.append((after, pairs[after]))
            after = pairs[after] + 1
        if name in self._footnotes:
            self._footnote(at, after, arguments, contents)
        elif name == "cite":
            self._as_written(at, after)
        elif name and arguments is None and not contents:
            constant = self._constants.get(name)
            if constant is not None:
                self._say(constant, at, after)
        else:
            self._apply(at, name, arguments, contents)
        return self._after_methods(after, end)

    def _after_methods(self, after: int, end: int) -> int:
        """Pass over ``.with(…)`` and the like after a call; a full stop alone ends a sentence."""
        method = re.compile(r"\.[^\W\d][\w-]*(?=\()").match(self._text, after, end)
        close = self._scan.pairs.get(method.end()) if method is not None else None
        return close + 1 if close is not None and close < end else after

    def _apply(
        self, at: int, name: str, arguments: tuple[int, int] | None, contents: list[tuple[int, int]]
    ) -> None:
        """Read what a function is given as the text that it prints."""
        if name in _PRINT_NOTHING:
            return
        if name in ("linebreak", "parbreak"):
            self._flow.weaver.space(at, at + 1)
            return
        is_block = name in _BLOCKS or (name == "quote" and self._has(arguments, "block: true"))
        if is_block:
            self._end_paragraph()
            self._contents_of(arguments)
        elif name == "link" and not contents and arguments is not None:
            self._string(arguments[0] + 1, arguments[1])
        elif name == "quote":
            self._say("“", at, at + 1)
        for opened, close in contents:
            slanted = self._flow.slanted
            if name == "emph":
                self._slant(not slanted, at, opened + 1)
            self._markup(opened + 1, close)
            if name == "emph":
                self._slant(slanted, close, close + 1)
            if is_block:
                self._end_paragraph()
        if name == "quote" and contents and not is_block:
            self._flow.weaver.drop_space()
            self._say("”", contents[-1][1], contents[-1][1] + 1)

    def _has(self, arguments: tuple[int, int] | None, named: str) -> bool:
        if arguments is None:
            return False
        first, last = arguments
        return self._text.find(named, first, min(last, first + 300)) >= 0

    def _contents_of(self, arguments: tuple[int, int] | None) -> None:
        """Read each content that stands among arguments: the cells of a table, the caption of a figure."""
        if arguments is None:
            return
        at, close = arguments
        pairs, opaque = self._scan.pairs, self._scan.opaque
        at += 1
        while at < close:
            if at in opaque:
                at = opaque[at]
            elif self._text[at] == "[" and at in pairs:
                self._markup(at + 1, pairs[at])
                self._end_paragraph()
                at = pairs[at] + 1
            else:
                at += 1

    # Notes.

    def _footnote(
        self, at: int, after: int, arguments: tuple[int, int] | None, contents: list[tuple[int, int]]
    ) -> None:
        given = [pair for pair in (arguments, *contents) if pair is not None]
        if not given:
            return
        written = self._text[arguments[0] + 1 : arguments[1]] if arguments is not None else ""
        again = _LABEL.match(written.strip())
        if again is not None and not contents:
            # Its note may come later: the label is looked up when all has been read.
            self._markers.append(Marker(again[0], Span(at, after), self._section))
            self._again[len(self._markers) - 1] = again[1]
            return
        outer, span = self._flow, Span(at, given[0][0])
        self._number += 1
        label = self._label_of(written)
        note = _Flow(True, label=label, label_span=span, section=self._section)
        self._notes.append(note)
        self._markers.append(Marker(label or "?", span, self._section))
        self._flow = note
        if contents:
            self._markup(contents[-1][0] + 1, contents[-1][1])
        elif arguments is not None:
            self._contents_of(arguments)
            if not note.passages and written.lstrip().startswith('"'):
                self._string(self._text.index('"', arguments[0]), arguments[1])
        self._end_paragraph()
        self._flow = outer
        self._last_note = (after, note)

    def _label_of(self, arguments: str) -> str | None:
        numbering = _NUMBERING.search(arguments)
        if numbering is None:
            return self._numeral(self._number)
        numeral = PATTERN_FORMATS.get(numbering[1])
        return numeral(self._number) if numeral is not None else None

    def _restart(self, number: int) -> None:
        if number <= self._number and self._notes:
            self._section += 1
        self._number = number
