"""STY606."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import attrs

from citecheck.archives import Hierarchy, fold_label
from citecheck.citations import ArchivalReference, Citation, Level
from citecheck.documents import Document
from citecheck.evidence.majority import Usage, usage
from citecheck.evidence.texts import text_of
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="STY606",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Diary of Ambassador Ivanov, 13 April 1956, RGANI, Fond 5, Opis 28, Delo 410, List 120.\n"
            "Memorandum of Conversation, 7 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
            "Report, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
            "RGANI, Fond 5, Opis 28, Delo 411, l. 156.",
            says="“l.” is abbreviated; 3 of 4 references write it out, as “List”",
            fixed=(
                "Diary of Ambassador Ivanov, 13 April 1956, RGANI, Fond 5, Opis 28, Delo 410, List 120.\n"
                "Memorandum of Conversation, 7 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
                "Report, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
                "RGANI, Fond 5, Opis 28, Delo 411, List 156."
            ),
        ),
        Bad(
            "RGANI, f. 5, op. 28, d. 410, l. 120.\nRGANI, f. 5, op. 28, d. 412, ll. 4–5.\n"
            "RGANI, f. 5, op. 28, d. 412, l. 96.\n"
            "RGANI, F. 5, op. 28, d. 411, l. 156.",
            says="“F.” has a capital; 3 of 4 references have none, as in “f.”",
            fixed=(
                "RGANI, f. 5, op. 28, d. 410, l. 120.\nRGANI, f. 5, op. 28, d. 412, ll. 4–5.\n"
                "RGANI, f. 5, op. 28, d. 412, l. 96.\n"
                "RGANI, f. 5, op. 28, d. 411, l. 156."
            ),
        ),
        Bad(
            "RGANI, Fond 5, Opis 28, Delo 410, List 120.\nRGANI, Fond 5, Opis 28, Delo 412, List 22.\n"
            "RGANI, Fond 5, Opis 28, Delo 411, List 156.\nRGANI, Fond 5, Opis 28, Delo 411, ll. 15–16.",
            says="“ll.” is abbreviated; 3 of 4 references write it out, as “List”",
        ),
        Bad(
            "KTS, 4. doboz, 5/a, 002749/1957.\nKTS, 7. doboz, 5/f, 003612/1959.\nKTS, 8. doboz, 5/f, 004214/1960.\n"
            "KTS, box 9, 5/f, 002112/1957.",
            says="“box” is English; 3 of 4 references have the archive's own word, as “doboz”",
        ),
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410, List 120.\nRGANI, Fond 5, Opis 28, Delo 412, Listy 222-224.\n"
            "TNA, FO 371/24420, fol. 12r.\nРГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 12.\n"
            "РГАНИ. Ф. 5. Оп. 28. Д. 411. Лл. 3–4."
        ),
        Good(
            "TNA, CO 5/1366, fol. 12.\nTNA, CO 5/1367, fol. 14.\nTNA, CO 5/1368, fol. 2.\n"
            "TNA, CO 5/1369, fol. 7.\nTNA, CO 5/1366, fols 12–15.\nTNA, CO 5/1366, fos 3–4."
        ),
    ),
)
def level_labels(document: Document) -> Iterator[Problem]:
    """A level of description labelled in another way than elsewhere: *l.* beside *List*, *F.* beside *f.*

    So is *box* where the others have *doboz*: one language serves for the labels of one archive. Leaves and
    pages may differ, a translation having pages. Without its full stop, an abbreviation is still one: *fols*
    beside *fol.* is right.

    Each level is compared within one archive's system and one alphabet. List and Listy are one way of
    writing; whether one leaf or several are meant is a matter of folio-number.
    """
    groups: defaultdict[tuple[str | None, str, str], list[_Label]] = defaultdict(list)
    for citation, reference in document.archival:
        for label in _labels(
            citation, reference, document.registry.hierarchies.get(reference.hierarchy or "")
        ):
            groups[reference.hierarchy, label.key, _script(label.written)].append(label)
    for labels in groups.values():
        odd_words = list(_odd_language(labels))
        yield from (_foreign(document, *each) for each in odd_words)
        foreign = {id(label) for label, _ in odd_words}
        odd = [each for each in _odd_length(labels) if id(each[0]) not in foreign]
        yield from (_problem(document, *each) for each in odd)
        named = {id(label) for label, _, _ in odd} | foreign
        yield from (_problem(document, *each) for each in _odd_capital(labels) if id(each[0]) not in named)


def _odd_length(labels: list["_Label"]) -> Iterator[tuple["_Label", str, str | None]]:
    """Yield the labels of unusual length, each with what to say of it and how to write it, where that is known."""
    length = usage(labels, lambda label: label.length, share=0.7)
    if length is None:
        return
    usual = "write it out" if length.form == _FULL else "abbreviate it"
    for odd, form in length.odd:
        example = _like(odd, labels, length)
        shown = example or length.example.written
        yield odd, f"is {form}; {length.count} of {length.total} references {usual}, as “{shown}”", example


def _odd_capital(labels: list["_Label"]) -> Iterator[tuple["_Label", str, str]]:
    """Yield the labels with an unusual first letter, each with what to say of it and how to write it."""
    capital = usage(labels, lambda label: label.capital, share=0.7)
    if capital is None:
        return
    for odd, has in capital.odd:
        example = odd.written.lower() if has else odd.written.capitalize()
        what, others = ("a", "none") if has else ("no", "one")
        counted = f"{capital.count} of {capital.total} references have {others}"
        yield odd, f"has {what} capital; {counted}, as in “{example}”", example


# English for levels that have a word of their own in the archive's language.
_ENGLISH = frozenset(
    (*("box", "boxes", "carton", "cartons", "folder", "folders", "file", "files"), *("inventory", "fund"))
)


def _odd_language(labels: list["_Label"]) -> Iterator[tuple["_Label", str]]:
    """Yield English labels among those of the archive's language, each with what to say of it."""
    own = usage(labels, lambda label: None if label.key == "folio" else label.is_english, share=0.7)
    if own is None or own.form:
        return
    for odd, _ in own.odd:
        others = f"{own.count} of {own.total} references have the archive's own word"
        yield odd, f"is English; {others}, as “{own.example.written}”"


