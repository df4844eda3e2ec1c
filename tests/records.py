"""Records for tests: those of the registry's examples, and others like them."""

import re
import unicodedata
from datetime import date

from hypothesis import strategies as st

from citecheck.archives import Archive, Example, load_registry
from citecheck.citations import (
    ArchivalReference,
    Container,
    Kind,
    Level,
    Locator,
    Name,
    OtherReference,
    WorkReference,
)

REGISTRY = load_registry()


def example_record(archive: Archive, example: Example, description: str | None = None) -> ArchivalReference:
    """Return the record of a registry's example."""
    return ArchivalReference(
        archive=archive.id,
        levels=tuple(Level(key, value) for key, value in example.levels),
        locators=tuple(Locator(leaf_label(archive), *(*folio, None)[:2]) for folio in example.folios),
        description=description,
        date="1957-05-28" if description else None,
    )


def leaf_label(archive: Archive) -> str:
    """Return the label that the leaves of an archive have when they are read."""
    from citecheck.reading.assignment import locator_label

    leaf = archive.hierarchy.locator
    return locator_label(leaf) if leaf is not None else "folio"


EXAMPLES = [(archive, example) for archive in REGISTRY.archives.values() for example in archive.examples]
_DESCRIPTIONS = (
    "Memorandum of Conversation with Kim Il Sung",
    "Report on the situation in the provinces",
    "Письмо в Президиум ЦК КПСС",
    "Jelentés a földreformról",
    None,
)
_DIGITS = re.compile(r"\d+")


def _dates() -> st.SearchStrategy[str]:
    day = st.dates(date(1918, 1, 1), date(1991, 12, 31))
    return st.one_of(
        day.map(lambda each: each.isoformat()),
        day.map(lambda each: each.isoformat()[:7]),
        day.map(lambda each: each.isoformat()[:4]),
    )


@st.composite
def like(draw: st.DrawFn, archive: Archive, example: Example) -> ArchivalReference:
    """Draw a record like an example: other figures of the same length, other leaves, description and date."""
    record = example_record(archive, example)
    levels = []
    for level in record.levels:
        kind = archive.hierarchy.by_key[level.key]

        def other(match: re.Match[str]) -> str:
            figures = match.group()
            if len(figures) == 4 and figures[:2] in ("18", "19"):
                return figures
            first = "0" if figures[0] == "0" else draw(st.sampled_from("123456789"))
            return first + "".join(draw(st.sampled_from("0123456789")) for _ in figures[1:])

        value = _DIGITS.sub(other, level.value)
        may_change = kind.fits(value) or not kind.fits(level.value)
        levels.append(Level(level.key, value if may_change else level.value))
    locators = []
    if archive.hierarchy.locator is not None and record.locators:
        start = draw(st.integers(1, 900))
        for _ in range(draw(st.integers(1, 3))):
            end = draw(st.none() | st.integers(start + 1, start + 40))
            side = draw(st.sampled_from(("", "", "v"))) if archive.hierarchy.verso else ""
            last = None if end is None else f"{end}{side}"
            locators.append(
                Locator(leaf_label(archive), f"{start}{side}" if end is None else str(start), last)
            )
            start = (end or start) + draw(st.integers(1, 50))
    description = draw(st.sampled_from(_DESCRIPTIONS))
    return ArchivalReference(
        archive=record.archive,
        levels=tuple(levels),
        locators=tuple(locators),
        description=description,
        date=draw(_dates()) if description is not None else None,
    )


# --- records of any sort, for exports ---------------------------------------------------------------------

_LETTERS = st.one_of(
    st.sampled_from("abcdefABCDEF ,.;:-–—'’\"“”&%$#_{}\\~^/()[]0123456789áéőűŐỆớưđßñłЖжёЇґ金日成김일성"),
    st.characters(min_codepoint=0x20, max_codepoint=0x2AF, exclude_characters="\x7f\x80\x85\xad"),
)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split())


TEXTS = st.text(_LETTERS, min_size=1, max_size=40).map(_normal).filter(bool)
NUMBERS = st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True)
NAMES = st.builds(Name, TEXTS, st.none() | TEXTS, st.none() | st.sampled_from(("Jr", "III")))
PEOPLE = st.lists(NAMES, max_size=3).map(tuple)


def _pages(first: int, more: int) -> Locator:
    return Locator("page", str(first), str(first + more) if more else None)


PAGES = st.lists(st.builds(_pages, st.integers(1, 999), st.integers(0, 99)), max_size=2).map(tuple)
_KINDS = st.sampled_from(
    ("book", "article-journal", "article-newspaper", "article-magazine", "series", "webpage", None)
)
CONTAINERS = st.builds(Container, TEXTS, PEOPLE, st.none() | NUMBERS | TEXTS, st.none() | NUMBERS, _KINDS)
WORKS = st.builds(
    WorkReference,
    kind=st.sampled_from((Kind.FULL, Kind.CHAPTER)),
    creators=PEOPLE,
    title=st.none() | TEXTS,
    container=st.none() | CONTAINERS,
    date=st.none() | _dates() | st.just("1995/1996"),
    suffix=st.none() | st.sampled_from("ab"),
    locators=PAGES,
    publisher=st.none() | TEXTS,
    place=st.none() | TEXTS,
    edition=st.none() | st.sampled_from(("2", "2nd ed", "rev. ed.")),
    volume=st.none() | NUMBERS | st.sampled_from(("IV", "2A")),
    editors=PEOPLE,
    translators=PEOPLE,
    url=st.none() | st.just("https://example.org/a_b?c=%20d&e#f"),
    genre=st.none() | st.sampled_from(("thesis", "manuscript", "webpage", "interview")),
    original_date=st.none() | st.just("1963"),
)
OTHERS = st.builds(OtherReference, PEOPLE, TEXTS, st.none() | _dates())


@st.composite
def documents(draw: st.DrawFn) -> ArchivalReference:
    """Draw an archival record of any archive, or of one that is not known, with any words in it."""
    archive, example = draw(st.sampled_from(EXAMPLES))
    record = draw(like(archive, example))
    description = draw(st.none() | TEXTS)
    leaves, day = record.locators, record.date
    if draw(st.booleans()):
        levels = tuple(Level(level.key, draw(TEXTS)) for level in record.levels)
        return ArchivalReference(None, levels, leaves, description, day, archive_written=draw(TEXTS))
    return ArchivalReference(record.archive, record.levels, leaves, description, day, draw(PEOPLE))


RECORDS = st.one_of(documents(), WORKS, OTHERS)
