"""biblatex: UTF-8, for the standard styles or for biblatex-chicago."""

from collections.abc import Iterable
from typing import TextIO

from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.exporting.bib_entries import biblatex_entry, write_entries

FORMAT = "biblatex"
DIALECTS = ("biblatex", "biblatex-chicago")


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as entries for biblatex."""
    write_entries(((source.key, biblatex_entry(source, options)) for source in sources), out)
