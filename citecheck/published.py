"""Turns what the grammar of notes reads into records: works, repetitions, pointers."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import attrs
from lark import Token, Tree

from citecheck import creators, marks
from citecheck.citations import Container, IbidReference, Kind, Name, Reference, WorkReference
from citecheck.dates import FoundDate, find_dates
from citecheck.gost import LOOKS_LIKE_GOST, read_gost
from citecheck.grammars import Grammar, load_grammar
from citecheck.pointers import read_pointer


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
    }
    filled = tuple((name, pattern.replace("/", r"\/")) for name, pattern in patterns.items())
    return load_grammar("notes", terminals=filled)


@lru_cache(maxsize=1 << 15)
def read_head(text: str) -> Head | None:
    """Read all of a text as a citation without its closing pages; None where the grammar refuses it."""
    if LOOKS_LIKE_GOST.search(text):
        reference = read_gost(text)
        if reference is not None:
            told = reference.kind is not Kind.SHORT or reference.title is None
            return Head(reference, marked=told and bool(reference.creators), published=told)
    parsed = notes_grammar().parse_whole(text)
    if parsed is None:
        return None
    parts = [part for part in parsed.tree.children if isinstance(part, Tree)]
    by_kind: dict[str, Callable[[], Head]] = {
        "ibid": lambda: Head(IbidReference(_words(parts[0]).strip("*")), marked=True),
        "crossreference": lambda: Head(read_pointer(_tokens(parts[-1])), marked=True),
    }
    make = by_kind.get(parts[-1].data) if len(parts) <= 2 else None
    if make is not None:
        return make()
    return _work(text, parts)


def _tokens(tree: Tree[Token]) -> Iterator[Token]:
    for child in tree.children:
        if isinstance(child, Token):
            yield child
        else:
            yield from _tokens(child)


def _span(tree: Tree[Token]) -> tuple[int, int]:
    tokens = list(_tokens(tree))
    return tokens[0].start_pos or 0, tokens[-1].end_pos or 0


def _words(tree: Tree[Token]) -> str:
    return " ".join(_tokens(tree))


# ---- works


def _work(text: str, parts: Sequence[Tree[Token]]) -> Head | None:
    """Put together the record of a work from the parts that the grammar tells apart."""
    found = {part.data: part for part in reversed(parts)}
    people = found.get("creators")
    named = _creators(people) if people is not None else ()
    year = found.get("year")
    title_part = next(
        (found[kind] for kind in ("quoted", "title", "series", "bare", "anonymous") if kind in found), None
    )
    if title_part is None:
        # “Lankov, op. cit.”
        return Head(
            WorkReference(Kind.SHORT, named, creators_span=_span(people) if people is not None else None),
            marked=True,
        )
    start, end = _title_span(text, title_part)
    rest = parts[parts.index(title_part) + 1 :]
    details = _Details.read(text, rest, end, in_periodical=title_part.data == "quoted")
    if year is not None:
        details.date = _words(year).strip("()")[:4]
    stray = title_part.data in ("bare", "anonymous") and details.marked_container and not details.in_container
    if details.overrun or stray or details.is_prose(named):
        # With a title in italics further on, what looked like a title was something else.
        return None
    title = _clean(text[start:end])
    kind, container = details.kind_of(title_part.data, title, bool(named))
    reference = WorkReference(
        kind=kind,
        creators=named,
        title=title,
        container=container,
        date=details.date,
        publisher=details.publisher,
        place=details.place,
        edition=details.edition,
        volume=details.volume if container is None or container.volume is None else None,
        editors=details.editors,
        translators=details.translators,
        url=details.url,
        genre=details.genre,
        title_span=(start, end),
        creators_span=_span(people) if people is not None else None,
    )
    return Head(
        reference,
        marked=title_part.data in ("quoted", "title", "series"),
        published=kind not in (Kind.SHORT,),
    )


def _creators(tree: Tree[Token]) -> tuple[Name, ...]:
    names = next(
        (token for token in _tokens(tree) if token.type.endswith("CREATORS") or token.type == "EDITORS"), None
    )
    return creators.read_creators(str(names)) if names is not None else ()


_QUOTES = "“”\"„«»‘’'"


def _title_span(text: str, tree: Tree[Token]) -> tuple[int, int]:
    """Return the range of a title without the marks and the punctuation at its ends."""
    start, end = _span(tree)
    while end > start and text[end - 1] in " ,;":
        end -= 1
    if tree.data == "quoted" and end - start > 2:
        start, end = start + 1, end - 1
        while end > start and text[end - 1] in " ,.;" and not text[start:end].endswith("..."):
            end -= 1
    elif tree.data in ("bare", "anonymous") and text[end - 1] == "." and not text[start:end].endswith("..."):
        end -= 1
    while start < end and text[start] == "*" and "*" not in text[start + 1 : end - 1].strip("*"):
        start += 1
    while end > start and text[end - 1] == "*" and text[start:end].count("*") % 2:
        end -= 1
    return start, end


def _clean(written: str) -> str:
    """Return a title without emphasis marks and outer punctuation, spaces single."""
    bare = re.sub(r"\s+", " ", written.replace("*", "")).strip(" ,;:")
    if bare[:1] in _QUOTES and bare[-1:] in _QUOTES and len(bare) > 2 and bare[0] in '“"„«':
        bare = bare[1:-1].strip(" ,;")
    return bare[:-1] if bare.endswith(".") and not bare.endswith("..") else bare


_GENRE = re.compile(
    r"\b(?:(?:unpublished\s)?(?:Ph\.?\s?D\.?|D\.\s?Phil\.?|doctoral|master[’']?s?|M\.?\s?A\.?"
    r"|M\.\s?Phil\.?|B\.?\s?A\.?|honors|candidate)[’']?s?\s(?:diss(?:ertation|\.)?|thesis)"
    r"|(?:diss(?:ertation|\.)|thesis|Dissertation|Diss\.)(?!\w)|unpublished\s(?:manuscript|paper|ms\.?)"
    r"|unpubl\.|working\spaper|occasional\spaper"
    r"|(?:conference\s)?paper\s(?:presented|delivered|given|read)\s(?:at|to)\b.*|автореферат|дис(?:с|\.).*"
    r"|канд\.\s?дис.*|kandidátusi\sértekezés|kézirat|manuscript)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:Press|Univ|Publish|Verlag|Books|Kiadó|Company|& Co|Editions?|Éditions|House|изд|Изд|Наука"
    r"|Wydawn|Nakladat|Editura|Ltd|Inc)"
)
# Words that make a sentence of what follows a title.
_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|been|that|which|who|whom|did|does|would|could|should|will|reported"
    r"|said|says|told|claimed|stated|argued|argues|"
    r"noted|notes|wrote|writes|added|because|although|but|he|she|they|we|его|был[аио]?|который|которая"
    r"|wurde|wurden|hat|hatte|dass|volt|hogy|amely)\b"
)
_LOWER_DETAIL = re.compile(
    r"(?:special|unpublished|typescript|manuscript|accessed|last|retrieved|forthcoming|dir\.|directed"
    r"|prod\.|aired|n\.d|in\s(?:press|possession)|s\.|updated|modified|posted|pt\.|дата|перевод|от|vom)"
)
_SEASON_OR_MONTH = re.compile(r"\d{4}-\d{2}")


@attrs.define
class _Details:
    """What the parts of a citation after its title say, gathered part by part."""

    text: str
    containers: list[Container] = attrs.field(factory=list)
    in_container: bool = False
    edited_container: bool = False
    marked_container: bool = False
    numbered: bool = False
    volume: str | None = None
    issue: str | None = None
    edition: str | None = None
    url: str | None = None
    genre: str | None = None
    place: str | None = None
    publisher: str | None = None
    date: str | None = None
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    housed: bool = False
    """Whether a publisher or a place of publication is named."""
    overrun: bool = False
    """Whether pages stand among the details."""
    loose: tuple[str, ...] = ()
    """Words between commas that are none of the things that have a form."""

    @classmethod
    def read(cls, text: str, parts: Sequence[Tree[Token]], after: int, *, in_periodical: bool) -> "_Details":
        details = cls(text)
        seen: set[str] = set()
        loose: list[Tree[Token]] = []
        for place, part in enumerate(parts):
            following = parts[place + 1].data if place + 1 < len(parts) else ""
            if part.data == "number" and (not in_periodical or "imprint" in seen) and following != "imprint":
                # A bare number after a book or an imprint is a page: the citation ends there. Before an
                # imprint it counts a series.
                details.overrun = True
            seen.add(part.data)
            match part.data:
                case "container":
                    details._read_container(part, in_periodical)
                case "imprint":
                    details._read_imprint(part)
                case "volume":
                    details._read_volume(part)
                case "issue":
                    details.issue = str(list(_tokens(part))[-1])
                    details.numbered = True
                case "number":
                    details._read_number(part)
                case "edition":
                    details.edition = _words(part)
                case "contribution":
                    details._read_contribution(part)
                case "url":
                    details.url = _words(part).strip("<>")
                case "date":
                    if not details._read_date(part):
                        loose.append(part)
                case "text":
                    loose.append(part)
        if loose:
            details.loose = tuple(_words(part).strip() for part in loose)
            details._read_loose(loose, in_periodical)
        if details.date is None:
            details._find_date(after, parts)
        return details

    def _read_container(self, part: Tree[Token], in_periodical: bool) -> None:
        named: tuple[Name, ...] = ()
        title = None
        for child in part.children:
            if isinstance(child, Token):
                if child.type == "IN":
                    self.in_container = True
                elif child.type in ("EDITORS", "CONTAINER_CREATORS"):
                    named = creators.read_creators(str(child))
                    self.edited_container = True
                elif child.type in ("QUOTED", "CONTAINER_TITLE"):
                    title = _clean(str(child))
            elif child.data == "container_creators":
                named = _creators(child)
            else:
                start, end = _title_span(self.text, child)
                title = _clean(self.text[start:end])
                self.marked_container = True
        if title is None and not named:
            return
        self.containers.append(Container(title or "", named))

    def _read_volume(self, part: Tree[Token]) -> None:
        tokens = list(_tokens(part))
        if tokens[0].type == "VOLUMES":
            return
        value = str(tokens[-1])
        self.volume = value if tokens[0].type == "VOLUME_LABEL" or self.volume is None else self.volume
        self.numbered = True

    def _read_number(self, part: Tree[Token]) -> None:
        value, point, issue = _words(part).partition(".")
        if point:
            self.volume, self.issue = value, issue
        elif self.volume is None and "/" not in value:
            self.volume = value
        else:
            self.issue = value
        self.numbered = True

    def _read_date(self, part: Tree[Token]) -> bool:
        """Read a date with a month; what only has the look of one is left."""
        start, end = _span(part)
        # A range may go on behind the part: “Winter 2002-spring 2003”.
        found = next(find_dates(self.text, start), None)
        if found is None or found.start > start or found.end < end:
            return False
        self.date = found.interval
        return True

    def _read_contribution(self, part: Tree[Token]) -> None:
        role, names = list(_tokens(part))
        people = creators.read_creators(str(names))
        word = role.lower()
        if (
            "trans" in word
            or "пер" in word
            or "ford" in word
            or "über" in word
            or "přel" in word
            or "przeł" in word
        ):
            self.translators = people
        elif "ed" in word or "ред" in word or "comp" in word or "сост" in word:
            self.editors = people

    def _read_imprint(self, part: Tree[Token]) -> None:
        """Read “(Place: Publisher, Year)”, “(Dec. 1995)”, “(PhD diss., University, 2007)”, “(4)”."""
        start, end = _span(part)
        inside = self.text[start + 1 : end - 1]
        if inside.strip().isdigit() and len(inside.strip()) <= 3:
            self.issue = inside.strip()
            self.numbered = True
            return
        first, _, _ = inside.partition(";")
        if _last_date(first) is not None:
            # “1932–40; repr. 1986”: what follows is another printing.
            inside = first
        date = _last_date(inside)
        words = inside
        if date is not None:
            self.date = self.date or date.interval
            words = (inside[: date.start] + inside[date.end :]).strip()
        self._read_house(words.split(";")[0])

    def _read_house(self, words: str) -> None:
        """Read place and publisher, or a genre with its school."""
        words = words.strip(" ,.;[]")
        genre = _GENRE.search(words)
        if genre is not None:
            self.genre = genre.group().strip()
            words = (words[: genre.start()] + words[genre.end() :]).strip(" ,.;")
            self.publisher = words or None
            self.housed = True
            return
        before, colon, behind = (word.strip(" ,.;") for word in words.partition(":"))
        if colon:
            # A slip that happens: “(University of Hawaii Press: 1999)”.
            is_house = not behind and _PUBLISHER.search(before) is not None
            self.place, self.publisher = (None, before) if is_house else (before or None, behind or None)
        elif before and _PUBLISHER.search(before):
            self.publisher = before
        elif before and self.date is not None and len(before) < 60:
            self.place = before
        self.housed = self.housed or bool(self.place or self.publisher)

    def _read_loose(self, loose: Sequence[Tree[Token]], in_periodical: bool) -> None:
        """Read words between commas: an unmarked journal, place and publisher without brackets, a genre."""
        first = _words(loose[0]).strip()
        is_date = any(True for _ in find_dates(first))
        if (
            in_periodical
            and not self.containers
            and first[:1].isupper()
            and not is_date
            and _GENRE.search(first) is None
        ):
            self.containers.append(Container(_clean(first)))
            loose = loose[1:]
        if not loose:
            return
        start, end = _span(loose[0])[0], _span(loose[-1])[1]
        region = self.text[start:end]
        date = _last_date(region)
        if (
            date is not None
            and region[date.end :].strip(" .,") == ""
            and len(date.value) == 4
            and self.date is None
        ):
            before = region[: date.start].strip(" ,.;")
            if before and not self.containers:
                self.date = date.interval
                self._read_house(before)
                return
        elif date is None and ": " in region and not self.containers and not in_periodical:
            # Harvard: “London: Hurst”, the year stands behind the names.
            self._read_house(region)
            return
        genre = _GENRE.search(region)
        if genre is not None:
            self.genre = genre.group().strip()

    def _find_date(self, after: int, parts: Sequence[Tree[Token]]) -> None:
        """Look for a date in what follows the title, outside containers and addresses."""
        hidden = [_span(part) for part in parts if part.data in ("container", "review", "url")]
        for found in find_dates(self.text, after):
            inside = any(start <= found.start < end for start, end in hidden)
            if not inside and (self.date is None or len(found.value) > 4 or len(self.date) == 4):
                self.date = found.interval

    def is_prose(self, named: tuple[Name, ...]) -> bool:
        """Tell whether what follows the title is a sentence: “"They were shot," a diplomat reported”."""
        for words in self.loose:
            if _SENTENCE.search(words) or (
                not named
                and words[:1].islower()
                and " " in words
                and not _GENRE.search(words)
                and not _LOWER_DETAIL.match(words)
            ):
                return True
        return False

    def kind_of(self, title_kind: str, title: str, has_creators: bool) -> tuple[Kind, Container | None]:
        """Say what sort of citation the details make it, and what contains it."""
        container = self._container()
        if title_kind == "quoted":
            if self.in_container or self.edited_container:
                return Kind.CHAPTER, attrs.evolve(container, kind="book") if container is not None else None
            if container is not None:
                return self._part(container)
            return (Kind.FULL if self.date or self.housed or self.url or self.genre else Kind.SHORT), None
        if self.in_container and container is not None:
            return Kind.CHAPTER, attrs.evolve(container, kind="book")
        if self.housed or self.url or (self.date is not None and (has_creators or title_kind == "title")):
            if (
                not has_creators
                and not self.housed
                and self.date is not None
                and _SEASON_OR_MONTH.match(self.date)
            ):
                # “*Nodong shinmun*, 9 April 1955”: a newspaper by its day.
                return Kind.OTHER, Container(title, kind="article-newspaper")
            return Kind.FULL, None
        return Kind.SHORT, None

    def _part(self, container: Container) -> tuple[Kind, Container]:
        """Tell articles from chapters whose “in” was left out: these have a publisher and no number."""
        if (
            self.housed
            and self.place is not None
            and not self.numbered
            and container.volume is None
            and container.issue is None
        ):
            return Kind.CHAPTER, attrs.evolve(container, kind="book")
        if self.numbered or container.volume or container.issue:
            return Kind.FULL, attrs.evolve(container, kind="article-journal")
        if self.url and not self.housed and not self.marked_container:
            return Kind.FULL, attrs.evolve(container, kind="webpage")
        if self.date is not None:
            by_day = len(self.date) >= 10 and "/" not in self.date
            return Kind.FULL, attrs.evolve(
                container, kind="article-newspaper" if by_day else "article-journal"
            )
        return (Kind.FULL if self.url else Kind.SHORT), container

    def _container(self) -> Container | None:
        if not self.containers:
            return None
        container = self.containers[0]
        editors = container.creators or (self.editors if self.in_container else ())
        title, volume, issue = container.title, self.volume, self.issue
        number = _NUMBER_IN_TITLE.search(title)
        if number is not None and not self.in_container and volume is None:
            # “*Cold War International History Project Bulletin 14/15*”: the italics took the number in.
            title = title[: number.start()].rstrip(" ,")
            if "/" in number.group(1):
                issue = number.group(1)
            else:
                volume = number.group(1)
        return Container(title, editors, volume, issue)


_NUMBER_IN_TITLE = re.compile(r"[\s,]+(\d{1,3}(?:\s?[/–-]\s?\d{1,3})?)$")


def _last_date(text: str) -> FoundDate | None:
    last = None
    for found in find_dates(text):
        if last is None or len(found.value) > 4 or len(last.value) == 4:
            last = found
    return last
