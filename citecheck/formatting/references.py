"""Writes references as citations: archival ones in each form of their archive, works as Chicago has them.

Labels, plurals and the word for the back of a leaf come from ``seeds/hierarchies``. What a hierarchy has
no label for is written as the examples of ``seeds/archives`` write it: they show that a piece follows its
series after a slash (FO 371/84053) and a subject item stands bare (4. doboz, 5/a).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

import attrs

from citecheck.archives import Archive, Example, Hierarchy, LevelKind, Registry
from citecheck.citations import (
    ArchivalReference,
    CrossReference,
    IbidReference,
    Level,
    Locator,
    OtherReference,
    Reference,
    WorkReference,
)
from citecheck.formatting.chicago import (
    format_date,
    format_locators,
    format_name,
    format_names,
    format_work,
    split_date,
)


class Form(StrEnum):
    """A way to write an archival reference."""

    LONG = "long"
    """Words in Latin letters: Fond 5, Opis 28, Delo 410, Listy 74–85."""
    ABBREVIATED = "abbreviated"
    """Abbreviations in Latin letters: f. 5, op. 28, d. 410, ll. 74–85."""
    NATIVE = "native"
    """The archive's own: Ф. 5. Оп. 28. Д. 410. Л. 74–85 (GOST R 7.0.5), XIX-J-1-j, 4. doboz."""


# Where a hierarchy has no label in one form, the nearest other one is taken.
_NEAREST = {
    Form.LONG: (Form.ABBREVIATED, Form.NATIVE),
    Form.ABBREVIATED: (Form.NATIVE, Form.LONG),
    Form.NATIVE: (Form.ABBREVIATED, Form.LONG),
}


def format_reference(reference: Reference, form: Form, registry: Registry) -> str | None:
    """Write any reference; None for what is no citation of a source, such as “see note 12”."""
    match reference:
        case ArchivalReference():
            return format_archival(reference, form, registry)
        case WorkReference():
            return format_work(reference)
        case IbidReference():
            levels = ", ".join(_as_written(reference.levels))
            places = ", ".join(filter(None, (format_locators(reference.locators), reference.unread)))
            return ", ".join(filter(None, (reference.form, levels, places)))
        case OtherReference() if reference.description or reference.creators:
            parts = (format_names(reference.creators), reference.description, format_date(reference.date))
            return ", ".join(filter(None, (*parts, format_locators(reference.locators))))
        case OtherReference() | CrossReference():
            return None


# --- archives -----------------------------------------------------------------------------------


def format_archival(
    reference: ArchivalReference, form: Form, registry: Registry, *, keep_name: bool = False
) -> str:
    """Write an archival reference: description, date, archive, levels large to small, leaves, words not read.

    A form that the archive does not have gives the nearest one that it has. With ``keep_name`` the archive is
    named as in the text (see :func:`kept_name`).
    """
    place = format_place(reference, form, registry, keep_name=keep_name)
    gost = _is_gost(_setting(reference, registry).hierarchy, form)
    in_russian = gost and (reference.description is None or _script(reference.description) == "CYRILLIC")
    date = _slavic_date(reference, registry) if in_russian else format_date(reference.date)
    described = ", ".join(filter(None, (_described(reference), date)))
    if not described:
        return place
    return f"{described} // {place}" if gost else f"{described}, {place}"


def format_place(
    reference: ArchivalReference,
    form: Form,
    registry: Registry,
    *,
    name_archive: bool = False,
    keep_name: bool = False,
) -> str:
    """Write where a document lies: archive, levels and leaves, and the words of it that could not be read.

    Args:
        reference: the document.
        form: how to write it.
        registry: the archives that are known.
        name_archive: name the archive even where authors leave it to the reader, because they cite one of
            its series by a code of their own: KTS, 4. doboz.
        keep_name: name the archive in the words of the text, unless the form is in another script.
    """
    setting = _setting(reference, registry)
    levels, previous = reference.levels, None
    if levels and not name_archive and _stands_for_archive(levels[0], setting.archive):
        name, previous, levels = levels[0].value, levels[0].key, levels[1:]
    elif setting.archive is not None:
        name = (kept_name if keep_name else archive_name)(reference, form, registry)
    else:
        name = reference.archive_written
    if levels and name == levels[0].value:
        levels, previous = levels[1:], levels[0].key
    return _with_unread(_write(name, levels, previous, reference.locators, form, setting), reference)


