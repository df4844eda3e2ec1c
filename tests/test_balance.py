import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.evidence.balance import double_quotes, single_quotes, stray_brackets, stray_in_paragraphs

WORDS = frozenset(["the", "style", "self", "criticism", "group", "ussr", "power", "body", "s"])


def is_word(word: str) -> bool:
    return word.lower() in WORDS


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("24/b ((no reference number)/1954", [(5, True)]),
        ("*Kim Il Sung: Biography [II]*, 1970): 553", [(35, False)]),
        ("[Source: RGANI, Fond 5 (see above)", [(0, True)]),
        ("(Berkeley: University of California Press, 1972)", []),
        ("reasons: 1) the war; 2) the harvest; a) rice, iv) wheat", []),
        ("(one [two) three]", [(5, True), (16, False)]),
    ],
)
def test_stray_brackets(text: str, stray: list[tuple[int, bool]]) -> None:
    assert [(found.start, found.opens) for found in stray_brackets(text)] == stray


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        # Szalontai 2005, notes 1:121 and 1:144, and the entry of the same work.
        ('Weathersby, "Should We Fear This?"," 19–20.', [(35, False)]),
        ('"Should We Fear This?" Stalin and the Danger of War with America."', [(65, False)]),
        ("Ostermann, \"'This Is Not a Politburo, But a Madhouse',\" 62.", []),
        ('Baracs, Dénes. "Virágozzék egy szál virág!" Budapest: "8 Nendori," 1980.', []),
        ("„Ich war dabei“, sagte er. „Nein”, sagte sie.", []),
        ("«Советский Союз», «Правда»", []),
        ("»Der Krieg«, »Frieden«", []),
        ("« Le Viet-Nam » et « la guerre »", []),
        ("announced that “the individuals are no simple border crossers.", [(15, True)]),
        ("self-reliance among his own people.”", [(35, False)]),
        ("“cases” were created, calling them “the ‘group’”", []),
        ('a barrel of 12" and 14"', []),
    ],
)
def test_stray_double_quotes(text: str, stray: list[tuple[int, bool]]) -> None:
    assert [(found.start, found.opens) for found in double_quotes(text).stray] == stray


def test_two_single_marks_for_a_double_one() -> None:
    (stray,) = double_quotes("numerous “distortions of the socialist legality’’ and a rush").stray
    assert (stray.mark, stray.partner) == ("“", "’’")


@pytest.mark.parametrize(
    ("text", "pairs", "stray"),
    [
        ("‘Core State’ and ‘Islam’s Bloody Borders’", 2, []),
        ("the workers’ councils and the Party’s power", 0, []),
        ("‘the workers’ councils’ had no power", 1, []),
        ("“A Socialism of Our Style’: North Korean Ideology", 0, [(25, "")]),
        ("in the Riazan’ oblast’ and goin’ home", 0, []),
        ("the ’30s and ’tis true, rock ’n’ roll", 0, []),
        ("the ‘ulama of ‘Abd al-Nasir and the Shari‘a", 0, []),
        ("Ch’oe Ch’ang-ik of the Yan’an group", 0, []),
        ("continuing:‘During Lenin's life the committee met at the proper intervals.", 0, [(11, "")]),
        ("he offered: 'At the beginning we support Stalin’", 1, [(12, "’")]),
    ],
)
def test_single_quotes(text: str, pairs: int, stray: list[tuple[int, str]]) -> None:
    found = single_quotes(text, is_word)
    assert (found.pairs, [(each.start, each.partner) for each in found.stray]) == (pairs, stray)


def test_a_pair_whose_first_mark_is_turned_round() -> None:
    (stray,) = single_quotes("evidence of the’ imposition’ of", lambda word: True).stray
    assert (stray.start, stray.opens, stray.partner_at) == (15, True, 27)


def strays(*paragraphs: str) -> list[list[int]]:
    found = stray_in_paragraphs(paragraphs, lambda text: double_quotes(text).stray)
    return [[stray.start for stray in each] for each in found]


def test_a_quotation_of_several_paragraphs_opens_again_with_each() -> None:
    assert strays("He said: “One.", "“Two.", "“Three.”", "Four.") == [[], [], [], []]
    assert strays("He said: “One.", "Two.") == [[9], []]


def test_a_page_break_may_have_taken_the_partner() -> None:
    cut = (
        "Yi informed Federenko that “many Party members, including Congress delegates who were present at the"
    )
    assert strays(cut, "session, feared persecution.”") == [[], []]
    assert strays(cut, "After the session they went home.") == [[], []]
    assert strays("among his own people.”", "“Well,” he said.") == [[], []]
    assert strays("All was quiet.", "He established *Juche* among his own people.”") == [[], [44]]


MARKS = st.text(alphabet="ab s.’‘'\"“”„«»()[]", max_size=60)


@given(MARKS)
def test_every_stray_mark_stands_in_the_text(text: str) -> None:
    found = [*stray_brackets(text), *double_quotes(text).stray, *single_quotes(text, is_word).stray]
    for stray in found:
        assert text[stray.start : stray.end] == stray.mark
        if stray.partner:
            assert text.startswith(stray.partner, stray.partner_at)


@given(
    st.recursive(
        st.text(alphabet="ab ", max_size=5), lambda inner: inner.map("({})".format) | inner.map("[{}]".format)
    )
)
def test_nested_brackets_are_never_stray(text: str) -> None:
    assert stray_brackets(text) == []
