"""Findings as one web page: to read beside the manuscript, to print, to send to an author or an editor."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import TextIO

from citecheck.documents import Document
from citecheck.findings import Finding, Severity
from citecheck.manuscript import Manuscript
from citecheck.reporting.text import Checked, Excerpt, closing_line, has_lines, place
from citecheck.rules import find_rule

# One file, without scripts and without anything from elsewhere: it opens on any machine, also years later.
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #bbb; }
table { border-collapse: collapse; } td { padding: .1rem .8rem .1rem 0; vertical-align: top; }
article { margin: 1.2rem 0; padding: .2rem 0 .2rem 1rem; border-left: .3rem solid #999; break-inside: avoid; }
article.error { border-color: #b3261e; } article.warning { border-color: #b26a00; } article.note { border-color: #2b6cb0; }
article p { margin: .3rem 0; } article ul { margin: .3rem 0; padding-left: 1.2rem; }
.where, .rule, .remark { font: .85rem/1.4 system-ui, sans-serif; color: #666; }
blockquote { margin: .4rem 0; padding: .3rem .6rem; background: #f5f5f2; overflow-wrap: anywhere; }
mark { background: #ffe08a; color: inherit; padding: 0 .1em; }
dt { font-weight: bold; margin-top: 1rem; } dd { margin-left: 1rem; white-space: pre-line; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1b1b1b; } blockquote { background: #292929; }
  mark { background: #6b5500; } a { color: #8ab4f8; } }
"""


def write_html(
    findings: Sequence[Finding], documents: Sequence[Document], out: TextIO, *, accepted: int = 0
) -> None:
    """Write a page with a table of what was found, the findings of each manuscript, and why they are ones.

    Args:
        findings: what to show, ordered by manuscript and place.
        documents: all that was checked.
        out: where to write; in UTF-8.
        accepted: how many findings are left out because the user accepts them.
    """
    names = ", ".join(document.manuscript.path for document in documents)
    closing = closing_line(
        Counter(str(finding.severity) for finding in findings), Checked.of(documents), accepted
    )
    title = f"citecheck: {names if len(documents) <= 3 else f'{len(documents)} manuscripts'}"
    out.write(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_text(title)}</h1>\n<p>{_text(closing)}</p>\n"
    )
    out.writelines(_summary(findings))
    # Those of the documents first, with or without findings; then those of reference libraries.
    sections: dict[Manuscript, list[Finding]] = {document.manuscript: [] for document in documents}
    for finding in findings:
        sections.setdefault(finding.manuscript, []).append(finding)
    for manuscript, own in sections.items():
        out.writelines(_section(manuscript, own))
    out.writelines(_reasons(findings))
    out.write("</body>\n</html>\n")


def _summary(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a table of the rules that found something, those that matter most first."""
    order = list(Severity)
    counts = Counter((order.index(finding.severity), finding.code, finding.name) for finding in findings)
    if not counts:
        return
    yield "<table>\n"
    for (severity, code, name), number in sorted(counts.items()):
        yield (
            f'<tr><td>{number}</td><td>{order[severity]}</td><td><a href="#{code}">{code}</a></td>'
            f"<td>{_text(name)}</td></tr>\n"
        )
    yield "</table>\n"


def _section(manuscript: Manuscript, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"<h2>{_text(manuscript.path)}</h2>\n"
    for remark in manuscript.remarks:
        yield f'<p class="remark">{_text(remark)}</p>\n'
    if not findings:
        yield "<p>nothing to report</p>\n"
    for finding in findings:
        yield from _article(finding)


def _article(finding: Finding) -> Iterator[str]:
    problem = finding.problem
    shown = Excerpt.of(finding.manuscript, finding.span)
    yield f'<article class="{finding.severity}">\n<p class="where">{_text(_where(finding))}</p>\n'
    yield f"<p>{_text(finding.message)}</p>\n"
    # The author's words may run from right to left.
    yield (
        f'<blockquote dir="auto">{_text(shown.before)}<mark>{_text(shown.words)}</mark>'
        f"{_text(shown.after)}</blockquote>\n"
    )
    remedy = problem.help or problem.label
    if remedy:
        yield f"<p>→ {_text(remedy)}</p>\n"
    if problem.related:
        yield "<ul>\n"
        for related in problem.related:
            yield f"<li>{_text(place(related.manuscript, related.span))}: {_text(related.message)}</li>\n"
        yield "</ul>\n"
    yield f'<p class="rule">{finding.severity} <a href="#{finding.code}">{finding.code}</a> {_text(finding.name)}</p>\n</article>\n'


def _where(finding: Finding) -> str:
    """Return where a finding stands; the note's number is what an author looks for."""
    manuscript, citation = finding.manuscript, finding.problem.citation
    if not has_lines(manuscript, finding.span):
        return place(manuscript, finding.span).removeprefix(manuscript.path).lstrip(": ")
    where = f"line {finding.line}" + (f" of {finding.path}" if finding.path != manuscript.path else "")
    return where if citation is None or citation.note is None else f"note {citation.note}, {where}"


def _reasons(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield why each kind of finding is one: the rules' own documentation."""
    codes = sorted({finding.code for finding in findings})
    if not codes:
        return
    yield "<h2>What the findings mean</h2>\n<dl>\n"
    for code in codes:
        rule = find_rule(code)
        if rule is not None:
            documentation = "\n\n".join(
                " ".join(paragraph.split()) for paragraph in rule.documentation.strip().split("\n\n")
            )
            yield f'<dt id="{code}">{code} {_text(rule.name)}</dt>\n<dd>{_text(documentation)}'
            yield f"\n\nAuthority: {_text(rule.authority)}</dd>\n" if rule.authority else "</dd>\n"
    yield "</dl>\n"


def _text(words: str) -> str:
    return escape(words, quote=False)
