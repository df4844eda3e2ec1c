"""What a Word file says of styles and lists: which are italic or hidden, and how lists are numbered."""

import re
from collections.abc import Mapping
from typing import TypeVar

import attrs

from citecheck.readers.markup import Attributes, EndAction, MarkupStream, StartAction
from citecheck.readers.numerals import WORD_FORMATS
from citecheck.readers.quotation_styles import names_quotation

# ECMA-376 has two sets of namespaces: the transitional one that Word writes, and the strict one.
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_VALUES = tuple(f"{space} val" for space in WORD_NAMESPACES)
_OFF = frozenset({"0", "false", "off"})
# A chain of styles, each based on the next, is a dozen long at most; a longer one goes round in a circle.
_LONGEST_CHAIN = 50
# “%1.%2.%3.” is as long as real list numbers get; they are printed once for each paragraph.
_LONGEST_LABEL = 30

Action = TypeVar("Action", StartAction, EndAction)


def word_names(actions: Mapping[str, Action]) -> dict[str, Action]:
    """Return actions by full element name, for both namespaces that WordprocessingML has."""
    return {f"{space} {name}": action for space in WORD_NAMESPACES for name, action in actions.items()}


def attribute(attributes: Attributes, name: str) -> str:
    """Return an attribute in either namespace of WordprocessingML, or the empty string."""
    for space in WORD_NAMESPACES:
        found = attributes.get(f"{space} {name}")
        if found is not None:
            return found
    return ""


def val(attributes: Attributes) -> str:
    """Return the attribute ``w:val``, or the empty string."""
    transitional, strict = _VALUES
    return attributes.get(transitional) or attributes.get(strict) or ""


def is_on(attributes: Attributes) -> bool:
    """Tell whether a toggle such as ``<w:i/>`` is on: without a value, it is."""
    return val(attributes) not in _OFF


def whole_number(written: str, default: int = 0) -> int:
    """Return what is written as a number, or the default if it is none."""
    return int(written) if re.fullmatch(r"-?[0-9]{1,9}", written) else default


@attrs.define
class _Style:
    based_on: str = ""
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    outline: bool | None = None
    list_id: str | None = None
    list_level: int | None = None


class Styles:
    """The styles of a document, as far as they bear on its text."""

    def __init__(self, data: bytes | None = None, path: str = "", part: str = "") -> None:
        self._styles: dict[str, _Style] = {}
        self._default_paragraph = ""
        self._current = _Style()
        if data is not None:
            self._read(data, path, part)

    def italic(self, style: str) -> bool:
        """Tell whether a style is italic, by itself or by a style that it is based on."""
        return bool(self._inherited(style, "italic"))

    def hidden(self, style: str) -> bool:
        """Tell whether text in a style is hidden."""
        return bool(self._inherited(style, "hidden"))

    def raised(self, style: str) -> bool:
        """Tell whether text in a style is superscript."""
        return bool(self._inherited(style, "raised"))

    def paragraph_list(self, style: str) -> tuple[str, int] | None:
        """Return the list and level that a paragraph style numbers paragraphs in; headings have none."""
        style = style or self._default_paragraph
        list_id = self._inherited(style, "list_id")
        if not isinstance(list_id, str) or self._inherited(style, "outline"):
            return None
        return list_id, int(self._inherited(style, "list_level") or 0)

    def is_heading(self, style: str) -> bool:
        """Tell whether a paragraph style has a place in the outline."""
        return bool(self._inherited(style, "outline"))

    def is_quotation(self, style: str) -> bool:
        """Tell whether a paragraph style is for long quotations, by its name or by that of what it is based on."""
        for _ in range(_LONGEST_CHAIN):
            if names_quotation(style):
                return True
            found = self._styles.get(style)
            if found is None:
                return False
            style = found.based_on
        return False

    def _inherited(self, style: str, field: str) -> bool | str | int | None:
        for _ in range(_LONGEST_CHAIN):
            found = self._styles.get(style)
            if found is None:
                return None
            value: bool | str | int | None = getattr(found, field)
            if value is not None:
                return value
            style = found.based_on
        return None

    def _read(self, data: bytes, path: str, part: str) -> None:
        starts: dict[str, StartAction] = {
            "style": self._begin,
            "basedOn": lambda attributes: setattr(self._current, "based_on", val(attributes)),
            "i": lambda attributes: setattr(self._current, "italic", is_on(attributes)),
            "vanish": lambda attributes: setattr(self._current, "hidden", is_on(attributes)),
            "vertAlign": lambda attributes: setattr(
                self._current, "raised", val(attributes) == "superscript"
            ),
            "outlineLvl": lambda attributes: setattr(self._current, "outline", val(attributes) != "9"),
            "numId": lambda attributes: setattr(self._current, "list_id", val(attributes)),
            "ilvl": lambda attributes: setattr(self._current, "list_level", whole_number(val(attributes))),
            # Formatting of table cells under conditions, and how a style was before a tracked change.
            "tblStylePr": lambda _: stream.skip(),
            "rPrChange": lambda _: stream.skip(),
            "pPrChange": lambda _: stream.skip(),
        }
        stream = MarkupStream(data, path, part, word_names(starts), {})
        stream.run()

    def _begin(self, attributes: Attributes) -> None:
        self._current = _Style()
        identifier = attribute(attributes, "styleId")
        self._styles.setdefault(identifier, self._current)
        if attribute(attributes, "type") == "paragraph" and attribute(attributes, "default") in (
            "1",
            "true",
            "on",
        ):
            self._default_paragraph = identifier


