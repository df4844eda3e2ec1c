"""TXT901."""

import re
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.texts import texts
from citecheck.findings import Problem, Severity
from citecheck.patterns import compiled
from citecheck.rules import Bad, Good, rule

# What editors write in brackets to themselves or to the author, and no author to his readers.
_REMARK = (
    r"(?i:check|verify|confirm|insert|add|cite|citation\s+needed|fill\s+in|to\s+come|to\s+be\s+(?:added|checked|confirmed|completed)"
    r"|tbc|tbd|tba|query|aq|au|ce|please|needs?\s+(?:a\s+)?(?:ref(?:erence)?|source|citation|page)|not\s+in\s+bibl(?:iography)?"
    r"|quelle\??|seite\??|prüfen|nachtragen|ergänzen|проверить|уточнить|вставить|дописать|ellenőrizni|doplnit|uzupełnić|vérifier|compléter)"
)
_PLACEHOLDERS = (
    # TK is the mark of American editors for “to come”.
    (
        r"\[TK[^\]\n]{0,60}\]|\bTKTK\w*|(?<=[\s(])TK(?=[,.;)\]]|\s(?:pages?|pp?\.|cite|source|date|title|ref))",
        "",
    ),
    (rf"\[\s*{_REMARK}(?:[\s:,–—-][^\]\n]{{0,160}})?[?!.]?\s*\]", "an editor's remark"),
    (
        r"\[\s*(?i:sources?|pages?|refs?|references?|cites?|citations?|dates?|years?|authors?|titles?|publishers?|numbers?|names?)\s?\?+\s*\]",
        "",
    ),
    (r"(?:\\?\$){2,}", ""),
    (r"(?<=[\s(\[/–-])\?{2,}(?=[\s,.;:)\]–-]|$)|\b1[5-9]\d?\?{2,}|\[\?{2,}\]", ""),
    (
        r"\bX{4,}\b|\bx{4,}\b|\bp{1,2}\.\s?XXX?\b|\b(?:XXX?[–-]XXX?|xxx[–-]xxx)\b|\[[xX]{2,}\]|\b[Nn]otes?\s(?:XXX?|xxx?)\b",
        "",
    ),
    (r"(?:\bpp?\.\s?)?\b0{2,}[–-]0{2,}\b|\b(?:pp?\.|[Nn]otes?)\s?0{2,}\b", ""),
    (r"\bTODO\b|\bFIXME\b|\b[Ll]orem\s+ipsum\b", ""),
    (
        r"Error!\s(?:Reference\ssource|Bookmark)\snot\s(?:found|defined)\.?|Fehler!\s(?:Verweisquelle|Textmarke)[^.!]{0,60}\."
        r"|Erreur\s?!\s(?:Source|Signet)[^.!]{0,60}\.|Ошибка!\s(?:Источник|Закладка)[^.!]{0,60}\.|Hiba!\sA\s[^.!]{0,60}\.",
        "a broken cross-reference of the word processor",
    ),
    (
        r"\{[^\W\d_][^{}\n]{1,80}#\d+[^{}\n]{0,40}\}|\bADDIN\s(?:EN|ZOTERO|CSL)[._]\w+",
        "a field of a reference manager",
    ),
)
# Most texts are done with after a look for the signs that every placeholder has; what brackets hold must
# begin like one besides.
_SIGNS = (
    *("TK", "$$", "$\\$", "??", "XX", "xx", "TODO", "FIXME", "ADDIN", "orem", "{"),
    *("Error!", "Fehler!", "Erreur", "Ошибка!", "Hiba!"),
)
_IN_BRACKETS = re.compile(
    rf"\[(?:TK|\s*(?:{_REMARK}|(?i:source|page|ref|cite|citation|date|year|author|title|publisher|number|name)))"
)
_NOUGHTS = re.compile(r"0(?:(?<=[.es]0)0|(?<=[.es]\s0)0|[–-]0)")


def _may_hold_placeholder(words: str) -> bool:
    return (
        any(sign in words for sign in _SIGNS)
        or ("[" in words and _IN_BRACKETS.search(words) is not None)
        or ("00" in words and _NOUGHTS.search(words) is not None)
    )


_PLACEHOLDER = compiled(
    "|".join(f"(?P<k{number}>{pattern})" for number, (pattern, _) in enumerate(_PLACEHOLDERS))
)


@rule(
    code="TXT901",
    subject=Document,
    severity=Severity.WARNING,
    examples=(
        Bad(
            "Chung, *P’yongyang Between Peking and Moscow* ($$: University of Alabama Press, 1978), 12.",
            says="“$$” was never filled in",
        ),
        Bad("Lankov, *Crisis in North Korea*, pp. 000–000.", says="“pp. 000–000” was never filled in"),
        Bad("Lankov, *Crisis in North Korea*, [TK].", says="“[TK]” was never filled in"),
        Bad(
            "Memorandum of Conversation, 10 May 1956 [check the date in the Russian original], RGANI, Fond "
            "5.",
            says="an editor's remark was left in: “[check the date in the Russian original]”",
        ),
        Bad(
            "See Error! Reference source not found.",
            says=(
                "a broken cross-reference of the word processor was left in: “Error! Reference source not "
                "found.”"
            ),
        ),
        Good(
            "Suda, *Czechoslovak Republic*, vol. XXX, p. xxx; “What??” asked Kim [Il Sung] at the XXX "
            "Congress [sic]."
        ),
        Good("Report of [19 April 1956?], RGANI, Fond 5, Opis 28, Delo 410, List 12 [page missing]."),
    ),
)
def placeholder(document: Document) -> Iterator[Problem]:
    """Something that was to be filled in, or an editor's remark, left in the text.

    Roman numerals (XXX), uncertain dates in brackets and insertions into a quotation are none.
    """
    for text in texts(document):
        if not _may_hold_placeholder(text.words):
            continue
        for match in _PLACEHOLDER.finditer(text.words):
            kind = _PLACEHOLDERS[int(match.lastgroup[1:])][1] if match.lastgroup is not None else ""
            written = re.sub(r"\s+", " ", match.group().replace("\\", ""))
            shown = written if len(written) <= 60 else f"{written[:57]}…"
            yield text.problem(
                match.start(),
                match.end(),
                f"{kind} was left in: “{shown}”" if kind else f"“{shown}” was never filled in",
                help="act on it and take it out" if kind else "fill it in, or take it out",
            )
