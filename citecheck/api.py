"""The short ways in: check files, read one citation."""

from collections.abc import Sequence
from pathlib import Path

from citecheck.accepted import AcceptedList, leave_out_accepted
from citecheck.analysis import analyse, analyse_under
from citecheck.bibliographies.bibliography import read_entry
from citecheck.citations import Citation, Entry
from citecheck.configuration import common_configuration, find_configuration
from citecheck.findings import Finding
from citecheck.linting import check, rules_under
from citecheck.readers import read_manuscript
from citecheck.readers.folders import files_of, parts_of_others
from citecheck.readers.plain import read_note


def lint(
    *paths: str | Path, select: str | Sequence[str] = (), ignore: str | Sequence[str] = ()
) -> list[Finding]:
    """Check manuscripts, each by itself and all together.

    A ``citecheck.toml`` above a manuscript holds for it; one above all of them, for comparing them.

    Args:
        paths: the files, in any format that is read, or folders for all manuscripts in them; a file that another
            one includes is read as a part of that one, and none is read twice.
        select: codes, families or names of the rules to run, or one of them; those of the settings, or all, if empty.
        ignore: those to leave out, or one, besides those of the settings.

    Returns:
        The findings, by manuscript and place, without those that the settings' list accepts.

    Raises:
        ManuscriptError: a file cannot be read, or a folder holds none.
        ConfigurationError: settings cannot be used.
        AcceptedListError: the list of accepted findings cannot be read.
        SelectionError: a selector names no rule.
    """
    files = _files(paths)
    selected, ignored = ([words] if isinstance(words, str) else words for words in (select, ignore))
    settings = {file: find_configuration(file) for file in files}
    documents = [analyse_under(read_manuscript(file), settings[file]) for file in files]
    findings = check(
        documents,
        rules_under(common_configuration(files), selected, ignored),
        by_itself=lambda document: rules_under(settings[document.manuscript.path], selected, ignored),
    )
    lists = {
        file: AcceptedList.read(file, begun=False)
        for file in {each.accepted for each in settings.values()}
        if file is not None
    }
    return leave_out_accepted(
        findings,
        lambda path: lists[file] if (file := settings[path].accepted) is not None else None,
    )


def _files(paths: Sequence[str | Path]) -> list[str]:
    named = {Path(file).resolve(): file for path in paths for file in files_of(path)}
    parts = parts_of_others(list(named.values()))
    return [file for file in named.values() if file not in parts]


def parse_citation(text: str) -> tuple[Citation, ...]:
    """Read the citations in a text as they would be read in a note; prose gives none."""
    return analyse(read_note(text, "citation")).citations


def parse_entry(text: str) -> Entry | None:
    """Read one entry of a bibliography; None where the text is none."""
    return read_entry(text)
