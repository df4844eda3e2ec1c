"""Notes as German, French, Polish, Italian and Spanish authors write them: nothing sets the titles apart."""

import pytest

from citecheck import analyse, parse_citation
from citecheck.citations import Citation, IbidReference, WorkReference
from citecheck.readers import read_bytes


def read(note: str) -> Citation:
    (citation,) = parse_citation(note)
    return citation


def work(note: str) -> WorkReference:
    reference = read(note).reference
    assert isinstance(reference, WorkReference)
    return reference


def people(reference: WorkReference) -> str:
    return "; ".join(", ".join(filter(None, (name.family, name.given))) for name in reference.creators)


def pages(reference: WorkReference | IbidReference) -> str:
    return ", ".join(place.start + (f"–{place.end}" if place.end else "") for place in reference.locators)


BOOKS = [
    (
        "Heinrich August Winkler, Weimar 1918–1933. Die Geschichte der ersten deutschen Demokratie, München 1993, S. 23 f.",
        "Winkler, Heinrich August", "Weimar 1918–1933. Die Geschichte der ersten deutschen Demokratie", "München", "1993", "23",
    ),
    (
        "Vgl. Gould, Cecil, Michelangelo. Battle of Cascina. Newcastle upon Tyne 1966, S.6.",
        "Gould, Cecil", "Michelangelo. Battle of Cascina", "Newcastle upon Tyne", "1966", "6",
    ),
    (
        "Vasari, Giorgio: Das Leben des Michelangelo. Neu übersetzt und kommentiert. Berlin 2009, S. 60.",
        "Vasari, Giorgio", "Das Leben des Michelangelo. Neu übersetzt und kommentiert", "Berlin", "2009", "60",
    ),
    (
        "Brinton, Christoper G., Chiang, Mung, The Power of Networks. Six Principles That Connect Our Lives, Princeton 2017, S. 198.",
        "Brinton, Christoper G.; Chiang, Mung", "The Power of Networks. Six Principles That Connect Our Lives", "Princeton", "2017", "198",
    ),
    ("Ian Kershaw: Hitler. 1889–1936. Stuttgart 1998, S. 66–67.", "Kershaw, Ian", "Hitler. 1889–1936", "Stuttgart", "1998", "66–67"),
    (
        "Detlev J. K. Peukert, Die Weimarer Republik. Krisenjahre der Klassischen Moderne, Frankfurt a. M. 1987, S. 12.",
        "Peukert, Detlev J. K.", "Die Weimarer Republik. Krisenjahre der Klassischen Moderne", "Frankfurt a. M", "1987", "12",
    ),
    ("Frank, Nordkorea, Aachen 1996, S. 5.", "Frank", "Nordkorea", "Aachen", "1996", "5"),
    ("A. Stańko, Gdzie Karpat progi, wyd. III, Tuchów 1997, s. 270.", "Stańko, A.", "Gdzie Karpat progi", "Tuchów", "1997", "270"),
    ("E. Grendi, Il Cervo e la repubblica, Torino, Einaudi, 1993, pp. 23-24.", "Grendi, E.", "Il Cervo e la repubblica", "Torino", "1993", "23–24"),
    (
        "José Antonio Maravall, Estado moderno y mentalidad social, Madrid, Revista de Occidente, 1972, p. 45.",
        "Maravall, José Antonio", "Estado moderno y mentalidad social", "Madrid", "1972", "45",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("note", "creators", "title", "place", "date", "where"), BOOKS, ids=[note[:40] for note, *_ in BOOKS]
)
def test_a_book(note: str, creators: str, title: str, place: str, date: str, where: str) -> None:
    reference = work(note)
    assert (people(reference), reference.title, reference.place, reference.date, pages(reference)) == (
        creators, title, place, date, where,
    )  # fmt: skip


PARTS = [
    (
        "Martin Broszat, Soziale Motivation und Führer-Bindung des Nationalsozialismus, in: Vierteljahrshefte für Zeitgeschichte 18 (1970), S. 392–409, hier S. 401.",
        "Broszat, Martin", "Soziale Motivation und Führer-Bindung des Nationalsozialismus", "", "Vierteljahrshefte für Zeitgeschichte", "401",
    ),
    (
        "Ulrich Herbert, Arbeiterschaft im „Dritten Reich“. Zwischenbilanz und offene Fragen, in: Geschichte und Gesellschaft 15 (1989), S. 320–360, S. 325.",
        "Herbert, Ulrich", "Arbeiterschaft im „Dritten Reich“. Zwischenbilanz und offene Fragen", "", "Geschichte und Gesellschaft", "325",
    ),
    (
        "Satzinger, Georg, Warum Michelangelo? In: Ders./Schütze, Sebastian (Hrsg.), Der Göttliche. Hommage an Michelangelo, München 2015, S. 14-33, S. 17f.",
        "Satzinger, Georg", "Warum Michelangelo?", "Schütze, Sebastian", "Der Göttliche. Hommage an Michelangelo", "17",
    ),
    (
        "Reinhart Koselleck, Einleitung, in: Otto Brunner/Werner Conze/Reinhart Koselleck (Hrsg.), Geschichtliche Grundbegriffe, Bd. 1, Stuttgart 1972, S. XIII–XXVII, hier S. XV.",
        "Koselleck, Reinhart", "Einleitung", "Brunner, Otto; Conze, Werner; Koselleck, Reinhart", "Geschichtliche Grundbegriffe", "XV",
    ),
    (
        "Müller, Jürgen, Die Welt als Bordell. Überlegungen zur Genremalerei Jan van Amstels, in: Münch, Birgit Ulrike, Müller, Jürgen (Hrsg.): Peiraikos' Erben: die Genese der Genremalerei bis 1550 (=Trierer Beiträge, Bd. 14), Wiesbaden 2015, S. 40f.",
        "Müller, Jürgen", "Die Welt als Bordell. Überlegungen zur Genremalerei Jan van Amstels",
        "Münch, Birgit Ulrike; Müller, Jürgen", "Peiraikos' Erben: die Genese der Genremalerei bis 1550", "40",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("note", "creators", "title", "editors", "container", "where"),
    PARTS,
    ids=[note[:40] for note, *_ in PARTS],
)
def test_a_part_of_a_book_or_a_periodical(
    note: str, creators: str, title: str, editors: str, container: str, where: str
) -> None:
    reference = work(note)
    assert reference.container is not None
    assert (
        "; ".join(", ".join(filter(None, (name.family, name.given))) for name in reference.container.creators)
        == editors
    )
    assert (people(reference), reference.title, reference.container.title, pages(reference)) == (
        creators,
        title,
        container,
        where,
    )


@pytest.mark.parametrize(
    ("note", "creators", "year", "where"),
    [
        ("Gould 1966, S. 6.", "Gould", "1966", "6"),
        ("Vgl. Müller / Pfisterer 2011, S. 3.", "Müller; Pfisterer", "2011", "3"),
    ],
)
def test_author_and_year(note: str, creators: str, year: str, where: str) -> None:
    reference = work(note)
    assert (reference.kind, people(reference), reference.date, pages(reference)) == (
        "author-date",
        creators,
        year,
        where,
    )


@pytest.mark.parametrize("note", ["Ibídem, p. 50.", "Ivi, p. 36.", "Tamże, s. 271."])
def test_words_that_repeat(note: str) -> None:
    assert isinstance(read(note).reference, IbidReference)


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("A. Stańko, Gdzie Karpat…, dz. cyt., s. 279.", "Gdzie Karpat…"),
        ("C. Ginzburg, Il formaggio e i vermi, cit., p. 40.", "Il formaggio e i vermi"),
    ],
)
def test_what_repeats_is_no_part_of_a_title(note: str, title: str) -> None:
    assert work(note).title == title


