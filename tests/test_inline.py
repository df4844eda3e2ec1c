"""References in running text, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.citations import CrossReference, Locator
from citecheck.reading.found import Found
from citecheck.reading.inline import find_inline
from citecheck.reading.listed import ListedWorks


def summary(found: Found, text: str) -> tuple[str, str, str, str | None, str]:
    reference = found.reference
    creators = "; ".join(name.family for name in getattr(reference, "creators", ()))
    places = ", ".join(place.start + (f"–{place.end}" if place.end else "") for place in reference.locators)
    return (
        text[found.start : found.end],
        reference.kind.value,
        creators,
        getattr(reference, "date", None),
        places,
    )


FOUND = [
    ("He was blamed (Filtzer, 1993:13-5).", [("(Filtzer, 1993:13-5)", "author-date", "Filtzer", "1993", "13–15")]),
    ("So it went (Machcewicz, 2006: 144).", [("(Machcewicz, 2006: 144)", "author-date", "Machcewicz", "2006", "144")]),
    ("In short (Morgan et al, 2000:103).", [("(Morgan et al, 2000:103)", "author-date", "Morgan", "2000", "103")]),
    ("In short (Lankov 2002, 90).", [("(Lankov 2002, 90)", "author-date", "Lankov", "2002", "90")]),
    ("The same side!’ (Zedong, 1969).", [("(Zedong, 1969)", "author-date", "Zedong", "1969", "")]),
    (
        "Much is known (see Lankov 1999, 46; Suh 1988a, p. 5).",
        [("Lankov 1999, 46", "author-date", "Lankov", "1999", "46"), ("Suh 1988a, p. 5", "author-date", "Suh", "1988", "5")],
    ),
    (
        "Much is known (Conquest 1968, Cohen et al. 1985: 12, and Viola, 1996).",
        [
            ("Conquest 1968", "author-date", "Conquest", "1968", ""),
            ("Cohen et al. 1985: 12", "author-date", "Cohen", "1985", "12"),
            ("Viola, 1996", "author-date", "Viola", "1996", ""),
        ],
    ),
    ("It met (Rees, ed., 2004: 3).", [("(Rees, ed., 2004: 3)", "author-date", "Rees", "2004", "3")]),
    ("He said (Khrushchev 1956 [1990]: 23).", [("(Khrushchev 1956 [1990]: 23)", "author-date", "Khrushchev", "1990", "23")]),
    ("As said (Paige and Lee 1963: 23).", [("(Paige and Lee 1963: 23)", "author-date", "Paige; Lee", "1963", "23")]),
    ("As Jones (2006:2) points out, so.", [("Jones (2006:2)", "author-date", "Jones", "2006", "2")]),
    ("According to Filtzer (1993:12), ‘even’.", [("Filtzer (1993:12)", "author-date", "Filtzer", "1993", "12")]),
    ("Lankov (1999) argues that.", [("Lankov (1999)", "author-date", "Lankov", "1999", "")]),
    ("Khrushchev’s Secret Speech (1956) reads.", [("Khrushchev’s Secret Speech (1956)", "author-date", "Khrushchev", "1956", "")]),
    ("Vladislaw Gomulka’s (1956) notes.", [("Vladislaw Gomulka’s (1956)", "author-date", "Gomulka", "1956", "")]),
    (
        "Khrushchev set the tone of his Secret Speech (1956) early.",
        [("Secret Speech (1956)", "author-date", "Khrushchev", "1956", "")],
    ),
    ("He said so (Khrushchev, quoted in Kramer 1996, p. 393).", [("Kramer 1996, p. 393", "author-date", "Kramer", "1996", "393")]),
    (
        "It mattered less (Taubman 2003, p. 297; contrast Gati 2006, p. 195).",
        [("Taubman 2003, p. 297", "author-date", "Taubman", "2003", "297"), ("Gati 2006, p. 195", "author-date", "Gati", "2006", "195")],
    ),
    ("They came (Williams, 1997:112; emphasis added).", [("(Williams, 1997:112; emphasis added)", "author-date", "Williams", "1997", "112")]),
    ("So he said (Pelikán, 1976:200. Twenty years later.", [("(Pelikán, 1976:200", "author-date", "Pelikán", "1976", "200")]),
    ("He met them (ibid.).", [("(ibid.)", "ibid", "", None, "")]),
    ("He met them (ibid.:para 7).", [("(ibid.:para 7)", "ibid", "", None, "7")]),
    ("He met them (ibid.: 149-51).", [("(ibid.: 149-51)", "ibid", "", None, "149–151")]),
    ("‘civilisations’ (45-48) and more (43).", [("(45-48)", "page", "", None, "45–48"), ("(43)", "page", "", None, "43")]),
    ("two pages (42, 47).", [("(42, 47)", "page", "", None, "42, 47")]),
    ("with a label (pp. 42–47).", [("(pp. 42–47)", "page", "", None, "42–47")]),
    ("devotes Chapter 3 (56-78) to it.", [("Chapter 3 (56-78)", "page", "", None, "3, 56–78")]),
    ("He agreed. **[DOCUMENT No. 9]** Then.", [("**[DOCUMENT No. 9]**", "crossref", "", None, "")]),
    ("Both [DOCUMENTS Nos. 4 & 7] say.", [("[DOCUMENTS Nos. 4 & 7]", "crossref", "", None, "")]),
    ("It was so (see note 45 above).", [("(see note 45 above)", "crossref", "", None, "")]),
    ("For details, see chapter 3.", [("chapter 3", "crossref", "", None, "")]),
    ("As Lankov contends, “it”.", [("As Lankov contends", "other", "Lankov", None, "")]),
    ("Thus, as Balazs Szalontai argues, so.", [("as Balazs Szalontai argues", "other", "Szalontai", None, "")]),
    ("Szalontai concludes, on the other hand, that.", [("Szalontai concludes", "other", "Szalontai", None, "")]),
    (
        "According to East German documents obtained by Bernd Schäfer, “so”.",
        [("According to East German documents obtained by Bernd Schäfer", "other", "Schäfer", None, "")],
    ),
    (
        "So Gould-Davies (1999:92, emphasis added) and (Kim 1980: 60f., my translation).",
        [
            ("Gould-Davies (1999:92, emphasis added)", "author-date", "Gould-Davies", "1999", "92"),
            ("(Kim 1980: 60f., my translation)", "author-date", "Kim", "1980", "60"),
        ],
    ),
    (
        "Opinions differ (e.g. Gittings, 1968: 12; but see Lüthi, 2010).",
        [("Gittings, 1968: 12", "author-date", "Gittings", "1968", "12"), ("Lüthi, 2010", "author-date", "Lüthi", "2010", "")],
    ),
    (
        "He said so (Gaddis 1997, quoted in Smith 2000: 12).",
        [("Gaddis 1997", "author-date", "Gaddis", "1997", ""), ("Smith 2000: 12", "author-date", "Smith", "2000", "12")],
    ),
    (
        "Much is known (Cumings 1981, 12; 1990, 44-45).",
        [("Cumings 1981, 12", "author-date", "Cumings", "1981", "12"), ("1990, 44-45", "author-date", "Cumings", "1990", "44–45")],
    ),
    (
        "Much is written (see, inter alia, Suh 1988:13; and David-West 2007 for the speech).",
        [("Suh 1988:13", "author-date", "Suh", "1988", "13"), ("David-West 2007", "author-date", "David-West", "2007", "")],
    ),
    ("Ivanov(a) (1956: para 4) reported it.", [("Ivanov(a) (1956: para 4)", "author-date", "Ivanov", "1956", "4")]),
    ("In volume nine (Kim 1980, vol. 9: 402).", [("(Kim 1980, vol. 9: 402)", "author-date", "Kim", "1980", "9, 402")]),
    ("Two books (Scalapino/Lee 1972: 12).", [("(Scalapino/Lee 1972: 12)", "author-date", "Scalapino; Lee", "1972", "12")]),
    ("He reads ‘evidence’ (vii) into it (xi-xii).", [("(vii)", "page", "", None, "vii"), ("(xi-xii)", "page", "", None, "xi–xii")]),
    ("in the spring of 1950 (71-5), and", [("(71-5)", "page", "", None, "71–75")]),
    ("in chapters 1 and 2 (1-53) again", [("chapters 1 and 2 (1-53)", "page", "", None, "1, 2, 1–53")]),
    ("on Berlin (Chapter 5, pp. 113-151) too", [("(Chapter 5, pp. 113-151)", "page", "", None, "5, 113–151")]),
    ("It did (but see p. 140).", [("(but see p. 140)", "page", "", None, "140")]),
    ("He said so (Lüthi, op. cit., p. 22).", [("(Lüthi, op. cit., p. 22)", "short", "Lüthi", None, "22")]),
    ("See [@lankov2002, p. 12] there.", [("[@lankov2002, p. 12]", "other", "", None, "12")]),
    ("As @suh1988 [p. 12] says.", [("@suh1988 [p. 12]", "other", "", None, "12")]),
    ("As @lankov wrote there.", []),
    (
        "See \\parencites[12]{a2000}[14]{b2001}.",
        [("\\parencites[12]{a2000}[14]{b2001}", "other", "", None, page) for page in ("12", "14")],
    ),
    (
        "As \\textcite[45]{lankov2002} says \\parencite[see][12--13]{suh1988}.",
        [("\\textcite[45]{lankov2002}", "other", "", None, "45"), ("\\parencite[see][12--13]{suh1988}", "other", "", None, "12–13")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "readings"), FOUND, ids=[case[0] for case in FOUND])
def test_references_in_running_text(text: str, readings: list[tuple[str, str, str, str | None, str]]) -> None:
    assert [summary(found, text) for found in find_inline(text)] == readings


def test_a_listed_author_and_year_are_cited() -> None:
    listed = ListedWorks({("zagoria", "1962"): (), ("radchenko", "2009"): (), ("flph", "1971"): ()})
    text = (
        "Zagoria (1962) was the first. Radchenko’s more recent account (2009: 7) is better. Poland (1962) fell. "
        "Kim disagreed with Radchenko that it was so (2009: 9). It stands elsewhere (FLPH, 1971; 2009: 9)."
    )
    assert [summary(found, text) for found in find_inline(text, listed)] == [
        ("Zagoria (1962)", "author-date", "Zagoria", "1962", ""),
        ("Radchenko’s more recent account (2009: 7)", "author-date", "Radchenko", "2009", "7"),
        ("(2009: 9)", "author-date", "Radchenko", "2009", "9"),
        ("FLPH, 1971", "author-date", "FLPH", "1971", ""),
        ("2009: 9", "author-date", "FLPH", "2009", "9"),
    ]


def test_a_number_on_the_pages_of_a_listed_work_is_no_second_year() -> None:
    listed = ListedWorks(
        {
            ("garnaut", "2013"): (Locator("page", "2007", "2048"),),
            ("garnaut", "2015"): (Locator("page", "9", "30"),),
        }
    )
    text = (
        "So (Garnaut 2013, 2034) and (Garnaut 2013, 2015), Garnaut (2013, 2034, 2040) argues, and elsewhere "
        "(Garnaut 2013, 2034–36; Garnaut 2015, 1998)."
    )
    assert [summary(found, text) for found in find_inline(text, listed)] == [
        ("(Garnaut 2013, 2034)", "author-date", "Garnaut", "2013", "2034"),
        ("(Garnaut 2013, 2015)", "author-date", "Garnaut", "2013", ""),
        ("(Garnaut 2013, 2015)", "author-date", "Garnaut", "2015", ""),
        ("Garnaut (2013, 2034, 2040)", "author-date", "Garnaut", "2013", "2034, 2040"),
        ("Garnaut 2013, 2034–36", "author-date", "Garnaut", "2013", "2034–2036"),
        ("Garnaut 2015, 1998", "author-date", "Garnaut", "2015", ""),
        ("Garnaut 2015, 1998", "author-date", "Garnaut", "1998", ""),
    ]


def test_op_cit_in_a_sentence() -> None:
    text = (
        "Elsewhere Lankov (op. cit., p. 45) denies it (Lüthi, op. cit., 22); but see Cumings, *op. cit.*, 33, "
        "and Shen and Xia (op. cit.)."
    )
    assert [summary(found, text) for found in find_inline(text)] == [
        ("Lankov (op. cit., p. 45)", "short", "Lankov", None, "45"),
        ("(Lüthi, op. cit., 22)", "short", "Lüthi", None, "22"),
        ("Cumings, *op. cit.*, 33", "short", "Cumings", None, "33"),
        ("Shen and Xia (op. cit.)", "short", "Shen; Xia", None, ""),
    ]
    for found in find_inline(text):
        words = text[found.start : found.end]
        assert all(words[slice(*place.span)] == place.written for place in found.reference.locators)


def test_letters_of_years() -> None:
    (one,) = find_inline("He said so (Ivanov(a), 1956:para 5).")
    (other,) = find_inline("He said so (Ivanov 1956b).")
    assert (one.reference.suffix, other.reference.suffix) == ("a", "b")  # type: ignore[union-attr]


def test_pointers_hold_what_they_point_to() -> None:
    (found,) = find_inline("[DOCUMENTS Nos. 4 & 7]")
    assert found.reference == CrossReference("document", ("4", "7"))
    (note,) = find_inline("(see note 45 above)")
    assert (note.reference, note.signal) == (CrossReference("note", ("45",)), "see")


@pytest.mark.parametrize(
    "text",
    [
        "the Communist Party (CPSU) and the (possibly) African plural(s)",
        "Kim Il Sung (1912–1994) was born there.",
        "The uprising in Poland (1956) and in Hungary (1956) failed.",
        "the conference (Moscow, 1957) and the plenum (August 1956)",
        "Huntington, S. (1996) The Clash of Civilizations.",
        "The Political Quarterly 68 (4): pp. 425–428.",
        "fifty (50) men and No. (12)",
        "There are two: (1) the first, and (2) the second.",
        "it rose to 89 percent (83 percent in the North)",
        "‘At the Plenum…[Minister of Trade] Yun arose’ [at the August plenum] comments[...]",
        "*Crisis in North Korea* (Honolulu, 2005) is a book.",
        "Kim noted that he had argued; as the embassy reported, it was so.",
        "States such as China and North Korea show states are able.",
        "In 1953 (see below) it ended.",
        "the crisis (August-October 1958) and (spring/summer 1959)",
        "the first half (i) and the second (ii) of it",
        "Zagoria (1962) was no more than a name.",
        "at Bandung (Bandung, 1955, at which he met them)",
    ],
)
def test_what_only_looks_like_a_reference(text: str) -> None:
    assert find_inline(text) == []


def test_a_pointer_behind_words_has_no_author() -> None:
    assert not find_inline("It was said (the figure quoted in Chapter 1956, p. 12).", ListedWorks())


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from(
            ["Lankov", "(1999)", "(Lankov 1999: 4)", "’s", "his", "Speech", "(ibid.:para 2)", "(43)", "[DOCUMENT No. 2]", "as", "As",
             "argues", "see note 4", "(", ")", "[", "]", "*", "Chapter 3 (5-6)", "(see A 1990; B 1991)", ".", ",", "[@a, 3]", "concludes,"]
        ),
        max_size=25,
    ).map(" ".join)
    | st.text(max_size=120)
)  # fmt: skip
def test_any_paragraph_is_read_without_fault(text: str) -> None:
    for found in find_inline(text):
        assert 0 <= found.start < found.end <= len(text)
        words = text[found.start : found.end]
        for locator in found.reference.locators:
            assert words[slice(*locator.span)] == locator.written
        span = getattr(found.reference, "creators_span", None)
        assert span is None or words[slice(*span)]


@pytest.mark.parametrize(
    "unit", ["(1956) ", "(43) ", "Kim (1956) ", "(a (b ", "as Kim ", "his Speech (1956) ", "[DOC "]
)
def test_one_thing_repeated(unit: str) -> None:
    # That work grows no faster than the text is measured in benchmarks/linear.py.
    text = unit * 500
    assert all(0 <= found.start < found.end <= len(text) for found in find_inline(text))


def test_square_brackets_hold_a_reference_to_what_is_listed() -> None:
    listed = ListedWorks({("ward", "1999"): ()})
    text = "So it was [Ward 1999, 45], as others say [Smith 1990, 12] in [May 1999]."
    assert [summary(found, text) for found in find_inline(text, listed)] == [
        ("[Ward 1999, 45]", "author-date", "Ward", "1999", "45")
    ]
    assert not find_inline(text)
