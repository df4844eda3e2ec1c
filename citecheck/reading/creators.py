"""Reads who made a work, as notes name them: “Haggard, Kang, and Moon”, “Goncharov et al.”."""

import re
from functools import lru_cache

from citecheck.alphabets import UPPER
from citecheck.citations import Name
from citecheck.patterns import compiled
from citecheck.reading.eastern_names import begins_with_family

_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|ibn|bin|ben|ter|ten|te|zu|zum|zur|af|av"
    r"|vom|фон|де|ван)"
)
# An apostrophe belongs to a name (Ch’oe, O’Brien) unless it makes a genitive of it.
_LETTER = r"(?:[^\W\d_⁰¹²³⁴-⁹]|['’ʼ`](?=\w)(?!s(?!\w)))"
# These patterns stand in others a hundred times over, and compiling them was a fifth of a short run: each is
# written so that nothing large stands in it twice. What joins two things comes before each, and the look
# that opens the pattern, or one behind, keeps it from the first.
_WORD = rf"(?:(?:al-|el-|ad-|ash-|[dl]['’])?[{UPPER}](?:[-‐‑–]?{_LETTER})*)"
_INITIAL = rf"(?:(?![\s-])(?:\s?-?[{UPPER}][a-zа-я]?\.)+)"
_UNIT = rf"(?:(?:{_PARTICLE}\s){{0,3}}(?:{_INITIAL}|{_WORD}))"
_APART = r"(?:\s|(?<![^\W\d_]))"


def short_name_pattern(words: int) -> str:
    """Return a regular expression for the name of one person of no more than so many words."""
    return rf"(?!\s)(?:{_APART}{_UNIT}){{1,{words}}}(?:,?\s(?:Jr|Sr)\b\.?|\s(?:II|III|IV)(?=,))?"


