"""The parts of a Word file that are written to, and the entries that make a part known to the others.

Open Packaging Conventions: ECMA-376 Part 2.
"""

import posixpath
import re
from xml.sax.saxutils import quoteattr

from citecheck.readers.zipped import ZippedParts
from citecheck.writers.elements import Element, insert_last, read_elements, splice, without
from citecheck.writers.repacking import repack

COMMENTS = "comments"

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIP_ID = "citecheckComments"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NO_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_ID = re.compile(rb"[\s:]id\s*=\s*[\"'](\d{1,9})[\"']")


class WordParts:
    """The parts of one Word file: as they were, and as they are to be."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self._data = data
        self._parts = ZippedParts(data, path)
        self._read: dict[str, bytes] = {}
        self._elements: dict[str, Element] = {}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self.document = self._target("", "officeDocument") or "word/document.xml"

    def read(self, name: str) -> bytes:
        """Return the content of a part as it was.

        Raises:
            ManuscriptError: it is missing, damaged or not safe.
        """
        if name not in self._read:
            self._read[name] = self._parts.read(name)
        return self._read[name]

    def elements(self, name: str) -> Element:
        """Return the root element of a part as it was.

        Raises:
            ManuscriptError: it is missing, damaged or not safe.
            FixError: nothing can be written into it.
        """
        if name not in self._elements:
            self._elements[name] = read_elements(self.read(name), self.path, name)
        return self._elements[name]

    def change(self, name: str, content: bytes) -> None:
        """Give a part new content."""
        self._changed[name] = content

    def packed(self) -> bytes:
        """Return the file with the parts as they are to be; the same file if none was changed."""
        if not self._changed and not self._dropped:
            return self._data
        return repack(self._data, self.path, self._changed, self._dropped)

    def next_id(self) -> int:
        """Return a number above those of all notes, comments, bookmarks and tracked changes in all parts."""
        numbers = [0]
        for name in self._parts.names:
            if name.endswith(".xml") and posixpath.dirname(name) == posixpath.dirname(self.document):
                numbers += map(int, set(_ID.findall(self.read(name))))
        return max(numbers) + 1

    def comments(self) -> str | None:
        """Return the name of the part that holds the comments, if there is one."""
        name = self._target(self.document, COMMENTS)
        return name if name is not None and name in self._parts else None

    def add_comments(self, content: bytes) -> None:
        """Add a part for comments, and make it known."""
        folder = posixpath.dirname(self.document)
        name = posixpath.join(folder, "comments.xml")
        if name in self._parts:
            name = posixpath.join(folder, "citecheck-comments.xml")
        self.change(name, content)
        self._append(_CONTENT_TYPES, "Override", PartName=f"/{name}", ContentType=_COMMENTS_TYPE)
        relationships = _relationships_of(self.document)
        if relationships not in self._parts:
            self._read[relationships] = _NO_RELATIONSHIPS
        kind, target = f"{self._kinds()}/{COMMENTS}", posixpath.basename(name)
        self._append(relationships, "Relationship", Id=_RELATIONSHIP_ID, Type=kind, Target=target)

    def drop_comments(self, name: str) -> bool:
        """Take the part for comments away if citecheck added it; tell whether it did."""
        relationships = _relationships_of(self.document)
        if relationships not in self._parts:
            return False
        root = self.elements(relationships)
        ours = [entry for entry in root.children if entry.attribute("Id") == _RELATIONSHIP_ID]
        if not ours:
            return False
        left = without(self.read(relationships), root, ours)
        if left == _NO_RELATIONSHIPS:
            self._dropped.add(relationships)
        else:
            self.change(relationships, left)
        types = self.elements(_CONTENT_TYPES)
        overrides = [entry for entry in types.children if entry.attribute("PartName") == f"/{name}"]
        self.change(_CONTENT_TYPES, without(self.read(_CONTENT_TYPES), types, overrides))
        self._dropped.add(name)
        return True

    def _append(self, name: str, kind: str, **attributes: str) -> None:
        content = self.read(name)
        root = self.elements(name)
        tag = content[root.start : root.inner_start].split(None, 1)[0]
        # Where the names of the part have a prefix, the new entry says its namespace itself.
        written = {"xmlns": root.space} | attributes if b":" in tag else attributes
        entry = f"<{kind} {' '.join(f'{key}={quoteattr(value)}' for key, value in written.items())}/>"
        self.change(name, splice(content, [insert_last(content, root, entry.encode())]))

    def _target(self, source: str, purpose: str) -> str | None:
        """Return the part that another refers to for a purpose: ``comments``, ``officeDocument`` …"""
        relationships = _relationships_of(source)
        if relationships not in self._parts:
            return None
        for entry in self.elements(relationships).children:
            kind = entry.attribute("Type").rpartition("/")[2]
            if kind == purpose and entry.attribute("TargetMode") != "External":
                folder = posixpath.dirname(source)
                return posixpath.normpath(posixpath.join("/", folder, entry.attribute("Target"))).lstrip("/")
        return None

    def _kinds(self) -> str:
        """Return what the kinds of relationship begin with: files in strict OOXML have other addresses."""
        relationships = _relationships_of("")
        if relationships in self._parts:
            for entry in self.elements(relationships).children:
                kind, _, purpose = entry.attribute("Type").rpartition("/")
                if purpose == "officeDocument":
                    return kind
        return _TRANSITIONAL


def _relationships_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")
