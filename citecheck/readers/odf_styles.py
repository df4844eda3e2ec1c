"""What an OpenDocument text says of styles and lists: which are italic or hidden, how lists are numbered."""

import attrs

from citecheck.readers.markup import Attributes, MarkupStream, StartAction
from citecheck.readers.numerals import PATTERN_FORMATS
from citecheck.readers.quotation_styles import names_quotation

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_ITALIC = ("italic", "oblique")
_LONGEST_CHAIN = 50
_LONGEST_AFFIX = 10


@attrs.define
class _Style:
    parent: str = ""
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None


@attrs.frozen
class ListLevel:
    """How one level of a list is numbered (OpenDocument 1.3 Part 3, 16.33)."""

    pattern: str
    prefix: str
    suffix: str
    start: int
    display_levels: int

    def numeral(self, number: int) -> str:
        """Return a number in the numerals of this level."""
        return PATTERN_FORMATS.get(self.pattern, str)(number)


class OdfStyles:
    """The styles of a document, gathered from ``styles.xml`` and from the start of ``content.xml``."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._levels: dict[tuple[str, int], ListLevel] = {}
        self._current = _Style()
        self._list_style = ""

    def actions(self) -> dict[str, StartAction]:
        """Return what to do at the elements that define styles, for the stream that reads a part."""
        return {
            f"{STYLE} style": self._begin,
            f"{STYLE} text-properties": self._properties,
            f"{TEXT} list-style": lambda attributes: setattr(
                self, "_list_style", attributes.get(f"{STYLE} name", "")
            ),
            f"{TEXT} list-level-style-number": self._level,
        }

    def read(self, data: bytes, path: str, part: str) -> None:
        """Read the styles of a part that holds nothing else.

        Raises:
            ManuscriptError: the part is damaged or not safe.
        """
        MarkupStream(data, path, part, self.actions(), {}).run()

    def italic(self, family: str, style: str) -> bool | None:
        """Tell whether a style is italic; None where it leaves that to what is around it."""
        return self._inherited(family, style, "italic")

    def hidden(self, style: str) -> bool:
        """Tell whether text in a text style is hidden."""
        return bool(self._inherited("text", style, "hidden"))

    def raised(self, style: str) -> bool | None:
        """Tell whether text in a text style is superscript; None where it leaves that to what is around it."""
        return self._inherited("text", style, "raised")

    def list_level(self, style: str, level: int) -> ListLevel | None:
        """Return how a level of a list style, counted from 1, is numbered; None for bullets."""
        return self._levels.get((style, level))

    def is_quotation(self, style: str) -> bool:
        """Tell whether a paragraph style is for long quotations, by its name or by that of its parent."""
        for _ in range(_LONGEST_CHAIN):
            if names_quotation(style):
                return True
            found = self._styles.get(("paragraph", style))
            if found is None:
                return False
            style = found.parent
        return False

    def _inherited(self, family: str, style: str, field: str) -> bool | None:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get((family, style))
            if found is None:
                return None
            value: bool | None = getattr(found, field)
            if value is not None:
                return value
            style = found.parent
        return None

    def _begin(self, attributes: Attributes) -> None:
        self._current = _Style(attributes.get(f"{STYLE} parent-style-name", ""))
        self._styles[attributes.get(f"{STYLE} family", ""), attributes.get(f"{STYLE} name", "")] = (
            self._current
        )

    def _properties(self, attributes: Attributes) -> None:
        slant = attributes.get(f"{FO} font-style")
        if slant is not None:
            self._current.italic = slant in _ITALIC
        position = attributes.get(f"{STYLE} text-position")
        if position is not None:
            # “super 58%”, or how far up: “33% 58%”.
            self._current.raised = position.startswith("super") or position.lstrip()[:1] in set("123456789")
        display = attributes.get(f"{TEXT} display")
        if display is not None:
            self._current.hidden = display == "none"

    def _level(self, attributes: Attributes) -> None:
        self._levels[self._list_style, _small(attributes.get(f"{TEXT} level", ""), 1)] = ListLevel(
            attributes.get(f"{STYLE} num-format", ""),
            attributes.get(f"{STYLE} num-prefix", "")[:_LONGEST_AFFIX],
            attributes.get(f"{STYLE} num-suffix", "")[:_LONGEST_AFFIX],
            _small(attributes.get(f"{TEXT} start-value", ""), 1),
            _small(attributes.get(f"{TEXT} display-levels", ""), 1),
        )


def _small(written: str, default: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else default


@attrs.define
class _OpenList:
    style: str
    identifier: str
    number: int


class OdfLists:
    """The numbers that items of lists are printed with; told of lists and items as they open and close."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._open: list[_OpenList] = []
        self._ended: dict[str, int] = {}

    def open_list(self, attributes: Attributes) -> None:
        """Begin a list, which may go on with the numbers of an earlier one."""
        style = attributes.get(f"{TEXT} style-name", "") or (self._open[-1].style if self._open else "")
        level = self._styles.list_level(style, len(self._open) + 1)
        number = level.start - 1 if level is not None else 0
        if f"{TEXT} continue-list" in attributes:
            number = self._ended.get(attributes[f"{TEXT} continue-list"], number)
        elif attributes.get(f"{TEXT} continue-numbering") == "true":
            number = self._ended.get(f"style {style}", number)
        identifier = attributes.get("http://www.w3.org/XML/1998/namespace id", "")
        self._open.append(_OpenList(style, identifier, number))

    def close_list(self) -> None:
        """End the innermost list."""
        closed = self._open.pop()
        self._ended[closed.identifier] = self._ended[f"style {closed.style}"] = closed.number

    def open_item(self, attributes: Attributes) -> str:
        """Begin an item, and return the number that it is printed with: ``14.``, or nothing for a bullet."""
        if not self._open:
            return ""
        current = self._open[-1]
        current.number = _small(attributes.get(f"{TEXT} start-value", ""), current.number + 1)
        depth = len(self._open)
        level = self._styles.list_level(current.style, depth)
        if level is None or not level.pattern:
            return ""
        shown = self._open[max(0, depth - max(1, level.display_levels)) :]
        numerals = []
        for place, member in enumerate(shown, depth - len(shown) + 1):
            at_level = self._styles.list_level(member.style, place)
            numerals.append(at_level.numeral(member.number) if at_level is not None else "")
        return f"{level.prefix}{'.'.join(filter(None, numerals))}{level.suffix}"
