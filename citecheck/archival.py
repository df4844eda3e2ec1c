"""Finds where a text gives the place of a document in an archive, and reads the place.

Names of archives and labels of levels say where to look; the grammar of the archive's citation
system says what stands there and where it ends. Nothing here knows any archive: names, labels and
levels come from the registry and from the manuscript's own declarations.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

import attrs
from lark import Token, Tree

from citecheck.archives import Archive, Hierarchy, LevelKind, Registry, fold_label, is_slip_of
from citecheck.citations import Level, Locator
from citecheck.folios import read_folios
from citecheck.grammars import Grammar, load_grammar
from citecheck.resources import data_folder


@attrs.frozen
class Candidate:
    """What a name in the text may mean: an archive, or a series of one, cited by a hierarchy."""

    archive: Archive | None
    hierarchy: Hierarchy | None
    series: str | None = None
    certain: bool = True
    """False for names that other archives or ordinary words share."""


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


@attrs.frozen(slots=False)
class NameIndex:
    """The names of archives by their first word: the registry's and those that a manuscript declares."""

    registry: Registry
    declared: Mapping[str, str]
    """Short forms that the manuscript declares, with what they stand for."""

    @cached_property
    def _by_first_word(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for name in (*_registry_names(self.registry), *self.declared, *self.registry.by_series):
            word = _WORD.match(_plain(name))
            if word is not None:
                found.setdefault(word.group(), set()).add(_plain(name))
        return {word: tuple(sorted(names, key=len, reverse=True)) for word, names in found.items()}

    @cached_property
    def telling_words(self) -> frozenset[str]:
        """The words at which a place may begin; no other word of a text needs a second look."""
        labels = _first_labels(self.registry)
        ibid = (form for word in _IBID_WORDS for form in (word, word.capitalize(), word.upper()))
        return frozenset((*self._by_first_word, *labels, *_counted_labels(self.registry), *ibid))

    def name_at(self, text: str, word: re.Match[str]) -> str | None:
        """Return the longest name that begins with the given word of the text, or None."""
        for name in self._by_first_word.get(word.group(), ()):
            if text.startswith(name, word.start()):
                end = word.start() + len(name)
                if end >= len(text) or not text[end].isalnum() or not text[end - 1].isalnum():
                    return name
        return None

    @cached_property
    def _candidates(self) -> dict[str, tuple[Candidate, ...]]:
        return {}

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name may mean, most likely first."""
        found = self._candidates.get(name)
        if found is None:
            found = self._candidates[name] = tuple(self._find(name))
        return found

    def _find(self, name: str) -> Iterator[Candidate]:
        if (archive := self.registry.by_series.get(name)) is not None:
            yield Candidate(archive, archive.hierarchy, series=name)
        if name in self.declared:
            meant = self.registry.find(self.declared[name]) or self.registry.find(name)
            for archive in meant:
                yield Candidate(archive, archive.hierarchy)
            if not meant:
                # An archive or a series of the manuscript's own; the labels will tell the hierarchy.
                yield Candidate(None, None, series=name)
            return
        for archive in self.registry.find(name):
            yield Candidate(archive, archive.hierarchy, certain=name not in archive.ambiguous)


def _registry_names(registry: Registry) -> Iterator[str]:
    for archive in registry.archives.values():
        yield from archive.current_names
        yield from archive.former_names


_WORD = re.compile(r"\w+")
_PLAIN = str.maketrans({" ": " ", " ": " ", "’": "'", "ʼ": "'", "‘": "'", "\n": " ", "\t": " "})


def _plain(text: str) -> str:
    """Return the text with one sort of space and apostrophe, every character in its place."""
    return text.translate(_PLAIN)


# --- finding ----------------------------------------------------------------------------------


def find_places(text: str, names: NameIndex) -> list[Place]:
    """Return the places in archives that a passage gives, in order."""
    plain = _plain(text)
    labels = _first_labels(names.registry)
    places: list[Place] = []
    done = 0
    telling = names.telling_words
    for word in _WORD.finditer(plain):
        if word.group() not in telling or word.start() < done:
            continue
        name = names.name_at(plain, word)
        if name is not None:
            found = _named_place(plain, word.start(), name, names, done)
        elif word.group() in labels and _NUMBER_FOLLOWS.match(plain, word.end()):
            found = _unnamed_place(plain, word.start(), names, labels[word.group()], done)
        elif word.group() in _counted_labels(names.registry):
            found = _unnamed_counted(plain, word.start(), names, done)
        elif (ibid := _IBID.match(plain, word.start())) is not None:
            found = _ibid_place(plain, ibid, names)
        else:
            continue
        for place in found:
            places.append(place)
            done = place.end
        if found:
            for place in _carry_over(plain, found[-1], names):
                places.append(place)
                done = place.end
    return [_as_in(text, place) for place in places]


def _as_in(text: str, place: Place) -> Place:
    """Return the place with its words as they stand in the text, before spaces were made plain."""
    if place.archive_span is None:
        return place
    return attrs.evolve(place, archive_written=text[slice(*place.archive_span)])


_NUMBER_FOLLOWS = re.compile(r"['.]?\s?(?:№\s?|\[)?[\dA-ZА-ЯlI]")
# After the name: its place, a remark in brackets.
_AFTER_NAME = re.compile(r"(?:\s*\([^()]{1,80}\))")
_IBID_WORDS = ("ibid", "ibidem", "там", "тамсама", "пак", "ebd", "ebenda", "tamże", "tamtéž", "uo", "ugyanott", "ten", "turpat", "isto")
_IBID = re.compile(
    r"(?:ibid(?:em)?|там же|там само|тамсама|пак там|ebd|ebenda|tamże|tamtéž|uo|ugyanott|ten pat|turpat|isto)\b\.?[,.:;]?\s*",
    re.IGNORECASE,
)


def _named_place(text: str, start: int, name: str, names: NameIndex, done: int) -> list[Place]:
    """Read the place that an archive's name opens, or that it closes."""
    end = start + len(name)
    best: list[Place] = []
    for candidate in names.candidates(name):
        for hierarchy in _hierarchies(candidate, names.registry, text, end):
            found = _read_after(text, start, end, candidate, hierarchy)
            if not found and candidate.hierarchy is not None:
                found = _read_before(text, start, end, candidate, hierarchy, done)
            if found and _better(found, best):
                best = found
    return best


_NEXT_WORD = re.compile(r"[\s,.:;()–—-]{0,6}(\w+)")


def _hierarchies(candidate: Candidate, registry: Registry, text: str, end: int) -> Sequence[Hierarchy]:
    """Return the hierarchies that may tell how to read on behind a name; for a name of the manuscript's own,
    those that have the next word for a label, or any that number boxes where a figure follows."""
    if candidate.hierarchy is not None:
        return (candidate.hierarchy,)
    word = _NEXT_WORD.match(text, end)
    if word is None:
        return ()
    if word.group(1).isdigit():
        return [hierarchy for hierarchy in _common_hierarchies(registry) if hierarchy.system == "doboz"]
    return [hierarchy for hierarchy in _common_hierarchies(registry) if word.group(1) in hierarchy.by_label]


def _better(found: list[Place], best: list[Place]) -> bool:
    if not best:
        return True
    return _worth(found) > _worth(best)


def _worth(found: list[Place]) -> tuple[int, int, int]:
    """Rank a reading: values that fit their levels, then levels found, then length."""
    place = found[0]
    kinds = place.hierarchy.by_key if place.hierarchy is not None else {}
    fitting = sum(level.key in kinds and kinds[level.key].fits(level.value) for level in place.printed)
    return fitting + len(place.locators), len(place.printed) + len(place.locators), found[-1].end


def _read_after(text: str, start: int, end: int, candidate: Candidate, hierarchy: Hierarchy) -> list[Place]:
    """Read levels that follow the name: “RGANI, Fond 5, Opis 28”."""
    begin = _skip_remark(text, end, candidate.archive)
    reading = _parse(text, begin, hierarchy, series=candidate.series)
    if reading is None and begin == end:
        # The name may be a part of the signature: EAA.5100.1.378, IOR/L/PS/12/1993.
        reading = _parse(text, start, hierarchy, series=None)
    if reading is None:
        return []
    return _make_places(text, reading, start, (start, end), candidate, hierarchy)


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
    if not (data_folder("grammars") / f"{hierarchy.system}.lark").exists():
        return []
    join = re.compile(r"[\s,.;:(]*$").search(text, done, start)
    close = join.start() if join is not None else start
    for begin in _component_starts(text, done, close):
        parsed = _grammar(hierarchy).parse_whole(text, begin, close)
        if parsed is None:
            continue
        try:
            reading = _build(parsed.tree, hierarchy, None)
        except _NoLabelError:
            continue
        if reading is not None:
            return _make_places(text, attrs.evolve(reading, end=end), begin, (start, end), candidate, hierarchy)
    return []


def _component_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a place that ends at ``end`` may begin: after commas, stops and semicolons, farthest first."""
    floor = max(start, end - 300)
    begins = [match.end() for match in re.compile(r"[,.;:]\s+|(?<=\()").finditer(text, floor, end)]
    if floor == start:
        begins.insert(0, start)
    yield from begins[-9:]


# --- reading ----------------------------------------------------------------------------------


@attrs.frozen
class _Reading:
    printed: tuple[Level, ...]
    locators: tuple[Locator, ...]
    end: int
    splits: tuple[tuple[int, int], ...] = ()
    """Where a further place begins inside: indices into ``printed`` and ``locators``."""


def _parse(text: str, start: int, hierarchy: Hierarchy, series: str | None) -> _Reading | None:
    if not (data_folder("grammars") / f"{hierarchy.system}.lark").exists():
        return None
    end = min(len(text), start + 2000)
    while (parsed := _grammar(hierarchy).parse_prefix(text, start, end)) is not None:
        try:
            reading = _build(parsed.tree, hierarchy, series)
        except _NoLabelError as error:
            # A word before a figure that is no label, nor nearly one: the place ends before it.
            end = error.offset
            continue
        return attrs.evolve(reading, end=parsed.end) if reading is not None else None
    return None


class _NoLabelError(Exception):
    """What was read as a label is none; ``offset`` is where it begins."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@cache
def _grammar(hierarchy: Hierarchy) -> Grammar:
    return load_grammar(hierarchy.system, terminals=_terminals(hierarchy))


_PLACEHOLDER = re.compile(r'^([A-Z_]+)(\.\d+)?: "\\0([\w ]+)"', re.MULTILINE)


@cache
def _placeholders(system: str) -> tuple[tuple[str, str, str], ...]:
    """Return the terminals that a system's grammar leaves to the registry: name, priority, what it wants."""
    folder = data_folder("grammars")
    own = (folder / f"{system}.lark").read_text(encoding="utf-8")
    shared = (folder / "levels.lark").read_text(encoding="utf-8")
    imported = set(re.findall(r"[A-Z_]+", "".join(re.findall(r"%import \.levels \(([^)]*)\)", own))))
    found = [match for match in _PLACEHOLDER.findall(shared) if match[0] in imported]
    return (*found, *_PLACEHOLDER.findall(own))


def _terminals(hierarchy: Hierarchy) -> tuple[tuple[str, str], ...]:
    """Fill in what the hierarchy knows: its labels, their misspellings, and patterns of its levels."""
    filled = []
    for name, priority, wanted in _placeholders(hierarchy.system):
        what, _, key = wanted.partition(" ")
        levels = [level for level in hierarchy.levels if not key or level.key == key]
        pattern = _FILLERS[what](levels)
        if pattern:
            filled.append((name + priority, pattern))
    return tuple(filled)


def _label_pattern(levels: Sequence[LevelKind]) -> str:
    """Return the pattern of all labels before a number: an abbreviation may lack its full stop before a figure."""
    labels = {label for level in levels if not level.postfix for label in level.labels}
    labels |= {label for level in levels if level.postfix for label in level.labels if label[:1].isupper()}
    shortened = {label.rstrip(".") for label in labels if label.endswith(".") or len(label) <= 3}
    spelt_out = {label for label in labels if not label.endswith(".") and len(label) > 3}
    words = rf"(?:{_any_of(shortened)})(?:\.|(?=\s?[\d№\[(]))"
    if spelt_out:
        words = rf"(?:{_any_of(spelt_out)})|{words}"
    number_sign = r"(?:\s*(?:№|N[o°]\.?|nr\.?)(?=\s?\d))?"
    return rf"(?<!\w)(?:{words})(?![^\W\d_])'?{number_sign}\s*" if labels else ""


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; a space in a word may be missing in print."""
    ordered = sorted(words, key=len, reverse=True)
    escaped = (re.escape(word.replace("’", "'")).replace(r"\ ", r"\s?").replace("/", r"\/") for word in ordered)
    return "|".join(escaped)


def _counted_pattern(levels: Sequence[LevelKind]) -> str:
    labels = {label for level in levels if level.postfix for label in level.labels}
    labels |= {label for level in levels if level.postfix for label in level.misspellings}
    if not labels:
        return ""
    words = _any_of(labels)
    number = r"(?:[A-Z]{1,3}[- ])?\d{1,5}[a-z]?(?:\s?[-–]\s?\d{1,5})?\.?(?:\s?[-–]\s?\d{1,5}\.)?"
    return rf"{number}\s?(?:{words})(?![^\W\d_])".replace("/", r"\/")


def _level_pattern(levels: Sequence[LevelKind]) -> str:
    return "|".join(f"(?:{level.pattern})" for level in levels).replace("/", r"\/").replace(r"\\/", r"\/")


_FILLERS = {
    "label": _label_pattern,
    "counted": _counted_pattern,
    "pattern": _level_pattern,
}


def _build(tree: Tree[Token], hierarchy: Hierarchy, series: str | None) -> _Reading | None:
    """Turn a parse tree into levels and locators; None where it gives no level at all."""
    builder = _Builder(hierarchy)
    for node in tree.children:
        if isinstance(node, Tree):
            builder.add(node)
    builder.settle_numbers()
    asides_only = all(level.key in ("year", "section") for level in builder.printed) and not builder.locators
    if not builder.labelled and (series is not None or asides_only):
        return None
    if not builder.printed and not builder.locators:
        return None
    return _Reading(tuple(builder.printed), tuple(builder.locators), 0, tuple(builder.splits))


class _Builder:
    """Gathers levels from the nodes of one parse tree, in the order of the text."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self.printed: list[Level] = []
        self.locators: list[Locator] = []
        self.numbers: list[Token] = []
        self.splits: list[tuple[int, int]] = []
        self.labelled = 0

    def add(self, node: Tree[Token]) -> None:
        tokens = [child for child in node.children if isinstance(child, Token)]
        match node.data:
            case "labelled":
                self._add_labelled(tokens[0], tokens[1:])
            case "counted":
                self._add_counted(tokens[0], tokens[1:])
            case "number" | "without_number":
                self.numbers.append(tokens[0])
            case "dotted" | "spaced":
                self._add_bare(tokens[0])
            case "dotted_fond":
                self._add_level("fond", tokens[0].value, tokens[0])
            case key:
                self._add_named(str(key), tokens)

    def _add_labelled(self, label: Token, values: list[Token]) -> None:
        self.labelled += 1
        kind = self._kind(label.value.strip())
        if kind is None:
            raise _NoLabelError(_start(label))
        if not values:
            return
        if kind.locator:
            for value in values:
                self._add_locator(value, label.value.strip())
            return
        first, *others = values
        self._add_level(kind.key, first.value, first, label.value.strip(), _start(label))
        for value in others:
            # “Delo 410, 74-85”: numbers that go on after a comma are leaves, whose label is left out.
            self._add_locator(value, "")

    def _add_counted(self, token: Token, more: list[Token]) -> None:
        self.labelled += 1
        match = _COUNTED.match(token.value)
        kind = self._kind(match.group(2)) if match is not None else None
        if match is None or kind is None:
            return
        value, start = match.group(1), _start(token)
        if kind.locator:
            self.locators.append(read_folios(value, _locator_label(kind), start, match.group(2)))
        else:
            self.printed.append(Level(kind.key, value, match.group(2), (start, start + len(token.value))))
        for other in more:
            self._add_locator(other, match.group(2))

    def _add_bare(self, token: Token) -> None:
        """Give unlabelled numbers to the levels in their order: 558.11.492.57."""
        self.labelled += 1
        parts = re.split(r"[.\s]+", token.value)
        if not parts[0][:1].isdigit() and len(parts[0]) > 1 and "." in token.value:
            parts[:2] = [".".join(parts[:2])]
        keys = [level for level in self.hierarchy.levels if level.required or level.locator]
        offset = _start(token)
        for part, kind in zip(parts, keys, strict=False):
            at = offset + token.value.index(part)
            if kind.locator:
                self.locators.append(read_folios(part, _locator_label(kind), at))
            else:
                self.printed.append(Level(kind.key, part, "", (at, at + len(part))))

    def _add_named(self, key: str, tokens: list[Token]) -> None:
        """Add a node whose rule is named for its level: ``series``, ``piece``, ``box``."""
        kind = self.hierarchy.by_key.get(key)
        values = [token for token in tokens if token.type not in ("LABEL", "MISSPELT_LABEL")]
        label = next((token.value.strip() for token in tokens if token not in values), "")
        if not values:
            return
        self.labelled += key not in ("year", "section")
        if kind is not None and kind.locator:
            for value in values:
                self._add_locator(value, label)
        else:
            first, last = _start(values[0]), values[-1]
            text = values[0].value if len(values) == 1 else " ".join(token.value for token in values)
            self.printed.append(Level(key, text.strip(" ,"), label, (first, _start(last) + len(last.value))))

    def _add_level(self, key: str, value: str, token: Token, label: str = "", start: int | None = None) -> None:
        begin = _start(token) if start is None else start
        if self.locators and any(level.key == key for level in self.printed[self._floor() :]):
            # “…, d. 1119, l. 230, d. 1120, ll. 4-7”: a level again, after leaves, opens the next place.
            self.splits.append((len(self.printed), len(self.locators)))
        self.printed.append(Level(key, value.strip(), label, (begin, _start(token) + len(token.value))))

    def _floor(self) -> int:
        return self.splits[-1][0] if self.splits else 0

    def _add_locator(self, token: Token, label: str) -> None:
        kind = self.hierarchy.locator
        name = _locator_label(kind) if kind is not None else "folio"
        self.locators.append(read_folios(token.value, name, _start(token), label))

    def settle_numbers(self) -> None:
        """Tell subject items and registry numbers apart: the last bare number, if it is one, is the registry's."""
        numbers, self.numbers = self.numbers, []
        if not numbers:
            return
        number_kind = self.hierarchy.by_key.get("iktatoszam")
        item_kind = self.hierarchy.by_key.get("tetel")
        if number_kind is None or item_kind is None:
            kinds = [level for level in self.hierarchy.levels if level.required and not self._has(level.key)]
            for token, kind in zip(numbers, kinds, strict=False):
                self.printed.append(Level(kind.key, token.value, "", _range(token)))
            return
        *items, last = numbers
        if not items and last.type == "NUMBER" and not _REGISTRY_NUMBER.search(last.value):
            items, last = numbers, None  # type: ignore[assignment]
        if items:
            begin, finish = _start(items[0]), _start(items[-1]) + len(items[-1].value)
            value = ", ".join(token.value for token in items)
            self.printed.append(Level(item_kind.key, value, "", (begin, finish)))
        if last is not None:
            self.printed.append(Level(number_kind.key, last.value.strip(), "", _range(last)))

    def _has(self, key: str) -> bool:
        return any(level.key == key for level in self.printed)

    def _kind(self, label: str) -> LevelKind | None:
        """Return the level that a label stands for here; the order decides where it may be several."""
        kinds = self.hierarchy.by_label.get(fold_label(re.sub(r"\s*(?:№|N[o°]\.?|nr\.?)$", "", label)), ())
        if not kinds:
            kinds = self._nearest(label)
        if len(kinds) <= 1:
            return kinds[0] if kinds else None
        rank = self.hierarchy.rank
        last = max((rank.get(level.key, -1) for level in self.printed), default=-1)
        for kind in kinds:
            if rank[kind.key] > last and not self._has(kind.key):
                return kind
        return next((kind for kind in kinds if not self._has(kind.key)), kinds[-1])

    def _nearest(self, label: str) -> tuple[LevelKind, ...]:
        """Return the level whose label is one letter off, for a misspelt one."""
        bare = fold_label(label)
        for level in self.hierarchy.levels:
            if any(len(known) >= 4 and is_slip_of(bare, known) for known in level.labels):
                return (level,)
        return ()


_COUNTED = re.compile(r"\s*((?:[A-Z]{1,3}[- ])?\d{1,5}[a-z]?(?:\s?[-–]\s?\d{1,5})?)\.?\s?(.+)", re.DOTALL)
_REGISTRY_NUMBER = re.compile(r"\d{3}|/\s?(?:1[89]|20)\d\d$")


def _start(token: Token) -> int:
    return token.start_pos if token.start_pos is not None else 0


def _range(token: Token) -> tuple[int, int]:
    return _start(token), _start(token) + len(token.value)


def _locator_label(kind: LevelKind) -> str:
    """Return the CSL label of a leaf level: ``page`` where its name says page, else ``folio``."""
    return "page" if re.search(r"pag|strona|str\b|oldal", kind.key + kind.name) else "folio"


# --- places -----------------------------------------------------------------------------------


def _make_places(
    text: str,
    reading: _Reading,
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
        levels = _in_order(printed, hierarchy)
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


def _in_order(printed: Sequence[Level], hierarchy: Hierarchy) -> tuple[Level, ...]:
    """Return the levels in the archive's own order, each once.

    A level that is named twice is, as a rule, another one mislabelled: in “Delo 5, Opis 28, Delo 412”
    the first stands where fond is missing. The same value twice is just repeated.
    """
    rank = hierarchy.rank
    kept: list[Level] = []
    for index, level in enumerate(printed):
        again = next((other for other in printed[index + 1 :] if other.key == level.key), None)
        if again is not None and again.value == level.value:
            continue
        if again is not None:
            missing = [
                kind.key
                for kind in hierarchy.levels
                if kind.required and all(kind.key != other.key for other in printed)
            ]
            if not missing:
                continue
            level = attrs.evolve(level, key=missing[0])
        kept.append(level)
    return tuple(sorted(kept, key=lambda level: rank.get(level.key, len(rank))))


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


_CARRY = re.compile(r"\s*[;,]?\s*(?:(?:and|и|та|und|sowie|i|și)\s+)?")


def _carry_over(text: str, before: Place, names: NameIndex) -> Iterator[Place]:
    """Yield further places that follow after a semicolon without naming the archive again."""
    while before.hierarchy is not None and before.ibid is None:
        joint = re.compile(r"\s*;\s*(?:(?:and|и|та|und|i|și)\s+)?").match(text, before.end)
        if joint is None:
            return
        word = _WORD.match(text, joint.end())
        if word is None or names.name_at(text, word) is not None:
            return
        reading = _parse(text, joint.end(), before.hierarchy, series=None)
        if reading is None or not reading.printed:
            return
        candidate = Candidate(before.archive, before.hierarchy)
        places = _make_places(text, reading, joint.end(), None, candidate, before.hierarchy)
        for place in places:
            before = _inherit(place, before) if not place.continues else place
            yield before


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
                word = _WORD.match(label)
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


# A label and its number, and the next word: it must be a label too, or there is nothing to read.
_NEXT_LABEL = re.compile(r"[^\W\d_]+['.]{0,2}(?:\s[^\W\d_]{2,3}\.)?\s?(?:№\s?)?(?:[^\W_]{1,4}[-.])?\w+(?:\s?\([^()]{1,40}\))?[\s,.:;–—]{1,4}([^\W\d_]+)")


def _unnamed_place(
    text: str, start: int, names: NameIndex, hierarchies: Sequence[Hierarchy], done: int
) -> list[Place]:
    """Read levels whose archive is not known: named by an unknown word before, by a name behind, or not at all."""
    best: list[Place] = []
    following = _NEXT_LABEL.match(text, start)
    if following is None:
        return []
    likely = [hierarchy for hierarchy in hierarchies if following.group(1) in hierarchy.first_words]
    for hierarchy in likely[:5]:
        reading = _parse(text, start, hierarchy, series=None)
        if reading is None or not _stands_alone(reading, hierarchy):
            continue
        found = _make_places(text, reading, start, None, Candidate(None, hierarchy), hierarchy)
        if _better(found, best):
            best = found
    return _with_name(text, best, names, done) if best else []


def _stands_alone(reading: _Reading, hierarchy: Hierarchy) -> bool:
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
        reading = _parse(text, before.start(), hierarchy, series=None)
        if reading is not None and len(reading.printed) >= 2:
            candidate = Candidate(None, hierarchy)
            found = _make_places(text, reading, before.start(), None, candidate, hierarchy)
            if _better(found, best):
                best = found
    return _with_name(text, best, names, done) if best else []


# An acronym as unknown archives have it: two capitals at least, perhaps two words (РО ИРЛИ).
_ACRONYM_BEFORE = re.compile(r"(?<![\w.])((?:[A-ZА-ЯІЇЄҐ][\w’'-]*\s){0,2}[A-ZА-ЯÁÉÍÓÖŐÚÜŰІЇЄҐ][\w.’'-]*?)\s*\)?\s*[.,:]?\s*$")


def _with_name(text: str, found: list[Place], names: NameIndex, done: int) -> list[Place]:
    """Give the places the archive's name if one stands directly behind or before them."""
    last = found[-1]
    behind = re.compile(r"\s*[,.(]\s*").match(text, last.end)
    word = _WORD.match(text, behind.end()) if behind is not None else None
    name = names.name_at(text, word) if word is not None else None
    if name is not None and word is not None:
        for candidate in names.candidates(name):
            if candidate.hierarchy is not None and candidate.hierarchy.system == "fond_opis":
                span = (word.start(), word.start() + len(name))
                reread = _parse(text, found[0].start, candidate.hierarchy, series=None)
                if reread is not None:
                    end = attrs.evolve(reread, end=span[1])
                    return _make_places(text, end, found[0].start, span, candidate, candidate.hierarchy)
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


def _is_acronym(written: str) -> bool:
    last = written.split()[-1]
    return sum(letter.isupper() for letter in last) * 2 >= len(last)


def near_archive(written: str, archives: "Sequence[Archive] | Mapping[str, Archive] | object") -> Archive | None:
    """Return the one archive whose abbreviation is written with two letters exchanged or one wrong, or None."""
    found: dict[str, Archive] = {}
    for archive in archives:  # type: ignore[attr-defined]
        for abbreviation in archive.abbreviations:
            if len(abbreviation) >= 5 and _one_slip(written, abbreviation):
                found[archive.id] = archive
    return next(iter(found.values())) if len(found) == 1 else None


def _one_slip(written: str, name: str) -> bool:
    if sorted(written) == sorted(name) and written != name:
        return sum(a != b for a, b in zip(written, name, strict=True)) == 2
    return len(written) == len(name) and sum(a != b for a, b in zip(written, name, strict=True)) == 1


def _ibid_place(text: str, ibid: re.Match[str], names: NameIndex) -> list[Place]:
    """Read “Ibid., Delo 412, Listy 18-20”: levels and leaves that *ibid.* restates."""
    word = _WORD.match(text, ibid.end())
    if word is None:
        return []
    best: list[Place] = []
    for hierarchy in _common_hierarchies(names.registry):
        kinds = hierarchy.by_label.get(word.group(), ())
        if not kinds or fold_label(word.group()).lower() in _PAGE_LABELS:
            continue
        reading = _parse(text, ibid.end(), hierarchy, series=None)
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
