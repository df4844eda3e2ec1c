"""Splits the runs of a Word file where words in them are deleted or inserted as tracked changes.

A run holds text under one formatting. Around a change it becomes several runs, each with a copy of
that formatting: what is kept, ``w:del`` around what goes, ``w:ins`` around what comes.
"""

from collections.abc import Iterator

import attrs

from citecheck.readers.layout import TRACKED
from citecheck.writers.changes import Change, Refusal
from citecheck.writers.elements import Element, Splice
from citecheck.writers.word_parts import WordParts
from citecheck.writers.wording import AUTHOR, escape

_LINK = "it is part of a link: correct the link in Word"
_LINK_EDGE = "a link begins or ends in the words that would change: change them by hand"
_TEXT_BOX = "it stands in a text box, which the file may hold twice: change it by hand"
_BETWEEN = "a note mark, a field, hidden text or a picture stands between the words: change them by hand"
_UNUSUAL = "Word keeps it in a way that cannot be changed safely: change it by hand"

_CHANGES = frozenset(("ins", "del", "moveTo", "moveFrom"))
_HOLDS_RUNS = frozenset(("p", "hyperlink", "smartTag", "customXml"))
# What may stand between two runs without being anything to the reader.
_UNSEEN = frozenset(
    ("proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart")
)
_UNSEEN_IN_RUN = frozenset(("rPr", "lastRenderedPageBreak", "commentReference"))
_SPACE = b" \t\r\n"


class Revisions:
    """Gives each tracked change a number that nothing else in the file has."""

    def __init__(self, next_id: int) -> None:
        self._next_id = next_id

    def wrap(self, kind: bytes, declared: bytes, runs: bytes) -> bytes:
        """Return runs as a tracked change: ``ins`` or ``del``."""
        number, self._next_id = self._next_id, self._next_id + 1
        opened = b'<w:%s%s w:id="%d" w:author="%s">' % (kind, declared, number, AUTHOR.encode())
        return b"%s%s</w:%s>" % (opened, runs, kind)


@attrs.define
class _RunChange:
    """What changes in one run: the ranges that go, and what comes at which bytes."""

    part: str
    run: Element
    gone: list[tuple[int, int]] = attrs.field(factory=list)
    new: dict[int, str] = attrs.field(factory=dict)


class RunChanges:
    """Collects changes by the runs that they fall in, and writes each such run anew."""

    def __init__(self, parts: WordParts) -> None:
        self._parts = parts
        self._runs: dict[tuple[str, int], _RunChange] = {}

    def check(self, change: Change) -> None:
        """Make sure that a change can be tracked.

        Raises:
            Refusal: the words lie in a link, a text box or a tracked change, or have something between them.
        """
        root = self._parts.elements(change.part)
        runs = [_run_at(root, begin) for begin in (*(begin for begin, _ in change.gone), change.at)]
        if len({id(run.parent) for run in runs}) > 1:
            raise Refusal(_LINK_EDGE if any(_in_link(run) for run in runs) else _UNUSUAL)
        for (_, begin), (end, _) in zip(change.gone, change.gone[1:], strict=False):
            _check_between(root, begin, end)

    def add(self, change: Change) -> None:
        """Take in a change that has been checked."""
        for begin, end in change.gone:
            self._at(change.part, begin).gone.append((begin, end))
        if change.new:
            self._at(change.part, change.at).new[change.at] = change.new

    def _at(self, part: str, offset: int) -> _RunChange:
        run = _run_at(self._parts.elements(part), offset)
        return self._runs.setdefault((part, run.start), _RunChange(part, run))

    def rewritten(self, revisions: Revisions) -> Iterator[tuple[str, Splice]]:
        """Yield, for each run that changes, its part and what stands in its place."""
        for change in self._runs.values():
            content = self._parts.read(change.part)
            new = _RunWriter(content, change, revisions).write()
            yield change.part, Splice(change.run.start, change.run.end, new)


def _run_at(root: Element, offset: int) -> Element:
    """Return the run whose text a byte belongs to.

    Raises:
        Refusal: its text must not be changed.
    """
    path = root.path_to(offset)
    names = {element.name for element in path}
    if names & _CHANGES:
        raise Refusal(TRACKED)
    if "txbxContent" in names:
        raise Refusal(_TEXT_BOX)
    if len(path) < 3 or path[-1].name != "t" or path[-2].name != "r":
        raise Refusal(_UNUSUAL)
    run, parent = path[-2], path[-3]
    if parent.name not in _HOLDS_RUNS:
        raise Refusal(_UNUSUAL)
    if any(element.name in ("rPrChange", "ins", "del") for element in _format(run)):
        raise Refusal(TRACKED)
    return run


