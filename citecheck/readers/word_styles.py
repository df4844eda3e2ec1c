"""What a Word file says of styles and lists: which styles are italic or hidden, and how lists are numbered."""

import re
from collections.abc import Callable
from functools import partial

import attrs

from citecheck.readers.markup import Attributes, MarkupStream
from citecheck.readers.numerals import WORD_FORMATS

# ECMA-376 has two sets of namespaces: the transitional one that Word writes, and the strict one.
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OFF = frozenset({"0", "false", "off"})


def word_names[Action: Callable[..., None]](actions: dict[str, Action]) -> dict[str, Action]:
    """Return actions by element name, for both namespaces that WordprocessingML has."""
    return {f"{space} {name}": action for space in WORD_NAMESPACES for name, action in actions.items()}


def value_of(attributes: Attributes, name: str = "val") -> str:
    """Return an attribute in either namespace of WordprocessingML, or the empty string."""
    for space in WORD_NAMESPACES:
        found = attributes.get(f"{space} {name}")
        if found is not None:
            return found
    return attributes.get(name, "")


def is_on(attributes: Attributes) -> bool:
    """Tell whether a toggle such as ``<w:i/>`` is on: without a value, it is."""
    return value_of(attributes) not in _OFF


def number_of(attributes: Attributes, name: str = "val", default: int = 0) -> int:
    """Return an attribute as a whole number, or the default if it is none."""
    written = value_of(attributes, name)
    return int(written) if re.fullmatch(r"-?[0-9]{1,9}", written) else default
