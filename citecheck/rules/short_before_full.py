"""SHT303."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from citecheck.citations import Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.evidence.unread import unread_in_notes
from citecheck.findings import Problem, Severity
from citecheck.reading.dates import find_date
from citecheck.reading.repetitions import IDEM_AND_ANOTHER
from citecheck.resolving.folding import fold
from citecheck.resolving.titles import is_near_title, notable_words
from citecheck.resolving.works_cited import shorten
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT303",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., 13.32",
    examples=(
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\n"
            "Andrei Lankov, *Crisis in North Korea: The Failure of De-Stalinization, 1956* (Honolulu: "
            "University of "
            "Hawaii Press, 2005), 19.",
            says="“Lankov, Crisis in North Korea, 63” shortens what is cited in full only later, in note 2",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Nam, *The North Korean Communist Leadership*, 103.",
            says="“Nam, The North Korean Communist Leadership, 103” is nowhere cited in full",
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Lankov, *Crisis in North Korea*, 63."
        ),
        # The ancients are cited by book and chapter, whatever the edition.
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Xen. *An.* 1.5.4–6."
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Aristotle, *Politics*, 1253a."
        ),
        # All that there is to say of an article in a newspaper, but for its author.
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "The Economist, 12 May 1956, 'After Stalin', pp. 600-601."
        ),
        Good(
            "John Raithby, *The Statutes at Large, of England and of Great-Britain* (London: Eyre and Strahan, "
            "1811), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Raithby, *Statutes at large Vol. III*, 89."
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Lankov, *Crisis in South Korea*, 65.",
            says="“Lankov, Crisis in South Korea, 65” is nowhere cited in full; note 1 has “Crisis in North Korea”",
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Grey to Nicolson, 8 April 1908, in G. P. Gooch and Harold Temperley (eds), *British Documents on the Origins of "
            "the War, 1898–1914*, 11 vols (London: HMSO, 1926–38), IV, 601.\n"
            "Gooch and Temperley, *British Documents*, IV, 605."
        ),
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Paul Gutjahr, ed., *The Oxford Handbook of the Bible in America* (New York: Oxford University Press, 2017).\n"
            "Gutjahr, “Introduction,” xx–xxi."
        ),
        # “Ders.” may be the other author.
        Good(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.\n"
            "Bradley K. Martin, *Under the Loving Care of the Fatherly Leader* (New York: St. Martin's "
            "Press, 2004), 12.\n"
            "Ders./Malcolm Byrne (Hg.), A Cardboard Castle? An Inside History, Budapest 2005, Dok. 4.\n"
            "Mastny/Byrne, Cardboard Castle, S. 83."
        ),
        Good(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n\nBibliography\n\n"
            "Lankov, Andrei. *Crisis in North Korea*. Honolulu: University of Hawaii Press, 2005."
        ),
    ),
)
def short_before_full(document: Document) -> Iterator[Problem]:
    """A shortened citation before the full one, or without one, in a text that has no bibliography.

    Silent where notes are missing or could not be read, since the full citation may stand in one of them, and where most
    works are never cited in full: then their list is in another file.
    """
    if document.entries or _has_gaps(document):
        return
    first_full: dict[str, tuple[int, Citation]] = {}
    shorts: defaultdict[str, list[tuple[int, Citation]]] = defaultdict(list)
    for order, (citation, reference) in enumerate(document.works):
        key = document.resolution(citation).key
        if key is None or citation.in_note is None or citation.library_key is not None:
            continue
        if reference.kind in (Kind.FULL, Kind.CHAPTER):
            first_full.setdefault(key, (order, citation))
        elif reference.kind == Kind.SHORT and reference.title is not None and reference.creators:
            shorts[key].append((order, citation))
    without = [key for key in shorts if key not in first_full]
    told = sum(_is_told(citation) for _, citation in first_full.values())
    named = _names_left_over(document)
    for key, places in shorts.items():
        order, citation = places[0]
        words = shorten(citation.text)
        # What could not be read may be the full citation.
        if _needs_no_more(citation) or not named.isdisjoint(_families(citation)):
            continue
        if key in first_full and first_full[key][0] > order:
            full = first_full[key][1]
            yield Problem(
                citation.span,
                f"“{words}” shortens what is cited in full only later, in {document.place_name(full)}",
                help="give the full citation here and the short one there",
                citation=citation,
                related=(document.related(full, "cited in full"),),
            )
        elif key not in first_full and len(without) < told:
            near = _near_titles(citation, first_full.values())
            if not near and _shares_word(citation, first_full.values()):
                continue
            if _stands_in_another(citation, key, document):
                continue
            instead = _instead(document, near)
            again = tuple(document.related(other, "cited again") for _, other in places[1:4])
            yield Problem(
                citation.span,
                f"“{words}” is nowhere cited in full{instead}",
                help="check the title; if another work is meant, cite it in full where it first stands"
                if near
                else "give author, title, place, publisher and year where the work is first cited",
                citation=citation,
                related=(*(document.related(full, "the title like it") for full in near), *again),
            )


def _is_told(citation: Citation) -> bool:
    """Tell whether a citation says where or when the work was published: “in *Logic*, pp. 152–278” does not."""
    reference = citation.reference
    return isinstance(reference, WorkReference) and bool(
        reference.date or reference.place or reference.publisher
    )


# Book, chapter and section (1.5.4), or the numbers that all editions of an author share (1253a, 514a–520a).
_CLASSICAL = re.compile(r"[\s,](?:\d{1,3}\.\d{1,3}\b|\d{2,4}[a-e]\d{0,2}\b)[\d.–-]*[^.,;]{0,12}$")
# “Xen. *An.* 12”: names and titles in the fixed abbreviations of the classics, with no comma between them.
_ABBREVIATED = re.compile(r"[^\W\d_][^\W\d_A-Z]{1,5}\.\s[*_]?[^\W\d_a-z][^\W\d_]{0,8}\.[*_]?\s[\dIVX]")


def _is_classical(citation: Citation) -> bool:
    """Tell whether an ancient author is cited, by places that are the same in all editions: Thuc. 1.22."""
    return _CLASSICAL.search(citation.text) is not None or _ABBREVIATED.match(citation.text) is not None


# “…, Durham/London 1992, S. 149”: all the words of a full citation, though not all were read.
_IMPRINT = re.compile(r",\s[^\W\d_a-z][^\d,;()]{1,60}\s(?:1[5-9]|20)\d\d(?=[,.;:]|$)")
# A year, a month and a day.
_DAY = 10


def _needs_no_more(citation: Citation) -> bool:
    """Tell whether a citation gives all there is to give: the place in a classic, an imprint, a newspaper's day."""
    date = find_date(citation.text)
    is_of_day = date is not None and len(date.value) == _DAY
    return is_of_day or _is_classical(citation) or _IMPRINT.search(citation.text) is not None


