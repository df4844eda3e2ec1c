"""Reads the levels of an archival reference: “Fond 5, Opis 28, Delo 410, Listy 74-85”.

The grammar of the archive's system says what stands there and where it ends; here its tree becomes
levels and leaves. A part that bears no label gets its level by its place among the others and by
the form of its value: in “ACS, PCM, 1951-54, b. 2917” PCM is the fondo and 1951-54 the serie.
"""

import re
from collections.abc import Sequence

import attrs

from citecheck.archives import Hierarchy, LevelKind, fold_label
from citecheck.citations import Level, Locator
from citecheck.parsing import Token, Tree
from citecheck.reading.assignment import DATE, assign_levels, distinct_figures, locator_label, unquoted
from citecheck.reading.correspondents import tells_correspondents
from citecheck.reading.dates import date_at
from citecheck.reading.folios import read_folios
from citecheck.reading.terminals import (
    COUNTED,
    fits_closely,
    fold_count,
    in_words,
    level_grammar,
    signature_forms,
)


@attrs.frozen
class Reading:
    """Levels and leaves as one stretch of text gives them, in its order."""

    printed: tuple[Level, ...]
    locators: tuple[Locator, ...]
    end: int
    splits: tuple[tuple[int, int], ...] = ()
    """Where a further place begins inside: indices into ``printed`` and ``locators``."""
    firm: bool = False
    """Whether a level bears a label or has a form of its own; leaves and names alone say nothing."""
    evidence: int = 0
    """How sure it is that this is no prose and no book."""
    description: tuple[int, int] | None = None
    """Where words between the levels describe the document: “sygn. 5/467, Pismo Ministerstwa …, k. 3”."""
    opening: str = "LABEL"
    """The terminal that it begins with; ``WORDS`` for a name without a label."""
    labelled: bool = False
    """Whether a label, or the form of a number, says what a level is."""


def read_levels(text: str, start: int, end: int, hierarchy: Hierarchy) -> Reading | None:
    """Read the levels that ``text[start:end]`` begins with; None where it begins with none.

    Args:
        text: the passage, with plain spaces and apostrophes.
        start: where the reference begins, or what joins it to the archive's name.
        end: the reading goes no further.
        hierarchy: the levels that may be expected.
    """
    parsed = level_grammar(hierarchy).parse_prefix(text, start, end)
    if parsed is None:
        return None
    return _build(text, parsed.tree, hierarchy, parsed.end)


def read_all_levels(
    text: str, start: int, end: int, hierarchy: Hierarchy, *, upwards: bool = False
) -> Reading | None:
    """Read ``text[start:end]`` if all of it is levels, else return None.

    ``upwards`` where the archive's name follows, so that the levels may run from small to large.
    """
    parsed = level_grammar(hierarchy).parse_whole(text, start, end)
    if parsed is None:
        return None
    reading = _build(text, parsed.tree, hierarchy, end, upwards=upwards)
    return reading if reading is not None and reading.end == end else None


def _build(text: str, tree: Tree, hierarchy: Hierarchy, end: int, *, upwards: bool = False) -> Reading | None:
    """Turn a parse tree into levels and locators; None where it gives none."""
    builder = _Builder(text, hierarchy, upwards)
    for node in tree.children:
        if isinstance(node, Tree) and not builder.stopped:
            builder.add(node)
    builder.settle_parts()
    builder.settle_numbers()
    if not builder.printed and not builder.locators:
        return None
    if builder.stopped:
        ends = [level.span[1] for level in builder.printed]
        end = max([*ends, *(locator.span[1] for locator in builder.locators)])
    return Reading(
        printed=tuple([_with_sort(level, hierarchy) for level in builder.printed]),
        locators=tuple(builder.locators),
        end=end,
        splits=tuple(builder.splits),
        firm=builder.firm or (builder.volume and builder.folio),
        evidence=builder.evidence,
        description=builder.description,
        opening=_opening(tree),
        labelled=builder.labelled,
    )


def _with_sort(level: Level, hierarchy: Hierarchy) -> Level:
    """Return a level with the sort of container that its label names."""
    kind = hierarchy.by_key.get(level.key)
    sort = kind.sort_of(level.label) if kind is not None else ""
    return attrs.evolve(level, sort=sort) if sort else level


def _opening(tree: Tree) -> str:
    for node in tree.children:
        if isinstance(node, Tree):
            return next((str(child.type) for child in node.children if isinstance(child, Token)), "")
    return ""


