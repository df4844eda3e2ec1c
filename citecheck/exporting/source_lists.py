"""Lists of sources: for people, for other programs, for spreadsheets, and as a bibliography in Markdown."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from citecheck.corpus.sources import Branch, CitedAt, CitedWork, Filed, Holdings, SourceList, is_newspaper
from citecheck.reporting.citation_json import SCHEMA


def print_sources(sources: SourceList, out: TextIO, *, notes: bool = True, keys: bool = False) -> None:
    """Print a list for people: a tree for each archive, then the works.

    Args:
        sources: what to print.
        out: where to print it.
        notes: print what cites each source.
        keys: print the key of each source that is cited.
    """

    def print_line(depth: int, words: str, cited: Sequence[CitedAt]) -> None:
        key = f"   key: {', '.join(source_keys(cited))}" if keys and cited else ""
        print("  " * depth + words + key + (f"   [{where(cited)}]" if notes and cited else ""), file=out)

    for archive in sources.archives:
        print(_archive_heading(archive), file=out)
        for depth, words, cited in _lines(archive):
            print_line(depth + 1, words, cited)
        print(file=out)
    if sources.works:
        print("Works", file=out)
    for work in sources.works:
        print_line(1, work_line(work), work.cited)
    if not sources.archives and not sources.works:
        print("no source is cited", file=out)


def write_markdown(sources: SourceList, out: TextIO, *, notes: bool = True) -> None:
    """Write a list of archival sources and works as a dissertation has it."""
    if sources.archives:
        print("# Archival sources\n", file=out)
    for archive in sources.archives:
        print(f"## {_archive_heading(archive)}\n", file=out)
        for depth, words, cited in _lines(archive):
            print("  " * depth + f"- {words}" + (f" ({where(cited)})" if notes and cited else ""), file=out)
        print(file=out)
    if sources.works:
        print("# Works\n", file=out)
    for work in sources.works:
        print(f"- {work_line(work)}" + (f" ({where(work.cited)})" if notes and work.cited else ""), file=out)


def _archive_heading(archive: Holdings) -> str:
    named = (
        f"{archive.name} ({archive.abbreviation})"
        if archive.abbreviation not in (None, archive.name)
        else archive.name
    )
    return f"{named}, {archive.place}" if archive.place else named


def _lines(archive: Holdings) -> Iterator[tuple[int, str, Sequence[CitedAt]]]:
    """Yield the lines of an archive's tree: how deep, what, and the places that cite it."""
    yield from ((0, _document_line(filed), filed.cited) for filed in archive.filed)
    for branch in archive.branches:
        yield from _branch_lines(branch, 0)


def _branch_lines(branch: Branch, depth: int) -> Iterator[tuple[int, str, Sequence[CitedAt]]]:
    yield depth, branch.name, ()
    yield from ((depth + 1, _document_line(filed), filed.cited) for filed in branch.filed)
    for inner in branch.branches:
        yield from _branch_lines(inner, depth + 1)


def _document_line(filed: Filed) -> str:
    unread = f"not read: “{filed.unread}”" if filed.unread else None
    return (
        ", ".join(part for part in (filed.leaves, filed.description, filed.date, unread) if part)
        or "the whole unit"
    )


_REPEATED_AUTHOR = re.compile(r"^[\s*]*(?:[-–—_]\s?){2,}[.,]?")


def work_line(work: CitedWork) -> str:
    """Return a work as its bibliography entry has it; one that no bibliography lists is written anew."""
    row = work.row
    if row.entry is not None:
        text = " ".join(row.text.split()).rstrip(" ,;")
        return _REPEATED_AUTHOR.sub(lambda match: f"{work.author.rstrip('.')}.", text, count=1)
    if is_newspaper(row):
        return f"*{row.title}*."
    volume = " ".join(filter(None, (row.volume, f"no. {row.issue}" if row.issue else None)))
    imprint = ": ".join(filter(None, (row.published_at, row.publisher)))
    if row.container is None:
        title = f"*{row.title}*" + (f", vol. {volume}" if volume else "")
        dated = ", ".join(filter(None, (imprint, row.date)))
    else:
        title = f"“{row.title}.” *{row.container}*" + (f" {volume}" if volume else "")
        dated = ", ".join(filter(None, (imprint, row.date)))
    return ". ".join(part.rstrip(".") for part in (work.author, title, dated) if part) + "."


def source_keys(cited: Iterable[CitedAt]) -> tuple[str, ...]:
    """Return the keys of a source: one, or several where manuscripts or chapters give it several."""
    found = dict.fromkeys(place.key for place in cited)
    return tuple(key.removeprefix("work:") for key in found if key is not None)


