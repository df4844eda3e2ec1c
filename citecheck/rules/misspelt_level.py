"""ARC104."""

from collections.abc import Iterator

from citecheck.archives import Hierarchy, LevelKind, fold_label
from citecheck.citations import ArchivalReference, Citation, Level
from citecheck.documents import Document
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.manuscript import Span
from citecheck.reading.terminals import fold_count
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC104",
    subject=Citation,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "RGANI, Fond 5, Opus 28, Delo 410, Listy 313-314.",
            says="“Opus” is probably “Opis”",
            fixed="RGANI, Fond 5, Opis 28, Delo 410, Listy 313-314.",
        ),
        Bad("RGANI, Font 5, Opis 28, Delo 412, List 344.", says="“Font” is probably “Fond”"),
        Good("RGANI, Fund 5, Inventory 28, Delo 412, Listy 313-314."),
        Good("ANIC, fond CC al PCR – Cancelarie, dosar nr. 24/1956, f. 12."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 313-314."),
    ),
)
def misspelt_level(citation: Citation, document: Document) -> Iterator[Problem]:
    """A label that is a letter off: Opus for Opis.

    The reading is what the label must mean, so correcting it changes nothing else: the fix is safe.
    """
    reference = citation.reference
    if not isinstance(reference, ArchivalReference):
        return
    hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
    if hierarchy is None:
        return
    for level in reference.printed:
        kind = hierarchy.by_key.get(level.key)
        if kind is None or not level.label or _is_known(level.label, hierarchy):
            continue
        meant = _nearest(level.label, kind)
        yield Problem(
            citation.locate((level.span[0], level.span[0] + len(level.label))),
            f"“{level.label}” is probably “{meant}”",
            label=f"{meant}?",
            help=f"write {meant}",
            citation=citation,
            fix=_fix(citation, level, meant),
        )


def _is_known(label: str, hierarchy: Hierarchy) -> bool:
    forms = (fold_label(label), fold_label(fold_count(label)))
    return any(form in hierarchy.folded_labels or form.lower() in hierarchy.folded_labels for form in forms)


def _nearest(label: str, kind: LevelKind) -> str:
    """Return the label of the level that is written most like this one."""

    def likeness(known: str) -> tuple[int, int]:
        return sum(a == b for a, b in zip(known, label, strict=False)), -abs(len(known) - len(label))

    return max(kind.labels, key=likeness)


def _fix(citation: Citation, level: Level, meant: str) -> Fix | None:
    offsets = (level.span[0], level.span[0] + len(level.label))
    if not citation.is_literal(offsets):
        return None
    return Fix(Applicability.SAFE, (Edit(Span(*citation.locate(offsets)), meant),))
