"""SHT306."""

from collections.abc import Iterator

from citecheck.citations import Citation, Kind
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT306",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 13.32",
    examples=(
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care* (New York: St. Martin's Press, 2004), 112.\n"
            "Lankov, *Crisis in North Korea*, 63.\n"
            "Bradley K. Martin, *Under the Loving Care* (New York: St. Martin's Press, 2004), 115.",
            says="the work is cited in full again: note 2 has the full citation",
        ),
        Good(
            "Peter Sluglett, *Britain in Iraq*, 2nd edn (London: I.B. Tauris, 2007), 67.\n"
            "Sluglett, *Britain in Iraq*, 70.\n"
            "Peter Sluglett, *Britain in Iraq*, 1st edn (London: Ithaca Press, 1976), 12."
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Lankov, *Crisis in North Korea*, 63."
        ),
    ),
)
def full_form_repeated(document: Document) -> Iterator[Problem]:
    """A full citation of a work that has been cited in full before, in a text that shortens the others.

    A chapter is often read by itself, so a full citation in another section counts as the first one there.
    """
    full: dict[tuple[int, str, str | None], Citation] = {}
    shortened = sum(reference.kind == Kind.SHORT for _, reference in document.works)
    again: list[tuple[Citation, Citation]] = []
    for citation, reference in document.works:
        key = document.resolution(citation).key
        if key is None or citation.in_note is None or reference.kind not in (Kind.FULL, Kind.CHAPTER):
            continue
        if reference.kind == Kind.CHAPTER and reference.publisher is None and reference.place is None:
            continue
        # Another year is another edition, or a slip for another rule.
        first = full.setdefault((citation.section, key, reference.date), citation)
        if first is not citation:
            again.append((citation, first))
    if len(again) > shortened or (len(again) > 3 and len(again) * 3 > shortened + len(again)):
        # An author who does so time and again does so on purpose.
        return
    for citation, first in again:
        yield Problem(
            citation.span,
            f"the work is cited in full again: {document.place_name(first)} has the full citation",
            help="shorten it to the family name, a short title and the page",
            citation=citation,
            related=(document.related(first, "cited in full"),),
        )
