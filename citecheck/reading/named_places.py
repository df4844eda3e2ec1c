"""Reads the places that an archive's name opens, or that it closes as Americans write them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from citecheck.archives import Archive, Hierarchy, Registry, names_of_town
from citecheck.reading.archive_names import WORD, Candidate, NameIndex, is_known_unit, is_unknown_unit
from citecheck.reading.dates import find_dates
from citecheck.reading.levels import Reading, read_all_levels, read_levels
from citecheck.reading.places import Place, inherit, is_better, make_places
from citecheck.reading.repositories import HOUSE
from citecheck.reading.terminals import fits_closely
from citecheck.vocabulary import word_list, words_pattern

REACH = 2000
"""How far a reference may run on behind the word that opens it."""

REACH_OF_NAMES = 400
"""The same where levels may be names, and nothing but the next archive's name would end them."""

OPENS_AGAIN = frozenset((
    *("LABEL", "MISSPELT_LABEL", "LONE_LABEL", "NUMBER_LABEL", "NAME_LABEL", "COUNTED"),
    *("SIGNATURE", "DOTTED", "FOND", "DOTTED_FOND", "YEAR"),
))  # fmt: skip
"""Terminals with which a reference may begin where little says that it is one; a name might be a title."""


def named_place(text: str, start: int, name: str, names: NameIndex, done: int) -> list[Place]:
    """Read the place that an archive's name opens, or that it closes.

    Args:
        text: the passage, with plain spaces and apostrophes.
        start: where the name stands.
        name: the name as it stands there.
        names: what names mean.
        done: the end of what has been read before.

    Returns:
        the place, and those that go on from it within one reading; [] where nothing is cited.
    """
    end = start + len(name)
    best: list[Place] = []
    for candidate in names.candidates(name):
        if best and candidate.series is None and best[0].archive is candidate.archive:
            # A series of the archive has been read: the archive itself would be read from the same words.
            continue
        for hierarchy in _hierarchies(candidate, names.registry, text, end):
            limit = next_name(text, end, names, candidate, hierarchy)
            for found in (
                _read_after(text, start, end, limit, candidate, hierarchy, done),
                read_before(text, start, end, candidate, hierarchy, done),
                _read_around(text, start, end, limit, candidate, hierarchy, done),
            ):
                if found and is_better(found, best):
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
    common = common_hierarchies(registry)
    if word.group(1).isdigit():
        return [hierarchy for hierarchy in common if hierarchy.system == "doboz"]
    return [hierarchy for hierarchy in common if word.group(1) in hierarchy.first_words]


@cache
def common_hierarchies(registry: Registry) -> tuple[Hierarchy, ...]:
    """Return the hierarchies of labelled levels, those that most archives use first."""
    uses: dict[str, int] = {}
    for archive in registry.archives.values():
        uses[archive.hierarchy.id] = uses.get(archive.hierarchy.id, 0) + 1
    labelled = [h for h in registry.hierarchies.values() if h.system in ("fond_opis", "doboz")]
    return tuple(sorted(labelled, key=lambda hierarchy: -uses.get(hierarchy.id, 0)))


def next_name(text: str, start: int, names: NameIndex, candidate: Candidate, hierarchy: Hierarchy) -> int:
    """Return where a reference ends at the latest: where levels may be names, at another archive's name."""
    if hierarchy.system not in ("named_fond", "box_folder"):
        return min(len(text), start + REACH)
    limit = min(len(text), start + REACH_OF_NAMES)
    for word in WORD.finditer(text, start, limit):
        name = names.name_at(text, word)
        if name is None or len(name) < 3:
            continue
        others = names.candidates(name)
        if all(_ends(other, candidate, hierarchy) and (other.certain or " " in name) for other in others):
            return word.start()
    return limit


def _ends(other: Candidate, candidate: Candidate, hierarchy: Hierarchy) -> bool:
    """Tell whether a name ends what is cited of an archive: another's, or its own again, “RG 59, …, NARA II”."""
    if other.archive is candidate.archive:
        return hierarchy.system == "box_folder" and not other.opens_signature and other.series is None
    # The Volkogonov Collection is in Washington; copies of it are elsewhere.
    return other.archive is not None and not other.opens_signature


