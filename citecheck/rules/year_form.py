"""STY615."""

import re
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.resolving.works_cited import lists, related_entry
from citecheck.rules import Bad, Good, rule

_LIST = (
    "The text.\n\nReferences\n\nFiltzer, D. (1993) The Khrushchev Era. London: Macmillan.\n\n"
    "Jones, P. (2006) The Dilemmas of De-Stalinization. London: Routledge.\n\n"
    "Morgan, P. (2000) Re-Viewing the Cold War. New York: Greenwood.\n\n"
)


@rule(
    code="STY615",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (author-date references)",
    examples=(
        Bad(
            _LIST + "Lankov, A. 1999. “Kim Il Sung’s Campaign.” Korean Studies 23: pp. 43–67.",
            says="the year stands without brackets, where 3 of 4 entries have it in brackets",
            fixed=_LIST + "Lankov, A. (1999) “Kim Il Sung’s Campaign.” Korean Studies 23: pp. 43–67.",
        ),
        Good(_LIST),
    ),
)
def year_form(document: Document) -> Iterator[Problem]:
    """A year after the author in brackets in most entries and without them in one, or the reverse."""
    for group in lists(document.entries):
        found = usage([entry for entry in group if _year(entry)], _form, least=3, share=0.6)
        if found is None:
            continue
        for entry, form in found.odd:
            match = _year(entry)
            assert match is not None
            bare = form == "bare"
            edit = Edit(
                entry.passage.span(*match.span("year")),
                f"({match.group('digits')})" if bare else f"{match.group('digits')}.",
            )
            yield Problem(
                entry.passage.span(*match.span("year")),
                f"the year stands {'without' if bare else 'in'} brackets, where {found.count} of "
                f"{found.total} entries have it "
                f"{'in brackets' if bare else 'without them'}",
                entry=entry,
                related=(related_entry(document, found.example, "as usual in this list"),),
                fix=Fix(Applicability.SAFE, (edit,))
                if entry.passage.is_literal(*match.span("year"))
                else None,
            )


def _year(entry: Entry) -> re.Match[str] | None:
    """Return the year that follows the names of an entry."""
    span = entry.reference.creators_span
    title = entry.reference.title_span
    if span is None or title is None:
        return None
    return _BARE.search(entry.text, span[1], title[0]) or _BRACKETED.search(entry.text, span[1], title[0])


_BRACKETED = re.compile(r"(?P<year>\((?P<digits>(?:1[4-9]|20)\d\d[a-z]?)\))")
_BARE = re.compile(r"(?<!\()(?P<year>(?P<digits>(?:1[4-9]|20)\d\d[a-z]?)\.)")


def _form(entry: Entry) -> str:
    match = _year(entry)
    return "bracketed" if match is not None and match.re is _BRACKETED else "bare"
