"""Which citations of a document stand for which works, and how its bibliography is made up.

The counterpart of :mod:`citecheck.evidence.filing` for works: everything is grouped once and looked up.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

import attrs

from citecheck.citations import Citation, Entry, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.findings import Related
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_families, family_key

# Between two entries of one list there is at most a heading or a page break.
_LIST_GAP = 1500


@attrs.frozen
class Cited:
    """A citation of a work with the entry that it stands for.

    ``names`` and ``title`` are those that the entry is cited by: for a chapter whose book alone is
    listed they are the book's. ``title`` is None where the citation gives none.
    """

    citation: Citation
    reference: WorkReference
    entry: Entry
    names: tuple[Name, ...]
    title: str | None
    is_part: bool
    """Whether the citation is of a part of the entry's book."""


@lru_cache(maxsize=2)
def listed(document: Document) -> tuple[Cited, ...]:
    """Return the citations of works that stand for an entry, in reading order; not those that give its key."""
    return tuple(_listed(document))


def _listed(document: Document) -> Iterator[Cited]:
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        if resolution.entry is None or reference.kind == Kind.PAGE or is_inside(citation, resolution.entry):
            continue
        if citation.library_key is not None:
            continue
        if resolution.key is not None and "/" in resolution.key:
            container = reference.container
            names, title = (
                (container.creators, container.title or None) if container is not None else ((), None)
            )
            yield Cited(citation, reference, resolution.entry, names, title, is_part=True)
        else:
            names = reference.creators or reference.editors
            yield Cited(citation, reference, resolution.entry, names, reference.title, is_part=False)


@lru_cache(maxsize=2)
def by_entry(document: Document) -> Mapping[str, tuple[Cited, ...]]:
    """Return the citations of each entry, by the entry's id."""
    found: defaultdict[str, list[Cited]] = defaultdict(list)
    for cited in listed(document):
        found[cited.entry.id].append(cited)
    return {id: tuple(group) for id, group in found.items()}


def is_inside(citation: Citation, entry: Entry) -> bool:
    """Tell whether a citation is the entry itself: a note that holds nothing but an entry."""
    if entry.library is not None:
        return False
    span, own = citation.span, entry.span
    return own.start <= span.start and span.end <= own.end


def cited_ids(document: Document) -> frozenset[str]:
    """Return the ids of the bibliography's entries that anything stands for."""
    found = set()
    for citation in document.citations:
        entry = document.resolution(citation).entry
        if entry is not None and entry.library is None and not is_inside(citation, entry):
            found.add(entry.id)
        for candidate in document.resolution(citation).candidates:
            if isinstance(candidate, Entry) and candidate.library is None:
                found.add(candidate.id)
    return frozenset(found)


def lists_its_works(document: Document) -> bool:
    """Tell whether the bibliography is of this text: most of the works that it cites are listed.

    Newspapers need no entry, so that those without one say nothing.
    """
    works = [
        citation
        for citation, reference in document.works
        if reference.kind != Kind.PAGE
        and citation.library_key is None
        and (not is_in_newspaper(reference) or is_listed(document, citation))
    ]
    found = sum(is_listed(document, citation) for citation in works)
    return bool(document.entries) and found * 10 >= len(works) * 6 and found > 0


def is_in_newspaper(reference: WorkReference) -> bool:
    """Tell whether a reference is to a newspaper by its day, or to an article in one."""
    return reference.container is not None and reference.container.kind == "article-newspaper"


def is_listed(document: Document, citation: Citation) -> bool:
    """Tell whether the manuscript's own bibliography lists what a citation stands for."""
    entry = document.resolution(citation).entry
    return entry is not None and entry.library is None


def lists(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Divide the entries of a manuscript into its bibliographies, as a volume of essays has several."""
    found: list[list[Entry]] = []
    end = -_LIST_GAP
    for entry in entries:
        span = entry.span
        if not found or span.start - end > _LIST_GAP:
            found.append([])
        found[-1].append(entry)
        end = span.end
    return tuple(tuple(group) for group in found)


def lists_archive(entry: Entry) -> bool:
    """Tell whether an entry is a line of a list of archives, and no work: “RGANI, Fond 5, Opis 28”."""
    return entry.reference.genre == "collection" and not entry.reference.creators


def differing_name(cited: Sequence[Name], listed: Sequence[Name]) -> tuple[Name, Name] | None:
    """Return the first cited name that is not listed letter for letter, and the one that it stands for."""
    if not listed:
        return None
    exact = {_literal(name.family) for name in listed} | {
        _literal(word) for name in listed for word in name.family.split()
    }
    given = {_literal(word) for name in listed for word in (name.given or "").split()}
    for place, name in enumerate(cited):
        if not name.family or _literal(name.family) in exact:
            continue
        if _literal(name.family) in given:
            # The name is turned round, which another rule is about.
            continue
        like = [other for other in listed if compare_families(name.family, other.family) >= Likeness.SOUND]
        person = like[0] if like else listed[min(place, len(listed) - 1)] if place == 0 else None
        if person is not None:
            return name, person
    return None


def _literal(family: str) -> str:
    """Return a family name for comparison letter for letter; particles, case and apostrophes do not count."""
    words = family.replace("’", "'").split()
    bare = " ".join(
        words[1:] if len(words) > 1 and family_key(family) == family_key(" ".join(words[1:])) else words
    )
    return unicodedata.normalize("NFC", bare).casefold().replace("‑", "-").replace("–", "-")


def related_entry(document: Document, entry: Entry, message: str) -> Related:
    """Return an entry of the bibliography, or of a library, as evidence for a finding."""
    if entry.library is not None:
        return Related(entry.library, entry.span, f"{entry.id}: {message}", entry=entry)
    return Related(document.manuscript, entry.span, message, entry=entry)


def place_of(entry: Entry) -> str:
    """Return where an entry stands, as people say it: “in the bibliography”, “in refs.bib”."""
    return "in the bibliography" if entry.library is None else f"in {PurePath(entry.library.path).name}"


def shorten(text: str, length: int = 60) -> str:
    """Return the words of a citation for a message, cut where they are long."""
    words = re.sub(r"\s+", " ", text.replace("*", "")).strip(" .,;")
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + " …"


_IBID_WORD = re.compile(r"[^\W\d_][^\W\d_]*\.?(?:\s(?:[Cc]it\.?|же|само|loc\.))?")


def ibid_word(citation: Citation) -> str:
    """Return the word that a citation repeats another by, as written: ``Ibid.``, ``ebd.``, ``Там же``."""
    match = _IBID_WORD.search(citation.text.replace("*", ""))
    return match.group() if match is not None else citation.text
