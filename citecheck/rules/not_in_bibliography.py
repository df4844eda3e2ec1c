"""BIB501."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, Entry, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import is_near_title
from citecheck.resolving.works_cited import (
    is_in_newspaper,
    is_listed,
    lists_its_works,
    related_entry,
    shorten,
)
from citecheck.rules import Bad, Good, rule

_LIST = (
    "\n\nBibliography\n\nArmstrong, Charles K. *The North Korean Revolution*. Ithaca: Cornell University "
    "Press, 2003.\n\n"
    "Lankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005."
)


@rule(
    code="BIB501",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (bibliographies)",
    examples=(
        Bad(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. An, “Socio-Economics of the "
            "Nationalist "
            "Movement,” 32–33.\n3. Armstrong, *The North Korean Revolution*, 12.\n4. Lankov, *Crisis in "
            "North Korea*, 70." + _LIST,
            says="“An, “Socio-Economics of the Nationalist Movement,” 32–33” is not in the bibliography",
        ),
        Bad(
            "The congress met (Lankov, 2005: 63; Nam, 1974: 12; Armstrong, 2003: 5).\n\nReferences\n\n"
            "Armstrong, C. (2003) The North Korean Revolution. Ithaca: Cornell University Press.\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press.",
            says="“Nam, 1974: 12” is not in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. Nam, *The North Korean Communist "
            "Leadership*, 12.\n3. Armstrong, *The North Korean Revolution*, 12.\n4. *Nodong Sinmun*, 4 January 1956; "
            "*Pravda*, 5 January 1956; *The Times*, 6 January 1956, p. 3." + _LIST,
            says="“Nam, The North Korean Communist Leadership, 12” is not in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in South Korea*, 63.\n2. Lankov, *Crisis in North Korea*, 12.\n"
            "3. Armstrong, *The North Korean Revolution*, 12." + _LIST,
            says="“Lankov, Crisis in South Korea, 63” is not in the bibliography, which has “Crisis in North "
            "Korea” of that author",
        ),
        Good("The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63." + _LIST),
        # A select bibliography leaves out what the notes cite in full.
        Good(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. Armstrong, *The North Korean Revolution*, "
            "12.\n3. Dae-Sook Suh, *Kim Il Sung* (New York: Columbia University Press, 1988), 5.\n4. Suh, *Kim Il Sung*, 6."
            + _LIST.replace("Bibliography", "Select Bibliography")
        ),
        Good(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. David McCann, “Poetry,” in "
            "Armstrong, "
            "*The North Korean Revolution*, 12." + _LIST
        ),
    ),
)
def not_in_bibliography(document: Document) -> Iterator[Problem]:
    """A work that is cited and not listed in the manuscript’s bibliography; one finding for each work.

    A chapter is listed if its book is. A citation by key is listed by the program that sets the text. Newspapers, archives, letters and interviews need no entry, and
    where few of the works are listed, the list belongs to another text: nothing is reported then. A select
    bibliography need not list what a note cites in full.
    """
    if not lists_its_works(document):
        return
    groups: dict[str, list[Citation]] = {}
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        if (
            not is_listed(document, citation)
            and not resolution.candidates
            and resolution.key
            and citation.library_key is None
            and _needs_entry(reference)
        ):
            groups.setdefault(resolution.key, []).append(citation)
    selects = any(_SELECT.fullmatch(passage.text) for passage in document.manuscript.body)
    for citations in groups.values():
        first, *others = citations
        if selects and any(citation.reference.kind in (Kind.FULL, Kind.CHAPTER) for citation in citations):
            continue
        near = _near_entries(first, document)
        instead = "" if not near else f", which has “{shorten(near[0].reference.title or '')}” of that author"
        yield Problem(
            first.span,
            f"“{shorten(_bare(first.text))}” is not in the bibliography{instead}",
            label="no entry",
            help="check the title, or add the work to the bibliography"
            if near
            else "add the work to the bibliography, or check author and title",
            citation=first,
            related=(
                *(related_entry(document, entry, "the title like it") for entry in near),
                *(document.related(other, "cited again") for other in others[:5]),
            ),
        )


def _near_entries(citation: Citation, document: Document) -> tuple[Entry, ...]:
    """Return the entries of the same author whose titles differ from the cited one by a word."""
    reference = citation.reference
    if not isinstance(reference, WorkReference) or reference.title is None:
        return ()
    families = {family_key(name.family) for name in reference.creators}
    return tuple(
        entry
        for entry in document.entries
        if entry.library is None
        and not families.isdisjoint(family_key(name.family) for name in entry.reference.people)
        and is_near_title(reference.title, entry.reference.title or "")
    )


_SELECT = re.compile(
    r"[\W\d]*(?:[IVX]+\.\s)?select(?:ed)?\s(?:bibliography|references|works|literature)\W*", re.IGNORECASE
)


def _bare(text: str) -> str:
    """Return a citation without the brackets around all of it: “(Ivanov, 1956)”, but not “Jian (2001)”."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _needs_entry(reference: WorkReference) -> bool:
    if reference.kind == Kind.PAGE or is_in_newspaper(reference):
        return False
    if reference.container is not None and reference.container.kind == "webpage":
        return False
    return bool(reference.creators or reference.editors) and (
        reference.title is not None or reference.date is not None
    )
