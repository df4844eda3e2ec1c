"""Finds the words of an archival citation that no grammar took: a level, a number or a date that is left over.

What was read of such a citation is true and not the whole truth: “AJ, fond 334, fasc. 12, jed. op. 33” is no
citation of the whole fascicle. So the words are kept with the reference, and nothing is said of what it lacks.

Nothing is read here. A part between commas is of the form that levels, numbers and dates have in one archive or
another, or it is the author's comment. Words that are known as labels are those of all hierarchies of the registry.
"""

import re
from functools import cache

from citecheck.alphabets import UPPER
from citecheck.archives import Registry
from citecheck.citations import Offsets
from citecheck.patterns import compiled
from citecheck.reading.dates import any_date_at
from citecheck.reading.levels import is_label_of_books, is_label_of_pages
from citecheck.reading.repositories import HOUSE, PAPERS

# A part of a reference ends at punctuation; “Fond 5 holds the papers” is a sentence.
_END = r"(?=\s*(?:[,;:)\]]|\.(?=\s|$)|$))"
_SIDE = r"(?:\s?(?:ob|об|зв|v|r|verso|recto|Rs)(?![^\W\d_])\.?)?"
_VALUE = (
    r"(?:(?:№|[Nn][ro°]\.?)\s?)?(?P<value>(?:[^\W\d_]{1,4}[-. ]?)?\d(?:[^\s,;:()\[\].]|[.:(/](?=[\w(])|\)(?=\S))*"
    rf"|[IVXLC]{{1,7}}(?!\w)){_SIDE}"
)
# An abbreviation before a number or behind it: jed. op. 33, 45. ő. e., 1891 g., 3-e d-vo.
_ABBREVIATION = r"[^\W\d_]{1,6}\.(?:\s?[^\W\d_]{1,6}\.)?"
_COUNTED = r"\d[\w/–-]*\.?\s(?:[^\W\d_]{1,6}\.(?:\s?[^\W\d_]{1,2}\.)?|[^\W\d_]-[^\W\d_]{2})"
# Figures with capitals and what joins them: CP 127(38), II-5/4, 2977.
_CODE = (
    r"(?:[^\W\da-z_]{1,6}[ .-])?(?=[^\s,;]*\d)[^\W_a-z]"
    r"(?:[^\W_a-z]|[a-z](?![a-z]{2})|[-–/.:](?=[\w(])|\([^\s()]{1,20}\))*"
)
# In languages that are not known: 12 hapri 1956.
_LIKE_A_DATE = r"\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s\d{4}"


@cache
def _labelled(registry: Registry) -> re.Pattern[str]:
    """Return the pattern of a part that bears a label, whatever archive's it is: box 3, jed. op. 33, 12. old."""
    labels = {
        label
        for hierarchy in registry.hierarchies.values()
        for level in hierarchy.levels
        for label in level.labels
        if len(label) > 2 and label.isalpha()
    }
    words = "|".join(sorted(map(re.escape, labels), key=lambda label: (-len(label), label)))
    return compiled(
        rf"(?<!\w)(?:(?P<label>(?:{words})|{_ABBREVIATION})\s?{_VALUE}|(?P<counted>{_COUNTED})){_END}"
    )


_UNLABELLED = re.compile(rf"(?:{_LIKE_A_DATE}|{_CODE}){_END}")
_AT_END = re.compile(_END)
# Words before such a part belong to it: “rapport du préfet, 4 mai 1938”, “DP III, 1891 g.”
_WORDS = re.compile(r"[^\W\d_][^,;:()\[\]“”\"«»*\n]{1,90},\s+")
_COMMENT = re.compile(
    r"(?:which|who|whom|whose|where|when|as|that|this|these|it|he|she|they|there|though|although|but|however|while"
    r"|since|because|if|so|thus|see|also|cf|compare|cited|citing|quoted|quoting|printed|published|reprinted"
    r"|reproduced|translated|translation|trans|copy|copies|with|without|and|or|in|on|at|for|from|by|to|of|partly"
    r"|now|then|here|not|dont|qui|où|voir|cité|publié|siehe|vgl|abgedruckt|zit|zitiert|см|цит|опубл|lásd|idézi"
    r"|közli|zob|por|cyt|viz|vezi|vedi|en|dans|aus|und|et|és|и|в|по)(?![^\W\d_])"
    r"|[^,]*\b(?:was|were|is|are|had|has|have|said|says|told|wrote|writes|reported|claimed|gives|see)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:\s*\([^()\n]{1,80}\))?(?:\s*(?P<sign>[,:.;])\s+|\s+)(?=\S)")


