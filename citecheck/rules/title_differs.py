"""BIB504."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.identity import main_title
from citecheck.resolving.titles import Difference, title_difference
from citecheck.resolving.works_cited import Cited, by_entry, listed, place_of, related_entry, shorten
from citecheck.rules import Bad, Good, rule

_LIST = (
    "\n\nBibliography\n\nCumings, Bruce. *The Origins of the Korean War II: The Roaring of the Cataract "
    "1947–1950*. "
    "Princeton: Princeton University Press, 1990.\n\nJeon Hyun Soo. *Sotsialno-ekonomicheskie "
    "preobrazovaniia v "
    "Severnoi Koree*. Moscow: Drevo Zhizni, 1997.\n\nNam, Koon-Woo. *The North Korean Communist Leadership, "
    "1945–65*. "
    "Tuscaloosa: University of Alabama Press, 1974."
)


@rule(
    code="BIB504",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nNotes\n\n1. Jeon, *Sotsialnoekonomicheskie preobrazovaniia*, 32." + _LIST,
            says="“Sotsialnoekonomicheskie preobrazovaniia” is written “Sotsialno-ekonomicheskie "
            "preobrazovaniia v "
            "Severnoi Koree” in the bibliography",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Nam, *The North Korean Leadership*, 32." + _LIST,
            says="“The North Korean Leadership” leaves words out of “The North Korean Communist Leadership, "
            "1945–65”",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Cumings, *The Origins of the Korean War II*, 3.\n2. Nam, *The North "
            "Korean Communist "
            "Leadership*, 3.\n3. Cumings, *The Origins of the Korean War II*, 4.\n4. Cumings, *The Origins "
            "of the Korean War "
            "II*, 5.\n5. Nam, *The North Korean Communist Leadership*, 6.\n6. Cumings, *Origins of the "
            "Korean War II*, 7." + _LIST,
            says="“Origins of the Korean War II” has lost the article that the title has in 5 of 6 "
            "citations of such titles",
        ),
        Good("The text.\n\nNotes\n\n1. Cumings, *Origins of the Korean War II*, 7." + _LIST),
        Good(
            "The text.\n\nNotes\n\n1. Jeon, *Sotsialno-ekonomicheskie preobrazovaniia v Severnoi Koree: 1945–50*, 3."
            + _LIST
        ),
        Good("The text.\n\nNotes\n\n1. Cumings, *The Roaring of the Cataract*, 7." + _LIST),
    ),
)
def title_differs(document: Document) -> Iterator[Problem]:
    """A short title that is no part of the title as the bibliography has it.

    A short title is the beginning of the full one, or a piece of it, word for word. The article in
    front may fall away, and counts only where the manuscript keeps it elsewhere. Capitals are another
    rule’s matter. Where all citations agree against the bibliography, the entry is the odd one out.
    """
    yield from _articles(document)
    for group in by_entry(document).values():
        entry = group[0].entry
        full = entry.reference.title
        if full is None:
            continue
        titled = [cited for cited in group if cited.title is not None and not _is_loose(cited)]
        odd = [
            (cited, difference)
            for cited in titled
            if (difference := _difference(_without_year(cited), full))
            not in (None, Difference.ARTICLE, Difference.CASE)
        ]
        forms = Counter(cited.title for cited, _ in odd)
        if entry.library is not None:
            # What a library has otherwise is said once for each title: nobody rewrites all notes for it.
            for title in forms:
                first, *others = [pair for pair in odd if pair[0].title == title]
                yield _problem(document, *first, full, [cited for cited, _ in others])
            continue
        if len(odd) > 2 and len(odd) == len(titled) and len(forms) == 1:
            span = entry.reference.title_span
            yield Problem(
                entry.span if span is None else entry.passage.span(*span),
                f"“{shorten(full)}” is cited as “{odd[0][0].title}” in all {len(odd)} places",
                help="check the title against the title page",
                entry=entry,
                related=tuple(document.related(cited.citation, "cited so") for cited, _ in odd[:4]),
            )
            continue
        for cited, difference in odd:
            yield _problem(document, cited, difference, full)


# “Il” as scanners read it: misread letters are another rule's matter.
_MISREAD = re.compile(r"\b(?:II|ll|I1|1l|lI)\b")


def _difference(title: str, full: str) -> Difference | None:
    """Say how a title differs, subtitles that only one place gives and letters that OCR confuses left aside."""
    difference = title_difference(title, full)
    # “Albania” is all before the dash of “Albania—China's Beachhead in Europe”.
    if difference is None or title_difference(title, main_title(full)) is None:
        return None
    if main_title(full) == full and main_title(title) != title:
        difference = title_difference(main_title(title), full)
    if difference is not None and _MISREAD.search(title + " " + full):
        difference = title_difference(_MISREAD.sub("Il", title), _MISREAD.sub("Il", full))
    return difference


def _without_year(cited: Cited) -> str:
    """Return a title without the year of its work behind it: “Satzinger, Warum Michelangelo? 2015, S. 17”."""
    title, date = cited.title or "", cited.entry.reference.date
    return title.removesuffix(date).rstrip(" ,") if date is not None and len(date) == 4 else title


def _is_loose(cited: Cited) -> bool:
    """Tell whether the words describe a work and are no title of it: Khrushchev’s Secret Speech (1956)."""
    return cited.reference.kind == "author-date"


def _problem(
    document: Document,
    cited: Cited,
    difference: Difference | None,
    full: str,
    others: Sequence[Cited] = (),
) -> Problem:
    title = cited.title or ""
    span = cited.reference.title_span if not cited.is_part else None
    if difference == Difference.OMISSION:
        message = f"“{title}” leaves words out of “{shorten(full)}”"
        if cited.entry.library is not None:
            message += f" {place_of(cited.entry)}"
    else:
        message = f"“{title}” is written “{shorten(full)}” {place_of(cited.entry)}"
    return Problem(
        cited.citation.locate(span) if span is not None else cited.citation.span,
        message,
        help="check the title against the title page",
        citation=cited.citation,
        related=(
            related_entry(document, cited.entry, "listed so"),
            *(document.related(other.citation, "cited so too") for other in others[:4]),
        ),
    )


def _articles(document: Document) -> Iterator[Problem]:
    """Report titles without the article in front, where the manuscript is used to keep it."""
    kept, dropped = 0, []
    for cited in listed(document):
        full, title = cited.entry.reference.title, cited.title
        if full is None or title is None or _is_loose(cited):
            continue
        difference = title_difference(title, full)
        if difference == Difference.ARTICLE:
            dropped.append(cited)
        elif difference is None and full.split(" ")[0].lower() in ("the", "a", "an"):
            kept += 1
    if kept < 5 * len(dropped):
        return
    for cited in dropped:
        span = cited.reference.title_span if not cited.is_part else None
        total = kept + len(dropped)
        yield Problem(
            cited.citation.locate(span) if span is not None else cited.citation.span,
            f"“{cited.title}” has lost the article that the title has in {kept} of {total} citations of "
            f"such titles",
            label=f"“{(cited.entry.reference.title or '').split(' ')[0]} {cited.title}”",
            citation=cited.citation,
            related=(related_entry(document, cited.entry, "listed with the article"),),
        )