def _with_unread(written: str, reference: ArchivalReference) -> str:
    return ", ".join(filter(None, (written, reference.unread)))


def format_levels(
    reference: ArchivalReference, form: Form, registry: Registry, *, leaves: bool = True
) -> str:
    """Write levels, and leaves, without the archive: the location inside it."""
    locators = reference.locators if leaves else ()
    written = _write("", reference.levels, None, locators, form, _setting(reference, registry))
    return _with_unread(written, reference)


def split_levels(reference: ArchivalReference, form: Form, registry: Registry) -> tuple[str, str]:
    """Write levels and leaves in two parts: the highest level, the collection, and the location inside it.

    Where the highest level begins a signature that no comma parts (FO 371/84053), or is the only one,
    there is no collection, and all is location.
    """
    setting = _setting(reference, registry)
    if setting.hierarchy is None or len(reference.levels) < 2:
        return "", format_levels(reference, form, registry)
    first, *rest = reference.levels
    if _usages(reference.levels, None, form, setting)[1].joint is not None:
        return "", format_levels(reference, form, registry)
    collection = _write("", (first,), None, (), form, setting)
    return collection, _with_unread(_write("", rest, first.key, reference.locators, form, setting), reference)


@attrs.frozen
class _Setting:
    """What says how a level is written: the hierarchy, and the archive with its examples."""

    hierarchy: Hierarchy | None
    archive: Archive | None
    registry: Registry


def _setting(reference: ArchivalReference, registry: Registry) -> _Setting:
    archive = registry.archives.get(reference.archive or "")
    if archive is not None:
        return _Setting(archive.hierarchy, archive, registry)
    return _Setting(registry.hierarchies.get(reference.hierarchy or ""), None, registry)


def _stands_for_archive(level: Level, archive: Archive | None) -> bool:
    if level.key != "series":
        return False
    return archive is None or any(series.code == level.value for series in archive.series)


def _as_written(levels: Sequence[Level]) -> Iterator[str]:
    """Yield levels of no known hierarchy with the labels that the text gave them."""
    for level in levels:
        yield f"{level.label} {level.value}".strip()


def _write(
    name: str,
    levels: Sequence[Level],
    previous: str | None,
    locators: Sequence[Locator],
    form: Form,
    setting: _Setting,
) -> str:
    """Write the archive's name, levels and leaves, each joined to what stands before it."""
    hierarchy = setting.hierarchy
    if hierarchy is None:
        return ", ".join(filter(None, (name, *_as_written(levels), format_locators(locators))))
    separator = ". " if _is_gost(hierarchy, form) else ", "
    written = name
    for level, usage in zip(levels, _usages(levels, previous, form, setting), strict=True):
        kind = hierarchy.by_key.get(level.key)
        if written:
            joint = usage.joint or separator
            # “1806 г. Оп. 1”: the stop of an abbreviation is the separator's too.
            written += joint.removeprefix(".") if written.endswith(".") else joint
        written += _with_label(level.value, usage.label, kind, hierarchy)
    if not locators:
        return written
    leaf = _leaf_level(hierarchy, levels)
    if leaf is None:
        return separator.join(filter(None, (written, format_locators(locators))))
    return separator.join(filter(None, (written, _format_leaves(locators, leaf, form, hierarchy))))


# A number that a label can follow; “5/a” and “IV-138” stand bare.
_COUNTABLE = re.compile(r"(?:[A-Z]{1,3}[- ])?\d{1,5}[a-z]?")


def _with_label(value: str, label: str, kind: LevelKind | None, hierarchy: Hierarchy) -> str:
    if not label:
        return value
    if kind is None or not kind.postfix:
        return f"{label} {value}"
    if _COUNTABLE.fullmatch(value) is None:
        return value
    # Hungarians and Latvians count boxes and files (4. doboz, “4th box”); a year of files is no ordinal.
    return f"{value}. {label}" if hierarchy.system == "doboz" else f"{value} {label}"


