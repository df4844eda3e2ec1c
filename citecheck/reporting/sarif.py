"""SARIF 2.1.0 (OASIS): findings for editors and code hosts, which show them beside the manuscript's lines."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from citecheck.rules import all_rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_sarif(rows: Iterable[dict[str, Any]], version: str, out: TextIO) -> int:
    """Write a run's findings as one SARIF log, a finding a line, without holding them all in memory.

    Args:
        rows: findings, as :func:`citecheck.reporting.citation_json.finding_row` gives them.
        version: citecheck's own.
        out: where to write.

    Returns:
        How many findings there were.
    """
    head = {"$schema": _SCHEMA, "version": "2.1.0"}
    out.write(json.dumps(head)[:-1] + ', "runs": [{"columnKind": "unicodeCodePoints", "results": [')
    codes: set[str] = set()
    number = 0
    for row in rows:
        codes.add(row["code"])
        out.write(",\n" if number else "\n")
        json.dump(_result(row), out, ensure_ascii=False)
        number += 1
    tool = {"driver": {"name": "citecheck", "version": version, "rules": list(_rules(codes))}}
    out.write('\n], "tool": ' + json.dumps(tool, ensure_ascii=False) + "}]}\n")
    return number


def _rules(codes: set[str]) -> Iterator[dict[str, Any]]:
    """Yield what is to be said of the rules that found something."""
    for rule in all_rules():
        if rule.code in codes:
            first, _, rest = rule.documentation.strip().partition("\n\n")
            described = {"shortDescription": {"text": " ".join(first.split())}}
            if rest:
                described["fullDescription"] = {"text": " ".join(rest.split())}
            yield {
                "id": rule.code,
                "name": rule.name,
                **described,
                "defaultConfiguration": {"level": str(rule.severity)},
            }


def _result(row: dict[str, Any]) -> dict[str, Any]:
    words = f"{row['message']}: {row['help']}" if row["help"] else row["message"]
    result: dict[str, Any] = {
        "ruleId": row["code"],
        # SARIF has the same three words.
        "level": row["severity"],
        "message": {"text": words},
        "locations": [_location(row)],
    }
    if row["related"]:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": related["message"]}, **_location(related)}
            for number, related in enumerate(row["related"], 1)
        ]
    if row["fix"] is not None and _has_lines(row):
        result["fixes"] = [_fix(row)]
    return result


def _fix(row: dict[str, Any]) -> dict[str, Any]:
    """Return a correction; edits lie in the manuscript's own file or in those that it includes."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in row["fix"]["edits"]:
        replacement = {
            "deletedRegion": _region(edit["span"]),
            "insertedContent": {"text": edit["replacement"]},
        }
        changes.setdefault(edit.get("file", row["manuscript"]), []).append(replacement)
    what = "keeps the reading" if row["fix"]["applicability"] == "safe" else "changes how the citation reads"
    return {
        "description": {"text": f"{row['help'] or row['message']} ({what})"},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(path)}, "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _location(row: dict[str, Any]) -> dict[str, Any]:
    """Return a place; a word processor's files have no lines, so there it is the note and the paragraph."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(row.get("file", row["manuscript"]))}}
    if _has_lines(row):
        return {"physicalLocation": physical | {"region": _region(row["span"])}}
    place = row["span"][0]
    parts = [f"note {place['note']}"] if place["note"] is not None else []
    if place["paragraph"] is not None:
        parts.append(f"paragraph {place['paragraph']}")
    named = {"logicalLocations": [{"fullyQualifiedName": ", ".join(parts)}]} if parts else {}
    return {"physicalLocation": physical, **named}


def _has_lines(row: dict[str, Any]) -> bool:
    return isinstance(row["span"][0], list)


def _region(span: list[list[int]]) -> dict[str, int]:
    (line, column), (end_line, end_column) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(path: str) -> str:
    file = Path(path)
    return file.as_uri() if file.is_absolute() else quote(file.as_posix())
