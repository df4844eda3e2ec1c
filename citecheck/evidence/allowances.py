"""What a manuscript itself silences, in comments: ``<!-- citecheck: allow ambiguous-ibid -->``."""

import re
from functools import lru_cache

import attrs

from citecheck.manuscript import Manuscript, Span

_ALLOW = re.compile(r"citecheck:\s*allow\s+([\w, -]+?)\s*(?:-->|\*/|$|[.;)\]])", re.MULTILINE)


@attrs.frozen
class Allowance:
    """A rule that is silenced, as the author names it: in one line, or with ``line`` None in all of them."""

    name: str
    span: Span
    line: int | None


@lru_cache(maxsize=8)
def allowances(manuscript: Manuscript) -> tuple[Allowance, ...]:
    """Return what the manuscript itself silences.

    A comment at the end of a line holds for that line, one on a line of its own for the whole manuscript. It
    stands in whatever the format has for a comment.
    """
    found = []
    for match in _ALLOW.finditer(manuscript.text) if "citecheck:" in manuscript.text else ():
        place = manuscript.position(match.start())
        before = manuscript.line_text(place.line)[: place.column - 1]
        alone = re.fullmatch(r"\W*", before) is not None
        for name in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", match[1]):
            span = Span(match.start(1) + name.start(), match.start(1) + name.end())
            found.append(Allowance(name[0], span, None if alone else place.line))
    return tuple(found)