SERIES = [
    ("Markus End, *Antiziganismus und Polizei*. Schriftenreihe 12 (Heidelberg: Zentralrat Deutscher Sinti und Roma, 2019).", "Antiziganismus und Polizei", "2019"),
    ("Karl Marx, *Das Kapital*: *Kritik der politischen Ökonomie. Erster Band*. Karl Marx / Friedrich Engels: Werke 23 (Berlin: Dietz, 1962), 743.", "Das Kapital: Kritik der politischen Ökonomie. Erster Band", "1962"),
    ("Leo Lucassen, *Zigeuner*: *Die Geschichte eines Ordnungsbegriffes* (Köln/Weimar/Wien: Böhlau, 1996).", "Zigeuner: Die Geschichte eines Ordnungsbegriffes", "1996"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "title", "date"), SERIES, ids=[note[:40] for note, *_ in SERIES])
def test_what_stands_between_a_title_and_its_imprint(note: str, title: str, date: str) -> None:
    reference = work(note)
    assert (reference.kind, reference.title, reference.date) == ("full", title, date)


LISTED_WITH_COMMAS = """
Text.¹

Literaturverzeichnis

Brinton, Christoper G., Chiang, Mung, The Power of Networks. Six Principles That Connect Our Lives, Princeton 2017.

Gould, Cecil, Michelangelo. Battle of Cascina, Newcastle upon Tyne 1966.

Lemercier, Claire, Formal network methods in history: why and how? In: Fertig, Georg (Hrsg.): Social Networks, Political Institutions, and Rural Societies, o.O. 2015, S. 281-310, zugänglich über: https://halshs.archives-ouvertes.fr/halshs-00521527v2 (letzter Zugriff 13.03.22).

Müller, Jan Dirk, Pfisterer, Ulrich, Vorrede, in: Dies./Bleuler, Anna Kathrin (Hrsg.), Aemulatio. Kulturen des Wettstreits in Text und Bild (1450-1620), Berlin/Boston 2011, S. 1-32.

Fußnoten

¹ Gould 1966, S. 6.
"""


