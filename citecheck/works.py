"""Finds and reads the works that notes cite.

Marks and numbers say where to look: a citation ends with a list of pages, with an imprint, or with
the clause. What stands before the pages is a citation if the grammar of notes reads all of it, and
the pages are pages if the grammar of locators does. The rest of the clause is the author's comment.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from citecheck.citations import (
    CrossReference,
    IbidReference,
    Kind,
    Locator,
    OtherReference,
    Reference,
    WorkReference,
)
from citecheck.creators import CREATORS_PATTERN, UPPER, read_creators, short_name_pattern
from citecheck.dates import find_date
from citecheck.found import Found as Found
from citecheck.inline import find_inline as find_inline
from citecheck.keys import read_keys
from citecheck.locators import label_pattern, places_pattern, read_locators, shift
from citecheck.marks import find_marked
from citecheck.mentions import find_sources_of_others
from citecheck.published import Head, read_head
from citecheck.segmenting import Clause


def read_clause(text: str, clause: Clause) -> list[Found]:
    """Return the citations of works in one clause of a note, in order; prose gives none.

    A clause in which *ibid.* is followed by the levels of an archive is left alone.
    """
    words = text[clause.start : clause.end]
    if not _MAY_CITE.search(words):
        return []
    found = []
    for start, end, reference, signal in _read(words, clause.signal is not None):
        if start == 0 and signal is None:
            signal = clause.signal
        found.append(Found(clause.start + start, clause.start + end, reference, signal))
    return found


def unread(text: str, clause: Clause) -> bool:
    """Tell whether a clause that gave no citation clearly cites something all the same."""
    words = text[clause.start : clause.end]
    if len(words) > 600 or _read(words, clause.signal is not None):
        return False
    return _CLEARLY_CITES.search(words) is not None


# Without a figure, a title or a word of repetition there is nothing to look for.
_MAY_CITE = re.compile(
    r"[\d*“”\"„«‘'@\\]|(?:^|[\s(])(?:[Ii]bid|[Ii]dem|[Ll]oc\.|[Oo]p\.|[Тт]ам\s(?:же|само)|[Ee]bd|[Ee]benda|[Uu]o\.|[Tt]amże|[Tt]amt|[Uu]gyanott|[Уу]каз|[Ee]-?mail|[Ii]nterview|cite[sd]\s)"
)
_CLEARLY_CITES = re.compile(
    r"\bpp?\.\s?\d|[\s(][Сс]{1,2}\.\s?\d|\b[Ss]\.\s\d|\((?:[^()]{2,60}:\s)[^()]{2,80},?\s(?:1[5-9]|20)\d\d\)|[\"”*]\)?,\s\d{1,4}(?:[–-]\d{1,4})?(?:,|\.?$)|\d{4}\):\s?\d"
)

_Reading = tuple[int, int, Reference, str | None]


@lru_cache(maxsize=1 << 15)
def _read(words: str, signalled: bool) -> tuple[_Reading, ...]:
    """Read the words of a clause; ``signalled`` says that a signal such as “see” leads it in."""
    marked = find_marked(words)
    parts = _inner_signals(words, marked)
    readings: list[_Reading] = []
    for start, end, signal in parts:
        readings += _read_part(words, start, end, marked, signalled if start == 0 else True, signal)
    return tuple(readings or _others(words))


# Signals inside a sentence; unlike those that open a clause they must be followed by what may be a citation.
_INNER_SIGNAL = re.compile(
    rf"(?:(?<=[\s(\[—–])|^)(?P<signal>(?:but\s|and\s)?see(?:\s+also)?(?:,?\s+(?:among\s+others|for\s+(?:example|instance)|e\.g\.|especially|in\s+particular|generally|inter\s+alia),?)?"
    r"|(?:as\s+|also\s+)?(?:cited|quoted|reprinted|reproduced|summarized|discussed)\s+(?:in|by|from|after)|citing|quoting|cf\.(?:\s+also)?|compare"
    r"|vgl\.(?:\s+auch)?|siehe(?:\s+auch)?|s\.\s+auch|zit\.\s+nach|(?:цит\.\s+)?по:|цит\.\s+по|см\.(?:\s+также)?|ср\.|lásd(?:\s+még)?|idézi|vö\.|voir(?:\s+aussi)?|zob\.(?:\s+też)?|cyt\.\s+za"
    rf")[;:,]?\s+(?=[{UPPER}*“\"„«‘'\[]|ibid|idem|note\s\d|n\.\s\d|(?:the|a)\s[\w\s]{{0,30}}in\s[{UPPER}*]|(?:van|von|de|du|di|le|la)\s[{UPPER}])",
)


def _inner_signals(words: str, marked: list[tuple[int, int]]) -> list[tuple[int, int, str | None]]:
    """Divide a clause before the signals inside it: “Charter of the KWP, Article 11, cited in Yang, *Systems*, 12”."""
    parts: list[tuple[int, int, str | None]] = []
    begin, signal = 0, None
    for match in _INNER_SIGNAL.finditer(words):
        if any(start < match.start() < end for start, end in marked):
            continue
        if match.start("signal") > begin:
            parts.append((begin, match.start("signal"), signal))
        begin, signal = match.end(), re.sub(r"\s+", " ", match.group("signal")).lower()
    parts.append((begin, len(words), signal))
    return parts


def _read_part(
    words: str, start: int, end: int, marked: list[tuple[int, int]], signalled: bool, signal: str | None
) -> Iterator[_Reading]:
    """Read a part of a clause: one citation that fills it, or citations among comments."""
    while end > start and (words[end - 1] in " \t\n,;(—–" or _closes_nothing(words, start, end)):
        end -= 1
    start = _skip(words, start, end)
    inside = [(left, right) for left, right in marked if left >= start and right <= end]
    web = _WEB.search(words, start, end) if _ADDRESS.search(words, start, end) else None
    if web is not None and not words[web.end() : end].strip(" .,"):
        for reading in _read_part(words, start, web.start(), marked, True, signal):
            yield _add_address(reading, web, web.start())
        return
    if not _JOINED.search(_hide(words, inside, start, end)):
        whole = _read_whole(words, start, end, inside, signalled)
        if whole is not None:
            yield (*whole, signal)
            return
    for number, reading in enumerate(_read_pieces(words, start, end, inside, signalled)):
        yield (*reading, signal if number == 0 else None)


def _others(words: str) -> Iterator[_Reading]:
    for each in find_sources_of_others(words, 0, len(words)):
        yield each.start, each.end, each.reference, each.signal


def _closes_nothing(words: str, start: int, end: int) -> bool:
    """Tell whether a part ends with a bracket that opened before it, as in “(see Lankov, *Crisis*, 45)”."""
    stop = end - (words[end - 1] == ".")
    if stop <= start or words[stop - 1] != ")":
        return False
    return words.count("(", start, stop) < words.count(")", start, stop) and ": " not in words[stop:end]


_ADDRESS = re.compile(r"https?:|www\.|doi:|DOI")
# An address behind the pages, with the day on which it was seen; or the database that it was read in.
_WEB = re.compile(
    r"[,.;]?\s+(?:(?:accessed|last\s\w+|retrieved|consulted|available\sat:?|online:?|URL:?|Режим\sдоступа:?)\s[^,;<>]{0,40}?(?:,\s\d{4})?,?\s?)?"
    r"<?(?P<url>(?:https?://|www\.|doi:\s?10\.|DOI:?\s?10\.)[^\s<>]+[^\s<>.,;)])>?\.?"
    r"(?:,?\s[(\[](?:[^()\[\]]{3,80})[)\]](?:\s\([^()]{3,40}\))?|,?\s(?:accessed|last\s\w+|retrieved)\s(?:on\s)?[^;]{4,30})?(?=[.,]?$)"
)


def _add_address(reading: _Reading, web: re.Match[str], stop: int) -> _Reading:
    """Give the citation right before a web address that address."""
    start, end, reference, signal = reading
    if not isinstance(reference, WorkReference) or stop - end > 2:
        return reading
    kind = Kind.FULL if reference.kind is Kind.SHORT else reference.kind
    return start, web.end() - (web.group()[-1] == "."), attrs.evolve(reference, kind=kind, url=web.group("url")), signal


_JOINED = re.compile(rf"\d[fn.]{{0,2}},?\s(?:and|und|et|и|та|és|sowie|as\swell\sas)\s(?:in\s)?(?=[{UPPER}\x00])")


def _hide(words: str, marked: list[tuple[int, int]], start: int, end: int) -> str:
    """Return the words with what quotation marks or italics set apart blotted out, for scans that must not look inside."""
    if not marked:
        return words[start:end]
    parts = []
    at = start
    for left, right in marked:
        parts += [words[at:left], "\x00" * (right - left)]
        at = right
    parts.append(words[at:end])
    return "".join(parts)


def _skip(words: str, start: int, end: int) -> int:
    while start < end and words[start] in " \t\n,;:.)]—–":
        start += 1
    return start


# ---- a citation that fills the clause


def _read_whole(
    words: str, start: int, end: int, marked: list[tuple[int, int]], signalled: bool
) -> tuple[int, int, Reference] | None:
    """Read ``words[start:end]`` as one citation, its closing pages included."""
    stop = end
    while stop > start and words[stop - 1] in " .;,":
        stop -= 1
    cited = _CITED_PAGES.search(words, start, stop) if words[stop - 1 : stop] == ")" else None
    if cited is not None:
        reading = _read_whole(words, start, cited.start(), marked, signalled)
        pages = read_locators(cited.group("list"))
        if reading is not None and pages and isinstance(reading[2], WorkReference):
            # MHRA gives all pages of an article, then the ones that are meant: “115–35 (pp. 118–19)”.
            moved = shift(pages, cited.start("list") - start)
            return start, stop, attrs.evolve(reading[2], locators=moved)
    for head_end, list_start, list_end in _closing_lists(words, start, stop, marked):
        locators = read_locators(words[list_start:list_end])
        if not locators or any(locator.label == "issue" for locator in locators):
            # An issue is no place inside a work: a shorter list may begin after it.
            continue
        if _is_year_first(words, locators, list_start, marked):
            continue
        reading = _combine(words, start, head_end, list_end, shift(locators, list_start - start), signalled)
        if reading is not None:
            return reading
    special = _read_special(words, start, stop)
    if special is not None:
        return special
    return _combine(words, start, stop, stop, (), signalled)


_CITED_PAGES = re.compile(r"\s?\((?P<list>(?:pp?\.|S\.|с\.)\s?[^()]{1,40})\)$")


def _closing_lists(
    words: str, start: int, end: int, marked: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield where lists of places that close ``words[start:end]`` may begin, the longest list first.

    Each is the end of what stands before the list, and the range of the list itself.
    """
    at = marked[-1][1] if marked else start
    pattern = places_pattern()
    late: list[tuple[int, int, int]] = []
    while at < end:
        match = pattern.search(words, at, end)
        if match is None:
            break
        if match.end() == end:
            candidate = (match.start(), match.start("list"), match.end())
            if words[match.start() : match.start("list")].strip() or label_pattern().match(words, match.start("list")):
                yield candidate
            elif words[match.start() - 1 : match.start()] in _CLOSING_MARKS:
                yield candidate
            elif words[match.start() - 1 : match.start()] == "*":
                # “*Title* 45”: the comma is missing, unless the number belongs to the title.
                late.append(candidate)
        at = match.start() + 1
    yield from late


