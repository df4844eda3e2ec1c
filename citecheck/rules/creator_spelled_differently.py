"""BIB503."""

from collections import Counter
from collections.abc import Iterator

from citecheck.citations import Name
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
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


def _problem(document: Document, cited: Cited, name: Name, person: Name) -> Problem:
    citation, entry = cited.citation, cited.entry
    start = citation.text.find(name.family)
    span = citation.locate((start, start + len(name.family))) if start >= 0 else citation.span
    return Problem(
        span,
        f"the author is {name.family} here and {person.family} {place_of(entry)}",
        label=f"{person.family} {place_of(entry)}",
        help="check the name against the title page",
        citation=citation,
        related=(related_entry(document, entry, f"listed under {person.family}"),),
    )
