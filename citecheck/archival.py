"""Finds where a text gives the place of a document in an archive.

Names of archives, labels of levels and known units say where to look; citecheck/levels.py reads what
stands there. Nothing here knows any archive: names, labels and levels come from the registry and from
the manuscript's own declarations.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import attrs

from citecheck.archive_names import WORD, Candidate, KnownUnit, NameIndex, near_archive, plain
from citecheck.archives import Archive, Hierarchy, LevelKind, Registry, fold_label
from citecheck.citations import Level, Locator
from citecheck.dates import find_dates
from citecheck.levels import Reading, in_order, is_label_of_books, read_all_levels, read_levels
from citecheck.terminals import fits_closely

__all__ = ["NameIndex", "Place", "find_places"]


@attrs.frozen
class Place:
    """The place of a document in an archive as one stretch of a passage, with its reading.

    ``start`` and ``end`` are offsets in the passage, as are all spans of its parts.
    """

    start: int
    end: int
    archive: Archive | None
    hierarchy: Hierarchy | None
    levels: tuple[Level, ...]
    printed: tuple[Level, ...]
    locators: tuple[Locator, ...]
    archive_written: str = ""
    archive_span: tuple[int, int] | None = None
    carried: int = 0
    continues: bool = False
    """True for a place that leaves out what the place before it said (“…; Оп. 8. Д. 4794”)."""
    ibid: str | None = None


# --- finding ----------------------------------------------------------------------------------


def find_places(text: str, names: NameIndex) -> list[Place]:
    """Return the places in archives that a passage gives, in order."""
    flat = plain(text)
    places: list[Place] = []
    done = 0
    telling = _telling_words(names)
    for word in WORD.finditer(flat):
        if word.group() not in telling or word.start() < done:
            continue
        found = _places_at(flat, word, names, done)
        if found:
            found += _carry_over(flat, found[-1], names)
            places += found
            done = found[-1].end
    return [_as_in(text, place) for place in places]


_IBID_WORDS = ("ibid", "ibidem", "там", "тамсама", "пак", "ebd", "ebenda", "tamże", "tamtéž", "uo", "ugyanott", "ten", "turpat", "isto")


@lru_cache(maxsize=4)
def _telling_words(names: NameIndex) -> frozenset[str]:
    """Return the words at which a place may begin; no other word of a text needs a second look."""
    registry = names.registry
    ibid = (form for word in _IBID_WORDS for form in (word, word.capitalize(), word.upper()))
    labels = (*_first_labels(registry), *_counted_labels(registry), *_telling_labels(registry))
    return frozenset((*names.first_words, *labels, *ibid))


def _places_at(text: str, word: re.Match[str], names: NameIndex, done: int) -> list[Place]:
    """Return the place that begins with a word, or that ends with the archive's name there, and what it goes on to."""
    name = names.name_at(text, word)
    if name is not None and (found := _named_place(text, word.start(), name, names, done)):
        return found
    if found := _known_unit_place(text, word, names, done):
        return found
    if name is not None:
        return []
    registry = names.registry
    if (hierarchies := _first_labels(registry).get(word.group())) and _NUMBER_FOLLOWS.match(text, word.end()):
        return _unnamed_place(text, word.start(), names, hierarchies, done)
    if word.group() in _counted_labels(registry):
        return _unnamed_counted(text, word.start(), names, done)
    if (hierarchies := _telling_labels(registry).get(word.group())) and _NUMBER_FOLLOWS.match(text, word.end()):
        return _told_place(text, word.start(), names, hierarchies, done)
    ibid = _IBID.match(text, word.start())
    return _ibid_place(text, ibid, names) if ibid is not None else []


def _as_in(text: str, place: Place) -> Place:
    """Return the place with its words as they stand in the text, before spaces were made plain."""
    if place.archive_span is None:
        return place
    return attrs.evolve(place, archive_written=text[slice(*place.archive_span)])


