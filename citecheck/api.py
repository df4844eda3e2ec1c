"""The short ways in: check files, read one citation."""

from collections.abc import Sequence
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.citations import Citation
from citecheck.findings import Finding
from citecheck.linting import check, select_rules
from citecheck.readers import read_bytes, read_manuscript


def lint(*paths: str | Path, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Finding]:
    """Check manuscripts, each by itself and all together.

    Args:
        paths: the files, in any format that is read.
        select: codes, families or names of the rules to run; all if empty.
        ignore: those to leave out.

    Returns:
        The findings, by manuscript and place.

    Raises:
        ManuscriptError: a file cannot be read.
        SelectionError: a selector names no rule.
    """
    rules = select_rules(select, ignore)
    return check([analyse(read_manuscript(path)) for path in paths], rules)


def parse_citation(text: str) -> tuple[Citation, ...]:
    """Read the citations in a text as they would be read in a note; prose gives none."""
    manuscript = read_bytes(f"Notes\n\n1. {text}\n".encode(), "citation", "plain")
    return analyse(manuscript).citations
