"""What a project settles for itself: a ``citecheck.toml`` beside the manuscripts.

select = ["LOC", "ARC"]
ignore = ["level-order"]
accepted = "accepted.json"

[abbreviations]
KTS = "Top Secret Documents, Korea"

[[archive]]
id = "MYTOWN"
name = "Town Archive of My Town"
abbreviations = ["TAM"]
hierarchy = "manuscript-collections"
"""

import os
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import attrs

from citecheck.archives import ARCHIVE_FIELDS, Archive, Registry, archive_from_table, load_registry
from citecheck.errors import CitecheckError
from citecheck.tables import Table, TableError

FILE_NAME = "citecheck.toml"
_FIELDS = ("select", "ignore", "accepted", "abbreviations", "archive")


class ConfigurationError(CitecheckError):
    """A configuration file that cannot be used."""


@attrs.frozen
class Configuration:
    """Settings of a project; the archives that it declares are added to the registry."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    archives: tuple[Archive, ...] = ()
    accepted: Path | None = attrs.field(default=None, repr=False)
    """The list of accepted findings. What is read in a manuscript does not depend on it: it is not in ``repr``."""
    file: Path | None = attrs.field(default=None, eq=False, repr=False)
    """Where the settings stand; None where there are none."""

    def place_of(self, word: str) -> str:
        """Return file and line where a text stands in the settings, as messages name a place."""
        assert self.file is not None
        lines = self.file.read_text(encoding="utf-8").splitlines()
        quoted = (f'"{word}"', f"'{word}'")
        found = (number for number, line in enumerate(lines, 1) if any(form in line for form in quoted))
        return f"{self.file}:{next(found, 1)}"

    def registry(self) -> Registry:
        """Return citecheck's registry with the project's own archives."""
        return _registry_with(self.archives) if self.archives else load_registry()


@lru_cache(maxsize=8)
def _registry_with(archives: tuple[Archive, ...]) -> Registry:
    """Return the registry with a project's archives; one for all its manuscripts, for what is found out about it."""
    known = load_registry()
    return Registry({**known.archives, **{archive.id: archive for archive in archives}}, known.hierarchies)


def find_configuration(path: str) -> Configuration:
    """Return the settings that hold for a manuscript: those of the nearest ``citecheck.toml`` above it.

    Raises:
        ConfigurationError: there is one, but it cannot be read.
    """
    start = Path.cwd() if path == "-" else Path(path).resolve()
    for folder in (start, *start.parents):
        file = folder / FILE_NAME
        if file.is_file():
            status = file.stat()
            return _read_once(file, status.st_mtime_ns, status.st_size)
    return Configuration()


@lru_cache(maxsize=8)
def _read_once(path: Path, modified: int, size: int) -> Configuration:
    """Read a file that many manuscripts share only once, as long as it stays as it is."""
    return read_configuration(path)


def common_configuration(paths: Sequence[str]) -> Configuration:
    """Return the settings that hold for all manuscripts: those of the nearest folder that has them all below it.

    Raises:
        ConfigurationError: there are such settings, but they cannot be read.
    """
    folders = [str(Path.cwd() if path == "-" else Path(path).resolve().parent) for path in paths]
    try:
        return find_configuration(os.path.commonpath(folders))
    except ValueError:
        # No files, or files on different drives.
        return Configuration()


def read_configuration(path: Path) -> Configuration:
    """Read a configuration file.

    Raises:
        ConfigurationError: it is no TOML, has a key that nothing reads, or an archive that lacks a field.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    try:
        settings = Table.of(table, fields=_FIELDS)
        accepted = settings.text_or_none("accepted")
        return Configuration(
            select=settings.texts("select"),
            ignore=settings.texts("ignore"),
            abbreviations=tuple(settings.mapping("abbreviations").items()),
            archives=tuple(
                archive_from_table(archive, load_registry().hierarchies)
                for archive in settings.tables("archive", ARCHIVE_FIELDS)
            ),
            accepted=path.parent / accepted if accepted is not None else None,
            file=path,
        )
    except TableError as error:
        raise ConfigurationError(f"{path}: {error}") from error
