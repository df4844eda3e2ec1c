"""ARC106."""

from collections.abc import Iterator

from citecheck.archives import LevelKind, fold_label
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC106",
    subject=Citation,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, Listy 96.",
            says="“Listy” stands before one leaf",
            fixed="RGANI, Fond 5, Opis 28, Delo 410, List 96.",
        ),
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, List 210-215.",
            says="“List” stands before several leaves",
            fixed="RGANI, Fond 5, Opis 28, Delo 410, Listy 210-215.",
        ),
        Good("RGANI, Fond 5, Opis 28, Delo 410, List 96."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 74-85."),
        Good("РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74–85 об."),
    ),
)
def folio_number(citation: Citation, document: Document) -> Iterator[Problem]:
    """Singular and plural of the leaves' label at odds with how many leaves are cited.

    GOST R 7.0.5 has one label for both (Л.), so Cyrillic references are left alone. A leaf and its
    back are several: “ll. 12–12ob.”.
    """
    reference = citation.reference
    if not isinstance(reference, ArchivalReference) or not reference.locators:
        return
    hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
    kind = hierarchy.locator if hierarchy is not None else None
    label = reference.locators[0].written_label
    if kind is None or not label:
        return
    several = len(reference.locators) > 1 or reference.locators[0].end is not None
    for singular, plural in _pairs(kind):
        wrong, right = (singular, plural) if several else (plural, singular)
        if label.rstrip(".") in (wrong.rstrip("."), wrong.rstrip(".").lower()):
            start = citation.text.rfind(label, 0, reference.locators[0].span[0] + 1)
            span = (start, start + len(label))
            right = right.lower() if label.islower() else right
            fix = (
                Fix(Applicability.SAFE, (Edit(citation.locate(span), right),))
                if citation.is_literal(span)
                else None
            )
            yield Problem(
                citation.locate(span),
                f"“{label}” stands before {'several leaves' if several else 'one leaf'}",
                label=f"{right}?",
                help=f"write {right}",
                citation=citation,
                fix=fix,
            )


def _pairs(kind: LevelKind) -> Iterator[tuple[str, str]]:
    """Yield singular and plural of the label in the forms that tell them apart."""
    for singular, plural in ((kind.long, kind.long_plural), (kind.abbreviated, kind.abbreviated_plural)):
        if singular and plural and fold_label(singular) != fold_label(plural):
            yield singular, plural
