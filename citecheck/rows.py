"""What one manuscript says, as rows that can be stored, joined and sent to another machine.

:func:`extract_rows` is a pure function from the bytes of a manuscript to its rows; nothing in them
depends on where the file lies, on other manuscripts, or on the machine. All values are strings,
numbers, None, or lists of these, so that the rows can be written as JSON or Arrow as they are.

``manuscript``
    one row: ``format``, ``citations``, ``notes``, ``entries`` (counts), ``remarks``, and ``front``:
    the short lines that a title page would be made of, folded.
``citations``
    one row for each citation, in reading order (``ordinal``): the fields of the interchange format
    ``citecheck/1`` that say where and what it is, and ``key``, the source's identity in its manuscript.
``filings``
    one row for each citation of a place in an archive: the reading that other manuscripts are compared
    with, and three join keys. Equal ``numbered`` keys are one registry number, equal ``leaved`` keys the
    same leaves of one file, equal ``described`` keys the same words and day. None joins with nothing.
``works``
    one row for each work that the manuscript cites or lists, as its fullest mention describes it, with
    two join keys: ``authored`` (who, and how the title begins) and ``titled`` (the whole main title).
``findings``
    what the rules report on the manuscript by itself, as in ``citecheck/1``, and as it is printed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

import attrs

from citecheck.analysis import analyse
from citecheck.citations import Citation, Entry, Kind, Name, WorkReference
from citecheck.configuration import Configuration
from citecheck.documents import Document
from citecheck.filing import Filed, filed, fold_description
from citecheck.findings import Finding
from citecheck.identity import authored_key, titled_key
from citecheck.linting import check
from citecheck.manuscript import Manuscript, Span
from citecheck.readers import declare, read_bytes
from citecheck.reporting.citation_json import finding_row, locator_json, name_json, span_json
from citecheck.reporting.text import describe

SCHEMA = 1
"""Counts up whenever the meaning of a row changes."""
UNPLACED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in findings for the manuscript's path, which no row knows."""
