"""Reads the sentences behind the title, each by its form: imprint, periodical, part of a book, thesis, address.

``grammars/bibliography.lark`` says what each form is; here its tree fills in the entry.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from citecheck.bibliographies.entry_reading import YEAR, EntryReading
from citecheck.bibliographies.heads import opens_entry
from citecheck.citations import Container, Locator, Offsets
from citecheck.grammars import load_grammar
from citecheck.parsing import Token, Tree
from citecheck.reading.dates import read_date
from citecheck.reading.folios import expand
from citecheck.reading.reprints import part_first_printing
from citecheck.reading.trees import tokens_of, trees_of
from citecheck.resolving.folding import fold
from citecheck.resolving.name_lists import read_names
from citecheck.vocabulary import word_list, words_pattern


@lru_cache(maxsize=1 << 12)
def parse_sentence(words: str) -> Tree | None:
    """Read one sentence; offsets in the tree count from its beginning."""
    parsed = load_grammar("bibliography").parse_whole(words)
    child = parsed.tree.children[0] if parsed is not None else None
    return child if isinstance(child, Tree) else None


def is_understood(text: str, sentences: Sequence[Offsets], index: int, draft: EntryReading) -> bool:
    """Tell whether a sentence after a title without marks is something else than more of the title."""
    tree = parse_sentence(text[slice(*sentences[index])])
    if tree is None or tree.data != "imprint":
        return tree is not None
    parts = {child.data for child in tree.children if isinstance(child, Tree)}
    is_dated = draft.date is not None or "date" in parts
    is_placed = "house" in parts or index == len(sentences) - 1
    return is_dated and is_placed and is_last_source(text, sentences, index)


def is_last_source(text: str, sentences: Sequence[Offsets], index: int) -> bool:
    """Tell whether nothing but addresses and the like follows a sentence, or another entry."""
    for begin, end in sentences[index + 1 :]:
        if opens_entry(text, begin):
            return True
        tree = parse_sentence(text[begin:end])
        if tree is None or tree.data not in ("web", "genre", "extent"):
            return False
    return True


def read_sentence(text: str, start: int, end: int, draft: EntryReading, *, last: bool) -> None:
    """Read a sentence behind the title into the draft; ``last`` says that nothing but addresses follows it."""
    if _ASIDE.match(text, start):
        return
    tree = parse_sentence(text[start:end])
    if tree is None:
        _read_unknown(text[start:end], draft)
        return
    if last and tree.data == "periodical" and _is_firm(tree, draft):
        _take_firm(draft, _text_of(tree, "journal"), alone=True)
        _take_date(draft, _text_of(tree, "date"))
        draft.closed = True
        return
    _READERS[tree.data](tree, draft, start)
    draft.closed = draft.closed or (last and tree.data == "imprint")


_ASIDE = re.compile(
    r"(?:Published|Originally|First|With\s(?:an?|the|comment\w*|contrib\w*)|Last\smodified|Updated|Reprinted)\s"
)


def _read_unknown(words: str, draft: EntryReading) -> None:
    """Take a sentence that has no form of its own: a series, or the site that a page stands on."""
    if draft.title_form == "quoted":
        if draft.container is not None and draft.container.kind != "webpage":
            # A database after the journal: “Project MUSE”.
            return
        if draft.container is not None and not draft.publishers:
            draft.publishers.append(draft.container.title)
        journal = re.match(r"\*([^*]+)\*.*\d", words)
        if journal is not None:
            draft.container = Container(title=journal.group(1), kind="article-journal")
        else:
            draft.container = Container(title=words.replace("*", ""), kind="webpage")
    elif draft.container is None and draft.title is not None:
        draft.container = Container(title=words.replace("*", "").strip(), kind="series")


def _is_firm(tree: Tree, draft: EntryReading) -> bool:
    """Tell whether what reads as a journal and a year is a publisher and a year (Graywolf Press, 2016)."""
    if draft.title_form == "quoted" and not draft.genre and draft.container is None:
        return False
    kinds = [child.data if isinstance(child, Tree) else child.type for child in tree.children]
    title = next(trees_of(tree, "journal")).children[0]
    return kinds == ["journal", "date"] and isinstance(title, Token) and title.type == "JOURNAL"


def _texts_of(tree: Tree, rule: str) -> list[str]:
    return [" ".join(str(child) for child in found.children).strip() for found in trees_of(tree, rule)][::-1]


def _text_of(tree: Tree, rule: str) -> str:
    found = _texts_of(tree, rule)
    return found[0].replace("*", "").strip(", ") if found else ""


def _take_date(draft: EntryReading, written: str) -> None:
    if not written or (draft.date is not None and draft.title_form != "quoted"):
        return
    written, first = part_first_printing(written)
    draft.original_date = draft.original_date or first
    years = re.findall(YEAR, written)
    if draft.year_written is None:
        draft.year_written = written
    value = read_date(written)
    if value is not None and len(years) > 1:
        value = f"{years[0]}/{years[-1]}"
    if draft.date is None or (value is not None and value.startswith(draft.date)):
        draft.date = value or (years[-1] if years else None)
    lettered = re.search(rf"{YEAR}([a-z])$", written)
    if lettered is not None:
        draft.suffix = lettered.group(1)


def _read_imprint(tree: Tree, draft: EntryReading, offset: int) -> None:
    for child in tree.children:
        if isinstance(child, Tree) and child.data == "house":
            _take_house(draft, _text_of(child, "places"), _text_of(child, "publisher"))
        elif isinstance(child, Tree) and child.data == "firm":
            _take_firm(draft, _text_of(child, "publisher"), alone=len(tree.children) <= 2)
    pages = list(trees_of(tree, "pages"))
    if pages:
        draft.pages = _locators(pages[0], offset)
    dates = [child for child in tree.children if isinstance(child, Tree) and child.data == "date"]
    if not dates:
        return
    again = any(isinstance(child, Token) and child.type == "AGAIN" for child in tree.children)
    if again and draft.date is not None:
        # “1963. Reprint, London: Penguin, 1980”: the first year was of another printing.
        draft.original_date, draft.date, draft.year_written = draft.date, None, None
    _take_date(draft, " ".join(str(token) for token in dates[-1].children))


def _take_house(draft: EntryReading, place: str, publisher: str) -> None:
    if re.search(r"\w", place):
        draft.places.append(place)
    if re.search(r"\w", publisher):
        draft.publishers.append(publisher)


_STATES = words_pattern(state.rstrip(".") for state in word_list("american-states", "abbreviations"))
_TOWN_AND_STATE = re.compile(rf"^[^,]+,\s(?:D\.?\s?C\.?|N\.\s?[A-Z]\.?|(?:{_STATES})\.?)$")


def _take_firm(draft: EntryReading, words: str, *, alone: bool) -> None:
    """Take “New York, Praeger”, or “London, Macmillan, and New York, St. Martin's Press”, or a publisher."""
    if _TOWN_AND_STATE.search(words):
        # “Washington, D.C., November 1993”: nobody is named.
        draft.places.append(words)
        return
    houses = re.split(r",\s+and\s+", words)
    if not alone or (len(houses) > 1 and all("," in house for house in houses)):
        for house in houses:
            place, _, publisher = house.rpartition(",")
            _take_house(draft, place.strip(), publisher.strip())
    else:
        draft.publishers.append(words)


