"""ARC102."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from citecheck.archives import LevelKind
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Related, Severity
from citecheck.rules import Bad, Good, rule

_Archival = tuple[Citation, ArchivalReference]


@rule(
    code="ARC102",
    subject=Document,
    severity=Severity.WARNING,
    authority="the archives' own rules for citing, as the registry has them",
    examples=(
        Bad(
            "Memorandum of Conversation with Kim Il Sung, 19 April 1956, AVPRF, Opis 12, Papka 68, Delo 5, Listy 64-65.\n"
            "Memorandum of Conversation with Ko Hui-man, 18 September 1956, AVPRF, Fond 0102, Opis 12, Papka 68, Delo 4, List 3.",
            says="the fond is missing; the reference in note 2 has fond 0102",
        ),
        Bad(
            "Report, 26 June 1953, KTS, 9. doboz, 18/b, 03312/1953.\nReport, 3 August 1953, KTS, 11. doboz, 24/b, 01119/1953.\n"
            "Report, 4 August 1953, KTS, 9. doboz, 18/b, 03313/1953.\nReport, 5 August 1953, KTS, 9. doboz, 18/b, 03314/1953.\n"
            "Report, 6 August 1953, KTS, 9. doboz, 18/b, 03315/1953.\nReport, 14 September 1953, KTS, 24/b, 011219/1953.",
            says="the doboz is missing; the reference in note 2 has doboz 11",
        ),
        Bad("RGANI, Fond 5, Opis 28, Delo, Listy 40-42.", says="the delo is missing"),
        Bad(
            "KTS, 10. doboz, 24/b, 004066/1955.\nKTS, 4. doboz, 5/a, 002749/1957.\nKTS, 6. doboz, 5/d, 00868/1/1954.\n"
            "KTS, 1969, 59. doboz, 002218/1/1969.\nKTS, 24/b, 10. doboz.",
            says="the registry number is missing; the reference in note 1 has registry number 004066/1955",
        ),
        # Print left it out for decades: a note, and no warning.
        Bad("PA AA, R 105941, Bl. 45–47.", says="the archive asks for the Bestand since its new signatures"),
        Good("Museum of the Town of Uglich, f. 3, d. 12, l. 4.\nСПбНМ. Ф. 5. Д. 12. Л. 4."),
        Good("NARA, M1946, Roll 12, Frames 345–350."),
        Good("RGANI, Fond 5, Opis 28, Delo 410, Listy 74-85."),
        Good("GARF, f. 102, DP III, 1891 g., d. 778, l. 3."),
        Good("ГАОО. Ф. 235. Оп. 7. Д. 42; Оп. 8. Д. 4794."),
        Good("RGANI, Fond 5, Opis 28, Delo 410, List 7.\nIbid., List 9."),
    ),
)
def missing_level(document: Document) -> Iterator[Problem]:
    """A level that this archive requires, or that all other references to it have, is absent.

    What a reference carries over from the one before it, and what *ibid.* leaves out, is not missing.
    Where the manuscript always leaves a level out that the archive asks for (papka), it is reported once. What an
    archive began to ask for when its files got new signatures is no fault, and only noted.
    """
    by_archive: defaultdict[str, list[_Archival]] = defaultdict(list)
    for citation, reference in document.archival:
        # What a citation lacks may stand in the words of it that were not read.
        if (
            reference.levels
            and reference.unread is None
            and reference.hierarchy in document.registry.hierarchies
        ):
            by_archive[reference.archive or reference.archive_written].append((citation, reference))
    # Without any name they may lie in different archives.
    by_archive.pop("", None)
    for references in by_archive.values():
        absent = {id(reference): set(_absent(reference, document)) for _, reference in references}
        always = _always_absent(references, absent)
        reported: set[str] = set()
        usual = _usual(references, document)
        for citation, reference in references:
            wanted = [*absent[id(reference)], *_unusual(reference, usual, document)]
            for kind in sorted(set(wanted), key=lambda kind: kind.key):
                if kind.key in always and kind.key in reported:
                    continue
                reported.add(kind.key)
                yield _problem(document, citation, reference, kind, references, always)


def _absent(reference: ArchivalReference, document: Document) -> Iterator[LevelKind]:
    """Yield the levels that the archive requires and the reference lacks; a series of one's own stands for several."""
    if reference.archive is None:
        # What an archive that nobody knows requires is not known: not all have an opis.
        return
    present = {level.key for level in reference.levels}
    if "series" in present and reference.level("series") == reference.archive_written:
        return
    for kind in document.registry.hierarchies[reference.hierarchy or ""].levels:
        replaced = not present.isdisjoint(kind.replaced_by)
        if kind.required and not replaced and not kind.locator and kind.key not in present:
            yield kind


