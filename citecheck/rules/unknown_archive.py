"""ARC101."""

from collections.abc import Iterator

from citecheck.archives import fold_name
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.named_places import may_name_house
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC101",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "ГАСПИКО. Ф. 221. Оп. 13. Д. 9. Л. 31.",
            says="ГАСПИКО is no archive that citecheck or this manuscript knows",
        ),
        Bad(
            "RGNAI, Fond 5, Opis 28, Delo 411, Listy 20-22.",
            says="RGNAI is no archive that is known, but RGANI is",
        ),
        Bad("Delo 411, ll. 12-13.", says="no archive is named"),
        Bad(
            "ГАСПИКО. Ф. 221. Оп. 13. Д. 9. Л. 31.\nГАСПИКО. Ф. 221. Оп. 13. Д. 12. Л. 4.",
            says="ГАСПИКО is no archive that citecheck or this manuscript knows; it is named in 2 references",
        ),
        Good("RGANI, Fond 5, Opis 28, Delo 411, Listy 20-22."),
        Good(
            "Museum of My Town (hereafter GASPIKO), f. 221, op. 13, d. 9, l. 31.\nGASPIKO, f. 221, op. 13, d. 9, l. 33."
        ),
        Good("ГАОО. Ф. 235. Оп. 7. Д. 42; Оп. 8. Д. 4794."),
        # A name that could not be read as one is a name yet.
        Good("Museum of the Town of Uglich, f. 3, d. 12, l. 4."),
        Good("Национальный центральный архив Монголии. Ф. 4. Х. 1. Д. 233. Л. 8."),
        Good("ACSR, București, fond 12, dosar 12/1944, f. 3."),
    ),
)
def unknown_archive(document: Document) -> Iterator[Problem]:
    """An archive that is neither in the registry nor declared in the manuscript, or none at all.

    Declare an archive where it is first cited (“Town Museum (hereafter TM)”), in the list of abbreviations,
    or in ``citecheck.toml``. A name that is a letter away from a known one is probably a slip. A name that is
    unknown is reported once, where it stands first.
    """
    undeclared: dict[str, list[tuple[Citation, ArchivalReference]]] = {}
    declared = {fold_name(short) for short in document.declared}
    for citation, reference in document.archival:
        written = reference.archive_written
        if reference.carried or (reference.archive is not None and not (written and reference.levels)):
            continue
        if not written:
            if reference.levels and not _is_named(citation, reference) and not _continues(citation, document):
                yield _problem(citation, reference, "no archive is named", "name the archive")
        elif reference.archive is None and fold_name(written) not in declared:
            undeclared.setdefault(fold_name(written), []).append((citation, reference))
        elif reference.archive is not None and not _is_name(written, reference.archive, document):
            known = document.registry.archives[reference.archive].abbreviation
            yield _problem(
                citation,
                reference,
                f"{written} is no archive that is known, but {known} is",
                f"write {known} if it is meant",
            )
    for places in undeclared.values():
        citation, reference = places[0]
        often = f"; it is named in {len(places)} references" if len(places) > 1 else ""
        yield _problem(
            citation,
            reference,
            f"{reference.archive_written} is no archive that citecheck or this manuscript knows{often}",
            "introduce it where it is first cited, or in citecheck.toml",
        )


def _continues(citation: Citation, document: Document) -> bool:
    """Tell whether the citation goes on from an archival one before it in its note, which named the archive."""
    if citation.in_note is None or citation.index == 1:
        return False
    before = document.by_note[citation.in_note.ordinal][citation.index - 2]
    return isinstance(before.reference, ArchivalReference)


def _is_named(citation: Citation, reference: ArchivalReference) -> bool:
    """Tell whether the words before the levels may be the name of an archive that could not be read as one."""
    text = citation.passage.text
    start = max(text.rfind(stop, 0, citation.start) for stop in ";\n") + 1
    return any(
        may_name_house(words.strip()) for words in (reference.description or "", text[start : citation.start])
    )


def _is_name(written: str, archive_id: str, document: Document) -> bool:
    archive = document.registry.archives[archive_id]
    folded = fold_name(written)
    if folded in archive.folded_names or written in document.declared:
        return True
    others = (*archive.former_names, *(series.code for series in archive.series))
    return any(fold_name(name) == folded for name in others)


def _problem(citation: Citation, reference: ArchivalReference, message: str, remedy: str) -> Problem:
    span = reference.archive_span or reference.reference_span
    return Problem(citation.locate(span), message, label="which archive?", help=remedy, citation=citation)
