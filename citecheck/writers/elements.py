"""The elements of an XML part with the bytes that each takes up, and how new bytes are spliced in."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs

from citecheck.fixing import FixError
from citecheck.readers.markup import Attributes, MarkupStream

_UTF8 = ("utf-8", "us-ascii", "ascii")


@attrs.define(eq=False)
class Element:
    """One element: its name without prefix, and where its tags and its content stand.

    ``start`` and ``end`` take in the tags, ``inner_start`` and ``inner_end`` do not. All but ``start``
    are the same where the element is written as one tag, ``<w:tab/>``.
    """

    name: str
    space: str
    attributes: Attributes = attrs.field(repr=False)
    start: int
    inner_start: int
    parent: "Element | None" = attrs.field(default=None, repr=False)
    inner_end: int = -1
    end: int = -1
    children: list["Element"] = attrs.field(factory=list, repr=False)

    def attribute(self, name: str) -> str:
        """Return an attribute by its name without prefix, or nothing."""
        for full, value in self.attributes.items():
            if full == name or full.endswith(f" {name}"):
                return value
        return ""

    def ancestors(self) -> Iterator["Element"]:
        """Yield the elements around this one, the nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all inside it, in the order of the part."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def path_to(self, offset: int) -> list["Element"]:
        """Return the elements that a byte lies in, this one first and the innermost last."""
        path = [self]
        while True:
            children = path[-1].children
            place = bisect_right(children, offset, key=lambda child: child.start) - 1
            if place < 0 or offset >= children[place].end:
                return path
            path.append(children[place])


def read_elements(data: bytes, path: str, part: str) -> Element:
    """Return the root element of a part, with all that is in it.

    Raises:
        ManuscriptError: the part is damaged or not safe.
        FixError: it is in an encoding in which nothing can be spliced.
    """
    return _Builder(data, path, part).build()


class _Builder:
    def __init__(self, data: bytes, path: str, part: str) -> None:
        self._data = data
        self._open: list[Element] = []
        self._root: Element | None = None
        self._stream = MarkupStream(data, path, part, _ForAll(self._begin), _ForAll(self._finish))
        if self._stream.encoding not in _UTF8:
            raise FixError(f"{path}: its part {part} is not in UTF-8; save it anew in your word processor")

    def build(self) -> Element:
        self._stream.run()
        assert self._root is not None
        return self._root

    def _begin(self, full_name: str, attributes: Attributes) -> None:
        space, _, name = full_name.rpartition(" ")
        parent = self._open[-1] if self._open else None
        element = Element(name, space, attributes, self._stream.offset, self._stream.tag_end(), parent)
        if parent is None:
            self._root = element
        else:
            parent.children.append(element)
        self._open.append(element)

    def _finish(self, _: str) -> None:
        element = self._open.pop()
        if self._data.endswith(b"/>", element.start, element.inner_start):
            element.inner_end = element.end = element.inner_start
        else:
            element.inner_end = self._stream.offset
            element.end = self._data.index(b">", element.inner_end) + 1


class _ForAll(Mapping[str, Any]):
    """Gives every name the same action, which is told the name."""

    def __init__(self, action: Callable[..., None]) -> None:
        self._action = action

    def __getitem__(self, name: str) -> Callable[..., None]:
        return partial(self._action, name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@attrs.frozen
class Splice:
    """New bytes for a range of a part."""

    start: int
    end: int
    new: bytes


def splice(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return a part with ranges replaced; of several at one place, the first given comes first."""
    parts: list[bytes] = []
    position = 0
    for each in sorted(splices, key=lambda each: each.start):
        assert each.start >= position, "splices must not overlap"
        parts += (data[position : each.start], each.new)
        position = each.end
    return b"".join((*parts, data[position:]))


def insert_last(data: bytes, element: Element, new: bytes) -> Splice:
    """Return the splice that puts something at the end of an element.

    One that is written as a single tag gets an end tag with a space in it, so that
    :func:`without` can tell and write the single tag again.
    """
    if element.inner_end < element.end:
        return Splice(element.inner_end, element.inner_end, new)
    name = data[element.start + 1 : element.end].split(None, 1)[0].rstrip(b"/>")
    return Splice(element.end - 2, element.end, b">" + new + b"</" + name + b" >")


def without(data: bytes, root: Element, elements: Iterable[Element]) -> bytes:
    """Return a part without some of its elements, the inverse of putting them in."""
    gone = list(elements)
    splices = [Splice(element.start, element.end, b"") for element in gone]
    left = len(root.children) - sum(element.parent is root for element in gone)
    if gone and not left and data.endswith(b" >", root.inner_end, root.end):
        splices = [Splice(root.inner_start - 1, root.end, b"/>")]
    return splice(data, splices)
