"""CON233."""

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
from citecheck.corpus.shared_works import is_misspelling, mention
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.resolving.identity import compare_works
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_names
from citecheck.rules import Bad, Good, rule

_BOOK = "Bibliography\n\n{}. *Kim Il Sung in the Khrushchev Era*. Stanford: Stanford University Press, 2005."


@rule(
    code="CON233",
    subject=Corpus,
    severity=Severity.NOTE,
    examples=(
        Bad(
            _BOOK.format("Szalontai, Balazs"),
            others=(_BOOK.format("Szalontai, Balasz"),),
            says="the author is written “Szalontai, Balasz” here and “Szalontai, Balazs” in the bibliography of example.txt",
        ),
        Good(
            _BOOK.format("Szalontai, Balazs"),
            others=(_BOOK.format("Szalontai, Balázs"), _BOOK.format("Szalontai, B.")),
        ),
    ),
)
@across_manuscripts("works", same=("titled",), differing=("people",), once_per=("people", "title"))
def named_otherwise_elsewhere(group: Sequence[Witness[WorkRow]]) -> Iterator[Contradiction]:
    """The author of one work, spelt or romanized in another way in another manuscript.

    Diacritics, hyphens, initials and the order of the names do not count.
    """
    named = [witness for witness in group if witness.row.people]
    for odd, others in dissenters(named, _written, _agree):
        usual = _written(others[0].row)
        yield Contradiction(
            odd,
            odd.place,
            f"the author is written “{_written(odd.row)}” here and “{usual}” in {whereabouts(others)}",
            label=f"elsewhere “{usual}”",
            help="write one person in one way throughout",
            evidence=testify(others, lambda row: row.place, lambda row: f"“{_written(row)}”"),
        )


def _agree(one: WorkRow, other: WorkRow) -> bool:
    if compare_works(mention(one), mention(other)).title < Likeness.START:
        return True
    first, second = one.names[0], other.names[0]
    return compare_names(first, second) != Likeness.SOUND or not is_misspelling(
        _written(one), _written(other)
    )


def _written(row: WorkRow) -> str:
    family, given = row.people[0]
    return f"{family}, {given}" if given else family
