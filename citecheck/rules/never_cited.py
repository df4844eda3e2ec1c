"""BIB502."""

import re
from collections.abc import Collection, Iterator

from citecheck.citations import Entry, WorkReference
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.resolving.identity import main_title
from citecheck.resolving.titles import title_words
from citecheck.resolving.works_cited import cited_ids, lists, shorten
from citecheck.rules import Bad, Good, rule

# A text with its own bibliography leaves few works of it uncited.
_EXCERPT = 0.25


@rule(
    code="BIB502",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 13 (bibliographies)",
    examples=(
        Bad(
            "The congress met (Lankov, 2005: 63; Armstrong, 2003: 5; Nam, 1974: 7).\n\nReferences\n\n"
            "Armstrong, C. (2003) The North Korean Revolution. Ithaca: Cornell University Press.\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press.\n\n"
            "Martin, B. (2004) Under the Loving Care. New York: St. Martin’s Press.\n\n"
            "Nam, K. (1974) The North Korean Communist Leadership. Tuscaloosa: University of Alabama Press.",
            says="“Martin, Under the Loving Care” (2004) is listed and never cited",
        ),
        Bad(
            "The congress met (Lankov, 2005: 63).\n\nReferences\n\n"
            "Armstrong, C. (2003) The North Korean Revolution. Ithaca: Cornell University Press.\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press.\n\n"
            "Martin, B. (2004) Under the Loving Care. New York: St. Martin’s Press.\n\n"
            "Nam, K. (1974) The North Korean Communist Leadership. Tuscaloosa: University of Alabama Press.",
            says="3 of the 4 works that the bibliography lists are not cited in this text",
        ),
        Good(
            "It was so (see Chen, 2001, and the sources there), or not (Golan, 1973: 5).\n\nReferences\n\n"
            "Chen, J. (2001) Mao’s China and the Cold War. Chapel Hill: University of North Carolina Press.\n\n"
            "Golan, G. (1973) Reform Rule in Czechoslovakia. Cambridge: Cambridge University Press."
        ),
        Good(
            "The text.\n\nNotes\n\n1. Zo Ki-zun, “Industry,” in Chun, *Economic Life*, 5.\n\nBibliography\n\n"
            "Chun, Shin-Yong, ed. *Economic Life*. Seoul: ICF, 1980.\n\nZo Ki-zun. “Industry.” In *Economic Life*, "
            "edited by Chun Shin-Yong, 1–9. Seoul: ICF, 1980."
        ),
        Good(
            "The congress met (Lankov, 2005: 63).\n\nReferences\n\n"
            "Lankov, A. (2005) Crisis in North Korea. Honolulu: University of Hawaii Press."
        ),
    ),
)
def never_cited(document: Document) -> Iterator[Problem]:
    """A work that the bibliography lists and the text never cites.

    In an excerpt, whose bibliography is the whole book’s, most works are not cited: then the list gets one
    finding that says how many. Lists of archives are left alone. A volume of which a chapter is cited is cited.
    """
    if not document.works:
        return
    cited = cited_ids(document)
    # A book is cited with each of its chapters.
    parts = [reference for _, reference in document.works]
    parts += [entry.reference for entry in document.entries if entry.id in cited]
    containers = {
        title_words(main_title(part.container.title)) for part in parts if part.container is not None
    }
    in_notes = [
        note.passage.span(0, len(note.passage.text)) for note in document.manuscript.notes if document.entries
    ]
    mentioned = _named_with_year(document)
    for group in lists(document.entries):
        listed = [entry for entry in group if entry.reference.genre != "collection"]
        if len(listed) < 2 or any(span.start <= listed[0].span.start < span.end for span in in_notes):
            # A work by itself is the one under review, or a note.
            continue
        unused = [
            entry
            for entry in listed
            if entry.id not in cited
            and _words(entry.reference) not in containers
            and not _is_mentioned(entry, mentioned)
        ]
        if len(unused) > _EXCERPT * len(listed):
            yield Problem(
                listed[0].span,
                f"{len(unused)} of the {len(listed)} works that the bibliography lists are not cited in "
                f"this text",
                help="in an excerpt this is to be expected; else check the list against the text",
            )
        else:
            yield from (_unused(entry) for entry in unused)


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_][\w’'-]*[\s,]+){1,4}\(?$")
_REACH_OF_NAME = 60


def _named_with_year(document: Document) -> frozenset[tuple[str, str]]:
    """Return the words that stand before a year in the text, with it: what was not read may be a reference all the same."""
    own = {entry.span.start for entry in document.entries}
    found: set[tuple[str, str]] = set()
    for passage in document.manuscript.body:
        if passage.span(0, 0).start in own:
            continue
        for year in _YEAR.finditer(passage.text):
            before = _NAME_BEFORE.search(passage.text, max(0, year.start() - _REACH_OF_NAME), year.start())
            words = re.findall(r"[\w’'-]+", before.group()) if before is not None else []
            found.update((word, year.group()) for word in words)
    return frozenset(found)


def _is_mentioned(entry: Entry, mentioned: Collection[tuple[str, str]]) -> bool:
    """Tell whether author and year of an entry stand side by side in the text."""
    people = entry.reference.people
    return bool(people) and (people[0].family.split(" ")[-1], (entry.reference.date or "")[:4]) in mentioned


def _words(reference: WorkReference) -> tuple[str, ...]:
    return title_words(main_title(reference.title or reference.genre or "untitled"))


def _unused(entry: Entry) -> Problem:
    reference = entry.reference
    people = reference.creators or reference.editors
    name = f"{people[0].family}, " if people else ""
    year = f" ({entry.year_written})" if entry.year_written else ""
    return Problem(
        entry.span,
        f"“{name}{shorten(reference.title or entry.text)}”{year} is listed and never cited",
        help="cite the work, or take it out of the list",
        entry=entry,
    )
