"""Finds and reads the works that notes cite.

Marks and numbers say where to look: a citation ends with a list of pages, with an imprint, or with
the clause. What stands before the pages is a citation if the grammar of notes reads all of it, and
the pages are pages if the grammar of locators does. The rest of the clause is the author's comment.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import (
    Container,
    CrossReference,
    IbidReference,
    Kind,
    Locator,
    Offsets,
    OtherReference,
    Reference,
    WorkReference,
)
from citecheck.patterns import compiled
from citecheck.reading.acceptance import accept, holds_year
from citecheck.reading.author_dates import read_labelled
from citecheck.reading.closings import (
    HIDDEN,
    Closing,
    closing_lists,
    closings,
    hide,
    plain_starts,
    skip,
    starts,
)
from citecheck.reading.creators import is_newspaper
from citecheck.reading.dates import find_date
from citecheck.reading.debates import find_debates, read_debate
from citecheck.reading.details import SEEN_WORDS, is_sentence
from citecheck.reading.editions import document_in, editions_pattern, find_editions, read_edition
from citecheck.reading.found import Found as Found
from citecheck.reading.inline import find_inline as find_inline
from citecheck.reading.keys import read_keys
from citecheck.reading.locators import read_locators, shift
from citecheck.reading.marks import find_marked
from citecheck.reading.mentions import find_sources_of_others
from citecheck.reading.published import read_head
from citecheck.reading.repetitions import IBID, IDEM
from citecheck.reading.repositories import HOUSE
from citecheck.reading.segmenting import Clause
from citecheck.reading.statutes import find_statutes
from citecheck.reading.trees import clean_title
from citecheck.reading.unpublished import read_unpublished


def read_clause(text: str, clause: Clause) -> list[Found]:
    """Return the citations of works in one clause of a note, in order; prose gives none.

    A clause in which *ibid.* is followed by the levels of an archive is left alone.
    """
    words = text[clause.start : clause.end]
    if len(words) > _LONGEST or not _MAY_CITE.search(words):
        return []
    found = []
    for start, end, reference, signal in _read(words, clause.signal is not None):
        if start == 0 and signal is None:
            signal = clause.signal
        found.append(Found(clause.start + start, clause.start + end, reference, signal))
    return found


def unread(text: str, clause: Clause) -> bool:
    """Tell whether a clause clearly cites something and yet gives no citation."""
    words = text[clause.start : clause.end]
    if len(words) > 600 or _OWN_PAGES.fullmatch(words):
        return False
    if _CLEARLY_CITES.search(words) is None and (
        is_sentence(words)
        or not (
            _LETTERS_AND_NUMBER.fullmatch(words) or _HOUSE_AND_NUMBER.search(words) or _LEAF.search(words)
        )
    ):
        return False
    return not _read(words, clause.signal is not None)


# No clause that cites is longer: what is, is text without any stop, and reading it would never end.
_LONGEST = 1500
# Without a figure, a title or a word of repetition there is nothing to look for.
_MAY_CITE = re.compile(
    r"[\d*“”\"„«‘'@\\]|(?:^|[\s(])(?:[IiLl1|Jj]b[ií]d|[Ii]hid|[Ii]bicl|[Ii]vi\b|[Ii]dem|[Ll]oc\.|[Oo]p\.|[Тт]ам\s(?:же|само)|[Ee]bd|[Ee]benda"
    r"|[Uu]o\."
    r"|[Tt]amże|[Tt]amt|[Uu]gyanott|[Уу]каз|[Ee]-?mail|[Ii]nterview|cite[sd]\s|[Ee]ntretien|Gespräch|Интервью)"
)
# A labelled page, an imprint, a page right after a title, or after an imprint.
_CLEARLY_CITES = re.compile(
    r"\bpp?\.\s?\d|[\s(][Сс]{1,2}\.\s?\d|\b[Ss]\.\s\d|\((?:[^()]{2,60}:\s)[^()]{2,80},?\s(?:1[5-9]|20)\d\d\)"
    r"|[\"”*]\)?,\s(?!(?:1[5-9]|20)\d\d[–-]\d)\d{1,4}(?:[–-]\d{1,4})?(?:,|\.?$)|\d{4}\):\s?\d"
)


# What may be a place in an archive that goes by letters: “AGI, México, 23, N. 45”; no date closes one.
_LETTERS_AND_NUMBER = re.compile(
    rf"[A-Z]{{2,6}},\s[{UPPER}][^;*“”\"()!?]{{1,100}}?[\s,./](?!(?:1[5-9]|20)\d\d\.?$)\d{{1,6}}[rv]?\.?"
)
# The same of a house that says what it is: “Norfolk Record Office, NCR 16a/11”, “MSS.126/TG/1186, Modern Records Centre”.
_HOUSE_AND_NUMBER = re.compile(
    rf"(?:{HOUSE})[^\W\d_]*(?:\s[^,;:]{{1,40}})?,\s[^;]*?\b[A-Z]{{1,6}}\.?\s?\d"
    rf"|\b[A-Z]{{1,6}}\.?\s?\d[^;]*,\s[^,;]{{0,60}}(?:{HOUSE})"
)
_LEAF = re.compile(r",\s(?:fols?|fos?|ff|mm?|cc?|membs?|sigs?)\.?\s?[A-Z]?\d{1,4}[rvd]?\b")
# The pages of the text itself: “pp. 14–16 above”, “supra, p. 33”, „S. 14 oben“.
_OWN_PAGES = re.compile(
    r"(?:(?:above|below|supra|infra|oben|unten|ci-dess[uo]us|выше|ниже),?\s)?(?:pp?|SS?|с|C)\.\s?\d[\d–, -]*"
    r"(?<![\s,–-])(?:,?\s(?:above|below|supra|infra|oben|unten|ci-dess[uo]us|выше|ниже))?\.?",
    re.IGNORECASE,
)


class _Cited(NamedTuple):
    """A citation in the words of a clause: its range in them, its reading, and the signal before it."""

    start: int
    end: int
    reference: Reference
    signal: str | None = None


@lru_cache(maxsize=1 << 11)
def _read(words: str, signalled: bool) -> tuple[_Cited, ...]:
    """Read the words of a clause; ``signalled`` says that a signal such as “see” leads it in."""
    marked = find_marked(words)
    found: list[_Cited] = []
    for start, end, signal in _inner_signals(words, marked):
        part = _Part(words, marked, start, end, signalled if start == 0 else True)
        for number, cited in enumerate(part.read()):
            found.append(cited._replace(signal=signal) if number == 0 else cited)
    if not found:
        found += _read_unclosed(words, signalled) or _read_without_comma(words, signalled)
    if not found:
        for each in find_sources_of_others(words, 0, len(words)):
            found.append(_Cited(each.start, each.end, each.reference, each.signal))
    return tuple(found)


# “Shin, "Interior Landscapes, in Shin and Robinson, *Colonial Modernity*, 250” and “Shin, ‘Landscapes, 250”: the mark that
# should close the title is lost beside a comma, before “in” and a name, or before the pages.
_LOST_MARK = re.compile(
    rf"(?:^|,\s)(?P<opens>[\"“„«‘])(?=[{UPPER}])[^\"“”„«»‘*;()]{{4,200}}?"
    rf"(?P<comma>,)(?=\s(?:in|dans|en)\s[{UPPER}]|\sin:\s[{UPPER}]|\s(?:(?:pp?|S|с)\.\s?)?\d{{1,4}}(?:[–-]\d{{1,4}})?\.?$)"
)
_CLOSES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’"}


def _read_unclosed(words: str, signalled: bool) -> list[_Cited]:
    """Read a clause whose title has a quotation mark that is never closed, as if the comma behind it were the mark."""
    lost = _LOST_MARK.search(words)
    if lost is None or any(start == lost.start("opens") for start, _ in find_marked(words)):
        return []
    closing = _CLOSES[lost["opens"]]
    mended = words[: lost.start("comma")] + closing + words[lost.end("comma") :]
    return _works_with_pages(mended, signalled)


def _works_with_pages(mended: str, signalled: bool) -> list[_Cited]:
    """Return the works in mended words that have an author and pages: what has less may be anything."""
    return [
        cited
        for cited in _Part(mended, find_marked(mended), 0, len(mended), signalled).read()
        if isinstance(cited.reference, WorkReference)
        and cited.reference.creators
        and cited.reference.title
        and cited.reference.locators
    ]


# “Lüthi, The Sino-Soviet Split. 46–49” and “Lüthi, The Sino-Soviet Split 46–49”: the comma before the pages is a stop, or lost.
_NO_COMMA = re.compile(
    rf"[{UPPER}][^,.;:()\d*“”\"]{{1,60}},\s[{UPPER}][^,.;:()\d*“”\"]{{6,120}}(?P<mark>\.?\s|\.)"
    r"(?:(?<=\.\s)\d{1,3}(?:[–-]\d{1,3})?|\d{1,3}[–-]\d{1,3})\.?"
)


def _read_without_comma(words: str, signalled: bool) -> list[_Cited]:
    """Read a clause that is an author, a title without marks and pages, as if the comma before the pages stood there."""
    lost = _NO_COMMA.fullmatch(words)
    if lost is None:
        return []
    at = lost.start("mark")
    return _works_with_pages(f"{words[:at]},{words[at + 1 :]}", signalled)


# Signals inside a sentence; unlike those that open a clause they must be followed by what may be cited.
_INNER_SIGNAL = compiled(
    r"(?:(?<=[\s(\[—–])|^)(?P<signal>(?:but\s|and\s)?(?:(?<=[(\[—–])[Ss]|(?<=:\s)[Ss]|s)ee(?:\s+also)?"
    r"(?:,?\s+(?:among\s+others|for\s+(?:example|instance)|e\.g\.|especially|in\s+particular|generally"
    r"|inter\s+alia),?)?"
    r"|(?:as\s+|also\s+)?(?:cited|quoted|reprinted|reproduced|summari[sz]ed|discussed|described|analy[sz]ed|examined"
    r"|recounted|documented|mentioned|explained|printed|published)\s+(?:in|by|from|after)"
    r"|citing|quoting|cfr?\.(?:\s+(?:also|anche))?|zie(?:\s+ook)?|compare"
    r"|vgl\.(?:\s+auch)?|siehe(?:\s+auch)?|s\.\s+auch|zit\.\s+nach|(?:цит\.\s+)?по:|цит\.\s+по"
    r"|см\.(?:\s+также)?|ср\."
    r"|lásd(?:\s+még)?|idézi|vö\.|voir(?:\s+aussi)?|zob\.(?:\s+też)?|cyt\.\s+za"
    rf")[;:,]?\s+(?=[{UPPER}*“\"„«‘'\[]|(?:{IBID}|{IDEM})(?!\w)|note\s\d|n\.\s\d|(?:the|a)\s[\w\s]{{0,30}}in\s[{UPPER}*]"
    rf"|(?:van|von|de|du|di|le|la)\s[{UPPER}])",
)


# “It had already been printed in *Renmin Ribao*” tells what happened; with a date or a page it cites.
_TELLS_OF_PRINT = re.compile(r"(?:also\s)?(?:printed|published)")
_FIGURE = re.compile(r"\d")


def _inner_signals(words: str, marked: Sequence[Offsets]) -> list[tuple[int, int, str | None]]:
    """Divide a clause before its signals: “Charter of the KWP, Article 11, cited in Yang, *Systems*, 12”."""
    parts: list[tuple[int, int, str | None]] = []
    begin, signal = 0, None
    for match in _INNER_SIGNAL.finditer(words):
        if any(start < match.start() < end for start, end in marked):
            continue
        if _TELLS_OF_PRINT.match(match.group("signal")) and not _FIGURE.search(words, match.end()):
            continue
        if match.start("signal") > begin:
            parts.append((begin, match.start("signal"), signal))
        begin, signal = match.end(), re.sub(r"\s+", " ", match.group("signal")).lower()
    parts.append((begin, len(words), signal))
    return parts


_ADDRESS = re.compile(r"https?:|www\.|doi:|DOI")
# An address with the day on which it was seen; behind the pages, or alone.
_WEB_ALONE = re.compile(
    r"(?:(?i:accessed|retrieved|consulted|available\sat:?|online:?|URL:?"
    r"|Режим\sдоступа:?)\s"
    r"[^,;<>]{0,40}?(?:,\s\d{4})?,?\s?)?"
    r"<?(?P<url>(?:https?://|www\.|doi:\s?10\.|DOI:?\s?10\.)[^\s<>]+[^\s<>.,;)])>?"
    r"(?:,?\s[(\[](?:[^()\[\]]{3,80})[)\]](?:\s\([^()]{3,40}\))?|,?\s(?:accessed|last\s\w+"
    r"|retrieved)\s(?:on\s)?[^;]{4,30}?)?"
    r"(?=[.,]*$)"
)
# The day of a look at what has no address: “p. 3 (accessed 3 March 2019)”. It is no date of the work.
_SEEN_ON = re.compile(rf",?\s[(\[](?:last\s)?(?:{SEEN_WORDS})\s[^()\[\]]{{4,30}}[)\]]\.?$")
_WEB = re.compile(r"[,.;]?\s+" + _WEB_ALONE.pattern)
# Two citations joined to one sentence: “…, 12, and Szalontai, *Kim Il Sung*, 45”; after pages, an imprint
# or a pointer (“note 17 above, and …”).
_JOINED = re.compile(
    r"(?:\d[fn.]{0,2}|(?:1[5-9]|20)\d\d\)|\b(?:above|below|supra|infra)),?\s(?:and|und|et|и|та|és|sowie|as\swell\sas|with|mit|avec)"
    rf"\s(?:in\s)?(?=[{UPPER}{HIDDEN}]|(?:{IDEM})(?!\w)|(?:foot|end)?notes?\s\d|nn?\.\s\d)"
)
# “Chapter 3, pp. 88–91 below”
_WHERE_BEHIND = re.compile(r"(?<=\d)\s(?:above|below)$")
_LEFT_OVER = re.compile(r"(?:and|und|et|sowie|и|és)\s(?=\S)")
_AND = re.compile(r",?\s(?:and|und|et|и|та|és|sowie)\s")
_IMPRINT_FOLLOWS = re.compile(r"(?<=\d{4})\s\([^()]{2,60}:\s[^()]{2,80}\d{4}\)")
# MHRA gives all pages of an article, then the ones that are meant: “115–35 (pp. 118–19)”.
_PAGES_MEANT = re.compile(r"\s?\((?P<list>(?:pp?\.|S\.|с\.)\s?[^()]{1,40})\)$")
# What a note says of the passage behind its page: “62 (emphasis added)”, “63 [my translation]”.
_ASIDE = re.compile(
    # the article of a dictionary: s.v. “Tömör-Ochir”
    r",\s[Ss]\.\s?v{1,2}\.\s[“«„\"‘][^“”«»„\"‘’]{1,60}[”»“\"’]$|"
    r"(?<=[\df.])\s[(\[](?=[^\W\d_A-ZÀ-ÞА-ЯЁ]|(?:Emphasis|Italics|Hervorhebung|Translation|Übersetzung|Курсив|Kiemelés)\b)"
    r"[^()\[\]\d*“”\"]{3,80}[)\]]$"
)
# A document and the collection that prints it: “Embassy in Seoul to State Department, 3 May 1956, in FRUS, 1955–1957”.
_IN_COLLECTION = re.compile(
    r",?\s(?:in:?\s)?(?=\*?(?:[A-Z]{3,6}|Foreign\sRelations\sof\sthe\sUnited\sStates)\*?,?\s(?:1[6-9]|20)\d\d)"
)
# A letter and the book that prints it: “Grey to Nicolson, 8 April 1908, in Gooch and Temperley (eds), *British Documents*”.
_IN_BOOK = re.compile(rf",?\s(?:(?:printed|published)\s)?in:?\s(?=[{UPPER}*])")
_CORRESPONDENTS = re.compile(rf"[{UPPER}][^,;()*“”\"\d]{{1,60}}\sto\s[{UPPER}][^,;()*“”\"\d]{{1,60}}")
# Between a document and the edition that prints it.
_BEFORE_EDITION = re.compile(r"\)?,?\s(?:(?:printed\s|published\s)?in:?\s)?$")


# “Rot. Parl., iii. 234”, “Cal. Pat. Rolls”: nobody called Rot. is the author of Parl.
_ABBREVIATED_TITLE = re.compile(rf"(?:[{UPPER}][^\W\d_]{{1,5}}\.\s?){{2,4}}(?:Rolls)?(?:,\s[ivxl]{{1,5}})?")


@attrs.frozen(slots=False)
class _Part:
    """A part of a clause, between one signal and the next."""

    words: str
    marked: Sequence[Offsets]
    start: int
    end: int
    signalled: bool

    def read(self) -> Iterator[_Cited]:
        """Read one citation that fills the part, or citations among comments."""
        end = self.end
        while end > self.start and (self.words[end - 1] in " \t\n,;(—–" or self._closes_nothing(end)):
            end -= 1
        start = skip(self.words, self.start, end)
        # A conjunction left over from a list of sources: “see note 31; and note 147”.
        joined = _LEFT_OVER.match(self.words, start, end)
        if joined is not None:
            start = joined.end()
        aside = _ASIDE.search(self.words, start, end - (self.words[end - 1 : end] == "."))
        if aside is not None:
            end = aside.start()
        on_web = _ADDRESS.search(self.words, start, end) is not None
        seen = None if on_web else _SEEN_ON.search(self.words, start, end)
        if seen is not None:
            end = seen.start()
        alone = _WEB_ALONE.match(self.words, start, end) if on_web else None
        if alone is not None:
            yield _Cited(start, alone.end(), OtherReference(description=alone.group("url")))
            return
        web = self._address(start, end)
        if web is not None:
            before = attrs.evolve(self, start=start, end=web.start(), signalled=True)
            for cited in before.read():
                yield _add_address(cited, web)
            return
        document = self._read_document(start, end)
        if document is not None:
            yield document
            return
        inside = self._marked_between(start, end)
        joints = list(_JOINED.finditer(hide(self.words, inside, start, end)))
        if joints:
            pieces = list(self._read_pieces(start, end, inside)) or self._read_pointers(joints, end)
            yield from pieces
            return
        for begin in starts(self.words, start, end, inside):
            whole = self._read_whole(begin, end, self._marked_between(begin, end))
            if whole is not None and (begin == start or _is_certain(whole.reference)):
                # What stands before a citation that goes on to the end may hold others.
                yield from self._read_pieces(start, begin, self._marked_between(start, begin))
                yield whole
                return
        yield from self._read_pieces(start, end, inside)

    def _marked_between(self, start: int, end: int) -> list[Offsets]:
        return [(left, right) for left, right in self.marked if left >= start and right <= end]

    def _closes_nothing(self, end: int) -> bool:
        """Tell whether a bracket that opened before the part closes it: “(see Lankov, *Crisis*, 45)”."""
        stop = end - (self.words[end - 1] == ".")
        if stop <= self.start or self.words[stop - 1] != ")":
            return False
        return self.words.count("(", self.start, stop) < self.words.count(")", self.start, stop)

    def _address(self, start: int, end: int) -> re.Match[str] | None:
        return _WEB.search(self.words, start, end) if _ADDRESS.search(self.words, start, end) else None

    # ---- a citation that fills the part

    def _read_whole(self, start: int, end: int, marked: Sequence[Offsets]) -> _Cited | None:
        words = self.words
        while end > start and words[end - 1] in " .;,":
            end -= 1
        edition = read_edition(words[start:end]) or read_debate(words[start:end])
        if edition is not None:
            return _Cited(start, end, edition)
        for left, right, statute in find_statutes(words, start, end):
            if (left, right) == (start, end):
                return _Cited(start, end, statute)
        where = _WHERE_BEHIND.search(words, start, end)
        if where is not None:
            pointer = self._read_whole(start, where.start(), marked)
            if pointer is not None and isinstance(pointer.reference, CrossReference):
                return pointer._replace(end=end)
        meant = _PAGES_MEANT.search(words, start, end) if words[end - 1 : end] == ")" else None
        if meant is not None:
            cited = self._read_whole(start, meant.start(), marked)
            pages = read_locators(meant.group("list"))
            if cited is not None and pages and isinstance(cited.reference, WorkReference):
                pages = shift(pages, meant.start("list") - start)
                return _Cited(start, end, attrs.evolve(cited.reference, locators=pages))
        dated = read_labelled(words[start:end]) if not marked else None
        if dated is not None:
            return _Cited(start, end, dated)
        for closing in closing_lists(words, start, end, marked):
            locators = self._read_list(closing, marked)
            if locators:
                cited = self._combine(start, closing, locators)
                if cited is not None:
                    return cited
        letter = read_unpublished(words, start, end)
        if letter is not None:
            return _Cited(start, end, letter)
        return self._combine(start, Closing(end, end, end), ())

    def _read_list(self, closing: Closing, marked: Sequence[Offsets]) -> tuple[Locator, ...] | None:
        """Read the list of a closing; None where it is no list of places inside a work."""
        locators = read_locators(self.words[closing.list_start : closing.list_end])
        if not locators or any(locator.label == "issue" for locator in locators):
            # An issue is no place inside a work: a shorter list may begin after it.
            return None
        if holds_year(self.words, locators, closing.list_start, marked=bool(marked)):
            return None
        if locators[-1].end is not None and _IMPRINT_FOLLOWS.match(self.words, closing.list_end):
            # “*Brothers in Arms*, 1945–1963 (Stanford: …, 1998)”: the years belong to the title.
            return None
        return locators

    def _combine(self, start: int, closing: Closing, locators: tuple[Locator, ...]) -> _Cited | None:
        """Put a head and its pages together, if the head is one and the two make a citation."""
        written = self.words[start : closing.head_end].rstrip(" ,")
        if not 2 <= len(written) <= 1200 or _ABBREVIATED_TITLE.fullmatch(written):
            return None
        head = read_head(written)
        if head is None:
            return None
        if locators and locators[0].label == "volume" and _is_in_periodical(head.reference):
            # “*Korean Studies*, vol. 23, 45”: the volume is the periodical's, and the pages begin after it.
            return None
        colon = self.words[closing.head_end : closing.head_end + 1] == ":"
        after_imprint = head.published and written.endswith(")")
        if locators and colon and not (head.marked or after_imprint or locators[0].written_label):
            # “Members of the Committee: 1. Kim …” counts; pages stand so only after an imprint.
            return None
        reference = accept(
            head,
            shift(locators, closing.list_start - start),
            signalled=self.signalled and start == self.start,
        )
        if reference is None:
            return None
        end = closing.list_end if locators else start + len(written)
        if isinstance(reference, IbidReference) and self.words.startswith(".", start + len(written)):
            # The full stop of “Ibid.” belongs to it.
            reference = attrs.evolve(reference, form=reference.form + ".")
            end = max(end, start + len(written) + 1)
        return _Cited(start, end, reference)

    def _read_document(self, start: int, end: int) -> _Cited | None:
        """Read a document with its date that a collection prints; None where there is none."""
        printed = self._read_printed_document(start, end)
        if printed is not None:
            return printed
        letter = self._read_printed_letter(start, end)
        if letter is not None:
            return letter
        joint = _IN_COLLECTION.search(self.words, start, end)
        if joint is None or not self.words[start : start + 2].lstrip('“"')[:1].isupper():
            return None
        date = find_date(self.words, start, joint.start())
        if date is None or len(date.value) <= 4 or date.end != joint.start():
            return None
        described = self.words[start : date.start].rstrip(" ,.(")
        collection = self._read_whole(joint.end(), end, self._marked_between(joint.end(), end))
        work = collection.reference if collection is not None else None
        if collection is None or not isinstance(work, WorkReference) or work.creators or len(described) < 4:
            return None
        reference = attrs.evolve(
            work,
            kind=Kind.CHAPTER,
            title=clean_title(described),
            container=Container(work.title or "", kind="book"),
            date=date.interval,
            locators=shift(work.locators, joint.end() - start),
            title_span=(0, len(described)),
        )
        return _Cited(start, collection.end, reference)

    def _read_printed_letter(self, start: int, end: int) -> _Cited | None:
        """Read a letter with its day in a book that somebody edits; None where there is none."""
        joint = _IN_BOOK.search(self.words, start, end)
        date = find_date(self.words, start, joint.start()) if joint is not None else None
        if joint is None or date is None or len(date.value) < 10 or date.end != joint.start():
            return None
        described = self.words[start : date.start].rstrip(" ,")
        if _CORRESPONDENTS.fullmatch(described) is None:
            return None
        book = self._read_whole(joint.end(), end, self._marked_between(joint.end(), end))
        work = book.reference if book is not None else None
        if book is None or not isinstance(work, WorkReference) or work.title is None or not work.creators:
            return None
        if work.container is not None:
            return None
        reference = attrs.evolve(
            work,
            kind=Kind.CHAPTER,
            creators=(),
            title=described,
            container=Container(work.title, work.creators, volume=work.volume, kind="book"),
            volume=None,
            date=date.interval,
            locators=shift(work.locators, joint.end() - start),
            creators_span=None,
            title_span=(0, len(described)),
        )
        return _Cited(start, book.end, reference)

    def _read_printed_document(self, start: int, end: int) -> _Cited | None:
        """Read a document in an edition that is known: “Bevin to Franks, 11 July 1950, DBPO, Series II, vol. IV, no. 15”."""
        words = self.words
        while end > start and words[end - 1] in " .;,":
            end -= 1
        for name in editions_pattern().finditer(words, start, end):
            lead = _BEFORE_EDITION.search(words, start, name.start())
            date = find_date(words, start, lead.start()) if lead is not None else None
            if lead is None or date is None or len(date.value) <= 4 or date.end != lead.start():
                continue
            described = words[start : date.start].rstrip(" ,.(")
            edition = read_edition(words[name.start() : end])
            if edition is not None and len(described) >= 4 and described.lstrip('“"')[:1].isupper():
                title = clean_title(described)
                document = document_in(edition, title, date.interval, name.start() - start)
                return _Cited(start, end, attrs.evolve(document, title_span=(0, len(described))))
        return None

    def _read_pointers(self, joints: Sequence[re.Match[str]], end: int) -> Iterator[_Cited]:
        """Read what is joined to a page of the same manuscript: “above, p. 112, and note 11”."""
        for joint in joints:
            pointer = self._read_whole(joint.end(), end, ())
            if pointer is not None and isinstance(pointer.reference, CrossReference):
                yield pointer
                return

    # ---- citations among comments

    def _read_pieces(self, start: int, end: int, marked: Sequence[Offsets]) -> Iterator[_Cited]:
        if "@" in self.words or "\\" in self.words:
            keys = read_keys(self.words, start, end)
            yield from (_Cited(left, right, reference) for left, right, reference in keys)
            if keys:
                return
        known: list[tuple[int, int, Reference]] = [
            *find_editions(self.words, start, end),
            *find_debates(self.words, start, end),
            *find_statutes(self.words, start, end),
        ]
        for left, right, edition in sorted(known, key=lambda each: each[0]):
            yield from self._read_pieces_between(start, left, self._marked_between(start, left))
            yield _Cited(left, right, edition)
            start = right
        yield from self._read_pieces_between(start, end, self._marked_between(start, end))

    def _read_pieces_between(self, start: int, end: int, marked: Sequence[Offsets]) -> Iterator[_Cited]:
        at = start
        for closing in closings(self.words, start, end, marked):
            if closing.head_end < at:
                continue
            locators: tuple[Locator, ...] | None = ()
            if closing.list_end > closing.list_start:
                locators = self._read_list(closing, marked)
            if locators is None:
                continue
            for begin in starts(self.words, at, closing.head_end, self._marked_between(at, closing.head_end)):
                cited = self._combine(begin, closing, locators)
                if cited is not None and _is_sound(cited.reference, at_start=begin == self.start):
                    yield cited
                    at = closing.list_end
                    break
            else:
                cited = self._read_plain(at, closing, locators)
                if cited is not None:
                    yield cited
                    at = closing.list_end
        yield from self._read_last(at, end)

    def _read_plain(self, at: int, closing: Closing, locators: tuple[Locator, ...]) -> _Cited | None:
        """Read a work with its imprint that nothing sets apart: “The classic account is Suh, Kim Il Sung (…)”."""
        if self.words[closing.head_end - 1 : closing.head_end] != ")":
            return None
        for begin in plain_starts(self.words, at, closing.head_end):
            cited = self._combine(begin, closing, locators)
            reference = cited.reference if cited is not None else None
            if isinstance(reference, WorkReference) and reference.creators and reference.publisher:
                return cited
        return None

    def _read_last(self, at: int, end: int) -> Iterator[_Cited]:
        """Read a title without pages that “and” joins to what was cited before: “note 17 above, and Lim, “Title””."""
        joined = _AND.match(self.words, at, end)
        if joined is None:
            return
        start = joined.end()
        last = self._read_whole(start, end, self._marked_between(start, end))
        if (last is not None and isinstance(last.reference, CrossReference)) or (
            (
                last is not None
                and isinstance(last.reference, WorkReference)
                and last.reference.title is not None
            )
            and self._marked_between(start, end)
        ):
            yield last


def _is_certain(reference: Reference) -> bool:
    """Tell whether a citation that goes on to the end is one wherever it begins: by pages or an imprint."""
    if isinstance(reference, WorkReference):
        dated = reference.container is not None and reference.date is not None
        told = reference.locators or reference.publisher or reference.place or dated
        return bool(reference.creators) and bool(told)
    return isinstance(reference, IbidReference)


def _is_in_periodical(reference: Reference) -> bool:
    return (
        isinstance(reference, WorkReference)
        and reference.container is not None
        and reference.kind is not Kind.CHAPTER
    )


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _is_sound(reference: Reference, *, at_start: bool) -> bool:
    """Tell whether a citation found amid words is one: without an author it may be anything."""
    match reference:
        case WorkReference(title=None):
            return bool(reference.creators)
        case WorkReference(creators=()):
            # “Compare *Statistical Returns* (Pyongyang: …, 1961), p. 23 with …”
            # “documents in *CWIHP Bulletin* 16 (Fall 2007): 183–337” are cited by the issue that prints them.
            issue = bool(reference.volume and reference.date and reference.locators)
            # “Castro's speech is printed in *Granma Weekly Review*, 20 March 1966, 5”.
            by_day = _DAY.fullmatch(reference.date or "") is not None
            issue = issue or (by_day and (bool(reference.locators) or is_newspaper(reference.title or "")))
            return issue or bool(reference.publisher and reference.place and reference.date)
        case WorkReference():
            return bool(reference.locators) or reference.kind is not Kind.SHORT
        case IbidReference():
            return True
        case CrossReference():
            return at_start
        case _:
            return False


def _add_address(cited: _Cited, web: re.Match[str]) -> _Cited:
    """Give the citation right before a web address that address."""
    reference = cited.reference
    if not isinstance(reference, WorkReference) or web.start() - cited.end > 2:
        return cited
    kind = Kind.FULL if reference.kind is Kind.SHORT else reference.kind
    container = reference.container
    plain = not reference.creators and "*" not in web.string[cited.start : cited.end]
    if container is not None and (container.kind is None or plain):
        # Nobody's text on a site whose name nothing sets apart; newspapers stand in italics.
        container = attrs.evolve(container, kind="webpage")
    reference = attrs.evolve(reference, kind=kind, container=container, url=web.group("url"))
    return cited._replace(end=web.end(), reference=reference)
