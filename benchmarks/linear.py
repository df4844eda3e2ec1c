"""Whether work grows with the text and no faster, on texts that invite a grammar to try everything twice.

    python benchmarks/linear.py

Prints for each repeated piece how many times longer a text of ten times the length takes: about 10 is linear,
100 a square. Exits with 1 where a ratio is over 25.
"""

import sys
import time
from collections.abc import Callable

from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.linting import check
from citecheck.readers import read_bytes
from citecheck.reading.archival import NameIndex, find_places
from citecheck.reading.inline import find_inline

WORST = 25
CITATION = "Report, 28 May 1957, RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85; "
ARCHIVAL = (
    "AAN, Abc, ",
    "RGANI, Fond 5, ",
    "NARA, Box 5, Papers, ",
    "f. 5, op. 28, ",
    "FO 371/8475, ",
    "Aaa Bbb ",
    "NA ",
    "12, ",
    "(AN ",
)
INLINE = ("(1956) ", "(43) ", "Kim (1956) ", "(a (b ", "as Kim ", "his Speech (1956) ", "[DOC ")
NOTES = (
    "Kim, ",
    "A. ",
    '"',
    "“",
    "*a ",
    "(",
    "12–15, ",
    "see ",
    "and Kim, ",
    "Kim, *A*, 1, and ",
    "van ",
    "// ",
    CITATION,
)
PARAGRAPHS = ("Kim, *A*, 12–15.\n", "The talks failed.\n")


def ratio(work: Callable[[str], object], piece: str, length: int) -> float:
    """Return how many times longer a text of ``10 * length`` characters takes than one of ``length``."""

    def seconds(copies: int) -> float:
        text = piece * copies
        start = time.process_time()
        work(text)
        return time.process_time() - start

    copies = max(length // len(piece), 1)
    seconds(copies)
    return min(seconds(10 * copies) for _ in range(2)) / max(min(seconds(copies) for _ in range(3)), 1e-4)


def main() -> int:
    names = NameIndex(load_registry(), {})

    def note(text: str) -> None:
        check([analyse(read_bytes(f"Notes\n\n1. {text}\n".encode(), "note.txt", "plain"))])

    def paragraphs(text: str) -> None:
        numbered = (f"{number}. {line}" for number, line in enumerate(text.splitlines(), 1))
        read_bytes("\n\n".join(numbered).encode(), "text.txt", "plain")

    worst = 0.0
    for what, work, pieces in (
        ("places", lambda text: find_places(text, names), ARCHIVAL),
        ("inline", find_inline, INLINE),
        ("a whole note", note, NOTES),
        ("numbered paragraphs", paragraphs, PARAGRAPHS),
    ):
        for piece in pieces:
            found = ratio(work, piece, 5000)
            worst = max(worst, found)
            print(f"{found:6.1f} ×  {what}: {piece[:50]!r} repeated")
    print(f"{worst:6.1f} ×  at worst")
    return int(worst > WORST)


if __name__ == "__main__":
    sys.exit(main())
