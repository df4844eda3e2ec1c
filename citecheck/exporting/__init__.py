"""Exports: one file per format, each writing sources as a stream.

An exporter module defines ``FORMAT`` (its name on the command line), ``DIALECTS`` (the first is the
default; empty where there is but one) and ``write(sources, out, options)``. It is found by its file name.
"""

import importlib
import io
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, TextIO

import attrs

from citecheck.archives import Registry, load_registry
from citecheck.corpus.cited_sources import CitedSource, collect_sources
from citecheck.documents import Document
from citecheck.errors import CitecheckError
from citecheck.formatting.forms import Form


@attrs.frozen
class Options:
    """How to export: the archives that are known, the dialect, and what becomes of the citing notes."""

    registry: Registry
    dialect: str | None = None
    form: Form = Form.LONG
    """How archival places are written for the reader's eye."""
    notes: Literal["keywords", "note"] | None = None
    """The field that says where a source is cited; None for no such field."""


@attrs.frozen
class Exporter:
    """One format: its name, its dialects, and its writer."""

    format: str
    dialects: tuple[str, ...]
    write: Callable[[Iterable[CitedSource], TextIO, Options], None]


@cache
def all_exporters() -> dict[str, Exporter]:
    """Return the exporters by the names of their formats."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return {
        module.FORMAT: Exporter(module.FORMAT, module.DIALECTS, module.write)
        for module in found
        if hasattr(module, "FORMAT")
    }


def export(documents: Sequence[Document], format: str, options: Options | None = None) -> str:
    """Return the distinct sources of documents in a format.

    Args:
        documents: what :func:`citecheck.analysis.analyse` made of manuscripts.
        format: ``biblatex``, ``bibtex``, ``csl-json``, ``ris``, ``csv`` or ``jsonl``.
        options: how; without any, in the format's first dialect.

    Raises:
        CitecheckError: there is no such format.
    """
    exporter = all_exporters().get(format)
    if exporter is None:
        raise CitecheckError(
            f"there is no format “{format}”; the formats are {', '.join(sorted(all_exporters()))}"
        )
    out = io.StringIO(newline="")
    exporter.write(collect_sources(documents).sources, out, options or Options(load_registry()))
    return out.getvalue()
