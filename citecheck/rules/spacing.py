"""PUN704."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from citecheck.citations import Citation
from citecheck.documents import Document
from citecheck.evidence.leads import group_of, read_lead
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import Text, text_of, texts
from citecheck.findings import Applicability, Edit, Fix, Problem, Severity
from citecheck.manuscript import Span
from citecheck.rules import Bad, Good, rule


@rule(
    code="PUN704",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975): 420.\n"
            "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
            "Yang, *Political Systems* (Seoul: Seoul Press, 1994): 326.\n"
            "Suh, *Korean Studies* (Honolulu: University of Hawaii Press, 1994):187.",
            says="there is no space after the colon before the pages; 3 of 4 full citations have one",
            fixed=(
                "Palais, *Politics and Policy* (Cambridge: Harvard University Press, 1975): 420.\n"
                "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
                "Yang, *Political Systems* (Seoul: Seoul Press, 1994): 326.\n"
                "Suh, *Korean Studies* (Honolulu: University of Hawaii Press, 1994): 187."
            ),
        ),
        Bad(
            "Chun Shin-yong, ed., *Economic Life in Korea* (Seoul: Si-sa- yong-o-sa, 1982), 12.",
            says="a space stands behind the hyphen of “sa- yong”",
            fixed="Chun Shin-yong, ed., *Economic Life in Korea* (Seoul: Si-sa-yong-o-sa, 1982), 12.",
        ),
        Bad(
            "Lenin was in favour of it: ‘The party must decide’(Filtzer 1993, 13).\n\nSo was the congress.\n",
            says="there is no space before the parenthesis",
            fixed=(
                "Lenin was in favour of it: ‘The party must decide’ (Filtzer 1993, 13).\n\n"
                "So was the congress.\n"
            ),
        ),
        Bad(
            "Suh, *Kim Il Sung* , 32–38.",
            says="a space stands before the comma",
            fixed="Suh, *Kim Il Sung*, 32–38.",
        ),
        Bad(
            "Suh,  *Kim Il Sung*, 32–38.",
            says="two spaces stand where one belongs",
            fixed="Suh, *Kim Il Sung*, 32–38.",
        ),
        Bad(
            "Suh, *Kim*, 3; Lankov, *Crisis*, 4; Yang, *Systems*, 5; Person, *Plots*, 9.\n"
            "Suh, *Kim*, 8 ; Lankov, *Crisis*, 14.",
            says="a space stands before the semicolon",
            fixed=(
                "Suh, *Kim*, 3; Lankov, *Crisis*, 4; Yang, *Systems*, 5; Person, *Plots*, 9.\n"
                "Suh, *Kim*, 8; Lankov, *Crisis*, 14."
            ),
        ),
        Good("Bloch, *Les Rois thaumaturges*, p. 45 ; Febvre, *Martin Luther*, p. 3."),
        Good(
            "Bloch, *Rois*, p. 45 ; Febvre, *Luther*, p. 3.\nBloch, *Rois*, p. 12 ; Febvre, *Luther*, p. 8.\n"
            "Bloch, *Rois*, p. 46; Febvre, *Luther*, p. 9."
        ),
        Good("Hunya, ed., *Románia: Gazdaság- és politikatörténet*; cf. the pre- and post-war editions."),
        Good(
            "“The product . . . of internal, not international, considerations,” in Suh, *Kim Il Sung*, 32."
        ),
        Good("See http://www.wilsoncenter.org/a(b)c,d;e and Ivanov(a), *Diary*, 12."),
    ),
)
def spacing(document: Document) -> Iterator[Problem]:
    """A space that is missing, doubled or misplaced in or around a citation.

    Whether a space follows the colon before the pages is the author's choice, and the manuscript's own
    usage decides; so it does for a space before a semicolon, which French has. What every style has is reported wherever it fails: a space before an opening bracket,
    none before a comma, none behind the hyphen of a name. “Pre- and post-war” is right.
    """
    yield from _colons(document)
    homes = list(texts(document))
    doubled = [problem for text in homes for problem in _doubled(text)]
    spaces = _Places(homes, _SINGLE_SPACE, frozenset(("note", "entry")))
    if not spaces.make_a_habit_of(len(doubled), _SHARE_OF_DOUBLED):
        yield from doubled
    for fault in _FAULTS:
        problems = [problem for text in homes for problem in fault.problems(text)]
        right = _Places(homes, fault.right, fault.homes)
        if problems and not (
            right.are_too_few(len(problems))
            if fault.is_custom
            else right.make_a_habit_of(len(problems), _SHARE)
        ):
            yield from problems


# ---- what a manuscript does everywhere


_FEW = 5
"""So many faults are never a habit."""
_SHARE = 0.3
# Lines that were justified by spaces have two at every third place or so.
_SHARE_OF_DOUBLED = 0.1
_SINGLE_SPACE = re.compile(r"(?<=\S)\s(?=\S)")
_LEAST_RIGHT = 3


@attrs.frozen
class _Places:
    """The places of a manuscript that are as they should be, counted only where that matters."""

    texts: Sequence[Text]
    pattern: re.Pattern[str]
    homes: frozenset[str]

    @property
    def count(self) -> int:
        return sum(
            1 for text in self.texts if text.home in self.homes for _ in self.pattern.finditer(text.words)
        )

    def make_a_habit_of(self, faults: int, share: float) -> bool:
        """Tell whether the author, or the converter, does it so throughout, which is no slip any more."""
        return faults > _FEW and faults > share * (faults + self.count)

    def are_too_few(self, faults: int) -> bool:
        """Tell whether the manuscript does not show that it has the usage from which the faults would differ."""
        count = self.count
        return count < _LEAST_RIGHT or faults > _SHARE * (faults + count)


# ---- the colon before the pages


def _colons(document: Document) -> Iterator[Problem]:
    groups: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in document.citations:
        group = group_of(citation)
        lead = read_lead(citation)
        # References in the text are compared by locator-spacing (STY617).
        if group is not None and citation.in_note is not None and lead is not None and lead.mark == ":":
            groups[group].append(citation)
    for group, citations in groups.items():
        found = usage(citations, _has_space, share=0.7)
        if found is None:
            continue
        for citation, spaced in found.odd:
            lead = read_lead(citation)
            assert lead is not None
            text, at = text_of(citation, document), citation.start + lead.start + 1
            which = "a space follows" if spaced else "there is no space after"
            yield text.problem(
                at - 1,
                at + 1,
                f"{which} the colon before the pages; "
                f"{found.count} of {found.total} {group} have {'none' if spaced else 'one'}",
                help="leave the space out" if spaced else "add a space",
                fix=text.fix(at, at + 1, "") if spaced else text.fix(at, at, " "),
            )


def _has_space(citation: Citation) -> bool | None:
    lead = read_lead(citation)
    return lead.spaced if lead is not None else None


# ---- what is wrong in every style


@attrs.frozen
class _Fault:
    """One way to get a space wrong.

    Group ``at`` of the pattern is the range to be replaced by ``replacement``.
    """

    pattern: re.Pattern[str]
    right: re.Pattern[str]
    """The same place as it should be: a manuscript that mostly has the other means it."""
    message: Callable[[re.Match[str]], str]
    help: str
    replacement: str
    homes: frozenset[str] = frozenset(("note", "entry"))
    applicability: Applicability = Applicability.SAFE
    """Unsafe where a name or a title is read otherwise afterwards."""
    is_custom: bool = False
    """Whether some language wants it so: then only a manuscript that shows another usage has the fault."""

    def problems(self, text: Text) -> Iterable[Problem]:
        if text.home not in self.homes:
            return
        for match in self.pattern.finditer(text.words):
            if text.is_damaged:
                return
            start, end = match.span("at")
            # A space that stands for the end of a line is no fault of the author's.
            if not text.passage.is_literal(match.start(), match.end()) or _in_address(text.words, start):
                continue
            yield text.problem(
                start if end > start else start - 1,
                end if end > start else end + 1,
                self.message(match),
                help=self.help,
                fix=text.fix(start, end, self.replacement, self.applicability),
            )


def _doubled(text: Text) -> Iterator[Problem]:
    """Yield the places where two spaces stand that were read as one; behind a sentence they are a typist's habit."""
    manuscript = text.document.manuscript
    if manuscript.format != "plain" or text.home == "body" or text.is_damaged:
        return
    for piece in text.passage.pieces:
        spaces = manuscript.text[piece.start : piece.end]
        if piece.literal or len(spaces) < 2 or spaces.strip(" ") or piece.offset == 0:
            continue
        if text.words[piece.offset - 1] not in ".!?:…" and not _in_address(text.words, piece.offset):
            yield text.problem(
                piece.offset,
                piece.offset + 1,
                "two spaces stand where one belongs",
                help="leave one",
                fix=Fix(Applicability.SAFE, (Edit(Span(piece.start, piece.end), " "),)),
            )