def test_entries_with_commas_between_all_parts() -> None:
    manuscript = read_bytes(LISTED_WITH_COMMAS.encode(), "example.txt", "plain")
    document = analyse(manuscript)
    assert [
        (
            "; ".join(f"{name.family}, {name.given}" for name in entry.reference.creators),
            entry.reference.title,
            entry.reference.date,
        )
        for entry in document.entries
    ] == [
        (
            "Brinton, Christoper G.; Chiang, Mung",
            "The Power of Networks. Six Principles That Connect Our Lives",
            "2017",
        ),
        ("Gould, Cecil", "Michelangelo. Battle of Cascina", "1966"),
        ("Lemercier, Claire", "Formal network methods in history: why and how?", "2015"),
        ("Müller, Jan Dirk; Pfisterer, Ulrich", "Vorrede", "2011"),
    ]


@pytest.mark.parametrize(
    ("note", "labels"),
    [
        ("Tarski, 2, p. 52.", ["volume 2", "page 52"]),
        ("D. L. Grover, ‘Propositional Quantifiers’, *Journal of Philosophical Logic*, 1, 1973.", []),
        ("Platts, *Reference, Truth and Reality*, pp. 83–110, here: 91.", ["page 91"]),
    ],
)
def test_numbers_that_are_no_pages(note: str, labels: list[str]) -> None:
    assert [f"{place.label} {place.start}" for place in work(note).locators] == labels


APA = """
As (Geertz, 1959).

References

Geertz, C. (1959). Form and variation in Balinese village structure. *American Anthropologist*, *61*(6), 991-1012.

Larson, A. J., & Garbin, A. P. (1967). Hamlets: A Typological Consideration. *The Sociological Quarterly, 8*(4), 531-537.

Mannori, L. (2008). La nozione di territorio fra antico e nuovo regime. In P. Rossi (Ed.), *Territorialità e delocalizzazione* (pp. 43-63). Il Mulino.

Derouet, B. (1995). Territoire et parenté. In *Annales. Histoire, sciences sociales* (Vol. 50, No. 3, pp. 645-686).
"""


def test_entries_as_apa_has_them() -> None:
    document = analyse(read_bytes(APA.encode(), "example.txt", "plain"))
    found = [entry.reference for entry in document.entries]
    assert [
        (work.title, work.container.title if work.container else None, pages(work)) for work in found
    ] == [
        ("Form and variation in Balinese village structure", "American Anthropologist", "991–1012"),
        ("Hamlets: A Typological Consideration", "The Sociological Quarterly", "531–537"),
        ("La nozione di territorio fra antico e nuovo regime", "Territorialità e delocalizzazione", "43–63"),
        ("Territoire et parenté", "Annales. Histoire, sciences sociales", "645–686"),
    ]
    assert [work.container.volume for work in found[:2] if work.container] == ["61", "8"]


