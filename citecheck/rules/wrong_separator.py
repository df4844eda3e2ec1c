"""PUN703."""

import re
from collections import defaultdict
from collections.abc import Iterator

import attrs

from citecheck.alphabets import UPPER
from citecheck.citations import Citation, Kind, WorkReference
from citecheck.documents import Document
from citecheck.evidence.leads import group_of, is_cyrillic, read_lead
from citecheck.evidence.majority import usage
from citecheck.evidence.texts import Text, text_of, texts
from citecheck.findings import Problem, Severity
from citecheck.reading.segmenting import SIGNAL
from citecheck.rules import Bad, Good, rule


@rule(
    code="PUN703",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Weathersby, “Soviet Aims in Korea,” in Westad, *Brothers in Arms*, 104.\n"
            "Lankov, *From Stalin to Kim Il Sung*, 116–122.\n"
            "Marr, *Vietnam 1945*, 234–237.\n"
            "Okonogi, “North Korean Communism,” in Suh, *Korean Studies*. 179.",
            says="a full stop leads over to the pages; 3 of 4 short citations have a comma there",
            fixed=(
                "Weathersby, “Soviet Aims in Korea,” in Westad, *Brothers in Arms*, 104.\n"
                "Lankov, *From Stalin to Kim Il Sung*, 116–122.\n"
                "Marr, *Vietnam 1945*, 234–237.\n"
                "Okonogi, “North Korean Communism,” in Suh, *Korean Studies*, 179."
            ),
        ),
        Bad(
            "Lankov, *From Stalin to Kim Il Sung*, 116–122.\nMarr, *Vietnam 1945*, 234–237.\nSuh, *Kim Il Sung*, 32.\n"
            "Nam, *Leadership*, 103.\nDuiker, *Sacred War*, 91.\nFall, *The Two Viet-Nams*, 152.\nMoise, *Land Reform*, 167.\n"
            "Race, *War Comes to Long An*, 44.\nNinh, *A World Transformed*, 121.\nEdgar Faure *Le serpent et la tortue*, 31.",
            says="no mark stands between author and title; 9 of 10 citations have a comma there",
        ),
        Bad(
            "Memorandum of Conversation with Nam Il, 6 December 1955, RGANI, Fond 5, Opis 28, Delo 412, "
            "Listy 4-5.\n"
            "Memorandum of Conversation with Pak Ui-wan, 21 February 1956, RGANI, Fond 5, Opis 28, Delo "
            "412, Listy 70-74.\n"
            "Report by N. T. Fedorenko, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
            "Memorandum of Conversation with Pak Kil-ryun, 7 May 1956. RGANI, Fond 5, Opis 28, Delo 412, "
            "Listy 222-224.",
            says="a full stop stands between date and archive; 3 of 4 references have a comma there",
            fixed=(
                "Memorandum of Conversation with Nam Il, 6 December 1955, RGANI, Fond 5, Opis 28, Delo 412, "
                "Listy 4-5.\n"
                "Memorandum of Conversation with Pak Ui-wan, 21 February 1956, RGANI, Fond 5, Opis 28, Delo "
                "412, Listy 70-74.\n"
                "Report by N. T. Fedorenko, 29 May 1956, RGANI, Fond 5, Opis 28, Delo 412, Listy 190-196.\n"
                "Memorandum of Conversation with Pak Kil-ryun, 7 May 1956, RGANI, Fond 5, Opis 28, Delo "
                "412, Listy 222-224."
            ),
        ),
        Bad(
            "For the members see; Scalapino and Lee, *Communism in Korea*, 1351–1380.",
            says="a semicolon parts “see” from what it names",
            fixed="For the members see Scalapino and Lee, *Communism in Korea*, 1351–1380.",
        ),
        Bad(
            "Andrei Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005), 45.\n"
            "Sergey Radchenko, *Two Suns in the Heavens* (Stanford: Stanford University Press, 2009), 34.\n"
            "Chen Jian, *Mao's China and the Cold War* (Chapel Hill: University of North Carolina Press, 2001), 83.\n"
            "Lorenz Lüthi, *The Sino-Soviet Split* (Princeton, Princeton University Press, 2008), 180.",
            says="a comma stands between place and publisher; 3 of 4 full citations have a colon there",
        ),
        Bad(
            "The text.\n\nBibliography\n\nDeletant, Dennis. *Communist Terror in Romania*. London: Hurst, 1999.\n\n"
            "Durandin, Catherine. *Histoire des Roumains*. Paris: Fayard, 1995.\n\n"
            "Floyd, David. *Rumania*. London: Pall Mall Press, 1965.\n\n"
            "Hitchins, Keith, *Rumania, 1866–1947*. Oxford: Clarendon Press, 1994.\n\n"
            "King, Robert R. *Minorities under Communism*. Cambridge: Harvard University Press, 1973.\n\n"
            "Levy, Robert. *Ana Pauker*. Berkeley: University of California Press, 2001.",
            says="a comma stands between author and title; 5 of 6 entries have a full stop there",
        ),
        Good(
            "Scalapino and Lee, *Communism in Korea* (Berkeley: University of California Press, 1972): 334.\n"
            "Lankov, *Crisis in North Korea* (Honolulu: University of Hawaii Press, 2005): 19.\n"
            "Lankov, *Crisis in North Korea*, p. 63.\nSuh, *Kim Il Sung*, p. 32.\n"
        ),
        Good(
            "Lankov, Crisis in North Korea, 63.\nSuh, Kim Il Sung, 32.\nNam, Leadership, 103.\n"
            "Suri, Power and Protest: Global Revolution, 14."
        ),
    ),
)
def wrong_separator(document: Document) -> Iterator[Problem]:
    """A punctuation mark between two parts of a citation where the manuscript's other citations have another.

    Mostly a full stop for a comma: before the pages, between author and title, between the date and the
    archive. Full citations, short ones and references in the text are compared among themselves, since
    authors treat them differently; where no mark prevails, nothing is reported.
    """
    yield from _before_pages(document)
    yield from _before_titles(document)
    yield from _in_entries(document)
    yield from _in_imprints(document)
    yield from _before_archives(document)
    for text in texts(document, "note", "body"):
        yield from _after_signals(text)


