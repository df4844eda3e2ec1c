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
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import attrs
from lark import Token, Tree

from citecheck.citations import Container, Kind, Locator, Name, Offsets, WorkReference
from citecheck.grammars import load_grammar
from citecheck.manuscript import Passage
from citecheck.readers.structure import cut
from citecheck.reading.dates import read_date
from citecheck.reading.folios import expand
from citecheck.reading.marks import find_marked
from citecheck.reading.segmenting import Clause
from citecheck.reading.works import read_clause
from citecheck.resolving.names import fold, read_names

YEAR = r"(?:1[4-9]|20)\d\d"
_UNDATED = r"n\.\s?d\.?|forthcoming|in press|б\.\s?г\.|o\.\s?J\."
_ROLES = {
    **dict.fromkeys(("ed", "eds", "editor", "editors", "hg", "hrsg", "szerk", "ред", "red", "dir"), "editor"),
    **dict.fromkeys(("comp", "comps", "сост"), "compiler"),
    **dict.fromkeys(("trans", "transl"), "translator"),
}
_ROLE = re.compile(
    rf",?\s*[(\[]?(?P<role>{'|'.join(sorted(_ROLES, key=len, reverse=True))})\b\.?[)\]]?[\s,.]*$",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(?:[—–]{1,6}|-{2,6}|_{2,8})(?=\s?[.,(])")
_HARVARD_YEAR = re.compile(
    rf"[\s,.]*\(\s*(?P<year>(?:c\.\s?)?{YEAR}(?:[/–-]\d\d(?:\d\d)?)?|{_UNDATED})\s?(?P<suffix>[a-z])?"
    rf"\s*(?:\[{YEAR}\]\s*)?\)[.,:]?"
    rf"|[.,]?\s+(?P<bare>{YEAR})(?P<bare_suffix>[a-z])?[.,]\s",
)
_LETTERED = re.compile(r"\((?P<letter>[a-z])\)")
_STOP = re.compile(r"\.(?=\s|$|[*\"“])")
# A capital, or two letters for one that Latin letters need two for: “Yu. V. Andropov”.
_INITIAL = re.compile(
    r"(?:^|[\s.\-(])(?:[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ]|(?<=[,.]\s)(?:Yu|Ya|Ye|Zh|Kh|Sh|Ch|Iu|Ia|Ts|Dz|Ju|Ja|Th|Ph|Gy|Sz))$"
)
# “Ginsburgs, George, and Roy U. T. Kim”: after the first name the others stand upright, and no initial ends one.
_UPRIGHT_INITIAL = re.compile(r"\s(?:and|&|und|et|with)\s[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)*\s[A-ZÀ-Þ]$")
_ORDINAL = re.compile(r"(?:\d(?:st|nd|rd|th|d)|[Rr]ev|[Ss]econd|[Tt]hird|[Nn]ew|enl)\.?,?\s\w*$")
_NAME_PART = re.compile(r"(?:[^\W\d_]|['’‘ʼ.\-‐()]|\s)+")
_LINKS = frozenset(
    """and und et és i y e og och и та si și with van von de der den del di da dos das du la le el al bin
    ibn""".split()  # noqa: SIM905
)

# Where a sentence of an entry may end. The stop may stand inside the closing mark, and the space be lost.
_SENTENCE_END = re.compile(
    r"[.?!…](?P<close>[*\"”’'»)\]]*)(?:\s+(?=[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ\"“‘«„*'\d(\[\\]|http)|(?<=[*])(?=[A-Z])|$)"
)
_NO_END = frozenset(
    """vol vols no nos nr pp p trans transl co inc ltd corp bros st dr mr mrs prof diss ph univ repr rev art
    bd t vs ca c""".split()  # noqa: SIM905
)
_OPENING = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}


@attrs.define
class EntryReading:
    """What an entry says, filled in while it is being read."""

    creators: tuple[Name, ...] = ()
    creators_span: Offsets | None = None
    repeated: bool = False
    """Whether a dash stands for the creators of the entry before."""
    role: str | None = None
    title: str | None = None
    title_span: Offsets | None = None
    title_form: Literal["italic", "quoted", "plain"] = "plain"
    year_written: str | None = None
    date: str | None = None
    suffix: str | None = None
    places: list[str] = attrs.Factory(list)
    publishers: list[str] = attrs.Factory(list)
    container: Container | None = None
    pages: tuple[Locator, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    edition: str | None = None
    volume: str | None = None
    url: str | None = None
    genre: str | None = None
    closed: bool = False
    """Whether a sentence has been read that ends an entry: an imprint or pages."""
    is_part: bool = False
    end: int = 0


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
    draft = _read_head(text, start)
    if not draft.repeated and (" // " in text or not draft.creators):
        as_note = _read_as_note(text, start)
        if as_note is not None:
            return as_note
    sentences = _read_title(text, draft)
    for index, (begin, end) in enumerate(sentences):
        if draft.closed and _opens_entry(text, begin):
            draft.end = begin
            return draft
        _read_sentence(text, begin, end, draft, last=_is_last_source(text, sentences, index))
    draft.end = len(text)
    if draft.container is None and draft.title_form == "quoted" and not draft.publishers and not draft.closed:
        draft.genre = draft.genre or ("webpage" if draft.url else None)
    return draft


def opens_with_names(text: str) -> bool:
    """Tell whether a text begins as entries do: with names, or with the dash that repeats them."""
    return _REPEATED.match(text) is not None or _read_head(text, 0).creators != ()


def _opens_entry(text: str, start: int) -> bool:
    """Tell whether another entry begins here: names, turned round, then a title and a year."""
    head = _read_head(text, start)
    if not head.creators or "," not in text[start : head.end]:
        return False
    return re.search(YEAR, text[start:]) is not None and head.end < len(text)


# ---- names and year


def _read_head(text: str, start: int) -> EntryReading:
    """Read the names that an entry opens with, and the year where it follows them."""
    draft = EntryReading(end=start)
    if text[start : start + 1] in ('"', "“", "*", "«", "„", "‘"):
        return draft
    repeated = _REPEATED.match(text, start)
    names_end = repeated.end() if repeated is not None else start
    year = _HARVARD_YEAR.search(text, names_end, start + 260)
    if year is not None and _leads_to_year(text, start, names_end, year.start()):
        _take_year(draft, year)
        _take_names(draft, text, start, year.start(), repeated is not None)
        draft.end = year.end()
        return draft
    end = _names_end(text, start, names_end)
    if end is not None:
        _take_names(draft, text, start, end, repeated is not None)
        draft.end = end
    return draft


def _leads_to_year(text: str, start: int, dash_end: int, year: int) -> bool:
    """Tell whether nothing but names, or the dash for them, stands before a year."""
    if dash_end > start:
        return not text[dash_end:year].strip(" .,")
    return _are_names(text[start:year])


def _take_year(draft: EntryReading, year: re.Match[str]) -> None:
    written = year.group("year") or year.group("bare")
    draft.year_written = written
    draft.suffix = year.group("suffix") or year.group("bare_suffix")
    digits = re.search(YEAR, written)
    draft.date = digits.group() if digits is not None else None


def _take_names(draft: EntryReading, text: str, start: int, end: int, repeated: bool) -> None:
    if text[end : end + 1] == "." and _INITIAL.search(text[start:end]):
        end += 1
    written = text[start:end].rstrip(" ,")
    if written.endswith(".") and not _INITIAL.search(written[:-1]):
        written = written[:-1].rstrip(" ,")
    role = _ROLE.search(written)
    if role is not None:
        draft.role = _ROLES[role.group("role").lower()]
        written = written[: role.start()]
    draft.repeated = repeated
    draft.creators_span = (start, start + len(written))
    if repeated:
        return
    lettered = _LETTERED.search(written)
    if lettered is not None and draft.suffix is None:
        draft.suffix = lettered.group("letter")
    draft.creators = read_names(written, inverted=True)


def _names_end(text: str, start: int, least: int) -> int | None:
    """Return where the names end that no year follows, or None where the entry opens with its title."""
    for stop in _STOP.finditer(text, least, start + 260):
        before, after = text[start : stop.start()], text[stop.end() :].lstrip()
        if re.search(r"[\"“”*«»:;?!\d]", before):
            return None
        if least > start:
            return stop.end()
        if _ROLE.search(before) is None and _INITIAL.search(before) and _goes_on(after):
            continue
        if _UPRIGHT_INITIAL.search(before):
            continue
        if before.endswith((" St", " Jr", " Sr")) and re.match(r",|and\b|&", after):
            continue
        if after[:1] in ("*", '"', "“") and _are_body(before):
            return stop.end()
        return stop.end() if _are_names(before) and _leaves_title(before, after) else None
    return None


def _goes_on(after: str) -> bool:
    """Tell whether names go on after the full stop of an initial."""
    return (
        re.match(r"[A-ZÀ-ÞĀ-ŽА-ЯЁ]\.|(?:and|und|et|és|и|&)\s|[A-ZÀ-ÞĀ-ŽА-ЯЁ][\w’'-]+\.\s*[*\"“]", after)
        is not None
    )


def _are_names(written: str) -> bool:
    """Tell whether words can be the names that an entry opens with: capitals, initials, “and”, no more."""
    bare = _ROLE.sub("", written).strip(" ,.")
    if not bare or _NAME_PART.fullmatch(bare.replace(",", " ").replace("&", " ").replace(";", " ")) is None:
        return False
    parts = re.split(r"\s*[,;&]\s*|\s+(?:and|with|und|et)\s+", bare)
    for part in parts:
        words = [word for word in part.split() if word.lower() not in _LINKS]
        if (
            any(not word[0].isupper() and word not in ("et", "al", "al.", "others") for word in words)
            or len(words) > 5
        ):
            return False
    return len(parts) > 1 or len(bare.split()) <= 6


def _are_body(written: str) -> bool:
    """Tell whether words can be an office or a society: capitals with “of” and “for” between them."""
    words = written.split()
    return (
        1 < len(words) <= 10
        and _NAME_PART.fullmatch(written) is not None
        and all(
            word[0].isupper() or word in ("of", "for", "the", "and", "on", "de", "der", "für")
            for word in words
        )
    )


def _leaves_title(names: str, after: str) -> bool:
    """Tell whether a title follows. One capitalized phrase and then an imprint is a title, not a name."""
    if not after:
        return False
    if after[0] in '"“*«„‘' or "," in names:
        return True
    people = re.split(r"\s(?:and|und|et|&)\s", names)
    if any(len(name.split()) > 4 for name in people) or len(names.split()) < 2:
        return False
    if len(people) > 1 and any(len(name.split()) < 2 for name in people):
        return False
    return len(_sentences(after, 0, len(after))) > 1


# ---- entries that are written as notes are


# “Strehlow, A., *The Baltic Question* (London: Macmillan, 1990)”; “Müller, Hans: Die Partei, Berlin 1999”.
_BEFORE_MARK = re.compile(r",\s+(?=[*\"“‘«„']\S)")
_BEFORE_TITLE = re.compile(r":\s+(?=[^\W\d_])")
# “… // Вопросы истории. 1999. № 3. С. 12–25.”, “История партии : в 2 т. — М. : Наука, 1999. — 240 с.”
_GOST = re.compile(r"\s//\s|\.\s[—–]\s|^[А-ЯЁІЇЄҐ]")
_EXTENT = re.compile(r"[.,]?\s*(?:[—–-]\s*)?\d+\s?(?:с|стр|S|p|pp|l|lpp)\.?\s*$")


def _read_as_note(text: str, start: int) -> EntryReading | None:
    """Read an entry whose names are followed by a comma or colon, or that has “//” before the journal."""
    end = len(_EXTENT.sub("", text[start:].rstrip(" ."))) + start
    comma = _before_plain_title(text, start)
    if comma is not None:
        reading = _read_after_names(text, comma, end)
        if reading is not None:
            _take_names(reading, text, start, comma.start(), False)
            reading.end = len(text)
            return reading
    for separator in (_BEFORE_MARK, _BEFORE_TITLE):
        match = separator.search(text, start, start + 160)
        # “Kim Il Sung, *Selected Works*, …”: a name that is filed as it is written has no comma.
        turned = match is not None and (separator is _BEFORE_MARK or "," in text[start : match.start()])
        if match is not None and turned and _are_names(text[start : match.start()]):
            reading = _read_after_names(text, match, end)
            if reading is not None:
                _take_names(reading, text, start, match.start(), False)
                reading.end = len(text)
            return reading
    if _GOST.search(text, start):
        plain = re.sub(r"\.\s[—–]\s", ".   ", text[start:end]).replace(" : ", ":  ")
        reading = _from_note(plain, start)
        if reading is not None:
            reading.end = len(text)
        return reading
    return None


# “Westad, Odd Arne, The Global Cold War (Cambridge: …, 2005)”: MHRA's entry after its italics were lost.
_IMPRINT_AT_END = re.compile(
    r"\([^()]{3,120}?:\s[^()]{2,120}?(?:1[5-9]|20)\d\d[^()]{0,12}\)(?:,[^()]{1,30})?\.?\s*$"
)
_COMMA = re.compile(r",\s+")
_GIVEN = re.compile(r"(?:[A-ZÀ-ÞĀ-Ž](?:\.|[\w’'-]+)\s?-?){1,3}")
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
    if not parts:
        return None
    taken = 1
    if len(parts[0].split()) == 1 or parts[0].split()[0].islower():
        if len(parts) < 2 or _GIVEN.fullmatch(parts[1]) is None:
            return None
        taken = 2
    while taken < len(parts) and _MORE_NAMES.fullmatch(parts[taken]):
        taken += 1
    return commas[taken - 1] if _are_names(text[start : commas[taken - 1].start()]) else None


_IN = re.compile(r",\s+in:\s+")


def _read_after_names(text: str, separator: re.Match[str], end: int) -> EntryReading | None:
    """Read what follows names that are turned round and a comma or colon."""
    journal = _IN.search(text, separator.end(), end)
    tree = _parse(text[journal.end() : end]) if journal is not None else None
    if journal is not None and tree is not None and tree.data == "periodical":
        # “Der Aufsatz, in: Historische Zeitschrift 12 (1999), S. 12–34”
        reading = EntryReading(title_form="quoted")
        _take_title(reading, text, separator.end(), journal.start())
        _read_periodical(tree, reading, journal.end())
        return reading
    # A stand-in takes the place of the names.
    lead = f"Doe{separator.group()}"
    return _from_note(lead + text[separator.end() : end], separator.end() - len(lead))


def _from_note(words: str, offset: int) -> EntryReading | None:
    """Read words as a note; offsets of what is found move by ``offset``."""
    found = read_clause(words, Clause(0, len(words)))
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
    sentences = _sentences(text, start, len(text))
    if not sentences:
        # Nothing but marks: “Kim. ;”.
        return []
    count = 1
    while count < len(sentences) and not _is_understood(text, sentences, count, draft):
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
    sentences = _sentences(text, end, len(text))
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


# ---- sentences


def _sentences(text: str, start: int, end: int) -> list[Offsets]:
    """Return the sentences of ``text[start:end]``, each without its full stop."""
    found: list[Offsets] = []
    begin = start
    while begin < end and text[begin] in ' \t\n .,;*"”’':
        if text[begin] in '*"' and text[begin + 1 : begin + 2].isalnum():
            break
        begin += 1
    depth_from = begin
    for match in _SENTENCE_END.finditer(text, begin, end):
        stop = match.start()
        if (
            stop < begin
            or not _may_end(text, begin, stop)
            or _is_enclosed(text, depth_from, stop, match.end("close"))
        ):
            continue
        keeps_stop = text[stop] != "." or text.endswith("...", begin, stop + 1)
        finish = match.end("close") if match.group("close") else stop + keeps_stop
        found.append((begin, finish))
        begin = depth_from = match.end()
    if begin < end and text[begin:end].strip(" .,"):
        found.append((begin, len(text[:end].rstrip(" ."))))
    return found


def _may_end(text: str, start: int, stop: int) -> bool:
    if text[stop] != ".":
        return True
    word = re.search(r"[^\W_]*$", text[start:stop])
    bare = word.group() if word is not None else ""
    if len(bare) == 1 and bare.isupper():
        return _is_last_initial(text, start, stop, bare)
    if bare.lower() in _NO_END:
        # “3 vols.” ends a sentence, “vols. 1–3” begins one.
        return re.search(r"\d\svols?$", text[start:stop]) is not None
    if bare.lower() in ("ed", "eds"):
        # “2nd ed.” ends a sentence; “edited by”, shortened, does not.
        return _ORDINAL.search(text[start:stop]) is not None
    return True


def _is_last_initial(text: str, start: int, stop: int, letter: str) -> bool:
    """Tell whether a sentence ends after a single capital: “Part I.”, “and Schramm, T. Leipzig: …”."""
    before = text[start : stop - 1]
    if letter == "I" and re.search(r"[a-z]{3}\s$", before):
        return True
    return before.endswith(", ") and re.match(r"\.\s+[A-ZÀ-Þ][^.:;\d]{1,40}:\s", text[stop:]) is not None


def _is_enclosed(text: str, start: int, stop: int, finish: int) -> bool:
    """Tell whether a stop lies inside brackets, italics or quotation marks that go on after it."""
    inside = text[start:stop]
    after = text[stop:finish]
    if inside.count("(") > inside.count(")") and ")" not in after:
        return True
    if inside.count("*") % 2 == 1 and "*" not in after:
        return True
    return inside.count("“") > inside.count("”") and "”" not in after


@lru_cache(maxsize=1 << 12)
def _parse(words: str) -> Tree[Token] | None:
    """Read one sentence; offsets in the tree count from its beginning."""
    parsed = load_grammar("bibliography").parse_whole(words)
    child = parsed.tree.children[0] if parsed is not None else None
    return child if isinstance(child, Tree) else None


def _is_understood(text: str, sentences: Sequence[Offsets], index: int, draft: EntryReading) -> bool:
    """Tell whether a sentence after a title without marks is something else than more of the title."""
    tree = _parse(text[slice(*sentences[index])])
    if tree is None or tree.data != "imprint":
        return tree is not None
    parts = {child.data for child in tree.children if isinstance(child, Tree)}
    is_dated = draft.date is not None or "date" in parts
    is_placed = "house" in parts or index == len(sentences) - 1
    return is_dated and is_placed and _is_last_source(text, sentences, index)


def _is_last_source(text: str, sentences: Sequence[Offsets], index: int) -> bool:
    """Tell whether nothing but addresses and the like follows a sentence, or another entry."""
    for begin, end in sentences[index + 1 :]:
        if _opens_entry(text, begin):
            return True
        tree = _parse(text[begin:end])
        if tree is None or tree.data not in ("web", "genre"):
            return False
    return True


def _read_sentence(text: str, start: int, end: int, draft: EntryReading, *, last: bool) -> None:
    if _ASIDE.match(text, start):
        return
    tree = _parse(text[start:end])
    if tree is None:
        _read_unknown(text[start:end], draft)
        return
    if last and tree.data == "periodical" and _is_firm(tree, draft):
        _take_firm(draft, _text_of(tree, "journal"), alone=True)
        _take_date(draft, _text_of(tree, "date"))
        draft.closed = True
        return
    _READERS[tree.data](tree, draft, start)
    draft.closed = draft.closed or (last and tree.data == "imprint")


_ASIDE = re.compile(
    r"(?:Published|Originally|First|With\s(?:an?|the|comment\w*|contrib\w*)|Last\smodified|Updated|Reprinted)\s"
)


def _read_unknown(words: str, draft: EntryReading) -> None:
    """Take a sentence that has no form of its own: a series, or the site that a page stands on."""
    if draft.title_form == "quoted":
        if draft.container is not None and draft.container.kind != "webpage":
            # A database after the journal: “Project MUSE”.
            return
        if draft.container is not None and not draft.publishers:
            draft.publishers.append(draft.container.title)
        journal = re.match(r"\*([^*]+)\*.*\d", words)
        if journal is not None:
            draft.container = Container(title=journal.group(1), kind="article-journal")
        else:
            draft.container = Container(title=words.replace("*", ""), kind="webpage")
    elif draft.container is None and draft.title is not None:
        draft.container = Container(title=words.replace("*", "").strip(), kind="series")


def _is_firm(tree: Tree[Token], draft: EntryReading) -> bool:
    """Tell whether what reads as a journal and a year is a publisher and a year (Graywolf Press, 2016)."""
    if draft.title_form == "quoted" and not draft.genre and draft.container is None:
        return False
    kinds = [child.data if isinstance(child, Tree) else child.type for child in tree.children]
    title = next(tree.find_data("journal")).children[0]
    return kinds == ["journal", "date"] and isinstance(title, Token) and title.type == "JOURNAL"


def _texts_of(tree: Tree[Token], rule: str) -> list[str]:
    return [" ".join(str(child) for child in found.children).strip() for found in tree.find_data(rule)][::-1]


def _text_of(tree: Tree[Token], rule: str) -> str:
    found = _texts_of(tree, rule)
    return found[0].replace("*", "").strip(", ") if found else ""


def _take_date(draft: EntryReading, written: str) -> None:
    if not written or (draft.date is not None and draft.title_form != "quoted"):
        return
    years = re.findall(YEAR, written)
    if draft.year_written is None:
        draft.year_written = written
    value = read_date(written)
    if value is not None and len(years) > 1:
        value = f"{years[0]}/{years[-1]}"
    if draft.date is None or (value is not None and value.startswith(draft.date)):
        draft.date = value or (years[-1] if years else None)
    lettered = re.search(rf"{YEAR}([a-z])$", written)
    if lettered is not None:
        draft.suffix = lettered.group(1)


def _read_imprint(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    for child in tree.children:
        if isinstance(child, Tree) and child.data == "house":
            _take_house(draft, _text_of(child, "places"), _text_of(child, "publisher"))
        elif isinstance(child, Tree) and child.data == "firm":
            _take_firm(draft, _text_of(child, "publisher"), alone=len(tree.children) <= 2)
    pages = list(tree.find_data("pages"))
    if pages:
        draft.pages = _locators(pages[0], offset)
    dates = [child for child in tree.children if isinstance(child, Tree) and child.data == "date"]
    if dates:
        _take_date(draft, " ".join(str(token) for token in dates[-1].children))


def _take_house(draft: EntryReading, place: str, publisher: str) -> None:
    if re.search(r"\w", place):
        draft.places.append(place)
    if re.search(r"\w", publisher):
        draft.publishers.append(publisher)


_TOWN_AND_STATE = re.compile(
    r"^[^,]+,\s(?:D\.?\s?C\.?|N\.\s?[A-Z]\.?|(?:Mass|Calif|Conn|Ill|Md|Va|Penn)\.?)$"
)


def _take_firm(draft: EntryReading, words: str, *, alone: bool) -> None:
    """Take “New York, Praeger”, or “London, Macmillan, and New York, St. Martin's Press”, or a publisher."""
    if _TOWN_AND_STATE.search(words):
        # “Washington, D.C., November 1993”: nobody is named.
        draft.places.append(words)
        return
    houses = re.split(r",\s+and\s+", words)
    if not alone or (len(houses) > 1 and all("," in house for house in houses)):
        for house in houses:
            place, _, publisher = house.rpartition(",")
            _take_house(draft, place.strip(), publisher.strip())
    else:
        draft.publishers.append(words)


def _read_periodical(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    title = _text_of(tree, "journal")
    volume, issue, date = _text_of(tree, "volume"), _text_of(tree, "issue"), _text_of(tree, "date")
    pages = list(tree.find_data("pages"))
    is_series = not pages and (draft.title_form != "quoted" or not date)
    kind = "series" if is_series else "article-journal" if volume or issue else "article-newspaper"
    draft.container = Container(title=title, volume=volume or None, issue=issue or None, kind=kind)
    if is_series:
        return
    _take_date(draft, date)
    draft.pages = _locators(pages[0], offset) if pages else ()
    draft.closed = True


def _read_part(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    draft.is_part = True
    # The stop of a last initial has ended the sentence: “edited by … and Schramm, T.”
    named = next(filter(None, (_text_of(tree, rule) for rule in ("editors", "authors", "names"))), "")
    names = re.sub(r"(?<=[\s,][A-ZÀ-Þ])$", ".", named)
    editors = read_names(names)
    draft.container = Container(
        title=_text_of(tree, "book"), creators=editors, volume=_text_of(tree, "volume") or None, kind="book"
    )
    pages = list(tree.find_data("pages"))
    if pages:
        draft.pages = _locators(pages[0], offset)
    for house in tree.find_data("house"):
        _take_house(draft, _text_of(house, "places"), _text_of(house, "publisher"))
        draft.closed = True
    _take_date(draft, _text_of(tree, "date"))


def _read_contribution(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    lead = str(tree.children[0]).lower()
    names = read_names(_text_of(tree, "names"))
    if lead.startswith(("trans", "übers", "ford", "пер")):
        draft.translators = names
    elif lead.startswith(("edited", "compiled")):
        draft.editors = names


def _read_edition(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    draft.edition = str(tree.children[0])


def _read_part_of(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    volume = _text_of(tree, "volume") or None
    if any(token.type == "PART" for token in tree.children if isinstance(token, Token)):
        # “Part I: *The Movement.*”: parts have titles of their own within one work.
        return
    italics = [token for token in tree.children if isinstance(token, Token) and token.type == "ITALIC"]
    if italics:
        draft.container = Container(title=str(italics[0]).strip("*"), volume=volume, kind="series")
    else:
        draft.volume = volume or " ".join(str(token) for token in tree.scan_values(lambda _: True))


def _read_thesis(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    draft.genre = "thesis"
    publisher = _text_of(tree, "publisher")
    if publisher:
        draft.publishers.append(publisher)
    _take_date(draft, _text_of(tree, "date"))
    draft.closed = bool(publisher)


def _read_genre(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    words = fold(str(tree.children[0]))
    if words.endswith("script") or words.startswith("mimeo"):
        draft.genre = "manuscript"
    elif words == "working paper":
        draft.genre = words
    # “Kindle” and “PDF” say how a book was read, not what it is.


def _read_web(tree: Tree[Token], draft: EntryReading, offset: int) -> None:
    addresses = [str(token) for token in tree.scan_values(lambda token: getattr(token, "type", "") == "URL")]
    if addresses:
        draft.url = addresses[0].rstrip(".,")
        draft.closed = True


_READERS: dict[str, Callable[[Tree[Token], EntryReading, int], None]] = {
    "imprint": _read_imprint,
    "periodical": _read_periodical,
    "part": _read_part,
    "contribution": _read_contribution,
    "edition": _read_edition,
    "part_of": _read_part_of,
    "thesis": _read_thesis,
    "genre": _read_genre,
    "web": _read_web,
}

_RANGE = re.compile(
    r"(?P<first>[A-Z]{0,2}\d+[a-z]?|[ivxlc]+)(?:\s?[–—-]\s?(?P<last>[A-Z]?\d+[a-z]?|[ivxlc]+))?(?![.\w])"
)


def _locators(pages: Tree[Token], offset: int) -> tuple[Locator, ...]:
    """Return the page ranges of a sentence that begins at ``offset``, abbreviated ends expanded."""
    token = next(iter(pages.scan_values(lambda _: True)))
    offset += token.start_pos or 0
    label = re.match(r"(?:[Pp]p?\.?|[Ss]\.|[Сс]{1,2}\.)\s?(?=[\dA-Zivxlc])", token)
    found = []
    for match in _RANGE.finditer(token, label.end() if label is not None else 0):
        first, last = match.group("first"), match.group("last")
        found.append(
            Locator(
                label="page",
                start=first,
                end=None if last is None else expand(first, last),
                written=match.group(),
                written_label=label.group().strip() if label is not None else "",
                span=(offset + match.start(), offset + match.end()),
            )
        )
    return tuple(found)