NAME_PATTERN = short_name_pattern(6)
"""A regular expression for the name of one person in any order without comma, or of a body."""
AND_PATTERN = r"(?:and|&|und|et|és|и|та|й|i|y|a|e|og|och|en|și|oraz|ja|va)"
"""“and” in the languages of notes."""
_ET_AL = (
    r"(?:,?\s(?:et\.?\sal\b\.?|et\salii|and\sothers|and\scolleagues|u\.\s?a\.|и\sдр\.|та\sін\.|i\sin\."
    r"|és\smások|és\smtsai\.?|a\skol\.)"
    r"|\s\[(?:et\sal\.|и\sдр\.)\])"
)
OTHERS_PATTERN = r"(?:,?\s(?:et\.?\sal\b\.?|and\sothers|u\.\s?a\.|и\sдр\.|i\sin\.))"
"""“et al.” as it stands before a year."""
_ROLE = (
    r"(?:eds?\b\.?|editors?\b|comps?\b\.?|compilers?\b|trans\.|transl\.|Hrsg\.|Hgg?\.|hrsg\.|hg\.|szerk\."
    r"|ред\.|сост\.|упоряд\.|red\.|"
    r"coords?\.|dirs?\.|éds?\.|orgs?\.|wyd\.|oprac\.|usp\.)"
)
ROLE_PATTERN = rf"(?:,?\s\({_ROLE}\)|,?\s{_ROLE})(?=[\s,.:*“\"„«]|$)(?!\.?\s(?:by|von|par|de|di)\s)"
"""What stands after the names of editors: “, eds.”, “(Hg.)”."""
_BEFORE_TITLE = r"(?=[,.:]?\s+[\"“„«‘*']|[,.:]?\*|(?:[’']s|(?<=s)[’'])\s[\"“*])"
_NO_NAME = (
    r"(?!(?:As|In|On|At|By|See|For|But|And|While|Although|Though|According|From|With|Like|Both|Also|Thus"
    r"|If|When|Since|After|Before|Cf|Zob|Vgl|Lásd)\s|(?:The|An?|Th(?:is|at|ese|ose)|Its|Der|Die|Das|Den|Les?|La)\s[*“\"„«‘]|Trans(?:l|lat\w+)?\b|Reprint\w*\b)"
)
# A ministry, a department, a congress: capitals with small words between them, before a marked title.
_SMALL = r"(?:of|the|for|and|&|on|to|in|de|des|du|der|die|für|zur|и|по|при|na|w|do)"
# An office, whose name holds small words: “U.S. Department of State, Foreign Relations of the United States”.
_OFFICE = (
    r"(?:U\.\s?S\.\s|Soviet\s|Hungarian\s|British\s)?(?:Department|Ministry|Bureau|Office|Committee|Institute|Academy)"
    rf"\s(?:of|for)(?:\s(?:[{UPPER}][\w.'’-]*|{_SMALL})){{1,8}}(?=,\s[{UPPER}])"
)
_BODY = rf"[{UPPER}][\w.'’-]*(?:\s(?:[{UPPER}][\w.'’-]*|{_SMALL})){{1,14}}(?=,\s+[\"“„«*])"
# “Zhonggong zhongyang wenxian yanjiushi, ed., *Jianguo yilai …*”: what edits need not be capitalized.
_EDITING_BODY = rf"[{UPPER}][\w'’-]*(?:\s[^\W\d_][\w'’-]*){{1,8}}(?=,\s(?:eds?|comps?)\.,?\s[\"“„«*])"
_GIVEN = rf"(?!\s)(?:{_APART}(?:{_INITIAL}|{_WORD})){{1,2}}"
_SURNAMES = rf"(?!\s)(?:{_APART}{_WORD}){{1,2}}"
_INVERTED = (
    rf"{_SURNAMES},\s{_GIVEN}(?:(?:\s?/\s?|,?\s{AND_PATTERN}\s|;\s){_WORD},\s{_GIVEN}){{0,4}}"
    # With a colon only where a place and a year follow: “Lankov, Crisis: The Failure” is author and title.
    r"(?=:\s[^()]{3,200}[,.]\s[^\W\d_a-z][^,:()]{2,40}(?::\s[^,:()]{2,80})?,?\s(?:1[5-9]|20)\d\d\s*$"
    r"|\s\((?:1[5-9]|20)\d\d)"
)
# Brazilian notes (ABNT) end capital names with a full stop: “SACHS, Jeffrey. O fim da pobreza”.
_CAPITALS = (
    rf"(?:[A-ZÀ-ÖØ-Þ]{{2,}}(?:[\s-][A-ZÀ-ÖØ-Þ]{{2,}}){{0,2}},\s{_GIVEN}(?:\s(?:d[aeo]s?\s)?{_WORD}){{0,2}})"
)
_ABNT = rf"{_CAPITALS}(?:;\s{_CAPITALS}){{0,3}}(?=(?:\.|(?<=\.))\s[{UPPER}][^.]{{2,200}}\.\s)"
# German lists of literature and notes: “Müller, Jan Dirk, Pfisterer, Ulrich, Vorrede, in: …, Berlin 2011”. After the
# names a title, a place and a year must follow, or the word for editors: “Frank, Nordkorea, Aachen 1996” has one.
_ARTICLE = r"(?:Der|Die|Das|Ein|Eine|The|An?|La|Le|Les|L['’]|Il|Lo|Gli|Los|Las|El|Zur?|Zum|Vom|Von|Über|Aus|Im|In|Am)"
# “Newcastle upon Tyne 1966”, “Berlin, Leipzig 1990”, “o. O. 1956”
PLACE_AND_YEAR = (
    rf"(?:o\.\s?O\.|[{UPPER}](?:[\w'’/-]|(?<=\b\w)\.|\s(?=[\wß(])|\([^()]{{1,20}}\)|,\s(?=[A-Z][\w-]+\s\d)){{1,60}}?)"
    r",?\s(?:1[5-9]|20)\d\d"
)
_LISTED = (
    rf"(?:{_PARTICLE}\s){{0,2}}{_WORD},\s(?!{_ARTICLE}\s){_GIVEN}"
    rf"(?:(?:\s?[/;]\s?|,?\s{AND_PATTERN}\s|,\s(?=[{UPPER}][\w'’-]+,\s(?!{_ARTICLE}\s){_GIVEN}(?:[,/;:]|\s\()))"
    rf"{_WORD},\s{_GIVEN}){{0,5}}"
    rf"(?={ROLE_PATTERN}[,.:]|[,:]\s(?=[{UPPER}\d„“»])(?=[^\s,]+(?:\s|[.,]\s))[^;]{{3,400}}?(?:[,.]\s{PLACE_AND_YEAR}|\s\d{{1,4}}(?:[./]\d{{1,3}})?\s\((?:1[5-9]|20)\d\d(?:/\d{{2,4}})?\))\s*$)"
)
# No name in a list begins with an article: “Frank, Die DDR und Nordkorea: Der Wiederaufbau” has one author.
_NEXT_NAME = rf"[,/;]\s?(?!(?:The|An?|Die|Der|Das)\s){NAME_PATTERN}"
_PLAIN_WORD = rf"[{UPPER}][\w'’-]*"
# “Bruce A. Elleman, Diplomacy and Deception: The Secret History” has one author: the names of a list are all
# full or all family names, and in a citation with an imprint, people have more than one word. Behind family
# names alone, English puts no colon: “Lankov, Crisis and Reform: A Story”; German does: “Meyer, Schulz und
# Schmidt: Die DDR”. A title that is marked begins behind the colon, and no title holds initials.
_TITLE_WORDS = r"(?:(?!(?<!\S)and\s)[^,;:*().\"“„«‘]){1,60}"
_UNMARKED = r":\s(?![\"“„«‘*'])"
_TITLE_WITH_AND = (
    rf"(?:(?:(?!\s{AND_PATTERN}\s)[^,;:*]){{1,60}}\s[^\s,;:*]+,\s"
    rf"(?:{_PLAIN_WORD}\s{AND_PATTERN}\s{_TITLE_WORDS}|{_TITLE_WORDS}\s{AND_PATTERN}\s{_PLAIN_WORD}){_UNMARKED}"
    rf"|(?:{_PARTICLE}\s){{0,3}}[^\s,;:*.]{{2,40}},\s(?:{_TITLE_WORDS},\s){{0,3}}"
    rf"{_TITLE_WORDS},?\sand\s{_TITLE_WORDS}{_UNMARKED}"
    rf"|[^\s,;:*]{{2,40}},\s{_PLAIN_WORD}\s{AND_PATTERN}\s{_PLAIN_WORD}:\s[^\"“„«‘*'():]{{2,200}}\s"
    r"\([^():]{2,60}:\s[^()]{2,80}(?:1[5-9]|20)\d\d\))"
)
_WITH_AND = (
    rf"(?!{_TITLE_WITH_AND}){NAME_PATTERN}(?:{_NEXT_NAME}){{0,7}},?\s{AND_PATTERN}\s{NAME_PATTERN}(?:{_ET_AL})?"
    # “J. Samuel Walker, Prompt and Utter Destruction, 3rd ed.”: an edition follows a title, no names.
    rf"(?={ROLE_PATTERN}|[,.:]?\s[\"“„«‘*']|[,:]\s(?!\d{{1,2}}(?:st|nd|rd|th|d|\.)?\s?edn?\b|rev\.\sed|\d+\svols?\b))"
)
# With nothing behind, “Koukal and others, p. 14” has no title: that is for whoever looks for names alone.
_AND_OTHERS = rf"{NAME_PATTERN}(?:[,/]\s?{NAME_PATTERN}){{0,5}}{_ET_AL}(?!\s*$)"
_WITHOUT_AND = rf"{NAME_PATTERN}(?:{_NEXT_NAME}){{1,7}}(?:(?={ROLE_PATTERN})|{_BEFORE_TITLE})"
# “Matthias Uhl/Armin Wagner (Hrsg.), Ulbricht und die Mauer”: a stroke joins nothing but names.
_STROKES = rf"{NAME_PATTERN}(?:\s?/\s?{NAME_PATTERN}){{1,4}}(?={ROLE_PATTERN}|[,:]\s)"
# “Nodong Sinmun, 4 January 1956”: a newspaper by its day.
_DAY = (
    r"(?:\d{1,2}\.?\s[^\W\d_]{3,10}\.?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},)"
    r"\s(?:1[89]|20)\d\d\s*$"
)
_ONE_NAME = (
    rf"{NAME_PATTERN}(?=\s?[,:](?!\s{_DAY}|\s(?:[Nn][ro]\.?|n°|№)\s?\d)|(?<=[^\W\d_][^\W\d_])\.\s|{ROLE_PATTERN}|{_BEFORE_TITLE}"
    r"|\s\((?:1[5-9]|20)\d\d[a-z]?\))"
)
# Nobody has so many initials, and to try all ways in which they may be names of people would never end.
NO_INITIALS_ALONE = rf"(?!(?:[{UPPER}]\.\s?){{6}})"
"""A look ahead: what follows is no run of initials."""
# A list with “and” comes first, so that “Wells, New God, New Nation” is one name and a title; names
# without “and” stand only before a title that is marked as one. The looks ahead only spare the engine
# vain attempts.
CREATORS_PATTERN = (
    rf"{_NO_NAME}{NO_INITIALS_ALONE}(?:(?=[A-ZÀ-ÖØ-Þ]{{2}})(?=[^,]{{2,40}},\s){_ABNT}|(?=[^,]{{1,40}},\s[^,:(]{{1,40}}(?::|\s\(\d)){_INVERTED}"
    rf"|(?=[^\s,]+(?:\s[^\s,]+)?,\s[^,:(]{{1,40}}[,/;(:\s]){_LISTED}"
    rf"|(?=[^\"“„«*]{{2,200}}?\s{AND_PATTERN}\s){_WITH_AND}|{_AND_OTHERS}|{_OFFICE}|{_WITHOUT_AND}|(?=[^,;:]{{2,80}}/){_STROKES}|{_ONE_NAME}|{_BODY}|{_EDITING_BODY})"
)
"""A regular expression for the creators that open a citation."""
# “in Nikita Khrushchev, ed. William Taubman and Abbott Gleason (…)”: names behind “ed.” edit the book that stands
# before it. “William Taubman, ed., *Nikita Khrushchev*” is the other way round.
_EDITED_TITLE = (
    rf"[^,;()\[\]\"“„«*]{{2,120}},\s(?:eds?\.|edited\sby|(?:hg|hrsg)\.\svon)\s"
    rf"{NAME_PATTERN}(?:,\s{NAME_PATTERN}){{0,5}}(?:,?\s{AND_PATTERN}\s{NAME_PATTERN})?(?:{_ET_AL})?\s?[(,]"
)
CONTAINER_CREATORS_PATTERN = rf"(?!{_EDITED_TITLE}){CREATORS_PATTERN}(?=(?:{ROLE_PATTERN})?[,.:]?\s?[“\"*„«‘]|(?:{ROLE_PATTERN})[,.:]?\s|,\s(?!\d{{1,2}}\.\s?\d{{1,2}}\.)[{UPPER}\d])"
"""The same after “in”: something must follow that can be the container's title."""
EDITORS_PATTERN = rf"{CREATORS_PATTERN}(?={ROLE_PATTERN})"
"""Names with the word that makes editors of them."""
CONTRIBUTORS_PATTERN = (
    rf"{NAME_PATTERN}(?:(?:[,/]\s?{NAME_PATTERN}){{0,5}},?\s{AND_PATTERN}\s{NAME_PATTERN})?(?:{_ET_AL})?"
)
"""Names after “edited by” or “trans.”."""

