"""CON205."""

import itertools
from collections import defaultdict
from collections.abc import Iterator

import attrs

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, agree, filed, fold_description
from citecheck.findings import Problem, Severity
from citecheck.reading.folios import half_leaf
from citecheck.rules import Bad, Good, rule


@attrs.frozen
class _Range:
    start: int
    end: int
    member: Filed


@rule(
    code="CON205",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Letter from Yi Sang-jo, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 7-15.",
            says="leaves 7–15 of fond 5, opis 28, delo 412 overlap with 4–9, where another document is cited",
        ),
        Good(
            "Memorandum of Conversation with Pak Kil-ryun, 7 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
            "Report by N. T. Fedorenko, 5 September 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 224-228."
        ),
        Good(
            "Letter from Yi Sang-jo, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 233-295.\n"
            "Letter from Yi Sang-jo, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 410, List 240."
        ),
    ),
)
def overlapping_folios(document: Document) -> Iterator[Problem]:
    """Two different documents on the same leaves of one file.

    One document may end and the next begin on the same leaf, so a shared first or last leaf is normal.
    A citation of a single leaf inside a document is normal too.
    """
    files: defaultdict[tuple[object, ...], list[_Range]] = defaultdict(list)
    for member in filed(document):
        if member.number is not None or member.series or len(member.reference.locators) != 1:
            continue
        locator = member.reference.locators[0]
        start, end = half_leaf(locator.start), half_leaf(locator.end or locator.start, last=True)
        if start is not None and end is not None and end > start + 1:
            files[member.archive, member.container].append(_Range(start, end, member))
    for ranges in files.values():
        ranges.sort(key=lambda found: (found.start, found.end))
        for first, second in itertools.pairwise(ranges):
            if second.start < first.end - 1 and _differ(first.member, second.member):
                yield _problem(document, first.member, second.member)


def _differ(first: Filed, second: Filed) -> bool:
    one, other = first.reference, second.reference
    if not one.description or not other.description:
        return False
    same_words = fold_description(one.description) == fold_description(other.description)
    return not same_words and not (agree(one.date, other.date) and first.leaves == second.leaves)


def _problem(document: Document, first: Filed, second: Filed) -> Problem:
    locator, earlier = second.reference.locators[0], first.reference.locators[0]
    return Problem(
        second.citation.locate(locator.span),
        f"leaves {locator.start}–{locator.end} of {second.file} overlap with {earlier.start}–{earlier.end}, "
        "where another document is cited",
        label="two documents on these leaves",
        help="check both ranges against the file",
        citation=second.citation,
        related=(
            document.related(first.citation, f"{first.reference.description}, {earlier.start}–{earlier.end}"),
        ),
    )
