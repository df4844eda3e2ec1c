"""STY612."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.evidence.imprints import Town, publisher_identity, read_towns
from citecheck.evidence.majority import usage
from citecheck.findings import Problem, Severity
from citecheck.resolving.folding import fold
from citecheck.resolving.works_cited import related_entry
from citecheck.rules import Bad, Good, rule


@attrs.frozen
class _Place:
    """A town in the place of publication of an entry."""

    entry: Entry
    town: Town
    order: int
    towns: int

    @property
    def words(self) -> str:
        place = self.entry.reference.place or ""
        return place[self.town.start : self.town.end]


_LIST = (
    "The text.\n\nBibliography\n\nGoldman, Merle. *Literary Dissent*. Cambridge, Mass.: Harvard University "
    "Press, 1967.\n\n"
    "Griffith, William E. *The Sino-Soviet Rift*. Cambridge, Mass.: MIT Press, 1964.\n\n"
    "Krueger, Anne O. *The Foreign Sector*. Cambridge, Mass. and London: Harvard University Press, 1982.\n\n"
    "Hunter, Helen-Louise. *Kim Il-song*. Westport, Conn. and London: Praeger, 1999.\n\n"
    "Woodside, Alexander. *Vietnam*. Cambridge, Mass. and London: Harvard University Press, 1988.\n\n"
)


@rule(
    code="STY612",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 14 (places of publication)",
    examples=(
        Bad(
            _LIST
            + "Montias, John Michael. *Economic Development*. Cambridge Mass. and London: MIT Press, 1967.",
            says="no comma before the state in “Cambridge Mass.”, where 5 of 6 entries have one",
        ),
        Bad(
            _LIST + "Ang Cheng Guan. *Communists*. Jefferson, N.C., and London: McFarland, 1997.",
            says="a comma after the state in “Jefferson, N.C., and London”, where 3 of 4 entries with two "
            "places have none",
        ),
        Bad(
            "The text.\n\nBibliography\n\nBromke, Adam, ed. *Crossroads*. New York, Washington, D.C., and "
            "London: Praeger, 1965.\n\n"
            "Fejtö, Francois. *A History*. New York, Washington, and London: Praeger, 1971.\n\n"
            "Kim, Kwan Bong. *Treaty Crisis*. New York, Washington, D.C., and London: Praeger, 1971.",
            says="“Washington” without “D.C.”, which 2 other entries of the publisher have",
        ),
        Good(_LIST),
    ),
)
def place_form(document: Document) -> Iterator[Problem]:
    """A place of publication in another form than the bibliography has elsewhere.

    The comma before a state and after it, and the state itself. A town that two publishers have may be two
    towns (Cambridge in England and in Massachusetts), so states are compared within one publisher’s books.
    """
    places = [
        _Place(entry, town, order, len(towns))
        for entry in document.entries
        if (towns := read_towns(entry.reference.place or ""))
        for order, town in enumerate(towns)
    ]
    yield from _comma_before(document, [place for place in places if place.town.state])
    yield from _comma_after(document, places)
    yield from _states(document, places)


def _comma_before(document: Document, places: Sequence[_Place]) -> Iterator[Problem]:
    found = usage(places, lambda place: place.town.has_comma, least=3, share=0.6)
    if found is None:
        return
    for place, has_comma in found.odd:
        what, rest = ("a", "none") if has_comma else ("no", "one")
        counted = f"{found.count} of {found.total} entries have {rest}"
        message = f"{what} comma before the state in “{place.words}”, where {counted}"
        yield _problem(document, place, message, found.example.entry)


def _comma_after(document: Document, places: Sequence[_Place]) -> Iterator[Problem]:
    """“Lanham, Md. and London”, “Jefferson, N.C., and London”; lists of three have the comma anyway."""
    pairs = [
        place
        for place in places
        if place.towns == 2 and place.order == 0 and place.town.state and _joined(place)
    ]
    found = usage(pairs, lambda place: _joined(place).startswith(","), least=3, share=0.6)
    if found is None:
        return
    for place, has_comma in found.odd:
        what, rest = ("a", "none") if has_comma else ("no", "one")
        counted = f"{found.count} of {found.total} entries with two places have {rest}"
        message = f"{what} comma after the state in “{place.entry.reference.place}”, where {counted}"
        yield _problem(document, place, message, found.example.entry)


def _joined(place: _Place) -> str:
    """Return what stands between the first town and the second, if it is “and”."""
    rest = (place.entry.reference.place or "")[place.town.end :]
    return rest[:6] if rest.lstrip(", ").startswith(("and ", "& ")) else ""


def _states(document: Document, places: Sequence[_Place]) -> Iterator[Problem]:
    groups: defaultdict[tuple[str, tuple[str, ...]], list[_Place]] = defaultdict(list)
    for place in places:
        groups[fold(place.town.name), publisher_identity(place.entry.reference.publisher or "")].append(place)
    for group in groups.values():
        stated = [place for place in group if place.town.state]
        bare = [place for place in group if not place.town.state]
        if len(stated) < 2 or len(stated) <= len(bare):
            continue
        for place in bare:
            yield _problem(
                document,
                place,
                f"“{place.words}” without “{stated[0].town.state}”, which {len(stated)} other entries of "
                f"the publisher have",
                stated[0].entry,
            )


def _problem(document: Document, place: _Place, message: str, example: Entry) -> Problem:
    entry = place.entry
    start = entry.text.rfind(place.words)
    return Problem(
        entry.passage.span(start, start + len(place.words)) if start >= 0 else entry.span,
        message,
        help="use one form",
        entry=entry,
        related=(related_entry(document, example, f"“{example.reference.place}”"),),
    )
