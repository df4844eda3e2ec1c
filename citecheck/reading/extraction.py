"""Finds the citations of a manuscript: the places in archives first, then works in what is left."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from citecheck.archives import Archive, Registry
from citecheck.citations import (
    ArchivalReference,
    Citation,
    IbidReference,
    Kind,
    Offsets,
    WorkReference,
)
from citecheck.manuscript import Manuscript, Note, Passage
from citecheck.reading.archival import NameIndex, Place, find_places
from citecheck.reading.archival_citations import (
    DATE_JOINT,
    cite_continuation,
    cite_place,
    describe,
    reference_to,
)
from citecheck.reading.archive_names import LETTERS_PATTERN
from citecheck.reading.author_dates import find_dated, read_dated_clause, read_unlisted
from citecheck.reading.bracketed_works import find_works_in_brackets
from citecheck.reading.damage import is_letter_gapped
from citecheck.reading.dates import find_date, read_date
from citecheck.reading.declarations import declared_names, passages
from citecheck.reading.descriptions import end_of_description
from citecheck.reading.editions import read_continued
from citecheck.reading.found import apart_from
from citecheck.reading.listed import NOTHING_LISTED, ListedWorks
from citecheck.reading.segmenting import Clause, read_signal, split_clauses
from citecheck.reading.tails import unread_tail
from citecheck.reading.works import Found, find_inline, read_clause


def find_citations(
    manuscript: Manuscript,
    registry: Registry,
    declared: Mapping[str, str] | None = None,
    listed: ListedWorks = NOTHING_LISTED,
) -> tuple[Citation, ...]:
    """Return all citations of a manuscript's body and notes, in reading order of each.

    Args:
        manuscript: what a reader made of the file.
        registry: the archives that are known.
        declared: the short forms that the manuscript explains, if they are known already.
        listed: authors, years and pages of the works in its bibliography.
    """
    names = NameIndex(registry, declared_names(manuscript) if declared is None else declared)
    # What stands in several notes word for word (“Ibid., 45.”) is read once.
    texts = [passage.text for passage in passages(manuscript)]
    places = {text: [] if _is_lost(text) else find_places(text, names) for text in dict.fromkeys(texts)}
    cited = Counter(place.archive.id for text in texts for place in places[text] if place.archive is not None)
    local = [registry.archives[archive] for archive, _ in cited.most_common()]
    citations: list[Citation] = []
    for position, passage in enumerate(manuscript.body):
        found = _read_body(manuscript.body, position, places[passage.text], listed)
        found = list(_with_tails(passage.text, found, registry, in_brackets=True))
        citations += [_in_body(each, passage, len(citations) + index) for index, each in enumerate(found, 1)]
    read: dict[str, list[Found]] = {}
    for note in manuscript.notes:
        text = note.passage.text
        if text not in read:
            found = _read_note(text, places[text], names, local, listed)
            read[text] = list(_with_tails(text, found, registry))
    if _cite_by_date(read.values()):
        for text in [text for text, found in read.items() if all(map(_is_title_alone, found))]:
            dated = [each for clause in split_clauses(text) for each in read_unlisted(text, clause)]
            read[text] = dated or read[text]
    # A number or a symbol that comes twice: what the second note cites counts on, so that no two citations share an id.
    before: Counter[tuple[int, str | None]] = Counter()
    for note in manuscript.notes:
        found = read[note.passage.text]
        citations += _number(found, note, before[note.section, note.label] + 1)
        before[note.section, note.label] += len(found)
    return tuple(citations)


def _is_title_alone(found: Found) -> bool:
    """Tell whether nothing but a title was read: “see Brown 1999, 12” may be one, where no list has a Brown."""
    reference = found.reference
    return isinstance(reference, WorkReference) and reference.kind is Kind.SHORT and not reference.creators


_FEWEST_DATED = 5


def _cite_by_date(notes: Iterable[Sequence[Found]]) -> bool:
    """Tell whether notes cite works by author and date: several do, and most that cite works."""
    works = [
        [each.reference for each in found if isinstance(each.reference, WorkReference)] for found in notes
    ]
    dated = sum(any(each.kind is Kind.AUTHOR_DATE for each in note) for note in works)
    return dated >= _FEWEST_DATED and 2 * dated >= sum(map(bool, works))


# In a long paragraph with most letters missing, single ones are no names of archives.
_LONG = 300


def _is_lost(text: str) -> bool:
    return len(text) > _LONG and is_letter_gapped(text)


def _in_body(found: Found, passage: Passage, index: int) -> Citation:
    text = passage.text[found.start : found.end]
    return Citation(
        section=0,
        note=None,
        index=index,
        reference=found.reference,
        text=text,
        passage=passage,
        start=found.start,
        signal=found.signal,
        unread=_shift_unread(found),
    )


def _number(found: Iterable[Found], note: Note, first: int) -> Iterator[Citation]:
    for index, each in enumerate(found, first):
        yield Citation(
            section=note.section,
            note=note.label,
            index=index,
            reference=each.reference,
            text=note.passage.text[each.start : each.end],
            passage=note.passage,
            start=each.start,
            signal=each.signal,
            in_note=note,
            unread=_shift_unread(each),
        )


def _shift_unread(found: Found) -> Offsets | None:
    if found.unread is None:
        return None
    return found.unread[0] - found.start, found.unread[1] - found.start


def _with_tails(
    text: str, found: Sequence[Found], registry: Registry, *, in_brackets: bool = False
) -> Iterator[Found]:
    """Give each citation of an archive the words behind it that belong to it and were not read.

    Args:
        text: the passage.
        found: its citations, in order.
        registry: the archives that are known.
        in_brackets: whether only the rest of a bracket is looked at: a sentence of the text runs on as it likes.
    """
    for number, each in enumerate(found):
        reference = each.reference
        if not isinstance(reference, ArchivalReference | IbidReference) or not reference.levels:
            yield each
            continue
        start = each.end
        if isinstance(reference, ArchivalReference):
            # A printed document's source line is one citation to the bracket that closes it.
            ends = [locator.span[1] for locator in reference.locators]
            ends += [reference.reference_span[1], (reference.date_span or (0, 0))[1]]
            start = min(start, each.start + max(ends))
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        if in_brackets:
            closing = min(
                (at for at in (text.find(mark, start, end) for mark in ")]") if at >= 0), default=start
            )
            end = closing if any(mark in text[: each.end] for mark in "([") else start
        tail = unread_tail(text, start, end, registry)
        if tail is None:
            yield each
        else:
            reference = attrs.evolve(reference, unread=" ".join(text[slice(*tail)].split()))
            yield attrs.evolve(each, reference=reference, unread=tail)


# --- notes --------------------------------------------------------------------------------------


def _read_note(
    text: str, places: Sequence[Place], names: NameIndex, local: Sequence[Archive], listed: ListedWorks
) -> list[Found]:
    """Return the citations of a note, in order."""
    clauses = split_clauses(text, (_opaque(text, place) for place in places))
    found: list[Found] = []
    rest = list(places)
    for clause in clauses:
        inside = [place for place in rest if place.start < clause.end]
        rest = rest[len(inside) :]
        if inside:
            found += _read_archival_clause(text, clause, inside)
            continue
        lost = _lost_place(text, clause, names, local)
        if lost is not None:
            found.append(lost)
        else:
            cited = (
                _in_same_edition(text, clause, found)
                or read_dated_clause(text, clause, listed)
                or read_clause(text, clause)
                or find_dated(text, clause, listed)
            )
            found += [each for each in cited if not _is_by_archive(text, each, names)]
    return found


def _is_by_archive(text: str, found: Found, names: NameIndex) -> bool:
    """Tell whether an archive was taken for the author of a work: “RGANI, Speeches, p. 12” is none of its books."""
    reference = found.reference
    if not isinstance(reference, WorkReference) or reference.kind is not Kind.SHORT:
        return False
    if len(reference.creators) != 1 or not _LETTERS.fullmatch(reference.creators[0].written):
        return False
    title = found.start + reference.title_span[0] if reference.title_span is not None else found.start
    if any(mark in text[max(found.start, title - 1) : title + 1] for mark in '*_"“„«‘'):
        return False
    return any(each.archive is not None for each in names.candidates(reference.creators[0].written))


_LETTERS = re.compile(LETTERS_PATTERN)


def _in_same_edition(text: str, clause: Clause, before: Sequence[Found]) -> list[Found]:
    """Return what a clause cites of the edition that was cited last, without its name: “FRUS, 1950, VII, 125; 1951, …”."""
    last = before[-1].reference if before else None
    start, end = clause.start, clause.end
    while end > start and text[end - 1] in " .;,":
        end -= 1
    reference = read_continued(last, text[start:end]) if isinstance(last, WorkReference) else None
    return [Found(start, end, reference, clause.signal)] if reference is not None else []


# A date may stand before the place with a full stop: “19 April 1956. RGANI, Fond 5”. No sentence ends there.
_STOP = re.compile(r"[.!?…]")


def _opaque(text: str, place: Place) -> tuple[int, int]:
    end = end_of_description(text, place.end)
    floor = max(0, place.start - 60)
    floor = max(floor, text.rfind(";", floor, place.start) + 1)
    # Without a full stop no clause could end inside the date.
    stops = _STOP.search(text, floor, place.start) is not None
    date = find_date(text, floor, place.start) if stops else None
    if date is not None and DATE_JOINT.fullmatch(text, date.end, place.start):
        return date.start, end
    return place.start, end


def _read_archival_clause(text: str, clause: Clause, places: Sequence[Place]) -> list[Found]:
    found: list[Found] = []
    begin, signal = clause.start, clause.signal
    for place in places:
        if place.continues or place.ibid is not None:
            found.append(cite_continuation(text, place, clause.end, signal))
        else:
            before, lead = _split_lead(text, begin, place.start)
            found += before
            if before:
                signal, begin = read_signal(text, lead, place.start)
            elif begin != clause.start:
                signal, begin = read_signal(text, _skip(text, begin, place.start), place.start)
            begin, signal = _behind_inner_signal(text, begin, place.start, signal)
            found.append(cite_place(text, begin, place, clause.end, signal))
        begin, signal = found[-1].end, None
    tail_signal, tail = read_signal(text, _skip(text, begin, clause.end), clause.end)
    printed = _PRINTED_IN.match(text, begin, clause.end) if tail_signal is None else None
    if printed is not None:
        tail_signal, tail = "in", printed.end()
    if tail_signal is not None and tail < clause.end:
        found += read_clause(text, Clause(tail, clause.end, tail_signal, begin))
    return found


# “…, Delo 339, Listy 31-32, in Kathryn Weathersby, “New Russian Documents on the Korean War,” …”
_PRINTED_IN = re.compile(r",?\s+(?:also\s+)?(?:printed\s+|published\s+)?in:?\s+(?=[A-ZÀ-ÞА-Я*“\"«„])")


# “On this subject, see the Foreign Ministry's memorandum of …”: what comes before “see” is a comment.
_INNER_SIGNAL = re.compile(
    r"(?<=[\s,(])((?:[Ss]ee|cf\.|compare|vgl\.|siehe|см\.|lásd)(?:\s+also)?)\s+(?:(?:the|a|an)\s+)?(?=[A-ZÀ-ÞА-Я“\"])"
)


def _behind_inner_signal(text: str, start: int, end: int, signal: str | None) -> tuple[int, str | None]:
    for match in _INNER_SIGNAL.finditer(text, start, end):
        start, signal = match.end(), match.group(1).lower()
    lead = _LEAD_IN.match(text, start, end)
    if lead is not None and find_date(text, start, lead.end()) is None:
        start = lead.end()
    return start, signal


# “His colleague in Bucharest reached the same conclusion: Hungarian Embassy to Romania, Report, …”
_LEAD_IN = re.compile(
    r"(?=[^:]*?\s(?:[a-z]+ed|was|were|is|are|had|has|have|did|does|made|gave|said|wrote|told|saw|can|may)\b)"
    r"[^:;.“”\"«»()\[\]]{12,300}:\s+(?=[A-ZÀ-ÞА-Я“\"])"
)


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " ,;.":
        start += 1
    return start


_LONGEST_DATE = 60
_AND = re.compile(r",?\s+(?:and|und|et|и|та|és|i|și)\s+(?=[A-ZÀ-ÞА-ЯІЇЄҐŐŰ“\"«„*])")


def _split_lead(text: str, start: int, end: int) -> tuple[list[Found], int]:
    """Part what stands before a place from other citations in the same clause: “…, 20 July 2006 and Memorandum…”.

    Returns the citations of that first part, and where the rest begins.
    """
    for match in reversed(list(_AND.finditer(text, start, end))):
        date = find_date(text, max(start, match.start() - _LONGEST_DATE), match.start())
        closes = date is not None and date.end >= match.start() - 1
        if closes or text[match.start() - 1 : match.start()].isdigit():
            found = read_clause(text, Clause(start, match.start(), None, start))
            if found:
                return found, match.start() + (1 if text[match.start()] == "," else 0) + 1
    return [], start


# A note may break off after the archive's name: “…, 10 May 1956, RGAJo”.
_LAST_WORD = re.compile(r"[.,]?\s+([A-ZА-Я][\w]{2,9})\.?$")
_REACH_OF_LAST_WORD = 20


def _lost_place(text: str, clause: Clause, names: NameIndex, local: Sequence[Archive]) -> Found | None:
    """Read a description and date that are followed by nothing but an archive's name, perhaps misread."""
    match = _LAST_WORD.search(text, max(clause.start, clause.end - _REACH_OF_LAST_WORD), clause.end)
    if match is None or sum(letter.isupper() for letter in match.group(1)) < 2:
        return None
    date = find_date(text, max(clause.start, match.start() - 40), match.start())
    if date is None or date.end != match.start():
        return None
    written = match.group(1)
    known = [candidate.archive for candidate in names.candidates(written) if candidate.archive is not None]
    archive = known[0] if known else _resembling(written, local)
    if archive is None:
        return None
    place = Place(
        match.start(1), match.end(1), archive, archive.hierarchy, (), (), (), written, match.span(1)
    )
    return cite_place(text, clause.start, place, clause.end, clause.signal)


