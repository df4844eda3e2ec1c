import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.citations import Name
from citecheck.reading.creators import read_creators, read_name
from citecheck.reading.eastern_names import is_eastern_surname
from citecheck.resolving.folding import fold, see, slug, squeeze
from citecheck.resolving.likeness import Likeness, distance
from citecheck.resolving.name_lists import read_names
from citecheck.resolving.names import compare_families, compare_names, family_key
from citecheck.resolving.titles import Difference, compare_titles, first_notable_word, title_difference


def name(written: str) -> Name:
    """Read “family|given”."""
    family, _, given = written.partition("|")
    return Name(family, given or None)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("P'yŏngyang Between Peking", "pyongyang between peking"),
        ("Хрущёв", "khrushchev"),
        ("*Chuch’e*", "chuche"),
        ("Sino–Soviet", "sino soviet"),
        ("Łódź, Ærø", "lodz aero"),
        ("Gerő Ernő", "gero erno"),
        ("Ґедзь і Ющенко", "gedz i iushchenko"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("De Ceuster", None, "de-ceuster"),
        ("Stalin's Conversations with", 3, "stalin-s-conversations"),
        ("Pünkösti", None, "punkosti"),
    ],
)
def test_slug(text: str, words: int | None, expected: str) -> None:
    assert slug(text, words) == expected


def test_first_notable_word() -> None:
    assert first_notable_word("From Protest to Change of Regime") == "protest"
    assert first_notable_word("The") == "the"


@pytest.mark.parametrize(
    ("family", "key"),
    [
        ("van Ree", "ree"),
        ("El-Ghonemy", "ghonemy"),
        ("Goncharov et al.", "goncharov"),
        ("Le", "le"),
        ("De Ceuster", "ceuster"),
    ],
)
def test_family_key(family: str, key: str) -> None:
    assert family_key(family) == key


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Back", "Baek", Likeness.SOUND),
        ("Paik", "Baek", Likeness.SOUND),
        ("Хрущев", "Khrushchev", Likeness.SAME),
        ("Pelikan", "Pelikán", Likeness.SAME),
        ("Kim", "Kin", Likeness.NONE),
        ("Gills", "Gill", Likeness.NONE),
        ("Scalapino", "Scalapini", Likeness.SOUND),
        ("Lee", "Yang", Likeness.NONE),
    ],
)
def test_compare_families(one: str, other: str, likeness: Likeness) -> None:
    assert compare_families(one, other) == likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Yang|Sung-chul", "Yang|Sung Chul", Likeness.SAME),
        ("Chul|Yang Sung", "Yang|Sung-chul", Likeness.SAME),
        ("Lankov|A. N.", "Lankov|Andrei", Likeness.START),
        ("Lankov|Andrei N.", "Lankov|Andrei", Likeness.START),
        ("Lewis|John W.", "Lewis|John Wilson", Likeness.START),
        ("Kim|Hak-Joon", "Kim|Kwan Bong", Likeness.NONE),
        ("Ree|Erik van", "van Ree|Erik", Likeness.SAME),
        ("Zedong|M.", "Mao|Zedong", Likeness.NONE),
    ],
)
def test_compare_names(one: str, other: str, likeness: Likeness) -> None:
    assert compare_names(name(one), name(other)) == likeness


@pytest.mark.parametrize(
    ("short", "full", "likeness"),
    [
        ("The Origins of the Korean War II", "The Origins of the Korean War II: The Roaring", Likeness.START),
        ("Origins of the Korean War II", "The Origins of the Korean War II: The Roaring", Likeness.START),
        ("The Origins of the Korean War I", "The Origins of the Korean War II: The Roaring", Likeness.NONE),
        ("The Origins of the Korean War 1", "The Origins of the Korean War 2", Likeness.NONE),
        (
            "Sotsialnoekonomicheskie preobrazovaniia",
            "Sotsialno-ekonomicheskie preobrazovaniia v",
            Likeness.START,
        ),
        ("Kim II Sung's Campaign", "Kim Il Sung's Campaign against the Soviet Faction", Likeness.SOUND),
        ("The North Korean Leadership", "The North Korean Communist Leadership", Likeness.PART),
        ("Korea", "Korean Studies", Likeness.NONE),
        ("Mao", "Mao: A Biography", Likeness.START),
        ("Communism in Korea: The Movement", "Communism in Korea I-II", Likeness.NONE),
        ("История партии", "Istoriia partii", Likeness.SAME),
    ],
)
def test_compare_titles(short: str, full: str, likeness: Likeness) -> None:
    assert compare_titles(short, full) == likeness