_SEPARATOR = re.compile(rf"\s*(?:[,;]\s+{AND_PATTERN}\s|\s{AND_PATTERN}\s|[,;/]|\s&\s)\s*")
_SUFFIX = re.compile(r",?\s(Jr|Sr|II|III|IV)\b\.?$")
_RULER = re.compile(r"[IVX]{1,5}")
# Within a name, particles have capitals as well: W. E. B. Du Bois, J. Le Goff.
_IN_FAMILY = re.compile(
    rf"{_PARTICLE}|V[ao]n|De[lr]?|Dell[ae]|D[aio]|D[ao]s|Du|Des|L[aeo]|El|Ten|Ter|Ben|Ibn|Bin|Abu|Zu[mr]?"
)
# Ben Kiernan and Al Gore begin with a given name.
_OPENS_FAMILY = re.compile(rf"{_PARTICLE}|V[ao]n|De|Dell[ae]|Du|Des|Dos|L[ae]|Ter")
# Gabriel García Márquez: the first of two family names where it is one that Spaniards bear as nothing else.
_SPANISH_FAMILY = re.compile(
    r"[A-ZÁÉÍÓÚÑ]\w{2,}[eé]z|Garc[ií]a|D[ií]az|Ru[ií]z|Ort[ií]z|Muñ[io]z|S[aá]inz|Ortega|Vargas|Castro|Torres|Rojas|Herrera"
)
_ET_AL_AT_END = re.compile(rf"{_ET_AL}\s*$")
_ROLE_AT_END = re.compile(rf"{ROLE_PATTERN}[\s,]*$")
_INITIALS = re.compile(rf"(?:[{UPPER}][a-zа-яё]?\.?[\s-]?)+")
_ONE_INVERTED = compiled(rf"((?:{_PARTICLE}\s)*{_SURNAMES}),\s({_GIVEN})")
_INVERTED_NAMES = compiled(
    rf"(?:{_PARTICLE}\s)*{_SURNAMES},\s{_INITIAL}(?:\s{_WORD})?"
    rf"|(?:{_PARTICLE}\s)*{_SURNAMES},\s{_GIVEN}(?:(?:\s?/\s?|,?\s{AND_PATTERN}\s"
    rf"|[;,]\s)(?:{_PARTICLE}\s)*{_WORD},\s{_GIVEN}){{1,5}}"
)
_SURNAME_FIRST = re.compile(rf"(?P<family>(?:{_PARTICLE}\s)*{_SURNAMES})\s(?P<given>{_INITIAL})$")

