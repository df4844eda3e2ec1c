"""Lists the sources that manuscripts cite: archives as a tree down to the leaves, works by their authors.

The list is made of rows, so that it is the same whether these come from documents in memory or from a store.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import attrs

from citecheck.archives import Registry
from citecheck.corpus.contradictions import Witness, work_witness
from citecheck.corpus.rows import CitationRow, FilingRow, ManuscriptRows, WorkRow
from citecheck.corpus.shared_works import tell_apart
from citecheck.evidence.filing import fold_description
from citecheck.resolving.folding import fold
from citecheck.resolving.names import family_key


@attrs.frozen
class CitedAt:
    """A place that cites a source: the manuscript, the note, or None for the text, and the citation's id.

    ``key`` is the identity of the source in that manuscript.
    """

    path: str
    section: int
    note: str | None
    citation: str
    key: str | None = None

    @property
    def file(self) -> str:
        """The name of the manuscript's file."""
        return PurePath(self.path).name or self.path


@attrs.frozen
class Filed:
    """A document in a file: its leaves as cited, what it is, its date in EDTF, and what cites it."""

    leaves: str
    description: str | None
    date: str | None
    cited: tuple[CitedAt, ...]
    unread: str | None = None
    """Words of the citation that could not be read, so that it is not known what they say of the place."""


@attrs.frozen
class Branch:
    """A unit of an archive: its level and value, the units in it, and the documents cited from it."""

    level: str
    label: str
    value: str
    branches: tuple["Branch", ...]
    filed: tuple[Filed, ...]

    @property
    def name(self) -> str:
        """The unit as it is written: “Fond 5”, “4. doboz” as “doboz 4”."""
        return f"{self.label} {self.value}"


@attrs.frozen
class Holdings:
    """An archive with all that is cited from it. ``id`` is the registry's, or None where it is not known."""

    id: str | None
    name: str
    abbreviation: str | None
    place: str | None
    branches: tuple[Branch, ...]
    filed: tuple[Filed, ...]


@attrs.frozen
class CitedWork:
    """A work as its fullest mention has it, and what cites it; nothing if it is only listed."""

    row: WorkRow
    cited: tuple[CitedAt, ...]

    @property
    def author(self) -> str:
        """Whom the work is listed under; empty where nobody is named."""
        return "; ".join(f"{family}, {given}" if given else family for family, given in self.row.people)


@attrs.frozen
class SourceList:
    """All sources of some manuscripts."""

    archives: tuple[Holdings, ...]
    works: tuple[CitedWork, ...]


def list_sources(manuscripts: Iterable[tuple[str, ManuscriptRows]], registry: Registry) -> SourceList:
    """Return the sources that manuscripts cite.

    Args:
        manuscripts: each manuscript's path and rows, in order.
        registry: the archives that are known.
    """
    trees: dict[str, _Unit] = {}
    names: dict[str, str] = {}
    works: list[Witness[WorkRow]] = []
    cited: dict[tuple[int, str], list[CitedAt]] = {}
    for number, (path, rows) in enumerate(manuscripts):
        _plant(trees, names, path, rows)
        works += (work_witness(number, path, row) for row in rows.works)
        for citation in rows.citations:
            if citation.key is not None:
                cited.setdefault((number, citation.key), []).append(_cited_at(path, citation))
    holdings = [_holdings(archive, names[archive], trees[archive], registry) for archive in trees]
    return SourceList(
        tuple(sorted(holdings, key=lambda archive: fold(archive.name))),
        tuple(
            sorted(
                _works(works, cited),
                key=lambda work: (_filing_word(work), work.row.date or "", fold(work.row.title)),
            )
        ),
    )


def _cited_at(path: str, citation: CitationRow) -> CitedAt:
    return CitedAt(path, citation.section, citation.note, citation.id, citation.key)


# ---- archives


@attrs.define
class _Unit:
    units: dict[tuple[str, str], "_Unit"] = attrs.field(factory=dict)
    filed: list[tuple[str, FilingRow | None, CitedAt]] = attrs.field(factory=list)

    def find(self, levels: Iterable[tuple[str, str]]) -> "_Unit":
        unit = self
        for key, value in levels:
            unit = unit.units.setdefault((key, " ".join(value.split())), _Unit())
        return unit


