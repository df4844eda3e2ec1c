"""QUO801."""

from collections.abc import Iterator

from citecheck.corpus.source_texts import SourceText
from citecheck.corpus.verification import Verdict, Verified, against_sources, verify_quotations
from citecheck.documents import Corpus
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.rules import Bad, Good, rule

_APPENDIX = """

DOCUMENT No. 1

Memorandum of Conversation, 4 September 1956

[Source: RGANI, Fond 5, Opis 28, Delo 410, Listy 320-325.]

In response to the request it was announced that the noted individuals were not simple border crossers
and that their forcible return was impossible. The ambassador added that he had informed his government.

The meeting was attended by the attaché, who also took down the record of what they had said to each other.
"""


@rule(
    code="QUO801",
    subject=Corpus,
    severity=Severity.WARNING,
    authority="CMOS 18, 12.7: direct quotations reproduce the wording exactly",
    examples=(
        Bad(
            "Peking announced that “the noted individuals are not simple border crossers and that their "
            "return is "
            "impossible.” [DOCUMENT No. 1]" + _APPENDIX,
            says="quotation differs from DOCUMENT No. 1: “are” for “were”; “forcible” is left out; “is” "
            "for “was”",
        ),
        Bad(
            "The plot, as Smith writes, was “a desperate attempt to turn the tide rather than a serious "
            "challenge.”\n\n"
            "It was, he says, a “desperate attempt to turn the tide than a serious challenge” to the throne.",
            says="these words are quoted otherwise before: “rather” is left out",
        ),
        Good(
            "Peking announced that “the noted individuals were not simple border crossers [… and] their "
            "forcible return "
            "was impossible.” [DOCUMENT No. 1]" + _APPENDIX
        ),
        Good("He promised that they would all “be shot at dawn upon the hill.” [DOCUMENT No. 1]" + _APPENDIX),
    ),
)
@against_sources
def quotation_altered(corpus: Corpus, given: tuple[SourceText, ...]) -> Iterator[Problem]:
    """A quotation that changes, adds or drops words of its source without an ellipsis or brackets.

    Spelling, capitals, punctuation, quotation marks and slips of a scanner are no alteration, and another
    translation is no misquotation: only quotations that agree in most of their words are compared. Where the
    source is not at hand, a quotation is compared with the same words as the manuscript quotes them before.
    """
    for verified in verify_quotations(corpus, given):
        if verified.verdict is Verdict.ALTERED:
            yield _problem(verified)


_PERHAPS_TRANSLATED = 0.65
_MOST_CHANGES = 4


def _problem(verified: Verified) -> Problem:
    changes = [change.describe() for change in verified.changes]
    more = len(changes) - _MOST_CHANGES
    listed = "; ".join(changes[:_MOST_CHANGES]) + (f"; and {more} more" if more > 0 else "")
    translated = verified.likeness < _PERHAPS_TRANSLATED
    if verified.source is not None:
        manuscript = verified.source.manuscript
        message, other = f"quotation differs from {verified.source.name}: {listed}", verified.source.name
    else:
        manuscript = verified.document.manuscript
        message, other = f"these words are quoted otherwise before: {listed}", "quoted before"
    help = "quote the words as they stand, or mark the change with an ellipsis or brackets"
    return Problem(
        _span(verified),
        message,
        label="; ".join(changes[:2]),
        help="if this is not another translation, " + help if translated else help,
        related=(
            Related(manuscript, verified.source_span or Span(0, 0), f"{other}: “{verified.source_text}”"),
        ),
        severity=Severity.NOTE if translated else None,
        manuscript=verified.document.manuscript,
    )


def _span(verified: Verified) -> Span:
    """Return the range of the changes; where words are left out, of the word after the gap."""
    quotation, text = verified.quotation, verified.quotation.passage.text
    start = min(change.start for change in verified.changes)
    end = max(change.end for change in verified.changes)
    if start == end:
        while start > quotation.start and text[start - 1].isalnum():
            start -= 1
        while end < quotation.end and (text[end].isalnum() or (text[end] in " ’'" and end == start)):
            end += 1
    return quotation.passage.span(start, max(end, start + 1))
