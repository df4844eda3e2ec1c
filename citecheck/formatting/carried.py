"""Records as flat pairs of text, for the fields that formats leave to others.

No bibliographic format has fields for the levels of an archive, and each lacks some other part of a
record. What a format's own fields cannot say is carried as pairs, ``fond=5; opis=28``, so that what is
exported reads back as the same record. :func:`flatten` and :func:`restore` undo each other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from citecheck.citations import (
    ArchivalReference,
    Container,
    Kind,
    Level,
    Locator,
    Name,
    OtherReference,
    SourceReference,
    WorkReference,
)

_WORK_TEXTS = (
    "title",
    "date",
    "suffix",
    "publisher",
    "place",
    "edition",
    "volume",
    "url",
    "genre",
    "original_date",
)
_WORK_NAMES = ("creators", "editors", "translators")
_ARCHIVAL_TEXTS = ("archive", "hierarchy", "description", "date", "unread")
_LEVEL = "level."


def flatten(reference: SourceReference) -> dict[str, str]:
    """Return a record as pairs of names and texts; what is not said has no pair."""
    pairs: dict[str, str | None] = {}
    match reference:
        case ArchivalReference():
            pairs["record"] = "archival"
            pairs |= {field: getattr(reference, field) for field in _ARCHIVAL_TEXTS}
            if reference.archive is not None:
                # The archive tells the hierarchy.
                del pairs["hierarchy"]
            else:
                pairs["archive_name"] = reference.archive_written
            for level in reference.levels:
                name = f"{_LEVEL}{level.key}~{level.sort}" if level.sort else _LEVEL + level.key
                # A level that is given twice is a slip that the record keeps.
                pairs[name if name not in pairs else f"{name}~{len(pairs)}"] = level.value
            pairs["leaves"] = _write_locators(reference.locators)
            pairs["creators"] = _write_names(reference.creators)
        case WorkReference():
            pairs["record"] = str(reference.kind)
            pairs |= {field: getattr(reference, field) for field in _WORK_TEXTS}
            pairs |= {field: _write_names(getattr(reference, field)) for field in _WORK_NAMES}
            pairs["places"] = _write_locators(reference.locators)
            if reference.container is not None:
                pairs |= _flatten_container(reference.container)
        case OtherReference():
            pairs |= {"record": "other", "description": reference.description, "date": reference.date}
            pairs["creators"] = _write_names(reference.creators)
    return {name: value for name, value in pairs.items() if value}


def _restore_level(name: str, value: str) -> Level:
    key, _, more = name.removeprefix(_LEVEL).partition("~")
    return Level(key, value, sort="" if more.isdigit() else more)


def _flatten_container(container: Container) -> dict[str, str | None]:
    return {
        "container.title": container.title or " ",
        "container.creators": _write_names(container.creators),
        "container.volume": container.volume,
        "container.issue": container.issue,
        "container.kind": container.kind,
    }


def restore_exported(
    work: WorkReference, place: Mapping[str, str], differences: Mapping[str, str]
) -> SourceReference:
    """Return the record that was exported as a work, with what the format has no field for.

    Args:
        work: what the fields of the format say.
        place: the place in an archive, if it is a document there.
        differences: what else the record says otherwise than the work.
    """
    said = flatten(work)
    if place:
        document = {
            "description": work.title or "",
            "date": work.date or "",
            "creators": said.get("creators", ""),
        }
        said = amend({"record": "archival", **join_place(place.items())}, document)
    return restore(amend(said, differences))


def restore(pairs: Mapping[str, str]) -> SourceReference:
    """Return the record that :func:`flatten` made pairs of; pairs that it does not know are passed over."""
    kind = pairs.get("record", "full")
    if kind == "archival":
        return ArchivalReference(
            archive=pairs.get("archive"),
            hierarchy=pairs.get("hierarchy"),
            description=pairs.get("description"),
            date=pairs.get("date"),
            unread=pairs.get("unread"),
            levels=tuple(
                _restore_level(name, value) for name, value in pairs.items() if name.startswith(_LEVEL)
            ),
            locators=_read_locators(pairs.get("leaves", "")),
            creators=_read_names(pairs.get("creators", "")),
            archive_written=pairs.get("archive_name", ""),
        )
    if kind == "other":
        creators = _read_names(pairs.get("creators", ""))
        return OtherReference(creators, pairs.get("description"), pairs.get("date"))
    return WorkReference(
        kind=Kind(kind) if kind in frozenset(Kind) else Kind.FULL,
        creators=_read_names(pairs.get("creators", "")),
        title=pairs.get("title"),
        date=pairs.get("date"),
        suffix=pairs.get("suffix"),
        publisher=pairs.get("publisher"),
        place=pairs.get("place"),
        edition=pairs.get("edition"),
        volume=pairs.get("volume"),
        editors=_read_names(pairs.get("editors", "")),
        translators=_read_names(pairs.get("translators", "")),
        url=pairs.get("url"),
        genre=pairs.get("genre"),
        original_date=pairs.get("original_date"),
        locators=_read_locators(pairs.get("places", "")),
        container=_restore_container(pairs),
    )


def _restore_container(pairs: Mapping[str, str]) -> Container | None:
    if "container.title" not in pairs:
        return None
    return Container(
        title=pairs["container.title"].strip(),
        creators=_read_names(pairs.get("container.creators", "")),
        volume=pairs.get("container.volume"),
        issue=pairs.get("container.issue"),
        kind=pairs.get("container.kind"),
    )


def difference(wanted: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Return the pairs that turn ``said`` into ``wanted``; an empty text takes a pair away."""
    missing = {name: value for name, value in wanted.items() if said.get(name) != value}
    return missing | {name: "" for name in said if name not in wanted}


