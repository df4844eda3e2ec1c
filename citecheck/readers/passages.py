"""Weaves passages: running text put together from what a format writes between its markup.

A reader tells a :class:`Weaver` what text comes next, from where, and whether it is emphasised. The
weaver sets the ``*`` marks tight around the words (word processors often italicise the space after
a title too) and joins neighbouring emphasis that only white space parts.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from citecheck.manuscript import Passage, Piece

# White space in the source of HTML, XML, LaTeX …: any run of it prints as one space. U+00A0 is no such space.
BREAKING_SPACE = " \t\n\r\f"
_AFTER_WORDS = re.compile(r"[\s.,;:!?)\]”’»…–—-]+")
_SPACE_RUN = re.compile(r" ?[\t\n\r\f][ \t\n\r\f]*|  [ \t\n\r\f]*")


class Atom(NamedTuple):
    """The smallest part of a passage: a string, the range of the source it was read from, and how.

    ``not_editable`` is None, or the reason why that range must not be edited.
    """

    string: str
    start: int
    end: int
    literal: bool = True
    not_editable: str | None = None


class Mark(NamedTuple):
    """A place in running text where a note is called: the range of the source, and which note."""

    start: int
    end: int
    key: str


class Weaver:
    """Collects the atoms of one passage."""

    def __init__(self) -> None:
        self.atoms: list[Atom | Mark] = []
        self._wanted = False
        self._shown = False
        self._opening: Atom | None = None
        self._closing: Atom | None = None

    def add(
        self, string: str, start: int, end: int, literal: bool = True, not_editable: str | None = None
    ) -> None:
        """Add text as it is, spaces included."""
        atom = Atom(string, start, end, literal, not_editable)
        if self._wanted is not self._shown:
            self._turn(atom)
        else:
            self.atoms.append(atom)

    def prose(self, text: str, start: int, end: int) -> None:
        """Add ``text[start:end]``, where each run of breaking white space prints as one space."""
        if start < end and text[start] in BREAKING_SPACE and self.ends_with_space():
            while start < end and text[start] in BREAKING_SPACE:
                start += 1
        for run in _SPACE_RUN.finditer(text, start, end):
            if run.start() > start:
                self.add(text[start : run.start()], start, run.start())
            self.add(" ", run.start(), run.end(), literal=False)
            start = run.end()
        if start < end:
            self.add(text[start:end], start, end)

    def chunk(self, string: str, offset: int, not_editable: str | None = None) -> None:
        """Add what stands in UTF-8 from a byte on; a run of breaking white space prints as one space."""
        if string[0] in BREAKING_SPACE and self.ends_with_space():
            bare = string.lstrip(BREAKING_SPACE)
            offset += len(string) - len(bare)
            string = bare
        done = 0
        for run in _SPACE_RUN.finditer(string):
            offset = self._bytes(string[done : run.start()], offset, not_editable)
            self.add(" ", offset, offset + len(run[0]), literal=False, not_editable=not_editable)
            offset += len(run[0])
            done = run.end()
        self._bytes(string[done:], offset, not_editable)

    def _bytes(self, string: str, offset: int, not_editable: str | None) -> int:
        end = offset + len(string.encode())
        if string:
            self.add(string, offset, end, not_editable=not_editable)
        return end

    def space(self, start: int, end: int, not_editable: str | None = None) -> None:
        """Add one space for something that parts words, unless one is there already."""
        if not self.ends_with_space():
            self.add(" ", start, end, literal=False, not_editable=not_editable)

    def ends_with_space(self) -> bool:
        """Tell whether more breaking white space would print as nothing here."""
        for atom in reversed(self.atoms):
            if isinstance(atom, Atom):
                return atom.string[-1] in BREAKING_SPACE
        return True

    def drop_space(self) -> None:
        """Take white space at the end away, as a note does that is set close to the word before it."""
        while self.atoms and isinstance(last := self.atoms[-1], Atom):
            bare = last.string.rstrip(BREAKING_SPACE)
            if bare and last.literal:
                self.atoms[-1] = split_atom(last, len(bare))[0]
            if bare:
                return
            self.atoms.pop()

    def emphasis(self, wanted: bool, start: int = -1, end: int = -1, literal: bool = False) -> None:
        """Say that what follows is emphasised, or no longer is; the range is that of the markup, if any."""
        if wanted is self._wanted:
            return
        self._wanted = wanted
        mark = Atom("*", start, end, literal) if start >= 0 else None
        if wanted:
            self._opening = mark
        else:
            self._closing = mark

    def mark(self, start: int, end: int, key: str) -> None:
        """Note that a note is called here."""
        if self._shown and not self._wanted:
            self._close()
        self.atoms.append(Mark(start, end, key))

    def finish(self) -> list[Atom | Mark]:
        """Return the atoms, closed and without outer white space."""
        if self._shown:
            self._close()
        return strip(self.atoms)

    def passage(self) -> Passage:
        """Finish, and return the passage."""
        return passage_of([atom for atom in self.finish() if isinstance(atom, Atom)])

    def _turn(self, atom: Atom) -> None:
        """Set a ``*`` before the atom's first word or after the last word before it, once there is a word."""
        bare = atom.string.lstrip(BREAKING_SPACE)
        # A comma in italics by itself, as word processors leave it behind a title, stresses nothing.
        if not bare or (not self._shown and _AFTER_WORDS.fullmatch(bare)):
            self.atoms.append(atom)
            return
        if self._shown:
            self._close()
            self.atoms.append(atom)
            return
        if len(bare) < len(atom.string) and atom.literal:
            space, atom = split_atom(atom, len(atom.string) - len(bare))
            self.atoms.append(space)
        self.atoms.append(self._opening or Atom("*", atom.start, atom.start, literal=False))
        self.atoms.append(atom)
        self._opening, self._shown = None, True

    def _close(self) -> None:
        """Set the closing ``*`` after the last word."""
        atoms, spaces = self.atoms, []
        while isinstance(atoms[-1], Mark) or not atoms[-1].string.strip(BREAKING_SPACE):
            spaces.append(atoms.pop())
        last = atoms[-1]
        bare = last.string.rstrip(BREAKING_SPACE)
        if len(bare) < len(last.string) and last.literal:
            atoms[-1], space = split_atom(last, len(bare))
            spaces.append(space)
        atoms.append(self._closing or Atom("*", atoms[-1].end, atoms[-1].end, literal=False))
        atoms.extend(reversed(spaces))
        self._closing, self._shown = None, False


