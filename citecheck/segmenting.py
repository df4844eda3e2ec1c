"""Divides the text of a note into clauses, each of which may hold one citation.

A clause ends at a semicolon, at the end of a sentence, and before a signal such as “See also”.
Nothing inside quotation marks or brackets ends one, and nothing inside an *opaque* range, the place
of a document in an archive, whose full stops (“РГАНИ. Ф. 5. Оп. 28.”) are no ends of sentences.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

# Signals in the order of their length, so that the longest is found. Chicago 18, 13.17 and GOST R 7.0.5, 7.4.
_SIGNAL_WORDS = (
    r"see,?\s+(?:also\s+)?among\s+others",
    r"see,?\s+(?:also\s+)?(?:for\s+(?:example|instance)|e\.\s?g\.|inter\s+alia|in\s+particular|especially)",
    r"see\s+also",
    r"see\s+esp\.",
    r"see",
    r"(?:quoted|cited|reprinted|reproduced|mentioned|published)\s+(?:in|by|from|after|according\s+to)",
    r"(?:enclosed|enclosure)\s+in",
    r"citing",
    r"but\s+see(?:\s+also)?",
    r"compare(?:\s+with)?",
    r"cf\.?(?:\s+also)?",
    r"e\.\s?g\.",
    r"for\s+(?:an?\s+)?(?:example|instance|overview|discussion|details?|more)",
    r"на\s+основе",
    r"(?:цит(?:\.|ируется)|приводится)\s+по",
    r"см\.?(?:\s+(?:также|напр\.|например|об\s+этом|подробнее))?",
    r"ср\.",
    r"див\.?(?:\s+також)?",
    r"vgl\.(?:\s+auch)?",
    r"siehe(?:\s+auch)?",
    r"s\.\s+auch",
    r"zit(?:\.|iert)\s+nach",
    r"voir(?:\s+aussi)?",
    r"cité\s+(?:dans|par|d['’]après)",
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
SIGNAL = re.compile(rf"(?:(?:and|и|und|et|és)\s+)?(?:{'|'.join(_SIGNAL_WORDS)})(?![\w-])(?:\s*[,:;](?=\s))?\s*", re.IGNORECASE)
_CONJUNCTION = re.compile(r"(?:and|und|et|és|и|та|i|și|oraz|a)\s+(?=[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ“\"«„*\[])")

# Words after which a full stop ends no sentence.
_ABBREVIATED = frozenset(
    """vol vols no nos nr pp p ed eds ed trans tr transl vgl cf st mr mrs ms dr prof gen col maj capt lt sgt com amb
    gov sen rep hon rev jan feb febr mar apr jun jul aug sept sep oct nov dec fig figs ch chap chaps art arts par para
    paras sec sect n nn fn fol fols f ff fos fo l ll op d dd comp comps repr rev al viz ca c jr sr inc ltd co corp
    bros univ dept esp approx pt pts bk bks ser misc ms mss add bd bde hg hgg hrsg aufl jg bl s u z t k b m ul w kt
    т тт с сс ф оп д дд л лл ед хр кн ч вып изд ред сост пер см ср напр стб г гг арк спр н э м л спб др п цит карт
    inv sygn teczka kart sign sv fasc vol köt évf sz dr id ikt ő e cs fond fondo dos dosar carton cart
    u.s e.g i.e a.e ph ibid tzv resp mass calif conn penn md n.j d.c ill wash tex ont que wis mich minn tenn fla colo
    """.split()  # noqa: SIM905
)
_SENTENCE_END = re.compile(r"[.!?…][*_]?[\"”’»)\]]*[*_]?(?:[⁰¹²³⁴-⁹]+)?\s+(?=[*_\[(“\"«„‘']*[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ—])")
_OPENING = {"“": "”", "«": "»", "„": "“", "(": ")", "[": "]"}


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


def split_clauses(text: str, opaque: Sequence[tuple[int, int]] = (), start: int = 0, end: int | None = None) -> list[Clause]:
    """Divide ``text[start:end]`` into clauses, in order and without gaps but for separators."""
    end = len(text) if end is None else end
    bounds = [start, *_boundaries(text, opaque, start, end), end]
    clauses = []
    for left, right in zip(bounds, bounds[1:], strict=False):
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


def _boundaries(text: str, opaque: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[int]:
    """Yield the offsets at which a clause ends, in order."""
    stops = _sentence_ends(text, start, end)
    position, closed_at = start, start
    hidden = iter([*opaque, (len(text) + 1, len(text) + 1)])
    hidden_start, hidden_end = next(hidden)
    for position, kind in sorted(stops | _semicolons(text, start, end)):
        if position < closed_at:
            continue
        while hidden_end <= position:
            hidden_start, hidden_end = next(hidden)
        if hidden_start < position < hidden_end:
            continue
        if kind == "sentence" or not _inside_quotes(text, start, position):
            yield position


def _semicolons(text: str, start: int, end: int) -> set[tuple[int, str]]:
    found = set()
    at = text.find(";", start, end)
    while at >= 0:
        found.add((at + 1, "semicolon"))
        at = text.find(";", at + 1, end)
    return found


def _sentence_ends(text: str, start: int, end: int) -> set[tuple[int, str]]:
    found = set()
    for match in _SENTENCE_END.finditer(text, start, end):
        if text[match.start()] == "." and not _ends_sentence(text, start, match.start(), match.end()):
            continue
        if _inside_quotes(text, start, match.start()) and not _inside_quotes(text, match.end() - 1, match.end()) and not re.search(r"[”\"»)\]]", match.group()):
            continue
        found.add((match.end(), "sentence"))
    return found


def _ends_sentence(text: str, start: int, stop: int, following: int) -> bool:
    """Tell whether the full stop at ``stop`` may end a sentence: no initial and no abbreviation before it."""
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
    return word.lower().strip(".") not in _ABBREVIATED


def _inside_quotes(text: str, start: int, position: int) -> bool:
    """Tell whether a position stands inside quotation marks or brackets opened after ``start``."""
    depth: list[str] = []
    straight = False
    for letter in text[max(start, position - 400) : position]:
        if depth and letter == depth[-1]:
            depth.pop()
        elif letter in _OPENING:
            depth.append(_OPENING[letter])
        elif letter == '"':
            straight = not straight
    return straight or bool(depth)
