"""Compares what different manuscripts say of one source, over joins on the keys of their rows.

A comparison looks at one group of rows after another: those that share a key, from all manuscripts. It
never sees more than one group, so that it costs the same whether the rows lie in memory or in a store.
What one manuscript says in two ways is its own affair, and the manuscript's rules report it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import update_wrapper
from itertools import chain
from pathlib import PurePath
from typing import Any, ClassVar, Generic, Literal, TypeVar

import attrs

from citecheck.citations import Citation, Entry
from citecheck.corpus.rows import CitationRow, FilingRow, PageRow, Place, WorkRow, document_rows
from citecheck.documents import Corpus, Document
from citecheck.findings import Problem, Related, Severity
from citecheck.libraries import is_library
from citecheck.manuscript import Span

Row = TypeVar("Row", FilingRow, WorkRow)


@attrs.frozen
class Witness(Generic[Row]):
    """A row with the manuscript that it comes from.

    ``manuscript`` counts the manuscripts of the run from 0. ``citation`` is the id of the citation that
    the row was read from, ``entry`` that of the bibliography entry. ``in_library`` says that the file is no
    manuscript but a reference library.
    """

    manuscript: int
    path: str
    row: Row
    citation: str | None
    entry: str | None
    section: int
    note: str | None
    place: Place
    in_library: bool = False

    def at(self, page: PageRow) -> "Witness[Row]":
        """Return the witness with a citation of one of its pages in place of its description."""
        return attrs.evolve(
            self, citation=page.citation, entry=None, section=page.section, note=page.note, place=page.place
        )

    @property
    def stands_in(self) -> str:
        """Where the words stand, as people say it: “note 12”, “the bibliography”, “the text”."""
        if self.in_library:
            return f"entry {self.entry}" if self.entry is not None else "the library"
        if self.entry is not None:
            return "the bibliography"
        return f"note {self.note}" if self.note is not None else "the text"

    @property
    def file(self) -> str:
        """The name of the manuscript's file."""
        return PurePath(self.path).name or self.path


@attrs.frozen
class Evidence:
    """Another place that bears on a contradiction, with what it says."""

    witness: Witness[Any]
    place: Place
    message: str


@attrs.frozen
class Contradiction:
    """Two manuscripts at odds: the odd one out, and what the others say. Fields as in :class:`Problem`."""

    witness: Witness[Any]
    place: Place
    message: str
    label: str
    help: str
    evidence: tuple[Evidence, ...]
    severity: Severity | None = None


Compare = Callable[[Sequence[Witness[Any]]], Iterable[Contradiction]]


# Not frozen: a function's name and documentation are put on it, as on any decorated function.
@attrs.define(slots=False, eq=False)
class Comparison:
    """A check of a corpus, made of the check of one group of rows that share a key.

    Attributes:
        table: which rows are compared.
        keys: the columns that are joined on, one after the other.
        differing: columns of which at least one must have several values in a group; none for all groups.
        partly: columns that some rows of a group must have and others must lack.
        once_per: columns of which a manuscript needs to say the same only once; none for all rows.
        compare: takes the rows of one group, in the order of the manuscripts, and yields what is at odds.
    """

    table: Literal["filings", "works"]
    keys: tuple[str, ...]
    differing: tuple[str, ...]
    partly: tuple[str, ...]
    once_per: tuple[str, ...]
    compare: Compare
    needs_several: ClassVar[bool] = True
    """It has nothing to say of one manuscript alone."""

    def __call__(self, corpus: Corpus) -> Iterator[Problem]:
        """Compare documents that are in memory."""
        if len(corpus.documents) < 2:
            return
        groups = chain.from_iterable(_groups(corpus, self, key) for key in self.keys)
        for contradiction in self.contradictions(groups):
            yield _problem(contradiction, corpus)

    def contradictions(self, groups: Iterable[Sequence[Witness[Any]]]) -> Iterator[Contradiction]:
        """Yield what is at odds in any group, once if two keys bring the same rows together."""
        seen: set[tuple[int, int, str]] = set()
        for group in groups:
            for found in self.compare(group):
                what = found.witness.manuscript, found.place.start, found.message
                if what not in seen:
                    seen.add(what)
                    yield found


def across_manuscripts(
    table: Literal["filings", "works"],
    *,
    same: tuple[str, ...],
    differing: tuple[str, ...] = (),
    partly: tuple[str, ...] = (),
    once_per: tuple[str, ...] = (),
) -> Callable[[Compare], Comparison]:
    """Make a check of a corpus of the check of one group, from which the rule has name and documentation."""

    def make(compare: Compare) -> Comparison:
        comparison = Comparison(table, same, differing, partly, once_per, compare)
        update_wrapper(comparison, compare)
        return comparison

    return make


def _groups(corpus: Corpus, comparison: Comparison, key: str) -> Iterator[list[Witness[Any]]]:
    groups: defaultdict[str, list[Witness[Any]]] = defaultdict(list)
    for number, document in enumerate(corpus.documents):
        for witness in _witnesses(number, document, comparison.table):
            value = getattr(witness.row, key)
            if value is not None:
                groups[value].append(witness)
    for group in groups.values():
        if group[0].manuscript != group[-1].manuscript:
            yield _once(group, comparison.once_per) if comparison.once_per else group


