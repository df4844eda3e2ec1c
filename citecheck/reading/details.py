"""Reads what follows a title: containers, volumes, imprints, dates, and what sort of citation they make."""

import re
from collections.abc import Sequence

import attrs

from citecheck.citations import Container, Kind, Name
from citecheck.parsing import Token, Tree
from citecheck.reading.creators import is_newspaper, read_creators
from citecheck.reading.dates import FoundDate, find_dates
from citecheck.reading.reprints import part_first_printing
from citecheck.reading.trees import clean_title, names_of, span_of, title_span_of, tokens_of, words_of

_GENRE = re.compile(
    r"\b(?:(?:unpublished\s)?(?:Ph\.?\s?D\.?|D\.\s?Phil\.?|doctoral|master[’']?s?|M\.?\s?A\.?"
    r"|M\.\s?Phil\.?|B\.?\s?A\.?|honors|candidate)[’']?s?\s(?:diss(?:ertation|\.)?|thesis)"
    r"|(?:diss(?:ertation|\.)|thesis|Dissertation|Diss\.)(?!\w)|unpublished\s(?:manuscript|paper|ms\.?)"
    r"|unpubl\.|(?:working|occasional|discussion)\spaper"
    r"|(?:conference\s)?paper\s(?:presented|delivered|given|read)\s(?:at|to)\b.*|автореферат|дис(?:с|\.).*"
    r"|канд\.\s?дис.*|kandidátusi\sértekezés|kézirat|manuscript)",
    re.IGNORECASE,
)
_UNDATED = re.compile(r"(?<=\w),?\s(?:o\.\s?J\.?|n\.\s?d\.?|s\.\s?d\.?|б\.\s?г\.?)$")
SEEN_WORDS = "accessed|retrieved|visited|consulted|viewed"
"""What stands before the day on which a source was looked at, as a regular expression."""
_SEEN = re.compile(rf"(?:{SEEN_WORDS}|обращения)(?:\son)?:?\s$")
_SERIES = re.compile(r"(?:working|occasional|discussion)\spaper", re.IGNORECASE)
_NUMBER_WORD = re.compile(r",?\s(?:[Nn]o|[Nn]r|[Nn]umber)\.?$")
_EDITION = re.compile(
    r"(?P<edition>(?:\d{1,2}(?:st|nd|rd|th|\.)|rev(?:ised|\.)|new)\s(?:edn?\.?|edition|Aufl\.))(?:,\s|$)"
)
_PUBLISHER = re.compile(
    r"\b(?:Press|Univ|Publish|Verlag|Books|Kiadó|Company|& Co|Editions?|Éditions|House|изд|Изд|Наука"
    r"|Wydawn|Nakladat|Editura|Ltd|Inc)"
)
# Words that make a sentence of what follows a title.
_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|been|that|which|who|whom|did|does|would|could|should|will|can|may"
    r"|might|must|took|made|went|came|began|became|gave|led|kept|not|also|this|these|those|their|its|it"
    r"|reported"
    r"|said|says|told|claimed|stated|argued|argues|"
    r"noted|notes|wrote|writes|added|because|although|but|he|she|they|we|его|был[аио]?|который|которая"
    r"|wurde|wurden|hat|hatte|dass|volt|hogy|amely)\b"
)
_LOWER_DETAIL = re.compile(
    r"(?:special|unpublished|typescript|manuscript|accessed|last|retrieved|forthcoming|dir\.|directed"
    r"|prod\.|aired|n\.d|in\s(?:press|possession)|s\.|updated|modified|posted|pt\.|дата|перевод|от|vom)"
)
_YEARS = re.compile(r"\d{4}/\d{4}")

_SPAN_OF_YEARS = re.compile(r"1\d{3}\s?[–-]\s?(?:1\d{3}|20\d\d|\d\d)")
_LATER_YEAR = re.compile(r"[\s,(](?:1[5-9]|20)\d\d(?!\d)")
_SEASON_OR_MONTH = re.compile(r"\d{4}-\d{2}")


def is_sentence(words: str) -> bool:
    """Tell whether words hold a verb or a pronoun, as a sentence does and a title seldom."""
    return _SENTENCE.search(words) is not None


