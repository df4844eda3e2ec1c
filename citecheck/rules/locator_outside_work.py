"""LOC102."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from citecheck.bibliographies.contents import Contents, read_contents
from citecheck.citations import Citation, Entry, Kind, Locator, WorkReference
from citecheck.documents import Corpus, Document
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Manuscript
from citecheck.reading.locators import read_extent
from citecheck.reading.numbers import page_value
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_families
from citecheck.resolving.titles import compare_titles
from citecheck.resolving.works_cited import is_in_newspaper, is_inside, place_of, related_entry
from citecheck.rules import Bad, Good, rule

_CONTENTS = (
    "Crisis in North Korea\n\nAndrei Lankov\n\nTable of Contents\n\n1. Preface\n(pp. vii-xii)\n\n2. "
    "Introduction\n(pp. 1-6)\n\n"
    "3. 1 The Purges\n(pp. 7-174)\n\n4. Index\n(pp. 175-280)\n"
)


@rule(
    code="LOC102",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "The text.\n\nNotes\n\n1. Gills, “North Korea and the Crisis of Socialism,” "
            "107–134.\n\nBibliography\n\n"
            "Gills, Barry. “North Korea and the Crisis of Socialism.” *Third World Quarterly* 13, no. 1 "
            "(1992): 107–131.",
            says="page 134 lies outside the work, which fills pages 107–131",
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, 63, 312.",
            others=(_CONTENTS,),
            says="page 312 lies outside the work, which ends on page 280",
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, xx.",
            others=(_CONTENTS,),
            says="page xx lies outside the work, which ends on page xii",
        ),
        Bad(
            "Susan Pedersen, ‘Getting Out of Iraq’, *American Historical Review*, 115 (2010), pp. 975–1000, at p. 981.\n"
            "Pedersen, ‘Getting Out of Iraq’, p. 1003.",
            says="page 1003 lies outside the work, which fills pages 975–1000",
        ),
        Bad(
            "Briton Cooper Busch, ‘Britain and the Status of Kuwayt’, *Middle East Journal*, 21.2 (1967), 187–98 (p. 190).\n"
            "*Ibid.*, p. 201.",
            says="page 201 lies outside the work, which fills pages 187–98",
        ),
        Bad(
            "Thierry Robin, « La France et la Chine », *Relations internationales*, n° 132, 2007, p. 45-62.\n"
            "Robin, « La France et la Chine », p. 47.\n"
            "Garret Martin, « Playing the China Card? », *Journal of Cold War Studies*, vol. 10, n° 1, 2008, p. 52-80.\n"
            "Martin, « Playing the China Card? », p. 85.\n"
            "Pierre Grosser, « Les crises », *Vingtième Siècle*, n° 61, 1999, p. 43-59.",
            says="page 85 lies outside the work, which fills pages 52-80",
        ),
        Good(
            "Susan Pedersen, ‘Getting Out of Iraq’, *American Historical Review*, 115 (2010), pp. 975–980.\n"
            "Pedersen, ‘Getting Out of Iraq’, p. 983."
        ),
        Good("Lankov, *Crisis in North Korea*, viii, 211–224.", others=(_CONTENTS,)),
        Good(
            "The text.\n\nNotes\n\n1. Bajanov, “Assessing the Politics,” 54, 87.\n\nBibliography\n\n"
            "Bajanov, Evgueni. “Assessing the Politics.” *Bulletin* 6–7 (1996): 54, 87–91."
        ),
    ),
)
def locator_outside_work(corpus: Corpus) -> Iterator[Problem]:
    """A page that the work does not have.

    The bibliography gives the pages of articles and chapters, and so does a full citation that says which of them is
    meant (“pp. 975–1000, at p. 981”); where every article is first cited with a long range and later ones mostly lie
    inside, that range is the article’s too. A table of contents that is checked along
    gives those of a book. Roman and arabic pages are counted apart. A chapter that is cited by its
    book’s entry may stand anywhere in the book.
    """
    books = [
        (document.manuscript, contents)
        for document in corpus.documents
        if (contents := read_contents(document.manuscript))
    ]
    for document in corpus.documents:
        for citation in document.citations:
            entry = document.resolution(citation).entry
            if entry is not None and not is_inside(citation, entry):
                yield from _check_entry(citation, entry, document)
        yield from _check_extents(document)
        for manuscript, contents in books:
            if manuscript is not document.manuscript:
                yield from _check_contents(document, manuscript, contents)


def _check_entry(citation: Citation, entry: Entry, document: Document) -> Iterator[Problem]:
    key = document.resolution(citation).key
    ranges = [_values(page) for page in entry.reference.locators]
    known = [pair for pair in ranges if pair is not None]
    if (
        not known
        or len(known) != len(ranges)
        or (key is not None and "/" in key)
        or entry.reference.locators[0].end is None
    ):
        return
    roman = not entry.reference.locators[0].start.isdecimal()
    for locator in citation.reference.locators:
        outside = _outside(locator, known, roman=roman)
        if outside is None or locator.label != "page":
            continue
        pages = ", ".join(page.written for page in entry.reference.locators)
        shown = related_entry(document, entry, f"pages {pages}")
        yield _outside_problem(citation, locator, outside, pages, place_of(entry), shown, document)


def _check_extents(document: Document) -> Iterator[Problem]:
    """Compare pages with those that a full citation says the article or chapter fills."""
    extents = _extents(document)
    for citation in document.citations:
        key = document.resolution(citation).key
        if key is None or key not in extents or document.resolution(citation).entry is not None:
            continue
        full, pages = extents[key]
        if citation.start < full.start and citation.passage is full.passage:
            continue
        for locator, outside in _lying_outside(citation, full, pages):
            shown, where = document.related(full, f"pages {pages.written}"), document.place_name(full)
            yield _outside_problem(citation, locator, outside, pages.written, f"in {where}", shown, document)


def _extents(document: Document) -> Mapping[str, tuple[Citation, Locator]]:
    """Return the pages that articles and chapters fill, by the work's key, with the citation that gives them."""
    stated: dict[str, tuple[Citation, Locator]] = {}
    ranges: dict[str, tuple[Citation, Locator]] = {}
    single: set[str] = set()
    for citation, reference in document.works:
        resolution = document.resolution(citation)
        key = resolution.key
        if key is None or key in stated or key in ranges or key in single:
            continue
        if reference.container is None or not reference.locators or resolution.entry is not None:
            continue
        # A newspaper has a day, and its articles fill no range of pages.
        if (
            is_in_newspaper(reference)
            or (reference.date or "").count("-") == 2
            or reference.kind == Kind.SHORT
        ):
            continue
        extent = read_extent(citation.text, reference.locators[0])
        places = [locator for locator in reference.locators if locator.label != "volume"]
        if len(extent) == 1:
            stated[key] = citation, extent[0]
        elif len(places) == 1 and _length(places[0]) >= _LEAST_ARTICLE:
            ranges[key] = citation, places[0]
        else:
            single.add(key)
    return stated | ranges if _are_whole(document, stated, ranges, single) else stated


