"""TXT907."""

from collections.abc import Iterator
from difflib import get_close_matches

from citecheck.documents import Document
from citecheck.evidence.allowances import allowances
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, all_rules, rule


@rule(
    code="TXT907",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Suh, *Kim Il Sung*, 32–38. <!-- citecheck: allow ambigous-ibid -->",
            says="“ambigous-ibid” is no rule: this comment silences nothing",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 32–38. <!-- citecheck: allow STY601, NOPE1 -->",
            says="“NOPE1” is no rule: this comment silences nothing",
        ),
        Good("Suh, *Kim Il Sung*, 32–38. <!-- citecheck: allow STY601 -->"),
        Good("Suh, *Kim Il Sung*, 32–38. <!-- citecheck: allow ambiguous-ibid, LOC -->"),
    ),
)
def unknown_allowance(document: Document) -> Iterator[Problem]:
    """A comment that should silence a rule, and names none.

    What its author has looked at and found right is reported again and again, or the rule has another name
    now. A comment silences a rule by its code or its name, and several by the beginning of their codes.
    """
    for allowance in allowances(document.manuscript):
        if any(known.answers_to(allowance.name) for known in all_rules()):
            continue
        names = {name.lower(): name for known in all_rules() for name in (known.code, known.name)}
        near = [names[name] for name in get_close_matches(allowance.name.lower(), names, n=2, cutoff=0.8)]
        yield Problem(
            allowance.span,
            f"“{allowance.name}” is no rule: this comment silences nothing",
            label="no such rule",
            help=f"perhaps {' or '.join(near)} is meant" if near else "citecheck explain lists the rules",
        )
