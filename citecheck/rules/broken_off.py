"""TXT904."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.balance import stray_brackets
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import Home, Text, texts
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT904",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Memorandum of Conversation with Nam Il, 6 December 1955, RGANI, Fond 5, Opis 28, Delo 412, "
            "Listy 4-5.\n"
            "Ibid.\nLankov, *Crisis in North Korea*, 19.\n"
            "As evidence, Lankov cites a conversation with the counselor of the Soviet embassy, S.N.",
            says="the note breaks off at the initials of a name",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 32–38.\nIbid., 40.\nLankov, *Crisis in North Korea*, 19.\nIbid., 63.\n"
            "Memorandum of Conversation with the Bulgarian Ambassador, 10 May 1956, RGA",
            says="the note ends without a full stop; 4 of 5 notes have one",
        ),
        # A list of archives in a bibliography.
        Good(
            "Bibliography\n\nArkhiv vneshnei politiki Rossiiskoi Federatsii, Moscow (AVPRF)\n\n"
            "Lankov, Andrei. Crisis in North Korea. Honolulu: University of Hawaii Press, 2005.\n\n"
            "Person, James. We Need Help from Outside. Washington: CWIHP, 2006.\n\n"
            "Suh, Dae-sook. Kim Il Sung. New York: Columbia University Press, 1988.\n\n"
            "Szalontai, Balázs. Kim Il Sung in the Khrushchev Era. Stanford: Stanford University Press, 2005."
        ),
        Good("Suh, *Kim Il Sung*, 32–38\nIbid., 40\nLankov, *Crisis in North Korea*, 19\nIbid., 20."),
        Good(
            "The prints are in Washington, D.C.\nSuh, *Kim Il Sung*, 32–38.\n"
            "http://www.wilsoncenter.org/cwihp"
        ),
    ),
)
def broken_off(document: Document) -> Iterator[Problem]:
    """A note, an entry or a line of source that stops in the middle.

    Its end was lost in conversion, or the author never came back to it. Where most notes of the manuscript
    close with a full stop, one without is probably not whole; one that ends with initials lacks the name.
    """
    homes: tuple[Home, ...] = ("note", "entry")
    for home in homes:
        group = [
            text
            for text in texts(document, home)
            if any(map(str.isalnum, text.words)) and not _lists_archive(text)
        ]
        found = usage(group, _is_closed, share=0.8)
        # Where most notes have no full stop, those that have one are not the odd ones.
        if found is not None and found.form:
            others = f"{found.count} of {found.total} {_PLURAL[home]} have one"
            yield from (
                _problem(text, f"the {home} ends without a full stop; {others}") for text, _ in found.odd
            )
        for text in group:
            if _INITIALS.search(text.words, max(0, len(text.words) - 20)):
                yield _problem(text, f"the {home} breaks off at the initials of a name")
    yield from _sources(document)


def _lists_archive(text: Text) -> bool:
    """Tell whether an entry is a line of a list of archives, which no full stop closes."""
    return text.entry is not None and text.entry.reference.genre == "collection"


_PLURAL = {"note": "notes", "entry": "entries"}
_CLOSED = re.compile(r"[.!?…。][\s\"”’'»)\]*_]*$")
# An address may end without a full stop so that nobody takes it for a part of the address.
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org|doi:)\S+$")
# A comma or semicolon at the end is a matter of trailing-separator (PUN706).
_SEPARATED = re.compile(r"[,;]\s*$")
# Two letters with stops that are no initials: “Washington, D.C.”, “A.D.”
_PLACES = r"D\.C|U\.S|U\.K|U\.N|N\.[YJCHMD]|S\.[CD]|R\.I|B\.C|A\.D|C\.E|P\.R"
_INITIALS = re.compile(rf"(?:,|\band|\bby|\bsee)\s+(?!(?:{_PLACES})\.)(?:[A-ZА-Я]\.\s?){{2}}$")


def _is_closed(text: Text) -> bool | None:
    words = text.words
    tail = words[-300:]
    if _ADDRESS.search(tail) or _SEPARATED.search(tail):
        return None
    return _CLOSED.search(tail) is not None


def _problem(text: Text, message: str) -> Problem:
    words = text.words.rstrip()
    last = words.rfind(" ", max(0, len(words) - 60)) + 1
    return text.problem(
        last,
        len(words),
        message,
        label="is something lost here?",
        help="add what is missing, or the full stop",
    )


def _sources(document: Document) -> Iterator[Problem]:
    """Report a source named in brackets under a printed document, if the bracket is never closed."""
    for text in texts(document, "body"):
        if not text.words.startswith("[") or _CLOSED.search(text.words[-20:]):
            continue
        if any(citation.start == 0 for citation in text.citations) and stray_brackets(text.words):
            words = text.words.rstrip()
            last = words.rfind(" ") + 1
            yield text.problem(
                last,
                len(words),
                "the source breaks off: its bracket is never closed",
                label="nothing follows",
                help="add what is missing, and the closing bracket",
            )