_BODY_WORDS = frozenset(("of", "for", "the", "in", "on", "to", "für", "zur", "по", "и", "при"))
# Nouns that only the names of bodies and newspapers hold.
_BODIES = frozenset(
    """agency archive archives association bank board bureau center centre commission committee congress
    conference council department embassy foundation government institute legation ministry nations news office
    organization organisation party radio research ribao shinmun sinmun society state states times tribune union
    united university museum press""".split()  # noqa: SIM905
)


_NEWSPAPERS = frozenset(
    """pravda izvestiia izvestiya izvestia trud times post herald tribune guardian ribao shinmun sinmun shimbun asahi
    mainichi zeitung népszabadság népszava daily weekly gazette courier chronicle journal""".split()  # noqa: SIM905
)


# Newspapers whose names hold none of these words.
_NEWSPAPERS_BY_NAME = frozenset(
    [
        "neues deutschland",
        "rudé právo",
        "rude pravo",
        "szabad nép",
        "magyar nemzet",
        "trybuna ludu",
        "życie warszawy",
        "scînteia",
        "scânteia",
        "rabotnichesko delo",
        "borba",
        "politika",
        "l'humanité",
        "le monde",
        "le figaro",
        "l'unità",
        "corriere della sera",
        "la stampa",
        "el país",
        "die welt",
        "die zeit",
        "der spiegel",
        "frankfurter rundschau",
        "nhan dan",
        "people's daily",
        "rodong sinmun",
        "unen",
        "известия",
        "правда",
        "труд",
        "красная звезда",
        "krasnaia zvezda",
        "krasnaya zvezda",
    ]
)


