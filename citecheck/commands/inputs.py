"""The manuscripts that a command is given: files, folders, standard input."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from citecheck.analysis import analyse, analyse_under
from citecheck.archives import Registry
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.configuration import Configuration, find_configuration
from citecheck.documents import Document
from citecheck.errors import ManuscriptError
from citecheck.manuscript import Manuscript
from citecheck.readers import manuscript_suffixes, read_bytes, read_manuscript
from citecheck.readers.folders import files_of, parts_of_others
from citecheck.readers.plain import read_note


class Failures:
    """The inputs of a run that cannot be read: each is named on standard error, and the others are gone on with."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, error: ManuscriptError) -> None:
        """Name an input that cannot be read."""
        self.count += 1
        print(f"citecheck: {error}", file=sys.stderr)

    def status(self, otherwise: int = EXIT_CLEAN) -> int:
        """Return the exit status of the run: failed if anything could not be read."""
        return EXIT_FAILED if self.count else otherwise


def is_citation(word: str) -> bool:
    """Tell a citation from a path: no such file exists, it does not end like one, and has spaces or cites (“Ibid.”)."""
    try:
        exists = Path(word).exists()
    except OSError:
        # Too long for a path.
        return True
    suffix = Path(word).suffix.lower()
    # Only what looks like a file's ending is worth asking all readers for theirs.
    is_file = suffix[1:].isalnum() and suffix in manuscript_suffixes()
    if word == "-" or exists or is_file:
        return False
    return " " in word or bool(analyse(read_note(word, "citation")).citations)


def find_files(paths: Sequence[str], failures: Failures) -> list[str]:
    """Return the files that the arguments name; a folder stands for the manuscripts in it, ``-`` for standard input.

    A path that does not exist, or a folder that holds no manuscript, goes to the failures. A chapter that
    another of the files includes is read as a part of that file. To read it by itself too would give all it
    says twice, so it is left out, with a word on standard error.
    """
    files: dict[Path, str] = {}
    for path in paths:
        if not path.strip():
            # An empty variable of a shell would else stand for the folder that one is in.
            failures.add(ManuscriptError("“”", "is no path", "name a file or a folder, or . for this folder"))
            continue
        try:
            for file in [path] if path == "-" else files_of(path):
                files.setdefault(Path(file).resolve(), file)
        except ManuscriptError as error:
            failures.add(error)
    parts = parts_of_others([file for file in files.values() if file != "-"])
    left_out: dict[str, list[str]] = {}
    kept: list[str] = []
    for file in files.values():
        whole = parts.get(file)
        if whole is None:
            kept.append(file)
        else:
            left_out.setdefault(whole, []).append(file)
    for whole, chapters in left_out.items():
        print(f"citecheck: {_left_out(whole, chapters)}", file=sys.stderr)
    return kept


def _left_out(whole: str, chapters: Sequence[str]) -> str:
    if len(chapters) == 1:
        return f"{chapters[0]} is read as a part of {whole}, which includes it, and not by itself again"
    return f"{len(chapters)} files are read as parts of {whole}, which includes them, and not by themselves again"


def read_file(path: str, format: str | None = None) -> Manuscript:
    """Read one file, or standard input for ``-``.

    Raises:
        ManuscriptError: it cannot be read.
    """
    if path == "-":
        return read_bytes(sys.stdin.buffer.read(), "-", format)
    if format is not None:
        try:
            return read_bytes(Path(path).read_bytes(), path, format)
        except OSError as error:
            raise ManuscriptError(path, f"cannot be opened: {error.strerror}") from error
    manuscript = read_manuscript(path)
    if manuscript.format == "plain" and not path.lower().endswith((".txt", ".text")):
        _refuse_library(path)
    return manuscript


def _refuse_library(path: str) -> None:
    from citecheck.libraries import library_suffixes

    if Path(path).suffix.lower() in library_suffixes():
        raise ManuscriptError(
            path,
            "is a reference library, not a manuscript",
            f"name the manuscript that cites from it: citecheck lint MANUSCRIPT --library {path}",
        )


def read_documents(files: Iterable[str], format: str | None, failures: Failures) -> Iterator[Document]:
    """Yield the manuscripts, each read and resolved under the settings above it; failures take the others."""
    for file in files:
        try:
            manuscript = read_file(file, format)
        except ManuscriptError as error:
            failures.add(error)
            continue
        settings = find_configuration(file)
        yield analyse_under(manuscript, settings)


def joint_registry(files: Sequence[str]) -> Registry:
    """Return the archives that are known to any of some files; of two with one id the first counts."""
    declared = {
        archive.id: archive for file in reversed(files) for archive in find_configuration(file).archives
    }
    return Configuration(archives=tuple(declared.values())).registry()
