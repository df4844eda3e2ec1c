"""Reads the places in archives that no archive's name opens.

Labels, and units that the registry knows, say where one may be: “f. 5, op. 28, d. 410”, “FO 371/8475”,
“T 8/91, sv. XXIII”.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import attrs

from citecheck.archives import Hierarchy, Registry, fold_label
from citecheck.citations import Level
from citecheck.reading.archive_names import WORD, Candidate, KnownUnit, NameIndex, near_archive
from citecheck.reading.levels import (
    Reading,
    is_label_of_books,
    is_label_of_pages,
    read_all_levels,
    read_levels,
)
from citecheck.reading.named_places import (
    REACH,
    REACH_OF_NAMES,
    common_hierarchies,
    component_starts,
    may_name_house,
    next_name,
    read_before,
)
from citecheck.reading.places import Place, is_better, leaves_at_end, make_places


@cache
def first_labels(registry: Registry) -> Mapping[str, tuple[Hierarchy, ...]]:
    """Return the words that may open a place without a name, with the hierarchies that have them.

    Only the highest levels count: in “f. 5, op. 28” a reading begins at the fond.
    """
    found: dict[str, list[Hierarchy]] = {}
    for hierarchy in common_hierarchies(registry):
        for level in hierarchy.levels:
            if level.locator or level.postfix or hierarchy.system != "fond_opis" or not level.required:
                continue
            for label in level.labels:
                word = WORD.match(label)
                long_enough = len(label.rstrip(".")) >= 4 or level is hierarchy.levels[0]
                if word is not None and long_enough and hierarchy not in found.setdefault(word.group(), []):
                    found[word.group()].append(hierarchy)
    return {word: tuple(hierarchies) for word, hierarchies in found.items()}


@cache
def counted_labels(registry: Registry) -> frozenset[str]:
    """Return the long words that follow a number: doboz, csomó."""
    return frozenset(
        label
        for hierarchy in common_hierarchies(registry)
        if hierarchy.system == "doboz"
        for level in hierarchy.levels
        if level.postfix and not level.locator
        for label in level.labels
        if len(label) >= 5 and label.isalpha()
    )


@cache
def telling_labels(registry: Registry) -> Mapping[str, tuple[tuple[str, Hierarchy], ...]]:
    """Return the labels that betray a place among names, by their first words: sygn., sv., dosar, i. č.

    No book is cited by them. Each is given by its letters, with the hierarchy that has it.
    """
    found: dict[str, list[tuple[str, Hierarchy]]] = {}
    for hierarchy in registry.hierarchies.values():
        for level in hierarchy.levels if hierarchy.system == "named_fond" else ():
            for label in level.labels:
                word = WORD.match(label)
                if word is None or level.locator or len(fold_label(label)) < 2 or _is_ordinary(label):
                    continue
                found.setdefault(word.group(), []).append((_letters(label), hierarchy))
    return {word: tuple(labels) for word, labels in found.items()}


def _letters(label: str) -> str:
    return re.sub(r"[\s.]", "", label)


_ORDINARY = re.compile(
    r"years?|anno|documents?|reels?|rolls?|frames?|fiches?|microfiche|mikrofiche|lista|files?|folders?|box(?:es)?|cartons?|bundles?|class|fonds?|index|lists?|items?|pages?"
    r"|fasc(?:icolo|icle)?\.?|reg\.?|env\.?|inv(?:entory)?\.?(?:\sno\.)?|archival unit",
    re.IGNORECASE,
)


def _is_ordinary(label: str) -> bool:
    """Tell whether a label is an ordinary word, or one by which books are cited."""
    return is_label_of_books(label) or _ORDINARY.fullmatch(label) is not None


def known_unit_place(text: str, word: re.Match[str], names: NameIndex, done: int) -> list[Place]:
    """Read a reference to a unit that the registry knows, without the archive's name: FO 371/8475."""
    best: list[Place] = []
    for known in names.units_at(text, word):
        archive = known.archive
        candidate = Candidate(archive, archive.hierarchy)
        limit = next_name(text, word.end(), names, candidate, archive.hierarchy)
        start = word.start()
        reading = read_levels(text, start, limit, archive.hierarchy)
        if reading is not None and "rg" in archive.hierarchy.by_key:
            start, reading = _extended_backwards(text, start, reading, archive.hierarchy, done)
        if reading is None or not _tells_archive(reading, known):
            continue
        found = make_places(text, reading, start, None, candidate, archive.hierarchy)
        if is_better(found, best):
            best = found
    return _with_name(text, best, names, done) if best else []


