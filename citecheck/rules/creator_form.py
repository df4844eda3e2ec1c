"""STY609."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from citecheck.citations import Citation, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.evidence.majority import Usage, usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.names import family_key, is_same_person
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
        Good(_SHORTS + "K. Popper, *Objective Knowledge*, 320.\nPopper, *Conjectures*, 224."),
        Good(_SHORTS + "Kim Il Sung, *Works*, 15."),
        Good(
            _SHORTS
            + "Kim Il Sung, *Works*, 15.\nByung-kook Kim, *Politics*, 7.\nHakjoon Kim, *Unification*, 2."
        ),
    ),
)
def creator_form(document: Document) -> Iterator[Problem]:
    """An author with given name in a shortened citation, or one without where the others have it.

    Shortened citations of books and articles are compared with each other, and so are those of chapters,
    whose authors stand in no bibliography and are therefore mostly named in full. A given name that tells two
    authors of one family apart is in its place, and so is one that follows the family name, as in Kim Il Sung.
    Somebody who has no given name anywhere (Metternich) may have none.
    """
    bearers = _bearers(document)
    shorts = [
        (citation, reference)
        for citation, reference in document.works
        if reference.kind == Kind.SHORT
        and reference.creators
        and len(bearers[family_key(reference.creators[0].family)]) < 2
    ]
    chapters = [
        pair
        for pair in document.works
        if pair[1].kind == Kind.CHAPTER and pair[1].creators and pair[1].publisher is None
    ]
    for places, kind in ((shorts, "shortened citations"), (chapters, "citations of chapters")):
        found = usage(places, lambda place: _form(document, *place), least=3, share=0.7)
        if found is not None:
            introduced = _introduced(places)
            named = _named(document, places) if found.form == "given" else frozenset()
            for (citation, reference), _ in found.odd:
                if places is shorts and found.form == "given" and not _is_known(citation, bearers):
                    continue
                if places is shorts and found.form == "family" and citation.id in introduced:
                    # “K. Popper, *Conjectures and Refutations*, 223” and only then “Popper”.
                    continue
                if document.resolution(citation).key in named:
                    # “C. A. Bayly, *Empire*, 3” and then “Bayly, *Empire*, 5”: that is how one shortens.
                    continue
                yield _problem(document, citation, reference, found, kind)


def _introduced(places: Sequence[tuple[Citation, WorkReference]]) -> frozenset[str]:
    """Return the citations that name an author first, with a given name that later ones leave out."""
    first: dict[str, str | None] = {}
    shortened = set()
    for citation, reference in places:
        name = reference.creators[0]
        family = family_key(name.family)
        if family not in first:
            first[family] = citation.id if name.given else None
        elif name.given is None:
            shortened.add(family)
    return frozenset(found for family, found in first.items() if found is not None and family in shortened)


def _bearers(document: Document) -> defaultdict[str, set[str]]:
    """Return the given names of each family that the manuscript knows, by their first letters."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for reference in (
        *(reference for _, reference in document.works),
        *(entry.reference for entry in document.entries),
    ):
        for name in (*reference.creators, *reference.editors):
            if name.given:
                found[family_key(name.family)].add(fold(name.given)[:1])
    return found


def _form(document: Document, citation: Citation, reference: WorkReference) -> str | None:
    """Return whether the first name has a given name; bodies and single names have no say."""
    first = reference.creators[0]
    if first.given is None and " " in first.family and not first.family[0].islower():
        return None
    if first.given is not None and first.written.startswith(_family(document, citation, first)):
        return None
    return "given" if first.given else "family"


def _named(document: Document, places: Sequence[tuple[Citation, WorkReference]]) -> frozenset[str | None]:
    """Return the works that are somewhere cited with a given name."""
    return frozenset(
        document.resolution(citation).key for citation, reference in places if reference.creators[0].given
    )


def _family(document: Document, citation: Citation, name: Name) -> str:
    """Return the family name as the bibliography has it, which knows it better: Wada Haruki is a Wada."""
    entry = document.resolution(citation).entry
    listed = entry.reference.people[:1] if entry is not None else ()
    return next((other.family for other in listed if is_same_person(name, other)), name.family)


def _is_known(citation: Citation, bearers: Mapping[str, set[str]]) -> bool:
    """Tell whether the manuscript knows a given name of the author whom a citation names without."""
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    return bool(bearers[family_key(reference.creators[0].family)])


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