def _resembling(written: str, local: Sequence[Archive]) -> Archive | None:
    """Return the archive cited elsewhere in the manuscript whose abbreviation OCR may have turned into this."""
    for archive in local:
        for name in archive.abbreviations:
            same = sum(a == b for a, b in zip(written, name, strict=False))
            if (
                len(name) >= 4
                and abs(len(name) - len(written)) <= 1
                and written[:3] == name[:3]
                and same >= len(name) - 2
            ):
                return archive
    return None


# --- body ---------------------------------------------------------------------------------------

_SOURCE_LINE = re.compile(r"\[?\s*Source:\s*", re.IGNORECASE)
_DOCUMENT_HEADING = re.compile(r"[*#_\s]*(DOCUMENT\s+(?:No\.?\s*)?[\dIVX]+)[*_.\s]*", re.IGNORECASE)


def _read_body(
    body: Sequence[Passage], position: int, places: Sequence[Place], listed: ListedWorks
) -> list[Found]:
    """Return the citations of a paragraph of the body, in order."""
    text = body[position].text
    source = _SOURCE_LINE.match(text)
    if source is not None and places:
        return [_source_line(body, position, source, places[0])]
    found = [_inline_place(text, place) for place in places if _is_told(place)]
    found += apart_from(found, find_inline(text, listed))
    found += apart_from(found, find_works_in_brackets(text))
    return sorted(found, key=lambda each: each.start)


