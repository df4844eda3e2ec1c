"""Reads references by author and date in notes, where no brackets need stand round them: “Garnaut 2013, 34”.

A name before a year may be anything in a note: a title (“Marr, Vietnam 1945, 234”), a letter, an event. Only
what the bibliography confirms is taken for a reference.
"""

import re
from collections.abc import Iterator
from functools import cache

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import Kind, Reference, WorkReference
from citecheck.reading.brackets import build_inline, parse_inline, without_bracket
from citecheck.reading.creators import AND_PATTERN, OTHERS_PATTERN, is_newspaper, short_name_pattern
from citecheck.reading.found import Found
from citecheck.reading.inline import find_inline
from citecheck.reading.listed import NOTHING_LISTED, ListedWorks
from citecheck.reading.locators import list_pattern, read_locators, shift
from citecheck.reading.narratives import may_be_author
from citecheck.reading.segmenting import Clause

_YEAR = r"(?:\[\d{4}\]\s)?\[?(?:1[5-9]|20)\d\d\]?(?:/\d{2,4}|\s?\[\d{4}\])?[a-z]?(?!\w)"
# To look for this first spares all other notes.
_NAME_AND_YEAR = re.compile(rf"[{UPPER}][\w’'-]*(?:\s[\w.&]+){{0,2}}[.,]?\s[(\[]?(?:1[5-9]|20)\d\d")
_PERSON = short_name_pattern(3)


@cache
def _dated() -> re.Pattern[str]:
    """Return the pattern of what may be author, year and pages, to be tried with the grammar."""
    return re.compile(
        rf"(?:(?<=[\s(])|^){_PERSON}(?:(?:,\s{_PERSON}){{0,4}},?\s{AND_PATTERN}\s{_PERSON})?{OTHERS_PATTERN}?,?"
        rf"\s{_YEAR}(?:(?:,|:)\s?(?:{list_pattern()}))?"
    )


@cache
def _places_behind() -> re.Pattern[str]:
    """Return the pattern of pages behind the year in brackets, where nothing else follows."""
    return re.compile(rf"[,:]\s?(?P<list>{list_pattern()})(?=[.,;]?(?:\s|$))")


def read_dated_clause(text: str, clause: Clause, listed: ListedWorks) -> list[Found]:
    """Return the references by author and date that a clause consists of; none if there is anything else in it.

    Args:
        text: the note.
        clause: the range of it that is looked at.
        listed: the works of the bibliography.
    """
    if not _may_be_dated(text, clause, listed):
        return []
    return _led_in(list(_read(text, clause.start, _end(text, clause), listed)), clause)


def read_unlisted(text: str, clause: Clause) -> list[Found]:
    """Return the references by author and date that a clause consists of, though no list has them.

    That is for manuscripts whose notes cite so throughout; even there each must give pages.

    Args:
        text: the note.
        clause: the range of it that is looked at.
    """
    if _NAME_AND_YEAR.search(text, clause.start, clause.end) is None:
        return []
    found = list(_parse(text, clause.start, _end(text, clause), NOTHING_LISTED))
    return _led_in(found, clause) if all(_gives_pages(each.reference) for each in found) else []


def _end(text: str, clause: Clause) -> int:
    """Return where the words of a clause end without the stop behind them."""
    end = clause.end
    while end > clause.start and text[end - 1] in " .,;":
        end -= 1
    return end


def _led_in(found: list[Found], clause: Clause) -> list[Found]:
    """Give the first reference of a clause the clause's signal."""
    if found and found[0].signal is None:
        found[0] = attrs.evolve(found[0], signal=clause.signal)
    return found


def _gives_pages(reference: Reference) -> bool:
    """Tell whether a reference by author and date names somebody who may be an author, and pages."""
    if not isinstance(reference, WorkReference) or reference.kind is not Kind.AUTHOR_DATE:
        return False
    return bool(reference.locators) and _has_author(reference)


def _has_author(reference: WorkReference) -> bool:
    """Tell whether a reference names somebody who may be an author, and no newspaper."""
    return may_be_author(reference.creators) and not is_newspaper(reference.creators[0].written)


