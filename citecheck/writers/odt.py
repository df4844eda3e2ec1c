"""OpenDocument texts (.odt): findings as comments, fixes as tracked changes.

OpenDocument 1.3 Part 3, 5.5 and 14.1. Only ``content.xml`` changes. The format demands a date for
each tracked change; they carry the one at which the manuscript was last changed, so that the same
manuscript and findings give the same file.
"""

import re
from collections.abc import Sequence

from citecheck.findings import Finding
from citecheck.fixing import Fixed, FixError
from citecheck.manuscript import Manuscript
from citecheck.readers.layout import TRACKED
from citecheck.readers.odf_styles import OFFICE, TEXT
from citecheck.readers.zipped import ZippedParts
from citecheck.writers.changes import Change, Refusal, as_written, check_place, plan
from citecheck.writers.elements import Element, Splice, insert_last, read_elements, splice
from citecheck.writers.repacking import repack
from citecheck.writers.wording import AUTHOR, comment_lines, escape

_PART = "content.xml"
_META = "meta.xml"
_DC = "http://purl.org/dc/elements/1.1/"
_PREFIXES = {"office": OFFICE, "text": TEXT, "dc": _DC}
_NO_DATE = b"1970-01-01T00:00:00"
_DATE = re.compile(rb"<dc:date>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[^<]*</dc:date>")

_PARAGRAPHS = ("p", "h")
_HOLDS_TEXT = ("p", "h", "span", "a")
_ANCHORED = ("annotation", "note", "frame", "custom-shape", "g", "rect", "control")

_LINK_EDGE = "a link begins or ends in the words that would change: change them by hand"
_TEXT_BOX = "it stands in a text box: change it by hand"
_BETWEEN = "a note mark, a field, hidden text or a picture stands between the words: change them by hand"
_UNUSUAL = "LibreOffice keeps it in a way that cannot be changed safely: change it by hand"
# Elements that may lie between two words without being anything to the reader.
_UNSEEN = frozenset(
    (
        "span",
        "bookmark",
        "bookmark-start",
        "bookmark-end",
        "soft-page-break",
        "reference-mark",
        "reference-mark-start",
        "reference-mark-end",
        "annotation-end",
    )
)
_CHANGE_MARKS = frozenset(("change", "change-start", "change-end"))


class _Content:
    """The one part that is written to."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self._data = data
        self._parts = ZippedParts(data, path)
        self.bytes = self._parts.read(_PART)
        self.root = read_elements(self.bytes, path, _PART)
        tag = self.bytes[self.root.start : self.root.inner_start].decode("utf-8", "replace")
        missing = {
            prefix: space
            for prefix, space in _PREFIXES.items()
            if not re.search(rf"""\sxmlns:{prefix}\s*=\s*["']{re.escape(space)}["']""", tag)
        }
        # LibreOffice declares all prefixes on the root; where one is missing, each new element declares it.
        self.declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in missing.items()).encode()

    def read(self, part: str) -> bytes:
        """Return the content of a part."""
        if part != _PART:
            raise FixError(f"{self.path}: has changed since it was checked; check it again")
        return self.bytes

    def packed(self, content: bytes) -> bytes:
        """Return the file with new content."""
        return repack(self._data, self.path, {_PART: content})

    def date(self) -> bytes:
        """Return when the manuscript was last changed, as it says itself."""
        found = _DATE.search(self._parts.read(_META)) if _META in self._parts else None
        return found.group(1) if found else _NO_DATE


def annotate(data: bytes, manuscript: Manuscript, findings: Sequence[Finding]) -> bytes:
    """Return the file with a comment for each finding, after its note or after the words in the body.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
        FixError: the file is not the one that was checked, or has no text.
    """
    if not findings:
        return data
    content = _Content(data, manuscript.path)
    splices = []
    for finding in findings:
        check_place(manuscript, finding.span, content.read)
        at = _after(content, manuscript, finding)
        splices.append(Splice(at, at, _annotation(content, finding)))
    return content.packed(splice(content.bytes, splices))


def _annotation(content: _Content, finding: Finding) -> bytes:
    lines = b"".join(b"<text:p>%s</text:p>" % _spaced(escape(line)) for line in comment_lines(finding))
    return b"<office:annotation%s><dc:creator>%s</dc:creator>%s</office:annotation>" % (
        content.declared,
        AUTHOR.encode(),
        lines,
    )


