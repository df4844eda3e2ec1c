"""ARC109."""

import re
from collections.abc import Iterator
from functools import lru_cache

from citecheck.alphabets import UPPER
from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.patterns import compiled
from citecheck.reading.dates import find_date, find_other_calendar
from citecheck.rules import Bad, Good, rule

# What documents are called, in the languages of the archives. A description that has none of these
# words, among many that have one, lacks its document type.
_TYPES = compiled(
    r"\b(?:reports?|memorand(?:um|a)|memos?|letters?|telegrams?|cables?|study|studies|minutes?|notes?|protocole?s?|diary|diaries|"
    r"journal|records?|conversations?|resolutions?|decrees?|orders?|directives?|instructions?|remarks|speech|statements?|"
    r"appeals?|petitions?|lists?|information|summary|transcripts?|stenograms?|circulars?|dispatch(?:es)?|despatch(?:es)?|"
    r"drafts?|agreements?|treaty|reviews?|surveys?|plans?|theses|questionnaires?|files?|dossiers?|correspondence|charters?|"
    r"proceedings|agenda|account|aide-m[eé]moire|briefing|assessment|analysis|message|testimony|verdict|bulletin|"
    r"записк\w+|письм\w+|протокол\w*|справк\w+|докладн?\w*|телеграмм\w+|постановлени\w+|стенограмм\w+|информаци\w+|"
    r"донесени\w+|дневник\w*|запись|отч[её]т\w*|жалоб\w+|приказ\w*|решени\w+|bericht\w*|aufzeichnung\w*|schreiben|brief\w*|"
    r"vermerk\w*|protokoll\w*|information\w*|telegramm\w*|jelentés\w*|feljegyzés\w*|levél|jegyzőkönyv\w*|távirat\w*|"
    r"notatk\w+|raport\w*|pismo|szyfrogram\w*|sprawozdani\w+|zpráv\w+|dopis\w*|záznam\w*|zápis\w*|usnesení|informace|"
    r"rapports?|lettres?|dépêches?|télégrammes?|procès-verba\w+|compte[s-]?\s?rendus?|relazion\w+|letter[ae]|appunt[oi]|"
    r"raport\w*|not[ăa]\w*|stenogram\w*|informare|airgrams?|communiqu[eé]s?|decisions?|proposals?|guidelines|evaluation)\b",
    re.IGNORECASE,
)