def where(cited: Iterable[CitedAt]) -> str:
    """Return the places that cite a source: “chapter-1.txt notes 3, 7; chapter-2.txt text”."""
    by_file: dict[str, list[CitedAt]] = {}
    for place in cited:
        by_file.setdefault(place.file, []).append(place)
    return "; ".join(f"{file} {_notes(places)}" for file, places in by_file.items())


def _notes(places: Sequence[CitedAt]) -> str:
    sections = len({place.section for place in places if place.note is not None}) > 1
    labels = dict.fromkeys(
        f"{place.section}:{place.note}" if sections else str(place.note)
        for place in places
        if place.note is not None
    )
    parts = [f"note{'s' if len(labels) > 1 else ''} {', '.join(labels)}"] if labels else []
    return " and ".join(parts + (["text"] if any(place.note is None for place in places) else []))


# ---- for programs


def write_json(sources: SourceList, out: TextIO, *, notes: bool = True) -> None:
    """Write a list as one JSON object, its archives as trees."""
    listed = {
        "schema": SCHEMA,
        "archives": [
            {
                "repository": archive.id,
                "name": archive.name,
                "place": archive.place,
                "documents": [_filed_json(filed, notes) for filed in archive.filed],
                "units": [_branch_json(branch, notes) for branch in archive.branches],
            }
            for archive in sources.archives
        ],
        "works": [_work_json(work, notes) for work in sources.works],
    }
    json.dump(listed, out, ensure_ascii=False, indent=1)
    print(file=out)


def _branch_json(branch: Branch, notes: bool) -> dict[str, Any]:
    return {
        "level": branch.level,
        "value": branch.value,
        "documents": [_filed_json(filed, notes) for filed in branch.filed],
        "units": [_branch_json(inner, notes) for inner in branch.branches],
    }


def _filed_json(filed: Filed, notes: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "leaves": filed.leaves or None,
        "description": filed.description,
        "date": filed.date,
    }
    if filed.unread is not None:
        found["unread"] = filed.unread
    return found | ({"cited": [_cited_json(place) for place in filed.cited]} if notes else {})


def _work_json(work: CitedWork, notes: bool) -> dict[str, Any]:
    row = work.row
    found: dict[str, Any] = {
        "creators": [{"family": family, "given": given} for family, given in row.people],
        "title": row.title,
        "container": row.container,
        "volume": row.volume,
        "date": row.date,
        "publisher": row.publisher,
        "place": row.published_at,
        "pages": "–".join(row.pages) if row.pages else None,
        "text": work_line(work),
    }
    return found | ({"cited": [_cited_json(place) for place in work.cited]} if notes else {})


def _cited_json(place: CitedAt) -> dict[str, Any]:
    return {
        "manuscript": place.path,
        "section": place.section,
        "note": place.note,
        "citation": place.citation,
        "key": place.key.removeprefix("work:") if place.key is not None else None,
    }


_COLUMNS = (
    "kind",
    "archive or author",
    "unit or title",
    "leaves or pages",
    "description",
    "date",
    "manuscript",
    "section",
    "note",
    "citation",
)


def write_csv(sources: SourceList, out: TextIO, *, notes: bool = True) -> None:
    """Write a list as comma-separated values, a line for each place that cites a source, or each source."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS if notes else _COLUMNS[:6])
    for source, cited in _flat(sources):
        for place in cited if notes and cited else (None,):
            where = (
                (place.path, place.section, place.note or "", place.citation)
                if place is not None
                else ("",) * 4
            )
            writer.writerow((*source, *where) if notes else source)


def _flat(sources: SourceList) -> Iterator[tuple[tuple[str, ...], Sequence[CitedAt]]]:
    for archive in sources.archives:
        name = archive.abbreviation or archive.name
        for unit, filed in _documents(archive.branches, ""):
            yield (
                ("archival", name, unit, filed.leaves, filed.description or "", filed.date or ""),
                filed.cited,
            )
        for filed in archive.filed:
            yield ("archival", name, "", filed.leaves, filed.description or "", filed.date or ""), filed.cited
    for work in sources.works:
        pages = "–".join(work.row.pages or ())
        yield ("work", work.author, work.row.title, pages, work_line(work), work.row.date or ""), work.cited


def _documents(branches: Iterable[Branch], above: str) -> Iterator[tuple[str, Filed]]:
    for branch in branches:
        unit = f"{above}, {branch.name}" if above else branch.name
        yield from ((unit, filed) for filed in branch.filed)
        yield from _documents(branch.branches, unit)


Writer = Callable[..., None]
WRITERS: Mapping[str, Writer] = {
    "text": print_sources,
    "json": write_json,
    "csv": write_csv,
    "markdown": write_markdown,
}