def _after(content: _Content, manuscript: Manuscript, finding: Finding) -> int:
    """Return the byte where the comment on a finding goes: after its words, or the note that holds them."""
    last = max(finding.span.start, finding.span.end - 1)
    found = manuscript.origin(last)
    if found is None:
        return _beginning(content)
    origin = as_written(found, content.bytes)
    offset = origin.source_start if origin.literal else max(origin.source_start, origin.source_end - 1)
    path = content.root.path_to(offset)
    outermost = next((place for place, element in enumerate(path) if _is_paragraph(element)), None)
    if outermost is None:
        return _beginning(content)
    # A note or a text box hangs on the paragraph of the body: the comment goes there, not into it.
    for element in path[outermost + 1 :]:
        if element.name in _ANCHORED:
            return element.end
    if origin.literal and path[-1].name in _HOLDS_TEXT:
        words = manuscript.text[origin.start : min(last + 1, origin.end)]
        return min(origin.source_start + len(words.encode()), origin.source_end)
    inside = next((element for element in path[outermost + 1 :] if element.name not in _HOLDS_TEXT), None)
    if inside is not None:
        return inside.end
    return max(path[-1].inner_start, min(origin.source_end, path[-1].inner_end))


def _beginning(content: _Content) -> int:
    """Return where the first paragraph begins: the place for what has none of its own."""
    for element in _body(content).walk():
        if _is_paragraph(element) and element.inner_start < element.inner_end:
            return element.inner_start
    raise FixError(f"{content.path}: has no text that a comment could be set at")


def _is_paragraph(element: Element) -> bool:
    return element.space == TEXT and element.name in _PARAGRAPHS


def _body(content: _Content) -> Element:
    for element in content.root.walk():
        if element.space == OFFICE and element.name == "text":
            return element
    raise FixError(f"{content.path}: has no text")


def strip(data: bytes, path: str = "-") -> bytes:
    """Return the file without citecheck's comments: ``content.xml`` is then as it was before.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
    """
    content = _Content(data, path)
    gone = [
        Splice(element.start, element.end, b"")
        for element in content.root.walk()
        if element.name == "annotation" and element.space == OFFICE and _is_ours(content, element)
    ]
    return content.packed(splice(content.bytes, gone)) if gone else data


def _is_ours(content: _Content, annotation: Element) -> bool:
    return any(
        child.name == "creator" and content.bytes[child.inner_start : child.inner_end] == AUTHOR.encode()
        for child in annotation.children
    )


def correct(
    data: bytes, manuscript: Manuscript, findings: Sequence[Finding], *, unsafe: bool
) -> tuple[bytes, Fixed]:
    """Return the file with the fixes as tracked changes, in the formatting of the words they replace.

    What reference managers keep, what is tracked already, and what is more than words is left, and
    the result says why.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
        FixError: the file is not the one that was checked.
    """
    content = _Content(data, manuscript.path)
    changes, fixed = plan(
        manuscript, findings, content.read, lambda change: _check(content, change), unsafe=unsafe
    )
    if not changes:
        return data, fixed
    tracked = _TrackedChanges(content)
    for change in changes:
        tracked.add(change)
    return content.packed(splice(content.bytes, tracked.splices())), fixed


def _check(content: _Content, change: Change) -> None:
    """Make sure that a change can be tracked.

    Raises:
        Refusal: the words lie in a text box, reach over the edge of a link, or have something between them.
    """
    paths = [_around(content, begin) for begin in (*(begin for begin, _ in change.gone), change.at)]
    for path in paths:
        if path[-1].space != TEXT or path[-1].name not in _HOLDS_TEXT:
            raise Refusal(_UNUSUAL)
        if any(element.name == "text-box" for element in path):
            raise Refusal(_TEXT_BOX)
    if len({id(_nearest(path, "a")) for path in paths}) > 1:
        raise Refusal(_LINK_EDGE)
    paragraph = next(element for element in reversed(paths[0]) if _is_paragraph(element))
    for (_, begin), (end, _) in zip(change.gone, change.gone[1:], strict=False):
        _check_between(content, paragraph, begin, end)


