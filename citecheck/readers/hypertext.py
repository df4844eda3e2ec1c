"""Reads pages of HTML and XHTML as paragraphs, and finds their notes by following links.

Each program marks notes in a way of its own: WAI-ARIA roles, EPUB types, class names, ids such as
``_ftn1``. What all have in common is a link from the text to the note, and mostly one back; so notes
are found by where links lead.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from citecheck.errors import ManuscriptError
from citecheck.readers.layout import LAID_OUT
from citecheck.readers.numerals import PATTERN_FORMATS, numbering_runs
from citecheck.readers.passages import Atom, Mark, Weaver, strip
from citecheck.readers.tagsoup import TagSoup, Token

MAX_DEPTH = 500

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_SKIPPED = frozenset(
    (
        "head", "script", "style", "template", "title", "textarea", "iframe", "object", "svg", "math", "audio",
        "video", "canvas", "select", "button", "nav", "del", "rt", "rp", "noembed", "noframes", "xmp",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
# The start of an element ends these, where their end tags were left out (HTML Standard, 13.1.2.4) …
_ENDED_BY = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "tbody": ("tr", "td", "th", "thead"), "a": ("a",),
}  # fmt: skip
# … but never beyond the list or table that it is in.
_SCOPES = frozenset(("table", "ul", "ol", "dl", "body"))
_ITALIC = frozenset(("em", "i", "cite", "dfn", "var"))
# A link to a mere anchor in one of these means the whole of it.
_NOTE_ELEMENTS = frozenset(("li", "aside", "dd", "div", "section", "td", "p"))

_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CLASS = re.compile(r"[a-z]*\.([\w-]+)")
_LABEL = re.compile(r"[\[({]?\s*(\d{1,5}|[ivxlc]{1,8}|[*†‡§¶‖#]{1,6}|[a-z]{1,2})\s*[\])}]?\.?", re.IGNORECASE)
_NOTE_ID = re.compile(
    r"_?(?:fn|ftn|edn|en|foot_?note|end_?note|note|n|sdfootnote|sdendnote|anm|fu(?:ss|ß)note)[-_:.]?\d+(?:sym|x|b)?", re.IGNORECASE
)
_ENDNOTE_ID = re.compile(r"_?(?:edn|en|end_?note|sdendnote)[-_:.]?\d", re.IGNORECASE)
_BACK = re.compile(r"[↩↑⏎^←⬆]|\ufe0e|\ufe0f|back|return", re.IGNORECASE)

Address = tuple[str, str]


@attrs.define(eq=False)
class Element:
    """An element that a link may lead to: what it is called, and which blocks it spans."""

    name: str
    types: frozenset[str]
    first: int
    last: int = -1
    around: "Element | None" = None

    def is_note(self) -> bool:
        """Tell whether the element says itself that it is a note."""
        return not self.types.isdisjoint(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))


@attrs.define(eq=False)
class Link:
    """A link: where it leads, the ids it can itself be reached by, and what it says."""

    number: int
    target: Address
    ids: frozenset[Address]
    types: frozenset[str]
    block: int
    start: int
    end: int = -1
    text: str = ""

    def label(self) -> str | None:
        """Return the label that the link shows, without brackets, or None if it shows anything else."""
        match = _LABEL.fullmatch(self.text.strip())
        return match[1] if match else None

    def goes_back(self) -> bool:
        """Tell whether the link says itself that it leads from a note back to the text."""
        named = not self.types.isdisjoint(("doc-backlink", "backlink", "footnote-back", "reversefootnote"))
        return named or bool(self.text.strip()) and not _BACK.sub("", self.text).strip()


@attrs.define(eq=False)
class Block:
    """A paragraph, heading or table cell, with the number it has as an item of a list."""

    part: str
    weaver: Weaver
    list_label: str = ""
    atoms: list[Atom | Mark] = attrs.field(factory=list)


@attrs.define
class _Open:
    """An element that is open."""

    name: str
    skipped: bool = False
    slant: bool | None = None
    element: Element | None = None
    link: Link | None = None
    quoted: bool = False
    items: int = 0
    numeral: str = ""


class Pages:
    """The pages of a text, read one after the other into :attr:`blocks`, :attr:`anchors` and :attr:`links`."""

    def __init__(self, path: str) -> None:
        self.blocks: list[Block] = []
        self.anchors: dict[Address, Element] = {}
        self.links: list[Link] = []
        self._path = path

    def read(self, page: str, part: str = "", *, xml: bool = False, italic_classes: frozenset[str] = frozenset()) -> None:
        """Read a page; ``part`` is its name, by which other pages link to it.

        Raises:
            ManuscriptError: its elements are nested too deep.
        """
        soup = TagSoup(page, xml=xml)
        _PageReader(self, page, part, self._path, italic_classes).read(soup, xml)


class _PageReader:
    """Reads one page into :class:`Pages`."""

    def __init__(self, pages: Pages, page: str, part: str, path: str, italic_classes: frozenset[str]) -> None:
        self._pages = pages
        self._page = page
        self._part = part
        self._path = path
        self._italic_classes = italic_classes
        self._open: list[_Open] = []
        self._names: dict[str, int] = {}
        self._skipping = 0
        self._block: Block | None = None
        self._item_label = ""

    def read(self, soup: TagSoup, xml: bool) -> None:
        sheets = 0
        for token in soup:
            if token.kind == "start":
                self._start(token, xml)
            elif token.kind == "end":
                self._end_tag(token)
            elif not self._skipping:
                self._characters(token)
            if len(soup.style_sheets) > sheets:
                sheets = len(soup.style_sheets)
                self._italic_classes |= italic_classes(soup.style_sheets[-1])
        while self._open:
            self._close()
        self._end_block()

    def _characters(self, token: Token) -> None:
        weaver = self._weaver(token)
        if weaver is None:
            return
        if token.kind == "text":
            weaver.prose(self._page, token.start, token.end)
        else:
            weaver.add(token.name, token.start, token.end, literal=False)
        link = self._open_link()
        if link is not None and len(link.text) < 100:
            link.text += token.name or self._page[token.start : token.end]

    def _weaver(self, token: Token) -> Weaver | None:
        """Return the weaver of the block that text belongs to; white space alone opens none."""
        if self._block is None:
            if token.kind == "text" and self._page[token.start : token.end].isspace():
                return None
            label, self._item_label = self._item_label, ""
            self._block = Block(self._part, Weaver(), label)
            self._pages.blocks.append(self._block)
            self._block.weaver.emphasis(self._slanted())
        return self._block.weaver

    def _open_link(self) -> Link | None:
        if not self._names.get("a"):
            return None
        return next((opened.link for opened in reversed(self._open) if opened.link is not None), None)

    def _end_block(self) -> None:
        if self._block is not None:
            self._block.atoms = self._block.weaver.finish()
            self._block = None

    def _slanted(self) -> bool:
        return bool(next((opened.slant for opened in reversed(self._open) if opened.slant is not None), False))

    def _start(self, token: Token, xml: bool) -> None:
        name = token.name
        if name in _BLOCKS:
            self._end_block()
            if name not in ("td", "th", "tr", "caption"):
                self._end_scoped(("p",))
        if name in _ENDED_BY:
            self._end_scoped(_ENDED_BY[name])
        if name == "br" and self._block is not None:
            self._block.weaver.space(token.start, token.end)
        attributes = token.attributes() if token.rest else {}
        opened = self._describe(name, attributes, token)
        if len(self._open) >= MAX_DEPTH:
            raise ManuscriptError(
                self._path,
                f"is not safe to open: its markup is nested more than {MAX_DEPTH} deep",
                "open it in a browser and save it anew",
            )
        self._open.append(opened)
        self._names[name] = self._names.get(name, 0) + 1
        self._skipping += opened.skipped
        if name in _VOID or token.closes_itself:
            self._close(token)
            return
        if opened.slant is not None and self._block is not None:
            self._block.weaver.emphasis(opened.slant, token.start, token.end)
        if name == "q" and not self._skipping:
            opened.quoted = True
            self._quotation_mark("“", token)

    def _describe(self, name: str, attributes: dict[str, str], token: Token) -> _Open:
        """Return the element that a start tag opens, and enter it where links may lead to it."""
        style = attributes.get("style", "")
        skipped = name in _SKIPPED or "hidden" in attributes or bool(style and _HIDDEN.search(style))
        opened = _Open(name, skipped)
        if self._skipping or skipped:
            return opened
        classes = attributes.get("class", "").split()
        types = frozenset((*classes, *attributes.get("role", "").split(), *attributes.get("epub:type", "").split()))
        if name not in _BLOCKS:
            opened.slant = self._slant(name, style, classes)
        if name in ("ol", "li"):
            self._number(opened, name, attributes)
        ids = frozenset((self._part, attributes[key]) for key in ("id", "name", "xml:id") if attributes.get(key))
        if ids or name in _NOTE_ELEMENTS:
            opened.element = Element(name, types, self._here(), around=self._around())
            for address in ids:
                self._pages.anchors.setdefault(address, opened.element)
        if name == "a" and "href" in attributes:
            opened.link = self._link(attributes["href"], ids, types, token)
        return opened

    def _here(self) -> int:
        """Return the number of the block that text here would belong to."""
        return len(self._pages.blocks) - (self._block is not None)

    def _around(self) -> Element | None:
        return next((opened.element for opened in reversed(self._open) if opened.element is not None), None)

    def _slant(self, name: str, style: str, classes: Iterable[str]) -> bool | None:
        said = _SLANT.search(style) if style else None
        if said is not None:
            return said[1].lower() != "normal"
        if name in _ITALIC or not self._italic_classes.isdisjoint(classes):
            return True
        return None

    def _number(self, opened: _Open, name: str, attributes: dict[str, str]) -> None:
        """Count the items of a list that is printed with numbers."""
        if name == "ol":
            start = attributes.get("start", "")
            opened.items = int(start) - 1 if re.fullmatch(r"-?\d{1,6}", start) else 0
            opened.numeral = attributes.get("type", "1")
            return
        around = next((outer for outer in reversed(self._open) if outer.name in ("ol", "ul", "menu")), None)
        self._item_label = ""
        if around is not None and around.name == "ol":
            value = attributes.get("value", "")
            around.items = int(value) if re.fullmatch(r"-?\d{1,6}", value) else around.items + 1
            self._item_label = f"{PATTERN_FORMATS.get(around.numeral, str)(around.items)}. "

    def _link(self, href: str, ids: frozenset[Address], types: frozenset[str], token: Token) -> Link | None:
        target = address_of(href, self._part)
        if target is None:
            return None
        around: set[Address] = set(ids)
        for opened in reversed(self._open):
            if opened.name in _BLOCKS:
                break
            if opened.element is not None:
                # <sup id="fnref1"><a href="#fn1">1</a></sup>: the way back leads to the <sup>.
                around.update(address for address, element in self._own_ids(opened.element))
        weaver = self._weaver(Token("reference", "", "", token.start, token.end))
        link = Link(len(self._pages.links), target, frozenset(around), types, self._here(), token.start)
        self._pages.links.append(link)
        if weaver is not None:
            weaver.mark(token.start, token.end, f"open {link.number}")
        return link

    def _own_ids(self, element: Element) -> list[tuple[Address, Element]]:
        return [(address, found) for address, found in self._pages.anchors.items() if found is element]

    def _end_scoped(self, names: Sequence[str]) -> None:
        """End the innermost open element of one of these names, unless a list or table lies between."""
        if not any(self._names.get(name) for name in names):
            return
        for opened in reversed(self._open):
            if opened.name in names:
                while self._close() is not opened:
                    pass
                return
            if opened.name in _SCOPES:
                return

    def _end_tag(self, token: Token) -> None:
        name = token.name
        if name in _BLOCKS:
            self._end_block()
        # Looked up first: a page of a million end tags must not search the open elements for each.
        if not self._names.get(name):
            return
        while self._close(token).name != name:
            pass

    def _close(self, token: Token | None = None) -> _Open:
        closed = self._open.pop()
        self._names[closed.name] -= 1
        if closed.name in _BLOCKS:
            self._end_block()
        if closed.element is not None:
            closed.element.last = max(closed.element.first, len(self._pages.blocks) - 1)
        own = token if token is not None and token.name == closed.name else None
        if closed.quoted and own is not None:
            self._quotation_mark("”", own)
        if closed.link is not None:
            end = own.end if own is not None else self._last_end()
            closed.link.end = end
            if self._block is not None:
                self._block.weaver.mark(own.start if own is not None else end, end, f"close {closed.link.number}")
        if closed.slant is not None and self._block is not None:
            start, end = (own.start, own.end) if own is not None else (-1, -1)
            self._block.weaver.emphasis(self._slanted(), start, end)
        self._skipping -= closed.skipped
        return closed

    def _last_end(self) -> int:
        assert self._block is None or self._block.weaver.atoms
        return self._block.weaver.atoms[-1].end if self._block is not None else 0

    def _quotation_mark(self, mark: str, token: Token) -> None:
        weaver = self._weaver(Token("reference", mark, "", token.start, token.end))
        if weaver is not None:
            weaver.add(mark, token.start, token.end, literal=False)


def address_of(href: str, part: str) -> Address | None:
    """Return the page and id that a link leads to, or None where it leads out of the text."""
    from posixpath import dirname, join, normpath
    from urllib.parse import unquote

    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href) or "#" not in href:
        return None
    file, _, fragment = href.partition("#")
    page = normpath(join(dirname(part), unquote(file))) if file else part
    return page, unquote(fragment)


def italic_classes(sheet: str) -> frozenset[str]:
    """Return the class names that a style sheet sets in italics."""
    found: set[str] = set()
    for rule in sheet.split("}"):
        selectors, _, body = rule.partition("{")
        said = _SLANT.search(body)
        if said is not None and said[1].lower() != "normal":
            for selector in selectors.split(","):
                simple = _CLASS.fullmatch(selector.strip())
                if simple is not None:
                    found.add(simple[1])
    return frozenset(found)
