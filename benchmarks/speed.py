"""How fast citecheck is, as ratios: to a plain scan with ``re``, and of a long text to a short one.

    python benchmarks/speed.py [MANUSCRIPT]

Without a manuscript it takes the book's references in seeds/papers. Where eyecite (PyPI) is installed, it
is timed on the same text in the same run. Nothing is asserted here: machines differ, ratios tell.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.linting import check
from citecheck.readers import read_bytes

_PART = 50_000
PAPERS = Path(__file__).parent.parent / "seeds" / "papers"
# Four alternatives that a scan for citations cannot do without: the bound for everything that reads more.
PLAIN = re.compile(r"\b(?:[Ii]bid|Fond|Ф\.|p{1,2}\.) ?\d*|\(\d{4}\)|\b\d{1,4}[–-]\d{1,4}\b|\b[A-Z]{3,6}, ")


def median_seconds(
    work: Callable[[], object], runs: int = 5, clock: Callable[[], float] = time.process_time
) -> float:
    """Return how long work takes: of the processor's time, which other programs do not lengthen.

    It is done once before, so that everything is compiled and imported.
    """
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def of_children() -> float:
    """Return the processor's time that finished child processes have taken."""
    times = os.times()
    return times.children_user + times.children_system


def lint(data: bytes) -> int:
    document = analyse(read_bytes(data, "benchmark.txt", "plain"))
    check([document])
    return len(document.citations)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manuscript", nargs="?", type=Path, default=PAPERS / "szalontai-2005.txt")
    path = parser.parse_args().manuscript
    data = path.read_bytes()
    text = data.decode("utf-8-sig")

    scan = median_seconds(lambda: sum(1 for _ in PLAIN.finditer(text)))
    whole = median_seconds(lambda: lint(data))
    citations = lint(data)
    print(f"{path.name}: {len(data) / 1000:.0f} KB, {citations} citations")
    print(f"  plain re scan     {scan * 1000:8.1f} ms")
    print(f"  read and linted   {whole * 1000:8.1f} ms   {whole / scan:6.1f} times the scan")
    parsing = median_seconds(lambda: analyse(read_bytes(data, "benchmark.txt", "plain")))
    print(f"  parsed, resolved  {parsing * 1000:8.1f} ms   {citations / parsing:6.0f} citations a second")

    tenfold = b"\n\n".join([data] * 10)
    print(f"  ten times longer  {median_seconds(lambda: lint(tenfold), 1) / whole:8.1f} times as long")

    # A hundred parts that differ: what one has in common with another must not be read only once.
    parts = [
        text[start : start + _PART] for start in range(0, len(text) - _PART, (len(text) - _PART) // 99 or 1)
    ][:100]
    many = [part.encode() for part in parts]
    whole_text = "\n\n".join(parts).encode()
    hundred = median_seconds(lambda: [analyse(read_bytes(part, "part.txt", "plain")) for part in many], 1)
    one = median_seconds(lambda: analyse(read_bytes(whole_text, "long.txt", "plain")), 1)
    print(
        f"  one of {len(whole_text) / 1e6:.1f} MB to {len(many)} of {_PART / 1000:.0f} KB: {one / hundred:.2f}"
    )

    command = [sys.executable, "-m", "citecheck", "lint", str(PAPERS / "person-2006.txt")]
    with tempfile.TemporaryDirectory() as byte_code:
        # Installed programs have their byte code beside them; to make it anew in each run is not their work.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": byte_code}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        process = median_seconds(
            lambda: subprocess.run(command, capture_output=True, check=False, env=environment),
            clock=of_children,
        )
    bare = [sys.executable, "-c", "pass"]
    python = median_seconds(lambda: subprocess.run(bare, capture_output=True, check=False), clock=of_children)
    print(
        f"  citecheck lint on a working paper, whole process: {process:.2f} s, {process / python:.0f} times a bare Python"
    )
    eyecite(text, parsing)


def eyecite(text: str, ours: float) -> None:
    """Time eyecite on the same text, if it is there."""
    try:
        from eyecite import get_citations
    except ImportError:
        print("  eyecite is not installed: skipped (pip install eyecite)")
        return
    theirs = median_seconds(lambda: get_citations(text), 1)
    print(
        f"  eyecite           {theirs * 1000:8.1f} ms   {theirs / ours:6.1f} times ours, {len(get_citations(text))} citations"
    )


if __name__ == "__main__":
    main()
