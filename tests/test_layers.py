"""Data flows one way: each package imports only those that stand before it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import citecheck

ORDER = (
    *("errors", "resources", "kept", "patterns", "lexing", "beginnings", "parsing"),
    *("tables", "vocabulary", "alphabets"),
    *("manuscript", "citations", "archives", "grammars", "findings", "edits", "documents", "configuration"),
    # source text → manuscript → citations → resolved documents
    *("readers", "reading", "resolving", "bibliographies", "analysis"),
    # → findings
    *("evidence", "formatting", "libraries", "corpus", "rules", "linting"),
    # → report, fix or export
    *("accepted", "reporting", "fixing", "writers", "exporting", "storage"),
    *("api", "cli", "commands", "__init__", "__main__"),
)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_nothing_imports_upward() -> None:
    root = Path(citecheck.__file__).parent
    upward = []
    for path in sorted(root.rglob("*.py")):
        here = path.relative_to(root).with_suffix("").parts[0]
        for module in _imports(path):
            first, _, rest = module.partition(".")
            there = rest.partition(".")[0]
            if first == "citecheck" and there and ORDER.index(there) > ORDER.index(here):
                upward.append(f"{path.relative_to(root)} imports {module}")
    assert not upward