_CLOSING_MARKS = frozenset("”\"»“’)].")


def _is_year_first(
    words: str, locators: tuple[Locator, ...], list_start: int, marked: list[tuple[int, int]]
) -> bool:
    """Tell whether a list begins with a year that belongs to what stands before it.

    “…, 1956, 19” is page 19: no list of pages goes from 1956 down to 19. A single number that may be a
    year is one: “*Pravda*, 1956”.
    """
    first = locators[0]
    if first.label != "page" or first.written_label or not _YEAR.fullmatch(first.start):
        return False
    if len(locators) > 1:
        second = locators[1]
        return second.label == "volume" or (second.start.isdigit() and int(second.start) < int(first.start))
    if first.end is None:
        # An article's page may well be 1851; a work on our subjects is seldom older than 1900.
        quoted = words[: list_start].rstrip(" ")[-1:] in ("”", '"', "»", "’")
        return words[max(0, list_start - 2) : list_start].strip() != ":" and not (quoted and first.start < "1900")
    return _YEAR.fullmatch(first.end) is not None and not marked


_YEAR = re.compile(r"1[5-9]\d\d|20[0-3]\d")


def _combine(
    words: str, start: int, head_end: int, end: int, locators: tuple[Locator, ...], signalled: bool
) -> tuple[int, int, Reference] | None:
    """Put a head and its pages together, if the head is one and the two make a citation."""
    written = words[start:head_end].rstrip(" ,")
    if len(written) < 2 or len(written) > 1200:
        return None
    head = read_head(written)
    if head is None:
        return None
    if locators and not head.marked and words[head_end : head_end + 1] == ":" and not locators[0].written_label:
        # “Members of the Committee: 1. Kim …” counts; only a place of publication or a title in marks stands before pages so.
        return None
    reference = _accept(head, locators, signalled)
    if reference is None:
        return None
    if isinstance(reference, IbidReference):
        # The full stop of “Ibid.” belongs to it.
        stop = start + len(written)
        if words[stop : stop + 1] == ".":
            reference = attrs.evolve(reference, form=reference.form + ".")
            return start, end if locators else stop + 1, reference
    return start, end if locators else start + len(written), reference


