"""The pages that a work fills, as libraries give them: 264--284, 3–5, 7, xii-xiv."""

import re
from collections.abc import Sequence

import attrs

from citecheck.citations import Locator
from citecheck.reading.folios import expand

_RANGE = re.compile(r"\s*(?:[-‐‑‒–—−]+)\s*")


def read_pages(written: str) -> tuple[Locator, ...]:
    """Return the page ranges of a field; an abbreviated end is expanded (264–84 ends at 284)."""
    found = []
    for part in re.split(r"\s*[,;]\s*|\s+and\s+|\s*&\s*", written.strip()):
        first, *rest = _RANGE.split(re.sub(r"^(?:pp?|S)\.\s*", "", part), maxsplit=1)
        if first:
            last = rest[0] if rest and rest[0] else None
            found.append(Locator("page", first, expand(first, last) if last else None, part))
    return tuple(found)


def extent(pages: Sequence[Locator]) -> Locator | None:
    """Return the pages from the first to the last of several ranges."""
    if not pages:
        return None
    return pages[0] if len(pages) == 1 else attrs.evolve(pages[0], end=pages[-1].end or pages[-1].start)
