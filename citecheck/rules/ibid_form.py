"""STY605."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

import attrs

from citecheck.citations import Citation, IbidReference
from citecheck.documents import Document
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import Text, text_of
from citecheck.findings import Applicability, Problem, Severity
from citecheck.patterns import compiled
from citecheck.rules import Bad, Good, rule
from citecheck.vocabulary import word_list, words_pattern


@rule(
    code="STY605",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Suh, *Kim Il Sung*, 32.\n*Ibid.*\n*Ibid.*, p. 40.\n*Ibid.*\n*Ibid*, p. 26.",
            says="“Ibid” has no full stop; 3 of 4 have one",
            fixed="Suh, *Kim Il Sung*, 32.\n*Ibid.*\n*Ibid.*, p. 40.\n*Ibid.*\n*Ibid.*, p. 26.",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 32.\nIbid., 34.\nIbid., 40.\nIbid., 44.\nIbid. 46.",
            says="“Ibid.” is not followed by a comma; 3 of 4 are",
            fixed="Suh, *Kim Il Sung*, 32.\nIbid., 34.\nIbid., 40.\nIbid., 44.\nIbid., 46.",
        ),
        Bad(
            "Suh, *Kim Il Sung*, 32.\nIbid., 34.\nIbid., 40.\nIbid., 44.\n*Ibid.*, 46.",
            says="“Ibid.” is in italics; 3 of 4 are not",
        ),
        Bad(
            "It was so (Kusin, 1971: 97), and (ibid.: 98) otherwise (ibid.: 99); later (ibid.: 100) not (ibid: 101).\n\n"
            "References\n\nKusin, V. (1971) The Intellectual Origins of the Prague Spring. Cambridge: CUP.",
            says="“ibid” has no full stop; 3 of 4 have one",
            fixed="It was so (Kusin, 1971: 97), and (ibid.: 98) otherwise (ibid.: 99); later (ibid.: 100) not (ibid.: 101).\n\n"
            "References\n\nKusin, V. (1971) The Intellectual Origins of the Prague Spring. Cambridge: CUP.",
        ),
        Good("Suh, *Kim Il Sung*, 32.\nIbid., 34; ibid., 36.\nIbid.\nIbid., 44.\nCf. ibid., 46."),
    ),
)
def ibid_form(document: Document) -> Iterator[Problem]:
    """An *ibid.* written unlike the others: without its full stop, in italics, without the comma.

    Ibid. stands for ibidem and keeps its full stop in every English style. Whether it is in italics, and
    whether a comma parts it from the page, is the author's choice, made once. Notes and references in
    the text are compared apart.
    """
    groups: defaultdict[tuple[bool, str], list[_Ibid]] = defaultdict(list)
    for citation in document.citations:
        ibid = _read(citation, document) if isinstance(citation.reference, IbidReference) else None
        if ibid is not None:
            groups[citation.in_note is None, ibid.word.casefold()].append(ibid)
    for group in groups.values():
        for aspect in _ASPECTS:
            found = usage(group, aspect.form_of, share=0.7)
            if found is None:
                continue
            for odd, has in found.odd:
                yield _problem(
                    odd, has, aspect, f"{found.count} of {found.total} {aspect.others[found.form]}"
                )


@attrs.frozen
class _Ibid:
    """An ibid. in its text: the word, what stands round it, and where the full stop belongs."""

    text: Text
    start: int
    end: int
    word: str
    stop_at: int
    stopped: bool
    italic: bool
    comma: bool | None


_FORMS = word_list("repetitions", "ibid", "ibid_or_else", "op_cit", "loc_cit", "idem")
_WORDS = compiled(
    r"(?P<open>\*?)"
    rf"(?P<word>{words_pattern(form.rstrip('.') for form in _FORMS)})(?!\w)"
    r"(?P<inner>\.?)\*?(?P<outer>\.?)(?P<comma>,?)",
    re.IGNORECASE,
)
# Words that are abbreviated and so have a full stop.
_ABBREVIATED = frozenset(form.rstrip(".") for form in _FORMS if form.endswith("."))


# A page or leaf, with or without its label.
_PLACE = re.compile(r"[\s*]{0,2}(?:[^\W\d_]{1,4}\.?\s?)?[\divxl]")


def _read(citation: Citation, document: Document) -> _Ibid | None:
    text = text_of(citation, document)
    # A reference in the text begins with its bracket.
    match = _WORDS.match(text.words, citation.start + text.words.startswith("(", citation.start))
    if match is None:
        return None
    outer = bool(match["outer"])
    following = _PLACE.match(text.words, match.end())
    return _Ibid(
        text,
        match.start("word"),
        match.end("inner"),
        match["word"],
        match.end("word"),
        bool(match["inner"]) or outer,
        bool(match["open"]),
        bool(match["comma"]) if following is not None else None,
    )


@attrs.frozen
class _Aspect:
    """One thing that can differ: how to tell it, what to say of one, of the others, and the remedy."""

    form_of: Callable[[_Ibid], bool | None]
    says: dict[bool, str]
    others: dict[bool, str]
    help: dict[bool, str]


_ASPECTS = (
    _Aspect(
        lambda ibid: ibid.stopped if ibid.word.casefold() in _ABBREVIATED else None,
        {False: "has no full stop", True: "has a full stop"},
        {True: "have one", False: "have none"},
        {False: "add the full stop", True: "leave the full stop out"},
    ),
    _Aspect(
        lambda ibid: ibid.italic,
        {False: "is not in italics", True: "is in italics"},
        {True: "are", False: "are not"},
        {False: "set it in italics", True: "set it upright"},
    ),
    _Aspect(
        lambda ibid: ibid.comma,
        {False: "is not followed by a comma", True: "is followed by a comma"},
        {True: "are", False: "are not"},
        {False: "add a comma", True: "leave the comma out"},
    ),
)


def _problem(odd: _Ibid, has: bool, aspect: _Aspect, others: str) -> Problem:
    fix = None
    if aspect is _ASPECTS[0] and not has:
        fix = odd.text.fix(odd.stop_at, odd.stop_at, ".", Applicability.SAFE)
    elif aspect is _ASPECTS[2] and not has and odd.text.words[odd.end : odd.end + 1] == " ":
        fix = odd.text.fix(odd.end, odd.end, ",")
    return odd.text.problem(
        odd.start,
        odd.end,
        f"“{odd.text.words[odd.start : odd.end]}” {aspect.says[has]}; {others}",
        help=aspect.help[has],
        fix=fix,
    )
