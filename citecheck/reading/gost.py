"""Turns what the grammar of GOST R 7.0.5 reads into records: “Ланьков А. Н. Северная Корея. М., 1995”."""

import re
from collections.abc import Sequence

import attrs

from citecheck.citations import Container, Kind, Name, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.parsing import Token, Tree
from citecheck.reading.creators import read_creators
from citecheck.reading.dates import find_date
from citecheck.reading.repetitions import IDEM_TERMINAL, OP_CIT_TERMINAL
from citecheck.reading.trees import tokens_of

# What gives the system away: “//”, a name with initials behind it, a place and a year after a full stop.
LOOKS_LIKE_GOST = re.compile(
    r"//(?!\S*\.\w)|^(?:\w+\s)?[А-ЯЁІЇЄҐA-Z][\w'’-]+,?\s(?:[А-ЯЁІЇЄҐA-Z]\.\s?){1,3}(?=,\s[А-ЯЁІЇЄҐA-Z][\w'’-]+,?\s[А-ЯЁІЇЄҐA-Z]\.|[^\s,.]{2,}(?!,|\sand\s"
    r"|\set\s)[\s:.])"
    r"|[А-Яа-яёіїє.][.)\]»]{1,3}(?:\s[—–-])?\s(?:[А-ЯЁІЇЄҐ][\w.-]{0,20}(?:;\s[^.,:;]{1,25}\.?)?(?:\s?:\s[^,;]{2,90})?,\s\d{4}"
    r"|\d{4}\.)"
    r"|^(?:[Оо]на?\sже)\."
)


@attrs.define
class _Parts:
    """What the parts of a citation say, gathered one by one."""

    creators: tuple[Name, ...] = ()
    creators_span: tuple[int, int] | None = None
    title: str | None = None
    title_span: tuple[int, int] | None = None
    container: str | None = None
    place: str | None = None
    publisher: str | None = None
    year: str | None = None
    day: str | None = None
    volume: str | None = None
    issue: str | None = None
    edition: str | None = None
    url: str | None = None


def gost_grammar() -> Grammar:
    """Return the grammar of GOST footnotes."""
    return load_grammar("gost", terminals=(("IDEM.9", IDEM_TERMINAL), ("OP_CIT.9", OP_CIT_TERMINAL)))


def read_gost(text: str) -> WorkReference | None:
    """Read all of a text as a GOST footnote without its pages; None where the grammar refuses it."""
    parsed = gost_grammar().parse_whole(text)
    if parsed is None:
        return None
    parts = _Parts()
    for tree in parsed.tree.children:
        if isinstance(tree, Tree):
            _gather(parts, tree, text)
    return _record(parts)


def _gather(parts: _Parts, tree: Tree, text: str) -> None:
    tokens = list(tokens_of(tree))
    if not tokens:
        return
    words = str(tokens[-1]).strip()
    span = (tokens[0].start_pos, tokens[-1].end_pos)
    match tree.data:
        case "creators":
            parts.creators, parts.creators_span = _people(str(tokens[0])), span
        case "title":
            parts.title, parts.title_span = words.strip('«»“”"'), span
        case "container":
            parts.container = words
        case "imprint":
            _read_imprint(parts, tokens)
        case "year":
            parts.year = parts.year or words
        case "volume":
            parts.volume = re.sub(r"^\w+\.\s?", "", words)
        case "issue":
            parts.issue = re.sub(r"^[^\d]+", "", words)
        case "day" | "edition" | "url":
            setattr(parts, tree.data, words)


def _people(written: str) -> tuple[Name, ...]:
    """Read “Кутепов В. И., Виноградова А. Г.”; a comma inside a name parts it from its initials."""
    joined = re.sub(r"(\w),\s(?=(?:\w[а-яё]?\.\s?)+(?:,|$|\s\[|\sи\sдр))", r"\1 ", written)
    return read_creators(joined)


def _read_imprint(parts: _Parts, tokens: Sequence[Token]) -> None:
    places = [str(token).strip("[]") for token in tokens if token.type == "PLACE"]
    parts.place = "; ".join(places)
    for token in tokens:
        if token.type == "PUBLISHER":
            parts.publisher = str(token).strip()
        elif token.type == "YEAR":
            parts.year = str(token)


def _record(parts: _Parts) -> WorkReference:
    date = None
    if parts.year is not None:
        whole = f"{parts.day} {parts.year}" if parts.day is not None else parts.year.strip("[]")
        found = find_date(whole)
        date = found.interval if found is not None else None
    kind, container = Kind.SHORT, None
    if parts.container is not None:
        kind, container_kind = _container_kind(parts)
        in_periodical = kind is Kind.FULL
        container = Container(
            parts.container,
            volume=parts.volume if in_periodical else None,
            issue=parts.issue if in_periodical else None,
            kind=container_kind,
        )
    elif parts.day is not None and parts.title is not None and not parts.creators:
        kind, container = Kind.OTHER, Container(parts.title, kind="article-newspaper")
    elif parts.issue is not None and parts.title is not None and not parts.creators:
        # “Вестн. РГГУ. 2005. № 3”: the issue itself is cited.
        kind, container = (
            Kind.FULL,
            Container(parts.title, volume=parts.volume, issue=parts.issue, kind="article-journal"),
        )
    elif parts.creators and _COLLECTED.search(parts.title or ""):
        # “Полн. собр. соч. Т. 44” is always cited without its imprint.
        kind = Kind.FULL
    elif parts.year is not None or parts.place is not None or parts.url is not None:
        kind = Kind.FULL
    return WorkReference(
        kind,
        parts.creators,
        parts.title,
        container,
        date,
        publisher=parts.publisher,
        place=parts.place,
        edition=parts.edition,
        volume=parts.volume if container is None else None,
        url=parts.url,
        title_span=parts.title_span,
        creators_span=parts.creators_span,
    )


_COLLECTED = re.compile(
    r"(?:^|\s)(?:[Сс]обр\.\s(?:соч|произв)|[Сс]оч|[Сс]обрание\sсочинений|[Сс]очинения)\.?$"
)


def _container_kind(parts: _Parts) -> tuple[Kind, str | None]:
    """Tell a chapter of a collection, which has a place, from an article in a periodical."""
    if parts.place is not None:
        return Kind.CHAPTER, "book"
    if parts.day is not None:
        return Kind.FULL, "article-newspaper"
    return Kind.FULL, "article-journal" if parts.year or parts.issue or parts.volume else None
