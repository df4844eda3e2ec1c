"""TXT905."""

from collections.abc import Iterator, Sequence

from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.findings import Problem, Severity
from citecheck.reading.damage import find_lost_characters, find_pdf_instructions, is_letter_gapped
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT905",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "[DOCUMENT No. 2] Yi disclosed to Petrom-2(ny)JTJ0.0011 Tc -0.0003 that he would act.\n\n"
            "The plenum met.\n",
            says="instructions of a PDF page stand in the text",
        ),
        Bad(
            "#2 P.J. S m m . . A c a Re ea c e C d Wa E a: A Re . D m B da e ,\n\n"
            "#7 Ma x B ad e a d R be K. B a m . . V e a m e A c e a d Sc a e\n\nThe plenum met in August.\n",
            says="letters are missing in 2 paragraphs",
        ),
        Bad("PÃ¼nkÃ¶sti, *RÃ¡kosi a csÃºcson*, 424.", says="4 characters were read in a wrong encoding"),
        Good("V. V. Kovyshenko, A. M. Petrov, and S. N. Filatov, *Korea*, t. 2, s. 12, 15–19."),
    ),
)
def conversion_damage(document: Document) -> Iterator[Problem]:
    """Text that was damaged when it was converted from PDF, scanned, or read in a wrong encoding.

    What was lost there, citations included, cannot be checked. Lines from which letters are missing are
    reported once for each block, wrong characters once for the manuscript.
    """
    yield from _letter_gapped(list(texts(document, "body")))
    lost: list[tuple[Text, int, int]] = []
    for text in texts(document):
        instructions = list(find_pdf_instructions(text.words))
        if instructions:
            yield text.problem(
                instructions[0][0],
                instructions[-1][1],
                "instructions of a PDF page stand in the text",
                label="no words of the author's",
                help="restore the sentence from the original",
            )
        lost += ((text, start, end) for start, end in find_lost_characters(text.words))
    if lost:
        text, start, end = lost[0]
        many = f"{len(lost)} characters were" if len(lost) > 1 else "a character was"
        yield text.problem(
            start,
            end,
            f"{many} read in a wrong encoding",
            label="the first" if len(lost) > 1 else "",
            help="save the original again as UTF-8",
        )


def _letter_gapped(body: Sequence[Text]) -> Iterator[Problem]:
    """Report each block of letter-gapped paragraphs; a whole one between two of them belongs to the block."""
    block: list[Text] = []
    since = 0
    for text in [*body, None]:
        if text is not None and is_letter_gapped(text.words):
            block.append(text)
            since = 0
            continue
        since += 1
        if block and (since > 3 or text is None):
            first = block[0]
            where = f"{len(block)} paragraphs" if len(block) > 1 else "this paragraph"
            yield first.problem(
                0,
                len(first.words),
                f"letters are missing in {where}",
                label="from here on" if len(block) > 1 else "",
                help="restore the passage from the original",
            )
            block = []