@rule(
    code="ARC109",
    subject=Document,
    severity=Severity.NOTE,
    authority="Chicago Manual of Style, 18th ed., 14.119: item and date come first",
    examples=(
        Bad(
            "Hungarian Legation to the DPRK, Report, 24 March 1954, KTS, 6. doboz, 5/e, 00738/1/1954.\n"
            "Hungarian Legation to the DPRK, Report, 12 March 1954, KTS, 7. doboz, 5/f, 00741/1954.\n"
            "Hungarian Embassy to the PRC, Report, 18 May 1954, CTS, 9. doboz, 5/e, 00731/5/1954.\n"
            "Hungarian Embassy to the DPRK, Report, 6 May 1955, KTS, 7. doboz, 5/f, 006051/1955.\n"
            "Hungarian Embassy to the PRC, 16 March 1955, CTS, 9. doboz, 5/d, 004039/1955.",
            says="what kind of document it is, is not said; 4 of 5 references say it",
        ),
        Bad(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Memorandum of Conversation with Pak Ui-wan, 24 January 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 67-69.\n"
            "Letter from Yi Sang-jo, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 233-295.\n"
            "Diary of Ambassador V.I. Ivanov, 13 April 1956, RGANI, Fond 5, Opis 28, Delo 410, List 120.\n"
            "Memorandum of Conversation with Com. Chao Ke Xian, RGANI, Fond 5, Opis 28, Delo 410, Listy 313-314.",
            says="the document has no date; 4 of 5 references have one",
        ),
        Good(
            "RGANI, f. 5, op. 28, d. 410, l. 1.\nRGANI, f. 5, op. 28, d. 410, l. 7.\nRGANI, f. 5, op. 28, d. 411, l. 7."
        ),
        Good(
            "Memorandum of Conversation with Nam Il, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9."
        ),
        # A title of its own, and a letter from one to another.
        Good(
            "Memorandum, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Memorandum, 24 January 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 67-69.\n"
            "Letter, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 233-295.\n"
            "Memorandum, 13 April 1956, RGANI, Fond 5, Opis 28, Delo 410, List 120.\n"
            "“The Trial of the Group,” 17 October 1956, RGANI, Fond 5, Opis 28, Delo 410, List 12.\n"
            "Puzanov to Gromyko, 18 October 1957, RGANI, Fond 5, Opis 28, Delo 486, List 12."
        ),
        # The date stands among words behind the place that could not be read.
        Good(
            "Memorandum, 6 April 1955, RGANI, Fond 5, Opis 28, Delo 412, Listy 4-9.\n"
            "Memorandum, 24 January 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 67-69.\n"
            "Letter, 5 October 1956, RGANI, Fond 5, Opis 28, Delo 410, Listy 233-295.\n"
            "Memorandum, 13 April 1956, RGANI, Fond 5, Opis 28, Delo 410, List 120.\n"
            "MNL OL, K 27, Minisztertanácsi jegyzőkönyvek, 1921. szeptember 9., 14. o."
        ),
    ),
)
def incomplete_description(document: Document) -> Iterator[Problem]:
    """No kind of document or no date, where the manuscript's other references have one.

    Four fifths of the references must have it. Where the author never describes documents, nothing is said,
    and a reference that continues the one before needs no description of its own. A kind or a date in words that
    could not be read is there.
    """
    own = [
        (citation, reference)
        for citation, reference in document.archival
        if reference.levels
        and not reference.carried
        and (citation.in_note is not None or citation.signal is not None)
    ]
    typed = [pair for pair in own if _has_type(*pair)]
    dated = [pair for pair in own if pair[1].date is not None]
    needs_type = len(typed) >= 4 and len(typed) >= 0.8 * len(own)
    needs_date = len(dated) >= 4 and len(dated) >= 0.75 * len(own)
    for citation, reference in own:
        unread = reference.unread or ""
        no_type = needs_type and not _has_type(citation, reference) and not _is_typed(unread)
        no_date = (
            needs_date
            and reference.date is None
            and find_other_calendar(reference.description or "") is None
            and find_date(unread) is None
        )
        if no_type and no_date and reference.description is None:
            message = (
                f"the document is neither named nor dated; {len(typed)} of {len(own)} references do both"
            )
            yield _problem(citation, reference, message)
        elif no_type:
            message = (
                f"what kind of document it is, is not said; {len(typed)} of {len(own)} references say it"
            )
            yield _problem(citation, reference, message)
        elif no_date:
            yield _problem(
                citation,
                reference,
                f"the document has no date; {len(dated)} of {len(own)} references have one",
            )


# “The Trial of the Anti-Party Group” has a title of its own, and what one person writes to another is a letter; an embassy
# to a country is no letter.
_TITLED = re.compile(
    r"[“\"„«‘][^“”\"„«»‘’]{8,}[”\"“»’]"
    rf"|(?<!Embassy)(?<!Legation)(?<!Mission)(?<!Ambassador)(?<!Minister)(?<!Envoy)\sto\s(?:the\s)?[{UPPER}]"
)


def _has_type(citation: Citation, reference: ArchivalReference) -> bool:
    # Quotation marks round all of a description are no part of it.
    return _is_typed(reference.description or "") or citation.text[:1] in ("“", '"', "„", "«", "‘")


@lru_cache(maxsize=1 << 12)
def _is_typed(description: str) -> bool:
    """Tell whether a description says what kind of document it is; the same ones come again and again."""
    return _TYPES.search(description) is not None or _TITLED.search(description) is not None


def _problem(citation: Citation, reference: ArchivalReference, message: str) -> Problem:
    end = reference.reference_span[0] if reference.description else reference.reference_span[1]
    return Problem(
        citation.locate((0, max(1, end))),
        message,
        label="incomplete",
        help="add what is missing",
        citation=citation,
    )