def split_atom(atom: Atom, at: int) -> tuple[Atom, Atom]:
    """Divide a literal atom at its outer white space, where a character is one unit of the source."""
    if at == len(atom.string):
        middle = atom.end
    elif at <= len(atom.string) - len(atom.string.lstrip(BREAKING_SPACE)):
        middle = atom.start + at
    else:
        middle = atom.end - (len(atom.string) - at)
    return (
        atom._replace(string=atom.string[:at], end=middle),
        atom._replace(string=atom.string[at:], start=middle),
    )


def strip(atoms: list[Atom | Mark]) -> list[Atom | Mark]:
    """Take outer white space away, and return the same list."""
    _strip(atoms, first=True)
    _strip(atoms, first=False)
    return atoms


def _strip(atoms: list[Atom | Mark], *, first: bool) -> None:
    """Take outer white space away at one end; marks that stand in it stay."""
    places = range(len(atoms)) if first else range(len(atoms) - 1, -1, -1)
    spaces: list[int] = []
    for place in places:
        atom = atoms[place]
        if isinstance(atom, Mark):
            continue
        bare = atom.string.lstrip(BREAKING_SPACE) if first else atom.string.rstrip(BREAKING_SPACE)
        if not bare:
            spaces.append(place)
            continue
        if len(bare) < len(atom.string) and atom.literal:
            outer = len(atom.string) - len(bare)
            atoms[place] = split_atom(atom, outer)[1] if first else split_atom(atom, len(bare))[0]
        break
    if spaces:
        gone = frozenset(spaces)
        atoms[:] = [atom for place, atom in enumerate(atoms) if place not in gone]


def passage_of(atoms: Sequence[Atom]) -> Passage:
    """Return the passage that atoms make, neighbouring literal ones as one piece."""
    pieces: list[Piece] = []
    strings: list[str] = []
    length = 0
    begin = last_end = -1
    begin_offset = 0
    for string, start, end, literal, _ in atoms:
        if literal and start == last_end:
            last_end = end
        else:
            if last_end >= 0:
                pieces.append(Piece(begin_offset, begin, last_end))
            if literal:
                begin, begin_offset, last_end = start, length, end
            else:
                pieces.append(Piece(length, start, end, literal=False))
                last_end = -1
        strings.append(string)
        length += len(string)
    if last_end >= 0:
        pieces.append(Piece(begin_offset, begin, last_end))
    return Passage("".join(strings), tuple(pieces))


def reread(passage: Passage, changes: Iterable[tuple[int, int, str]]) -> Passage:
    """Return a passage of which some ranges are read as other strings; every place in the file stays known.

    Args:
        passage: the passage.
        changes: ranges in order, none over another, with what is read there; none is empty.
    """
    pieces: list[Piece] = []
    parts: list[str] = []
    length = done = index = 0

    def keep(start: int, end: int) -> None:
        nonlocal length, index
        while start < end:
            while index + 1 < len(passage.pieces) and passage.pieces[index + 1].offset <= start:
                index += 1
            piece = passage.pieces[index]
            last = index + 1 == len(passage.pieces)
            stop = end if last else min(end, passage.pieces[index + 1].offset)
            if piece.literal:
                begin = piece.start + start - piece.offset
                pieces.append(Piece(length, begin, begin + stop - start))
            else:
                pieces.append(attrs.evolve(piece, offset=length))
            parts.append(passage.text[start:stop])
            length += stop - start
            start = stop

    for start, end, string in changes:
        keep(done, start)
        span = passage.span(start, end)
        pieces.append(Piece(length, span.start, span.end, literal=False))
        parts.append(string)
        length += len(string)
        done = end
    keep(done, len(passage.text))
    return Passage("".join(parts), tuple(pieces))
