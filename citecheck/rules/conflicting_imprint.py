"""CON212."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, Entry, Kind, WorkReference
from citecheck.documents import Document
from citecheck.evidence.imprints import publisher_core, towns
from citecheck.findings import Problem, Related, Severity
from citecheck.resolving.works_cited import is_inside, place_of, related_entry
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON212",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Yang Sung-chul, *The North and South Korean Political Systems* (Seoul: Seoul Press, 1994), "
            "326.\n"
            "Yang Sung-chul, *The North and South Korean Political Systems* (Boulder: Westview Press, "
            "1994), 231.",
            says="published by Westview Press here and by Seoul Press in note 1: one book of two "
            "publishers, or two editions?",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2006), 25.",
            says="published in 2006 here and in 2005 in note 1",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Andrei Lankov, *Crisis in North Korea* (London: University of Hawaii "
            "Press, 2005), 63.\n\n"
            "Bibliography\n\nLankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, "
            "2005.",
            says="published in London here and in Honolulu in the bibliography",
        ),
        Good(
            "F. Braudel, *La Méditerranée*, 2 vols, Paris, 1966, p. 45.\n"
            "M. Bloch, *Les Rois thaumaturges* (Paris: Armand Colin, 1961), p. 3.\n"
            "F. Braudel, *La Méditerranée*, deux tomes, Paris, 1966, p. 96."
        ),
        Good(
            "The text.\n\nNotes\n\n1. Yang Sung-chul, *The North and South Korean Political Systems* "
            "(Seoul: Seoul Press, 1994), 63.\n\n"
            "Bibliography\n\nYang, Sung Chul. *The North and South Korean Political Systems*. Boulder, "
            "Colo.: Westview Press; "
            "Seoul: Seoul Press, 1994."
        ),
    ),
)
def conflicting_imprint(document: Document) -> Iterator[Problem]:
    """One work with two publishers, places, years or volumes.

    Two publishers in the same year may have brought the book out together: that is a note. Another publisher
    in another year is another edition, and so is what calls itself one. Spellings of one publisher’s name are
    another rule’s matter.
    """
    first: dict[str, tuple[Citation, WorkReference]] = {}
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        if resolution.key is None or reference.kind not in (Kind.FULL, Kind.CHAPTER):
            continue
        if resolution.entry is not None:
            if "/" not in resolution.key and not is_inside(citation, resolution.entry):
                yield from _against_entry(document, citation, reference, resolution.entry)
            continue
        earlier, known = first.setdefault(resolution.key, (citation, reference))
        if earlier is not citation:
            place = f"in {document.place_name(earlier)}"
            yield from _compare(
                citation, reference, known, place, document.related(earlier, "the other imprint")
            )


def _against_entry(
    document: Document, citation: Citation, reference: WorkReference, entry: Entry
) -> Iterator[Problem]:
    related = related_entry(document, entry, "listed so")
    for problem in _compare(citation, reference, entry.reference, place_of(entry), related):
        if not problem.message.startswith("published in ") or not re.search(r"\d{4} here", problem.message):
            # A year that differs from the entry's is BIB505.
            yield problem


def _compare(
    citation: Citation, one: WorkReference, other: WorkReference, where: str, related: Related
) -> Iterator[Problem]:
    years = one.years, other.years
    same_year = bool(years[0] & years[1])
    if all(years) and not same_year and _year(one) != _year(other):
        if _is_other_edition(one, other):
            return
        yield _problem(
            citation, f"published in {_year(one)} here and in {_year(other)} {where}", _year(one), related
        )
        return
    if one.publisher and other.publisher and not _share(one.publisher, other.publisher):
        message = f"published by {one.publisher} here and by {other.publisher} {where}"
        if same_year:
            message += ": one book of two publishers, or two editions?"
        yield _problem(citation, message, one.publisher, related, Severity.NOTE if same_year else None)
    elif one.place and other.place and _are_elsewhere(one.place, other.place):
        yield _problem(
            citation, f"published in {one.place} here and in {other.place} {where}", one.place, related
        )
    if one.container is not None and other.container is not None:
        volumes = one.container.volume, other.container.volume
        if all(volumes) and volumes[0] != volumes[1] and one.container.kind == "article-journal":
            message = f"volume {volumes[0]} of the journal here and {volumes[1]} {where}"
            yield _problem(citation, message, volumes[0] or "", related)


def _is_other_edition(one: WorkReference, other: WorkReference) -> bool:
    """Tell whether an edition is named, or another publisher has brought the work out in that other year."""
    if one.edition != other.edition:
        return True
    return bool(one.publisher and other.publisher) and not _share(one.publisher or "", other.publisher or "")


def _are_elsewhere(one: str, other: str) -> bool:
    """Tell whether two statements of places name towns, and none in common."""
    first, second = set(towns(one)), set(towns(other))
    return bool(first and second) and not first & second


def _year(reference: WorkReference) -> str:
    return (reference.date or "")[:4]


def _share(one: str, other: str) -> bool:
    """Tell whether two statements of publishers have one in common."""
    cores = [[publisher_core(house) for house in houses.split(";")] for houses in (one, other)]
    return any(a == b or set(a) <= set(b) or set(b) <= set(a) for a in cores[0] for b in cores[1])


def _problem(
    citation: Citation, message: str, words: str, related: Related, severity: Severity | None = None
) -> Problem:
    start = citation.text.rfind(words)
    return Problem(
        citation.locate((start, start + len(words))) if start >= 0 and words else citation.span,
        message,
        help="check the imprint on the title page",
        citation=citation,
        related=(related,),
        severity=severity,
    )
