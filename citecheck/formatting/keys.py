"""Readable keys for files that other programs keep: ``lankov-2002``, ``rgani-5-28-410-74``."""

import re

from citecheck.archives import Registry
from citecheck.citations import ArchivalReference, OtherReference, SourceReference, WorkReference
from citecheck.formatting.archive_names import archive_name
from citecheck.formatting.chicago import format_name
from citecheck.formatting.forms import Form
from citecheck.resolving.folding import slug
from citecheck.resolving.keys import entry_id


def source_id(reference: SourceReference, registry: Registry) -> str:
    """Return a readable identifier of a source: ``lankov-2002``, ``rgani-5-28-410-74``."""
    match reference:
        case ArchivalReference():
            return plain_key(_archival_id(reference, registry))
        case WorkReference():
            return plain_key(entry_id(reference))
        case OtherReference():
            people = slug(format_name(reference.creators[0])) if reference.creators else ""
            words = people or slug(reference.description or "", 3)
            return plain_key("-".join(filter(None, (words, reference.date))))


def plain_key(words: str) -> str:
    """Return a key of small Latin letters, figures and hyphens, which every program takes."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9]+", "-", words.lower())).strip("-") or "source"


def _archival_id(reference: ArchivalReference, registry: Registry) -> str:
    levels = reference.levels
    coded = bool(levels) and levels[0].key == "series"
    name = "" if coded else slug(archive_name(reference, Form.ABBREVIATED, registry), 3)
    # A number is kept whole, of a name the first words do.
    values = [slug(level.value, None if level.value[:1].isdigit() else 4) for level in levels]
    leaf = reference.locators[0].start if reference.locators else ""
    return "-".join(filter(None, (name, *values, leaf)))
