"""CON204."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, agree, filed, fold_description, odd_ones, same_document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON204",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Hungarian Legation to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.\n"
            "Hungarian Legation to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.\n"
            "Hungarian Embassy to the DPRK, Report, 21 April 1954, KA, 11. doboz, 27/a, 06765/1954.",
            says="number 06765/1954 is “Hungarian Embassy to the DPRK, Report” here "
            "and “Hungarian Legation to the DPRK, Report” in 2 other places",
        ),
        Good(
            "Anastas Mikoyan, personal notes on the meeting, 12 November 1960, RGANI, f. 84, op. 1, d. 11, l. 33.\n"
            "Mikoyan, personal notes on the meeting, 12 November 1960, RGANI, f. 84, op. 1, d. 11, l. 33."
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Memorandum of a Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9."
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, List 4.\n"
            "Decree on the State Budget, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, List 4."
        ),
    ),
)
def conflicting_description(document: Document) -> Iterator[Problem]:
    """One archival document described in two ways: Report and Annual Report, Embassy and Legation.

    Case and articles do not count. On leaves, two descriptions with little in common are two
    documents that share a leaf, and nothing is said; dates at odds are reported as such.
    """
    for name, group in same_document(filed(document)):
        said = {
            place: fold_description(member.reference.description)
            for place, member in enumerate(group)
            if member.reference.description
        }
        if len(set(said.values())) < 2:
            continue
        for member, usual, others in odd_ones(group, said):
            if not agree(member.reference.date, others[0].reference.date):
                continue
            if member.number is None and not _resemble(fold_description(member.reference.description), usual):
                continue
            if _names_more(member.reference.description or "", others[0].reference.description or ""):
                continue
            yield _problem(document, name, member, others)


# “Anastas Mikoyan, personal notes” and “Mikoyan, personal notes”: once with the given names.
_AUTHOR = re.compile(
    r"(?P<given>(?:[^\W\d_a-z][\w.’'-]*\s){0,3}?)(?P<family>[^\W\d_a-z][\w’'-]+)(?P<rest>,\s.+)", re.DOTALL
)


def _names_more(one: str, other: str) -> bool:
    """Tell whether two descriptions differ but in the given names of the author who opens them."""
    first, second = _AUTHOR.fullmatch(one), _AUTHOR.fullmatch(other)
    return (
        first is not None
        and second is not None
        and first["family"] == second["family"]
        and fold_description(first["rest"]) == fold_description(second["rest"])
        and "" in (first["given"], second["given"])
    )


def _resemble(first: str, second: str) -> bool:
    one, other = set(first.split()), set(second.split())
    return len(one & other) * 2 >= min(len(one), len(other))


def _problem(document: Document, name: str, member: Filed, others: list[Filed]) -> Problem:
    citation, usual = member.citation, others[0].reference.description or ""
    places = "another place" if len(others) == 1 else f"{len(others)} other places"
    length = len(member.reference.description or "")
    return Problem(
        citation.locate((0, min(length, len(citation.text)))),
        f"{name} is “{member.reference.description}” here and “{usual}” in {places}",
        label=f"elsewhere “{usual}”",
        help="describe one document in one way",
        citation=citation,
        related=tuple(document.related(other.citation, f"“{usual}”") for other in others),
    )
