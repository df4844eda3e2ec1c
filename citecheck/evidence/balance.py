"""Brackets and quotation marks that have lost their partner.

Brackets are simple. Quotation marks are not: an apostrophe looks like a closing mark, a straight mark
opens and closes, and a quotation of several paragraphs opens again with each. So a mark counts as
stray only where no other reading of the text is left.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs


@attrs.frozen
class Stray:
    """A mark without its partner: where it stands, and whether it opens or closes.

    ``partner`` is the mark of another kind that stands in the partner's place, and ``partner_at`` where.
    """

    start: int
    mark: str
    opens: bool
    partner: str = ""
    partner_at: int = -1

    @property
    def end(self) -> int:
        """Where the mark ends."""
        return self.start + len(self.mark)


# Marks are looked for no deeper and no farther back than this: damaged text must cost no more than good.
_DEEPEST = 20
_FARTHEST_BACK = 3000


@attrs.frozen
class Quotes:
    """What the quotation marks of a text come to: how many make pairs, and which are stray."""

    pairs: int
    stray: tuple[Stray, ...]


# ---- brackets

_BRACKET = re.compile(r"[()\[\]]")
_PARTNERS = {")": "(", "]": "["}
# “1)”, “a)”, “iv)”: a number in a list.
_ENUMERATOR = re.compile(r"(?:^|[\s;,.:(])(?:\d{1,3}|[^\W\d_]|[ivx]{1,5})$")


def stray_brackets(text: str) -> list[Stray]:
    """Return the round and square brackets of a text that are opened and never closed, or the reverse."""
    opened: list[Stray] = []
    found: list[Stray] = []
    for match in _BRACKET.finditer(text):
        mark, at = match.group(), match.start()
        if mark in "([":
            opened.append(Stray(at, mark, opens=True))
        elif any(bracket.mark == _PARTNERS[mark] for bracket in opened[-_DEEPEST:]):
            while opened[-1].mark != _PARTNERS[mark]:
                found.append(opened.pop())
            opened.pop()
        elif not _ENUMERATOR.search(text, max(0, at - 6), at):
            found.append(Stray(at, mark, opens=False))
    return sorted([*found, *opened], key=lambda stray: stray.start)


# ---- double quotation marks

_DOUBLE = re.compile(r"[“”„\"«»]|’’(?!’)|''(?!')")
_OPENING_BEFORE = frozenset(" \t\n\u00a0\u202f([{—–-/‘'*“„«»…")
_CLOSERS = {"“": "”", "„": '“”"', '"': '"', "«": "»", "»": "«"}


def double_quotes(text: str) -> Quotes:
    """Match the double quotation marks of a text."""
    opened: list[Stray] = []
    found: list[Stray] = []
    pairs = 0
    for match in _DOUBLE.finditer(text):
        mark, at = match.group(), match.start()
        if mark in ("’’", "''"):
            # Two single marks for a double one: “legality’’. After ‘ they are what they look like.
            if opened and opened[-1].mark in '“"' and text.rfind("‘", _since(opened[-1], at), at) < 0:
                found.append(attrs.evolve(opened.pop(), partner=mark, partner_at=at))
        elif _opens(text, mark, at, opened):
            opened.append(Stray(at, mark, opens=True))
        elif opened:
            _close(mark, opened)
            pairs += 1
        elif not _is_measure(text, mark, at):
            found.append(Stray(at, mark, opens=False))
    return Quotes(pairs, tuple(sorted([*found, *opened], key=lambda stray: stray.start)))


def _since(opening: Stray, at: int) -> int:
    return max(opening.start, at - _FARTHEST_BACK)


def _opens(text: str, mark: str, at: int, opened: Sequence[Stray]) -> bool:
    """Tell whether a mark opens a quotation, by what stands around it and what is open."""
    inner = opened[-1].mark if opened else ""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    may_open = before in _OPENING_BEFORE and not after.isspace()
    may_close = not before.isspace() and before not in "([{"
    match mark:
        case "„":
            return True
        case "”":
            return False
        case "“":
            # The mark that opens an English quotation closes a German one.
            return inner != "„"
        case "«" | "»":
            # French and Russian quotations open with «, often with a space inside, German ones with ».
            return inner != ("»" if mark == "«" else "«") and (mark == "«" or may_open)
        case _:
            return may_open and not (may_close and inner == mark)


def _close(mark: str, opened: list[Stray]) -> None:
    """Take away what a closing mark closes: the innermost quotation that it fits, or else the innermost."""
    for place in range(len(opened) - 1, max(-1, len(opened) - 1 - _DEEPEST), -1):
        if mark in _CLOSERS.get(opened[place].mark, ""):
            del opened[place]
            return
    opened.pop()


def _is_measure(text: str, mark: str, at: int) -> bool:
    """Tell whether a straight mark after a figure stands for inches or minutes."""
    return mark == '"' and at > 0 and text[at - 1].isdigit()


# ---- single quotation marks


_SINGLE = re.compile(r"[‘’']")
# Words that begin with an apostrophe.
_ELIDED = re.compile(
    r"(?:tis|twas|em|til|till|round|cause|bout|n|s|t|d|ll|re|ve|\d0s|\d\d)(?!\w)", re.IGNORECASE
)
# The Arabic letter ‘ayn at the head of a name.
_AYN = re.compile(
    r"(?:Abb[aā]s|Abd|Al[iī]|Amr|[IĪ]s[aā]|Izz|Ubayd|[Uu]lam[aā]|Um[aā]r|Ur[aā]b[iī]|Uthm[aā]n)(?![^\W_])"
)
_LONGEST_WRONG_PAIR = 60
# A plural in the genitive ends in s and an apostrophe; so do names in x and z.
_GENITIVE = frozenset("sxzSXZ")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")


def single_quotes(text: str, is_word: Callable[[str], bool]) -> Quotes:
    """Match the single quotation marks of a text.

    Args:
        text: what to look at.
        is_word: whether the manuscript has a word by itself elsewhere. A mark behind a word that it has
            not is taken for a part of that word (oblast’, goin’).
    """
    opened: list[Stray] = []
    found: list[Stray] = []
    pairs = 0
    # Whether the last quotation was closed by what may have been a genitive: “the workers’ councils’ power”.
    doubtful = False
    for match in _SINGLE.finditer(text):
        mark, at = match.group(), match.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if mark != "’" and _may_open(text, mark, at, before, after):
            opened.append(Stray(at, mark, opens=True))
        elif mark == "‘" or before.isspace() or after.isalnum() or after == "’" or before == "’":
            continue
        elif opened:
            closed = opened.pop()
            pairs += 1
            doubtful = before in _GENITIVE
            if {closed.mark, mark} != {"‘", "’"} and closed.mark != mark:
                found.append(attrs.evolve(closed, partner=mark, partner_at=at))
        elif doubtful:
            doubtful = before in _GENITIVE
        elif mark == "’" and before not in _GENITIVE and not before.isdigit():
            word = _WORD_BEFORE.search(text, max(0, at - 40), at)
            if word is None or (len(word.group()) > 1 and is_word(word.group())):
                _add_unopened(found, Stray(at, mark, opens=False))
    return Quotes(pairs, tuple(sorted([*found, *opened], key=lambda stray: stray.start)))


def _add_unopened(found: list[Stray], stray: Stray) -> None:
    """Add a mark that closes nothing; two of them near each other are a pair with a wrong first mark."""
    last = found[-1] if found else None
    if last is not None and not last.opens and stray.start - last.start <= _LONGEST_WRONG_PAIR:
        found[-1] = Stray(last.start, last.mark, opens=True, partner=stray.mark, partner_at=stray.start)
    else:
        found.append(stray)


def _may_open(text: str, mark: str, at: int, before: str, after: str) -> bool:
    if not (after.isalnum() or after in '“"„.…[(*'):
        return False
    if mark == "‘":
        return not before.isalnum() and _AYN.match(text, at + 1) is None
    return (before in _OPENING_BEFORE or before in ':“"') and _ELIDED.match(text, at + 1) is None


# ---- quotations over several paragraphs

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]*_]*(?:\[?[\d⁰¹²³⁴-⁹]+\]?)?\s*$")
_REOPENS = re.compile(r"[\s*_\[(]*[“\"„«‘']")
_LEADING = " *_“\"„«‘'([…"


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends where a sentence may."""
    return _SENTENCE_END.search(text, max(0, len(text) - 40)) is not None


