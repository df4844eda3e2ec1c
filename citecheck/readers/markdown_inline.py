"""Reads the inline markup of Markdown: emphasis, links, escapes and calls of notes, with exact positions."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from html import unescape

import attrs

from citecheck.manuscript import Passage
from citecheck.readers.markdown_blocks import Block, Range, link_label
from citecheck.readers.passages import Weaver

_SPECIAL = re.compile(r"[\\`*_\[\]!<&^~$\n]|--|https?://")
_CODE = re.compile(r"`+")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_CALL = re.compile(r"\[\^([^\s^\[\]]+)\]")
_CITATION = re.compile(r"(?:^|[\s;-])-?@[\w{]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_DESTINATION = re.compile(r"\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_MATH = re.compile(r"\$\$[^$]+\$\$|\$(?=[^\s$])[^$\n]{0,300}(?<=\S)\$(?!\d)")
_RAISED = re.compile(r"\^((?:[^\s^\\\[]|\\.)+)\^")
_LOWERED = re.compile(r"~((?:[^\s~\\]|\\.)+)~(?!~)")
_URL = re.compile(r"https?://[^\s<>\[\]]+")
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Source:
    """The lines of a block as one string, with the way back to the text."""

    def __init__(self, text: str, block: Block) -> None:
        self.text = text
        self.content = "\n".join(text[start:end] for start, end in block.lines)
        self._lines = block.lines
        self._starts: list[int] = []
        length = 0
        for start, end in block.lines:
            self._starts.append(length)
            length += end - start + 1

    def at(self, offset: int) -> int:
        """Return the offset in the text of an offset in the content."""
        line = 0
        if len(self._starts) > 1:
            from bisect import bisect_right

            line = bisect_right(self._starts, offset) - 1
        return self._lines[line][0] + offset - self._starts[line]
