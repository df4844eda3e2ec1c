"""Says of each line of a text whether it stands in the body, the notes, the bibliography or a list of abbreviations."""

import re
from collections.abc import Sequence
from typing import Literal

from citecheck.readers.lines import Line
from citecheck.readers.listed_entries import is_subheading

_HEADING_WORDS = {
    "notes": r"(?:(?:end|foot)?notes?(?:\s+to\s+.{1,60})?|anmerkungen|fu(?:ß|ss)noten|примечания|сноски|"
    r"примітки|jegyzetek|přípisky|poznámky|przypisy|note\s+de\s+subsol|notas|shënime|бележки)",
    "bibliography": r"(?:(?:selected?\s+|select\s+)?bibliograph(?:y|ie|ia)|references|(?:list\s+of\s+)?works\s+cited|"
    r"list\s+of\s+references|literature|literatur(?:verzeichnis)?|bibliografi[aey]|источники\s+и\s+литература|"
    r"(?:список\s+)?литератур[аы]|список\s+использованн\w+\s.{3,60}|библиография|bibliográfia|"
    r"(?:felhasznált\s+)?irodalom|literatura|bibliographie|quellen(?:-\s+und\s+literatur)?verzeichnis)",
    "abbreviations": r"(?:(?:list\s+of\s+)?abbreviations?(?:\s+(?:used|and)\b.{0,50})?|abkürzungen|abkürzungsverzeichnis|"
    r"(?:список\s+)?сокращени[яй]|rövidítések|wykaz\s+skrótów|abréviations|seznam\s+zkratek)",
    "other": r"(?:index|appendix(?:\s+\w+)?|(?:document\s+)?appendi(?:x|ces)|acknowledge?ments?|contents|table\s+of\s+contents|"
    r"about\s+the\s+authors?|glossary|preface|introduction|conclusions?|epilogue|"
    r"(?:part|chapter)\s+(?:\d{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten)\b.{0,120})",
}
_HEADINGS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _HEADING_WORDS.items()}

# “14.”, “- 14.”, “[14]”, “14)”, “¹⁴”; OCR leaves I, l, O and | for 1 and 0. A digit right after the
# stop (“4.5 million”) or a second number (“8–10.”) makes it something else.
LABEL = re.compile(
    r"(?P<bullet>[-*•–]\s+)?"
    r"(?:\[\s?(?P<bracketed>[\dIlO]{1,4})\s?\]|(?P<dotted>[\dIlO|]{1,4})\s?[.)](?=\s|$)|(?P<raised>[⁰¹²³⁴-⁹]{1,4}))[ \t ]*"
)
ABBREVIATION = re.compile(
    r"[-*•–]?\s*([^\W\d_][\w.’'/&-]{0,14}(?: [A-ZА-ЯĆŚŽ]{1,6})?)(?:\t+| {2,}|\s*[=:–—]\s*|\s+)(\S.*)"
)

Region = Literal["body", "notes", "bibliography", "abbreviations"]


def heading_kind(text: str) -> str | None:
    """Tell what part of a text a heading opens (``notes``, ``bibliography`` …), or None if it opens none."""
    bare = re.sub(r"^(?:\d{1,2}\.?|[IVX]{1,5}\.)\s+(?=\D)", "", text.strip("#*_ \t:.="))
    if not bare or len(bare) > 140:
        return None
    for kind, words in _HEADINGS.items():
        if words.fullmatch(bare):
            return kind
    return None


def regions_of(lines: Sequence[Line]) -> list[tuple[Region, str | None]]:
    """Say of each line in which part of the text it stands, and under which heading."""
    found: list[tuple[Region, str | None]] = []
    region: Region = "body"
    heading: str | None = None
    for position, line in enumerate(lines):
        kind = None
        if line.text and not _ends_sentence(lines, position) and not _is_in_contents(lines, position):
            kind = heading_kind(line.text)
        if kind is not None and region == "notes" and kind == "other" and not _leaves_notes(lines, position):
            kind = None
        if kind == "other":
            region, heading = "body", None
        elif kind in ("notes", "bibliography", "abbreviations"):
            region, heading = kind, None  # type: ignore[assignment]
        elif region == "bibliography" and _first_note(line.text) and _has_entry(lines, position):
            # What pandoc and Word save as plain text puts the notes last, under no heading of their own.
            region, heading = "notes", None
        elif region == "bibliography" and line.text and is_subheading(line.text):
            heading = line.text.strip("#*_ :")
        elif (region == "abbreviations" and line.text and not ABBREVIATION.fullmatch(line.text)) or (
            region == "abbreviations" and len(line.text) > 160
        ):
            region = "body"
        found.append((region if kind is None else "body", heading))
    return found


def _ends_sentence(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line goes on with what the line above it began: “… textbooks and”, “literature.”."""
    above = lines[position - 1].text if position else ""
    return len(above) > 40 and (above[-1].islower() or above[-1] in ",-–—(“")


_PAGES_ALONE = re.compile(r"\(?pp?\.\s?[\divxlc]{1,6}(?:\s?[-–—]\s?[\divxlc]{1,6})?\)?", re.IGNORECASE)


def _is_in_contents(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line names a part of the text in a table of contents: its pages stand below it."""
    following = next((line.text for line in lines[position + 1 : position + 4] if line.text), "")
    return _PAGES_ALONE.fullmatch(following) is not None


def _first_note(text: str) -> bool:
    match = LABEL.match(text)
    return match is not None and (match.group("bracketed") == "1" or match.group("raised") in ("1", "¹"))


def _has_entry(lines: Sequence[Line], position: int) -> bool:
    """Tell whether entries without numbers stand before a line; a numbered bibliography begins with its number."""
    before = next((line.text for line in reversed(lines[:position]) if line.text), "")
    return heading_kind(before) is None


def _leaves_notes(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a chapter heading ends a list of notes, or only divides it."""
    following = [line.text for line in lines[position + 1 : position + 12] if line.text][:2]
    return not any(LABEL.match(text) for text in following)
