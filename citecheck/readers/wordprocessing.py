"""Reads one part of a Word file, the body or the notes, as the text that its reader sees.

WordprocessingML: ECMA-376 Part 1, 17; what Word does otherwise: [MS-OI29500].
"""

import re

import attrs

from citecheck.readers.layout import LAID_OUT, TRACKED
from citecheck.readers.markup import Attributes, EndAction, MarkupStream, StartAction, source_end
from citecheck.readers.numerals import raised
from citecheck.readers.passages import Atom, Mark, Weaver
from citecheck.readers.reference_managers import kept_by
from citecheck.readers.word_notes import NoteCall, NumberingRules, SectionRules, WordNote
from citecheck.readers.word_styles import Lists, Styles, attribute, is_on, val, whole_number, word_names

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML_SPACE = "http://www.w3.org/XML/1998/namespace space"
_XML_WHITE_SPACE = " \t\r\n"

_CONTROL = "it is inside a content control"
_FIELD = "it is a field that Word fills in"
_ENCODING = "its part of the file is not in UTF-8"


@attrs.define
class _Paragraph:
    weaver: Weaver = attrs.field(factory=Weaver)
    style: str = ""
    list_id: str | None = None
    list_level: int | None = None
    ends_section: SectionRules | None = None


@attrs.define
class _Run:
    """The formatting of a run, as far as it bears on the text; ``ready`` once it has been worked out."""

    style: str = ""
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    calls: tuple[str, int, int] | None = None
    mark: str = ""
    ready: bool = False