def amend(said: Mapping[str, str], pairs: Mapping[str, str]) -> dict[str, str]:
    """Return pairs with others added, changed, or, where these are empty, taken away."""
    return {name: value for name, value in {**said, **pairs}.items() if value}


# --- names and places inside one text -------------------------------------------------------------


def _write_names(names: Sequence[Name]) -> str:
    return " & ".join(
        "|".join(_mark(part or "", "|&") for part in (name.family, name.given, name.suffix)).rstrip("|")
        for name in names
    )


def _read_names(written: str) -> tuple[Name, ...]:
    names = []
    for each in written.split(" & ") if written else ():
        family, given, suffix, *_ = (*map(_unmark, each.split("|")), "", "")
        names.append(Name(family, given or None, suffix or None))
    return tuple(names)


def _write_locators(locators: Sequence[Locator]) -> str:
    written = []
    for locator in locators:
        end = "" if locator.end is None else f"..{_mark(locator.end, ',:.+')}"
        following = "" if locator.following is None else f"+{locator.following}"
        written.append(f"{_mark(locator.label, ',:.+')}:{_mark(locator.start, ',:.+')}{end}{following}")
    return ", ".join(written)


def _read_locators(written: str) -> tuple[Locator, ...]:
    locators = []
    for each in written.split(", ") if written else ():
        label, _, values = each.partition(":")
        values, _, following = values.partition("+")
        start, dots, end = values.partition("..")
        last = _unmark(end) if dots else None
        locators.append(Locator(_unmark(label), _unmark(start), last, following=following or None))
    return tuple(locators)


# --- pairs as one text -----------------------------------------------------------------------------


def pack(pairs: Mapping[str, str]) -> str:
    """Write pairs as one text, ``fond=5; opis=28``, in which nothing is special to TeX or JSON."""
    return "; ".join(f"{_mark(name, '=')}={_mark(value, '')}" for name, value in pairs.items())


def mark(value: str) -> str:
    """Write one value as :func:`pack` writes it."""
    return _mark(value, "")


def unmark(written: str) -> str:
    """Undo :func:`mark`."""
    return _unmark(written)


def unpack(written: str) -> dict[str, str]:
    """Read what :func:`pack` wrote; what is no pair is passed over."""
    parts = (part.partition("=") for part in written.split("; "))
    return {_unmark(name.strip()): _unmark(value) for name, equals, value in parts if equals}


def _mark(text: str, also: str) -> str:
    """Write the characters that part pairs, or that TeX counts or joins, as %XX, as web addresses do."""
    return re.sub(rf"[%;{{}}\\\"\x00-\x1f\x7f{re.escape(also)}]|^\s|\s$", _percent, text)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def _unmark(text: str) -> str:
    return re.sub(
        r"(?:%[0-9A-Fa-f]{2})+",
        lambda match: bytes.fromhex(match.group().replace("%", "")).decode(errors="replace"),
        text,
    )


# --- the place in an archive ------------------------------------------------------------------------

_PLACE = ("archive", "archive_name", "hierarchy", "leaves")


def split_place(pairs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Part the pairs of an archival record: the place, its levels by their bare names, and the rest."""
    place: dict[str, str] = {}
    rest: dict[str, str] = {}
    for name, value in pairs.items():
        if name in _PLACE or name.startswith(_LEVEL):
            place[_bare(name)] = value
        else:
            rest[name] = value
    return place, rest


def _bare(name: str) -> str:
    key = name.removeprefix(_LEVEL)
    return name if key in _PLACE else key


def join_place(place: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Undo :func:`split_place`: return the place as pairs of a record."""
    return {
        name if name in _PLACE or name.startswith(_LEVEL) else _LEVEL + name: value for name, value in place
    }
