"""Notes of a Word file: where the body calls them, their paragraphs, and the rules of their numbering."""

from collections.abc import Callable

import attrs

from citecheck.readers.markup import Attributes, MarkupStream, StartAction
from citecheck.readers.passages import Atom, Mark
from citecheck.readers.word_styles import val, whole_number, word_names


@attrs.frozen
class NoteCall:
    """A place where the body calls a note: which, in which section of the file, with what mark of its own."""

    key: str
    section: int
    custom_mark: str | None
    deleted: bool
    in_text_box: bool


@attrs.define
class WordNote:
    """A note in ``footnotes.xml`` or ``endnotes.xml``: its paragraphs, and where its number stands."""

    paragraphs: list[list[Atom | Mark]] = attrs.field(factory=list)
    number_at: tuple[int, int] | None = None


@attrs.define
class NumberingRules:
    """How notes of one kind are numbered, where that is said: ``w:footnotePr`` or ``w:endnotePr``."""

    format: str | None = None
    start: int | None = None
    restart: str | None = None

    def over(self, general: "NumberingRules") -> "NumberingRules":
        """Return these rules, with what they leave open taken from more general ones."""
        return NumberingRules(
            self.format or general.format,
            general.start if self.start is None else self.start,
            self.restart or general.restart,
        )


@attrs.define
class SectionRules:
    """The rules of one section of a file, or of the whole file."""

    footnote: NumberingRules = attrs.field(factory=NumberingRules)
    endnote: NumberingRules = attrs.field(factory=NumberingRules)


def read_settings(data: bytes, path: str, part: str) -> SectionRules:
    """Return how notes are numbered in the whole file, as ``settings.xml`` says.

    Raises:
        ManuscriptError: the part is damaged or not safe.
    """
    rules = SectionRules()
    target = NumberingRules()

    def choose(chosen: NumberingRules) -> Callable[[Attributes], None]:
        def choose_it(_: Attributes) -> None:
            nonlocal target
            target = chosen

        return choose_it

    starts: dict[str, StartAction] = {
        "footnotePr": choose(rules.footnote),
        "endnotePr": choose(rules.endnote),
        "numFmt": lambda attributes: setattr(target, "format", val(attributes)),
        "numStart": lambda attributes: setattr(target, "start", whole_number(val(attributes), 1)),
        "numRestart": lambda attributes: setattr(target, "restart", val(attributes)),
    }
    MarkupStream(data, path, part, word_names(starts), {}).run()
    return rules
