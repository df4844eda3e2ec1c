"""Says of a citation that was not read to its end where reading stopped and what would have gone on."""

import re

import attrs

from citecheck.archives import Registry
from citecheck.grammars import Stop
from citecheck.reading.archive_names import WORD, NameIndex
from citecheck.reading.published import notes_grammar
from citecheck.reading.terminals import level_grammar

# Terminals of the grammars in the words of people who cite; what is not here is punctuation or an aside.
_WORDS = {
    "LABEL": "a label such as {labels}",
    "COUNTED": "a number with its label",
    "VALUE": "a number",
    "DOTTED": "numbers such as 558.11.492",
    "NUMBER": "a number",
    "YEAR": "a year",
    "CREATORS": "an author",
    "QUOTED": "a title in quotation marks",
    "ITALIC": "a title in italics",
    "BARE_TITLE": "a title",
    "PLACES": "pages",
    "COLON": "a colon",
    "COMMA": "a comma",
    "$END": "the end",
}


@attrs.frozen
class Expectation:
    """The offset at which reading stopped, and what was expected there, in words."""

    offset: int
    expected: tuple[str, ...]


def what_was_expected(text: str, registry: Registry) -> Expectation | None:
    """Return where the grammar that fits a text best stopped reading it, or None if it was read to the end.

    An archive's name decides for the grammar of that archive; without one the grammar of notes is asked.
    """
    names = NameIndex(registry, {})
    for word in WORD.finditer(text):
        name = names.name_at(text, word)
        if name is None:
            continue
        for candidate in names.candidates(name):
            if candidate.hierarchy is not None:
                stop = level_grammar(candidate.hierarchy).stop(text, word.start() + len(name))
                labels = [
                    level.labels[0] for level in candidate.hierarchy.levels if level.labels and level.required
                ]
                return _in_words(stop, text, ", ".join(labels[:4]) or "those of the archive")
    return _in_words(notes_grammar().stop(text), text, "p.")


def _in_words(stop: Stop | None, text: str, labels: str) -> Expectation | None:
    if stop is None or not re.search(r"\w", text[stop.offset :]):
        return None
    words = (_WORDS[terminal].format(labels=labels) for terminal in stop.expected if terminal in _WORDS)
    return Expectation(stop.offset, tuple(dict.fromkeys(words)))
