"""CON230."""

from collections.abc import Iterator, Sequence

from citecheck.corpus.contradictions import Contradiction, Witness, across_manuscripts, testify, whereabouts
from citecheck.corpus.rows import WorkRow
from citecheck.corpus.shared_works import retitled, tell_apart
from citecheck.documents import Corpus
from citecheck.findings import Severity
from citecheck.rules import Bad, Good, rule

_ENTRY = (
    "Bibliography\n\nNam, Koon-Woo. *The North Korean Communist Leadership, 1945–65: A Study on "
    "Factionalization.* Tuscaloosa: The University of Alabama Press, 1974."
)


@rule(
    code="CON230",
    subject=Corpus,
    severity=Severity.WARNING,
    authority="CMOS 18, 13.36: a shortened title keeps the order and the words of the full one",
    examples=(
        Bad(
            _ENTRY,
            others=("Koon Woo Nam, *The North Korean Leadership*, p. 103.",),
            says="“The North Korean Leadership” here is “The North Korean Communist Leadership, 1945–65: A "
            "Study on Factionalization” in the bibliography of example.txt",
        ),
        Good(_ENTRY, others=("Nam, *The North Korean Communist Leadership*, 104.",)),
        Good(
            "Robert A. Scalapino and Chong-sik Lee, *Communism in Korea: The Movement* (Berkeley: "
            "University of California Press, 1972), 334.",
            others=(
                "Scalapino and Lee, *Communism in Korea, Part II: The Society* (Berkeley: University of "
                "California Press, 1972), 1351.",
            ),
        ),
    ),
)
@across_manuscripts("works", same=("authored",), differing=("title",))
def titled_otherwise_elsewhere(group: Sequence[Witness[WorkRow]]) -> Iterator[Contradiction]:
    """A work whose title leaves out or changes words that it has in another manuscript.

    A short title is the beginning of the full one, so its end may be missing, but nothing in the middle.
    Volumes of one work with subtitles of their own, and works of different years, are not compared.
    """
    for odd, usual in retitled(tell_apart(group)):
        title = usual.head.row.title
        yield Contradiction(
            odd.head,
            odd.head.place,
            f"“{odd.head.row.title}” here is “{title}” in {whereabouts(usual.mentions)}",
            label=f"elsewhere “{title}”",
            help="look at the title page; if these are two works, nothing is wrong",
            evidence=testify(usual.mentions, lambda row: row.place, lambda row: f"“{row.title}”"),
        )
