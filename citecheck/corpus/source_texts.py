"""Texts that quotations and page references can be checked against.

Three sorts are at hand: documents that a manuscript prints itself (“DOCUMENT No. 4”), other manuscripts of
the run that turn out to be cited works, and files that the user names with ``--source KEY=FILE``.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePath

import attrs

from citecheck.bibliographies.contents import Contents, read_contents
from citecheck.corpus.rows import WorkRow, document_rows
from citecheck.corpus.wording import Wording
from citecheck.documents import Corpus, Document
from citecheck.errors import CitecheckError
from citecheck.manuscript import Manuscript, Passage, Piece
from citecheck.readers import read_manuscript
from citecheck.reading.numbers import page_value
from citecheck.resolving.folding import fold
from citecheck.resolving.identity import Mention, compare_works, title_letters
from citecheck.resolving.names import family_key
from citecheck.resolving.titles import title_words


@attrs.frozen
class PageMark:
    """A place in a text where a page begins, with the number that the page bears."""

    at: int
    page: str


@attrs.frozen(slots=False, eq=False)
class SourceText:
    """A text that words may be quoted from, with what is needed to look them up.

    ``name`` is what messages call it. ``number`` is that of a document which its manuscript prints. ``key``
    is set for a file that the user gives: the citation key, or key of an archival document, that it is for.
    """

    name: str
    manuscript: Manuscript = attrs.field(repr=False)
    passages: tuple[Passage, ...] = attrs.field(repr=False)
    number: str | None = None
    key: str | None = None

    @cached_property
    def passage(self) -> Passage:
        """The text in one piece, without page numbers and running heads."""
        return _without_page_furniture(self.passages, self.manuscript.text)

    @cached_property
    def wording(self) -> Wording:
        """The words of the text."""
        return Wording(self.passage.text)

    @cached_property
    def is_complete(self) -> bool:
        """Whether nothing shows that a part of the text is missing: then what is not found is not there."""
        return not any(_gaps([passage.text for passage in self.passages]))

    @cached_property
    def contents(self) -> Contents | None:
        """The table of contents that the text opens with, if it has one."""
        return read_contents(self.manuscript) if self.number is None else None

    @cached_property
    def _marks(self) -> Sequence[PageMark]:
        return find_page_marks(self.manuscript.text) if self.number is None else ()

    def pages(self, start: int, end: int) -> frozenset[int]:
        """Return the pages that ``passage.text[start:end]`` stands on; none where pages are not shown."""
        span = self.passage.span(start, end)
        first = bisect_right(self._marks, span.start, key=lambda mark: mark.at) - 1
        last = bisect_right(self._marks, max(span.start, span.end - 1), key=lambda mark: mark.at) - 1
        found = (
            {page_value(mark.page) for mark in self._marks[max(first, 0) : last + 1]} if first >= 0 else set()
        )
        return frozenset(page for page in found if page is not None)

    def has_page(self, page: int) -> bool:
        """Tell whether the text has that page."""
        return any(page_value(mark.page) == page for mark in self._marks)


# ---- pages


_MARKED_PAGE = re.compile(
    r"\[\s?(?:pp?\.?|page|S\.|Seite|с\.|стр\.|str\.|o\.|l\.|л\.)\s?(\d{1,4}|[ivxlc]{1,8})\s?\]"
    r"|\{(\d{1,4})\}|^[ \t]*[-–—]\s?(\d{1,4})\s?[-–—][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER_LINE = re.compile(r"^[ \t]*(\d{1,4})[ \t]*$", re.MULTILINE)
_FEWEST_PAGES = 3


def find_page_marks(text: str) -> tuple[PageMark, ...]:
    """Return where the pages of a text begin: at form feeds, at marks such as ``[p. 12]``, at page numbers.

    Numbers count only if they are alone on their lines and go up one by one. A number before the first
    words of the text stands at the head of its page; otherwise numbers stand at the foot.
    """
    if text.count("\f") >= _FEWEST_PAGES - 1:
        return _fed_pages(text)
    marked = [
        PageMark(match.start(), next(filter(None, match.groups()))) for match in _MARKED_PAGE.finditer(text)
    ]
    if len(marked) >= _FEWEST_PAGES and _goes_up([page_value(mark.page) or 0 for mark in marked]):
        return tuple(marked)
    numbers = [(match.start(), int(match.group(1))) for match in _NUMBER_LINE.finditer(text)]
    run = _longest_run(numbers)
    if len(run) < _FEWEST_PAGES:
        return ()
    if len(text[: run[0][0]].strip()) < 200:
        return tuple(PageMark(at, str(page)) for at, page in run)
    starts = [0, *(at for at, _ in run[:-1])]
    return tuple(PageMark(start, str(page)) for start, (_, page) in zip(starts, run, strict=True))


def _fed_pages(text: str) -> tuple[PageMark, ...]:
    """Return the pages between form feeds, with the numbers printed on them or else counted from 1."""
    starts = [0, *(match.end() for match in re.finditer("\f", text))]
    ends = [*starts[1:], len(text)]
    offsets: Counter[int] = Counter()
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        lines = [line.strip() for line in text[start:end].strip("\f\n ").split("\n")]
        for line in {lines[0], lines[-1]}:
            number = re.match(r"(\d{1,4})\b|.*\s(\d{1,4})$", line) if len(line) < 80 else None
            if number is not None:
                offsets[int(next(filter(None, number.groups()))) - index] += 1
    offset, count = offsets.most_common(1)[0] if offsets else (1, 0)
    if count * 2 < len(starts):
        offset = 1
    return tuple(
        PageMark(start, str(index + offset))
        for index, start in enumerate(starts)
        if text[start : ends[index]].strip()
    )


def _goes_up(values: Sequence[int]) -> bool:
    # Front matter has numbers of its own, so the count may begin anew once.
    return sum(after < before for before, after in pairwise(values)) <= 1


def _longest_run(numbers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of numbers that go up by one; a page or two may be missing."""
    best: list[tuple[int, int]] = []
    runs: dict[int, list[tuple[int, int]]] = {}
    for at, value in numbers:
        before = next((runs.pop(value - step) for step in (1, 2, 3) if value - step in runs), [])
        runs[value] = [*before, (at, value)]
        best = max(best, runs[value], key=len)
    return best


