"""Writes references as citations: archival ones in each form that their archive has, works as Chicago has them.

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
    Container,
    CrossReference,
    IbidReference,
    Kind,
    Level,
    Locator,
    Name,
    OtherReference,
    Reference,
    WorkReference,
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


def forms_of(hierarchy: Hierarchy) -> tuple[Form, ...]:
    """Return the forms that a hierarchy has labels for; one without any is written in its only form."""
    found = tuple(form for form in Form if any(_label_of(level, form) for level in hierarchy.levels))
    return found or (Form.ABBREVIATED,)


def format_reference(reference: Reference, form: Form, registry: Registry) -> str | None:
    """Write any reference; None for what is no citation of a source, such as “see note 12”."""
    match reference:
        case ArchivalReference():
            return format_archival(reference, form, registry)
        case WorkReference():
            return format_work(reference)
        case IbidReference():
            return _format_ibid(reference)
        case OtherReference() if reference.description or reference.creators:
            parts = (_names(reference.creators), reference.description, format_date(reference.date))
            return ", ".join(filter(None, (*parts, _locators(reference.locators))))
        case OtherReference() | CrossReference():
            return None


# --- archives -----------------------------------------------------------------------------------


def format_archival(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Write an archival reference: what the document is, its date, archive, levels and leaves, large to small.

    A form that the archive does not have gives the nearest one that it has.
    """
    place = format_place(reference, form, registry)
    gost = _is_gost(_hierarchy_of(reference, registry), form)
    language = _language(reference, registry) if gost and not _is_latin(reference.description) else "en"
    described = ", ".join(filter(None, (_described(reference), format_date(reference.date, language))))
    if not described:
        return place
    return f"{described} // {place}" if gost else f"{described}, {place}"


