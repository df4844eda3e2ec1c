"""Reads one bibliography entry into its parts.

An entry is read from the front and from the back at once. Its names and its title have no sure end: names
end in initials, titles hold full stops, and OCR loses the italics. But what follows the title is told by
its form: an imprint, a journal with volume and pages, “Trans. …”, “2nd ed.” (``grammars/bibliography.lark``).
So the sentences of an entry are tried one by one, and what stands before the first that is understood is
the title.

Where a style writes entries as it writes notes, with commas (MHRA), with a colon after the names (Germany) or
with “//” before the journal (GOST), what follows the names is read as a note.
"""

import re

import attrs

from citecheck.alphabets import UPPER
from citecheck.bibliographies.entry_reading import YEAR, EntryReading
from citecheck.bibliographies.heads import (
    REPEATED_BEFORE_COMMA,
    are_names,
    opens_entry,
    read_head,
    take_names,
)
from citecheck.bibliographies.sentences import divide_sentences
from citecheck.bibliographies.statements import (
    is_last_source,
    is_understood,
    parse_sentence,
    read_periodical,
    read_sentence,
)
from citecheck.citations import Kind, Offsets, WorkReference
from citecheck.manuscript import Passage
from citecheck.readers.lines import cut
from citecheck.reading.marks import find_marked
from citecheck.reading.segmenting import Clause
from citecheck.reading.works import read_clause

_OPENING = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}


def read_item(passage: Passage) -> list[tuple[Passage, EntryReading]]:
    """Read one item of a bibliography, which may hold several entries on one line.

    Returns:
        each entry's own text, and what was read in it; offsets count from the beginning of that text.
    """
    text = passage.text
    found: list[tuple[Passage, EntryReading]] = []
    start = 0
    while start < len(text):
        draft = _read_draft(text, start)
        end = draft.end if draft.end > start else len(text)
        part = passage if start == 0 and end == len(text) else cut(passage, start, end)
        found.append((part, _shifted(draft, start)))
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
    return found


def _shifted(draft: EntryReading, by: int) -> EntryReading:
    """Count the offsets of a draft from the beginning of its own text."""
    if by:
        draft.title_span = _moved(draft.title_span, -by) if draft.title_span else None
        draft.creators_span = _moved(draft.creators_span, -by) if draft.creators_span else None
        draft.pages = tuple(attrs.evolve(page, span=_moved(page.span, -by)) for page in draft.pages)
    return draft


def _moved(span: Offsets, by: int) -> Offsets:
    return span[0] + by, span[1] + by


def _read_draft(text: str, start: int) -> EntryReading:
    seen = _SEEN_AT.search(text, start) if "http" in text else None
    words = text[start : seen.start() if seen is not None else len(text.rstrip())]
    if _LIKE_NOTE.match(words) is not None:
        reading = _from_note(words, start, whole=True)
        if reading is not None and reading.creators:
            reading.url = seen["url"] if seen is not None else None
            reading.end = len(text)
            return reading
    draft = read_head(text, start)
    if REPEATED_BEFORE_COMMA.match(text, start) or (
        not draft.repeated and (" // " in text or _AREAS.search(text, start) or not draft.creators)
    ):
        as_note = _read_as_note(text, start)
        if as_note is not None:
            return as_note
    sentences = _read_title(text, draft)
    for index, (begin, end) in enumerate(sentences):
        if draft.closed and opens_entry(text, begin):
            draft.end = begin
            return draft
        read_sentence(text, begin, end, draft, last=is_last_source(text, sentences, index))
    draft.end = len(text)
    if draft.container is None and draft.title_form == "quoted" and not draft.publishers and not draft.closed:
        draft.genre = draft.genre or ("webpage" if draft.url else None)
    return draft


# ---- entries that are written as notes are


