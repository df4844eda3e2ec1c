"""SHT301."""

import re
from collections.abc import Iterator

from citecheck.citations import Citation, IbidReference
from citecheck.documents import Document
from citecheck.evidence.unread import unread_in_notes
from citecheck.findings import Problem, Severity
from citecheck.reading.tails import seems_archival
from citecheck.resolving.works_cited import ibid_word
from citecheck.rules import Bad, Good, rule


@rule(
    code="SHT301",
    subject=Citation,
    severity=Severity.ERROR,
    authority="Chicago Manual of Style, 18th ed., 13.37",
    examples=(
        Bad("Ibid., 12.", says="Ibid. refers to nothing: no note stands before it"),
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nThe congress met in April.\nIbid., 64.",
            says="Ibid. refers to nothing: note 2 cites no source",
        ),
        Bad(
            "The text.\n\nNotes\n\n1. Lankov, *Crisis in North Korea*, 63.\n2. Szalontai, *Kim Il Sung*, "
            "98.\n5. Ibid., 64.\n"
            "6. Lankov, *Crisis in North Korea*, 70.",
            says="Ibid. refers to nothing: note 4 is missing",
        ),
        Bad(
            "Lankov, *Crisis in North Korea*, 63.\nIn the north the share was higher still (62 percent in 1961).\nIbid., 64.",
            says="Ibid. refers to nothing: note 2 cites no source",
        ),
        Good("Lankov, *Crisis in North Korea*, 63.\nIbid., 64."),
        Good("Lankov, *Crisis in North Korea*, 63; ibid., 70."),
        Good(
            "Antoni Stańko (Gdzie Karpat…, dz. cyt., s. 302) podaje straty, a dane te obejmują cały okres walk.\n"
            "Tamże, s. 301."
        ),
        Good("Stadtarchiv Kleinstadt, Rep. 7, Akte X.\nIbid., Bl. 3."),
        Good("Lankov, *Crisis in North Korea*, 63.\nZapis. Arch. X, sygn. 12, poz. 9, k. 4; tamże, k. 5."),
        Good(
            "Akten zur Auswärtigen Politik der Bundesrepublik Deutschland 1963, bearb. von Mechthild Lindemann, "
            "München 1994, Dok. 214.\nEbd., S. 700."
        ),
        Good(
            "SINGER, Peter. Animal liberation. 2. ed. [S.l.: s.n.], 1990; Londres: Pimlico Books,\nIbid., p. 6."
        ),
        Good("Norfolk Record Office, NCR 16a/11, fo. 203r.\nIbid., fo. 204r."),
        Good("Obscure Library, MssCol 75, box 408, folder 331, A. to B., 6 August 1847.\nIbid., 252."),
    ),
)
def ibid_without_antecedent(citation: Citation, document: Document) -> Iterator[Problem]:
    """An *ibid.* before which nothing is cited.

    It repeats the citation before it in its note, or the one of the note before. Where that note is missing,
    cites nothing, or belongs to another chapter, the reader is led to the wrong source or to none: notes were
    moved, cut or inserted. The last source that happens to survive is never taken for the right one.
    """
    if not isinstance(citation.reference, IbidReference):
        return
    if citation.in_note is None and citation.reference.form.lower().startswith("op"):
        # In running text “op. cit.” may repeat what the sentence names.
        return
    resolution = document.resolution(citation)
    if (
        resolution.antecedent is None
        and not resolution.candidates
        and not _follows_unread(citation, document)
    ):
        yield Problem(
            citation.span,
            f"{ibid_word(citation)} refers to nothing: {_reason(citation, document)}",
            label="nothing to repeat",
            help="name the source again",
            citation=citation,
        )


# What a note that cites has, and prose has not: an author in capitals, places inside a source, addresses, titles that are set apart.
_CITES = re.compile(
    r"\A[A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]{2,})*,\s[A-ZÀ-Þ][^.]+\.\s"
    r"|\b(?:pp?|ff?|fols?|fos?|mm?|vols?|[Bb]ox|[Ff]older|MSS?|[Ff]ile|[Rr]eel|[Ii]tem|[Nn]os?|[Dd]o[ck]|[Bb]d|[Nn]r|S|[Сс]|[Дд]ок"
    r"|str|sygn)\.?\s?\d|(?<!\d)(?!(?:1[5-9]|20)\d\d[–-])\d+[–-]\d+(?=[.,;:)]|\s?ff?\b|$)|https?:"
    r"|\((?:(?:[A-ZÀ-ÞА-Я\[]|s\.\s?l)[^()]*[\s,])?(?:1[5-9]|20)\d\d\)|[“\"«„*][^”\"»*]{8,}[”\"»*][^.]*\d"
)


def _follows_unread(citation: Citation, document: Document) -> bool:
    """Tell whether the note, or the one before, seems to cite what cannot be read: no fault of the ibid."""
    note = citation.in_note
    if note is None:
        return False
    unread = unread_in_notes(document)
    if any(words.ordinal == note.ordinal and words.start < citation.start for words in unread):
        return True
    if note.ordinal < 2 or document.by_note.get(note.ordinal - 1):
        return False
    before = document.manuscript.notes[note.ordinal - 2]
    text = before.passage.text
    if not note.follows(before):
        return False
    if any(words.ordinal == before.ordinal for words in unread):
        return True
    return len(text) < 400 and (_CITES.search(text) is not None or seems_archival(text, document.registry))


def _reason(citation: Citation, document: Document) -> str:
    note = citation.in_note
    if note is None:
        return "no reference stands before it"
    before = document.manuscript.notes[note.ordinal - 2] if note.ordinal > 1 else None
    if before is None or before.section != note.section:
        return (
            "no note stands before it" if note.number in (None, 1) else f"note {note.number - 1} is missing"
        )
    if note.number is not None and not note.follows(before):
        return f"note {note.number - 1} is missing"
    return f"note {before.name} cites no source"
