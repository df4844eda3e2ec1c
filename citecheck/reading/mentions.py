"""Finds works and documents that running text names without a reference: “As Lankov contends”.

Only set phrases are taken for mentions, in the present tense of scholars talking of scholars: in a
history book nearly every “Kim noted” is an event.
"""

import re
from collections.abc import Iterator

from citecheck.alphabets import UPPER
from citecheck.citations import CrossReference, OtherReference
from citecheck.patterns import compiled
from citecheck.reading.creators import NAME_PATTERN, read_creators
from citecheck.reading.dates import find_date
from citecheck.reading.found import Found

_CLAIMS = (
    r"(?:argues?|contends?|notes?|suggests?|concludes?|observes?|asserts?|maintains?|points\sout|claims?"
    r"|writes?|remarks?|"
    r"puts\sit|emphasizes?|stresses|reminds\sus|has\s(?:argued|noted|shown|suggested|pointed\sout|observed"
    r"|demonstrated))"
)
# Patterns begin with letters and look back from there: a search for \b would stop at every letter.
_ATTRIBUTION = compiled(
    rf"[Aa](?<!\w[Aa])s\s(?P<who>{NAME_PATTERN}(?:\sand\s{NAME_PATTERN})?)\s(?:rightly\s|aptly\s"
    rf"|correctly\s|also\s)?{_CLAIMS}(?!\w)"
)
_CONCLUDES = re.compile(r"(?:concludes|contends|maintains|asserts)(?=,|\sthat\b|\s[“\"‘])")
_SUBJECT = compiled(rf"(?:^|(?<=[.!?”\"⁰¹²³⁴-⁹]\s))(?!As\s)(?P<who>{NAME_PATTERN})\s$")
_HISTORIANS_SOURCE = compiled(
    rf"[Aa](?<!\w[Aa])ccording\sto\s(?:[\w’-]+\s){{0,4}}(?:documents|sources|records|materials|reports"
    rf"|data)\s(?:obtained|collected|cited|quoted|published|translated|discovered"
    rf"|used)\sby\s(?P<who>{NAME_PATTERN})"
)
_DOCUMENT_NOUN = (
    r"(?:memorandum|memo|record|report|conversation|letter|telegram|cable|note|minutes|protocol|speech)"
)
_CONVERSATION = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he)\s(?:[\w-]+\s){{0,3}}(?:memorandum|memo|record|minutes|protocol)\sof\s(?:a\s"
    rf"|the\s)?conversation\s(?:between|with)\s"
    rf"(?:(?:of|the|to|d['’]|and|from|[{UPPER}][\w.’'-]*)\s){{1,14}}(?P<last>[{UPPER}][\w’'-]*)"
)
_COMPOSED = compiled(
    rf"\b[Tt]he\s(?:[\w-]+\s){{0,5}}{_DOCUMENT_NOUN}\s(?:composed|written|compiled|prepared|drafted"
    rf"|sent)\sby\s(?P<who>{NAME_PATTERN})\sand\s(?:cited|quoted|used"
    rf"|published)\sby\s{NAME_PATTERN}(?:\sas\s[a-z]+\sof\s[a-z]+)?"
)
_ELSEWHERE = re.compile(
    r"(?:cited|quoted|mentioned|discussed|reproduced)\sin\sthe\s(?P<part>introduction|conclusion|preface"
    r"|appendix|previous\schapter|next\schapter|first\schapter|last\schapter)(?:\s(?:to|of)\sth(?:is"
    r"|e)\s\w+)?"
)
_WHAT_IS_ELSEWHERE = re.compile(rf"\b(?:the|a|an)\s(?:[\w-]+\s){{0,3}}{_DOCUMENT_NOUN}\b[^.;()]{{0,120}}?\s$")
_OF_OTHERS = re.compile(r"\s(?:cited|quoted|used|published)\sby\s|\s(?:cites|quotes|refers)\s")
_CITES = compiled(
    rf"(?P<signal>(?:[A-Z][\w\s]{{2,20}},\s)?(?P<who>{NAME_PATTERN})\s(?:also\s)?(?:cites|quotes"
    rf"|refers\sto))\s(?P<what>(?:an?|the|his|her)\s[^.;]{{0,60}}?{_DOCUMENT_NOUN}\b[^;]{{0,200}})"
)


def find_mentions(text: str) -> Iterator[Found]:
    """Yield the mentions in a paragraph, not in order."""
    for match in _ATTRIBUTION.finditer(text):
        yield Found(match.start(), match.end(), OtherReference(read_creators(match.group("who"))))
    for verb in _CONCLUDES.finditer(text):
        left = max(0, verb.start() - 60)
        subject = _SUBJECT.search(text, left, verb.start())
        if subject is not None and (subject.start() > left or left == 0):
            yield Found(subject.start(), verb.end(), OtherReference(read_creators(subject.group("who"))))
    for match in _HISTORIANS_SOURCE.finditer(text):
        yield Found(match.start(), match.end(), OtherReference(read_creators(match.group("who"))))
    if " conversation between " in text or " conversation with " in text:
        for match in _CONVERSATION.finditer(text):
            yield Found(match.start(), match.end(), OtherReference(description=match.group()))
    for match in _ELSEWHERE.finditer(text):
        what = _WHAT_IS_ELSEWHERE.search(text, max(0, match.start() - 160), match.start())
        if what is not None:
            yield Found(what.start(), match.end(), CrossReference("chapter", (match.group("part"),)))


def find_sources_of_others(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the documents that a note cites through another author without naming that author's work.

    “The memo composed by Kovyshenko and cited by Lankov”; “Lankov cites a 12 March 1956 conversation”.
    """
    if not _OF_OTHERS.search(text, start, end):
        return
    for match in _COMPOSED.finditer(text, start, end):
        yield Found(
            match.start(), match.end(), OtherReference(read_creators(match.group("who")), match.group())
        )
    for match in _CITES.finditer(text, start, end):
        date = find_date(text, match.start("what"), match.end("what"))
        what = re.sub(r"^(?:an?|the)\s", "", match.group("what").strip(" ,."))
        if date is not None:
            what = re.sub(r"\s+", " ", what.replace(text[date.start : date.end], "")).strip()
        reference = OtherReference((), what, date.interval if date is not None else None)
        yield Found(
            match.start(),
            match.start("what") + len(match.group("what").rstrip(" ,.")),
            reference,
            match.group("signal"),
        )