# --- behind the name --------------------------------------------------------------------------


def _read_after(
    text: str, start: int, end: int, limit: int, candidate: Candidate, hierarchy: Hierarchy, done: int
) -> list[Place]:
    """Read levels that follow the name: “RGANI, Fond 5, Opis 28”."""
    span = (start, end)
    if candidate.stands_for and candidate.series is None:
        return _read_after_part(text, span, limit, candidate, hierarchy)
    closed = text.startswith((")", "]"), end)
    introduced = _INTRODUCED.search(text, max(done, start - 200), start) if closed else None
    if introduced is not None:
        start, end = introduced.start(1), end + 1
    reading = _read_signature(text, start, end, limit, candidate, hierarchy)
    if reading is None and (reading := _read_in_bracket(text, end, limit, hierarchy)) is None:
        begin = _skip_remark(text, end, candidate.archive)
        reading = read_levels(text, begin, limit, hierarchy)
        known = candidate.certain or hierarchy.system == "file_number"
        part = _PART_OF_HOUSE.match(text, begin) if reading is None and known else None
        if part is not None:
            reading = read_levels(text, part.end(), limit, hierarchy)
            opens = ("LABEL", "NUMBER_LABEL", "SIGNATURE")
            reading = reading if reading is not None and reading.opening in opens else None
        if reading is not None and candidate.series is not None and not _is_of_series(reading, candidate):
            return []
        if reading is not None and begin == end and text[end : end + 1] == " " and not candidate.certain:
            # “RA 12, HP 3”: behind a name that others share, a space is too little before what has no label.
            reading = reading if reading.opening in OPENS_AGAIN else None
    if reading is None or reading.end <= span[1] or not is_sure(reading, candidate):
        return []
    return make_places(text, reading, start, span, candidate, hierarchy)


def _read_after_part(
    text: str, span: tuple[int, int], limit: int, candidate: Candidate, hierarchy: Hierarchy
) -> list[Place]:
    """Read the levels behind a name for a part of an archive, as if the part were written out: FO 371/1234."""
    shift = span[1] - len(candidate.long)
    reading = read_levels(candidate.long + text[span[1] : limit], 0, limit - shift, hierarchy)
    inside = len(candidate.stands_for)
    if reading is None or reading.end + shift <= span[1] or reading.printed[:inside] != candidate.stands_for:
        return []

    def move(offsets: tuple[int, int]) -> tuple[int, int]:
        return offsets[0] + shift, offsets[1] + shift

    moved = attrs.evolve(
        reading,
        printed=tuple(level.at(move(level.span)) for level in reading.printed[inside:]),
        locators=tuple(locator.at(move(locator.span)) for locator in reading.locators),
        end=reading.end + shift,
        splits=tuple((level_at - inside, locator_at) for level_at, locator_at in reading.splits),
        description=move(reading.description) if reading.description is not None else None,
    )
    first, *others = make_places(text, moved, span[0], span, candidate, hierarchy)
    levels = (*candidate.stands_for, *first.levels)
    first = attrs.evolve(first, levels=levels, carried=inside)
    found = [first]
    for place in others:
        found.append(inherit(attrs.evolve(place, levels=place.levels[place.carried :]), found[-1]))
    return found


def _read_in_bracket(text: str, end: int, limit: int, hierarchy: Hierarchy) -> Reading | None:
    """Read levels that stand in a bracket behind the archive's name: “RGANI (f. 5, op. 28, d. 410, l. 12)”."""
    if not text.startswith(" (", end):
        return None
    reading = read_levels(text, end + 2, limit, hierarchy)
    if reading is None or reading.opening not in OPENS_AGAIN or not text.startswith(")", reading.end):
        return None
    return attrs.evolve(reading, end=reading.end + 1) if len(reading.printed) > 1 else None


