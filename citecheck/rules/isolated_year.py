"""CON214."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, filed
from citecheck.evidence.slips import is_one_figure_off
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

# How many documents of a file must agree, on how many days, and how far apart they and the odd one may lie.
_LEAST = 8
_DAYS = 5
_SPAN = 10
_GAP = 20

_FILE = "".join(
    f"Report of the governor, {day} March {1890 + day % 3}, RGIA, f. 1405, op. 91, d. 10, l. {day}.\n"
    for day in range(1, 11)
)


@rule(
    code="CON214",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            f"{_FILE}Report of the governor, 12 March 1981, RGIA, f. 1405, op. 91, d. 10, l. 14.",
            says="12 March 1981 stands alone: the 10 other documents of fond 1405, opis 91, delo 10 are of 1890–1892",
        ),
        Bad(
            f"{_FILE}Report of the governor, 12 March 1981, RGIA, f. 1405, op. 91, d. 12, l. 14.",
            says="12 March 1981 stands alone: the 10 other documents of fond 1405, opis 91 are of 1890–1892",
        ),
        Good(_FILE),
        # A later inquiry may lie in an old file; its year is no slip of one figure.
        Good(f"{_FILE}Memorandum on the file, 12 March 1956, RGIA, f. 1405, op. 91, d. 10, l. 90."),
        Good(f"{_FILE}Report of the governor, 12 March 1895, RGIA, f. 1405, op. 91, d. 10, l. 14."),
    ),
)
def isolated_year(document: Document) -> Iterator[Problem]:
    """A year that stands alone among those of its file, and that one wrong figure would explain.

    Files grow in a few years. Where many documents of a file, or of the fond around it, are of one decade and a
    single one is dated decades from all of them, its year is probably a slip of the pen: two figures have
    changed places (1981 for 1891), or one is wrong. A date that no such slip explains is left alone, since papers
    of other times do get into files.
    """
    dated = [member for member in filed(document) if member.reference.date is not None]
    said: set[str] = set()
    deepest = max((len(member.container) for member in dated), default=0)
    for depth in range(deepest, 0, -1):
        groups: defaultdict[tuple[object, ...], list[Filed]] = defaultdict(list)
        for member in dated:
            if len(member.container) >= depth:
                groups[member.archive, member.series, member.container[:depth]].append(member)
        for group in groups.values():
            odd = _odd(group)
            if odd is not None and odd.citation.id not in said:
                said.add(odd.citation.id)
                yield _problem(document, odd, [member for member in group if member is not odd], depth)


def _year(member: Filed) -> int:
    return int((member.reference.date or "")[:4])


def _odd(group: Sequence[Filed]) -> Filed | None:
    """Return the only document of a group whose year lies far from all others and is one figure off from one."""
    ordered = sorted(group, key=_year)
    for odd, others in ((ordered[0], ordered[1:]), (ordered[-1], ordered[:-1])):
        if len(others) < _LEAST or len({other.reference.date for other in others}) < _DAYS:
            continue
        first, last = _year(others[0]), _year(others[-1])
        gap = max(first - _year(odd), _year(odd) - last)
        if last - first <= _SPAN and gap >= _GAP and _meant(odd, others):
            return odd
    return None


def _meant(odd: Filed, others: Sequence[Filed]) -> list[str]:
    """Return the years of the others of which the odd one may be a slip."""
    years = sorted({str(_year(other)) for other in others})
    return [year for year in years if is_one_figure_off(str(_year(odd)), year)]


def _problem(document: Document, odd: Filed, others: Sequence[Filed], depth: int) -> Problem:
    years = sorted({_year(other) for other in others})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    unit = ", ".join(f"{key} {value}" for key, value in odd.container[:depth])
    meant = _meant(odd, others)
    near = min(others, key=lambda other: abs(other.citation.index - odd.citation.index))
    return Problem(
        odd.citation.locate(odd.reference.date_span)
        if odd.reference.date_span is not None
        else odd.citation.span,
        f"{odd.date} stands alone: the {len(others)} other documents of {unit} are of {span}",
        label=f"{meant[0]}?" if len(meant) == 1 else "the year?",
        help=f"check the year against the document; {' or '.join(meant)} would fit the file",
        citation=odd.citation,
        related=(document.related(near.citation, f"of {near.date}"),),
    )
