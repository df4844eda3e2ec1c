"""Reads the head of an entry: whose it is, and the year where it stands behind the names."""

import re

from citecheck.alphabets import UPPER
from citecheck.bibliographies.entry_reading import YEAR, EntryReading
from citecheck.bibliographies.sentences import divide_sentences
from citecheck.reading.reprints import TWO_YEARS, part_first_printing
from citecheck.resolving.name_lists import read_names
from citecheck.vocabulary import word_list, words_pattern

_UNDATED = r"n\.\s?d\.?|forthcoming|in press|б\.\s?г\.|o\.\s?J\."
_ROLES = {
    **dict.fromkeys(("ed", "eds", "editor", "editors", "hg", "hrsg", "szerk", "ред", "red", "dir"), "editor"),
    **dict.fromkeys(("comp", "comps", "сост"), "compiler"),
    **dict.fromkeys(("trans", "transl"), "translator"),
}
_ROLE = re.compile(
    rf",?\s*[(\[]?(?P<role>{'|'.join(sorted(_ROLES, key=len, reverse=True))})\b\.?[)\]]?[\s,.]*$",
    re.IGNORECASE,
)
_ROLE_WORDS = tuple(_ROLES)
_SAME_NAMES = r"(?:[—–]{1,6}|-{2,12}|_{2,12})"
_REPEATED = re.compile(rf"{_SAME_NAMES}(?=\s?[.,(])")
# “———, *The World Turned Upside Down* (London, 1972)”: British lists go on with a comma, as their notes do.
REPEATED_BEFORE_COMMA = re.compile(rf"{_SAME_NAMES}(?=,\s[*“‘\"'])")
# “Ramella, F. (1984 and 2022)”: two printings in one entry.
_SECOND_YEAR = rf",?\s(?:and|&|und|et|e|y|i|és|и)\s{YEAR}"
# What leads to a year in brackets and to a bare one. Both begin with one of few characters, and re looks for these
# alone as long as a pattern opens with them.
_BRACKET = r"(?:(?<=\()|[\s,.]*\()\s*"
_SPACE = r"(?<!\()(?:(?<=\s)|\s)\s*"
_HARVARD_YEAR = re.compile(
    rf"[\s,.(](?:{_BRACKET}"
    rf"(?P<year>(?:c\.\s?)?{YEAR}(?:[/–-]\d\d(?:\d\d)?|{_SECOND_YEAR})?|{_UNDATED})\s?(?P<suffix>[a-z])?\s*\)[.,:]?"
    rf"|{_SPACE}(?P<bare>{YEAR})(?P<bare_suffix>[a-z])?[.,]\s)",
)
# “1968a [1963].”, “(1990 [1867])”, “(1929) 1971.”: a reprint has two years.
_REPRINT_YEAR = re.compile(
    rf"[\s,.(](?:{_BRACKET}(?P<year>{TWO_YEARS})\s*\)[.,:]?|{_SPACE}(?P<bare>{TWO_YEARS})[.,:]?\s)"
)
# “Kim Hakjoon [Kim Hak-chun]”, “Gorev, B. I. [pseud.]”, “Losa (Losaeus), N.”: how the name is written otherwise.
_ALIAS = re.compile(
    r"\s(?:\[[^\[\]\d]{2,60}\]|\((?!(?:Eds?|Hgg?|Hrsg|Comps?)\))[A-ZÀ-Þ][\w’' -]{2,40}\)(?=,))"
)
_LETTERED = re.compile(r"\((?P<letter>[a-z])\)")
_STOP = re.compile(r"\.(?=\s|$|[*\"“])")
# A capital, or two letters for one that Latin letters need two for: “Yu. V. Andropov”.
_INITIAL = re.compile(
    rf"(?:^|[\s.\-(])(?:[{UPPER}]|(?<=[,.]\s)(?:{words_pattern(word_list('initials', 'initials'))}))$"
)
# “Ginsburgs, George, and Roy U. T. Kim”: after the first name the others stand upright, and no initial ends one.
_UPRIGHT_INITIAL = re.compile(r"\s(?:and|&|und|et|with)\s[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)*\s[A-ZÀ-Þ]$")
# “Suh, Dae-Sook; Lee, Chong-Sik”: semicolons part only names that are all turned round.
_PARTED_NAMES = re.compile(r"[^;,]{2,40},[^;,]{1,40}(?:;[^;,]{2,40},[^;,]{1,40})+")
_NAME_PART = re.compile(r"(?:[^\W\d_]|['’‘ʼ.\-‐()]|\s)+")
_LINKS = frozenset(
    """and und et és i y e og och и та si și with van von de der den del di da dos das du la le el al bin
    ibn""".split()  # noqa: SIM905
)


