"""Web pages (.html), as pandoc, LibreOffice, Word and publishers write them."""

import re

from citecheck.manuscript import Manuscript, Marker, Note, Passage, Span
from citecheck.readers.assembly import Found, assemble, beginnings, one_passage
from citecheck.readers.decoding import decode_declared
from citecheck.readers.hypertext import Block, Pages
from citecheck.readers.note_links import LinkedNote, LinkedText, find_notes
from citecheck.readers.passages import Atom, passage_of

FORMAT = "html"
SUFFIXES = (".html", ".htm", ".xhtml")

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})[\"']")
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,1000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
# The HTML Standard (13.2.3.2) looks for the encoding in this much of the page.
_PRESCAN = 1024


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is a web page, by its name or its first tag."""
    return name.endswith(SUFFIXES) or _START.match(data[:4096]) is not None


def read(data: bytes, path: str) -> Manuscript:
    """Read a web page.

    Raises:
        ManuscriptError: it is not text, or its markup is nested too deep.
    """
    declared = _XML_ENCODING.match(data[:_PRESCAN]) or _CHARSET.search(data[:_PRESCAN])
    text, encoding, remarks = decode_declared(data, path, declared[1].decode("ascii") if declared else None)
    found, orphans = _read_page(text, path)
    if orphans:
        remarks = (*remarks, "some notes that nothing in the text refers to were left out")
    return assemble(Manuscript(path, text, FORMAT, encoding, remarks=remarks), found)


def _read_page(text: str, path: str) -> tuple[Found, int]:
    """Return what stands on a page, and how many of its notes nothing refers to."""
    pages = Pages(path)
    pages.read(text)
    linked = find_notes(pages)
    notes = [_note(note, ordinal) for ordinal, note in enumerate(linked.notes, 1)]
    blocks = [block for block in linked.body if block.atoms]
    paragraphs = [_paragraph(block) for block in blocks]
    set_off = beginnings(paragraphs, (block.quoted for block in blocks))
    return Found(paragraphs, notes, _markers(linked), set_off=set_off), linked.orphans


def _paragraph(block: Block) -> Passage:
    # What a paragraph is made of goes with it: a long page would else be held twice.
    taken, block.atoms = block.atoms, []
    atoms = [atom for atom in taken if isinstance(atom, Atom)]
    if block.list_label and atoms:
        atoms.insert(0, Atom(block.list_label, atoms[0].start, atoms[0].start, literal=False))
    return passage_of(atoms)


def _note(note: LinkedNote, ordinal: int) -> Note:
    paragraphs = [passage_of([atom for atom in atoms if isinstance(atom, Atom)]) for atoms in note.paragraphs]
    for atoms in note.paragraphs:
        atoms.clear()
    call = note.calls[0]
    label_span = note.number_at or _shown(call.text_start, call.text_end, call.start)
    return Note(note.section, ordinal, note.label, one_passage(paragraphs), Span(*label_span), kind=note.kind)


def _shown(start: int, end: int, otherwise: int) -> tuple[int, int]:
    return (start, end) if start >= 0 else (otherwise, otherwise)


def _markers(linked: LinkedText) -> list[Marker]:
    called = [(link, note.label or "?", note.section) for note in linked.notes for link in note.calls]
    called += [(each.call, each.label, 1) for each in linked.missing]
    return [
        Marker(label, Span(*_shown(link.text_start, link.text_end, link.start)), section)
        for link, label, section in sorted(called, key=lambda call: call[0].number)
    ]
