"""The interchange format ``citecheck/1``: citations and findings for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from citecheck.archives import Registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    Container,
    CrossReference,
    Entry,
    IbidReference,
    Level,
    Locator,
    Name,
    OtherReference,
    WorkReference,
)
from citecheck.documents import Document, Resolution
from citecheck.findings import Finding, Fix, Related
from citecheck.manuscript import Manuscript
from citecheck.readers.positions import included_file, span_json

SCHEMA = "citecheck/1"


def document_rows(document: Document) -> Iterator[dict[str, Any]]:
    """Yield one object for each citation of the document, then one for each bibliography entry."""
    for citation in document.citations:
        yield citation_row(citation, document)
    for entry in document.entries:
        yield entry_row(entry, document.manuscript)


def parse_json(documents: Iterable[Document]) -> dict[str, Any]:
    """Return the citations of several documents as one object."""
    return {"schema": SCHEMA, "citations": [row for document in documents for row in document_rows(document)]}


def citation_row(citation: Citation, document: Document) -> dict[str, Any]:
    """Return a citation with its reading and its resolution."""
    resolution = document.resolution(citation)
    reference = citation.reference
    row: dict[str, Any] = {
        "id": citation.id,
        "manuscript": document.manuscript.path,
        "section": citation.section,
        "note": citation.note,
        "index": citation.index,
        "kind": str(citation.kind),
        "text": citation.text,
        **included_file(document.manuscript, citation.span),
        "span": span_json(document.manuscript, citation.span),
        "signal": citation.signal,
        **_EMPTY,
    }
    match reference:
        case ArchivalReference():
            row |= {
                "creators": [name_json(name) for name in reference.creators],
                "description": reference.description,
                "date": reference.date,
                "archive": archive_json(reference.archive, reference.levels, document.registry),
            }
            if reference.unread is not None:
                row["unread"] = reference.unread
        case WorkReference():
            row |= _work(reference)
        case IbidReference():
            row["archive"] = (
                archive_json(None, reference.levels, document.registry) if reference.levels else None
            )
            if reference.unread is not None:
                row["unread"] = reference.unread
        case OtherReference():
            row |= {
                "creators": [name_json(name) for name in reference.creators],
                "description": reference.description,
                "date": reference.date,
            }
        case CrossReference():
            row["description"] = _pointer(reference)
    row["locators"] = [locator_json(locator) for locator in reference.locators]
    return row | _resolution(resolution)


def _pointer(reference: CrossReference) -> str:
    """Return what a pointer inside the manuscript leads to, in words."""
    if reference.target == "document":
        return "cross reference to the document appendix"
    return f"cross reference to {reference.target} {', '.join(reference.values)}".strip()


_EMPTY: dict[str, Any] = {
    "creators": [],
    "title": None,
    "container": None,
    "description": None,
    "date": None,
    "suffix": None,
    "archive": None,
    "locators": [],
    "antecedent": None,
    "entry": None,
    "key": None,
}


def _resolution(resolution: Resolution) -> dict[str, Any]:
    found: dict[str, Any] = {
        "antecedent": resolution.antecedent.id if resolution.antecedent is not None else None,
        "entry": resolution.entry.id if resolution.entry is not None else None,
        "key": resolution.key,
    }
    if resolution.candidates:
        found["candidates"] = [
            candidate.id if isinstance(candidate, Citation) else f"e:{candidate.id}"
            for candidate in resolution.candidates
        ]
    return found


def entry_row(entry: Entry, manuscript: Manuscript) -> dict[str, Any]:
    """Return a bibliography entry in the form of a citation."""
    reference = entry.reference
    locators = [locator_json(entry.pages)] if entry.pages is not None else []
    return {
        "id": f"e:{entry.id}",
        "manuscript": manuscript.path,
        "section": 0,
        "note": None,
        "index": 1,
        "kind": str(reference.kind),
        "text": entry.text,
        **included_file(manuscript, entry.span),
        "span": span_json(manuscript, entry.span),
        "signal": None,
        **_EMPTY,
        **_work(reference),
        "locators": locators,
        "entry": entry.id,
        "key": f"work:{entry.id}",
    }


def _work(reference: WorkReference) -> dict[str, Any]:
    found: dict[str, Any] = {
        "creators": [name_json(name) for name in reference.creators],
        "title": reference.title,
        "container": _container(reference.container),
        "date": reference.date,
        "suffix": reference.suffix,
    }
    optional = {
        "publisher": reference.publisher,
        "place": reference.place,
        "edition": reference.edition,
        "volume": reference.volume,
        "editors": [name_json(name) for name in reference.editors],
        "translators": [name_json(name) for name in reference.translators],
        "url": reference.url,
        "genre": reference.genre,
        "original_date": reference.original_date,
    }
    return found | {key: value for key, value in optional.items() if value}


def _container(container: Container | None) -> dict[str, Any] | None:
    if container is None:
        return None
    found: dict[str, Any] = {
        "creators": [name_json(name) for name in container.creators],
        "title": container.title,
    }
    optional = {"type": container.kind, "volume": container.volume, "issue": container.issue}
    return found | {key: value for key, value in optional.items() if value}


def name_json(name: Name) -> str | dict[str, str]:
    """Return a name as cited: one string, or family and given name where the text has both."""
    if name.given is None:
        return name.family
    return {"family": name.family, "given": name.given}


def locator_json(locator: Locator) -> dict[str, str | None]:
    """Return a locator: CSL label, first and last value."""
    record = {"label": locator.label, "start": locator.start, "end": locator.end}
    return record if locator.following is None else {**record, "following": locator.following}


def archive_json(archive: str | None, levels: Iterable[Level], registry: Registry) -> dict[str, Any]:
    """Return a place in an archive.

    Houses that are listed together have one ``repository``; which of them it is says ``id``, where that is
    another.
    """
    known = registry.archives.get(archive or "")
    found: dict[str, Any] = {"repository": archive}
    if known is not None and known.listed_under not in (None, known.id):
        found = {"repository": known.listed_under, "id": known.id}
    return {**found, "levels": [[level.key, level.value] for level in levels]}


def finding_row(finding: Finding) -> dict[str, Any]:
    """Return a finding for other programs."""
    problem = finding.problem
    citation, entry = problem.citation, problem.entry
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "help": problem.help or None,
        "manuscript": finding.manuscript.path,
        "section": citation.section if citation is not None else None,
        "note": citation.note if citation is not None else None,
        "citation": citation.id if citation is not None else None,
        **included_file(finding.manuscript, finding.span),
        "span": span_json(finding.manuscript, finding.span),
        "entry": entry.id if entry is not None else None,
        "related": [_related(related) for related in problem.related],
        "scope": finding.scope,
        "fix": _fix(finding.fix, finding.manuscript),
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "manuscript": related.manuscript.path,
        "citation": related.citation.id if related.citation is not None else None,
        "entry": related.entry.id if related.entry is not None else None,
        **included_file(related.manuscript, related.span),
        "span": span_json(related.manuscript, related.span),
        "message": related.message,
    }


def _fix(fix: Fix | None, manuscript: Manuscript) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "applicability": str(fix.applicability),
        "edits": [
            {
                **included_file(manuscript, edit.span),
                "span": span_json(manuscript, edit.span),
                "replacement": edit.replacement,
            }
            for edit in fix.edits
        ],
    }


def lint_json(findings: Iterable[Finding], manuscripts: Iterable[Manuscript]) -> dict[str, Any]:
    """Return the whole report of a run."""
    return {**lint_head(manuscripts), "findings": [finding_row(finding) for finding in findings]}


def lint_head(manuscripts: Iterable[Manuscript]) -> dict[str, Any]:
    """Return what a report says of the manuscripts that were checked."""
    return {
        "schema": SCHEMA,
        "manuscripts": [
            {"path": manuscript.path, "format": manuscript.format, "remarks": list(manuscript.remarks)}
            for manuscript in manuscripts
        ],
    }
