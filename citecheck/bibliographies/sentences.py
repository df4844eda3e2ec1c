"""Divides an entry into sentences; abbreviations, initials and what brackets hold end none."""

import re

from citecheck.alphabets import UPPER
from citecheck.citations import Offsets

_ORDINAL = re.compile(r"(?:\d(?:st|nd|rd|th|d)|[Rr]ev|[Ss]econd|[Tt]hird|[Nn]ew|enl)\.?,?\s\w*$")

# Where a sentence of an entry may end. The stop may stand inside the closing mark, and the space be lost.
_SENTENCE_END = re.compile(
    rf"[.?!…](?P<close>[*\"”’'»)\]]*)(?:\s+(?=[{UPPER}\"“‘«„*'\d(\[\\]|http)|(?<=[*])(?=[A-Z])|$)"
)
_NO_END = frozenset(
    """vol vols no nos nr pp p trans transl co inc ltd corp bros st dr mr mrs prof diss ph univ repr rev art
    bd t vs ca c pt wm ch chr chas geo jos th gh kh zh ts gy sz zs cs iu ia yu ya""".split()  # noqa: SIM905
)


def divide_sentences(text: str, start: int, end: int) -> list[Offsets]:
    """Return the sentences of ``text[start:end]``, each without its full stop."""
    found: list[Offsets] = []
    begin = start
    while begin < end and text[begin] in ' \t\n .,;*"”’':
        if text[begin] in '*"' and text[begin + 1 : begin + 2].isalnum():
            break
        begin += 1
    depth_from = begin
    for match in _SENTENCE_END.finditer(text, begin, end):
        stop = match.start()
        if (
            stop < begin
            or not _may_end(text, begin, stop)
            or _is_enclosed(text, depth_from, stop, match.end("close"))
        ):
            continue
        keeps_stop = text[stop] != "." or text.endswith("...", begin, stop + 1)
        finish = match.end("close") if match.group("close") else stop + keeps_stop
        found.append((begin, finish))
        begin = depth_from = match.end()
    if begin < end and text[begin:end].strip(" .,"):
        found.append((begin, len(text[:end].rstrip(" ."))))
    return found


def _may_end(text: str, start: int, stop: int) -> bool:
    if text[stop] != ".":
        return True
    word = re.search(r"[^\W_]*$", text[start:stop])
    bare = word.group() if word is not None else ""
    if len(bare) == 1 and bare.isupper():
        return _is_last_initial(text, start, stop, bare)
    if bare.lower() in _NO_END:
        # “3 vols.” ends a sentence, “vols. 1–3” begins one.
        return re.search(r"\d\svols?$", text[start:stop]) is not None
    if bare.lower() in ("ed", "eds"):
        # “2nd ed.” ends a sentence; “edited by”, shortened, does not.
        return _ORDINAL.search(text[start:stop]) is not None
    return True


def _is_last_initial(text: str, start: int, stop: int, letter: str) -> bool:
    """Tell whether a sentence ends after a single capital: “Part I.”, “and Schramm, T. Leipzig: …”."""
    before = text[start : stop - 1]
    if letter == "I" and re.search(r"[a-z]{3}\s$", before):
        return True
    return before.endswith(", ") and re.match(r"\.\s+[A-ZÀ-Þ][^.:;\d]{1,40}:\s", text[stop:]) is not None


def _is_enclosed(text: str, start: int, stop: int, finish: int) -> bool:
    """Tell whether a stop lies inside brackets, italics or quotation marks that go on after it."""
    inside = text[start:stop]
    after = text[stop:finish]
    if inside.count("(") > inside.count(")") and ")" not in after:
        return True
    if inside.count("*") % 2 == 1 and "*" not in after:
        return True
    return inside.count("“") > inside.count("”") and "”" not in after
