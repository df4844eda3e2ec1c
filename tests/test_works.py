"""Works in notes: shapes that the files in seeds/citations do not show, slips, comments and prose."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import parse_citation
from citecheck.citations import IbidReference, Kind, OtherReference, WorkReference
from citecheck.grammars import Grammar, load_grammar
from citecheck.reading.brackets import inline_grammar
from citecheck.reading.creators import read_creators, read_name
from citecheck.reading.debates import debates_grammar
from citecheck.reading.editions import editions_grammar
from citecheck.reading.gost import gost_grammar
from citecheck.reading.locators import read_locators
from citecheck.reading.marks import find_marked
from citecheck.reading.published import notes_grammar
from citecheck.reading.segmenting import split_clauses
from citecheck.reading.statutes import statutes_grammar
from citecheck.reading.works import Found, read_clause, unread
from citecheck.resources import data_folder


def read(text: str) -> list[Found]:
    return [found for clause in split_clauses(text) for found in read_clause(text, clause)]


def summary(found: Found) -> tuple[str, str, str | None, str]:
    reference = found.reference
    creators = "; ".join(name.family for name in getattr(reference, "creators", ()))
    pages = ", ".join(place.start + (f"–{place.end}" if place.end else "") for place in reference.locators)
    return reference.kind.value, creators, getattr(reference, "title", None), pages


# ---- the grammars' own examples


def examples(name: str) -> list[tuple[str, bool]]:
    source = (data_folder("grammars") / f"{name}.lark").read_text(encoding="utf-8")
    return [
        (text, kind == "good") for kind, text in re.findall(r"^// (good|bad): (.*)$", source, re.MULTILINE)
    ]


GRAMMARS: dict[str, Callable[[], Grammar]] = {
    "notes": notes_grammar,
    "gost": gost_grammar,
    "debates": debates_grammar,
    "statutes": statutes_grammar,
    "editions": editions_grammar,
    "inline": inline_grammar,
    "locators": lambda: load_grammar("locators"),
}
EXAMPLES = [(name, text, good) for name in GRAMMARS for text, good in examples(name)]


@pytest.mark.parametrize(("name", "text", "good"), EXAMPLES, ids=[f"{n}: {t[:50]}" for n, t, _ in EXAMPLES])
def test_a_grammar_reads_its_examples(name: str, text: str, good: bool) -> None:
    grammar = GRAMMARS[name]()
    assert (grammar.parse_whole(text) is not None) is good


# ---- short notes, with whatever marks and punctuation


SHORT = [
    ("Koukal and others, p. 14.", "Koukal", None, "14"),
    ("Schaefer, \"North Korean 'Adventurism,'\" 14–15.", "Schaefer", "North Korean 'Adventurism'", "14–15"),
    ("Yu, *Kita Chōsen: Kokka no genzai* [North Korea: The State], 102.", "Yu", "Kita Chōsen: Kokka no genzai", "102"),
    ("Cumings, Korea's Place in the Sun, 79, 88–90.", "Cumings", "Korea's Place in the Sun", "79, 88–90"),
    ("Terrill, Mao, 295–296.", "Terrill", "Mao", "295–296"),
    ("Wells, New God, New Nation, 29–30.", "Wells", "New God, New Nation", "29–30"),
    ("Marr, Vietnam 1945, 234-237.", "Marr", "Vietnam 1945", "234–237"),
    ("Lee, The Korean Workers' Party, 16–17.", "Lee", "The Korean Workers' Party", "16–17"),
    ("Cumings, The Origins of the Korean War II, 333.", "Cumings", "The Origins of the Korean War II", "333"),
    ("Scalapino and Lee, Communism in Korea, 497–503., 533–536.", "Scalapino; Lee", "Communism in Korea", "497–503, 533–536"),
    ("Haggard, Kang, and Moon, \"Japanese Colonialism,\" 872.", "Haggard; Kang; Moon", "Japanese Colonialism", "872"),
    ("Goncharov et al., *Uncertain Partners*, 132–124.", "Goncharov", "Uncertain Partners", "132–124"),
    ("Várkonyi, *Akié a föld*..., 38–40.", "Várkonyi", "Akié a föld...", "38–40"),
    ("Jones, *Manchuria since* 1931, 162–164.", "Jones", "Manchuria since 1931", "162–164"),
    ("Vu. Die vietnamesische Gesellschaft, 328–333.", "Vu", "Die vietnamesische Gesellschaft", "328–333"),
    ("Szalontai, *Kim Il Sung*. p. 98.", "Szalontai", "Kim Il Sung", "98"),
    ("Szalontai, *Kim Il Sung* p. 98.", "Szalontai", "Kim Il Sung", "98"),
    ("Szalontai, *Kim Il Sung* 98.", "Szalontai", "Kim Il Sung", "98"),
    ("Kohli, \"Where Do Economies Come From?,\" 1283–1284.", "Kohli", "Where Do Economies Come From?", "1283–1284"),
    ("Weathersby, \"Should We Fear This?\",\" 19–20.", "Weathersby", "Should We Fear This?", "19–20"),
    ("Ostermann, \"'This Is Not a Politburo'\", 62.", "Ostermann", "'This Is Not a Politburo'", "62"),
    ("\"Stalin's Conversations with Chinese Leaders,\" 8.", "", "Stalin's Conversations with Chinese Leaders", "8"),
    ("Lankov, Crisis: The Failure, 1956, 19.", "Lankov", "Crisis: The Failure, 1956", "19"),
    ("El-Ghonemy, *The Political Economy*, 199–208.", "El-Ghonemy", "The Political Economy", "199–208"),
    ("Suh, *Kim Il Sung*, xii–xiv, 34n12.", "Suh", "Kim Il Sung", "xii–xiv, 34, 12"),
    ("Suh, *Kim Il Sung*, 45 ff.", "Suh", "Kim Il Sung", "45"),
    ("Suh, *Kim Il Sung*, A12–A14.", "Suh", "Kim Il Sung", "A12–A14"),
    ("Suh, ‘The Workers’ Party’, p. 5.", "Suh", "The Workers’ Party", "5"),
    ("Lankov, *Crisis in North Korea*, 62 (emphasis added).", "Lankov", "Crisis in North Korea", "62"),
    ("Lankov, *Crisis in North Korea*, 62–63 [my translation].", "Lankov", "Crisis in North Korea", "62–63"),
    ("McArthur, p. 62.", "McArthur", None, "62"),
    ("Lankov, op. cit., 45.", "Lankov", None, "45"),
    ("Петров, указ. соч., с. 13.", "Петров", None, "13"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "creators", "title", "pages"), SHORT, ids=[case[0] for case in SHORT])
def test_short_notes(text: str, creators: str, title: str | None, pages: str) -> None:
    (found,) = read(text)
    assert summary(found) == ("short", creators, title, pages)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (
            "Okonogi, \"North Korean Communism,\" in Suh, *Korean Studies*. 179.",
            [("chapter", "Okonogi", "North Korean Communism", "179")],
        ),
        (
            "Schmidt-Neke, \"Innenpolitik,\" in Grothusen, Albanien, 64–73.",
            [("chapter", "Schmidt-Neke", "Innenpolitik", "64–73")],
        ),
        (
            "Armstrong, “The State,” Samuel S. Kim ed. *The System* (New York: Palgrave, 2001): 52.",
            [("chapter", "Armstrong", "The State", "52")],
        ),
        (
            "Charles Armstrong, “A Socialism,” *Foreign Relations* (Hong Kong: Oxford University Press, 1998): 33.",
            [("chapter", "Armstrong", "A Socialism", "33")],
        ),
        (
            "Andrei Lankov, \"Campaign,\" *Korean Studies*, Volume 23, (University of Hawaii Press: 1999): 45.",
            [("full", "Lankov", "Campaign", "45")],
        ),
        (
            "*Third Congress: Documents* April 24-29, 1956 (Pyongyang: FLPH, 1956): 387.",
            [("full", "", "Third Congress: Documents April 24-29, 1956", "387")],
        ),
        (
            "Armstrong, “The State,” Samuel S. Kim ed. The System in the Post-War Era (New York: Palgrave, 2001): 52.",
            [("chapter", "Armstrong", "The State", "52")],
        ),
        (
            "Andrei Lankov, Crisis in North Korea: The Failure, 1956 (Honolulu: University of Hawaii Press, 2005): 19.",
            [("full", "Lankov", "Crisis in North Korea: The Failure, 1956", "19")],
        ),
        (
            "Bruce A. Elleman, Diplomacy and Deception: The Secret History (Armonk: M. E. Sharpe, 1998), 98–101.",
            [("full", "Elleman", "Diplomacy and Deception: The Secret History", "98–101")],
        ),
        (
            "Lankov, Crisis and Reform: A Story, p. 14; Meyer, Schulz und Schmidt: Die DDR, S. 15.",
            [("short", "Lankov", "Crisis and Reform: A Story", "14"), ("short", "Meyer; Schulz; Schmidt", "Die DDR", "15")],
        ),
        (
            "Andrei Lankov, Kim Il Sung and Khrushchev: The Story, p. 1; Lankov, Crisis, Reform, and Revolt: A Story, 2.",
            [
                ("short", "Lankov", "Kim Il Sung and Khrushchev: The Story", "1"),
                ("short", "Lankov", "Crisis, Reform, and Revolt: A Story", "2"),
            ],
        ),
        (
            "Smith, Jones, and Brown, War and Peace: A Study, 45; A. Smith, B. Jones and C. Brown: War and Peace, p. 46.",
            [
                ("short", "Smith; Jones; Brown", "War and Peace: A Study", "45"),
                ("short", "Smith; Jones; Brown", "War and Peace", "46"),
            ],
        ),
        (
            "Hobsbawm and Ranger, Invention and Tradition: A Reader, p. 45.",
            [("short", "Hobsbawm; Ranger", "Invention and Tradition: A Reader", "45")],
        ),
        (
            "Manela, Wilson and Versailles: The Moment (Oxford: Oxford University Press, 2007), 15.",
            [("full", "Manela", "Wilson and Versailles: The Moment", "15")],
        ),
        (
            "Goncharov, Lewis and Xue: *Uncertain Partners* (Stanford: Stanford University Press, 1993), 14.",
            [("full", "Goncharov; Lewis; Xue", "Uncertain Partners", "14")],
        ),
        ("Baik Bong, *Biography [II]*, 1970): 553.", [("full", "Baik", "Biography [II]", "553")]),
        (
            "Charter of the KWP, Chapter II, Article 11, cited in Yang, *Systems*, 231.",
            [("other", "", "Charter of the KWP", "II, 11"), ("short", "Yang", "Systems", "231")],
        ),
        (
            "On the campaign, the “corrections,” and the protests, see Boudarel, *Cent fleurs*, 167; Moise, *Reform*, 8.",
            [("short", "Boudarel", "Cent fleurs", "167"), ("short", "Moise", "Reform", "8")],
        ),
        (
            "The classic accounts are Scalapino and Lee, *Communism in Korea*, 2 vols. (Berkeley: California, 1972), and "
            "Joseph Chung, *The Economy* (Stanford: Hoover, 1974).",
            [("full", "Scalapino; Lee", "Communism in Korea", ""), ("full", "Chung", "The Economy", "")],
        ),
        (
            "See Armstrong, *Tyranny of the Weak*, 96; and idem, \"Fraternal Socialism,\" 161–87.",
            [("short", "Armstrong", "Tyranny of the Weak", "96"), ("short", "", "Fraternal Socialism", "161–187")],
        ),
        (
            "See note 17 above, and Clemens, \"GRU Operations.\"",
            [("crossref", "", None, ""), ("short", "Clemens", "GRU Operations", "")],
        ),
        (
            "See also his \"Lessons from the Past,\" *Pacific Focus* 23, no. 1 (April 2008), pp. 46-74.",
            [("full", "", "Lessons from the Past", "46–74")],
        ),
        (
            "Compare *Statistical Returns (1946-1960)* (Pyongyang: FLPH, 1961), p. 23 with Kuark, *Development*, 51.",
            [("full", "", "Statistical Returns (1946-1960)", "23"), ("short", "Kuark", "Development", "51")],
        ),
        (
            "Charles Taylor's *A Secular Age* (Cambridge, MA: Harvard, 2007) and Catherine Wanner's *State Secularism* "
            "(Washington: WWC Press, 2012) contain no mention of it.",
            [("full", "Taylor", "A Secular Age", ""), ("full", "Wanner", "State Secularism", "")],
        ),
        (
            "It has been considered by Bernice Rosenthal, ed. *Nietzsche in Russia* (Princeton: Princeton, 1986).",
            [("full", "Rosenthal", "Nietzsche in Russia", "")],
        ),
        (
            "Gottlob Frege, *Begriffsschrift* (Halle: Nebert, 1879). Translated in Jean van Heijenoort, ed., *From Frege "
            "to Gödel* (Cambridge, MA: Harvard, 1967), 1–82.",
            [("full", "Frege", "Begriffsschrift", ""), ("full", "van Heijenoort", "From Frege to Gödel", "1–82")],
        ),
        (
            "Alperovitz, The Decision (New York: Knopf, 1995), and J. Samuel Walker, Prompt and Utter Destruction, 3rd ed. "
            "(Chapel Hill: North Carolina, 2016).",
            [("full", "Alperovitz", "The Decision", ""), ("full", "Walker", "Prompt and Utter Destruction", "")],
        ),
        (
            "U.S. Department of State, Foreign Relations of the United States, 1952-1954, vol. 15, Korea (Washington, "
            "D.C.: U.S. Government Printing Office, 1984), 1:805-6.",
            [("full", "U.S. Department of State", "Foreign Relations of the United States, 1952-1954", "1, 805–806")],
        ),
        (
            "Nodong sinmun, 21 March 1961; Pravda, 7 July 1961, 1.",
            [("other", "", "Nodong sinmun", ""), ("other", "", "Pravda", "1")],
        ),
        (
            "MacFarquhar, The Origins of the Cultural Revolution, vol. 2, The Great Leap Forward, 1958–1960, 119–122.",
            [("short", "MacFarquhar", "The Origins of the Cultural Revolution", "119–122")],
        ),
        (
            "Robert Scalapino and Chong-sik Lee, Communism in Korea, 2 vols. (Berkeley: California, 1972), 1:545.",
            [("full", "Scalapino; Lee", "Communism in Korea", "1, 545")],
        ),
        (
            "Csoma, 'A magyar kórház', in Magyarok Koreában, ed. by Mária Fendler (Budapest: ELTE, 2012), p. 110.",
            [("chapter", "Csoma", "A magyar kórház", "110")],
        ),
        (
            "The standard work is still Robert Scalapino and Chong-Sik Lee, Communism in Korea, 2 vols. (Berkeley: "
            "California, 1972), 1:545–559.",
            [("full", "Scalapino; Lee", "Communism in Korea", "1, 545–559")],
        ),
        (
            "Chen, Mao's China (Chapel Hill: UNC Press, 2001), p. 61, and Zhang Shu Guang, \"Cooperation,\" in Odd Arne "
            "Westad, ed., Brothers in Arms: The Alliance, 1945-1963 (Stanford: Stanford, 1998), pp. 197-199.",
            [("full", "Chen", "Mao's China", "61"), ("chapter", "Zhang", "Cooperation", "197–199")],
        ),
        (
            "Buzo, *Dynasty*, 58. As Buzo puts it, \"it was self-imposed\" (ibid., 60).",
            [("short", "Buzo", "Dynasty", "58"), ("ibid", "", None, "60")],
        ),
        # A quotation mark that is never closed ends beside the comma.
        (
            "Petrescu, \"Community Building in Romania, in Tismaneanu, Stalinism Revisited, 410.",
            [("chapter", "Petrescu", "Community Building in Romania", "410")],
        ),
        ("Silverfarb, ‘The Revolt of the Ikhwan, 240.", [("short", "Silverfarb", "The Revolt of the Ikhwan", "240")]),
        ("Mastny and Byrne, A Cardboard Castle? 90–95.", [("short", "Mastny; Byrne", "A Cardboard Castle?", "90–95")]),
        # French notes: issues counted in the year, a dictionary's article, italics that take in what repeats the title.
        (
            "Thierry Robin, « La France et la Chine », *Relations internationales*, n° 132, 2007/4, p. 45-62.",
            [("full", "Robin", "La France et la Chine", "45–62")],
        ),
        (
            "Alain Peyrefitte, *C'était de Gaulle*, 3 vol., Paris, Fayard, 1994-2000, vol. 2, p. 485-489.",
            [("full", "Peyrefitte", "C'était de Gaulle", "2, 485–489")],
        ),
        ("P. Journoud, *De Gaulle et le Vietnam, op. cit.*, p. 145.", [("short", "Journoud", "De Gaulle et le Vietnam", "145")]),
        (
            "Alan Sanders, *Historical Dictionary of Mongolia* (Lanham: Scarecrow Press, 1996), s.v. “Tömör-Ochir.”",
            [("full", "Sanders", "Historical Dictionary of Mongolia", "")],
        ),
        ("Entretien de l'auteur avec Claude Martin, Paris, 4 mars 1998.", [("other", "Martin", None, "")]),
        ("Gespräch des Verfassers mit Gerd König, Berlin, 14. Mai 2003.", [("other", "König", None, "")]),
        # Collected works need no imprint in Russian notes; abbreviated publishers hold full stops.
        ("Ленин В. И. Полн. собр. соч. Т. 44. С. 232–233.", [("full", "Ленин", "Полн. собр. соч", "44, 232–233")]),
        (
            "Ширендэв Б. Через океан времени / пер. с англ. М.: Вост. лит., 1999. С. 133.",
            [("full", "Ширендэв", "Через океан времени", "133")],
        ),
        (
            "On this see the documents in *CWIHP Bulletin* 16 (Fall 2007): 183–337.",
            [("full", "", "CWIHP Bulletin", "183–337")],
        ),
        (
            "R. Schofield, ed., *Arabian Boundaries*, 12 vols (Farnham Common: Archive Editions, 1988), iv. 411.",
            [("full", "Schofield", "Arabian Boundaries", "iv, 411")],
        ),
        ("See note 3, above, and note 25.", [("crossref", "", None, ""), ("crossref", "", None, "")]),
        ("See note 3 above and note 25 below.", [("crossref", "", None, ""), ("crossref", "", None, "")]),
        ("See note 31; and note 147.", [("crossref", "", None, ""), ("crossref", "", None, "")]),
        # A volume counted before its own title is no page.
        (
            "See R. W. Ferrier, *The History of the Company*, i: *The Developing Years* (Cambridge: CUP, 1982), pp. 27–47, "
            "and Geoffrey Jones, *The State* (London: Macmillan, 1981), p. 130.",
            [("full", "Ferrier", "The History of the Company", "27–47"), ("full", "Jones", "The State", "130")],
        ),
        # What leads a citation in, in German.
        (
            "So etwa Vojtech Mastny, Learning from the Enemy. NATO as a Model, Zürich 2001, S. 11; anders Umbach, Bündnis, "
            "S. 120; vgl. hierzu ausführlich Weiß, Kulturarbeit, S. 99 mit Retegan, Shadow, S. 18.",
            [
                ("full", "Mastny", "Learning from the Enemy. NATO as a Model", "11"),
                ("short", "Umbach", "Bündnis", "120"),
                ("short", "Weiß", "Kulturarbeit", "99"),
                ("short", "Retegan", "Shadow", "18"),
            ],
        ),
        # German notes: editors in brackets, strokes between names, editions, subtitles behind full stops.
        (
            "Werner Meißner (Hg.), Die DDR und China 1949 bis 1990. Politik – Wirtschaft – Kultur. Eine Quellensammlung, "
            "Berlin 1995, S. 17 f.",
            [("full", "Meißner", "Die DDR und China 1949 bis 1990. Politik – Wirtschaft – Kultur. Eine Quellensammlung", "17")],
        ),
        (
            "Matthias Uhl/Armin Wagner (Hrsg.), Ulbricht, Chruschtschow und die Mauer. Eine Dokumentation, München 2003, S. 89.",
            [("full", "Uhl; Wagner", "Ulbricht, Chruschtschow und die Mauer. Eine Dokumentation", "89")],
        ),
        (
            "Hermann Weber, Geschichte der DDR, 2. Aufl., München 2000, S. 201.",
            [("full", "Weber", "Geschichte der DDR", "201")],
        ),
        (
            "Joachim Krüger, Das China-Bild in der DDR, in: Berliner China-Hefte 7 (1994), S. 38–49.",
            [("full", "Krüger", "Das China-Bild in der DDR", "38–49")],
        ),
        (
            "Bernd Schäfer, Die DDR und die „chinesische Lösung“, in: Martin Sabrow (Hg.), 1989 und die Rolle der Gewalt, "
            "Göttingen 2012, S. 153–172, hier S. 155.",
            [("chapter", "Schäfer", "Die DDR und die „chinesische Lösung“", "155")],
        ),
        ("Meißner, a. a. O., S. 71.", [("short", "Meißner", None, "71")]),
        ("Hans-Georg Wieck, Die Außenpolitik der DDR, Köln o. J., S. 5.", [("full", "Wieck", "Die Außenpolitik der DDR", "5")]),
        ("Rudé právo, 7 October 1954, p. 2.", [("other", "", "Rudé právo", "2")]),
        ("New York Times, July 14, 1960, p. A3.", [("other", "", "New York Times", "A3")]),
        (
            "See Chapter 3, pp. 88–91 below; and Agov, 'Alliances', p. 240.",
            [("crossref", "", None, "88–91"), ("short", "Agov", "Alliances", "240")],
        ),
        (
            "As Cumings notes, this was common. See Cumings, *Origins*, 248–249.",
            [("short", "Cumings", "Origins", "248–249")],
        ),
        (
            "The best account is Lankov, *Crisis*, 12, and Suh, *Kim*, 45, is older.",
            [("short", "Lankov", "Crisis", "12"), ("short", "Suh", "Kim", "45")],
        ),
        ("Lankov, *Crisis*, 12 (emphasis added).", [("short", "Lankov", "Crisis", "12")]),
        ("It is lost (see Lankov, *Crisis*, 45).", [("short", "Lankov", "Crisis", "45")]),
        ("Ibid., 30–32. See also Back, \"Markets,\" 170.", [("ibid", "", None, "30–32"), ("short", "Back", "Markets", "170")]),
    ],
)  # fmt: skip
def test_parts_of_books_and_comments(text: str, readings: list[tuple[str, str, str | None, str]]) -> None:
    assert [summary(found) for found in read(text)] == readings


def test_a_signal_inside_a_sentence_stays_with_its_citation() -> None:
    text = "Charter of the KWP, Article 11, cited in Yang, *Systems*, 231; see also Suh, *Kim*, 5."
    assert [found.signal for found in read(text)] == [None, "cited in", "see also"]


# ---- what cites nothing


@pytest.mark.parametrize(
    "text",
    [
        "In 1953, KWP members still constituted 80 percent of students.",
        'In January 1955, the commander told the Chargé d\'Affaires that most "old" policemen had been retained.',
        "See, for instance, the demotion and replacement of Rákosi and Ulbricht in 1953–1956 and 1971, respectively.",
        '"The [death] sentences have not been carried out yet," a Hungarian diplomat reported on 1 December 1953.',
        "The *majles* had been opened on 7 October 1906 (O.S. 24 September).",
        "A *coup d'état* was planned for 3 September 1956, p. 12.",
        "The *Yezhovshchina*, 1936–38, claimed many lives.",
        "Pyongyang, North Korea, 1956.",
        "Choe Chang-ik, Minister of Finance, 1952–1956.",
        "Candidate Members of the Standing Committee: 1. Kim Il Sung (Partisan).",
        "Kim Il Sung, Pak Hon-yong, and Choe Yong-gon were present on 3 May, 4 June, and 5 July.",
        "The Geneva conference was held from 26 April to 21 July.",
        "On 6 November, Zhou Enlai offered 30 million rubles in aid.",
        "TNA, CO 91/341, ff. 181–214, minute by J.-B. d’Arcy, 7 October 1815.",
        "Österreichisches Staatsarchiv, HHStA, StK, Preußen, Kt. 156, Konv. 586, fol. 336.",
    ],
)
def test_prose_and_archives_give_no_work(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["Ibid., Delo 412, Listy 18-20.", "Там же. Л. 12.", "Ibid., l. 45."])
def test_ibid_with_levels_of_an_archive_is_left_alone(text: str) -> None:
    assert [found for found in read(text) if found.reference.locators] == []


def test_a_document_cited_through_another_author() -> None:
    text = "As evidence, Lankov cites a 12 March 1956 conversation between Pak Chang-ok and Filatov."
    (found,) = read(text)
    assert isinstance(found.reference, OtherReference)
    assert found.reference.date == "1956-03-12"
    assert found.reference.description == "conversation between Pak Chang-ok and Filatov"


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Lankov *Crisis of an era (Honolulu: UHP, 2005), p. 45.", True),
        ("foo bar, pp. 45–47.", True),
        ("In 1953, KWP members still constituted 80 percent of students.", False),
        ("Lankov, *Crisis*, 45.", False),
    ],
)
def test_what_clearly_cites_and_cannot_be_read_is_told(text: str, cites: bool) -> None:
    clauses = split_clauses(text)
    assert any(unread(text, clause) and not read_clause(text, clause) for clause in clauses) is cites


# ---- names, places, marks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Haggard, Kang, and Moon", [("Haggard", None), ("Kang", None), ("Moon", None)]),
        ("Goncharov et al.", [("Goncharov", None)]),
        ("Glenn D. Paige and Dong Jun Lee", [("Paige", "Glenn D."), ("Lee", "Dong Jun")]),
        ("Yang Sung-chul", [("Yang", "Sung-chul")]),
        ("Sung Chul Yang", [("Yang", "Sung Chul")]),
        ("Suh Dae-Sook", [("Suh", "Dae-Sook")]),
        ("Kim Il Sung", [("Kim", "Il Sung")]),
        ("Mao Zedong", [("Mao", "Zedong")]),
        ("Erik van Ree", [("van Ree", "Erik")]),
        ("Hélène Carrère d’Encausse", [("d’Encausse", "Hélène Carrère")]),
        ("Ланьков А. Н.", [("Ланьков", "А. Н.")]),
        ("V.V.Kovyshenko", [("Kovyshenko", "V.V.")]),
        ("Frank, Rüdiger", [("Frank", "Rüdiger")]),
        ("Lankov, A. and Suh, D.", [("Lankov", "A."), ("Suh", "D.")]),
        ("Müller/Schmidt", [("Müller", None), ("Schmidt", None)]),
        ("Scalapino, ed.", [("Scalapino", None)]),
        ("U.S. Department of State", [("U.S. Department of State", None)]),
    ],
)
def test_creators(text: str, names: list[tuple[str, str | None]]) -> None:
    assert [(name.family, name.given) for name in read_creators(text)] == names


def test_et_al_and_suffixes_are_kept_as_written() -> None:
    assert read_creators("Goncharov et al.")[-1].written == "Goncharov et al."
    assert read_name("Martin Luther King, Jr.").suffix == "Jr"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 Car. II, c. 4, s. 2.", "other"),
        ("Stat. 12 Car. II, c. 4, s. 2.", "other"),
        ("5 & 6 Will. IV, c. 76.", "other"),
        ("See 14 Geo. 3, c. 83, and Smith, *Title*, 12.", "other"),
        ("Smith, *Title*, pl. IV, fig. 12, and map 3.", "short"),
        ("Henry VIII, *Assertio*, p. 12.", "short"),
    ],
)
def test_statutes_and_numerals(text: str, kind: str) -> None:
    found = read(text)
    assert found[0].reference.kind.value == kind
    families = [name.family for each in found for name in getattr(each.reference, "creators", ())]
    assert not {"II", "IV", "III", "Car"} & set(families)


@pytest.mark.parametrize(
    ("text", "is_unread"),
    [
        ("NLI, MS 15,165.", True),
        ("AGI, México, 23, N. 45.", True),
        ("ASF, Mediceo del Principato, 234, c. 12r.", True),
        ("AHU, Bahia, cx. 12, doc. 34.", True),
        ("AHU, Bahia, cx. 12.", True),
        ("NATO, Council of Ministers, 12 May 1956.", False),
        ("Rot. Parl., iii. 234.", False),
        ("Rot. Parl., iii, 234.", False),
    ],
)
def test_letters_of_archives_and_abbreviated_titles_are_no_authors(text: str, is_unread: bool) -> None:
    assert read(text) == []
    (clause,) = split_clauses(text)
    assert unread(text, clause) is is_unread


def test_letters_write_books_whose_title_is_marked() -> None:
    for text in ("NATO, *Final Communiqué*, 12.", "UNESCO, *Report* (Paris: UNESCO, 1956), 12."):
        (found,) = read(text)
        assert summary(found)[1] in ("NATO", "UNESCO")


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Zie J. Huizinga, *Herfsttij*, p. 12.", "zie"), ("Cfr. C. Ginzburg, *Il formaggio*, p. 3.", "cfr.")],
)
def test_signals_of_more_languages(text: str, signal: str) -> None:
    (found,) = read(text)
    assert found.signal == signal
    assert summary(found)[1] in ("Huizinga", "Ginzburg")


@pytest.mark.parametrize(
    ("text", "place", "publisher", "date"),
    [
        ("A. B. Smith, *Title* (London: Cape, 1953–7), 12.", "London", "Cape", "1953/1957"),
        ("A. B. Smith, *Title* (London, 1953–7), 12.", "London", None, "1953/1957"),
        ("A. B. Smith, *Title* (London: Cape, 1848–9), 12.", "London", "Cape", "1848/1849"),
        ("A. B. Smith, *Title* (London: Cape, 1953–), 12.", "London", "Cape", "1953"),
        ("A. B. Smith, *Title* (London: Cape, 1953?), 12.", "London", "Cape", "1953"),
        ("A. B. Smith, *Title* (Cambridge, 1957, 2nd edn), 12.", "Cambridge", None, "1957"),
        ("F. Braudel, *La Méditerranée*, 2 vols, Paris, 1966, p. 45.", "Paris", None, "1966"),
        ("F. Braudel, *La Méditerranée*, deux tomes, Paris, 1966, p. 45.", "Paris", None, "1966"),
        ("A. B. Smith, *Title*, seven vols (London, 1953–7), 12.", "London", None, "1953/1957"),
    ],
)
def test_imprints(text: str, place: str | None, publisher: str | None, date: str) -> None:
    (found,) = read(text)
    assert isinstance(found.reference, WorkReference)
    assert (found.reference.place, found.reference.publisher, found.reference.date) == (
        place,
        publisher,
        date,
    )


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("S. 122", None),
        ("S. 122ff.", "ff"),
        ("S. 122 f.", "f"),
        ("122 et seq.", "ff"),
        ("С. 12 и след.", "ff"),
        ("45 passim", "passim"),
    ],
)
def test_pages_that_go_on(text: str, following: str | None) -> None:
    places = read_locators(text)
    assert places is not None
    assert [place.following for place in places] == [following]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("79, 88–90", [("page", "79", None), ("page", "88", "90")]),
        ("164-5", [("page", "164", "165")]),
        ("149-51", [("page", "149", "151")]),
        ("132–124", [("page", "132", "124")]),
        ("45–45", [("page", "45", "45")]),
        ("xii–xiv", [("page", "xii", "xiv")]),
        ("pp. 12, 15", [("page", "12", None), ("page", "15", None)]),
        ("paras 8-9", [("paragraph", "8", "9")]),
        ("chap. 3, 45", [("chapter", "3", None), ("page", "45", None)]),
        ("chaps. 3, 4", [("chapter", "3", None), ("chapter", "4", None)]),
        ("vol. 2, p. 45 n. 3", [("volume", "2", None), ("page", "45", None), ("note", "3", None)]),
        ("2:45–47", [("volume", "2", None), ("page", "45", "47")]),
        ("ii, 205", [("volume", "ii", None), ("page", "205", None)]),
        ("xii, 34", [("page", "xii", None), ("page", "34", None)]),
        ("Appendix C, pp. 1351-1380", [("appendix", "C", None), ("page", "1351", "1380")]),
        ("pp. 228–250, at p. 239", [("page", "239", None)]),
        ("С. 23–25", [("page", "23", "25")]),
        ("23–25. o.", [("page", "23", "25")]),
        ("cols. 12–13", [("column", "12", "13")]),
        ("§ 12", [("section", "12", None)]),
    ],
)
def test_locators(text: str, places: list[tuple[str, str, str | None]]) -> None:
    locators = read_locators(text)
    assert locators is not None
    assert [(place.label, place.start, place.end) for place in locators] == places


@pytest.mark.parametrize("text", ["4. doboz", "12 men", "45–", "002304/1", "1950s", "pp.", "C", ""])
def test_what_is_no_list_of_places(text: str) -> None:
    assert read_locators(text) is None


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('A, "B," 12, *C*', ['"B,"', "*C*"]),
        ('A, “The Idea of B", *C*', ['“The Idea of B"', "*C*"]),
        ('A, "The Idea of B”, *C*', ['"The Idea of B”', "*C*"]),
        ('"Should We Fear This?"," 19; "Bar," 12', ['"Should We Fear This?"', '"Bar,"']),
        ("‘The Workers’ Party’, in *X*", ["‘The Workers’ Party’", "*X*"]),
        ("„Der Tod“, in: «Foo»", ["„Der Tod“", "«Foo»"]),
        ("“A ‘b’ c” and Kim's", ["“A ‘b’ c”"]),
        ('"A "B" C," 5', ['"A "B" C,"']),
        ("“never closed", []),
    ],
)
def test_marks(text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in find_marked(text)] == marked


# ---- laws

_WORDS = st.sampled_from(
    ["Lankov", "Kim", "and", "*Crisis*", "“Title,”", "\"", "'", "*", "(", ")", "[", "]", "1956", "12–15", "p.", "vol. 2",
     "in", "see", "Ibid.", "et al.", ",", ".", ";", ":", "С.", "М.,", "//", "the", "(Honolulu: UHP, 2005)", "ed.", "http://a.b/c",
     "\\cite{a}", "[@b, 3]", "—", "\x00", "ß", "한국", "№ 3"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=120))
def test_any_text_is_read_without_fault(text: str) -> None:
    for clause in split_clauses(text):
        before = clause.start
        for found in read_clause(text, clause):
            assert clause.start <= found.start < found.end <= clause.end
            words = text[found.start : found.end]
            for locator in found.reference.locators:
                assert words[slice(*locator.span)] == locator.written
            if isinstance(found.reference, WorkReference):
                assert found.reference.kind in Kind
            if not isinstance(found.reference, OtherReference):
                assert found.start >= before
                before = found.end
            if isinstance(found.reference, IbidReference):
                assert found.reference.form


@pytest.mark.parametrize(
    "unit",
    [
        "Kim ",
        "Kim, ",
        "A. ",
        '"',
        "“",
        "'A ",
        "*a ",
        "(",
        "1, ",
        "12–15, ",
        "see ",
        "and Kim, ",
        "Kim, *A*, 1, and ",
        "van ",
        "// ",
    ],
)
def test_one_thing_repeated(unit: str) -> None:
    # That work grows no faster than the text is measured in benchmarks/linear.py.
    text = unit * 200
    assert all(0 <= found.start < found.end <= len(text) for found in read(text))


@pytest.mark.parametrize(
    "imprint",
    [
        "New York: Grove Press, 1968 [1963]",
        "1963; repr., New York: Grove Press, 1968",
        "New York: Grove Press, [1963] 1968",
        "New York: Grove Press, 1968 [orig. 1963]",
    ],
)
def test_a_reprint_has_two_years(imprint: str) -> None:
    (citation,) = parse_citation(f"Frantz Fanon, *The Wretched of the Earth* ({imprint}), 12.")
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    assert (reference.date, reference.original_date) == ("1968", "1963")
    assert (reference.place, reference.publisher) == ("New York", "Grove Press")


@pytest.mark.parametrize(
    ("where", "people", "title"),
    [
        (
            "Nikita Khrushchev, ed. William Taubman, Sergei Khrushchev, and Abbott Gleason",
            ["Taubman", "Khrushchev", "Gleason"],
            "Nikita Khrushchev",
        ),
        ("Cold War History, ed. William Taubman", ["Taubman"], "Cold War History"),
        ("William Taubman, ed., Nikita Khrushchev", ["Taubman"], "Nikita Khrushchev"),
        ("Samuel S. Kim ed. North Korean Foreign Relations", ["Kim"], "North Korean Foreign Relations"),
    ],
)
def test_editors_stand_before_or_behind_a_plain_title(where: str, people: list[str], title: str) -> None:
    (found,) = read(f"Zubok, “Divided Germany,” in {where} (New Haven: Yale University Press, 2000), 275.")
    assert isinstance(found.reference, WorkReference)
    assert found.reference.container is not None
    assert [name.family for name in found.reference.container.creators] == people
    assert found.reference.container.title == title


@pytest.mark.parametrize(
    "text",
    [
        "http://digitalarchive.wilsoncenter.org/document/110041 (accessed 12 May 2014).",
        "See <http://digitalarchive.wilsoncenter.org/document/110041>, accessed 12 May 2014.",
        "Available at: http://digitalarchive.wilsoncenter.org/document/110041.",
    ],
)
def test_an_address_alone_is_a_citation(text: str) -> None:
    (found,) = read(text)
    assert found.reference == OtherReference(
        description="http://digitalarchive.wilsoncenter.org/document/110041"
    )


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        (
            "Snyder, review of *Crisis*, by Andrei Lankov, *Journal of Asian Studies* 65 (2006): 440.",
            "review of Crisis",
            "Journal of Asian Studies",
        ),
        (
            "Scott Snyder, Review of *Crisis*, by Andrei Lankov, *Slavic Review* 65, no. 2 (2006): 440.",
            "Review of Crisis",
            "Slavic Review",
        ),
        (
            "Snyder, “A Crisis,” review of *Crisis*, *Slavic Review* 65 (2006): 440.",
            "A Crisis",
            "Slavic Review",
        ),
    ],
)
def test_a_review_goes_by_what_it_is_of(text: str, title: str, journal: str) -> None:
    (found,) = read(text)
    assert isinstance(found.reference, WorkReference)
    assert [name.family for name in found.reference.creators] == ["Snyder"]
    assert found.reference.title == title
    assert found.reference.container is not None
    assert found.reference.container.title == journal


def test_the_day_of_a_look_is_no_date_of_the_work() -> None:
    (citation,) = parse_citation("Walter, *Crowds*, p. 3 (accessed 3 March 2019).")
    reference = citation.reference
    assert isinstance(reference, WorkReference)
    assert (reference.kind, reference.date, reference.place) == (Kind.SHORT, None, None)
    assert [locator.start for locator in reference.locators] == ["3"]