def unread_tail(text: str, start: int, end: int, registry: Registry) -> Offsets | None:
    """Return the range of the words behind a citation that belong to it and were not read, or None.

    Args:
        text: the passage.
        start: where the citation of a place in an archive ends.
        end: where the next citation begins, or the passage ends.
        registry: the archives that are known.
    """
    tail: Offsets | None = None
    at = start
    while (joint := _JOINT.match(text, at, end)) is not None:
        at = joint.end()
        labelled = _labelled(registry).match(text, at, end)
        part_end = labelled.end() if labelled is not None else None
        if part_end is None and joint["sign"] not in (".", ";"):
            part_end = _unlabelled_end(text, at, end)
            if part_end is None and joint["sign"] == ",":
                part_end = _described_end(text, at, end, registry)
        if part_end is None:
            break
        tail = (at if tail is None else tail[0], part_end)
        at = part_end
    return tail


def _unlabelled_end(text: str, start: int, end: int) -> int | None:
    """Return where a date or a code that begins at ``start`` ends, in any language and calendar."""
    date_end = any_date_at(text, start, end)
    if date_end is not None and _AT_END.match(text, date_end, end):
        return date_end
    part = _UNLABELLED.match(text, start, end)
    return part.end() if part is not None else None


def _described_end(text: str, start: int, end: int, registry: Registry) -> int | None:
    """Return where the part behind words that belong to it ends; comments lead to none."""
    words = _WORDS.match(text, start, end)
    if words is None or is_comment(words.group()):
        return None
    labelled = _labelled(registry).match(text, words.end(), end)
    return labelled.end() if labelled is not None else _unlabelled_end(text, words.end(), end)


_MOST_WORDS = 12


def is_comment(words: str) -> bool:
    """Tell whether words behind a citation comment on it, and do not describe the document: “which he denied”."""
    return _COMMENT.match(words) is not None or words.count(" ") > _MOST_WORDS


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_REPOSITORY = re.compile(rf"\b(?=[{UPPER}])(?:\w*(?:{HOUSE})\w*|{PAPERS})(?!\w)")
# Labels of leaves, which say nothing alone.
_LEAF = re.compile(
    r"f{1,2}\.|fols?\.|foll\.|folios?|fos?\.|bl\.|k\.|l{1,2}\.|л{1,2}\.|арк\.|str\.|p{1,2}\.", re.IGNORECASE
)
# Labels that stand in law books, periodicals and music too, and abbreviations of months.
_ELSEWHERE = re.compile(
    r"(?:pages?|chapters?|chap|sections?|secs?|items?|issues?|numbers?|lines?|figs?|tables?|apps?|appendix|cols?|notes?"
    r"|nn?|documents?|year|god|years?|g|г|r|р|units?|cases?|lists?|v|vv|paras?|eds?|aufl|jg|h|c|ca|b|d|m|op|articles?"
    r"|изд|вып|кн|с|kap|abs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?",
    re.IGNORECASE,
)
# FO 371/84053, CAB 9/CD/88
_SIGNATURE = re.compile(rf"(?<![^\s(])[A-ZÀ-ÞА-Я]{{1,6}}\s?\d{{1,4}}(?:/[\w-]+)+{_END}")


def seems_archival(words: str, registry: Registry) -> bool:
    """Tell whether words that gave no citation give the place of a document in an archive, clearly.

    Two levels that no book has do, and one with a leaf or beside the name of a repository; so does a number of
    three parts behind that name, and the column of a debate.
    """
    levels: set[str] = set()
    leaves = 0
    for part in _labelled(registry).finditer(words):
        label = part["label"]
        if label is None:
            continue
        if _LEAF.fullmatch(label):
            leaves += 1
        elif not _is_elsewhere(label) and not _YEAR.fullmatch(part["value"]):
            levels.add(label)
    levels.update(signature.group() for signature in _SIGNATURE.finditer(words))
    if len(levels) > 1 or (levels and (leaves or _REPOSITORY.search(words))):
        return True
    return _has_number_of_parts(words) or _DEBATE.match(words) is not None


# Historical Archives of Manchuria, Mukden, 1039-2-147; the name opens the words, as in “see the Archives of …”.
_NUMBER_OF_PARTS = re.compile(rf",\s(?P<number>\d+(?:([-/.])\d+)(?:\2\d+)+){_END}")
_WRITTEN_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d\d|\d{4})|\d{4}([./-])\d{1,2}\2\d{1,2}")
# House of Commons Debates, 5th ser., vol. 146, 31 June 1921, cols. 1240-1234
_DEBATE = re.compile(
    rf"[^\W\d_][^,;:()\n]{{0,60}}\bDebates,\s(?:[^;\n]{{0,120}}?,\s)?(?:cols?|columns?)\b\.?\s?\d[\d–-]*{_END}"
)


def _has_number_of_parts(words: str) -> bool:
    """Tell whether words name an archive and then, as a part of their own, a number of three parts or more."""
    for found in _NUMBER_OF_PARTS.finditer(words):
        before = words[: found.start()]
        if _WRITTEN_DATE.fullmatch(found["number"]) is None and _REPOSITORY.search(before) is not None:
            return not any(is_comment(part) for part in before.split(", "))
    return False


def _is_elsewhere(label: str) -> bool:
    return is_label_of_books(label) or is_label_of_pages(label) or _ELSEWHERE.fullmatch(label) is not None
