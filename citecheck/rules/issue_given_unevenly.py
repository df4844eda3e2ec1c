"""STY620."""

from collections import defaultdict
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule

_CEUSTER = "De Ceuster, Koen. “The Nation Exorcised.” *Korean Studies* 25, no. 2 (2002): 207–242."
_LANKOV = "Lankov, Andrei. “Kim Il Sung’s Campaign.” *Korean Studies* 23 (1999): 43–67."


@rule(
    code="STY620",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (journals)",
    examples=(
        Bad(
            f"The text.\n\nBibliography\n\n{_CEUSTER}\n\n{_LANKOV}",
            says="no issue is given for Korean Studies 23, where 25, no. 2 has one",
        ),
        Good(
            "The text.\n\nBibliography\n\nKimura, Mitsuhiko. “From Fascism to Communism.” *Economic History "
            "Review* 52 (1999): 69–86.\n\n"
            f"{_CEUSTER}"
        ),
    ),
)
def issue_given_unevenly(document: Document) -> Iterator[Problem]:
    """A journal whose articles have an issue number in some entries and none in others.

    A journal either numbers its issues or it does not; the rarer form is the one to look at.
    """
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in document.entries:
        container = entry.reference.container
        if container is not None and container.kind == "article-journal" and container.volume:
            groups[fold(container.title).removeprefix("the ")].append(entry)
    for group in groups.values():
        # Of two that differ, the one without the number is reported: put the others first.
        ordered = sorted(group, key=lambda entry: not _issue(entry))
        found = usage(ordered, lambda entry: bool(_issue(entry)), least=1, share=0.0)
        if found is None:
            continue
        for entry, has_issue in found.odd:
            what, rest = ("an issue is", "has none") if has_issue else ("no issue is", "has one")
            container = entry.reference.container
            assert container is not None
            where = _volume(found.example) if found.count == 1 else f"{found.count} other volumes"
            yield Problem(
                entry.span,
                f"{what} given for {container.title} {container.volume}, where {where} "
                f"{rest if found.count == 1 else rest.replace('has', 'have')}",
                entry=entry,
                related=(related_entry(document, found.example, _volume(found.example)),),
            )


def _issue(entry: Entry) -> str | None:
    return entry.reference.container.issue if entry.reference.container is not None else None


def _volume(entry: Entry) -> str:
    container = entry.reference.container
    assert container is not None
    return f"{container.volume}, no. {container.issue}" if container.issue else f"{container.volume}"
