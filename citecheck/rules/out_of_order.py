"""BIB507."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import title_words
from citecheck.resolving.works_cited import lists, related_entry
from citecheck.rules import Bad, Good, rule

_LEAST = 5
_MOST_ODD = 0.1


@rule(
    code="BIB507",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (order of entries)",
    examples=(
        Bad(
            "The text.\n\nBibliography\n\nAng Cheng Guan. *Communists*. London: McFarland, 1997.\n\n"
            "Gill, Graeme. *Origins*. Cambridge: CUP, 1990.\n\nBanac, Ivo. *With Stalin*. Ithaca: Cornell, "
            "1988.\n\n"
            "Bauer, Tamás. *Tervgazdaság*. Budapest: KJK, 1981.\n\nFiges, Orlando. *Tragedy*. London: "
            "Pimlico, 1997.\n\n"
            "Hall, D. G. E. *History*. London: Macmillan, 1968.\n\nJones, F. C. *Manchuria*. London: RIIA, "
            "1949.\n\n"
            "Kofas, Jon V. *Greece*. New York: CUP, 1983.\n\nLent, John A. *Newspapers*. Ames: ISUP, "
            "1971.\n\n"
            "Marr, David G. *Vietnam*. Berkeley: UCP, 1981.",
            says="Gill stands before Banac: the list is in alphabetical order",
        ),
        Good(
            "The text.\n\nBibliography\n\nFiges, Orlando. *Tragedy*. London: Pimlico, 1997.\n\n"
            "Georgescu, Vlad, ed. *Romania*. New York: Praeger, 1985.\n\n"
            "El-Ghonemy, M. Riad. *Poverty*. London: Routledge, 1990.\n\nGill, Graeme. *Origins*. "
            "Cambridge: CUP, 1990.\n\n"
            "MacDonald, Callum A. *Korea*. New York: Free Press, 1987.\n\nMcCauley, Martin. *Republic*. "
            "London: Macmillan, 1983.\n\n"
            "McElvoy, Anne. *Cow*. London: Faber, 1993.\n\nRee, Erik van. *Socialism*. Oxford: Berg, 1989."
        ),
    ),
)
def out_of_order(document: Document) -> Iterator[Problem]:
    """An entry that breaks the alphabetical order of its list.

    Names may be filed with or without their particle (van Ree, El-Ghonemy), Mc as Mac, ö as oe, and works
    without author by their title: whatever makes the order right is taken. A list that follows another
    order, as by date, is left alone.
    """
    for group in lists(document.entries):
        for _, members in groupby(group, key=lambda entry: entry.heading):
            yield from _check(document, [entry for entry in members if _keys(entry)])


def _check(document: Document, entries: Sequence[Entry]) -> Iterator[Problem]:
    if len(entries) < _LEAST:
        return
    odd = []
    kept = [entries[0]]
    for place, entry in enumerate(entries[1:], 1):
        if _in_order(kept[-1], entry):
            kept.append(entry)
            continue
        before = kept[-2] if len(kept) > 1 else None
        following = entries[place + 1] if place + 1 < len(entries) else None
        # The one whose removal mends the order is out of place; the later one if either does.
        if (
            (before is None or _in_order(before, entry))
            and following is not None
            and not _in_order(kept[-1], following)
        ):
            odd.append((kept[-1], entry, "before"))
            kept[-1] = entry
        else:
            odd.append((entry, kept[-1], "after"))
    if len(odd) > max(1, _MOST_ODD * len(entries)):
        return
    for entry, neighbour, side in odd:
        yield Problem(
            entry.span,
            f"{_name(entry)} stands {side} {_name(neighbour)}: the list is in alphabetical order",
            help="move the entry to its place",
            entry=entry,
            related=(related_entry(document, neighbour, "its neighbour"),),
        )


def _in_order(one: Entry, other: Entry) -> bool:
    return any(first <= second for first in _keys(one) for second in _keys(other)) or _script(one) != _script(
        other
    )


def _name(entry: Entry) -> str:
    names = entry.reference.people
    return names[0].family if names else f"“{' '.join((entry.reference.title or '').split()[:4])}”"


def _script(entry: Entry) -> bool:
    letter = next((letter for letter in _name(entry) if letter.isalpha()), "a")
    return letter < "Ͱ"


def _keys(entry: Entry) -> set[str]:
    """Return what an entry may be filed under."""
    names = entry.reference.people
    if not names:
        title = entry.reference.title or ""
        return {key for key in (" ".join(title_words(title)), fold(title)) if key}
    family = names[0].family
    if not _script(entry):
        return {family.casefold().replace("ё", "е")}
    keys = {family_key(family), fold(family).replace(" ", "")}
    keys |= {fold(re.sub(r"ö", "oe", re.sub(r"ä", "ae", re.sub(r"ü", "ue", family)))).replace(" ", "")}
    keys |= {re.sub(r"^mc", "mac", key) for key in keys} | {
        re.sub(r"^st(?=[^aeiour])", "saint", key) for key in keys
    }
    if not family[:1].isascii() or re.match(r"(?:Cs|Gy|Ly|Ny|Sz|Ty|Zs|Ch|Ll)", family):
        # Letters of their own in some alphabets, filed after the plain ones.
        keys |= {f"{key[0]}~{key[1:]}" for key in keys if key}
    return {key for key in keys if key}
