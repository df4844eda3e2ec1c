"""STY617."""

import re
from collections.abc import Iterator

from citecheck.citations import Kind
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.rules import Bad, Good, rule

_REFERENCES = (
    "\n\nReferences\n\nFiltzer, D. (1993) The Khrushchev Era. London: Macmillan.\n\n"
    "Machcewicz, P. (2006) The Polish 1956. Leipzig: K&M."
)


@rule(
    code="STY617",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "One (Filtzer, 1993:12). Two (Filtzer, 1993:13). Three (Filtzer, 1993:14). Four (Machcewicz, "
            "2006: 144)." + _REFERENCES,
            says="a space after the colon, where 3 of 4 references have none",
            fixed="One (Filtzer, 1993:12). Two (Filtzer, 1993:13). Three (Filtzer, 1993:14). Four "
            "(Machcewicz, 2006:144)." + _REFERENCES,
        ),
        Good("One (Filtzer, 1993:12). Two (Filtzer, 1993:13). Three (Filtzer, 1993:14)." + _REFERENCES),
    ),
)
def locator_spacing(document: Document) -> Iterator[Problem]:
    """A space before the page of an author-date reference in some places and none in others."""
    places = [
        (citation, match)
        for citation in document.citations
        if citation.in_note is None and citation.kind in (Kind.AUTHOR_DATE, Kind.IBID)
        if (match := _COLON.search(citation.text)) is not None
    ]
    found = usage(places, lambda place: bool(place[1].group("space")), least=3, share=0.6)
    if found is None:
        return
    for (citation, match), has_space in found.odd:
        what, rest = ("a", "none") if has_space else ("no", "one")
        offsets = match.span()
        edit = Edit(citation.locate(offsets), ":" if has_space else ": ")
        yield Problem(
            citation.locate(offsets),
            f"{what} space after the colon, where {found.count} of {found.total} references have {rest}",
            citation=citation,
            related=(document.related(found.example[0], "as usual in this text"),),
            fix=Fix(Applicability.SAFE, (edit,)) if citation.is_literal(offsets) else None,
        )


_COLON = re.compile(r"(?<=[\d.a-z]):(?P<space>[ \u00a0]*)(?=[\dpP§¶ivxlc])")
