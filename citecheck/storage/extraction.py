"""From the bytes of one manuscript to its rows: a pure function, which any engine may run on any machine."""

import json
from functools import cache
from typing import Any

import attrs

from citecheck.analysis import analyse_under
from citecheck.configuration import Configuration
from citecheck.corpus.rows import UNPLACED, FindingRow, ManuscriptRows, document_rows
from citecheck.findings import Finding
from citecheck.linting import check
from citecheck.readers import read_bytes
from citecheck.reporting.citation_json import finding_row
from citecheck.reporting.text import describe
from citecheck.rules import Rule, all_rules


def extract_rows(
    data: bytes, name: str, configuration: Configuration, format: str | None = None
) -> ManuscriptRows:
    """Return what a manuscript says, and what the rules report on it by itself.

    Args:
        data: the file's bytes.
        name: the file's name, which helps to tell its format and is in no row.
        configuration: the settings of its project.
        format: its format, where that cannot be told.

    Raises:
        ManuscriptError: the bytes are no manuscript that can be read.
    """
    manuscript = attrs.evolve(read_bytes(data, name, format), path=UNPLACED)
    document = analyse_under(manuscript, configuration)
    findings = check([document], _rules_of_one(), separate=True)
    return attrs.evolve(
        document_rows(document),
        findings=tuple(keep_finding(finding, number) for number, finding in enumerate(findings)),
    )


@cache
def _rules_of_one() -> tuple[Rule, ...]:
    """Return the rules that have something to say of a manuscript by itself."""
    return tuple(rule for rule in all_rules() if not getattr(rule.check, "needs_several", False))


def keep_finding(finding: Finding, ordinal: int = 0, shown: dict[str, Any] | None = None) -> FindingRow:
    """Return a finding as it is kept; ``shown`` stands in place of its ``citecheck/1`` object."""
    return FindingRow(
        ordinal,
        finding.code,
        finding.name,
        str(finding.severity),
        finding.span.start,
        finding.span.end,
        json.dumps(finding_row(finding) if shown is None else shown, ensure_ascii=False),
        describe(finding),
    )