def find_dated(text: str, clause: Clause, listed: ListedWorks) -> list[Found]:
    """Return the references by author and date among the words of a clause, in order.

    Args:
        text: the note.
        clause: the range of it that is looked at.
        listed: the works of the bibliography.
    """
    if not _may_be_dated(text, clause, listed):
        return []
    words = text[clause.start : clause.end]
    found = [
        _with_places_behind(words, each) for each in find_inline(words, listed) if _is_confirmed(each, listed)
    ]
    for match in _dated().finditer(words):
        if all(each.end <= match.start() or each.start >= match.end() for each in found):
            found += _read(words, *match.span(), listed)
    found.sort(key=lambda each: each.start)
    return [
        attrs.evolve(
            each,
            start=clause.start + each.start,
            end=clause.start + each.end,
            signal=clause.signal if each.start == 0 else each.signal,
        )
        for each in found
    ]


# “Gould 1966, S. 6”; without the label “Budapest 1990, 12” might be anything.
_LABELLED = re.compile(
    # Brazilian notes (ABNT) write “SACHS, 2005, p. 12”.
    rf"(?:[{UPPER}][^,;()\d]{{1,60}}|[A-ZÀ-ÖØ-Þ]{{5,20}},)\s(?:1[5-9]|20)\d\d[a-z]?[,:]\s?(?:[Ss]{{1,2}}|pp?|[Сс])\.\s?[\divx]"
)


def read_labelled(words: str) -> WorkReference | None:
    """Read author and year whose pages have their label, as German notes give them: “Müller / Pfisterer 2011, S. 3”.

    No bibliography is needed to tell these; None where the words are anything else.
    """
    if _LABELLED.match(words) is None:
        return None
    tree = parse_inline(f"({words})")
    found = list(build_inline(tree, -1, len(words))) if tree is not None else []
    reference = found[0].reference if len(found) == 1 else None
    if not isinstance(reference, WorkReference) or reference.kind is not Kind.AUTHOR_DATE:
        return None
    if not _has_author(reference) or not all(locator.written_label for locator in reference.locators):
        return None
    return without_bracket(reference)


def _with_places_behind(words: str, found: Found) -> Found:
    """Give a reference the pages that follow its bracket: “Garnaut (2013), 45”."""
    match = _places_behind().match(words, found.end)
    locators = read_locators(match.group("list")) if match is not None else None
    reference = found.reference
    if match is None or not locators or not isinstance(reference, WorkReference) or reference.locators:
        return found
    places = shift(locators, match.start("list") - found.start)
    return attrs.evolve(found, end=match.end("list"), reference=attrs.evolve(reference, locators=places))


def _may_be_dated(text: str, clause: Clause, listed: ListedWorks) -> bool:
    return bool(listed.families) and _NAME_AND_YEAR.search(text, clause.start, clause.end) is not None


def _read(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read ``text[start:end]`` as the inside of a bracket; nothing where the list does not know an author."""
    found = list(_parse(text, start, end, listed))
    if all(_is_confirmed(each, listed) for each in found):
        yield from found


def _parse(text: str, start: int, end: int, listed: ListedWorks) -> Iterator[Found]:
    """Read ``text[start:end]`` as the inside of a bracket."""
    # The grammar wants the brackets.
    tree = parse_inline(f"({text[start:end]})")
    for each in build_inline(tree, start - 1, end + 1, listed) if tree is not None else ():
        if each.start < start:
            reference = each.reference
            if isinstance(reference, WorkReference):
                reference = without_bracket(reference)
            yield attrs.evolve(each, start=start, end=end, reference=reference)
        else:
            yield each


def _is_confirmed(found: Found, listed: ListedWorks) -> bool:
    """Tell whether the bibliography has the work, or another of the author where pages are given."""
    reference = found.reference
    if not isinstance(reference, WorkReference) or reference.kind is not Kind.AUTHOR_DATE:
        return False
    return listed.holds(reference) or (bool(reference.locators) and listed.knows(reference))
