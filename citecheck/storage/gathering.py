"""Brings manuscripts into a store: reads what has changed, on all cores, and can be stopped at any moment."""

import hashlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path

import attrs

from citecheck.configuration import Configuration, find_configuration
from citecheck.errors import CitecheckError, ManuscriptError
from citecheck.readers import included_files
from citecheck.resources import data_folder
from citecheck.storage.extraction import extract_rows
from citecheck.storage.store import Encoded, Known, Store, encode


@attrs.frozen
class Gathered:
    """How many manuscripts were read anew, how many were not, and which could not be read."""

    read: int
    kept: int
    failures: tuple[ManuscriptError, ...]


@attrs.frozen
class Run:
    """What holds for all manuscripts of a run: format, what is stored, and which citecheck it is."""

    format: str | None
    stored: frozenset[int]
    edition: str


Progress = Callable[[int, int], None]
"""Is told how many manuscripts are done, and how many there are."""

_FEW = 4
"""So few manuscripts are read here: starting other processes would take longer."""
_AHEAD = 4
"""How many manuscripts each process may be ahead of the writing, so that memory stays bounded."""
_LIFE = 1000
"""How many manuscripts a process reads before another takes its place; what it remembers goes with it."""
_UNSETTLED = 2_000_000_000
"""Nanoseconds in which a file may change without its time showing it."""


def gather(
    store: Store,
    files: Sequence[str],
    format: str | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> Gathered:
    """Bring the store up to date with files: what has not changed since it was read is not opened.

    Args:
        store: the store to write to.
        files: the manuscripts.
        format: the format of all of them, where it cannot be told.
        progress: is told how far it has come.
        processes: how many processes read; one for each core if not given.
    """
    run = Run(format, _extractions(store), edition())
    known = store.known()
    changed = [file for file in files if not _is_unchanged(file, known.get(file), run)]
    kept = len(files) - len(changed)
    done, read = kept, 0
    failures: list[ManuscriptError] = []
    report = progress or (lambda done, total: None)
    report(done, len(files))
    for task in _read_all(changed, run, processes):
        done += 1
        if task.failure is not None:
            failures.append(ManuscriptError(*task.failure))
        else:
            read += task.encoded is not None
            store.write(task.path, task.known, task.digest, task.encoded)
        report(done, len(files))
    return Gathered(read, len(files) - read - len(failures), tuple(failures))


def _is_unchanged(file: str, known: Known | None, run: Run) -> bool:
    """Tell whether a file has the size and the time that the store remembers, under the same settings."""
    if known is None or known.settings != settings_of(file, run):
        return False
    try:
        return _state(file, included_files(file)) == (known.size, known.modified)
    except OSError:
        return False


def _state(file: str, parts: Sequence[Path]) -> tuple[int, int]:
    """Return the size of a manuscript with all that it includes, and when any of that was changed last.

    Raises:
        OSError: a file is not there.
    """
    states = [os.stat(each) for each in (Path(file), *parts)]
    return sum(state.st_size for state in states), max(state.st_mtime_ns for state in states)


def _extractions(store: Store) -> frozenset[int]:
    return frozenset(row[0] for row in store.connection.execute("SELECT id FROM extractions"))


# ---- reading one manuscript


@attrs.frozen
class Task:
    """A manuscript as it comes back from being read.

    ``encoded`` is None where the store has the same content already; ``failure`` holds the arguments of the
    error, since an error with several arguments does not survive the way back from another process.
    """

    path: str
    known: Known
    digest: bytes
    encoded: Encoded | None = None
    failure: tuple[str, str, str] | None = None


def read_task(path: str, run: Run) -> Task:
    """Read one file and make its rows, unless they are stored."""
    nothing = Known(0, 0, 0, "")
    try:
        parts = included_files(path)
        size, modified = _state(path, parts)
        data = Path(path).read_bytes()
        included = b"".join(part.read_bytes() for part in parts)
    except OSError as error:
        return Task(path, nothing, b"", failure=(path, f"cannot be opened: {error.strerror}", ""))
    settings = settings_of(path, run)
    digest = hashlib.sha256(data + b"\0" + included + settings.encode()).digest()
    # A file that was written a moment ago may be written again with the same time on it.
    settled = time.time_ns() - modified > _UNSETTLED
    known = Known(int.from_bytes(digest[:8], "big") >> 1, size, modified if settled else -1, settings)
    if known.extraction in run.stored:
        return Task(path, known, digest)
    try:
        encoded = encode(
            extract_rows(data, path, _configuration(str(Path(path).resolve().parent)), run.format)
        )
    except ManuscriptError as error:
        return Task(path, nothing, b"", failure=(path, error.trouble, error.remedy))
    except Exception as error:
        # A fault of citecheck's in one manuscript of thousands must not cost the others.
        return Task(
            path, nothing, b"", failure=(path, f"could not be checked: {error!r}", "please report this")
        )
    return Task(path, known, digest, encoded)


def settings_of(path: str, run: Run) -> str:
    """Return what an extraction depends on besides the bytes: citecheck itself, settings and format."""
    configuration = _configuration(str(Path(path).resolve().parent))
    parts = (run.edition, Path(path).suffix.lower(), run.format or "", repr(configuration))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@cache
def _configuration(folder: str) -> Configuration:
    return find_configuration(folder)


@cache
def edition() -> str:
    """Return which citecheck this is: its version, and a digest of its own files.

    What a changed grammar or rule reads is not what the old one read, released or not.
    """
    from importlib.metadata import PackageNotFoundError, version

    try:
        release = version("citecheck")
    except PackageNotFoundError:
        release = "0"
    digest = hashlib.sha256()
    folders = (
        Path(__file__).parents[1],
        data_folder("grammars"),
        data_folder("seeds"),
    )
    for file in sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".lark", ".toml")
    ):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{release}+{digest.hexdigest()[:16]}"


# ---- reading many


def _read_all(files: Sequence[str], run: Run, processes: int | None) -> Iterator[Task]:
    workers = min(processes or os.cpu_count() or 1, len(files))
    if len(files) <= _FEW or workers == 1:
        for file in files:
            yield read_task(file, run)
        return
    # A new set of processes every so often, by hand: max_tasks_per_child can lock up in Python 3.11 and 3.12.
    for start in range(0, len(files), workers * _LIFE):
        yield from _read_together(files[start : start + workers * _LIFE], run, workers)


def _read_together(files: Sequence[str], run: Run, workers: int) -> Iterator[Task]:
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin, initargs=(run,))
    try:
        yield from _as_completed(pool, files, workers * _AHEAD)
    except BrokenProcessPool as error:
        raise CitecheckError(
            "a process that was reading manuscripts has been ended from outside, perhaps for want of memory; "
            "what was read is stored: run the command again to go on"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    # A process that is a copy of this one would share the open store, which SQLite forbids.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    return context


_run = Run(None, frozenset(), "")


def _begin(run: Run) -> None:
    """Prepare a process: Ctrl-C is for the one that writes, and none outlives that one."""
    global _run
    _run = run
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _read_here(file: str) -> Task:
    return read_task(file, _run)


def _as_completed(pool: ProcessPoolExecutor, files: Iterable[str], ahead: int) -> Iterator[Task]:
    """Yield tasks as they are done, with no more than so many on their way."""
    running: set[Future[Task]] = set()
    for file in files:
        running.add(pool.submit(_read_here, file))
        while len(running) >= ahead:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)
