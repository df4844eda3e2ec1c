"""Rows as SQLite keeps them: a column for each field, plain values as they are, everything else as JSON."""

import json
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

Columns = tuple[Any, ...]


@cache
def fields(row_type: Hashable) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a row with their types; each is a column."""
    assert isinstance(row_type, type)
    hints = get_type_hints(row_type)
    return tuple((field.name, hints[field.name]) for field in attrs.fields(row_type))


@cache
def _plainness(row_type: Hashable) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a row, each with whether SQLite keeps its values as they are."""
    return tuple((name, _is_plain(hint)) for name, hint in fields(row_type))


def column_names(row_type: Hashable, table: str = "") -> str:
    """Return the columns of a row's table, for a query."""
    return ", ".join(f'{table}"{name}"' for name, _ in fields(row_type))


def _is_plain(hint: Any) -> bool:
    kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    return all(kind in (str, int, bool, type(None)) for kind in kinds)


def to_columns(row: Any) -> Columns:
    """Return a row as SQLite keeps it: plain values as they are, everything else as JSON."""
    columns = []
    row_type: Any = type(row)
    for name, plain in _plainness(row_type):
        value = getattr(row, name)
        columns.append(value if plain or value is None else _to_json(_plain(value)))
    return tuple(columns)


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value] if value else value
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    record_type: Any = type(value)
    return [_plain(getattr(value, name)) for name, _ in _plainness(record_type)]


def from_columns(row_type: Any, columns: Sequence[Any]) -> Any:
    """Return the row that :func:`to_columns` made these columns of."""
    return row_type(*(read(value) for read, value in zip(_column_readers(row_type), columns, strict=True)))


Read = Callable[[Any], Any]


@cache
def _column_readers(row_type: Hashable) -> tuple[Read, ...]:
    """Return, for each column of a row, what makes its value of what SQLite has kept."""
    return tuple(_column_reader(hint) for _, hint in fields(row_type))


def _column_reader(hint: Any) -> Read:
    if _is_plain(hint):
        return (lambda value: None if value is None else bool(value)) if hint is bool else _as_it_is
    build = _reader(hint)
    return lambda value: None if value is None else build(json.loads(value))


def _as_it_is(value: Any) -> Any:
    return value


def _reader(hint: Any) -> Read:
    """Return what makes a value of that type of the value that JSON has for it."""
    if get_origin(hint) is UnionType:
        build = _reader(next(kind for kind in get_args(hint) if kind is not type(None)))
        return lambda value: None if value is None else build(value)
    if attrs.has(hint):
        parts = tuple(_reader(kind) for _, kind in fields(hint))
        return lambda value: hint(*(part(item) for part, item in zip(parts, value, strict=True)))
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        if kinds[-1] is Ellipsis:
            build = _reader(kinds[0])
            return lambda value: tuple(map(build, value))
        parts = tuple(map(_reader, kinds))
        return lambda value: tuple(part(item) for part, item in zip(parts, value, strict=True))
    return _as_it_is
