"""CON210."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from citecheck.citations import Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.identity import main_title
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import (
    Difference,
    compare_titles,
    notable_words,
    title_difference,
    title_words,
)
from citecheck.resolving.works_cited import is_listed, shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON210",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Koon Woo Nam, *The North Korean Communist Leadership* (Tuscaloosa: University of Alabama "
            "Press, 1974), 12.\n"
            "Nam, *The North Korean Leadership*, 103.",
            says="“The North Korean Leadership” is no part of the title “The North Korean Communist "
            "Leadership”",
        ),
        Bad(
            "Charles R. Bawden, *The Modern History of Mongolia* (London: Weidenfeld and Nicolson, 1968), 402.\n"
            "Bawden, *A Modern History of Mongolia*, 405.",
            says="“A Modern History of Mongolia” is no part of the title “The Modern History of Mongolia”",
        ),
        Bad(
            "Scalapino and Lee, *Communism in Korea: The Movement* (Berkeley: University of California "
            "Press, 1972), 334.\n"
            "Scalapino and Lee, *Communism in Korea, Part II: The Society* (Berkeley: University of "
            "California Press, 1972), 1351.",
            says="two parts of one work are cited alike only in part: “Communism in Korea, Part II: The "
            "Society” here, "
            "“Communism in Korea: The Movement” in note 1",
        ),
        Good(
            "Thomas Huonker, *Zur Wissenschaftsgeschichte der deutschsprachigen Fahrendenforschung* (Zürich: "
            "Chronos, 1987), 12.\n"
            "Huonker, *Wissenschaftsgeschichte Fahrendenforschung*, 22.\n"
            "Huonker, *Wissenschaftsgeschichte Fahrendenforschung*, 31."
        ),
        Good(
            "Vojtech Mastny, *The Cold War and Soviet Insecurity: The Stalin Years* (New York: Oxford University "
            "Press, 1996), 12.\n"
            "Mastny, *Soviet Stalin Years*, 22."
        ),
        Good(
            "David Schweickart, *Against Capitalism* (Cambridge: Cambridge University Press, 1993), 12.\n"
            "Schweickart, *After Capitalism*, 31."
        ),
        Good(
            "Koon Woo Nam, *The North Korean Communist Leadership, 1945–65* (Tuscaloosa: University of "
            "Alabama Press, 1974), 12.\n"
            "Nam, *The North Korean Communist Leadership*, 103."
        ),
    ),
)
def conflicting_title(document: Document) -> Iterator[Problem]:
    """One work under two titles, in a text that has no bibliography to settle it.

    A short title is the beginning or a piece of the full one, word for word. One that leaves words out of the
    middle is the author's own short form where it recurs, or where it keeps but a few words; only once, and with
    nearly all words of the title, it is a slip. Volumes of one work need the same title and each its number.
    """
    full: dict[str, tuple[Citation, WorkReference]] = {}
    times = Counter(
        (document.resolution(citation).key, title_words(reference.title or ""))
        for citation, reference in document.works
    )
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        if (
            resolution.key is None
            or reference.title is None
            or _has_own_entry(resolution.key, is_listed(document, citation))
        ):
            continue
        first = full.setdefault(resolution.key, (citation, reference))
        # A title that a library has otherwise is another rule's matter.
        borrowed = resolution.entry is not None and resolution.entry.library is not None
        if first[0] is citation or first[1].title is None or borrowed:
            continue
        longer, shorter = sorted((first[1].title, reference.title), key=len, reverse=True)
        difference = title_difference(shorter, longer)
        if difference == Difference.OMISSION and (
            times[resolution.key, title_words(shorter)] > 1 or not _keeps_most(shorter, longer)
        ):
            continue
        if difference not in (None, Difference.ARTICLE, Difference.CASE):
            yield _problem(document, citation, reference, first[0], first[1].title)
    yield from _parts(document, list(full.values()))


def _keeps_most(short: str, full: str) -> bool:
    """Tell whether a title that leaves words out has nearly all notable words of the main title."""
    kept, main = notable_words(short), notable_words(main_title(full))
    return len(kept) * 3 >= len(main) * 2 and all(word in main for word in kept)


def _has_own_entry(key: str, has_entry: bool) -> bool:
    """Tell whether the bibliography lists the work itself, and not the book that it is a chapter of."""
    return has_entry and "/" not in key


def _problem(
    document: Document, citation: Citation, reference: WorkReference, first: Citation, title: str
) -> Problem:
    return Problem(
        citation.locate(reference.title_span) if reference.title_span is not None else citation.span,
        f"“{reference.title}” is no part of the title “{shorten(title)}”",
        help="check the title against the title page",
        citation=citation,
        related=(document.related(first, "cited so first"),),
    )


def _parts(document: Document, works: list[tuple[Citation, WorkReference]]) -> Iterator[Problem]:
    """Find volumes of one work: the same authors, year and publisher, and titles that begin alike."""
    groups: defaultdict[tuple[object, ...], list[tuple[Citation, WorkReference]]] = defaultdict(list)
    for citation, reference in works:
        main = re.split(r"[:,.]", reference.title or "")[0]
        if (
            reference.kind == Kind.FULL
            and reference.creators
            and reference.date
            and reference.container is None
            and len(main) > 8
        ):
            families = tuple(family_key(name.family) for name in reference.creators)
            groups[families, reference.date[:4], title_words(main)].append((citation, reference))
    for first, other in (group[:2] for group in groups.values() if len(group) > 1):
        if (
            compare_titles(other[1].title or "", first[1].title or "") < Likeness.START
            and first[1].volume == other[1].volume
        ):
            yield Problem(
                other[0].locate(other[1].title_span) if other[1].title_span is not None else other[0].span,
                f"two parts of one work are cited alike only in part: “{other[1].title}” here, "
                f"“{first[1].title}” in "
                f"{document.place_name(first[0])}",
                help="give both parts the same title and each its number",
                citation=other[0],
                related=(document.related(first[0], "the other part"),),
                severity=Severity.NOTE,
            )
