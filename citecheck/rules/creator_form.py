"""STY609."""

from collections.abc import Iterator

import attrs

from citecheck.citations import Citation, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.evidence.majority import Usage, usage
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_SHORTS = "Lankov, *Crisis in North Korea*, 63.\nNam, *Leadership*, 3.\nSuh, *Kim Il Sung*, 7.\n"
_CHAPTERS = (
    "David R. McCann, “Modern Poetry,” in Koo, *Korean Culture*, 456.\nMichael D. Shin, “Interior "
    "Landscapes,” in Shin, *Colonial "
    "Modernity*, 250.\nHaruki Wada, “East Asia,” in Moon, *Ending the Cold War*, 79.\n"
)


@rule(
    code="STY609",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 13.33",
    examples=(
        Bad(
            _SHORTS + "Vladimir Tismaneanu, “Gheorghiu-Dej,” 15.",
            says="Vladimir Tismaneanu has a given name, where 3 of 4 shortened citations have the family "
            "name alone",
        ),
        Bad(
            _CHAPTERS + "Okonogi, “North Korean Communism,” in Suh, *Korean Studies*, 181.",
            says="Okonogi has no given name, where 3 of 4 citations of chapters have one",
        ),
        Good(_SHORTS + _CHAPTERS),
    ),
)
def creator_form(document: Document) -> Iterator[Problem]:
    """An author with given name in a shortened citation, or one without where the others have it.

    Shortened citations of books and articles are compared with each other, and so are those of chapters,
    whose authors stand in no bibliography and are therefore mostly named in full. A given name that tells two
    authors of one family apart is in its place.
    """
    shorts = [pair for pair in document.works if pair[1].kind == Kind.SHORT and pair[1].creators]
    chapters = [
        pair
        for pair in document.works
        if pair[1].kind == Kind.CHAPTER and pair[1].creators and pair[1].publisher is None
    ]
    for places, kind in ((shorts, "shortened citations"), (chapters, "citations of chapters")):
        found = usage(places, lambda place: _form(place[1].creators), least=3, share=0.7)
        if found is not None:
            for (citation, reference), _ in found.odd:
                yield _problem(document, citation, reference, found, kind)


def _form(names: tuple[Name, ...]) -> str | None:
    """Return whether the first name has a given name; bodies and single names have no say."""
    first = names[0]
    if first.given is None and " " in first.family and not first.family[0].islower():
        return None
    return "given" if first.given else "family"


def _problem(
    document: Document,
    citation: Citation,
    reference: WorkReference,
    found: Usage[tuple[Citation, WorkReference], str],
    kind: str,
) -> Problem:
    name = attrs.evolve(reference.creators[0])
    words = name.written or name.family
    start = citation.text.find(words)
    counted = f"{found.count} of {found.total} {kind}"
    if found.form == "family":
        message = f"{words} has a given name, where {counted} have the family name alone"
    else:
        message = f"{words} has no given name, where {counted} have one"
    return Problem(
        citation.locate((start, start + len(words))) if start >= 0 else citation.span,
        message,
        citation=citation,
        related=(document.related(found.example[0], "as usual in this text"),),
    )
