"""BibTeX: for the styles of BibTeX itself, with Latin letters and dashes written by commands."""

from collections.abc import Iterable
from typing import TextIO

from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.exporting.bib_entries import bibtex_entry, write_entries

FORMAT = "bibtex"
DIALECTS: tuple[str, ...] = ()


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as entries for BibTeX."""
    write_entries(((source.key, bibtex_entry(source, options)) for source in sources), out)
