"""CON222."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    is_alone,
    testify,
    whereabouts,
)
from citecheck.corpus.filings import described, leaves_of, may_be_same_leaves, may_be_same_number
from citecheck.corpus.rows import FilingRow
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON222",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002749/1957.",
            others=(
                "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002249/1957.",
            ),
            says="the document of 28 May 1957 has the number 002249/1957 here and 002749/1957 in note 1 of example.txt",
        ),
        Bad(
            "Report by N. T. Fedorenko on a meeting with Yi Sang-jo, 29 May 1956, RGANI, Fond 5, Opis 28, "
            "Delo 412, Listy 190-196.",
            others=(
                "Report by N. T. Fedorenko on a meeting with Yi Sang-jo, 29 May 1956, RGANI, f. 5, op. 28, "
                "d. 412, ll. 160-166.",
            ),
            says="the document of 29 May 1956 fills leaves 160–166 here and leaves 190–196 in note 1 of example.txt",
        ),
        Good(
            "Report by N. T. Fedorenko on a meeting with Yi Sang-jo, 29 May 1956, RGANI, Fond 5, Opis 28, "
            "Delo 412, Listy 190-196.",
            others=(
                "Report by N. T. Fedorenko on a meeting with Yi Sang-jo, 29 May 1956, RGANI, f. 5, op. 28, "
                "d. 412, l. 192.",
            ),
        ),
        Good(
            "Hungarian Embassy to the DPRK, Report, 28 February 1955, KTS, 5. doboz, 5/b, 004058/1955.",
            others=(
                "Hungarian Embassy to the DPRK, Report, 28 February 1955, KTS, 5. doboz, 5/b, 004059/1955.",
            ),
        ),
        Good(
            "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002749/1957.",
            others=(
                "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 003310/1957.",
            ),
        ),
    ),
)
@across_manuscripts("filings", same=("described",), differing=("number", "leaves"))
def numbered_otherwise_elsewhere(group: Sequence[Witness[FilingRow]]) -> Iterator[Contradiction]:
    """One archival document, by words, day and file, with another number or other leaves elsewhere.

    Only what looks like a slip is reported: a figure wrong, missing or exchanged in the number, or in the
    first or last leaf. Who cites a part of a document gives fewer leaves; two documents of one day have
    numbers far apart, or side by side, and what two manuscripts have alike is no slip.
    """
    in_file: dict[tuple[tuple[str, str], ...], list[Witness[FilingRow]]] = {}
    for witness in group:
        in_file.setdefault(witness.row.container, []).append(witness)
    for members in in_file.values():
        for odd, others in dissenters(members, lambda row: row.number, _number_agrees):
            if not is_alone(odd, members, lambda row: row.number):
                continue
            usual = others[0].row.levels[-1][1]
            yield Contradiction(
                odd,
                odd.row.file_place,
                f"the document of {odd.row.dated} has the number {odd.row.levels[-1][1]} here and {usual} "
                f"in {whereabouts(others)}",
                label=f"elsewhere {usual}",
                help="one of the two numbers is probably a slip: check it against the source",
                evidence=testify(
                    others, lambda row: row.file_place, lambda row: described(row, f"number {row.number}")
                ),
            )
        on_leaves = [witness for witness in members if witness.row.number is None and witness.row.leaves]
        for odd, others in dissenters(on_leaves, lambda row: row.leaves, _leaves_agree):
            if not is_alone(odd, on_leaves, lambda row: row.leaves):
                continue
            usual = leaves_of(others[0].row)
            yield Contradiction(
                odd,
                odd.row.leaves_place,
                f"the document of {odd.row.dated} fills {leaves_of(odd.row)} here and {usual} in "
                f"{whereabouts(others)}",
                label=f"elsewhere {usual}",
                help="check the leaves against the source",
                evidence=testify(
                    others, lambda row: row.leaves_place, lambda row: described(row, leaves_of(row))
                ),
            )


def _number_agrees(one: FilingRow, other: FilingRow) -> bool:
    return not may_be_same_number(one.number or "", other.number or "")


def _leaves_agree(one: FilingRow, other: FilingRow) -> bool:
    return not may_be_same_leaves(one.leaves, other.leaves)
