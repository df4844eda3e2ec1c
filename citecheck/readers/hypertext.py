"""Reads pages of HTML and XHTML as paragraphs, with the links in them and what links may lead to."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

import attrs

from citecheck.errors import ManuscriptError
from citecheck.readers.limits import MAX_MARKS, too_much
from citecheck.readers.numerals import PATTERN_FORMATS, raised
from citecheck.readers.passages import Atom, Mark, Weaver
from citecheck.readers.tagsoup import TagSoup, Token

MAX_DEPTH = 500

_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_SKIPPED = frozenset(
    (
        "head", "script", "style", "template", "title", "textarea", "iframe", "object", "svg", "math",
        "audio", "video", "canvas", "select", "button", "nav", "del", "rt", "rp", "noembed", "noframes",
        "xmp",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
# The start of an element ends these, where their end tags were left out (HTML Standard, 13.1.2.4) …
_ENDED_BY = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"), "td": ("td", "th"),
    "th": ("td", "th"), "tbody": ("tr", "td", "th", "thead"), "a": ("a",),
}  # fmt: skip
# … but never beyond the list or table that it is in.
_SCOPES = frozenset(("table", "ul", "ol", "dl", "body"))
# What leads through a text and is no part of it, by role, type or class: page numbers (of Project Gutenberg and
# of e-books), menus, the links to edit a section of a wiki, and the number before a note that stands where it is called.
_FURNITURE = frozenset(
    (
        *("navigation", "doc-pagebreak", "pagebreak", "pagenum", "noprint", "navbox", "catlinks"),
        *("mw-editsection", "modern-footnotes-footnote"),
    )
)
_ITALIC = frozenset(("em", "i", "cite", "dfn", "var"))
# Elements that may hold a whole note: a link to a mere anchor inside one means all of it.
NOTE_ELEMENTS = frozenset(("li", "aside", "dd", "div", "section", "td", "p"))

_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_CLASS = re.compile(r"[a-z]*\.([\w-]+)")
_LONGEST_LINK = 100
_LONGEST_CITE = 5000
# How many elements around a link may be there for it alone.
_NEAR = 3

# A page, and an id in it.
Address = tuple[str, str]


@attrs.define(eq=False)
class Element:
    """An element that a link may lead to: what it is called, and which blocks it spans."""

    name: str
    types: tuple[str, ...]
    ids: tuple[Address, ...]
    first: int
    last: int = -1
    around: "Element | None" = None


@attrs.define(eq=False)
class Link:
    """A link: where it leads, the ids that it can itself be reached by, and what it says."""

    number: int
    target: Address
    ids: tuple[Address, ...]
    types: tuple[str, ...]
    block: int
    start: int
    end: int = -1
    text: str = ""
    text_start: int = -1
    text_end: int = -1
    raised: bool = False

    @property
    def opening(self) -> str:
        """The key of the mark that stands where the link begins."""
        return f"open {self.number}"

    @property
    def closing(self) -> str:
        """The key of the mark that stands where the link ends."""
        return f"close {self.number}"


@attrs.define(eq=False)
class Block:
    """A paragraph, heading or table cell, with the number it has as an item of a list."""

    part: str
    weaver: Weaver
    list_label: str = ""
    quoted: bool = False
    """Whether it stands in a long quotation that is set apart."""
    atoms: list[Atom | Mark] = attrs.field(factory=list)


@attrs.define
class _Open:
    """An element that is open."""

    name: str
    skipped: bool = False
    slanted: bool = False
    turns: bool = False
    element: Element | None = None
    within: Element | None = None
    link: Link | None = None
    quoted: bool = False
    holds_note: bool = False
    """Whether a plugin of WordPress writes a note into it, where the note is called."""
    list: "_List | None" = None


@attrs.define
class _List:
    """A list that is open: how its items are numbered, or nothing for bullets, and the last number."""

    numeral: str
    number: int = 0


# Modern Footnotes prints the number, and the note behind it, which a click opens. It is read as its shortcode is.
_NOTE_IN_PLACE = "modern-footnotes-footnote__note"


class Pages:
    """The pages of a text, read in turn into :attr:`blocks`, :attr:`anchors` and :attr:`links`."""

    def __init__(self, path: str) -> None:
        self.blocks: list[Block] = []
        self.anchors: dict[Address, Element] = {}
        self.links: list[Link] = []
        self._path = path
        self._marks = 0

    def read(
        self, page: str, part: str = "", *, xml: bool = False, italic_classes: frozenset[str] = frozenset()
    ) -> None:
        """Read a page; ``part`` is its name, by which other pages link to it.

        Raises:
            ManuscriptError: its elements are too many, or nested too deep.
        """
        self._marks += page.count("<") + page.count("&")
        if self._marks > MAX_MARKS:
            raise too_much(self._path)
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
        self._link: Link | None = None

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
        is_text = token.kind == "text"
        if self._block is None and is_text and self._page[token.start : token.end].isspace():
            # White space between paragraphs is no paragraph.
            return
        weaver = self._open_block().weaver
        number = raised(self._page[token.start : token.end]) if is_text and self._names.get("sup") else None
        if number is not None:
            weaver.add(number, token.start, token.end, literal=False)
        elif is_text:
            weaver.prose(self._page, token.start, token.end)
        else:
            weaver.add(token.name, token.start, token.end, literal=False)
        link = self._link
        if link is not None and len(link.text) < _LONGEST_LINK:
            link.text += token.name or self._page[token.start : token.end]
            link.text_start = token.start if link.text_start < 0 else link.text_start
            link.text_end = token.end

    def _open_block(self) -> Block:
        """Return the block that text here belongs to, a new one if none is open."""
        if self._block is None:
            label, self._item_label = self._item_label, ""
            self._block = Block(self._part, Weaver(), label, bool(self._names.get("blockquote")))
            self._pages.blocks.append(self._block)
            self._block.weaver.emphasis(self._slanted())
        return self._block

    def _end_block(self) -> None:
        if self._block is not None:
            self._block.atoms = self._block.weaver.finish()
            self._block.weaver = Weaver()
            self._block = None

    def _slanted(self) -> bool:
        return bool(self._open) and self._open[-1].slanted

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
        if opened.turns and self._block is not None:
            self._block.weaver.emphasis(opened.slanted, token.start, token.end)
        if opened.holds_note and not self._skipping:
            self._open_block().weaver.add("[mfn]", token.start, token.end, literal=False)
        if name == "q" and not self._skipping:
            opened.quoted = True
            self._quotation_mark("“", token)

    def _describe(self, name: str, attributes: dict[str, str], token: Token) -> _Open:
        """Return the element that a start tag opens, and enter it where links may lead to it."""
        style = attributes.get("style", "")
        skipped = name in _SKIPPED or "hidden" in attributes or bool(style and _HIDDEN.search(style))
        outer = self._open[-1] if self._open else _Open("")
        opened = _Open(name, skipped, outer.slanted, within=outer.within, list=outer.list)
        if self._skipping or skipped:
            return opened
        classes = attributes.get("class", "").split()
        types = (*classes, *attributes.get("role", "").split(), *attributes.get("epub:type", "").split())
        if not _FURNITURE.isdisjoint(types):
            opened.skipped = True
            return opened
        opened.holds_note = _NOTE_IN_PLACE in classes
        if name == "sup" and self._link is not None and not self._link.text.strip():
            self._link.raised = True
        if name not in _BLOCKS:
            is_reference = name == "cite" and self._holds_italics(token)
            opened.slanted = self._slant("" if is_reference else name, style, classes, outer.slanted)
            opened.turns = opened.slanted is not outer.slanted
        elif name in ("ol", "ul", "li"):
            self._number(opened, attributes)
        ids = tuple((self._part, attributes[key]) for key in ("id", "name", "xml:id") if attributes.get(key))
        if ids or name in NOTE_ELEMENTS:
            opened.element = opened.within = Element(name, types, ids, self._here(), around=outer.within)
            for address in ids:
                self._pages.anchors.setdefault(address, opened.element)
        if name == "a" and "href" in attributes:
            self._link = opened.link = self._new_link(attributes["href"], ids, types, token)
        return opened

    def _here(self) -> int:
        """Return the number of the block that text here would belong to."""
        return len(self._pages.blocks) - (self._block is not None)

    def _slant(self, name: str, style: str, classes: Iterable[str], around: bool) -> bool:
        said = _SLANT.search(style) if style else None
        if said is not None:
            return said[1].lower() != "normal"
        return around or name in _ITALIC or not self._italic_classes.isdisjoint(classes)

    def _holds_italics(self, token: Token) -> bool:
        """Tell whether a “cite” element is a whole reference with a title in it, as wikis use it, and no title."""
        end = self._page.find("</cite", token.end, token.end + _LONGEST_CITE)
        return re.search(r"<(?:i|em)\b", self._page[token.end : max(end, token.end)]) is not None

    def _number(self, opened: _Open, attributes: dict[str, str]) -> None:
        """Count the items of a list that is printed with numbers."""
        if opened.name == "ol":
            opened.list = _List(attributes.get("type", "1"), _number_of(attributes.get("start", ""), 1) - 1)
        elif opened.name == "ul":
            opened.list = _List("")
        else:
            self._item_label = ""
            if opened.list is not None and opened.list.numeral:
                opened.list.number = _number_of(attributes.get("value", ""), opened.list.number + 1)
                numeral = PATTERN_FORMATS.get(opened.list.numeral, str)(opened.list.number)
                self._item_label = f"{numeral}. "

    def _new_link(
        self, href: str, ids: tuple[Address, ...], types: tuple[str, ...], token: Token
    ) -> Link | None:
        target = address_of(href, self._part)
        if target is None:
            return None
        around = dict.fromkeys(ids)
        for opened in self._open[-_NEAR:]:
            if opened.name not in _BLOCKS and opened.element is not None:
                # <sup id="fnref1"><a href="#fn1">1</a></sup>: the way back leads to the <sup>.
                around |= dict.fromkeys(opened.element.ids)
        block = self._open_block()
        raised = any(opened.name == "sup" for opened in self._open[-_NEAR:])
        link = Link(
            len(self._pages.links), target, tuple(around), types, self._here(), token.start, raised=raised
        )
        self._pages.links.append(link)
        block.weaver.mark(token.start, token.end, link.opening)
        return link

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
        if closed.holds_note and not self._skipping:
            at = (own.start, own.end) if own is not None else (0, 0)
            self._open_block().weaver.add("[/mfn]", *at, literal=False)
        if closed.quoted and own is not None:
            self._quotation_mark("”", own)
        if closed.link is not None:
            end = own.end if own is not None else self._last_end(closed.link)
            closed.link.end = end
            self._link = None
            if self._block is not None:
                self._block.weaver.mark(own.start if own is not None else end, end, closed.link.closing)
        if closed.turns and self._block is not None:
            start, end = (own.start, own.end) if own is not None else (-1, -1)
            self._block.weaver.emphasis(self._slanted(), start, end)
        self._skipping -= closed.skipped
        return closed

    def _last_end(self, link: Link) -> int:
        atoms = self._block.weaver.atoms if self._block is not None else []
        return max(link.start, atoms[-1].end) if atoms else link.start

    def _quotation_mark(self, mark: str, token: Token) -> None:
        self._open_block().weaver.add(mark, token.start, token.end, literal=False)


def _number_of(written: str, default: int) -> int:
    return int(written) if re.fullmatch(r"-?\d{1,6}", written, re.ASCII) else default


def address_of(href: str, part: str) -> Address | None:
    """Return the page and id that a link leads to, or None where it leads out of the text."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href) or "#" not in href:
        return None
    file, _, fragment = href.partition("#")
    page = posixpath.normpath(posixpath.join(posixpath.dirname(part), unquote(file))) if file else part
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
