"""ARC106."""

from collections.abc import Collection, Iterator

from citecheck.archives import LevelKind, fold_label
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC106",
    subject=Document,
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
        Bad(
            "RGANI, f. 5, op. 28, d. 410, l. 96-98; d. 411, ll. 1-2.",
            says="“l.” stands before several leaves",
            fixed="RGANI, f. 5, op. 28, d. 410, ll. 96-98; d. 411, ll. 1-2.",
        ),
        Good("RGANI, Fond 5, Opis 28, Delo 410, List 96."),
        Good("RGANI, f. 5, op. 28, d. 410, l. 96-98; d. 411, l. 1-2."),
        Good("ANIC, fond CC al PCR – Cancelarie, dosar 33/1956, f. 12-14; dosar 34/1956, f. 1."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 74-85."),
        Good("РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 74–85 об."),
    ),
)
def folio_number(document: Document) -> Iterator[Problem]:
    """Singular and plural of the leaves' label at odds with how many leaves are cited.

    Which labels have a plural, the archive's hierarchy says: Romanian “f. 12–14” is right. GOST R 7.0.5 has one label for
    both (Л.), and whoever never writes “ll.” or “ff.” has chosen to do the same; such references are left
    alone. A leaf and its back are several: “ll. 12–12ob.”.
    """
    used = {locator.written_label for _, reference in document.archival for locator in reference.locators[:1]}
    for citation, reference in document.archival:
        hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
        kind = hierarchy.locator if hierarchy is not None else None
        if kind is not None and reference.locators and reference.locators[0].written_label:
            yield from _check(citation, reference, kind, used)


def _check(
    citation: Citation, reference: ArchivalReference, kind: LevelKind, used: Collection[str | None]
) -> Iterator[Problem]:
    label = reference.locators[0].written_label or ""
    several = len(reference.locators) > 1 or reference.locators[0].end is not None
    for singular, plural in _pairs(kind):
        wrong, right = (singular, plural) if several else (plural, singular)
        if label.rstrip(".") in (wrong.rstrip("."), wrong.rstrip(".").lower()):
            right = right.lower() if label.islower() else right
            if several and wrong == kind.abbreviated and right not in used:
                continue
            start = citation.text.rfind(label, 0, reference.locators[0].span[0] + 1)
            span = (start, start + len(label))
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
