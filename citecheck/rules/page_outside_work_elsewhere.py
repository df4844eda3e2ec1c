"""LOC122."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import Contradiction, Witness, across_manuscripts, testify
from citecheck.corpus.rows import PageRow, WorkRow
from citecheck.corpus.shared_works import extent, imprint_differences, tell_apart
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule

_ENTRY = (
    "Bibliography\n\nLankov, Andrei. “Kim Il Sung’s Campaign against the Soviet Faction.” *Korean "
    "Studies* 23 (1999): 43–67."
)


@rule(
    code="LOC122",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            _ENTRY,
            others=(
                "Andrei Lankov, “Kim Il Sung’s Campaign against the Soviet Faction,” *Korean Studies* 23 "
                "(1999): 145.",
            ),
            says="page 145 lies outside “Kim Il Sung’s Campaign against the Soviet Faction”, which fills "
            "43–67 in example.txt",
        ),
        Good(
            _ENTRY,
            others=(
                "Andrei Lankov, “Kim Il Sung’s Campaign against the Soviet Faction,” *Korean Studies* 23 "
                "(1999): 45.",
            ),
        ),
    ),
)
@across_manuscripts("works", same=("authored",), partly=("pages",))
def page_outside_work_elsewhere(group: Sequence[Witness[WorkRow]]) -> Iterator[Contradiction]:
    """A page of an article or chapter that lies outside the pages that another manuscript's bibliography
    gives it.

    A manuscript that gives the pages itself is measured by its own bibliography. Where two others do not give
    the same pages, nothing is said.
    """
    for work in tell_apart(group):
        extents = {
            extent(witness.row): witness for witness in work.mentions if extent(witness.row) is not None
        }
        if len(extents) != 1:
            continue
        (bounds, source), *_ = extents.items()
        assert bounds is not None
        for witness in work.mentions:
            outside = [page for page in witness.row.cited if not bounds[0] <= page.page <= bounds[1]]
            if (
                outside
                and witness.row.pages is None
                and witness.row.container
                and not imprint_differences(witness.row, source.row)
            ):
                yield _contradiction(witness, outside[-1], bounds, source)


def _contradiction(
    witness: Witness[WorkRow], page: PageRow, bounds: tuple[int, int], source: Witness[WorkRow]
) -> Contradiction:
    fills = f"{bounds[0]}–{bounds[1]}"
    return Contradiction(
        witness.at(page),
        page.place,
        f"page {page.page} lies outside “{witness.row.title}”, which fills {fills} in {source.file}",
        label=f"outside {fills}",
        help="check the page, and whether it is this work that is meant",
        evidence=testify([source], lambda row: row.place, lambda row: row.text),
    )
