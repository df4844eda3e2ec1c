"""ARC105."""

import itertools
from collections import defaultdict
from collections.abc import Iterator

from citecheck.archives import Hierarchy
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_Archival = tuple[Citation, ArchivalReference]


@rule(
    code="ARC105",
    subject=Document,
    severity=Severity.NOTE,
    authority="ISAD(G) 3.1.4; the archives' own rules for citing",
    examples=(
        Bad(
            "AVPRF, Fond 0102, Opis 12, Papka 68, Delo 5, Listy 64-65.\nAVPRF, Fond 0102, Opis 12, Delo 4, Papka 68, List 3.",
            says="delo stands before papka here, papka before delo in note 1",
        ),
        Bad(
            "RGANI, Opis 28, Fond 5, Delo 410, Listy 74-85.",
            says="opis stands before fond, against the order of the archive",
        ),
        Good(
            "AVPRF, Fond 0102, Opis 12, Delo 4, Papka 68, List 3.\nAVPRF, Fond 0102, Opis 12, Delo 5, Papka 68, List 4."
        ),
        Bad(
            "MNL OL, K 63, 24. tétel, 127. csomó.\nMNL OL, K 63, 127. csomó, 25. tétel.",
            says="csomó stands before tétel here, tétel before csomó in note 1",
        ),
        Good("RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85."),
        Good("MNL OL, K 63, 127. csomó, 24. tétel, 4102/1921."),
        Good("NARA, RG 59, M316, roll 66, 861.48/1501."),
    ),
)
def level_order(document: Document) -> Iterator[Problem]:
    """Levels in an order that is neither the archive's nor the manuscript's own.

    Some archives are cited in several orders (papka before or after delo, small to large or large to
    small); then the order that most references of the manuscript have decides, or the first of two.
    """
    by_archive: defaultdict[str, list[_Archival]] = defaultdict(list)
    for citation, reference in document.archival:
        if len(reference.printed) >= 2:
            by_archive[reference.archive or reference.archive_written].append((citation, reference))
    for references in by_archive.values():
        hierarchy = document.registry.hierarchies.get(references[0][1].hierarchy or "")
        if hierarchy is not None:
            yield from _against_archive(references, hierarchy)
            yield from _against_manuscript(document, references, hierarchy)


def _keys(reference: ArchivalReference) -> list[str]:
    """Return the levels in the order of the text, those named twice left out."""
    keys = [level.key for level in reference.printed]
    return keys if len(set(keys)) == len(keys) else []


def _swapped(keys: list[str], order: tuple[str, ...]) -> tuple[str, str] | None:
    """Return two neighbours that stand in the text against an order, or None."""
    known = [key for key in keys if key in order]
    for first, second in itertools.pairwise(known):
        if order.index(first) > order.index(second):
            return first, second
    return None


def _against_archive(references: list[_Archival], hierarchy: Hierarchy) -> Iterator[Problem]:
    orders = hierarchy.orders or (tuple(level.key for level in hierarchy.levels),)
    for citation, reference in references:
        keys = _keys(reference)
        complete = [order for order in orders if set(keys) <= set(order)] or [tuple(hierarchy.by_key)]
        wrong = [_swapped(keys, order) for order in complete]
        if not keys or wrong[0] is None or not all(wrong):
            continue
        if all(_swapped(keys[::-1], order) for order in complete):
            yield _problem(
                citation,
                reference,
                f"{_name(wrong[0][0], hierarchy)} stands before {_name(wrong[0][1], hierarchy)}, "
                "against the order of the archive",
            )


def _against_manuscript(
    document: Document, references: list[_Archival], hierarchy: Hierarchy
) -> Iterator[Problem]:
    """Compare each pair of neighbouring levels with how most references have the pair."""
    pairs: defaultdict[frozenset[str], defaultdict[tuple[str, str], list[_Archival]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for citation, reference in references:
        keys = _keys(reference)
        for first, second in itertools.pairwise(keys):
            pairs[frozenset((first, second))][first, second].append((citation, reference))
    legal = {pair for order in hierarchy.orders for pair in itertools.pairwise(order)}
    for orders in pairs.values():
        usual = max(orders, key=lambda pair: len(orders[pair]))
        for pair, places in orders.items():
            if pair == usual or pair not in legal:
                continue
            example = orders[usual][0][0]
            for citation, reference in places:
                first, second = (_name(key, hierarchy) for key in pair)
                message = (
                    f"{first} stands before {second} here, {second} before {first} "
                    f"in {document.place_name(example)}"
                )
                yield _problem(citation, reference, message, document, example)


def _name(key: str, hierarchy: Hierarchy) -> str:
    """Return the archive's own word for a level."""
    kind = hierarchy.by_key.get(key)
    return kind.name.partition(" (")[0] if kind is not None else key


def _problem(
    citation: Citation,
    reference: ArchivalReference,
    message: str,
    document: Document | None = None,
    example: Citation | None = None,
) -> Problem:
    related = (
        (document.related(example, example.text[-60:]),)
        if document is not None and example is not None
        else ()
    )
    return Problem(
        citation.locate(reference.reference_span),
        message,
        label="order of the levels",
        help="keep to one order",
        citation=citation,
        related=related,
    )
