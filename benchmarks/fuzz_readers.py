"""Damage manuscripts in many ways, and see that every reader either reads them or says what is wrong.

    python benchmarks/fuzz_readers.py [--mutations 20000] [--seed 1] [folder with manuscripts …]

Bytes are flipped, files cut short, stretches of them doubled, moved or replaced; in zipped formats the
parts are damaged likewise, and left out. Anything but a Manuscript that keeps its laws or a
ManuscriptError counts as a failure, and so does a case that takes more than 5 seconds or a process
that takes more than 500 MB.
"""

import argparse
import io
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from citecheck.errors import ManuscriptError  # noqa: E402
from citecheck.readers import read_bytes  # noqa: E402
from tests.readers.laws import check  # noqa: E402

SECONDS = 5
MEGABYTES = 500
HOSTILE = (
    b"<", b">", b"&", b"{", b"}", b"[", b"]", b"(", b")", b'"', b"`", b"$", b"\\", b"%", b"#", b"*", b"_",
    b"~", b"\0", b"\xff", b"\r", b"\n\n", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"&#x110000;", b"&#0;",
    b"&nbsp;",
    b"<!DOCTYPE x [<!ENTITY e 'e'>]>", b"\\footnote{", b"\\begin{verbatim}", b"\\newcommand{\\a}{\\a\\a}\\a",
    b"\\input{chapter}", b"#footnote[", b"^[", b"[^1]", b"[^1]:", b"```", b"<w:p>", b"</w:p>", b"<w:del>",
    b"<text:note>", b'text:c="99999999"', b"9" * 400, b"\xef\xbb\xbf", b"\xff\xfe",
    "й".encode(), "𝔐".encode(),
)  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]


class TooSlow(Exception):
    """A case took longer than it may."""


def flip(chance: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if damaged:
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def truncate(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def cut_out(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def double(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 10, 100, 1000))]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def move(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 10, 100, 1000))]
    rest = data[:start] + data[start + len(piece) :]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + piece + rest[at:]


def insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(HOSTILE) * chance.choice((1, 1, 1, 2, 1000)) + data[at:]


MUTATIONS: tuple[Mutation, ...] = (flip, truncate, cut_out, double, move, insert)


def in_a_part(chance: random.Random, data: bytes) -> bytes:
    """Damage one part of a zipped manuscript, leave one out, or exchange two."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        contents = [(name, parts.read(name)) for name in parts.namelist()]
    victim = chance.randrange(len(contents))
    name, content = contents[victim]
    kind = chance.randrange(8)
    if kind == 0:
        del contents[victim]
    elif kind == 1:
        other = chance.randrange(len(contents))
        contents[victim], contents[other] = (name, contents[other][1]), (contents[other][0], content)
    else:
        contents[victim] = (name, chance.choice(MUTATIONS)(chance, content))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents:
            parts.writestr(name, content)
    return written.getvalue()


def mutate(chance: random.Random, data: bytes) -> bytes:
    if data.startswith(b"PK") and chance.random() < 0.8:
        try:
            return in_a_part(chance, data)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            pass  # An earlier mutation has damaged the zip file itself.
    return chance.choice(MUTATIONS)(chance, data)


def run(name: str, data: bytes) -> str:
    """Read one case, and return what became of it."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        check(read_bytes(data, name), data)
        return "read"
    except ManuscriptError:
        return "refused"
    except TooSlow:
        return "too slow"
    except Exception:
        traceback.print_exc()
        return "failed"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlow


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests" / "samples"])
    options.add_argument("--mutations", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="where to write the cases that fail")
    given = options.parse_args()
    files = sorted(path for folder in given.folders for path in folder.iterdir() if path.is_file())
    manuscripts = [(path.name, path.read_bytes()) for path in files if path.suffix not in (".json", ".py")]
    signal.signal(signal.SIGALRM, too_slow)
    chance = random.Random(given.seed)
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest, slowest_name = 0.0, ""
    begun = time.perf_counter()
    for number in range(given.mutations):
        name, data = manuscripts[number % len(manuscripts)]
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            data = mutate(chance, data)
        start = time.perf_counter()
        outcome = run(f"/nowhere/{name}", data)
        took = time.perf_counter() - start
        outcomes[Path(name).suffix, outcome] += 1
        if took > slowest:
            slowest, slowest_name = took, f"{name}, mutation {number}"
        if outcome not in ("read", "refused"):
            print(f"{outcome}: {name}, mutation {number}, seed {given.seed}", file=sys.stderr)
            if given.keep is not None:
                (given.keep / f"{number}-{name}").write_bytes(data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for (suffix, outcome), count in sorted(outcomes.items()):
        print(f"{suffix:8} {outcome:8} {count:7,}")
    print(
        f"{given.mutations:,} mutations in {time.perf_counter() - begun:.0f} s; "
        f"slowest {slowest:.2f} s ({slowest_name}); peak {peak} MB"
    )
    bad = sum(count for (_, outcome), count in outcomes.items() if outcome not in ("read", "refused"))
    return 1 if bad or peak > MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main())
