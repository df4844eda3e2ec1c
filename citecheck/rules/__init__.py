"""The rules, one file each, found by file name; this module defines what a rule is.

A rule is a function that takes a *subject* and yields problems. The subject is the smallest thing
that it needs to see: a locator, a citation, a note, an entry, a document, or the whole corpus.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import attrs

from citecheck.citations import Citation, Entry, Locator
from citecheck.documents import Corpus, Document
from citecheck.findings import Problem, Scope, Severity
from citecheck.manuscript import Note


@attrs.frozen
class Bad:
    """An example that the rule must report, with the message, and the text after fixing if it has a fix.

    ``text`` is a manuscript: the notes of a plain text, a line each, or with ``format`` any other.
    """

    text: str
    says: str
    fixed: str | None = None
    others: tuple[str, ...] = ()
    """The other manuscripts of the run, for corpus rules."""


@attrs.frozen
class Good:
    """An example on which the rule must be silent."""

    text: str
    others: tuple[str, ...] = ()


Subject = Locator | Citation | Note | Entry | Document | Corpus
Check = Callable[..., Iterable[Problem]]


@attrs.frozen
class Rule:
    """A rule with all that the runner and ``citecheck explain`` need to know about it."""

    code: str
    name: str
    severity: Severity
    subject: type[Any]
    authority: str | None
    examples: tuple[Bad | Good, ...]
    documentation: str
    check: Check

    @property
    def scope(self) -> Scope:
        """How far the rule looks: at a citation, at a manuscript, or at all of them."""
        if self.subject is Corpus:
            return "corpus"
        return "manuscript" if self.subject is Document else "citation"

    def answers_to(self, selector: str) -> bool:
        """Tell whether a selector means this rule: its name, its code, or the beginning of its code."""
        return selects(selector, self.code, self.name)

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]


def rule(
    *,
    code: str,
    subject: type[Any],
    severity: Severity,
    examples: tuple[Bad | Good, ...],
    authority: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a check; its name is the function's, its documentation the docstring.

    A check of a ``Locator`` is called as ``check(locator, citation)``, one of a ``Citation``, ``Note``
    or ``Entry`` as ``check(subject, document)``, one of a ``Document`` or ``Corpus`` as ``check(subject)``.
    """

    def make(check: Check) -> Rule:
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            subject=subject,
            authority=authority,
            examples=examples,
            documentation=check.__doc__ or "",
            check=check,
        )

    return make


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, ordered by code; each module of this package holds one of its own name.

    Raises:
        TypeError: a module of this package has no rule of its own name, or two rules share a code.
    """
    rules: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        found = getattr(importlib.import_module(f"{__name__}.{module.name}"), module.name, None)
        if not isinstance(found, Rule):
            raise TypeError(f"citecheck/rules/{module.name}.py defines no rule called {module.name}")
        if found.code in rules:
            raise TypeError(f"{found.code} is the code of both {found.name} and {rules[found.code].name}")
        rules[found.code] = found
    return tuple(sorted(rules.values(), key=lambda found: found.code))


def selects(selector: str, code: str, name: str) -> bool:
    """Tell whether a selector means the rule of that code and name."""
    return code.startswith(selector.upper()) or name == selector.lower()


def find_rule(code_or_name: str) -> Rule | None:
    """Return the rule with that code or name, in any case, or None."""
    wanted = code_or_name.strip().lower()
    return next((found for found in all_rules() if wanted in (found.code.lower(), found.name)), None)
