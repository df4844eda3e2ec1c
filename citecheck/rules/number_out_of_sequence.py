"""CON206."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, filed
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON206",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Embassy of Hungary in North Korea, Report, 5 April 1960, KTS, 8. doboz, 5/f, 002346/1959.",
            says="a document of 5 April 1960 cannot have been registered as 002346/1959",
        ),
        Bad(
            "Hungarian Embassy to the DPRK, Report, 3 August 1955, KTS, 4. doboz, 5/a, 006044/3/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 19 October 1955, KTS, 4. doboz, 5/a, 006044/1/1955.",
            says="006044/1/1955 is dated 19 October 1955, after 006044/3/1955 of 3 August 1955",
        ),
        Good("Hungarian Legation to the DPRK, Report, 22 December 1953, KA, 9. doboz, 18/g, 00303/1954."),
        Good(
            "Hungarian Embassy to the DPRK, Report, 3 May 1955, KTS, 4. doboz, 5/a, 006044/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 3 August 1955, KTS, 4. doboz, 5/a, 006044/3/1955."
        ),
    ),
)
def number_out_of_sequence(document: Document) -> Iterator[Problem]:
    """A registry number whose year or order contradicts the dates.

    A paper is registered in the year of its date or in the year after. The papers that follow on one
    number (006044/1/1955, 006044/3/1955) follow in time as well. The order of different numbers says
    little, for papers lie about before they are registered.
    """
    chains: defaultdict[tuple[str, str, str, str], list[tuple[int, Filed]]] = defaultdict(list)
    for member in filed(document):
        parts = _parts(member.number)
        date = member.reference.date
        if parts is None or date is None:
            continue
        base, step, year = parts
        if not 0 <= int(year) - int(date[:4]) <= 1:
            yield _wrong_year(member)
        elif len(date) == 10 and step is not None:
            chains[member.archive, member.series, base, year].append((step, member))
    for chain in chains.values():
        yield from _disorder(document, chain)


def _parts(number: str | None) -> tuple[str, int | None, str] | None:
    """Divide 006044/3/1955 into base, step (0 for the base itself, None where it is no figure) and year."""
    match = re.fullmatch(r"(\d+)((?:/[\w-]+)*?)/((?:18|19|20)\d\d)", number or "")
    if match is None:
        return None
    steps = match.group(2).strip("/")
    step = 0 if not steps else int(steps) if steps.isdecimal() else None
    return match.group(1), step, match.group(3)


def _wrong_year(member: Filed) -> Problem:
    level = member.reference.levels[-1]
    return Problem(
        member.citation.locate(level.span),
        f"a document of {member.date} cannot have been registered as {level.value}",
        label="registered in another year",
        help="papers are registered in the year of their date or the next: check date and number",
        citation=member.citation,
    )


def _disorder(document: Document, chain: list[tuple[int, Filed]]) -> Iterator[Problem]:
    """Report the members of one chain of numbers that are dated after a later number."""
    by_step: dict[tuple[int, str], tuple[Filed, list[Filed]]] = {}
    for step, member in chain:
        by_step.setdefault((step, member.reference.date or ""), (member, []))[1].append(member)
    ordered = sorted(by_step)
    for place, (step, date) in enumerate(ordered):
        later = [other for other in ordered[place + 1 :] if other[0] > step and other[1] < date]
        if not later:
            continue
        member, members = by_step[step, date]
        other = by_step[later[0]][0]
        level, other_number = member.reference.levels[-1], other.reference.levels[-1].value
        for each in members:
            yield Problem(
                each.citation.locate(each.reference.levels[-1].span),
                f"{level.value} is dated {member.date}, after {other_number} of {other.date}",
                label="out of order",
                help="number or date is probably a slip, or a sub-number is lost",
                citation=each.citation,
                related=(document.related(other.citation, f"{other_number} of {other.date}"),),
            )
