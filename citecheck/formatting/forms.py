"""The forms of archival references, and the labels that a hierarchy has in each."""

import re
from enum import StrEnum

from citecheck.archives import Hierarchy, LevelKind


class Form(StrEnum):
    """A way to write an archival reference."""

    LONG = "long"
    """Words in Latin letters: Fond 5, Opis 28, Delo 410, Listy 74–85."""
    ABBREVIATED = "abbreviated"
    """Abbreviations in Latin letters: f. 5, op. 28, d. 410, ll. 74–85."""
    NATIVE = "native"
    """The archive's own: Ф. 5. Оп. 28. Д. 410. Л. 74–85 (GOST R 7.0.5), XIX-J-1-j, 4. doboz."""


# Where a hierarchy has no label in one form, the nearest other one is taken.
NEAREST = {
    Form.LONG: (Form.ABBREVIATED, Form.NATIVE),
    Form.ABBREVIATED: (Form.NATIVE, Form.LONG),
    Form.NATIVE: (Form.ABBREVIATED, Form.LONG),
}


def label_of(level: LevelKind, form: Form, *, plural: bool = False) -> str | None:
    """Return the label of a level in a form, or None where the archives do not use that form."""
    labels = {
        Form.LONG: (level.long, level.long_plural),
        Form.ABBREVIATED: (level.abbreviated, level.abbreviated_plural),
        Form.NATIVE: (level.native, level.native_plural),
    }
    one, several = labels[form]
    return several or one if plural else one


def any_label(level: LevelKind, form: Form, *, plural: bool = False) -> str:
    """Return the label of a level in a form, or in the nearest form that the archives use."""
    found = (label_of(level, each, plural=plural) for each in (form, *NEAREST[form]))
    return next(filter(None, found), level.labels[0] if level.labels else "")


def is_gost(hierarchy: Hierarchy | None, form: Form) -> bool:
    """Tell whether a form has full stops between its elements, as GOST has: labels are Cyrillic capitals."""
    if hierarchy is None or form != Form.NATIVE:
        return False
    labels = [level.native for level in hierarchy.levels if level.native]
    return len(labels) > 1 and all(_CYRILLIC_CAPITAL.match(label) for label in labels)


_CYRILLIC_CAPITAL = re.compile("[А-ЯЁІЇЄҐ]")
