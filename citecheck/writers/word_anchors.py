"""Finds where in the body of a Word file a comment goes: around the note's mark, or around the words.

A comment inside a note or a text box is ignored by Word ([MS-OI29500] 2.1.315), and LibreOffice
refuses such a file; so it is set around the run of the body that the note or the box hangs on.
"""

from citecheck.findings import Finding
from citecheck.fixing import FixError
from citecheck.manuscript import Manuscript
from citecheck.writers.elements import Element
from citecheck.writers.word_parts import WordParts

_NOTES = ("footnote", "endnote")
_CHANGES = ("ins", "del", "moveTo", "moveFrom")


class Anchors:
    """The places for comments in one Word file."""

    def __init__(self, parts: WordParts, manuscript: Manuscript) -> None:
        self._parts = parts
        self._manuscript = manuscript
        self._body = parts.elements(parts.document)
        self._marks: dict[tuple[str, str], Element] = {}
        self._first: Element | None = None
        self._fields: dict[int, list[tuple[int, int]]] = {}
        for element in self._body.walk():
            if element.name == "r" and self._first is None:
                self._first = element
            if element.name in ("footnoteReference", "endnoteReference"):
                key = (element.name.removesuffix("Reference"), element.attribute("id"))
                # A note can be called once for newer and once for older programs: the first is the one read.
                self._marks.setdefault(key, element)

    def around(self, finding: Finding) -> tuple[Element, Element]:
        """Return the first and the last element that the comment on a finding goes around.

        What has no place in the body is said at its beginning.

        Raises:
            FixError: the body has no text at all.
        """
        origin = self._manuscript.origin(finding.span.start)
        if origin is not None:
            offset = origin.source_start
            if origin.literal:
                words = self._manuscript.text[origin.start : finding.span.start]
                offset = min(offset + len(words.encode()), origin.source_end)
            path = self._path(origin.part, offset)
            anchor = next((element for element in path if element.name == "r"), None)
            if anchor is not None:
                return self._outside_fields(_outside_controls(anchor))
        if self._first is None:
            raise FixError(f"{self._parts.path}: has no text that a comment could be set at")
        return self._outside_fields(_outside_controls(self._first))

    def _path(self, part: str, offset: int) -> list[Element]:
        """Return the elements of the body around a byte, or around the mark of the note that it lies in."""
        path = self._parts.elements(part).path_to(offset)
        if part == self._parts.document:
            return path
        note = next((element for element in path if element.name in _NOTES), None)
        mark = self._marks.get((note.name, note.attribute("id"))) if note is not None else None
        return self._body.path_to(mark.start) if mark is not None else []

    def _outside_fields(self, anchor: Element) -> tuple[Element, Element]:
        """Widen an anchor to the whole field that it lies in: the field's program rewrites what is inside."""
        parent = anchor.parent
        assert parent is not None
        if id(parent) not in self._fields:
            self._fields[id(parent)] = _fields_in(parent)
        place = parent.children.index(anchor)
        for first, last in self._fields[id(parent)]:
            if first <= place <= last:
                return parent.children[first], parent.children[last]
        return anchor, anchor


def _outside_controls(run: Element) -> Element:
    """Return what a comment must go around: the link or the content control in the line, or the run alone."""
    outermost = run
    for element in run.ancestors():
        if element.name == "p":
            break
        if element.name not in _CHANGES:
            outermost = element
    else:
        return run
    return outermost


def _fields_in(parent: Element) -> list[tuple[int, int]]:
    """Return the first and the last child of each field that begins and ends among an element's children."""
    found: list[tuple[int, int]] = []
    open_since: list[int] = []
    for place, child in enumerate(parent.children):
        for element in child.walk():
            kind = element.attribute("fldCharType") if element.name == "fldChar" else ""
            if kind == "begin":
                open_since.append(place)
            elif kind == "end" and open_since:
                first = open_since.pop()
                if not open_since:
                    found.append((first, place))
    return found