def is_newspaper(title: str) -> bool:
    """Tell whether a title is that of a newspaper: by the words that only these have, or by name."""
    lowered = title.lower().replace("’", "'")
    return lowered in _NEWSPAPERS_BY_NAME or not _NEWSPAPERS.isdisjoint(lowered.split())


def is_body(written: str) -> bool:
    """Tell whether a name without comma is that of a body, which has no family: “New York Times”."""
    words = written.split()
    return bool(_BODY_WORDS.intersection(words)) or not _BODIES.isdisjoint(
        word.lower().strip(".,’'") for word in words
    )


@lru_cache(maxsize=1 << 12)
def read_creators(text: str) -> tuple[Name, ...]:
    """Read a list of names as it stands before a title, without what says their role.

    “et al.” stays with the last name in ``written`` and adds no name.
    """
    bare = _ROLE_AT_END.sub("", text.strip(" ,;:"))
    others = _ET_AL_AT_END.search(bare)
    tail = ""
    if others is not None:
        bare, tail = bare[: others.start()], others.group().rstrip()
    suffix = _SUFFIX.search(bare)
    if suffix is not None and (bare[suffix.start()] == "," or "," not in bare):
        # “Robbins, Richard G., Jr.”; “Robbins, Jr.” has no given name.
        named = read_creators(bare[: suffix.start()])
        if len(named) == 1 and (named[0].given or "," in suffix.group() or suffix.group(1)[0] != "I"):
            return (Name(named[0].family, named[0].given, suffix.group(1), bare + tail),)
        if len(named) == 1:
            # “Nicholas II”
            return (Name(bare, None, None, bare + tail),)
    inverted = _INVERTED_NAMES.fullmatch(bare)
    if inverted is not None:
        return tuple(
            Name(
                match.group(1),
                match.group(2).strip(),
                None,
                match.group() + (tail if match.end() == len(bare) else ""),
            )
            for match in _ONE_INVERTED.finditer(bare)
        )
    parts = [part for part in _SEPARATOR.split(bare) if part]
    parts = _join_suffixes(parts)
    if (
        len(parts) == 2
        and "," in bare
        and not re.search(rf"\s{AND_PATTERN}\s", bare)
        and _is_given(parts[1], parts[0])
    ):
        names = [Name(parts[0], parts[1], None, bare)]
    else:
        names = [read_name(part) for part in parts]
    if tail and names:
        last = names[-1]
        names[-1] = Name(last.family, last.given, last.suffix, last.written + tail)
    return tuple(names)


