"""LOC105."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.citations import ArchivalReference, Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.rules import Bad, Good, rule


@rule(
    code="LOC105",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\nRGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "RGANI, Fond 5, Opis 28, Delo 411, List 156.\nAVPRF, Fond 0102, Opis 12, Papka 68, Delo 5, Listy 64-65.\n"
            "AVPRF, Fond 0102, Opis 12, Papka 68, Delo 4.",
            says="no leaf is given; 4 of 5 references by delo give one",
        ),
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410.\nRGANI, Fond 5, Opis 28, Delo 412.\nRGANI, Fond 5, Opis 28, Delo 411, List 156."
        ),
        # An Italian fascicolo is no delo.
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\nRGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "RGANI, Fond 5, Opis 28, Delo 411, List 156.\nRGANI, Fond 5, Opis 28, Delo 411, List 158.\n"
            "ACS, PCM, 1951-54, b. 1422, f. 3."
        ),
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85.\nRGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "RGANI, Fond 5, Opis 28, Delo 411, List 156.\nRGANI, Fond 5, Opis 28, Delo 411, List 158.\n"
            "GARF, Fond R-5446, Opis 98, Delo 716."
        ),
        Good(
            "KTS, 10. doboz, 24/b, 004066/1955.\nKTS, 4. doboz, 5/a, 002749/1957.\nRGANI, Fond 5, Opis 28, Delo 410, Listy 74-85."
        ),
    ),
)
def missing_locator(document: Document) -> Iterator[Problem]:
    """A reference that needs a page or leaf and has none, where its siblings do.

    Archival references are compared with those that end in the same level: dela with dela, fascicoli with fascicoli,
    short titles with short titles.
    Nine tenths of them must have a place, or all but two. In author-date references only one that follows directly on a
    quotation is reported: a work as a whole is cited by its year alone.
    """
    yield from _archival(document)
    for kind in (Kind.SHORT, Kind.CHAPTER):
        yield from _works(document, kind)
    yield from _quotations(document)


def _archival(document: Document) -> Iterator[Problem]:
    alike: defaultdict[tuple[str, str], list[tuple[Citation, ArchivalReference]]] = defaultdict(list)
    names: dict[str, str] = {}
    for citation, reference in document.archival:
        hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
        if hierarchy is None or hierarchy.locator is None or not reference.levels:
            continue
        if any(level.document for level in hierarchy.levels):
            continue
        # What is counted by leaves goes by the smallest level: a Russian delo, an Italian fascicolo, a British piece.
        smallest = reference.levels[-1].key
        if smallest in hierarchy.by_key:
            names[smallest] = hierarchy.by_key[smallest].name.partition(" (")[0]
            alike[smallest, hierarchy.locator.key].append((citation, reference))
    for (smallest, _), references in alike.items():
        yield from _without_leaves(references, names[smallest])


def _without_leaves(references: list[tuple[Citation, ArchivalReference]], name: str) -> Iterator[Problem]:
    placed = sum(bool(reference.locators) for _, reference in references)
    # More than a few without a leaf are the author's way of citing those files.
    if placed < 4 or len(references) - placed > max(2, len(references) // 10):
        return
    # How an archive's files are cited without any leaf is no slip.
    by_leaf = {_archive(reference) for _, reference in references if reference.locators}
    for citation, reference in references:
        if _archive(reference) not in by_leaf:
            continue
        if not reference.locators and reference.unread is None and not _is_file(reference, citation):
            span = (reference.reference_span[0], reference.reference_span[1])
            yield _problem(
                citation,
                span,
                f"no leaf is given; {placed} of {len(references)} references by {name} give one",
            )


def _archive(reference: ArchivalReference) -> str:
    return reference.archive or reference.archive_written


# unpag., unpaginated, unfol., o. P. (ohne Paginierung), n. p., without page numbers
_UNNUMBERED = re.compile(
    r"[,;]?\s\(?(?:un(?:pag|fol|num|ge[zs])|not\s(?:pag|fol)|without\s(?:pag|page|fol)|o\.\s?(?:P|Bl)\.|n\.\s?(?:p|pag|fol)\."
    r"|non\s(?:pag|fol)|senza\s|без\s|nlb|nepag|bez\s)",
    re.IGNORECASE,
)


def _is_file(reference: ArchivalReference, citation: Citation) -> bool:
    """Tell whether a whole file or several are meant, “dd. 504–692”, or one without numbers: “unpag.” behind."""
    last = reference.levels[-1].value
    behind = citation.passage.text[citation.start + len(citation.text) :][:24]
    if _UNNUMBERED.match(behind):
        return True
    return bool(re.search(r"\d\s?[-–]\s?\d", last))


def _works(document: Document, kind: Kind) -> Iterator[Problem]:
    notes = [
        (citation, reference)
        for citation, reference in document.works
        if reference.kind is kind and citation.in_note is not None
    ]
    placed = sum(bool(reference.locators) for _, reference in notes)
    if placed < 8 or placed < 0.9 * len(notes):
        return
    for citation, reference in notes:
        if not reference.locators and _EVERYWHERE.search(_with_what_follows(citation)) is None:
            yield _problem(
                citation,
                (0, len(citation.text)),
                f"no page is given; {placed} of {len(notes)} references of this kind give one",
            )


# The whole of a work is meant: “passim”, “throughout”.
_EVERYWHERE = re.compile(r"\b(?:passim|throughout|пассим)\b", re.IGNORECASE)


def _with_what_follows(citation: Citation) -> str:
    return citation.text + citation.passage.text[citation.start + len(citation.text) :][:12]


_QUOTED = re.compile(r"[’”'\"»]\s*\(?$")


def _quotations(document: Document) -> Iterator[Problem]:
    dated = [pair for pair in document.works if pair[1].kind is Kind.AUTHOR_DATE]
    placed = sum(bool(reference.locators) for _, reference in dated)
    if placed < 5 or placed < 0.6 * len(dated):
        return
    for citation, reference in dated:
        if not _follows_quotation(citation, reference) or _quotes_title(document, citation):
            continue
        message = f"no page is given for a quotation; {placed} of {len(dated)} references give one"
        yield _problem(citation, (0, len(citation.text)), message)


def _follows_quotation(citation: Citation, reference: WorkReference) -> bool:
    before = citation.passage.text[max(0, citation.start - 4) : citation.start]
    return not reference.locators and citation.in_note is None and _QUOTED.search(before) is not None


_LAST_QUOTED = re.compile(r"[‘“\"'«„]([^‘’“”\"'«»„]{3,80})[’”\"'»]\s*\(?$")


def _quotes_title(document: Document, citation: Citation) -> bool:
    """Tell whether the words quoted before are those of the work's title: “‘failed illusions’ (Gati 2006)”."""
    entry = document.resolution(citation).entry
    quoted = _LAST_QUOTED.search(citation.passage.text, max(0, citation.start - 100), citation.start)
    return (
        entry is not None
        and quoted is not None
        and f" {fold(quoted[1])} " in f" {fold(entry.reference.title or '')} "
    )


def _problem(citation: Citation, span: tuple[int, int], message: str) -> Problem:
    return Problem(
        citation.locate(span), message, label="where?", help="add the page or leaf", citation=citation
    )
