"""Gives each part of a reference its level: by its label, its place among the others, and the form of its value."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import attrs

from citecheck.archives import Hierarchy, LevelKind
from citecheck.citations import Level
from citecheck.reading.correspondents import tells_correspondents
from citecheck.reading.terminals import fits_closely, in_words

DATE = "DATE"
"""The label of what stands among the levels and is the date of the document."""


def assign_levels(
    printed: Sequence[Level], hierarchy: Hierarchy, *, upwards: bool = False
) -> list[str | None]:
    """Return a key for each printed level: its own, or the one that suits a part without a label best.

    A part should stand between the levels above and below its own. It may remain without a level (None):
    the first may be a place or an office, a later one a description; any other one costs the reading.
    Where they may run upwards, they do if that suits them better: “box 18, Davies Papers”.
    """
    own: list[str | None] = [level.key or None for level in printed]
    if own.count(None) > _MOST_PARTS:
        return own
    score, keys = _suited(printed, hierarchy)
    if upwards:
        other_score, other = _suited(printed[::-1], hierarchy)
        if other_score > score and None not in other:
            return other[::-1]
    return keys


def _suited(printed: Sequence[Level], hierarchy: Hierarchy) -> tuple[float, list[str | None]]:
    """Return the keys that suit levels best from the large to the small, with how well they do."""
    rank = hierarchy.rank
    known = frozenset(level.key for level in printed if level.key)
    # What is out of order before a date is the document's description: “Kt. 279, Odessa, 4. August 1891”.
    dated = next((place for place in reversed(range(len(printed))) if printed[place].label == DATE), -1)

    @cache
    def best(
        place: int, last: int, used: frozenset[str], dropped: bool = False
    ) -> tuple[float, tuple[str | None, ...]]:
        """Return the best keys from a place on, with their score; ``last`` ranks the level before.

        A bare number right behind a part that was dropped is dropped with it: “Protokół z 19, 20, 21 X 1956”.
        """
        if place == len(printed):
            return 0.0, ()
        level = printed[place]
        if level.key:
            score, keys = best(place + 1, rank.get(level.key, last), used)
            return score, (level.key, *keys)
        following = next((rank[other.key] for other in printed[place:] if other.key in rank), len(rank))
        choices: list[tuple[float, tuple[str | None, ...]]] = []
        for here, kind in enumerate(hierarchy.levels):
            no_level = (
                kind.locator
                or kind.labelled
                or kind.key in used
                or level.label == DATE
                or dropped
                or (place + 1 == dated and tells_correspondents(level.value))
            )
            fit = 0.0 if no_level else _fitness(level, kind)
            if fit:
                in_place = last < here < following
                if not in_place and (
                    (place < dated and known) or not _may_follow(printed, place, kind, hierarchy)
                ):
                    continue
                score, keys = best(place + 1, here if in_place else last, used | {kind.key})
                moved = 0 if in_place else _MOVED if fit >= _OWN_FORM else _OUT_OF_ORDER
                choices.append((score + fit - moved, (kind.key, *keys)))
        described = place > 0 and place + 1 < len(printed) and printed[place + 1].value.isdigit()
        score, keys = best(place + 1, last, used, described)
        cost = _cost_of_dropping(place, printed, bool(used - known))
        if place and place > dated and hierarchy.system == "box_folder" and following < len(rank):
            # Between the papers and the box there is no description: “Prague Embassy, General Records, Entry 2378A”.
            cost = _OUT_OF_ORDER
        choices.append((score - cost, (None, *keys)))
        return max(choices, key=lambda choice: choice[0])

    score, keys = best(0, -1, known)
    return score, list(keys)


# More names than this are no reference.
_MOST_PARTS = 8
_OUT_OF_ORDER = 2.5
# What a level alone is written like may stand anywhere: “POL 15-1 US/KENNEDY, box 4257, CFPF 1963, RG 59”.
_OWN_FORM = 2.5
_MOVED = 1.5


def _may_follow(printed: Sequence[Level], place: int, kind: LevelKind, hierarchy: Hierarchy) -> bool:
    """Tell whether words may be of a level above that of the label before them: archives are seldom cited so.

    “AAN, MIiP, sygn. 168, Sprawozdanie z działalności, k. 12” describes; “dosar 1515, 1967, fond Telegrame” does not.
    """
    before = next((level.key for level in reversed(printed[:place]) if level.key and level.label), None)
    if before is None and _behind_signature(printed, place) and in_words(kind):
        return hierarchy.system != "named_fond"
    if before == "box" and hierarchy.system == "box_folder" and printed[place].label == "QUOTED":
        # “National Security Files, box 128, "Laos: General"”: what a folder is called stands in quotation marks.
        return False
    if (
        before is None
        or hierarchy.system != "named_fond"
        or not in_words(kind)
        or fits_closely(kind, printed[place].value)
    ):
        return True
    return any(
        order.index(kind.key) > order.index(before)
        for order in hierarchy.orders
        if kind.key in order and before in order
    )


def _behind_signature(printed: Sequence[Level], place: int) -> bool:
    """Tell whether a name and a signature without labels stand before: “KC PZPR, 237/V-226, Protokół posiedzenia”."""
    before = [level.label for level in printed[:place]]
    signed = [at for at, level in enumerate(printed[:place]) if distinct_figures(level.value) == 2]
    return any(before[at] == "CODE" and "WORDS" in before[:at] for at in signed)


def _cost_of_dropping(place: int, printed: Sequence[Level], behind: bool) -> float:
    """Say how unlikely it is that a part without a label is no level at all."""
    if place == 0 and len(printed) > 1 and not printed[0].value[-1:].isdigit():
        return 0
    return 1 if behind or any(level.key for level in printed[:place]) else 2.5


def _fitness(level: Level, kind: LevelKind) -> float:
    """Say how well a part without a label suits a level: 0 for not at all."""
    if not kind.fits(level.value):
        return 0
    fit = 1.0
    if any(letter.isdigit() for letter in level.value) and fits_closely(kind, level.value):
        # M1244 suits a level best that has no bare numbers.
        fit = 2.5 if not level.value.isdigit() and kind.fits("12") else 3.0
    # A level that never has a label is the likelier one, and so is one that must not be missing.
    return fit + (not kind.labels) + kind.required


def distinct_figures(value: str) -> int:
    """Say how unlike prose a code is: 0 without a figure, 2 where figures stand with letters or strokes."""
    if not any(letter.isdigit() for letter in value):
        return 0
    joined = re.search(r"[/.()#-]|[^\W\d_]\s?\d{2}|\d\s?[^\W\d_]", value)
    return 2 if joined or len(value) >= 6 else 1


def unquoted(value: str) -> str:
    """Return a value without the quotation marks round it."""
    inside = value.strip().strip('“”"„«»').strip()
    if inside.endswith(")") and "(" not in inside:
        # The bracket that stands round the reference: “(…, reel 3.5671)”.
        return inside.rstrip(") ")
    # Americans put the stop of the sentence inside: Folder “Korea 1950.”
    return inside.removesuffix(".").removesuffix(",") if inside != value.strip() else inside


def locator_label(kind: LevelKind) -> str:
    """Return the CSL label of a leaf level: ``page`` where its name says page, else ``folio``."""
    return "page" if re.search(r"pag|strona|str\b|oldal|Seite|sayfa", kind.key + kind.name) else "folio"


def in_order(printed: Sequence[Level], hierarchy: Hierarchy) -> tuple[Level, ...]:
    """Return the levels in the archive's own order.

    A level that is named twice is, as a rule, another one mislabelled: in “Delo 5, Opis 28, Delo 412”
    the first stands where fond is missing. The same value twice is just repeated; where two values remain, both are
    kept, for what is cited has both.
    """
    rank = hierarchy.rank
    kept: list[Level] = []
    for index, level in enumerate(printed):
        again = next((other for other in printed[index + 1 :] if other.key == level.key), None)
        if again is not None and again.value == level.value:
            continue
        missing = _missing(printed, hierarchy) if again is not None else ()
        if missing:
            level = attrs.evolve(level, key=missing[0], sort="")
        kept.append(level)
    return tuple(sorted(kept, key=lambda level: rank.get(level.key, len(rank))))


def _missing(printed: Iterable[Level], hierarchy: Hierarchy) -> list[str]:
    present = {level.key for level in printed}
    return [kind.key for kind in hierarchy.levels if kind.required and kind.key not in present]
