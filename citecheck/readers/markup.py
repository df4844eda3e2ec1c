"""A guarded stream of XML events with byte offsets, on the standard library's expat.

Expat is the one parser at hand that says at which byte each event begins, and an edit that leaves
all else untouched needs bytes. Document type declarations are refused (or, where a format has them,
entity declarations are), so nothing is ever expanded or fetched; nesting is limited.
"""

import re
from collections.abc import Callable, Mapping
from html.entities import html5
from typing import Any
from xml.parsers import expat

from citecheck.errors import ManuscriptError
from citecheck.readers.limits import MAX_MARKS, MAX_TAGS, too_much

MAX_DEPTH = 500

Attributes = dict[str, str]
StartAction = Callable[[Attributes], None]
EndAction = Callable[[], None]

_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


class MarkupStream:
    """Feeds the elements of an XML document to actions, by name.

    ``starts`` and ``ends`` map an element's name to what to do there: “namespace local”, one space
    between, or the bare local name where it has no namespace. Character data goes to the action
    that :meth:`on_text` has set. ``path`` and ``part`` name the document in messages.

    Raises:
        ManuscriptError: it has more markup than is safe to read.
    """

    def __init__(
        self,
        data: bytes,
        path: str,
        part: str,
        starts: Mapping[str, StartAction],
        ends: Mapping[str, EndAction],
        *,
        doctype: bool = False,
        encoding: str | None = None,
    ) -> None:
        if data.count(b"<") > MAX_TAGS or data.count(b"&") > MAX_MARKS:
            raise too_much(path)
        self.data = data
        self.encoding = encoding or declared_encoding(data)
        self._path = path
        self._part = part
        self._starts = starts
        self._ends = ends
        self._depth = 0
        self._skipped_from = 0
        self._text_before_skip: Callable[[str], None] | None = None
        self._parser = parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._refuse_entity
        if doctype:
            parser.SkippedEntityHandler = self._skipped_entity
        else:
            parser.StartDoctypeDeclHandler = self._refuse_doctype

    @property
    def offset(self) -> int:
        """The byte at which the current event begins."""
        return self._parser.CurrentByteIndex

    def on_text(self, action: Callable[[str], None] | None) -> None:
        """Send character data to an action from here on; None turns it off, and costs nothing then."""
        self._parser.CharacterDataHandler = action

    def skip(self) -> None:
        """Pass over the element that has just started, with all it holds; its end is not reported."""
        self._skipped_from = self._depth
        self._text_before_skip = self._parser.CharacterDataHandler
        self._parser.CharacterDataHandler = None

    def run(self) -> None:
        """Read the document, once.

        Raises:
            ManuscriptError: it declares entities, nests too deep, or is not well-formed.
        """
        try:
            self._parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise self._refuse(
                f"is damaged: its markup breaks off or is wrong in line {error.lineno}"
            ) from error
        except (LookupError, ValueError) as error:
            raise self._refuse("is in an encoding that is not known") from error
        finally:
            # Parser, stream and reader hold each other: part them now, not at some later collection.
            del self._parser
            self._starts, self._ends = {}, {}

    def tag_end(self) -> int:
        """Return the byte after the start tag that is the current event."""
        # An attribute value may hold “>”, but never its own quotation mark.
        closed = _TAG.match(self.data, self.offset)
        return closed.end() if closed else self.offset

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refuse(f"is not safe to open: its markup is nested more than {MAX_DEPTH} deep")
        if self._skipped_from:
            return
        action = self._starts.get(name)
        if action is not None:
            action(attributes)

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if self._skipped_from:
            if depth == self._skipped_from:
                self._skipped_from = 0
                self._parser.CharacterDataHandler = self._text_before_skip
            return
        action = self._ends.get(name)
        if action is not None:
            action()

    def _skipped_entity(self, name: str, is_parameter_entity: bool) -> None:
        # Expat passes over the entities of an external DTD without a word: “&nbsp;” would be lost.
        action = self._parser.CharacterDataHandler
        if action is not None and not is_parameter_entity:
            action(html5.get(f"{name};", "\N{REPLACEMENT CHARACTER}"))

    def _refuse_doctype(self, *_: Any) -> None:
        raise self._refuse("is not safe to open: it declares a document type, which such files never do")

    def _refuse_entity(self, *_: Any) -> None:
        raise self._refuse("is not safe to open: it declares entities of its own")

    def _refuse(self, trouble: str) -> ManuscriptError:
        where = f" (part {self._part})" if self._part else ""
        return ManuscriptError(
            self._path, f"{trouble}{where}", "open it in the program that made it and save it anew"
        )


_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def declared_encoding(data: bytes) -> str:
    """Return the encoding that an XML document declares, by byte order mark or in its first line."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
    declared = _DECLARED_ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    return declared.group(1).decode("ascii").lower() if declared else "utf-8"


def source_end(data: bytes, offset: int, text: str, encoding: str = "utf-8") -> tuple[int, bool]:
    """Return where a chunk of character data ends in the source, and whether it is written letter for letter.

    Expat reports each entity reference and each line end as a chunk of its own.
    """
    written = text.encode(encoding, "replace")
    # “&” stands for itself in CDATA; elsewhere it is written “&amp;” or “&#38;”.
    entity = text == "&" and data.startswith(("&amp;".encode(encoding), "&#".encode(encoding)), offset)
    if data.startswith(written, offset) and not entity:
        return offset + len(written), True
    if data.startswith("&".encode(encoding), offset):
        stop = ";".encode(encoding)
        end = data.find(stop, offset)
        return (end + len(stop) if end >= 0 else len(data)), False
    line_end = "\r\n".encode(encoding)
    return offset + (len(line_end) if data.startswith(line_end, offset) else max(1, len(written))), False
