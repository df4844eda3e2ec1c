"""CON223."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.filings import described, file_of, is_moved, may_be_one
from citecheck.corpus.rows import FilingRow
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON223",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 24/b, 006940/1955.",
            others=(
                "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 23/b, 006940/1955.",
            ),
            says="number 006940/1955 lies in doboz 10, tetel 23/b here and in doboz 10, tetel 24/b in "
            "note 1 of example.txt",
        ),
        Bad(
            "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, Fond 5, "
            "Opis 28, Delo 411, Listy 12-14.",
            others=(
                "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, f. "
                "5, op. 28, d. 412, ll. 12-14.",
            ),
            says="the document of 4 September 1956 lies in fond 5, opis 28, delo 412 here and in fond 5, "
            "opis 28, delo 411 in note 1 of example.txt",
        ),
        Good(
            "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, Fond 5, "
            "Opis 28, Delo 411, Listy 12-14.",
            others=(
                "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, Fond "
                "5, Opis 30, Delo 120, Listy 77-79.",
            ),
        ),
        Good(
            "Memorandum of Conversation with Kim Il Sung, 1 May 1956, AVPRF, Fond 0102, Opis 12, Papka 68, "
            "Delo 4, List 7.",
            others=(
                "Memorandum of Conversation with Kim Il Sung, 1 May 1956, AVPRF, Opis 12, Papka 68, Delo "
                "4, List 7.",
            ),
        ),
    ),
)
@across_manuscripts("filings", same=("numbered", "described"), differing=("container",))
def placed_otherwise_elsewhere(group: Sequence[Witness[FilingRow]]) -> Iterator[Contradiction]:
    """One archival document under another box, item, delo or fond in another manuscript.

    A registry number settles which document is meant. Without one, words and day must be the same, the leaves
    as well, and the files must differ in one level only: copies of one document lie in several files, on
    other leaves. A place that lacks a level which the other has is no contradiction.
    """
    numbered = group[0].row.numbered is not None
    for odd, others in dissenters(
        group,
        lambda row: (row.container, None if numbered else row.leaves),
        lambda one, other: not is_moved(one, other),
    ):
        others = [witness for witness in others if may_be_one(witness.row, odd.row)]
        if not others:
            continue
        name = f"number {odd.row.levels[-1][1]}" if numbered else f"the document of {odd.row.dated}"
        usual = file_of(others[0].row)
        yield Contradiction(
            odd,
            odd.row.file_place,
            f"{name} lies in {file_of(odd.row)} here and in {usual} in {whereabouts(others)}",
            label=f"elsewhere {usual}",
            help="check the place against the source",
            evidence=testify(others, lambda row: row.file_place, lambda row: described(row, file_of(row))),
        )
