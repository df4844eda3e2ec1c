"""How citations of archival documents in two manuscripts agree: :mod:`citecheck.evidence.filing` for rows."""

from citecheck.corpus.rows import FilingRow
from citecheck.evidence.filing import fold_description
from citecheck.evidence.slips import is_one_figure_off, may_be_one_number
from citecheck.reading.folios import half_leaf
from citecheck.resolving.folding import fold
from citecheck.resolving.likeness import distance
from citecheck.resolving.works_cited import shorten

Leaves = tuple[tuple[str, str], ...]


def name_of(row: FilingRow) -> str:
    """Return what a message calls a document: its number, or its file and leaves."""
    if row.number is not None:
        return f"number {row.levels[-1][1]}"
    return ", ".join(filter(None, (file_of(row), leaves_of(row))))


def file_of(row: FilingRow) -> str:
    """Return the file in words: ``fond 5, opis 28, delo 410``."""
    return ", ".join(f"{key} {value}" for key, value in row.container)


def leaves_of(row: FilingRow) -> str:
    """Return the leaves in words: ``leaves 74–85, 90``; nothing where none are given."""
    if not row.leaves:
        return ""
    is_one = len(row.leaves) == 1 and row.leaves[0][0] == row.leaves[0][1]
    leaves = ", ".join(first if first == last else f"{first}–{last}" for first, last in row.leaves)
    return f"{'leaf' if is_one else 'leaves'} {leaves}"


def described(row: FilingRow, words: str) -> str:
    """Return what a row says with the words that its manuscript has for the document, where it has any."""
    return f"{words} (“{shorten(row.description)}”)" if row.description else words


def may_be_one(first: FilingRow, second: FilingRow) -> bool:
    """Tell whether two descriptions may be of one document: half of the shorter one is in the other."""
    one, other = (set(fold_description(row.description).split()) for row in (first, second))
    return not one or not other or 2 * len(one & other) >= min(len(one), len(other))


def differ_in_one_word(first: FilingRow, second: FilingRow) -> bool:
    """Tell whether two descriptions are the same but for one word, which is not just spelt differently."""
    one, other = (fold_description(row.description).split() for row in (first, second))
    if len(one) != len(other) or len(one) < 3:
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = (fold(word) for word in differing[0])
    return distance(a, b, 2) > 2 and not a.startswith(b) and not b.startswith(a)


def may_be_same_number(first: str, second: str) -> bool:
    """Tell whether two different registry numbers may be one number, miswritten once."""
    return first != second and may_be_one_number(first, second)


def may_be_same_leaves(first: Leaves, second: Leaves) -> bool:
    """Tell whether two different ranges of leaves may be one range, miswritten once.

    Leaves inside the other's are a part of the document; single leaves are whatever page is cited.
    """
    if first == second or len(first) != 1 or len(second) != 1:
        return False
    (start, end), (other_start, other_end) = first[0], second[0]
    if start == end or other_start == other_end:
        return False
    values = [
        half_leaf(start),
        half_leaf(end, last=True),
        half_leaf(other_start),
        half_leaf(other_end, last=True),
    ]
    if None in values:
        return False
    a, b, c, d = (value or 0 for value in values)
    if (c <= a and b <= d) or (a <= c and d <= b):
        return False
    return all(
        one == other or is_one_figure_off(one, other)
        for one, other in ((start, other_start), (end, other_end))
    )


def is_moved(first: FilingRow, second: FilingRow) -> bool:
    """Tell whether a document lies in two places that cannot both be right.

    A number settles which document is meant. Without one, the leaves must be the same and the files differ
    in one level: copies of one document lie in several files, on other leaves.
    """
    other = dict(second.container)
    differing = [key for key, value in first.container if other.get(key, value) != value]
    if first.numbered is not None and first.numbered == second.numbered:
        return bool(differing)
    same_leaves = bool(first.leaves) and first.leaves == second.leaves
    return len(differing) == 1 and same_leaves and len(first.container) == len(second.container)
