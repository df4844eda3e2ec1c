"""TXT902."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from citecheck.archives import fold_name
from citecheck.citations import IbidReference
from citecheck.documents import Document
from citecheck.evidence.majority import enumerate_places
from citecheck.evidence.texts import Text, text_of, texts
from citecheck.findings import Applicability, Problem, Severity
from citecheck.reading.repetitions import IBID_MISREAD
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT902",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Suh, *Kim Il Sung*, 32–38.\nLankov, “Kim II Sung’s Campaign,” 44–46.\n"
            "Suh, *Kim Il Sung*, 84–93.",
            says="“Kim II” is written “Kim Il” elsewhere: II for Il",
            fixed=(
                "Suh, *Kim Il Sung*, 32–38.\nLankov, “Kim Il Sung’s Campaign,” 44–46.\n"
                "Suh, *Kim Il Sung*, 84–93."
            ),
        ),
        Bad(
            "Memorandum of Conversation, 7 May 1956, RGANI, Fond 5, Opis 28, Delo 412, List 22.\n"
            "Memorandum of Conversation with the Bulgarian Ambassador, 10 May 1956, RGAJo",
            says="“RGAJo” is no archive's name; the manuscript has RGANI elsewhere",
        ),
        Bad(
            "Suh, *Kim Il Sung* (New York: Columbia University Press, l988), 32.",
            says="“l988” has a letter among its figures",
        ),
        Bad("Rupen, *How Mongolia Is Really Ruled*, p. 8O.", says="“8O” has a letter among its figures"),
        Bad(
            "Suh, *Kim Il Sung*, 32.\nlbid., 34.",
            says="“lbid.” is no word; Ibid. is",
            fixed="Suh, *Kim Il Sung*, 32.\nIbid., 34.",
        ),
        Bad("Fall, *The Two Viet-Nams*, 130–l33.", says="“l33” has a letter among its figures"),
        Bad(
            "Hungarian Embassy to Romania, Report, l2 July 1957, KTS, 6. doboz, 5/d, 00868/1/1957.",
            says="“l2” has a letter among its figures",
        ),
        Bad(
            "РГАНИ. Ф. 5. Оп. 28. Д. 410. Л. 12 // Coветский Союз, 1956.",
            says="“Coветский” mixes Latin and Cyrillic letters",
        ),
        Good("Cumings, *The Origins of the Korean War II*, 305; Elizabeth II; World War II."),
        Good("RGANI, Fond 5, Opis 28, Delo 410, ll. 12ob–14, and FO 371/24420, fol. 12r."),
    ),
)
def ocr_confusion(document: Document) -> Iterator[Problem]:
    """Letters or figures that a scanner took for one another.

    “Kim II Sung” for “Kim Il Sung”, “l956” for “1956”, “RGAJo” for “RGANI”, a Latin *a* in a Russian word:
    they look right and are not found when one searches. A name is judged by how the manuscript writes it
    elsewhere, so that Elizabeth II is safe.
    """
    yield from _names(document)
    yield from _archives(document)
    yield from _repetitions(document)
    for text in texts(document, "note", "entry"):
        yield from _figures(text)
        yield from _scripts(text)


# ---- Il and II

_FORMS = ("Il", "II", "ll", "lI")
_ILL = re.compile(r"\b([A-ZÀ-Þ][^\W\d_]{1,20})([ -])(II|Il|ll|lI)(?![\w])(-[a-zà-ÿ’']{1,12})?")


def _names(document: Document) -> Iterator[Problem]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    found: list[tuple[Text, re.Match[str]]] = []
    for text in texts(document):
        if not any(form in text.words for form in _FORMS):
            continue
        for match in _ILL.finditer(text.words):
            if match.group(3) == "Il":
                right[match.group(1)] += 1
            else:
                wrong[match.group(1)] += 1
                found.append((text, match))
    # A numeral is not followed by a hyphen and a syllable; otherwise the right form must prevail.
    found = [
        (text, match)
        for text, match in found
        if right[match.group(1)] and (match.group(4) or right[match.group(1)] >= wrong[match.group(1)])
    ]
    cited = [(text, match) for text, match in found if text.home != "body"]
    prose = [(text, match) for text, match in found if text.home == "body"]
    for text, match in cited if len(prose) > 1 else [*prose, *cited]:
        yield _name(text, match)
    if len(prose) > 1:
        text, match = prose[0]
        forms = sorted({f"“{one.group(1)}{one.group(2)}{one.group(3)}”" for _, one in prose})
        yield text.problem(
            match.start(3),
            match.end(3),
            f"{enumerate_places(forms)} stand {len(prose)} times in the text for names with Il",
            label="the first",
            help="search for it and replace II by Il",
        )


def _name(text: Text, match: re.Match[str]) -> Problem:
    written = f"{match.group(1)}{match.group(2)}{match.group(3)}"
    return text.problem(
        match.start(3),
        match.end(3),
        f"“{written}” is written “{match.group(1)}{match.group(2)}Il” elsewhere: {match.group(3)} for Il",
        label="I and l confused",
        help="write Il, with a small L",
        fix=text.fix(*match.span(3), "Il", Applicability.UNSAFE),
    )


# ---- archives


def _archives(document: Document) -> Iterator[Problem]:
    declared = {fold_name(name) for name in document.declared}
    usual: defaultdict[str, Counter[str]] = defaultdict(Counter)
    odd = []
    for citation, reference in document.archival:
        written = reference.archive_written
        if reference.archive is None or not written or reference.archive_span is None:
            continue
        if fold_name(written) in declared or document.registry.find(written):
            usual[reference.archive][written] += 1
        else:
            odd.append((citation, reference))
    for citation, reference in odd:
        names = usual.get(reference.archive or "")
        if not names or reference.archive_span is None:
            continue
        text = text_of(citation, document)
        start, end = reference.archive_span
        name = names.most_common(1)[0][0]
        yield text.problem(
            citation.start + start,
            citation.start + end,
            f"“{reference.archive_written}” is no archive's name; the manuscript has {name} elsewhere",
            label=f"{name}?",
            help=f"write {name}, if that is what the original has",
        )


# ---- ibid.

_IBID_MISREAD = re.compile(rf"(?:{IBID_MISREAD})(?!\w)")


def _repetitions(document: Document) -> Iterator[Problem]:
    for citation in document.citations:
        misread = (
            _IBID_MISREAD.search(citation.text) if isinstance(citation.reference, IbidReference) else None
        )
        if misread is None:
            continue
        text = text_of(citation, document)
        stop = "." if misread.group().endswith(".") else ""
        start = citation.start + misread.start()
        yield text.problem(
            start,
            start + len(misread.group()),
            f"“{misread.group()}” is no word; Ibid{stop} is",
            label=f"Ibid{stop}?",
            help=f"write Ibid{stop}",
            fix=text.fix(start, start + len(misread.group()), f"Ibid{stop}", Applicability.UNSAFE),
        )


# ---- figures

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_FIGURES = re.compile(
    r"(?<![\w/.:-])(?:[lI]9\d\d|[lI][0-8]\d\d|1[89]\d[lIO]|1[89][lIO]\d|1[lIO]\d\d|[1-9]\d?[lIO]\d{1,3}|[1-9]\d{1,2}O)(?![\w/])"
    # 130–l33; l2 July 1957, 1O May
    r"|(?<=\d[–-])[lI]\d{1,3}(?![\w/])"
    # O07218/1956
    r"|(?<![\w/.:-])[OlI]\d{3,6}(?=/\d)"
    # p. 8O, pp. l2
    r"|(?<=[Pp]\.\s)(?:[1-9]\d?[lIO]|[lI]\d{1,2})(?![\w/])"
    rf"|(?<![\w/.:-])(?:[lI]\d|[1-3][lIO])(?=\s{_MONTH}\s(?:1[89]|20)\d\d)"
)


# What all of these have: a letter beside a figure.
_LETTER_BY_FIGURE = re.compile(r"[lIO](?:(?<=\d[lIO])|(?=\d))")


def _figures(text: Text) -> Iterator[Problem]:
    if _LETTER_BY_FIGURE.search(text.words) is None:
        return
    for match in _FIGURES.finditer(text.words):
        citation = text.citation_at(*match.span())
        if citation is not None and _is_code(citation.text):
            continue
        read = match.group().translate(_DIGITS)
        yield text.problem(
            match.start(),
            match.end(),
            f"“{match.group()}” has a letter among its figures",
            label=f"{read}?",
            help=f"write {read}, if that is what the original has",
        )


_DIGITS = str.maketrans("lIO", "110")


def _is_code(citation: str) -> bool:
    """Tell whether a citation has codes in which letters and figures stand together."""
    return re.search(r"\d[A-Z]\d|[A-Z]\d+[A-Z]", citation.translate(str.maketrans("IOl", "110"))) is not None


# ---- scripts

_CYRILLIC = re.compile(r"[А-яёіїєґЁІЇЄҐ]")
_MIXED = re.compile(
    r"(?<![^\W\d_])(?=[A-Za-z]*[А-Яа-яёіїєґ])(?=[А-Яа-яёіїєґІЇЄҐЁ]*[A-Za-z])[^\W\d_]{3,40}(?![^\W\d_])"
)


def _scripts(text: Text) -> Iterator[Problem]:
    if _CYRILLIC.search(text.words) is None:
        return
    for match in _MIXED.finditer(text.words):
        cyrillic = sum("CYRILLIC" in unicodedata.name(letter, "") for letter in match.group())
        strangers = [
            letter
            for letter in match.group()
            if ("CYRILLIC" in unicodedata.name(letter, "")) != (2 * cyrillic > len(match.group()))
        ]
        if len(strangers) > 2:
            continue
        yield text.problem(
            match.start(),
            match.end(),
            f"“{match.group()}” mixes Latin and Cyrillic letters",
            label=f"{', '.join(dict.fromkeys(strangers))} of the other alphabet",
            help="type the word again",
        )
