"""Reads editions of documents in many volumes: “FRUS, 1952–1954, Korea, vol. XV, doc. 45”, “DBPO, Series I, vol. VI”.

Each is cited by the years or the series that tell its parts from one another. These belong to its title; the year
of the imprint is its date, and where there is none nobody says when the volume came out. Which editions there are
is data: ``seeds/editions``.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache

import attrs

from citecheck.citations import Container, Kind, Locator, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.parsing import Token, Tree
from citecheck.reading.locators import read_locators, shift
from citecheck.reading.trees import span_of, tokens_of, words_of
from citecheck.resources import data_folder
from citecheck.tables import Table


@cache
def editions_pattern() -> re.Pattern[str]:
    """Return the pattern of the names and abbreviations of editions, the longest first."""
    return re.compile(rf"\*?(?<!\w)(?:{_names()})(?!\w)")


@cache
def _names() -> str:
    names: list[str] = []
    for path in sorted((data_folder("seeds") / "editions").glob("*.toml")):
        with path.open("rb") as file:
            tables = tomllib.load(file)["edition"]
        for values in tables:
            table = Table.of(values, f"[[edition]] in {path.name}", fields=("name", "abbreviations"))
            names += [table.text("name"), *table.texts("abbreviations")]
    names.sort(key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)


@cache
def editions_grammar() -> Grammar:
    """Return the grammar of editions, with their names."""
    return load_grammar("editions", terminals=(("EDITION.9", _names()),))


@lru_cache(maxsize=1 << 11)
def read_edition(text: str) -> WorkReference | None:
    """Read all of a text as a place in an edition of documents; None where it is none.

    Spans in the record count from the beginning of the text.
    """
    if editions_pattern().match(text) is None:
        return None
    parsed = editions_grammar().parse_whole(text)
    return _record(text, parsed.tree) if parsed is not None else None


def find_editions(words: str, start: int, end: int) -> Iterator[tuple[int, int, WorkReference]]:
    """Yield the places in editions among the words of a note, each with its range, in order."""
    at = start
    for name in editions_pattern().finditer(words, start, end):
        if name.start() < at:
            continue
        parsed = editions_grammar().parse_prefix(words[name.start() : end])
        reference = _record(words[name.start() : end], parsed.tree) if parsed is not None else None
        if parsed is not None and reference is not None and (reference.volume or reference.locators):
            at = name.start() + parsed.end
            yield name.start(), at, reference


def read_continued(before: WorkReference, words: str) -> WorkReference | None:
    """Read a further place in the edition that was cited last, without its name: “…; 1951, VII, 33”.

    Spans in the record count from the beginning of the words. None where the last work is no edition, or this no place.
    """
    name = editions_pattern().match(before.title or "") if before.kind is Kind.SHORT else None
    if name is None or not _YEARS_AND_VOLUME.match(words):
        return None
    opening = f"{name.group().strip('*')}, "
    reference = read_edition(opening + words)
    if reference is None:
        return None
    locators = shift(reference.locators, -len(opening))
    return attrs.evolve(reference, locators=locators, title_span=None)


# “1951, VII, 33”: what could not be pages of the volume cited before.
_YEARS_AND_VOLUME = re.compile(r"(?:1[6-9]|20)\d\d(?:[–—-]\d{2,4})?,\s(?:[IVX]+|[Vv]ol\.|[Bb]d\.|[Tt]\.)")


def _record(text: str, tree: Tree) -> WorkReference:
    """Return the record that the tree of a text makes."""
    name = next(child for child in tree.children if isinstance(child, Token))
    parts = [child for child in tree.children if isinstance(child, Tree)]
    reference = WorkReference(Kind.SHORT, title=str(name), title_span=(name.start_pos, name.end_pos))
    for part in parts:
        reference = _with_part(reference, part, text)
    return reference


def _with_part(reference: WorkReference, part: Tree, text: str) -> WorkReference:
    """Return the record with what one part of the citation says."""
    words = words_of(part)
    start, end = span_of(part)
    match part.data:
        case "years" | "series":
            return attrs.evolve(
                reference,
                title=f"{reference.title}, {words}",
                title_span=((reference.title_span or (0, 0))[0], end),
            )
        case "volume":
            return attrs.evolve(reference, volume=str(list(tokens_of(part))[-1]))
        case "imprint":
            imprint = re.fullmatch(r"\((?:(.+?):\s)?(.+?),?\s(\d{4})\)", words)
            assert imprint is not None
            place, publisher, year = imprint.groups()
            if place is None:
                place, publisher = publisher, None
            return attrs.evolve(reference, kind=Kind.FULL, place=place, publisher=publisher, date=year)
        case "document" | "part":
            label, number = tokens_of(part)
            locators: tuple[Locator, ...] = _numbered(str(part.data), label, number)
        case "pages":
            locators = shift(read_locators(text[start:end].strip()) or (), start)
        case _:
            return reference
    return attrs.evolve(reference, locators=(*reference.locators, *locators))


def _numbered(kind: str, label: Token, number: Token) -> tuple[Locator, ...]:
    first, _, last = re.sub(r"\s?[-–]\s?", "–", number).partition("–")
    span = (number.start_pos, number.end_pos)
    return (Locator(kind, first, last or None, str(number), label.strip(), span),)


def document_in(edition: WorkReference, title: str, date: str | None, by: int) -> WorkReference:
    """Return the record of a document that an edition prints.

    Args:
        edition: the place in the edition.
        title: what the document is.
        date: when it was written, in EDTF.
        by: how far before the edition the citation begins.
    """
    return attrs.evolve(
        edition,
        kind=Kind.CHAPTER,
        title=title,
        container=Container(edition.title or "", volume=edition.volume, kind="book"),
        volume=None,
        date=date,
        locators=shift(edition.locators, by),
        title_span=None,
    )