def _extended_backwards(
    text: str, start: int, reading: Reading, hierarchy: Hierarchy, done: int
) -> tuple[int, Reading]:
    """Return a reading with the labelled levels that stand before it: “Entry 1613, Box 7, RG 59”."""
    for begin in component_starts(text, done, start):
        whole = read_all_levels(text, begin, reading.end, hierarchy)
        if whole is not None and whole.opening == "NUMBER_LABEL":
            return begin, whole
    return start, reading


def _tells_archive(reading: Reading, known: KnownUnit) -> bool:
    """Tell whether a reference is whole and surely one to the known unit."""
    hierarchy = known.archive.hierarchy
    present = {level.key: level.value for level in reading.printed}
    required = [kind for kind in hierarchy.levels if kind.required and not kind.locator]
    complete = all(
        kind.fits(present.get(kind.key, "")) or not present.keys().isdisjoint(kind.replaced_by)
        for kind in required
    )
    figures = sum(letter.isdigit() for value in present.values() for letter in value)
    return (
        complete
        and reading.evidence >= 2
        and figures >= 3
        and (len(present) + len(reading.locators) >= 2 or reading.opening == "SIGNATURE")
        and any(known.is_value(key, value) for key, value in present.items())
    )


# A label and its number, and the next word: it must be another label, or there is nothing to read.
_NEXT_LABEL = re.compile(
    r"([^\W\d_]++)['.]{0,2}(?:\s[^\W\d_]{2,3}\.)?\s?(?:№\s?)?(?:[^\W_]{1,4}[-.])?\w++(?:\s?\([^()]{1,40}\))?"
    r"[\s,.:;–—]{1,4}(?!\1(?!\w))([^\W\d_]+)"
)


def unnamed_place(
    text: str, start: int, names: NameIndex, hierarchies: Sequence[Hierarchy], done: int
) -> list[Place]:
    """Read levels whose archive a word unknown to the registry names, or a name behind them, or nothing."""
    if re.match(r"[^\W\d_]\.", text[max(0, start - 2) : start]):
        # The F. of “O.F. 471” is no fond.
        return []
    following = _NEXT_LABEL.match(text, start)
    if following is None:
        return []
    likely = [hierarchy for hierarchy in hierarchies if following.group(2) in hierarchy.first_words]
    best = _best_of(text, start, start + REACH, likely[:5], _stands_alone)
    return _with_name(text, best, names, done) if best else []


def _best_of(
    text: str,
    start: int,
    limit: int,
    hierarchies: Iterable[Hierarchy],
    accepts: Callable[[Reading, Hierarchy], bool],
) -> list[Place]:
    """Return the best place that hierarchies read at ``start``, and not beyond ``limit``, of those that are accepted."""
    best: list[Place] = []
    for hierarchy in hierarchies:
        reading = read_levels(text, start, min(len(text), limit), hierarchy)
        if reading is None or not accepts(reading, hierarchy):
            continue
        found = make_places(text, reading, start, None, Candidate(None, hierarchy), hierarchy)
        if is_better(found, best) or _is_rather_own(found[0], best[0]):
            best = found
    return best


