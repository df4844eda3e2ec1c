"""Finding quotations, comparing them with sources, and telling on which page they stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.corpus.collation import Outcome, collate
from citecheck.corpus.quotations import find_quotations
from citecheck.corpus.source_texts import find_page_marks, read_source, whole_text
from citecheck.corpus.verification import Verdict, find_elsewhere, verify_quotations
from citecheck.corpus.wording import Wording, read_segments
from citecheck.documents import Corpus
from citecheck.linting import check, given_sources
from citecheck.manuscript import Passage
from citecheck.readers import read_bytes
from citecheck.rules import find_rule
from tests.test_rules import as_document


def quoted(*paragraphs: str) -> list[str]:
    body = [Passage.join(text, [(0, len(text))]) for text in paragraphs]
    return [quotation.text for quotation in find_quotations(body)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He “came, saw,” and “conquered.”", ["came, saw,", "conquered."]),
        ('He "came, saw," and "conquered."', ["came, saw,", "conquered."]),
        ("It was ‘the Workers’ Party of old’ (Smith 1990).", ["the Workers’ Party of old"]),
        ("It wasn't 'the farmers' own choice' at all.", ["the farmers' own choice"]),
        ("Er sprach von „einem guten Jahr“ und ging.", ["einem guten Jahr"]),
        ("Il parle d’« une bonne année » et s’en va.", ["une bonne année"]),
        ("Er sprach von »einem guten Jahr« und ging.", ["einem guten Jahr"]),
        ("«Хороший год», — сказал он.", ["Хороший год"]),
        # Only the outermost of nested quotations counts.
        ("She says “he called it ‘a good year’ then.”", ["he called it ‘a good year’ then."]),
        ("“He saw that “cases” were made up,” she says.", ["He saw that “cases” were made up,"]),
        # Lost marks: the quotation ends, or begins, with its paragraph.
        ("He said that “nobody would come back.", ["nobody would come back."]),
        ("nobody would come back.” And so it was.", ["nobody would come back."]),
        ("In the ’50s it’s the ‘thaw’ of ’56.", ["thaw"]),
        ('A 6\'2" man and a 12" rule.', []),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_a_heading_in_quotation_marks_is_a_title() -> None:
    assert quoted("“We Shall Not Be Moved”", "The strike began in spring.") == []


BLOCK = (
    "The harvest has failed in all the northern districts, and nobody knows what is to become of the "
    "people there.¹"
)


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (("The governor wrote to his brother in the capital:", BLOCK), [BLOCK[:-1]]),
        (("The governor wrote to his brother.", BLOCK), []),
        (
            (
                "The governor, who had been ill for most of that winter, wrote further that",
                BLOCK[:-1] + " [DOCUMENT No. 4]",
            ),
            [BLOCK[:-1]],
        ),
        # A paragraph that a page break cuts in two is no quotation.
        (("The governor, who had been ill for most of that winter, wrote further that", BLOCK), []),
    ],
)
def test_block_quotations(paragraphs: tuple[str, ...], found: list[str]) -> None:
    assert quoted(*paragraphs) == found


SOURCE = """The noted individuals were not simple border crossers, and their forcible return was impossible.¹²
The com-
mittee, under Kim II Sung, made libelous attacks upon him. In the end he was removed from the Presidium
of the CC, and both with and without any reason they shouted at him. "The plan [of the ministry] is, rather,
a dream," he said.57 It took years until Pak Honyong was heard of again, and by then nobody could tell what
he had done or said in that time."""


@pytest.mark.parametrize(
    ("quotation", "outcome", "changes"),
    [
        ("The noted individuals were not simple border crossers", "found", []),
        (
            "the noted individuals were not simple “border” crossers and their forcible return was "
            "impossible",
            "found",
            [],
        ),
        ("THE COMMITTEE, under Kim Il Sung, made libellous attacks upon him.", "found", []),
        ("simple border crossers … was impossible", "found", []),
        ("simple border crossers [...] was impossible", "found", []),
        ("The [noted] individuals were not [mere] border crossers", "found", []),
        ("[T]he noted individuals were not simple border crossers", "found", []),
        ("the plan is, rather, a dream, he said. It took years", "found", []),
        ("until Pak Hon-yong was heard of again", "found", []),
        ("the noted individuals are not simple border crossers", "altered", ["“are” for “were”"]),
        (
            "individuals were not simple crossers, and their forcible return",
            "altered",
            ["“border” is left out"],
        ),
        ("their forcible and sudden return was impossible", "altered", ["“and sudden” is added"]),
        ("he was removed from the CC Presidium", "altered", ["“CC Presidium” for “Presidium of the CC”"]),
        ("without any reason they shouted", "altered", ["“both with and” is left out"]),
        ("a dream that nobody has dreamt before or since", "absent", []),
    ],
)
def test_collation(quotation: str, outcome: str, changes: list[str]) -> None:
    collation = collate(quotation, read_segments(quotation), Wording(SOURCE))
    if outcome == "absent":
        assert collation.likeness < 0.5
        return
    assert collation.outcome == outcome
    assert [change.describe() for change in collation.changes] == changes


words = re.findall(r"[A-Za-z]+", SOURCE)
starts = st.integers(0, len(words) - 14)


@given(
    starts,
    st.integers(5, 13),
    st.sampled_from([" ", "\n", "  ", " - "]),
    st.sampled_from([str.upper, str.title, str]),
)
def test_line_breaks_and_case_are_no_alteration(start: int, length: int, between: str, case: object) -> None:
    plain = " ".join(words)
    quotation = case(between.join(words[start : start + length]))  # type: ignore[operator]
    collation = collate(quotation, read_segments(quotation), Wording(plain))
    assert collation.outcome is Outcome.FOUND or "with and" in plain[: collation.start][-12:]


@given(starts, st.integers(8, 13), st.integers(2, 5))
def test_a_word_that_is_replaced_is_the_difference(start: int, length: int, place: int) -> None:
    quotation = words[start : start + length]
    dropped, quotation[place] = quotation[place], "xylophones"
    text = " ".join(quotation)
    collation = collate(text, read_segments(text), Wording(" ".join(words)))
    assert collation.outcome is Outcome.ALTERED
    assert [(change.quoted, change.source) for change in collation.changes if change.quoted] == [
        ("xylophones", dropped)
    ]


# ---- pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("one\ftwo\fthree", ["1", "2", "3"]),
        ("15\none\f16\ntwo\f17\nthree", ["15", "16", "17"]),
        ("[p. 7] one [p. 8] two [p. 9] three", ["7", "8", "9"]),
        ("7\n\none\n\n8\n\ntwo\n\n9\n\nthree", ["7", "8", "9"]),
        (("a line of text\n" * 20) + "7\n\ntwo\n\n8\n\nthree\n\n9\n", ["7", "8", "9"]),
        ("In 1956\n\n12\n\nmen came, in 1957\n\n40\n\nmore.", []),
    ],
)
def test_page_marks(text: str, pages: list[str]) -> None:
    assert [mark.page for mark in find_page_marks(text)] == pages


def test_running_heads_do_not_stand_in_the_text() -> None:
    words = iter(("spring came", "rain fell", "grass grew", "cows lowed", "snow lay"))
    pages = "".join(f"{number}\nTHE PLOT\n\nOn page {number}, {next(words)}\n\f" for number in range(10, 15))
    source = whole_text(read_bytes(pages.encode(), "plot.txt"))
    assert "THE PLOT" not in source.passage.text
    place = source.passage.text.index("page 12")
    assert source.pages(place, place + 7) == {12}


# ---- verdicts


BOOK = """The August Plot

