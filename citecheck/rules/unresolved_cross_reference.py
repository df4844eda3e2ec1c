"""SHT305."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from citecheck.citations import ArchivalReference, Citation, CrossReference, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.evidence.numbering import numberings
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.reading.creators import read_creators
from citecheck.reading.repetitions import LOC_CIT, OP_CIT
from citecheck.resolving.names import family_key, name_words
from citecheck.resolving.works_cited import shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT305",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nSee note 300.",
            says="note 300 does not exist: the notes end at 2",
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nSee note 3 above.\nSzalontai, *Kim Il Sung*, 98.",
            says="note 3 stands below, not above",
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nSzalontai, *Kim Il Sung*, 98.\nLankov, supra note 2, 70.",
            says="note 2 does not cite Lankov",
        ),
        Bad(
            "As he said [DOCUMENT No. 2], it was so.\n\nIt was not [DOCUMENT No. 1].\n\nDOCUMENT No. "
            "1\n\nMemorandum of Conversation",
            says="DOCUMENT No. 2 is referred to, but no document of that number is in the text",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Hobsbawm, op. cit., 33.",
            says="“Hobsbawm, op. cit., 33” refers to nothing: no work of Hobsbawm is cited before",
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Lankov, op. cit., 33."
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Hobsbawm, op. cit., 33.\n"
            "Eric Hobsbawm, *Age of Extremes* (London: Michael Joseph, 1994), 19.",
            says="“Hobsbawm, op. cit., 33” refers to nothing: no work of Hobsbawm is cited before",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "TNA, FO 371/5228/E9849, Wilson to Montagu, 13 August 1920.\n"
            "Wilson, op. cit., 312.",
            says="“Wilson, op. cit., 312” refers to nothing: no work of Wilson is cited before",
        ),
        Bad(
            "Laurien Crump, The Warsaw Pact Reconsidered. International Relations, London 2015, S. 57–63.\n"
            "Mihai Retegan, In the Shadow of the Prague Spring, Iași 2000, S. 55.\nCrump (wie Anm. 2), S. 66.",
            says="note 2 does not cite Crump",
        ),
        Good(
            "Laurien Crump, The Warsaw Pact Reconsidered. International Relations, London 2015, S. 57–63.\n"
            "Crump (wie Anm. 1), S. 66."
        ),
        Good("Lankov, *Crisis in North Korea*, 63.\nSee note 1.\nLankov, supra note 1, 70."),
        Bad(
            "This is well known (Lankov 2005: 45), but Hobsbawm (op. cit., 33) denies it.\n\nReferences\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press.",
            says="“Hobsbawm (op. cit., 33)” refers to nothing: no work of Hobsbawm is cited before",
        ),
        Good(
            "This is well known (Lankov 2005: 45), as Lankov, op. cit., 33, repeats.\n\nReferences\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press."
        ),
    ),
)
def unresolved_cross_reference(document: Document) -> Iterator[Problem]:
    """A pointer to a note or a document of this text that is not there, or is not what it is said to be.

    Such pointers go wrong when notes are added or moved. A pointer into another text (“note 5 in Lankov’s
    book”) is none of these. An *op. cit.* leads nowhere where no work of its author is cited before it or listed; nothing
    is said of it where notes are missing, or where so few works are cited in full that they stand in another
    file. Documents count only where the text prints some under numbered headings.
    """
    pointers = [
        (citation, citation.reference)
        for citation in document.citations
        if isinstance(citation.reference, CrossReference)
    ]
    labels = _labels(document)
    cited: defaultdict[tuple[int, str | None], list[Citation]] = defaultdict(list)
    for citation in document.citations:
        cited[citation.section, citation.note].append(citation)
    for citation, reference in pointers:
        if reference.target == "note":
            yield from _check_note(citation, reference, document, labels)
            there = cited[citation.section, reference.values[0]] if len(reference.values) == 1 else []
            yield from _check_name(citation, reference, document, there)
    yield from _check_bracketed(document, cited)
    yield from _check_works_cited(document)
    yield from _check_documents([pair for pair in pointers if pair[1].target == "document"], document)


def _labels(document: Document) -> Mapping[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for note in document.manuscript.notes:
        found[note.section].add(note.label or "")
    return found


def _check_note(
    citation: Citation, reference: CrossReference, document: Document, labels: Mapping[int, set[str]]
) -> Iterator[Problem]:
    if re.search(r"\b(?:[Cc]hap(?:ter|\.)|[Pp]art|[Aa]ppendix)\b", citation.text):
        return
    here = (
        labels.get(citation.section)
        if citation.in_note is not None
        else set().union(*labels.values())
        if labels
        else None
    )
    if not here:
        return
    for value in reference.values:
        if not value.isdecimal():
            continue
        if value not in here:
            last = max((int(label) for label in here if label.isdecimal()), default=0)
            reason = f"the notes end at {last}" if int(value) > last else "it is missing"
            yield Problem(
                citation.span,
                f"note {value} does not exist: {reason}",
                label="leads nowhere",
                help="look for the note that is meant",
                citation=citation,
            )
        elif value == citation.note:
            yield Problem(
                citation.span, f"note {value} refers to itself", label="this note", citation=citation
            )
        elif (wrong := _direction(citation, int(value))) is not None:
            said, stands = wrong
            yield Problem(
                citation.span,
                f"note {value} stands {stands}, not {said}",
                label="the other way",
                help="look for the note that is meant",
                citation=citation,
            )


_ABOVE = re.compile(r"\b(?:above|supra|oben|ci-dessus|plus haut|выше)\b", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:below|infra|unten|ci-dessous|plus loin|ниже)\b", re.IGNORECASE)


def _direction(citation: Citation, value: int) -> tuple[str, str] | None:
    """Return where a pointer says that a note stands and where it does stand, if the two differ."""
    above, below = (pattern.search(citation.text) is not None for pattern in (_ABOVE, _BELOW))
    if above == below or citation.note is None or not citation.note.isdecimal():
        return None
    stands_above = value < int(citation.note)
    if above == stands_above:
        return None
    return ("above", "below") if above else ("below", "above")


_NAMED = re.compile(
    r"(?P<names>[^\W\d_][^,;()]*),\s*(?:\*?supra\*?|above|see|in)?,?\s*(?:nn?\.|notes?|fn\.?)\s?\d",
    re.IGNORECASE,
)


def _check_name(
    citation: Citation, reference: CrossReference, document: Document, there: list[Citation]
) -> Iterator[Problem]:
    """Check “Lankov, supra note 2”: that note must cite Lankov."""
    named = _NAMED.match(citation.text)
    if named is None or citation.in_note is None or not named.group("names")[0].isupper():
        return
    name = read_creators(named.group("names"))[0]
    if not there or any(family_key(name.family) in _families(other) for other in there):
        return
    yield Problem(
        citation.span,
        f"note {reference.values[0]} does not cite {name.family}",
        label="another source stands there",
        help="look for the note that is meant",
        citation=citation,
        related=tuple(document.related(other, "cited there") for other in there[:3]),
    )


# “Crump (wie Anm. 18), S. 66”
_IN_BRACKET = re.compile(
    r"\((?:wie|vgl\.|siehe|s\.|see|as in|cf\.)\s(?:oben,?\s|above,?\s)?(?:Anm\.|Fn\.|nn?\.|notes?|fn\.)\s?(?P<note>\d{1,4})\)"
)


def _check_bracketed(
    document: Document, cited: Mapping[tuple[int, str | None], list[Citation]]
) -> Iterator[Problem]:
    """Check “Crump (wie Anm. 18)”: note 18 must cite Crump."""
    for citation, reference in document.works:
        pointer = _IN_BRACKET.search(citation.text) if reference.creators else None
        there = cited.get((citation.section, pointer["note"])) if pointer is not None else None
        if pointer is None or not there:
            continue
        families = {family_key(name.family) for name in reference.creators}
        if any(not families.isdisjoint(_families(other)) or _repeats(other) for other in there):
            continue
        yield Problem(
            citation.locate(pointer.span()),
            f"note {pointer['note']} does not cite {reference.creators[0].family}",
            label="another source stands there",
            help="look for the note that is meant",
            citation=citation,
            related=tuple(document.related(other, "cited there") for other in there[:3]),
        )


def _repeats(citation: Citation) -> bool:
    """Tell whether a citation names nobody itself: ibid., an archival document."""
    return not getattr(citation.reference, "creators", ())


def _families(citation: Citation) -> set[str]:
    names = getattr(citation.reference, "creators", ())
    words = {word for name in names for word in name_words(name)}
    # An archival document or an ibid. may be by anybody.
    return (
        words
        | {family_key(name.family) for name in names}
        | ({*re.findall(r"\w+", citation.text.lower())} if not names else set())
    )


_OPUS_CITATUM = re.compile(rf"\b(?:{OP_CIT}|{LOC_CIT})", re.IGNORECASE)


def _check_works_cited(document: Document) -> Iterator[Problem]:
    """Check “Hobsbawm, op. cit., 33”: something by that author must be cited before, or listed."""
    lost: list[tuple[Citation, WorkReference]] = []
    in_full = 0
    for citation, reference in document.works:
        in_full += reference.kind in (Kind.FULL, Kind.CHAPTER, Kind.AUTHOR_DATE)
        resolution = document.resolution(citation)
        if (
            reference.kind is Kind.SHORT
            and reference.creators
            and reference.title is None
            and reference.date is None
            and not resolution.candidates
            and resolution.entry is None
            and (resolution.key is None or _stands_behind(resolution.antecedent, citation))
            and _OPUS_CITATUM.search(citation.text) is not None
        ):
            lost.append((citation, reference))
    if not lost or _lacks_notes(document):
        return
    first_named = _first_notes(document)
    # A note before that names the author may cite what could not be read.
    lost = [
        pair
        for pair in lost
        if not (
            _is_named_before(*pair, first_named)
            if pair[0].in_note is not None
            else _is_named_elsewhere(*pair, document, first_named)
        )
    ]
    if len(lost) > in_full:
        return
    for citation, reference in lost:
        yield Problem(
            citation.span,
            f"“{shorten(citation.text)}” refers to nothing: no work of {reference.creators[0].family} is "
            "cited before",
            label="leads nowhere",
            help="give the full citation here",
            citation=citation,
        )


def _stands_behind(antecedent: Citation | None, citation: Citation) -> bool:
    """Tell whether the only work that could be meant is cited in a later note."""
    return (
        antecedent is not None
        and antecedent.in_note is not None
        and citation.in_note is not None
        and antecedent.in_note.ordinal > citation.in_note.ordinal
    )


def _is_named_before(citation: Citation, reference: WorkReference, first_named: Mapping[str, int]) -> bool:
    own = citation.in_note.ordinal if citation.in_note is not None else 0
    words = name_words(Name(reference.creators[0].family))
    return any(first_named.get(word, own) < own for word in words)


def _is_named_elsewhere(
    citation: Citation, reference: WorkReference, document: Document, first_named: Mapping[str, int]
) -> bool:
    """Tell whether the text before a reference in it, or any note, names its author."""
    family = reference.creators[0].family
    if any(word in first_named for word in name_words(Name(family))):
        return True
    for passage in document.manuscript.body:
        if passage is citation.passage:
            return family in passage.text[: citation.start]
        if family in passage.text:
            return True
    return False


def _lacks_notes(document: Document) -> bool:
    """Tell whether notes are missing, in which the work may have been cited."""
    return any(
        run.missing or (run.notes and run.notes[0].number not in (None, 1))
        for run in numberings(document.manuscript)
    )


def _first_notes(document: Document) -> Mapping[str, int]:
    """Return the ordinal of the first note that holds each word; who wrote a letter in an archive wrote no work there."""
    found: dict[str, int] = {}
    for note in document.manuscript.notes:
        words = note.passage.text
        for citation in document.by_note.get(note.ordinal, ()):
            if isinstance(citation.reference, ArchivalReference) and citation.reference.unread is None:
                words = words.replace(citation.text, " ")
        for word in name_words(Name(words)):
            found.setdefault(word, note.ordinal)
    return found


_HEADING = re.compile(
    r"[*#_\s]*(?:DOCUMENT|Document|ДОКУМЕНТ|Документ|Dokument)\s+(?:[Nn]o\.?\s*|№\s*|Nr\.?\s*)?(?P<number>\d+)\b"
)


def _check_documents(
    pointers: list[tuple[Citation, CrossReference]], document: Document
) -> Iterator[Problem]:
    """Check “[DOCUMENT No. 9]” against the headings of the documents that are printed."""
    headings: dict[str, Span] = {}
    for passage in document.manuscript.body:
        match = _HEADING.match(passage.text) if len(passage.text) < 300 else None
        if match is not None and "[" not in passage.text[: match.end()]:
            headings.setdefault(match.group("number"), passage.span(0, match.end()))
    if not headings:
        return
    lost: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation, reference in pointers:
        for value in reference.values:
            if value.isdecimal() and value not in headings:
                lost[value].append(citation)
    for value, citations in lost.items():
        others = tuple(document.related(other, "refers to it too") for other in citations[1:])
        expected = _expected(headings, int(value))
        printed = (
            ()
            if expected is None
            else (Related(document.manuscript, expected, "the document is expected here"),)
        )
        yield Problem(
            citations[0].span,
            f"{_written(citations[0], value)} is referred to, but no document of that number is in the text",
            label="leads nowhere",
            help="check the number, or whether the document or its heading was lost",
            citation=citations[0],
            related=(*others, *printed),
        )


def _expected(headings: Mapping[str, Span], wanted: int) -> Span | None:
    """Return the stretch between the headings before and after a number that has none."""
    before = [(int(number), span) for number, span in headings.items() if int(number) < wanted]
    after = [(int(number), span) for number, span in headings.items() if int(number) > wanted]
    if not before or not after:
        return None
    return Span(max(before)[1].end, max(max(before)[1].end, min(after)[1].start))


def _written(citation: Citation, value: str) -> str:
    words = re.search(r"([^\W\d_]+)s?\s+(No)s?\.", citation.text)
    return (
        f"{words.group(1).removesuffix('S').removesuffix('s')} No. {value}"
        if words is not None
        else f"document {value}"
    )
