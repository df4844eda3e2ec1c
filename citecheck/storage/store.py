"""Keeps the rows of many manuscripts in one SQLite file, so that a later run reads only what has changed.

An *extraction* is what citecheck reads from one content: the rows of :mod:`citecheck.corpus.rows`. It is known
by a fingerprint of the bytes, the settings and citecheck itself, and holds no path; *manuscripts* lead from
paths to extractions. Each manuscript is written in one transaction, so that a run may be stopped, or
killed, at any moment: what was written stays, and the next run goes on from there.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

import attrs

from citecheck.corpus.contradictions import Comparison, Witness, filing_witness, work_witness
from citecheck.corpus.rows import SCHEMA, CitationRow, FilingRow, FindingRow, ManuscriptRows, WorkRow
from citecheck.errors import CitecheckError
from citecheck.resolving.identity import title_letters
from citecheck.storage.columns import Columns, column_names, fields, from_columns, to_columns

_TABLES: Mapping[str, Any] = {
    "citations": CitationRow,
    "filings": FilingRow,
    "works": WorkRow,
    "findings": FindingRow,
}
_KEYS = {"filings": ("numbered", "leaved", "described"), "works": ("authored", "titled")}
_LAYOUT = 1
"""Counts up whenever the tables of the store change."""


class StoreError(CitecheckError):
    """A store that cannot be used."""


@attrs.frozen
class Encoded:
    """The rows of one manuscript, ready to be written: the worker's part of writing them."""

    extraction: Columns
    tables: Mapping[str, Sequence[Columns]]
    titles: Sequence[tuple[str, int]]
    """The letters of the lines at its head, with the numbers of the lines."""
    claims: Sequence[tuple[str, int]]
    """The letters of the titles of its works, with the ordinals of the works."""


def encode(rows: ManuscriptRows) -> Encoded:
    """Make the columns of a manuscript's rows."""
    return Encoded(
        (
            rows.format,
            *rows.counts,
            json.dumps(rows.remarks, ensure_ascii=False),
            json.dumps(rows.front, ensure_ascii=False),
        ),
        {name: [to_columns(row) for row in getattr(rows, name)] for name in _TABLES},
        [
            (letters, line)
            for line, words in enumerate(rows.front)
            for letters in sorted(title_letters(words))
        ],
        [(letters, work.ordinal) for work in rows.works for letters in sorted(title_letters(work.title))],
    )


@attrs.frozen
class Known:
    """A path that the store knows: its content's extraction, and that by which a change is noticed.

    ``modified`` is the file's time in nanoseconds, or -1 where it was too young to be trusted; ``settings``
    stands for all that the extraction depends on besides the file.
    """

    extraction: int
    size: int
    modified: int
    settings: str


@attrs.frozen
class Chosen:
    """A manuscript of this run."""

    number: int
    path: str
    extraction: int


