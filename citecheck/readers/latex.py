r"""LaTeX: footnotes and endnotes, the notes that biblatex makes, and the author's own commands for them.

Commands that cite (``\autocite[12]{key}``) stay in the text as they are written, for a grammar to read.
"""

import re

import attrs

from citecheck.manuscript import Manuscript
from citecheck.readers.assembly import assemble
from citecheck.readers.decoding import decode_declared
from citecheck.readers.inclusion import Expanded, expand
from citecheck.readers.latex_inclusion import SYNTAX
from citecheck.readers.latex_text import read_text
from citecheck.readers.limits import refuse_excess

FORMAT = "latex"
SUFFIXES = (".tex", ".ltx", ".latex")

_MARKS = "\\{}[]%~$&^_#`'<>,\n\r"
_SOURCE = re.compile(rb"\\documentclass\b|\\begin\s*\{document\}")
_DECLARED = re.compile(
    rb"\\usepackage\s*\[([A-Za-z0-9_-]{1,20})\]\s*\{inputenc\}|%\s*!TeX\s+encoding\s*=\s*([\w.-]{1,20})"
)
# What the package inputenc calls encodings that Python knows by other names.
_INPUTENC = {
    "latin1": "iso-8859-1", "latin2": "iso-8859-2", "latin9": "iso-8859-15", "ansinew": "cp1252",
    "applemac": "mac-roman", "utf8": "utf-8", "utf8x": "utf-8", "cp1251": "cp1251", "koi8-r": "koi8-r",
    "isolatin": "iso-8859-1",
}  # fmt: skip


def recognises(data: bytes, name: str) -> bool:
    """Tell whether this is LaTeX, by its name or by its document class."""
    if name.endswith(SUFFIXES):
        return True
    return name == "-" and _SOURCE.search(data[:65536]) is not None


def read(data: bytes, path: str) -> Manuscript:
    """Read LaTeX, with the files that it includes, as far as they lie in its folder.

    Raises:
        ManuscriptError: the bytes are not text, or have more markup than is safe.
    """
    expanded, encoding = with_included(data, path)
    found, remarks = read_text(expanded.text)
    manuscript = Manuscript(path, expanded.text, FORMAT, encoding, origins=expanded.origins)
    return attrs.evolve(assemble(manuscript, found), remarks=(*expanded.remarks, *remarks))


def with_included(data: bytes, path: str) -> tuple[Expanded, str]:
    """Return the text with the files that it includes in their places, and its encoding.

    Raises:
        ManuscriptError: the bytes are not text, or have more markup than is safe.
    """
    declared = _DECLARED.search(data[:65536])
    name = (declared[1] or declared[2]).decode("ascii").lower() if declared else None
    text, encoding, remarks = decode_declared(data, path, _INPUTENC.get(name, name) if name else None)
    refuse_excess(text, _MARKS, path)
    expanded = expand(text, encoding, path, SYNTAX)
    refuse_excess(expanded.text, _MARKS, path)
    return attrs.evolve(expanded, remarks=(*remarks, *expanded.remarks)), encoding
