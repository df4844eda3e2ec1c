"""Decides whether what the grammars read makes a citation: a head, and the places behind it.

A title in quotation marks or italics speaks for itself. Words without marks are a citation only with
an author and pages, or with an imprint: every sentence would else be one.
"""

import re
from itertools import pairwise

import attrs

from citecheck.citations import CrossReference, IbidReference, Kind, Locator, Reference, WorkReference
from citecheck.patterns import compiled
from citecheck.reading.creators import read_creators, short_name_pattern
from citecheck.reading.published import Head

_YEAR = re.compile(r"1[5-9]\d\d|20[0-3]\d")


def holds_year(words: str, locators: tuple[Locator, ...], list_start: int, *, marked: bool) -> bool:
    """Tell whether a list holds a year, so that the pages begin only after it.

    “…, 1956, 19” is page 19, and “…, 1956, A3” page A3: no list of pages goes from 1956 down to 19. A single number that may be a
    year is one: “*Pravda*, 1956”.

    Args:
        words: the clause.
        locators: the list as it was read.
        list_start: where it begins in ``words``.
        marked: whether a title is set apart before it.
    """
    for one, following in pairwise(locators):
        if _may_be_year(one):
            if following.label == "volume":
                return True
            if not following.start.isdigit() or int(following.start) < int(one.start):
                return True
    first, last = locators[0], locators[-1]
    if marked and _may_be_year(last) and last.end is None and _IN_JOURNAL.search(words, 0, list_start):
        # “‘Propositional Quantifiers’, *Journal of Philosophical Logic*, 1, 1973”: volume, issue and year.
        return not any(locator.written_label or locator.end for locator in locators)
    if len(locators) > 1 or not _may_be_year(first):
        return False
    if first.end is not None:
        return _YEAR.fullmatch(first.end) is not None and not marked
    if words[max(0, list_start - 2) : list_start].strip() == ":":
        return False
    # An article's page may well be 1851; a work on our subjects is seldom older than 1900.
    quoted = words[:list_start].rstrip(" ")[-1:] in ("”", '"', "»", "’")
    return not (quoted and first.start < "1900")


def _may_be_year(locator: Locator) -> bool:
    return (
        locator.label == "page" and not locator.written_label and _YEAR.fullmatch(locator.start) is not None
    )


# A title in italics behind one in quotation marks, and numbers of the journal that it names.
_IN_JOURNAL = re.compile(r"[’”\"],?\s\*[^*]+\*,(?:\s[ivxlcdm\d]{1,6},)*\s?$")
_PERSON = short_name_pattern(2)
_NAMES_ONLY = compiled(
    r"(?!(?:In|On|At|By|From|The|Total|Section|Chapter|Part|Table|Note|Notes|See)\b)(?![A-Z]{3,})"
    rf"{_PERSON}(?:(?:,\s{_PERSON}){{0,4}},?\s(?:and|&|und|et|és|и)\s{_PERSON})?(?:\set\sal\.?|\sand\sothers)?"
)
# Leaves and lines after ibid., or after words without marks, belong to an archive's file.
_ARCHIVAL = frozenset(("folio", "line"))


def accept(head: Head, locators: tuple[Locator, ...], *, signalled: bool) -> Reference | None:
    """Return the reference that a head and the places after it make, or None where they are no citation.

    Args:
        head: what the grammar of notes read.
        locators: the places behind it, if any.
        signalled: whether “see” or the like leads it in.
    """
    reference = head.reference
    match reference:
        case IbidReference():
            if any(locator.label in _ARCHIVAL for locator in locators):
                return None
            return attrs.evolve(reference, locators=locators)
        case CrossReference():
            if reference.target == "note" and any(locator.label == "note" for locator in locators):
                # “note 3, above, and note 25” points twice.
                return None
            return attrs.evolve(reference, locators=locators)
        case WorkReference():
            return _accept_work(reference, head, locators, signalled)
        case _:
            return reference


def _accept_work(
    reference: WorkReference, head: Head, locators: tuple[Locator, ...], signalled: bool
) -> WorkReference | None:
    kind = reference.kind
    if any(_NUMERAL.fullmatch(name.family) for name in reference.creators):
        return None
    evidence = bool(locators) or head.published
    if not (head.marked or head.published) and _is_place_in_archive(reference, locators):
        return None
    if head.marked:
        if not (evidence or reference.creators or signalled):
            return None
    elif any(locator.label in _ARCHIVAL for locator in locators):
        return None
    elif not (reference.creators and evidence):
        labelled = bool(locators) and all(locator.written_label for locator in locators)
        if locators and not head.published and reference.container is None:
            authors = _authors_alone(reference, locators)
            if authors is not None:
                return authors
        if not (labelled or head.published or (locators and signalled)):
            return None
        if labelled and not head.published and all(locator.label != "page" for locator in locators):
            # “Charter of the KWP, Chapter II, Article 11”: no book, and no page of one.
            kind = Kind.OTHER
    if not locators and kind is reference.kind:
        return reference
    return attrs.evolve(reference, kind=kind, locators=locators)


# Of “12 Car. II” and “pl. IV” nobody is the author.
_NUMERAL = re.compile(r"[IVXLC]+")
_ACRONYM = re.compile(r"[A-Z]{2,6}")


def _is_place_in_archive(reference: WorkReference, locators: tuple[Locator, ...]) -> bool:
    """Tell whether letters that stand for an archive were taken for an author: “AGI, México, 23”, “NLI, MS 15,165”.

    Whoever cites a page of what a body wrote marks the title, or labels the page.
    """
    if len(reference.creators) != 1 or not _ACRONYM.fullmatch(reference.creators[0].written):
        return False
    return not any(locator.label == "page" and locator.written_label for locator in locators)


def _authors_alone(reference: WorkReference, locators: tuple[Locator, ...]) -> WorkReference | None:
    """Read “McArthur, p. 62” as the author's only work, or the one just cited."""
    title = reference.title or ""
    if not _NAMES_ONLY.fullmatch(title) or _NUMERAL.fullmatch(title):
        return None
    return attrs.evolve(
        reference,
        creators=read_creators(title),
        title=None,
        locators=locators,
        creators_span=reference.title_span,
        title_span=None,
    )
