"""What names and dates a document behind its place: in a sentence of its own, in brackets, after a comma."""

import pytest

from citecheck.analysis import analyse
from citecheck.citations import ArchivalReference
from citecheck.readers import read_bytes

CASES = [
    ("AVP RF, f. 0110, op. 34, papka 202, d. 5, ll. 44-47. Zapis' besedy s Shehu, 12.02.1961.", "1961-02-12", "Zapis' besedy s Shehu"),
    ("RGANI, f. 5, op. 28, d. 410, l. 26. Semenov to Molotov, April 1945.", "1945-04", "Semenov to Molotov"),
    ("AVPRI, f. 188, op. 761, d. 333, ll. 2–6ob. (report of the consul in Harbin, March 1911).", "1911-03", "report of the consul in Harbin"),
    ("RGANI, f. 5, op. 28, d. 410, l. 26 (12 March 1956).", "1956-03-12", None),
    ("AAN, KC PZPR, sygn. 2631, s. 45–51, Notatka z rozmowy tow. Ochaba, 12 IX 1957.", "1957-09-12", "Notatka z rozmowy tow. Ochaba"),
    ("AN, F/7/15345, note du 12 mai 1952.", "1952-05-12", "note"),
    # Comments date nothing.
    ("RGANI, f. 5, op. 28, d. 410, l. 26. Stalin left Moscow on 5 May 1950.", None, None),
    ("RGANI, f. 5, op. 28, d. 410, l. 26. The report was not sent before 5 May 1950.", None, None),
    ("RGANI, f. 5, op. 28, d. 410, l. 26 (he repeated this on 5 May 1950).", None, None),
    ("RGANI, f. 5, op. 28, d. 410, l. 26 (declassified 5 May 1994).", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "description"), CASES, ids=[text[-40:] for text, *_ in CASES])
def test_words_that_name_a_paper_describe_it(text: str, date: str | None, description: str | None) -> None:
    document = analyse(read_bytes(f"Notes\n\n1. {text}\n".encode(), "paper.txt", "plain"))
    ((_, reference),) = document.archival
    assert isinstance(reference, ArchivalReference)
    assert (reference.date, reference.description) == (date, description)