def _label_of(level: LevelKind, form: Form, *, plural: bool = False) -> str | None:
    """Return the label of a level in a form, or None where the archives do not use that form."""
    labels = {
        Form.LONG: (level.long, level.long_plural),
        Form.ABBREVIATED: (level.abbreviated, level.abbreviated_plural),
        Form.NATIVE: (level.native, level.native_plural),
    }
    one, several = labels[form]
    return several or one if plural else one


def _any_label(level: LevelKind, form: Form, *, plural: bool = False) -> str:
    found = (_label_of(level, each, plural=plural) for each in (form, *_NEAREST[form]))
    return next(filter(None, found), level.labels[0] if level.labels else "")


def _is_gost(hierarchy: Hierarchy | None, form: Form) -> bool:
    """Tell whether a form has full stops between its elements, as GOST has: labels are Cyrillic capitals."""
    if hierarchy is None or form != Form.NATIVE:
        return False
    labels = [level.native for level in hierarchy.levels if level.native]
    return len(labels) > 1 and all(_CYRILLIC_CAPITAL.match(label) for label in labels)


_CYRILLIC_CAPITAL = re.compile("[А-ЯЁІЇЄҐ]")


# --- names of archives


def archive_name(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Return the name that a form has for a reference's archive, in the form's script.

    It is the first abbreviation that the archive is the usual owner of, or that no other archive has.
    """
    archive = registry.archives.get(reference.archive or "")
    if archive is None:
        return reference.archive_written
    script = _script("".join(level.native or "" for level in archive.hierarchy.levels))
    wanted = script if form == Form.NATIVE else "LATIN"
    names = [name for name in archive.abbreviations if _script(name) == wanted]
    if wanted != "LATIN" and not names and archive.native_name is not None:
        names = [archive.native_name]
    candidates = names if wanted != "LATIN" and names else [*names, *archive.abbreviations, archive.name]
    sure = (name for name in candidates if name not in archive.ambiguous or registry.find(name) == (archive,))
    return next(sure, candidates[0])


def kept_name(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Return the name of an archive in the words of the text; in those of the form if that has another script."""
    name = archive_name(reference, form, registry)
    written = reference.archive_written
    return written if written and _script(written) == _script(name) else name


_SCRIPTS = (
    ("CYRILLIC", re.compile("[Ѐ-ӿ]")),
    ("GEORGIAN", re.compile("[Ⴀ-ჿ]")),
    ("ARMENIAN", re.compile("[Ա-֏]")),
    ("EASTERN", re.compile("[぀-ヿ㐀-鿿가-힯]")),
)


def _script(text: str) -> str:
    """Return the script that a text has letters of: the first that is not Latin, or LATIN."""
    return next((script for script, letters in _SCRIPTS if letters.search(text)), "LATIN")


# --- levels that have no label


@attrs.frozen
class _Usage:
    """How a level is written after another: its label, and what stands before it."""

    label: str
    joint: str | None = None
    """None for the separator of the form."""

    @property
    def is_signature(self) -> bool:
        """Whether the level is a part of one signature with the level before: FO 371/84053, EAA.5100.1."""
        return not self.label and self.joint in ("/", ".", "#", "-", ":")


def _usages(
    levels: Sequence[Level], previous: str | None, form: Form, setting: _Setting
) -> tuple[_Usage, ...]:
    """Return how a form writes each of some levels; parts of one signature stand together as in print."""
    assert setting.hierarchy is not None
    shown = _examples_show(setting.archive, setting.hierarchy, setting.registry)
    found: list[_Usage] = []
    printed: list[_Usage | None] = []
    for level in levels:
        kind = setting.hierarchy.by_key.get(level.key)
        usual = shown.get((previous, level.key, ""))
        printed.append(shown.get((previous, level.key, _shape(level.value)), usual))
        usage = _usage(kind, printed[-1], usual, form, setting) if kind is not None else _Usage("")
        if usage.is_signature and len(printed) > 1 and (before := printed[-2]) is not None:
            # “fond EAA.5100.1.378” would be half a signature, half a list of labels.
            found[-1] = before if not before.label else found[-1]
        found.append(usage)
        previous = level.key
    return tuple(found)


def _usage(
    kind: LevelKind, printed: _Usage | None, usual: _Usage | None, form: Form, setting: _Setting
) -> _Usage:
    """Return how a form writes a level: with a label, or bare if it has none and the examples print none.

    Args:
        kind: the level.
        printed: how the examples write it with such a value after such a level, None if none does.
        usual: the same with any value.
        form: the form that is wanted.
        setting: the archive.
    """
    assert setting.hierarchy is not None
    own = _label_of(kind, form)
    if printed is None and _is_somewhere_bare(kind, setting):
        printed = _Usage("")
    if printed is not None and not printed.label:
        if printed.is_signature:
            return printed
        # An archive's own form has the labels that are printed: 4. doboz, 5/a; AAN, KC PZPR.
        if own is None or (form == Form.NATIVE and usual is not None and not usual.label):
            short = _label_of(kind, Form.ABBREVIATED) if form == Form.LONG else None
            return _Usage(short) if short else printed
    if own:
        return _Usage(own)
    native = next((level.native for level in setting.hierarchy.levels if level.native), "")
    script = _script(native) if form == Form.NATIVE else "LATIN"
    nearest = (_label_of(kind, other) for other in _NEAREST[form])
    labels = (label for label in (*nearest, printed.label if printed else None, *kind.labels) if label)
    return _Usage(next((label for label in labels if _script(label) == script), _any_label(kind, form)))


def _is_somewhere_bare(kind: LevelKind, setting: _Setting) -> bool:
    assert setting.hierarchy is not None
    shown = _examples_show(setting.archive, setting.hierarchy, setting.registry)
    return any(key == kind.key and not usage.label for (_, key, _), usage in shown.items())


def _shape(value: str) -> str:
    """Return the form of a value: “0” for 1359, “A 0” for R 103295, “A0.0” for E1004.1."""
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "A", value))