def format_place(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Write where a document lies: archive, levels and leaves."""
    hierarchy = _hierarchy_of(reference, registry)
    archive = registry.archives.get(reference.archive) if reference.archive is not None else None
    levels = reference.levels
    if levels and _stands_for_archive(levels[0], archive):
        # A series that authors cite without its archive: KTS, 4. doboz.
        name, previous, levels = levels[0].value, levels[0].key, levels[1:]
    elif archive is not None:
        name, previous = _archive_name(archive, form, registry), None
    else:
        name, previous = reference.archive_written, None
    if hierarchy is None:
        return ", ".join(filter(None, (name, *_as_written(levels), _locators(reference.locators))))
    return name + _format_levels(levels, reference.locators, form, _Setting(hierarchy, archive, registry), previous, bool(name))


def format_levels(reference: ArchivalReference, form: Form, registry: Registry, *, leaves: bool = True) -> str:
    """Write levels and leaves without the archive: the location inside it."""
    locators = reference.locators if leaves else ()
    hierarchy = _hierarchy_of(reference, registry)
    if hierarchy is None:
        return ", ".join(filter(None, (*_as_written(reference.levels), _locators(locators))))
    archive = registry.archives.get(reference.archive) if reference.archive is not None else None
    return _format_levels(reference.levels, locators, form, _Setting(hierarchy, archive, registry), None, False)


@attrs.frozen
class _Setting:
    """What says how a level is written: the hierarchy, and the archive with its examples."""

    hierarchy: Hierarchy
    archive: Archive | None
    registry: Registry


def _hierarchy_of(reference: ArchivalReference, registry: Registry) -> Hierarchy | None:
    archive = registry.archives.get(reference.archive) if reference.archive is not None else None
    if archive is not None:
        return archive.hierarchy
    return registry.hierarchies.get(reference.hierarchy or "")


def _stands_for_archive(level: Level, archive: Archive | None) -> bool:
    if level.key != "series":
        return False
    return archive is None or any(series.code == level.value for series in archive.series)


def _as_written(levels: Sequence[Level]) -> Iterator[str]:
    """Yield levels of no known hierarchy with the labels that the text gave them."""
    for level in levels:
        yield f"{level.label} {level.value}".strip()


def _format_levels(
    levels: Sequence[Level],
    locators: Sequence[Locator],
    form: Form,
    setting: _Setting,
    previous: str | None,
    joined: bool,
) -> str:
    """Write levels and leaves, with what joins them to the words before if there are any."""
    separator = ". " if _is_gost(setting.hierarchy, form) else ", "
    parts: list[str] = []
    for level in levels:
        kind = setting.hierarchy.by_key.get(level.key)
        usage = _usage(kind, previous, form, setting) if kind is not None else _Usage("", separator)
        if parts or joined:
            parts.append(usage.joint or separator)
        parts.append(_with_label(level.value, usage.label, kind))
        previous = level.key
    leaf = _leaf_level(setting.hierarchy, levels)
    if locators:
        if parts or joined:
            parts.append(separator)
        parts.append(_format_leaves(locators, leaf, form, setting) if leaf is not None else _locators(locators))
    return "".join(parts)


# A number that a label can follow; “5/a” and “IV-138” stand bare.
_COUNTABLE = re.compile(r"(?:[A-Z]{1,3}[- ])?\d{1,5}[a-z]?")


def _with_label(value: str, label: str, kind: LevelKind | None) -> str:
    if not label:
        return value
    if kind is None or not kind.postfix:
        return f"{label} {value}"
    return f"{value}. {label}" if _COUNTABLE.fullmatch(value) else value


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
    """Tell whether a form sets its elements off by full stops, as GOST does: where its labels are Cyrillic capitals."""
    if hierarchy is None or form != Form.NATIVE:
        return False
    first = next((level.native for level in hierarchy.levels if level.native), "")
    return "А" <= first[:1] <= "Я" or first[:1] in "ІЇЄҐ" and first != ""


# --- names of archives


def _archive_name(archive: Archive, form: Form, registry: Registry) -> str:
    """Return the name that a form has for an archive: an abbreviation in its script that no other archive has."""
    wanted = _script(_any_native(archive.hierarchy)) if form == Form.NATIVE else "LATIN"
    names = [name for name in archive.abbreviations if _script(name) == wanted]
    if wanted != "LATIN" and not names and archive.native_name is not None:
        names = [archive.native_name]
    candidates = (*names, *archive.abbreviations, archive.name)
    sure = (name for name in candidates if name not in archive.ambiguous and registry.find(name) == (archive,))
    return next(sure, candidates[0])


def _any_native(hierarchy: Hierarchy) -> str:
    return "".join(level.native or "" for level in hierarchy.levels)


_SCRIPTS = (
    ("CYRILLIC", re.compile("[Ѐ-ӿ]")),
    ("GEORGIAN", re.compile("[Ⴀ-ჿ]")),
    ("ARMENIAN", re.compile("[Ա-֏]")),
    ("EASTERN", re.compile("[぀-ヿ㐀-鿿가-힯]")),
)


def _script(text: str) -> str:
    """Return the script that a text has letters of: the first that is not Latin, or LATIN."""
    return next((script for script, letters in _SCRIPTS if letters.search(text)), "LATIN")


def _is_latin(text: str | None) -> bool:
    return text is not None and _script(text) == "LATIN"


# --- levels that have no label


@attrs.frozen
class _Usage:
    """How a level is written after another: its label, and what stands before it."""

    label: str
    joint: str | None = None
    """None for the separator of the form."""


def _usage(kind: LevelKind, previous: str | None, form: Form, setting: _Setting) -> _Usage:
    label = _label_of(kind, form)
    if label:
        return _Usage(label)
    seen = _examples_show(setting.archive, setting.hierarchy, setting.registry)
    found = seen.get((previous, kind.key))
    if found is not None:
        return found
    if any(key == kind.key and not usage.label for (_, key), usage in seen.items()):
        return _Usage("")
    return _Usage(_any_label(kind, form))


@cache
def _examples_show(
    archive: Archive | None, hierarchy: Hierarchy, registry: Registry
) -> Mapping[tuple[str | None, str], _Usage]:
    """Return how the examples write each level after each other; what the archive's own show comes first."""
    votes: dict[tuple[str | None, str], Counter[_Usage]] = {}
    for other in registry.archives.values():
        if other.hierarchy is hierarchy:
            weight = 100 if other is archive else 1
            for example in other.examples:
                for pair, usage in _observe(example, other):
                    votes.setdefault(pair, Counter())[usage] += weight
    return {pair: counter.most_common(1)[0][0] for pair, counter in votes.items()}


_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_JOINT = re.compile(r"[\s,.:;#/–—-]*")


def _observe(example: Example, archive: Archive) -> Iterator[tuple[tuple[str | None, str], _Usage]]:
    """Yield what stands before each level of an example, as far as its levels follow one another in print."""
    previous: LevelKind | None = None
    end = _name_end(example.text, archive)
    for key, value in example.levels:
        kind = archive.hierarchy.by_key.get(key)
        at = example.text.find(value, end or 0)
        if kind is None or at < 0:
            return
        if end is not None:
            usage = _between(example.text[end:at], previous, kind)
            if usage is not None:
                yield (previous.key if previous is not None else None, key), usage
        previous, end = kind, at + len(value)


def _name_end(text: str, archive: Archive) -> int | None:
    """Return where the archive's name ends if the text opens with it, else None."""
    names = sorted((*archive.current_names, *archive.former_names), key=len, reverse=True)
    return next((len(name) for name in names if text.startswith(name)), None)


def _between(words: str, previous: LevelKind | None, kind: LevelKind) -> _Usage | None:
    """Read what joins two levels: “, ” or “/”, with the label of the one before or behind; None where it is more."""
    words = _BRACKETS.sub("", words)
    if previous is not None and previous.postfix:
        behind = (label for label in sorted(previous.labels, key=len, reverse=True))
        words = next((rest for label in behind if (rest := _after(words, label)) is not None), words)
    label = ""
    for known in sorted(kind.labels, key=len, reverse=True) if not kind.postfix else ():
        bare = words.rstrip()
        if bare.endswith(known) and not bare[: -len(known)][-1:].isalnum():
            label, words = known, bare[: -len(known)]
            break
    if _JOINT.fullmatch(words) is None:
        return None
    joint = re.sub(r"\s+", " ", words)
    return _Usage(label, joint if not label and joint.strip() != "," else None)


def _after(words: str, label: str) -> str | None:
    match = re.match(rf"\.?\s?{re.escape(label)}", words)
    return words[match.end() :] if match is not None else None


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


def _format_leaves(locators: Sequence[Locator], leaf: LevelKind, form: Form, setting: _Setting) -> str:
    several = len(locators) > 1 or locators[0].end is not None
    label = _any_label(leaf, form, plural=several)
    written = [_range(locator, setting.hierarchy, form) for locator in locators]
    if leaf.postfix:
        return ", ".join(f"{leaves}. {label}" for leaves in written)
    parts = [f"{label} {written[0]}"]
    # A number that could be a year would not be read as one more leaf: its label is written again.
    parts += [f"{label} {leaves}" if _YEAR_LIKE.match(leaves) else leaves for leaves in written[1:]]
    return ", ".join(parts)


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
    """Return the description, with an author whom it does not name: “Report on cotton, composed by N. Ivanov”."""
    if reference.description is None or len(reference.creators) != 1:
        return reference.description
    name = reference.creators[0]
    if name.family in reference.description:
        return reference.description
    return f"{reference.description}, composed by {_upright(name)}"


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
}
_NOMINATIVE = {
    **_MONTHS,
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
}
_YEAR_WORD = {"ru": " г.", "uk": " р.", "bg": " г.", "en": ""}
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def format_date(date: str | None, language: str = "en") -> str | None:
    """Write an EDTF date: 28 May 1957, August 1962, 1995–1996; what is no such date stays as it is."""
    if date is None:
        return None
    first, slash, last = date.partition("/")
    if slash:
        return f"{format_date(first, language)}–{format_date(last, language)}"
    match = _EDTF.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return date
    months = (_MONTHS if day is not None else _NOMINATIVE)[language].split()
    parts = (str(int(day)) if day is not None else "", months[int(month) - 1], year)
    return " ".join(filter(None, parts)) + _YEAR_WORD[language]