_NAMES_ONLY = re.compile(rf"(?!(?:In|On|At|By|From|The|Total|Section|Chapter|Part|Table|Note|Notes|See)\b)(?![A-Z]{{3,}}){short_name_pattern(2)}(?:(?:,\s{short_name_pattern(2)}){{0,4}},?\s(?:and|&|und|et|és|и)\s{short_name_pattern(2)})?(?:\set\sal\.?)?")
_ARCHIVAL = frozenset(("folio", "line"))


def _accept(head: Head, locators: tuple[Locator, ...], signalled: bool) -> Reference | None:
    """Return the reference that a head and the places after it make, or None where they are no citation."""
    reference = head.reference
    if isinstance(reference, IbidReference):
        if any(locator.label in _ARCHIVAL for locator in locators):
            return None
        return attrs.evolve(reference, locators=locators)
    if isinstance(reference, CrossReference):
        return attrs.evolve(reference, locators=locators)
    if not isinstance(reference, WorkReference):
        return reference
    kind = reference.kind
    if not head.marked and not (locators and reference.creators) and not (head.published and reference.creators):
        labelled = bool(locators) and all(locator.written_label for locator in locators)
        if locators and not head.published and reference.container is None and _NAMES_ONLY.fullmatch(reference.title or ""):
            # “McArthur, p. 62”: the author's only work, or the one just cited.
            named = read_creators(reference.title or "")
            return attrs.evolve(reference, creators=named, title=None, locators=locators, creators_span=reference.title_span, title_span=None)
        if not (labelled or (locators and signalled) or head.published):
            return None
        if labelled and all(locator.label != "page" for locator in locators) and not head.published:
            # “Charter of the KWP, Chapter II, Article 11”: no book, and no page of one.
            kind = Kind.OTHER
    elif head.marked and not (locators or head.published or reference.creators or signalled):
        return None
    return _with_locators(reference, kind, locators)


