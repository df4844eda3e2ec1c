"""STY601."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import attrs

from citecheck.archives import fold_name
from citecheck.documents import Document
from citecheck.evidence.commands import is_in_command
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import Text, text_of, texts
from citecheck.findings import Problem, Severity
from citecheck.manuscript import Span
from citecheck.reading.dates import read_date
from citecheck.rules import Bad, Good, rule


@rule(
    code="STY601",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 6 (en dashes)",
    examples=(
        Bad(
            "Han, *The History of Korea*, 301–304, 337–345.\nHuynh, *Vietnamese Communism*, 245-249.\n"
            "Suh, *Kim Il Sung*, 32–38.",
            says="“245-249” has a hyphen; 3 of 4 ranges have an en dash",
            fixed=(
                "Han, *The History of Korea*, 301–304, 337–345.\nHuynh, *Vietnamese Communism*, 245–249.\n"
                "Suh, *Kim Il Sung*, 32–38."
            ),
        ),
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\nRGANI, Fond 5, Opis 28, Delo 412, Listy 67–69.\n"
            "RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
            "RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.",
            says="“67–69” has an en dash; 3 of 4 ranges have a hyphen",
            fixed=(
                "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\n"
                "RGANI, Fond 5, Opis 28, Delo 412, Listy 67-69.\n"
                "RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
                "RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196."
            ),
        ),
        Good(
            "Suh, *Kim Il Sung*, 32-38.\nHan, *The History of Korea*, 301–304.\nSuh, *Kim Il Sung*, 84-93.\n"
            "Ibid., 90–91."
        ),
        Good(
            "Mansourov, “Stalin, Mao, Kim,” *Korea Focus* 8, no. 2 (2000): 94–119.\n"
            "Wells, “The 4-19 Revolt,” 30–31, 40–42."
        ),
    ),
)
def range_dash(document: Document) -> Iterator[Problem]:
    """A range with another dash than the manuscript's other ranges have.

    Pages, leaves, years and months count alike, in notes, in the text and in the pages of entries. Where
    neither dash prevails nothing is reported; some typescripts have hyphens throughout. A dash in an item
    number that others write otherwise, and an en dash in a word that the manuscript writes with a hyphen
    elsewhere (Sino–Soviet), are reported too.
    """
    ranges = {found.span: found for found in (*_locator_ranges(document), *_date_ranges(document))}
    yield from _judge(list(ranges.values()), "ranges", 0.7)
    for numbers in _item_numbers(document):
        yield from _judge(numbers, "such numbers", 0.6)
    yield from _compounds(document)


def _judge(ranges: list["_Range"], name: str, share: float) -> Iterator[Problem]:
    found = usage(ranges, lambda found: found.form, share=share)
    if found is None:
        return
    for odd, form in found.odd:
        others = f"{found.count} of {found.total} {name} have {_NAMES[found.form]}"
        yield odd.problem(f"“{odd.written}” has {_NAMES[form]}; {others}", found.form)


_NAMES = {"-": "a hyphen", "–": "an en dash", "—": "an em dash", "--": "two hyphens"}
_FORMS = {"‐": "-", "‑": "-", "-": "-", "‒": "–", "–": "–", "−": "–", "—": "—", "--": "--"}
_DASH = re.compile(r"--|[-‐‑‒–—−]")


@attrs.frozen
class _Range:
    """A range in a text, where its dash stands, and whether only the dash decides how it is read."""

    text: Text
    start: int
    end: int
    dash: tuple[int, int]
    fixable: bool

    @property
    def written(self) -> str:
        return self.text.words[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.text.passage.span(self.start, self.end)

    @property
    def form(self) -> str:
        return _FORMS[self.text.words[slice(*self.dash)]]

    def problem(self, message: str, usual: str) -> Problem:
        return self.text.problem(
            self.start,
            self.end,
            message,
            help=f"write {_NAMES[usual]}",
            fix=self.text.fix(*self.dash, usual) if self.fixable else None,
        )


def _locator_ranges(document: Document) -> Iterator[_Range]:
    for citation in document.citations:
        for locator in citation.reference.locators:
            if locator.end is not None and locator.label not in ("volume", "issue"):
                text = text_of(citation, document)
                yield from _range(
                    text, citation.start + locator.span[0], citation.start + locator.span[1], True
                )
    for text in texts(document, "entry"):
        if text.entry is not None and text.entry.pages is not None and text.entry.pages.end is not None:
            yield from _range(text, *text.entry.pages.span, True)


def _range(text: Text, start: int, end: int, fixable: bool) -> Iterator[_Range]:
    dashes = list(_DASH.finditer(text.words, start, end))
    if len(dashes) == 1 and not is_in_command(text.words, *dashes[0].span()):
        yield _Range(text, start, end, dashes[0].span(), fixable)


# Years and months inside a title are read as part of it: there a fix would change what is read.
_YEARS = re.compile(
    r"[12](?<![\w/.,–-][12])(?:(?<=1)[0-9]|0)\d\d(?:--|[-‐‑‒–—−])(?:(?:1[0-9]|20)\d\d|\d\d)(?![\w/–-])"
)
_MONTHS = re.compile(
    r"\b(?P<first>[^\W\d_]{3,12})\.?(?:\s\d{1,2})?(?:,?\s\d{4})?(?:--|[-‐‑‒–—−])(?:\d{1,2}\s)?(?P<last>[^\W\d_]{3,12})(?![^\W\d_])"
)

# A dash before what may be a month: without one there is no need to try each word of a note.
_BEFORE_WORD = re.compile(r"[-‐‑‒–—−](?=(?:\d{1,2}\s)?[^\W\d_]{3})")


def _date_ranges(document: Document) -> Iterator[_Range]:
    # Those of the bibliography are compared among themselves, by dash-in-entry (STY614).
    for text in texts(document, "note"):
        months = _MONTHS.finditer(text.words) if _BEFORE_WORD.search(text.words) else iter(())
        for match in chain(_YEARS.finditer(text.words), filter(_names_months, months)):
            if text.is_cited(match.start(), match.end()):
                yield from _range(text, match.start(), match.end(), False)


def _names_months(match: re.Match[str] | None) -> bool:
    return match is not None and all(
        read_date(f"1 {match[name]} 1956") is not None for name in ("first", "last")
    )


# ---- item numbers of archives

_ITEM = re.compile(r"([^\W\d_]+)\s?(--|[-‐‑‒–—−])\s?\d")


def _item_numbers(document: Document) -> Iterable[list[_Range]]:
    """Return the numbers of each level that begin with the same letters: IV–130, IV-138/1."""
    groups: defaultdict[tuple[str | None, str, str], list[_Range]] = defaultdict(list)
    for citation, reference in document.archival:
        for level in reference.printed:
            start, end = level.span
            value = citation.text.find(level.value, start, end + len(level.value))
            match = (
                _ITEM.match(citation.text, value, max(value, 0) + len(level.value)) if value >= 0 else None
            )
            if match is not None:
                text, offset = text_of(citation, document), citation.start
                dash = (offset + match.start(2), offset + match.end(2))
                groups[reference.archive, level.key, match.group(1)].append(
                    _Range(text, offset + value, offset + value + len(level.value), dash, False)
                )
    return groups.values()


# ---- words

_COMPOUND = re.compile(r"(?<![\w–-])[^\W\d_]{2,20}[–-][^\W\d_]{3,25}(?![\w–-])")
_DASHED_WORD = re.compile(r"–(?<=[^\W\d_]–)(?=[^\W\d_])")


def _compounds(document: Document) -> Iterator[Problem]:
    """Report words with an en dash that the manuscript writes with a hyphen more often."""
    dashed: defaultdict[str, list[tuple[Text, re.Match[str]]]] = defaultdict(list)
    for text in texts(document, "note"):
        for match in _COMPOUND.finditer(text.words) if _DASHED_WORD.search(text.words) else ():
            if "–" in match.group() and not _names_months(_MONTHS.match(match.group())):
                dashed[fold_name(match.group())].append((text, match))
    hyphened: Counter[str] = Counter()
    wanted = {match.group().replace("–", "-").casefold() for places in dashed.values() for _, match in places}
    for text in texts(document) if wanted else ():
        folded = text.words.casefold()
        if not any(word in folded for word in wanted):
            continue
        for match in _COMPOUND.finditer(text.words):
            if "–" not in match.group():
                hyphened[fold_name(match.group())] += 1
    for key, places in dashed.items():
        if hyphened[key] < len(places):
            continue
        for text, match in places:
            yield text.problem(
                match.start(),
                match.end(),
                f"“{match.group()}” has an en dash; elsewhere the manuscript writes it with a hyphen",
                help="write a hyphen",
            )
