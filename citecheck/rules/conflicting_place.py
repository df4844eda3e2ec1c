"""CON203."""

from collections import defaultdict
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, agree, filed, fold_description, numbered, odd_ones
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON203",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 24/b, 006940/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 24/b, 006940/1955.\n"
            "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 23/b, 006940/1955.",
            says="number 006940/1955 lies in doboz 10, tétel 23/b here and in doboz 10, tétel 24/b in 2 other places",
        ),
        Bad(
            "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, Fond 5, Opis 28, Delo 411, Listy 12-14.\n"
            "Memorandum of Conversation with Ambassador Qiao Xiao Guang, 4 September 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 12-14.",
            says="the document of 4 September 1956 lies in fond 5, opis 28, delo 412 here and in fond 5, opis 28, delo 411 in another place",
        ),
        Good(
            "Hungarian Embassy to the DPRK, Report, 17 June 1955, KTS, 10. doboz, 24/b, 006940/1955.\n"
            "Hungarian Embassy to the PRC, Report, 17 June 1955, CTS, 5. doboz, 5/a, 006940/1955."
        ),
        Good(
            "Memorandum of Conversation with Kim Il Sung, 1 May 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 22-25.\n"
            "Memorandum of Conversation with Kim Il Sung, 9 May 1956, RGANI, Fond 5, Opis 28, Delo 411, Listy 22-25."
        ),
    ),
)
def conflicting_place(document: Document) -> Iterator[Problem]:
    """One document under two boxes, items, dela or fonds.

    The document is known by its registry number within its series, or by a description of some length
    with a full date. A place that lacks a level which the other has is no contradiction.
    """
    filings = filed(document)
    for (_, _, number), group in numbered(filings).items():
        yield from _compare(document, f"number {number}", list(group))
    described: defaultdict[tuple[str, str, str], list[Filed]] = defaultdict(list)
    for member in filings:
        reference = member.reference
        words = fold_description(reference.description)
        if (
            member.number is None
            and not member.series
            and len(words.split()) >= 5
            and len(reference.date or "") == 10
        ):
            described[member.archive, words, reference.date or ""].append(member)
    for members in described.values():
        yield from _compare(document, f"the document of {members[0].date}", members)


def _compare(document: Document, name: str, group: list[Filed]) -> Iterator[Problem]:
    said = {place: str(member.container) for place, member in enumerate(group)}
    if len(set(said.values())) < 2:
        return
    for member, _, others in odd_ones(group, said):
        if not _contradict(member, others[0]) or not agree(member.reference.date, others[0].reference.date):
            continue
        usual = others[0].file
        places = "another place" if len(others) == 1 else f"{len(others)} other places"
        yield Problem(
            member.citation.locate(member.reference.reference_span),
            f"{name} lies in {member.file} here and in {usual} in {places}",
            label=f"elsewhere {usual}",
            help="check the place against the source",
            citation=member.citation,
            related=tuple(document.related(other.citation, usual) for other in others),
        )


def _contradict(first: Filed, second: Filed) -> bool:
    other = dict(second.container)
    return any(key in other and other[key] != value for key, value in first.container)