def _without_page_furniture(passages: Iterable[Passage], text: str) -> Passage:
    """Join passages, leaving out lines that are page numbers, or running heads that come again and again."""
    pieces = [(passage, piece) for passage in passages for piece in passage.pieces if piece.literal]
    repeated = Counter(_head(text[piece.start : piece.end]) for _, piece in pieces)
    parts: list[str] = []
    joined: list[Piece] = []
    length = 0
    previous: Passage | None = None
    for passage, piece in pieces:
        words = text[piece.start : piece.end]
        head = _head(words)
        if not head or (
            repeated[head] >= _FEWEST_PAGES
            and len(words) < 80
            and not words.rstrip().endswith((".", ":", "”", '"'))
        ):
            continue
        if previous is not None:
            parts.append(" " if previous is passage else "\n")
            joined.append(Piece(length, joined[-1].end, piece.start, literal=False))
            length += 1
        parts.append(words)
        joined.append(Piece(length, piece.start, piece.end))
        length += len(words)
        previous = passage
    return Passage("".join(parts), tuple(joined))


def _head(line: str) -> str:
    """Return the letters of a line, without the page number that a running head carries."""
    return re.sub(r"[\W\d_]+", "", line).casefold() if not line.strip().isdecimal() else ""


# ---- gaps


_ENDED = re.compile(r"[.!?…:;][\"”’'»)\]*]*[⁰¹²³⁴⁵⁶⁷⁸⁹\d]{0,3}$")
_ELIDED = re.compile(r"^\W{0,3}(?:\.{3}|…|\. \. \.)|(?:\.{3}|…|\. \. \.)\W{0,3}$")
_RUNNING = 60
"""A shorter paragraph is a heading, a date or a signature."""


