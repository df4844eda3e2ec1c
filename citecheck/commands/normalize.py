"""``citecheck normalize``: rewrites citations into one form."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from citecheck.analysis import analyse_under
from citecheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from citecheck.commands.declaring import add_input_format, describe
from citecheck.commands.inputs import Failures, find_files, is_citation, read_file
from citecheck.configuration import find_configuration
from citecheck.documents import Document
from citecheck.errors import ManuscriptError
from citecheck.evidence.texts import Text, texts
from citecheck.formatting.forms import Form
from citecheck.formatting.rewriting import Left, has_forms, rewrite
from citecheck.linting import check, select_rules
from citecheck.readers.plain import take_note

_FORMS = {"long": Form.LONG, "abbreviated": Form.ABBREVIATED, "native": Form.NATIVE, "gost": Form.NATIVE}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Rewrites citations into one form: those of manuscripts, of a list with a citation a line, or one given\n"
        "in quotes. What cannot be rewritten stays as it is and is named on standard error.",
        ('normalize "RGANI, f. 5, op. 28, d. 410, l. 22" --form long', "normalize list.txt --form native"),
        clean="every citation is rewritten",
        findings="some citations are left as they stand",
        failed="a file could not be read (the others are rewritten), or the command line is wrong",
    )
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="PATH|TEXT",
        help="manuscripts, lists with a citation a line, - for standard input, or one citation in quotes",
    )
    parser.add_argument(
        "--form",
        choices=tuple(_FORMS),
        default="long",
        help="Fond 5, Opis 28 (long), f. 5, op. 28 (abbreviated), or as the archive itself (native; gost)",
    )
    add_input_format(parser)


def run(options: argparse.Namespace) -> int:
    """Print each text with its citations in the wanted form; all else of it stays as it is."""
    form = _FORMS[options.form]
    failures = Failures()
    status = EXIT_CLEAN
    for word in options.inputs:
        kept: list[str] = []
        cites = is_citation(word)
        if cites:
            kept = _rewrite_line("the citation", word, form, _document(word))
        for file in () if cites else find_files([word], failures):
            try:
                kept += _rewrite_file(file, form, options.input_format)
            except ManuscriptError as error:
                failures.add(error)
        if kept:
            status = EXIT_FINDINGS
            _name(kept)
    return failures.status(status)


_SHOWN = 20


def _name(kept: Sequence[str]) -> None:
    """Name on standard error what was printed as it stood."""
    count = "one citation" if len(kept) == 1 else f"{len(kept)} citations"
    print(f"citecheck: left as it stands, {count}:", file=sys.stderr)
    for words in kept[:_SHOWN]:
        print(f"  {words}", file=sys.stderr)
    if len(kept) > _SHOWN:
        print(f"  and {len(kept) - _SHOWN} more", file=sys.stderr)


def _document(text: str, path: str = "citation") -> Document:
    """Return a document whose only note is the given text, every character of it."""
    return analyse_under(take_note(text, path), find_configuration(path))


def _rewrite_file(file: str, form: Form, format: str | None) -> list[str]:
    """Print the notes of a manuscript, or the lines of a list, rewritten; return the citations that stay.

    Of the body, paragraphs are printed that cite what can be rewritten; “As Lankov notes” cannot.
    """
    manuscript = read_file(file, format)
    kept: list[str] = []
    if manuscript.notes or manuscript.bibliography:
        document = analyse_under(manuscript, find_configuration(file))
        for text in texts(document, "body", "note"):
            if text.home == "note" or any(map(has_forms, text.citations)):
                kept += _print(text, file, form)
        return kept + [f"{file}: {words} (could not be read)" for words in _unread(document)]
    for number, line in enumerate(manuscript.text.splitlines(), 1):
        if words := line.strip():
            kept += _rewrite_line(f"{file}:{number}", words, form, _document(words, file))
    return kept


def _rewrite_line(place: str, line: str, form: Form, document: Document) -> list[str]:
    if not document.citations:
        print(line)
        return [f"{place}: {line} (is not read as a citation)"]
    rewriting = rewrite(document.citations, form, document)
    print(rewriting.text)
    return [f"{place}: {_shown(left)}" for left in rewriting.left]


def _print(text: Text, file: str, form: Form) -> list[str]:
    """Print a note or a paragraph on one line, its citations rewritten; return those that stay."""
    label = f"{text.note.label}. " if text.note is not None and text.note.label is not None else ""
    if not text.citations:
        print(label + _on_one_line(text.words))
        return []
    rewriting = rewrite(text.citations, form, text.document)
    print(label + _on_one_line(rewriting.text))
    return [f"{file}: {text.document.place_name(left.citation)}: {_shown(left)}" for left in rewriting.left]


def _unread(document: Document) -> Iterator[str]:
    """Yield what seems to cite something and is not read at all."""
    for finding in check([document], select_rules(["unparsed-citation"]), separate=True):
        citation = finding.problem.citation
        # A citation that is read in part is left for that.
        if citation is None or citation.unread is None:
            yield _on_one_line(document.manuscript.text[slice(*finding.span)])


def _shown(left: Left) -> str:
    return f"{_on_one_line(left.citation.text)} ({left.why})"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
