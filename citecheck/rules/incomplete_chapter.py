"""BIB515."""

import re
from collections.abc import Iterator, Sequence

import attrs

from citecheck.citations import Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

_IN = re.compile(r"(?:^|[\s,.”\"’'»])(?:in|In|в|В|dans)(?::|\s)")
_EDITED = re.compile(r"\beds?\b\.?|edited\s+by|\bHg\b|\bhrsg|\bszerk\b|под\s+ред", re.IGNORECASE)
# A bracket that holds no more than the word which makes editors: “in Louise Fawcett (ed.), *Title* (Oxford: …)”.
_IMPRINT = re.compile(r"\((?!\s?(?:eds?|hg|hgg|hrsg|dirs?|szerk|ред|coords?)\b\.?\s?\))", re.IGNORECASE)
_REFERENCE_WORK = re.compile(
    r"\b(?:Dictionar|Dictionnaire|Encyclop|Enzyklop|Lexikon|Wörterbuch|Biograph(?:y|ie)\b|словар|энциклопед"
    r"|lexikon|Diccionario|Dizionario|Słownik|Slovník)",
    re.IGNORECASE,
)
_FULL_CHAPTERS = (
    "David McCann, “Modern Poetry,” in John Koo and Andrew Nahm, eds., *An Introduction to Korean Culture* "
    "(Seoul: Hollym, 1997), 456.\n"
)


@attrs.frozen
class _Form:
    """How a chapter is cited in full: with “in”, with an editor, with the word that makes him one."""

    citation: Citation
    has_in: bool
    has_editor: bool
    has_role: bool
    span: tuple[int, int]
    """Between the chapter’s title and the imprint."""


@rule(
    code="BIB515",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (chapters in edited books)",
    examples=(
        Bad(
            _FULL_CHAPTERS
            + "Charles Armstrong, “A Socialism of Our Style,” *North Korean Foreign Relations* (Hong Kong: "
            "Oxford University Press, 1998), 33.",
            says="the chapter’s book has no editor here: other chapters name theirs",
        ),
        Bad(
            _FULL_CHAPTERS
            + "Masao Okonogi, “North Korean Communism,” in Suh Dae-Sook, *Korean Studies* (Honolulu: "
            "University of Hawaii Press, 1994), 187.",
            says="Suh is not marked as editor, as the editors of other books are",
        ),
        Bad(
            _FULL_CHAPTERS
            + "Charles Armstrong, “The Nature of the State,” Samuel S. Kim, ed., *The North Korean System* "
            "(New York: Palgrave, 2001), 52.",
            says="“in” is missing before the book, which other chapters have",
        ),
        Good(
            _FULL_CHAPTERS
            + "Charles Armstrong, “The Nature of the State,” in Samuel S. Kim, ed., *The North Korean "
            "System* (New York: Palgrave, 2001), 52."
        ),
        Good(
            _FULL_CHAPTERS
            + "Eugene Rogan, ‘The Modern State System’, in Louise Fawcett (ed.), *International Relations* (Oxford: "
            "Oxford University Press, 2005), 17.\n"
            "Robin Bidwell, ‘Sykes, Sir Mark’, *Oxford Dictionary of National Biography* (Oxford: Oxford University "
            "Press, 2004)."
        ),
    ),
)
def incomplete_chapter(document: Document) -> Iterator[Problem]:
    """A chapter that is cited in full and lacks the “in”, the editor, or the “ed.” that other chapters have.

    Shortened citations of chapters may do without any of them.
    """
    forms = [
        form for citation, reference in document.works if (form := _form(citation, reference)) is not None
    ]
    for lacking, message in ((_lacks_editor, _no_editor), (_lacks_role, _no_role), (_lacks_in, _no_in)):
        right = [form for form in forms if not lacking(form)]
        if not right:
            continue
        for form in forms:
            if lacking(form) and not (lacking is _lacks_in and not form.has_editor):
                yield Problem(
                    form.citation.locate(form.span) if form.span[1] > form.span[0] else form.citation.span,
                    message(form),
                    help="complete the citation",
                    citation=form.citation,
                    related=tuple(document.related(other.citation, "this one has it") for other in right[:2]),
                )


def _lacks_editor(form: _Form) -> bool:
    return not form.has_editor


def _lacks_role(form: _Form) -> bool:
    return form.has_editor and not form.has_role


def _lacks_in(form: _Form) -> bool:
    return not form.has_in


def _no_editor(form: _Form) -> str:
    return "the chapter’s book has no editor here: other chapters name theirs"


def _no_role(form: _Form) -> str:
    container = (
        form.citation.reference.container if isinstance(form.citation.reference, WorkReference) else None
    )
    names: Sequence[str] = [name.family for name in container.creators] if container is not None else []
    verb = "is not marked as editor" if len(names) == 1 else "are not marked as editors"
    return f"{' and '.join(names)} {verb}, as the editors of other books are"


def _no_in(form: _Form) -> str:
    return "“in” is missing before the book, which other chapters have"


def _form(citation: Citation, reference: WorkReference) -> _Form | None:
    container = reference.container
    if reference.kind != Kind.CHAPTER or container is None or reference.title_span is None:
        return None
    if reference.publisher is None and reference.place is None:
        return None
    if _REFERENCE_WORK.search(container.title):
        # Articles of a dictionary stand in it without a word, and who edits it is seldom said: no evidence.
        return None
    start = reference.title_span[1]
    imprint = _IMPRINT.search(citation.text, start)
    end = imprint.start() if imprint is not None else len(citation.text)
    book = citation.text.find(container.title[:20], start, end) if container.title else -1
    return _Form(
        citation=citation,
        has_in=_IN.search(citation.text[start : book if book > 0 else end]) is not None,
        has_editor=bool(container.creators or reference.editors),
        has_role=_EDITED.search(citation.text, start, end) is not None,
        span=(start, start + len(citation.text[start:end].rstrip())),
    )
