"""CON224."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.filings import differ_in_one_word, name_of
from citecheck.corpus.rows import FilingRow
from citecheck.documents import Corpus
from citecheck.evidence.filing import fold_description
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON224",
    subject=Corpus,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Hungarian Legation to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.",
            others=(
                "Hungarian Embassy to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.",
            ),
            says="number 06765/1954 is “Hungarian Embassy to the DPRK, Report” here and “Hungarian "
            "Legation to the DPRK, Report” in note 1 of example.txt",
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy "
            "4-9.",
            others=("Zapis’ besedy s Nam Irom, 6 April 1955, RGANI, f. 5, op. 28, d. 412, ll. 4-9.",),
        ),
        Good(
            "Hungarian Legation to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.",
            others=(
                "Hungarian Legation to the DPRK, Report on the Harvest, 21 April 1954, KA, 11. doboz, "
                "27/a, 06765/1954.",
            ),
        ),
    ),
)
@across_manuscripts("filings", same=("numbered", "leaved"), differing=("description",))
def described_otherwise_elsewhere(group: Sequence[Witness[FilingRow]]) -> Iterator[Contradiction]:
    """One archival document that another manuscript describes in the same words but for one.

    Embassy for Legation, Letter for Report: one of them misnames sender or kind. Authors describe and
    translate as they like, so longer differences are none of this rule's business.
    """
    for odd, others in dissenters(
        group,
        lambda row: (fold_description(row.description), row.date) if row.description else None,
        lambda one, other: one.date != other.date or not differ_in_one_word(one, other),
    ):
        usual = others[0].row.description
        yield Contradiction(
            odd,
            odd.place,
            f"{name_of(odd.row)} is “{odd.row.description}” here and “{usual}” in {whereabouts(others)}",
            label=f"elsewhere “{usual}”",
            help="describe one document in one way",
            evidence=testify(others, lambda row: row.file_place, lambda row: f"“{row.description}”"),
        )
