"""``citecheck normalize``: rewrites citations into one form."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.citations import Citation, CrossReference, IbidReference, OtherReference, WorkReference
from citecheck.cli import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS
from citecheck.commands.inputs import find_files, read_file
from citecheck.configuration import find_configuration
from citecheck.documents import Document
from citecheck.errors import ManuscriptError
from citecheck.formatting.references import Form, format_reference
from citecheck.readers import manuscript_suffixes, read_bytes

_FORMS = {"long": Form.LONG, "abbreviated": Form.ABBREVIATED, "native": Form.NATIVE, "gost": Form.NATIVE}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
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
    parser.add_argument("--input-format", metavar="FORMAT", help="the files' format, where it cannot be told")


def run(options: argparse.Namespace) -> int:
    """Print each citation in the wanted form, a line each; what cannot be rewritten stays as it is."""
    form = _FORMS[options.form]
    status = EXIT_CLEAN
    for word in options.inputs:
        kept: list[str] = []
        if _is_citation(word):
            kept = _rewrite_line("the citation", word, form, _document(word))
        for file in () if _is_citation(word) else find_files([word]):
            try:
                kept += _rewrite_file(file, form, options.input_format)
            except ManuscriptError as error:
                status = EXIT_FAILED
                print(f"citecheck: {error}", file=sys.stderr)
        if kept:
            status = max(status, EXIT_FINDINGS)
            _name(kept)
    return status


_SHOWN = 20


def _name(kept: Sequence[str]) -> None:
    """Name on standard error what was printed as it stood."""
    count = "one citation" if len(kept) == 1 else f"{len(kept)} citations"
    print(f"citecheck: left as it stands, {count}:", file=sys.stderr)
    for words in kept[:_SHOWN]:
        print(f"  {words}", file=sys.stderr)
    if len(kept) > _SHOWN:
        print(f"  and {len(kept) - _SHOWN} more", file=sys.stderr)


def _is_citation(word: str) -> bool:
    """Tell a citation from a path: it has spaces, no such file exists, and it does not end like a file."""
    try:
        exists = Path(word).exists()
    except OSError:
        # Too long for a path.
        return True
    is_file = exists or Path(word).suffix.lower() in manuscript_suffixes()
    return word != "-" and " " in word and not is_file


def _document(text: str, path: str = "citation") -> Document:
    registry = find_configuration(path).registry()
    return analyse(read_bytes(f"Notes\n\n1. {text}\n".encode(), path, "plain"), registry)


def _rewrite_file(file: str, form: Form, format: str | None) -> list[str]:
    """Print the citations of a manuscript, or of a list, rewritten; return those that stay as they were."""
    manuscript = read_file(file, format)
    kept: list[str] = []
    if manuscript.notes or manuscript.bibliography:
        document = analyse(manuscript, find_configuration(file).registry())
        for citation in document.citations:
            if not isinstance(citation.reference, CrossReference):
                kept += _print(f"{file}: {document.place_name(citation)}", (citation,), form, document)
        return kept
    for number, line in enumerate(manuscript.text.splitlines(), 1):
        if words := line.strip():
            kept += _rewrite_line(f"{file}:{number}", words, form, _document(words, file))
    return kept


def _rewrite_line(place: str, line: str, form: Form, document: Document) -> list[str]:
    if document.citations:
        return _print(place, document.citations, form, document)
    print(line)
    return [f"{place}: {line} (is not read as a citation)"]


def _print(place: str, citations: Sequence[Citation], form: Form, document: Document) -> list[str]:
    """Print citations on one line, each rewritten if it can be; return those that cannot."""
    written: list[str] = []
    kept: list[str] = []
    for citation in citations:
        rewritten = _written(citation, form, document)
        written.append(rewritten or " ".join(citation.text.split()))
        if rewritten is None:
            repeats = isinstance(citation.reference, IbidReference)
            why = "repeats another citation" if repeats else "has no form of its own"
            kept.append(f"{place}: {written[-1]} ({why})")
    print("; ".join(written))
    return kept


def _written(citation: Citation, form: Form, document: Document) -> str | None:
    """Return a citation in the wanted form, or None where it has no form of its own."""
    if isinstance(citation.reference, IbidReference | CrossReference | OtherReference):
        return None
    if isinstance(citation.reference, WorkReference) and not citation.reference.title:
        return None
    written = format_reference(citation.reference, form, document.registry)
    signal = citation.signal if citation.signal not in ("source", "and") else None
    return f"{signal} {written}" if signal and written else written
