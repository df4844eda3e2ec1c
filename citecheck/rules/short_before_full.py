"""SHT303."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from citecheck.citations import Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.evidence.unread import unread_in_notes
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT303",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., 13.32",
    examples=(
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\n"
            "Andrei Lankov, *Crisis in North Korea: The Failure of De-Stalinization, 1956* (Honolulu: "
            "University of "
            "Hawaii Press, 2005), 19.",
            says="“Lankov, Crisis in North Korea, 63” shortens what is cited in full only later, in note 2",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Nam, *The North Korean Communist Leadership*, 103.",
            says="“Nam, The North Korean Communist Leadership, 103” is nowhere cited in full",
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Lankov, *Crisis in North Korea*, 63."
        ),
        Good(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n\nBibliography\n\n"
            "Lankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005."
        ),
    ),
)
def short_before_full(document: Document) -> Iterator[Problem]:
    """A shortened citation before the full one, or without one, in a text that has no bibliography.

    Silent where notes are missing or could not be read, since the full citation may stand in one of them, and where most
    works are never cited in full: then their list is in another file.
    """
    if document.entries or _has_gaps(document):
        return
    first_full: dict[str, tuple[int, Citation]] = {}
    shorts: defaultdict[str, list[tuple[int, Citation]]] = defaultdict(list)
    for order, (citation, reference) in enumerate(document.works):
        key = document.resolution(citation).key
        if key is None or citation.in_note is None or citation.library_key is not None:
            continue
        if reference.kind in (Kind.FULL, Kind.CHAPTER):
            first_full.setdefault(key, (order, citation))
        elif reference.kind == Kind.SHORT and reference.title is not None and reference.creators:
            shorts[key].append((order, citation))
    without = [key for key in shorts if key not in first_full]
    told = sum(_is_told(citation) for _, citation in first_full.values())
    unread = unread_in_notes(document)
    for key, places in shorts.items():
        order, citation = places[0]
        words = shorten(citation.text)
        if any(_names_author(citation, each.words) for each in unread):
            # What could not be read may be the full citation.
            continue
        if key in first_full and first_full[key][0] > order:
            full = first_full[key][1]
            yield Problem(
                citation.span,
                f"“{words}” shortens what is cited in full only later, in {document.place_name(full)}",
                help="give the full citation here and the short one there",
                citation=citation,
                related=(document.related(full, "cited in full"),),
            )
        elif key not in first_full and len(without) < told:
            yield Problem(
                citation.span,
                f"“{words}” is nowhere cited in full",
                help="give author, title, place, publisher and year where the work is first cited",
                citation=citation,
                related=tuple(document.related(other, "cited again") for _, other in places[1:4]),
            )


def _is_told(citation: Citation) -> bool:
    """Tell whether a citation says where or when the work was published: “in *Logic*, pp. 152–278” does not."""
    reference = citation.reference
    return isinstance(reference, WorkReference) and bool(
        reference.date or reference.place or reference.publisher
    )


def _names_author(citation: Citation, text: str) -> bool:
    """Tell whether words name the first author of a work."""
    reference = citation.reference
    return isinstance(reference, WorkReference) and reference.creators[0].family in text


def _has_gaps(document: Document) -> bool:
    """Tell whether notes are missing."""
    notes = document.manuscript.notes
    if not notes:
        return False
    if notes[0].number not in (None, 1):
        return True
    return any(
        after.section == before.section
        and before.number is not None
        and after.number is not None
        and after.number != before.number + 1
        for before, after in pairwise(notes)
    )
