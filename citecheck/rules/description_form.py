"""STY610."""

import re
from collections import defaultdict
from collections.abc import Iterator

import attrs

from citecheck.citations import Citation
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="STY610",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Memorandum of Conversation with Kim Il Sung, 19 April 1956, RGANI, Fond 5, Opis 28, Delo 410, "
            "List 12.\n"
            "Memorandum of Conversation with Pak Ui-wan, 24 January 1956, RGANI, Fond 5, Opis 28, Delo 412, "
            "Listy 67-69.\n"
            "Memorandum of Conversation with Nam Il, 22 December 1955, RGANI, Fond 5, Opis 28, Delo 412, "
            "List 96.\n"
            "Memorandum of a Conversation with Yi Sang-jo, 16 June 1956, RGANI, Fond 5, Opis 28, Delo 412, "
            "Listy 238-241.",
            says=(
                "“Memorandum of a Conversation” is written “Memorandum of Conversation” in 3 of 4 references"
            ),
        ),
        Good(
            "Memorandum of Conversation with Kim Il Sung, 19 April 1956, RGANI, Fond 5, Opis 28, Delo 410, "
            "List 12.\n"
            "Report by N. T. Fedorenko, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
            "Annual Report, 1 March 1956, RGANI, Fond 5, Opis 28, Delo 412, List 3."
        ),
    ),
)
def description_form(document: Document) -> Iterator[Problem]:
    """One kind of document named in several ways: “Memorandum of conversation”, “of a Conversation”.

    Only capitals and articles may differ; other words mean another kind of document. Notes and printed
    documents are compared apart, since an edition keeps the headings of the originals.
    """
    groups: defaultdict[tuple[bool, str], list[_Kind]] = defaultdict(list)
    for citation, reference in document.archival:
        kind = _kind(citation) if reference.description else None
        if kind is not None:
            groups[citation.in_note is None, _fold(kind.written)].append(kind)
    for kinds in groups.values():
        found = usage(kinds, lambda kind: kind.written)
        if found is None:
            continue
        for odd, form in found.odd:
            text, start = text_of(odd.citation, document), odd.citation.start + odd.start
            yield text.problem(
                start,
                start + len(form),
                f"“{form}” is written “{found.form}” in {found.count} of {found.total} references",
                help=f"write “{found.form}” throughout",
            )


@attrs.frozen
class _Kind:
    """The words that say what kind of document it is, and where they stand in the citation."""

    citation: Citation
    start: int
    written: str


# Up to the first person, place or mark: “Memorandum of Conversation | with …”, “Report | by …”.
_LEADING = re.compile(
    r"[\s\[“\"]*((?:[^\W\d_][\w’'-]*\s){0,5}?[^\W\d_][\w’'-]*)(?=\s(?:with|between|by|from|to|on|for|about|concerning|regarding|in|at)\b|,|$)"
)
_ARTICLES = re.compile(r"\b(?:an?|the)\s", re.IGNORECASE)


def _kind(citation: Citation) -> _Kind | None:
    match = _LEADING.match(citation.text)
    if match is None or " " not in match.group(1):
        return None
    return _Kind(citation, match.start(1), match.group(1))


def _fold(written: str) -> str:
    return _ARTICLES.sub("", written).casefold()
