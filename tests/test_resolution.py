import cProfile
import json

import attrs
import pytest

from citecheck import parse_citation
from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference, Citation, Entry, Kind, Level, Name, WorkReference
from citecheck.documents import Document
from citecheck.manuscript import Note, Passage, Span
from citecheck.readers import read_bytes
from citecheck.resolving.keys import archival_key, work_key
from citecheck.resolving.resolution import resolve
from tests.shared import SHARED

BOOKS = """

Bibliography

Cumings, Bruce. *The Origins of the Korean War I: Liberation*. Princeton: Princeton University Press, 1981.

Cumings, Bruce. *The Origins of the Korean War II: The Roaring of the Cataract*. Princeton: PUP, 1990.

Baek Seung-ch'ol. “The Development of Local Markets in Late Choson.” *Seoul Journal* 12 (1999): 152–176.

Chun Shin-yong, ed. *Economic Life in Korea*. Seoul: Si-sa-yong-o-sa, 1982.

Lewis, John Wilson and Xue, Litai. *China Builds the Bomb*. Stanford: Stanford University Press, 1988.

Goncharov, Sergei N., Lewis, John W., and Xue, Litai. *Uncertain Partners*. Stanford: SUP, 1993.

Yang, Dali L. *Calamity and Reform in China*. Stanford: Stanford University Press, 1996.

Yang, Sung Chul. *The North and South Korean Political Systems*. Boulder: Westview Press, 1994.

Хрущев Н. С. Воспоминания. М.: Вагриус, 1997.

“Stalin's Conversations with Chinese Leaders.” *Bulletin* 6–7 (1996): 4–29.
"""


def document(text: str) -> Document:
    return analyse(read_bytes(text.encode(), "example.txt", "plain"))


def notes(*lines: str, more: str = "") -> Document:
    listed = "".join(f"{number}. {line}\n" for number, line in enumerate(lines, 1))
    return document(f"The text.\n\nNotes\n\n{listed}{more}")


def entry_of(read: Document, id: str) -> str | None:
    (citation,) = [citation for citation in read.citations if citation.id == id]
    entry = read.resolution(citation).entry
    return entry.id if entry is not None else None


@pytest.mark.parametrize(
    ("line", "resolved"),
    [
        ("Zapis. Arch. X, sygn. 12, poz. 9, k. 4; tamże, k. 5.", False),
        ("Historical Archives of Manchuria, Mukden, 1039-2-147. Ibid., 12.", False),
        ("Lankov says the same. Ibid., 64.", True),
        ("Words of 24 in a protocol vol. b, p. 44, quoted in ibid., 64.", True),
    ],
)
def test_ibid_behind_what_could_not_be_read_resolves_to_nothing(line: str, resolved: bool) -> None:
    read = notes("Lankov, *Crisis in North Korea*, 63.", line)
    assert (read.resolution(read.citations[-1]).antecedent is not None) is resolved


@pytest.mark.parametrize(
    ("note", "entry"),
    [
        ("Cumings, *The Origins of the Korean War II*, 5.", "cumings-1990"),
        ("Cumings, *Origins of the Korean War I*, 5.", "cumings-1981"),
        ("Cumings, *The Roaring of the Cataract*, 5.", "cumings-1990"),
        ("Back, “The Development of Local Markets,” 170.", "baek-1999"),
        (
            "Zo Ki-zun, “Korean Industry under Japanese Rule,” in Chun, *Economic Life in Korea*, 152.",
            "chun-1982",
        ),
        ("Goncharov et al., *Uncertain Partners*, 132.", "goncharov-1993"),
        ("Lewis and Xue, *China Builds the Bomb*, 61.", "lewis-1988"),
        ("Sung Chul Yang, *The North and South Korean Political Systems*, 340.", "yang-1994"),
        ("Yang Sung-chul, *The North and South Korean Political Systems*, 340.", "yang-1994"),
        ("Yang, *Calamity and Reform*, 23.", "yang-1996"),
        ("Khrushchev, *Vospominaniia*, 12.", "khrushchev-1997"),
        ("“Stalin's Conversations with Chinese Leaders,” 8.", "stalin-s-conversations-1996"),
        ("An, “Socio-Economics of the Nationalist Movement,” 32.", None),
        ("Cumings, *Korea's Place in the Sun*, 32.", None),
    ],
)
def test_short_forms(note: str, entry: str | None) -> None:
    assert entry_of(notes(note, more=BOOKS), "1:1:1") == entry


