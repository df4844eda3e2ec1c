"""Rewrites the citations of a passage in one form, and leaves everything else of it as it stands.

A citation is rewritten only if nothing is lost: all of it was read, the new words are read as the same record,
and they say what the old ones said. What a record does not keep (“3rd ser.”, a remark in brackets, whether a title
stood in quotation marks) would else be gone. So every word of the old form must stand in the new one, but for those
that are the form: labels, how a date or a range is written. A label may have another form, and must not be gone:
“24. tétel” is no bare 24. An archive keeps the name that the author gave it, unless the form is in another script.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import attrs

from citecheck.archives import Archive, Hierarchy, Registry
from citecheck.bibliographies.bibliography import listed_works
from citecheck.citations import (
    ArchivalReference,
    Citation,
    CrossReference,
    IbidReference,
    Kind,
    Offsets,
    OtherReference,
    WorkReference,
)
from citecheck.documents import Document
from citecheck.formatting.archive_names import kept_name
from citecheck.formatting.chicago import format_work
from citecheck.formatting.forms import Form
from citecheck.formatting.references import format_archival, format_levels, format_place
from citecheck.manuscript import Manuscript, Passage, Piece
from citecheck.reading.extraction import find_citations
from citecheck.reading.listed import ListedWorks
from citecheck.reading.months import is_month


@attrs.frozen
class Left:
    """A citation that stays as it stands, and why."""

    citation: Citation
    why: str


@attrs.frozen
class Rewriting:
    """A passage with its citations rewritten, and those that could not be."""

    text: str
    left: tuple[Left, ...]


@attrs.frozen
class _Change:
    """New words for a range of the passage: a citation, or the part of it that gives the place."""

    citation: Citation
    start: int
    end: int
    words: str


def has_forms(citation: Citation) -> bool:
    """Tell whether a citation is of a kind that can be written in one form or another."""
    match citation.reference:
        case ArchivalReference():
            return True
        case WorkReference(title=title):
            return title is not None
        case _:
            return False


def rewrite(citations: Sequence[Citation], form: Form, document: Document) -> Rewriting:
    """Rewrite the citations of one passage.

    Args:
        citations: all citations of the passage, in order, and at least one.
        form: the form that is wanted.
        document: the manuscript that they are from.
    """
    text = citations[0].passage.text
    changes: list[_Change] = []
    left: list[Left] = []
    for citation in citations:
        change = _change(citation, form, document.registry)
        if isinstance(change, _Change):
            changes.append(change)
        elif change:
            left.append(Left(citation, change))
    applied = changes
    if _objection(changes, citations, document):
        applied = []
        for change in changes:
            if objection := _objection([*applied, change], citations, document):
                left.append(Left(change.citation, objection))
            else:
                applied.append(change)
    return Rewriting(_apply(text, applied), tuple(sorted(left, key=lambda each: each.citation.start)))


_AFTER_ABBREVIATION = (";", ",", ":", ")")


def _apply(text: str, changes: Iterable[_Change]) -> str:
    parts, at = [], 0
    for change in changes:
        words, end = change.words, change.end
        if text.startswith(".", end):
            if text[end + 1 : end + 2] in _AFTER_ABBREVIATION:
                # “… ll. 12–15 ob.; see also”: the stop is the abbreviation's.
                end += 1
            else:
                # The stop of an abbreviation ends the sentence too: “… ll. 74–85 ob.”
                words = words.removesuffix(".")
        parts += [text[at : change.start], words]
        at = end
    return "".join([*parts, text[at:]])


def _objection(changes: Sequence[_Change], citations: Sequence[Citation], document: Document) -> str:
    """Return "" where a passage with the changes gives the same records, one for one; else what is wrong."""
    passage, note = citations[0].passage, citations[0].in_note
    text = _apply(passage.text, changes)
    if text == passage.text:
        return ""
    again = Passage(text, (Piece(0, 0, len(text)),))
    manuscript = (
        Manuscript(document.manuscript.path, text, body=(again,))
        if note is None
        else Manuscript(document.manuscript.path, text, notes=(attrs.evolve(note, passage=again),))
    )
    found = find_citations(manuscript, document.registry, document.declared, _listed(document))
    same = [(each.reference, each.signal) for each in found] == [
        (each.reference, each.signal) for each in citations
    ]
    if not same or _outside(text, found) != _outside(passage.text, citations):
        return "would be read otherwise in the new form"
    lost = [label for pair in zip(citations, found, strict=True) for label in _lost_labels(*pair)]
    return f"the new form would lose “{', '.join(lost)}”" if lost else ""


@lru_cache(maxsize=2)
def _listed(document: Document) -> ListedWorks:
    """Return what the document lists: the same for all of its passages."""
    return listed_works(document.entries)


def _lost_labels(old: Citation, new: Citation) -> Iterator[str]:
    """Yield the labels of levels that have none in the new form."""
    if isinstance(old.reference, ArchivalReference) and isinstance(new.reference, ArchivalReference):
        for before, after in zip(old.reference.levels, new.reference.levels, strict=True):
            if before.label and not after.label:
                yield before.label


def _outside(text: str, citations: Iterable[Citation]) -> list[str]:
    """Return what stands before, between and behind citations, without the stop that an abbreviation may share."""
    parts, at = [], 0
    for citation in citations:
        parts.append(text[at : citation.start].strip(" ."))
        at = citation.start + len(citation.text)
    return [*parts, text[at:].strip(" .")]


def _change(citation: Citation, form: Form, registry: Registry) -> _Change | str:
    """Return the change that rewrites a citation; else why it stays, or "" where nobody expects one."""
    reference = citation.reference
    start, end = citation.start, citation.start + len(citation.text)
    match reference:
        case CrossReference():
            return ""
        case _ if citation.in_note is None and not has_forms(citation):
            # Prose that names an author (“As Lankov notes”) is not there to be rewritten.
            return ""
        case IbidReference():
            return "repeats another citation"
        case OtherReference() | WorkReference(title=None):
            return "has no form of its own"
        case WorkReference(kind=Kind.OTHER, container=None) if reference.volume or reference.date:
            # Debates of parliaments keep the form that their house has.
            return "has no form of its own"
        case WorkReference():
            words = format_work(reference, quoted=_is_quoted(citation, reference))
            formal = set(_FORMAL_IN_WORKS)
        case ArchivalReference():
            if citation.unread is not None:
                return "a part of it could not be read"
            if (double := _double_year(citation, reference)) is not None:
                return f"the new form would lose “{double}”"
            words, (start, end) = _archival(citation, reference, form, registry)
            formal = _formal_words(reference, form, registry) | _words_in(citation, reference.date_span)
    values = _values(citation, reference)
    if bracketed := _bracketed(citation.passage.text[start:end]) - _bracketed(words):
        # “1968 [1963]” is no list of two years.
        return f"the new form would lose “{', '.join(sorted(bracketed))}”"
    lost, gained = _difference(citation.passage.text[start:end], words)
    lost, gained = lost - formal - values, gained - formal - values
    if isinstance(reference, ArchivalReference):
        gained = {word for word in gained if not _writes_date(word)}
    if lost:
        return f"the new form would lose “{', '.join(sorted(lost))}”"
    if gained:
        return f"the new form would add “{', '.join(sorted(gained))}”"
    return _Change(citation, start, end, words)


def _archival(
    citation: Citation, reference: ArchivalReference, form: Form, registry: Registry
) -> tuple[str, Offsets]:
    """Return an archival citation in a form, and the range of the passage that it is to replace."""
    start, end = citation.start, citation.start + len(citation.text)
    if citation.signal == "source" or citation.text.count("(") != citation.text.count(")"):
        # The line below a printed document, which is described above it; or the place stands in brackets.
        place = reference.reference_span
        return format_place(reference, form, registry, keep_name=True), (start + place[0], start + place[1])
    if reference.carried:
        own = attrs.evolve(reference, levels=reference.levels[reference.carried :])
        if reference.archive_span is not None:
            return _behind_short_form(citation, own, form, registry), (start, end)
        return format_levels(own, form, registry), (start, end)
    return format_archival(reference, form, registry, keep_name=True), (start, end)


def _behind_short_form(
    citation: Citation, reference: ArchivalReference, form: Form, registry: Registry
) -> str:
    """Return a citation whose archive and first levels a short form stands for, with that as it is: “KPH, Opis 28”."""
    _, name_end = reference.archive_span or (0, 0)
    if citation.text[name_end : name_end + 1] in ("/", ".", "-"):
        # It is the beginning of a signature: FOO/1234.
        return citation.text
    return format_archival(attrs.evolve(reference, archive=None), form, registry, keep_name=True)


_QUOTES = frozenset("“”\"„«»‘’'")


def _is_quoted(citation: Citation, reference: WorkReference) -> bool:
    """Tell whether a title stands in quotation marks: that of an article, also where only it is given."""
    span = reference.title_span
    if span is None:
        return any(mark in citation.text for mark in "“„«")
    return citation.text[max(0, span[0] - 1) : span[0]] in _QUOTES


# ---- which words are form


_WORD = re.compile(r"\w+")
_IN_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def _bracketed(text: str) -> set[str]:
    """Return what stands in square brackets: what the author, or an editor, has added."""
    return set(_IN_BRACKETS.findall(text))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _difference(old: str, new: str) -> tuple[set[str], set[str]]:
    """Return the words that one text has more often than another, and those that the other has more often."""
    before, after = _words(old), _words(new)
    return set(before - after), set(after - before)


def _words_in(citation: Citation, span: Offsets | None) -> set[str]:
    return set(_words(citation.text[slice(*span)])) if span is not None else set()


def _values(citation: Citation, reference: ArchivalReference | WorkReference) -> set[str]:
    """Return the numbers whose writing may change (63–6 is 63–66): that they are the same, reading again shows."""
    found: set[str] = set()
    spans = [locator.span for locator in reference.locators]
    texts = [text for locator in reference.locators for text in (locator.start, locator.end or "")]
    if isinstance(reference, ArchivalReference):
        spans += [level.span for level in reference.levels[reference.carried :]]
        texts += [level.value for level in reference.levels]
    for span in spans:
        found |= _words_in(citation, span)
    return found.union(*map(_words, texts))


# Old style: “12 February 1642/3” says by which calendar it counts, and the one year does not.
_DOUBLE_YEAR = re.compile(r"\b1[0-7]\d\d/\d{1,4}\b")


def _double_year(citation: Citation, reference: ArchivalReference) -> str | None:
    span = reference.date_span
    found = _DOUBLE_YEAR.search(citation.text, *span) if span is not None else None
    return found.group() if found is not None else None


def _writes_date(word: str) -> bool:
    """Tell whether a date may be written with a word: the archive's language may ask for others than the author's."""
    if word.isdecimal():
        return 1 <= int(word) <= 31 or 1500 <= int(word) < 2040
    return word in _YEAR_WORDS or is_month(word)


# “12 мая 1956 г.”, “12 травня 1956 р.”
_YEAR_WORDS = frozenset(("г", "р"))
# Between a description and its date, before a number, between leaves; the back of a leaf.
_JOINING = frozenset(
    """of on dated vom от від du le z ze dnia dne datert no nr n № and und et i и та és și ob об зв zv v r
    verso recto rev rs vs a p адв""".split()  # noqa: SIM905
)
_FORMAL_IN_WORKS = frozenset(
    """p pp page pages s ss с сс str стр vol vols volume bd band t т no nos nr number issue ed eds edn
    edited by trans translated tr hg hrsg red ред in and und et & и n nn note fol fols ff chap chaps
    chapter col cols 1st 2nd 3rd edition aufl""".split()  # noqa: SIM905
)


def _formal_words(reference: ArchivalReference, form: Form, registry: Registry) -> set[str]:
    """Return the words in which forms differ: labels, what joins them, the archive's names in another script."""
    archive = registry.archives.get(reference.archive or "")
    hierarchy = registry.hierarchies.get(reference.hierarchy or "")
    texts = list(_labels(hierarchy))
    if kept_name(reference, form, registry) != reference.archive_written:
        texts += [*_names(archive), reference.archive_written]
    return set(_JOINING).union(*map(_words, texts))


def _labels(hierarchy: Hierarchy | None) -> Iterator[str]:
    for level in hierarchy.levels if hierarchy is not None else ():
        yield from (*level.labels, *level.misspellings)
        forms = (level.long, level.long_plural, level.abbreviated, level.abbreviated_plural)
        yield from filter(None, (*forms, level.native, level.native_plural))


def _names(archive: Archive | None) -> Iterator[str]:
    if archive is not None:
        yield from archive.current_names
        yield from filter(None, (archive.place,))
        yield from archive.former_names
