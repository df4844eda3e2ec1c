"""Turns what the grammar of notes reads into records: works, repetitions, pointers."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import Container, IbidReference, Kind, Reference, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.parsing import Tree
from citecheck.patterns import compiled
from citecheck.reading import creators, marks
from citecheck.reading.creators import is_newspaper
from citecheck.reading.details import Details, is_sentence
from citecheck.reading.gost import LOOKS_LIKE_GOST, read_gost
from citecheck.reading.pointers import read_pointer
from citecheck.reading.repetitions import IBID_OPENING, IDEM_TERMINAL, LOC_CIT, OP_CIT_TERMINAL
from citecheck.reading.repositories import ARCHIVE
from citecheck.reading.trees import clean_title, names_of, span_of, title_span_of, tokens_of, words_of


@attrs.frozen
class Head:
    """A citation but for the pages that close it, and what speaks for its being one.

    ``reference`` has no locators yet; its spans count from the beginning of the text that was read.
    """

    reference: Reference
    marked: bool = False
    """Whether quotation marks or italics set the title apart."""
    published: bool = False
    """Whether it says where it was published, in what, or when."""


@cache
def notes_grammar() -> Grammar:
    """Return the grammar of notes, with the names and marks that it does not spell out itself."""
    patterns = {
        "CREATORS.6": creators.CREATORS_PATTERN,
        "EDITORS.6": creators.EDITORS_PATTERN,
        "CONTAINER_CREATORS.5": creators.CONTAINER_CREATORS_PATTERN,
        "CONTRIBUTORS.5": creators.CONTRIBUTORS_PATTERN,
        "ROLE.7": creators.ROLE_PATTERN,
        "QUOTED.8": marks.QUOTED_PATTERN,
        "ITALIC.8": marks.ITALIC_PATTERN,
        "IBID.9": rf"\*{{0,2}}(?:{IBID_OPENING})\*{{0,2}}\.?\*{{0,2}}(?!\w)",
        "LOC_CIT.9": rf"\*{{0,2}}(?:{LOC_CIT})\*{{0,2}}(?!\w)",
        "IDEM.9": IDEM_TERMINAL,
        "OP_CIT.9": OP_CIT_TERMINAL,
    }
    return load_grammar("notes", terminals=tuple(patterns.items()))


@cache
def creators_pattern() -> re.Pattern[str]:
    """Return what the grammar of notes takes for creators, compiled once for it and for scans."""
    return compiled(notes_grammar().pattern("CREATORS"))


# “Oxford: Oxford Univ. Press, 2005”: what is left of a citation that was not read whole.
_IMPRINT_ALONE = re.compile(
    r"[^\W\d_a-z][^,:;()*\"“]{1,30}(?:,\s[A-Z][\w.]{1,6})?:\s[^:;()*\"“]{0,40}\b(?:Press|Univ|Verlag|Books|Publish\w+|Presses|Editora)\b[^:;()*\"“]{0,20},\s"
    r"(?:1[5-9]|20)\d\d\.?"
)


@lru_cache(maxsize=1 << 12)
def read_head(text: str) -> Head | None:
    """Read all of a text as a citation without its closing pages; None where the grammar refuses it."""
    if _IMPRINT_ALONE.fullmatch(text):
        return None
    if LOOKS_LIKE_GOST.search(text):
        reference = read_gost(text)
        if reference is not None:
            told = reference.kind is not Kind.SHORT or reference.title is None
            return Head(reference, marked=told and bool(reference.creators), published=told)
    parsed = notes_grammar().parse_whole(text)
    if parsed is None:
        return None
    parts = [part for part in parsed.tree.children if isinstance(part, Tree)]
    match parts[-1].data:
        case "ibid" | "op_cit" if len(parts) == 1:
            return Head(IbidReference(words_of(parts[-1]).strip("*")), marked=True)
        case "crossreference":
            return Head(read_pointer(tokens_of(parts[-1])), marked=True)
        case _:
            return _work(text, parts)


# ---- works


def _numbers(container: Container) -> tuple[str | None, ...]:
    return container.volume, container.issue


# “Kita Chōsen: Kokka no genzai [North Korea: The State Today]”, without italics.
_TRANSLATION = re.compile(r"\s\[[^\[\]]{4,}\]$")


_KEEPS_PAPERS = re.compile(rf"\b(?=[{UPPER}])\w*(?:{ARCHIVE})")

_OF_DAY = re.compile(r"\s(?:vom|du|от|z(?:\sdnia)?)\s\d")


def _work(text: str, parts: Sequence[Tree]) -> Head | None:
    """Put together the record of a work from the parts that the grammar tells apart."""
    found = {part.data: part for part in reversed(parts)}
    people = found.get("creators")
    named = names_of(people) if people is not None else ()
    year = found.get("year")
    title_part = next(
        (
            found[kind]
            for kind in ("quoted", "title", "series", "numbered", "bare", "anonymous", "review")
            if kind in found
        ),
        None,
    )
    if title_part is None:
        # “Lankov, op. cit.”
        return Head(
            WorkReference(Kind.SHORT, named, creators_span=span_of(people) if people is not None else None),
            marked=True,
        )
    if any(token.type == "TRAIL" and is_sentence(token) for token in tokens_of(title_part)):
        # “The *majles* had been opened on 7 October”: words in italics open a sentence.
        return None
    start, end = title_span_of(text, title_part)
    if title_part.data == "anonymous" and _OF_DAY.match(text, end) and not is_newspaper(text[start:end]):
        # “Schreiben vom 26. September 1956” has a day as well.
        return None
    translated = _TRANSLATION.search(text, start, end) if title_part.data == "bare" else None
    if translated is not None:
        end = translated.start()
    rest = parts[parts.index(title_part) + 1 :]
    details = Details.read(text, rest, end, in_periodical=title_part.data in ("quoted", "review"))
    if year is not None:
        details.date = words_of(year).strip("()")[:4]
    # “Zermelo, Neuer Beweis, *Math. Annalen*, Bd. 65”: an article whose title nothing sets apart.
    article = title_part.data == "bare" and details.numbered
    loose = title_part.data in ("bare", "anonymous") and not article
    stray = loose and details.marked_container and not details.in_container
    if details.overrun or stray or details.is_prose(named):
        # With a title in italics further on, what looked like a title was something else.
        return None
    title = clean_title(text[start:end])
    sort = "quoted" if title_part.data == "review" else title_part.data
    kind, container = details.kind_of(sort, title, bool(named))
    if kind is Kind.SHORT and loose and named and _KEEPS_PAPERS.search(named[0].written):
        # “Archivio di Stato di Torino, Corte, Paesi, Ossola, mazzo 3”: a place in an archive that is not known.
        return None
    # “Teilnehmer der Konferenz, Berlin 1955” is a title only where pages follow.
    placed = title_part.data == "anonymous" and details.publisher is None and "imprint" not in found
    reference = WorkReference(
        kind=kind,
        creators=named,
        title=title,
        container=container,
        date=details.date,
        publisher=details.publisher,
        place=details.place,
        edition=details.edition,
        volume=details.volume if container is None or details.volume not in _numbers(container) else None,
        editors=details.editors,
        translators=details.translators,
        url=details.url,
        genre=details.genre,
        original_date=details.original_date,
        title_span=(start, end),
        creators_span=span_of(people) if people is not None else None,
    )
    marked = title_part.data in ("quoted", "title", "series", "numbered", "review")
    return Head(
        reference,
        marked=marked,
        # Words without marks and a date may be anything: “Choe Chang-ik, Minister of Finance, 1952”.
        published=kind is not Kind.SHORT
        and (
            marked
            or (details.housed and not placed)
            or details.url is not None
            or is_newspaper(title if not named or container is None else container.title)
        ),
    )
