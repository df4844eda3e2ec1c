"""Reads the tables of TOML files, and says what is wrong with one in words that help to mend it."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

import attrs


class TableError(ValueError):
    """A table that lacks a field, has one that nothing reads, or one of the wrong sort."""


@attrs.frozen
class Table:
    """A table of a TOML file; each method returns one field, or raises :class:`TableError`.

    ``name`` is what messages call it: ``[[archive]] TAM``. It is empty for the file itself.
    """

    values: Mapping[str, Any]
    name: str = ""

    @classmethod
    def of(cls, value: object, name: str = "", *, fields: Collection[str]) -> "Table":
        """Return a table whose fields are all among those that are read."""
        if not isinstance(value, Mapping):
            raise TableError(f"{name or 'this'} must be a table, not {_shown(value)}")
        table = cls(value, name)
        for field in value:
            if field not in fields:
                near = get_close_matches(field, fields, n=1)
                meant = (
                    f"did you mean “{near[0]}”?" if near else f"the fields are {', '.join(sorted(fields))}"
                )
                raise TableError(f"{table._of(field)} is read by nothing; {meant}")
        return table

    def text(self, field: str) -> str:
        """Return a text that must be there."""
        found = self.text_or_none(field)
        if found is None:
            raise TableError(f"{self.name or 'the file'} lacks “{field}”")
        return found

    def text_or_none(self, field: str) -> str | None:
        """Return a text, or None where the field is missing."""
        value = self.values.get(field)
        if value is not None and not isinstance(value, str):
            raise self._wrong(field, "a text in quotation marks", value)
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of texts; () where the field is missing."""
        value = self.values.get(field, ())
        if not _is_list_of_texts(value):
            raise self._wrong(field, 'a list of texts, such as ["one", "two"]', value)
        return tuple(value)

    def lists(self, field: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts; () where the field is missing."""
        value = self.values.get(field, ())
        if not isinstance(value, list | tuple) or not all(map(_is_list_of_texts, value)):
            raise self._wrong(field, 'a list of lists, such as [["28"], ["74", "85"]]', value)
        return tuple(tuple(item) for item in value)

    def pairs(self, field: str) -> tuple[tuple[str, str], ...]:
        """Return a list of pairs of texts; () where the field is missing."""
        found = self.lists(field)
        if any(len(item) != 2 for item in found):
            shape = 'a list of pairs, such as [["fond", "5"], ["opis", "28"]]'
            raise self._wrong(field, shape, self.values[field])
        return tuple((first, second) for first, second in found)

    def mapping(self, field: str) -> Mapping[str, str]:
        """Return a table of texts; an empty one where the field is missing."""
        value = self.values.get(field, {})
        if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
            raise self._wrong(field, 'a table of texts, such as KTS = "Top Secret Documents"', value)
        return value

    def flag(self, field: str) -> bool:
        """Return true or false; false where the field is missing."""
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            raise self._wrong(field, "true or false", value)
        return value

    def tables(self, field: str, fields: Collection[str]) -> "tuple[Table, ...]":
        """Return a list of tables that have no fields but these; () where there are none."""
        value = self.values.get(field, ())
        if not isinstance(value, list | tuple):
            raise self._wrong(field, f"a list of tables, each under [[{field}]]", value)
        inside = f" of {self.name}" if self.name else ""
        return tuple(
            Table.of(item, f"[[{field}]] {_title(item) or number}{inside}", fields=fields)
            for number, item in enumerate(value, 1)
        )

    def _of(self, field: str) -> str:
        return f"“{field}” of {self.name}" if self.name else f"“{field}”"

    def _wrong(self, field: str, wanted: str, value: object) -> TableError:
        return TableError(f"{self._of(field)} must be {wanted}, not {_shown(value)}")


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _title(value: object) -> str:
    """Return what tells a table apart from its neighbours."""
    if not isinstance(value, Mapping):
        return ""
    return next((value[key] for key in ("id", "key", "code") if isinstance(value.get(key), str)), "")


def _shown(value: object) -> str:
    written = str(value).lower() if isinstance(value, bool) else repr(value)
    return written if len(written) <= 40 else written[:39] + "…"