def _join_suffixes(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"(?:Jr|Sr|II|III|IV)\.?", part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def _is_given(part: str, family: str) -> bool:
    """Tell whether the second of two parts is the given name that belongs to the first: “Lankov, Andrei”."""
    return _INITIALS.fullmatch(part + " ") is not None or (
        " " not in family.strip() and len(part.split()) <= 2
    )


@lru_cache(maxsize=1 << 12)
def read_name(written: str) -> Name:
    """Read one name without comma, in whichever order its parts stand."""
    text = written.strip(" ,;")
    suffix_match = _SUFFIX.search(text)
    suffix = None
    if suffix_match is not None and (" " in text[: suffix_match.start()] or suffix_match.group(1)[0] != "I"):
        suffix, text = suffix_match.group(1), text[: suffix_match.start()]
    initials_last = _SURNAME_FIRST.fullmatch(text)
    if initials_last is not None:
        return Name(initials_last.group("family"), initials_last.group("given"), suffix, written)
    words = text.split()
    if len(words) > 1 and is_body(text):
        # “U.S. Department of State” has no family.
        return Name(text, None, suffix, written)
    if len(words) < 2 and "." in text:
        # “V.V.Kovyshenko”: initials that cling to the name.
        clinging = re.fullmatch(rf"((?:[{UPPER}]\.-?)+)({_WORD})", text)
        if clinging is not None:
            return Name(clinging.group(2), clinging.group(1), suffix, written)
    if len(words) < 2:
        return Name(text, None, suffix, written)
    if begins_with_family(words):
        return Name(words[0], " ".join(words[1:]), suffix, written)
    if _RULER.fullmatch(words[-1]):
        # “Louis XIV” has no family, and “Malcolm X” goes by both words.
        return Name(text, None, suffix, written)
    start = len(words) - 1
    if start > 1 and _SPANISH_FAMILY.fullmatch(words[start - 1]):
        start -= 1
    while start > 1 and _IN_FAMILY.fullmatch(words[start - 1]):
        start -= 1
    if start == 1 and _OPENS_FAMILY.fullmatch(words[0]):
        start = 0
    return Name(" ".join(words[start:]), " ".join(words[:start]) or None, suffix, written)