def _is_told(place: Place) -> bool:
    """Tell whether a place in running prose is one: where collections have names in words, a label must stand.

    Otherwise an address (“National Security Archive, Gelman Library, Washington”) would be a reference.
    """
    in_words = place.hierarchy is not None and place.hierarchy.system in ("box_folder", "named_fond")
    return not in_words or any(level.label for level in place.printed) or bool(place.locators)


def _inline_place(text: str, place: Place) -> Found:
    """Read a place that stands in a sentence; inside brackets it may be described like in a note."""
    opening = text.rfind("(", max(0, place.start - 200), place.start)
    if opening >= 0 and ")" not in text[opening : place.start] and place.ibid is None and not place.continues:
        return cite_place(text, opening + 1, place, place.end, None)
    return Found(place.start, place.end, reference_to(place, place.start, None, None, ()), None)


def _source_line(body: Sequence[Passage], position: int, source: re.Match[str], place: Place) -> Found:
    """Read “[Source: RGANI, Fond 5, …]” under the heading of a printed document, which describes and dates it."""
    text = body[position].text
    heading, title = _heading_of_document(body, position)
    date = find_date(title) if title else None
    described = describe(title, 0, date.start if date is not None else len(title), date) if title else None
    value = date.value if date is not None else _dateline(body[position + 1 : position + 6])
    reference = reference_to(place, 0, (heading + (described or "")) or None, None, ())
    if isinstance(reference, ArchivalReference):
        reference = attrs.evolve(reference, date=value)
    end = len(text) if text.startswith("[") else place.end
    return Found(0, end, reference, "source")


def _heading_of_document(body: Sequence[Passage], position: int) -> tuple[str, str | None]:
    """Return the number and the title of a printed document whose source stands at its head or at its end."""
    for number in range(position - 1, -1, -1):
        if _SOURCE_LINE.match(body[number].text):
            break
        numbered = _DOCUMENT_HEADING.fullmatch(body[number].text)
        if numbered is not None:
            below = body[number + 1].text
            is_title = number + 1 < position and len(below) <= _LONGEST_TITLE
            return (f"{numbered.group(1)}: ", below) if is_title else (numbered.group(1), None)
    above = body[position - 1].text if position else ""
    return "", above if 0 < len(above) <= _LONGEST_TITLE else None


_LONGEST_TITLE = 400


def _dateline(following: Sequence[Passage]) -> str | None:
    """Return the date that stands alone at the head of a printed document: “26” October 1956."""
    for passage in following:
        bare = re.sub(r"[“”\"«»*_]", "", passage.text).strip(" .")
        value = read_date(bare) if len(bare) < 40 else None
        if value is not None:
            return value
    return None
