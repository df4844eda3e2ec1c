"""Divides the text of a note into clauses, each of which may hold one citation.

A clause ends at a semicolon, at the end of a sentence, and before a signal such as “See also”.
Nothing inside quotation marks or brackets ends one, and nothing inside an *opaque* range, the place
of a document in an archive, whose full stops (“РГАНИ. Ф. 5. Оп. 28.”) are no ends of sentences.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from citecheck.alphabets import UPPER
from citecheck.patterns import compiled
from citecheck.reading.creators import PLACE_AND_YEAR
from citecheck.reading.dates import date_at
from citecheck.reading.marks import find_marked
from citecheck.reading.repetitions import IBID_OPENING, IDEM, LOC_CIT, OP_CIT
from citecheck.vocabulary import word_list, words_pattern

# Signals in the order of their length, so that the longest is found. Chicago 18, 13.17 and GOST R 7.0.5, 7.4.
_GERMAN_ADVERBS = (
    r"auch|dazu|hierzu|etwa|ausführlich(?:er)?|ferner|zuletzt|insb(?:\.|esondere)|bes(?:\.|onders)|u\.\s?a\.|z\.\s?B\."
    r"|beispielsweise|zum\s+Beispiel|zum\s+Folgenden|im\s+Einzelnen|allgemein|grundlegend|jedoch|aber|dagegen|hingegen|weiterhin"
)
_FRENCH_ADVERBS = r"aussi|également|notamment|par\s+exemple|en\s+particulier|surtout|entre\s+autres|à\s+ce\s+sujet|sur\s+ce\s+point"
_SIGNAL_WORDS = (
    r"see,?\s+(?:also\s+)?among\s+others",
    r"see,?\s+(?:also\s+)?(?:for\s+(?:example|instance)|e\.\s?g\.|inter\s+alia|in\s+particular|especially)",
    r"see\s+also",
    r"also\s+see",
    r"see\s+esp\.",
    r"see",
    r"(?:quoted|cited|reprinted|reproduced|mentioned|published)\s+(?:in|by|from|after|according\s+to)",
    r"(?:enclosed|enclosure)\s+in",
    r"(?:all\s+)?quot(?:ation|e)s?\s+(?:(?:is|are)\s+)?from",
    r"(?:(?:english|german|russian|french)\s+)?(?:translat(?:ed|ion)|excerpt(?:s|ed)?|summari[sz]ed|discussed"
    rf"|text)\s+in(?=\s+[{UPPER}*“\"«])",
    r"citing",
    r"but\s+see(?:\s+also)?",
    r"compare(?:\s+with)?",
    r"cfr?\.?(?:\s+(?:also|anche))?",
    r"zie(?:\s+(?:ook|bijvoorbeeld|bijv\.))?",
    r"e\.\s?g\.",
    r"for\s+(?:an?\s+)?(?:example|instance|overview|discussion|details?|more)",
    r"на\s+основе",
    r"(?:цит(?:\.|ируется)|приводится)\s+по",
    r"см\.?(?:\s+(?:также|напр\.|например|об\s+этом|подробнее))?",
    r"ср\.",
    r"див\.?(?:\s+також)?",
    rf"(?:(?:dazu|hierzu|ausführlich)\s+)?(?:vgl\.|vergleiche|siehe)(?:\s+(?:{_GERMAN_ADVERBS}))*",
    rf"s\.\s+(?:{_GERMAN_ADVERBS})(?:\s+(?:{_GERMAN_ADVERBS}))*",
    r"(?:dazu|hierzu)\s+(?:auch|ausführlich|grundlegend)",
    r"(?:ausführlich|grundlegend)\s+(?:dazu|hierzu)",
    r"so\s+(?:etwa|auch|z\.\s?B\.)",
    r"(?-i:anders|ähnlich|dagegen)(?:\s+(?:etwa|auch))?(?=\s+(?-i:[A-ZÀ-Þ]))",
    r"zit(?:\.|iert)\s+n(?:ach|\.)",
    rf"voir(?:\s+(?:{_FRENCH_ADVERBS}))*",
    r"(?:sur\s+ce\s+(?:point|sujet)|à\s+ce\s+sujet),?\s+voir",
    r"citée?s?\s+(?:dans|par|in|d['’]après)",
    r"lásd(?:\s+(?:még|például))?",
    r"idézi",
    r"vö\.",
    r"zob\.(?:\s+też)?",
    r"por\.",
    r"cyt\.\s+za",
    r"viz(?:\s+též)?",
    r"vezi(?:\s+și)?",
    r"citat\s+după",
    r"vedi(?:\s+anche)?",
    r"véase(?:\s+también)?",
    r"вж\.",
    r"source",
)
SIGNAL = compiled(
    rf"(?:(?:and|и|und|et|és)\s+)?(?:{'|'.join(_SIGNAL_WORDS)})(?![\w-])(?:\s*[,:;](?=\s))?\s*", re.IGNORECASE
)
_CONJUNCTION = re.compile(
    rf"(?:and|und|et|és|i|и|та|i|și|oraz|a)\s+(?=[{UPPER}“\"«„*\[]"
    rf"|(?:{IDEM})[\s,]|(?:his|her|their)\s[“\"*])"
)

# Words after which a full stop ends no sentence.
_ABBREVIATED = frozenset(
    """vol vols no nos nr doc docs dok pp p ed eds ed trans tr transl vgl cf st mr mrs ms dr prof gen col maj capt lt
    sgt com amb gov sen rep hon rev jan feb febr mar apr jun jul aug sept sep oct nov dec fig figs
    ch chap chaps art arts par para paras sec sect n nn fn fol fols f ff fos fo l ll op d dd comp
    comps repr rev al viz ca c jr sr inc ltd co corp bros univ dept esp approx pt pts bk bks ser
    misc ms mss add bd bde hg hgg hrsg aufl jg bl s u z t k b m ul w kt т тт с сс ф оп д дд л лл ед
    хр кн ч вып изд ред сост пер см ср напр стб г гг арк спр н э м л спб др п цит карт inv sygn
    teczka kart sign sv fasc vol köt évf sz dr id ikt ő e cs fond fondo dos dosar carton cart szerk
    wm chas geo jas thos jos éd dir вестн вопр изв тр сб ист арх науч учеб гос ун ин мин рос сов
    акад проф докт канд дис указ соч прил вед избр собр соц вст публ подгот зап журн u.s e.g i.e a.e
    pl pls tab tow tov тов płk ppłk mjr kpt inż mgr elvt ph tzv resp n.j d.c ill
    a o überarb neubearb bearb erw durchges unveränd korr verb ausg
    """.split()  # noqa: SIM905
)
_STATES = frozenset(word_list("american-states", "abbreviations"))
# A stop, what closes round it, and white space before what may begin a sentence; or a semicolon.
_BOUNDARY = re.compile(rf";|[.!?…][*_]?[\"”’»)\]]*[*_]?(?:[⁰¹²³⁴-⁹]+)?\s+(?=[*_\[(“\"«„‘']*[{UPPER}])")
_BRACKETS = re.compile(r"\([^()]{0,400}(?:\([^()]{0,200}\)[^()]{0,400}){0,4}\)|\[[^\[\]]{0,300}\]")
# Footnotes by GOST R 7.0.5 part everything with full stops: “Ланьков А. Н. Северная Корея. М., 1995. С. 23.”
# They run from the author's initials, or from what follows “//”, to the pages.
_GOST = re.compile(
    r"(?:(?<![\w.])[А-ЯЁІЇЄҐA-Z][а-яёіїєґa-z'’-]+,?\s[А-ЯЁІЇЄҐA-Z]\.(?:\s?[А-ЯЁІЇЄҐA-Z]\.)?|//)(?:[^;]|(?<=[МЛКгбML]\.);){5,400}?"
    r"(?:(?:[.,—–:]|\d)\s?(?:[Сс]{1,2}|[PpSs]{1,2}|[Сс]тб)\.\s?\d[\d\s,–—-]*\d?|[.,]\s?(?:1[6-9]"
    r"|20)\d\d(?=(?:\.\s\d{2,4}\s[сpsS])?\.?\s*(?:$|;)))"
)
_MAY_BE_GOST = re.compile(r"[А-ЯЁІЇЄҐA-Z]\.|//")
# What goes on with a citation after a stop: an imprint, a volume, an issue, pages.
_CONTINUES = re.compile(
    r"\(|//|Reihe\b|In:\s|[ВВVv]\s\d{1,2}[-\s](?:х\s)?(?:т|кн|ч|t)\.|\d+-е\sизд|URL\b|Режим\sдоступа|[Уу]каз\.\s?соч"
    r"|[Оо]p\.\s?cit|(?:М|Л|Пг|Пб|СПб|К|Мн|М\.;\sЛ|M|L|SPb)\.?\s?[:,;]\s|(?:[СсТтЧчS]{1,2}|[Вв]ып|[Кк]н|№"
    r"|[Сс]тб|P[Pp]?|Vol|No|Bd)\.?\s?\d|(?:Aufl|Ausg|Jg)\.|Auflage\b|(?:[СТЧ]|Ч)\.\s?[IVX]"
    rf"|[{UPPER}][^.;:()\d]{{2,40}}:\s[^.;:()]{{2,80}},?\s(?:1[5-9]|20)\d\d(?!\d)"
    rf"|[{UPPER}][\w\s,-]{{2,30}},\s(?:1[5-9]|20)\d\d(?:[.,:]|$)"
)
_IMPRINT = re.compile(
    r"\([^():\d]{2,60}:\s[^()]{2,80},\s(?:1[5-9]|20)\d\d\)|\([^()\d:]{3,40},\s(?:1[5-9]|20)\d\d\)"
)
# A series between a title and its imprint: “*Antiziganismus und Polizei*. Schriftenreihe 12 (Heidelberg: …, 2019)”.
_SERIES_AND_IMPRINT = re.compile(
    rf"[{UPPER}][^.;,()*“\"]{{3,90}}\s\([^():\d]{{2,60}}:\s[^()]{{2,80}},\s(?:1[5-9]|20)\d\d\)"
)
_NAMES_ALONE = re.compile(
    rf"(?:[{UPPER}][\w'’-]*\.?(?:,\s|\s|\s(?:van|von|de|der|den|di|da|du)\s)?|(?:and|und|et|és|и"
    r"|&)\s){1,7}"
)
# A title without marks may hold a full stop: “Frank, Die DDR. Der Wiederaufbau, Aachen 1996, S. 23”. Names come
# before it, and no pages and no year close what stands before the stop.
_TITLE_BEGUN = re.compile(
    rf"[{UPPER}][\w'’./-]+(?:,?\s(?:[{UPPER}][\w'’./-]*|(?:van|von|de|der|den|di|da|du|zu)(?=\s))){{0,8}}"
    rf"(?:\s\((?:Hrsg|Hgg?|eds?|red)\.\))?[,:]\s[{UPPER}„“»\d].{{2,240}}",
    re.DOTALL,
)
# What comes before the names: “Vgl. zum ganzen Abschnitt: …”, “Gould 1966, S. 6, sowie …”.
_BEFORE_NAMES = re.compile(
    r"(?:.*\d[fn.]{0,3},?\s(?:sowie|und|and|et|i|e|y)\s)?(?:[^\W\d_A-ZÀ-Þ][^\W\d_]*:?\s){0,4}", re.DOTALL
)
_YEAR_GIVEN = re.compile(r",\s[^,\d]{2,60}\s(?:1[5-9]|20)\d\d$")
_PAGE_GIVEN = re.compile(r"[\s,](?:[Ss]{1,2}|pp?|[Сс]{1,2})\.\s?\d")
_IN_PERIODICAL = r"\d{1,3}(?:[./]\d{1,3})?\s\((?:1[5-9]|20)\d\d(?:/\d{2,4})?\)[,:]\s(?:[Ss]{1,2}|pp?)\.\s?\d"
_PAGES_OR_END = r"(?:,\s(?:[Ss]{1,2}|pp?|[Сс]|Bde?|Sp|Kap|[Dd]o[ck]|Nr)\.\s?[\dIVX]|\s*\.?\s*(?:$|;))"
_TITLE_GOES_ON = compiled(
    rf"(?:(?:1[0-9]|20)\d\d\s?[–-]\s?\d{{2,4}}\.\s)?{PLACE_AND_YEAR}{_PAGES_OR_END}"
    rf"|(?![A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’.-]*){{0,3}},\s)(?=[{UPPER}])"
    # Atomic: two of these match the same stop, and a list of initials would be tried in all ways.
    r"(?>[^.;()]|\((?:[^()]|\([^()]*\)){0,200}\)|(?<=\b[A-ZÀ-Þ])\.|\.(?=[/,)]|\s[a-z\d(]|\s[A-ZÀ-Þ](?!\w*,))){3,400}?[,.:]\s?"
    rf"(?:{PLACE_AND_YEAR}{_PAGES_OR_END}|[^.,;()]{{2,80}}\s{_IN_PERIODICAL}|[^.,;]{{2,60}}\s(?:1[5-9]|20)\d\d,\s(?:[Ss]{{1,2}}|pp?|[Сс])\.\s?\d)"
)
_SAME_AUTHOR = re.compile(rf"(?:{IDEM})\.?", re.IGNORECASE)
# Brazilian notes (ABNT): “SACHS, Jeffrey. O fim da pobreza”.
_ABNT_AUTHORS = re.compile(
    r"[A-ZÀ-Þ]{2,}(?:[\s-][A-ZÀ-Þ]{2,}){0,2},\s[A-ZÀ-Þ][\w'’.-]*(?:\s(?:[A-ZÀ-Þ][\w'’.-]*|d[aeo]s?|e)){0,4}"
    r"(?:;\s[A-ZÀ-Þ]{2,}(?:[\s-][A-ZÀ-Þ]{2,}){0,2},\s[A-ZÀ-Þ][\w'’.-]*(?:\s(?:[A-ZÀ-Þ][\w'’.-]*|d[aeo]s?|e)){0,4}){0,3}"
)
# “История Монголии. XX век / отв. ред. Г. С. Яскина”: who is responsible follows a title.
_RESPONSIBLE_FOLLOWS = re.compile(r"[^.;/]{1,120}\s/\s(?:отв|под|ред|гл|сост|пер|авт|відп|упоряд)[.\s]")
_REPETITION = re.compile(rf"\W*(?:{IBID_OPENING}|{LOC_CIT}|{OP_CIT})\.?", re.IGNORECASE)
_LABEL_FOLLOWS = re.compile(
    r"(?:\w{1,4}\.|[Ff]on[d]\w?|[Oo]pis\w?|[Dd]elo|[Ll]ist\w?|[Bb]ox|[Ff]older|[Pp]apka)\s?\d"
)


@attrs.frozen
class Clause:
    """A range of a passage's text, white space and closing stop included at most at its end.

    ``signal`` is the word that leads the citation in, in lower case; ``start`` lies after it.
    """

    start: int
    end: int
    signal: str | None = None
    opening: int = 0
    """Where the clause begins with its signal."""


def split_clauses(
    text: str, opaque: Iterable[tuple[int, int]] = (), start: int = 0, end: int | None = None
) -> list[Clause]:
    """Divide ``text[start:end]`` into clauses, in order and without gaps but for separators."""
    end = len(text) if end is None else end
    bounds = [start, *_boundaries(text, opaque, start, end), end]
    clauses = []
    for left, right in pairwise(bounds):
        clause = _trim(text, left, right)
        if clause is not None:
            clauses.append(clause)
    return clauses


def _trim(text: str, start: int, end: int) -> Clause | None:
    while start < end and text[start] in " \t\n ;,":
        start += 1
    while end > start and text[end - 1] in " \t\n ;":
        end -= 1
    if start >= end:
        return None
    opening = start
    signal, start = read_signal(text, start, end)
    if start >= end:
        return Clause(opening, end, None, opening)
    return Clause(start, end, signal, opening)


def read_signal(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return the signal that ``text[start:end]`` opens with, in lower case, and where what follows begins.

    Several may follow one another: “and see also”, “For example, see”.
    """
    signals: list[str] = []
    while True:
        match = SIGNAL.match(text, start, end)
        if match is None and not signals:
            match = _CONJUNCTION.match(text, start, end)
        if match is None or match.end() == start:
            break
        signals.append(re.sub(r"\s+", " ", match.group().strip(" ,:;")).lower())
        start = match.end()
    return (" ".join(signals) or None), start


