"""Measures the store on a generated corpus with planted contradictions.

    python benchmarks/corpus.py                     100 and 300 manuscripts, a minute
    python benchmarks/corpus.py --manuscripts 10000 a million citations, 500 contradictions
    python benchmarks/corpus.py --kill 20           ends the run at random moments, and compares the stores

For each size it prints how long the first run takes, by the clock and on the processors; how long a second
one takes when nothing and when one manuscript in a hundred has changed; how much memory all processes used
together at most; how large the store is; and whether the planted contradictions, and nothing else, are found.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs

CITATIONS = 100
"""How many citations a manuscript has."""
PLANTED_PER_MANUSCRIPT = 0.05

_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "he",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "po",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "to",
    "va",
    "ve",
    "vo",
    "za",
]
_NOUNS = [
    "treaty",
    "railway",
    "harvest",
    "border",
    "frontier",
    "bank",
    "mission",
    "ministry",
    "garrison",
    "school",
    "press",
    "church",
    "harbour",
    "census",
    "famine",
    "strike",
    "reform",
    "congress",
]
_PLACES = [
    "London",
    "Paris",
    "Berlin",
    "Boston",
    "Moscow",
    "Vienna",
    "Prague",
    "Warsaw",
    "Budapest",
    "Geneva",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@attrs.frozen
class Filing:
    """A document in an archive."""

    person: str
    day: int
    month: str
    year: int
    opis: int
    delo: int
    first: int
    last: int

    def cite(self) -> str:
        return (
            f"Memorandum of Conversation with Ambassador {self.person}, {self.day} {self.month} {self.year}, "
            f"RGANI, Fond 5, Opis {self.opis}, Delo {self.delo}, Listy {self.first}-{self.last}."
        )


@attrs.frozen
class Article:
    """An article in a journal."""

    family: str
    given: str
    title: str
    journal: str
    volume: int
    year: int
    first: int
    last: int

    def cite(self) -> str:
        return (
            f"{self.given} {self.family}, “{self.title},” *{self.journal}* {self.volume} ({self.year}): "
            f"{self.first + 1}."
        )

    def entry(self) -> str:
        return (
            f"{self.family}, {self.given}. “{self.title}.” *{self.journal}* {self.volume} "
            f"({self.year}): {self.first}–{self.last}."
        )


@attrs.frozen
class Book:
    """A book."""

    family: str
    given: str
    title: str
    place: str
    publisher: str
    year: int

    def cite(self) -> str:
        return (
            f"{self.given} {self.family}, *{self.title}* ({self.place}: {self.publisher}, {self.year}), 12."
        )

    def entry(self) -> str:
        return f"{self.family}, {self.given}. *{self.title}*. {self.place}: {self.publisher}, {self.year}."


Source = Filing | Article | Book


def make_world(count: int, chance: random.Random) -> list[Source]:
    """Return so many sources, no two of which could be taken for one."""
    sources: list[Source] = []
    leaves = 1
    for number in range(count):
        kind = number % 3
        family, given = (
            _name(number, chance),
            chance.choice(("Anna", "Boris", "Clara", "David", "Emma", "Fritz")),
        )
        if kind == 0:
            leaves = 1 if number % 300 == 0 else leaves
            length = chance.randrange(3, 9)
            sources.append(
                Filing(
                    person=family,
                    day=chance.randrange(1, 29),
                    month=chance.choice(_MONTHS),
                    year=chance.randrange(1946, 1990),
                    opis=28 + number // 30000,
                    delo=100 + number // 300 % 100,
                    first=leaves,
                    last=leaves + length,
                )
            )
            leaves += length + 3
        elif kind == 1:
            first = chance.randrange(10, 400)
            sources.append(
                Article(
                    family=family,
                    given=given,
                    title=_title(number, chance),
                    journal=f"{_name(number // 999, chance)} Historical Review",
                    volume=chance.randrange(10, 99),
                    year=chance.randrange(1960, 2020),
                    first=first,
                    last=first + chance.randrange(12, 40),
                )
            )
        else:
            place = chance.choice(_PLACES)
            sources.append(
                Book(
                    family,
                    given,
                    _title(number, chance),
                    place,
                    f"{place} University Press",
                    chance.randrange(1960, 2020),
                )
            )
    return sources


def _name(number: int, chance: random.Random) -> str:
    letters = []
    for _ in range(4):
        number, syllable = divmod(number * 7 + 3, len(_SYLLABLES))
        letters.append(_SYLLABLES[(syllable + chance.randrange(len(_SYLLABLES))) % len(_SYLLABLES)])
    return "".join(letters).capitalize()


def _title(number: int, chance: random.Random) -> str:
    return (
        f"{_name(number, chance)} and the {chance.choice(_NOUNS).capitalize()} of {_name(number + 1, chance)}"
    )


def alter(source: Source, chance: random.Random, taken: set[tuple[int, int, int]]) -> Source:
    """Return a source with one fault, as authors make it; ``taken`` are the leaves where documents begin."""
    if isinstance(source, Filing):
        kind = chance.randrange(3)
        moved = attrs.evolve(source, delo=source.delo + 1)
        renumbered = attrs.evolve(source, first=source.first + 100, last=source.last + 100)
        if kind == 1 and (moved.opis, moved.delo, moved.first) not in taken:
            return moved
        if kind == 2 and (renumbered.opis, renumbered.delo, renumbered.first) not in taken:
            return renumbered
        return attrs.evolve(source, year=source.year - 1)
    if isinstance(source, Article):
        kind = chance.randrange(3)
        if kind == 0:
            return attrs.evolve(source, volume=source.volume + 1)
        if kind == 1:
            return attrs.evolve(source, year=source.year - 1)
        return attrs.evolve(source, last=source.last + 1)
    return attrs.evolve(source, year=source.year + (1 if source.year % 10 < 9 else -1))


def write_corpus(folder: Path, manuscripts: int, seed: int) -> int:
    """Write a corpus; return how many contradictions are in it."""
    chance = random.Random(seed)
    world = make_world(max(60, manuscripts * 12), chance)
    planted = max(1, round(manuscripts * PLANTED_PER_MANUSCRIPT))
    # A source whose fault is planted is cited rightly by three others, so that the odd one out is known.
    victims = chance.sample(range(len(world)), planted)
    taken = {(source.opis, source.delo, source.first) for source in world if isinstance(source, Filing)}
    extra: dict[int, list[Source]] = {}
    for victim in victims:
        first, *others = chance.sample(range(manuscripts), 4)
        extra.setdefault(first, []).append(alter(world[victim], chance, taken))
        for other in others:
            extra.setdefault(other, []).append(world[victim])
    sound = [source for number, source in enumerate(world) if number not in set(victims)]
    old = time.time() - 3600
    for number in range(manuscripts):
        own = extra.get(number, [])
        cited = [*own, *chance.sample(sound, min(len(sound), CITATIONS - len(own)))]
        chance.shuffle(cited)
        path = folder / f"{number // 1000:03}" / f"manuscript-{number:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_manuscript(cited), encoding="utf-8")
        os.utime(path, (old, old))
    return planted


def _manuscript(cited: list[Source]) -> str:
    body = "\n\n".join(
        " ".join(
            f"The talks went on for some days and nothing came of them.[{n + 1}]"
            for n in range(start, min(start + 5, len(cited)))
        )
        for start in range(0, len(cited), 5)
    )
    notes = "\n\n".join(f"{number}. {source.cite()}" for number, source in enumerate(cited, 1))
    entries = sorted(source.entry() for source in cited if not isinstance(source, Filing))
    return f"A Chapter\n\n{body}\n\nNotes\n\n{notes}\n\nBibliography\n\n" + "\n\n".join(entries) + "\n"


# ---- measuring


def lint(folder: Path, store: Path) -> list[str]:
    """Return the command that is measured: only what comparing manuscripts finds is printed."""
    return [sys.executable, "-m", "citecheck", "lint", "--store", str(store), "--format", "json",
            "--select", "CON22,CON23,LOC122", str(folder)]  # fmt: skip


@attrs.define
class Watch:
    """What a command and all processes that it starts use: seconds on the processors, and memory at most."""

    seconds: float = 0.0
    megabytes: float = 0.0
    clock: float = 0.0

    def run(self, command: list[str]) -> bytes:
        """Run a command to its end and return what it prints."""
        begun = time.perf_counter()
        used: dict[int, float] = {}
        with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
            watcher = threading.Thread(target=self._watch, args=(process, used))
            watcher.start()
            out, _ = process.communicate()
            watcher.join()
        self.clock = time.perf_counter() - begun
        self.seconds = sum(used.values())
        return out

    def _watch(self, process: subprocess.Popen[bytes], used: dict[int, float]) -> None:
        ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        while process.poll() is None:
            resident = 0
            for status in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = status.read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                # Fields from the third on, as proc(5) counts them: session, times, resident pages.
                if int(fields[3]) == process.pid:
                    used[int(status.parent.name)] = (int(fields[11]) + int(fields[12])) / ticks
                    resident += int(fields[21]) * page
            self.megabytes = max(self.megabytes, resident / 1e6)
            time.sleep(0.1)


def measure(manuscripts: int, seed: int, workplace: Path) -> None:
    """Measure one size and print a line."""
    folder, store = workplace / f"corpus-{manuscripts}", workplace / f"corpus-{manuscripts}.db"
    folder.mkdir()
    planted = write_corpus(folder, manuscripts, seed)
    first, second, third = Watch(), Watch(), Watch()
    found = json.loads(first.run(lint(folder, store)))["findings"]
    second.run(lint(folder, store))
    for path in sorted(folder.rglob("*.txt"))[::100]:
        path.write_text(path.read_text(encoding="utf-8").replace("The talks", "Talks", 1), encoding="utf-8")
    third.run(lint(folder, store))
    with sqlite3.connect(store) as connection:
        citations = connection.execute("SELECT COUNT(*) FROM citations").fetchone()[0]
    by_code = Counter(finding["code"] for finding in found)
    print(
        f"{manuscripts:,} manuscripts, {citations:,} citations\n"
        f"    first run    {first.clock:8.1f} s, {first.seconds:8.1f} s of processors, "
        f"{1000 * first.seconds / manuscripts:.1f} ms for each manuscript\n"
        f"    second run   {second.clock:8.1f} s; with one in a hundred changed {third.clock:.1f} s\n"
        f"    memory       {first.megabytes:8,.0f} MB in all processes; "
        f"store {store.stat().st_size / 1e6:,.1f} MB\n"
        f"    found        {len(found)} of {planted} planted: "
        + ", ".join(f"{code} {count}" for code, count in sorted(by_code.items())),
        flush=True,
    )


def kill_at_random(manuscripts: int, times: int, seed: int, workplace: Path) -> None:
    """End the run at random moments, go on, and compare the store with that of an undisturbed run."""
    chance = random.Random(seed)
    folder, store, undisturbed = workplace / "killed", workplace / "killed.db", workplace / "undisturbed.db"
    folder.mkdir()
    write_corpus(folder, manuscripts, seed)
    killed = 0
    for number in range(times):
        # Between two kills a part of what is left is stored, so that all of them fall into the building.
        share = (manuscripts - count(store)) // (times - number + 1)
        wanted = count(store) + chance.randrange(share + 1)
        with subprocess.Popen(
            lint(folder, store),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A shell that starts this in the background has switched Ctrl-C off for its children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            while process.poll() is None and count(store) < wanted:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.2))
            if process.poll() is None:
                process.send_signal(signal.SIGINT if number % 3 == 2 else signal.SIGKILL)
                killed += 1
        print(f"        killed {killed:2}: {count(store)} of {manuscripts} manuscripts stored", flush=True)
    for path in (store, undisturbed):
        subprocess.run(lint(folder, path), stdout=subprocess.DEVNULL, check=False)
    same = list(dump(store)) == list(dump(undisturbed))
    print(
        f"{killed} times killed; the store {'is the same as' if same else 'DIFFERS from'} an undisturbed one"
    )


def count(store: Path) -> int:
    """Return how many manuscripts a store holds, while another process may be writing to it."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM manuscripts").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def dump(store: Path) -> Iterator[tuple[object, ...]]:
    """Yield all that a store holds, in an order that does not depend on how it came there."""
    with sqlite3.connect(store) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ):
            columns = len(connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
            order = ", ".join(str(number + 1) for number in range(columns))
            yield from (
                (table, *row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--manuscripts",
        type=int,
        nargs="+",
        default=[100, 300],
        help="how many; several sizes show the growth",
    )
    parser.add_argument(
        "--kill", type=int, default=0, metavar="TIMES", help="end the run at random moments instead"
    )
    parser.add_argument(
        "--seed", type=int, default=1956, help="of the random numbers that the corpus is made with"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as workplace:
        if options.kill:
            kill_at_random(options.manuscripts[0], options.kill, options.seed, Path(workplace))
            return
        for manuscripts in options.manuscripts:
            measure(manuscripts, options.seed, Path(workplace))


if __name__ == "__main__":
    main()
