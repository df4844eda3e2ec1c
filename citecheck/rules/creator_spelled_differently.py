"""BIB503."""

from collections import Counter
from collections.abc import Iterator, Sequence

from citecheck.citations import Name
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.likeness import Likeness, distance
from citecheck.resolving.names import compare_families
from citecheck.resolving.works_cited import (
    Cited,
    by_entry,
    differing_name,
    place_of,
    related_entry,
)
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB503",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nNotes\n\n1. Back, “The Development of Local Markets,” 170.\n\nBibliography\n\n"
            "Baek Seung-ch'ol. “The Development of Local Markets in Late Choson Society.” *Seoul Journal of "
            "Korean "
            "Studies* 12 (1999): 152–176.",
            says="the author is Back here and Baek in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Barath, *Szovjet nagyköveti iratok*, 12.\n\nBibliography\n\n"
            "Baráth, Magdolna, ed. *Szovjet nagyköveti iratok Magyarországról*. Budapest: Napvilág, 2002.",
            says="the author is Barath here and Baráth in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Scalapino, *Communism in Korea*, 5.\n2. Scalapino, *Communism in "
            "Korea*, 7.\n\n"
            "Bibliography\n\nScalapini, Robert A. *Communism in Korea*. Berkeley: University of California "
            "Press, 1972.",
            says="the author is Scalapini here and Scalapino in all 2 citations",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Mark Kramer, “The Soviet Union and the 1956 Crises,” *Journal of Contemporary History* "
            "33, no. 2 (1998): 169.\n\nBibliography\n\nKramer, Marc. “The Soviet Union and the 1956 Crises.” *Journal of "
            "Contemporary History* 33, no. 2 (1998): 163–214.",
            says="the author is Mark Kramer here and Marc Kramer in the bibliography",
        ),
        Good(
            "The text.\n\nNotes\n\n1. Ree, *Socialism in One Zone*, 95.\n\nBibliography\n\n"
            "Ree, Erik van. *Socialism in One Zone*. Oxford: Berg, 1989."
        ),
    ),
)
def creator_spelled_differently(document: Document) -> Iterator[Problem]:
    """An author or editor who is spelled in one way in the citation and in another in the bibliography.

    The title and the year say that the same work is meant. Where every citation agrees against the
    bibliography, the entry is the odd one out, and it alone is reported.
    """
    for group in by_entry(document).values():
        entry = group[0].entry
        listed = entry.reference.people
        odd = [(cited, *pair) for cited in group if (pair := differing_name(cited.names, listed)) is not None]
        forms = Counter(name.family for _, name, _ in odd)
        if entry.library is not None:
            # What a library has otherwise is said once for each name: nobody rewrites all notes for it.
            for family in forms:
                yield _problem(document, *next(each for each in odd if each[1].family == family))
            continue
        if len(odd) > 1 and len(forms) == 1 and len(odd) == sum(bool(cited.names) for cited in group):
            cited, name, person = odd[0]
            yield Problem(
                entry.span
                if entry.reference.creators_span is None
                else entry.passage.span(*entry.reference.creators_span),
                f"the author is {person.family} here and {name.family} in all {len(odd)} citations",
                help="check the name against the title page",
                entry=entry,
                related=tuple(
                    document.related(other.citation, f"cited as {name.family}") for other, _, _ in odd[:4]
                ),
            )
            continue
        for cited, name, person in odd:
            yield _problem(document, cited, name, person)
        for cited in group:
            if any(cited is other for other, _, _ in odd):
                continue
            for name, person in _given_otherwise(cited.names, listed):
                yield _problem(document, cited, name, person, given=True)
            yield from _editors(document, cited)


def _given_otherwise(cited: Sequence[Name], listed: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Yield the names whose given names differ by a letter or two: Mark and Marc Kramer."""
    for name in cited:
        person = next((other for other in listed if fold(other.family) == fold(name.family)), None)
        one, other = (_first_given(each) for each in (name, person))
        if person is None or min(len(one), len(other)) <= _INITIAL or one == other:
            continue
        # Jon and Jonathan, Bill and William are one man's names; a letter that differs is a slip.
        if one[0] == other[0] and len(one) == len(other) and distance(one, other, 1) <= 1:
            yield name, person


_INITIAL = 2


def _first_given(name: Name | None) -> str:
    words = fold(name.given or "").split() if name is not None else []
    return words[0] if words else ""


def _editors(document: Document, cited: Cited) -> Iterator[Problem]:
    """Yield the editors of a chapter's book whom the citation spells otherwise than the entry."""
    book, listed = cited.reference.container, cited.entry.reference.container
    if book is None or listed is None or cited.is_part:
        return
    pair = differing_name(book.creators, listed.creators)
    if pair is not None and compare_families(pair[0].family, pair[1].family) >= Likeness.SOUND:
        yield _problem(document, cited, *pair, role="editor")


def _problem(
    document: Document, cited: Cited, name: Name, person: Name, *, role: str = "author", given: bool = False
) -> Problem:
    citation, entry = cited.citation, cited.entry
    start = citation.text.find(name.family)
    span = citation.locate((start, start + len(name.family))) if start >= 0 else citation.span
    here, there = (f"{each.given} {each.family}" if given else each.family for each in (name, person))
    return Problem(
        span,
        f"the {role} is {here} here and {there} {place_of(entry)}",
        label=f"{there} {place_of(entry)}",
        help="check the name against the title page",
        citation=citation,
        related=(related_entry(document, entry, f"listed under {person.family}"),),
    )