# “Gould, Cecil, Michelangelo. Battle of Cascina, Newcastle upon Tyne 1966”, “…, in: Fertig, Georg (Hrsg.): Social
# Networks, o. O. 2015, S. 281–310”: names that are turned round, place and year, and commas between them all.
_LIKE_NOTE = re.compile(
    r"(?=[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?,\s[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*)?[,:]\s(?!eds?\b|and\s|comps?\b))"
    r"(?:[^\n*“\"](?!https?:))*?(?:[,.]\s(?:o\.\s?O\.|[^\W\d_a-z](?:[^,.:;()\n]|(?<=\b\w)\.){1,50}),?\s(?:1[5-9]|20)\d\d"
    r"|\s\d{1,4}(?:[./]\d{1,3})?\s\((?:1[5-9]|20)\d\d\))(?:,\s+S\.\s?[\dXIV][\dXIV\s–-]*)?\.?\s*$"
)
# “…, S. 281–310, zugänglich über: https://… (letzter Zugriff 13.03.22)”
_SEEN_AT = re.compile(
    r",?\s(?:zugänglich|abrufbar|online|verfügbar|URL|unter)[^,;]{0,20}?:?\s(?P<url>https?://[^\s<>]+[^\s<>.,;)])"
    r"(?:\s?[(\[][^()\[\]]{3,60}[)\]])?\.?\s*$"
)

# “Strehlow, A., *The Baltic Question* (London: Macmillan, 1990)”; “Müller, Hans: Die Partei, Berlin 1999”.
_BEFORE_MARK = re.compile(r",\s+(?=[*\"“‘«„']\S)")
_BEFORE_TITLE = re.compile(r":\s+(?=[^\W\d_])")
# “… // Вопросы истории. 1999. № 3. С. 12–25.”, “История партии : в 2 т. — М. : Наука, 1999. — 240 с.”
_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ]")
# The areas of a description by GOST are parted by dashes.
_AREAS = re.compile(r"\.\s[—–]\s")
_EXTENT = re.compile(r"[.,]?\s*(?:[—–-]\s*)?\d+\s?(?:с|стр|S|p|pp|l|lpp)\.?\s*$")


def _read_as_note(text: str, start: int) -> EntryReading | None:
    """Read an entry whose names are followed by a comma or colon, or that has “//” before the journal."""
    end = len(_EXTENT.sub("", text[start:].rstrip(" ."))) + start
    if " // " in text or _AREAS.search(text, start):
        return _read_by_gost(text, start, end)
    repeated = REPEATED_BEFORE_COMMA.match(text, start)
    joint = _COMMA.match(text, repeated.end()) if repeated is not None else None
    if joint is not None:
        reading = _read_after_names(text, joint, end)
        if reading is not None:
            reading.creators = ()
            take_names(reading, text, start, joint.start(), True)
            reading.end = len(text)
        return reading
    comma = _before_plain_title(text, start)
    if comma is not None:
        reading = _read_after_names(text, comma, end)
        if reading is not None:
            take_names(reading, text, start, comma.start(), False)
            reading.end = len(text)
            return reading
    for separator in (_BEFORE_MARK, _BEFORE_TITLE):
        match = separator.search(text, start, start + 160)
        # “Kim Il Sung, *Selected Works*, …”: a name that is filed as it is written has no comma.
        turned = match is not None and (separator is _BEFORE_MARK or "," in text[start : match.start()])
        if match is not None and turned and are_names(text[start : match.start()]):
            reading = _read_after_names(text, match, end)
            if reading is not None:
                take_names(reading, text, start, match.start(), False)
                reading.end = len(text)
            return reading
    return _read_by_gost(text, start, end) if _CYRILLIC.match(text, start) else None


def _read_by_gost(text: str, start: int, end: int) -> EntryReading | None:
    reading = _from_note(text[start:end], start)
    if reading is not None:
        reading.end = len(text)
    return reading


# “Westad, Odd Arne, The Global Cold War (Cambridge: …, 2005)”: MHRA's entry after its italics were lost.
_IMPRINT_AT_END = re.compile(
    r"\([^()]{3,120}?:\s[^()]{2,120}?(?:1[5-9]|20)\d\d[^()]{0,12}\)(?:,[^()]{1,30})?\.?\s*$"
)
_COMMA = re.compile(r",\s+")
_GIVEN = re.compile(rf"(?:[{UPPER}](?:\.|[\w’'-]+)\s?-?){{1,3}}")
_MORE_NAMES = re.compile(r"(?:Jr|Sr|II|III)\.?|(?:and|&)\s.*|\(?eds?\.?\)?")