def test_a_title_that_two_volumes_share_is_ambiguous() -> None:
    read = notes("Cumings, *The Origins of the Korean War*, 5.", more=BOOKS)
    resolution = read.resolution(read.citations[0])
    assert resolution.entry is None
    assert [each.id for each in resolution.candidates] == ["cumings-1981", "cumings-1990"]


def test_a_chapter_has_its_own_identity_in_its_book() -> None:
    read = notes(
        "Zo Ki-zun, “Korean Industry,” in Chun, *Economic Life in Korea*, 152.",
        "Zo Ki-zun, “Korean Industry,” in Chun, *Economic Life in Korea*, 158.",
        "Kim Il, “Korean Farming,” in Chun, *Economic Life in Korea*, 12.",
        more=BOOKS,
    )
    one, same, other = (read.resolution(citation) for citation in read.citations)
    assert one.key == same.key != other.key
    assert {one.entry, other.entry} == {read.entries_by_id["chun-1982"]}


ONE, TWO = "Lankov, *Crisis in North Korea*, 63.", "Szalontai, *Kim Il Sung in the Khrushchev Era*, 98."


def antecedents(read: Document) -> dict[str, str | None]:
    found = {}
    for citation in read.citations:
        if citation.kind == Kind.IBID:
            antecedent = read.resolution(citation).antecedent
            found[citation.id] = antecedent.id if antecedent is not None else None
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([ONE, "Ibid., 64."], {"1:2:1": "1:1:1"}),
        ([ONE, "Ibid., 64.", "Ibid."], {"1:2:1": "1:1:1", "1:3:1": "1:2:1"}),
        ([f"{ONE[:-1]}; ibid., 70."], {"1:1:2": "1:1:1"}),
        ([ONE, "He was there in April.", "Ibid., 64."], {"1:3:1": None}),
        (["Ibid., 64.", ONE], {"1:1:1": None}),
        ([f"{ONE[:-1]}; {TWO}", "Ibid., 64."], {"1:2:1": None}),
        ([f"{ONE[:-1]}; Lankov, *Crisis in North Korea*, 70.", "Ibid., 64."], {"1:2:1": "1:1:2"}),
        (["RGANI, f. 5, op. 28, d. 410, ll. 74–85.", "Ibid., l. 80."], {"1:2:1": "1:1:1"}),
    ],
)
def test_ibid(lines: list[str], expected: dict[str, str | None]) -> None:
    assert antecedents(notes(*lines)) == expected


def test_ibid_after_several_sources_names_them() -> None:
    read = notes(f"{ONE[:-1]}; {TWO}", "Ibid., 64.")
    candidates = read.resolution(read.citations[-1]).candidates
    assert [each.id for each in candidates] == ["1:1:1", "1:1:2"]


def test_ibid_behind_an_author_is_of_that_author() -> None:
    text = "Suh (1988: 4) and Lankov (2005: 9) agree. As Suh (ibid.: 12) adds, he knew (ibid.: 13)."
    assert antecedents(document(text)) == {"b:3": "b:1", "b:4": "b:3"}


def test_ibid_never_crosses_a_missing_note() -> None:
    read = document(f"Text.\n\nNotes\n\n1. {ONE}\n2. {TWO}\n4. Ibid., 64.\n5. Ibid., 65.\n")
    assert antecedents(read) == {"1:4:1": None, "1:5:1": "1:4:1"}


def test_ibid_never_crosses_a_chapter() -> None:
    read = document(f"Text.\n\nNotes\n\n1. {ONE}\n2. {TWO}\n3. {ONE}\n1. Ibid., 64.\n2. {ONE}\n3. {TWO}\n")
    assert antecedents(read) == {"2:1:1": None}


def test_ibid_with_a_level_stated_anew_is_another_file() -> None:
    read = notes("RGANI, f. 5, op. 28, d. 410, l. 7.", "Ibid., d. 412, l. 9.")
    assert [read.resolution(citation).key for citation in read.citations] == [
        "RGANI:5/28/410",
        "RGANI:5/28/412",
    ]


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        (
            ["TNA, FO 371/6850, fol. 12.", "Ibid., FO 371/6851, fol. 3.", "Ibid., fol. 5."],
            ["TNA:fo/371/6850", "TNA:fo/371/6851", "TNA:fo/371/6851"],
        ),
        # The registry number stands alone, and takes the place of the one before.
        (
            ["MNL OL, K 63, 127. csomó, 24. tétel, 4102/1921.", "Ibid., 4105/1921."],
            ["MNL_OL:k63/24/127/4102/1921", "MNL_OL:k63/24/127/4105/1921"],
        ),
        # What the second restated holds for the third.
        (
            ["RGANI, f. 5, op. 28, d. 410, l. 7.", "Ibid., op. 30, d. 9, l. 1.", "Ibid., d. 12, l. 9."],
            ["RGANI:5/28/410", "RGANI:5/30/9", "RGANI:5/30/12"],
        ),
        ([ONE, "Ibid., 41/1921."], None),
    ],
)
def test_what_ibid_states_anew_takes_the_place_of_what_it_repeats(
    lines: list[str], keys: list[str] | None
) -> None:
    read = notes(*lines)
    found = [read.resolution(citation).key for citation in read.citations]
    assert found == keys or (keys is None and found[1] == found[0])