@cache
def _examples_show(
    archive: Archive | None, hierarchy: Hierarchy, registry: Registry
) -> Mapping[tuple[str | None, str, str], _Usage]:
    """Return how the examples write each level after another, those of the archive itself before all others.

    The third part of a key is the shape of the value, or empty for values of any shape.
    """
    votes: dict[tuple[str | None, str, str], Counter[_Usage]] = {}
    for other in registry.archives.values():
        if other.hierarchy is hierarchy:
            weight = 100 if other is archive else 1
            for example in other.examples:
                for previous, level, usage in _observe(example, other):
                    for shape in (_shape(level.value), ""):
                        votes.setdefault((previous, level.key, shape), Counter())[usage] += weight
    return {key: _commonest(found) for key, found in votes.items()}


def _commonest(votes: Counter[_Usage]) -> _Usage:
    """Return the commonest usage; of two as common one that makes a signature, else one with a label."""
    return max(votes, key=lambda usage: (votes[usage], usage.is_signature, bool(usage.label)))


_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_JOINT = re.compile(r"[\s,.:;#/–—-]*")


def _observe(example: Example, archive: Archive) -> Iterator[tuple[str | None, Level, _Usage]]:
    """Yield how each level of an example is written, as far as its levels follow one another in print."""
    previous: LevelKind | None = None
    end = _name_end(example.text, archive)
    for key, value in example.levels:
        kind = archive.hierarchy.by_key.get(key)
        at = example.text.find(value, end or 0)
        if previous is None and at < 0:
            # The name may be a part of the signature: IOR/L/PS/12/1993.
            end, at = None, example.text.find(value)
        if kind is None or at < 0:
            return
        after = example.text[at + len(value) :]
        usage = _between(example.text[end:at], after, previous, kind) if end is not None else None
        if usage is not None:
            yield previous.key if previous is not None else None, Level(key, value), usage
        previous, end = kind, at + len(value)


def _name_end(text: str, archive: Archive) -> int | None:
    """Return where the archive's name ends if the text opens with it, else None."""
    names = sorted((*archive.current_names, *archive.former_names), key=len, reverse=True)
    return next((len(name) for name in names if text.startswith(name)), None)


def _between(words: str, after: str, previous: LevelKind | None, kind: LevelKind) -> _Usage | None:
    """Read what stands between two levels, “, ” or “/” with a label; None where it is more than that."""
    words = _BRACKETS.sub("", words)
    if previous is not None:
        words = words[len(_label_behind(words, previous)) :]
    label = _label_behind(after, kind).lstrip(" .") if kind.postfix else ""
    for known in sorted(kind.labels, key=len, reverse=True):
        bare = words.rstrip()
        if not kind.postfix and bare.endswith(known) and not bare[: -len(known)][-1:].isalnum():
            label, words = known, bare[: -len(known)]
            break
    if _JOINT.fullmatch(words) is None:
        return None
    joint = re.sub(r"\s+", " ", words)
    return _Usage(label, joint if not label and joint.strip() != "," else None)