def test_an_archive_that_is_not_known_is_no_author() -> None:
    assert not parse_citation("Archivio Comunale di Domodossola, Corte, Paesi, Ossola, mazzo 3, p. 12.")


def test_german_joins_and_short_titles() -> None:
    first, second = parse_citation("Schäfer, chinesische Lösung, S. 12 sowie Wilke, Weg, S. 13")
    assert (first.text, second.text) == ("Schäfer, chinesische Lösung, S. 12", "Wilke, Weg, S. 13")
    assert parse_citation("Kim, former Minister, p. 12") == ()


def test_the_same_author_may_edit_with_another() -> None:
    reference = work("Ders./Malcolm Byrne (Hg.), Das Ende der Sowjetunion, Berlin 1995, S. 12")
    assert (people(reference), reference.title, reference.place) == ("Byrne, Malcolm", "Das Ende der Sowjetunion", "Berlin")  # fmt: skip


def test_an_ordinal_within_a_title_ends_no_sentence() -> None:
    note = "Protokoll der Verhandlungen des VI. Parteitages der SED, Berlin 1963, S. 12"
    assert read(note).text == note


def test_newspapers_by_their_day() -> None:
    for note in ("Neues Deutschland vom 26. September 1956", "Rudé právo, 7 October 1954"):
        container = work(note).container
        assert container is not None
        assert container.kind == "article-newspaper"
    assert parse_citation("Schreiben vom 26. September 1956") == ()
    reference = work("Gorky, To All Honest People, Pravda, 23 July 1921")
    assert (people(reference), reference.title, reference.date) == ("Gorky", "To All Honest People", "1921-07-23")  # fmt: skip


def test_brazilian_notes_name_authors_in_capitals() -> None:
    note = "SACHS, Jeffrey. O fim da pobreza. São Paulo: Companhia das Letras, 2005. p. 204."
    reference = work(note)
    assert (people(reference), reference.title, reference.place) == ("SACHS, Jeffrey", "O fim da pobreza", "São Paulo")  # fmt: skip
    assert (reference.publisher, reference.date, pages(reference)) == ("Companhia das Letras", "2005", "204")
    short = work("SACHS, 2005, p. 12")
    assert (short.kind.value, people(short), short.date) == ("author-date", "SACHS", "2005")


def test_nobody_is_the_author_of_anonymous_works() -> None:
    article = work("[Anon.], ‘Title’, *Journal* 3 (1900), 12")
    assert (article.creators, article.title, pages(article)) == ((), "Title", "12")
    book = work("[Anonyme], *Titre*, s. l. n. d., p. 3")
    assert (book.creators, book.title, pages(book)) == ((), "Titre", "3")


def test_a_russian_title_goes_on_to_who_is_responsible() -> None:
    reference = work("История Монголии. XX век / отв. ред. Г. С. Яскина. М.: ИВ РАН, 2007. С. 12")
    assert (reference.title, reference.date, pages(reference)) == ("История Монголии. XX век", "2007", "12")


def test_a_magazine_by_its_number_in_the_year() -> None:
    reference = work("Der Spiegel, Nr. 34/1963, S. 22-25")
    assert reference.container is not None
    assert (reference.container.title, reference.container.issue, reference.date) == (
        "Der Spiegel",
        "34",
        "1963",
    )
    assert [(place.start, place.end) for place in reference.locators] == [("22", "25")]


def test_a_title_may_hold_a_question_before_a_numbered_document() -> None:
    reference = work("Malcolm Byrne (Hg.), A Cardboard Castle? An Inside History, Budapest 2005, Dok. 4")
    assert reference.title == "A Cardboard Castle? An Inside History"
    assert [(place.label, place.start) for place in reference.locators] == [("document", "4")]


def test_the_same_author_with_another_is_known_by_the_first() -> None:
    notes = (
        "Notes\n\n1. Vojtech Mastny, Helsinki und die Reform, Durham 1986, S. 149.\n"
        "2. Ders./Malcolm Byrne (Hg.), A Cardboard Castle, Budapest 2005, S. 4.\n"
        "3. Mastny/Byrne, Cardboard Castle, S. 83.\n"
    )
    document = analyse(read_bytes(notes.encode(), "a.txt"))
    _, full, short = (document.resolution(citation).key for citation in document.citations)
    assert full == short == "work:mastny-2005"