_NAMES = {"": "no mark", ",": "a comma", ".": "a full stop", ";": "a semicolon", ":": "a colon"}


@attrs.frozen
class _Joint:
    """Where two parts of a citation meet: the range of what stands between them, and its mark."""

    citation: Citation
    start: int
    end: int
    mark: str

    @property
    def before(self) -> str:
        """The words before it."""
        return self.citation.text[: self.start]


def _mark(joint: _Joint) -> str:
    return joint.mark


def _problem(document: Document, joint: _Joint, usual: str, message: str, *, fixable: bool = True) -> Problem:
    text = text_of(joint.citation, document)
    start, end = joint.citation.start + joint.start, joint.citation.start + joint.end
    fix = text.fix(start, end, usual) if usual and fixable else None
    return text.problem(
        start,
        max(end, start + 1),
        message,
        label="missing here" if not joint.mark else "",
        help=f"write {_NAMES[usual]}" if usual else "leave the mark out",
        fix=fix,
    )


# ---- before the pages


def _before_pages(document: Document) -> Iterator[Problem]:
    groups: defaultdict[tuple[str, bool], list[_Joint]] = defaultdict(list)
    for citation in document.citations:
        group, lead = group_of(citation), read_lead(citation)
        if group is not None and lead is not None and isinstance(citation.reference, WorkReference):
            groups[group, is_cyrillic(citation)].append(
                _Joint(citation, lead.start, lead.start + len(lead.mark), lead.mark)
            )
    for (group, _), joints in groups.items():
        found = usage(joints, _mark, share=0.7)
        if found is None:
            continue
        for joint, _ in found.odd:
            # A comma beside a colon goes with the label: that is a matter of page-label (STY602). A title may end in a
            # question mark, and then needs no comma.
            is_lost = (
                joint.mark == "" and found.form == "," and _ENDS_IN_WORD.search(joint.before) is not None
            )
            if joint.mark in (".", ";") or (is_lost and found.count >= 0.9 * found.total):
                leads = f"{_NAMES[joint.mark]} leads" if joint.mark else "nothing but a space leads"
                yield _problem(
                    document,
                    joint,
                    found.form,
                    f"{leads} over to the pages; "
                    f"{found.count} of {found.total} {group} have {_NAMES[found.form]} there",
                )


_ENDS_IN_WORD = re.compile(r"[^\W\d_][*_”\"’»]{0,2}$")


# ---- between author and title


def _before_titles(document: Document) -> Iterator[Problem]:
    joints = []
    for citation, reference in document.works:
        creators, title = reference.creators_span, reference.title_span
        if (
            citation.in_note is None
            or creators is None
            or title is None
            or not creators[1] <= title[0] <= creators[1] + 6
        ):
            continue
        between = citation.text[creators[1] : title[0]]
        mark = re.match(r"\s?([.,:;]?)\s?[\"“„«‘'*]*\s?$", between)
        if mark is not None and mark.group().strip() == ":" and _may_be_title(reference):
            continue
        if mark is not None and not _INITIAL.search(citation.text[: creators[1]]):
            joints.append(
                _Joint(citation, creators[1] + mark.start(1), creators[1] + mark.end(1), mark.group(1))
            )
    found = usage(joints, _mark, share=0.7)
    if found is None:
        return
    for joint, _ in found.odd:
        # Without a mark the name may belong to the sentence, but not where the citation opens the note.
        opens = joint.citation.start == 0 or joint.citation.index == 1
        if joint.mark or (opens and found.form == "," and found.count >= 0.9 * found.total):
            stands = f"{_NAMES[joint.mark]} stands" if joint.mark else "no mark stands"
            yield _problem(
                document,
                joint,
                found.form,
                f"{stands} between author and title; "
                f"{found.count} of {found.total} citations have {_NAMES[found.form]} there",
            )