def _label_behind(words: str, kind: LevelKind) -> str:
    """Return the label of a level that the words after its value begin with: “. doboz” or nothing."""
    for label in sorted(kind.labels, key=len, reverse=True):
        match = re.match(rf"\.?\s?{re.escape(label)}(?!\w)", words)
        if match is not None and kind.postfix:
            return match.group()
    return ""


# --- leaves


def _leaf_level(hierarchy: Hierarchy, levels: Sequence[Level]) -> LevelKind | None:
    """Return the level of leaves that goes with the given levels; some hierarchies have two."""
    keys = {level.key for level in levels}
    for order in hierarchy.orders:
        if keys <= set(order):
            for key in order:
                kind = hierarchy.by_key.get(key)
                if kind is not None and kind.locator:
                    return kind
    return hierarchy.locator


def _format_leaves(locators: Sequence[Locator], leaf: LevelKind, form: Form, hierarchy: Hierarchy) -> str:
    several = len(locators) > 1 or locators[0].end is not None
    label = _any_label(leaf, form, plural=several)
    written = [_range(locator, hierarchy, form) for locator in locators]
    if leaf.postfix:
        return ", ".join(_postfixed(leaves, label) for leaves in written)
    parts = [f"{label} {written[0]}"]
    # A number that could be a year would not be read as one more leaf: its label is written again.
    parts += [f"{label} {leaves}" if _YEAR_LIKE.match(leaves) else leaves for leaves in written[1:]]
    return ", ".join(parts)


def _postfixed(leaves: str, label: str) -> str:
    """Put a label behind the figures, before the word for the back: “4. lp. o. p.”."""
    figures, space, side = leaves.partition(" ")
    return f"{figures}. {label}{space}{side}"


_YEAR_LIKE = re.compile(r"(?:1[6-9]|20)\d\d(?!\d)")
_SIDE = re.compile(r"(\d+[^\W\d_]?)([vr])")


def _range(locator: Locator, hierarchy: Hierarchy, form: Form) -> str:
    start = _leaf(locator.start, hierarchy, form)
    return start if locator.end is None else f"{start}–{_leaf(locator.end, hierarchy, form)}"


def _leaf(value: str, hierarchy: Hierarchy, form: Form) -> str:
    """Write one leaf with the form's word for its back: 85v is “85 об.” in Moscow, “85v” in Rome."""
    side = _SIDE.fullmatch(value)
    if side is None or side.group(2) == "r":
        return value
    words = hierarchy.verso
    word = next((words[each] for each in (form, *_NEAREST[form]) if words.get(each)), "v")
    return f"{side.group(1)}{word}" if len(word) == 1 else f"{side.group(1)} {word}"


# --- descriptions and dates


def _described(reference: ArchivalReference) -> str | None:
    """Return the description, with an author whom it does not name: “…, composed by N. Ivanov”."""
    if reference.description is None or len(reference.creators) != 1:
        return reference.description
    name = reference.creators[0]
    if name.family in reference.description:
        return reference.description
    return f"{reference.description}, composed by {format_name(name)}"


# In the genitive, as after a day, and where it differs in the nominative, as alone.
_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
}
_NOMINATIVE = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "bg": _MONTHS["bg"],
}
_YEAR_WORD = {"ru": "г.", "uk": "р.", "bg": "г."}


def _slavic_date(reference: ArchivalReference, registry: Registry) -> str | None:
    """Write a date in the language of the archive's country: 28 мая 1957 г., серпень 1962 р."""
    parts = split_date(reference.date) if reference.date is not None else None
    if parts is None:
        return format_date(reference.date)
    archive = registry.archives.get(reference.archive or "")
    country = archive.country if archive is not None else None
    language = {"UA": "uk", "BG": "bg"}.get(country or "", "ru")
    year, month, day = parts
    words = (_MONTHS if day else _NOMINATIVE)[language].split()
    written = (str(day) if day else "", words[month - 1] if month else "", year, _YEAR_WORD[language])
    return " ".join(filter(None, written))