def _language(reference: ArchivalReference, registry: Registry) -> str:
    archive = registry.archives.get(reference.archive) if reference.archive is not None else None
    country = (archive.country if archive is not None else None) or ""
    return {"UA": "uk", "BG": "bg"}.get(country, "ru")


# --- works --------------------------------------------------------------------------------------


def format_work(reference: WorkReference) -> str:
    """Write a work as a Chicago note does, in full or shortened as the reference is."""
    if reference.kind == Kind.AUTHOR_DATE:
        year = f"{(reference.date or 'n.d.')[:4]}{reference.suffix or ''}"
        return ", ".join(filter(None, (f"{_families(reference.creators)} {year}".strip(), _locators(reference.locators))))
    if reference.kind == Kind.PAGE:
        return _locators(reference.locators, labelled=True)
    if reference.kind == Kind.SHORT:
        short = (_families(reference.creators), _title(reference), _locators(reference.locators))
        return ", ".join(filter(None, short))
    return _full(reference)


def _full(reference: WorkReference) -> str:
    container = reference.container
    people = reference.creators or reference.editors
    lead = _names(people)
    if people and not reference.creators:
        lead += ", ed." if len(people) == 1 else ", eds."
    elif not people and reference.translators:
        lead = f"{_names(reference.translators)}, trans."
    title = _title(reference)
    joint = " " if title.endswith((",”", "?”", "!”")) else ", "
    pages = _locators(reference.locators)
    if container is not None and container.kind in ("article-journal", "article-magazine", "article-newspaper"):
        journal = _journal(container, reference.date)
        article = joint.join(filter(None, (title, journal + (f": {pages}" if pages else ""))))
        return ", ".join(filter(None, (lead, article)))
    host = _host(container, reference) if container is not None else ""
    imprint = _imprint(reference)
    body = joint.join(filter(None, (title, host)))
    roles = list(_roles(reference, lead))
    written = ", ".join(filter(None, (lead, body, *roles))) + (f" ({imprint})" if imprint else "")
    return ", ".join(filter(None, (written, pages, reference.url)))


