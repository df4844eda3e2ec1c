"""Reads the places inside a work that close a citation: “79, 88–90”, “vol. 2, p. 45 n. 3”, “xii–xiv”."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import attrs

from citecheck.citations import Locator
from citecheck.grammars import load_grammar
from citecheck.parsing import Token, Tree
from citecheck.patterns import compiled
from citecheck.reading.folios import expand

_DASH = re.compile(r"\s?[-‐‑‒–—−]{1,2}\s?")
_NOTE_NUMBER = re.compile(r"\d.*")
# A label that goes on to hold for the values after it: “pp. 12, 15”. After “chap. 3, 45” comes a page,
# unless the label stands in the plural: “chaps. 3, 4”.
_LASTING = frozenset(("page", "folio", "column", "paragraph", "line", "verse"))
_PLURAL = re.compile(r"s\.?$|^(?:nn|§§|¶¶|vv|ll)\.?$|[ые]$|ces$")


@lru_cache(maxsize=1 << 12)
def read_locators(text: str) -> tuple[Locator, ...] | None:
    """Read a text that is a list of places and nothing else; None where it is not.

    Spans of the locators count from the beginning of ``text``.
    """
    parsed = load_grammar("locators").parse_whole(text)
    if parsed is None:
        return None
    children = parsed.tree.children
    return _with_volume(_locators(children[_meant_from(children) :]))


def read_extent(text: str, meant: Locator) -> tuple[Locator, ...]:
    """Return the pages that a whole work fills, where a citation gives them before the page that is meant.

    Args:
        text: the words of the citation, “*Economic History Review* 54 (2001): 228–250, at p. 239”.
        meant: the first place that is meant, with its span in the text: page 239.

    Returns:
        The range before “at”; nothing where the citation does not say which pages the work fills.
    """
    bracket = _BRACKET_BEFORE.search(text, 0, meant.span[0])
    if bracket is not None:
        whole = text[: bracket.start()]
        match = next((match for match in places_pattern().finditer(whole) if match.end() == len(whole)), None)
    else:
        lists = (match for match in places_pattern().finditer(text) if match.end() >= meant.span[1])
        match = next((match for match in lists if match.start("list") < meant.span[0]), None)
    parsed = load_grammar("locators").parse_whole(match.group("list")) if match is not None else None
    children = parsed.tree.children if parsed is not None else []
    before = children if bracket is not None else children[: _meant_from(children)]
    pages = _locators(child for child in before if isinstance(child, Tree))
    # The year of an imprint without brackets stands in the same list: “Göttingen 2012, S. 153–172, hier S. 155”.
    if pages and _YEAR.fullmatch(pages[0].written) and not pages[0].written_label:
        pages = pages[1:]
    return pages if all(page.label == "page" and page.end is not None for page in pages) else ()


# MHRA puts the page that is meant in brackets: “187–98 (p. 190)”.
_BRACKET_BEFORE = re.compile(r"\s?\((?:at\s)?(?:pp?\.|S\.|с\.)?\s?$")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def _with_volume(locators: tuple[Locator, ...]) -> tuple[Locator, ...]:
    """Take a number that only pages with their label follow for a volume: “Braudel, 2, p. 45”."""
    if len(locators) < 2 or locators[0].written_label or locators[0].end or not locators[0].start.isdigit():
        return locators
    first, second = locators[:2]
    if first.label == second.label == "page" and second.written_label and int(first.start) <= _MOST_VOLUMES:
        return (Locator("volume", first.start, None, first.written, "", first.span), *locators[1:])
    return locators


_MOST_VOLUMES = 30


def _meant_from(places: Sequence[Token | Tree]) -> int:
    """Return which places are the first that are meant, where others before them give the whole article.

    “pp. 228–250, at p. 239” says so; “S. 14–33, S. 17 f.” does by its second label.
    """
    behind = max((place for place, child in enumerate(places, 1) if isinstance(child, Token)), default=0)
    if behind == 0 and len(places) > 1 and _has_own_label(places[0]) and _has_own_label(places[1]):
        whole, meant = _locators(places[:2])[:2]
        if whole.label == meant.label == "page" and _holds(whole, meant):
            return 1
    return behind


def _has_own_label(place: Token | Tree) -> bool:
    return isinstance(place, Tree) and any(isinstance(part, Tree) for part in place.children)


def _holds(whole: Locator, meant: Locator) -> bool:
    """Tell whether the range of one locator holds another, and is longer."""
    ends = (whole.start, whole.end or "", meant.start, meant.end or meant.start)
    if not all(end.isdigit() for end in ends):
        return False
    first, last, start, end = map(int, ends)
    return first <= start <= end <= last and end - start < last - first


def _locators(places: Iterable[Token | Tree]) -> tuple[Locator, ...]:
    found: list[Locator] = []
    lasting, lasting_written = "page", ""
    for place in places:
        assert isinstance(place, Tree)
        label, written_label = lasting, lasting_written
        for part in place.children:
            if isinstance(part, Tree):
                token = part.children[0]
                assert isinstance(token, Token)
                label, written_label = token.type[: -len("_LABEL")].lower(), str(token)
                lasts = label in _LASTING or _PLURAL.search(written_label)
                lasting, lasting_written = (label, written_label) if lasts else ("page", "")
            elif part.type == "FOLLOWING":
                if found:
                    found[-1] = attrs.evolve(found[-1], following=_following(part))
            else:
                found.append(_locator(part, label, written_label, found))
                if part.type in ("VOLUME_NUMBER", "ROMAN_VOLUME"):
                    label, written_label = "page", ""
    return tuple(locator for locator in found if locator.start)


def _locator(token: Token, label: str, written_label: str, before: list[Locator]) -> Locator:
    """Return what one token of a place says; a locator without start where it adds none."""
    start, end = token.start_pos, token.end_pos
    span = (start, end)
    if token.type in ("VOLUME_NUMBER", "ROMAN_VOLUME"):
        return Locator("volume", str(token), None, str(token), "", span)
    if token.type == "NOTE_MARK":
        number = _NOTE_NUMBER.search(token)
        if number is None:
            return Locator("note", "")
        first, last = _ends(number.group())
        return Locator("note", first, last, str(token), token[: number.start()].strip(), span)
    if token.type == "LABEL_AFTER":
        return Locator("page", "")
    first, last = _ends(token)
    return Locator(label, first, last, str(token), written_label, span)


# “122 f.”, “122 sq.”, „122 sk.“: one page more; all the others are several.
_ONE_MORE = frozenset(("f", "sq", "sk", "n"))


def _following(written: str) -> str:
    bare = written.strip("*.")
    if bare == "passim":
        return bare
    return "f" if bare in _ONE_MORE else "ff"


def _ends(written: str) -> tuple[str, str | None]:
    """Return first and last value of a range, the last in full; the last is None for a single value."""
    parts = _DASH.split(written.replace("[", "").replace("]", "").strip(), maxsplit=1)
    return parts[0], expand(parts[0], parts[1]) if len(parts) > 1 else None


def shift(locators: tuple[Locator, ...], by: int) -> tuple[Locator, ...]:
    """Return the locators with their spans moved by an offset."""
    if not by:
        return locators
    return tuple(locator.at((locator.span[0] + by, locator.span[1] + by)) for locator in locators)


@cache
def _terminals() -> dict[str, str]:
    terminals = sorted(
        load_grammar("locators").parser.tables.terminals, key=lambda terminal: -terminal.priority
    )
    # A slash is escaped in a grammar file only because slashes enclose patterns there.
    return {terminal.name: terminal.pattern.replace(r"\/", "/") for terminal in terminals}


@cache
def list_pattern() -> str:
    """Return a regular expression for what may be a list of places, to say where the grammar is to look.

    It is made of the grammar's own terminals, so that nothing the grammar knows escapes it. What it
    finds is tried with :func:`read_locators` before it is believed.
    """
    patterns = _terminals()
    labels = "|".join(pattern for name, pattern in patterns.items() if name.endswith("_LABEL"))
    clinging = "|".join(patterns[name] for name in ("NOTE_MARK", "FOLLOWING", "LABEL_AFTER"))
    labelled = "|".join(patterns[name] for name in ("VALUE", "UPPER_ROMAN", "LETTER"))
    volume = "|".join(
        rf"(?:{patterns[name]}){mark}"
        for name, mark in (("VOLUME_NUMBER", r":\s?"), ("ROMAN_VOLUME", r"[,.]\s"))
    )
    also = rf"{patterns['_AND']}|{patterns['AT']}"
    joint = rf"\s*(?:[,.:]\s*)*+(?:(?:{also})\s?)?"
    # Possessive throughout: a list is taken whole or not at all, and trying it at every comma stays linear.
    item = (
        rf"(?:(?:{volume})?(?:{labels})\s?(?:{labelled})"
        rf"|(?:{volume})?(?:{patterns['VALUE']}))(?:\s?(?:{clinging}))*+"
    )
    return rf"(?>(?:(?:{also})\s)?{item}(?>{joint}{item})*+)"


@cache
def label_pattern() -> re.Pattern[str]:
    """Return the pattern of a label with the beginning of its value."""
    labels = "|".join(pattern for name, pattern in _terminals().items() if name.endswith("_LABEL"))
    return compiled(rf"(?:{labels})\s?\S")


@cache
def places_pattern() -> re.Pattern[str]:
    """Return the pattern of a list of places, as group ``list``, with what parts it from the words before."""
    return compiled(rf"\s*(?:(?:(?<!\.)\.[,:]*|[,:]+)[\"”]?\s*|\s+|(?<=[\"”»’)*]))(?P<list>{list_pattern()})")
