"""Checks the manuscripts of a store together, and prints what is found without holding it all in memory."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

import attrs

from citecheck.analysis import analyse_under
from citecheck.configuration import find_configuration
from citecheck.corpus.contradictions import Comparison, Contradiction, Witness
from citecheck.corpus.rows import UNPLACED, FindingRow
from citecheck.corpus.source_texts import SourceText, is_title_page
from citecheck.documents import Corpus, Document
from citecheck.findings import Finding, Problem, Related
from citecheck.linting import check, given_sources, is_allowed
from citecheck.manuscript import Manuscript, Span
from citecheck.readers import read_bytes
from citecheck.readers.decoding import decode
from citecheck.reporting.citation_json import SCHEMA, finding_row
from citecheck.reporting.text import Checked, closing_line
from citecheck.rules import Rule, all_rules
from citecheck.storage.extraction import keep_finding
from citecheck.storage.store import Chosen, Store


def compare_stored(store: Store, given: Sequence[SourceText] = ()) -> None:
    """Compare the chosen manuscripts of a store with one another, unless these very texts were compared.

    Args:
        store: the store, with its manuscripts chosen.
        given: the sources that the user names.
    """
    made_of = _made_of(store, given)
    if store.remembered() == made_of:
        return
    # The manuscripts may have changed since they were last opened here.
    _manuscript.cache_clear()
    _document.cache_clear()
    desks = _desks(store, given)
    checked_anew = [
        rule for rule in all_rules() if rule.subject is Corpus and not isinstance(rule.check, Comparison)
    ]
    formats = {path: format for path, format, _ in store.formats()}
    findings = chain(
        _contradictions(store, formats),
        chain.from_iterable(_with_sources(checked_anew, desk, formats) for desk in desks),
    )
    store.remember(
        made_of, findings, [(desk.citing.number, rule.code) for desk in desks for rule in checked_anew]
    )


def _made_of(store: Store, given: Sequence[SourceText]) -> str:
    digest = hashlib.sha256()
    for chosen in store.chosen():
        digest.update(f"{chosen.path}\0{chosen.extraction}\n".encode("utf-8", "surrogateescape"))
    for source in given:
        digest.update(f"{source.key}\0{source.manuscript.text}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _contradictions(store: Store, formats: Mapping[str, str]) -> Iterator[tuple[int, FindingRow]]:
    for rule in all_rules():
        if isinstance(rule.check, Comparison):
            for contradiction in rule.check.contradictions(store.groups(rule.check)):
                finding = _finding(rule, contradiction, formats)
                if not is_allowed(finding):
                    yield contradiction.witness.manuscript, _contradiction_row(finding, contradiction)


# ---- contradictions


@lru_cache(maxsize=64)
def _manuscript(path: str, format: str) -> Manuscript:
    """Open a manuscript for its words and lines; plain text need not be understood for that."""
    data = Path(path).read_bytes()
    return Manuscript(path, decode(data, path)[0]) if format == "plain" else read_bytes(data, path, format)


def _finding(rule: Rule, contradiction: Contradiction, formats: Mapping[str, str]) -> Finding:
    """Return a contradiction as a finding; the manuscripts that it shows are opened for their words."""
    related = tuple(
        Related(
            _manuscript(evidence.witness.path, formats[evidence.witness.path]),
            Span(evidence.place.start, evidence.place.end),
            evidence.message,
        )
        for evidence in contradiction.evidence
    )
    problem = Problem(
        Span(contradiction.place.start, contradiction.place.end),
        contradiction.message,
        label=contradiction.label,
        help=contradiction.help,
        related=related,
    )
    path = contradiction.witness.path
    severity = contradiction.severity or rule.severity
    return Finding(rule.code, rule.name, severity, rule.scope, _manuscript(path, formats[path]), problem)


def _contradiction_row(finding: Finding, contradiction: Contradiction) -> FindingRow:
    """Return a contradiction as it is kept, with the citations and entries that its rows were read from."""
    witness = contradiction.witness
    row = finding_row(finding) | _whose(witness)
    row |= {"section": witness.section if witness.citation else None, "note": witness.note}
    row["related"] = [
        shown | _whose(evidence.witness)
        for shown, evidence in zip(row["related"], contradiction.evidence, strict=True)
    ]
    return keep_finding(finding, shown=row)


def _whose(witness: Witness[Any]) -> dict[str, str | None]:
    return {"citation": witness.citation, "entry": witness.entry}


# ---- manuscripts that are cited by others


@lru_cache(maxsize=4)
def _document(path: str, format: str) -> Document:
    configuration = find_configuration(path)
    manuscript = read_bytes(Path(path).read_bytes(), path, format)
    return analyse_under(manuscript, configuration)


@attrs.define
class _Desk:
    """A manuscript with the sources at hand for it: other manuscripts, and those that the user names."""

    citing: Chosen
    sources: list[Chosen] = attrs.field(factory=list)
    given: list[SourceText] = attrs.field(factory=list)


def _desks(store: Store, given: Sequence[SourceText]) -> list[_Desk]:
    desks: dict[int, _Desk] = {}
    for source, line, citing, work in store.title_pages():
        desk = desks.get(citing.number)
        if (desk is None or source not in desk.sources) and is_title_page(
            store.front(source.extraction), line, work
        ):
            desks.setdefault(citing.number, _Desk(citing)).sources.append(source)
    for text in given:
        for citing in store.citing(text.key or ""):
            desks.setdefault(citing.number, _Desk(citing)).given.append(text)
    return list(desks.values())


def _with_sources(
    rules: Iterable[Rule], desk: _Desk, formats: Mapping[str, str]
) -> Iterator[tuple[int, FindingRow]]:
    """Check a manuscript again beside its sources, in place of what was found without them."""
    own = _document(desk.citing.path, formats[desk.citing.path])
    sources = [_document(source.path, formats[source.path]) for source in desk.sources]
    for finding in check([own], given_sources(rules, tuple(desk.given)), beside=sources):
        if finding.manuscript is own.manuscript:
            yield desk.citing.number, keep_finding(finding)


# ---- reports


def selected(
    store: Store, wanted: Callable[[str, str], bool], *, together: bool
) -> Iterator[tuple[Chosen, FindingRow]]:
    """Yield the findings that are wanted, ordered by manuscript and place; that is told by path and code."""
    return (
        (chosen, row) for chosen, row in store.findings(together=together) if wanted(chosen.path, row.code)
    )


def print_stored(store: Store, findings: Iterable[tuple[Chosen, FindingRow]], out: TextIO) -> int:
    """Print findings for people, with a closing line that counts them; return how many there are."""
    counts: Counter[str] = Counter()
    for chosen, row in findings:
        counts[row.severity] += 1
        print(row.shown.replace(UNPLACED, chosen.path), file=out)
    for path, _, remarks in store.formats():
        for remark in remarks:
            print(f"{path}: {remark}", file=out)
    total = store.counts()
    print(closing_line(counts, Checked(total["citations"], total["notes"], total["manuscripts"])), file=out)
    return counts.total()


def write_stored_json(
    store: Store, findings: Iterable[tuple[Chosen, FindingRow]], out: TextIO, *, lines: bool = False
) -> int:
    """Write the report of a run in the interchange format, and return how many findings there are.

    It is one object, or with ``lines`` one a line: first what was checked, then the findings.
    """
    manuscripts = [
        {"path": path, "format": format, "remarks": list(remarks)}
        for path, format, remarks in store.formats()
    ]
    head = json.dumps({"schema": SCHEMA, "manuscripts": manuscripts}, ensure_ascii=False)
    out.write(head + "\n" if lines else head[:-1] + ', "findings": [')
    number = 0
    for chosen, row in findings:
        found = _placed_json(chosen, row)
        out.write(f"{found}\n" if lines else f"{',' if number else ''}\n{found}")
        number += 1
    if not lines:
        out.write("\n]}\n")
    return number


def stored_rows(findings: Iterable[tuple[Chosen, FindingRow]]) -> Iterator[dict[str, Any]]:
    """Yield findings as :func:`citecheck.reporting.citation_json.finding_row` gives them."""
    for chosen, row in findings:
        yield json.loads(_placed_json(chosen, row))


def _placed_json(chosen: Chosen, row: FindingRow) -> str:
    """Return a finding in the interchange format, with the path of its manuscript."""
    return row.json.replace(UNPLACED, json.dumps(chosen.path, ensure_ascii=False)[1:-1])
