"""The date behind a reference to an archive: its day is no level, in any language and any calendar."""

import pytest

from citecheck.analysis import analyse
from citecheck.citations import ArchivalReference
from citecheck.readers import read_bytes

CASES = [
    # Austria: words before the date describe, and make no level out of order.
    (
        "HHStA, PA XXXVIII, Kt. 279, Nr. 44, Cischini an Kálnoky, Odessa, 4. August 1891.",
        "OESTA:hhsta/paxxxviii/279",
        "1891-08-04",
        "Nr. 44, Cischini an Kálnoky, Odessa",
    ),
    ("AJ, 507/IX, 119/I-55, Zabeleška o razgovoru, 4. jun 1956.", "AJ:507/ix/119/i-55", "1956-06-04", "Zabeleška o razgovoru"),
    ("AJ, 507/IX, 119/I-55, Zabeleška o razgovoru, 4.6.1956.", "AJ:507/ix/119/i-55", "1956-06-04", "Zabeleška o razgovoru"),
    ("AJ, fond 334, fasc. 12, 5. lipnja 1956.", "AJ:334/12", "1956-06-05", None),
    ("GARF, f. 102, op. 226, d. 778, l. 3, 10 maia 1957 g.", "GARF:102/226/778", "1957-05-10", None),
    ("RGANI, f. 5, op. 28, d. 410, l. 22, 10.5.1957.", "RGANI:5/28/410", "1957-05-10", None),
    ("PA AA, R 105941, 4. Mai 1938.", "PAAA:?/r105941", "1938-05-04", None),
    ("AN, F/7/12981, 4 mai 1938.", "FR_AN:f/7/12981", "1938-05-04", None),
    ("LVVA, 2570. f., 14. apr., 5. l., 1938. gada 14. jūnijā.", "LV_LVVA:2570/14/5", "1938-06-14", None),
    ("LCVA, f. 383, ap. 7, b. 1234, l. 12, 1938 m. birželio 14 d.", "LCVA:383/7/1234", "1938-06-14", None),
    # Another calendar: kept as it is written, and no year of ours.
    ("BOA, Y.PRK.EŞA, 14/33, 12 Safer 1309.", "TR_BOA:yprkesa/14/33", None, "12 Safer 1309"),
    ("12 Safer 1309, BOA, Y.PRK.EŞA, 14/36.", "TR_BOA:yprkesa/14/36", None, "12 Safer 1309"),
    ("BOA, DH.MKT, 1820/3, 24 Teşrin-i sani 1321.", "TR_BOA:dhmkt/1820/3", None, "24 Teşrin-i sani 1321"),
    ("BOA, HR.SYS, 14/35, 12 Safer 1309 (17 September 1891).", "TR_BOA:hrsys/14/35", "1891-09-17", "12 Safer 1309"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "date", "description"), CASES, ids=[text[:40] for text, *_ in CASES])
def test_the_day_of_a_date_is_no_level(
    text: str, key: str, date: str | None, description: str | None
) -> None:
    document = analyse(read_bytes(f"Notes\n\n1. {text}\n".encode(), "paper.txt", "plain"))
    ((citation, reference),) = document.archival
    assert isinstance(reference, ArchivalReference)
    found = (document.resolutions[citation.id].key, reference.date, reference.description)
    assert found == (key, date, description)