# A range that is shorter may be the passage that is meant.
_LEAST_ARTICLE = 5
_USUAL_ARTICLE = 10


def _are_whole(
    document: Document,
    stated: Mapping[str, tuple[Citation, Locator]],
    ranges: Mapping[str, tuple[Citation, Locator]],
    single: Collection[str],
) -> bool:
    """Tell whether this manuscript cites an article first with all of its pages, whatever page is meant.

    Nearly all articles have a long range then, and most pages that are cited later lie inside.
    """
    total = len(stated) + len(ranges) + len(single)
    if total < 3 or len(single) * 4 > total:
        return False
    known = {**stated, **ranges}
    inside: set[str] = set(stated)
    outside: set[str] = set()
    for citation in document.citations:
        key = document.resolution(citation).key
        if key is None or key not in known or known[key][0] is citation or not citation.reference.locators:
            continue
        strays = any(_lying_outside(citation, *known[key]))
        (outside if strays else inside).add(key)
    if total > 3 and not single and min(_length(pages) for _, pages in known.values()) >= _USUAL_ARTICLE:
        # No one writes of ten pages in every article at a time.
        return True
    lengths = sorted(_length(pages) for _, pages in known.values())
    # The longer the ranges are, the fewer later pages must lie inside to tell.
    weight = 2 if lengths[len(lengths) // 2] >= _USUAL_ARTICLE else 1
    return len(inside - outside) * weight >= len(outside)


def _length(locator: Locator) -> int:
    """Return how many pages a range has; nothing where it is none."""
    values = _values(locator) if locator.label == "page" and locator.end is not None else None
    return 0 if values is None else values[1] - values[0] + 1


def _lying_outside(citation: Citation, full: Citation, pages: Locator) -> Iterator[tuple[Locator, str]]:
    """Yield the pages of a citation that lie outside those that the full citation gives, each with its end that does."""
    known = _values(pages)
    for locator in citation.reference.locators:
        if known is None or locator.label != "page" or (citation is full and locator.span == pages.span):
            continue
        outside = _outside(locator, [known], roman=not pages.start.isdecimal())
        if outside is not None:
            yield locator, outside


def _outside_problem(
    citation: Citation,
    locator: Locator,
    outside: str,
    pages: str,
    where: str,
    shown: Related,
    document: Document,
) -> Problem:
    """Say that a page lies outside the pages that the work fills, and where these are given."""
    return Problem(
        citation.locate(locator.span),
        f"page {outside} lies outside the work, which fills pages {pages}",
        label=f"pages {pages} {where}",
        help="check the pages against the source",
        citation=citation,
        manuscript=document.manuscript,
        related=(shown,),
    )


def _values(locator: Locator) -> tuple[int, int] | None:
    start, end = page_value(locator.start), page_value(locator.end or locator.start)
    return None if start is None or end is None or not _is_plain(locator) else (start, end)


def _is_plain(locator: Locator) -> bool:
    """Tell whether both ends are numbers of one sort, without letters, forwards."""
    ends = [locator.start, locator.end or locator.start]
    if all(end.isdecimal() for end in ends):
        return int(ends[0]) <= int(ends[1])
    return all(end.isalpha() and page_value(end) is not None for end in ends)


def _outside(locator: Locator, ranges: Sequence[tuple[int, int]], *, roman: bool) -> str | None:
    """Return the first end of a locator that lies in none of the ranges."""
    if not _is_plain(locator) or locator.start.isdecimal() == roman:
        return None
    for written in filter(None, (locator.start, locator.end)):
        value = page_value(written)
        if value is not None and not any(first <= value <= last for first, last in ranges):
            return written
    return None


def _check_contents(document: Document, manuscript: Manuscript, contents: Contents) -> Iterator[Problem]:
    for citation in document.citations:
        if not _is_book(citation, document, contents):
            continue
        for locator in citation.reference.locators:
            if locator.label == "chapter" and locator.start.isdecimal():
                yield from _check_chapter(citation, locator, document, manuscript, contents)
            extent = contents.extent(roman=not locator.start.isdecimal())
            if locator.label != "page" or extent is None:
                continue
            outside = _outside(locator, [(1, extent[1])], roman=not locator.start.isdecimal())
            if outside is not None:
                last = max(
                    contents.chapters,
                    key=lambda chapter: _last(chapter.pages, roman=not locator.start.isdecimal()),
                )
                end = last.pages.end or last.pages.start
                yield Problem(
                    citation.locate(locator.span),
                    f"page {outside} lies outside the work, which ends on page {end}",
                    label=f"the book ends on page {end}",
                    help="check the page against the source",
                    citation=citation,
                    manuscript=document.manuscript,
                    related=(Related(manuscript, last.span, f"“{last.title}” ends on page {end}"),),
                )


def _last(pages: Locator, *, roman: bool) -> int:
    end = pages.end or pages.start
    return (page_value(end) or 0) if end.isdecimal() != roman else 0


def _check_chapter(
    citation: Citation, locator: Locator, document: Document, manuscript: Manuscript, contents: Contents
) -> Iterator[Problem]:
    numbers = [
        int(chapter.number) for chapter in contents.chapters if chapter.number and chapter.number.isdecimal()
    ]
    if numbers and contents.chapter(locator.start) is None and int(locator.start) > max(numbers):
        last = contents.chapter(str(max(numbers)))
        yield Problem(
            citation.locate(locator.span),
            f"there is no chapter {locator.start}: the book has {max(numbers)}",
            citation=citation,
            manuscript=document.manuscript,
            related=() if last is None else (Related(manuscript, last.span, "its last numbered chapter"),),
        )


def _is_book(citation: Citation, document: Document, contents: Contents) -> bool:
    """Tell whether a citation stands for the book with that table of contents, directly or by an ibid."""
    source: Citation | None = citation
    for _ in range(50):
        if source is None or isinstance(source.reference, WorkReference):
            break
        source = document.resolution(source).antecedent
    if (
        source is None
        or not isinstance(source.reference, WorkReference)
        or source.reference.kind == Kind.CHAPTER
    ):
        return False
    reference = source.reference
    entry = document.resolution(source).entry
    title = reference.title or (entry.reference.title if entry is not None else None)
    if title is None or len(title) < 8 or compare_titles(title, contents.title) < Likeness.START:
        return False
    if reference.date is not None and contents.date is not None and reference.date[:4] != contents.date:
        return False
    names = reference.creators or (entry.reference.creators if entry is not None else ())
    return (
        not contents.creators
        or not names
        or compare_families(names[0].family, contents.creators[0].family) >= Likeness.SOUND
    )
