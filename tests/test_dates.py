"""Dates in a dozen languages, with their EDTF values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.reading.dates import any_date_at, find_date, find_dates, read_date

WHOLE = [
    ("19 April 1956", "1956-04-19"),
    ("19th of April, 1956", "1956-04-19"),
    ("April 19, 1956", "1956-04-19"),
    ("October 31, 1956", "1956-10-31"),
    ("1 Dec. 1923", "1923-12-01"),
    ("Jan. 20, 1841", "1841-01-20"),
    ("Sept. 1956", "1956-09"),
    ("August 1962", "1962-08"),
    ("1956", "1956"),
    ("[12 March 1956]", "1956-03-12"),
    ("Tuesday, 6 November 1956", "1956-11-06"),
    ("c. 1956", "1956"),
    ("14 ноября 1958 г.", "1958-11-14"),
    ("«14» ноября 1958 года", "1958-11-14"),
    ("август 1956", "1956-08"),
    ("23 жовтня 1956 р.", "1956-10-23"),
    ("3. Mai 1957", "1957-05-03"),
    ("1er avril 1956", "1956-04-01"),
    ("12 de octubre de 1956", "1956-10-12"),
    ("25 luglio 1943", "1943-07-25"),
    ("1956. október 23.", "1956-10-23"),
    ("1956. október", "1956-10"),
    ("1953. június 27-én", "1953-06-27"),
    ("1956. X. 23.", "1956-10-23"),
    ("17 XII 1945 r.", "1945-12-17"),
    ("17.XII.1945", "1945-12-17"),
    ("5 kwietnia 1960 r.", "1960-04-05"),
    ("17 března 1956", "1956-03-17"),
    ("4 octombrie 1961", "1961-10-04"),
    ("17.12.1945", "1945-12-17"),
    # Transliterated: Library of Congress, BGN/PCGN, ISO 9, Slavists, and without a system.
    ("10 maia 1957 g.", "1957-05-10"),
    ("14 iiunʹ 1956", "1956-06-14"),
    ("14 i͡unia 1956", "1956-06-14"),
    ("4 iyunya 1957 goda", "1957-06-04"),
    ("15 sentâbrâ 1941 g.", "1941-09-15"),
    ("15 sentjabrja 1941 g.", "1941-09-15"),
    ("4 iunia 1957 g.", "1957-06-04"),
    ("4 chervnia 1956 r.", "1956-06-04"),
    ("23 zhovtnya 1956 r.", "1956-10-23"),
    ("12 жніўня 1943 г.", "1943-08-12"),
    ("12 zhniunia 1943 g.", "1943-08-12"),
    ("12 septemvri 1956 g.", "1956-09-12"),
    ("4. lipnja 1956.", "1956-06-04"),
    ("10. kolovoza 1943. godine", "1943-08-10"),
    ("14. junija 1956", "1956-06-14"),
    ("14. јуна 1956. године", "1956-06-14"),
    ("14 Haziran 1956", "1956-06-14"),
    ("17 Aralık 1950", "1950-12-17"),
    ("14. kesäkuuta 1956", "1956-06-14"),
    ("14. juunil 1956", "1956-06-14"),
    ("14. jūnijā 1956", "1956-06-14"),
    ("1956. gada 14. jūnijā", "1956-06-14"),
    ("1956 m. birželio 14 d.", "1956-06-14"),
    ("1956 birželio", "1956-06"),
    ("14 qershor 1956", "1956-06-14"),
    ("14 februarie 1956", "1956-02-14"),
    ("14 setembro de 1956", "1956-09-14"),
    ("6. února 1948", "1948-02-06"),
    ("3 pazdziernika 1956", "1956-10-03"),
    ("ngày 5 tháng 6 năm 1956", "1956-06-05"),
    ("tháng 6-1956", "1956-06"),
    # One word, two months: Croats write a full stop behind the day, Poles and Ukrainians do not.
    ("5. listopada 1956", "1956-10-05"),
    ("5 listopada 1956", "1956-11-05"),
    ("5. travnja 1941", "1941-04-05"),
    ("listopad 1956", "1956"),
    # Other calendars are no years of ours.
    ("12 Safer 1309", None),
    ("29/Z/1325 (Hicrî)", None),
    ("3 Rabi' al-awwal 1310", None),
    ("24 Teşrin-i sani 1321", None),
    ("7 Mart 1325", None),
    ("AH 1325", None),
    ("1309/1892", "1892"),
    ("1956-04-19", "1956-04-19"),
    ("1956年4月19日", "1956-04-19"),
    # Which is the month? Only a number above 12 tells.
    ("3/4/1956", "1956"),
    ("13/4/1956", "1956-04-13"),
    ("4/13/1956", "1956-04-13"),
    # Nothing is corrected: a rule reports the thirty-first of June.
    ("31 June 1956", "1956-06-31"),
    # The beginning of a range; a season is no month.
    ("3–5 May 1957", "1957-05-03"),
    ("28 August-2 September 1956", "1956-08-28"),
    ("28 December 1956–3 January 1957", "1956-12-28"),
    ("Winter 1995/96", "1995"),
]


@pytest.mark.parametrize(("text", "value"), WHOLE, ids=[text for text, _ in WHOLE])
def test_a_whole_date_is_read(text: str, value: str | None) -> None:
    assert read_date(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "19 April",
        "Report, 19 April 1956",
        "1956a",
        "002304/1/1962",
        "0102",
        "19561",
        "12 men",
        "no date",
    ],
)
def test_what_is_no_whole_date_is_refused(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("April 24-29, 1956", "1956-04-24/1956-04-29"),
        ("May 30–June 2, 1956", "1956-05-30/1956-06-02"),
        ("12–14 февраля 1956 г.", "1956-02-12/1956-02-14"),
        ("Apr. – Jun., 1963", "1963-04/1963-06"),
        ("Winter 2002-spring 2003", "2002/2003"),
        ("Fall 2007/Winter 2008", "2007/2008"),
        ("Winter 1995/96", "1995/1996"),
        ("1951-54", "1951/1954"),
        ("1953–7", "1953/1957"),
        ("1848–9", "1848/1849"),
        ("19 April 1956", "1956-04-19"),
    ],
)
def test_a_range_of_dates_has_both_ends(text: str, interval: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.interval, found.end) == (interval, len(text))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Report, 19 April 1956. RGANI", "19 April 1956", "1956-04-19"),
        ("Letter, 5 October 1956 RGANI", "5 October 1956", "1956-10-05"),
        ("Report of 19 April 1956 on the plan for 1957", "19 April 1956", "1956-04-19"),
        ("Plans of 3 May 1956 and 4 June 1957", "4 June 1957", "1957-06-04"),
        ("In 1953, members", "1953", "1953"),
        ("45 May 1956", "May 1956", "1956-05"),
        ("marxist 1956", "1956", "1956"),
        ("London, 1956", "1956", "1956"),
        ("5 people in May 1956", "May 1956", "1956-05"),
        ("1956 report 12", "1956", "1956"),
        ("1956-1", "1956", "1956"),
        ("1642–3–12", "1642", "1642"),
        ("25 March 1642/3, TNA, SP 16/345", "25 March 1642/3", "1643-03-25"),
        ("12 February 1649/50", "12 February 1649/50", "1650-02-12"),
        ("Feb. 1688/1689", "Feb. 1688/1689", "1689-02"),
        ("March 25, 1642/3", "March 25, 1642/3", "1643-03-25"),
    ],
)
def test_the_last_date_is_found(text: str, words: str, value: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (text[found.start : found.end], found.value) == (words, value)


@pytest.mark.parametrize(
    "text", ["KTS, 11. doboz, 24/b, 002304/1/RT/1962", "00868/1/1954", "no figures", "12, 45–67"]
)
def test_registry_numbers_hold_no_date(text: str) -> None:
    assert find_date(text) is None


def test_only_the_given_range_is_searched() -> None:
    text = "1 May 1956, 2 May 1957, 3 May 1958"
    found = find_date(text, 5, 25)
    assert found is not None
    assert found.value == "1957-05-02"


@pytest.mark.parametrize(
    ("text", "end"),
    [("19 April 1956, f. 5", 13), ("1956 g., d. 3", 7), ("12 Safer 1309", 13), ("Kim 1956", None)],
)
def test_a_date_at_a_place(text: str, end: int | None) -> None:
    assert any_date_at(text, 0, len(text)) == end


@given(st.text(alphabet="19562 .,/–-мМaприльApril年月()rXIV", max_size=60))
def test_any_text_is_searched_without_fault(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.until is None or found.until > found.value
