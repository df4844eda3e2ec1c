"""How fast citecheck is, as ratios: to a plain scan with ``re``, and of a long text to a short one.

    python benchmarks/speed.py [MANUSCRIPT]

Without a manuscript it takes the book's references in seeds/papers. Where eyecite (PyPI) is installed, it
is timed on the same text in the same run. Nothing is asserted here: machines differ, ratios tell.
"""

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.linting import check
from citecheck.readers import read_bytes

PAPERS = Path(__file__).parent.parent / "seeds" / "papers"
# Four alternatives that a scan for citations cannot do without: the bound for everything that reads more.
PLAIN = re.compile(r"\b(?:[Ii]bid|Fond|Ф\.|p{1,2}\.) ?\d*|\(\d{4}\)|\b\d{1,4}[–-]\d{1,4}\b|\b[A-Z]{3,6}, ")


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


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

    one = ("\n".join(text[start : start + 50_000] for start in range(0, 50_000, 50_000)))[:50_000].encode()
    hundred = median_seconds(lambda: [analyse(read_bytes(one, "part.txt", "plain")) for _ in range(100)], 1)
    five = (one + b"\n") * 100
    print(f"  one of {len(five) / 1e6:.1f} MB to a hundred of {len(one) / 1000:.0f} KB: "
          f"{median_seconds(lambda: analyse(read_bytes(five, 'long.txt', 'plain')), 1) / hundred:.2f}")

    command = [sys.executable, "-m", "citecheck", "lint", str(PAPERS / "person-2006.txt")]
    process = median_seconds(lambda: subprocess.run(command, capture_output=True, check=False))
    bare = median_seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], capture_output=True, check=False))
    print(f"  citecheck lint on a working paper, whole process: {process:.2f} s, {process / bare:.0f} times a bare Python")
    eyecite(text, parsing)


def eyecite(text: str, ours: float) -> None:
    """Time eyecite on the same text, if it is there."""
    try:
        from eyecite import get_citations
    except ImportError:
        print("  eyecite is not installed: skipped (pip install eyecite)")
        return
    theirs = median_seconds(lambda: get_citations(text), 1)
    print(f"  eyecite           {theirs * 1000:8.1f} ms   {theirs / ours:6.1f} times ours, {len(get_citations(text))} citations")


if __name__ == "__main__":
    main()
