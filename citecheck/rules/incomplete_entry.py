"""BIB508."""

import re
from collections.abc import Callable, Iterator, Sequence

from citecheck.citations import Entry, Kind
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import lists, related_entry
from citecheck.rules import Bad, Good, rule

_BOOKS = (
    "Gill, Graeme. *The Origins of the Stalinist Political System*. Cambridge: Cambridge University Press, "
    "1990.\n\n"
    "Goldman, Merle. *Literary Dissent in Communist China*. Cambridge, Mass.: Harvard University Press, "
    "1967.\n\n"
    "Griffith, William E. *The Sino-Soviet Rift*. Cambridge, Mass.: MIT Press, 1964.\n\n"
    "Hodos, George H. *Show Trials*. New York: Praeger, 1987.\n\n"
)


@rule(
    code="BIB508",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (bibliography entries)",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "Chung, Chin O. *P'yongyang Between Peking and Moscow*. $$: University of "
            "Alabama Press, 1978.",
            says="the place of publication is missing: “$$” stands for it",
        ),
        Bad(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "Jones, F. C. *Manchuria since 1931*. London: Royal Institute of "
            "International Affairs.",
            says="the year is missing, which the 4 other books have",
        ),
        Bad(
            "The text (Machcewicz, 2006: 144).\n\nBibliography\n\n"
            "Jones, P. (2006) “Introduction.” In The Dilemmas of De-Stalinization, edited by Jones, P., pp. "
            "1–18. New York: Routledge.\n\n"
            "Machcewicz, P. (2006) “The Polish 1956.” In 1956 European and Global Perspectives, edited by "
            "Fink, C. Leipzig: K&M.",
            says="the pages of the chapter are missing, which the other chapter has",
        ),
        Good("The text.\n\nBibliography\n\n" + _BOOKS),
        Good(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "Losa (Losaeus), N. (1601). *De iure universitatum tractatus*. Torino: Tarino.\n\n"
            "Ramella, F. (1984 and 2022). *Terra e telai*. Turin: Einaudi."
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "\n\nRenmin Ribao. “On the Historical Experience.” 5 April 1956, p. 1."
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "\n\nPerson, J. “We Need Help from Outside.” CWIHP Working Paper 52, 2006."
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            + _BOOKS
            + "Petrov, Leonid A. “The Rise of the Socio-economic School.” PhD diss. "
            "Australian National University, 2002."
        ),
    ),
)
def incomplete_entry(document: Document) -> Iterator[Problem]:
    """An entry that lacks what the other entries of its kind have: place, publisher, year or pages.

    The bibliography itself is the measure: only what at least four fifths of the books, articles or
    chapters have is missed in one. What has no publisher, such as theses, manuscripts and web pages, is
    left alone.
    """
    for group in lists(document.entries):
        for of_kind, name, plural in (
            (_is_book, "book", "books"),
            (_is_article, "article", "articles"),
            (_is_chapter, "chapter", "chapters"),
        ):
            members = [entry for entry in group if of_kind(entry)]
            for part, reader in _PARTS[name]:
                yield from _check(document, members, part, reader, name, plural)


# A numbered paper is found by its series: “CWIHP Working Paper 52”.
_PAPERS = re.compile(r"\b(?:papers?|reports?|readers?|dossiers?|briefs?)\b", re.IGNORECASE)


def _is_book(entry: Entry) -> bool:
    reference = entry.reference
    if reference.kind == Kind.CHAPTER or reference.genre or (reference.url and not reference.publisher):
        return False
    container = reference.container
    span = reference.title_span
    if span is not None and entry.text[span[0] : span[0] + 1] in ("“", '"', "‘", "'", "«", "„"):
        # What stands in quotation marks is no book, whatever has become of its periodical.
        return False
    return reference.title is not None and (
        container is None or (container.kind == "series" and not _PAPERS.search(container.title))
    )


def _is_article(entry: Entry) -> bool:
    container = entry.reference.container
    return container is not None and container.kind == "article-journal"


def _is_chapter(entry: Entry) -> bool:
    return entry.reference.kind == Kind.CHAPTER


_PARTS: dict[str, tuple[tuple[str, Callable[[Entry], object]], ...]] = {
    "book": (
        ("the place of publication", lambda entry: entry.reference.place),
        ("the publisher", lambda entry: entry.reference.publisher),
        ("the year", lambda entry: entry.year_written or entry.reference.date),
    ),
    "article": (
        ("the year", lambda entry: entry.year_written or entry.reference.date),
        ("the pages", lambda entry: entry.pages),
    ),
    "chapter": (("the pages of the chapter", lambda entry: entry.pages),),
}


def _check(
    document: Document,
    entries: Sequence[Entry],
    part: str,
    reader: Callable[[Entry], object],
    name: str,
    plural: str,
) -> Iterator[Problem]:
    have = [entry for entry in entries if reader(entry)]
    lack = [entry for entry in entries if not reader(entry)]
    least = 1 if name == "chapter" else 4
    if len(have) < least or len(lack) * 5 > max(len(entries), 10 if name == "chapter" else 0):
        return
    for entry in lack:
        if part == "the place of publication" and not entry.reference.publisher:
            # Without either the entry is of another kind, or it was not understood.
            continue
        lost = re.search(r"(?:\\?\$){2,}|\?\?+|_{3,}|\[\s*\]", entry.text) if "place" in part else None
        others = f"the other {name}" if len(have) == 1 else f"the {len(have)} other {plural}"
        verb = "are" if part.startswith("the pages") else "is"
        message = f"{part} {verb} missing"
        if lost is not None:
            message += f": “{lost.group().replace(chr(92), '')}” stands for it"
        else:
            message += f", which {others} {'have' if len(have) > 1 else 'has'}"
        span = entry.span if lost is None else entry.passage.span(*lost.span())
        first = have[0]
        named = first.reference.people[0].family if first.reference.people else "another entry"
        yield Problem(
            span,
            message,
            help="add it from the title page",
            entry=entry,
            related=(related_entry(document, first, f"complete: {named}"),),
        )
