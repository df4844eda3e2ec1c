"""CON213."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import attrs

from citecheck.citations import Citation, Entry, Kind, Name
from citecheck.documents import Document
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.resolving.folding import fold
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_names, family_key
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule


@attrs.frozen
class _Place:
    """A person named in full, in an entry or in a citation."""

    name: Name
    entry: Entry | None = None
    citation: Citation | None = None

    @property
    def words(self) -> str:
        name = self.name
        return (
            f"{name.given} {name.family}"
            if self.entry is not None
            else name.written or f"{name.given} {name.family}"
        )


@rule(
    code="CON213",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 13.75",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nGoncharov, Sergei N., Lewis, John W., and Xue, Litai. *Uncertain "
            "Partners*. Stanford: SUP, 1993.\n\n"
            "Lewis, John Wilson, and Xue, Litai. *China Builds the Bomb*. Stanford: SUP, 1988.",
            says="John Wilson Lewis is called John W. Lewis in another entry",
        ),
        Bad(
            "The text.\n\nBibliography\n\nHaggard, Stephan, Kang, David, and Moon, Chung-In. “Colonialism.” "
            "*World Development* 25 (1997): 867–880.\n\n"
            "Moon, Chung-in, ed. *Ending the Cold War in Korea*. Seoul: Yonsei University Press, 2001.",
            says="Chung-in Moon is called Chung-In Moon in another entry",
        ),
        Good(
            "The text.\n\nBibliography\n\nKim, K. *Rural Korea*. Seoul: Hollym, 1970.\n\nKim, Kwan Bong. "
            "*The Treaty*. New York: Praeger, 1971.\n\n"
            "Kim, Kyong-dong. *Society*. Seoul: Hollym, 1975."
        ),
        Good(
            "The text.\n\nBibliography\n\nLee, Chae-Jin. *China and Korea*. Stanford: Hoover, 1996.\n\n"
            "Lee, Chong-sik. *The Korean Workers' Party*. Stanford: Hoover, 1978."
        ),
    ),
)
def name_variants(document: Document) -> Iterator[Problem]:
    """One person who is named in several ways: initials or names, another romanization, another capital.

    The same family name with given names that agree as far as they go. Where an initial would fit two
    persons, nothing is said. Entries are compared with entries, full citations with full citations.
    """
    in_entries = [
        _Place(name, entry=entry)
        for entry in document.entries
        for name in (*entry.reference.creators, *entry.reference.editors)
        if name.given and entry.text[:1].isalnum()
    ]
    in_citations = [
        _Place(name, citation=citation)
        for citation, reference in document.works
        if reference.kind in (Kind.FULL, Kind.CHAPTER)
        for name in reference.creators
        if name.given
    ]
    for places in (in_entries, in_citations):
        by_family: defaultdict[str, list[_Place]] = defaultdict(list)
        for place in places:
            by_family[family_key(place.name.family)].append(place)
        for group in by_family.values():
            for persons in _persons(group):
                yield from _variants(document, persons)


def _persons(group: Sequence[_Place]) -> Iterator[list[_Place]]:
    """Divide the bearers of one family name into persons; a name that would fit two of them is left out."""
    forms = {place.name: place for place in group}
    full = [name for name in forms if any(len(word) > 1 for word in fold(name.given or "").split())]
    persons: list[list[Name]] = []
    for name in sorted(full, key=lambda name: -len(name.given or "")):
        fitting = [person for person in persons if all(_agree(name, other) for other in person)]
        if len(fitting) == 1:
            fitting[0].append(name)
        elif not fitting:
            persons.append([name])
    for name in forms:
        if name not in full:
            fitting = [person for person in persons if all(_agree(name, other) for other in person)]
            if len(fitting) == 1:
                fitting[0].append(name)
    for person in persons:
        yield [place for place in group if place.name in person]


def _agree(one: Name, other: Name) -> bool:
    return (
        compare_names(one, other) in (Likeness.START, Likeness.SAME, Likeness.SOUND)
        and one.suffix == other.suffix
    )


def _variants(document: Document, places: Sequence[_Place]) -> Iterator[Problem]:
    """Report one person once: the rarer forms, and what the usual one is."""
    forms = Counter(_form(place) for place in places)
    if len(forms) < 2:
        return
    usual = forms.most_common(1)[0][0]
    examples = [place for place in places if _form(place) == usual]
    odd = {
        _form(place): place
        for place in reversed(places)
        if _form(place) != usual and not _is_same_work(document, place, examples[0])
    }
    if not odd:
        return
    others = list(odd.values())[::-1]
    kind = "entry" if examples[0].entry is not None else "citation"
    plural = "entries" if kind == "entry" else "citations"
    where = f"another {kind}" if len(examples) == 1 else f"{len(examples)} other {plural}"
    verb = "is" if len(others) == 1 else "are"
    first = others[0]
    yield Problem(
        _span(first),
        f"{' and '.join(place.words for place in others)} {verb} called {examples[0].words} in {where}",
        help="use one form of the name",
        entry=first.entry,
        citation=first.citation,
        related=tuple(_related(document, place) for place in (*others[1:], *examples[:4])),
    )


def _form(place: _Place) -> tuple[str, str | None]:
    return place.name.family, place.name.given


def _is_same_work(document: Document, one: _Place, other: _Place) -> bool:
    """Tell whether two citations are of one work: then another rule compares them."""
    if one.citation is None or other.citation is None:
        return False
    return document.resolution(one.citation).key == document.resolution(other.citation).key


def _span(place: _Place) -> Span:
    if place.entry is not None:
        start = place.entry.text.find(place.name.family)
        given = place.entry.text.find(place.name.given or "", start)
        end = given + len(place.name.given or "")
        return place.entry.passage.span(start, end) if start >= 0 and end > start else place.entry.span
    assert place.citation is not None
    start = place.citation.text.find(place.name.written)
    end = start + len(place.name.written)
    return place.citation.locate((start, end)) if start >= 0 else place.citation.span


def _related(document: Document, place: _Place) -> Related:
    message = f"called {place.words}"
    if place.entry is not None:
        return related_entry(document, place.entry, message)
    assert place.citation is not None
    return document.related(place.citation, message)
