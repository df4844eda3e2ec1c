"""Runs the rules over documents."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial

import attrs

from citecheck.archives import Registry
from citecheck.citations import Citation, Entry, Locator
from citecheck.configuration import Configuration
from citecheck.corpus.contradictions import Comparison
from citecheck.corpus.source_texts import SourceText
from citecheck.corpus.verification import SourceCheck
from citecheck.documents import Corpus, Document
from citecheck.errors import CitecheckError
from citecheck.evidence.allowances import allowances
from citecheck.evidence.commands import lies_in_command
from citecheck.findings import Finding, Problem
from citecheck.libraries import Library
from citecheck.manuscript import Manuscript, Note
from citecheck.rules import Rule, all_rules, selects


class SelectionError(CitecheckError):
    """A selector that is no code, no family and no name of a rule."""

    def __init__(self, selector: str, place: str = "") -> None:
        known = {word for rule in all_rules() for word in (rule.code, rule.family, rule.name)}
        by_folded = {word.casefold(): word for word in sorted(known)}
        near = get_close_matches(selector.casefold(), by_folded, n=1)
        meant = f"did you mean “{by_folded[near[0]]}”? " if near else ""
        super().__init__(
            f"{place}{': ' if place else ''}there is no rule or family of rules “{selector}”; {meant}"
            "citecheck explain lists them"
        )
        self.selector = selector


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Return the rules whose code, family or name is selected and not ignored; all where none is selected.

    Raises:
        SelectionError: a selector is no code, no family and no name of a rule.
    """
    for selector in (*select, *ignore):
        if not any(rule.answers_to(selector) for rule in all_rules()):
            raise SelectionError(selector)
    return tuple(
        rule
        for rule in all_rules()
        if (not select or any(rule.answers_to(selector) for selector in select))
        and not any(rule.answers_to(selector) for selector in ignore)
    )


def rules_under(
    settings: Configuration, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """Return the rules that settings choose; ``select`` stands in place of theirs, ``ignore`` beside it.

    Raises:
        SelectionError: a selector names no rule; one of the settings is named with its place.
    """
    try:
        return select_rules(tuple(select) or settings.select, (*settings.ignore, *ignore))
    except SelectionError as error:
        if settings.file is None or error.selector not in (*settings.select, *settings.ignore):
            raise
        raise SelectionError(error.selector, settings.place_of(error.selector)) from error


def check(
    documents: Sequence[Document],
    rules: Iterable[Rule] | None = None,
    *,
    by_itself: Callable[[Document], Iterable[Rule]] | None = None,
    separate: bool = False,
    beside: Sequence[Document] = (),
) -> list[Finding]:
    """Check documents, each by itself and, unless ``separate``, all together.

    Args:
        documents: what to check.
        rules: the rules to run; all if not given.
        by_itself: gives the rules for each document by itself, where documents have settings of their own;
            ``rules`` are then those that compare them.
        separate: do not compare the documents with one another.
        beside: documents that the others are compared with and that are not checked themselves, such
            as reference libraries.

    Returns:
        The findings, ordered by manuscript and place.
    """
    chosen = all_rules() if rules is None else tuple(rules)
    own = [chosen if by_itself is None else tuple(by_itself(document)) for document in documents]
    findings = [
        finding
        for document, rules_of_one in zip(documents, own, strict=True)
        for rule in rules_of_one
        for finding in _check_one(rule, document)
    ]
    if separate:
        groups = [([document], rules_of_one) for document, rules_of_one in zip(documents, own, strict=True)]
    else:
        groups = [(list(documents), chosen)] if documents else []
    for members, comparing in groups:
        # What a library and one manuscript have otherwise is the manuscript's affair: where two are equal, the
        # first one stands.
        corpus = Corpus((*beside, *members))
        for rule in comparing:
            if rule.subject is Corpus:
                findings += (
                    _finding(rule, problem, members[0].manuscript)
                    for problem in rule.check(corpus)
                    if not (
                        isinstance(rule.check, Comparison) and _is_of_libraries(problem, documents, beside)
                    )
                )
    findings = [finding for finding in findings if not is_allowed(finding) and not _is_set_by_style(finding)]
    order = {document.manuscript.path: index for index, document in enumerate(documents)}
    return sorted(
        findings, key=lambda finding: (order.get(finding.manuscript.path, 0), finding.span, finding.code)
    )


def _is_of_libraries(problem: Problem, documents: Sequence[Document], beside: Sequence[Document]) -> bool:
    """Tell whether a contradiction lies between libraries, or between one and citations looked up in it."""
    files = {id(document.manuscript) for document in beside}
    sides = [
        (problem.manuscript, problem.citation),
        *((each.manuscript, each.citation) for each in problem.related),
    ]
    own = [(manuscript, citation) for manuscript, citation in sides if id(manuscript) not in files]
    return len(own) < len(sides) and all(
        citation is not None and _is_borrowed(citation, manuscript, documents) for manuscript, citation in own
    )


def _is_borrowed(citation: Citation, manuscript: Manuscript | None, documents: Sequence[Document]) -> bool:
    """Tell whether a citation stands for an entry of a library: then the manuscript's rules compare the two."""
    entries = (
        document.resolution(citation).entry for document in documents if document.manuscript is manuscript
    )
    return any(entry is not None and entry.library is not None for entry in entries)


def is_allowed(finding: Finding) -> bool:
    """Tell whether the manuscript itself silences a finding."""
    allowed = allowances(finding.manuscript)
    if not allowed:
        return False
    line = finding.manuscript.position(finding.span.start).line
    return any(
        each.line in (None, line) and selects(each.name, finding.code, finding.name) for each in allowed
    )


def _is_set_by_style(finding: Finding) -> bool:
    """Tell whether a finding about typography stands in a command, which prints what its style wants."""
    return finding.code.startswith(("PUN", "STY")) and lies_in_command(finding.manuscript, finding.span)


def _check_one(rule: Rule, document: Document) -> Iterator[Finding]:
    for problem in _problems(rule, document):
        yield _finding(rule, problem, document.manuscript)


def _problems(rule: Rule, document: Document) -> Iterator[Problem]:
    if rule.subject is Document:
        yield from rule.check(document)
    elif rule.subject is Citation:
        for citation in document.citations:
            yield from rule.check(citation, document)
    elif rule.subject is Locator:
        places: tuple[Citation | Entry, ...] = (*document.citations, *document.entries)
        for place in places:
            for locator in place.reference.locators:
                yield from rule.check(locator, place)
    elif rule.subject is Note:
        for note in document.manuscript.notes:
            yield from rule.check(note, document)
    elif rule.subject is Entry:
        for entry in document.entries:
            yield from rule.check(entry, document)


def _finding(rule: Rule, problem: Problem, manuscript: Manuscript) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=problem.severity or rule.severity,
        scope=rule.scope,
        manuscript=problem.manuscript or manuscript,
        problem=problem,
    )


def check_library(library: Library, rules: Iterable[Rule], registry: Registry | None = None) -> list[Finding]:
    """Run those rules over a library that are about libraries, and return what they find."""
    document = library.document(registry)
    return check([document], [rule for rule in rules if rule.family == "LIB"])


def given_sources(rules: Iterable[Rule], given: tuple[SourceText, ...]) -> tuple[Rule, ...]:
    """Return rules of which those that check against sources also look at these."""
    return tuple(
        attrs.evolve(rule, check=partial(rule.check.against, given=given))
        if isinstance(rule.check, SourceCheck)
        else rule
        for rule in rules
    )
