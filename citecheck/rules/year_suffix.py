"""BIB510."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.citations import Citation, Entry, Kind
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.names import family_key
from citecheck.resolving.works_cited import lists, related_entry
from citecheck.rules import Bad, Good, rule


@rule(
    code="BIB510",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (author-date references)",
    examples=(
        Bad(
            "The text (Ivanov, 1956a: 5).\n\nReferences\n\nIvanov, V. (1956a) Diary of Ambassador Ivanov. "
            "Moscow: Nauka.\n\n"
            "Petrov, A. (1955) Memorandum. Moscow: Nauka.",
            says="1956a without 1956b: Ivanov has no other work of 1956 in the list",
        ),
        Bad(
            "The text (Ivanov, 1956c: 5).\n\nReferences\n\nIvanov, V. (1956a) Diary of Ambassador Ivanov. "
            "Moscow: Nauka.\n\n"
            "Ivanov, V. (1956b) Memorandum. Moscow: Nauka.",
            says="there is no 1956c by Ivanov in the list, only 1956a and 1956b",
        ),
        Good(
            "The text (Ivanov, 1956a: 5).\n\nReferences\n\nIvanov, V. (1956a) Diary of Ambassador Ivanov. "
            "Moscow: Nauka.\n\n"
            "Ivanov, V. (1956b) Memorandum. Moscow: Nauka."
        ),
    ),
)
def year_suffix(document: Document) -> Iterator[Problem]:
    """Letters after a year that tell no works apart: 1956a without 1956b, or a letter that no entry has."""
    lettered: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for group in lists(document.entries):
        by_year: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in group:
            names = entry.reference.people
            year = _year(entry)
            if names and year:
                by_year[family_key(names[0].family), year].append(entry)
        for key, entries in by_year.items():
            letters = {entry.reference.suffix: entry for entry in entries if entry.reference.suffix}
            lettered[key].update(letters)
            yield from _check_entries(key[1], entries, letters)
    for citation, reference in document.works:
        if reference.kind == Kind.AUTHOR_DATE and reference.suffix and reference.creators and reference.date:
            known = lettered.get((family_key(reference.creators[0].family), reference.date[:4]), {})
            if known and reference.suffix not in known:
                yield _unknown(
                    citation,
                    reference.creators[0].family,
                    reference.date[:4] + reference.suffix,
                    known,
                    document,
                )


def _year(entry: Entry) -> str | None:
    years = re.findall(r"\d{4}", entry.reference.date or "")
    return years[-1] if years else None


def _check_entries(year: str, entries: list[Entry], letters: dict[str, Entry]) -> Iterator[Problem]:
    """The letters of one author and year are a, b, c without a gap, and two at least."""
    expected = [chr(ord("a") + index) for index in range(len(letters))]
    if not letters or (sorted(letters) == expected and len(letters) > 1):
        return
    entry = letters[max(letters)]
    written = f"{year}{max(letters)}"
    name = entry.reference.people[0].family
    if len(letters) == 1 and len(entries) == 1:
        other = "b" if max(letters) == "a" else "a"
        message = f"{written} without {year}{other}: {name} has no other work of {year} in the list"
    else:
        lost = next((letter for letter in expected if letter not in letters), "a")
        message = f"{written} without {year}{lost} among the works of {name}"
    yield Problem(entry.span, message, help="number the works of one author and year a, b, c", entry=entry)


def _unknown(
    citation: Citation, name: str, written: str, known: dict[str, Entry], document: Document
) -> Problem:
    year = written[:4]
    listed = " and ".join(f"{year}{letter}" for letter in sorted(known))
    return Problem(
        citation.span,
        f"there is no {written} by {name} in the list, only {listed}",
        help="check the letter",
        citation=citation,
        related=tuple(
            related_entry(document, entry, f"{year}{letter}") for letter, entry in sorted(known.items())
        ),
    )
