"""SHT302."""

from collections.abc import Iterator

from citecheck.citations import Citation, IbidReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import ibid_word, shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT302",
    subject=Citation,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., 13.37",
    examples=(
        Bad(
            "Lankov, *Crisis in North Korea*, 63; Szalontai, *Kim Il Sung*, 98.\nIbid., 99.",
            says="Ibid. may stand for any of 2 sources in note 1: “Lankov, Crisis in North Korea, 63”, "
            "“Szalontai, Kim Il Sung, 98”",
        ),
        Good("Lankov, *Crisis in North Korea*, 63; Lankov, *Crisis in North Korea*, 70.\nIbid., 99."),
        Good("Lankov, *Crisis in North Korea*, 63; Szalontai, *Kim Il Sung*, 98; ibid., 99."),
    ),
)
def ambiguous_ibid(citation: Citation, document: Document) -> Iterator[Problem]:
    """An *ibid.* after a note that cites several sources.

    Chicago allows *ibid.* only where the note before cites a single source. A note that cites one source
    several times is such a note. Inside one note *ibid.* repeats the citation right before it and is clear.
    """
    candidates = [each for each in document.resolution(citation).candidates if isinstance(each, Citation)]
    if not isinstance(citation.reference, IbidReference) or len(candidates) < 2:
        return
    named = ", ".join(f"“{shorten(candidate.text, 50)}”" for candidate in candidates)
    yield Problem(
        citation.span,
        f"{ibid_word(citation)} may stand for any of {len(candidates)} sources in "
        f"{document.place_name(candidates[0])}: {named}",
        label="which one?",
        help="name the source",
        citation=citation,
        related=tuple(document.related(candidate, "could be meant") for candidate in candidates),
    )
