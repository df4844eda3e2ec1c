"""What the bibliography tells the reader of references by author and date: who is listed with a work of which year."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from citecheck.citations import Locator, Name, WorkReference

ListedWorks: TypeAlias = Mapping[tuple[str, str], tuple[Locator, ...]]
"""Family names in lower case, each with the year of a work that the bibliography has of that author.

They lead to the pages that the works of that year fill in their journals and books, where the list gives them.
"""


def is_listed(reference: WorkReference, listed: ListedWorks) -> bool:
    """Tell whether the bibliography has a work of the author and the year."""
    return bool(reference.creators) and (reference.creators[0].family.lower(), reference.date) in listed


def is_listed_page(number: str, creators: Iterable[Name], year: str | None, listed: ListedWorks) -> bool:
    """Tell whether a number that looks like a year is a page of the author's work of another year.

    Args:
        number: the figures, ``2034`` in “Garnaut 2013, 2034”.
        creators: whose work it is.
        year: the year before the number.
        listed: what the bibliography has.
    """
    family = next((name.family.lower() for name in creators), "")
    if year is None or not number.isdigit() or (family, number) in listed:
        return False
    return any(_holds(pages, int(number)) for pages in listed.get((family, year), ()))


def _holds(pages: Locator, number: int) -> bool:
    first, last = pages.start, pages.end or pages.start
    return first.isdigit() and last.isdigit() and int(first) <= number <= int(last)