REFERENCES = """

References

Filtzer, D. (1993) The Khrushchev Era. London: Macmillan.

Ivanov, V. (1956a) Diary of Ambassador Ivanov. Moscow: Nauka.

Ivanov, V. (1956b) Memorandum of Conversation. Moscow: Nauka.

Khrushchev, N. (1956) “Khrushchev’s ‘Secret Speech,’ Delivered at the Congress”. Moscow: Nauka.
"""


def test_author_and_date() -> None:
    text = (
        "One (Filtzer, 1993:12). Two (ibid.: 14). Three (Ivanov, 1956b: 3). Four (Ivanov, 1956: 3).\n\n"
        "Khrushchev’s Secret Speech (1956) says so (ibid.: 5). Seven (Filtzer, 1994: 3). Eight (Filtzer, "
        "1957: 3)."
    )
    read = document(text + REFERENCES)
    found = [(citation.kind.value, entry_of(read, citation.id)) for citation in read.citations]
    assert found == [
        ("author-date", "filtzer-1993"),
        ("ibid", "filtzer-1993"),
        ("author-date", "ivanov-1956b"),
        ("author-date", None),
        ("author-date", "khrushchev-1956"),
        ("ibid", "khrushchev-1956"),
        ("author-date", "filtzer-1993"),
        ("author-date", None),
    ]
    assert len(read.resolution(read.citations[3]).candidates) == 2


def test_bare_pages_are_the_reviewed_book() -> None:
    read = document(
        "A Review\n\nHuntington, S. (1996) The Clash of Civilizations. New York: Simon & Schuster.\n\n"
        "He says so (43). He says more (45-48). In the end he does not (311)."
    )
    assert [entry_of(read, citation.id) for citation in read.citations] == ["huntington-1996"] * 3


def test_each_essay_has_its_own_bibliography() -> None:
    first = (
        "One (Filtzer, 1993: 12).\n\nReferences\n\nFiltzer, D. (1993) The Khrushchev Era. London: Pluto.\n\n"
    )
    second = "Two (Filtzer, 1993: 14).\n\nReferences\n\nFiltzer, D. (1993) Soviet Workers. London: Pluto.\n"
    middle = "Conclusion\n\n" + "The second essay is about another thing altogether. " * 40 + "\n\n"
    read = document(first + middle + second)
    assert [entry_of(read, citation.id) for citation in read.citations] == [
        "filtzer-1993-khrushchev",
        "filtzer-1993-soviet",
    ]


def test_without_bibliography_the_first_full_note_is_meant() -> None:
    read = notes(
        "Andrei Lankov, *Crisis in North Korea: The Failure* (Honolulu: University of Hawaii Press, 2005), "
        "19.",
        "Bradley K. Martin, *Under the Loving Care* (New York: St. Martin's Press, 2004), 112.",
        "Lankov, *Crisis in North Korea*, 63.",
        "Lankov, op. cit., 70.",
        "Andrei Lankov, *Crisis in North Korea: The Failure* (Honolulu: University of Hawaii Press, 2005), "
        "20.",
    )
    resolutions = [read.resolution(citation) for citation in read.citations]
    assert [each.key for each in resolutions] == [
        "work:lankov-2005", "work:martin-2004", "work:lankov-2005", "work:lankov-2005", "work:lankov-2005",
    ]  # fmt: skip
    assert [each.antecedent.id for each in resolutions[2:] if each.antecedent] == ["1:1:1", "1:3:1", "1:1:1"]