@pytest.mark.parametrize(
    ("short", "full", "difference"),
    [
        ("Crisis in North Korea", "Crisis in North Korea: The Failure", None),
        ("The Roaring of the Cataract", "The Origins II: The Roaring of the Cataract", None),
        ("Origins of the War", "The Origins of the War", Difference.ARTICLE),
        ("North Korea Through the Glass", "North Korea through the Glass", Difference.CASE),
        ("Gerõ Ernõ pályája", "Gerő Ernő pályája", Difference.MARKS),
        ("Sotsialnoekonomicheskie", "Sotsialno-ekonomicheskie", Difference.HYPHEN),
        ("The North Korean Leadership", "The North Korean Communist Leadership", Difference.OMISSION),
        ("Crisis in Noth Korea", "Crisis in North Korea", Difference.SPELLING),
        (
            "“This Is Not a Politburo, But a Madhouse”",
            "‘This Is Not a Politburo, But a Madhouse.’ The SED",
            None,
        ),
    ],
)
def test_title_difference(short: str, full: str, difference: Difference | None) -> None:
    assert title_difference(short, full) == difference


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (
            "Ahn Byong-man, Kil Soong-hoom, and Kim Kwang-woong",
            ["Ahn|Byong-man", "Kil|Soong-hoom", "Kim|Kwang-woong"],
        ),
        (
            "East, Gordon W., Spate, O. H. K., and Fisher, Charles A.",
            ["East|Gordon W.", "Spate|O. H. K.", "Fisher|Charles A."],
        ),
        (
            "Keng, Shao-Hsun, Chun-Hung Lin, and Peter F. Orazem",
            ["Keng|Shao-Hsun", "Lin|Chun-Hung", "Orazem|Peter F."],
        ),
        ("Dallin, Alexander and Patenaude, Bertrand M.", ["Dallin|Alexander", "Patenaude|Bertrand M."]),
        ("García Márquez, Gabriel", ["García Márquez|Gabriel"]),
        ("Ivanov(a), V.", ["Ivanov|V."]),
        ("Qiang Zhai", ["Qiang|Zhai"]),
        ("World Bank", ["World Bank"]),
        ("Smith, John, et al.", ["Smith|John"]),
        ("", []),
    ],
)
def test_read_names(written: str, names: list[str]) -> None:
    assert list(read_names(written, inverted=True)) == [name(each) for each in names]


def test_a_suffix_is_no_person() -> None:
    assert read_names("King, Martin Luther, Jr.", inverted=True) == (Name("King", "Martin Luther", "Jr."),)


def test_scanner_confusions() -> None:
    assert see("Kim Il Sung") == see("Kim II Sung") == see("Kim ll Sung")
    assert squeeze("Il- song") == squeeze("Il-song")


def test_eastern_surnames() -> None:
    assert is_eastern_surname("Kim")
    assert not is_eastern_surname("Lankov")


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Kim|Il Sung",
            "Lee|Chong-sik",
            "Paik|Hak Soon",
            "Suh|Dae-sook",
            "Pak|Chang-ok",
            "Koh|B. C.",
            "Han|Sorya",
        ),
        *("Mao|Zedong", "Chen|Jian", "Zhang|Shu Guang", "Zhou|Enlai", "Shen|Zhihua", "Lee|Kuan Yew"),
        *("Nguyen|Van Linh", "Vo|Nguyen Giap", "Truong|Chinh", "Lê|Duẩn", "Kim|Hakjoon", "Liu|Shao-ch'i"),
        *("Choe|Yong-gon", "Chun|Shin-yong", "Mao|Tse-tung", "Yang|Kuisong", "Xia|Yafeng", "Paek|Nam-un"),
    ],
)
def test_eastern_names_have_the_family_first(written: str) -> None:
    family, given = written.split("|")
    read = read_name(f"{family} {given}")
    assert (read.family, read.given) == (family, given)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Kim|Philby",
            "Jo|Guldi",
            "Lee|Benson",
            "Lin|Foxhall",
            "Kim|Phillips",
            "Lu Ann|Homza",
            "Yan|Thomas",
        ),
        *(
            "Lee|Wilson",
            "Kim|Mason",
            "Park|Honan",
            "Lee|Anne-Marie",
            "Dai|Smith",
            "Han|Vermeulen",
            "Song|Hudson",
        ),
        *(
            "Kim Lane|Scheppele",
            "Jung|Chang",
            "Jo|Burr",
            "Lei|Morgan",
            "Kim|Nelson",
            "Lee|Harris",
            "Lee|Sartain",
        ),
        *(
            "W. E. B.|Du Bois",
            "J.|Le Goff",
            "Jacques|Le Goff",
            "Erik|van Ree",
            "Koen|De Ceuster",
            "Ben|Kiernan",
        ),
        *("Gabriel|García Márquez", "Mario|Vargas Llosa", "Dick|Van Dyke", "Ahmed|Ben Bella"),
    ],
)
def test_western_names_have_the_family_last(written: str) -> None:
    given, family = written.split("|")
    read = read_name(f"{given} {family}")
    assert (read.family, read.given) == (family, given)


@pytest.mark.parametrize(
    "written", ["Louis XIV", "Pius XII", "Nicholas II", "Le Goff", "Du Bois", "Le Pen", "Malcolm X"]
)
def test_names_that_are_no_given_name_and_family(written: str) -> None:
    read = read_name(written)
    assert (read.family, read.given, read.suffix) == (written, None, None)
    assert read_creators(written)[0] == read


short_words = st.text(alphabet="abc", max_size=6)


@given(short_words, short_words, st.integers(0, 3))
def test_distance_is_bounded_and_even_handed(one: str, other: str, limit: int) -> None:
    found = distance(one, other, limit)
    assert found == distance(other, one, limit)
    assert 0 <= found <= limit + 1
    assert (found == 0) == (one == other)
