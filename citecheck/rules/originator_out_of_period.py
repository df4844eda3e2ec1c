"""CON209."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, filed
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_EARLY = "".join(
    f"Hungarian Legation to the DPRK, Report, {day} March 195{year}, KA, 9. doboz, 18/g, 00{day}03/195{year}.\n"
    for year in (1, 2, 3)
    for day in (2, 12)
)
_LATE = "".join(
    f"Hungarian Embassy to the DPRK, Report, {day} July 195{year}, KA, 9. doboz, 18/g, 00{day}04/195{year}.\n"
    for year in (5, 6, 7)
    for day in (3, 13)
)


@rule(
    code="CON209",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            f"{_EARLY}{_LATE}Hungarian Embassy to the DPRK, Report, 21 January 1953, KTS, 10. doboz, 24/b, 00558/1953.",
            says="“Hungarian Embassy to the DPRK” on 21 January 1953, when the 6 others before 1954 say "
            "“Hungarian Legation to the DPRK”",
        ),
        Good(_EARLY + _LATE),
        Good(
            f"{_EARLY}Hungarian Embassy to the PRC, Report, 21 January 1952, CTS, 10. doboz, 24/b, 00558/1952."
        ),
    ),
)
def originator_out_of_period(document: Document) -> Iterator[Problem]:
    """An office under a name that it had not yet, or had no more, at the date of the document.

    An office that is renamed once (Legation, later Embassy) shows in the manuscript itself: before some
    date nearly all documents have the one name, after it nearly all have the other. What stands on
    the wrong side is reported. Five documents at least must stand on each side.
    """
    offices: defaultdict[str, list[Filed]] = defaultdict(list)
    for member in filed(document):
        description = member.reference.description or ""
        office, comma, _ = description.partition(",")
        if comma and member.reference.date is not None and len(office.split()) >= 3:
            offices[office].append(member)
    for first, second in combinations(sorted(name for name in offices if len(offices[name]) >= 5), 2):
        if _one_word_apart(first, second):
            yield from _misplaced(document, offices[first], offices[second])


def _one_word_apart(first: str, second: str) -> bool:
    one, other = first.split(), second.split()
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _misplaced(document: Document, one: Sequence[Filed], other: Sequence[Filed]) -> Iterator[Problem]:
    """Find the date that parts the two names best, and report what stands on the wrong side of it."""
    earlier, later = (one, other) if _median(one) <= _median(other) else (other, one)
    changes = sorted({member.reference.date or "" for member in later})
    change = min(changes, key=lambda date: len(_before(later, date)) + len(_from(earlier, date)))
    wrong = _before(later, change) + _from(earlier, change)
    right_before, right_after = _before(earlier, change), _from(later, change)
    if min(len(right_before), len(right_after)) < 5 or len(wrong) * 20 > len(one) + len(other) + 10:
        return
    for member in wrong:
        early = member in later
        right = right_before if early else right_after
        office = (member.reference.description or "").partition(",")[0]
        usual = (right[0].reference.description or "").partition(",")[0]
        side = f"before {_next_year(right_before)}" if early else f"from {change[:4]} on"
        yield Problem(
            member.citation.locate((0, len(office))),
            f"“{office}” on {member.date}, when the {len(right)} others {side} say “{usual}”",
            label=f"“{usual}” at that time",
            help="check the name of the office or the date",
            citation=member.citation,
            related=(
                document.related(
                    right[-1 if early else 0].citation, f"“{usual}”, {right[-1 if early else 0].date}"
                ),
            ),
        )


def _next_year(members: Sequence[Filed]) -> int:
    return max(int((member.reference.date or "0")[:4]) for member in members) + 1


def _before(members: Sequence[Filed], date: str) -> list[Filed]:
    return [member for member in members if (member.reference.date or "") < date]


def _from(members: Sequence[Filed], date: str) -> list[Filed]:
    return [member for member in members if (member.reference.date or "") >= date]


def _median(members: Sequence[Filed]) -> str:
    dates = sorted(member.reference.date or "" for member in members)
    return dates[len(dates) // 2]