def _stands_alone(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether levels are a place though no archive is named: two at least, and rightly labelled."""
    labelled = {level.key for level in reading.printed if fold_label(level.label) in hierarchy.by_label}
    leaves = any(fold_label(locator.written_label) in hierarchy.by_label for locator in reading.locators)
    return len(labelled) + leaves >= 2


_BOX_BEFORE = re.compile(r"(?:1[89]\d\d,\s+)?\d{1,4}\.\s*$")


def unnamed_counted(text: str, start: int, names: NameIndex, done: int) -> list[Place]:
    """Read “4. doboz, 5/a, 002749/1957” behind a code that nothing declares."""
    before = _BOX_BEFORE.search(text, done, start)
    if before is None:
        return []
    counted = (hierarchy for hierarchy in common_hierarchies(names.registry) if hierarchy.system == "doboz")
    best = _best_of(
        text, before.start(), start + REACH, counted, lambda reading, _: len(reading.printed) >= 2
    )
    return _with_name(text, best, names, done) if best else []


# A code that stands directly before the first label: “T 8/91, sv. XXIII”.
_CODE_BEFORE = re.compile(
    r"(?:^|(?<=[,.;:(]\s)|(?<=\())(?=[^,;]*\d)[A-ZÀ-Ž\d][^\s,;:()]*(?:\s[A-Z\d][^\s,;:()]*){0,2},\s+$"
)


def told_place(text: str, start: int, labels: Sequence[tuple[str, Hierarchy]], done: int) -> list[Place]:
    """Read “T 8/91, sv. XXIII, č. l. 3002”, whose labels alone say that it is a place in an archive.

    Args:
        text: the passage, with plain spaces and apostrophes.
        start: where the first word of a label stands.
        labels: the labels that begin with it, from :func:`telling_labels`.
        done: the end of what has been read before.
    """
    # “i.e.” is no “i. č.”, nor “p. 12” a “p. e.”.
    letters = _letters(text[start : start + _LONGEST_LABEL])
    hierarchies = dict.fromkeys(hierarchy for label, hierarchy in labels if letters.startswith(label))
    if not hierarchies:
        return []
    code = _CODE_BEFORE.search(text, max(done, start - 40), start)
    begin = code.start() if code is not None else start
    return _best_of(text, begin, start + REACH_OF_NAMES, tuple(hierarchies), _told)


_LONGEST_LABEL = 40
"""How many letters a label and the spaces in it may take."""


def _told(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether two labels are of a kind by which no book is cited, or one and that of a leaf."""
    kinds = hierarchy.by_key
    fitting = [level for level in reading.printed if kinds[level.key].fits(level.value)]
    labels = {level.label for level in fitting} | {locator.written_label for locator in reading.locators}
    telling = [label for label in labels if not _is_ordinary(label) and len(fold_label(label)) >= 2]
    leaves = any(not is_label_of_pages(locator.written_label) for locator in reading.locators)
    return len(telling) >= 2 or (leaves and any(len(fold_label(label)) >= 3 for label in telling))


# An acronym as unknown archives have it: two capitals at least, perhaps two words (РО ИРЛИ).
_ACRONYM_BEFORE = re.compile(
    r"(?<![\w.])((?:[A-ZА-ЯІЇЄҐ][\w’'-]*\s){0,2}[A-ZА-ЯÁÉÍÓÖŐÚÜŰІЇЄҐ][\w.’'-]*?)\s*[.,:]?\s*$"
)


def _with_name(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Give the places the archive's name if one stands directly behind or before them."""
    named = _with_name_behind(text, found, names, done)
    if named:
        return named
    if found[0].archive is not None:
        return _of_house_before(text, found, names, done)
    acronym = _ACRONYM_BEFORE.search(text, max(done, found[0].start - 40), found[0].start)
    written = acronym.group(1) if acronym is not None else ""
    if acronym is None or sum(letter.isupper() for letter in written) < 2 or not _is_acronym(written):
        return found
    span = acronym.span(1)
    if written in _STATES and _TOWN_BEFORE.search(text, max(0, span[0] - 3), span[0]):
        # “Hoover Institution Archives, Stanford, CA, Fond 89”; “10 June 1963, VA, 4. doboz” is a code.
        return found
    first = attrs.evolve(found[0], start=span[0], archive_written=written, archive_span=span)
    if first.hierarchy is not None and first.hierarchy.system == "doboz":
        first = attrs.evolve(first, levels=(Level("series", written), *first.levels))
    near = near_archive(written, names.registry.archives.values())
    if near is not None:
        first = attrs.evolve(first, archive=near)
    return [first, *(attrs.evolve(place, archive=first.archive) for place in found[1:])]


# What stands directly before a signature, as a part of its own; and a town between: “Devon Record Office, Exeter, ”.
_PART_BEFORE = re.compile(r"(?:^|(?P<joint>[,.;:(])\s*)(?P<part>[^\s,.;:()][^,;:()]{1,80}?)\s?,\s$")
_TOWN_BETWEEN = re.compile(r"(?<=,\s)[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_]+)?,\s$")


def _of_house_before(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Give places that a signature opens to the house that is named before it: “Lambeth Palace Library, Add. MS 12”.

    Many houses have an Add. MS, and a museum may have copies of CO 123/45.
    """
    first = found[0]
    if first.hierarchy is None or first.hierarchy.system != "series_piece":
        # Elsewhere an acronym before a unit is an office or a collection: “KÜM, XIX-J-1-j Korea”.
        return found
    floor = max(done, first.start - 120)
    town = _TOWN_BETWEEN.search(text, floor, first.start)
    for end in (first.start, town.start() if town is not None else first.start):
        before = _PART_BEFORE.search(text, floor, end)
        if before is None:
            continue
        span = before.span("part")
        word = WORD.match(text, span[0])
        name = names.name_at(text, word) if word is not None else None
        known = [each.archive for each in names.candidates(name) if each.archive] if name is not None else []
        if first.archive in known:
            return found
        if not known and not _names_house(before, near=end == first.start):
            continue
        archive = known[0] if len(known) == 1 else None
        first = attrs.evolve(
            first, start=span[0], archive=archive, archive_written=text[slice(*span)], archive_span=span
        )
        return [first, *(attrs.evolve(place, archive=archive) for place in found[1:])]
    return found


def _names_house(before: re.Match[str], *, near: bool) -> bool:
    """Tell whether a part before a signature names a house, in words or, where it opens the clause, by its initials."""
    written = before["part"]
    if may_name_house(written) and not _INITIALS.fullmatch(written):
        return written[:1].isupper() and re.search(r"\sto\s", written) is None
    return near and before["joint"] != "," and _INITIALS.fullmatch(written) is not None


_INITIALS = re.compile(r"[A-Z]{2,6}")

_STATES = frozenset(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
    SC SD TN TX UT VT VA WA WV WI WY DC""".split()  # noqa: SIM905
)
_TOWN_BEFORE = re.compile(r"[^\W\d_],\s$")
_LAST_BRACKET = re.compile(r"\s\((?=[^()]*\)$)")
_BEHIND = re.compile(r"\s*[,.;(]?\s*(?:the\s+)?")


def _with_name_behind(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Read the places anew with the archive that is named behind them; [] where none is."""
    end = found[-1].end
    # “Ф. 5. Оп. 30. Д. 225. Л. 41–42 (РГАНИ)”: the bracket has been read as a remark.
    bracket = _LAST_BRACKET.search(text, max(found[-1].start, end - 80), end)
    behind = bracket if bracket is not None else _BEHIND.match(text, end)
    word = WORD.match(text, behind.end()) if behind is not None else None
    name = names.name_at(text, word) if word is not None else None
    if name is None or word is None:
        return []
    span = (word.start(), word.start() + len(name))
    end = max(end, span[1])
    best: list[Place] = []
    for candidate in names.candidates(name):
        hierarchy = candidate.hierarchy
        if hierarchy is None:
            continue
        named: list[Place] = []
        if hierarchy.system != "fond_opis":
            named = read_before(text, *span, candidate, hierarchy, done)
        elif (reading := read_levels(text, found[0].start, span[0], hierarchy)) is not None:
            whole = attrs.evolve(reading, end=end)
            named = make_places(text, whole, found[0].start, span, candidate, hierarchy)
        if named and named[0].start <= found[0].start and is_better(named, best):
            best = named
    return best


def _is_acronym(written: str) -> bool:
    last = written.split()[-1]
    return sum(letter.isupper() for letter in last) * 2 >= len(last)


def ibid_place(text: str, ibid: re.Match[str], names: NameIndex) -> list[Place]:
    """Read “Ibid., Delo 412, Listy 18-20”: levels and leaves that *ibid.* restates."""
    start, begin = ibid.end(), ibid.start()
    # The italics that close behind it begin before it.
    for _ in range(ibid.group().count("*")):
        begin -= text[begin - 1 : begin] == "*"
    word = WORD.match(text, start)
    best: list[Place] = []
    for hierarchy in _hierarchies_of_ibid(text, start, word, names):
        reading = read_levels(text, start, min(len(text), start + REACH), hierarchy)
        if reading is None or not _restates(reading, hierarchy):
            continue
        found = make_places(text, reading, begin, None, Candidate(None, hierarchy), hierarchy)
        # What may be a level in one country and a leaf in another is a leaf: “Tamże, k. 4”.
        leaf_rather = (
            best and leaves_at_end(found[0]) > leaves_at_end(best[0]) and found[0].end >= best[0].end
        )
        if leaf_rather or is_better(found, best) or _is_rather_own(found[0], best[0]):
            best = found
    written = ibid.group().replace("*", "").strip(" ,:;")
    return [attrs.evolve(place, ibid=written) for place in best]


def _is_rather_own(found: Place, best: Place) -> bool:
    """Tell whether of two readings that are as good the new one has more labels of the archives themselves.

    The Romanians' own dosar is theirs, though their notes on Moscow have it for delo: “Ibidem, dosar 23/1964”.
    """
    return not is_better([best], [found]) and _own_labels(found) > _own_labels(best)


def _own_labels(place: Place) -> int:
    """Count the levels that are labelled as their archives themselves do it, and not in a reader's language."""
    kinds = place.hierarchy.by_key if place.hierarchy is not None else {}
    return sum(
        fold_label(level.label).lower()
        in {fold_label(form).lower() for form in kinds[level.key].written_forms}
        for level in place.printed
        if level.key in kinds
    )


def _hierarchies_of_ibid(
    text: str, start: int, word: re.Match[str] | None, names: NameIndex
) -> Sequence[Hierarchy]:
    """Return the hierarchies that have the next word for a label, or number their boxes, or begin so."""
    common = common_hierarchies(names.registry)
    if word is None:
        numbered = text[start : start + 1].isdigit()
        return [hierarchy for hierarchy in common if hierarchy.system == "doboz"] if numbered else ()
    if known := [known.archive.hierarchy for known in names.units_at(text, word)]:
        return known[:1]
    usual = [hierarchy for hierarchy in common if word.group() in hierarchy.first_words]
    others = [h for h in _by_label(names.registry).get(word.group(), ()) if h not in common]
    return [*usual, *others[:5]]


@cache
def _by_label(registry: Registry) -> Mapping[str, tuple[Hierarchy, ...]]:
    """Return the hierarchies by the first words of their labels."""
    found: dict[str, list[Hierarchy]] = {}
    for hierarchy in registry.hierarchies.values():
        for word in hierarchy.first_words:
            found.setdefault(word, []).append(hierarchy)
    return {word: tuple(hierarchies) for word, hierarchies in found.items()}


def _restates(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether *ibid.* is followed by levels: pages and volumes are left to the grammar of notes.

    A bare number restates only where it is a document's own, with its year: “Ibid., 4105/1921”.
    """
    for level in reading.printed:
        kind = hierarchy.by_key.get(level.key)
        if kind is not None and kind.document and _NUMBER_AND_YEAR.search(level.value):
            return True
    labels = [level.label for level in reading.printed]
    labels += [locator.written_label for locator in reading.locators]
    return any(label and fold_label(label).lower() not in _PAGE_LABELS for label in labels)


_NUMBER_AND_YEAR = re.compile(r"\d\s?/\s?1[89]\d{2}$")
_PAGE_LABELS = frozenset((
    *("p", "pp", "s", "с", "c", "str", "стр", "o", "n", "vol", "t", "т"),
    *("para", "page", "pages", "no", "nr", "doc", "item", "image", "part"),
))  # fmt: skip
