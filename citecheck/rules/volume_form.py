"""STY618."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, Kind
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_LANKOV = "Andrei Lankov, “Kim Il Sung’s Campaign,” *Korean Studies*, Volume 23 (1999): 45."
_PALAIS = "James Palais, “A Search,” *Harvard Journal of Asiatic Studies*, Vol. 55, No. 2 (1995): 420."
_WELLS = "Kenneth Wells, “The Rationale,” *Modern Asian Studies*, Vol. 19, No. 4 (1985): 827."


@rule(
    code="STY618",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (journals)",
    examples=(
        Bad(
            f"{_LANKOV}\n{_PALAIS}\n{_WELLS}",
            says="the volume is written “Volume 23” here and “Vol. 55” in 2 other citations of journals",
        ),
        Good(f"{_PALAIS}\n{_WELLS}"),
    ),
)
def volume_form(document: Document) -> Iterator[Problem]:
    """The volume of a journal with one label here and another there: “Volume 23” beside “Vol. 55”."""
    places = [
        (citation, match)
        for citation, reference in document.works
        if reference.container is not None and reference.kind in (Kind.FULL, Kind.SHORT, Kind.CHAPTER)
        if reference.container.kind == "article-journal" and (match := _find(citation)) is not None
    ]
    found = usage(places, lambda place: place[1].group("label").lower(), least=1, share=0.0)
    if found is None:
        return
    example = found.example[1].group()
    others = (
        "another citation of a journal" if found.count == 1 else f"{found.count} other citations of journals"
    )
    for (citation, match), _ in found.odd:
        yield Problem(
            citation.locate(match.span()),
            f"the volume is written “{match.group()}” here and “{example}” in {others}",
            citation=citation,
            related=(document.related(found.example[0], f"“{example}”"),),
        )


_VOLUME = re.compile(r"(?P<label>[Vv]ol(?:ume)?s?\.?)\s?\d+")


def _find(citation: Citation) -> re.Match[str] | None:
    return _VOLUME.search(citation.text)
