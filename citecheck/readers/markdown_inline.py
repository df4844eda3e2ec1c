"""Reads the inline markup of Markdown: emphasis, links, escapes and calls of notes, with exact positions."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from html import unescape

import attrs

from citecheck.manuscript import Passage
from citecheck.readers.markdown_blocks import Block, link_label
from citecheck.readers.passages import Weaver

_SPECIAL = re.compile(r"[\\`*_\[\]<&^~$\n{]|!\[|--|https?://|%%|==")
_CODE = re.compile(r"`+")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
# What is meant for a program and not for readers: {#fig-one width=50%} of pandoc, {: .lead} of kramdown,
# {{< pagebreak >}} of Quarto and Hugo, {% include x %} of Jekyll, %%comments%% of Obsidian.
_INSTRUCTION = re.compile(
    r"\{(?=[#.][\w-]|:[ .#\w]|-\}|=\w|[\w-]{1,40}=)[^{}\n]{1,300}\}|\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\}"
)
_COMMENT = re.compile(r"%%(?:[^%]|%(?!%)){1,2000}+%%")
# [[Page]] and [[Page|shown]], but no [[1]](#note-1) and no [[@key]].
_WIKI_LINK = re.compile(r"\[\[(?![@^])(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\](?!\()")
_RAW_NOTE = re.compile(r"\\footnote\{")
_RAW_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_CALL = re.compile(r"\[\^([^\s^\[\]]+)\]")
_CITATION = re.compile(r"(?:^|[\s;-])@[\w{]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,255})>")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*+)(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_DESTINATION = re.compile(
    r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()\\]|\\.|\([^\s()]*+\))*+)(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?+\s*+\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,300})\]")
_MATH = re.compile(r"\$\$[^$]++\$\$|\$(?=[^\s$])[^$\n]{1,300}(?<=\S)\$(?!\d)")
_RAISED = re.compile(r"\^((?:[^\s^\\\[\]]|\\.)++)\^")
_LOWERED = re.compile(r"~((?:[^\s~\\]|\\.)++)~(?!~)")
_URL = re.compile(r"https?://[^\s<>\[\]]+")
_LONGEST_RAW_NOTE = 5000
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DASHES = {2: "–", 3: "—"}


class Source:
    """The lines of a block as one string, with the way back to the text."""

    def __init__(self, text: str, block: Block) -> None:
        self.text = text
        self.content = "\n".join(text[start:end] for start, end in block.lines)
        self._lines = block.lines
        self._starts = [0]
        for start, end in block.lines[:-1]:
            self._starts.append(self._starts[-1] + end - start + 1)

    def at(self, offset: int) -> int:
        """Return the offset in the text of an offset in the content."""
        line = bisect_right(self._starts, offset) - 1 if len(self._starts) > 1 else 0
        return self._lines[line][0] + offset - self._starts[line]


@attrs.frozen
class NoteCalls:
    """What to do where a note is called, and what is needed to know that one is.

    ``labels`` are those of the notes that have a text. ``on_call`` and ``on_undefined`` are given the label,
    ``on_note`` the source and range of a note that is written out; all get the range of the mark in the text.
    """

    labels: frozenset[str]
    links: frozenset[str]
    on_call: Callable[[str, int, int], None]
    on_note: Callable[[Source, int, int, int, int], None]
    on_undefined: Callable[[str, int, int], None]


@attrs.define(eq=False)
class _Run:
    """A run of ``*`` or ``_``: how much of it is left to match, and what its characters came to mean."""

    character: str
    start: int
    count: int
    opens: bool
    closes: bool
    left: int = 0
    right: int = 0
    roles: dict[int, str] = attrs.field(factory=dict)

    @property
    def rest(self) -> int:
        return self.count - self.left - self.right


@attrs.define(eq=False)
class _Words:
    """Characters of the content: as they are, or replaced by a string; or not shown at all."""

    start: int
    end: int
    string: str | None = None


class InlineReader:
    """Reads a range of a block's content as a passage; where that is a note's, ``[^1]`` is no call."""

    def __init__(self, source: Source, calls: NoteCalls, *, in_note: bool) -> None:
        self._source = source
        self._content = source.content
        self._calls = calls
        self._in_note = in_note
        self._nodes: list[_Run | _Words] = []
        self._openers: list[_Words] = []
        self._pairs: dict[int, int] | None = None
        self._last_comment_end = self._content.rfind("-->")
        self._code_ends: dict[int, int] | None = None

    def read(self, start: int = 0, end: int | None = None) -> Passage:
        """Return the passage, and tell of the notes that are called in it."""
        content = self._content
        end = len(content) if end is None else end
        at = start
        while (special := _SPECIAL.search(content, at, end)) is not None:
            self._words(at, special.start())
            at = self._special(special.start(), special[0], end)
        self._words(at, end)
        _match_runs([node for node in self._nodes if isinstance(node, _Run)])
        return self._weave()

    def _words(self, start: int, end: int, string: str | None = None) -> int:
        if start < end:
            self._nodes.append(_Words(start, end, string))
        return end

    def _hidden(self, start: int, end: int) -> int:
        return self._words(start, end, "")

    def _special(self, at: int, found: str, end: int) -> int:
        """Read what begins with a special character, and return where it ends."""
        character = found[0]
        if character in "*_":
            return self._run(at, end)
        if character == "[":
            return self._bracket(at, end)
        if character == "]":
            return self._close_bracket(at, end)
        if character == "\n":
            return self._words(at, at + 1, " ")
        if character == "\\":
            return self._escape(at, end)
        if character == "-":
            return self._dashes(at, end)
        if character == "`":
            return self._code(at, end)
        if character == "<":
            return self._angle(at, end)
        if character == "&":
            entity = _ENTITY.match(self._content, at, end)
            return self._words(at, entity.end(), unescape(entity[0])) if entity else self._words(at, at + 1)
        if character == "!":
            embedded = _WIKI_LINK.match(self._content, at + 1, end)
            if embedded is not None:
                return self._hidden(at, embedded.end())
            self._hidden(at, at + 1)
            return self._bracket(at + 1, end)
        if character == "$":
            math = _MATH.match(self._content, at, end)
            if math is not None and math[0].startswith("$$") and self._is_displayed(math):
                return self._hidden(at, math.end())
            return self._verbatim(at, math)
        if character in "{%=":
            return self._instruction(at, end)
        if character == "h":
            return self._verbatim(at, _URL.match(self._content, at, end))
        return self._raised_or_lowered(at, end)

    def _is_displayed(self, math: re.Match[str]) -> bool:
        """Tell whether a formula stands on lines of its own; “($$: Press, 1978)” is a place that is not known yet."""
        before = self._content[: math.start()].rpartition("\n")[2]
        after = self._content[math.end() :].partition("\n")[0]
        return not before.strip() and not _INSTRUCTION.sub("", after).strip(" .,;\t")

    def _instruction(self, at: int, end: int) -> int:
        content = self._content
        if content.startswith("==", at):
            # Highlighted words, as in Obsidian; “a == b” has spaces.
            marks = not content[at - 1 : at].isspace() or not content[at + 2 : at + 3].isspace()
            return self._hidden(at, at + 2) if marks else self._words(at, at + 2)
        match = (_COMMENT if content[at] == "%" else _INSTRUCTION).match(content, at, end)
        return self._hidden(at, match.end()) if match is not None else self._words(at, at + 1)

    def _raw_note(self, at: int, end: int) -> int | None:
        r"""Read ``\footnote{…}``, which pandoc hands on to LaTeX, and return where it ends, or None if it does not."""
        begun = _RAW_NOTE.match(self._content, at, end)
        if begun is None or self._in_note:
            return None
        depth = 1
        for brace in _RAW_BRACE.finditer(
            self._content, begun.end(), min(end, begun.end() + _LONGEST_RAW_NOTE)
        ):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if depth == 0:
                source = self._source
                self._calls.on_note(source, begun.end(), brace.start(), source.at(at), source.at(begun.end()))
                return self._hidden(at, brace.end())
        return None

    def _verbatim(self, at: int, match: re.Match[str] | None) -> int:
        return self._words(at, match.end() if match else at + 1)

    def _escape(self, at: int, end: int) -> int:
        following = self._content[at + 1 : min(at + 2, end)]
        if following == "f" and (close := self._raw_note(at, end)) is not None:
            return close
        if following == "\n":
            return self._words(at, at + 2, " ")
        if following == " ":
            return self._words(at, at + 2, "\N{NO-BREAK SPACE}")
        if following in _ASCII_PUNCTUATION and following:
            return self._words(at, at + 2, following)
        return self._words(at, at + 1)

    def _dashes(self, at: int, end: int) -> int:
        stop = at
        while stop < end and self._content[stop] == "-":
            stop += 1
        dash = _DASHES.get(stop - at)
        return self._words(at, stop, dash)

    def _code(self, at: int, end: int) -> int:
        if self._code_ends is None:
            self._code_ends = _code_ends(self._content)
        close = self._code_ends.get(at, -1)
        length = len(_CODE.match(self._content, at)[0])  # type: ignore[index]
        if close < 0 or close > end:
            return self._words(at, at + length)
        self._hidden(at, at + length)
        self._plain(at + length, close - length)
        self._hidden(close - length, close)
        attributes = _ATTRIBUTES.match(self._content, close, end)
        return self._hidden(close, attributes.end()) if attributes else close

    def _plain(self, start: int, end: int) -> int:
        """Add words in which nothing but line ends means anything."""
        while (newline := self._content.find("\n", start, end)) >= 0:
            self._words(start, newline)
            self._words(newline, newline + 1, " ")
            start = newline + 1
        return self._words(start, end)

    def _angle(self, at: int, end: int) -> int:
        content = self._content
        if content.startswith("<!--", at):
            if at > self._last_comment_end:
                return self._words(at, at + 1)
            return self._hidden(at, min(end, content.find("-->", at) + 3))
        link = _AUTOLINK.match(content, at, end)
        if link is not None:
            self._hidden(at, at + 1)
            self._words(*link.span(1))
            return self._hidden(link.end() - 1, link.end())
        tag = _TAG.match(content, at, end)
        if tag is None:
            return self._words(at, at + 1)
        name = tag[2].lower()
        if name == "br":
            return self._words(at, tag.end(), " ")
        if name in ("em", "i", "cite"):
            role = "off" if tag[1] else "on"
            run = _Run(name, at, tag.end() - at, opens=False, closes=False, roles={at: role})
            self._nodes.append(run)
            return tag.end()
        return self._hidden(at, tag.end())

    def _raised_or_lowered(self, at: int, end: int) -> int:
        content = self._content
        if content.startswith("^[", at):
            close = self._closing(at + 1, end)
            if close is not None:
                source = self._source
                self._calls.on_note(source, at + 2, close, source.at(at), source.at(at + 2))
                self._nodes.append(_Words(at, close + 1, ""))
                return close + 1
        if content.startswith("~~", at):
            return self._hidden(at, at + 2)
        pattern = _RAISED if content[at] == "^" else _LOWERED
        match = pattern.match(content, at, end)
        if match is None:
            return self._words(at, at + 1)
        self._hidden(at, at + 1)
        self._plain(*match.span(1))
        return self._hidden(match.end() - 1, match.end())

    def _bracket(self, at: int, end: int) -> int:
        content = self._content
        wiki = _WIKI_LINK.match(content, at, end)
        if wiki is not None:
            self._hidden(at, wiki.start(1))
            self._words(*wiki.span(1))
            return self._hidden(wiki.end(1), wiki.end())
        call = _CALL.match(content, at, end)
        if call is not None and not self._in_note:
            if call[1] in self._calls.labels:
                self._calls.on_call(call[1], self._source.at(at), self._source.at(call.end()))
                return self._hidden(at, call.end())
            self._calls.on_undefined(call[1], self._source.at(at), self._source.at(call.end()))
            return self._words(at, call.end())
        close = self._closing(at, end)
        if close is not None and _CITATION.search(content, at + 1, close):
            return self._plain(at, close + 1)
        opener = _Words(at, at + 1)
        self._nodes.append(opener)
        if close is not None:
            self._openers.append(opener)
        return at + 1

    def _close_bracket(self, at: int, end: int) -> int:
        """End a link, an image or a span: its brackets and what follows them are not shown."""
        content = self._content
        closer = _Words(at, at + 1)
        self._nodes.append(closer)
        if not self._openers:
            return at + 1
        opener = self._openers.pop()
        after = (
            _DESTINATION.match(content, at + 1, end)
            or _ATTRIBUTES.match(content, at + 1, end)
            or self._reference(opener.end, at, end)
        )
        if after is None and link_label(content[opener.end : at][:300]) not in self._calls.links:
            return at + 1
        opener.string = closer.string = ""
        return self._hidden(at + 1, after.end()) if after is not None else at + 1

    def _reference(self, start: int, at: int, end: int) -> re.Match[str] | None:
        match = _REFERENCE.match(self._content, at + 1, end)
        if match is None:
            return None
        label = match[1] or self._content[start:at][:300]
        return match if link_label(label) in self._calls.links else None

    def _closing(self, at: int, end: int) -> int | None:
        """Return where the bracket at an offset closes, or None."""
        if self._pairs is None:
            if self._code_ends is None:
                self._code_ends = _code_ends(self._content)
            self._pairs = _bracket_pairs(self._content, self._code_ends)
        close = self._pairs.get(at)
        return close if close is not None and close < end else None

    def _run(self, at: int, end: int) -> int:
        content = self._content
        character = content[at]
        stop = at
        while stop < end and content[stop] == character:
            stop += 1
        before, after = content[at - 1 : at] or " ", content[stop : min(stop + 1, end)] or " "
        left = not after.isspace() and (
            not _is_punctuation(after) or before.isspace() or _is_punctuation(before)
        )
        right = not before.isspace() and (
            not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
        )
        if character == "_":
            # An underscore inside a word, as in a citation key, is a letter.
            left, right = (
                left and (not right or _is_punctuation(before)),
                right and (not left or _is_punctuation(after)),
            )
        self._nodes.append(_Run(character, at, stop - at, left, right))
        return stop

    def _weave(self) -> Passage:
        source, weaver = self._source, Weaver()
        depth = 0
        for node in self._nodes:
            if isinstance(node, _Run):
                depth = self._weave_run(node, weaver, depth)
            elif node.string is None:
                weaver.prose(source.text, source.at(node.start), source.at(node.end))
            elif node.string == " ":
                weaver.space(source.at(node.start), source.at(node.end))
            elif node.string:
                weaver.add(node.string, source.at(node.start), source.at(node.end), literal=False)
        return weaver.passage()

    def _weave_run(self, run: _Run, weaver: Weaver, depth: int) -> int:
        start = self._source.at(run.start)
        if run.character not in "*_":
            depth = max(0, depth + (1 if run.roles[run.start] == "on" else -1))
            weaver.emphasis(depth > 0, start, start + run.count)
            return depth
        for place in range(run.count):
            at = start + place
            role = run.roles.get(run.start + place)
            if role is None:
                weaver.add(run.character, at, at + 1)
            elif role != "strong":
                depth += 1 if role == "on" else -1
                weaver.emphasis(depth > 0, at, at + 1, literal=run.character == "*")
        return depth


def _match_runs(runs: Iterable[_Run]) -> None:
    """Pair the runs that open emphasis with those that close it (CommonMark 0.31, “Process emphasis”)."""
    openers: list[_Run] = []
    # For each kind of closing run, how far down it is known that nothing opens it: keeps the time linear.
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        kind = (run.character, run.opens, run.count % 3)
        while run.closes and run.rest:
            place = len(openers) - 1
            bottom = bottoms.get(kind, 0)
            while place >= bottom and not _fit(openers[place], run):
                place -= 1
            if place < bottom:
                bottoms[kind] = len(openers)
                break
            opener = openers[place]
            del openers[place + 1 :]
            _pair(opener, run)
            if not opener.rest:
                openers.pop()
            for known, height in bottoms.items():
                bottoms[known] = min(height, len(openers))
        if run.opens and run.rest:
            openers.append(run)


def _fit(opener: _Run, closer: _Run) -> bool:
    if opener.character != closer.character:
        return False
    both_ways = opener.closes or closer.opens
    return (
        not both_ways
        or (opener.count + closer.count) % 3 != 0
        or (opener.count % 3 == 0 and closer.count % 3 == 0)
    )


def _pair(opener: _Run, closer: _Run) -> None:
    """Take one or two characters off the inner ends of two runs, for emphasis or for strong emphasis."""
    width = 2 if opener.rest >= 2 and closer.rest >= 2 else 1
    inner = opener.start + opener.count - opener.right
    outer = closer.start + closer.left
    for step in range(width):
        opener.roles[inner - 1 - step] = "strong" if width == 2 else "on"
        closer.roles[outer + step] = "strong" if width == 2 else "off"
    opener.right += width
    closer.left += width


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _code_ends(content: str) -> dict[int, int]:
    """Return where each code span ends, by where it begins: at the next run of as many backticks."""
    runs = [
        match.span()
        for match in _CODE.finditer(content)
        if content[match.start() - 1 : match.start()] != "\\"
    ]
    next_of_length: dict[int, int] = {}
    following: dict[int, tuple[int, int]] = {}
    for start, end in reversed(runs):
        if end - start in next_of_length:
            close = next_of_length[end - start]
            following[start] = (close, close + end - start)
        next_of_length[end - start] = start
    ends: dict[int, int] = {}
    done = 0
    for start, _ in runs:
        if start >= done and start in following:
            done = ends[start] = following[start][1]
    return ends


_BRACKETS = re.compile(r"\\.|[`\[\]]", re.DOTALL)


def _bracket_pairs(content: str, code_ends: dict[int, int]) -> dict[int, int]:
    """Return where each bracket closes; those in code, and escaped ones, are no brackets."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    at = 0
    while (match := _BRACKETS.search(content, at)) is not None:
        at = match.end()
        if match[0] == "`":
            at = code_ends.get(match.start(), at)
        elif match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            pairs[opened.pop()] = match.start()
    return pairs
