"""What the bibliography tells the reader of references by author and date: who is listed with a work of which year."""

from collections.abc import Iterable, Mapping

import attrs

from citecheck.citations import Locator, Name, WorkReference


@attrs.frozen
class ListedWorks:
    """The works of a bibliography by author and year; none where there is no bibliography."""

    pages: Mapping[tuple[str, str], tuple[Locator, ...]] = attrs.field(factory=dict)
    """Family names in lower case, each with a year, and the pages that the works of that year fill, where given."""
    families: frozenset[str] = attrs.field(init=False)
    """The family names alone."""

    @families.default
    def _families(self) -> frozenset[str]:
        return frozenset(family for family, _ in self.pages)

    def holds(self, reference: WorkReference) -> bool:
        """Tell whether there is a work of the author and the year."""
        return bool(reference.creators) and self.has(reference.creators[0].family, reference.date)

    def has(self, family: str, year: str | None) -> bool:
        """Tell whether there is a work of the author of that name and the year."""
        return (family.lower(), year) in self.pages

    def knows(self, reference: WorkReference) -> bool:
        """Tell whether there is a work of the author, of whatever year."""
        return bool(reference.creators) and reference.creators[0].family.lower() in self.families

    def is_page(self, number: str, creators: Iterable[Name], year: str | None) -> bool:
        """Tell whether a number that looks like a year is a page of the author's work of another year.

        Args:
            number: the figures, ``2034`` in “Garnaut 2013, 2034”.
            creators: whose work it is.
            year: the year before the number.
        """
        family = next((name.family for name in creators), "")
        if year is None or not number.isdigit() or self.has(family, number):
            return False
        return any(_holds(pages, int(number)) for pages in self.pages.get((family.lower(), year), ()))


NOTHING_LISTED = ListedWorks()
"""What a text without bibliography has."""


def _holds(pages: Locator, number: int) -> bool:
    first, last = pages.start, pages.end or pages.start
    return first.isdigit() and last.isdigit() and int(first) <= number <= int(last)