def _plant(trees: dict[str, _Unit], names: dict[str, str], path: str, rows: ManuscriptRows) -> None:
    """Put one manuscript's archival citations into the trees; an ibid. is filed with what it repeats."""
    filings = {filing.ordinal: filing for filing in rows.filings}
    homes: dict[str, tuple[_Unit, FilingRow]] = {}
    for citation in rows.citations:
        filing = filings.get(citation.ordinal)
        if filing is not None:
            names.setdefault(filing.archive, filing.archive_written or filing.archive)
            unit = trees.setdefault(filing.archive, _Unit()).find(filing.levels)
            unit.filed.append((_leaves(filing.leaves), filing, _cited_at(path, citation)))
            if citation.key is not None:
                homes[citation.key] = unit, filing
        elif citation.kind == "ibid" and citation.key in homes:
            unit, repeated = homes[citation.key]
            leaves = _leaves((start, end or start) for _, start, end in citation.locators)
            unit.filed.append((leaves or _leaves(repeated.leaves), repeated, _cited_at(path, citation)))


def _leaves(leaves: Iterable[tuple[str, str]]) -> str:
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in leaves)


def _holdings(id: str, written: str, tree: _Unit, registry: Registry) -> Holdings:
    archive = registry.archives.get(id)
    labels = (
        {level.key: level.long or level.name for level in archive.hierarchy.levels}
        if archive is not None
        else {}
    )
    return Holdings(
        id=id if archive is not None else None,
        name=archive.name if archive is not None else written or "archive not named",
        abbreviation=archive.abbreviation if archive is not None else None,
        place=archive.place if archive is not None else None,
        branches=tuple(_branches(tree, labels)),
        filed=tuple(_filed(tree)),
    )


def _branches(unit: _Unit, labels: Mapping[str, str]) -> Iterator[Branch]:
    for key, value in sorted(unit.units, key=lambda pair: (pair[0], natural_order(pair[1]))):
        inner = unit.units[key, value]
        yield Branch(key, labels.get(key, key), value, tuple(_branches(inner, labels)), tuple(_filed(inner)))


def _filed(unit: _Unit) -> Iterator[Filed]:
    """Yield the documents of a unit: one for each range of leaves, description and date."""
    documents: defaultdict[tuple[str, str, str, str], list[tuple[FilingRow | None, CitedAt]]] = defaultdict(
        list
    )
    for leaves, filing, place in unit.filed:
        words = fold_description(filing.description) if filing is not None else ""
        date = (filing.date or "") if filing is not None else ""
        unread = (filing.unread or "") if filing is not None else ""
        documents[leaves, words, date, unread].append((filing, place))
    for (leaves, _, date, unread), members in sorted(
        documents.items(), key=lambda item: (natural_order(item[0][0]), item[0][2], natural_order(item[0][3]))
    ):
        described = next(
            (filing.description for filing, _ in members if filing is not None and filing.description), ""
        )
        # “DOCUMENT No. 4:” is the number that a manuscript gives the document in its appendix.
        described = re.sub(r"^document\s+(?:no\.?\s*)?[\divx]+:?\s*", "", described, flags=re.IGNORECASE)
        cited = tuple(place for _, place in members)
        yield Filed(leaves, described or None, date or None, cited, unread or None)


def natural_order(value: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts values as archivists do: 5 before 28 before 410, 24/a before 24/b."""
    parts = re.findall(r"\d+|[^\W\d_]+", value)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts)


# ---- works


def _works(
    witnesses: Sequence[Witness[WorkRow]], cited: Mapping[tuple[int, str], Sequence[CitedAt]]
) -> Iterator[CitedWork]:
    """Yield each work once, whoever mentions it in whatever form."""
    groups: defaultdict[str, list[Witness[WorkRow]]] = defaultdict(list)
    newspapers: defaultdict[str, list[Witness[WorkRow]]] = defaultdict(list)
    for witness in witnesses:
        if is_newspaper(witness.row):
            newspapers[fold(witness.row.title)].append(witness)
            continue
        groups[witness.row.authored or witness.row.titled or fold(witness.row.title)].append(witness)
    for group in groups.values():
        for work in tell_apart(group):
            places = [
                place
                for mention in work.mentions
                for place in cited.get((mention.manuscript, mention.row.key), ())
            ]
            yield CitedWork(work.head.row, tuple(dict.fromkeys(places)))
    for days in newspapers.values():
        places = [place for day in days for place in cited.get((day.manuscript, day.row.key), ())]
        yield CitedWork(days[0].row, tuple(dict.fromkeys(places)))


def is_newspaper(row: WorkRow) -> bool:
    """Tell whether a row is a newspaper by its day, and no article in it: all its days are one source."""
    return not row.people and row.container == row.title


def _filing_word(work: CitedWork) -> str:
    return family_key(work.row.people[0][0]) if work.row.people else fold(work.row.title)
