"""ARC103."""

from collections.abc import Iterator

from citecheck.archives import fold_label
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC103",
    subject=Citation,
    severity=Severity.ERROR,
    examples=(
        Bad(
            "RGANI, Delo 5, Opis 28, Delo 412, Listy 224-228.",
            says="delo stands twice, as 5 and as 412; the first is probably the fond",
        ),
        Bad(
            "ГАРФ. Ф. Р-5446. Оп. 47а. Оп. 47а. Д. 3205. Л. 19 об.",
            says="opis stands twice, as 47а and as 47а",
        ),
        Good("RGANI, Fond 5, Opis 28, Delo 412, Listy 224-228."),
        Good("RGASPI, f. 17, op. 128, d. 1119, l. 230, d. 1120, ll. 4-7."),
    ),
)
def repeated_level(citation: Citation, document: Document) -> Iterator[Problem]:
    """One level twice in a reference, usually another level mislabelled: Delo 5, Opis 28, Delo 412."""
    reference = citation.reference
    if not isinstance(reference, ArchivalReference):
        return
    seen: dict[str, int] = {}
    for position, level in enumerate(reference.printed):
        if level.key not in seen:
            seen[level.key] = position
            continue
        first = reference.printed[seen[level.key]]
        if fold_label(first.label) != fold_label(level.label):
            # Two labels that the registry takes for one level (dossier, pièce) are none the less two words.
            continue
        meant = next(
            (other.key for other in reference.levels if other.span == first.span and other.key != level.key),
            None,
        )
        yield Problem(
            citation.locate(first.span if meant else level.span),
            f"{level.key} stands twice, as {first.value} and as {level.value}"
            + (f"; the first is probably the {meant}" if meant else ""),
            label=f"{meant}?" if meant else "again",
            help="name each level once",
            citation=citation,
        )
