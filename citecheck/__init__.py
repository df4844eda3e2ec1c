"""citecheck verifies the citations and footnotes of historians' manuscripts.

from citecheck import lint
for finding in lint("thesis.docx"):
    print(finding.code, finding.message)
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citecheck.accepted import AcceptedListError
    from citecheck.analysis import analyse
    from citecheck.api import lint, parse_citation, parse_entry
    from citecheck.archives import Archive, Registry, load_registry
    from citecheck.citations import (
        ArchivalReference,
        Citation,
        Container,
        CrossReference,
        Entry,
        IbidReference,
        Kind,
        Level,
        Locator,
        Name,
        OtherReference,
        WorkReference,
    )
    from citecheck.configuration import ConfigurationError
    from citecheck.documents import Corpus, Document, Resolution
    from citecheck.errors import CitecheckError, ManuscriptError
    from citecheck.exporting import export
    from citecheck.findings import Applicability, Edit, Finding, Fix, Problem, Related, Severity
    from citecheck.fixing import Fixed, FixError, apply_fixes
    from citecheck.libraries import Library, read_library
    from citecheck.linting import SelectionError, check, select_rules
    from citecheck.manuscript import Manuscript, Marker, Note, Passage, Span
    from citecheck.readers import read_bytes, read_manuscript

# Each public name with the module that has it. Modules are loaded when a name is first used, so that
# importing citecheck costs next to nothing.
_HOMES = {
    "AcceptedListError": "accepted",
    "Applicability": "findings",
    "ArchivalReference": "citations",
    "Archive": "archives",
    "Citation": "citations",
    "CitecheckError": "errors",
    "ConfigurationError": "configuration",
    "Container": "citations",
    "Corpus": "documents",
    "CrossReference": "citations",
    "Document": "documents",
    "Edit": "findings",
    "Entry": "citations",
    "Finding": "findings",
    "Fix": "findings",
    "FixError": "fixing",
    "Fixed": "fixing",
    "IbidReference": "citations",
    "Kind": "citations",
    "Level": "citations",
    "Library": "libraries",
    "Locator": "citations",
    "Manuscript": "manuscript",
    "ManuscriptError": "errors",
    "Marker": "manuscript",
    "Name": "citations",
    "Note": "manuscript",
    "OtherReference": "citations",
    "Passage": "manuscript",
    "Problem": "findings",
    "Registry": "archives",
    "Related": "findings",
    "Resolution": "documents",
    "SelectionError": "linting",
    "Severity": "findings",
    "Span": "manuscript",
    "WorkReference": "citations",
    "analyse": "analysis",
    "apply_fixes": "fixing",
    "check": "linting",
    "export": "exporting",
    "lint": "api",
    "load_registry": "archives",
    "parse_citation": "api",
    "parse_entry": "api",
    "read_bytes": "readers",
    "read_library": "libraries",
    "read_manuscript": "readers",
    "select_rules": "linting",
}

__all__ = [
    "AcceptedListError",
    "Applicability",
    "ArchivalReference",
    "Archive",
    "Citation",
    "CitecheckError",
    "ConfigurationError",
    "Container",
    "Corpus",
    "CrossReference",
    "Document",
    "Edit",
    "Entry",
    "Finding",
    "Fix",
    "FixError",
    "Fixed",
    "IbidReference",
    "Kind",
    "Level",
    "Library",
    "Locator",
    "Manuscript",
    "ManuscriptError",
    "Marker",
    "Name",
    "Note",
    "OtherReference",
    "Passage",
    "Problem",
    "Registry",
    "Related",
    "Resolution",
    "SelectionError",
    "Severity",
    "Span",
    "WorkReference",
    "analyse",
    "apply_fixes",
    "check",
    "export",
    "lint",
    "load_registry",
    "parse_citation",
    "parse_entry",
    "read_bytes",
    "read_library",
    "read_manuscript",
    "select_rules",
]

# Type checkers take the names from the imports above, and so know each one's type and every misspelt one.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{home}"), name)

    def __dir__() -> list[str]:
        return __all__
