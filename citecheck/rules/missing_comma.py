"""PUN705."""

import re
from collections.abc import Iterator, Sequence

from citecheck.citations import Citation, Entry, Kind
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule

_GOOD = (
    "Clifford, Mark. *Troubled Tiger*. Armonk, N.Y.: M. E. Sharpe, 1994.\n\n"
    "Crampton, R. J. *A Short History of Modern Bulgaria*. Cambridge: Cambridge University Press, 1993.\n\n"
    "Davies, Sarah. *Popular Opinion in Stalin's Russia*. Cambridge: Cambridge University Press, 1997.\n\n"
)
_LIST = (
    "\n\nReferences\n\nGolan, G. (1973) Reform Rule in Czechoslovakia. Cambridge: Cambridge University Press."
)


@rule(
    code="PUN705",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (place, publisher and date)",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\n"
            + _GOOD
            + "Deletant, Dennis. *Communist Terror in Romania*. London: C. Hurst & Co. 1999.",
            says="a comma is missing between the publisher and the year 1999",
            fixed="The text.\n\nBibliography\n\n"
            + _GOOD
            + "Deletant, Dennis. *Communist Terror in Romania*. London: C. Hurst & Co., 1999.",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 45.\n"
            "Sergey Radchenko, *Two Suns in the Heavens* (Stanford: Stanford University Press, 2009), 34.\n"
            "Chen Jian, *Mao's China and the Cold War* (Chapel Hill: University of North Carolina Press, 2001), 83.\n"
            "Morris Rossabi, *Modern Mongolia* (Berkeley: University of California Press 2005), 31.",
            says="a comma is missing between the publisher and the year 2005",
        ),
        Bad(
            "It was so (Kusin, 1971: 97; Skilling, 1976: 5) and so (Dawisha, 1984: 3), or not (Myant, 1989: 2; Golan 1973: 98)."
            + _LIST,
            says="a comma is missing between the author and the year 1973",
            fixed=(
                "It was so (Kusin, 1971: 97; Skilling, 1976: 5) and so (Dawisha, 1984: 3), or not (Myant, 1989: 2; "
                "Golan, 1973: 98)." + _LIST
            ),
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            + _GOOD
            + 'Lins, Ulrich. *La dangera lingvo*. Gerlingen: Eldonejo "Progreso," 1990.'
        ),
        Good(
            "The text.\n\nBibliography\n\n"
            + _GOOD
            + "Lee, Mun Woong. *Rural North Korea*. Houston, Tex.: Rice University, Winter 1976."
        ),
    ),
)
def missing_comma(document: Document) -> Iterator[Problem]:
    """A year that follows the publisher, or in the text the author, without a comma, where the others have one.

    The comma may stand inside a closing quotation mark. A bibliography that never has it follows another
    style, and is left alone.
    """
    yield from _in_notes(document)
    yield from _in_text(document)
    places = [(entry, at) for entry in document.entries if (at := _before_year(entry)) is not None]
    found = usage(places, lambda place: _has_comma(place[0].text, place[1]), least=3, share=0.6)
    if found is None or not found.form:
        return
    for (entry, at), _ in found.odd:
        end = len(entry.text[:at].rstrip())
        year = entry.year_written
        span = entry.passage.span(end - 1, at)
        insert = entry.passage.span(end - 1, end)
        yield Problem(
            span,
            f"a comma is missing between the publisher and the year {year}",
            label=f"{found.count} of {found.total} entries have it",
            entry=entry,
            related=(related_entry(document, found.example[0], "with the comma"),),
            fix=Fix(Applicability.SAFE, (Edit(type(insert)(insert.end, insert.end), ","),))
            if entry.passage.is_literal(end - 1, at)
            else None,
        )


# “(Honolulu: University of Hawaii Press, 2005)”
_IMPRINT = re.compile(
    r"\([^():]{2,60}:\s[^():]{2,100}?(?P<comma>,[\"”’»*]{0,2})?\s(?P<year>(?:1[5-9]|20)\d\d)\)"
)


def _in_notes(document: Document) -> Iterator[Problem]:
    """Find the same in full citations, by their imprints in brackets."""
    imprints = [
        (citation, imprint)
        for citation, reference in document.works
        if reference.kind in (Kind.FULL, Kind.CHAPTER)
        and citation.in_note is not None
        and (imprint := _IMPRINT.search(citation.text)) is not None
    ]
    yield from _without_comma(imprints, document, "publisher", "full citations", least=3, share=0.7)


# “(Golan, 1973: 98)”, the first of the works in a bracket
_AUTHOR_AND_YEAR = re.compile(
    r"\(?[^\W\d_a-z][^,;:()\d]{1,80}?(?P<comma>,)?\s(?P<year>(?:1[5-9]|20)\d\d)[a-z]?(?!\d)"
)


def _in_text(document: Document) -> Iterator[Problem]:
    """Find references in the text that lack the comma between author and year."""
    references = [
        (citation, match)
        for citation, reference in document.works
        if reference.kind is Kind.AUTHOR_DATE
        and reference.creators
        and citation.in_note is None
        and (match := _AUTHOR_AND_YEAR.match(citation.text)) is not None
    ]
    yield from _without_comma(references, document, "author", "references", least=4, share=0.8)


def _without_comma(
    matches: Sequence[tuple[Citation, re.Match[str]]],
    document: Document,
    before: str,
    places: str,
    *,
    least: int,
    share: float,
) -> Iterator[Problem]:
    """Find the citations that lack the comma before the year, where most others have it.

    Args:
        matches: citations, with what was found in their text: the year, and the comma if there is one.
        document: the document.
        before: what stands before the year.
        places: what the citations are called.
        least: how many must have it.
        share: how large their part must be.
    """
    found = usage(matches, lambda pair: pair[1]["comma"] is not None, least=least, share=share)
    if found is None or not found.form:
        return
    for (citation, match), _ in found.odd:
        text = text_of(citation, document)
        at = citation.start + match.start("year") - 1
        yield text.problem(
            at - 1,
            at + 1,
            f"a comma is missing between the {before} and the year {match['year']}",
            label=f"{found.count} of {found.total} {places} have it",
            fix=text.fix(at, at, ","),
        )


def _before_year(entry: Entry) -> int | None:
    """Return where the year of an imprint begins, or None where the year stands elsewhere."""
    reference = entry.reference
    if reference.publisher is None or entry.year_written is None:
        return None
    at = entry.text.rfind(entry.year_written)
    if at <= 0 or (reference.container is not None and reference.container.kind == "article-journal"):
        return None
    before = entry.text[:at].rstrip()
    after = entry.text[at + len(entry.year_written) :]
    closes = re.match(r"[.)\]]?\s*(?:$|\S*(?:https?:|www\.|doi)|[A-Z][a-z]+\.?$)", after) is not None
    return at if closes and before and before[-1] not in "([:;" and len(before) < at else None


def _has_comma(text: str, at: int) -> bool:
    return re.search(r",[\"”’»*]{0,2}$", text[:at].rstrip()) is not None