def _around(content: _Content, offset: int) -> list[Element]:
    """Return the elements around a byte, without one that only begins there."""
    return [element for element in content.root.path_to(offset) if element.start < offset]


def _nearest(path: Sequence[Element], name: str) -> Element | None:
    return next((element for element in reversed(path) if element.name == name), None)


def _check_between(content: _Content, paragraph: Element, begin: int, end: int) -> None:
    """Make sure that only tags which a reader does not see lie between two ranges that go.

    Raises:
        Refusal: something else does.
    """
    if re.sub(rb"<[^<>]*>", b"", content.bytes[begin:end]):
        raise Refusal(_BETWEEN)
    for element in paragraph.walk():
        if begin <= element.start < end:
            if element.name in _CHANGE_MARKS:
                raise Refusal(TRACKED)
            if element.name not in _UNSEEN:
                raise Refusal(_BETWEEN)


class _TrackedChanges:
    """Writes changes as LibreOffice tracks them: marks in the text, and in front of it what they are."""

    def __init__(self, content: _Content) -> None:
        self._content = content
        self._splices: list[Splice] = []
        self._regions: list[bytes] = []
        who_and_when = (AUTHOR.encode(), content.date())
        self._info = b"<dc:creator>%s</dc:creator><dc:date>%s</dc:date>" % who_and_when
        self._info = b"<office:change-info>%s</office:change-info>" % self._info
        numbers = re.findall(rb'"citecheck-(\d{1,9})"', content.bytes)
        self._next = max((int(number) for number in numbers), default=0) + 1

    def add(self, change: Change) -> None:
        """Take in a change that has been checked."""
        for begin, end in change.gone:
            name = self._region(b"<text:deletion>%s%s</text:deletion>" % (self._info, self._kept(begin, end)))
            mark = b'<text:change%s text:change-id="%s"/>' % (self._content.declared, name)
            self._splices.append(Splice(begin, end, mark))
        if change.new:
            name = self._region(b"<text:insertion>%s</text:insertion>" % self._info)
            words = _spaced(escape(change.new))
            opened, closed = (
                b'<text:change-%s%s text:change-id="%s"/>' % (edge, self._content.declared, name)
                for edge in (b"start", b"end")
            )
            self._splices.append(Splice(change.at, change.at, opened + words + closed))

    def _region(self, change: bytes) -> bytes:
        name = b"citecheck-%d" % self._next
        self._next += 1
        self._regions.append(
            b'<text:changed-region%s xml:id="%s" text:id="%s">%s</text:changed-region>'
            % (self._content.declared, name, name, change)
        )
        return name

    def _kept(self, begin: int, end: int) -> bytes:
        """Return words that go as they are kept apart: a paragraph, with the formatting that they had."""
        kept = _spaced(self._content.bytes[begin:end])
        for element in reversed(self._content.root.path_to(begin)):
            if element.name == "span" or _is_paragraph(element):
                tag = self._content.bytes[element.start : element.inner_start]
                style = re.search(rb"""\s[\w.-]+:style-name\s*=\s*("[^"]*"|'[^']*')""", tag)
                name = b"span" if element.name == "span" else b"p"
                chosen = b" text:style-name=" + style.group(1) if style else b""
                kept = b"<text:%s%s>%s</text:%s>" % (name, chosen, kept, name)
            if _is_paragraph(element):
                break
        return kept

    def splices(self) -> list[Splice]:
        """Return all that is to be put into the part."""
        regions = b"".join(self._regions)
        body = _body(self._content)
        for child in body.children:
            if child.name == "tracked-changes":
                return [insert_last(self._content.bytes, child, regions), *self._splices]
        # Forms alone come before. What the author records from here on is not for citecheck to decide.
        forms = body.children[:1] if body.children and body.children[0].name == "forms" else []
        at = forms[0].end if forms else body.inner_start
        opened = b'<text:tracked-changes%s text:track-changes="false">' % self._content.declared
        return [Splice(at, at, opened + regions + b"</text:tracked-changes>"), *self._splices]


_OUTER_OR_SECOND_SPACE = re.compile(rb"^ | $|(?<= ) ")


def _spaced(words: bytes) -> bytes:
    """Return text with the spaces that would be lost at its ends or next to another written as elements."""
    return _OUTER_OR_SECOND_SPACE.sub(b"<text:s/>", words)