John Smith

[p. 1]

The plot had been in the making since the spring, and nobody in the capital had taken any notice of it.

[p. 2]

It was a desperate attempt to turn the tide, rather than a serious challenge to the ruler.

[p. 3]

Hardly anybody lived to see the end of the year, and nobody ever spoke of it again.
"""
NOTES = "\n\nNotes\n\n1. John Smith, *The August Plot* (London: Press, 1990), 2.\n"


def verdicts(text: str, *others: str, everywhere: bool = False) -> list[tuple[str, str]]:
    documents = [
        as_document(text),
        *(as_document(other, f"other-{n}.txt") for n, other in enumerate(others, 1)),
    ]
    corpus = Corpus(tuple(documents))
    found = verify_quotations(corpus)
    found = find_elsewhere(found, corpus) if everywhere else found
    return [(each.quotation.text, str(each.verdict)) for each in found if each.document is documents[0]]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("It was “a desperate attempt to turn the tide.”¹", "found"),
        ("It was “a desperate attempt to stem the tide.”¹", "altered"),
        ("It was “the greatest error of his whole long life.”¹", "not found"),
        ("It was “a hopeless endeavour, meant to change the course of things.”¹", "not found"),
        ("It was “the greatest error of his whole long life.”", "unverifiable"),
    ],
)
def test_verdicts_on_a_work_of_the_same_run(sentence: str, verdict: str) -> None:
    assert [found for _, found in verdicts(sentence + NOTES, BOOK)] == [verdict]


def test_what_is_missing_is_not_missing_from_the_quotation() -> None:
    torn = BOOK.replace("taken any notice of it.", "taken any notice of the")
    assert (
        verdicts("It was “the greatest error of his whole long life.”¹" + NOTES, torn)[0][1]
        == Verdict.UNVERIFIABLE
    )


def test_words_are_found_in_a_manuscript_that_is_not_cited() -> None:
    text = (
        "It was “a desperate attempt to turn the tide, rather than a serious challenge,” he says.\n\nThe end."
    )
    assert [verdict for _, verdict in verdicts(text, BOOK)] == ["unverifiable"]
    assert [verdict for _, verdict in verdicts(text, BOOK, everywhere=True)] == ["found"]


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        ("a desperate attempt to turn the tide, rather than a challenge", "altered"),
        ("desperate attempt to turn the tide, rather than a serious", "unverifiable"),
        # The later quotation begins earlier, or goes on.
        ("was a desperate attempt to turn the tide, rather than a serious challenge", "unverifiable"),
        ("desperate attempt to turn the tide, rather than a serious challenge to anybody", "unverifiable"),
    ],
)
def test_the_same_words_quoted_twice(later: str, verdict: str) -> None:
    text = f"It was a “desperate attempt to turn the tide, rather than a serious challenge.”\n\nIt “{later}.”"
    assert [found for _, found in verdicts(text)] == ["unverifiable", verdict]


def test_a_source_that_the_user_names(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    file = tmp_path / "scan.txt"
    # Nothing in the file says which book it is.
    file.write_text(BOOK.split("\n", 4)[4], encoding="utf-8")
    document = as_document("It was “a desperate attempt to stem the tide.”¹" + NOTES)
    rule = find_rule("QUO801")
    assert rule is not None
    assert check([document], [rule]) == []
    source = read_source(f"smith-1990={file}")
    (finding,) = check([document], given_sources((rule,), (source,)))
    assert finding.message == "quotation differs from scan.txt: “stem” for “turn”"
    assert finding.problem.related[0].manuscript is source.manuscript
