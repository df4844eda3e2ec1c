"""Fills a grammar's terminals with what the registry knows of one hierarchy.

A grammar leaves open what differs between archives of its system: it writes ``LABEL: "\\0label"``, and
here the labels of the hierarchy take that place when the grammar is loaded. What may be asked for
stands in :data:`_FILLERS`; a terminal that a hierarchy has nothing for never matches.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import attrs

from citecheck.archives import Hierarchy, LevelKind
from citecheck.grammars import Grammar, load_grammar
from citecheck.resources import data_folder


@cache
def level_grammar(hierarchy: Hierarchy) -> Grammar:
    """Return the grammar of a hierarchy's system, its terminals filled in."""
    return load_grammar(hierarchy.system, terminals=_terminals(hierarchy))


# A terminal that the registry fills in: name and priority, then one wish or several, with comments between.
_PLACEHOLDER = re.compile(r'^([A-Z_]+)(\.\d+)?:((?:\s*\|?\s*"\\0[^"\n]*"(?:[ \t]*//[^\n]*)?)+)', re.MULTILINE)
_WISH = re.compile(r'"\\0([^"\n]*)"')


@cache
def _placeholders(system: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the terminals that a system's grammar leaves to the registry, each with what it wants."""
    folder = data_folder("grammars")
    own = (folder / f"{system}.lark").read_text(encoding="utf-8")
    shared = (folder / "levels.lark").read_text(encoding="utf-8")
    imported = set(re.findall(r"[A-Z_]+", "".join(re.findall(r"%import \.levels \(([^)]*)\)", own))))
    found = [match for match in _PLACEHOLDER.findall(shared) if match[0] in imported]
    found += _PLACEHOLDER.findall(own)
    return tuple((name + priority, tuple(_WISH.findall(wishes))) for name, priority, wishes in found)


def _terminals(hierarchy: Hierarchy) -> tuple[tuple[str, str], ...]:
    filled = []
    for name, wishes in _placeholders(hierarchy.system):
        what, _, _ = wishes[0].partition(": ")
        pattern = _FILLERS[what](hierarchy, [wish.partition(": ")[2] for wish in wishes])
        if pattern:
            filled.append((name, pattern))
    return tuple(filled)


# --- labels -------------------------------------------------------------------------------------

_SMALL = "a-zß-öø-ÿа-яё" + "".join(filter(str.islower, map(chr, range(0x100, 0x180))))
# Letters that are not small ones; scripts without case count.
_LETTER = rf"[^\W\d{_SMALL}_]"
# What follows a label of numbers: 410, [7], XI A/284, I 261003, A'-0123, XXIII; not the rest of a sentence.
_NUMBER_AHEAD = (
    rf"(?=[\d№\[(“\"„«]|{_LETTER}{{1,8}}[²³]?['’]?[-./ ]{{0,2}}\d|{_LETTER}{{1,4}}[ -]{_LETTER}{{1,3}}[ /-]\d"
    rf"|{_LETTER}{{1,4}}['’]?-\d|[IVXLC]{{1,7}}(?!\.?\w)(?=\s*(?:[,.;:)\]]|$)))"
)
_NAME_AHEAD = rf"(?=[\d“\"„«(]|(?![{_SMALL}])[^\W_])"


def _labels(levels: Iterable[LevelKind]) -> list[str]:
    """Return the labels that may stand before a value, longest first; postfix ones do with a capital."""
    found = {
        label
        for level in levels
        for label in level.labels
        if not level.postfix or level.either_side or label[:1].isupper()
    }
    return sorted(found, key=lambda label: (-len(label), label))


def _any_label(labels: Iterable[str]) -> str:
    """Return the pattern of any of the labels; an abbreviation may lack its full stop before a figure.

    What all labels share stands once, not once for each: these patterns are large and many.
    """
    words, abbreviations, signs = [], [], []
    for label in labels:
        bare = re.sub(r"\\?\s+", r"\\s?", re.escape(label.rstrip(".").replace("’", "'")))
        if not label[:1].isalnum():
            signs.append(bare)
        elif label.endswith(".") or (len(label) <= 2 and label.lower() != label.upper()):
            abbreviations.append(bare)
        else:
            words.append(bare)
    kinds = signs
    if abbreviations:
        # An apostrophe may stand behind by mistake: “op.’ 8”.
        # … or a comma for the stop, in what was read by machine: “op, 128”.
        stop = r"(?:\.{1,2}'?|(?<=\w\w),(?=\s\d)|'?(?=\s?[\d№\[(])(?![^\W\d_]))"
        kinds.append(rf"(?<!\w)(?:{'|'.join(abbreviations)}){stop}")
    if words:
        # “Folder: Memoranda of Conversations”
        kinds.append(rf"(?<!\w)(?:{'|'.join(words)})'?(?![^\W\d_])(?::(?=[\s\d]))?")
    return rf"(?:{'|'.join(kinds)})(?:\s*(?:№|[Nn][o°]\.?|nr\.?|br\.|бр\.|č\.)(?=\s?\d))?\s*"


def _label_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    return _any_label(_labels(hierarchy.levels))


def _lone_label_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of a label whose number was lost: “Delo, Listy 40-42”."""
    labels = [label for label in _labels(hierarchy.levels) if len(label) > 3]
    return rf"(?:{_any_label(labels)})(?=,)" if labels else ""


def _number_label_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    labels = _labels(hierarchy.levels)
    return rf"(?:{_any_label(labels)}){_NUMBER_AHEAD}" if labels else ""


def _name_label_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    labels = _labels(level for level in hierarchy.levels if in_words(level) and not level.locator)
    return rf"(?:{_any_label(labels)}){_NAME_AHEAD}" if labels else ""


def _bracket_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of a bracket that holds a level: Record Group 94 (Entry 134)."""
    labels = _labels(hierarchy.levels)
    return rf"\s*\((?=(?:{_any_label(labels)}){_NUMBER_AHEAD})" if labels else ""


def _misspelt_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of any word that begins like a label; citecheck/reading/levels.py tells if it is a slip.

    The slips of all labels are hundreds, too many for one pattern.
    """
    words = {label for level in hierarchy.levels for label in (*level.labels, *level.misspellings)}
    initials = "".join(sorted({word[0] for word in words if len(word) >= 4 and word.isalpha()}))
    return rf"(?<!\w)[{initials}][^\W\d_]{{2,12}}\.?\s*(?=\d)" if initials else ""


_COUNT = r"(?:[A-ZА-Я]{1,3}[- ]){0,2}\d{1,5}(?:[a-z]|\.[a-z](?=\s))?(?:/(?:1[89]|20)\d\d(?=/))?(?:/(?:[a-z]{1,2}|\d{1,4}))?(?:\.?\s?[-–]\s?\d{1,5})?"
# Latvian leaves have their side before the label: 12. o. p. lp.
_SIDE_BEFORE = r"(?:\s?o\.\s?p\.)?"
# A space, or the hyphen of Turkic languages: 5-қор.
_TO_LABEL = r"(?:\s|[-–])?"


def _counted_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    postfix = [level for level in hierarchy.levels if level.postfix]
    labels = {label for level in postfix for label in (*level.labels, *level.misspellings)}
    labels |= {label for level in hierarchy.levels for label in level.behind}
    if not labels:
        return ""
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    words = "|".join(re.sub(r"\\?\s+", r"\\s?", re.escape(label)) for label in longest_first)
    return rf"{_COUNT}\.?{_SIDE_BEFORE}{_TO_LABEL}(?:{words})(?![^\W\d_])"


COUNTED = re.compile(rf"\s*({_COUNT})\.?({_SIDE_BEFORE}){_TO_LABEL}(.+)", re.DOTALL)
"""A number, its side, and the label behind it: “4. doboz”, “M-KS 288. f.”, “12. o. p. lp.”."""


# --- codes and words ----------------------------------------------------------------------------

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я"
# One piece of a code: figures, capitals, at most two small letters together, and what joins them.
_PIECE = (
    rf"[{_UPPER}\d](?:[{_UPPER}\d°*⁰¹²³⁴-⁹]|[{_SMALL}](?![{_SMALL}]{{2}})"
    r"|[/-][a-z]{2,4}(?=[/-])|\.(?=\w|\s\d|\.\d)|[/()\-–‑_:&'](?=[\w(])|'(?=-)|,(?=\d{3}(?!\d))|\)(?=[\s,.;:/\d-]|$))*"
)
_CAPITAL_PIECE = rf"[{_UPPER}\d](?:[{_UPPER}\d]|[./()\-–](?=[\w(]))*"
# A comma, a stop, a bracket, or the end: here a component of a reference ends.
_COMPONENT_END = r"(?=\s*(?:[,;:)\]]|\.(?=\s|$)|$)|\s+[(\[])"


def _code_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of a code that fills its component: XI A/284, 64 D 199, POL 27 VIET S."""
    # “RG226 E190 B32 F45”: labels may cling to their numbers.
    not_glued = rf"(?!{_label_ahead(hierarchy)}(?<=\S)\d)"
    # A number behind a full stop that ends all is the next note's: “Box 8, Johnson Library. 19”.
    return (
        rf"(?!(?<=\.\s)\d{{1,4}}\s*$)(?:\(\d{{1,3}}\)(?=\s*(?:[,;]|\.?$))"
        rf"|(?:\(\d{{1,3}}\)|(?:{_PIECE}\s{not_glued})?(?:{_CAPITAL_PIECE}\s{not_glued})?)(?=[^\s,;]*\d){_PIECE}"
        rf"(?:\s(?!{_label_ahead(hierarchy)}){_CAPITAL_PIECE}){{0,3}}+(?:{_COMPONENT_END}|{_BEFORE_LABEL}))"
    )


_NO_NAME = r"\s,;:()\[\]“”\"«»"
# A word of a name; one that ends in a full stop is an abbreviation or an initial: Arch. Nunz. Berlino.
_NAME_WORD = rf"(?:[^{_NO_NAME}]{{1,5}}\.(?=\s)|[^{_NO_NAME}]*\.(?=,)|[^{_NO_NAME}]*[^{_NO_NAME}.])"
# Words run on as long as no label follows: where they stop before a word and a number, it is a label.
_BEFORE_LABEL = r"(?=\s[^\s,;]{1,20}(?:\s[^\s,;]{1,12})?\s?[\d“\"„IVX])"


def _words_pattern(hierarchy: Hierarchy, arguments: Sequence[str]) -> str:
    """Return the pattern of a name that fills its component: Asie-Océanie 1944-1955, Apelační soud.

    With ``last`` as argument, the name must close the clause.
    """
    end = rf"(?:{_COMPONENT_END}|{_BEFORE_LABEL})"
    if "last" in arguments:
        end = r"(?=\s*\.?\s*(?:[;)\]]|$))"
    more = rf"(?:\s(?!{_label_ahead(hierarchy)}){_NAME_WORD})"
    return rf"(?![{_SMALL}])(?=[^\W_]){_NAME_WORD}{more}{{0,14}}+{end}"


def _aside_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of words in small letters before a label that no leaf has: zahr. kor., sv. 3."""
    labels = [
        label for label in _labels(kind for kind in hierarchy.levels if not kind.locator) if len(label) > 2
    ]
    words = rf"[{_SMALL}]{{3,}}(?:\.?\s[{_SMALL}]{{3,}}){{0,4}}"
    return rf"{words}(?=\.?,\s(?:{_any_label(labels)})\d)" if labels else ""


def _names_of_fonds_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of a fond's name, which is no number: “Referentura po Koree”; it ends where a label follows."""
    names = _own_forms(hierarchy.levels[0])
    return rf"(?=[^\W\d_]{{3}})(?:{names})(?=\s*[,.:]\s*{_label_ahead(hierarchy)})" if names else ""


# What a folder behind its box is not called: an archive, a collection, a day.
_NO_FOLDER = (
    r"(?:[A-Z.]{2,9}|[^,;:()]*(?:Librar(?:y|ies)|Archives?|Institut(?:e|ion)|Universit(?:y|ies)|College|Museum"
    r"|Papers|Collections?|Files?|Records|Series|MSS?)(?:\s(?:of|for|at|on)\s[^,;:()]*)?"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d[^,;:()]*)"
)


