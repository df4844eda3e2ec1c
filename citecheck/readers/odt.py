"""OpenDocument texts (.odt), as LibreOffice writes them.

The notes stand in the paragraphs that call them, each with its printed label (OpenDocument 1.3
Part 3, 6.3). Tracked deletions are kept apart from the text, in front of it.
"""

from typing import Literal

import attrs

from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import Found, assemble, beginnings
from citecheck.readers.layout import LAID_OUT, TRACKED, CalledNote, Layout, Story
from citecheck.readers.markup import Attributes, EndAction, MarkupStream, StartAction, source_end
from citecheck.readers.numerals import numbering_runs, raised
from citecheck.readers.odf_styles import OFFICE, TEXT, OdfLists, OdfStyles
from citecheck.readers.passages import BREAKING_SPACE, Atom, Mark, Weaver
from citecheck.readers.reference_managers import kept_by
from citecheck.readers.zipped import ZippedParts, require_zip

FORMAT = "odt"
SUFFIXES = (".odt", ".ott")

_MIME_TYPE = b"application/vnd.oasis.opendocument.text"
_PART = "content.xml"
_DRAW_ALTERNATIVES = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_FIELD = "it is a field that LibreOffice fills in"
_ENCODING = "its part of the file is not in UTF-8"
# Spaces are written as a count; a manuscript has a handful, a hostile file says a thousand million.
_MOST_SPACES = 100

