"""Finds out how Typst markup and code nest: which bracket closes which, and where comments and strings are.

In Typst a quotation mark opens a string in code and is a quotation mark in text, and the two hold
each other: ``#f("a]")[text #g(x)]``. One pass that keeps track of where it is settles all of that.
"""

import re
from typing import Literal

import attrs

from citecheck.errors import ManuscriptError

MAX_DEPTH = 500

Mode = Literal["markup", "code", "statement", "block"]

_MARKUP = re.compile(r"\\.|//[^\r\n]*|/\*|`+|https?://[^\s\])]*|[#\[\]]", re.DOTALL)
_CODE = re.compile(r"//[^\r\n]*|/\*|`+|[()\[\]{}\r\n;\"]")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_KEYWORD = re.compile(r"(let|set|show|import|include|if|for|while|return|context)\b")
_CHAIN = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*")
_METHOD = re.compile(r"\.[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)*(?=\()")
_ELSE = re.compile(r"\s*else\b")
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_CLOSES = {")": "(", "]": "[", "}": "{"}


@attrs.define
class _Frame:
    mode: Mode
    opened: int
    bracket: str = ""
    expression: bool = False


class Scan:
    """What one pass over a text finds.

    ``pairs`` leads from each bracket that means something to the one that closes it; ``opaque`` from
    the start of each comment, raw text and string to its end; ``statements`` from the ``#`` of
    ``#let``, ``#set`` and the like to the end of the statement.

    Raises:
        ManuscriptError: brackets are nested too deep.
    """

    def __init__(self, text: str, path: str) -> None:
        self.pairs: dict[int, int] = {}
        self.opaque: dict[int, int] = {}
        self.statements: dict[int, int] = {}
        self._text = text
        self._path = path
        self._strings_close = True
        self._closed: _Frame | None = None
        self._frames = [_Frame("markup", -1)]
        at = 0
        while at < len(text):
            at = self._markup(at) if self._frames[-1].mode == "markup" else self._code(at)
        for frame in self._frames:
            if frame.mode in ("statement", "block"):
                self.statements[frame.opened] = len(text)

    def _push(self, frame: _Frame) -> None:
        if len(self._frames) >= MAX_DEPTH:
            raise ManuscriptError(
                self._path,
                f"is not safe to open: its brackets are nested more than {MAX_DEPTH} deep",
                "simplify it",
            )
        self._frames.append(frame)

    def _markup(self, at: int) -> int:
        text = self._text
        match = _MARKUP.search(text, at)
        if match is None:
            return len(text)
        found, end = match[0], match.end()
        if found == "[":
            self._push(_Frame("markup", match.start(), "["))
        elif found == "]":
            self._close(match.start())
            return self._after_close(end)
        elif found == "#":
            return self._hash(match.start())
        elif found.startswith(("//", "/*", "`")):
            return self._opaque(match.start(), found)
        return end

    def _hash(self, at: int) -> int:
        """Go into the code that a ``#`` begins."""
        text = self._text
        keyword = _KEYWORD.match(text, at + 1)
        if keyword is not None:
            block = keyword[1] in ("if", "for", "while")
            self._push(_Frame("block" if block else "statement", at))
            return keyword.end()
        end = at + 1
        chain = _CHAIN.match(text, end)
        if chain is not None:
            end = chain.end()
        if text[end : end + 1] in ("(", "{") and (chain is None or text[end] == "("):
            self._push(_Frame("code", end, text[end], expression=True))
            return end + 1
        if text[end : end + 1] == '"' and chain is None:
            return self._string(end)
        return end

    def _string(self, at: int) -> int:
        match = _STRING.match(self._text, at) if self._strings_close else None
        if match is None:
            # One that never closes: no other after it does, and none is looked for.
            self._strings_close = False
            return at + 1
        self.opaque[at] = match.end()
        return match.end()

    def _code(self, at: int) -> int:
        text = self._text
        match = _CODE.search(text, at)
        if match is None:
            return len(text)
        found, end = match[0], match.end()
        frame = self._frames[-1]
        if found in ("(", "{"):
            self._push(_Frame("code", match.start(), found))
        elif found == "[":
            self._push(_Frame("markup", match.start(), "["))
        elif found in _CLOSES:
            if frame.mode in ("statement", "block"):
                # The bracket belongs to what is around the statement.
                self._end_statement(match.start())
                return match.start()
            self._close(match.start())
            return self._after_close(end)
        elif found == '"':
            return self._string(match.start())
        elif found in ("\n", "\r", ";"):
            if frame.mode in ("statement", "block"):
                self._end_statement(end)
        else:
            return self._opaque(match.start(), found)
        return end

    def _opaque(self, at: int, found: str) -> int:
        """Pass over a comment, raw text or a string."""
        if found == "/*":
            end = self._comment_end(at)
        elif found[0] == "`":
            end = self._raw_end(at, len(found))
        else:
            end = at + len(found)
        self.opaque[at] = end
        return end

    def _comment_end(self, at: int) -> int:
        depth = 0
        for edge in _COMMENT_EDGE.finditer(self._text, at):
            depth += 1 if edge[0] == "/*" else -1
            if depth == 0:
                return edge.end()
        return len(self._text)

    def _raw_end(self, at: int, length: int) -> int:
        if length == 2:
            return at + 2
        # Three and more backticks are closed by as many; two within them are text.
        close = self._text.find("`" * length, at + length)
        return close + length if close >= 0 else len(self._text)

    def _close(self, at: int) -> None:
        """Close the innermost bracket, if it is of this kind; else the bracket is text."""
        frame = self._frames[-1]
        if frame.bracket == _CLOSES[self._text[at]]:
            self.pairs[frame.opened] = at
            self._frames.pop()
            self._closed = frame

    def _after_close(self, at: int) -> int:
        """See what goes on after a bracket: another argument, a method, an ``else``."""
        closed, self._closed = self._closed, None
        if closed is None:
            return at
        frame = self._frames[-1]
        if frame.mode == "block" and closed.bracket in ("{", "["):
            following = _ELSE.match(self._text, at)
            if following is None:
                self._end_statement(at)
                return at
            return following.end()
        if frame.mode == "markup" and (closed.expression or closed.bracket == "["):
            method = _METHOD.match(self._text, at)
            if method is not None and closed.expression:
                self._push(_Frame("code", method.end(), "(", expression=True))
                return method.end() + 1
        return at

    def _end_statement(self, end: int) -> None:
        frame = self._frames.pop()
        self.statements[frame.opened] = end
