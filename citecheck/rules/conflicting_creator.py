"""CON211."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, Container, Kind, Name, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.identity import main_title
from citecheck.resolving.likeness import Likeness
from citecheck.resolving.names import compare_families
from citecheck.resolving.titles import notable_words, title_words
from citecheck.resolving.works_cited import differing_name, is_listed
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON211",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Yang Sung-chul, *The North and South Korean Political Systems* (Seoul: Seoul Press, 1994), "
            "326.\n"
            "Sung Chul Yang, *The North and South Korean Political Systems* (Boulder: Westview Press, "
            "1994), 231.",
            says="the author is Sung Chul Yang here and Yang Sung-chul in note 1",
        ),
        Bad(
            "Elie Kedourie, *England and the Middle East* (London: Bowes & Bowes, 1956), 175.\n"
            "Kedouri, *England and the Middle East*, 180.",
            says="the author is Kedouri here and Kedourie in note 1",
        ),
        Bad(
            "Elidor Mëhilli, *From Stalin to Mao* (Ithaca, NY: Cornell University Press, 2017), 190.\n"
            "Mehilli, *From Stalin to Mao*, 200.",
            says="the author is Mehilli here and Mëhilli in note 1",
        ),
        Bad(
            "Elena Boikova, “Soviet-Mongolian Relations,” in Stephen Kotkin and Bruce A. Elleman, eds., *Mongolia in the "
            "Twentieth Century* (Armonk, NY: M.E. Sharpe, 1999), 115.\n"
            "Bruce Elleman, “Final Consolidation,” in Kotkin and Ellemann, *Mongolia in the Twentieth Century*, 131.",
            says="the editor is Ellemann here and Elleman in note 1",
        ),
        Bad(
            "Alan Sanders, *Historical Dictionary of Mongolia* (Lanham, MD: Scarecrow Press, 1996), 12.\n"
            "Rupen, *Historical Dictionary of Mongolia*, 201.",
            says="the author is Rupen here and Sanders in note 1",
        ),
        Bad(
            "Грайворонский В. В. Современное аратство Монголии. М.: Наука, 1998. С. 78.\n"
            "Грайворонский В. Б. Указ. соч. С. 80.",
            says="the author is Грайворонский В. Б. here and Грайворонский В. В. in note 1",
        ),
        Good(
            "Peter Sluglett, *Britain in Iraq*, 2nd edn (London: I.B. Tauris, 2007), 12.\n"
            "P. Sluglett, *Britain in Iraq*, 1st edn (London: Ithaca Press, 1976), 67."
        ),
        Good(
            "Sung Chul Yang, *The North and South Korean Political Systems* (Boulder: Westview Press, "
            "1994), 231.\n"
            "Yang, *The North and South Korean Political Systems*, 12."
        ),
    ),
)
def conflicting_creator(document: Document) -> Iterator[Problem]:
    """One work that is cited in full under two forms of its author’s name, or under two authors.

    Another order of family and given name, another spelling, initials for names: the reader, and the index,
    take them for two persons. Short citations give the family name alone; of these only another spelling counts.
    """
    yield from _editors(document)
    yield from _of_others(document)
    first: dict[str, tuple[Citation, WorkReference]] = {}
    for citation, reference in document.works:
        key = document.resolution(citation).key
        if key is None or not reference.creators:
            continue
        if reference.kind == Kind.SHORT:
            if key in first and not is_listed(document, citation):
                yield from _misspelt(document, citation, reference, *first[key])
            continue
        if reference.kind not in (Kind.FULL, Kind.CHAPTER):
            continue
        earlier, known = first.setdefault(key, (citation, reference))
        if earlier is citation:
            continue
        for name, other in zip(reference.creators, known.creators, strict=False):
            if _form(name) != _form(other) and name.given and other.given:
                # The title page of another edition may have initials where that of the first has names.
                if reference.date != known.date and _initials_agree(name, other):
                    continue
                yield _problem(document, citation, earlier, _words(name), _words(other))


def _misspelt(
    document: Document, citation: Citation, reference: WorkReference, earlier: Citation, known: WorkReference
) -> Iterator[Problem]:
    """Yield the family name of a short citation that the full one has in another spelling."""
    pair = differing_name(reference.creators, (*known.creators, *known.editors))
    if pair is not None and compare_families(pair[0].family, pair[1].family) >= Likeness.SOUND:
        yield _problem(document, citation, earlier, pair[0].family, pair[1].family)
        return
    for name, other in zip(reference.creators, known.creators, strict=False):
        one, two = _initials(name), _initials(other)
        if fold(name.family) == fold(other.family) and len(one) == len(two) > 1 and one != two:
            yield _problem(document, citation, earlier, _words(name), _words(other))


def _editors(document: Document) -> Iterator[Problem]:
    """Yield the editors of a book that are spelt otherwise where another chapter of it is cited."""
    first: dict[tuple[str, ...], tuple[Citation, Container]] = {}
    for citation, reference in document.works:
        book = reference.container
        if book is None or book.kind != "book" or not book.creators or not book.title:
            continue
        if is_listed(document, citation):
            continue
        earlier, known = first.setdefault(title_words(main_title(book.title)), (citation, book))
        pair = differing_name(book.creators, known.creators)
        if pair is not None and compare_families(pair[0].family, pair[1].family) >= Likeness.SOUND:
            yield _problem(document, citation, earlier, pair[0].family, pair[1].family, role="editor")


def _of_others(document: Document) -> Iterator[Problem]:
    """Yield short citations whose title is that of a work by others, and of which their own author has none.

    Only whole titles of three notable words and more tell: many books are called *Rumania*.
    """
    full: dict[tuple[str, ...], tuple[Citation, WorkReference]] = {}
    titles: set[tuple[str, tuple[str, ...]]] = set()
    for citation, reference in document.works:
        if reference.kind in (Kind.FULL, Kind.CHAPTER) and reference.creators and reference.title:
            words = title_words(main_title(reference.title))
            full.setdefault(words, (citation, reference))
            titles.update((fold(name.family), words) for name in reference.creators)
    for citation, reference in document.works:
        if reference.kind is not Kind.SHORT or not reference.creators or not reference.title:
            continue
        words = title_words(reference.title)
        if (
            words not in full
            or len(notable_words(reference.title)) < _TELLING
            or is_listed(document, citation)
        ):
            continue
        earlier, known = full[words]
        people = (*known.creators, *known.editors)
        names = [name.family for name in reference.creators]
        if any((fold(name), words) in titles for name in names):
            continue
        if any(
            compare_families(name, person.family) >= Likeness.SOUND
            or fold(name) in fold(_words(person)).split()
            for name in names
            for person in people
        ):
            continue
        yield _problem(document, citation, earlier, names[0], people[0].family)


# So many notable words make a title unlike others.
_TELLING = 3


def _initials(name: Name) -> str:
    """Return the initials of a name that is given by them alone: “В. В.”; nothing where it is given in full."""
    parts = [part for part in re.split(r"[\s.-]+", name.given or "") if part]
    return "".join(part.casefold() for part in parts) if all(len(part) == 1 for part in parts) else ""


def _initials_agree(name: Name, other: Name) -> bool:
    """Tell whether two forms of one family name have given names that begin alike."""
    return fold(name.family) == fold(other.family) and (name.given or "")[:1] == (other.given or "")[:1]


def _problem(
    document: Document, citation: Citation, earlier: Citation, here: str, there: str, *, role: str = "author"
) -> Problem:
    start = citation.text.find(here) if here else -1
    return Problem(
        citation.locate((start, start + len(here))) if start >= 0 else citation.span,
        f"the {role} is {here} here and {there} in {document.place_name(earlier)}",
        help="use one form of the name",
        citation=citation,
        related=(document.related(earlier, f"by {there}"),),
    )


def _form(name: Name) -> str:
    return fold(_words(name))


def _words(name: Name) -> str:
    return name.written or f"{name.given} {name.family}"
