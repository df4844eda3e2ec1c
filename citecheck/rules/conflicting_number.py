"""CON202."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, filed, fold_description, odd_ones
from citecheck.findings import Problem, Severity
from citecheck.reading.numbers import runs_backwards
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON202",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002749/1957.\n"
            "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002749/1957.\n"
            "Hungarian Embassy to the DPRK, Annual Report, 28 May 1957, KTS, 4. doboz, 5/a, 002249/1957.",
            says="the document of 28 May 1957 has the number 002249/1957 here and 002749/1957 in 2 other places",
        ),
        Bad(
            "Hungarian Embassy to the DPRK, Report, 31 October 1956, KTS, 12. doboz, 27/a, 003128/1/1956.\n"
            "Hungarian Embassy to the DPRK, Report, 31 October 1956, KTS, 12. doboz, 27/a, 003128/1956.",
            says="the document of 31 October 1956 has the number 003128/1956 here and 003128/1/1956 in another place",
        ),
        Bad(
            "Memorandum of Conversation with Premier Kim Il Sung, 1 September 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 317-319.\n"
            "Memorandum of Conversation with Premier Kim Il Sung, 1 September 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 317-318.",
            says="the document of 1 September 1956 fills 317–318 here and 317–319 in another place",
        ),
        # The range cannot be right, which another rule says.
        Good(
            "Memorandum of Conversation with Premier Kim Il Sung, 1 September 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 17-19.\n"
            "Memorandum of Conversation with Premier Kim Il Sung, 1 September 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 27-19."
        ),
        Good(
            "Hungarian Embassy to the DPRK, Report, 1 September 1954, KA, 11. doboz, 24/b, 5192/1/1954; "
            "Hungarian Embassy to the DPRK, Report, 1 September 1954, KA, 11. doboz, 24/b, 09431/1954."
        ),
        Good(
            "Hungarian Embassy to the DPRK, Report, 28 February 1955, KTS, 5. doboz, 5/b, 004058/1955; "
            "Hungarian Embassy to the DPRK, Report, 28 February 1955, KTS, 5. doboz, 5/b, 004059/1955."
        ),
    ),
)
def conflicting_number(document: Document) -> Iterator[Problem]:
    """One document, by description, date and box, with two registry numbers or two ranges of leaves.

    Numbers count as one number miswritten only if they are a near miss: a figure wrong, missing or
    exchanged, a leading zero or a sub-number lost. Two reports of one day have numbers far apart, and
    numbers cited side by side in one note are two documents.
    """
    groups: defaultdict[tuple[object, ...], list[Filed]] = defaultdict(list)
    for member in filed(document):
        reference = member.reference
        if reference.date is None or not reference.description:
            continue
        identity = (
            member.archive,
            member.series,
            member.container,
            reference.date,
            fold_description(reference.description),
        )
        groups[identity].append(member)
    for group in groups.values():
        if group[0].series:
            yield from _numbers(document, group)
        elif group[0].number is None and len((group[0].reference.description or "").split()) >= 4:
            yield from _leaves(document, group)


def _numbers(document: Document, group: list[Filed]) -> Iterator[Problem]:
    said = {place: member.number for place, member in enumerate(group) if member.number}
    if len(set(said.values())) < 2:
        return
    for member, usual, others in odd_ones(group, {place: number for place, number in said.items() if number}):
        if not near_miss(member.number or "", usual) or _side_by_side(member, others):
            continue
        level = member.reference.levels[-1]
        yield Problem(
            member.citation.locate(level.span),
            f"the document of {member.date} has the number {level.value} here and "
            f"{others[0].reference.levels[-1].value} in {_places(others)}",
            label=f"elsewhere {others[0].reference.levels[-1].value}",
            help="one of the two numbers is probably a slip: check it against the source",
            citation=member.citation,
            related=tuple(document.related(other.citation, f"number {other.number}") for other in others),
        )


def _leaves(document: Document, group: list[Filed]) -> Iterator[Problem]:
    said = {
        place: _range(member)
        for place, member in enumerate(group)
        if member.leaves and not any(runs_backwards(locator) for locator in member.reference.locators)
    }
    if len(set(said.values())) < 2:
        return
    for member, usual, others in odd_ones(group, said):
        if _side_by_side(member, others):
            continue
        first, last = member.reference.locators[0], member.reference.locators[-1]
        yield Problem(
            member.citation.locate((first.span[0], last.span[1])),
            f"the document of {member.date} fills {_range(member)} here and {usual} in {_places(others)}",
            label=f"elsewhere {usual}",
            help="check the leaves against the source",
            citation=member.citation,
            related=tuple(document.related(other.citation, f"leaves {usual}") for other in others),
        )


def _range(member: Filed) -> str:
    return ", ".join(start if start == end else f"{start}–{end}" for start, end in member.leaves)


def _places(others: list[Filed]) -> str:
    return "another place" if len(others) == 1 else f"{len(others)} other places"


def _side_by_side(member: Filed, others: list[Filed]) -> bool:
    note = member.citation.in_note
    return note is not None and any(other.citation.in_note == note for other in others)


def near_miss(first: str, second: str) -> bool:
    """Tell whether two numbers may be one number miswritten."""
    if first.lstrip("0") == second.lstrip("0"):
        return True
    one, other = first.split("/"), second.split("/")
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return len(longer) == len(shorter) + 1 and any(
            longer[:gap] + longer[gap + 1 :] == shorter for gap in range(1, len(longer))
        )
    return _one_figure(first, second)


def _one_figure(first: str, second: str) -> bool:
    if len(first) == len(second):
        wrong = [place for place in range(len(first)) if first[place] != second[place]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and first[wrong[0]] == second[wrong[1]]
            and first[wrong[1]] == second[wrong[0]]
        )
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return (
        len(longer) == len(shorter) + 1
        and re.sub(r"\D", "", longer) != re.sub(r"\D", "", shorter)
        and any(longer[:gap] + longer[gap + 1 :] == shorter for gap in range(len(longer)))
    )
