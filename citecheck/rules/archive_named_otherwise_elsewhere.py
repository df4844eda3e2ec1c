"""CON228."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.rows import FilingRow
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON228",
    subject=Corpus,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "AVPRF, f. 0102, op. 12, p. 68, d. 5, l. 64.",
            others=("AVP RF, f. 0102, op. 12, p. 68, d. 4, l. 2.",),
            says="the archive is called “AVP RF” here and “AVPRF” in note 1 of example.txt",
        ),
        Good(
            "Russian State Archive of Contemporary History (hereafter RGANI), f. 5, op. 28, d. 410, l. 1.",
            others=("RGANI, f. 5, op. 28, d. 410, l. 7.",),
        ),
    ),
)
@across_manuscripts(
    "filings", same=("archive",), differing=("archive_written",), once_per=("archive_written",)
)
def archive_named_otherwise_elsewhere(group: Sequence[Witness[FilingRow]]) -> Iterator[Contradiction]:
    """One archive that another manuscript calls by another abbreviation.

    Full names introduce an abbreviation and are not compared, nor are names in different scripts.
    """
    for odd, others in dissenters(group, _abbreviation, _agree):
        usual = _abbreviation(others[0].row)
        yield Contradiction(
            odd,
            odd.row.file_place,
            f"the archive is called “{_abbreviation(odd.row)}” here and “{usual}” in {whereabouts(others)}",
            label=f"elsewhere “{usual}”",
            help="call one archive by one name",
            evidence=testify(others, lambda row: row.file_place, lambda row: f"“{_abbreviation(row)}”"),
        )


_LONGEST = 12
"""What is longer is a name and no abbreviation."""


def _abbreviation(row: FilingRow) -> str | None:
    written = " ".join(row.archive_written.split())
    return written if row.known and 0 < len(written) <= _LONGEST else None


def _agree(one: FilingRow, other: FilingRow) -> bool:
    # A series that stands for its archive (KTS for the Hungarian National Archives) is no other name of it.
    return _letters(one) != _letters(other)


def _letters(row: FilingRow) -> str:
    return "".join(letter for letter in row.archive_written.casefold() if letter.isalnum())
