"""One manuscript, one usage: which form most places have, and which places differ."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import attrs

Item = TypeVar("Item")
Form = TypeVar("Form", bound=Hashable)


@attrs.frozen
class Usage(Generic[Item, Form]):
    """The form that most items have, how many of how many have it, and the items that have another."""

    form: Form
    count: int
    total: int
    example: Item
    odd: tuple[tuple[Item, Form], ...]


def usage(
    items: Iterable[Item],
    form_of: Callable[[Item], Form | None],
    *,
    least: int = 3,
    share: float = 0.6,
) -> Usage[Item, Form] | None:
    """Find the manuscript's own usage, or None where it has none.

    Args:
        items: the places to compare, in reading order.
        form_of: the form of one place; None for a place that has no say.
        least: how many places must have the usual form.
        share: what part of all places must have it, from 0 to 1.
    """
    by_form: defaultdict[Form, list[Item]] = defaultdict(list)
    for item in items:
        form = form_of(item)
        if form is not None:
            by_form[form].append(item)
    if not by_form:
        return None
    total = sum(map(len, by_form.values()))
    usual, members = max(by_form.items(), key=lambda pair: len(pair[1]))
    if len(members) < least or len(members) < share * total:
        return None
    odd = [(item, form) for form, others in by_form.items() if form != usual for item in others]
    return Usage(usual, len(members), total, members[0], tuple(odd))


def enumerate_places(places: Sequence[str], most: int = 4) -> str:
    """Return places as running text: “notes 75, 77 and 109”, at most so many and how many more."""
    if len(places) > most:
        return f"{', '.join(places[: most - 1])} and {len(places) - most + 1} more"
    return " and ".join(filter(None, (", ".join(places[:-1]), places[-1]))) if places else ""
