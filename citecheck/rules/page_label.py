"""STY602."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.citations import Citation
from citecheck.documents import Document
from citecheck.evidence.leads import Lead, first_page, group_of, is_cyrillic, read_lead
from citecheck.evidence.majority import Usage, usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Fix, Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="STY602",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975): 420.\n"
            "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
            "Yang, *Political Systems* (Seoul: Seoul Press, 1994): 326.\n"
            "Paige and Lee, *Politics of Communist Korea* (London: China Quarterly, 1963), p. 23.",
            says="the page has the label “p.”; 3 of 4 full citations have none",
            fixed=(
                "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975): 420.\n"
                "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
                "Yang, *Political Systems* (Seoul: Seoul Press, 1994): 326.\n"
                "Paige and Lee, *Politics of Communist Korea* (London: China Quarterly, 1963): 23."
            ),
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, p. 63.\nSuh, *Kim Il Sung*, pp. 32–38.\n"
            "Nam, *Leadership*, p. 103.\nMarr, *Vietnam 1945*, 234.",
            says="the page has no label; 3 of 4 short citations have “p.”",
        ),
        Bad(
            "Suh, *Kim Il Sung*, pp. 32–38.\nLankov, *Crisis*, pp. 63–66.\nNam, *Leadership*, pp. 103–5.\n"
            "Marr, *Vietnam 1945*, pp. 234–7.\nLüthi, *The Sino-Soviet Split*, p. 190–1.",
            says="“p.” stands before several pages; 4 of 5 ranges have “pp.”",
        ),
        Good(
            "Рощин С. К. История Монголии. М.: Наука, 1999. С. 201.\nЛузянин С. Г. Россия и Монголия. М.: Наука, 2003. С. 17.\n"
            "Баабар Б. История Монголии. Казань: Дом, 2010. С. 43.\n"
            "Radchenko S. Two Suns in the Heavens. Stanford: Stanford University Press, 2009. P. 91."
        ),
        Good(
            "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975): 420.\n"
            "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
            "Yang, *Political Systems* (Seoul: Seoul Press, 1994): 326.\n"
            "Lankov, *Crisis in North Korea*, p. 63.\nYang, *Political Systems*, p. 95."
        ),
        Good(
            "Lankov, *Crisis in North Korea*, 63.\nSuh, *Kim Il Sung*, 32–38.\nNam, *Leadership*, 103.\n"
            "Gorky, “To All Honest People,” *Pravda*, 23 July 1921, p. 1."
        ),
        Good(
            "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975), p. 420.\n"
            "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), p. 19.\n"
            "Yang, *Political Systems* (Seoul: Seoul Press, 1994), p. 326.\n"
            "Mark O’Neill, ‘Soviet Involvement’, *Magazine of History*, 14.3 (2000), 20–24."
        ),
    ),
)
def page_label(document: Document) -> Iterator[Problem]:
    """A page given with “p.” where the manuscript's other citations have none, or the reverse.

    Many authors write full citations one way, (Place: Publisher, 1972): 45, and short ones another,
    Title, p. 45. That is a system, so each kind is compared with its own kind, and works in Cyrillic letters (С. 45)
    with one another.
    """
    groups: defaultdict[tuple[str, bool], list[Citation]] = defaultdict(list)
    for citation in document.citations:
        group = group_of(citation)
        if group is not None and _form(citation) is not None:
            groups[_of_articles(citation, group), is_cyrillic(citation)].append(citation)
    for (group, _), citations in groups.items():
        found = usage(citations, _form, share=0.7)
        if found is None:
            continue
        for citation, _ in found.odd:
            yield _problem(document, citation, group, found)
    yield from _of_several(document)


def _of_several(document: Document) -> Iterator[Problem]:
    """Find ranges behind “p.” where the manuscript has “pp.” before ranges."""
    ranges = [
        (citation, locator)
        for citation in document.citations
        if (locator := first_page(citation)) is not None
        and locator.label == "page"
        and locator.end is not None
        and locator.written_label.rstrip(".").casefold() in ("p", "pp")
    ]
    found = usage(ranges, lambda pair: pair[1].written_label.rstrip(".").casefold(), least=4, share=0.8)
    if found is None or found.form != "pp":
        return
    for (citation, locator), _ in found.odd:
        text = text_of(citation, document)
        at = citation.start + citation.text.rfind(locator.written_label, 0, locator.span[0])
        yield text.problem(
            at,
            citation.start + locator.span[1],
            f"“{locator.written_label}” stands before several pages; {found.count} of {found.total} ranges have “pp.”",
            help="write pp.",
        )


def _of_articles(citation: Citation, group: str) -> str:
    """Part articles from books: by MHRA the pages of books have “pp.”, those of articles none."""
    container = getattr(citation.reference, "container", None)
    in_journal = container is not None and container.kind == "article-journal"
    return f"{group} of articles" if in_journal else group


def _form(citation: Citation) -> str | None:
    """Return the label of the first page in its plainest form: “p” for “p.” and “pp.”, “” for none."""
    locator = first_page(citation)
    if locator is None or locator.label != "page":
        return None
    label = locator.written_label.rstrip(". ").casefold()
    return re.sub(r"^(\w)\1$", r"\1", label)


def _problem(document: Document, citation: Citation, group: str, found: Usage[Citation, str]) -> Problem:
    text, lead, locator = text_of(citation, document), read_lead(citation), first_page(citation)
    assert lead is not None
    assert locator is not None
    has = f"the label “{locator.written_label}”" if locator.written_label else "no label"
    usual = first_page(found.example)
    other = f"“{usual.written_label}”" if usual is not None and usual.written_label else "none"
    label_at = (
        lead.end - len(citation.text[lead.start : lead.end].lstrip(" ,.:;"))
        if locator.written_label
        else lead.end
    )
    return text.problem(
        citation.start + min(label_at, locator.span[0]),
        citation.start + locator.span[1],
        f"the page has {has}; {found.count} of {found.total} {group} have {other}",
        help=f"write it like “{_ending(found.example)}”",
        fix=_fix(document, citation, lead, found.example),
    )


def _fix(document: Document, citation: Citation, lead: Lead, example: Citation) -> Fix | None:
    """Write what leads over to the page as the usual citations do, if those have no label."""
    usual = read_lead(example)
    if usual is None or usual.label or not usual.mark or not lead.mark:
        return None
    replacement = example.text[usual.start : usual.end]
    # Closing quotation marks belong to the title and stay.
    if replacement.strip(" ,.:;") or citation.text[lead.start : lead.end].replace(lead.label, "", 1).strip(
        " ,.:;"
    ):
        return None
    return text_of(citation, document).fix(
        citation.start + lead.start, citation.start + lead.end, replacement
    )


def _ending(citation: Citation) -> str:
    """Return the end of a citation as an example: “…1972): 334”."""
    locator = first_page(citation)
    end = locator.span[1] if locator is not None else len(citation.text)
    start = max(citation.text.rfind(" ", 0, max(0, end - 14)) + 1, 0)
    return ("…" if start else "") + citation.text[start:end]
