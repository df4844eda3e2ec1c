"""QUO802."""

from collections.abc import Iterator

from citecheck.corpus.source_texts import SourceText
from citecheck.corpus.verification import Verdict, against_sources, verify_quotations
from citecheck.documents import Corpus
from citecheck.findings import Problem, Related, Severity
from citecheck.manuscript import Span
from citecheck.rules import Bad, Good, rule
from citecheck.rules.quotation_altered import _APPENDIX


@rule(
    code="QUO802",
    subject=Corpus,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "He promised that they would all “be shot at dawn upon the hill.” [DOCUMENT No. 1]" + _APPENDIX,
            says="these words do not stand in DOCUMENT No. 1",
        ),
        Good("He promised that they would all “be shot at dawn upon the hill.” [DOCUMENT No. 2]" + _APPENDIX),
        Good(
            "He promised that they would all “be shot at dawn upon the hill.” [DOCUMENT No. 1]"
            + _APPENDIX.replace("attended by the attaché, who", "attended by the attaché …")
            + "\nand the driver, whose name the record does not give, although he was there all the time "
            "and heard it all"
        ),
    ),
)
@against_sources
def quotation_not_found(corpus: Corpus, given: tuple[SourceText, ...]) -> Iterator[Problem]:
    """A quotation whose words do not stand in the source that it is credited to.

    Nothing is said where a part of the source is missing, where its words are similar enough to be another
    translation, or where the reference might belong to other words.
    """
    for verified in verify_quotations(corpus, given):
        if verified.verdict is Verdict.NOT_FOUND and verified.source is not None:
            source = verified.source
            start = source.passage.span(0, 1)
            yield Problem(
                verified.quotation.span,
                f"these words do not stand in {source.name}",
                label="not found",
                help="check which source they are from",
                related=(
                    Related(source.manuscript, Span(start.start, start.start), f"{source.name} begins here"),
                ),
                manuscript=verified.document.manuscript,
            )
