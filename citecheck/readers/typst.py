"""Typst: footnotes, and citations as they are written, ``@key[p. 33]``."""

import re
from collections.abc import Iterator

import attrs

from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import assemble
from citecheck.readers.decoding import decode
from citecheck.readers.inclusion import Expanded, Include, Syntax, expand
from citecheck.readers.limits import refuse_excess
from citecheck.readers.typst_scan import Scan
from citecheck.readers.typst_text import TypstText

FORMAT = "typst"
SUFFIXES = (".typ",)

_MARKS = "#[](){}\"'\\_*@<~\n\r`$"
_INCLUDE = re.compile(r"#include\s+\"([^\"\r\n]{1,300})\"")


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is Typst, by its name."""
    return name.endswith(SUFFIXES)


def read(data: bytes, path: str) -> Manuscript:
    """Read Typst, with the files that it includes, as far as they lie in its folder.

    Raises:
        ManuscriptError: the bytes are not text, have more markup than is safe, or are nested too deep.
    """
    expanded, encoding = with_included(data, path)
    found = TypstText(expanded.text, path).read()
    manuscript = Manuscript(path, expanded.text, FORMAT, encoding, origins=expanded.origins)
    return attrs.evolve(assemble(manuscript, found), remarks=expanded.remarks)


def with_included(data: bytes, path: str) -> tuple[Expanded, str]:
    """Return the text with the files that it includes in their places, and its encoding.

    Raises:
        ManuscriptError: the bytes are not text, or have more markup than is safe.
    """
    text, encoding, remarks = decode(data, path)
    refuse_excess(text, _MARKS, path)
    syntax = Syntax(lambda page: _included_files(page, path), lambda page: (0, len(page)), from_main=False)
    expanded = expand(text, encoding, path, syntax)
    refuse_excess(expanded.text, _MARKS, path)
    return attrs.evolve(expanded, remarks=(*remarks, *expanded.remarks)), encoding


def _included_files(text: str, path: str) -> Iterator[Include]:
    if _INCLUDE.search(text) is None:
        return
    statements = Scan(text, path).statements
    for match in _INCLUDE.finditer(text):
        # Comments and raw text hold no statements.
        if match.start() in statements:
            yield Include(match.start(), match.end(), (match[1],))