def _with_locators(reference: WorkReference, kind: Kind, locators: tuple[Locator, ...]) -> WorkReference:
    if not locators and kind is reference.kind:
        return reference
    return attrs.evolve(reference, kind=kind, locators=locators)


# ---- citations that are no works: letters, interviews, keys of a bibliography program

_PERSONAL = re.compile(
    rf"(?P<who>[{UPPER}][^,;()]{{1,60}}?),\s(?P<what>(?:personal\s)?(?:e-?mail|letter|communication|correspondence|conversation|interview|telephone\s\w+|text\smessage|direct\smessage|Facebook\s\w+)"
    rf"(?:\s(?:message|interview|communication|correspondence))?(?:\s(?:to|with|by|from)\s[^,;()]{{2,60}})?)(?:,\s(?P<rest>[^;]{{4,60}}))?"
    rf"|(?:[Aa]uthor[’']s\s)?(?P<kind>[Ii]nterview|[Cc]onversation|[Pp]ersonal\scommunication|[Ee]-?mail|[Ll]etter)\s(?:with|by|from)\s(?P<other>(?:the\sauthor|[{UPPER}][^,;()]{{2,60}}?))(?:,\s(?P<more>[^;]{{4,80}}))?"
)
def _read_special(words: str, start: int, end: int) -> tuple[int, int, Reference] | None:
    """Read letters, e-mails and interviews: “Lee Chong-sik, email to author, 20 July 2006”."""
    match = _PERSONAL.fullmatch(words, start, end)
    if match is None:
        return None
    date = find_date(words, start, end)
    who = match.group("who")
    if who is not None:
        if date is None and match.group("rest") is not None:
            return None
        creators, description = read_creators(who), match.group("what")
    else:
        creators = read_creators(match.group("other")) if match.group("other") != "the author" else ()
        description = words[match.start() : match.end("other")]
    if date is None and who is None and match.group("more") is not None:
        return None
    return start, end, OtherReference(creators, description, date.interval if date is not None else None)


