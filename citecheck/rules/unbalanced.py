"""PUN702."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from citecheck.documents import Document
from citecheck.evidence.balance import (
    Quotes,
    Stray,
    double_quotes,
    goes_on,
    is_cut,
    single_quotes,
    stray_brackets,
    stray_in_paragraphs,
)
from citecheck.evidence.texts import Text, count_words, texts
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule

# Where more marks are stray than this part of the pairs, the text uses the mark for something else
# (‘ for a letter of Arabic, ” to open a Finnish quotation), or was damaged throughout.
_MOST_STRAY = 0.3
# A text without single quotation marks may still have ‘ and ’ for sounds.
_LEAST_SINGLE = 3
# A text with more stray brackets than this is no prose.
_MOST_BRACKETS = 3


@rule(
    code="PUN702",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            'Weathersby, "Should We Fear This?"," 19–20.\nWeathersby, "Soviet Aims in Korea," 8–12.',
            says='the closing quotation mark " has no opening one',
        ),
        Bad(
            "Hungarian Legation to the DPRK, Report, 22 March 1954, KA, 6. doboz, 11/f, ((no reference "
            "number)/1954.",
            says="the parenthesis is opened and never closed",
        ),
        Bad(
            "Baik Bong, *Kim Il Sung: Biography [II]*, 1970): 553.",
            says="the parenthesis is closed and never opened",
        ),
        Bad(
            "As Armstrong has shown, Korean socialism had “a style of its own. It was never a copy of the "
            "Soviet one.\n\n"
            "Aid came from China as well.\n",
            says="the quotation opened with “ is never closed",
        ),
        Good(
            "“The first paragraph of a long quotation has no closing mark.\n\n“The last one has.”\n",
        ),
        Good("Shin, “Interior Landscapes: Yi Kwangsu’s ‘The Heartless’ and the Workers’ Party,” 250–287."),
        Good("The reasons were: 1) the war; 2) the harvest. See Lee, *Korean Workers’ Party*, 76."),
    ),
)
def unbalanced(document: Document) -> Iterator[Problem]:
    """A bracket or a quotation mark without its partner.

    The reader cannot tell where a title or a quotation ends. An apostrophe is no quotation mark, a
    quotation of several paragraphs opens again with each, and where a page break cuts a paragraph the
    partner may be lost with the rest: such marks are not reported.
    """
    checked = list(texts(document))
    for text in checked:
        yield from _brackets(text)
    words: Counter[str] = Counter()

    def is_word(word: str) -> bool:
        if not words:
            words.update(count_words(document))
        return words[word.lower()] >= 2

    yield from _quotes(checked, double_quotes, 0)
    yield from _quotes(checked, partial(single_quotes, is_word=is_word), _LEAST_SINGLE)


# ---- brackets


def _brackets(text: Text) -> Iterator[Problem]:
    words = text.words
    # A page break cuts a paragraph in two: only one that is whole can be judged.
    if text.home == "body" and (is_cut(words) or goes_on(words)):
        return
    for stray in stray_brackets(words)[:_MOST_BRACKETS]:
        name = "parenthesis" if stray.mark in "()" else "bracket"
        yield text.problem(
            stray.start,
            stray.end,
            f"the {name} is {'opened and never closed' if stray.opens else 'closed and never opened'}",
            label="never closed" if stray.opens else "never opened",
            help=f"add the missing “{_PARTNERS[stray.mark]}”, or delete this one",
        )


_PARTNERS = {"(": ")", ")": "(", "[": "]", "]": "["}


# ---- quotation marks


def _quotes(checked: Sequence[Text], match: Callable[[str], Quotes], least: int) -> Iterator[Problem]:
    """Match the marks of one kind, body and apparatus apart, and judge by their number what they are."""
    pairs = 0

    def strays_of(words: str) -> tuple[Stray, ...]:
        nonlocal pairs
        quotes = match(words)
        pairs += quotes.pairs
        return quotes.stray

    body = [text for text in checked if text.home == "body"]
    found = [
        (text, stray)
        for text, strays in zip(
            body, stray_in_paragraphs((text.words for text in body), strays_of), strict=True
        )
        for stray in strays
    ]
    found += [(text, stray) for text in checked if text.home != "body" for stray in strays_of(text.words)]
    if pairs >= least and len(found) <= max(1, _MOST_STRAY * pairs):
        yield from (_problem(text, stray) for text, stray in found)


def _problem(text: Text, stray: Stray) -> Problem:
    if stray.partner:
        return text.problem(
            stray.start,
            stray.end,
            f"the quotation is opened with {stray.mark} and closed with {stray.partner}",
            label="opened here",
            help="use a pair of marks of one kind",
            related=(text.related(stray.partner_at, stray.partner_at + len(stray.partner), "closed here"),),
        )
    if stray.opens:
        return text.problem(
            stray.start,
            stray.end,
            f"the quotation opened with {stray.mark} is never closed",
            label="never closed",
            help="add the closing mark where the quotation ends",
        )
    return text.problem(
        stray.start,
        stray.end,
        f"the closing quotation mark {stray.mark} has no opening one",
        label="never opened",
        help="add the opening mark where the quotation begins, or delete this one",
    )
