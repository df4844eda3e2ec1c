"""What an archive is called in each form of a reference, and in the script of a text."""

import re

from citecheck.archives import Registry
from citecheck.citations import ArchivalReference
from citecheck.formatting.forms import Form


def archive_name(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Return the name that a form has for a reference's archive, in the form's script.

    It is the first abbreviation that the archive is the usual owner of, or that no other archive has.
    """
    archive = registry.archives.get(reference.archive or "")
    if archive is None:
        return reference.archive_written
    script = script_of("".join(level.native or "" for level in archive.hierarchy.levels))
    wanted = script if form == Form.NATIVE else "LATIN"
    names = [name for name in archive.abbreviations if script_of(name) == wanted]
    if wanted != "LATIN" and not names and archive.native_name is not None:
        names = [archive.native_name]
    candidates = names if wanted != "LATIN" and names else [*names, *archive.abbreviations, archive.name]
    sure = (name for name in candidates if name not in archive.ambiguous or registry.find(name) == (archive,))
    return next(sure, candidates[0])


def kept_name(reference: ArchivalReference, form: Form, registry: Registry) -> str:
    """Return the name of an archive in the words of the text; in those of the form if that has another script."""
    name = archive_name(reference, form, registry)
    written = reference.archive_written
    return written if written and script_of(written) == script_of(name) else name


_SCRIPTS = (
    ("CYRILLIC", re.compile("[Ѐ-ӿ]")),
    ("GEORGIAN", re.compile("[Ⴀ-ჿ]")),
    ("ARMENIAN", re.compile("[Ա-֏]")),
    ("EASTERN", re.compile("[぀-ヿ㐀-鿿가-힯]")),
)


def script_of(text: str) -> str:
    """Return the script that a text has letters of: the first that is not Latin, or LATIN."""
    return next((script for script, letters in _SCRIPTS if letters.search(text)), "LATIN")
