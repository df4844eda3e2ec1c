"""STY614."""

import re
from collections.abc import Iterator

import attrs

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_RANGE = re.compile(
    rf"(?<![\w/.])(?:\d{{2,4}}|{_MONTH}(?:\s\d{{1,4}})?)\s?(?P<dash>[-–])\s?(?:\d{{2,4}}(?![\w-])|{_MONTH}\b)"
)
_COMPOUND = re.compile(r"(?<![\w–-])[^\W\d_]{2,}(?P<dash>[-–])[^\W\d_]{2,}(?![\w–-])")


@attrs.frozen
class _Dash:
    entry: Entry
    words: str
    start: int
    end: int
    sort: str


@rule(
    code="STY614",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 6 (en dashes)",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nMarr, David G. *Vietnamese Tradition on Trial, 1920–1945*. "
            "Berkeley: UCP, 1981.\n\n"
            "Ree, Erik van. *Socialism in One Zone, 1945–1947*. Oxford: Berg, 1989.\n\n"
            "Westad, Odd Arne, ed. *Brothers in Arms, 1945–1963*. Stanford: SUP, 1998.\n\n"
            "Young, Marilyn B. *The Vietnam Wars 1945-1990*. New York: Harper, 1991.",
            says="a hyphen in the range “1945-1990”, where 3 of 4 ranges have an en dash",
        ),
        Bad(
            "The text.\n\nBibliography\n\nBanac, Ivo. *Non-Communist Parties*. Ithaca: CUP, 1988.\n\n"
            "Kramer, Mark. *Post-Stalin Succession*. Boston: MIT, 1999.\n\n"
            "Scott, James. *Socio-economic Change*. New Haven: YUP, 1976.\n\n"
            "Tismaneanu, Vladimir. *From De–Sovietization to National Communism*. Washington: CWIHP, 2002.",
            says="an en dash in “De–Sovietization”, where 3 of 4 compounds have a hyphen",
        ),
        Good(
            "The text.\n\nBibliography\n\nMarr, David G. *Vietnamese Tradition on Trial, 1920–1945*. "
            "Berkeley: UCP, 1981.\n\n"
            "Ree, Erik van. *Non-Communist Parties, 1945–1947*. Oxford: Berg, 1989."
        ),
    ),
)
def dash_in_entry(document: Document) -> Iterator[Problem]:
    """A hyphen in a range of years or months where the list’s other ranges have an en dash; and the reverse.

    Compounds of two words are looked at by themselves: a hyphen is usual there, and an en dash is mostly a
    search-and-replace that went too far. Addresses of web pages are left out.
    """
    dashes = [dash for entry in document.entries for dash in _dashes(entry)]
    for sort, noun in (("range", "ranges"), ("compound", "compounds")):
        found = usage([dash for dash in dashes if dash.sort == sort], _form, least=3, share=0.75)
        if found is None:
            continue
        for dash, form in found.odd:
            name = f"the range “{dash.words}”" if sort == "range" else f"“{dash.words}”"
            yield Problem(
                dash.entry.passage.span(dash.start, dash.end),
                f"{form} in {name}, where {found.count} of {found.total} {noun} have {found.form}",
                entry=dash.entry,
                related=(related_entry(document, found.example.entry, f"“{found.example.words}”"),),
            )


def _form(dash: _Dash) -> str:
    return "an en dash" if "–" in dash.words else "a hyphen"


def _dashes(entry: Entry) -> Iterator[_Dash]:
    end = re.search(r"https?:|www\.|doi", entry.text)
    stop = end.start() if end is not None else len(entry.text)
    for match in _RANGE.finditer(entry.text, 0, stop):
        yield _Dash(entry, match.group(), match.start(), match.end(), "range")
    title = entry.reference.title_span
    if title is None:
        return
    for match in _COMPOUND.finditer(entry.text, *title):
        if re.fullmatch(rf"{_MONTH}.{_MONTH}", match.group()) is None:
            yield _Dash(entry, match.group(), match.start(), match.end(), "compound")
