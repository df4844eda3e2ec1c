"""Exports: one file per format, each writing sources as a stream.

An exporter module defines ``FORMAT`` (its name on the command line), ``DIALECTS`` (the first is the
default; empty where there is but one) and ``write(sources, out, options)``. It is found by its file name.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal, TextIO

import attrs

from citecheck.archives import Registry
from citecheck.cited_sources import CitedSource
from citecheck.formatting import Form


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
