"""How the manuscripts of a run are read and checked: each under its own settings, together under common ones.

A ``citecheck.toml`` holds for the manuscripts in its folder and below. Rules that look at one manuscript go by
the nearest one above it. Rules that compare manuscripts go by the nearest one above all of them: what two
folders settle differently, neither settles for the other.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck.accepted import AcceptedList, leave_out_accepted
from citecheck.analysis import analyse_under
from citecheck.commands.inputs import Failures, read_file
from citecheck.configuration import Configuration, common_configuration, find_configuration
from citecheck.documents import Corpus, Document
from citecheck.errors import CitecheckError, ManuscriptError
from citecheck.findings import Finding
from citecheck.libraries import read_library
from citecheck.libraries.joining import join
from citecheck.linting import check, check_library, rules_under, select_rules
from citecheck.manuscript import Manuscript
from citecheck.rules import Rule, all_rules

if TYPE_CHECKING:
    from citecheck.corpus.source_texts import SourceText


class Checker:
    """Reads and checks manuscripts in the way that the options and the settings of each file say.

    Args:
        options: those of ``citecheck lint``.
        files: all manuscripts of the run.

    Raises:
        CitecheckError: an option, or the settings of a file, cannot be used.
    """

    def __init__(self, options: argparse.Namespace, files: Sequence[str]) -> None:
        self._format: str | None = options.input_format
        self._separate: bool = options.separate
        self._selected = _split(options.select)
        self._ignored = _split(options.ignore)
        self._source_options: list[str] = options.source
        self._chosen: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Rule, ...]] = {}
        self._settings = {file: find_configuration(file) for file in files}
        # A selector that names no rule is a mistake to be told of before anything is read.
        self._together = self._rules(common_configuration(files))
        self._by_itself = {file: self._rules(settings) for file, settings in self._settings.items()}
        self._libraries = [read_library(path) for path in options.library]
        # So is a list that cannot be read.
        named = Path(options.accepted) if options.accepted else None
        self._named = AcceptedList.read(named, begun=not options.accept) if named is not None else None
        self._lists: dict[Path, AcceptedList] = {}
        for file in files:
            self._list_of(file)

    def read(self, files: Iterable[str], failures: Failures) -> Iterator[Document]:
        """Yield the manuscripts that can be read; the others go to the failures."""
        for file in files:
            try:
                yield self.document(read_file(file, self._format))
            except ManuscriptError as error:
                failures.add(error)

    def document(self, manuscript: Manuscript, like: str | None = None) -> Document:
        """Return a manuscript read and resolved under its settings, or under those of the file that it is like."""
        path = manuscript.path if like is None else like
        settings = self._settings[path]
        if like is not None:
            self._settings[manuscript.path] = settings
            self._by_itself[manuscript.path] = self._by_itself[like]
        document = analyse_under(manuscript, settings)
        return join(document, self._libraries) if self._libraries else document

    def check(self, documents: Sequence[Document]) -> list[Finding]:
        """Return the findings that are to be reported: those of :meth:`find` that no list accepts."""
        return self.leave_out(self.find(documents))

    def leave_out(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings that no list accepts."""
        return leave_out_accepted(findings, self._list_of)

    def accept(self, documents: Sequence[Document]) -> list[AcceptedList]:
        """Return the lists with all that is found in manuscripts now; nothing is written.

        Raises:
            CitecheckError: there is no list for a manuscript.
        """
        paths: dict[Path, set[str]] = {}
        manuscripts = [document.manuscript.path for document in documents]
        for path in (*manuscripts, *(library.manuscript.path for library in self._libraries)):
            accepted = self._list_of(path)
            if accepted is None:
                raise CitecheckError(
                    f"{path}: --accept needs a file to keep the findings in: name it with --accepted FILE, or in "
                    'citecheck.toml (accepted = "accepted.json")'
                )
            paths.setdefault(accepted.file, set()).add(path)
        found: dict[Path, list[Finding]] = {file: [] for file in paths}
        for finding in self.find(documents):
            accepted = self._list_of(finding.manuscript.path)
            if accepted is not None:
                found[accepted.file].append(finding)
        return [
            (self._named or self._lists[file]).with_findings(
                found[file], checked, lambda code: any(self.is_wanted(path, code) for path in manuscripts)
            )
            for file, checked in paths.items()
        ]

    @property
    def has_accepted(self) -> bool:
        """Tell whether the settings of a manuscript name a list of accepted findings."""
        return any(settings.accepted is not None for settings in self._settings.values())

    def _list_of(self, path: str) -> AcceptedList | None:
        """Return the list that holds for a manuscript or a library."""
        if self._named is not None:
            return self._named
        file = (self._settings.get(path) or find_configuration(path)).accepted
        if file is not None and file not in self._lists:
            self._lists[file] = AcceptedList.read(file, begun=False)
        return self._lists[file] if file is not None else None

    def find(self, documents: Sequence[Document]) -> list[Finding]:
        """Return the findings in manuscripts, each by itself and all together, and in the libraries.

        Raises:
            CitecheckError: none of the manuscripts cites one of the sources that the user names.
        """
        if self.sources:
            from citecheck.corpus.source_texts import require_cited

            require_cited(self.sources, (key for document in documents for key in document.cited_by))
        rules = self._with_sources(self._together)
        beside = [library.document() for library in self._libraries]
        findings = check(documents, rules, by_itself=self._rules_for, separate=self._separate, beside=beside)
        for library in self._libraries:
            findings += check_library(library, rules)
        return findings

    def check_alone(self, document: Document) -> list[Finding]:
        """Return what is to be reported of one manuscript, not compared with the others."""
        return self.leave_out(check([document], self._rules_for(document)))

    def is_wanted(self, file: str, code: str) -> bool:
        """Tell whether a rule has been chosen for a manuscript, or for comparing it with the others."""
        rules = self._together if code in self._comparing else self._by_itself[file]
        return any(rule.code == code for rule in rules)

    @cached_property
    def _comparing(self) -> frozenset[str]:
        if self._separate:
            return frozenset()
        return frozenset(rule.code for rule in all_rules() if rule.subject is Corpus)

    def _rules_for(self, document: Document) -> tuple[Rule, ...]:
        return self._with_sources(self._by_itself[document.manuscript.path])

    def _rules(self, settings: Configuration) -> tuple[Rule, ...]:
        """Return the rules that are chosen; what the command line selects stands in place of the settings'."""
        key = (settings.select, settings.ignore)
        if key not in self._chosen:
            select_rules(self._selected, self._ignored)
            self._chosen[key] = rules_under(settings, self._selected, self._ignored)
        return self._chosen[key]

    def _with_sources(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Return the rules, made to look at the sources that the user names."""
        if not self.sources:
            return rules
        from citecheck.linting import given_sources

        return given_sources(rules, self.sources)

    @cached_property
    def sources(self) -> "tuple[SourceText, ...]":
        """The texts that the user gives with ``--source``."""
        if not self._source_options:
            return ()
        from citecheck.corpus.source_texts import read_source

        return tuple(read_source(option) for option in self._source_options)


def _split(values: Sequence[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