def _before_plain_title(text: str, start: int) -> re.Match[str] | None:
    """Return the comma between names and a title that nothing sets apart, in an entry with a note's imprint."""
    if _IMPRINT_AT_END.search(text, start) is None:
        return None
    commas = list(_COMMA.finditer(text, start, start + 160))
    parts = [
        text[a:b]
        for a, b in zip(
            [start, *(comma.end() for comma in commas)], [comma.start() for comma in commas], strict=False
        )
    ]
    if not parts or not parts[0].strip():
        return None
    taken = 1
    if len(parts[0].split()) == 1 or parts[0].split()[0].islower():
        if len(parts) < 2 or _GIVEN.fullmatch(parts[1]) is None:
            return None
        taken = 2
    while taken < len(parts) and _MORE_NAMES.fullmatch(parts[taken]):
        taken += 1
    return commas[taken - 1] if are_names(text[start : commas[taken - 1].start()]) else None


_IN = re.compile(r",\s+in:\s+")


def _read_after_names(text: str, separator: re.Match[str], end: int) -> EntryReading | None:
    """Read what follows names that are turned round and a comma or colon."""
    journal = _IN.search(text, separator.end(), end)
    tree = parse_sentence(text[journal.end() : end]) if journal is not None else None
    if journal is not None and tree is not None and tree.data == "periodical":
        # “Der Aufsatz, in: Historische Zeitschrift 12 (1999), S. 12–34”
        reading = EntryReading(title_form="quoted")
        _take_title(reading, text, separator.end(), journal.start())
        read_periodical(tree, reading, journal.end())
        return reading
    # A stand-in takes the place of the names.
    lead = f"Doe{separator.group()}"
    rest = _from_note(lead + text[separator.end() : end], separator.end() - len(lead))
    return rest if rest is not None and rest.creators else None


def _from_note(words: str, offset: int, *, whole: bool = False) -> EntryReading | None:
    """Read words as a note; offsets of what is found move by ``offset``.

    Args:
        words: what is read.
        offset: where it begins in the entry.
        whole: whether no word may be left over.
    """
    found = read_clause(words, Clause(0, len(words)))
    if whole and (len(found) != 1 or words[found[0].end :].strip(" .")):
        return None
    reference = found[0].reference if found and found[0].start == 0 else None
    if not isinstance(reference, WorkReference) or reference.title is None or reference.date is None:
        return None
    span = reference.title_span
    return EntryReading(
        creators=reference.creators,
        creators_span=_moved(reference.creators_span, offset) if reference.creators_span else None,
        title=reference.title,
        title_span=_moved(span, offset) if span else None,
        year_written=(re.search(YEAR, reference.date) or [None])[0],
        date=reference.date,
        places=[reference.place] if reference.place else [],
        publishers=[reference.publisher] if reference.publisher else [],
        container=reference.container,
        pages=tuple(
            attrs.evolve(page, span=_moved(page.span, found[0].start + offset))
            for page in reference.locators
            if page.label == "page"
        ),
        editors=reference.editors,
        translators=reference.translators,
        edition=reference.edition,
        volume=reference.volume,
        url=reference.url,
        genre=reference.genre,
        original_date=reference.original_date,
        closed=True,
        is_part=reference.kind == Kind.CHAPTER,
    )


# ---- the title