_ABBREVIATED, _FULL = "abbreviated", "written out"


@attrs.frozen
class _Label:
    """The label of one level where it is written."""

    citation: Citation = attrs.field(eq=False)
    key: str
    written: str
    start: int
    many: bool
    """Whether it stands for several, as Listy does."""
    known: tuple[str, ...]
    """The labels that the archive's system knows for the level."""

    @property
    def length(self) -> str:
        """Abbreviated or written out; British authors leave the stop of “fols” and “fos” out."""
        folded = fold_label(self.written)
        has_stop = any(label.endswith(".") and fold_label(label) == folded for label in self.known)
        return _ABBREVIATED if has_stop or self.written.endswith(".") or len(self.written) <= 2 else _FULL

    @property
    def is_english(self) -> bool:
        return self.written.lower().rstrip(".") in _ENGLISH

    @property
    def capital(self) -> bool:
        return self.written[:1].isupper()


def _is_slip(level: Level, hierarchy: Hierarchy) -> bool:
    kind = hierarchy.by_key.get(level.key)
    known = {fold_label(label) for label in kind.labels} if kind is not None else set()
    return bool(level.label) and fold_label(level.label) not in known and level.key in hierarchy.by_key


def _labels(
    citation: Citation, reference: ArchivalReference, hierarchy: Hierarchy | None
) -> Iterator[_Label]:
    for level in reference.printed:
        if hierarchy is not None and _is_slip(level, hierarchy):
            # What is misspelt is said of it already.
            continue
        label = _locate(citation, level.key, level.label, level.span, False, _known(hierarchy, level.key))
        if label is not None:
            yield label
    leaves = hierarchy.locator if hierarchy is not None else None
    for locator in reference.locators:
        label = _locate(
            citation,
            "folio",
            locator.written_label,
            locator.span,
            _is_many(locator.written_label),
            leaves.labels if leaves is not None else (),
        )
        if label is not None:
            yield label


def _known(hierarchy: Hierarchy | None, key: str) -> tuple[str, ...]:
    kind = hierarchy.by_key.get(key) if hierarchy is not None else None
    return kind.labels if kind is not None else ()


def _locate(
    citation: Citation, key: str, written: str, span: tuple[int, int], many: bool, known: tuple[str, ...]
) -> _Label | None:
    """Find the label, which stands before its value, or right behind it (11. doboz)."""
    written = written.strip()
    if not written or not any(map(str.isalpha, written)):
        return None
    start = citation.text.rfind(written, max(0, span[0] - len(written) - 4), span[1] + len(written) + 4)
    if start < 0:
        return None
    # The reading may leave the stop of an abbreviation out.
    stop = citation.text[start + len(written) : start + len(written) + 1]
    whole = written + stop if stop == "." and len(written) <= 4 else written
    return _Label(citation, key, whole, start, many, known)


def _is_many(written: str) -> bool:
    bare = written.rstrip(".").lower()
    return len(bare) >= 2 and (bare[-1] in "yыs" or bare[0] == bare[1:2])


def _script(written: str) -> str:
    letter = next(letter for letter in written if letter.isalpha())
    return unicodedata.name(letter, "?").split()[0]


def _like(odd: _Label, labels: list[_Label], length: Usage[_Label, str]) -> str | None:
    """Return how the manuscript usually writes this label for as many leaves; None where it never does."""
    same = (label.written for label in labels if label.length == length.form and label.many == odd.many)
    return next(same, None)


def _foreign(document: Document, odd: _Label, says: str) -> Problem:
    text = text_of(odd.citation, document)
    start = odd.citation.start + odd.start
    return text.problem(
        start, start + len(odd.written), f"“{odd.written}” {says}", help="write all labels in one language"
    )


def _problem(document: Document, odd: _Label, says: str, replacement: str | None) -> Problem:
    text = text_of(odd.citation, document)
    start, end = odd.citation.start + odd.start, odd.citation.start + odd.start + len(odd.written)
    message = f"“{odd.written}” {says}"
    if replacement is None:
        return text.problem(start, end, message, help="write all labels in one length")
    fix = text.fix(start, end, replacement)
    return text.problem(start, end, message, help=f"write {replacement}", fix=fix)
