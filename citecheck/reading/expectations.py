"""Says of a citation that was not read to its end where reading stopped and what would have gone on."""

import re

import attrs

from citecheck.archives import Hierarchy, Registry
from citecheck.grammars import Stop
from citecheck.reading.archival import find_places
from citecheck.reading.archive_names import WORD, NameIndex
from citecheck.reading.published import notes_grammar
from citecheck.reading.terminals import level_grammar

# Terminals of the grammars in the words of people who cite; what is not here is punctuation or an aside.
_WORDS = {
    "LABEL": "a label such as {labels}",
    "LONE_LABEL": "a label such as {labels}",
    "NUMBER_LABEL": "a label such as {labels}",
    "NAME_LABEL": "a label such as {labels}",
    "COUNTED": "a number with its label",
    "SIGNATURE": "a signature",
    "CODE": "a code such as XI A/284",
    "VALUE": "a number",
    "LEAVES": "leaves",
    "DOTTED": "numbers such as 558.11.492",
    "NUMBER": "a number",
    "YEAR": "a year",
    "COLLECTION": "the name of a collection",
    "WORDS": "a name",
    "CREATORS": "an author",
    "QUOTED": "a title in quotation marks",
    "ITALIC": "a title in italics",
    "BARE_TITLE": "a title",
    "IBID": "ibid.",
    "DATE": "a date",
    "URL": "an address on the web",
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

    The last place in an archive that the text gives decides for the grammar of that archive; without one an
    archive's name does, and without that the grammar of notes is asked.
    """
    names = NameIndex(registry, {})
    begun = _begun_in_archive(text, names)
    if begun is None:
        return _in_words(notes_grammar().stop(text), text, "p.")
    start, hierarchy = begun
    labelled = [level for level in hierarchy.levels if level.labels]
    usual = [level for level in labelled if level.required] or labelled
    labels = [level.labels[0] for level in usual]
    stop = level_grammar(hierarchy).stop(text, start)
    return _in_words(stop, text, ", ".join(labels[:4]))


def _begun_in_archive(text: str, names: NameIndex) -> tuple[int, Hierarchy] | None:
    """Return where the levels of an archival reference begin, and the levels that are expected there."""
    places = [place for place in find_places(text, names) if place.hierarchy is not None]
    if places:
        last = places[-1]
        name_end = last.archive_span[1] if last.archive_span is not None else last.start
        first = min((level.span[0] for level in last.printed), default=name_end)
        assert last.hierarchy is not None
        return min(name_end, first), last.hierarchy
    for word in WORD.finditer(text):
        name = names.name_at(text, word)
        for candidate in names.candidates(name) if name is not None else ():
            if candidate.hierarchy is not None and name is not None:
                return word.start() + len(name), candidate.hierarchy
    return None


def _in_words(stop: Stop | None, text: str, labels: str) -> Expectation | None:
    if stop is None or not re.search(r"\w", text[stop.offset :]):
        return None
    offset = stop.offset + len(text[stop.offset :]) - len(text[stop.offset :].lstrip(" ,.;:"))
    known = (_WORDS[terminal] for terminal in stop.expected if terminal in _WORDS)
    words = (word.format(labels=labels) for word in known if labels or "{labels}" not in word)
    return Expectation(offset, tuple(dict.fromkeys(words)))