# ---- citations among comments


def _read_pieces(
    words: str, start: int, end: int, marked: list[tuple[int, int]], signalled: bool
) -> Iterator[tuple[int, int, Reference]]:
    """Find citations inside a clause that is more than one citation."""
    keys = read_keys(words, start, end) if "@" in words or "\\" in words else []
    if keys:
        yield from keys
        return
    at = start
    for head_end, list_start, list_end in _closings(words, start, end, marked):
        if head_end < at or list_start < at:
            continue
        locators: tuple[Locator, ...] = ()
        if list_end > list_start:
            read = read_locators(words[list_start:list_end])
            if not read or _is_year_first(words, read, list_start, marked):
                continue
            locators = read
        inside = [(left, right) for left, right in marked if left >= at and right <= head_end]
        for begin in _starts(words, at, head_end, inside):
            moved = shift(locators, list_start - begin)
            reading = _combine(words, begin, head_end, list_end, moved, signalled and begin == start)
            if reading is not None and _is_sound(reading[2], locators, begin == start and head_end != at):
                yield reading
                at = list_end
                break


def _is_sound(reference: Reference, locators: tuple[Locator, ...], at_start: bool) -> bool:
    """Tell whether a citation found amid words is one: there, a title without marks is mere words."""
    match reference:
        case WorkReference():
            if reference.title is None:
                return bool(reference.creators)
            return bool(reference.creators) and (bool(locators) or reference.kind is not Kind.SHORT)
        case IbidReference():
            return True
        case _:
            return isinstance(reference, CrossReference) and at_start


# Pages are followed by punctuation or by “and”; “23–29 April” are none.
_AFTER_PAGES = re.compile(r"\s*(?:[,.;:)\]—–]|$|\(|(?:and|und|et|и|та|és)\s)")
_IMPRINT_END = re.compile(r"\((?:[^()]|\([^()]*\)){3,160}?(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?[a-z]?\)")


def _closings(
    words: str, start: int, end: int, marked: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the places where a citation may end, in order: after a list of pages, after an imprint.

    Each is the end of what stands before the list, and the range of the list, empty after an imprint.
    """
    found: list[tuple[int, int, int]] = []
    hidden = _hide(words, marked, start, end)
    pattern = places_pattern()
    taken = 0
    for match in pattern.finditer(hidden):
        gap = hidden[match.start() : match.start("list")]
        before = hidden[match.start() - 1 : match.start()]
        if gap.strip() or before in ("\x00", ")") or label_pattern().match(hidden, match.start("list")):
            if _AFTER_PAGES.match(hidden, match.end()):
                found.append((start + match.start(), start + match.start("list"), start + match.end()))
    listed = {closing[0] for closing in found}
    for match in _IMPRINT_END.finditer(hidden):
        if start + match.end() not in listed:
            found.append((start + match.end(), start + match.end(), start + match.end()))
    for match in _IBID.finditer(hidden):
        found.append((start + match.end(), start + match.end(), start + match.end()))
    found.sort(key=lambda closing: (closing[2] if closing[2] > closing[1] else closing[2] + 0.5, closing[0]))
    for closing in found:
        if closing[0] >= taken:
            yield closing


_IBID = re.compile(r"\b(?:[Ii]bid\.?|[Тт]ам\sже|[Тт]ам\sсамо|[Ee]bd\.|[Ee]benda|[Tt]amże|[Uu]o\.)(?![\w.])")
_CREATORS = re.compile(CREATORS_PATTERN)
_WORD_START = re.compile(rf"(?:^|(?<=[\s(\[—–]))(?=[{UPPER}])")


def _starts(words: str, start: int, end: int, marked: list[tuple[int, int]]) -> Iterator[int]:
    """Yield where a citation that ends at ``end`` may begin: where the text does, or with the names before a title."""
    begin = _skip(words, start, end)
    yield begin
    for title_start, _ in marked[:4]:
        left = max(begin, title_start - 160)
        tries = 0
        for match in _WORD_START.finditer(words, left, title_start):
            tries += 1
            named = _CREATORS.match(words, match.start())
            if named is not None and words[named.end() : title_start].strip(" ,.:") == "" and named.end() <= title_start:
                yield match.start()
                break
            if tries > 30:
                break
    for match in _IBID.finditer(words, start, end):
        yield match.start()