def _is_of_series(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether levels may be of a series: they bear labels; and a series of an archive is a fond, and has none.

    A registry number with its year says as much, behind an item whose box was forgotten: “RA, 24/b, 011219/1953”.
    """
    fond = any(level.key == "fond" and level.label for level in reading.printed)
    return (reading.labelled or _is_item_with_number(reading)) and not (
        fond and candidate.archive is not None
    )


def _is_item_with_number(reading: Reading) -> bool:
    return (
        len(reading.printed) == _ITEM_AND_NUMBER
        and _NUMBER_OF_YEAR.fullmatch(reading.printed[-1].value) is not None
    )


_ITEM_AND_NUMBER = 2
_NUMBER_OF_YEAR = re.compile(r"\d{3,6}(?:/\d{1,5}){0,3}/1[89]\d\d")


# A name that a bracket introduces: “Галузевий державний архів СБУ (далі – ГДА СБУ), ф. 16”; between the name and the
# bracket its towns may stand: “The National Archives, Kew, London (hereafter TNA)”.
_HOUSE = rf"[^,.;:()\d]{{0,80}}(?:{HOUSE})[^,.;:()\d]{{0,80}}"
_INTRODUCED = re.compile(
    rf"(?:^|[.,;:]\s+)((?:{_HOUSE}(?:,\s[^\W\d_a-zа-яё][^,.;:()\d]{{1,30}}){{1,2}}|[^,.;:()]{{3,160}}?)\s?)"
    r"[(\[](?:\w{4,14},?(?:\s\w{2,10}){0,2}[\s:–—-]*)?[“\"«]?$"
)


def _read_signature(
    text: str, start: int, end: int, limit: int, candidate: Candidate, hierarchy: Hierarchy
) -> Reading | None:
    """Read a signature that the name is a part of: EAA.5100.1.378, IOR/L/PS/12/1993."""
    glued = text[end : end + 1] in (".", "/", "-") and text[end + 1 : end + 2].isalnum()
    if not candidate.opens_signature and not glued:
        return None
    if not glued and hierarchy.system == "fond_opis":
        # “EAA, f. 1187” names the archive once more beside a fond of its own.
        behind = read_levels(text, end, limit, hierarchy)
        if behind is not None and behind.opening == "LABEL":
            return behind
    if text[end : end + 1] == "-" and not candidate.opens_signature:
        # AQPPSH-MPKK-V. 1961: a hyphen may join the name to what is no part of it.
        behind = read_levels(text, end, limit, hierarchy)
        if behind is not None and behind.opening == "SIGNATURE":
            return behind
    reading = read_levels(text, start, limit, hierarchy)
    if reading is None or candidate.opens_signature or reading.opening in ("SIGNATURE", "DOTTED"):
        return reading
    return None


def is_sure(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether levels beside a name make a place: one is enough where the name is no other's."""
    if candidate.series is not None and _is_item_with_number(reading):
        return True
    if candidate.certain or candidate.opens_signature:
        return reading.firm
    archive = candidate.archive
    if archive is None:
        return reading.firm and reading.evidence >= 2
    in_names = archive.hierarchy.system == "named_fond" and reading.opening == "WORDS"
    if in_names and not reading.labelled and not reading.locators:
        # “AN, Minutier central, XC 234” is France's: behind a name that others share, free names alone say nothing.
        return False
    unknown = any(is_unknown_unit(archive, level.key, level.value) for level in reading.printed)
    # “ASV, Segr. Stato, vol. 38” is of the Vatican.
    known = any(is_known_unit(archive, level.key, level.value) for level in reading.printed)
    return reading.firm and reading.evidence + known >= 2 and not unknown


_REMARK = re.compile(r"\s*(?:\([^()]{1,80}\)|\[[^\[\]\d]{1,80}\])")
# “LHCMA, King's College London, Alanbrooke 5/1/11”; the papers of a college are no owner.
_OWNER = re.compile(
    r",\s(?:(?:[A-ZÀ-Þ][\w.'-]*|of|the|de|di|at|and)\s){0,5}(?:University|College|Université|Università|Universität"
    r"|Universidad)(?:\s(?:[A-ZÀ-Þ][\w.'-]*|of|the|de|di|at|and)(?<!Papers)(?<!Collection)(?<!Archive)(?<!Archives)"
    r"(?<!Records)(?<!Files)(?<!Library)){0,5}(?=,)"
)
# A town as the author's language has it, before a level: “RGASPI Moskva, f. 17”; or a division of the archive, perhaps
# with its town: “National Archives of Georgia, Central Historical Archive, Tbilisi, fond 12”.
_PART_OF_HOUSE = re.compile(
    r"(?:,?\s[^\W\d_a-zа-яё][^\W\d_]{3,}|(?:[,:]\s[^\W\d_a-zа-яё][^\d,.;:()“”\"«»]{2,60}){1,2})(?=,\s)"
)
# Behind an American town: “Stanford, CA, Fond 89”.
_STATES = words_pattern(word_list("american-states", "abbreviations", "short_names", "long_names"))
_STATE = re.compile(rf",\s(?:[A-Z]{{2}}|[A-Z]\.\s?[A-Z]\.|{_STATES})(?=\s*[,:;(])")
# The archive's town as its own language has it: “Archiwum Akt Nowych w Warszawie”, “НГАБ у Мінску”.
_IN_TOWN = re.compile(r"\s(?:we?|ve?|u|у|в|во|in|im|at|à|di|a|na)\s[^\W\d_a-zа-яё][\w'-]+(?=\s*[,.:;(])")


def _skip_remark(text: str, end: int, archive: Archive | None) -> int:
    """Return the offset behind what may follow a name: the archive's town, a remark in brackets."""
    end = _town_end(text, _behind_owner(text, end), archive)
    in_town = _IN_TOWN.match(text, end)
    if in_town is not None:
        end = in_town.end()
    end = _behind_abbreviation(text, end, archive)
    remark = _REMARK.match(text, end)
    if remark is None:
        return end
    if text[remark.end() : remark.end() + 1] != ",":
        return remark.end()
    # “Czech Foreign Ministry Archive (AMZV), Prague, TO-T”: or the town behind the remark.
    behind = _town_end(text, _behind_owner(text, remark.end()), archive)
    return behind if text[behind : behind + 1] in (",", ".", ":", ";") else remark.end()


def _behind_owner(text: str, end: int) -> int:
    """Return the offset behind the university or the college that an archive belongs to."""
    owner = _OWNER.match(text, end)
    return owner.end() if owner is not None else end


def _behind_abbreviation(text: str, end: int, archive: Archive | None) -> int:
    """Return the offset behind an archive's abbreviation where it follows the name: “Archiwum IPN, IPN BU 1583/178”."""
    again = _ABBREVIATION.match(text, end)
    if again is None or archive is None or again[1] not in archive.abbreviations:
        return end
    # IOR is a name of the British Library, and its collection.
    return end if any(unit.value == again[1] for unit in archive.units) else again.end()


_ABBREVIATION = re.compile(r",\s([^\W\d_]{2,9})(?=[\s,.:])")


@cache
def _town_pattern(town: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(names_of_town(town), key=len, reverse=True))
    return re.compile(rf",?\s*(?:at\s+)?(?:{names})(?!\w)")


def _town_end(text: str, end: int, archive: Archive | None) -> int:
    """Return the offset behind the town of an archive, and an American one's state, where they stand there."""
    if archive is None or not archive.place:
        return end
    place = _town_pattern(archive.place).match(text, end)
    if place is None:
        return end
    state = _STATE.match(text, place.end()) if archive.country == "US" else None
    return state.end() if state is not None else place.end()


# --- before the name --------------------------------------------------------------------------


def read_before(
    text: str, start: int, end: int, candidate: Candidate, hierarchy: Hierarchy, done: int
) -> list[Place]:
    """Read levels that stand before the name, small to large: “Box 7, RG 59, National Archives”."""
    if not hierarchy.may_close:
        return []
    join = _BEFORE_NAME.search(text, max(done, start - 12), start)
    if join is None:
        return []
    close = join.start()
    for begin in component_starts(text, done, close):
        reading = read_all_levels(text, begin, close, hierarchy, upwards=True)
        if reading is not None and _opens_upwards(reading, begin, hierarchy) and is_sure(reading, candidate):
            # A town behind the name belongs to it: what comes then is the date.
            whole = attrs.evolve(reading, end=_town_end(text, end, candidate.archive))
            return make_places(text, whole, begin, (start, end), candidate, hierarchy)
    return []


def _read_around(
    text: str, start: int, end: int, limit: int, candidate: Candidate, hierarchy: Hierarchy, done: int
) -> list[Place]:
    """Read levels on both sides of the name: “Harriman Papers, Library of Congress, box 187”."""
    if hierarchy.system != "box_folder" or not candidate.certain:
        return []
    join = _BEFORE_NAME.search(text, max(done, start - 12), start)
    behind = read_levels(text, _skip_remark(text, end, candidate.archive), limit, hierarchy)
    if join is None or behind is None or behind.opening not in OPENS_AGAIN:
        return []
    given = {level.key for level in behind.printed}
    for begin in component_starts(text, done, join.start(), figures=False):
        before = read_all_levels(text, begin, join.start(), hierarchy)
        if (
            before is None
            or before.opening != "COLLECTION"
            or given & {level.key for level in before.printed}
        ):
            continue
        whole = attrs.evolve(
            behind, printed=(*before.printed, *behind.printed), evidence=before.evidence + behind.evidence
        )
        return make_places(text, whole, begin, (start, end), candidate, hierarchy)
    return []


def _opens_upwards(reading: Reading, begin: int, hierarchy: Hierarchy) -> bool:
    """Tell whether a reference may begin so: with a label, a signature, or what holds all the rest."""
    if reading.opening not in ("COLLECTION", "ACRONYM", "CODE"):
        return reading.opening != "WORDS"
    first = reading.printed[0] if reading.printed else None
    if first is None or first.span[0] > begin:
        return False
    if reading.opening == "CODE" and fits_closely(hierarchy.by_key[first.key], first.value):
        return True
    rank = hierarchy.rank
    return rank[first.key] == min(rank[level.key] for level in reading.printed)


# Americans put the comma inside: “Berlin Council,” HSTL.
_BEFORE_NAME = re.compile(r"(?:\s*[,.;:(]|(?<=[,.][”\"»]))\s*(?:the\s+)?$")
_COMPONENT = re.compile(r"[,.;:]\s+(?:(?:and|und|et|и|i|és)\s+)?|(?<=\()|(?<=[”\"])\s+in\s+")
_FIGURE = re.compile(r"\d|\b[IVX]+\b")
_CLOSES_DATE = re.compile(r"\s*[,.;:)\]]")


def component_starts(text: str, start: int, end: int, *, figures: bool = True) -> Iterator[int]:
    """Yield where a place that ends at ``end`` may begin: after commas, stops and colons, farthest first.

    It begins behind the date of the document, where there is one. Without figures there is none, unless a name will do.
    """
    floor = max(start, end - 300, text.rfind(";", start, end) + 1)
    if figures and _FIGURE.search(text, floor, end) is None:
        return
    begins = [match.end() for match in _COMPONENT.finditer(text, floor, end)]
    if floor == start or text[floor - 1] == ";":
        before = text[floor:end]
        begins.insert(0, floor + len(before) - len(before.lstrip()))
    dates = [date.end for date in find_dates(text, floor, end) if len(date.value) > 4]
    closed = [date for date in dates if _CLOSES_DATE.match(text, date) and not _in_quotes(text, floor, date)]
    if closed:
        begins = [begin for begin in begins if begin >= closed[-1]]
    yield from begins[-9:]


def _in_quotes(text: str, start: int, place: int) -> bool:
    """Tell whether a place is inside quotation marks: a folder may be called “Russia, 1947–48”."""
    return text.rfind("“", start, place) > text.rfind("”", start, place)


# “Museum of the Town of Uglich”, or initials alone, perhaps with a town: “ACSR, București”.
_MAY_NAME_HOUSE = re.compile(
    rf"[^,.;:\d]{{0,80}}\b(?:{HOUSE})|[^\W\d_a-z][\w-]{{0,8}}[A-ZÀ-ÞА-ЯІЇЄ]{{2}}(?=,|\s[^\W\d_a-z][\w-]+(?:,|$)|$)"
)


def may_name_house(words: str) -> bool:
    """Tell whether words before the levels of a reference may name an archive that is not known."""
    return _MAY_NAME_HOUSE.match(words) is not None