def _boundaries(text: str, opaque: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[int]:
    """Yield the offsets at which a clause ends, in order."""
    hidden: list[tuple[int, int]] | None = None
    position = 0
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        if hidden is None:
            # Most notes are one clause; only the others are searched for quotations and brackets.
            hidden = _hidden(text, opaque, start, end)
        at = match.end()
        while position < len(hidden) and hidden[position][1] <= at - 1:
            position += 1
        if position < len(hidden) and hidden[position][0] < at - (match.group() == ";") < hidden[position][1]:
            continue
        if match.group() == ";":
            if _PLACES_IN_ROW.search(text, max(begin, at - 12), at) and _PLACE_FOLLOWS.match(text, at):
                continue
        elif not _ends_sentence(text, begin, match, end):
            continue
        yield at
        begin = at


# “М.; Л., 1931”: two places of publication.
_PLACES_IN_ROW = re.compile(r"(?:^|[\s.,—–])(?:М|Л|Пг|СПб|К|M|L|SPb)\.\s?;$")
_PLACE_FOLLOWS = re.compile(r"\s?(?:М|Л|Пг|СПб|К|M|L|SPb|[А-ЯA-Z]\w+)\.?[,:]")


def _hidden(text: str, opaque: Iterable[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges within which no clause ends, in order and without overlaps."""
    ranges = [*opaque, *find_marked(text, start, end)]
    ranges += [match.span() for match in _BRACKETS.finditer(text, start, end)]
    if _MAY_BE_GOST.search(text, start, end) is not None:
        ranges += [match.span() for match in _GOST.finditer(text, start, end)]
    merged: list[tuple[int, int]] = []
    for left, right in sorted(ranges):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


_LONG = 400


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a stop ends a sentence: no initial, no abbreviation, no citation that goes on after it."""
    following = stop.end()
    # A long stretch is neither a name nor a signal, and need not be copied to be looked at.
    words = text[begin : stop.start()].lstrip(" ;,") if stop.start() - begin < _LONG else "…"
    if text[stop.start()] != ".":
        # The question may be a title: “What Is History? (London: Macmillan, 1961)”, “Warum? In: …”.
        goes_on = _IMPRINT.match(text, following, end) or text.startswith("In: ", following, end)
        return not goes_on and not (_is_open_title(words) and _TITLE_GOES_ON.match(text, following, end))
    if SIGNAL.fullmatch(words + ". "):
        return False
    if _REPETITION.fullmatch(words + "."):
        return not _LABEL_FOLLOWS.match(text, following, end)
    if not _is_stop_after_word(text, begin, stop.start()) or _is_inside_date(text, begin, stop):
        return False
    if _is_written_initial(text, begin, stop, end):
        return False
    if SIGNAL.match(text, following, end):
        return True
    if _CONTINUES.match(text, following, end) or _NUMERAL_FOLLOWS.match(text, following, end):
        return False
    if _SHORT_WORD.fullmatch(words) and _ABBREVIATION_FOLLOWS.match(text, following, end):
        return False
    if _SAME_AUTHOR.fullmatch(words + ".") or _ABNT_AUTHORS.fullmatch(words):
        return False
    if _RESPONSIBLE_FOLLOWS.match(text, following, end) and _PAGE_GIVEN.search(words) is None:
        return False
    if (words.endswith("*") or "*" in stop.group()) and _SERIES_AND_IMPRINT.match(text, following, end):
        return False
    if _is_open_title(words) and _TITLE_GOES_ON.match(text, following, end):
        return False
    return not (len(words) < 60 and _NAMES_ALONE.fullmatch(words) and _is_title(text, following, end))


# “12 Car. II, c. 4”: a number is never a sentence's first word but with what it counts behind it.
_NUMERAL_FOLLOWS = re.compile(r"(?:[IVXLC]{2,7}|[VX])(?=[,;.)]|$)")
# “Rot. Parl., iii. 234”: one short word before an abbreviation is one as well.
_SHORT_WORD = re.compile(rf"[{UPPER}][^\W\d_]{{1,4}}")
_ABBREVIATION_FOLLOWS = re.compile(rf"[{UPPER}][^\W\d_]{{1,6}}\.[,\s]")


def _is_open_title(words: str) -> bool:
    """Tell whether a citation has begun with names and a title that no pages and no year have closed yet."""
    lead = SIGNAL.match(words)
    before = _BEFORE_NAMES.match(words, lead.end() if lead is not None else 0)
    begun = words[before.end() :] if before is not None else words
    return (
        _TITLE_BEGUN.fullmatch(begun) is not None
        and _PAGE_GIVEN.search(begun) is None
        and _YEAR_GIVEN.search(begun) is None
    )


# The number of a page is no day: “S. 12. Mai 1956 …”.
_DAY_OR_YEAR = re.compile(
    r"(?<![\w.–—-])(?<!\b[Ss]\.\s)(?<!\b[Ss]\.)(?<!\bp\.\s)(?<!\bpp\.\s)\d{1,2}$|(?<![\w.–—-])\d{4}$"
)


def _is_inside_date(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a stop stands behind the day, or a year that comes first: “4. August 1891”."""
    number = _DAY_OR_YEAR.search(text, max(begin, stop.start() - 8), stop.start())
    end = date_at(text, number.start()) if number is not None else None
    return end is not None and end > stop.end()


def _is_title(text: str, start: int, end: int) -> bool:
    """Tell whether a title that ends in pages follows a name and a full stop: “Vu. Die Gesellschaft, 328”."""
    return (
        re.match(
            r"[*\"“„«]|[^.;]{3,160}?,\s(?:pp?\.\s?)?\d{1,4}(?:[–—-]\d{1,4})?(?=[,.;]|$)",
            text[start : min(end, start + 240)],
        )
        is not None
    )


# Given names whose first letter is written with several: Yu. Tsedenbal, Gh. Gheorghiu-Dej, Sz. Nagy, Chr. Meyer.
_INITIAL_OF_LETTERS = re.compile(rf"(?<![\w’'-])(?:{words_pattern(word_list('initials', 'initials'))})$")
# A surname or more initials follow, and no word that opens a sentence: Yu is a surname as well.
_SURNAME_FOLLOWS = re.compile(
    r"(?!(?:The|An?|In|On|At|By|To|He|She|It|They|We|Th(?:is|at|ese|ose|ere|en|us)|His|Her|Its|Their|For|From|With"
    r"|After|Before|But|And|Also|When|While|As|If|Not?|Some|Such|One|According|However|Although|Though)\b)"
    rf"(?:[{UPPER}][a-zà-þ]{{0,3}}\.|[{UPPER}][\w’'-]+)"
)


def _is_written_initial(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a stop follows an initial of several letters before a surname."""
    return (
        _INITIAL_OF_LETTERS.search(text, begin, stop.start()) is not None
        and SIGNAL.match(text, stop.end(), end) is None
        and _SURNAME_FOLLOWS.match(text, stop.end(), end) is not None
    )


# German ordinals: “des VI. Parteitages”.
_ROMAN = re.compile(r"[IVXLC]{1,7}")
_COUNTS = re.compile(r"(?<!\w)(?:[Dd](?:es|em|er|en|ie|as)|[Zz]u[mr]|[Vv]om|[Bb]eim|[IiAa]m|[Aa]uf)\s$")


def _is_stop_after_word(text: str, start: int, stop: int) -> bool:
    """Tell whether the full stop at ``stop`` follows a word that is no initial and no abbreviation."""
    begin = stop
    while begin > start and (text[begin - 1].isalnum() or text[begin - 1] in ".-’'"):
        begin -= 1
    word = text[begin:stop]
    if not word:
        return True
    if len(word) == 1 and word.isupper():
        return False
    if re.fullmatch(r"(?:[^\W\d_]\.-?)+[^\W\d_]", word):
        return False
    if _ROMAN.fullmatch(word) and _COUNTS.search(text, max(start, begin - 12), begin):
        return False
    return word.lower().strip(".") not in _ABBREVIATED and f"{word}." not in _STATES
