"""LOC101."""

from collections.abc import Iterator

from citecheck.citations import Citation, Entry, Locator
from citecheck.findings import Problem, Severity
from citecheck.reading.numbers import runs_backwards
from citecheck.rules import Bad, Good, rule


@rule(
    code="LOC101",
    subject=Locator,
    severity=Severity.ERROR,
    authority="Chicago Manual of Style, 18th ed., 9.62–9.63",
    examples=(
        Bad(
            "Goncharov et al., *Uncertain Partners*, 132–124.",
            says="the range runs backwards: 132–124 ends before it begins",
        ),
        Bad(
            "RGAE, f. 413, op. 13, d. 6942, ll. 106-104.",
            says="the range runs backwards: 106-104 ends before it begins",
        ),
        Bad(
            "The text.\n\nBibliography\n\nGranville, Johanna. “Dej-a-Vu.” *East European Quarterly* 42, no. 4 (2008): "
            "404–365.",
            says="the range runs backwards: 404–365 ends before it begins",
        ),
        Good("Lankov, *Crisis in North Korea*, 164–5."),
    ),
)
def inverted_range(locator: Locator, place: Citation | Entry) -> Iterator[Problem]:
    """A range of pages or leaves that ends before it begins, in a citation or in the bibliography.

    An abbreviated end borrows its leading figures from the start, so 164–5 ends at 165 and is right.
    There is no fix: only the source tells which of the two numbers is wrong.
    """
    if not runs_backwards(locator) or (isinstance(place, Entry) and place.library is not None):
        return
    written = locator.written or f"{locator.start}–{locator.end}"
    citation, entry = (place, None) if isinstance(place, Citation) else (None, place)
    yield Problem(
        place.locate(locator.span) if isinstance(place, Citation) else place.passage.span(*locator.span),
        f"the range runs backwards: {written} ends before it begins",
        label=f"ends at {locator.end}",
        help="check both numbers against the source",
        citation=citation,
        entry=entry,
    )
