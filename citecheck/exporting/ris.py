"""RIS: for EndNote, RefWorks and other reference managers."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from citecheck.citations import ArchivalReference, Name, OtherReference, WorkReference
from citecheck.corpus.cited_sources import CitedSource
from citecheck.exporting import Options
from citecheck.formatting.archive_names import archive_name
from citecheck.formatting.carried import difference, flatten, pack, split_place
from citecheck.formatting.chicago import PERIODICALS
from citecheck.formatting.dates import in_calendar, split_date
from citecheck.formatting.forms import Form
from citecheck.formatting.references import format_levels
from citecheck.libraries.ris import OWN_PLACE, OWN_RECORD, OWN_WORD, read_tags

FORMAT = "ris"
DIALECTS: tuple[str, ...] = ()


def write(sources: Iterable[CitedSource], out: TextIO, options: Options) -> None:
    """Write sources as records of tagged lines."""
    for source in sources:
        for tag, value in ris_tags(source, options):
            # A value is one line, whatever the text had.
            out.write(f"{tag}  - {' '.join(value.split())}".rstrip() + "\r\n")
        out.write("ER  - \r\n\r\n")


def ris_tags(source: CitedSource, options: Options) -> list[tuple[str, str]]:
    """Return the tags of a source with their values, the type first."""
    reference = source.reference
    match reference:
        case ArchivalReference():
            tags = [*_document(reference, options), _own(OWN_PLACE, split_place(flatten(reference))[0])]
        case WorkReference():
            tags = list(_work(reference))
        case OtherReference():
            tags = [("TY", "UNPB"), *_people("AU", reference.creators), ("TI", reference.description or "")]
            tags += _dates(reference.date)
    tags = [(tag, value) for tag, value in (*tags, ("ID", source.key)) if value]
    if options.notes == "keywords":
        tags += (("KW", place) for place in source.cited_in)
    elif options.notes == "note" and source.cited_in:
        tags.append(("N1", f"Cited in {'; '.join(source.cited_in)}"))
    said = flatten(read_tags(tags, options.registry)[0])
    rest = difference(flatten(reference), said)
    return [*tags, _own(OWN_RECORD, rest)] if rest else tags


def _own(tag: str, pairs: dict[str, str]) -> tuple[str, str]:
    return tag, OWN_WORD + pack(pairs)


def _people(tag: str, names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    for name in names:
        parts = (name.family, name.given, name.suffix)
        # A body keeps a comma behind it, so that no program takes its last word for a family name.
        yield tag, ", ".join(part for part in parts if part) if name.given else f"{name.family},"


def _dates(date: str | None) -> Iterator[tuple[str, str]]:
    if date is None:
        return
    date = in_calendar(date)
    parts = split_date(date)
    if parts is None:
        yield "PY", date[:4]
        yield "DA", date
        return
    year, month, day = parts
    yield "PY", year
    yield "DA", "/".join((year, f"{month:02}" if month else "", f"{day:02}" if day else "", ""))


def _document(reference: ArchivalReference, options: Options) -> Iterator[tuple[str, str]]:
    archive = options.registry.archives.get(reference.archive or "")
    name = archive_name(reference, Form.ABBREVIATED, options.registry)
    location = format_levels(reference, options.form, options.registry)
    yield "TY", "MANSCPT"
    yield from _people("AU", reference.creators)
    yield "TI", reference.description or ""
    yield from _dates(reference.date)
    yield "DB", f"{archive.name} ({name})" if archive is not None and name != archive.name else name
    yield "CY", (archive.place if archive is not None else None) or ""
    yield "AV", location


_TYPES = {"article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS"}


def _work(reference: WorkReference) -> Iterator[tuple[str, str]]:
    container = reference.container
    kind = container.kind if container is not None else None
    is_part = container is not None and kind != "series" and kind not in (*PERIODICALS, "webpage")
    yield "TY", _type(reference, is_part)
    yield from _people("AU", reference.creators)
    yield "TI", reference.title or ""
    if container is not None:
        yield "T3" if kind == "series" else "T2", container.title
        yield from _people("ED", container.creators)
        yield "VL", container.volume or ""
        yield "IS", container.issue or ""
    if container is None or kind == "series":
        yield "VL", reference.volume or ""
    yield from _people("ED", reference.editors if not is_part else ())
    yield from _people("A4", reference.translators)
    yield from _dates(reference.date)
    yield "OP", reference.original_date or ""
    if reference.locators:
        first, last = reference.locators[0], reference.locators[-1]
        yield "SP", first.start
        yield "EP", last.end or ("" if first is last else last.start)
    yield "PB", reference.publisher or ""
    yield "CY", reference.place or ""
    yield "ET", reference.edition or ""
    yield "UR", reference.url or ""


def _type(reference: WorkReference, is_part: bool) -> str:
    kind = reference.container.kind if reference.container is not None else None
    if kind in _TYPES:
        return _TYPES[kind]
    if is_part:
        return "CHAP"
    if kind == "webpage" or reference.genre == "webpage":
        return "ELEC"
    if reference.genre == "thesis":
        return "THES"
    return "UNPB" if reference.genre == "manuscript" else "BOOK"
