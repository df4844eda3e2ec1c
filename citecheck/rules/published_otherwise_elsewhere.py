"""CON232."""

from collections.abc import Iterator, Sequence
from functools import partial

from citecheck.corpus.contradictions import (
    Contradiction,
    Witness,
    across_manuscripts,
    dissenters,
    testify,
    whereabouts,
)
from citecheck.corpus.rows import WorkRow
from citecheck.corpus.shared_works import (
    IMPRINT_PARTS,
    Difference,
    imprint_differences,
    imprint_part,
    tell_apart,
)
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule

_ARTICLE = (
    "Bibliography\n\nLankov, Andrei. “Kim Il Sung’s Campaign against the Soviet Faction.” *Korean "
    "Studies* 23 (1999): 43–67."
)


@rule(
    code="CON232",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            _ARTICLE,
            others=(_ARTICLE.replace("23 (1999)", "26 (1999)"),),
            says="“Kim Il Sung’s Campaign against the Soviet Faction” has volume 26 here and volume 23 in the bibliography of "
            "example.txt",
        ),
        Bad(
            _ARTICLE,
            others=(_ARTICLE.replace("43–67", "43–76"),),
            says="“Kim Il Sung’s Campaign against the Soviet Faction” has pages 43–76 here and pages 43–67 "
            "in the bibliography of example.txt",
        ),
        Bad(
            "Bibliography\n\nSuh, Dae-Sook. *Kim Il Sung: The North Korean Leader*. New York: Columbia "
            "University Press, 1988.",
            others=(
                "Bibliography\n\nSuh, Dae-Sook. *Kim Il Sung: The North Korean Leader*. New York: Columbia "
                "University Press, 1986.",
            ),
            says="“Kim Il Sung: The North Korean Leader” has year 1986 here and year 1988 in the bibliography of example.txt",
        ),
        Good(
            "Bibliography\n\nYang, Sung Chul. *The North and South Korean Political Systems: A Comparative "
            "Analysis*. Boulder, Colo.: Westview Press; Seoul: Seoul Press, 1994.",
            others=(
                "Yang Sung-chul, *The North and South Korean Political Systems: A Comparative Analysis* "
                "(Seoul: Seoul Press, 1994), 326.",
                "Sung Chul Yang, *The North and South Korean Political Systems: A Comparative Analysis* "
                "(Boulder, CO: Westview Press, 1994), 231.",
            ),
        ),
        Good(
            "Bibliography\n\nCumings, Bruce. *Korea’s Place in the Sun: A Modern History*. New York: "
            "Norton, 1997.",
            others=(
                "Bibliography\n\nCumings, Bruce. *Korea’s Place in the Sun: A Modern History*. New York: "
                "Norton, 2005.",
            ),
        ),
    ),
)
@across_manuscripts("works", same=("authored",), differing=("date", "volume", "pages"))
def published_otherwise_elsewhere(group: Sequence[Witness[WorkRow]]) -> Iterator[Contradiction]:
    """A work that another manuscript gives another volume, other pages or another year.

    Editions, reprints, translations and co-publications differ without being wrong, so of a book only the
    year is compared, and only if the publisher is the same and the years differ in one figure.
    """
    for work in tell_apart(group):
        at_odds: dict[int, list[tuple[Difference, Witness[WorkRow], list[Witness[WorkRow]]]]] = {}
        for part in IMPRINT_PARTS:
            for odd, others in dissenters(work.mentions, partial(imprint_part, part), partial(_agree, part)):
                differences = imprint_differences(odd.row, others[0].row)
                difference = next(each for each in differences if each.part == part)
                at_odds.setdefault(odd.manuscript, []).append((difference, odd, others))
        for found in at_odds.values():
            _, odd, others = found[0]
            here = ", ".join(f"{difference.part} {difference.here}" for difference, _, _ in found)
            elsewhere = ", ".join(f"{difference.part} {difference.elsewhere}" for difference, _, _ in found)
            yield Contradiction(
                odd,
                odd.place,
                f"“{odd.row.title}” has {here} here and {elsewhere} in {whereabouts(others)}",
                label=f"elsewhere {elsewhere}",
                help="check against the work itself or a library catalogue",
                evidence=testify(others, lambda row: row.place, lambda row: row.text),
            )


def _agree(part: str, one: WorkRow, other: WorkRow) -> bool:
    return all(difference.part != part for difference in imprint_differences(one, other))