def _always_absent(references: list[_Archival], absent: Mapping[int, set[LevelKind]]) -> set[str]:
    """Return the levels that no reference to the archive has, where there are three references or more."""
    if len(references) < 3:
        return set()
    counts = Counter(kind.key for _, reference in references for kind in absent[id(reference)])
    return {key for key, count in counts.items() if count == len(references)}


def _usual(references: list[_Archival], document: Document) -> dict[str, int]:
    """Return the levels that nearly all references to the archive have, with how many have them."""
    if len(references) < 5:
        return {}
    counts = Counter(level.key for _, reference in references for level in reference.levels)
    return {
        key: count
        for key, count in counts.items()
        if count >= 0.9 * len(references) - 1 and count >= 4 and count < len(references)
    }


def _unusual(
    reference: ArchivalReference, usual: Mapping[str, int], document: Document
) -> Iterator[LevelKind]:
    present = {level.key for level in reference.levels}
    hierarchy = document.registry.hierarchies[reference.hierarchy or ""]
    kinds, orders = hierarchy.by_key, hierarchy.orders
    # Where the files of a year stand under the year, the other levels are not the same either.
    if "year" in present and "year" not in usual:
        return
    # What the archive is known to be cited by lacks nothing: decimal files without a box, films without a record group.
    if any(present == {key for key in order if _is_level(key, kinds)} for order in orders):
        return
    for key in usual:
        if key not in present and key in kinds and present.isdisjoint(kinds[key].replaced_by):
            yield kinds[key]


def _is_level(key: str, kinds: Mapping[str, LevelKind]) -> bool:
    return key in kinds and not kinds[key].locator


def _problem(
    document: Document,
    citation: Citation,
    reference: ArchivalReference,
    kind: LevelKind,
    references: list[_Archival],
    always: set[str],
) -> Problem:
    name = "registry number" if kind.document else kind.name.partition(" (")[0]
    new = kind.newly_required
    message = f"the archive asks for the {name} {new}" if new is not None else f"the {name} is missing"
    related: tuple[Related, ...] = ()
    fellow = _fellow(reference, kind.key, references)
    others = sum(other.level(kind.key) is not None for _, other in references)
    if fellow is not None:
        value = fellow[1].level(kind.key)
        message += f"; the reference in {document.place_name(fellow[0])} has {name} {value}"
        related = (document.related(fellow[0], f"{name} {value}"),)
    elif not kind.required and others:
        message += f", which the {others} other references to this archive have"
    elif kind.key in always:
        message += " in every reference to this archive"
    return Problem(
        citation.locate(reference.reference_span),
        message,
        label=f"without {name}",
        help=f"add the {name}{_as_in(reference, kind, document) if new is not None else ''}",
        citation=citation,
        related=related,
        severity=Severity.NOTE if kind.key in always or new is not None else None,
    )


def _as_in(reference: ArchivalReference, kind: LevelKind, document: Document) -> str:
    """Return a citation of the archive that has the level, as a model; "" where none is known.

    The likest has numbers that begin with the same letters: R 103295 for R 105941.
    """
    archive = document.registry.archives.get(reference.archive or "")
    own = {level.key: _letters(level.value) for level in reference.levels}
    likest, shared = "", 0
    for example in archive.examples if archive is not None else ():
        levels = dict(example.levels)
        alike = sum(own.get(key) == _letters(value) for key, value in levels.items())
        if kind.key in levels and own.keys() <= levels.keys() and alike > shared:
            likest, shared = example.text, alike
    return f", as in “{likest}”" if likest else ""


def _letters(value: str) -> str:
    """Return what a value begins with before its figures: “R” of “R 103295”."""
    return "".join(itertools.takewhile(lambda letter: not letter.isdigit(), value)).strip()


def _fellow(reference: ArchivalReference, key: str, references: list[_Archival]) -> _Archival | None:
    """Return a reference that has the level and agrees with this one in as many levels as any."""
    own = {level.key: level.value for level in reference.levels}
    best: _Archival | None = None
    most = 0
    for citation, other in references:
        if other.level(key) is None:
            continue
        shared = sum(own.get(level.key) == level.value for level in other.levels)
        if shared > most and all(
            own.get(level.key, level.value) == level.value for level in other.levels[:2]
        ):
            best, most = (citation, other), shared
    return best