def _gaps(paragraphs: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the paragraphs after which, or in which, words are missing."""
    for number, (before, after) in enumerate(zip(paragraphs, [*paragraphs[1:], ""], strict=True)):
        if _ELIDED.search(before):
            yield number
        elif len(before) >= _RUNNING and not _ENDED.search(before):
            # A page break cuts a sentence in two, and the next page goes on in small letters.
            if not after[:1].islower():
                yield number
        elif after[:1].islower() and len(after) >= _RUNNING and not before.endswith((":", ",", ";")):
            yield number


# ---- documents that a manuscript prints


_DOCUMENT_HEADING = re.compile(
    r"[*#_\s]*(?:document|doc\.|dokument|документ|dokumentum|appendix|annex|anlage|приложение)\s*(?:no\.?|nr\.?|№|n°|#)?\s*(\d{1,3}|[IVX]{1,6})[*_.:\s]*",
    re.IGNORECASE,
)


def printed_documents(manuscript: Manuscript) -> Mapping[str, SourceText]:
    """Return the documents that a manuscript prints under numbered headings, by their numbers."""
    starts = [
        (number, match.group(1))
        for number, passage in enumerate(manuscript.body)
        if len(passage.text) < 40 and (match := _DOCUMENT_HEADING.fullmatch(passage.text)) is not None
    ]
    found: dict[str, SourceText] = {}
    ends = [start for start, _ in starts[1:]] + [len(manuscript.body)]
    for (start, label), end in zip(starts, ends, strict=False):
        passages = manuscript.body[start + 1 : end]
        longer = label not in found or len(passages) > len(found[label].passages)
        if longer and sum(len(passage.text) for passage in passages) > 200:
            found[label] = SourceText(
                manuscript.body[start].text.strip("*#_ .:"), manuscript, passages, number=label
            )
    return found


def printed_from(manuscript: Manuscript) -> int:
    """Return where in the body the printed documents begin; its length where there are none."""
    printed = printed_documents(manuscript).values()
    firsts = {id(source.passages[0]) for source in printed}
    return next(
        (number for number, passage in enumerate(manuscript.body) if id(passage) in firsts),
        len(manuscript.body),
    )


# ---- works


def read_source(option: str) -> SourceText:
    """Read a source that the user gives as ``KEY=FILE``.

    Raises:
        CitecheckError: the option has no key or no file.
        ManuscriptError: the file cannot be read.
    """
    key, equals, file = option.partition("=")
    if not equals or not key.strip() or not file.strip():
        raise CitecheckError(
            f"--source {option}: write it as KEY=FILE, such as --source lankov-2002=crisis.txt"
        )
    manuscript = read_manuscript(Path(file.strip()))
    return attrs.evolve(whole_text(manuscript), key=key.strip())


def require_cited(given: Sequence[SourceText], cited: Iterable[str]) -> None:
    """See to it that every source the user names is one that a manuscript cites.

    Args:
        given: the sources that the user names.
        cited: the keys of all sources that are cited.

    Raises:
        CitecheckError: a key is that of no source; the message names the keys that are nearest to it.
    """
    if not given:
        return
    keys = {_fold_key(key): key.removeprefix("work:") for key in cited}
    for source in given:
        wanted = _fold_key(source.key or "")
        if wanted not in keys:
            near = " or ".join(keys[folded] for folded in _nearest(wanted, sorted(keys)))
            hint = f"do you mean {near}? " if near else ""
            raise CitecheckError(
                f"--source {source.key}={source.manuscript.path}: no manuscript cites a source with the key "
                f"{source.key}; {hint}“citecheck sources --keys” shows the key of every source"
            )


_MOST_NEAR = 5


def _nearest(wanted: str, keys: Sequence[str]) -> Sequence[str]:
    """Return the keys that are spelt like the one given or hold its first word; all where there are few."""
    from difflib import get_close_matches

    word = re.split(r"[^\w]", wanted, maxsplit=1)[0]
    holding = [key for key in keys if word and word in key]
    alike = get_close_matches(wanted, keys, n=_MOST_NEAR)
    near = list(dict.fromkeys((*alike, *holding)))[:_MOST_NEAR]
    return near or (keys if len(keys) <= _MOST_NEAR else ())


def _fold_key(key: str) -> str:
    return key.casefold().removeprefix("work:")


def whole_text(manuscript: Manuscript) -> SourceText:
    """Return all that a manuscript says, its notes after its body."""
    return SourceText(
        PurePath(manuscript.path).name or manuscript.path,
        manuscript,
        (*manuscript.body, *(note.passage for note in manuscript.notes)),
    )


@attrs.frozen
class Shelf:
    """The works at hand for one document, by the keys that the document gives them."""

    works: Mapping[str, SourceText]

    def __iter__(self) -> Iterator[SourceText]:
        return iter({id(source): source for source in self.works.values()}.values())


def shelves(corpus: Corpus, given: Sequence[SourceText] = ()) -> tuple[Shelf, ...]:
    """Return the works at hand for each document of a corpus.

    Args:
        corpus: the documents; each may be a work that others cite.
        given: the sources that the user names; they come before recognised ones.
    """
    recognised = _recognise(corpus)
    found = []
    for number, document in enumerate(corpus.documents):
        works = dict(recognised[number])
        for source in given:
            works |= dict.fromkeys(_keys_meant(source.key or "", document), source)
        found.append(Shelf(works))
    return tuple(found)


def _keys_meant(key: str, document: Document) -> Iterator[str]:
    """Yield the keys of a document's sources that the user may mean by a key."""
    wanted = _fold_key(key)
    for known in document.cited_by:
        if _fold_key(known) == wanted:
            yield known


def _recognise(corpus: Corpus) -> Sequence[Mapping[str, SourceText]]:
    """Find the works that are themselves documents of the corpus, for each document by its own keys."""
    if len(corpus.documents) < 2:
        return [{} for _ in corpus.documents]
    titles = _title_index(corpus.documents)
    claims: defaultdict[int, list[tuple[int, int, WorkRow]]] = defaultdict(list)
    for number, document in enumerate(corpus.documents):
        for work in document_rows(document).works:
            for other, line in _title_places(work, titles):
                if other != number and is_title_page(
                    document_rows(corpus.documents[other]).front, line, work
                ):
                    claims[other].append((line, number, work))
    found: list[dict[str, SourceText]] = [{} for _ in corpus.documents]
    for other, claimed in claims.items():
        source = whole_text(corpus.documents[other].manuscript)
        # A title page also lists other books of the series: the first title is the book's own.
        best = min(claimed, key=lambda claim: claim[0])[2]
        for _, number, work in claimed:
            if compare_works(Mention(best.names, best.title), Mention(work.names, work.title)).is_same:
                found[number][work.key] = source
    return found


def _title_index(documents: Iterable[Document]) -> Mapping[str, Sequence[tuple[int, int]]]:
    index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for line, words in enumerate(document_rows(document).front):
            for letters in title_letters(words):
                index[letters].append((number, line))
    return index


def _title_places(
    work: WorkRow, titles: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    yield from sorted({place for letters in title_letters(work.title) for place in titles.get(letters, ())})


def _letters(title: str) -> str:
    return "".join(title_words(title))


_FEWEST_TITLE_WORDS = 5


def is_title_page(front: Sequence[str], line: int, work: WorkRow) -> bool:
    """Tell whether a text that has a work's title on one of its first lines is that work.

    The author must be named on the title page too. Where no author is named anywhere, the first line must
    be the whole title, and a long one: an excerpt or an offprint.
    """
    families = [family_key(family) for family, _ in work.people]
    named = [
        number
        for number, words in enumerate(front)
        if any(family in fold(words).split() for family in families)
    ]
    if line <= 1 or any(_letters(front[line]) == _letters(other) for other in front[:line]):
        if named:
            return True
        return (
            line == 0
            and _letters(front[0]) == _letters(work.title)
            and len(title_words(work.title)) >= _FEWEST_TITLE_WORDS
        )
    alone = [number for number in named if len(fold(front[number]).split()) <= 5]
    return any(line - 2 <= number <= line + 3 for number in alone)
