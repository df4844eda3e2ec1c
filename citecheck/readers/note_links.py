"""Finds the notes of hypertext by following links.

Each program marks notes in a way of its own: WAI-ARIA roles, EPUB types, class names, ids such as
``_ftn1``. What all have in common is a link from the text to the note, and mostly one back.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Literal

import attrs

from citecheck.readers.hypertext import NOTE_ELEMENTS, Address, Block, Element, Link, Pages
from citecheck.readers.numerals import numbering_runs
from citecheck.readers.passages import Atom, Mark, strip

# Digital Publishing WAI-ARIA 1.1, EPUB Structural Semantics Vocabulary, and classes of pandoc and others.
_REFERENCE_TYPES = frozenset(
    ("doc-noteref", "noteref", "footnote-ref", "footnoteref", "sdfootnoteanc", "sdendnoteanc")
)
_NOTE_TYPES = frozenset(("doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"))
_FOOTNOTE_TYPES = frozenset(("doc-footnote", "footnote", "footnotes"))
_ENDNOTE_TYPES = frozenset(("doc-endnote", "endnote", "rearnote"))
_BACK_TYPES = frozenset(("doc-backlink", "backlink", "footnote-back", "reversefootnote"))

_LABEL = re.compile(r"[\[({]?\s*(\d{1,5}|[ivxlc]{1,8}|[*†‡§¶‖#]{1,6}|[a-z]{1,2})\s*[\])}]?\.?", re.IGNORECASE)
_NOTE_ID = re.compile(
    r"_?(?:s?d?footnote|s?d?endnote|foot_note|end_note|fn|ftn|edn|en|note|n|anm|fu(?:ss|ß)note)[-_:.]?\d+(?:sym)?",
    re.IGNORECASE,
)
_ENDNOTE_ID = re.compile(r"_?(?:edn|en|end_?note|sdendnote)[-_:.]?\d", re.IGNORECASE)
_BACK = re.compile(r"[↩↑⏎^←⬆\ufe0e\ufe0f]+|back|return", re.IGNORECASE)
# Where only the way there and back says that something is a note, it must not be half a chapter.
_MOST_BLOCKS = 30
_MOST_BACKLINKS = 30


@attrs.define(eq=False)
class LinkedNote:
    """A note that links lead to: its paragraphs, where its number stands, and the links that call it."""

    key: str
    kind: Literal["footnote", "endnote"]
    label: str | None
    calls: list[Link]
    part: str
    paragraphs: list[list[Atom | Mark]]
    number_at: tuple[int, int] | None
    section: int = 1


@attrs.frozen
class MissingNote:
    """A call of a note that is not there, with the label that it shows."""

    key: str
    label: str
    call: Link


@attrs.frozen
class LinkedText:
    """The text without its notes, marks where they are called, and the notes."""

    body: tuple[Block, ...]
    notes: tuple[LinkedNote, ...]
    orphans: int
    missing: tuple["MissingNote", ...] = ()


def find_notes(pages: Pages) -> LinkedText:
    """Part the notes of pages from their text."""
    numbers = _OpeningNumbers.of(pages)
    elements = _called_elements(pages, numbers)
    spans = {element: range(element.first, element.last + 1) for element in elements}
    in_notes = {number for span in spans.values() for number in span}
    keys = {link.number: f"note {place}" for place, links in enumerate(elements.values()) for link in links}
    missing = tuple(_missing(pages, in_notes))
    keys |= {each.call.number: each.key for each in missing}
    ways_back = {address for links in elements.values() for link in links for address in link.ids}
    backlinks = {
        link.number: link
        for link in pages.links
        if link.block in in_notes
        and (link.target in ways_back or _goes_back(link) or numbers.is_number_of_note(link))
    }
    for block in pages.blocks:
        block.atoms = _without_links(block.atoms, keys, backlinks)
    labels_at = {link.block: link for link in reversed(backlinks.values()) if _label(link) is not None}
    notes = [
        _note(pages, element, f"note {place}", links, spans[element], labels_at)
        for place, (element, links) in enumerate(elements.items())
    ]
    _number(notes)
    orphans = _orphans(pages, in_notes) if notes else set()
    body = tuple(
        block for number, block in enumerate(pages.blocks) if number not in in_notes and number not in orphans
    )
    ordered = sorted(notes, key=lambda note: note.kind == "endnote")
    return LinkedText(body, tuple(ordered), len(orphans), missing)


def _missing(pages: Pages, in_notes: AbstractSet[int]) -> Iterator[MissingNote]:
    """Yield the links in the text that call a note by their looks and their address, and lead to nothing."""
    parts = {block.part for block in pages.blocks}
    for link in pages.links:
        label = _label(link)
        page, identifier = link.target
        if label is None or page not in parts or link.target in pages.anchors or link.block in in_notes:
            continue
        looks = link.raised or not _REFERENCE_TYPES.isdisjoint(link.types)
        if looks and _NOTE_ID.fullmatch(identifier) and not _goes_back(link):
            yield MissingNote(f"missing {link.number}", label, link)


def _called_elements(pages: Pages, numbers: "_OpeningNumbers") -> dict[Element, list[Link]]:
    """Return the elements that are notes, with the links that call them, in the order of the first calls."""
    reached: dict[Address, list[Link]] = {}
    for link in pages.links:
        reached.setdefault(link.target, []).append(link)
    calls = []
    for link in pages.links:
        element = _note_element(pages.anchors.get(link.target))
        if element is None or numbers.is_number_of_note(link):
            continue
        if (
            _calls(link, element, reached)
            or _calls_number(link, element, pages)
            or numbers.are_called_by(link, element)
        ):
            calls.append((link, element))
    # A link inside a note to another note is a cross-reference, no call.
    called = {element for _, element in calls}
    inside = {number for element in called for number in range(element.first, element.last + 1)}
    found: dict[Element, list[Link]] = {}
    for link, element in calls:
        if link.block not in inside:
            found.setdefault(element, []).append(link)
    return found


@attrs.frozen
class _OpeningNumbers:
    """The links that open their paragraphs: where a page has its notes in its margin or above its text, their numbers.

    There the number leads to the call as the call leads to the note, and which comes first tells nothing.
    """

    pages: Pages
    opening: frozenset[int]
    by_block: dict[int, list[Link]]

    @classmethod
    def of(cls, pages: Pages) -> "_OpeningNumbers":
        opening: set[int] = set()
        for block in pages.blocks:
            for atom in block.atoms:
                if isinstance(atom, Mark):
                    which, _, written = atom.key.partition(" ")
                    opening.update((int(written),) if which == "open" else ())
                elif atom.string.strip():
                    break
        by_block: dict[int, list[Link]] = {}
        for link in pages.links:
            by_block.setdefault(link.block, []).append(link)
        return cls(pages, frozenset(opening), by_block)

    def is_number_of_note(self, link: Link) -> bool:
        """Tell whether a link opens its paragraph and leads to one of the same label that stands behind words."""
        label = _label(link)
        element = _note_element(self.pages.anchors.get(link.target))
        if label is None or element is None or link.number not in self.opening:
            return False
        return any(
            other.number not in self.opening and _label(other) == label and self._leads_to(other, link.block)
            for other in self.by_block.get(element.first, ())
        )

    def are_called_by(self, link: Link, element: Element) -> bool:
        """Tell whether a link behind words leads up to a paragraph that opens with its label and a way back."""
        label = _label(link)
        if label is None or link.number in self.opening or element.last - element.first > _MOST_BLOCKS:
            return False
        return any(
            back.number in self.opening and _label(back) == label and self._leads_to(back, link.block)
            for back in self.by_block.get(element.first, ())
        )

    def _leads_to(self, link: Link, block: int) -> bool:
        target = _note_element(self.pages.anchors.get(link.target))
        return target is not None and target.first <= block <= max(target.first, target.last)


def _note_element(target: Element | None) -> Element | None:
    """Return the element that holds the whole note which a link leads into, or None if it can be no note."""
    element = target
    while element is not None and element.name not in NOTE_ELEMENTS and _NOTE_TYPES.isdisjoint(element.types):
        if element.name in ("h1", "h2", "h3", "h4", "h5", "h6", "body", "tr", "table"):
            return None
        element = element.around
    while element is not None and element.around is not None and _is_whole_note(element.around):
        element = element.around
    return element


def _is_whole_note(element: Element) -> bool:
    named = any(_NOTE_ID.fullmatch(identifier) for _, identifier in element.ids)
    return named or element.name in ("li", "aside", "dd") or not _NOTE_TYPES.isdisjoint(element.types)


def _calls(link: Link, element: Element, reached: dict[Address, list[Link]]) -> bool:
    """Tell whether a link calls the note that an element would be."""
    if element.first <= link.block <= element.last or _goes_back(link):
        return False
    if not _REFERENCE_TYPES.isdisjoint(link.types):
        return True
    if _label(link) is None:
        return False
    if not _NOTE_TYPES.isdisjoint(element.types) or _NOTE_ID.fullmatch(link.target[1]):
        return True
    if element.first < link.block or element.last - element.first > _MOST_BLOCKS:
        return False
    return any(
        element.first <= back.block <= element.last
        for address in link.ids
        for back in reached.get(address, [])[:_MOST_BACKLINKS]
    )


def _calls_number(link: Link, element: Element, pages: Pages) -> bool:
    """Tell whether a link is a raised or bracketed number, and leads on to a paragraph that begins with that number."""
    label, block = _label(link), pages.blocks[element.first] if element.first < len(pages.blocks) else None
    if label is None or block is None or element.first <= link.block:
        return False
    if not link.raised and not link.text.strip().startswith(("[", "(")):
        return False
    begins = block.list_label or "".join(atom.string for atom in block.atoms[:8] if isinstance(atom, Atom))
    return re.match(rf"[\[(]?{re.escape(label)}(?:[\])]|[.:)]|\s)", begins) is not None


def _label(link: Link) -> str | None:
    """Return the label that a link shows, without brackets, or None if it shows anything else."""
    match = _LABEL.fullmatch(link.text.strip())
    return match[1] if match else None


def _goes_back(link: Link) -> bool:
    """Tell whether a link says itself that it leads from a note back to the text."""
    shown = link.text.strip()
    return not _BACK_TYPES.isdisjoint(link.types) or (bool(shown) and not _BACK.sub("", shown).strip())


def _without_links(
    atoms: Iterable[Atom | Mark], keys: dict[int, str], backlinks: dict[int, Link]
) -> list[Atom | Mark]:
    """Leave out the text of links that call notes or lead back; a mark stands where a note is called."""
    kept: list[Atom | Mark] = []
    dropping: str | None = None
    for atom in atoms:
        if not isinstance(atom, Mark):
            if dropping is None:
                kept += _one_space(kept, atom)
            continue
        if atom.key == dropping:
            dropping = None
            continue
        which, _, written = atom.key.partition(" ")
        number = int(written)
        if which == "open" and dropping is None and (number in keys or number in backlinks):
            dropping = f"close {number}"
            if number in keys:
                kept.append(Mark(atom.start, atom.end, f"{number} {keys[number]}"))
    return strip(kept)


def _one_space(kept: list[Atom | Mark], atom: Atom) -> list[Atom]:
    """Leave out a space that another stands before, now that the link between them is gone."""
    before = kept[-2] if len(kept) > 1 and isinstance(kept[-1], Mark) else None
    if not isinstance(before, Atom) or not before.string.endswith(" ") or not atom.string.startswith(" "):
        return [atom]
    if not atom.literal or len(atom.string) == 1:
        return []
    return [atom._replace(string=atom.string[1:], start=atom.start + 1)]


def _note(
    pages: Pages, element: Element, key: str, calls: list[Link], span: range, labels_at: dict[int, Link]
) -> LinkedNote:
    label = _label(calls[0]) or calls[0].text.strip() or None
    blocks = [pages.blocks[number] for number in span if number < len(pages.blocks)]
    for number, block in enumerate(blocks):
        first = next((atom for atom in block.atoms if isinstance(atom, Atom)), None)
        if number == 0:
            _drop_way_back(block.atoms)
        if block.list_label and first is not None and (number > 0 or element.name != "li"):
            block.atoms.insert(0, Atom(block.list_label, first.start, first.start, literal=False))
    paragraphs = [block.atoms for block in blocks if any(isinstance(atom, Atom) for atom in block.atoms)]
    printed = next((labels_at[number] for number in span if number in labels_at), None)
    # A wiki numbers the ways back a, b, c.
    is_number = printed is not None and _label(printed) == label
    number_at = (printed.text_start, printed.text_end) if printed is not None and is_number else None
    if number_at is None and label is not None and element.name != "li" and paragraphs:
        number_at = _take_label(paragraphs[0], label)
    part = blocks[0].part if blocks else ""
    return LinkedNote(key, _kind(element, calls[0]), label, calls, part, paragraphs, number_at)


def _drop_way_back(atoms: list[Atom | Mark]) -> None:
    """Take away the “^” that wikis set before several links back to the text."""
    while atoms and isinstance(first := atoms[0], Atom) and first.literal:
        rest = first.string.lstrip("^↑ \t\r\n")
        if rest:
            atoms[0] = first._replace(string=rest, start=first.start + len(first.string) - len(rest))
            break
        del atoms[0]
    strip(atoms)


def _take_label(paragraph: list[Atom | Mark], label: str) -> tuple[int, int] | None:
    """Take a label that is typed before the text of a note, and return where it stood."""
    first = paragraph[0]
    if isinstance(first, Mark) or not first.literal:
        return None
    match = re.match(rf"[\[(]?{re.escape(label)}[\])]?(?:[.:)]\s*|\s+|$)", first.string)
    if match is None:
        return None
    number_at = (first.start, first.start + len(label))
    rest = first.string[match.end() :]
    paragraph[0] = first._replace(string=rest, start=first.start + match.end())
    if not rest:
        del paragraph[0]
    strip(paragraph)
    return number_at


def _kind(element: Element, call: Link) -> Literal["footnote", "endnote"]:
    if not _FOOTNOTE_TYPES.isdisjoint(element.types):
        return "footnote"
    ids = {call.target, *element.ids}
    named = any(_ENDNOTE_ID.match(identifier) for _, identifier in ids)
    return "endnote" if named or not _ENDNOTE_TYPES.isdisjoint(element.types) else "footnote"


def _number(notes: list[LinkedNote]) -> None:
    """Give each note its run of numbering, those of endnotes after those of footnotes."""
    before = 0
    for kind in ("footnote", "endnote"):
        ours = [note for note in notes if note.kind == kind]
        for note, run in zip(ours, numbering_runs([note.label for note in ours]), strict=True):
            note.section = before + run
        before = max((note.section for note in ours), default=before)


def _orphans(pages: Pages, in_notes: set[int]) -> set[int]:
    """Return the blocks of elements that say they are notes but that nothing calls."""
    found: set[int] = set()
    for element in dict.fromkeys(pages.anchors.values()):
        if _NOTE_TYPES.isdisjoint(element.types) or element.first in in_notes:
            continue
        found.update(range(element.first, element.last + 1))
    return found - in_notes