def opens_with_names(text: str) -> bool:
    """Tell whether a text begins as entries do: with names, or with the dash that repeats them."""
    return _REPEATED.match(text) is not None or read_head(text, 0).creators != ()


def opens_entry(text: str, start: int) -> bool:
    """Tell whether another entry begins here: names, turned round, then a title and a year."""
    head = read_head(text, start)
    if not head.creators or "," not in text[start : head.end]:
        return False
    return re.search(YEAR, text[start:]) is not None and head.end < len(text)


def read_head(text: str, start: int) -> EntryReading:
    """Read the names that an entry opens with, and the year where it follows them."""
    draft = EntryReading(end=start)
    if text[start : start + 1] in ('"', "“", "*", "«", "„", "‘"):
        return draft
    repeated = _REPEATED.match(text, start)
    names_end = repeated.end() if repeated is not None else start
    for pattern in (_REPRINT_YEAR, _HARVARD_YEAR):
        year = pattern.search(text, names_end, start + 260)
        if (
            year is not None
            and _leads_to_year(text, start, names_end, year.start())
            and _take_year(draft, year)
        ):
            take_names(draft, text, start, year.start(), repeated is not None)
            draft.end = year.end()
            return draft
    end = _names_end(text, start, names_end)
    if end is not None:
        take_names(draft, text, start, end, repeated is not None)
        draft.end = end
    return draft


def _leads_to_year(text: str, start: int, dash_end: int, year: int) -> bool:
    """Tell whether nothing but names, or the dash for them, stands before a year."""
    if dash_end > start:
        return not text[dash_end:year].strip(" .,")
    # “Department of State (1949) …”
    return are_names(text[start:year]) or (
        text[year:].lstrip().startswith("(") and _are_body(text[start:year].strip(" .,"))
    )


def _take_year(draft: EntryReading, year: re.Match[str]) -> bool:
    """Take the year behind the names; False where what looks like a reprint's two years is none."""
    written = year.group("year") or year.group("bare")
    own, draft.original_date = part_first_printing(written)
    if year.re is _REPRINT_YEAR:
        if draft.original_date is None:
            return False
        draft.suffix = own[4:] or None
    else:
        draft.suffix = year.group("suffix") or year.group("bare_suffix")
    draft.year_written = written
    years = re.findall(YEAR, own)
    if len(years) == 2 and draft.original_date is None and re.search(_SECOND_YEAR, own):
        draft.original_date = years.pop(0)
    draft.date = years[0] if years else None
    return True


def take_names(draft: EntryReading, text: str, start: int, end: int, repeated: bool) -> None:
    """Take the names that stand in a range, or the dash that stands for those of the entry before."""
    if text[end : end + 1] == "." and _INITIAL.search(text[start:end]):
        end += 1
    written = text[start:end].rstrip(" ,")
    if written.endswith(".") and not _INITIAL.search(written[:-1]):
        written = written[:-1].rstrip(" ,")
    role = _role_at_end(written)
    if role is not None:
        draft.role = _ROLES[role.group("role").lower()]
        written = written[: role.start()]
    draft.repeated = repeated
    draft.creators_span = (start, start + len(written))
    if repeated:
        return
    lettered = _LETTERED.search(written)
    if lettered is not None and draft.suffix is None:
        draft.suffix = lettered.group("letter")
    draft.creators = read_names(_ALIAS.sub("", written), inverted=True)