_NUMBER_FOLLOWS = re.compile(r"['.]?\s?(?:№\s?|\[)?(?:(?:[^\W\d_]{1,4}[-. ]?)?\d|[lI]{1,2}\b|[IVXLC]+\b|[^\W_]{1,3}\.\s)")
# After the name: its place, a remark in brackets.
_AFTER_NAME = re.compile(r"(?:\s*\([^()]{1,80}\))")
_IBID = re.compile(
    r"(?:ibid(?:em)?|там же|там само|тамсама|пак там|ebd|ebenda|tamże|tamtéž|uo|ugyanott|ten pat|turpat|isto)\b\.?[,.:;]?\s*",
    re.IGNORECASE,
)
# How far a reference may run on behind the word that opens it.
_REACH = 2000


def _named_place(text: str, start: int, name: str, names: NameIndex, done: int) -> list[Place]:
    """Read the place that an archive's name opens, or that it closes."""
    end = start + len(name)
    best: list[Place] = []
    for candidate in names.candidates(name):
        for hierarchy in _hierarchies(candidate, names.registry, text, end):
            limit = _next_name(text, end, names, candidate, hierarchy)
            for found in (
                _read_after(text, start, end, limit, candidate, hierarchy),
                _read_before(text, start, end, candidate, hierarchy, done),
            ):
                if found and _better(found, best):
                    best = found
    return best


_NEXT_WORD = re.compile(r"[\s,.:;()–—-]{0,6}(\w+)")


def _hierarchies(candidate: Candidate, registry: Registry, text: str, end: int) -> Sequence[Hierarchy]:
    """Return the hierarchies that may tell how to read on behind a name.

    For a name of the manuscript's own they are those that have the next word for a label, or, where a
    figure follows, those that number boxes. Most such names (CCP, DPRK) are followed by neither.
    """
    if candidate.hierarchy is not None:
        return (candidate.hierarchy,)
    word = _NEXT_WORD.match(text, end)
    if word is None:
        return ()
    if word.group(1).isdigit():
        return [hierarchy for hierarchy in _common_hierarchies(registry) if hierarchy.system == "doboz"]
    return [hierarchy for hierarchy in _common_hierarchies(registry) if word.group(1) in hierarchy.first_words]


def _next_name(text: str, start: int, names: NameIndex, candidate: Candidate, hierarchy: Hierarchy) -> int:
    """Return where a reference ends at the latest: at the name of another archive, if its levels may be names."""
    limit = min(len(text), start + _REACH)
    if hierarchy.system not in _SYSTEMS_WITH_NAMES:
        return limit
    for word in WORD.finditer(text, start, min(limit, start + 300)):
        name = names.name_at(text, word)
        if name is None or len(name) < 3:
            continue
        others = names.candidates(name)
        if all(other.archive is not candidate.archive and (other.certain or " " in name) for other in others):
            return word.start()
    return limit


_SYSTEMS_WITH_NAMES = ("named_fond", "box_folder")


def _better(found: list[Place], best: list[Place]) -> bool:
    return not best or _worth(found) > _worth(best)


def _worth(found: list[Place]) -> tuple[float, int, int]:
    """Rank a reading: values that fit their levels, then levels found, then length."""
    place = found[0]
    kinds = place.hierarchy.by_key if place.hierarchy is not None else {}
    fitting = sum(_fit(level, kinds.get(level.key), place.archive) for level in place.printed)
    present = {level.key for level in place.printed}
    missing = sum(kind.required and kind.key not in present for kind in kinds.values()) if place.archive is not None else 0
    return fitting + len(place.locators) - missing / 2, len(place.printed) + len(place.locators), found[-1].end


def _fit(level: Level, kind: LevelKind | None, archive: Archive | None) -> float:
    """Say how well a value fits its level; that words without a label fit one that takes any words says less."""
    if kind is None or not kind.fits(level.value):
        return 0
    known = [unit.value for unit in archive.units if unit.level == kind.key] if archive is not None else []
    if len(known) > 20 and level.value not in known:
        # Of a level whose units are all known, a value that is none of them is probably another archive's.
        return 0.5
    return 1 if level.label or fits_closely(kind, level.value) else 0.5


