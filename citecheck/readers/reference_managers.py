"""The fields in which reference managers keep citations: an author who edits them loses the edit."""

import re

# Reference managers, by what their fields, content controls and bookmarks are called.
_MANAGERS = (
    ("Zotero", re.compile(r"ZOTERO", re.IGNORECASE)),
    ("EndNote", re.compile(r"\bADDIN EN\.|EN\.(?:CITE|REFLIST)")),
    ("Mendeley", re.compile(r"MENDELEY|ADDIN CSL_CITATION", re.IGNORECASE)),
    ("Citavi", re.compile(r"Citavi", re.IGNORECASE)),
    ("Papers", re.compile(r"PAPERS2_CITATIONS")),
    ("RefWorks", re.compile(r"ADDIN RW\.CITE")),
)


def kept_by(name: str) -> str | None:
    """Return why text must not be edited if ``name`` is that of a reference manager's field, or None."""
    for manager, pattern in _MANAGERS:
        if pattern.search(name):
            return f"{manager} keeps it: correct it in {manager} and refresh the manuscript"
    return None