def _in_address(words: str, at: int) -> bool:
    """Tell whether an offset lies in a web or mail address."""
    begin = max(words.rfind(" ", max(0, at - 300), at), 0)
    return re.search(r"://|www\.|@\w|doi\.org", words[begin:at]) is not None


def _says(message: str) -> Callable[[re.Match[str]], str]:
    return lambda match: message


# Where quotations and references stand; the rest of the prose is no matter of citing.
_ANYWHERE = frozenset(("body", "note", "entry"))
# Words before which a hyphen may hang: “pre- and post-war”, “Vor- und Nachteile”.
_JOINING = (
    r"(?:and|or|to|nor|but|rather|through|versus|vs|und|oder|bzw|bis|sowie|et|ou|és|vagy|illetve|i|и|или|та|a|oraz|lub"
    r"|e|o|y|och|eller|og|en|of|as)\b"
)
# Each begins with the character that the fault needs and looks back from there: a pattern that begins with a
# look behind is tried at every letter of a text.
_FAULTS = (
    _Fault(
        re.compile(r"(?P<at>)\((?<=[”’\"»…]\()(?=\w)"),
        re.compile(r"[”’\"»…]\s\(\w"),
        _says("there is no space before the parenthesis"),
        "add a space",
        " ",
        _ANYWHERE,
    ),
    _Fault(
        re.compile(r"[.,;:!?](?<=[a-zà-ÿа-я)][.,;:!?])(?P<at>)[“‘„](?=\w)"),
        re.compile(r"[.,;:!?]\s[“‘„]\w"),
        _says("there is no space before the opening quotation mark"),
        "add a space",
        " ",
        _ANYWHERE,
    ),
    _Fault(
        re.compile(r"-(?P<at> )(?<=[^\W\d_]- )(?!" + _JOINING + r")(?=[^\W\d_])"),
        re.compile(r"[^\W\d_]-[^\W\d_]"),
        lambda match: f"a space stands behind the hyphen of “{_around(match)}”",
        "leave the space out",
        "",
        applicability=Applicability.UNSAFE,
    ),
    _Fault(
        re.compile(r"-(?P<at>)(?<=[^\W\d_]{3}-)(?=(?:és|und|oder|vagy|illetve)\s)"),
        re.compile(r"-\s(?:és|und|oder|vagy|illetve)\s"),
        lambda match: f"a space is missing behind the hyphen of “{_around(match)}”",
        "add a space",
        " ",
        applicability=Applicability.UNSAFE,
    ),
    _Fault(
        re.compile(r"[’'](?P<at> )(?<=\b[dlDL][’'] )(?=[^\W\d_])"),
        re.compile(r"\b[dlDL][’'][^\W\d_]"),
        _says("a space stands behind the apostrophe"),
        "leave the space out",
        "",
        applicability=Applicability.UNSAFE,
    ),
    _Fault(
        re.compile(r"(?P<at> (?<=[\w*”’\"»)\]] ) {0,8}),(?=\s)"),
        re.compile(r"[\w*”’\"»)\]],(?=\s)"),
        _says("a space stands before the comma"),
        "leave the space out",
        "",
    ),
    _Fault(
        re.compile(r"(?P<at> (?<=[\w*”’\"»)\].] ) {0,8});(?=\s)"),
        re.compile(r"[\w*”’\"»)\].];(?=\s)"),
        _says("a space stands before the semicolon"),
        "leave the space out",
        "",
        is_custom=True,
    ),
    _Fault(
        # Not the first point of a spaced ellipsis.
        re.compile(r"(?P<at> )\.(?<=[^\W\d_]{2} \.)(?=\s+[A-ZÀ-ÞА-Я]|$)"),
        re.compile(r"[^\W\d_]{2}\.(?=\s+[A-ZÀ-ÞА-Я]|$)"),
        _says("a space stands before the full stop"),
        "leave the space out",
        "",
    ),
    _Fault(
        re.compile(
            r",(?P<at>)(?:(?<=[a-zà-ÿа-я]{2},)(?=[A-ZÀ-Þa-zà-ÿА-Яа-я]{2}|(?:1[5-9]|20)\d\d\b)|(?<=[Ii]bid\.,)(?=\d))"
        ),
        re.compile(r"(?:[a-zà-ÿа-я]{2}|[Ii]bid\.),\s(?=[A-ZÀ-Þa-zà-ÿА-Яа-я]{2}|\d)"),
        _says("there is no space after the comma"),
        "add a space",
        " ",
    ),
    _Fault(
        re.compile(r";(?P<at>)(?<=[\w)”’\"»];)(?=[A-ZÀ-ÞА-Я“\"*])"),
        re.compile(r"[\w)”’\"»];\s[A-ZÀ-ÞА-Я“\"*]"),
        _says("there is no space after the semicolon"),
        "add a space",
        " ",
    ),
    _Fault(
        re.compile(r"\*(?P<at>)(?<=[a-zà-ÿ][.,]\*)(?=[A-ZÀ-Þ][a-z])"),
        re.compile(r"[.,]\*\s[A-ZÀ-Þ][a-z]"),
        _says("there is no space after the title"),
        "add a space",
        " ",
    ),
)


def _around(match: re.Match[str]) -> str:
    """Return the words on both sides of a match, for a message."""
    words = match.string
    before = re.search(r"\w*$", words[max(0, match.start() - 30) : match.start()])
    after = re.match(r"\w*", words[match.end() : match.end() + 30])
    return f"{before.group() if before else ''}{match.group()}{after.group() if after else ''}"