def _may_be_title(reference: WorkReference) -> bool:
    """Tell whether some of the names may be the words of a title: “Suri, Power and Protest: Global”."""
    return len(reference.creators) > 2 and all(name.given is None for name in reference.creators)


_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]$|\b(?:al|Jr|eds?|hrsg|red)$", re.IGNORECASE)


# ---- between author and title of an entry

_BEFORE_TITLE = re.compile(r"(?P<mark>[.,:;])\s?[\"“„«‘'*_]{0,3}$")


def _in_entries(document: Document) -> Iterator[Problem]:
    """Find entries with another mark behind the names than the bibliography's others: a comma for the full stop."""
    places = [
        (entry, mark)
        for entry in document.entries
        if entry.library is None
        and entry.reference.people
        and entry.reference.title_span is not None
        and (mark := _BEFORE_TITLE.search(entry.text, 0, entry.reference.title_span[0])) is not None
    ]
    found = usage(places, lambda place: place[1]["mark"], least=5, share=0.8)
    if found is None or found.form != ".":
        return
    for (entry, mark), _ in found.odd:
        yield Problem(
            entry.passage.span(*mark.span("mark")),
            f"{_NAMES[mark['mark']]} stands between author and title; "
            f"{found.count} of {found.total} entries have a full stop there",
            help="write a full stop",
            entry=entry,
        )


# ---- between place and publisher

# “(Princeton, NJ: Princeton University Press, 2008)”; where the colon is lost, a word tells the publisher.
_IMPRINT = re.compile(
    r"\([^\W\d_a-z][^():;]{1,60}?(?P<mark>:|[,;](?=\s[^():]*\b(?:Press|Verlag|Publish\w+|Books|Kiadó|Wydawnictwo)\b))\s"
    r"[^():]{2,100}(?:1[5-9]|20)\d\d\)"
)


def _in_imprints(document: Document) -> Iterator[Problem]:
    joints = []
    for citation, reference in document.works:
        imprint = _IMPRINT.search(citation.text) if citation.in_note is not None else None
        if imprint is not None and reference.kind in (Kind.FULL, Kind.CHAPTER):
            joints.append(_Joint(citation, *imprint.span("mark"), imprint["mark"]))
    found = usage(joints, _mark, share=0.7)
    if found is None:
        return
    for joint, _ in found.odd:
        yield _problem(
            document,
            joint,
            found.form,
            f"{_NAMES[joint.mark]} stands between place and publisher; "
            f"{found.count} of {found.total} full citations have {_NAMES[found.form]} there",
            # Place and publisher read otherwise afterwards.
            fixable=False,
        )


# ---- between date and archive


def _before_archives(document: Document) -> Iterator[Problem]:
    joints = []
    for citation, reference in document.archival:
        date, archive = reference.date_span, reference.archive_span
        if date is None or archive is None or not date[1] <= archive[0] <= date[1] + 3:
            continue
        between = re.fullmatch(r"\s?([.,:;]?)\s?", citation.text[date[1] : archive[0]])
        if between is not None:
            # Where no mark stands, one belongs directly behind the date, before the space.
            start, end = between.span(1) if between.group(1) else (0, 0)
            joints.append(_Joint(citation, date[1] + start, date[1] + end, between.group(1)))
    found = usage(joints, _mark)
    if found is None:
        return
    for joint, mark in found.odd:
        stands = f"{_NAMES[mark]} stands" if mark else "there is no mark"
        yield _problem(
            document,
            joint,
            found.form,
            f"{stands} between date and archive; "
            f"{found.count} of {found.total} references have {_NAMES[found.form]} there",
        )


# ---- after “see”


def _after_signals(text: Text) -> Iterator[Problem]:
    if _SEMICOLON.search(text.words) is None:
        return
    for match in _SIGNAL_STOPPED.finditer(text.words):
        signal = match.group(1)
        if SIGNAL.fullmatch(f"{signal} ") is None:
            continue
        yield text.problem(
            match.start(2),
            match.end(2),
            f"a semicolon parts “{signal}” from what it names",
            help="leave the semicolon out",
            fix=text.fix(match.start(2), match.end(2), ""),
        )


# Behind the last letters of the signals.
_SEMICOLON = re.compile(r";(?<=[eofrdz.];)(?=\s)")
_SIGNAL_STOPPED = re.compile(
    r"\b([Ss]ee(?:\s+also)?|[Cc]f\.?|[Cc]ompare|[Vv]gl\.|[Ss]iehe|[Сс]м\.|[Сс]р\.|[Vv]oir|[Ll]ásd|[Zz]ob\.|[Pp]or\.|[Vv]iz)(;)"
    rf"(?=\s+(?:[*“\"„«‘]|[{UPPER}]))"
)
