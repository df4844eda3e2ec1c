"""What checking reports: problems that rules yield, and the findings that users see."""

from enum import StrEnum
from typing import Literal

import attrs

from citecheck.citations import Citation, Entry
from citecheck.manuscript import Manuscript, Span


class Severity(StrEnum):
    """How sure it is: an error cannot be right, a warning is probably wrong, a note is style."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Applicability(StrEnum):
    """Whether a fix may be applied: a safe one leaves the reading as it is."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@attrs.frozen
class Edit:
    """Replace a range of the manuscript by other words."""

    span: Span
    replacement: str


@attrs.frozen
class Fix:
    """Edits that belong together and are applied together or not at all."""

    applicability: Applicability
    edits: tuple[Edit, ...]


@attrs.frozen
class Related:
    """Another place that bears on a finding, with what it says."""

    manuscript: Manuscript
    span: Span
    message: str
    citation: Citation | None = None
    entry: Entry | None = None


@attrs.frozen
class Problem:
    """What a rule yields: one fault, the smallest range that shows it, and the evidence.

    ``message`` states the fault in one sentence, lower case, without full stop; ``label`` stands
    under the caret; ``help`` names the remedy. ``citation`` or ``entry`` says whose fault it is.
    ``manuscript`` is needed from corpus rules only: elsewhere there is but one.
    """

    span: Span
    message: str
    label: str = ""
    help: str = ""
    citation: Citation | None = None
    entry: Entry | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    """Set only where this case is milder or graver than the rule's own severity."""
    manuscript: Manuscript | None = None


Scope = Literal["citation", "manuscript", "corpus"]


@attrs.frozen
class Finding:
    """A problem with the rule that found it and the manuscript that it stands in."""

    code: str
    name: str
    severity: Severity
    scope: Scope
    manuscript: Manuscript
    problem: Problem

    @property
    def message(self) -> str:
        """The fault in one sentence."""
        return self.problem.message

    @property
    def help(self) -> str:
        """The remedy, in words; empty where the message says all."""
        return self.problem.help

    @property
    def span(self) -> Span:
        """Where the fault stands in the manuscript."""
        return self.problem.span

    @property
    def path(self) -> str:
        """The file that the fault stands in: the manuscript's own, or one that it includes."""
        return self.manuscript.place(self.span.start)[0]

    @property
    def line(self) -> int:
        """The line that the fault begins in, from 1; of a zipped document, of the text that was read from it."""
        return self.manuscript.place(self.span.start)[1].line

    @property
    def column(self) -> int:
        """The column in that line, in characters, from 1."""
        return self.manuscript.place(self.span.start)[1].column

    @property
    def fix(self) -> Fix | None:
        """The correction, if there is one that can be applied."""
        return self.problem.fix
