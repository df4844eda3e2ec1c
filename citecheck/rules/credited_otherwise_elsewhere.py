"""CON231."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.rows import WorkRow
from citecheck.corpus.shared_works import is_same_printing
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.resolving.identity import compare_people
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import family_key
from citecheck.rules import Bad, Good, rule

_BOOK = (
    "Bibliography\n\n{}. *From Stalin to Kim Il Sung: The Formation of North Korea*. New Brunswick: "
    "Rutgers University Press, 2002."
)


@rule(
    code="CON231",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            _BOOK.format("Lankov, Andrei"),
            others=(_BOOK.format("Armstrong, Charles"),),
            says="“From Stalin to Kim Il Sung: The Formation of North Korea” is by Charles Armstrong here "
            "and by Andrei Lankov in the bibliography of example.txt",
        ),
        Good(_BOOK.format("Lankov, Andrei"), others=(_BOOK.format("Lankov, A. N."),)),
        Good(
            "Bibliography\n\nYang, Sung Chul. *The North and South Korean Political Systems*. Boulder: "
            "Westview Press, 1994.",
            others=(
                "Yang Sung-chul, *The North and South Korean Political Systems* (Boulder: Westview Press, "
                "1994), 326.",
            ),
        ),
    ),
)
@across_manuscripts("works", same=("titled",), differing=("people",))
def credited_otherwise_elsewhere(group: Sequence[Witness[WorkRow]]) -> Iterator[Contradiction]:
    """One work, by its title, year and publisher, under another author in another manuscript.

    Initials, the order of names, left-out co-authors and ways to romanize a name are no other author.
    """
    named = [witness for witness in group if witness.row.people]
    for odd, others in dissenters(named, _written, _agree):
        name = _written(others[0].row)
        yield Contradiction(
            odd,
            odd.place,
            f"“{odd.row.title}” is by {_written(odd.row)} here and by {name} in {whereabouts(others)}",
            label=f"elsewhere by {name}",
            help="look at the title page",
            evidence=testify(others, lambda row: row.place, lambda row: f"by {_written(row)}"),
        )


def _agree(one: WorkRow, other: WorkRow) -> bool:
    families = {family_key(family) for family, _ in one.people} & {
        family_key(family) for family, _ in other.people
    }
    return (
        bool(families)
        or compare_people(one.names, other.names) != Likeness.NONE
        or not is_same_printing(one, other)
    )


def _written(row: WorkRow) -> str:
    family, given = row.people[0]
    return (f"{given} {family}" if given else family) + (" and others" if len(row.people) > 1 else "")