@attrs.define
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""


@attrs.define
class _ListUse:
    """A list as paragraphs refer to it: which abstract list it follows, and where it starts anew."""

    abstract: str = ""
    restarts: dict[int, int] = attrs.field(factory=dict)


class Lists:
    """The numbered lists of a document, which Word prints numbers for that stand nowhere in the text.

    Call :meth:`label` once for each paragraph of a list, in order.
    """

    def __init__(self, data: bytes | None = None, path: str = "", part: str = "") -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._uses: dict[str, _ListUse] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._abstract = ""
        self._level = _Level()
        self._use = _ListUse()
        self._override_level = 0
        if data is not None:
            self._read(data, path, part)

    def label(self, list_id: str, level: int) -> str:
        """Return what the next paragraph of a list is printed with: ``14.``, or nothing for a bullet."""
        use = self._uses.get(list_id)
        definition = self._levels.get((use.abstract, level)) if use is not None else None
        if use is None or definition is None:
            return ""
        counters = self._counters.setdefault(use.abstract, {})
        if level in use.restarts:
            counters[level] = use.restarts.pop(level) - 1
        counters[level] = counters.get(level, definition.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if definition.format in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._numeral(use.abstract, int(match[1]) - 1), definition.text
        )

    def _numeral(self, abstract: str, level: int) -> str:
        definition = self._levels.get((abstract, level), _Level())
        number = self._counters[abstract].get(level, definition.start)
        return WORD_FORMATS.get(definition.format, str)(number)

    def _read(self, data: bytes, path: str, part: str) -> None:
        starts: dict[str, StartAction] = {
            "abstractNum": self._begin_abstract,
            "lvl": self._begin_level,
            "start": lambda attributes: setattr(self._level, "start", whole_number(val(attributes), 1)),
            "numFmt": lambda attributes: setattr(self._level, "format", val(attributes)),
            "lvlText": lambda attributes: setattr(self._level, "text", val(attributes)[:_LONGEST_LABEL]),
            "num": self._begin_use,
            "abstractNumId": lambda attributes: setattr(self._use, "abstract", val(attributes)),
            "lvlOverride": self._begin_override,
            "startOverride": self._override_start,
        }
        MarkupStream(data, path, part, word_names(starts), {}).run()

    def _begin_abstract(self, attributes: Attributes) -> None:
        self._abstract = attribute(attributes, "abstractNumId")

    def _begin_level(self, attributes: Attributes) -> None:
        self._level = _Level()
        self._levels.setdefault((self._abstract, whole_number(attribute(attributes, "ilvl"))), self._level)

    def _begin_use(self, attributes: Attributes) -> None:
        self._use = _ListUse()
        self._uses[attribute(attributes, "numId")] = self._use
        # A level that is redefined here is meant for this use only; rare enough to be left out.
        self._abstract = ""

    def _begin_override(self, attributes: Attributes) -> None:
        self._override_level = whole_number(attribute(attributes, "ilvl"))

    def _override_start(self, attributes: Attributes) -> None:
        self._use.restarts[self._override_level] = whole_number(val(attributes), 1)