@attrs.define
class Details:
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
    original_date: str | None = None
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    housed: bool = False
    """Whether a publisher or a place of publication is named."""
    in_volumes: bool = False
    """Whether the number of the work's volumes is told, so that it may have taken years to appear."""
    overrun: bool = False
    """Whether pages stand among the details."""
    loose: tuple[str, ...] = ()
    """Words between commas that are none of the things that have a form."""

    @classmethod
    def read(cls, text: str, parts: Sequence[Tree], after: int, *, in_periodical: bool) -> "Details":
        """Gather what the parts behind a title say.

        Args:
            text: the citation without its closing pages.
            parts: the parts that the grammar tells apart, in order.
            after: where the title ends.
            in_periodical: whether the title is in quotation marks, so that a periodical may follow.
        """
        details = cls(text)
        loose: list[Tree] = []
        for place, part in enumerate(parts):
            if part.data == "number" and _is_page(parts, place, in_periodical=in_periodical):
                details.overrun = True
            if not details._read_part(part):
                loose.append(part)
        if loose:
            details.loose = tuple(words_of(part).strip() for part in loose)
            details._read_loose(loose, in_periodical=in_periodical)
        if details.date is None:
            details._find_date(after, parts)
        return details

    def _read_part(self, part: Tree) -> bool:
        """Read a part by its kind; False for words that have no form of their own."""
        match part.data:
            case "container":
                self._read_container(part)
            case "periodical":
                self.containers.append(Container(clean_title(words_of(part)), kind="article-journal"))
            case "imprint":
                self._read_imprint(part)
            case "volume":
                self._read_volume(part)
            case "issue":
                self.issue = str(list(tokens_of(part))[-1])
                self.numbered = True
            case "number":
                self._read_number(part)
            case "edition":
                self.edition = words_of(part)
            case "contribution":
                self._read_contribution(part)
            case "url":
                self.url = words_of(part).strip("<>")
            case "date":
                return self._read_date(part)
            case "text":
                return False
        return True

    def _read_container(self, part: Tree) -> None:
        named: tuple[Name, ...] = ()
        title = None
        for child in part.children:
            if isinstance(child, Token):
                if child.type == "IN":
                    self.in_container = True
                elif child.type in ("EDITORS", "CONTAINER_CREATORS"):
                    named = read_creators(str(child))
                    self.edited_container = True
                elif child.type in ("QUOTED", "CONTAINER_TITLE"):
                    title = clean_title(str(child))
            elif child.data == "container_creators":
                named = names_of(child)
            else:
                start, end = title_span_of(self.text, child)
                title = clean_title(self.text[start:end])
                self.marked_container = True
        if title is None and not named:
            return
        self.containers.append(Container(title or "", named))

    def _read_volume(self, part: Tree) -> None:
        tokens = list(tokens_of(part))
        if tokens[0].type == "VOLUMES":
            self.in_volumes = True
            return
        value = str(tokens[-1])
        self.volume = value if tokens[0].type == "VOLUME_LABEL" or self.volume is None else self.volume
        self.numbered = True

    def _read_number(self, part: Tree) -> None:
        value, point, issue = words_of(part).partition(".")
        if point:
            self.volume, self.issue = value, issue
        elif self.volume is None and "/" not in value:
            self.volume = value
        else:
            self.issue = value
        self.numbered = True

    def _read_date(self, part: Tree) -> bool:
        """Read a date with a month; what only has the look of one is left."""
        start, end = span_of(part)
        # A range may go on behind the part: “Winter 2002-spring 2003”.
        found = next(find_dates(self.text, start), None)
        if found is None or found.start > start or found.end < end:
            return False
        self.date = found.interval
        return True

    def _read_contribution(self, part: Tree) -> None:
        role, names = list(tokens_of(part))
        people = read_creators(str(names))
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

    def _read_imprint(self, part: Tree) -> None:
        """Read “(Place: Publisher, Year)”, “(Dec. 1995)”, “(PhD diss., University, 2007)”, “(4)”."""
        start, end = span_of(part)
        inside = self.text[start + 1 : end - 1]
        if inside.startswith("=") or (self.text[start] == "[" and _last_date(inside) is None):
            # A series, “(= Trierer Beiträge, Bd. 14)”; the title in translation: “*Kita Chōsen* [North Korea: …]”.
            return
        if _SPAN_OF_YEARS.fullmatch(inside) and _LATER_YEAR.search(self.text, end) is not None:
            # What the book is about: “Aemulatio. Kulturen des Wettstreits (1450–1620), Berlin 2011”.
            return
        if inside.strip().isdigit() and len(inside.strip()) <= 3:
            self.issue = inside.strip()
            self.numbered = True
            return
        inside, self.original_date = part_first_printing(inside)
        first, _, _ = inside.partition(";")
        if _last_date(first) is not None:
            # “1932–40; repr. 1986”: what follows is another printing.
            inside = first
        date = _last_date(inside)
        words, behind = inside, ""
        if date is not None:
            self.date = self.date or date.interval
            words, behind = inside[: date.start].strip(), inside[date.end :]
        words, behind = self._without_edition(words), self._without_edition(behind)
        if not words or _GENRE.search(words) is not None:
            # “(PhD diss., 2007, University of London)”. Elsewhere nothing that stands behind the year is a house.
            words = f"{words} {behind}"
        self._read_house(words.split(";")[0])

    def _without_edition(self, words: str) -> str:
        """Read an edition, MHRA's “(2nd edn, Cambridge, 1957)”, and return the words around it."""
        edition = _EDITION.search(words)
        if edition is None:
            return words
        self.edition = edition.group("edition")
        return words[: edition.start()] + words[edition.end() :]

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
        before, colon, behind = (word.strip(" ,;") for word in words.partition(":"))
        behind = behind.rstrip(".")
        if colon:
            # A slip that happens: “(University of Hawaii Press: 1999)”.
            is_house = not behind and _PUBLISHER.search(before) is not None
            self.place, self.publisher = (None, before) if is_house else (before or None, behind or None)
        elif before and _PUBLISHER.search(before):
            self.publisher = before
        elif before and self.date is not None and len(before) < 60:
            self.place = before
        self.housed = self.housed or bool(self.place or self.publisher)

    def _read_loose(self, loose: Sequence[Tree], *, in_periodical: bool) -> None:
        """Read words between commas: an unmarked journal, place and publisher without brackets, a genre."""
        first = words_of(loose[0]).strip()
        is_date = any(True for _ in find_dates(first))
        genre = _GENRE.search(first)
        if in_periodical and not self.containers and first[:1].isupper() and not is_date:
            if genre is None:
                self.containers.append(Container(clean_title(first)))
                loose = loose[1:]
            elif _SERIES.search(genre.group()):
                # “Cold War International History Project Working Paper No. 39” is a series with its number.
                title = _NUMBER_WORD.sub("", clean_title(first))
                self.containers.append(Container(title, kind="report"))
        elif not self.containers and is_newspaper(first):
            # “Gorky, To All Honest People, Pravda, 23 July 1921”
            self.containers.append(Container(clean_title(first)))
            loose = loose[1:]
        if not loose:
            return
        start, end = span_of(loose[0])[0], span_of(loose[-1])[1]
        region = self.text[start:end]
        date = _last_date(region)
        if (
            date is not None
            and region[date.end :].strip(" .,") == ""
            and len(date.value) == 4
            and self.date is None
            and (self.in_volumes or not _YEARS.fullmatch(date.interval))
        ):
            before = region[: date.start].strip(" ,.;")
            if before and (not self.containers or (self.in_container and "," not in before)):
                self.date = date.interval
                place, comma, publisher = before.partition(", ")
                if (
                    region[: date.start].endswith(", ")
                    and comma
                    and ":" not in before
                    and ", " not in publisher
                ):
                    # French: “Paris, Armand Colin, 1949”.
                    before = f"{place}: {publisher}"
                self._read_house(before)
                return
        elif date is None and not self.containers and (undated := _UNDATED.search(region)) is not None:
            # “Köln o. J.”: a place without a year.
            self.place = region[: undated.start()].strip(" ,.;") or None
            self.housed = self.place is not None
            return
        elif date is None and ": " in region and not self.containers and not in_periodical:
            # Harvard: “London: Hurst”, the year stands behind the names.
            self._read_house(region)
            return
        genre = _GENRE.search(region)
        if genre is not None:
            self.genre = genre.group().strip()

    def _find_date(self, after: int, parts: Sequence[Tree]) -> None:
        """Look for a date in what follows the title, outside containers and addresses."""
        hidden = [span_of(part) for part in parts if part.data in ("container", "review", "url")]
        for found in find_dates(self.text, after):
            inside = any(start <= found.start < end for start, end in hidden)
            if _SEEN.search(self.text, max(0, found.start - 16), found.start):
                # The day on which a web page was looked at dates nothing.
                continue
            if _YEARS.fullmatch(found.interval) and self.text[found.start - 2 : found.start] == ", ":
                # “vol. 2, The Great Leap Forward, 1958–1960”: what the book is about.
                continue
            if not inside and (self.date is None or len(found.value) > 4 or len(self.date) == 4):
                self.date = found.interval
        counted = _COUNTED_IN_YEAR.search(self.text, after) if self.date is None and self.issue else None
        if counted is not None:
            self.date = counted["year"]
        numbered = _NUMBER_IN_YEAR.fullmatch(self.issue) if self.date is None and self.issue else None
        if numbered is not None:
            self.issue, self.date = numbered["number"], numbered["year"]

    def is_prose(self, named: tuple[Name, ...]) -> bool:
        """Tell whether what follows the title is a sentence: “"They were shot," a diplomat reported”."""
        for words in self.loose:
            if is_sentence(words) or (
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
        if title_kind == "quoted" or (title_kind == "bare" and container is not None):
            if (self.in_container or self.edited_container) and not self._is_serial(container):
                return Kind.CHAPTER, attrs.evolve(container, kind="book") if container is not None else None
            if container is not None:
                return self._part(container)
            return (Kind.FULL if self.date or self.housed or self.url or self.genre else Kind.SHORT), None
        if self.in_container and container is not None and not self._is_serial(container):
            return Kind.CHAPTER, attrs.evolve(container, kind="book")
        if title_kind == "anonymous" and self.issue is not None and self.date is not None and not self.housed:
            # “Der Spiegel, Nr. 34/1963”
            return Kind.OTHER, Container(title, issue=self.issue, kind="article-newspaper")
        by_day = title_kind == "anonymous" and len(self.date or "") == 10
        dated = self.date is not None and (has_creators or title_kind == "title" or by_day)
        if self.housed or self.url or dated:
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

    def _is_serial(self, container: Container | None) -> bool:
        """Tell whether “in” leads to a periodical: “in: WeltTrends 2 (1994)”, “in: Neues Deutschland, 1.10.1959”."""
        if container is None or container.creators or self.housed or self.editors or self.date is None:
            return False
        return len(self.date) >= 10 or (self.numbered and _YEAR_ALONE.search(self.text) is not None)

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
        if container.kind == "report":
            return Kind.FULL, attrs.evolve(container, volume=None, issue=container.volume or container.issue)
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
        return Container(title, editors, volume, issue, container.kind)


def _is_page(parts: Sequence[Tree], place: int, *, in_periodical: bool) -> bool:
    """Tell whether a bare number is a page, at which the citation should have ended.

    After the title of a periodical it is a volume, before an imprint it counts a series.
    """
    following = parts[place + 1] if place + 1 < len(parts) else None
    if following is not None and following.data == "imprint" and _DATED.search(words_of(following)):
        return False
    return not in_periodical or any(part.data == "imprint" for part in parts[:place])


_YEAR_ALONE = re.compile(r"\s\((?:[^\W\d_]{3,10}\.?\s)?(?:1[89]|20)\d\d\)")
# French journals count their issues in the year: “n° 132, 2007/4”.
_COUNTED_IN_YEAR = re.compile(r",\s(?P<year>(?:1[89]|20)\d\d)/\d{1,2}(?=$|[,\s])")
# German magazines count their numbers in the year too: “Nr. 34/1963”.
_NUMBER_IN_YEAR = re.compile(r"(?P<number>\d{1,5})/(?P<year>(?:1[89]|20)\d\d)")
_DATED = re.compile(r"(?:1[4-9]|20)\d\d|:")
_NUMBER_IN_TITLE = re.compile(r"[\s,]+(\d{1,3}(?:\s?[/–-]\s?\d{1,3})?)$")


def _last_date(text: str) -> FoundDate | None:
    last = None
    for found in find_dates(text):
        if last is None or len(found.value) > 4 or len(last.value) == 4:
            last = found
    return last