def _closing_words_pattern(hierarchy: Hierarchy, _arguments: Sequence[str]) -> str:
    """Return the pattern of a folder's name that closes a reference behind a number: “Box 541, Korea Vol. 1”."""
    end = r"(?=\s*\.?\s*(?:[;)\]]|$))"
    return (
        rf"(?<=\d),\s+(?!{_number_label_pattern(hierarchy, ())})(?!{_NO_FOLDER}{end})"
        rf"(?=[A-ZÀ-Þ][^,;:()]*[^\W\d_]{{3}})(?:[^,;:().]|(?<![^\W\d_]{{5}})\.(?!\s[A-Z][a-z])){{3,60}}?"
        rf"(?:\(\d{{1,2}}\))?{end}"
    )


@cache
def _label_ahead(hierarchy: Hierarchy) -> str:
    labels = _labels(hierarchy.levels)
    return rf"(?:{_any_label(labels)})(?=[\d“\"„IVX])" if labels else r"\0"


# --- signatures ---------------------------------------------------------------------------------


@attrs.frozen
class SignatureForm:
    """One way in which the levels of a hierarchy are joined: ``{department} {series}/{piece}``."""

    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    """Matches a whole signature; the groups are named after the levels."""


# With a “!”, no words count where the level takes words, and no bare number, but only a form of its own.
_FIELD = re.compile(r"\{(\w+!?)\}")
# Punctuation of a form, and how it may be printed.
_JOINTS = {
    ",": r",",
    "/": r"(?:\s?\([^()\n]{1,80}\))?\s?/\s?",
    "-": r"\s?[-–‑]\s?",
    ":": r"\s?:\s?",
}


