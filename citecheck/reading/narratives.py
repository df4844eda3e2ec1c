"""Reads references that are part of a sentence, with only the year in brackets: “Jones (2006:2) argues …”.

A name before a year is often no reference: Poland (1956), Kim Il Sung (1912–1994). It is one where pages
follow the year, where the name is a genitive, where the words around it speak of writing, or where the
bibliography lists a work of that name and year.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import Name, WorkReference
from citecheck.patterns import compiled
from citecheck.reading.brackets import build_inline, parse_inline
from citecheck.reading.creators import (
    AND_PATTERN,
    NAME_PATTERN,
    OTHERS_PATTERN,
    read_creators,
    short_name_pattern,
)
from citecheck.reading.found import Found
from citecheck.reading.listed import ListedWorks
from citecheck.reading.locators import shift

_NO_AUTHORS = frozenset(
    """january february march april may june july august september october november december spring summer
    autumn fall winter moscow pyongyang seoul beijing peking budapest warsaw prague berlin london paris
    washington bucharest sofia tirana hanoi tokyo vienna rome geneva belgrade kiev kyiv leningrad petrograd
    shanghai madrid lisbon athens ankara cairo delhi havana helsinki stockholm oslo bonn china korea japan
    russia hungary poland vietnam romania bulgaria albania germany france britain italy spain yugoslavia ussr
    usa dprk prc gdr rok drv circa ca born died founded established since until before after from in by about
    around approximately age aged year""".split()  # noqa: SIM905
)
"""Words in lower case that stand before a year and are no author's name."""
# Words with a capital at the beginning of a sentence, which a name does not begin with.
_NO_NAME = frozenset(
    """As In The A An And But For While When Since Although According See Cf Both Like Following After Before
    During On At By From With To Of That This These Those If Thus However Moreover It He She They We I
    What Who Which Where There Here Also Even Only Not No Or So Yet Then Now Once Until Because Though Whereas
    Despite Unlike Similarly Likewise Indeed Finally First Second Later Earlier Elsewhere""".split()  # noqa: SIM905
)
_REPORTS = re.compile(
    r"\s*,?\s*(?:has\s|have\s|also\s|even\s|rightly\s|further\s)?(?:argu|note|claim|stat|suggest|show|describ|point"
    r"|writ|wrote|contend|maintain|explain|conclud|observ|emphasi|find|found|discuss|report|assert|demonstrat|propos"
    r"|believ|hold|held|call|offer|provid|refer|examin|analy|see|saw|quot|cit|remark|add|trac|document|reveal|defin"
    r"|identif|read|mention|insist|warn|put|think|thought|estimat|criti)\w*\b"
)
_LEADS = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Ss]ee(?:\s+also)?|[Cc]f\.|[Aa]s|[Ff]ollowing|e\.g\.,?|[Bb]y|[Cc]ite[sd]?"
    r"|[Qq]uot(?:es|ed|ing)|[Ww]hile|[Ll]ike|[Bb]oth)\s$"
)
_DOCUMENTS = re.compile(
    r"(?:Speech|Report|Letter|Memorandum|Memoirs?|Notes|Diary|Testimony|Article|Essay|Manifesto|Interview"
    r"|Telegram|Речь|Письмо|Доклад)$",
    re.IGNORECASE,
)
_WORD = rf"[{UPPER}](?:[\w-]|[’'](?!s\s))*"
_TITLE = rf"[“\"‘*]?{_WORD}(?:\s(?:of|the|and|in|on|for|to|with|{_WORD})){{0,8}}[”\"’*]?"
# Three words at most: what stands before them may be the end of a heading.
_OTHERS = rf"(?:(?:,\s{NAME_PATTERN}){{0,4}},?\s{AND_PATTERN}\s{NAME_PATTERN})?{OTHERS_PATTERN}?"
PEOPLE_PATTERN = rf"{short_name_pattern(3)}{_OTHERS}"
"""A regular expression for one author or several in a sentence."""
_BEFORE_YEAR = compiled(
    rf"(?P<names>{PEOPLE_PATTERN})(?:\([a-z]\))?(?P<genitive>(?:[’']s|(?<=s)[’'])(?:\s{_TITLE})?)?\s?$"
)
# “Radchenko’s more recent account (2009)”: common words between, which name no title.
_ACCOUNT = compiled(rf"(?P<names>{PEOPLE_PATTERN})(?:[’']s|(?<=s)[’'])(?:\s[a-z][\w-]*){{1,5}}\s$")
# “of his Secret Speech (1956)”: the author is whom the sentence is about.
_PRONOUN = re.compile(rf"\b(?:his|her|their)\s(?P<title>{_TITLE})\s?$")
_SUBJECT = compiled(rf"(?:^|[.!?…][”’\"]?\s+)(?P<name>{NAME_PATTERN})(?=\s[a-z])")
_ENTRY = re.compile(
    rf"[{UPPER}][\w’'-]+,\s(?:[{UPPER}]\.\s?-?){{1,3}}(?:(?:,|\sand|\s&)\s[^.()]{{2,60}})?,?\s?$"
)
_ANY_NAME = re.compile(rf"[{UPPER}][\w-]*(?:[’'](?!s\b)\w+)*")
_SENTENCE_END = re.compile(rf"[^\W\d_][^\W\d_][.!?][’”\"]?\s+[{UPPER}‘“\"]")
# How far before the bracket a name or a title may begin, and a sentence its subject has.
_REACH = 140
_SENTENCE = 300


