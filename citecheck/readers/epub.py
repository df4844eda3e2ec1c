"""Electronic books (.epub): the pages in the order of the spine, as one text.

Ids and numbers begin anew on each page, so a note is known by page and id together (EPUB 3.3, 5.6).
"""

import posixpath
import re
from urllib.parse import unquote

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import Found, assemble, beginnings
from citecheck.readers.decoding import ByteOffsets, decode_declared
from citecheck.readers.hypertext import Pages, italic_classes
from citecheck.readers.layout import LAID_OUT, CalledNote, Layout, Story
from citecheck.readers.markup import Attributes, MarkupStream, declared_encoding
from citecheck.readers.note_links import LinkedNote, find_notes
from citecheck.readers.passages import Atom, Mark
from citecheck.readers.zipped import ZippedParts, require_zip

FORMAT = "epub"
SUFFIXES = (".epub",)

_MIME_TYPE = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_CONTAINER_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:container"
_OPF = "http://www.idpf.org/2007/opf"
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_ENCODING = "its page is not in UTF-8"


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is an electronic book, or is named as if it were one."""
    if data.startswith(b"PK"):
        return _MIME_TYPE in data[:200] or name.endswith(SUFFIXES)
    return name.endswith(SUFFIXES)


def read(data: bytes, path: str) -> Manuscript:
    """Read an electronic book.

    The text is laid out: the paragraphs of all pages, then the notes, a paragraph a line.

    Raises:
        ManuscriptError: it is no book, or is encrypted, damaged or not safe to open.
    """
    require_zip(data, path, "an electronic book", SUFFIXES)
    parts = ZippedParts(data, path)
    book = _read_package(parts)
    italics = frozenset[str]().union(
        *(italic_classes(parts.read(name).decode("utf-8", "replace")) for name in book.style_sheets)
    )
    pages = Pages(path)
    texts = {name: _page(parts, name) for name in book.pages}
    for name, page in texts.items():
        pages.read(page.text, name, xml=True, italic_classes=italics)
    linked = find_notes(pages)

    layout = Layout()
    notes = {
        note.key: _called(note, ordinal, texts[note.part])
        for ordinal, note in enumerate(linked.notes, 1)
        if note.part
    }
    missing = {
        each.key: CalledNote(1, 0, each.label, Story("", ()), (0, 0), "footnote") for each in linked.missing
    }
    called = notes | missing
    lines = []
    blocks = [block for block in linked.body if block.atoms]
    for number, block in enumerate(blocks, 1):
        # What a paragraph is made of goes with it: a long book would else be held twice.
        taken, block.atoms = block.atoms, []
        atoms = [texts[block.part].in_bytes(atom) for atom in taken]
        if block.list_label:
            atoms.insert(0, Atom(block.list_label, atoms[0].start, atoms[0].start, False, LAID_OUT))
        # The key of a mark is the number of the link, then the note that it calls.
        lines.append(
            layout.body_line(block.part, atoms, number, lambda key: called.get(key.partition(" ")[2]))
        )
    laid_out = [layout.note_line(note) for note in notes.values()]
    remarks = ("some notes that nothing in the text refers to were left out",) if linked.orphans else ()
    manuscript = Manuscript(path, layout.text, FORMAT, origins=tuple(layout.origins), remarks=remarks)
    set_off = beginnings(lines, (block.quoted for block in blocks))
    return assemble(manuscript, Found(lines, laid_out, layout.markers, set_off=set_off))


@attrs.define
class _Book:
    pages: list[str] = attrs.field(factory=list)
    style_sheets: list[str] = attrs.field(factory=list)


def _read_package(parts: ZippedParts) -> _Book:
    """Return the pages of a book in the order of the spine, and its style sheets."""
    package = _package_name(parts)
    folder = posixpath.dirname(package)
    items: dict[str, tuple[str, str]] = {}
    order: list[str] = []

    def item(attributes: Attributes) -> None:
        name = posixpath.normpath(posixpath.join(folder, unquote(attributes.get("href", ""))))
        # The table of contents repeats the headings.
        contents = "nav" in attributes.get("properties", "").split()
        kind = "contents" if contents else attributes.get("media-type", "")
        items.setdefault(attributes.get("id", ""), (name, kind))

    starts = {
        f"{_OPF} item": item,
        f"{_OPF} itemref": lambda attributes: order.append(attributes.get("idref", "")),
    }
    MarkupStream(parts.read(package), parts.path, package, starts, {}, doctype=True).run()
    book = _Book()
    for identifier in dict.fromkeys(order):
        name, kind = items.get(identifier, ("", ""))
        if kind in ("application/xhtml+xml", "text/html", "application/x-dtbook+xml") and name in parts:
            book.pages.append(name)
    book.style_sheets += [name for name, kind in items.values() if kind == "text/css" and name in parts]
    if not book.pages:
        raise ManuscriptError(parts.path, "has no pages that can be read", "save it as .epub again")
    _refuse_encrypted(parts, book)
    return book


def _package_name(parts: ZippedParts) -> str:
    found: list[str] = []
    starts = {
        f"{_CONTAINER_NAMESPACE} rootfile": lambda attributes: found.append(attributes.get("full-path", ""))
    }
    MarkupStream(parts.read(_CONTAINER), parts.path, _CONTAINER, starts, {}).run()
    if not found:
        raise ManuscriptError(parts.path, "is damaged: it does not name its pages", "save it as .epub again")
    return found[0]


def _refuse_encrypted(parts: ZippedParts, book: _Book) -> None:
    name = "META-INF/encryption.xml"
    if name not in parts:
        return
    # Fonts are often encrypted, and may stay so.
    encrypted = parts.read(name).decode("utf-8", "replace")
    if any(f'"{page}"' in encrypted for page in book.pages):
        raise ManuscriptError(
            parts.path, "is protected against copying", "ask the publisher for a copy without protection"
        )


@attrs.frozen
class _Page:
    """The text of a page, with the way from its characters to its bytes, where it is in UTF-8."""

    text: str
    offsets: ByteOffsets | None

    def in_bytes(self, atom: Atom | Mark) -> Atom | Mark:
        """Return an atom with its range in bytes."""
        if self.offsets is None:
            return atom if isinstance(atom, Mark) else atom._replace(literal=False, not_editable=_ENCODING)
        return atom._replace(start=self.offsets.to_byte(atom.start), end=self.offsets.to_byte(atom.end))

    def span_in_bytes(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return a range of characters as a range of bytes."""
        return (
            span if self.offsets is None else (self.offsets.to_byte(span[0]), self.offsets.to_byte(span[1]))
        )


def _page(parts: ZippedParts, name: str) -> _Page:
    data = parts.read(name)
    if _ENTITY.search(data):
        raise ManuscriptError(
            parts.path,
            f"is not safe to open: its page {name} declares entities of its own",
            "save it as .epub again",
        )
    text, encoding, _ = decode_declared(data, f"{parts.path} ({name})", declared_encoding(data))
    if encoding not in ("utf-8", "utf-8-sig"):
        return _Page(text, None)
    return _Page(text, ByteOffsets(text, base=len(data) - len(text.encode())))


def _called(note: LinkedNote, ordinal: int, page: _Page) -> CalledNote:
    paragraphs = tuple([page.in_bytes(atom) for atom in paragraph] for paragraph in note.paragraphs)
    for paragraph in note.paragraphs:
        paragraph.clear()
    at = paragraphs[0][0].start if paragraphs else 0
    number_at = page.span_in_bytes(note.number_at) if note.number_at is not None else (at, at)
    story = Story(note.part, paragraphs)
    return CalledNote(note.section, ordinal, note.label, story, number_at, note.kind, "explicit")