def _read_title(text: str, draft: EntryReading) -> list[Offsets]:
    """Read the title and return the sentences after it."""
    start = draft.end
    while start < len(text) and text[start] in " \t\n ,.":
        start += 1
    draft.end = start
    if start >= len(text):
        return []
    opening = text[start]
    if opening in _OPENING:
        end = _closing_quote(text, start)
        if end is not None:
            draft.title_form = "quoted"
            return _after_marked_title(text, start, end, draft)
    if opening == "*" and (mark := text.find("*", start + 1)) > 0:
        draft.title_form = "italic"
        return _after_marked_title(text, start, mark + 1, draft)
    sentences = divide_sentences(text, start, len(text))
    if not sentences:
        # Nothing but marks: “Kim. ;”.
        return []
    count = 1
    while count < len(sentences) and not is_understood(text, sentences, count, draft):
        count += 1
    _take_title(draft, text, start, sentences[count - 1][1])
    return sentences[count:]


def _after_marked_title(text: str, start: int, end: int, draft: EntryReading) -> list[Offsets]:
    """Take a title in quotation marks or italics, and what belongs to it outside them: “…*, 1928–1931.”"""
    if (
        draft.title_form == "italic"
        and re.match(r"[^.\w]{0,2}\s?[\w,(]", text[end:])
        and text[end - 2] not in ".?!"
    ):
        # The rest of its sentence, where the italics stop too soon, but no bracket with the imprint.
        rest = re.compile(r"(?:,?\s[\d–-]+|\s[^.,:;()*]{1,60})(?=\.)").match(text, end)
        end = rest.end() if rest is not None else end
    sentences = divide_sentences(text, end, len(text))
    while draft.title_form == "italic" and sentences and _is_more_title(text, sentences[0]):
        end = sentences.pop(0)[1]
    _take_title(draft, text, start, end)
    return sentences


def _is_more_title(text: str, sentence: Offsets) -> bool:
    """Tell whether a sentence is a second part of the title: in italics as a whole, or “Part I”."""
    words = text[sentence[0] : sentence[1]]
    if re.fullmatch(r"\*[^*]+\*", words):
        return True
    return re.fullmatch(r"(?:\\?\$)*(?:Part|Book|Teil)\s[IVX\d]+", words) is not None


def _closing_quote(text: str, start: int) -> int | None:
    """Return the offset after the mark that closes a quoted title, quotations inside it left aside."""
    opening = text[start]
    closing = _OPENING[opening]
    if opening == '"':
        return _closing_straight(text, start)
    if opening == "'":
        # An apostrophe looks the same: only where the mark stands, and what follows, tells it apart.
        marked = find_marked(text, start)
        return marked[0][1] if marked and marked[0][0] == start else None
    depth = 0
    for index in range(start, len(text)):
        letter = text[index]
        if letter == opening and letter not in closing:
            depth += 1
        elif letter in closing:
            if letter == "’" and text[index + 1 : index + 2].isalpha():
                continue
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def _closing_straight(text: str, start: int) -> int | None:
    """A straight mark closes where a stop or comma stands before it, or one after; inner ones do not."""
    marks = [index for index in range(start + 1, len(text)) if text[index] == '"']
    closing = [
        index
        for index in marks
        if (text[index - 1] in ".,?!" and text[index + 1 : index + 2] in ("", " ", ","))
        or text[index + 1 : index + 2] in (".", ",")
    ]
    if not closing:
        return marks[-1] + 1 if marks else None
    if len(marks) % 2 == 0 and text[closing[0] - 1] in "?!" and len(closing) > 1:
        # One mark too many: a quotation that the title opens with has been closed, the title not.
        return closing[1] + 1
    return closing[0] + 1


def _take_title(draft: EntryReading, text: str, start: int, end: int) -> None:
    while end > start and text[end - 1] in " .,:" and not text[start:end].endswith("..."):
        end -= 1
    written = text[start:end]
    title = re.sub(r"\s+", " ", written.replace("*", "")).strip()
    for opening, closing in (
        ('"', '"'),
        ("“", "”"),
        ("«", "»"),
        ("„", "“"),
        ("„", "”"),
        ("‘", "’"),
        ("'", "'"),
    ):
        if draft.title_form == "quoted" and title.startswith(opening) and title.endswith(closing):
            title = title[1:-1].rstrip(" ,.")
            break
    draft.title = title.rstrip(" .,:") + ("..." if title.endswith("...") else "")
    draft.title_span = (start, end)
    draft.end = end