class Store:
    """A store that is open. Use it as a context manager, so that it is closed."""

    def __init__(self, path: str | Path) -> None:
        """Open a store, or make one.

        Raises:
            StoreError: the file is no store, or one of another version of citecheck.
        """
        self.path = str(path)
        try:
            self.connection = sqlite3.connect(self.path, isolation_level=None)
            # The log makes a commit cheap and survives a kill; it is gone when the store is closed.
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{path}: cannot be used as a store: {error}") from error

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; what was written is in its one file."""
        self.connection.close()

    def _prepare(self) -> None:
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        wanted = 1000 * _LAYOUT + SCHEMA
        if version == wanted:
            return
        if version or self.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise StoreError(
                f"{self.path}: is no store of this version of citecheck; delete it or name another file"
            )
        self.connection.executescript(
            "BEGIN;" + "".join(_schema()) + f"PRAGMA user_version = {wanted};COMMIT;"
        )

    # -- writing

    def write(self, path: str, known: Known, digest: bytes, encoded: Encoded | None) -> None:
        """Write one manuscript in one transaction.

        Args:
            path: the file.
            known: what is to be remembered of it.
            digest: the fingerprint that the extraction's number is made of.
            encoded: its rows, or None where the store has them from another path.
        """
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            if encoded is not None and not self.has(known.extraction, digest):
                self._write_rows(known.extraction, digest, encoded)
            before = connection.execute(
                "SELECT extraction FROM manuscripts WHERE path = ?", (path,)
            ).fetchone()
            connection.execute(
                "INSERT OR REPLACE INTO manuscripts VALUES (?, ?, ?, ?, ?)",
                (path, *attrs.astuple(known)),
            )
            if before is not None and before[0] != known.extraction:
                self._forget_unused("= ?", before)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def _write_rows(self, extraction: int, digest: bytes, encoded: Encoded) -> None:
        self.connection.execute(
            f"INSERT INTO extractions VALUES ({_marks(8)})", (extraction, digest, *encoded.extraction)
        )
        for name, rows in encoded.tables.items():
            marks = _marks(1 + len(fields(_TABLES[name])))
            self.connection.executemany(
                f"INSERT INTO {name} VALUES ({marks})", ((extraction, *row) for row in rows)
            )
        for name, pairs in (("titles", encoded.titles), ("claims", encoded.claims)):
            self.connection.executemany(
                f"INSERT INTO {name} VALUES (?, ?, ?)",
                ((letters, extraction, number) for letters, number in pairs),
            )

    def _forget_unused(self, which: str, parameters: tuple[int, ...] = ()) -> None:
        """Delete the extractions among these that no path leads to any more."""
        unused = (
            f"SELECT id FROM extractions WHERE id {which} AND id NOT IN (SELECT extraction FROM manuscripts)"
        )
        for name in (*_TABLES, "titles", "claims"):
            self.connection.execute(f"DELETE FROM {name} WHERE extraction IN ({unused})", parameters)
        self.connection.execute(f"DELETE FROM extractions WHERE id IN ({unused})", parameters)

    def has(self, extraction: int, digest: bytes) -> bool:
        """Tell whether the store holds an extraction.

        Raises:
            StoreError: it holds another one under that number.
        """
        found = self.connection.execute(
            "SELECT digest FROM extractions WHERE id = ?", (extraction,)
        ).fetchone()
        if found is not None and found[0] != digest:
            raise StoreError(
                f"{self.path}: two contents share the number {extraction}; change one by a space"
            )
        return found is not None

    def prune(self, keep: Iterable[str]) -> int:
        """Forget all manuscripts but these, and what only they led to; return how many went."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY)")
        connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((path,) for path in keep))
        gone = connection.execute(
            "DELETE FROM manuscripts WHERE path NOT IN (SELECT path FROM kept)"
        ).rowcount
        self._forget_unused("IS NOT NULL")
        connection.execute("DROP TABLE kept")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return gone

    # -- reading

    def known(self) -> dict[str, Known]:
        """Return all paths that the store knows."""
        return {path: Known(*known) for path, *known in self.connection.execute("SELECT * FROM manuscripts")}

    def choose(self, paths: Iterable[str]) -> None:
        """Choose the manuscripts that are looked at from now on, in this order."""
        connection = self.connection
        connection.execute("DROP TABLE IF EXISTS temp.chosen")
        connection.execute(
            "CREATE TEMP TABLE chosen (number INTEGER PRIMARY KEY, path TEXT, extraction INTEGER)"
        )
        for number, path in enumerate(paths):
            connection.execute(
                "INSERT INTO chosen SELECT ?, path, extraction FROM manuscripts WHERE path = ?",
                (number, path),
            )
        # Copies of one text say nothing new: of each content the first path speaks.
        connection.execute("DROP TABLE IF EXISTS temp.speaking")
        connection.execute(
            "CREATE TEMP TABLE speaking (extraction INTEGER PRIMARY KEY, number INTEGER, path TEXT)"
        )
        connection.execute(
            "INSERT INTO speaking SELECT extraction, MIN(number), path FROM chosen GROUP BY extraction"
        )

    def chosen(self) -> Iterator[Chosen]:
        """Yield the manuscripts of this run."""
        for row in self.connection.execute("SELECT number, path, extraction FROM chosen ORDER BY number"):
            yield Chosen(*row)

    def groups(self, comparison: Comparison) -> Iterator[list[Witness[Any]]]:
        """Yield the groups of rows that share a key and come from several manuscripts, for a comparison."""
        for key in comparison.keys:
            rows = self._joined(comparison, key)
            for _, group in groupby(rows, key=lambda row: row[0]):
                yield [witness for _, witness in group]

    def _joined(self, comparison: Comparison, key: str) -> Iterator[tuple[str, Witness[Any]]]:
        row_type = _TABLES[comparison.table]
        rows = self.connection.execute(_groups_query(comparison, key))
        for value, number, path, extraction, *rest in rows:
            row = from_columns(row_type, rest)
            if isinstance(row, FilingRow):
                yield value, filing_witness(number, path, row, self.citation(extraction, row.ordinal))
            else:
                yield value, work_witness(number, path, row)

    def citation(self, extraction: int, ordinal: int) -> CitationRow:
        """Return one citation of an extraction."""
        names = column_names(CitationRow)
        found = self.connection.execute(
            f"SELECT {names} FROM citations WHERE extraction = ? AND ordinal = ?", (extraction, ordinal)
        ).fetchone()
        row: CitationRow = from_columns(CitationRow, found)
        return row

    def rows(self, table: str, extraction: int) -> Iterator[Any]:
        """Yield the rows of one table of an extraction, in order."""
        row_type = _TABLES[table]
        names = column_names(row_type)
        for columns in self.connection.execute(
            f"SELECT {names} FROM {table} WHERE extraction = ? ORDER BY ordinal", (extraction,)
        ):
            yield from_columns(row_type, columns)

    def manuscript_rows(self, extraction: int) -> ManuscriptRows:
        """Return all rows of an extraction."""
        format, citations, notes, entries, remarks, front = self.connection.execute(
            "SELECT format, citations, notes, entries, remarks, front FROM extractions WHERE id = ?",
            (extraction,),
        ).fetchone()
        tables = {name: tuple(self.rows(name, extraction)) for name in _TABLES}
        return ManuscriptRows(
            format,
            (citations, notes, entries),
            tuple(json.loads(remarks)),
            tuple(json.loads(front)),
            **tables,
        )

    def size(self, table: str) -> int:
        """Return how many rows of a table belong to the chosen manuscripts."""
        found = self.connection.execute(
            f"SELECT COUNT(*) FROM {table} JOIN speaking USING (extraction)"
        ).fetchone()
        return int(found[0])

    def front(self, extraction: int) -> tuple[str, ...]:
        """Return the lines that the title page of a manuscript would be made of."""
        found = self.connection.execute(
            "SELECT front FROM extractions WHERE id = ?", (extraction,)
        ).fetchone()
        return tuple(json.loads(found[0]))

    def title_pages(self) -> Iterator[tuple[Chosen, int, Chosen, WorkRow]]:
        """Yield manuscripts with a title that others cite among their first lines: with line and work."""
        names = column_names(WorkRow, "w.")
        rows = self.connection.execute(
            f"SELECT s.number, s.path, s.extraction, t.line, c.number, c.path, c.extraction, {names} FROM "
            "titles t "
            "JOIN claims m USING (letters) JOIN works w ON w.extraction = m.extraction AND w.ordinal = "
            "m.ordinal "
            "JOIN speaking s ON s.extraction = t.extraction JOIN speaking c ON c.extraction = w.extraction "
            "WHERE w.extraction <> t.extraction ORDER BY s.number, t.line, c.number"
        )
        for row in rows:
            yield Chosen(*row[:3]), row[3], Chosen(*row[4:7]), from_columns(WorkRow, row[7:])

    def citing(self, key: str) -> Iterator[Chosen]:
        """Yield the manuscripts of this run that cite a source by a key of their own."""
        rows = self.connection.execute(
            "SELECT DISTINCT s.number, s.path, s.extraction FROM citations c JOIN speaking s USING "
            "(extraction) "
            "WHERE c.key IN (?, ?) COLLATE NOCASE ORDER BY s.number",
            (key, f"work:{key}"),
        )
        for row in rows:
            yield Chosen(*row)

    def cited_keys(self) -> Iterator[str]:
        """Yield the keys of all sources that the manuscripts of this run cite."""
        rows = self.connection.execute(
            "SELECT DISTINCT c.key FROM citations c JOIN speaking s USING (extraction) WHERE c.key IS NOT NULL"
        )
        for (key,) in rows:
            yield key

    # -- what comparing has found

    def remembered(self) -> str | None:
        """Return what the findings on the whole corpus were made of, or None where there are none."""
        found = self.connection.execute("SELECT made_of FROM comparison").fetchone()
        return found[0] if found is not None else None

    def remember(
        self,
        made_of: str,
        findings: Iterable[tuple[int, FindingRow]],
        checked_anew: Iterable[tuple[int, str]] = (),
    ) -> None:
        """Keep the findings on the whole corpus in one transaction.

        Args:
            made_of: what they depend on.
            findings: each with the number of its manuscript.
            checked_anew: numbers of manuscripts, and codes of rules whose findings on these by themselves
                no longer hold.
        """
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("DELETE FROM comparison")
            connection.execute("DELETE FROM contradictions")
            connection.execute("DELETE FROM superseded")
            connection.executemany("INSERT OR IGNORE INTO superseded VALUES (?, ?)", checked_anew)
            connection.executemany(
                f"INSERT INTO contradictions VALUES ({_marks(1 + len(fields(FindingRow)))})",
                (
                    (number, *to_columns(attrs.evolve(row, ordinal=ordinal)))
                    for ordinal, (number, row) in enumerate(findings)
                ),
            )
            connection.execute("INSERT INTO comparison VALUES (?)", (made_of,))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def findings(self, *, together: bool = True) -> Iterator[tuple[Chosen, FindingRow]]:
        """Yield the findings by manuscript and place: on each by itself or, together, on all of them."""
        names = column_names(FindingRow)
        alone = (
            f"SELECT c.number, c.path, c.extraction, {names} FROM chosen c JOIN findings f USING (extraction)"
        )
        if together:
            alone += (
                " WHERE NOT EXISTS (SELECT 1 FROM superseded s WHERE s.manuscript = c.number AND s.code = "
                "f.code) UNION ALL "
                f"SELECT c.number, c.path, c.extraction, {names} FROM chosen c JOIN contradictions ON "
                "manuscript = c.number"
            )
        rows = self.connection.execute(
            f'SELECT * FROM ({alone}) ORDER BY number, start, "end", code, ordinal'
        )
        for number, path, extraction, *columns in rows:
            yield Chosen(number, path, extraction), from_columns(FindingRow, columns)

    def counts(self) -> dict[str, int]:
        """Return how many manuscripts, citations and so on are chosen, by name."""
        found = self.connection.execute(
            "SELECT COUNT(*), SUM(citations), SUM(notes), SUM(entries) FROM chosen JOIN extractions ON id "
            "= extraction"
        ).fetchone()
        return dict(
            zip(
                ("manuscripts", "citations", "notes", "entries"), (value or 0 for value in found), strict=True
            )
        )

    def formats(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield path, format and reader's remarks of the manuscripts of this run."""
        rows = self.connection.execute(
            "SELECT path, format, remarks FROM chosen JOIN extractions ON id = extraction ORDER BY number"
        )
        for path, format, remarks in rows:
            yield path, format, tuple(json.loads(remarks))


def _groups_query(comparison: Comparison, key: str) -> str:
    """Return the query for the rows of a comparison: key, manuscript's number and path, extraction, columns."""
    conditions = ["MIN(extraction) <> MAX(extraction)"]
    if comparison.differing:
        conditions.append(
            "(" + " OR ".join(f'MIN(u."{name}") <> MAX(u."{name}")' for name in comparison.differing) + ")"
        )
    conditions += (f'COUNT(u."{name}") BETWEEN 1 AND COUNT(*) - 1' for name in comparison.partly)
    shared = (
        f"SELECT u.{key} AS shared FROM {comparison.table} u JOIN speaking USING (extraction) "
        f"WHERE u.{key} IS NOT NULL GROUP BY u.{key} HAVING {' AND '.join(conditions)}"
    )
    once = ", ".join(f"t.{name}" for name in comparison.once_per)
    grouped = f"GROUP BY t.{key}, s.number, {once}" if once else ""
    # Of the rows that are grouped SQLite takes the one with the least ordinal: the first place.
    ordinal = "MIN(t.ordinal)" if once else "t.ordinal"
    columns = ", ".join(
        f't."{name}"' if name != "ordinal" else ordinal for name, _ in fields(_TABLES[comparison.table])
    )
    return (
        f"SELECT t.{key}, s.number, s.path, t.extraction, {columns} FROM ({shared}) "
        f"JOIN {comparison.table} t ON t.{key} = shared JOIN speaking s USING (extraction) {grouped} "
        f"ORDER BY t.{key}, s.number, t.ordinal"
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _schema() -> Iterator[str]:
    yield (
        "CREATE TABLE manuscripts (path TEXT PRIMARY KEY, extraction INTEGER, size INTEGER, modified "
        "INTEGER, settings TEXT) "
        "WITHOUT ROWID;"
    )
    yield (
        "CREATE TABLE extractions (id INTEGER PRIMARY KEY, digest BLOB, format TEXT, citations INTEGER, "
        "notes INTEGER, "
        "entries INTEGER, remarks TEXT, front TEXT);"
    )
    for name, row_type in _TABLES.items():
        yield (
            f"CREATE TABLE {name} (extraction INTEGER, {column_names(row_type)}, PRIMARY KEY (extraction, "
            "ordinal)) WITHOUT ROWID;"
        )
        for key in _KEYS.get(name, ()):
            yield f"CREATE INDEX {name}_by_{key} ON {name} ({key}) WHERE {key} IS NOT NULL;"
    for name, number in (("titles", "line"), ("claims", "ordinal")):
        columns = f"letters TEXT, extraction INTEGER, {number} INTEGER"
        yield f"CREATE TABLE {name} ({columns}, PRIMARY KEY (letters, extraction, {number})) WITHOUT ROWID;"
        yield f"CREATE INDEX {name}_by_extraction ON {name} (extraction);"
    yield "CREATE INDEX manuscripts_by_extraction ON manuscripts (extraction);"
    yield "CREATE TABLE comparison (made_of TEXT);"
    yield (
        "CREATE TABLE superseded (manuscript INTEGER, code TEXT, PRIMARY KEY (manuscript, code)) WITHOUT "
        "ROWID;"
    )
    yield (
        f"CREATE TABLE contradictions (manuscript INTEGER, {column_names(FindingRow)}, PRIMARY KEY (ordinal)) "
        "WITHOUT ROWID;"
    )