def read_narrative(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Yield the references that a bracket with a year, ``text[start:end]``, makes with what precedes it."""
    left = max(0, start - _REACH)
    if _ENTRY.search(text, left, start):
        # “Huntington, S. (1996) The Clash …” is an entry of a bibliography.
        return
    pronoun = _PRONOUN.search(text, left, start)
    if pronoun is not None:
        yield from _read_pronoun(text, pronoun, start, end)
        return
    match = _BEFORE_YEAR.search(text, left, start)
    if match is None:
        accounts = list(_read_account(text, left, start, end, listed))
        yield from accounts or _read_year_alone(text, start, end, listed)
        return
    begin = first_name(match)
    if begin is None:
        return
    tree = parse_inline(text[begin:end])
    cited = match.group("genitive") is not None
    for each in build_inline(tree, begin, end, listed) if tree is not None else ():
        if isinstance(each.reference, WorkReference) and each.reference.creators:
            # Of an author who is listed, another year is a slip or a work that the list lacks.
            cited = cited or listed.knows(each.reference)
            cited = cited or _is_cited(text, begin, start, end, each.reference)
            if cited:
                yield each


def _read_account(text: str, left: int, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read a listed author with common words before the year: “Radchenko’s more recent account (2009)”."""
    match = _ACCOUNT.search(text, left, start)
    begin = first_name(match) if match is not None else None
    if match is None or begin is None:
        return
    # The grammar wants the names right before the bracket.
    names = text[begin : match.end("names")]
    tree = parse_inline(f"{names} {text[start:end]}")
    for each in build_inline(tree, begin, end, listed) if tree is not None else ():
        if isinstance(each.reference, WorkReference) and listed.holds(each.reference):
            by = start - begin - len(names) - 1
            reference = attrs.evolve(each.reference, locators=shift(each.reference.locators, by))
            yield Found(begin, end, reference, each.signal)


def _read_year_alone(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read “(2005: 98)” as of the last author in the sentence who is listed with a work of that year.

    “It is hard to disagree with Szalontai’s verdict that the attempt was ‘desperate’ (2005: 98).”
    """
    if not listed.pages:
        return
    # The grammar wants a name before the bracket.
    author = "X "
    tree = parse_inline(f"{author}{text[start:end]}")
    for each in build_inline(tree, start, end) if tree is not None else ():
        if not isinstance(each.reference, WorkReference) or not each.reference.locators:
            return
        year = each.reference.date or ""
        sentence = text[max(0, start - _SENTENCE) : start]
        named = [
            match
            for match in _ANY_NAME.finditer(sentence)
            if listed.has(match.group(), year) and not _SENTENCE_END.search(sentence, match.end())
        ]
        if named:
            reference = attrs.evolve(
                each.reference,
                creators=read_creators(named[-1].group()),
                creators_span=None,
                locators=shift(each.reference.locators, -len(author)),
            )
            yield Found(start, end, reference, each.signal)


def may_be_author(creators: Sequence[Name]) -> bool:
    """Tell whether names before a year may be an author's, and are no month, town or country."""
    if not creators:
        return False
    first = creators[0].written.split()[0].strip(".,").lower()
    return (
        _NO_AUTHORS.isdisjoint(re.split(r"[-–—/]", first)) and creators[-1].family.lower() not in _NO_AUTHORS
    )


def first_name(match: re.Match[str]) -> int | None:
    """Return where the group ``names`` begins without the first words of a sentence; None where none are left."""
    for word in re.finditer(r"\S+", match.group("names")):
        if word.group().strip(".,") not in _NO_NAME:
            return match.start("names") + word.start()
    return None


def _is_cited(text: str, begin: int, start: int, end: int, reference: WorkReference) -> bool:
    if reference.locators or reference.suffix or _REPORTS.match(text, end):
        return True
    if reference.title is not None and _DOCUMENTS.search(text[begin:start].rstrip()):
        return True
    led_in = _LEADS.search(text, max(0, begin - 20), begin) is not None
    return led_in and may_be_author(reference.creators)


def _read_pronoun(text: str, pronoun: re.Match[str], start: int, end: int) -> Iterator[Found]:
    """Read a title after “his” as a work of whom the sentence is about."""
    subjects = list(_SUBJECT.finditer(text, max(0, pronoun.start() - _SENTENCE), pronoun.start()))
    if not subjects:
        return
    name = " ".join(word for word in subjects[-1].group("name").split() if word not in _NO_NAME)
    # The grammar wants an author before the title.
    author = "X’s "
    tree = parse_inline(f"{author}{pronoun.group('title')} {text[start:end]}") if name else None
    begin = pronoun.start("title")
    for each in build_inline(tree, begin, end) if tree is not None else ():
        if isinstance(each.reference, WorkReference):
            reference = attrs.evolve(
                each.reference,
                creators=read_creators(name),
                creators_span=None,
                locators=shift(each.reference.locators, -len(author)),
            )
            yield Found(begin, end, reference, each.signal)
