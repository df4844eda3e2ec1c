"""CON221."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.filings import described, may_be_one, name_of
from citecheck.corpus.rows import FilingRow
from citecheck.documents import Corpus
from citecheck.evidence.filing import agree
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON221",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy "
            "4-9.",
            others=(
                "Memorandum of Conversation with Nam Il, 8 April 1955, RGANI, Fond 5, Opis 28, Delo 412, "
                "Listy 4-9.",
            ),
            says="fond 5, opis 28, delo 412, leaves 4–9 is dated 8 April 1955 here and 6 April 1955 in note 1 of example.txt",
        ),
        Bad(
            "Hungarian Embassy to the DPRK, Report, 24 February 1955, KTS, 10. doboz, 24/b, 004066/1955.",
            others=(
                "Hungarian Embassy to the DPRK, Report, 27 May 1955, KTS, 10. doboz, 24/b, 004066/1955.",
                "Hungarian Embassy to the DPRK, Report, 24 February 1955, KTS, 10. doboz, 24/b, 004066/1955.",
            ),
            says="number 004066/1955 is dated 27 May 1955 here and 24 February 1955 in 2 other manuscripts",
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy "
            "4-9.",
            others=("Conversation with Nam Il, April 1955, RGANI, f. 5, op. 28, d. 412, ll. 4–9.",),
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, List 4.",
            others=("Decree on the State Budget, 2 May 1955, RGANI, Fond 5, Opis 28, Delo 412, List 4.",),
        ),
    ),
)
@across_manuscripts("filings", same=("numbered", "leaved"), differing=("date",))
def dated_otherwise_elsewhere(group: Sequence[Witness[FilingRow]]) -> Iterator[Contradiction]:
    """One archival document, known by its number or its leaves, with another date in another manuscript.

    A less precise date agrees with a more precise one. Two documents can share a number or a leaf, such as a
    letter and its enclosure, so descriptions with little in common are taken for two documents.
    """
    for odd, others in dissenters(
        group, lambda row: row.date, lambda one, other: agree(one.date, other.date)
    ):
        others = [witness for witness in others if may_be_one(witness.row, odd.row)]
        if not others:
            continue
        usual = others[0].row.dated
        yield Contradiction(
            odd,
            odd.row.date_place,
            f"{name_of(odd.row)} is dated {odd.row.dated} here and {usual} in {whereabouts(others)}",
            label=f"elsewhere {usual}",
            help="look the date up in the source",
            evidence=testify(
                others, lambda row: row.date_place, lambda row: described(row, f"dated {row.dated}")
            ),
        )
