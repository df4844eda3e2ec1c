"""citecheck verifies the citations and footnotes of historians' manuscripts.

from citecheck import lint
for finding in lint("thesis.docx"):
    print(finding.code, finding.message)
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citecheck.analysis import analyse
    from citecheck.api import lint, parse_citation, parse_entry
    from citecheck.archives import load_registry
    from citecheck.citations import ArchivalReference, Citation, Entry, Locator, WorkReference
    from citecheck.documents import Corpus, Document
    from citecheck.errors import CitecheckError, ManuscriptError
    from citecheck.exporting import export
    from citecheck.findings import Finding, Fix, Severity
    from citecheck.libraries import read_library
    from citecheck.linting import check
    from citecheck.manuscript import Manuscript, Span
    from citecheck.readers import read_bytes, read_manuscript

# Each public name with the module that has it. Modules are loaded when a name is first used, so that
# importing citecheck costs next to nothing.
_HOMES = {
    "analyse": "analysis",
    "ArchivalReference": "citations",
    "Citation": "citations",
    "CitecheckError": "errors",
    "Corpus": "documents",
    "Document": "documents",
    "Entry": "citations",
    "Finding": "findings",
    "Fix": "findings",
    "Locator": "citations",
    "Manuscript": "manuscript",
    "ManuscriptError": "errors",
    "Severity": "findings",
    "Span": "manuscript",
    "WorkReference": "citations",
    "check": "linting",
    "export": "exporting",
    "lint": "api",
    "load_registry": "archives",
    "parse_citation": "api",
    "parse_entry": "api",
    "read_bytes": "readers",
    "read_library": "libraries",
    "read_manuscript": "readers",
}

__all__ = [
    "ArchivalReference",
    "Citation",
    "CitecheckError",
    "Corpus",
    "Document",
    "Entry",
    "Finding",
    "Fix",
    "Locator",
    "Manuscript",
    "ManuscriptError",
    "Severity",
    "Span",
    "WorkReference",
    "analyse",
    "check",
    "export",
    "lint",
    "load_registry",
    "parse_citation",
    "parse_entry",
    "read_bytes",
    "read_library",
    "read_manuscript",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