def _format(run: Element) -> Iterator[Element]:
    for child in run.children:
        if child.name == "rPr":
            yield from child.walk()


def _in_link(run: Element) -> bool:
    return any(element.name == "hyperlink" for element in run.ancestors())


def _check_between(root: Element, begin: int, end: int) -> None:
    """Make sure that nothing which a reader sees, or which is tracked, lies between two ranges that go.

    Raises:
        Refusal: something does.
    """
    parent = _run_at(root, begin).parent
    assert parent is not None
    for child in parent.children:
        if child.end <= begin or child.start >= end or child.name in _UNSEEN:
            continue
        if child.name in _CHANGES:
            raise Refusal(TRACKED)
        if child.name != "r":
            raise Refusal(_BETWEEN)
        for element in child.children:
            if begin <= element.start and element.end <= end and element.name not in _UNSEEN_IN_RUN:
                if element.name == "t" and element.inner_start == element.inner_end:
                    continue
                raise Refusal(_BETWEEN)


class _RunWriter:
    """Writes one run as several."""

    def __init__(self, content: bytes, change: _RunChange, revisions: Revisions) -> None:
        run = change.run
        self._content = content
        self._change = change
        self._revisions = revisions
        self._written: list[bytes] = []
        self._kind = b""
        self._waiting: list[bytes] = []
        self._declared = b"" if content.startswith(b"<w:", run.start) else f' xmlns:w="{run.space}"'.encode()
        self._tag = content[run.start : run.inner_start]
        self._end_tag = content[run.inner_end : run.end]
        self._format = b"".join(
            content[child.start : child.end] for child in run.children if child.name == "rPr"
        )

    def write(self) -> bytes:
        """Return the runs and tracked changes that stand for the run."""
        for child in self._change.run.children:
            if child.name == "rPr":
                continue
            if child.name == "t" and self._is_touched(child):
                self._text(child)
            else:
                self._put(self._kind_of(child), self._content[child.start : child.end])
        self._flush()
        assert not self._change.new, "all that comes has its place in a text of the run"
        return b"".join(self._written)

    def _is_touched(self, text: Element) -> bool:
        points = [*self._change.new, *(offset for gone in self._change.gone for offset in gone)]
        return any(text.inner_start <= offset <= text.inner_end for offset in points)

    def _kind_of(self, child: Element) -> bytes:
        """Tell whether something other than text lies among words that go: a page break that was rendered."""
        inside = any(begin < child.start and child.end < end for begin, end in self._change.gone)
        return b"del" if inside else b"keep"

    def _text(self, text: Element) -> None:
        """Write one ``w:t``, cut where something goes or comes."""
        begin, end = self._shown(text)
        cuts = {begin, end}
        for offset in (*self._change.new, *(offset for gone in self._change.gone for offset in gone)):
            if begin <= offset <= end:
                cuts.add(offset)
        places = sorted(cuts)
        for start, stop in zip(places, [*places[1:], None], strict=True):
            if start in self._change.new and text.inner_start <= start <= text.inner_end:
                self._put(b"ins", self._piece(b"t", escape(self._change.new.pop(start))))
            if stop is None:
                return
            words = self._content[start:stop]
            if any(first <= start and stop <= last for first, last in self._change.gone):
                self._put(b"del", self._piece(b"delText", words))
            else:
                self._put(b"keep", self._piece(b"t", words))

    def _shown(self, text: Element) -> tuple[int, int]:
        """Return the range of the text that is shown: outer white space is not, unless the tag says so."""
        begin, end = text.inner_start, text.inner_end
        if text.attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve":
            return begin, end
        words = self._content[begin:end]
        return begin + len(words) - len(words.lstrip(_SPACE)), end - (len(words) - len(words.rstrip(_SPACE)))

    def _piece(self, name: bytes, words: bytes) -> bytes:
        return b'<w:%s%s xml:space="preserve">%s</w:%s>' % (name, self._declared, words, name)

    def _put(self, kind: bytes, content: bytes) -> None:
        if kind != self._kind:
            self._flush()
            self._kind = kind
        self._waiting.append(content)

    def _flush(self) -> None:
        if not self._waiting:
            return
        content = b"".join((self._tag, self._format, *self._waiting, self._end_tag))
        self._waiting.clear()
        if self._kind == b"keep":
            self._written.append(content)
        else:
            self._written.append(self._revisions.wrap(self._kind, self._declared, content))