def _read_after(
    text: str, start: int, end: int, limit: int, candidate: Candidate, hierarchy: Hierarchy
) -> list[Place]:
    """Read levels that follow the name: “RGANI, Fond 5, Opis 28”."""
    reading: Reading | None = None
    glued = end < len(text) and text[end] in "./-" and text[end + 1 : end + 2].isalnum()
    if candidate.opens_signature or glued:
        # The name may be a part of the signature: EAA.5100.1.378, IOR/L/PS/12/1993.
        reading = read_levels(text, start, limit, hierarchy)
        if reading is not None and not (candidate.opens_signature or reading.opening in ("SIGNATURE", "DOTTED")):
            reading = None
    if reading is None:
        begin = _skip_remark(text, end, candidate.archive)
        reading = read_levels(text, begin, limit, hierarchy, candidate.series)
        if not candidate.certain and text[end : end + 1] == " " and begin == end and reading is not None:
            # “RA 12, HP 3”: after a name that others share, a space is too little before what bears no label.
            reading = reading if reading.opening in _OPENS_AGAIN else None
    if reading is None or not _sure(reading, candidate):
        return []
    return _make_places(text, reading, start, (start, end), candidate, hierarchy)


def _sure(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether levels beside a name make a place: one is enough where the name is no other's."""
    return reading.firm and reading.evidence >= (1 if candidate.certain or candidate.opens_signature else 2)


def _skip_remark(text: str, end: int, archive: Archive | None) -> int:
    if archive is not None and archive.place:
        place = re.compile(rf",?\s*(?:at\s+)?{re.escape(archive.place)}(?!\w)").match(text, end)
        if place is not None:
            end = place.end()
    remark = _AFTER_NAME.match(text, end)
    return remark.end() if remark is not None else end


def _read_before(
    text: str, start: int, end: int, candidate: Candidate, hierarchy: Hierarchy, done: int
) -> list[Place]:
    """Read levels that stand before the name, small to large: “Box 7, RG 59, National Archives”."""
    if not any("archive" in order and order[0] != "archive" for order in hierarchy.orders):
        return []
    join = _BEFORE_NAME.search(text, max(done, start - 12), start)
    if join is None:
        return []
    close = join.start()
    for begin in _component_starts(text, done, close):
        reading = read_all_levels(text, begin, close, hierarchy)
        if reading is not None and _opens_upwards(reading, hierarchy) and _sure(reading, candidate):
            return _make_places(text, attrs.evolve(reading, end=end), begin, (start, end), candidate, hierarchy)
    return []


def _opens_upwards(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether a reference may begin so: with a label, a signature, or the collection that holds the rest."""
    if reading.opening not in ("COLLECTION", "ACRONYM", "CODE"):
        return reading.opening != "WORDS"
    rank = hierarchy.rank
    first = reading.printed[0] if reading.printed else None
    if first is not None and reading.opening == "CODE" and fits_closely(hierarchy.by_key[first.key], first.value):
        return True
    return bool(reading.printed) and rank[reading.printed[0].key] == min(rank[level.key] for level in reading.printed)


_BEFORE_NAME = re.compile(r"\s*[,.;:(]\s*(?:the\s+)?$")
_COMPONENT = re.compile(r"[,.;:]\s+(?:(?:and|und|et|и|i|és)\s+)?|(?<=\()")
_FIGURE = re.compile(r"\d|\b[IVX]+\b")


def _component_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a place that ends at ``end`` may begin: after commas, stops and semicolons, farthest first.

    It begins behind the date of the document, where there is one.
    """
    floor = max(start, end - 300, text.rfind(";", start, end) + 1)
    if _FIGURE.search(text, floor, end) is None:
        return
    begins = [match.end() for match in _COMPONENT.finditer(text, floor, end)]
    if floor == start or text[floor - 1] == ";":
        begins.insert(0, floor + (len(text[floor:end]) - len(text[floor:end].lstrip())))
    dates = [date.end for date in find_dates(text, floor, end) if len(date.value) > 4 and _CLOSES_DATE.match(text, date.end)]
    if dates:
        begins = [begin for begin in begins if begin >= dates[-1]]
    yield from begins[-9:]


_CLOSES_DATE = re.compile(r"\s*[,.;:)\]]")


# --- places -----------------------------------------------------------------------------------


def _make_places(
    text: str,
    reading: Reading,
    start: int,
    archive_span: tuple[int, int] | None,
    candidate: Candidate,
    hierarchy: Hierarchy,
) -> list[Place]:
    """Make a place of a reading, or several where it gives several, each with what it carries over."""
    bounds = [(0, 0), *reading.splits, (len(reading.printed), len(reading.locators))]
    places: list[Place] = []
    for (level_from, locator_from), (level_to, locator_to) in zip(bounds, bounds[1:], strict=False):
        printed = reading.printed[level_from:level_to]
        locators = reading.locators[locator_from:locator_to]
        begin = start if not places else printed[0].span[0]
        ends = [part.span[1] for part in (*printed, *locators)]
        end = reading.end if level_to == len(reading.printed) else max(ends, default=reading.end)
        levels = in_order(printed, hierarchy)
        if candidate.series is not None and not places and "series" in hierarchy.by_key:
            levels = (Level("series", candidate.series), *levels)
        place = Place(
            start=begin,
            end=max(end, archive_span[1] if archive_span and not places else end),
            archive=candidate.archive,
            hierarchy=hierarchy,
            levels=levels,
            printed=printed,
            locators=locators,
            archive_written=text[slice(*archive_span)] if archive_span and not places else "",
            archive_span=archive_span if not places else None,
        )
        places.append(_inherit(place, places[-1]) if places else place)
    return places


def _inherit(place: Place, before: Place) -> Place:
    """Give a place the levels above its own highest one, and the archive, of the place before it."""
    hierarchy = place.hierarchy
    if hierarchy is None or not place.levels:
        return place
    rank = hierarchy.rank
    highest = min(rank.get(level.key, len(rank)) for level in place.levels)
    above = tuple(level for level in before.levels if rank.get(level.key, -1) < highest)
    return attrs.evolve(
        place,
        archive=before.archive,
        levels=(*above, *place.levels),
        carried=len(above),
        continues=True,
    )


_SEMICOLON = re.compile(r"\s*;\s*(?:(?:and|и|та|und|i|și)\s+)?")


def _carry_over(text: str, before: Place, names: NameIndex) -> list[Place]:
    """Return further places that follow after a semicolon without naming the archive again."""
    found: list[Place] = []
    while before.hierarchy is not None and before.ibid is None:
        joint = _SEMICOLON.match(text, before.end)
        word = WORD.match(text, joint.end()) if joint is not None else None
        if joint is None or (word is not None and names.name_at(text, word) is not None):
            break
        candidate = Candidate(before.archive, before.hierarchy)
        limit = _next_name(text, joint.end(), names, candidate, before.hierarchy)
        reading = read_levels(text, joint.end(), limit, before.hierarchy)
        if reading is None or not reading.printed or reading.opening not in _OPENS_AGAIN:
            break
        for place in _make_places(text, reading, joint.end(), None, candidate, before.hierarchy):
            before = _inherit(place, before) if not place.continues else place
            found.append(before)
    return found


# What may go on from the place before: a label or a signature, but not a name, which a title might be.
_OPENS_AGAIN = frozenset(
    ("LABEL", "MISSPELT_LABEL", "LONE_LABEL", "COUNTED", "NUMBER_LABEL", "NAME_LABEL", "SIGNATURE", "DOTTED", "FOND", "DOTTED_FOND", "YEAR")
)


# --- places without a name --------------------------------------------------------------------


@cache
def _common_hierarchies(registry: Registry) -> tuple[Hierarchy, ...]:
    """Return the hierarchies of labelled levels, those that most archives use first."""
    uses: dict[str, int] = {}
    for archive in registry.archives.values():
        uses[archive.hierarchy.id] = uses.get(archive.hierarchy.id, 0) + 1
    labelled = [h for h in registry.hierarchies.values() if h.system in ("fond_opis", "doboz")]
    return tuple(sorted(labelled, key=lambda hierarchy: -uses.get(hierarchy.id, 0)))


@cache
def _first_labels(registry: Registry) -> Mapping[str, tuple[Hierarchy, ...]]:
    """Return the words that may open a place without a name, with the hierarchies that have them.

    Only the highest levels count: in “f. 5, op. 28” a reading begins at the fond.
    """
    found: dict[str, list[Hierarchy]] = {}
    for hierarchy in _common_hierarchies(registry):
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
def _counted_labels(registry: Registry) -> frozenset[str]:
    """Return the long words that follow a number: doboz, csomó."""
    return frozenset(
        label
        for hierarchy in _common_hierarchies(registry)
        if hierarchy.system == "doboz"
        for level in hierarchy.levels
        if level.postfix and not level.locator
        for label in level.labels
        if len(label) >= 5 and label.isalpha()
    )


@cache
def _telling_labels(registry: Registry) -> Mapping[str, tuple[Hierarchy, ...]]:
    """Return the words that betray a place among names: sygn., sv., dosar, hồ sơ. Books are not cited by them."""
    found: dict[str, list[Hierarchy]] = {}
    for hierarchy in registry.hierarchies.values():
        for level in hierarchy.levels if hierarchy.system == "named_fond" else ():
            for label in level.labels:
                word = WORD.match(label)
                if word is None or level.locator or len(fold_label(label)) < 2 or _is_ordinary(label):
                    continue
                if hierarchy not in found.setdefault(word.group(), []):
                    found[word.group()].append(hierarchy)
    return {word: tuple(hierarchies) for word, hierarchies in found.items()}


_WORDS_OF_ENGLISH = re.compile(r"years?|files?|box|class|fonds?|index|lists?|items?|pages?", re.IGNORECASE)


def _is_ordinary(label: str) -> bool:
    """Tell whether a label is an ordinary word, or one by which books are cited."""
    return is_label_of_books(label) or _WORDS_OF_ENGLISH.fullmatch(label) is not None


def _known_unit_place(text: str, word: re.Match[str], names: NameIndex, done: int) -> list[Place]:
    """Read a reference to a unit that the registry knows, without the archive's name: FO 371/8475."""
    best: list[Place] = []
    for known in names.units_at(text, word):
        archive = known.archive
        candidate = Candidate(archive, archive.hierarchy)
        limit = _next_name(text, word.end(), names, candidate, archive.hierarchy)
        start = word.start()
        reading = read_levels(text, start, limit, archive.hierarchy)
        if reading is not None and "rg" in archive.hierarchy.by_key:
            start, reading = _extended_backwards(text, start, reading, archive.hierarchy, done)
        if reading is None or not _tells_archive(reading, known):
            continue
        found = _make_places(text, reading, start, None, candidate, archive.hierarchy)
        if _better(found, best):
            best = found
    return _with_name(text, best, names, done) if best else []


def _extended_backwards(
    text: str, start: int, reading: Reading, hierarchy: Hierarchy, done: int
) -> tuple[int, Reading]:
    """Return a reading with the labelled levels that stand before it: “Entry 1613, Box 7, RG 59”."""
    for begin in _component_starts(text, done, start):
        whole = read_all_levels(text, begin, reading.end, hierarchy)
        if whole is not None and whole.opening == "NUMBER_LABEL":
            return begin, whole
    return start, reading


def _tells_archive(reading: Reading, known: KnownUnit) -> bool:
    """Tell whether a reference is whole and surely one to the known unit."""
    hierarchy = known.archive.hierarchy
    present = {level.key: level.value for level in reading.printed}
    complete = all(
        kind.fits(present.get(kind.key, "")) for kind in hierarchy.levels if kind.required and not kind.locator
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
    r"([^\W\d_]+)['.]{0,2}(?:\s[^\W\d_]{2,3}\.)?\s?(?:№\s?)?(?:[^\W_]{1,4}[-.])?\w+(?:\s?\([^()]{1,40}\))?[\s,.:;–—]{1,4}"
    r"(?!\1(?!\w))([^\W\d_]+)"
)


def _unnamed_place(
    text: str, start: int, names: NameIndex, hierarchies: Sequence[Hierarchy], done: int
) -> list[Place]:
    """Read levels whose archive is not known: named by an unknown word before, by a name behind, or not at all."""
    if re.match(r"[^\W\d_]\.", text[max(0, start - 2) : start]):
        # The F. of “O.F. 471” is no fond.
        return []
    best: list[Place] = []
    following = _NEXT_LABEL.match(text, start)
    if following is None:
        return []
    for hierarchy in [hierarchy for hierarchy in hierarchies if following.group(2) in hierarchy.first_words][:5]:
        reading = read_levels(text, start, min(len(text), start + _REACH), hierarchy)
        if reading is None or not _stands_alone(reading, hierarchy):
            continue
        found = _make_places(text, reading, start, None, Candidate(None, hierarchy), hierarchy)
        if _better(found, best):
            best = found
    return _with_name(text, best, names, done) if best else []


def _stands_alone(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether levels are a place though no archive is named: two at least, and rightly labelled."""
    labelled = {level.key for level in reading.printed if fold_label(level.label) in hierarchy.by_label}
    leaves = any(fold_label(locator.written_label) in hierarchy.by_label for locator in reading.locators)
    return len(labelled) + leaves >= 2


_BOX_BEFORE = re.compile(r"(?:1[89]\d\d,\s+)?\d{1,4}\.\s*$")


def _unnamed_counted(text: str, start: int, names: NameIndex, done: int) -> list[Place]:
    """Read “4. doboz, 5/a, 002749/1957” behind a code that nothing declares."""
    before = _BOX_BEFORE.search(text, done, start)
    if before is None:
        return []
    best: list[Place] = []
    for hierarchy in _common_hierarchies(names.registry):
        if hierarchy.system != "doboz":
            continue
        reading = read_levels(text, before.start(), min(len(text), start + _REACH), hierarchy)
        if reading is not None and len(reading.printed) >= 2:
            candidate = Candidate(None, hierarchy)
            found = _make_places(text, reading, before.start(), None, candidate, hierarchy)
            if _better(found, best):
                best = found
    return _with_name(text, best, names, done) if best else []


# A code that stands directly before the first label: “T 8/91, sv. XXIII”.
_CODE_BEFORE = re.compile(r"(?:^|(?<=[,.;:(]\s)|(?<=\())(?=[^,;]*\d)[A-ZÀ-Ž\d][^\s,;:()]*(?:\s[A-Z\d][^\s,;:()]*){0,2},\s+$")


def _told_place(
    text: str, start: int, names: NameIndex, hierarchies: Sequence[Hierarchy], done: int
) -> list[Place]:
    """Read “T 8/91, sv. XXIII, č. l. 3002”, whose labels alone say that it is a place in an archive."""
    code = _CODE_BEFORE.search(text, max(done, start - 40), start)
    best: list[Place] = []
    for hierarchy in hierarchies:
        reading = read_levels(text, code.start() if code is not None else start, min(len(text), start + _REACH), hierarchy)
        if reading is None or not _told(reading, hierarchy):
            continue
        begin = code.start() if code is not None else start
        found = _make_places(text, reading, begin, None, Candidate(None, hierarchy), hierarchy)
        if _better(found, best):
            best = found
    return best


def _told(reading: Reading, hierarchy: Hierarchy) -> bool:
    """Tell whether two labels at least are of a kind by which no book is cited, and all their values fit."""
    labels = {level.label for level in reading.printed if level.label and hierarchy.by_key[level.key].fits(level.value)}
    labels |= {locator.written_label for locator in reading.locators if locator.written_label}
    return sum(not _is_ordinary(label) and len(fold_label(label)) >= 2 for label in labels) >= 2


# An acronym as unknown archives have it: two capitals at least, perhaps two words (РО ИРЛИ).
_ACRONYM_BEFORE = re.compile(r"(?<![\w.])((?:[A-ZА-ЯІЇЄҐ][\w’'-]*\s){0,2}[A-ZА-ЯÁÉÍÓÖŐÚÜŰІЇЄҐ][\w.’'-]*?)\s*[.,:]?\s*$")


def _with_name(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Give the places the archive's name if one stands directly behind or before them."""
    named = _with_name_behind(text, found, names, done)
    if named:
        return named
    if found[0].archive is not None:
        return found
    acronym = _ACRONYM_BEFORE.search(text, max(done, found[0].start - 40), found[0].start)
    written = acronym.group(1) if acronym is not None else ""
    if acronym is None or sum(letter.isupper() for letter in written) < 2 or not _is_acronym(written):
        return found
    span = acronym.span(1)
    first = attrs.evolve(found[0], start=span[0], archive_written=written, archive_span=span)
    if first.hierarchy is not None and first.hierarchy.system == "doboz":
        first = attrs.evolve(first, levels=(Level("series", written), *first.levels))
    near = near_archive(written, names.registry.archives.values())
    if near is not None:
        first = attrs.evolve(first, archive=near)
    return [first, *(attrs.evolve(place, archive=first.archive) for place in found[1:])]


_BEHIND = re.compile(r"\s*[,.;(]?\s*(?:the\s+)?")


def _with_name_behind(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Read the places anew with the archive that is named behind them; [] where none is."""
    behind = _BEHIND.match(text, found[-1].end)
    word = WORD.match(text, behind.end()) if behind is not None else None
    name = names.name_at(text, word) if word is not None else None
    if name is None or word is None:
        return []
    span = (word.start(), word.start() + len(name))
    best: list[Place] = []
    for candidate in names.candidates(name):
        if candidate.hierarchy is None:
            continue
        if candidate.hierarchy.system == "fond_opis":
            reading = read_levels(text, found[0].start, span[0], candidate.hierarchy)
            if reading is None:
                continue
            named = _make_places(text, attrs.evolve(reading, end=span[1]), found[0].start, span, candidate, candidate.hierarchy)
        else:
            named = _read_before(text, *span, candidate, candidate.hierarchy, done)
        if named and named[0].start <= found[0].start and _better(named, best):
            best = named
    return best


def _is_acronym(written: str) -> bool:
    last = written.split()[-1]
    return sum(letter.isupper() for letter in last) * 2 >= len(last)


def _ibid_place(text: str, ibid: re.Match[str], names: NameIndex) -> list[Place]:
    """Read “Ibid., Delo 412, Listy 18-20”: levels and leaves that *ibid.* restates."""
    word = WORD.match(text, ibid.end())
    if word is None:
        return []
    best: list[Place] = []
    for hierarchy in _common_hierarchies(names.registry):
        kinds = hierarchy.by_label.get(word.group(), ())
        if not kinds or fold_label(word.group()).lower() in _PAGE_LABELS:
            continue
        reading = read_levels(text, ibid.end(), min(len(text), ibid.end() + _REACH), hierarchy)
        if reading is None:
            continue
        candidate = Candidate(None, hierarchy)
        found = [
            attrs.evolve(place, ibid=ibid.group().strip(" ,:;"))
            for place in _make_places(text, reading, ibid.start(), None, candidate, hierarchy)
        ]
        if _better(found, best):
            best = found
    return best


# After ibid. these mean a page of a book as often as a leaf: they are left to the grammar of notes.
_PAGE_LABELS = frozenset(("p", "pp", "s", "с", "c", "str", "стр", "o", "n", "vol", "t", "т", "k", "b"))
