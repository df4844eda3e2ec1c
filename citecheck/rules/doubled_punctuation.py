"""PUN701."""

import re
from collections import defaultdict
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.texts import Text, texts
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="PUN701",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., chapter 6 (punctuation marks that meet)",
    examples=(
        Bad(
            "Scalapino and Lee, *Communism in Korea*, 497–503., 533–536.",
            says="“.,” are two marks where one belongs",
            fixed="Scalapino and Lee, *Communism in Korea*, 497–503, 533–536.",
        ),
        Bad(
            "Nam, *The North Korean Communist Leadership*, 79–80.; Suh, *Kim Il Sung*, 32–38.",
            says="“.;” are two marks where one belongs",
            fixed="Nam, *The North Korean Communist Leadership*, 79–80; Suh, *Kim Il Sung*, 32–38.",
        ),
        Bad(
            "Suh, *Kim Il Sung*,, 32–38.",
            says="“,,” are two marks where one belongs",
            fixed="Suh, *Kim Il Sung*, 32–38.",
        ),
        Bad(
            "Khrushchev, “Secret Speech, Delivered at the Twentieth Congress,”. Wilson Center.",
            says="“,”.” has a mark before and a mark behind the closing quotation mark",
        ),
        Good("Várkonyi, *Akié a föld*..., 38–40."),
        Good("Gyarmati et al., *Magyar hétköznapok*, 33–35; Baráth, ed., *Iratok*, 12; Ibid., 14."),
        Good(
            "Ostermann, “‘This Is Not a Politburo, But a Madhouse’,” 62; Kohli, “Where Do They Come From?,” "
            "1283."
        ),
        Good("*Ibid*., 45."),
        Good("MNL OL, XIX-J-1-j, 1956, 5., 6. és 7. doboz; Dokumente, Bd. 5., S. 12."),
    ),
)
def doubled_punctuation(document: Document) -> Iterator[Problem]:
    """Two punctuation marks where one belongs, in what cites.

    One of them is left over from an earlier version. The full stop of an abbreviation and an ellipsis
    stay before a comma, and so does the stop of an ordinal number in many languages, so that a stop
    after a figure is reported only where the pages of a citation end.
    """
    doubled: defaultdict[str, list[tuple[Text, int, int]]] = defaultdict(list)
    for text in texts(document, "note", "entry", "body"):
        if _TWO_MARKS.search(text.words) is None or text.is_damaged:
            continue
        for start, end in _doubled_marks(text):
            doubled[text.words[start:end]].append((text, start, end))
        if text.home != "body":
            yield from _around_quotes(text)
    for written, places in doubled.items():
        if len(places) > _MOST:
            text, start, end = places[0]
            yield text.problem(
                start,
                end,
                f"“{written}” stand in {len(places)} places where one mark belongs",
                label="the first",
                help=f"search for “{written}” and keep the {_NAMES[written[-1]]}",
            )
        else:
            yield from (_problem(*place) for place in places)


# What stands in more places than this is a habit, or the work of a reference manager.
_MOST = 10


def _doubled_marks(text: Text) -> Iterator[tuple[int, int]]:
    for match in _DOUBLED.finditer(text.words):
        if text.home != "body" or match["same"] is not None or text.citation_at(*match.span()) is not None:
            yield match.span()
    for match in _STOP_AND_MARK.finditer(text.words):
        if _ends_pages(text, match.start()):
            yield match.span()


# Most texts are done with after a look for this.
_TWO_MARKS = re.compile(r"[,;:.][\s”\"]?[,;:.]")
# A comma or semicolon that stands twice; “,,” may also open a quotation in a typescript.
_DOUBLED = re.compile(
    r"(?P<same>(?<=[\w)\]*”’\"'»])(?:,,|;;|::)(?![^\W_])(?![“”\"])|(?<=[\w)\]”’\"'»])(?<!\.)\.\.(?=\s[A-ZÀ-ÞА-Я]|$|[”’\"']))"
    r"|(?<=[\w)\]*”’\"'»]),\s?;|(?<=[\w)\]*”’\"'»]);\s?,|(?<=[\w)\]*”’\"'»]):,(?!\w)|(?<=[\w)\]*”’\"'»]),:(?!\w)"
)
_STOP_AND_MARK = re.compile(r"(?<=[\w*)])\.[,;](?=\s)")


def _ends_pages(text: Text, stop: int) -> bool:
    """Tell whether a full stop follows pages, a closing bracket, or a title in italics without a stop."""
    before = text.words[stop - 1]
    if before == "*":
        # *Ibid*., and *et al*., are abbreviations.
        return _LONG_WORD.search(text.words, max(0, stop - 30), stop - 1) is not None
    if before == ")":
        return True
    if not before.isdigit():
        return False
    if _PAGE_RANGE.search(text.words, max(0, stop - 12), stop) is not None:
        return True
    citation = text.citation_at(stop - 1, stop)
    return citation is not None and any(
        citation.start + locator.span[1] == stop and locator.label == "page" and locator.end is not None
        for locator in citation.reference.locators
    )


_LONG_WORD = re.compile(r"[^\W_]{5,}$")
_PAGE_RANGE = re.compile(r"(?<=[,:.]\s)\d{1,4}[–-]\d{1,4}$")


def _problem(text: Text, start: int, end: int) -> Problem:
    written = text.words[start:end]
    kept = written[-1]
    return text.problem(
        start,
        end,
        f"“{written}” are two marks where one belongs",
        help=f"keep the {_NAMES[kept]}",
        fix=text.fix(start, end, kept),
    )


_NAMES = {",": "comma", ";": "semicolon", ":": "colon", ".": "full stop"}
_AROUND = re.compile(r"[,;][”\"]\s?[.,;]|(?<=[^\W\d_]{4})\.[”\"]\.")


def _around_quotes(text: Text) -> Iterator[Problem]:
    for match in _AROUND.finditer(text.words):
        written = match.group()
        yield text.problem(
            match.start(),
            match.end(),
            f"“{written}” has a mark before and a mark behind the closing quotation mark",
            help="keep one of the two",
        )