def _shares_word(citation: Citation, full: Iterable[tuple[int, Citation]]) -> bool:
    """Tell whether a work of the same author that is cited in full has a word of the short title: it may be meant."""
    families, words = _families(citation), _title_words(citation)
    return any(families & _families(other) and words & _title_words(other) for _, other in full)


def _stands_in_another(citation: Citation, key: str, document: Document) -> bool:
    """Tell whether another citation gives author and title.

    So does the book that prints a letter, “Grey to Nicolson, in …”, or another volume of the same work; an introduction stands
    in a book that its author edited.
    """
    families, title = _families(citation), _VOLUME_BEHIND.sub("", _title(citation))
    is_front = _FRONT_MATTER.fullmatch(title) is not None
    for other in document.citations:
        if document.resolution(other).key == key or not all(family in other.text for family in families):
            continue
        if is_front or fold(title) in fold(other.text):
            return True
    return False


_VOLUME_BEHIND = re.compile(r",?\s(?:[Vv]ols?|[Bb]d|[Tt]|[Тт])\.?\s[IVXLC\d]+$")
_FRONT_MATTER = re.compile(
    r"(?:[Ee]ditors?[’'] |The )?(?:Introduction|Preface|Foreword|Afterword|Conclusion|Epilogue|Prologue|Einleitung|Einführung"
    r"|Vorwort|Nachwort|Préface|Avant-propos|Conclusions?|Введение|Предисловие|Заключение|Bevezetés|Előszó|Wstęp)\.?",
    re.IGNORECASE,
)


def _near_titles(citation: Citation, full: Iterable[tuple[int, Citation]]) -> tuple[Citation, ...]:
    """Return the works of the same author, cited in full, whose titles differ from the short one by a word."""
    families, title = _families(citation), _title(citation)
    return tuple(
        other
        for _, other in full
        if families & _families(other)
        and is_near_title(title, _title(other))
        # Whom “Ders.” means is not certain: it may be the other author of the short form.
        and not _WITH_SAME_AUTHOR.match(other.text)
    )


_WITH_SAME_AUTHOR = re.compile(IDEM_AND_ANOTHER)


def _instead(document: Document, near: Sequence[Citation]) -> str:
    return "" if not near else f"; {document.place_name(near[0])} has “{shorten(_title(near[0]))}”"


def _title(citation: Citation) -> str:
    reference = citation.reference
    return (reference.title if isinstance(reference, WorkReference) else None) or ""


def _title_words(citation: Citation) -> set[str]:
    return {word for word in notable_words(_title(citation)) if len(word) > 3}


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def _families(citation: Citation) -> set[str]:
    """Return the last word of each author's family name."""
    reference = citation.reference
    people = reference.creators if isinstance(reference, WorkReference) else ()
    return {name.family.split()[-1] for name in people if name.family.split()}


def _names_left_over(document: Document) -> frozenset[str]:
    """Return the words of notes that belong to no citation and stand with a year, or seem to cite something."""
    found = {word for each in unread_in_notes(document) for word in _WORD.findall(each.words)}
    for text in texts(document, "note"):
        for start, end in _left_over(text):
            words = text.words[start:end]
            if _YEAR.search(words):
                found.update(_WORD.findall(words))
    return frozenset(found)


_WORD = re.compile(r"[^\W\d_a-z][\w’'-]*")


def _left_over(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a text between its citations."""
    at = 0
    for citation in text.citations:
        yield at, citation.start
        at = citation.start + len(citation.text)
    yield at, len(text.words)


def _has_gaps(document: Document) -> bool:
    """Tell whether notes are missing."""
    notes = document.manuscript.notes
    if not notes:
        return False
    if notes[0].number not in (None, 1):
        return True
    return any(
        after.section == before.section and not after.follows(before) for before, after in pairwise(notes)
    )
