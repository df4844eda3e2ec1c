r"""Reads tokens of LaTeX as the text they print: paragraphs, notes and what cites in them."""

import re
from collections.abc import Callable
from typing import NamedTuple

import attrs

from citecheck.manuscript import BibliographyItem, Span
from citecheck.readers.assembly import Found
from citecheck.readers.latex_accents import read_accent, takes_accent
from citecheck.readers.latex_citations import last_of_citation
from citecheck.readers.latex_commands import (
    AUTO_CITES,
    BLOCK_QUOTING,
    CITED_QUOTES,
    CITES,
    DISPLAYED_CITED_QUOTES,
    DISPLAYED_QUOTES,
    EMPHASISED,
    MARKS,
    NO_CITES,
    NOTE_CITES,
    NOTES,
    QUOTE_ENVIRONMENTS,
    QUOTING,
    SLANTED,
    SWITCHES,
    TEXTS,
    UPRIGHT,
)
from citecheck.readers.latex_macros import DEFINING, Macro, is_safe_to_expand, read_definition
from citecheck.readers.latex_notes import Flow, Notes, Option
from citecheck.readers.latex_preamble import NoteKind, Preamble, is_german
from citecheck.readers.latex_symbols import (
    ACCENTS,
    DASHES,
    ENVIRONMENT_ARGUMENTS,
    GERMAN,
    HEADINGS,
    QUOTES,
    REFERENCES,
    SILENT,
    SKIPPED_ENVIRONMENTS,
    SYMBOLS,
)
from citecheck.readers.latex_tokens import Arguments, LatexToken, tokenize
from citecheck.readers.passages import BREAKING_SPACE, Weaver

_TABLES = frozenset(("tabular", "tabularx", "tabulary", "longtable", "supertabular", "array"))

_SPENT = LatexToken("comment", "", 0, 0, literal=False)
_SPENT_AT_ONCE = 1000
_MOST_REMARKS = 20
_DEEPEST_EXPANSION = 8
# How many tokens an author's commands may grow to in all: a page of abbreviations, and no bomb.
_MOST_EXPANDED = 200_000


class _Group(NamedTuple):
    """A group that is open: whether it began in italics, and what to do when it closes."""

    slanted: bool
    action: Callable[[LatexToken], None] | None = None


@attrs.define
class _Environment:
    name: str
    items: int = 0


def read_text(text: str) -> tuple[Found, list[str]]:
    """Return the paragraphs, notes and bibliography of a text, and remarks on what could not be read exactly."""
    reading = _Reading(text)
    found = reading.read()
    reading.let_go()
    return found, reading.remarks


