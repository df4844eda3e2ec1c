"""STY603."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, Locator
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="STY603",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 9.62–9.63",
    examples=(
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
            "RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
            "Scalapino and Lee, *Communism in Korea*, pp. 1351-1380.\n"
            "Lankov, *From Stalin to Kim Il Sung*, pp. 164-5.",
            says="“164-5” is abbreviated; 3 of 4 ranges are written in full",
            fixed=(
                "RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
                "RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
                "Scalapino and Lee, *Communism in Korea*, pp. 1351-1380.\n"
                "Lankov, *From Stalin to Kim Il Sung*, pp. 164-165."
            ),
        ),
        Bad(
            "Suh, *Kim Il Sung*, 132–8.\nHan, *The History of Korea*, 301–4.\n"
            "Marr, *Vietnam 1945*, 550–51.\nIbid., 518–519.",
            says="“518–519” is written in full; 3 of 4 ranges are abbreviated",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 132–138.\nLankov, *Crisis*, 144–146.\nSuh, *Kim Il Sung*, 284–293.\n"
            "Suh, *Kim Il Sung*, 101–87.",
            says="“101–87” is abbreviated, or runs backwards; 3 of 4 ranges are written in full",
        ),
        Good(
            "Suh, *Kim Il Sung*, 132–38.\nHan, *The History of Korea*, 301–4.\n"
            "Marr, *Vietnam 1945*, 71–72, 100–104, 550–51."
        ),
    ),
)
def abbreviated_range(document: Document) -> Iterator[Problem]:
    """A range that is abbreviated among ranges in full, or the reverse.

    Only ranges that could be abbreviated are counted. Below 100 and after a full hundred Chicago
    writes all figures even where it abbreviates the rest (71–72, 100–104), so those say nothing.
    """
    ranges = [
        (citation, locator)
        for citation in document.citations
        for locator in citation.reference.locators
        if locator.end is not None and locator.label not in ("volume", "issue")
    ]
    found = usage(ranges, lambda pair: _form(pair[1]), share=0.7)
    if found is None:
        return
    for (citation, locator), form in found.odd:
        yield _problem(
            document, citation, locator, form, f"{found.count} of {found.total} ranges are {found.form}"
        )


_ABBREVIATED, _FULL = "abbreviated", "written in full"
_NUMBERS = re.compile(r"(\d+)(\D{1,4}?)(\d+)\D*")


def _form(locator: Locator) -> str | None:
    match = _NUMBERS.fullmatch(locator.written)
    if match is None:
        return None
    start, end = match.group(1), match.group(3)
    if len(end) < len(start):
        return _ABBREVIATED if int(start) < int(re.sub(r"\D", "", locator.end or "") or 0) else None
    # What runs backwards is another rule's matter.
    if int(end) <= int(start) or start[0] != end[0] or int(start) < 100 or int(start) % 100 == 0:
        return None
    return _FULL


def _problem(document: Document, citation: Citation, locator: Locator, form: str, usual: str) -> Problem:
    text = text_of(citation, document)
    start, end = citation.start + locator.span[0], citation.start + locator.span[1]
    match = _NUMBERS.search(text.words, start, end)
    fix = None
    if form == _ABBREVIATED and match is not None:
        full = match.group(1)[: len(match.group(1)) - len(match.group(3))] + match.group(3)
        fix = text.fix(*match.span(3), full)
    is_long = form == _ABBREVIATED and _length(locator) > _LONG
    return text.problem(
        start,
        end,
        f"“{locator.written}” is {form}{', or runs backwards' if is_long else ''}; {usual}",
        label=f"to {locator.end}" if form == _ABBREVIATED else "",
        help="check both numbers, and write all figures"
        if is_long
        else "write all figures"
        if form == _ABBREVIATED
        else "leave out the figures that do not change",
        fix=None if is_long else fix,
    )


# More pages than one cites at a time: 101–87 may be 101–187, or 87–101.
_LONG = 50


def _length(locator: Locator) -> int:
    return int(re.sub(r"\D", "", locator.end or "") or 0) - int(re.sub(r"\D", "", locator.start) or 0)
