"""Finds references in running text: author and date, pages in brackets, ibid., pointers, mentions.

Brackets say where to look and the grammar of inline references decides. Much in brackets is no
reference: years, acronyms, numbers, asides. What could be either is taken for one only where the words
around it say so; a bracket that gives author, year and page needs no such witness.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from lark import Token, Tree

from citecheck.citations import CrossReference, IbidReference, Kind, Locator, Name, Reference, WorkReference
from citecheck.creators import NAME_PATTERN, UPPER, read_creators, short_name_pattern
from citecheck.found import Found
from citecheck.grammars import Grammar, load_grammar
from citecheck.keys import read_keys
from citecheck.locators import list_pattern, read_locators, shift
from citecheck.mentions import find_mentions

_AND = r"(?:and|&|und|et|és|и|та|i|y|e)"
_ET_AL = r"(?:,?\s(?:et\.?\sal\b\.?|and\sothers|u\.\s?a\.|и\sдр\.|i\sin\.))"
_NAMES = (
    rf"{NAME_PATTERN}(?:(?:,\s{NAME_PATTERN}){{0,4}},?\s{_AND}\s{NAME_PATTERN})?{_ET_AL}?(?=[’']s?\s"
    rf"|\s?[(,]|\s\[?\d|\sn\.)"
)


@cache
def _grammar() -> Grammar:
    patterns = (("NAMES.2", _NAMES), ("PLACES.1", list_pattern()))
    return load_grammar(
        "inline", terminals=tuple((name, pattern.replace("/", r"\/")) for name, pattern in patterns)
    )


def find_inline(text: str) -> list[Found]:
    """Return the references in a paragraph of running text, in order."""
    found: list[Found] = []
    for match in _BRACKETS.finditer(text):
        read = _read_bracket if match.group()[0] == "(" else _read_square
        found += read(text, *match.span())
    for match in _POINTERS.finditer(text):
        if not any(each.start <= match.start() < each.end for each in found):
            found += _read_pointer(text, match.start(), match.end())
    taken = [(each.start, each.end) for each in found]
    for each in find_mentions(text):
        if all(each.end <= start or each.start >= end for start, end in taken):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


# Round brackets with a figure or “ibid.” in them, square ones that point to a document or hold a key.
_BRACKETS = re.compile(
    r"[(\[](?:(?<=\()(?=(?:[^()]|\([^()]{0,40}\)){0,300}?(?:\d|[Ii]bid|[Ii]d\.|[Тт]ам\s|[Ee]bd|[Uu]o\."
    r"|[Tt]amż|n\.d\.))(?:[^()]|\([^()]{0,40}\)){1,300}\)"
    r"|(?<=\[)(?:(?:see\s)?(?:DOC|[Dd]oc|[Nn]ote|[Cc]hap)[^\[\]]{1,80}|[^\[\]@]{0,40}@[^\[\]]{1,120})\])"
)
# “see note 12” without brackets.
_POINTERS = re.compile(
    r"[SsCc](?<!\w[SsCc])(?:ee|f\.)(?:\salso)?\s(?:foot|end)?(?:notes?|nn?\.|[Cc]hapters?|[Aa]ppendix"
    r"|[Tt]ables?|[Ff]igures?)\s(?:\d{1,4}|[A-Z](?!\w)|[IVX]+(?!\w))(?:\s(?:above|below))?"
)


@lru_cache(maxsize=1 << 14)
def _parse(text: str) -> Tree[Token] | None:
    parsed = _grammar().parse_whole(text)
    return parsed.tree if parsed is not None else None


def _read_bracket(text: str, start: int, end: int) -> Iterator[Found]:
    """Read what one pair of round brackets holds, with the name or “Chapter 3” before it."""
    inside = text[start + 1 : end - 1]
    if _OPENS_WITH_YEAR.match(inside):
        yield from _read_narrative(text, start, end)
        return
    chapter = _CHAPTER_BEFORE.search(text, max(0, start - 40), start)
    if chapter is not None:
        tree = _parse(text[chapter.start() : end])
        if tree is not None:
            yield from _build(tree, chapter.start(), end)
            return
    tree = _parse(text[start:end])
    if tree is None:
        return
    for each in _build(tree, start, end):
        if _is_plausible(text, start, end, each.reference):
            yield each


_OPENS_WITH_YEAR = re.compile(r"\s*\[?(?:1[4-9]|20)\d\d\]?[a-z]?(?![\w%])")
_CHAPTER_BEFORE = re.compile(
    r"(?:Chapters?|Ch\.|Chap\.|Глава|Главе|Kapitel)\s(?:\d{1,3}|[IVXLC]{1,7})\s(?=$)"
)


def _read_square(text: str, start: int, end: int) -> Iterator[Found]:
    keys = read_keys(text, start, end)
    if keys:
        for key_start, key_end, reference in keys:
            yield Found(key_start, key_end, reference)
        return
    # Emphasis round the brackets belongs to the pointer: “**[DOCUMENT No. 9]**”.
    while text[start - 1 : start] == "*" == text[end : end + 1]:
        start, end = start - 1, end + 1
    tree = _parse(text[start:end])
    if tree is not None:
        yield from _build(tree, start, end)


def _read_pointer(text: str, start: int, end: int) -> Iterator[Found]:
    """Read “see note 12” without brackets, with the brackets that its grammar wants."""
    tree = _parse(f"({text[start:end][0].lower()}{text[start + 1 : end]})")
    for each in _build(tree, start, end) if tree is not None else ():
        signal = each.signal or ""
        yield Found(start + len(signal) + 1, end, each.reference, each.signal)


# ---- from trees to records


def _build(tree: Tree[Token], start: int, end: int) -> Iterator[Found]:
    """Make records of a tree; several references in one bracket each have their own words for a range."""
    signal: str | None = None
    items = [child for child in tree.children if isinstance(child, Tree)]
    single = len(items) == 1
    for child in tree.children:
        if isinstance(child, Token):
            signal = str(child).strip(" ,") if child.type == "SIGNAL" else signal
            continue
        tokens = list(_tokens(child))
        left, right = (tokens[0].start_pos or 0), (tokens[-1].end_pos or 0)
        begin, stop = (start, end) if single else (start + left, start + right)
        for reference in _references(child, start - begin):
            yield Found(begin, stop, reference, signal)
        signal = None


def _tokens(tree: Tree[Token]) -> Iterator[Token]:
    for child in tree.children:
        if isinstance(child, Token):
            yield child
        else:
            yield from _tokens(child)


def _references(tree: Tree[Token], by: int) -> Iterator[Reference]:
    """Yield the references of one item; spans in it are moved by ``by``."""
    tokens = list(_tokens(tree))
    places = next((token for token in tokens if token.type == "PLACES"), None)
    locators = read_locators(str(places).strip(" .")) if places is not None else ()
    if locators is None:
        return
    locators = shift(locators, by + (places.start_pos or 0)) if places is not None else ()
    match tree.data:
        case "ibid":
            yield IbidReference(str(tokens[0]).strip("*"), locators)
        case "pages" | "chapter":
            value = next((token for token in tokens if token.type == "VALUE"), None)
            if value is not None:
                span = (by + (value.start_pos or 0), by + (value.end_pos or 0))
                chapter = read_locators(f"chapter {value}") or ()
                locators = shift(chapter, span[0] - len("chapter ")) + locators
            yield WorkReference(Kind.PAGE, locators=locators)
        case "crossreference":
            yield _cross_reference(tokens)
        case _:
            yield from _author_date(tokens, locators, by)


def _cross_reference(tokens: Iterable[Token]) -> CrossReference:
    target, values = "note", []
    for token in tokens:
        if token.type == "TARGET":
            word = token.lower()
            kinds = (
                ("doc", "document"),
                ("chap", "chapter"),
                ("глав", "chapter"),
                ("kap", "chapter"),
                ("app", "appendix"),
                ("sec", "section"),
                ("tab", "table"),
                ("fig", "figure"),
            )
            target = next((name for beginning, name in kinds if word.startswith(beginning)), "note")
        elif token.type == "VALUE":
            values.append(str(token))
    return CrossReference(target, tuple(values))


def _author_date(tokens: list[Token], locators: tuple[Locator, ...], by: int) -> Iterator[WorkReference]:
    names = next(token for token in tokens if token.type == "NAMES")
    title = next((str(token).strip(' “”"‘’*') for token in tokens if token.type == "TITLE"), None)
    letter = next((str(token) for token in tokens if token.type == "LETTER"), None)
    creators = read_creators(str(names))
    span = (by + (names.start_pos or 0), by + (names.end_pos or 0))
    years = [str(token) for token in tokens if token.type == "YEAR"]
    for number, year in enumerate(years):
        found = re.match(r"\[?(\d{4})\]?(?:[/\s].*?)?([a-z])?$", year)
        yield WorkReference(
            Kind.AUTHOR_DATE,
            creators,
            title,
            date=found.group(1) if found is not None else None,
            suffix=(found.group(2) if found is not None else None) or letter,
            locators=locators if number == len(years) - 1 else (),
            creators_span=span,
        )


# ---- what is a reference and what only looks like one

_NUMBER_WORD = re.compile(
    r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred"
    r"|thousand)|[\d№]|\b[Nn]os?\.?|\bvol\.)\s?$"
)
_NO_AUTHORS = frozenset(
    """january february march april may june july august september october november december spring summer
    autumn fall winter moscow pyongyang seoul beijing peking budapest warsaw prague berlin london
    paris washington bucharest sofia tirana hanoi tokyo vienna rome geneva belgrade kiev kyiv
    leningrad petrograd shanghai madrid lisbon athens ankara cairo delhi havana helsinki stockholm
    oslo bonn china korea japan russia hungary poland vietnam romania bulgaria albania germany
    france britain italy spain yugoslavia ussr usa dprk prc gdr rok drv circa ca born died founded
    established since until before after from in by about around approximately age aged year""".split()
)


def _is_plausible(text: str, start: int, end: int, reference: Reference) -> bool:
    """Tell whether a bracket that the grammar accepts is a reference here."""
    if not isinstance(reference, WorkReference):
        return True
    if reference.kind is Kind.PAGE:
        return _is_page(text, start, end, reference)
    if reference.locators or reference.suffix:
        return True
    first = reference.creators[0].written.split()[0].strip(".,").lower() if reference.creators else ""
    if first in _NO_AUTHORS or reference.creators[-1].family.lower() in _NO_AUTHORS:
        return False
    return not reference.creators[0].written.isupper() and text[start - 2 : start - 1] != "*"


def _is_page(text: str, start: int, end: int, reference: WorkReference) -> bool:
    """Tell whether a bare number in brackets is a page and not a year, an issue, or the count of a list."""
    locators = reference.locators
    labelled = any(locator.written_label for locator in locators)
    if labelled:
        return True
    if any(not locator.start.isdigit() or int(locator.start) > 1400 for locator in locators):
        return False
    if _NUMBER_WORD.search(text, max(0, start - 14), start):
        return False
    if re.match(r"\s?[:–-]\s?(?:pp?\.)?\s?\d|\s*\d|\s?percent|\s?%", text[end : end + 10]):
        return False
    number = int(locators[0].start)
    if len(locators) == 1 and locators[0].end is None and number < 21:
        # (1) …, (2) …: the counts of a list come one after another.
        return (
            f"({number + 1})" not in text
            and f"({number - 1})" not in text
            and bool(re.search(r"[^\s(]\s$", text[:start]))
        )
    return True


# ---- the name before the bracket

_REPORTS = re.compile(
    r"\s*,?\s*(?:has\s|have\s|also\s|even\s|rightly\s|further\s)?(?:argu|note|claim|stat|suggest|show"
    r"|describ|point|writ|wrote|contend|maintain|explain|conclud|observ|emphasi|find|found|discuss|report"
    r"|assert|"
    r"demonstrat|propos|believ|hold|held|call|offer|provid|refer|examin|analy|see|saw|quot|cit|remark|add"
    r"|trac|document|reveal|defin|identif|read|mention|insist|warn|put|think|thought|estimat|criti)\w*\b"
)
_LEADS = re.compile(
    r"(?:\b(?:[Aa]ccording\s+to|[Ss]ee(?:\s+also)?|[Cc]f\.|[Aa]s|[Ff]ollowing|e\.g\.,?|[Bb]y|[Cc]ite[sd]?"
    r"|[Qq]uot(?:es|ed|ing)|[Ww]hile|[Ll]ike|[Bb]oth))\s$"
)
_DOCUMENTS = re.compile(
    r"(?:Speech|Report|Letter|Memorandum|Memoirs?|Notes|Diary|Testimony|Article|Essay|Manifesto|Interview"
    r"|Telegram|Doktrin|Речь|Письмо|Доклад)$",
    re.IGNORECASE,
)
_WORD = rf"[{UPPER}](?:[\w-]|[’'](?!s\s))*"
_TITLE = rf"[“\"‘*]?{_WORD}(?:\s(?:of|the|and|in|on|for|to|with|{_WORD})){{0,8}}[”\"’*]?"
# Three words at most: what stands before them may be the end of a heading.
_PEOPLE = rf"{short_name_pattern(3)}(?:(?:,\s{NAME_PATTERN}){{0,4}},?\s{_AND}\s{NAME_PATTERN})?{_ET_AL}?"
_BEFORE_YEAR = re.compile(
    rf"(?P<names>{_PEOPLE})(?P<possessive>(?:[’']s|(?<=s)[’'])(?P<title>\s{_TITLE})?)?\s?$"
)
# “of his Secret Speech (1956)”: the author is whom the sentence is about.
_PRONOUN_TITLE = re.compile(rf"\b(?:his|her|their)\s(?P<title>{_TITLE})\s?$")
_SENTENCE_SUBJECT = re.compile(rf"(?:^|[.!?…][”’\"]?\s+)(?P<name>{NAME_PATTERN})(?=\s[a-z])")
_NO_NAME_WORDS = frozenset(
    """As In The A An And But For While When Since Although According See Cf Both Like Following After
    Before During On At By From With To Of That This These Those If Thus However Moreover It He She
    They We I What Who Which Where There Here Also Even Only Not No Or So Yet Then Now Once Until
    Because Though Whereas Despite Unlike Similarly Likewise Indeed Finally First Second Later
    Earlier""".split()
)
_ENTRY = re.compile(
    rf"[{UPPER}][\w’'-]+,\s(?:[{UPPER}]\.\s?-?){{1,3}}(?:(?:,|\sand|\s&)\s[^.()]{{2,60}})?,?\s?$"
)


def _read_narrative(text: str, start: int, end: int) -> Iterator[Found]:
    """Read a year with the name before it: “Jones (2006:2)”, “Khrushchev’s Secret Speech (1956)”."""
    left = max(0, start - 140)
    if _ENTRY.search(text, left, start):
        # “Huntington, S. (1996) The Clash …” is an entry of a bibliography.
        return
    pronoun = _PRONOUN_TITLE.search(text, left, start)
    if pronoun is not None:
        yield from _read_pronoun(text, pronoun, start, end)
        return
    match = _BEFORE_YEAR.search(text, left, start)
    if match is None:
        return
    begin = match.start("names")
    for word in re.finditer(r"\S+", match.group("names")):
        if word.group().strip(".,") not in _NO_NAME_WORDS:
            begin = match.start("names") + word.start()
            break
    else:
        return
    if begin > match.start("names") and begin >= match.end("names"):
        return
    tree = _parse(text[begin:end])
    if tree is None:
        return
    for each in _build(tree, begin, end):
        reference = each.reference
        if not isinstance(reference, WorkReference) or not reference.creators:
            continue
        before = text[max(0, begin - 20) : begin]
        titled = _DOCUMENTS.search(text[begin:start].rstrip()) is not None and reference.title is not None
        clear = reference.locators or reference.suffix or match.group("possessive") or titled
        if (
            clear
            or _REPORTS.match(text, end)
            or (_LEADS.search(before) and not _is_no_author(reference.creators))
        ):
            yield each


def _is_no_author(creators: tuple[Name, ...]) -> bool:
    return creators[-1].family.lower() in _NO_AUTHORS


def _read_pronoun(text: str, pronoun: re.Match[str], start: int, end: int) -> Iterator[Found]:
    subject = None
    for subject in _SENTENCE_SUBJECT.finditer(text, max(0, pronoun.start() - 300), pronoun.start()):
        pass
    tree = _parse(f"X’s {pronoun.group('title')} {text[start:end]}")
    subjects = (
        [word for word in subject.group("name").split() if word not in _NO_NAME_WORDS]
        if subject is not None
        else []
    )
    if tree is None or not subjects:
        return
    begin = pronoun.start("title")
    for each in _build(tree, begin - 4, end):
        reference = each.reference
        if isinstance(reference, WorkReference):
            creators = read_creators(" ".join(subjects))
            yield Found(
                begin,
                end,
                WorkReference(
                    reference.kind,
                    creators,
                    reference.title,
                    date=reference.date,
                    suffix=reference.suffix,
                    locators=shift(reference.locators, -4),
                ),
                each.signal,
            )