class _Reading:
    """Reads one text. :attr:`remarks` says afterwards what could not be read exactly."""

    def __init__(self, text: str) -> None:
        self.remarks: list[str] = []
        self._text = text
        self._tokens = tokenize(text, german=is_german(text))
        self._arguments = Arguments(self._tokens)
        self._begin = self._begin_document()
        self._preamble = Preamble.read(
            text[: self._tokens[self._begin].start] if 0 < self._begin < len(self._tokens) else text[:20_000]
        )
        self._notes = Notes(self._preamble.numerals)
        if self._preamble.numerals["footnote"] is None:
            self.remarks.append("the numbers of footnotes start again on each page, so they are not known")

        self._flow = Flow()
        self._flows: list[Flow] = []
        self._groups: list[_Group] = []
        self._slanted = False
        self._quotes = 0
        self._environments: list[_Environment] = []
        self._set_off: set[int] = set()
        self._in_bibliography = False
        self._bibliography: list[BibliographyItem] = []
        self._macros: dict[str, Macro] = {}
        self._expanded = 0
        self._depth = 0
        self._ended = False
        self._commands = self._command_table()
        for series in self._preamble.series:
            self._commands[f"footnote{series}"] = self._begin_note

    def read(self) -> Found:
        """Return the paragraphs, notes and bibliography."""
        place = 0
        while place < self._begin:
            if self._tokens[place].kind == "command" and self._tokens[place].name in DEFINING:
                place = self._define(place)
            else:
                place += 1
        self._run(self._begin)
        self._end_paragraph()
        notes, markers = self._notes.found()
        return Found(
            self._flow.passages, notes, markers, self._bibliography, set_off=frozenset(self._set_off)
        )

    def let_go(self) -> None:
        """Part the reader from its own methods, so that its tokens go now and not at some later collection."""
        self._commands = {}

    def _begin_document(self) -> int:
        r"""Return the place after ``\begin{document}``; a chapter in a file of its own has none."""
        for place, token in enumerate(self._tokens):
            if token.string == r"\begin":
                group = self._arguments.group(place + 1)
                if self._arguments.string(group) == "document" and group is not None:
                    return group[1] + 1
        return 0

    # The walk through the tokens.

    def _run(self, place: int) -> None:
        tokens = self._arguments.tokens
        base = len(self._groups)
        spent = place
        while place < len(tokens) and not self._ended:
            place = self._step(place, tokens[place])
            if not self._depth and place - spent > _SPENT_AT_ONCE:
                # Nothing looks back: tokens that have been read need not stay in memory.
                tokens[spent:place] = [_SPENT] * (place - spent)
                spent = place
        # What was opened here and never closed ends here.
        while len(self._groups) > base and self._depth:
            self._close_group(tokens[-1])

    def _step(self, place: int, token: LatexToken) -> int:
        kind = token.kind
        if kind == "command":
            return self._command(place, token)
        if kind == "open":
            self._groups.append(_Group(self._slanted))
        elif kind == "close":
            if self._groups:
                self._close_group(token)
        elif kind == "paragraph":
            self._end_paragraph()
        elif kind == "dash":
            self._say(DASHES[token.string], token)
        elif kind == "quote":
            self._say((QUOTES | GERMAN)[token.string], token)
        elif kind == "other":
            self._other(token)
        elif kind != "comment":
            self._words(token)
        return place + 1

    def _close_group(self, token: LatexToken) -> None:
        group = self._groups.pop()
        if group.action is not None:
            group.action(token)
        self._slant(group.slanted, token)

    def _enter(self, group: tuple[int, int], action: Callable[[LatexToken], None] | None = None) -> int:
        """Open the group that is a command's argument, and return the place after its brace."""
        self._groups.append(_Group(self._slanted, action))
        return group[0] + 1

    def _words(self, token: LatexToken) -> None:
        if token.literal:
            self._flow.weaver.prose(self._text, token.start, token.end)
        else:
            self._say(re.sub(r"\s+", " ", token.string), token)

    def _say(self, string: str, token: LatexToken, end: int | None = None) -> None:
        """Add what is written otherwise than it is printed."""
        if string[:1] == " " and self._flow.weaver.ends_with_space():
            string = string[1:]
        if string:
            self._flow.weaver.add(string, token.start, token.end if end is None else end, literal=False)

    def _other(self, token: LatexToken) -> None:
        if token.string == "~":
            self._say("\N{NO-BREAK SPACE}", token)
        elif token.string == "&":
            self._end_cell(token)
        elif token.string not in "$^_":
            self._words(token)

    def _end_cell(self, token: LatexToken) -> None:
        """End a cell or row of a table; elsewhere a new line is a space."""
        in_table = self._environments and self._environments[-1].name.rstrip("*") in _TABLES
        if in_table and not self._flow.in_note:
            self._end_paragraph()
        else:
            self._say(" ", token)

    def _new_line(self, place: int, token: LatexToken) -> int:
        self._end_cell(token)
        option = self._arguments.option(place + 1)
        is_length = option is not None and re.match(r"\s*-?[\d.]", self._arguments.string(option))
        return option[1] + 1 if option is not None and is_length else place + 1

    def _end_paragraph(self) -> None:
        flow = self._flow
        passage = flow.weaver.passage()
        flow.weaver = Weaver()
        flow.weaver.emphasis(self._slanted)
        if passage.text and self._in_bibliography and not flow.in_note:
            self._bibliography.append(BibliographyItem(passage))
        elif passage.text:
            flow.passages.append(passage)
            if not flow.in_note and any(each.name in QUOTE_ENVIRONMENTS for each in self._environments):
                self._set_off.add(passage.span(0, 1).start)

    def _slant(self, slanted: bool, token: LatexToken, end: int | None = None) -> None:
        self._slanted = slanted
        self._flow.weaver.emphasis(slanted, token.start, token.end if end is None else end)

    # Commands.

    def _command_table(self) -> dict[str, Callable[[int, LatexToken], int]]:
        table: dict[str, Callable[[int, LatexToken], int]] = {
            "begin": self._begin_environment,
            "end": self._end_environment,
            "item": self._item,
            "bibitem": self._begin_item_of_bibliography,
            "par": self._new_paragraph,
            "iffalse": self._skip_conditional,
            "setcounter": self._set_counter,
            "addtocounter": self._add_to_counter,
            "stepcounter": self._add_to_counter,
            "refstepcounter": self._add_to_counter,
            "texorpdfstring": self._first_of_two,
            "\\": self._new_line,
            "tabularnewline": self._new_line,
        }
        table |= dict.fromkeys(CITED_QUOTES, self._quote_with_citation)
        table |= dict.fromkeys(NOTES, self._begin_note)
        table |= dict.fromkeys(TEXTS, self._begin_note_text)
        table |= dict.fromkeys(MARKS, self._note_mark)
        table |= dict.fromkeys((*SLANTED, *EMPHASISED, *UPRIGHT), self._emphasise)
        table |= dict.fromkeys(SWITCHES, self._switch)
        table |= dict.fromkeys(("em",), self._switch)
        table |= dict.fromkeys(QUOTING, self._quote)
        table |= dict.fromkeys(BLOCK_QUOTING, self._block_quote)
        table |= dict.fromkeys(HEADINGS | {f"{name}*" for name in HEADINGS}, self._heading)
        table |= dict.fromkeys(REFERENCES, self._reference)
        table |= dict.fromkeys(DEFINING, lambda place, _: self._define(place))
        return table

    def _command(self, place: int, token: LatexToken) -> int:
        name = token.name
        macro = self._macros.get(name)
        if macro is not None:
            return self._expand(place, token, macro)
        action = self._commands.get(name)
        if action is not None:
            return action(place, token)
        if name in ACCENTS and takes_accent(self._arguments, place):
            letter, end, following = read_accent(self._arguments, place)
            self._say(letter, token, max(end, token.end) if token.literal else None)
            return following
        if name in SYMBOLS:
            self._say(SYMBOLS[name], token)
            return self._after_word(place, token)
        if CITES.fullmatch(name) and name not in NO_CITES:
            return self._cite(place, token)
        if name in SILENT:
            end = self._arguments.after_groups(place + 1, SILENT[name]) if SILENT[name] else place + 1
            return self._after_word(end - 1, token)
        # A command that is not known: what it is given is printed, options are not.
        end = self._arguments.after_options(place + 1)
        return end if end > place + 1 else self._after_word(place, token)

    def _after_word(self, place: int, token: LatexToken) -> int:
        """Return the next place; the space after a command of letters is no part of the text."""
        tokens = self._arguments.tokens
        following = place + 1
        if token.name[-1:].isalpha() and following < len(tokens) and tokens[following].kind == "text":
            first = tokens[following]
            bare = first.string.lstrip(BREAKING_SPACE)
            self._arguments.cut(following, len(first.string) - len(bare))
        return following

    def _emphasise(self, place: int, token: LatexToken) -> int:
        group = self._arguments.group(place + 1)
        if group is None:
            return place + 1
        following = self._enter(group)
        # Emphasis inside emphasis is upright: a title inside a title.
        slanted = token.name in SLANTED or (token.name in EMPHASISED and not self._slanted)
        self._slant(slanted, token, self._arguments.tokens[group[0]].end if token.literal else None)
        return following

    def _switch(self, place: int, token: LatexToken) -> int:
        self._slant(SWITCHES.get(token.name, not self._slanted), token)
        return self._after_word(place, token)

    def _quote(self, place: int, token: LatexToken) -> int:
        first = self._arguments.after_groups(place + 1, QUOTING[token.name])
        group = self._arguments.group(self._cited_in_option(first))
        if group is None:
            return place + 1
        self._quotes += 1
        opening, closing = ("“", "”") if self._quotes % 2 else ("‘", "’")
        self._say(opening, token, self._arguments.tokens[group[0]].end if token.literal else None)

        def close(brace: LatexToken) -> None:
            self._quotes -= 1
            self._say(closing, brace)

        return self._enter(group, close)

    def _cited_in_option(self, place: int) -> int:
        r"""Read the source in ``\textquote[{\cite[12]{key}}]{words}``, and return the place after the options."""
        option = self._arguments.option(place)
        if option is not None and option[1] > option[0] + 1 and self._depth < _DEEPEST_EXPANSION:
            self._say("(", self._arguments.tokens[option[0]])
            self._run_part(self._arguments.tokens[option[0] + 1 : option[1]])
            self._say(") ", self._arguments.tokens[option[1]])
        return self._arguments.after_options(place)

    def _block_quote(self, place: int, token: LatexToken) -> int:
        first = self._arguments.after_groups(place + 1, BLOCK_QUOTING[token.name])
        return self._cited_in_option(first)

    def _quote_with_citation(self, place: int, token: LatexToken) -> int:
        r"""Read ``\textcquote[12]{key}{text}``: the citation as it is written, then the text."""
        return self._cited_before(place + 1, CITED_QUOTES[token.name], lambda: self._words(token))

    def _cited_before(self, place: int, languages: int, name: Callable[[], None]) -> int:
        """Add a quotation's citation by its key, the name of the command first, and return the place after it."""
        first = self._arguments.after_groups(place, languages)
        key = self._arguments.group(self._arguments.after_options(first))
        if key is None:
            return place
        name()
        self._as_written(first, key[1])
        self._say(" ", self._arguments.tokens[key[1]])
        return self._arguments.after_options(key[1] + 1)

    def _heading(self, place: int, token: LatexToken) -> int:
        first = place + 1
        if token.name.startswith("captionof"):
            first = self._arguments.after_groups(first, 1)
        group = self._arguments.group(self._arguments.after_options(first))
        self._end_paragraph()
        if token.name in self._preamble.resets:
            self._notes.numbering["footnote"].restart()
        if group is None:
            return place + 1
        return self._enter(group, lambda _: self._end_paragraph())

    def _reference(self, place: int, token: LatexToken) -> int:
        group = self._arguments.group(place + 1)
        if group is None:
            return place + 1
        return self._as_written(place, group[1])

    def _as_written(self, first: int, last: int) -> int:
        """Add tokens as they stand in the text, and return the place after them."""
        for token in self._arguments.tokens[first : last + 1]:
            if token.kind != "comment":
                self._words(token)
        return last + 1

    def _set_counter(self, place: int, _: LatexToken) -> int:
        counter = self._arguments.group(place + 1)
        value = self._arguments.group(counter[1] + 1) if counter is not None else None
        if counter is None or value is None:
            return place + 1
        name, written = self._arguments.string(counter).strip(), self._arguments.string(value).strip()
        if name == "enumi" and self._environments and re.fullmatch(r"\d{1,6}", written):
            self._environments[-1].items = int(written)
        if name in ("footnote", "endnote") and re.fullmatch(r"\d{1,6}", written):
            self._notes.numbering["footnote" if name == "footnote" else "endnote"].restart(int(written))
        return value[1] + 1

    def _add_to_counter(self, place: int, token: LatexToken) -> int:
        r"""Read ``\addtocounter{footnote}{-1}``, said where several notes are called before the first is given."""
        counter = self._arguments.group(place + 1)
        value = self._arguments.group(counter[1] + 1) if counter and token.name == "addtocounter" else counter
        if counter is None or value is None:
            return place + 1
        name, written = self._arguments.string(counter).strip(), self._arguments.string(value).strip()
        step = 1 if value is counter else int(written) if re.fullmatch(r"[+-]?\d{1,6}", written) else 0
        if name in ("footnote", "endnote"):
            self._notes.numbering["footnote" if name == "footnote" else "endnote"].count += step
        return value[1] + 1

    def _first_of_two(self, place: int, _: LatexToken) -> int:
        r"""Read ``\texorpdfstring{printed}{for the bookmarks}``, of which only the first is printed."""
        printed = self._arguments.group(place + 1)
        other = self._arguments.group(printed[1] + 1) if printed is not None else None
        if printed is None or other is None or self._depth >= _DEEPEST_EXPANSION:
            return place + 1
        self._run_part(self._arguments.tokens[printed[0] + 1 : printed[1]])
        return other[1] + 1

    def _run_part(self, tokens: list[LatexToken]) -> None:
        """Read tokens that are not, or not only, those of the text in their order."""
        outer, self._arguments = self._arguments, Arguments(tokens)
        self._depth += 1
        self._run(0)
        self._depth -= 1
        self._arguments = outer

    def _new_paragraph(self, place: int, token: LatexToken) -> int:
        self._end_paragraph()
        return self._after_word(place, token)

    def _skip_conditional(self, place: int, _: LatexToken) -> int:
        r"""Pass over ``\iffalse … \fi``, the comment that goes over many lines."""
        close = self._arguments.next_command("fi", place)
        return close + 1 if close is not None else place + 1

    # Environments.

    def _begin_environment(self, place: int, _: LatexToken) -> int:
        group = self._arguments.group(place + 1)
        if group is None:
            return place + 1
        name = self._arguments.string(group).strip()
        if name.rstrip("*") in SKIPPED_ENVIRONMENTS:
            end = self._arguments.next_end(name, group[1])
            if end is not None:
                return end + 1
        self._end_paragraph()
        self._environments.append(_Environment(name))
        self._in_bibliography = self._in_bibliography or name == "thebibliography"
        begin = self._arguments.tokens[place]._replace(end=self._arguments.tokens[group[1]].end)
        if name in DISPLAYED_QUOTES:
            first = self._arguments.after_groups(group[1] + 1, DISPLAYED_QUOTES[name])
            return self._cited_in_option(first)
        if name in DISPLAYED_CITED_QUOTES:
            return self._cited_before(
                group[1] + 1, DISPLAYED_CITED_QUOTES[name], lambda: self._say(f"\\{name}", begin)
            )
        return self._arguments.after_options(
            self._arguments.after_groups(group[1] + 1, ENVIRONMENT_ARGUMENTS.get(name, 0))
        )

    def _end_environment(self, place: int, _: LatexToken) -> int:
        group = self._arguments.group(place + 1)
        if group is None:
            return place + 1
        name = self._arguments.string(group).strip()
        self._end_paragraph()
        if name == "document":
            self._ended = True
        if name == "thebibliography":
            self._in_bibliography = False
        if self._environments and self._environments[-1].name == name:
            self._environments.pop()
        return group[1] + 1

    def _item(self, place: int, token: LatexToken) -> int:
        self._end_paragraph()
        label = self._arguments.option(place + 1)
        if label is not None:
            self._as_written(label[0] + 1, label[1] - 1)
            self._say(" ", self._arguments.tokens[label[1]])
            return label[1] + 1
        if self._environments and self._environments[-1].name.startswith("enumerate"):
            self._environments[-1].items += 1
            self._say(f"{self._environments[-1].items}. ", token)
        return self._after_word(place, token)

    def _begin_item_of_bibliography(self, place: int, _: LatexToken) -> int:
        self._end_paragraph()
        return self._arguments.after_groups(place + 1, 1)

    # Notes.

    def _begin_note(self, place: int, token: LatexToken) -> int:
        kind = NOTES.get(token.name, "footnote")
        option = self._arguments.option(place + 1)
        group = self._arguments.group(option[1] + 1 if option is not None else place + 1)
        if group is None:
            return self._unclosed(place, option, token)
        following = self._enter(group, self._end_note)
        self._call(kind, token, option)
        return following

    def _unclosed(self, place: int, option: tuple[int, int] | None, token: LatexToken) -> int:
        following = self._arguments.skip_space(option[1] + 1 if option is not None else place + 1)
        tokens = self._arguments.tokens
        if (
            following < len(tokens)
            and tokens[following].kind == "open"
            and token.literal
            and len(self.remarks) < _MOST_REMARKS
        ):
            line = self._text.count("\n", 0, token.start) + 1
            self.remarks.append(
                f"the brace after {token.string} in line {line} is never closed: its text was read as body"
            )
        return following

    def _call(
        self, kind: NoteKind, token: LatexToken, option: tuple[int, int] | None, *, mark: bool = True
    ) -> None:
        """Number a note, and divert the text to it."""
        self._flows.append(self._flow)
        self._flow, self._slanted = self._notes.begin(kind, token, self._option(option), mark=mark), False

    def _option(self, place: tuple[int, int] | None) -> Option | None:
        if place is None:
            return None
        first, last = self._arguments.tokens[place[0]], self._arguments.tokens[place[1]]
        return Option(self._arguments.string(place).strip(), Span(first.end, max(first.end, last.start)))

    def _end_note(self, _: LatexToken) -> None:
        # The group that closes now remembers whether the text around the note is in italics.
        self._end_paragraph()
        self._flow = self._flows.pop()

    def _begin_note_text(self, place: int, token: LatexToken) -> int:
        kind = TEXTS[token.name]
        option = self._arguments.option(place + 1)
        group = self._arguments.group(option[1] + 1 if option is not None else place + 1)
        if group is None:
            return self._unclosed(place, option, token)
        following = self._enter(group, self._end_note)
        self._call(kind, token, option, mark=False)
        return following

    def _note_mark(self, place: int, token: LatexToken) -> int:
        option = self._arguments.option(place + 1)
        self._notes.mark(MARKS[token.name], token, self._option(option))
        return option[1] + 1 if option is not None else self._after_word(place, token)

    # Citations.

    def _cite(self, place: int, token: LatexToken) -> int:
        last = last_of_citation(self._arguments, place)
        name = token.name
        makes_note = NOTE_CITES.fullmatch(name) or (
            self._preamble.cites_in_notes and AUTO_CITES.fullmatch(name)
        )
        if not makes_note or self._flow.in_note:
            return self._as_written(place, last)
        slanted = self._slanted
        self._flow.weaver.drop_space()
        self._call("footnote", token, None, mark="text" not in name)
        self._as_written(place, last)
        self._end_note(token)
        self._slanted = slanted
        return last + 1

    # The author's own commands.

    def _define(self, place: int) -> int:
        name, macro, end = read_definition(self._arguments, place)
        # \renewcommand{\emph}… and the like change how things look, not what they are.
        if name and macro is not None and name not in self._commands and self._is_known(macro):
            self._macros[name] = macro
        return max(end, place + 1)

    def _is_known(self, macro: Macro) -> bool:
        known = (
            *self._commands,
            *SYMBOLS,
            *SILENT,
            *ACCENTS,
            *self._macros,
            "textbf",
            "textsc",
            "texttt",
            "textsuperscript",
        )
        cited = {
            token.name for token in macro.body if token.kind == "command" and CITES.fullmatch(token.name)
        }
        return is_safe_to_expand(macro, {*known, *cited})

    def _expand(self, place: int, token: LatexToken, macro: Macro) -> int:
        given, at = macro.given(self._arguments, place)
        expanded = macro.expand(token, given)
        self._expanded += len(expanded)
        if self._depth >= _DEEPEST_EXPANSION or self._expanded > _MOST_EXPANDED:
            return at
        following = at if at > place + 1 else self._after_word(place, token)
        if macro.is_alias:
            # \fn stands for \footnote: what follows is the argument.
            self._arguments.put(following - 1, macro.body[0]._replace(start=token.start, end=token.end))
            return following - 1
        self._run_part(expanded)
        return following
