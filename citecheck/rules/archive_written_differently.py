"""CON208."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.archives import Archive, fold_name, names_department
from citecheck.citations import ArchivalReference, Citation, Level
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

# “Archives nationales (AN), 5 AG 1/226” introduces the abbreviation.
# Behind its name, or its name and town: “The National Archives, Kew (TNA)”.
_INTRODUCTION = re.compile(r"(?:,\s[^\W\d_][\w' ]{1,20})?\s?[(\[]([^()\[\]\d]{2,16})[)\]]")


@rule(
    code="CON208",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "AVPRF, f. 0102, op. 12, p. 68, d. 5, l. 64.\n"
            "AVPRF, f. 0102, op. 12, p. 68, d. 4, l. 2.\n"
            "AVP RF, f. 0102, op. 12, p. 68, d. 6, l. 8.",
            says="the archive is called “AVP RF” here and “AVPRF” in 2 other places",
        ),
        Good(
            "Russian State Archive of Contemporary History (hereafter RGANI), f. 5, op. 28, d. 410, l. 1.\n"
            "RGANI, f. 5, op. 28, d. 410, l. 7."
        ),
        Bad(
            "Report, 8 March 1963, RTS, 5. doboz, 5/ca, 002120/1963; Report, 9 March 1963, RTS, 5. doboz, 5/ca, 002121/1963; "
            "Report, 10 March 1963, RTS, 5. doboz, 5/ca, 002122/1963.\n"
            "Report, 7 July 1958, RTs, 9. doboz, 27/d, 003858/1958.",
            says="the series is called “RTs” here and “RTS” in 3 other places",
        ),
        Good("РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 1.\nRGANI, f. 5, op. 28, d. 410, l. 7."),
        Good("AN, 5 AG 1/225.\nArchives nationales (AN), 5 AG 1/226."),
        Good("British Library, Add. MS 49752, fol. 2.\nIOR, L/PS/11/168, fol. 4."),
        Good("ERA, f. 31, n. 5, s. 12, l. 3.\nERAF, f. 1, n. 4, s. 223, l. 5."),
        Good("BArch, DO 1/11, Bl. 4.\nBArch-MA, RW 4/757, Bl. 3."),
        Good("RGANI, f. 5, op. 28, d. 410, l. 1.\nRGASPI, f. 558, op. 11, d. 97, l. 67."),
    ),
)
def archive_written_differently(document: Document) -> Iterator[Problem]:
    """One archive under several names in one manuscript: AVPRF, AVP RF, the full name.

    The full name once, with its abbreviation, is how an archive is introduced. Former names are
    another matter (outdated-archive-name), so is a name with the department behind it (BArch-MA), and so is the name in another script: references in Cyrillic
    stand beside transliterated ones where a text quotes Russian works.
    """
    yield from _series(document)
    spellings: defaultdict[str, defaultdict[str, list[tuple[Citation, ArchivalReference]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    # An archive that the text introduces (“The National Archives (hereafter TNA)”) goes by both names.
    introduced = {archive.id for short in document.declared for archive in document.registry.find(short)}
    for citation, reference in document.archival:
        archive = document.registry.archives.get(reference.archive or "")
        written = reference.archive_written
        if archive is None or not written or any(series.code == written for series in archive.series):
            continue
        if any(fold_name(unit.value) == fold_name(written) for unit in archive.units):
            # A collection stands for the archive that holds it: “IOR, L/PS/11/168” is the British Library's.
            continue
        if (introduction := _INTRODUCTION.match(citation.text, (reference.archive_span or (0, 0))[1])) and (
            archive in document.registry.find(introduction[1])
        ):
            continue
        if fold_name(written) in archive.folded_names and len(written) <= 24 and archive.id not in introduced:
            spellings[archive.id][" ".join(written.split())].append((citation, reference))
    for archive_id, names in spellings.items():
        usual = max(names, key=lambda name: len(names[name]))
        for name, places in names.items():
            if (
                name == usual
                or name[:1].isascii() != usual[:1].isascii()
                or _is_department(name, usual, document.registry.archives[archive_id])
            ):
                continue
            others = names[usual]
            count = "another place" if len(others) == 1 else f"{len(others)} other places"
            for citation, reference in places:
                yield Problem(
                    citation.locate(reference.archive_span or (0, 0)),
                    f"the archive is called “{name}” here and “{usual}” in {count}",
                    label=f"elsewhere “{usual}”",
                    help="call one archive by one name",
                    citation=citation,
                    related=(document.related(others[0][0], f"“{usual}”"),),
                )


def _series(document: Document) -> Iterator[Problem]:
    """Yield codes of series in other capitals than the manuscript has elsewhere: RTs for RTS."""
    codes: defaultdict[str, defaultdict[str, list[tuple[Citation, Level]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for citation, reference in document.archival:
        first = reference.levels[0] if reference.levels else None
        if first is not None and first.key == "series" and first.value == reference.archive_written:
            codes[first.value.casefold()][first.value].append((citation, first))
    for forms in codes.values():
        usual = max(forms, key=lambda form: len(forms[form]))
        for form, places in forms.items():
            if form == usual or len(places) * 3 > len(forms[usual]):
                continue
            for citation, level in places:
                yield Problem(
                    citation.locate(level.span) if level.span != (0, 0) else citation.span,
                    f"the series is called “{form}” here and “{usual}” in {len(forms[usual])} other places",
                    label=f"elsewhere “{usual}”",
                    help="write the code in one way",
                    citation=citation,
                    related=(document.related(forms[usual][0][0], f"“{usual}”"),),
                )


def _is_department(one: str, other: str, archive: Archive) -> bool:
    """Tell whether two names of an archive differ by a department of it: BArch beside BArch-MA or BA-MA."""
    if names_department(one, other):
        return True
    longer = max(one, other, key=len)
    return any(
        len(longer) > len(known) and names_department(longer, known) for known in archive.abbreviations
    )
