"""Which archival citations of a manuscript mean the same document, and which only the same file.

A document is known by its registry number where the archive numbers documents (Hungary), and by the
leaves that it fills where the archive numbers files. Everything here is grouped once and looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.reading.folios import fold_value


@attrs.frozen
class Filed:
    """An archival citation with what tells its document from others.

    ``archive`` is the registry's id or the name as written; ``series`` the numbering that a number
    belongs to; ``container`` the levels where the document lies; ``number`` the document's own
    number, or None where the archive numbers files only or the document has none.
    """

    citation: Citation
    reference: ArchivalReference
    archive: str
    series: str
    container: tuple[tuple[str, str], ...]
    number: str | None
    file: str
    """The container in words, with its values as they are written: ``fond 5, opis 28, delo 410``."""

    @property
    def leaves(self) -> tuple[tuple[str, str], ...]:
        """The leaves, first and last."""
        return tuple((locator.start, locator.end or locator.start) for locator in self.reference.locators)

    @property
    def series_as_cited(self) -> str:
        """The numbering that the number belongs to, by the author's code where he has one: KTS."""
        return self.reference.levels[0].value if self.reference.stands_for else self.series

    @property
    def date(self) -> str:
        """The document's date in the author's words."""
        span = self.reference.date_span
        written = self.citation.text[slice(*span)] if span is not None else ""
        return written.strip(" ,.") or self.reference.date or "no date"


@lru_cache(maxsize=2)
def filed(document: Document) -> tuple[Filed, ...]:
    """Return the archival citations of a document that name a place and were read to their end, in reading order.

    What was read only in part cannot be compared: the words left over may tell it from all others. What *ibid.*
    leaves out is not compared either.
    """
    return tuple(
        member
        for member in placed(document)
        if member.reference.unread is None and member.reference is member.citation.reference
    )


def placed(document: Document) -> tuple[Filed, ...]:
    """Return all citations of a document that name a place in an archive, in reading order.

    “Ibid., d. 411” names one too: the place before, with the levels that it states anew.
    """
    found: list[Filed] = []
    for citation in document.citations:
        stated = citation.reference
        reference = (
            stated if isinstance(stated, ArchivalReference) else document.resolution(citation).restated
        )
        if reference is not None and reference.levels:
            found.append(_filed(citation, reference, document))
    return tuple(found)


def _filed(citation: Citation, reference: ArchivalReference, document: Document) -> Filed:
    hierarchy = document.registry.hierarchies.get(reference.hierarchy or "")
    kinds = hierarchy.by_key if hierarchy is not None else {}
    numbering = next(
        (level for level in reference.spelt_out if level.key in kinds and kinds[level.key].document), None
    )
    series = [level for level in reference.spelt_out if level.key in ("series", "fond", "subfond", "year")]
    rest = [
        level
        for level in reference.spelt_out
        if level is not numbering and not (numbering and level in series)
    ]
    has_number = numbering is not None and re.match(r"[A-Za-z]*[-–]?\d", numbering.value) is not None
    return Filed(
        citation=citation,
        reference=reference,
        archive=reference.archive or reference.archive_written,
        series="/".join(fold_value(level.value) for level in series) if numbering is not None else "",
        container=tuple((level.key, fold_value(level.told_apart)) for level in rest),
        number=fold_value(numbering.value) if has_number and numbering is not None else None,
        file=", ".join(
            f"{level.sort or (kinds[level.key].name if level.key in kinds else level.key)} {level.value}"
            for level in rest
        ),
    )


def numbered(filings: Iterable[Filed]) -> Mapping[tuple[str, str, str], tuple[Filed, ...]]:
    """Group citations by the document's own number within its series."""
    groups: defaultdict[tuple[str, str, str], list[Filed]] = defaultdict(list)
    for filing in filings:
        if filing.number is not None:
            groups[filing.archive, filing.series, filing.number].append(filing)
    return {key: tuple(group) for key, group in groups.items()}


def on_leaves(filings: Iterable[Filed]) -> Mapping[tuple[object, ...], tuple[Filed, ...]]:
    """Group citations by the leaves of the file that they fill, for archives that number files."""
    groups: defaultdict[tuple[object, ...], list[Filed]] = defaultdict(list)
    for filing in filings:
        if not filing.series and filing.number is None and filing.leaves:
            groups[filing.archive, filing.container, filing.leaves].append(filing)
    return {key: tuple(group) for key, group in groups.items()}


def same_document(filings: Iterable[Filed]) -> list[tuple[str, tuple[Filed, ...]]]:
    """Return the groups of citations that mean one document, each with the document's name in words."""
    everything = tuple(filings)
    groups = [(f"number {number}", group) for (_, _, number), group in numbered(everything).items()]
    for group in on_leaves(everything).values():
        first, last = group[0].leaves[0][0], group[0].leaves[-1][1]
        label = group[0].reference.locators[0].label
        leaves = f"{label} {first}" if first == last else f"{label}s {first}–{last}"
        groups.append((f"{group[0].file}, {leaves}", group))
    groups += [(group[0].file, group) for group in _letters(everything).values()]
    return [(name, group) for name, group in groups if len(group) > 1]


# A letter is described by who wrote to whom: “Clayton to Tilley”.
_CORRESPONDENTS = re.compile(r"\w\sto\s\w")


def _letters(filings: Iterable[Filed]) -> Mapping[tuple[object, ...], tuple[Filed, ...]]:
    """Group letters by the registered paper that they are (FO 371/5228/E9849) and by who wrote to whom.

    Minutes and enclosures lie under the number of the paper too, and so one number alone does not make one document.
    """
    groups: defaultdict[tuple[object, ...], list[Filed]] = defaultdict(list)
    for filing in filings:
        description = fold_description(filing.reference.description)
        is_paper = bool(filing.container) and filing.container[-1][0] == "former_ref" and not filing.leaves
        if is_paper and _CORRESPONDENTS.search(description):
            groups[filing.archive, filing.container, description].append(filing)
    return {key: tuple(group) for key, group in groups.items()}


def agree(first: str | None, second: str | None) -> bool:
    """Tell whether two EDTF dates may be one: the same, or one only less precise; no date agrees with any."""
    return first is None or second is None or first.startswith(second) or second.startswith(first)


@lru_cache(maxsize=1 << 12)
def fold_description(description: str | None) -> str:
    """Return a description as descriptions are compared: without case, articles and numbering in an appendix."""
    words = re.sub(r"^document\s+(?:no\.?\s*)?[\divx]+:\s*", "", (description or "").casefold())
    words = re.sub(r"\b(?:an?|the)\s+", "", words)
    words = re.sub(r"['’]\s", "'", words.replace("’", "'"))
    return re.sub(r"[\s.,:;“”\"*]+", " ", words).strip()


def odd_ones(group: Iterable[Filed], value: Mapping[int, str]) -> list[tuple[Filed, str, list[Filed]]]:
    """Return the citations that differ from what most of a group say, each with the value and those others.

    ``value`` gives what each citation says, by the position in the group. Where all are equally
    many, the first one stands and the later ones differ from it.
    """
    members = list(group)
    by_value: defaultdict[str, list[Filed]] = defaultdict(list)
    for position, said in value.items():
        by_value[said].append(members[position])
    usual = max(by_value, key=lambda said: len(by_value[said]))
    return [
        (member, usual, by_value[usual])
        for said, others in by_value.items()
        if said != usual
        for member in others
    ]