@attrs.define
class _Field:
    """A complex field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False
    not_editable: str | None = None
    hidden: bool = False

    def separate(self) -> None:
        self.in_result = True
        self.not_editable = kept_by(self.instruction) or _FIELD
        # A table of contents repeats the headings with page numbers: nothing in it is the author's text.
        self.hidden = re.match(r"\s*TOC\b", self.instruction) is not None


class StoryReader:
    """Reads one part; then :attr:`paragraphs`, :attr:`calls` and :attr:`notes` hold what was in it."""

    def __init__(self, data: bytes, path: str, part: str, styles: Styles, lists: Lists) -> None:
        self.paragraphs: list[list[Atom | Mark]] = []
        self.quoted: list[bool] = []
        self.calls: list[NoteCall] = []
        self.notes: dict[str, WordNote] = {}
        self.sections: list[SectionRules] = []
        self._styles = styles
        self._lists = lists
        self._stream = MarkupStream(data, path, part, self._start_actions(), self._end_actions())
        self._utf8 = self._stream.encoding in ("utf-8", "us-ascii", "ascii")

        self._open_paragraphs: list[tuple[_Paragraph, _Run, bool]] = []
        self._paragraph = _Paragraph()
        self._run = _Run()
        self._in_run = False
        self._keep_space = False
        self._chunks: list[tuple[str, int]] = []

        self._note: WordNote | None = None
        self._fields: list[_Field] = []
        self._controls: list[str | None] = []
        self._bookmarks: dict[str, str] = {}
        self._inserted = 0
        self._deleted = 0
        self._alternatives: list[bool] = []
        self._rules = SectionRules()
        self._rules_of = NumberingRules()

    def read(self) -> "StoryReader":
        """Read the part, and return this reader with what it found.

        Raises:
            ManuscriptError: the part is damaged or not safe.
        """
        self._stream.run()
        return self

    def _start_actions(self) -> dict[str, StartAction]:
        skip: StartAction = lambda _: self._stream.skip()  # noqa: E731 (one line in a table of such)
        word: dict[str, StartAction] = {
            "p": self._begin_paragraph,
            "pStyle": self._set_paragraph_style,
            "numId": self._set_list,
            "ilvl": self._set_list_level,
            "r": self._begin_run,
            "rStyle": self._set_run_style,
            "i": self._set_italic,
            "vanish": self._set_hidden,
            "vertAlign": self._set_raised,
            "t": self._begin_text,
            "tab": lambda _: self._character(" "),
            "ptab": lambda _: self._character(" "),
            "br": lambda _: self._character(" "),
            "cr": lambda _: self._character(" "),
            "noBreakHyphen": lambda _: self._character("\N{NON-BREAKING HYPHEN}"),
            "sym": self._symbol,
            "footnoteReference": lambda attributes: self._call("footnote", attributes),
            "endnoteReference": lambda attributes: self._call("endnote", attributes),
            "footnote": self._begin_note,
            "endnote": self._begin_note,
            "footnoteRef": lambda _: self._number_stands_here(),
            "endnoteRef": lambda _: self._number_stands_here(),
            "fldChar": self._field_character,
            "fldSimple": self._begin_simple_field,
            "instrText": lambda _: self._stream.on_text(self._instruction),
            "sdt": lambda _: self._controls.append(None),
            "tag": self._tag_control,
            "bookmarkStart": self._begin_bookmark,
            "bookmarkEnd": self._end_bookmark,
            "ins": lambda _: self._insertion(1),
            "moveTo": lambda _: self._insertion(1),
            "del": lambda _: self._deletion(1),
            "moveFrom": lambda _: self._deletion(1),
            "sectPr": self._begin_section_rules,
            "footnotePr": lambda _: setattr(self, "_rules_of", self._rules.footnote),
            "endnotePr": lambda _: setattr(self, "_rules_of", self._rules.endnote),
            "numFmt": lambda attributes: setattr(self._rules_of, "format", val(attributes)),
            "numStart": lambda attributes: setattr(self._rules_of, "start", whole_number(val(attributes), 1)),
            "numRestart": lambda attributes: setattr(self._rules_of, "restart", val(attributes)),
            # The reading aid over a word, and how things were before a tracked change of their format.
            "rt": skip,
            "rPrChange": skip,
            "pPrChange": skip,
            "sectPrChange": skip,
            "tblPrChange": skip,
            "tcPrChange": skip,
            "trPrChange": skip,
        }
        alternatives: dict[str, StartAction] = {
            f"{_COMPATIBILITY} AlternateContent": lambda _: self._alternatives.append(False),
            f"{_COMPATIBILITY} Choice": self._begin_alternative,
            f"{_COMPATIBILITY} Fallback": self._begin_alternative,
        }
        return word_names(word) | alternatives

    def _end_actions(self) -> dict[str, EndAction]:
        word: dict[str, EndAction] = {
            "p": self._end_paragraph,
            "r": self._end_run,
            "t": self._end_text,
            "instrText": lambda: self._stream.on_text(None),
            "footnote": self._end_note,
            "endnote": self._end_note,
            "fldSimple": self._end_field,
            "sdt": self._end_control,
            "ins": lambda: self._insertion(-1),
            "moveTo": lambda: self._insertion(-1),
            "del": lambda: self._deletion(-1),
            "moveFrom": lambda: self._deletion(-1),
            "sectPr": self._end_section_rules,
        }
        return word_names(word) | {f"{_COMPATIBILITY} AlternateContent": self._end_alternatives}

    # Paragraphs. One can lie inside another: in a text box, which is anchored in a run.

    def _begin_paragraph(self, _: Attributes) -> None:
        self._open_paragraphs.append((self._paragraph, self._run, self._in_run))
        self._paragraph, self._run, self._in_run = _Paragraph(), _Run(), False

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        self._paragraph, self._run, self._in_run = self._open_paragraphs.pop()
        # A field that is still in its instruction here has lost its end, and would hide all that follows.
        self._fields = [field for field in self._fields if field.in_result]
        atoms = paragraph.weaver.finish()
        number = self._list_number(paragraph)
        if number and atoms:
            start = atoms[0].start
            atoms.insert(0, Atom(f"{number} ", start, start, literal=False, not_editable=LAID_OUT))
        if self._note is not None:
            self._note.paragraphs.append(atoms)
            return
        self.paragraphs.append(atoms)
        self.quoted.append(self._styles.is_quotation(paragraph.style))
        if paragraph.ends_section is not None:
            self.sections.append(paragraph.ends_section)

    def _list_number(self, paragraph: _Paragraph) -> str:
        list_id, level = paragraph.list_id, paragraph.list_level or 0
        if list_id is None:
            by_style = self._styles.paragraph_list(paragraph.style)
            if by_style is None:
                return ""
            list_id, level = by_style[0], level or by_style[1]
        elif self._styles.is_heading(paragraph.style):
            return ""
        return self._lists.label(list_id, level)

    def _set_paragraph_style(self, attributes: Attributes) -> None:
        self._paragraph.style = val(attributes)

    def _set_list(self, attributes: Attributes) -> None:
        self._paragraph.list_id = val(attributes)

    def _set_list_level(self, attributes: Attributes) -> None:
        self._paragraph.list_level = whole_number(val(attributes))

    # Runs and their text.

    def _begin_run(self, _: Attributes) -> None:
        self._run, self._in_run = _Run(), True

    def _end_run(self) -> None:
        if self._run.calls is not None:
            self._finish_call(self._run.calls, self._run.mark.strip())
        self._in_run = False

    def _set_run_style(self, attributes: Attributes) -> None:
        self._run.style = val(attributes)

    def _set_italic(self, attributes: Attributes) -> None:
        self._run.italic = is_on(attributes)

    def _set_raised(self, attributes: Attributes) -> None:
        self._run.raised = val(attributes) == "superscript"

    def _set_hidden(self, attributes: Attributes) -> None:
        self._run.hidden = is_on(attributes)

    def _begin_text(self, attributes: Attributes) -> None:
        if self._deleted or not self._in_run:
            return
        self._keep_space = attributes.get(_XML_SPACE) == "preserve"
        self._stream.on_text(self._chunk)

    def _chunk(self, text: str) -> None:
        self._chunks.append((text, self._stream.offset))

    def _end_text(self) -> None:
        chunks, self._chunks = self._chunks, []
        self._stream.on_text(None)
        if not chunks or not self._visible():
            return
        if not self._keep_space:
            chunks = _without_outer_space(chunks)
        if self._run.calls is not None:
            self._run.mark += "".join(text for text, _ in chunks)
            return
        data, encoding, add = self._stream.data, self._stream.encoding, self._paragraph.weaver.add
        not_editable = self._not_editable()
        self._paragraph.weaver.emphasis(bool(self._run.italic))
        for text, offset in chunks:
            end, literal = source_end(data, offset, text, encoding)
            if text in ("\n", "\r", "\t"):
                text, literal = " ", False
            elif self._run.raised and (number := raised(text)) is not None:
                text, literal = number, False
            add(text, offset, end, literal and self._utf8, not_editable)

    def _character(self, character: str) -> None:
        """Add a character that is written as an element."""
        if not self._in_run or self._deleted or not self._visible():
            return
        start, end = self._stream.offset, self._stream.tag_end()
        self._paragraph.weaver.emphasis(bool(self._run.italic))
        self._paragraph.weaver.add(character, start, end, literal=False, not_editable=self._not_editable())

    def _symbol(self, attributes: Attributes) -> None:
        code = attribute(attributes, "char")
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
        if 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE:
            self._character(chr(number))

    def _visible(self) -> bool:
        """Tell whether what stands here is shown."""
        if not self._run.ready:
            self._work_out_format()
        if self._run.hidden:
            return False
        return all(field.in_result and not field.hidden for field in self._fields)

    def _work_out_format(self) -> None:
        run = self._run
        run.ready = True
        if run.hidden is None:
            run.hidden = bool(run.style) and self._styles.hidden(run.style)
        if run.raised is None:
            run.raised = bool(run.style) and self._styles.raised(run.style)
        # Italics are a toggle (ECMA-376 Part 1, 17.7.3): an italic character style in an italic
        # paragraph prints upright. What counts here is what stands out from its paragraph.
        if run.italic is None:
            run.italic = bool(run.style) and self._styles.italic(run.style)
        else:
            run.italic = run.italic is not self._styles.italic(self._paragraph.style)

    def _not_editable(self) -> str | None:
        for field in self._fields:
            if field.not_editable is not None:
                return field.not_editable
        for control in self._controls:
            return control or _CONTROL
        for reason in self._bookmarks.values():
            return reason
        if self._inserted:
            return TRACKED
        return None if self._utf8 else _ENCODING

    # Notes: called in the body, and written in a part of their own.

    def _call(self, kind: str, attributes: Attributes) -> None:
        if not self._in_run:
            return
        calls = (f"{kind}:{attribute(attributes, 'id')}", self._stream.offset, self._stream.tag_end())
        if attribute(attributes, "customMarkFollows") in ("1", "true", "on"):
            self._run.calls = calls
        else:
            self._finish_call(calls, None)

    def _finish_call(self, calls: tuple[str, int, int], custom_mark: str | None) -> None:
        key, start, end = calls
        deleted = self._deleted > 0 or not self._visible()
        in_text_box = len(self._open_paragraphs) > 1
        self.calls.append(NoteCall(key, len(self.sections), custom_mark, deleted, in_text_box))
        if not deleted:
            self._paragraph.weaver.mark(start, end, key)

    def _begin_note(self, attributes: Attributes) -> None:
        identifier = attribute(attributes, "id")
        # Separator lines are notes of a type of their own; settings.xml refers to notes by empty elements.
        if not identifier or attribute(attributes, "type") not in ("", "normal"):
            self._note = WordNote()
            return
        self._note = self.notes.setdefault(identifier, WordNote())
        self._fields.clear()

    def _end_note(self) -> None:
        self._note = None
        self._fields.clear()

    def _number_stands_here(self) -> None:
        if self._note is not None and self._note.number_at is None:
            self._note.number_at = (self._stream.offset, self._stream.tag_end())

    # What must not be edited: fields, content controls, bookmarks, tracked changes.

    def _field_character(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].separate()
        elif kind == "end":
            self._end_field()

    def _begin_simple_field(self, attributes: Attributes) -> None:
        field = _Field(attribute(attributes, "instr"))
        field.separate()
        self._fields.append(field)

    def _end_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def _instruction(self, text: str) -> None:
        if self._fields and not self._fields[-1].in_result and len(self._fields[-1].instruction) < 1000:
            self._fields[-1].instruction += text

    def _tag_control(self, attributes: Attributes) -> None:
        if self._controls:
            self._controls[-1] = kept_by(val(attributes))

    def _end_control(self) -> None:
        if self._controls:
            self._controls.pop()

    def _begin_bookmark(self, attributes: Attributes) -> None:
        reason = kept_by(attribute(attributes, "name"))
        if reason is not None:
            self._bookmarks[attribute(attributes, "id")] = reason

    def _end_bookmark(self, attributes: Attributes) -> None:
        self._bookmarks.pop(attribute(attributes, "id"), None)

    def _insertion(self, step: int) -> None:
        self._inserted += step

    def _deletion(self, step: int) -> None:
        self._deleted += step

    def _begin_alternative(self, _: Attributes) -> None:
        # The same content for newer and for older programs: the first that is offered is taken.
        if not self._alternatives or self._alternatives[-1]:
            self._stream.skip()
        else:
            self._alternatives[-1] = True

    def _end_alternatives(self) -> None:
        self._alternatives.pop()

    # Sections of the file, which may number their notes anew.

    def _begin_section_rules(self, _: Attributes) -> None:
        self._rules = SectionRules()

    def _end_section_rules(self) -> None:
        # Inside a paragraph's properties it ends the section *after* that paragraph, though it comes first.
        if self._open_paragraphs:
            self._paragraph.ends_section = self._rules
        else:
            self.sections.append(self._rules)
        self._rules, self._rules_of = SectionRules(), NumberingRules()


def _without_outer_space(chunks: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Strip the text of a ``w:t`` that does not say ``xml:space="preserve"``, as Word does."""
    filled = [place for place, (text, _) in enumerate(chunks) if text.strip(_XML_WHITE_SPACE)]
    if not filled:
        return []
    chunks = chunks[filled[0] : filled[-1] + 1]
    first, offset = chunks[0]
    bare = first.lstrip(_XML_WHITE_SPACE)
    chunks[0] = (bare, offset + len(first) - len(bare))
    chunks[-1] = (chunks[-1][0].rstrip(_XML_WHITE_SPACE), chunks[-1][1])
    return chunks