# Nodes whose number bears a label.
_BEAR_LABELS = frozenset(("labelled", "counted"))


@attrs.define
class _Builder:
    """Gathers levels from the nodes of one parse tree, in the order of the text."""

    text: str
    hierarchy: Hierarchy
    upwards: bool = False
    """Whether the levels may run from small to large: “box 494, President's Trip Files, NSC Files”."""
    printed: list[Level] = attrs.field(factory=list)
    locators: list[Locator] = attrs.field(factory=list)
    numbers: list[Token] = attrs.field(factory=list)
    splits: list[tuple[int, int]] = attrs.field(factory=list)
    labelled: bool = False
    firm: bool = False
    volume: bool = False
    """Whether a level has a label by which books are cited too, and so says something only beside a folio."""
    folio: bool = False
    description: tuple[int, int] | None = None
    evidence: int = 0
    stopped: bool = False
    """True once something stands there that is no level: it belongs to what comes after the reference."""
    date_end: int = 0
    """Where the date ends that stands among the parts: its figures and its month are no levels."""

    def add(self, node: Tree) -> None:
        tokens = [child for child in node.children if isinstance(child, Token)]
        if self._is_of_date(node, tokens):
            return
        match node.data:
            case "labelled":
                self._add_labelled(tokens[0], tokens[1:])
            case "counted":
                self._add_counted(tokens[0])
            case "number" | "without_number":
                self.numbers.append(tokens[0])
            case "dotted" | "spaced":
                self._add_bare(tokens[0])
            case "signature" if self.printed and tells_correspondents(tokens[0].value.lstrip(" ,")):
                # “Mappe 1890, Ollenhauer an Wehner, 3.4.1957”: the document, though names may be a Bestand.
                self.stopped = True
            case "signature":
                self._add_signature(tokens[0])
            case "part":
                self._add_part(tokens[0])
            case "leaves":
                for token in self._without_further_numbers(tokens):
                    for leaf in _LEAF_IN_LIST.finditer(token.value):
                        start = token.start_pos + leaf.start()
                        self._add_locator(Token("LEAVES", leaf.group(), start_pos=start), "")
            case "dotted_fond":
                self._add_named("fond", tokens)
            case key:
                self._add_named(str(key), tokens)

    def _is_of_date(self, node: Tree, tokens: Sequence[Token]) -> bool:
        """Tell whether a node is a date or a part of one, and keep the date among the parts.

        A label makes a level of any number; and what stands first of all, “17.3.1925” behind the archive's name, is a
        signature without labels.
        """
        if node.data in _BEAR_LABELS or not tokens or not (self.printed or self.numbers or self.locators):
            return False
        start = tokens[0].start_pos + len(tokens[0].value) - len(tokens[0].value.lstrip(" ,"))
        if start < self.date_end:
            return True
        end = date_at(self.text, start)
        if end is None:
            return False
        self.date_end = end
        if self.locators:
            self.stopped = True
        else:
            self.printed.append(Level("", self.text[start:end], DATE, (start, end)))
        return True

    def _add_labelled(self, label: Token, values: list[Token]) -> None:
        written = label.value.strip(" :,")
        if label.type == "MISREAD_LABEL":
            written = written.strip(" ,.").replace("1", "l") + "."
        value = values[0].value.strip() if values else ""
        kind = self._kind(written, value)
        if kind is None and label.type == "MISSPELT_LABEL":
            self.stopped = True
            return
        self.labelled = True
        if kind is None or not values:
            return
        if _YEARS.fullmatch(value) and not kind.fits(value) and not in_words(kind):
            # “Central Decimal File 1955-59” is a name, though its words are a label too.
            self._add_part(Token("WORDS", label.value + values[0].value, start_pos=label.start_pos))
        elif kind.locator:
            if not is_label_of_pages(written):
                self.folio = True
                self.evidence += 1
            for token in values:
                self._add_locator(token, written)
        elif not kind.fits(value) and any(
            key == kind.key for key, _, _ in self._divide(values[0], "SIGNATURE")
        ):
            # “sygn. BU 0296/101”: the label stands before the whole signature.
            self._count_label(written, kind, value)
            self._add_signature(Token("SIGNATURE", values[0].value, start_pos=values[0].start_pos))
            self._add_unlabelled(values[1:])
        else:
            self._count_label(written, kind, value)
            if (
                len(values) > 1
                and kind.takes_several(written)
                and all(kind.fits(each.value.strip()) for each in values)
            ):
                # “dd. 342, 343”: files, and no leaves.
                end = values[-1].start_pos + len(values[-1].value)
                several = Token(
                    values[0].type, self.text[values[0].start_pos : end], start_pos=values[0].start_pos
                )
                self._add_level(kind.key, several, label)
                return
            self._add_level(kind.key, values[0], label)
            self._add_unlabelled(values[1:])

    def _count_label(self, written: str, kind: LevelKind, value: str) -> None:
        """Count what a label says: books have volumes too, and a letter before a number says little."""
        if not is_label_of_books(written):
            self._count(1 if len(fold_label(written)) == 1 else 2)
        elif (
            kind.required
            or (value[:1].isalpha() and distinct_figures(value) == 2)
            or _OF_OFFICE.search(value)
        ):
            self._count(1)
        else:
            self.volume = True

    def _add_level(self, key: str, token: Token, label: Token) -> None:
        self._raise_leaf()
        if self.locators and any(level.key == key for level in self.printed[self._floor() :]):
            # “…, d. 1119, l. 230, d. 1120, ll. 4-7”: a level again, after leaves, opens the next place.
            self.splits.append((len(self.printed), len(self.locators)))
        span = (label.start_pos, token.start_pos + len(token.value.rstrip()))
        self.printed.append(Level(key, unquoted(token.value), label.value.strip(" :"), span))

    def _raise_leaf(self) -> None:
        """Make the last leaf the level that its label may mean too, now that a level follows: “p. 112, t. 26”."""
        leaf = self.locators[-1] if self.locators else None
        if leaf is None or leaf.end is not None or (self.printed and leaf.span < self.printed[-1].span):
            return
        for kind in self.hierarchy.by_label.get(fold_label(leaf.written_label), ()):
            if not kind.locator and kind.fits(leaf.start) and not self._has(kind.key):
                self.locators.pop()
                self.printed.append(Level(kind.key, leaf.start, leaf.written_label, leaf.span))
                return

    def _without_further_numbers(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Add to the last level the numbers that go on from its own: “CAB 65/42, 43” is two pieces. Return other tokens.

        They have as many figures as its own and rise from it, as a leaf in that piece would hardly do.
        """
        last = self.printed[-1] if self.printed and not self.locators else None
        if last is None or self.hierarchy.system != "series_piece" or not last.value.isdigit():
            return tokens
        numbers = [
            last.value,
            *(number for token in tokens for number in re.split(r",\s", token.value.strip())),
        ]
        alike = all(number.isdigit() and len(number) == len(last.value) for number in numbers)
        if len(numbers) < 2 or not alike or sorted(set(numbers)) != numbers:
            return tokens
        end = tokens[-1].start_pos + len(tokens[-1].value.rstrip())
        self.printed[-1] = attrs.evolve(last, value=", ".join(numbers), span=(last.span[0], end))
        return ()

    def _add_unlabelled(self, tokens: list[Token]) -> None:
        """Add numbers that go on after a level's own: leaves whose label is left out (“Delo 410, 74-85”)."""
        for token in self._without_further_numbers(tokens):
            if date_at(self.text, token.start_pos) is not None:
                self.stopped = True
                return
            if self.hierarchy.system == "named_fond":
                # Among names, they may be a level below that is written without a label.
                self._add_part(token)
            else:
                self._add_locator(token, "")

    def _add_counted(self, token: Token) -> None:
        self.labelled = True
        match = COUNTED.match(token.value)
        kind = self._kind(match.group(3), match.group(1)) if match is not None else None
        if match is None or kind is None:
            return
        self._count(2)
        value, side, label = match.groups()
        start = token.start_pos
        if kind.locator:
            self.locators.append(read_folios(value + side, locator_label(kind), start, label))
            return
        end = start + len(token.value)
        above, stroke, own = value.partition("/")
        year, inner, last = own.partition("/")
        if inner and "year" in self.hierarchy.by_key and not self._has("year"):
            # “32/1966/12. ő. e.” is unit 12 of the year 1966 in group 32.
            at = start + len(above) + 1
            self.printed.append(Level("year", year, "", (at, at + len(year))))
            own = last
        holder = self._holder(kind, above) if stroke and not kind.fits(value) and kind.fits(own) else None
        if holder is not None:
            # “5/154. ő. e.” is unit 154 of group 5.
            self.printed.append(Level(holder.key, above, "", (start, start + len(above))))
            start, value = end - len(token.value) + token.value.index(own, len(above)), own
        self.printed.append(Level(kind.key, value, label, (start, end)))

    def _holder(self, kind: LevelKind, value: str) -> LevelKind | None:
        """Return the level right above another if it is free and the value is of its form."""
        rank = self.hierarchy.rank[kind.key]
        above = self.hierarchy.levels[rank - 1] if rank else None
        return above if above is not None and not self._has(above.key) and above.fits(value) else None

    def _add_bare(self, token: Token) -> None:
        """Give unlabelled numbers to the levels in their order: 558.11.492.57."""
        self.labelled = True
        self._count(2)
        parts = re.split(r"[./\s]+", token.value)
        if parts[0].isalpha() and "." in token.value:
            # The letters of a collection belong to the fond: ERAF.1.46.1781.
            parts[:2] = [".".join(parts[:2])]
        kinds = [level for level in self.hierarchy.levels if level.required or level.locator]
        at = token.start_pos
        for part, kind in zip(parts, kinds, strict=False):
            at += token.value[at - token.start_pos :].index(part)
            if kind.locator:
                self.locators.append(read_folios(part, locator_label(kind), at))
            else:
                self.printed.append(Level(kind.key, part, "", (at, at + len(part))))
            at += len(part)

    def _add_signature(self, token: Token) -> None:
        """Divide a signature among its levels: FO 371/8475."""
        parts = self._divide(token, token.type)
        if token.type == "OFFICE_NUMBER":
            # “FO 371/84053, FO 371/84054” is two signatures, though the second looks like an office's number.
            again = self._divide(token, "SIGNATURE")
            if again and any((level.key, level.value) == again[0][:2] for level in self.printed):
                parts = again
        if any(self._has(key) for key, _, _ in parts):
            self.splits.append((len(self.printed), len(self.locators)))
        for key, value, at in parts:
            if self.hierarchy.by_key[key].locator:
                self._add_locator(Token("LEAVES", value, start_pos=at), "")
            else:
                self.printed.append(Level(key, value, "", (at, at + len(value))))
        odd = token.type == "ODD_SIGNATURE" and len(parts) == 1
        # Not every manuscript has figures: Cotton MS Titus B.II.
        manuscript = _MANUSCRIPT.match(token.value) is not None
        self._count(1 if odd else max(distinct_figures(token.value), manuscript))

    def _divide(self, token: Token, terminal: str) -> list[tuple[str, str, int]]:
        """Return the levels that a signature joins: key, value and offset."""
        found = []
        for form in signature_forms(self.hierarchy, terminal):
            match = form.pattern.fullmatch(token.value)
            if match is not None:
                found.append(
                    [(key, match.group(key), match.start(key) + token.start_pos) for key in form.keys]
                )
        # “Bestand MfAA, A 7137”: what has its Bestand goes on with the piece, though A 7137 may be a Bestand too.
        new = (levels for levels in found if not any(self._has(key) for key, _, _ in levels))
        return next(new, found[0] if found else [])

    def _add_part(self, token: Token) -> None:
        """Keep a part without a label until all parts are known; behind leaves there is none."""
        if self.locators:
            self.stopped = True
            return
        value = self._fond_of(unquoted(token.value.lstrip(", ")))
        start = token.start_pos + token.value.find(value)
        end = start + len(value)
        before = self.printed[-1] if self.printed else None
        of_name = before is not None and not before.key and start <= before.span[1] + 2
        if (
            before is not None
            and of_name
            and self.hierarchy.system == "box_folder"
            and _YEARS.fullmatch(value)
        ):
            # “Central Decimal File, 1955–59”: the years belong to the name.
            whole = f"{before.value}, {value}"
            self.printed[-1] = attrs.evolve(before, value=whole, span=(before.span[0], end))
            return
        self.printed.append(Level("", value, token.type, (start, end)))

    def _fond_of(self, value: str) -> str:
        """Return the number of a fond without the name that follows it: “AJ, 507 CK SKJ, III/72”."""
        fond = self.hierarchy.levels[0]
        named = _NUMBER_AND_NAME.fullmatch(value)
        if self.printed or named is None or fond.fits(value):
            return value
        return named[1] if fond.fits(named[1]) else value

    def _add_named(self, key: str, tokens: list[Token]) -> None:
        """Add a node whose rule is named for its level: ``year``, ``section``, ``fond``."""
        if not tokens:
            return
        if key == "fond" and self._has(key):
            # “Ф. 0102. Реф. по Корее. Оп. 14” says what fond 0102 is.
            return
        first, last = tokens[0], tokens[-1]
        # The joint may have come along: XIX-J-1-j-Korea.
        value = " ".join(token.value for token in tokens).strip(" ,").lstrip("-–")
        if key == "year":
            # “1898 g.” has the word for year behind it.
            value = value[:4]
        elif key == "section":
            # “1 eksp.” has the word for section behind it.
            value = re.sub(r"^(\d{1,2})(?:-\w+)?\s.*", r"\1", value)
        elif key == "litera":
            # “лит. А” has the word for letter before it.
            value = value[-1]
        else:
            self._count(1)
        start = first.start_pos + first.value.find(value[0])
        self.printed.append(Level(key, value, "", (start, last.start_pos + len(last.value))))

    def _add_locator(self, token: Token, label: str) -> None:
        kind = self.hierarchy.locator
        name = locator_label(kind) if kind is not None else "folio"
        verso = self.hierarchy.verso.values()
        self.locators.append(read_folios(token.value, name, token.start_pos, label, verso))

    def _count(self, evidence: int) -> None:
        self.evidence += evidence
        self.firm = self.firm or evidence > 0

    def _floor(self) -> int:
        return self.splits[-1][0] if self.splits else 0

    def _has(self, key: str) -> bool:
        return any(level.key == key for level in self.printed)

    # --- which level a label means ---

    def _kind(self, label: str, value: str) -> LevelKind | None:
        """Return the level that a label stands for here; value and order decide where it may be several."""
        by_label = self.hierarchy.by_label
        kinds = by_label.get(fold_label(label)) or by_label.get(fold_label(fold_count(label)))
        if kinds is None:
            return self._nearest(label)
        if len(kinds) == 1:
            return kinds[0]
        rank = self.hierarchy.rank
        last = max((rank.get(level.key, -1) for level in self.printed), default=-1)
        free = [kind for kind in kinds if kind.locator or not self._has(kind.key)] or list(kinds)
        if is_label_of_pages(label):
            # “p. 12” is a page until a level follows it; where papki are required, it is one if none stands before.
            needed = [kind for kind in free if kind.required and not kind.locator]
            free = needed or [kind for kind in free if kind.locator] or free
        if not any(letter.isdigit() for letter in value):
            # “fond Informativ” is no leaf, whatever else the label may mean.
            free = [kind for kind in free if in_words(kind)] or free
        # “no. 189” is a paper of the piece, “no. FK1015/12” the number that it had in its office.
        free = [kind for kind in free if kind.locator or kind.fits(value)] or free
        return next((kind for kind in free if rank[kind.key] > last), free[0])

    def _nearest(self, label: str) -> LevelKind | None:
        """Return the level whose label is one letter off, for a misspelt one."""
        bare = fold_label(label)
        for level in self.hierarchy.levels:
            if any(len(known) >= 4 and _is_slip(bare, known) for known in level.labels):
                return level
        return None

    # --- parts without labels ---

    def settle_parts(self) -> None:
        """Give the parts without a label their levels, and end the reading where one has none."""
        self._part_leaves()
        self._part_fond()
        if all(level.key for level in self.printed):
            return
        keys = self._close_description(assign_levels(self.printed, self.hierarchy, upwards=self.upwards))
        self.printed = [
            level if level.key else self._settled(level, self.hierarchy.by_key[key])
            for level, key in zip(self.printed, keys, strict=True)
            if key is not None
        ]
        # A further place begins where it began, though parts before it are no levels.
        moved = (
            (len([key for key in keys[:level] if key is not None]), min(locator, len(self.locators)))
            for level, locator in self.splits
        )
        self.splits = [split for split in moved if 0 < split[0] < len(self.printed)]
        self._count_whole()

    def _count_whole(self) -> None:
        """Count a name and a bare number with leaves, where they are all that the archive asks for: “…, 686, s. 1–5”."""
        required = [kind for kind in self.hierarchy.levels if kind.required]
        values = {level.key: level.value for level in self.printed}
        complete = len(required) > 1 and all(kind.fits(values.get(kind.key, "")) for kind in required)
        labelled = any(level.label for level in self.printed)
        if complete and self.locators and not labelled and not any(map(_YEAR.fullmatch, values.values())):
            self._count(1)

    def _part_leaves(self) -> None:
        """Take bare numbers that close it all for leaves: “KC PZPR, XI A/48, 12–15”, “…, XI A/79, 26–31, 40”."""
        if self.locators or self.hierarchy.system != "named_fond":
            return
        first = len(self.printed)
        while first > 1 and not self.printed[first - 1].key and _is_leaf(self.printed[first - 1].value):
            first -= 1
        leaves = self.printed[first:]
        before = self.printed[first - 1].value if leaves else ""
        # One number alone may be that of the unit, unless what stands before it is one.
        is_unit = re.search(r"[^\W\d_]", before) is not None and distinct_figures(before) == 2
        if leaves and (is_unit or any(_RANGE.fullmatch(leaf.value) for leaf in leaves)):
            del self.printed[first:]
            for leaf in leaves:
                self._add_locator(Token("LEAVES", leaf.value, start_pos=leaf.span[0]), "")

    def _part_fond(self) -> None:
        """Part the name of a fond from the number behind it, where nothing else is given: “KC PZPR 2631”."""
        required = [kind for kind in self.hierarchy.levels if kind.required]
        if len(self.printed) != 1 or self.printed[0].key or len(required) < 2 or not in_words(required[0]):
            return
        part = self.printed[0]
        name, _, number = part.value.rpartition(" ")
        of_letters = _LETTERS_OF_FOND.fullmatch(name) is not None
        named = of_letters or re.search(r"[^\W\d_]{3}", name)
        if named and number.isdigit() and required[1].fits(number):
            start, end = part.span
            if of_letters and not _YEAR.fullmatch(number):
                # “MA 1234”, “StK 5467”: with such letters no prose goes on.
                self._count(1)
            self.printed[:] = [
                Level("", name, part.label, (start, start + len(name))),
                Level("", number, "CODE", (end - len(number), end)),
            ]

    def _settled(self, part: Level, kind: LevelKind) -> Level:
        """Return a part with its level, and count what it says."""
        if part.label == "COLLECTION":
            self.evidence += 1
            if _SHELFMARK.match(part.value):
                self._count(1)
        elif part.value.isdigit():
            pass
        elif fits_closely(kind, part.value):
            self._count(distinct_figures(part.value))
        else:
            self.evidence += min(distinct_figures(part.value), 1)
        return attrs.evolve(part, key=kind.key, label="")

    def _close_description(self, keys: list[str | None]) -> list[str | None]:
        """Settle what words without a level do behind one: they describe the document, or end the reading.

        “…, sygn. 5/467, Pismo Ministerstwa Informacji, 17 XII 1945 r., k. 3” goes on with the leaf. What goes
        on with a volume or a page is a book.
        """
        first = next((place for place, key in enumerate(keys) if key is None and any(keys[:place])), None)
        if first is None:
            return keys
        rest = list(zip(self.printed[first:], keys[first:], strict=True))
        labels = [level.label for level, key in rest if key is not None]
        labels += [locator.written_label for locator in self.locators]
        if labels and not _PAGE_OR_VOLUME.fullmatch(labels[0]):
            # “KMJ, I-3-b/651, Beleška o razgovoru, 3. 6. 1955”: the name of the fond stands apart, and describes nothing.
            last = max(place for place, (_, key) in enumerate(rest) if key is None)
            opened = [place for place, (_, key) in enumerate(rest[:last]) if key is not None]
            run = rest[max(opened, default=-1) + 1 : last + 1]
            if any(not level.value.isupper() for level, _ in run):
                self.description = (run[0][0].span[0], run[-1][0].span[1])
            return keys
        self.stopped = True
        self.locators.clear()
        del self.printed[first:]
        return keys[:first]

    def settle_numbers(self) -> None:
        """Tell subject items from registry numbers: the last bare number, if it is one, is the registry's."""
        numbers, self.numbers = self.numbers, []
        number_kind = self.hierarchy.by_key.get("iktatoszam")
        item_kind = self.hierarchy.by_key.get("tetel")
        if number_kind is None or item_kind is None:
            kinds = [
                level
                for level in self.hierarchy.levels
                if (level.required or level is number_kind) and not self._has(level.key)
            ]
            for token in list(numbers):
                # “V-150000/17” is a dossier, though its fond is left out.
                value = token.value.strip()
                kind = next((kind for kind in kinds if kind.fits(value)), None)
                if kind is not None and value[:1].isalpha():
                    self._count(distinct_figures(value))
                elif kind is None and kinds and not _RANGE.fullmatch(value):
                    kind = kinds[0]
                if kind is None:
                    break
                self._add_number(kind, [token])
                kinds.remove(kind)
                numbers.remove(token)
            for token in numbers:
                # Behind the last level, a number without a label is a leaf: “3.1.9. V-150001, 45–47”.
                self._add_locator(token, "")
            return
        items, last = numbers[:-1], numbers[-1:]
        if not items and last and last[0].type == "NUMBER" and not _REGISTRY_NUMBER.search(last[0].value):
            items, last = last, []
        if items:
            self._add_number(item_kind, items)
        if last:
            self._add_number(number_kind, last)

    def _add_number(self, kind: LevelKind, tokens: list[Token]) -> None:
        value = ", ".join(token.value.strip() for token in tokens)
        span = (tokens[0].start_pos, tokens[-1].start_pos + len(tokens[-1].value))
        self.printed.append(Level(kind.key, value, "", span))


# MA, StK, MdI: two capitals at least.
_LETTERS_OF_FOND = re.compile(r"[A-ZÄÖÜ][a-zäöü]{0,2}[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{0,4}")
_NUMBER_AND_NAME = re.compile(
    r"(\d{1,4}(?:/[IVX]+)?)(?:\s|-)(?=[^\W\d_]{2})(?:(?![a-zßà-öø-ÿа-яё])[^\W\d_]|\s)+"
)
# A file's number as offices give it, with strokes and letters: 23/18/50-NEF.
_OF_OFFICE = re.compile(r"\d/\d+/?[^\s,]*[^\W\d_]{2}")
_REGISTRY_NUMBER = re.compile(r"\d{3}|/\s?(?:1[89]|20)\d\d$")
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s?[-–/]\s?\d{2,4}")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_RANGE = re.compile(r"\d{1,4}[rv]?\s?[-–]\s?\d{1,4}[rv]?")
_LEAF = re.compile(r"\d{1,4}[rv]?(?:\s?[-–]\s?\d{1,4}[rv]?)?")
_LEAF_IN_LIST = re.compile(r"[^\s,][^,]*")
_MANUSCRIPT = re.compile(r"(?:[A-Z][a-z]+\s)?MSS?\.?\s")
# bMS Am 1527
_SHELFMARK = re.compile(r"[a-z]{0,2}MSS?\.?\s[^,;:()]*\d")
_PAGE = re.compile(r"[PpSs]{1,2}\.?|[Pp]ages?|[Ss]tr\.?|стр?\.?")
_PAGE_OR_VOLUME = re.compile(
    r"vol(?:s|umul|umes?)?\.?|tom[eu]?|t\.|bde?\.|n[ro]\.|[ps]{1,2}\.|pages?|str\.?", re.IGNORECASE
)
# Labels by which books and periodicals are cited as well.
_OF_BOOKS = re.compile(
    r"(?:vol(?:s|umul|umes?)?|tom[eu]?|bde?|n[ro]|nos|pp?|ss?|str|art|cat|foll?|f[fo]?|do[ck]|series?|serie|série"
    r"|dossier|tab|sign|t|т|t[eé]l|ч|ch|parts?|pt)\.?",
    re.IGNORECASE,
)


def is_label_of_books(label: str) -> bool:
    """Tell whether books and periodicals are cited by a label too: vol., no., fol."""
    return _OF_BOOKS.fullmatch(label) is not None


def is_label_of_pages(label: str) -> bool:
    """Tell whether a label says page and not leaf: p., s., str."""
    return _PAGE.fullmatch(label) is not None


def _is_leaf(value: str) -> bool:
    return _LEAF.fullmatch(value) is not None and _YEARS.fullmatch(value) is None


def _is_slip(written: str, word: str) -> bool:
    """Tell whether a word has one letter wrong, missing or added, or two exchanged, the first kept."""
    if written[:1] != word[:1] or written == word:
        return False
    if len(written) == len(word):
        wrong = [place for place, (a, b) in enumerate(zip(written, word, strict=True)) if a != b]
        exchanged = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(written) == sorted(word)
        return len(wrong) == 1 or exchanged
    longer, shorter = (written, word) if len(written) > len(word) else (word, written)
    added = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in added
