"""What a comment says about a finding, and how text is written in XML."""

import re
from collections.abc import Iterator

from citecheck.findings import Finding
from citecheck.manuscript import Manuscript, Span

AUTHOR = "citecheck"

_MOST_PLACES = 6
_MOST_LETTERS = 160
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def comment_lines(finding: Finding) -> Iterator[str]:
    """Yield the paragraphs of the comment on a finding: fault, words, evidence, remedy."""
    problem = finding.problem
    yield f"{finding.code} {finding.message}"
    words = _words(finding.manuscript, finding.span)
    if problem.label:
        yield f"“{words}”: {problem.label}" if words else problem.label
    elif words and words not in finding.message:
        yield f"“{words}”"
    for related in problem.related[:_MOST_PLACES]:
        place = _place(finding.manuscript, related.manuscript, related.span)
        yield related.message if related.message.startswith(place) else f"{place}: {related.message}"
    if len(problem.related) > _MOST_PLACES:
        yield f"and {len(problem.related) - _MOST_PLACES} more places"
    if problem.help:
        yield f"help: {problem.help}"


def _words(manuscript: Manuscript, span: Span) -> str:
    """Return the words of a range, shortened if there are many, without the marks that stand for italics."""
    words = manuscript.text[slice(*span)].replace("*", "").strip()
    return f"{words[:_MOST_LETTERS].rstrip()}…" if len(words) > _MOST_LETTERS else words


def _place(here: Manuscript, manuscript: Manuscript, span: Span) -> str:
    """Name a place: its note; or its words, since the lines that citecheck lays out are not the author's."""
    file = "" if manuscript is here else f"{manuscript.path}, "
    origin = manuscript.origin(span.start)
    if origin is None:
        position = manuscript.position(span.start)
        return f"{manuscript.path}:{position.line}:{position.column}"
    if origin.note is not None:
        return f"{file}note {origin.note}"
    return f"{file}“{_words(manuscript, span)}”"


def escape(text: str) -> bytes:
    """Return text as it is written between tags, without characters that XML cannot hold."""
    text = _NOT_IN_XML.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