# Elements whose text the program makes: cross-references, dates, page numbers, citations of its own.
_FIELDS = (
    "note-ref", "bookmark-ref", "reference-ref", "sequence-ref", "sequence", "bibliography-mark",
    "page-number", "page-count", "date", "time", "chapter", "variable-get", "variable-set",
    "user-field-get", "expression", "conditional-text", "database-display", "file-name", "title", "subject",
    "author-name", "author-initials", "bibliography",
)  # fmt: skip
# Indexes that repeat what stands elsewhere, reading aids, forms, and what belongs to no text.
_SKIPPED = (
    f"{OFFICE} annotation", f"{OFFICE} forms", f"{OFFICE} change-info", f"{OFFICE} binary-data",
    f"{OFFICE} event-listeners", f"{TEXT} table-of-content", f"{TEXT} alphabetical-index",
    f"{TEXT} illustration-index", f"{TEXT} table-index", f"{TEXT} object-index", f"{TEXT} user-index",
    f"{TEXT} ruby-text", f"{TEXT} script", f"{TEXT} bibliography-source",
    f"{_DRAW_ALTERNATIVES} title", f"{_DRAW_ALTERNATIVES} desc", "http://www.w3.org/1998/Math/MathML math",
)  # fmt: skip


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is an OpenDocument text, or is named as if it were one."""
    if data.startswith(b"PK"):
        return _MIME_TYPE in data[:200] or name.endswith(SUFFIXES)
    return name.endswith(SUFFIXES)


def read(data: bytes, path: str) -> Manuscript:
    """Read an OpenDocument text.

    The text is laid out, since the file has none: the body, then the notes, a paragraph a line.

    Raises:
        ManuscriptError: it is no OpenDocument text, or is encrypted, damaged or not safe to open.
    """
    require_zip(data, path, "an OpenDocument text", SUFFIXES)
    parts = ZippedParts(data, path)
    _refuse_encrypted(parts)
    styles = OdfStyles()
    if "styles.xml" in parts:
        styles.read(parts.read("styles.xml"), path, "styles.xml")
    content = _Content(parts.read(_PART), path, styles).read()

    layout = Layout()
    footnotes = _called("footnote", content.notes, after=[])
    endnotes = _called("endnote", content.notes, after=list(footnotes.values()))
    numbered = footnotes | endnotes
    lines = [
        layout.body_line(_PART, atoms, number, numbered.get)
        for number, atoms in enumerate(content.paragraphs, 1)
    ]
    notes = [layout.note_line(note) for note in numbered.values()]
    remarks = []
    if content.deleted_notes:
        count = content.deleted_notes
        remarks.append(f"{count} note{'s' if count > 1 else ''} in tracked deletions or hidden text left out")
    manuscript = Manuscript(path, layout.text, FORMAT, origins=tuple(layout.origins), remarks=tuple(remarks))
    set_off = beginnings(lines, content.quoted)
    return assemble(manuscript, Found(lines, notes, layout.markers, set_off=set_off))


def _refuse_encrypted(parts: ZippedParts) -> None:
    if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise ManuscriptError(
            parts.path, "is protected by a password", "remove the password and save it again"
        )


@attrs.define
class _Note:
    key: str
    kind: Literal["footnote", "endnote"]
    start: int
    label: str = ""
    number_at: tuple[int, int] = (0, 0)
    paragraphs: list[list[Atom | Mark]] = attrs.field(factory=list)


def _called(
    kind: Literal["footnote", "endnote"], notes: list[_Note], after: list[CalledNote]
) -> dict[str, CalledNote]:
    """Return the notes of one kind in order, numbered after those of the other kind."""
    ours = [note for note in notes if note.kind == kind]
    sections = max((note.section for note in after), default=0)
    runs = numbering_runs([note.label for note in ours])
    return {
        note.key: CalledNote(
            sections + run,
            ordinal,
            note.label or None,
            Story(_PART, tuple(note.paragraphs)),
            note.number_at,
            kind,
            "explicit",
        )
        for ordinal, (note, run) in enumerate(zip(ours, runs, strict=True), len(after) + 1)
    }


@attrs.define
class _Paragraph:
    weaver: Weaver = attrs.field(factory=Weaver)
    italic: bool = False
    label: str = ""
    quoted: bool = False
    slants: list[bool] = attrs.field(factory=list)
    raised: list[bool] = attrs.field(factory=list)


class _Content:
    """Reads ``content.xml``; then :attr:`paragraphs` and :attr:`notes` hold what was in it."""

    def __init__(self, data: bytes, path: str, styles: OdfStyles) -> None:
        self.paragraphs: list[list[Atom | Mark]] = []
        self.quoted: list[bool] = []
        self.notes: list[_Note] = []
        self.deleted_notes = 0
        self._styles = styles
        self._lists = OdfLists(styles)
        self._stream = MarkupStream(data, path, _PART, self._start_actions(), self._end_actions())
        self._utf8 = self._stream.encoding in ("utf-8", "us-ascii", "ascii")
        # Paragraphs lie inside paragraphs: in notes and text boxes. None stands for a note between them.
        self._open: list[_Paragraph | None] = []
        self._current: _Paragraph | None = None
        self._open_notes: list[_Note] = []
        self._hidden_spans: list[bool] = []
        self._hidden = 0
        self._item_label = ""
        self._deleted = 0
        self._fields = 0
        self._sections: list[str | None] = []
        self._kept: dict[str, str] = {}
        self._region = ""
        self._insertions: set[str] = set()
        self._open_insertions: set[str] = set()

    def read(self) -> "_Content":
        self._stream.run()
        return self

    def _start_actions(self) -> dict[str, StartAction]:
        text: dict[str, StartAction] = {
            "p": self._begin_paragraph,
            "h": self._begin_paragraph,
            "span": self._begin_span,
            "s": self._spaces,
            "tab": lambda _: self._character(" "),
            "line-break": lambda _: self._character(" "),
            "note": self._begin_note,
            "note-citation": self._begin_label,
            "list": self._lists.open_list,
            "list-item": lambda attributes: setattr(self, "_item_label", self._lists.open_item(attributes)),
            "list-header": lambda _: setattr(self, "_item_label", ""),
            "section": self._begin_section,
            "hidden-text": lambda _: self._stream.skip(),
            "changed-region": self._begin_region,
            "insertion": lambda _: self._insertions.add(self._region),
            "deletion": lambda _: self._deletion(1),
            "change-start": lambda attributes: self._open_insertions.add(_change(attributes)),
            "change-end": lambda attributes: self._open_insertions.discard(_change(attributes)),
            "reference-mark-start": self._begin_mark,
            "reference-mark-end": self._end_mark,
            "bookmark-start": self._begin_mark,
            "bookmark-end": self._end_mark,
        }
        for name in _FIELDS:
            text[name] = lambda _: self._field(1)
        actions = {f"{TEXT} {name}": action for name, action in text.items()}
        for name in _SKIPPED:
            actions[name] = lambda _: self._stream.skip()
        return self._styles.actions() | actions

    def _end_actions(self) -> dict[str, EndAction]:
        text: dict[str, EndAction] = {
            "p": self._end_paragraph,
            "h": self._end_paragraph,
            "span": self._end_span,
            "note": self._end_note,
            "note-citation": self._end_label,
            "list": self._lists.close_list,
            "section": self._end_section,
            "deletion": lambda: self._deletion(-1),
        }
        for name in _FIELDS:
            text[name] = lambda: self._field(-1)
        return {f"{TEXT} {name}": action for name, action in text.items()}

    def _enter(self, paragraph: _Paragraph | None) -> None:
        self._open.append(self._current)
        self._current = paragraph
        self._stream.on_text(self._text if paragraph is not None else None)

    def _leave(self) -> None:
        self._current = self._open.pop()
        self._stream.on_text(self._text if self._current is not None else None)

    def _begin_paragraph(self, attributes: Attributes) -> None:
        style = attributes.get(f"{TEXT} style-name", "")
        italic = self._styles.italic("paragraph", style)
        label, self._item_label = self._item_label, ""
        quoted = self._styles.is_quotation(style)
        self._enter(_Paragraph(italic=bool(italic), label=label, quoted=quoted))

    def _end_paragraph(self) -> None:
        paragraph = self._current
        self._leave()
        if paragraph is None or self._deleted:
            return
        atoms = paragraph.weaver.finish()
        if paragraph.label and atoms:
            start = atoms[0].start
            atoms.insert(0, Atom(f"{paragraph.label} ", start, start, literal=False, not_editable=LAID_OUT))
        if self._open_notes:
            self._open_notes[-1].paragraphs.append(atoms)
        else:
            self.paragraphs.append(atoms)
            self.quoted.append(paragraph.quoted)

    def _begin_span(self, attributes: Attributes) -> None:
        style = attributes.get(f"{TEXT} style-name", "")
        self._hidden_spans.append(self._styles.hidden(style))
        self._hidden += self._hidden_spans[-1]
        if self._current is not None:
            slants = self._current.slants
            italic = self._styles.italic("text", style)
            around = slants[-1] if slants else self._current.italic
            slants.append(around if italic is None else italic)
            raised_here = self._styles.raised(style)
            raised_around = bool(self._current.raised) and self._current.raised[-1]
            self._current.raised.append(raised_around if raised_here is None else raised_here)

    def _end_span(self) -> None:
        self._hidden -= self._hidden_spans.pop()
        if self._current is not None and self._current.slants:
            self._current.slants.pop()
            self._current.raised.pop()

    def _text(self, text: str) -> None:
        weaver = self._weaver()
        if weaver is None:
            return
        data, offset = self._stream.data, self._stream.offset
        end, literal = source_end(data, offset, text, self._stream.encoding)
        not_editable = self._not_editable()
        is_raised = self._current is not None and bool(self._current.raised) and self._current.raised[-1]
        number = raised(text) if is_raised else None
        if number is not None:
            weaver.add(number, offset, end, literal=False, not_editable=not_editable)
        elif literal and self._utf8:
            weaver.chunk(text, offset, not_editable)
        elif text.strip(BREAKING_SPACE):
            weaver.add(text, offset, end, literal=False, not_editable=not_editable)
        else:
            weaver.space(offset, end, not_editable)

    def _weaver(self) -> Weaver | None:
        """Return the weaver of the paragraph that is shown here, told whether it is in italics; or None."""
        current = self._current
        if current is None or self._hidden or self._deleted:
            return None
        # What stands out from its paragraph is emphasised: upright words in an italic one too.
        current.weaver.emphasis(bool(current.slants) and current.slants[-1] is not current.italic)
        return current.weaver

    def _character(self, character: str) -> None:
        weaver = self._weaver()
        if weaver is not None:
            start, end = self._stream.offset, self._stream.tag_end()
            weaver.add(character, start, end, literal=False, not_editable=self._not_editable())

    def _spaces(self, attributes: Attributes) -> None:
        count = attributes.get(f"{TEXT} c", "1")
        known = count.isascii() and count.isdigit() and len(count) < 6
        self._character(" " * (min(int(count), _MOST_SPACES) if known else 1))

    def _begin_note(self, attributes: Attributes) -> None:
        kind: Literal["footnote", "endnote"]
        kind = "endnote" if attributes.get(f"{TEXT} note-class") == "endnote" else "footnote"
        # Ids may be missing or repeat in pasted text; the place never does.
        self._open_notes.append(_Note(f"note at {self._stream.offset}", kind, self._stream.offset))
        self._enter(None)

    def _end_note(self) -> None:
        note = self._open_notes.pop()
        self._leave()
        weaver = self._weaver()
        if weaver is None:
            self.deleted_notes += 1
            return
        end = self._stream.data.find(b">", self._stream.offset) + 1
        weaver.mark(note.start, end, note.key)
        self.notes.append(note)

    def _begin_label(self, attributes: Attributes) -> None:
        if self._open_notes:
            end = self._stream.tag_end()
            self._open_notes[-1].number_at = (end, end)
            self._stream.on_text(self._label)

    def _label(self, text: str) -> None:
        note = self._open_notes[-1]
        note.label += text.strip()
        note.number_at = (note.number_at[0], source_end(self._stream.data, self._stream.offset, text)[0])

    def _end_label(self) -> None:
        self._stream.on_text(None)

    def _begin_section(self, attributes: Attributes) -> None:
        if attributes.get(f"{TEXT} display") == "none":
            self._stream.skip()
        else:
            self._sections.append(kept_by(attributes.get(f"{TEXT} name", "")))

    def _end_section(self) -> None:
        self._sections.pop()

    def _begin_region(self, attributes: Attributes) -> None:
        self._region = attributes.get(f"{TEXT} id") or attributes.get(
            "http://www.w3.org/XML/1998/namespace id", ""
        )

    def _deletion(self, step: int) -> None:
        self._deleted += step

    def _field(self, step: int) -> None:
        self._fields += step

    def _begin_mark(self, attributes: Attributes) -> None:
        name = attributes.get(f"{TEXT} name", "")
        reason = kept_by(name)
        if reason is not None:
            self._kept[name] = reason

    def _end_mark(self, attributes: Attributes) -> None:
        self._kept.pop(attributes.get(f"{TEXT} name", ""), None)

    def _not_editable(self) -> str | None:
        for kept in (*self._kept.values(), *self._sections):
            if kept is not None:
                return kept
        if self._fields:
            return _FIELD
        if self._open_insertions & self._insertions:
            return TRACKED
        return None if self._utf8 else _ENCODING


def _change(attributes: Attributes) -> str:
    return attributes.get(f"{TEXT} change-id", "")