def test_a_work_cited_only_later_is_not_meant() -> None:
    read = notes(
        "E. H. Carr, *What Is History?* (London: Macmillan, 1961), 12.",
        "Carr, op. cit., 33.",
        "E. H. Carr, *The Bolshevik Revolution* (London: Macmillan, 1950), 13.",
        "Carr, op. cit., 34.",
        "Carr, *The Bolshevik Revolution*, 13.",
        "Carr, loc. cit.",
    )
    first, second = (read.resolution(read.citations[place]) for place in (1, 3))
    assert first.key == "work:carr-1961"
    assert len(second.candidates) == 2
    assert read.resolution(read.citations[5]).key == "work:carr-1950"


def test_works_of_one_author_and_year_have_two_keys() -> None:
    read = notes(
        "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 19.",
        "Andrei Lankov, *Dear Leaders* (Honolulu: University of Hawaii Press, 2005), 19.",
    )
    assert [read.resolution(citation).key for citation in read.citations] == [
        "work:lankov-2005",
        "work:lankov-2005-dear-leaders",
    ]


def test_a_pointer_leads_to_the_note() -> None:
    read = notes(ONE, "See note 1.")
    pointer = read.resolution(read.citations[-1])
    assert pointer.antecedent is read.citations[0]


def reference(archive: str | None, *levels: tuple[str, str], **more: str) -> ArchivalReference:
    return ArchivalReference(archive, tuple(Level(*level) for level in levels), **more)  # type: ignore[arg-type]


RGANI = (("fond", "5"), ("opis", "28"), ("delo", "410"))
KA = (("series", "KA"), ("doboz", "4"), ("tetel", "5/ca"), ("iktatoszam", "(no reference number)/1954"))


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        (reference("RGANI", *RGANI), "RGANI:5/28/410"),
        (reference("AVPRF", ("fond", "0102"), ("opis", "12")), "AVPRF:0102/12"),
        (reference("GARF", ("fond", "Р–9401"), ("opis", "2")), "GARF:r-9401/2"),
        (reference("GARF", ("fond", "R-9401"), ("opis", "2")), "GARF:r-9401/2"),
        (reference(None, ("fond", "5"), archive_written="Партархив"), "partarkhiv:5"),
        (reference("RGANI", ("opis", "28"), ("delo", "410"), hierarchy="russian-state"), "RGANI:?/28/410"),
        (
            reference("MNL-OL", *KA, description="Report", date="1954-04-17"),
            "MNL-OL:ka/4/5/ca/no-number-1954~report@1954-04-17",
        ),
    ],
)
def test_archival_key(cited: ArchivalReference, key: str) -> None:
    assert archival_key(cited) == key


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("ASVe, Senato, Terra, filza 45.", "ASVe, Senato, Terra, reg. 45.", "IT_ASVE:senato/terra/reg45"),
        ("Harriman Papers, box 12, LC.", "Harriman Papers, reel 12, LC.", "US_LOC:harrimanpapers/reel12"),
        ("AN, F/7/13054, dossier 12.", "AN, F/7/13054, pièce 12.", "FR_AN:f/7/13054/piece12"),
    ],
)
def test_containers_of_two_sorts_are_two(one: str, other: str, key: str) -> None:
    (first,), (second,) = parse_citation(one), parse_citation(other)
    assert isinstance(first.reference, ArchivalReference)
    assert isinstance(second.reference, ArchivalReference)
    assert first.reference != second.reference
    assert archival_key(first.reference) != archival_key(second.reference) == key


def test_containers_of_one_sort_are_one_however_they_are_written() -> None:
    (first,), (second,) = (
        parse_citation("ASVe, Senato, registro 45."),
        parse_citation("ASVe, Senato, reg. 45."),
    )
    assert first.reference == second.reference


def test_of_two_values_of_a_level_none_is_lost() -> None:
    (first,), (second,) = (
        parse_citation(f"GStA PK, I. HA, Rep. 77, Nr. {number}, Bd. 3, Bl. 12.") for number in (152, 999)
    )
    assert first.reference != second.reference


def test_work_key() -> None:
    work = WorkReference(Kind.SHORT, (Name("An"),), "Socio-Economics of the Nationalist Movement")
    assert work_key(work) == "work:an-socio"
    assert work_key(Entry("lankov-2002", work, Passage("", ()))) == "work:lankov-2002"


# ---- against the annotated documents, where they are at hand


