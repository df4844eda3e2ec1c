"""Measures export: how fast a book's sources are written, and whether memory grows with their number.

    python benchmarks/export.py [MANUSCRIPT] [--sources 100000]

Without a manuscript it takes the longest of the project's own.
"""

import argparse
import io
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference, Level, Locator
from citecheck.corpus.cited_sources import CitedSource, collect_sources
from citecheck.exporting import Options, all_exporters
from citecheck.libraries import read_library_bytes
from citecheck.readers import read_manuscript

PROJECT = Path(__file__).resolve().parent.parent
SUFFIXES = {"biblatex": ".bib", "bibtex": ".bib", "csl-json": ".json", "ris": ".ris"}


def generate(count: int) -> Iterator[CitedSource]:
    for number in range(count):
        reference = ArchivalReference(
            "RGANI",
            (Level("fond", "5"), Level("opis", "28"), Level("delo", str(number))),
            (Locator("folio", "74", "85"),),
            f"Memorandum of Conversation with the Ambassador, no. {number}",
            "1956-03-12",
        )
        yield CitedSource(f"rgani-5-28-{number}-74", reference, ("note 12",))


class Counter(io.TextIOBase):
    """Counts what is written and keeps nothing of it."""

    written = 0

    def write(self, text: str) -> int:
        self.written += len(text)
        return len(text)


def measure_book(path: Path) -> None:
    started = time.perf_counter()
    document = analyse(read_manuscript(path))
    read = time.perf_counter() - started
    print(f"{path.name}: {len(document.citations)} citations read in {read:.2f} s")
    for format, exporter in all_exporters().items():
        times = []
        for _ in range(5):
            started = time.perf_counter()
            sources = collect_sources([document]).sources
            out = io.StringIO(newline="")
            exporter.write(sources, out, Options(document.registry, notes="keywords"))
            times.append(time.perf_counter() - started)
        back = ""
        if format in SUFFIXES:
            started = time.perf_counter()
            read_library_bytes(out.getvalue().encode(), f"x{SUFFIXES[format]}")
            back = f", read back in {time.perf_counter() - started:.3f} s"
        print(f"  {format:9} {len(sources)} sources in {sorted(times)[2]:.3f} s{back}")


def measure_stream(count: int) -> None:
    """Export many sources in a process of its own for each format, so that each shows its own memory."""
    for format in all_exporters():
        command = [sys.executable, __file__, "--only", format, "--sources", str(count)]
        print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="")


def measure_one(format: str, count: int) -> None:
    options = Options(load_registry(), notes="keywords")
    out = Counter()
    all_exporters()[format].write(generate(1000), out, options)  # type: ignore[arg-type]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    all_exporters()[format].write(generate(count), out, options)  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"  {format:9} {out.written / 1e6:.0f} MB in {seconds:.1f} s, {count / seconds:,.0f} a second; "
        f"memory {after / 1024:.0f} MB, {(after - before) / 1024:.0f} MB more than for 1,000"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("manuscript", nargs="?", type=Path)
    parser.add_argument("--sources", type=int, default=100_000)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only is not None:
        measure_one(options.only, options.sources)
        return
    papers = sorted((PROJECT / "seeds" / "papers").glob("*.txt"), key=lambda path: path.stat().st_size)
    measure_book(options.manuscript or papers[-1])
    print(f"{options.sources} sources in a stream:")
    measure_stream(options.sources)


if __name__ == "__main__":
    main()