def _title(reference: WorkReference) -> str:
    if not reference.title:
        return ""
    quoted = reference.container is not None and reference.container.kind != "series" or reference.genre is not None
    if reference.kind == Kind.SHORT and reference.container is None:
        quoted = False
    if not quoted:
        return f"*{reference.title}*"
    inner = reference.title.replace("“", "‘").replace("”", "’")
    return f"“{inner}”" if inner.endswith(("?", "!")) else f"“{inner},”"


def _journal(container: Container, date: str | None) -> str:
    volume = f" {container.volume}" if container.volume else ""
    issue = f", no. {container.issue}" if container.issue else ""
    when = format_date(date) or ""
    if not volume and not issue:
        return f"*{container.title}*" + (f", {when}" if when else "")
    return f"*{container.title}*{volume}{issue}" + (f" ({when})" if when else "")


def _host(container: Container, reference: WorkReference) -> str:
    if container.kind == "series":
        number = container.issue or container.volume
        return f"{container.title}" + (f" {number}" if number else "")
    if container.kind == "webpage":
        return container.title
    editors = f", ed. {_names(container.creators)}" if container.creators else ""
    volume = f", vol. {container.volume}" if container.volume else ""
    return f"in *{container.title}*{volume}{editors}"


def _roles(reference: WorkReference, lead: str) -> Iterator[str]:
    if reference.editors and reference.creators:
        yield f"ed. {_names(reference.editors)}"
    if reference.translators and not lead.endswith("trans."):
        yield f"trans. {_names(reference.translators)}"
    if reference.edition:
        yield reference.edition if re.search(r"[^\W\d]", reference.edition) else f"{_ordinal(reference.edition)} ed."
    if reference.volume:
        yield f"vol. {reference.volume}"


def _ordinal(number: str) -> str:
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ("th" if number[-2:] in ("11", "12", "13") else ending)


def _imprint(reference: WorkReference) -> str:
    house = ": ".join(filter(None, (reference.place, reference.publisher)))
    when = (format_date(reference.date) or "") + (reference.suffix or "")
    return ", ".join(filter(None, (reference.genre if house or when else None, house, when)))


def _upright(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.family, name.suffix)))


def _names(names: Sequence[Name]) -> str:
    written = [_upright(name) for name in names]
    if len(written) > 3:
        return f"{written[0]} et al."
    return _joined(written)


def _families(names: Sequence[Name]) -> str:
    written = [name.family for name in names]
    return f"{written[0]} et al." if len(written) > 3 else _joined(written)


def _joined(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


# CSL's locator labels, as they are written before one value and before several.
_LABELS = {
    "page": ("p.", "pp."),
    "folio": ("fol.", "fols."),
    "chapter": ("chap.", "chaps."),
    "volume": ("vol.", "vols."),
    "note": ("n.", "nn."),
    "paragraph": ("para.", "paras."),
    "column": ("col.", "cols."),
    "line": ("l.", "ll."),
    "figure": ("fig.", "figs."),
    "book": ("bk.", "bks."),
    "part": ("pt.", "pts."),
    "section": ("sec.", "secs."),
    "verse": ("v.", "vv."),
}


def _locators(locators: Sequence[Locator], *, labelled: bool = False) -> str:
    """Write places inside a work; pages need no label in a note, everything else does."""
    parts = []
    for locator in locators:
        value = locator.start if locator.end is None else f"{locator.start}–{locator.end}"
        one, several = _LABELS.get(locator.label, (f"{locator.label} ", f"{locator.label} "))
        label = several if locator.end is not None else one
        parts.append(value if locator.label == "page" and not labelled else f"{label.strip()} {value}")
    return ", ".join(parts)


def _format_ibid(reference: IbidReference) -> str:
    levels = ", ".join(_as_written(reference.levels))
    return ", ".join(filter(None, ("Ibid." if not reference.form else reference.form, levels, _locators(reference.locators))))