_NUMBER_TAKEN_IN = re.compile(r"(?P<title>.*[^\W\d].*?),\s(?P<volume>\d{1,4})")


def read_periodical(tree: Tree, draft: EntryReading, offset: int) -> None:
    """Take the periodical of an article, with volume, issue, date and pages."""
    title = _text_of(tree, "journal")
    volume, issue, date = _text_of(tree, "volume"), _text_of(tree, "issue"), _text_of(tree, "date")
    taken_in = _NUMBER_TAKEN_IN.fullmatch(title) if not volume else None
    if taken_in is not None:
        # APA: “*American Anthropologist, 61*(6), 991–1012”: the volume is in italics with the title.
        title, volume = taken_in["title"], taken_in["volume"]
    pages = list(trees_of(tree, "pages"))
    is_series = not pages and (draft.title_form != "quoted" or not date)
    kind = "series" if is_series else "article-journal" if volume or issue else "article-newspaper"
    draft.container = Container(title=title, volume=volume or None, issue=issue or None, kind=kind)
    if is_series:
        return
    _take_date(draft, date)
    draft.pages = _locators(pages[0], offset) if pages else ()
    draft.closed = True


def _read_part(tree: Tree, draft: EntryReading, offset: int) -> None:
    draft.is_part = True
    # The stop of a last initial has ended the sentence: “edited by … and Schramm, T.”
    named = next(filter(None, (_text_of(tree, rule) for rule in ("editors", "authors", "names"))), "")
    names = re.sub(r"(?<=[\s,][A-ZÀ-Þ])$", ".", named)
    editors = read_names(names)
    draft.container = Container(
        title=_text_of(tree, "book"), creators=editors, volume=_text_of(tree, "volume") or None, kind="book"
    )
    pages = list(trees_of(tree, "pages")) or list(trees_of(tree, "within"))
    if pages:
        draft.pages = _locators(pages[0], offset)
    for house in trees_of(tree, "house"):
        _take_house(draft, _text_of(house, "places"), _text_of(house, "publisher"))
        draft.closed = True
    _take_date(draft, _text_of(tree, "date"))


