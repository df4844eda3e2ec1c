"""ARC107."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from citecheck.archives import LevelKind
from citecheck.citations import Citation, Level
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.terminals import in_words
from citecheck.rules import Bad, Good, rule


@rule(
    code="ARC107",
    subject=Document,
    severity=Severity.WARNING,
    authority="the value patterns of the registry",
    examples=(
        Bad(
            "RGASPI, f. 558, op. ll, d. 334, ll. 10-12.",
            says="opis “ll” is not of the form that this archive's numbers have",
        ),
        Bad(
            "KTS, 6. doboz, 5/cb, 001139/1955.\nKTS, 10. doboz, 24/b, 001132/1955.\nKTS, 4. doboz, 5/a, 002749/1957.\n"
            "KTS, 6. doboz, 5/cb, 001139.",
            says="registry number “001139” lacks its year, which the 3 others have",
        ),
        Bad(
            "KTS, 4. doboz, 5/a, 002749/1957.\nKTS, 4. doboz, 5/a, 002750/1957.\nKTS, 4. doboz, 5/a, 002751/1957.\n"
            "KTS, 4. doboz, 5/c, 007218/19567.",
            says="registry number “007218/19567” does not end with a year, as the 4 others do",
        ),
        Good("Spring-Rice to Grey, 26 April 1907, TNA: FO 416/32, no. 189."),
        Good("TNA, CAB 65/42, 43. ASMi, Fondo Marino, bb. 12, 13."),
        Good("JFKL, NSF, Box 176, Folder “Dulles, J. F., May 1955.”"),
        Good("KTS, 1969, 59. doboz, 002218/1/1969.\nKA, 3. doboz, 4/bc (no reference number)/1959."),
        Good("GARF, f. R-9401, op. 2, d. 12, l. 4."),
    ),
)
def malformed_value(document: Document) -> Iterator[Problem]:
    """A value that does not fit the archive's numbers: a letter in a sub-number, a number without its year.

    A form that the manuscript gives three times or more to the level is the archive's own and unknown to
    citecheck, not a slip.
    """
    forms: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, reference in document.archival:
        for level in reference.levels:
            forms[reference.hierarchy or "", level.key][_form(level.value)] += 1
    for citation, reference in document.archival:
        hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
        if hierarchy is None:
            continue
        for level in reference.levels[reference.carried :]:
            kind = hierarchy.by_key.get(level.key)
            seen = forms[hierarchy.id, level.key]
            if kind is None or _unbalanced(level.value):
                continue
            if _is_counted(level):
                continue
            if not _fits(level, kind) and seen[_form(level.value)] < 3:
                yield _problem(
                    citation,
                    level,
                    f"{_name(kind)} “{level.value}” is not of the form that this archive's numbers have",
                )
            elif kind.document and (years := _with_year(seen)) >= 3 and _has_odd_year(level.value):
                yield _problem(
                    citation,
                    level,
                    f"{_name(kind)} “{level.value}” does not end with a year, as the {years} others do",
                )
            elif kind.document and "/" not in level.value and reference.level("year") is None:
                with_year = _with_year(seen)
                if with_year >= 3:
                    yield _problem(
                        citation,
                        level,
                        f"{_name(kind)} “{level.value}” lacks its year, which the {with_year} others have",
                    )


def _with_year(forms: Counter[str]) -> int:
    """Count the numbers that have a year behind a slash."""
    return sum(count for form, count in forms.items() if "/" in form)


def _has_odd_year(value: str) -> bool:
    """Tell whether what should be the year has the figures of one and is none: 007218/19567."""
    *_, last = value.split("/")
    return (
        last != value and last.isdecimal() and len(last) > 3 and not re.fullmatch(r"(?:1[89]|20)\d\d", last)
    )


def _is_counted(level: Level) -> bool:
    """Tell whether a paper is named by its count in the file and no code of an office: “FO 416/32, no. 189”."""
    return level.value.isdecimal() and re.fullmatch(r"(?:[Nn]os?|[Nn]r|№)\.?", level.label) is not None


def _fits(level: Level, kind: LevelKind) -> bool:
    """Tell whether a value is of its level's form, or each of several numbers is: “bb. 12, 13”."""
    if kind.fits(_named(level.value, kind)):
        return True
    return not in_words(kind) and all(map(kind.fits, level.value.split(", ")))


def _named(value: str, kind: LevelKind) -> str:
    """Return a value as its level's form has it: where any words do, they may have commas, “Dulles, J. F.”"""
    return value.replace(",", "") if in_words(kind) else value


def _name(kind: LevelKind) -> str:
    return "registry number" if kind.document else kind.name.partition(" (")[0]


def _form(value: str) -> str:
    """Return the shape of a value: 9 for a run of figures, a for a run of letters."""
    shape = "".join("9" if letter.isdigit() else "a" if letter.isalpha() else letter for letter in value)
    return "".join(letter for place, letter in enumerate(shape) if place == 0 or letter != shape[place - 1])


def _unbalanced(value: str) -> bool:
    """Leave brackets at odds to the rule that is about them."""
    return value.count("(") != value.count(")")


def _problem(citation: Citation, level: Level, message: str) -> Problem:
    return Problem(
        citation.locate(level.span),
        message,
        label="unusual",
        help="check the number against the source",
        citation=citation,
    )
