"""Findings for people: the author's line with a caret, and the places that bear on it."""

import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

import attrs

from citecheck.documents import Document
from citecheck.findings import Finding, Severity
from citecheck.manuscript import Manuscript, Span
from citecheck.readers.positions import span_json

_WIDTH = 110
_COLORS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36;1"}


def print_findings(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    out: TextIO,
    *,
    accepted: int = 0,
    color: str = "auto",
) -> None:
    """Print the findings and a closing line that counts them.

    Args:
        findings: what to print, in this order.
        documents: all that was checked, for the closing line.
        out: where to print.
        accepted: how many findings are left out because the user accepts them.
        color: ``always``, ``never``, or ``auto`` for colour on a terminal that wants it.
    """
    paint = _Paint(color == "always" or (color == "auto" and out.isatty() and "NO_COLOR" not in os.environ))
    for finding in findings:
        print(describe(finding, paint), file=out)
    for document in documents:
        for remark in document.manuscript.remarks:
            print(f"{document.manuscript.path}: {remark}", file=out)
    counts = Counter(str(finding.severity) for finding in findings)
    print(closing_line(counts, Checked.of(documents), accepted), file=out)


@attrs.frozen
class Checked:
    """How much was checked."""

    citations: int
    notes: int
    manuscripts: int

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Checked":
        """Count what stands in documents."""
        return cls(
            sum(len(document.citations) for document in documents),
            sum(len(document.manuscript.notes) for document in documents),
            len(documents),
        )


def closing_line(counts: Counter[str], checked: Checked, accepted: int = 0) -> str:
    """Return how much was found, besides what is accepted, and in how much.

    Args:
        counts: how many findings there are of each severity.
        checked: how much was checked.
        accepted: how many findings are left out because the user accepts them.
    """
    found = ", ".join(_count(counts[severity], severity) for severity in Severity if counts[severity])
    if not found:
        found = "nothing to report" if checked.citations else "nothing to report: no citation was found"
    besides = f", {accepted:,} accepted" if accepted else ""
    return (
        f"{found}{besides} ({_count(checked.citations, 'citation')} in {_count(checked.notes, 'note')}, "
        f"{_count(checked.manuscripts, 'manuscript')})"
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


class _Paint:
    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.on else text


def describe(finding: Finding, paint: "_Paint | None" = None) -> str:
    """Return one finding as it is printed."""
    paint = paint or _Paint(False)
    manuscript, problem = finding.manuscript, finding.problem
    head = f"{finding.severity}[{finding.code}]"
    where = place(manuscript, finding.span)
    lines = [f"{where}: {paint(head, _COLORS[finding.severity])}: {finding.message}"]
    shown = Excerpt.of(manuscript, finding.span)
    margin = " " * len(shown.line)
    words = (shown.before + shown.words + shown.after).replace("\t", " ")
    caret = " " * _columns(shown.before) + "^" * max(1, _columns(shown.words))
    lines += [
        f"{margin} |",
        f"{shown.line} | {words}",
        f"{margin} | {paint(caret, _COLORS[finding.severity])} {problem.label}".rstrip(),
    ]
    for related in problem.related[:6]:
        lines.append(f"{margin} = {place(related.manuscript, related.span)}: {related.message}")
    if len(problem.related) > 6:
        lines.append(f"{margin} = and {len(problem.related) - 6} more places")
    if problem.help:
        lines.append(f"{margin} = help: {problem.help}")
    return "\n".join(lines) + "\n"


def place(manuscript: Manuscript, span: Span) -> str:
    """Return where a range begins, as people read it: ``chapter3.tex:412:18``.

    A word processor shows no lines that could be counted, so there it is the note, or the paragraph of the
    text, and the characters in it.
    """
    if has_lines(manuscript, span):
        path, position = manuscript.place(span.start)
        return f"{path}:{position.line}:{position.column}"
    start, end = span_json(manuscript, span)
    parts = [f"note {start['note']}"] if start["note"] is not None else []
    if start["paragraph"] is not None and (start["note"] is None or start["paragraph"] > 1):
        parts.append(f"paragraph {start['paragraph']}")
    origin = manuscript.origin(span.start)
    if not parts and origin is not None:
        # A page of a PDF.
        parts.append(origin.part)
    if start["offset"] < end["offset"]:
        first, last = start["offset"] + 1, end["offset"]
        parts.append(f"characters {first}–{last}" if first < last else f"character {first}")
    return f"{manuscript.path}: {', '.join(parts)}"


def has_lines(manuscript: Manuscript, span: Span) -> bool:
    """Tell whether the line and column of a range are those of a file that an editor opens."""
    origin = manuscript.origin(span.start)
    return origin is None or origin.begins is not None


@attrs.frozen
class Excerpt:
    """The words that a finding is about, with as much of their line as stands around them."""

    line: str
    """The number of the line, or nothing where lines cannot be counted."""
    before: str
    words: str
    after: str

    @classmethod
    def of(cls, manuscript: Manuscript, span: Span) -> "Excerpt":
        """Return what stands at and around a range, at most a line of it."""
        position = manuscript.position(span.start)
        line = manuscript.line_text(position.line)
        start = position.column - 1
        end = min(len(line), start + max(1, span.end - span.start))
        left = max(0, min(start - 40, len(line) - _WIDTH))
        right = min(len(line), left + _WIDTH)
        shown_end = min(max(end, start + 1), right)
        return cls(
            str(manuscript.place(span.start)[1].line) if has_lines(manuscript, span) else "",
            ("…" if left > 0 else "") + line[left:start],
            line[start:shown_end],
            line[shown_end:right] + ("…" if right < len(line) else ""),
        )


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
