"""LOC104."""

import re
from collections.abc import Iterator
from itertools import pairwise

from citecheck.citations import Citation, Locator
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.folios import half_leaf
from citecheck.reading.numbers import page_value, roman_value
from citecheck.rules import Bad, Good, rule


@rule(
    code="LOC104",
    subject=Citation,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "RGANI, f. 5, op. 28, d. 410, ll. 74–85, 80.", says="80 lies within 74–85, which is cited already"
        ),
        Bad("RGANI, f. 5, op. 28, d. 410, ll. 74, 80, 74.", says="74 is cited twice"),
        Good("Haack, *Philosophy of Logics*, p. 29, pp. 29–30 and p. 30."),
        Good("Lattimore, *Nomads and Commissars*, pp. 174, 174n."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 74–85, 86."),
        Good("Voline, *The Unknown Revolution*, p. 519, p. 518, p. 511 and p. 518."),
        Good("RGANI, f. 5, op. 28, d. 410, ll. 12, 12ob."),
        Good(
            "Csaba Békés, “The Declaration of Neutrality,” *Cold War History* 6, no. 4 (2006), pp. 477–500, here p. 480."
        ),
    ),
)
def repeated_locator(citation: Citation, document: Document) -> Iterator[Problem]:
    """The same or overlapping pages or leaves twice in one list.

    A leaf and its back are two places. Pages of different volumes are different places as well. A list that
    does not rise and names each page gives those of several quotations in their order, and may come back to one.
    """
    if _answers_quotations(citation):
        return
    is_labelled = len(_LABEL.findall(citation.text)) >= len(citation.reference.locators)
    seen: list[tuple[int, int, Locator]] = []
    for locator in citation.reference.locators:
        if locator.label not in ("page", "folio", "paragraph"):
            seen.clear()
            continue
        start, end = _halves(locator)
        # The note on a page is not the page: “174, 174n”, “174, 174 n. 3”.
        if start is None or end is None or end < start or _NOTE_MARK.match(citation.text, locator.span[1]):
            continue
        other = next(
            (
                known
                for low, high, known in seen
                if start <= high and end >= low and known.label == locator.label
            ),
            None,
        )
        seen.append((start, end, locator))
        is_same = other is not None and (other.start, other.end) == (locator.start, locator.end)
        if is_labelled and not is_same:
            # “p. 29, pp. 29-30 and p. 30”: each answers a quotation.
            continue
        if other is not None and not _MEANT.search(citation.text, 0, locator.span[0]):
            yield Problem(
                citation.locate(locator.span),
                f"{_written(locator)} is cited twice"
                if is_same
                else f"{_written(locator)} {'lies within' if _within(locator, other) else 'overlaps with'} "
                f"{_written(other)}, which is cited already",
                label="again",
                help="cite each place once",
                citation=citation,
            )


_NOTE_MARK = re.compile(r"\s?nn?\.?(?!\w)|\s?nn?\.?\s?\d")


def _answers_quotations(citation: Citation) -> bool:
    """Tell whether each place has its label, and they do not rise: “p. 259, p. 261, p. 256 and p. 261”."""
    locators = citation.reference.locators
    if len(locators) < 3 or any(locator.label != "page" for locator in locators):
        return False
    if len(_LABEL.findall(citation.text)) < len(locators):
        return False
    starts = [_halves(locator)[0] for locator in locators]
    return any(
        before is not None and after is not None and after < before for before, after in pairwise(starts)
    )


_LABEL = re.compile(r"(?<!\w)(?:pp?|[Ss]{1,2}|[Сс])\.(?=\s?[\divx])")


# After all pages of an article the ones that are meant: “pp. 477–500, here p. 480”.
_MEANT = re.compile(
    r"\b(?:here|hier|at|esp\.|especially|bes\.|itt|ici|qui|aquí|здесь)\s+(?:p{0,2}\.?|S\.|с\.|o\.)?\s*$"
)


def _halves(locator: Locator) -> tuple[int | None, int | None]:
    if page_value(locator.start) is not None and not locator.start.isalpha():
        # A single leaf is its front: its back is a place of its own.
        return half_leaf(locator.start), half_leaf(locator.end or locator.start, last=locator.end is not None)
    # Roman pages are numbers of another kind: they are put below all others.
    first, last = roman_value(locator.start), roman_value(locator.end or locator.start)
    return (None, None) if first is None or last is None else (2 * first - 100_000, 2 * last - 100_000)


def _within(inner: Locator, outer: Locator) -> bool:
    (start, end), (low, high) = _halves(inner), _halves(outer)
    return None not in (start, end, low, high) and low <= start and end <= high  # type: ignore[operator]


def _written(locator: Locator) -> str:
    return locator.written or (f"{locator.start}–{locator.end}" if locator.end else locator.start)