def _once(group: Sequence[Witness[Any]], columns: tuple[str, ...]) -> list[Witness[Any]]:
    seen: dict[Hashable, Witness[Any]] = {}
    for witness in group:
        seen.setdefault((witness.manuscript, *(getattr(witness.row, column) for column in columns)), witness)
    return list(seen.values())


def _witnesses(number: int, document: Document, table: str) -> Iterator[Witness[Any]]:
    rows, path = document_rows(document), document.manuscript.path
    in_library = is_library(document.manuscript)
    if table == "filings":
        for filing in rows.filings:
            witness = filing_witness(number, path, filing, rows.citations[filing.ordinal])
            yield attrs.evolve(witness, in_library=True) if in_library else witness
    else:
        for work in rows.works:
            described = work_witness(number, path, work)
            yield attrs.evolve(described, in_library=True) if in_library else described


def filing_witness(number: int, path: str, row: FilingRow, citation: CitationRow) -> Witness[FilingRow]:
    """Return a citation of a place in an archive as a witness."""
    return Witness(number, path, row, citation.id, None, citation.section, citation.note, citation.place)


def work_witness(number: int, path: str, row: WorkRow) -> Witness[WorkRow]:
    """Return a work of a manuscript as a witness."""
    return Witness(number, path, row, row.citation, row.entry, row.section, row.note, row.place)


def _problem(contradiction: Contradiction, corpus: Corpus) -> Problem:
    document = corpus.documents[contradiction.witness.manuscript]
    citation, entry = _origin(contradiction.witness, document)
    return Problem(
        Span(contradiction.place.start, contradiction.place.end),
        contradiction.message,
        label=contradiction.label,
        help=contradiction.help,
        citation=citation,
        entry=entry,
        related=tuple(_related(evidence, corpus) for evidence in contradiction.evidence),
        severity=contradiction.severity,
        manuscript=document.manuscript,
    )


def _related(evidence: Evidence, corpus: Corpus) -> Related:
    document = corpus.documents[evidence.witness.manuscript]
    span = Span(evidence.place.start, evidence.place.end)
    return Related(document.manuscript, span, evidence.message, *_origin(evidence.witness, document))


def _origin(witness: Witness[Any], document: Document) -> tuple[Citation | None, Entry | None]:
    if witness.entry is not None:
        return None, document.entries_by_id.get(witness.entry)
    start = witness.place.start
    same_id = (citation for citation in document.citations if citation.id == witness.citation)
    return next((citation for citation in same_id if citation.span.start == start), None), None


# ---- who is at odds with whom


def is_alone(odd: Witness[Row], group: Iterable[Witness[Row]], value: Callable[[Row], Hashable]) -> bool:
    """Tell whether no other manuscript says what the odd one says: two that agree make no slip."""
    said = value(odd.row)
    return all(witness.manuscript == odd.manuscript for witness in group if value(witness.row) == said)


_MOST_EVIDENCE = 12


def dissenters(
    group: Iterable[Witness[Row]],
    value: Callable[[Row], Hashable | None],
    agree: Callable[[Row, Row], bool],
) -> Iterator[tuple[Witness[Row], list[Witness[Row]]]]:
    """Yield the manuscripts that contradict what most say, each by its first place, with those that say it.

    A manuscript that somewhere agrees with what most say contradicts nobody. Where no value has more
    manuscripts than another, the first one stands.

    Args:
        group: the rows, in the order of their manuscripts.
        value: what a row says, or None where it says nothing; equal values are counted together.
        agree: whether two rows with different values can both be right.
    """
    by_manuscript: defaultdict[int, list[tuple[Hashable, Witness[Row]]]] = defaultdict(list)
    support: defaultdict[Hashable, list[Witness[Row]]] = defaultdict(list)
    for witness in group:
        said = value(witness.row)
        if said is not None:
            by_manuscript[witness.manuscript].append((said, witness))
            support[said].append(witness)
    if len(support) < 2:
        return
    usual = max(support, key=lambda said: len({witness.manuscript for witness in support[said]}))
    others = support[usual]
    for witnesses in by_manuscript.values():
        if not any(said == usual or agree(witness.row, others[0].row) for said, witness in witnesses):
            yield witnesses[0][1], others


def testify(
    others: Iterable[Witness[Row]], place: Callable[[Row], Place], says: Callable[[Row], str]
) -> tuple[Evidence, ...]:
    """Return the first place of each manuscript as evidence, with where it stands and what it says there."""
    first: dict[int, Witness[Row]] = {}
    for witness in others:
        first.setdefault(witness.manuscript, witness)
        if len(first) >= _MOST_EVIDENCE:
            break
    return tuple(
        Evidence(witness, place(witness.row), f"{witness.stands_in}: {says(witness.row)}")
        for witness in first.values()
    )


def whereabouts(others: Sequence[Witness[Any]]) -> str:
    """Return where others say it: “note 12 of chapter-2.txt”, “3 other manuscripts”, “2 libraries”."""
    manuscripts = {witness.manuscript for witness in others}
    if len(manuscripts) == 1:
        return f"{others[0].stands_in} of {others[0].file}"
    libraries = {witness.manuscript for witness in others if witness.in_library}
    if libraries:
        return f"{len(manuscripts)} {'libraries' if libraries == manuscripts else 'other files'}"
    return f"{len(manuscripts)} other manuscripts"