def _read_contribution(tree: Tree, draft: EntryReading, offset: int) -> None:
    lead = str(tree.children[0]).lower()
    names = read_names(_text_of(tree, "names"))
    if lead.startswith(("trans", "übers", "ford", "пер")):
        draft.translators = names
    elif lead.startswith(("edited", "compiled")):
        draft.editors = names


def _read_edition(tree: Tree, draft: EntryReading, offset: int) -> None:
    draft.edition = str(tree.children[0])


def _read_part_of(tree: Tree, draft: EntryReading, offset: int) -> None:
    volume = _text_of(tree, "volume") or None
    if any(token.type == "PART" for token in tree.children if isinstance(token, Token)):
        # “Part I: *The Movement.*”: parts have titles of their own within one work.
        return
    italics = [token for token in tree.children if isinstance(token, Token) and token.type == "ITALIC"]
    if italics:
        draft.container = Container(title=str(italics[0]).strip("*"), volume=volume, kind="series")
    else:
        draft.volume = volume or " ".join(str(token) for token in tokens_of(tree))


def _read_thesis(tree: Tree, draft: EntryReading, offset: int) -> None:
    draft.genre = "thesis"
    publisher = _text_of(tree, "publisher")
    if publisher:
        draft.publishers.append(publisher)
    _take_date(draft, _text_of(tree, "date"))
    draft.closed = bool(publisher)


def _read_genre(tree: Tree, draft: EntryReading, offset: int) -> None:
    words = fold(str(tree.children[0]))
    if words.endswith("script") or words.startswith("mimeo"):
        draft.genre = "manuscript"
    elif words == "working paper":
        draft.genre = words
    # “Kindle” and “PDF” say how a book was read, not what it is.


def _read_web(tree: Tree, draft: EntryReading, offset: int) -> None:
    addresses = [str(token) for token in tokens_of(tree) if token.type == "URL"]
    if addresses:
        draft.url = addresses[0].rstrip(".,")
        draft.closed = True


_READERS: dict[str, Callable[[Tree, EntryReading, int], None]] = {
    "imprint": _read_imprint,
    "periodical": read_periodical,
    "part": _read_part,
    "contribution": _read_contribution,
    "edition": _read_edition,
    "part_of": _read_part_of,
    "thesis": _read_thesis,
    "genre": _read_genre,
    # How many pages a book has is no part of its record.
    "extent": lambda *_: None,
    "web": _read_web,
}

_RANGE = re.compile(
    r"(?P<first>[A-Z]{0,2}\d+[a-z]?|[ivxlc]+)(?:\s?[–—-]\s?(?P<last>[A-Z]?\d+[a-z]?|[ivxlc]+))?(?![.\w])"
)


def _locators(pages: Tree, offset: int) -> tuple[Locator, ...]:
    """Return the page ranges of a sentence that begins at ``offset``, abbreviated ends expanded."""
    token = next(tokens_of(pages))
    offset += token.start_pos
    label = re.match(r"(?:[Pp]p?\.?|[Ss]\.|[Сс]{1,2}\.)\s?(?=[\dA-Zivxlc])", token)
    if token.startswith("("):
        # “(Vol. 50, No. 3, pp. 645–686)”
        label = re.search(r"[Pp]p?\.\s?(?=[\divxlc])", token)
    found = []
    for match in _RANGE.finditer(token, label.end() if label is not None else 0):
        first, last = match.group("first"), match.group("last")
        found.append(
            Locator(
                label="page",
                start=first,
                end=None if last is None else expand(first, last),
                written=match.group(),
                written_label=label.group().strip() if label is not None else "",
                span=(offset + match.start(), offset + match.end()),
            )
        )
    return tuple(found)