def is_cut(text: str) -> bool:
    """Tell whether a paragraph breaks off inside a sentence, as at the end of a page; a heading does not."""
    return (len(text) > 80 or goes_on(text)) and not text.endswith(":") and not ends_sentence(text)


def goes_on(text: str) -> bool:
    """Tell whether a paragraph begins inside a sentence, as at the head of a page."""
    return text[:80].lstrip(_LEADING)[:1].islower()


def stray_in_paragraphs(
    paragraphs: Iterable[str], strays_of: Callable[[str], Sequence[Stray]]
) -> Iterator[list[Stray]]:
    """Yield the stray quotation marks of each paragraph, where quotations may go on from one to the next.

    A quotation of several paragraphs opens again with each and closes with the last. Where a page break
    or a lost page cuts a paragraph, the partner of a mark may lie on the other side.
    """
    sure: list[Stray] | None = None
    waiting: list[Stray] = []
    cut = False
    for text in paragraphs:
        strays = strays_of(text)
        unopened = [stray for stray in strays if not stray.opens]
        unclosed = [stray for stray in strays if stray.opens and not stray.partner]
        if sure is not None:
            yield sure if unopened or _REOPENS.match(text) else [*sure, *waiting]
        if waiting or cut or goes_on(text):
            del unopened[:1]
        sure = [*unopened, *(stray for stray in strays if stray.partner)]
        cut = is_cut(text)
        waiting = unclosed if ends_sentence(text) else []
    if sure is not None:
        yield [*sure, *waiting]