def _form_regex(hierarchy: Hierarchy, form: str, *, named: bool, odd: bool = False) -> str:
    """Return the regular expression of a form, or "" where the form is none of the hierarchy's.

    Args:
        hierarchy: the levels, whose patterns take the place of their keys.
        form: keys in braces with what joins them.
        named: whether the levels shall be groups.
        odd: whether the last level may have a value against its pattern.
    """
    parts = _FIELD.split(form)
    values = [_value_in_form(hierarchy, field) for field in parts[1::2]]
    if not all(values):
        return ""
    regex, tight = "", True
    for place, part in enumerate(parts):
        if place % 2:
            key = part.rstrip("!")
            value = _ODD_VALUE if odd and place == len(parts) - 2 else values[place // 2]
            regex += rf"(?P<{key}>{value})" if named else rf"(?:{value})"
            tight = not in_words(hierarchy.by_key[key])
        else:
            for letter in part:
                # “FO371” may lack its space, but never between figures.
                space = r"(?:\s|(?<!\d)|(?!\d))" if tight else r"\s+"
                regex += space if letter == " " else _JOINTS.get(letter, re.escape(letter))
                tight = True
    return regex


_ODD_VALUE = r"(?=[^\s,;]*\d)[^\W_][\w./()'\-–]*(?<![.(])"


def _value_in_form(hierarchy: Hierarchy, field: str) -> str:
    """Return the pattern that a level has inside a signature, "" where the hierarchy has no such level.

    Words in a signature take none of its joints, begin with a capital, and are no label.
    """
    kind = hierarchy.by_key.get(field.rstrip("!"))
    if kind is None:
        return ""
    if kind.locator:
        return r"\d{1,5}[a-z]?(?:\s?[-–‑]\s?\d{1,5}[a-z]?)?"
    if field.endswith("!"):
        return _own_forms(kind)
    if not in_words(kind):
        return kind.pattern
    words = re.sub(r"\[\^,;[:/]*\]", "[^,;:/()]", kind.pattern)
    return rf"(?![{_SMALL}])(?!{_label_ahead(hierarchy)})(?:{words})"


@cache
def _own_forms(kind: LevelKind) -> str:
    """Return the pattern of a level without what takes any words or a bare number; "" where nothing is left."""
    forms = (form for form in _alternatives(kind.pattern) if "[^,;" not in form)
    return "|".join(form for form in forms if in_words(kind) or re.fullmatch(form, "12") is None)


def fits_closely(kind: LevelKind, value: str) -> bool:
    """Tell whether a value is of a form that its level has, and not some words where any words will do."""
    if not in_words(kind):
        return kind.fits(value)
    forms = _own_forms(kind)
    return bool(forms) and re.fullmatch(forms, "Aaaa bbbb") is None and re.fullmatch(forms, value) is not None


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a regular expression, those in brackets left together."""
    found, depth, start = [], 0, 0
    for match in _PUNCTUATION.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if match.group() == "|" and depth == 0:
            found.append(pattern[start : match.start()])
            start = match.end()
    return [*found, pattern[start:]]


# Of a regular expression: classes and escaped letters, which hide what is in them; groups and alternatives.
_PUNCTUATION = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]")


def _form_pattern(hierarchy: Hierarchy, forms: Sequence[str], *, odd: bool = False) -> str:
    regexes = [regex for form in forms if (regex := _form_regex(hierarchy, form, named=False, odd=odd))]
    if not regexes:
        return ""
    end = rf"(?:{_COMPONENT_END}|(?<=[\d*)])(?=\s)|(?=\s+{_label_ahead(hierarchy)}))"
    return rf"(?:{'|'.join(regexes)})(?![\w#]|[-–/*]\w|[.:]\w){end}"


def _odd_form_pattern(hierarchy: Hierarchy, forms: Sequence[str]) -> str:
    return _form_pattern(hierarchy, forms, odd=True)


@cache
def signature_forms(hierarchy: Hierarchy, terminal: str) -> tuple[SignatureForm, ...]:
    """Return the forms that a terminal of the hierarchy's grammar matches, in the order of the grammar."""
    found = []
    for name, wishes in _placeholders(hierarchy.system):
        if name.partition(".")[0] != terminal:
            continue
        for wish in wishes:
            what, _, form = wish.partition(": ")
            regex = _form_regex(hierarchy, form, named=True, odd=what == "odd form")
            if regex:
                found.append(SignatureForm(tuple(re.findall(r"\{(\w+)", form)), re.compile(regex)))
    return tuple(found)


@cache
def in_words(kind: LevelKind) -> bool:
    """Tell whether a level takes any words (Apelační soud), and not only numbers and codes."""
    return kind.fits("Aaaa bbbb")


_FILLERS: Mapping[str, Callable[[Hierarchy, Sequence[str]], str]] = {
    "label": _label_pattern,
    "lone label": _lone_label_pattern,
    "label of a number": _number_label_pattern,
    "label of a name": _name_label_pattern,
    "bracket": _bracket_pattern,
    "misspelt": _misspelt_pattern,
    "counted": _counted_pattern,
    "code": _code_pattern,
    "words": _words_pattern,
    "aside": _aside_pattern,
    "names of fonds": _names_of_fonds_pattern,
    "closing words": _closing_words_pattern,
    "form": _form_pattern,
    "odd form": _odd_form_pattern,
}


def fold_count(label: str) -> str:
    """Return a label without the number sign that may follow it: “Опись №”."""
    return re.sub(r"\s*(?:№|[Nn][o°]\.?|nr\.?|br\.|бр\.|č\.)$", "", label)
