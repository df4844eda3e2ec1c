"""Reads debates of parliaments: “HC Deb., 20 November 1917, vol. 99, c. 838”, “Congressional Record, 84th Cong., …”.

They are cited like newspapers by their day, and like periodicals by their volume; nobody is their author. The house,
the series and the session tell one run of volumes from another and belong to the title.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import attrs

from citecheck.citations import Kind, Locator, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.parsing import Tree
from citecheck.patterns import compiled
from citecheck.reading.dates import find_date
from citecheck.reading.locators import read_locators, shift
from citecheck.reading.trees import span_of, tokens_of, words_of

_COLUMN = re.compile(r"[Cc][a-z]*\.?\s?(?=\d)")


@cache
def debates_grammar() -> Grammar:
    """Return the grammar of debates."""
    return load_grammar("debates")


@cache
def _names() -> re.Pattern[str]:
    grammar = debates_grammar()
    before, name = grammar.pattern("VOLUME_BEFORE"), grammar.pattern("NAME")
    return compiled(rf"\*?(?<![\w.])(?:{before}\s)?(?:{name})")


@lru_cache(maxsize=1 << 11)
def read_debate(text: str) -> WorkReference | None:
    """Read all of a text as a place in the debates of a parliament; None where it is none.

    Spans in the record count from the beginning of the text.
    """
    if _names().match(text) is None:
        return None
    parsed = debates_grammar().parse_whole(text)
    return _record(text, parsed.tree) if parsed is not None else None


def find_debates(words: str, start: int, end: int) -> Iterator[tuple[int, int, WorkReference]]:
    """Yield the places in debates among the words of a note, each with its range, in order."""
    at = start
    for name in _names().finditer(words, start, end):
        if name.start() < at:
            continue
        text = words[name.start() : end]
        parsed = debates_grammar().parse_prefix(text)
        reference = _record(text, parsed.tree) if parsed is not None else None
        if parsed is not None and reference is not None:
            at = name.start() + parsed.end
            yield name.start(), at, reference


def _record(text: str, tree: Tree) -> WorkReference | None:
    """Return the record that the tree of a text makes; None without a column, a page or a volume."""
    name = next(token for token in tokens_of(tree) if token.type == "NAME")
    title = [str(name)]
    # The title is not in one place, so that none is said to hold it.
    reference = WorkReference(Kind.OTHER)
    for part in (child for child in tree.children if isinstance(child, Tree)):
        words = words_of(part)
        start, end = span_of(part)
        match part.data:
            case "house" | "series" | "congress" | "session":
                title.append(words)
            case "volume" | "volume_before":
                reference = attrs.evolve(reference, volume=str(list(tokens_of(part))[-1]))
            case "part":
                label, number = tokens_of(part)
                place = Locator(
                    "part", str(number), None, str(number), label.strip(), (number.start_pos, end)
                )
                reference = attrs.evolve(reference, locators=(*reference.locators, place))
            case "date" | "year":
                found = find_date(text, start, end)
                if found is not None and (reference.date is None or len(found.value) > len(reference.date)):
                    reference = attrs.evolve(reference, date=found.interval)
            case _:
                reference = attrs.evolve(
                    reference, locators=(*reference.locators, *_places(text[start:end], start))
                )
    if not (reference.locators or reference.volume):
        return None
    return attrs.evolve(reference, title=", ".join(title))


def _places(written: str, start: int) -> tuple[Locator, ...]:
    """Read columns or pages; “c. 838” is a column here, whatever it is elsewhere."""
    label = _COLUMN.match(written)
    if label is None:
        return shift(read_locators(written) or (), start)
    places = shift(read_locators(written[label.end() :]) or (), start + label.end())
    return tuple(
        attrs.evolve(place, label="column", written_label=label.group().strip() if number == 0 else "")
        for number, place in enumerate(places)
    )