def gold(name: str) -> tuple[Document, list[dict[str, object]], dict[int, str]]:
    seed = SHARED / "seeds" / f"{name}.txt"
    if not seed.exists():
        pytest.skip(f"the annotated documents are not at hand ({seed})")
    read = analyse(read_bytes(seed.read_bytes(), str(seed)))
    folder = SHARED / "gold" / name
    rows = [json.loads(row) for row in (folder / "citations.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = {}
    for row in (folder / "bibliography.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(row)
        lines[entry["line"]] = entry["id"]
    return read, rows, lines


@pytest.mark.parametrize("name", ["szalontai-2005-ch1-4", "essays-2014"])
def test_entries_of_annotated_citations(name: str) -> None:
    read, rows, lines = gold(name)
    listed = {entry.id: lines.get(read.manuscript.position(entry.span.start).line) for entry in read.entries}
    places: dict[tuple[int, str], list[Citation]] = {}
    for citation in read.citations:
        line = read.manuscript.position(citation.span.start).line
        places.setdefault((line, citation.text), []).append(citation)
    right, wrong = 0, []
    for row in rows:
        found = places.get((row["lines"][0], row["text"]))  # type: ignore[index, arg-type]
        if not found:
            continue
        entry = read.resolution(found.pop(0)).entry
        if (listed.get(entry.id) if entry is not None else None) == row["entry"]:
            right += 1
        else:
            wrong.append((row["id"], row["entry"], entry.id if entry is not None else None))
    # How many are found is another test's matter; of those found every one must be right.
    assert right > len(rows) / 2
    assert wrong == []


# ---- speed


def many(count: int) -> tuple[list[Citation], list[Entry]]:
    """Make a book of so many notes, each with two citations, and a tenth as many entries."""
    entries, citations, text = [], [], ""
    for number in range(count // 10):
        work = WorkReference(
            Kind.FULL, (Name(f"Author{number}", "A."),), f"Title {number} of a Book", date="1990"
        )
        entries.append(Entry(f"author{number}-1990", work, Passage.join(text, [])))
    for number in range(count):
        passage = Passage("…", ())
        note = Note(1, number + 1, str(number + 1), passage, Span(0, 0))
        short = WorkReference(
            Kind.SHORT, (Name(f"Author{number % (count // 10)}"),), f"Title {number % (count // 10)}"
        )
        place = reference("RGANI", ("fond", "5"), ("opis", "28"), ("delo", str(number % 500)))
        for index, cited in enumerate((short, place), 1):
            citations.append(Citation(1, note.label, index, cited, "…", passage, 0, None, note))
    return citations, [attrs.evolve(entry) for entry in entries]


def calls(count: int) -> int:
    """Count the function calls that resolving takes; unlike seconds they are the same on every machine."""
    citations, entries = many(count)
    profile = cProfile.Profile()
    profile.runcall(resolve, citations, entries, load_registry())
    return sum(each.callcount for each in profile.getstats())


def test_work_grows_with_the_number_of_citations_only() -> None:
    load_registry()
    assert calls(10_000) < 12 * calls(1_000)


def test_a_misspelt_name_with_the_year_of_one_work_is_that_work() -> None:
    read = document(
        "So it was (Skiling, 1976:528). And so (Skill, 1976:2).\n\nReferences\n\n"
        "Skilling, H. G. (1976) *Czechoslovakia’s Interrupted Revolution*. Princeton: PUP.\n\n"
        "Dawisha, K. (1984) *The Kremlin and the Prague Spring*. Berkeley: UCP.\n\n"
        "Golan, G. (1971) *The Czechoslovak Reform Movement*. Cambridge: CUP.\n"
    )
    assert entry_of(read, "b:1") == "skilling-1976"
    assert entry_of(read, "b:2") is None


def test_idem_is_the_author_cited_before() -> None:
    read = notes(
        "Helmut Mejcher, *Iraq's External Relations* (London: Croom Helm, 1979), p. 4.",
        "Idem, *Imperial Quest for Oil* (London: Ithaca Press, 1976), pp. 55–57.",
        "Mejcher, *Imperial Quest*, p. 60.",
    )
    (short,) = [citation for citation in read.citations if citation.id == "1:3:1"]
    antecedent = read.resolution(short).antecedent
    assert antecedent is not None
    assert antecedent.id == "1:2:1"


def test_op_cit_is_of_a_work_in_the_script_of_the_name() -> None:
    read = notes(
        "Радченко С. С. Советско-китайский раскол // Вопросы истории. 2005. № 5. С. 44–58.",
        "Radchenko S. Two Suns in the Heavens. Stanford: Stanford University Press, 2009. P. 91–94.",
        "Radchenko S. Op. cit. P. 96.",
    )
    (short,) = [citation for citation in read.citations if citation.id == "1:3:1"]
    antecedent = read.resolution(short).antecedent
    assert antecedent is not None
    assert antecedent.id == "1:2:1"
