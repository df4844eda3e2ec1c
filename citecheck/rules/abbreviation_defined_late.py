"""ARC111."""

from collections import defaultdict
from collections.abc import Iterator

from citecheck.archives import fold_name
from citecheck.citations import Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Related, Severity
from citecheck.reading.declarations import HEREAFTER
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC111",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 10.3: an abbreviation is explained at its first occurrence",
    examples=(
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, List 7.\n"
            "Russian State Archive of Contemporary History (hereafter RGANI), Fond 5, Opis 28, Delo 411, List 9.",
            says="RGANI is explained only here, after 1 reference that uses it",
        ),
        Good(
            "Russian State Archive of Contemporary History (hereafter RGANI), Fond 5, Opis 28, Delo 411, List 9.\n"
            "RGANI, Fond 5, Opis 28, Delo 410, List 7."
        ),
        Good(
            "The National Archives, Kew, London (hereafter TNA), FO 371/122800, ff. 3–4.\n"
            "TNA, FO 371/122801, f. 6."
        ),
    ),
)
def abbreviation_defined_late(document: Document) -> Iterator[Problem]:
    """An archive's abbreviation that is explained after references have used it already.

    Notes count as earlier than an appendix. A list of abbreviations explains wherever it stands.
    """
    listed = {fold_name(abbreviation.short) for abbreviation in document.manuscript.abbreviations}
    users: defaultdict[str, list[Citation]] = defaultdict(list)
    # In print the notes are read with the body, an appendix after both: notes first, then the body.
    for citation, reference in sorted(document.archival, key=lambda pair: pair[0].in_note is None):
        explained = HEREAFTER.search(citation.text)
        earlier = users[fold_name(explained.group(1))] if explained is not None else []
        if explained is not None and earlier and fold_name(explained.group(1)) not in listed:
            count = f"{len(earlier)} reference{'s' if len(earlier) > 1 else ''}"
            verb = "use" if len(earlier) > 1 else "uses"
            related: tuple[Related, ...] = (document.related(earlier[0], "used here already"),)
            yield Problem(
                citation.locate(explained.span(1)),
                f"{explained.group(1)} is explained only here, after {count} that {verb} it",
                label="explained late",
                help="explain the abbreviation where it is first used",
                citation=citation,
                related=related,
            )
        if explained is not None:
            listed.add(fold_name(explained.group(1)))
        users[fold_name(reference.archive_written)].append(citation)
