"""ARC108."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from citecheck.archives import Archive, fold_name
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC108",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "RTsKhIDNI, f. 17, op. 128, d. 1119, l. 230.",
            says="RTsKhIDNI was the name from October 1991 to March 1999; the archive is now RGASPI",
        ),
        Good("RGASPI, f. 17, op. 128, d. 1119, l. 230."),
        Good(
            "RTsKhIDNI, f. 17, op. 128, d. 1119, l. 230.\n"
            "Kathryn Weathersby, *Soviet Aims in Korea* (Washington, D.C.: Woodrow Wilson Center, 1993), 12."
        ),
    ),
)
def outdated_archive_name(document: Document) -> Iterator[Problem]:
    """A former name of an archive: TsKhSD for RGANI, PRO for The National Archives. Each is reported once.

    In a reference that is quoted from an older work the old name is right: it says where that author
    found the document. A manuscript that cites nothing as young as the new name may be older than it, and is left alone.
    """
    written_in = _latest_year(document)
    users: defaultdict[tuple[str, str], list[tuple[Citation, ArchivalReference]]] = defaultdict(list)
    for citation, reference in document.archival:
        archive = document.registry.archives.get(reference.archive or "")
        # “PRO 30/22” is a department of The National Archives still.
        of_part = any(level.value == reference.archive_written for level in reference.levels)
        if archive is not None and reference.archive_written and not of_part:
            users[archive.id, fold_name(reference.archive_written)].append((citation, reference))
    for (archive_id, written), places in users.items():
        archive = document.registry.archives[archive_id]
        if written not in archive.folded_names:
            yield from _problems(document, archive, written, places, written_in)


def _latest_year(document: Document) -> int | None:
    """Return the year of the youngest work that is cited or listed: the manuscript is no older. None where none has one."""
    this_year = datetime.date.today().year
    dates = [reference.date for _, reference in document.works]
    dates += [entry.reference.date for entry in document.entries if entry.library is None]
    years = [int(date[:4]) for date in dates if date is not None and date[:4].isdecimal()]
    return max((year for year in years if year <= this_year), default=None)


def _problems(
    document: Document,
    archive: Archive,
    written: str,
    places: list[tuple[Citation, ArchivalReference]],
    written_in: int | None,
) -> Iterator[Problem]:
    former = next((known for name, known in archive.former_names.items() if fold_name(name) == written), None)
    if former is None or former.end is None or (written_in is not None and written_in <= int(former.end[:4])):
        return
    citation, reference = places[0]
    years = (
        f"from {_words(former.start)} to {_words(former.end)}"
        if former.start
        else f"until {_words(former.end)}"
    )
    yield Problem(
        citation.locate(reference.archive_span or (0, 0)),
        f"{reference.archive_written} was the name {years}; the archive is now {archive.abbreviation}",
        label="former name"
        if len(places) == 1
        else f"former name, here and in {len(places) - 1} more places",
        help=f"write {archive.abbreviation}, unless you quote an older reference",
        citation=citation,
        related=tuple(document.related(other, "the same name") for other, _ in places[1:]),
    )


_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def _words(date: str | None) -> str:
    """Return an EDTF date in words: 1999-03 is March 1999."""
    year, *rest = (date or "").split("-")
    months = [_MONTHS[int(part) - 1] for part in rest[:1]]
    days = [str(int(part)) for part in rest[1:2]]
    return " ".join((*days, *months, year))
