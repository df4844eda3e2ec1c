"""Divides HTML and XHTML into tags, text and character references, with exact positions.

The standard library's parser would do, but as of Python 3.11 it takes quadratic time for pages such
as ``<!--<!--<!--``; this takes linear time whatever the page, and never fails.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple

from citecheck.readers.decoding import BYTE_ORDER_MARK

# Elements whose content is no markup (HTML Standard, 13.2.6.4): it goes on to their own end tag.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})

_SPECIAL = re.compile(r"[<&]")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_SIMPLE_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));?")


class Token(NamedTuple):
    """A tag, a stretch of text or a character reference, with its range of the page.

    ``name`` is the element's name in lower case, or the character that a reference stands for;
    ``rest`` is what a start tag says besides.
    """

    kind: Literal["start", "end", "text", "reference"]
    name: str
    rest: str
    start: int
    end: int

    def attributes(self) -> dict[str, str]:
        """Return the attributes of a start tag, names in lower case; the first of a name counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.rest):
            value = next((group for group in match.groups()[1:] if group is not None), "")
            found.setdefault(match[1].lower(), unescape(value))
        return found

    @property
    def closes_itself(self) -> bool:
        """Tell whether this is a tag such as ``<br/>``."""
        return self.rest.endswith("/")


class TagSoup:
    """The tokens of a page, in order; comments, declarations and the content of scripts are left out.

    ``xml`` is whether the page is XHTML, where no element has raw content and CDATA sections are text.
    """

    def __init__(self, page: str, *, xml: bool) -> None:
        self.style_sheets: list[str] = []
        self._page = page
        self._xml = xml
        self._tag = _TAG
        self._last_close = page.rfind(">")
        self._last_comment_end = page.rfind("-->")

    def __iter__(self) -> Iterator[Token]:
        page = self._page
        at = done = int(page.startswith(BYTE_ORDER_MARK))
        while (special := _SPECIAL.search(page, at)) is not None:
            at = special.start()
            token, end = self._reference(at) if page[at] == "&" else self._markup(at)
            if end <= at:
                at += 1
                continue
            if done < at:
                yield Token("text", "", "", done, at)
            if token is not None:
                yield token
            at = done = end
        if done < len(page):
            yield Token("text", "", "", done, len(page))

    def _reference(self, at: int) -> tuple[Token | None, int]:
        """Return the token at an ampersand and where it ends: at once, where it is just an ampersand."""
        match = _REFERENCE.match(self._page, at)
        if match is None:
            return None, at
        name = match[3]
        if name is None:
            character = unescape(match[0] if match[0].endswith(";") else f"{match[0]};")
        elif f"{name};" in html5 and match[0].endswith(";"):
            character = html5[f"{name};"]
        elif name in html5:
            character = html5[name]
        else:
            return None, at
        return Token("reference", character or "\N{REPLACEMENT CHARACTER}", "", at, match.end()), match.end()

    def _markup(self, at: int) -> tuple[Token | None, int]:
        """Return the token at ``<``, or None where nothing is shown, and where it ends."""
        page = self._page
        if page.startswith("<!--", at) and at + 2 <= self._last_comment_end:
            return None, page.find("-->", at + 2) + 3
        if self._xml and page.startswith("<![CDATA[", at):
            close = page.find("]]>", at)
            close = len(page) if close < 0 else close
            return Token("text", "", "", min(at + 9, close), close), min(len(page), close + 3)
        if at > self._last_close:
            return None, at
        following = page[at + 1 : at + 2]
        if following in ("!", "?") or (following == "/" and not page[at + 2 : at + 3].isalpha()):
            return None, page.find(">", at) + 1
        return self._element(at)

    def _element(self, at: int) -> tuple[Token | None, int]:
        match = self._tag.match(self._page, at)
        if match is None and self._tag is _TAG and re.match(r"</?[A-Za-z]", self._page[at : at + 3]):
            # A quotation mark that never closes: from here on, quotation marks mean nothing.
            self._tag = _SIMPLE_TAG
            match = self._tag.match(self._page, at)
        if match is None:
            return None, at
        name = match[2].lower()
        end = match.end()
        if not self._xml and not match[1] and name in _RAW:
            end = self._raw_end(name, end)
            if name == "style":
                self.style_sheets.append(self._page[match.end() : end])
        return Token("end" if match[1] else "start", name, match[3], at, match.end()), end

    def _raw_end(self, name: str, start: int) -> int:
        close = re.compile(rf"</{name}", re.IGNORECASE).search(self._page, start)
        return close.start() if close is not None else len(self._page)