def _role_at_end(written: str) -> re.Match[str] | None:
    """Return the word behind names that says what they did, with its brackets: “, eds.”, “(Hg.)”."""
    # Most have none, which their last letters tell at once.
    ends_so = written.rstrip(" \t\n\u00a0,.)]").lower().endswith(_ROLE_WORDS)
    return _ROLE.search(written) if ends_so else None


def _names_end(text: str, start: int, least: int) -> int | None:
    """Return where the names end that no year follows, or None where the entry opens with its title."""
    for stop in _STOP.finditer(text, least, start + 260):
        before, after = text[start : stop.start()], text[stop.end() :].lstrip()
        if re.search(r"[\"“”*«»:?!\d]", before) or (
            ";" in before and _PARTED_NAMES.fullmatch(before) is None
        ):
            return None
        if least > start:
            return stop.end()
        if _role_at_end(before) is None and _INITIAL.search(before) and _goes_on(after):
            continue
        if _UPRIGHT_INITIAL.search(before) or _ends_in_upright_name(before):
            continue
        if before.endswith((" St", " Jr", " Sr")) and re.match(r",|and\b|&", after):
            continue
        if after[:1] in ("*", '"', "“") and _are_body(before):
            return stop.end()
        return stop.end() if are_names(before) and _leaves_title(before, after) else None
    return None


_AND_BEFORE = re.compile(r"^(?:and|und|et|i|и|&)\s")
_GIVEN_AND_INITIAL = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)*\s[A-ZÀ-Þ]")


def _ends_in_upright_name(before: str) -> bool:
    """Tell whether a list breaks off inside a name that stands upright: “Goncharov, Sergei N., John W”.

    Where all names are turned round their parts come in pairs: “Smith, John A., Jones, Mary B”.
    """
    parts = re.split(r",\s+", before)
    if len(parts) < 3 or _GIVEN_AND_INITIAL.fullmatch(parts[-1]) is None:
        return False
    return len(parts) % 2 == 1 or " " in _AND_BEFORE.sub("", parts[2].strip())


def _goes_on(after: str) -> bool:
    """Tell whether names go on after the full stop of an initial."""
    return re.match(rf"[{UPPER}]\.|(?:and|und|et|és|и|&)\s|[{UPPER}][\w’'-]+\.\s*[*\"“]", after) is not None


def are_names(written: str) -> bool:
    """Tell whether words can be the names that an entry opens with: capitals, initials, “and”, no more."""
    role = _role_at_end(written)
    bare = _ALIAS.sub("", written if role is None else written[: role.start()]).strip(" ,.")
    if not bare or _NAME_PART.fullmatch(bare.replace(",", " ").replace("&", " ").replace(";", " ")) is None:
        return False
    parts = re.split(r"\s*[,;&]\s*|\s+(?:and|with|und|et)\s+", bare)
    for part in parts:
        words = [word for word in part.split() if word.lower() not in _LINKS]
        if (
            any(not word[0].isupper() and word not in ("et", "al", "al.", "others") for word in words)
            or len(words) > 5
        ):
            return False
    return len(parts) > 1 or len(bare.split()) <= 6


def _are_body(written: str) -> bool:
    """Tell whether words can be an office or a society: capitals with “of” and “for” between them."""
    words = written.split()
    return (
        1 < len(words) <= 10
        and _NAME_PART.fullmatch(written) is not None
        and all(
            word[0].isupper() or word in ("of", "for", "the", "and", "on", "de", "der", "für")
            for word in words
        )
    )


def _leaves_title(names: str, after: str) -> bool:
    """Tell whether a title follows. One capitalized phrase and then an imprint is a title, not a name."""
    if not after:
        return False
    if after[0] in '"“*«„‘' or "," in names:
        return True
    people = re.split(r"\s(?:and|und|et|&)\s", names)
    if any(len(name.split()) > 4 for name in people) or len(names.split()) < 2:
        return False
    if len(people) > 1 and any(len(name.split()) < 2 for name in people):
        return False
    return len(divide_sentences(after, 0, len(after))) > 1
