"""Finds the words behind the place of a document that describe and date it.

British and French archives are cited from the large to the small: “FO 371/122376, Fry to Foreign Office, 26 October
1956”. Elsewhere a document may be named in a sentence of its own (“…, l. 47. Zapis' besedy s Shehu, 12.02.1961.”) or in
brackets (“…, l. 2 (report of the consul in Harbin, March 1911)”). Comments stand there as well; where they might, only
words that name a paper, or its writer and its addressee, count.
"""

import re

from citecheck.patterns import compiled
from citecheck.reading.correspondents import tells_correspondents
from citecheck.reading.dates import FoundDate, find_date
from citecheck.reading.tails import is_comment

_PAPERS = (
    r"accord|account|address|agreement|aide-m[eé]moire|appeal|bulletin|cable|circular|communi[cq]u[eé]|conversation"
    r"|cypher|ciphered|decision|declaration|decree|despatch|diary|directive|dispatch|draft|information|instructions?"
    r"|journal|letter|list|memo|memorandum|message|minutes?|notes?|order|plan|proposal|protocol|record|report|resolution"
    r"|speech|statement|stenogra\w+|summary|survey|talk|telegram|transcript|zapis|zapiska|dnevnik|pis'mo|protokol"
    r"|shifr\w+|spravka|otch[eë]t|doklad|telegramm\w*|postanovlenie|prikaz|rasporiazhenie|informatsiia|soobshchenie"
    r"|donesenie|запись|записка|дневник|письмо|протокол|стенограмма|справка|отч[её]т|доклад|телеграмма|шифр\w+"
    r"|постановление|приказ|распоряжение|информация|сообщение|спецсообщение|донесение|рапорт|выписка|директива"
    r"|заседание|докладная|доповідна|довідка|звіт|інформація|повідомлення|засідання|лист|постанова|информационна"
    r"|решение|телеграма|bericht|schreiben|aufzeichnung|vermerk|protokoll|brief|notiz|niederschrift|fernschreiben"
    r"|aktenvermerk|rapport|lettre|télégramme|dépêche|compte[ -]rendu|procès-verbal|notatka|protokół|pismo|depesza"
    r"|szyfrogram|raport|sprawozdanie|meldunek|uchwała|posiedzenie|zpráva|záznam|zápis|dopis|usnesení|hlášení|zasedání"
    r"|správa|zápisnica|zasadnutie|jelentés|feljegyzés|levél|távirat|jegyzőkönyv|emlékeztető|előterjesztés|határozat"
    r"|nota|notă|telegram[aă]|stenograma|proces-verbal|raportul|scrisoare\w*|informare|minută|lettera|appunto|verbale"
    r"|rapporto|dispaccio|izv(?:eš|ješ)taj|izvješće|(?:za)?b(?:ele|ilje)ška|zapisnik|depeša|извештај|(?:за)?белешка"
    r"|записник|депеша|писмо|pranešimas|pažyma|raštas|ziņojums|vēstule|aruanne"
    r"|telespresso|promemoria|relazione|relación|carta|informe|despacho|oficio|ofício|acta|telegrama|nota|notulen"
    r"|verslag|notitie|memorie|besluit|telegramm?|besprechung\w*|gesprächs\w+|denkschrift|tagebuch\w*|drahtbericht"
    r"|drahterlass|weisung|runderlass|erlass|befehl|meldung|gutachten|aktennotiz|stellungnahme|beschluss|vorlage"
    r"|lagebericht|auskunftsbericht|tagung|sitzung\w*|promemoria|skrivelse|brev|dagbok|dagbog|notat|referat"
    r"|indberetning|betänkande|päiväkirja|muistio|kirje|raportti|pöytäkirja|sähke|procès|décret|arrêté|circulaire"
    r"|fiche|instruction|télégramme|tél|exposé|mémoire|mémorandum|entretien|mektup|rapor|telgraf"
)
# “Top Secret Report …”, “Handwritten note …”: a word or two may stand before.
_NAMES_PAPER = compiled(rf"(?:[\w'’-]+\s){{0,2}}(?:{_PAPERS})(?!\w)", re.IGNORECASE)

_FIGURE = re.compile(r"\d")
_BEFORE_DATE = r"(?:dated|of|from|от|vom|am|du|del?|le|den|z|ze\sdne)"
# In small letters a comment may stand behind the comma as well.
_BEHIND_COMMA = re.compile(r"\.?,\s+(?=[^\W\d_]|[“\"‘'])([^;()]{4,160}?)(,?)\s+$")
_BEHIND_STOP = re.compile(
    r"(?:\.\s+|\.?\s[—–-]\s+)((?=[^\W\d_a-zа-яё]|[“\"«„])(?:(?!\b\w{3,}\.\s)[^;()]){4,160}?)"
    rf"(?:,|\s{_BEFORE_DATE})?\s+$"
)
_LEADS_TO_DATE = re.compile(rf"\s{_BEFORE_DATE}\s*$")
_BEFORE_BRACKET = re.compile(r"\.?\s*[(\[]")
_IN_BRACKET = re.compile(r"(?:([^;()]{4,120}?)(?:,\s*|\s+))?" rf"(?:{_BEFORE_DATE}\s+)?$")
# “12 Apr. 1938 (copy)”, “12.4.1946, tel. 345”, “4 March 1949, enc. in no. 17”; the archive's letters may close it all.
_END = re.compile(
    r"(?:\s\([^()\d]{1,40}\))?"
    r"(?:,\s(?:enc(?:l(?:osed|\.)|\.)\s(?:in|with)\s)?(?:(?:tel|telegr|gab|no|nr|Nr|n|t|desp)\.\s?){1,2}\d[\d/.-]*)?"
    r"(?:,\s[A-Z]{3,6}(?:,\s[A-Z][a-z]{2,12})?)?[.,;)\]\s]*"
)


def described_behind(text: str, start: int, end: int) -> tuple[str | None, FoundDate, int] | None:
    """Return what describes a document behind its place, its date, and where both end; None where nothing does.

    Args:
        text: the passage.
        start: where the place ends; it may have taken in a bracket behind the leaves.
        end: where the clause ends.
    """
    bracketed = _in_bracket(text, start, end)
    if bracketed is not None:
        return bracketed
    date = find_date(text, start, end)
    if date is None or _END.fullmatch(text, date.end, end) is None:
        return None
    words = _BEHIND_COMMA.fullmatch(text, start, date.start)
    if words is not None:
        if not re.search(r"[a-zа-я]{2}", words[1]):
            return None
        if (
            words[1][0].islower()
            and not _is_paper(words[1])
            and (not words[2] or is_comment(words[1]) or _FIGURE.search(words[1]))
        ):
            return None
        return _LEADS_TO_DATE.sub("", words[1]).strip(" ,"), date, date.end
    words = _BEHIND_STOP.fullmatch(text, _full_stop(text, start), date.start)
    if words is not None and _is_paper(words[1]):
        return words[1].strip(" ,"), date, date.end
    return None


def _full_stop(text: str, start: int) -> int:
    """Return where the full stop stands that ends a place; it may be that of an abbreviation: “Л. 12 об. Письмо”."""
    return start - 1 if text[start - 1 : start] == "." else start


def end_of_description(text: str, start: int) -> int:
    """Return where a sentence ends that names and dates the document of a place that ends at ``start``, or ``start``."""
    stop = _full_stop(text, start)
    if not text.startswith(". ", stop):
        return start
    date = find_date(text, start, start + 200)
    if date is None or _END.fullmatch(text, date.end, min(date.end + 2, len(text))) is None:
        return start
    words = _BEHIND_STOP.fullmatch(text, stop, date.start)
    return date.end if words is not None and _is_paper(words[1]) else start


_OPENS = {")": "(", "]": "["}


def _in_bracket(text: str, start: int, end: int) -> tuple[str | None, FoundDate, int] | None:
    if text[start - 1 : start] in _OPENS:
        begin = text.rfind(_OPENS[text[start - 1]], max(0, start - 130), start) + 1
    else:
        opening = _BEFORE_BRACKET.match(text, start, end)
        begin = opening.end() if opening is not None else 0
    close = text.find("]" if text[begin - 1] == "[" else ")", begin, end)
    date = find_date(text, begin, close) if begin and close >= 0 else None
    if date is None or text[date.end : close].strip(" .г"):
        return None
    words = _IN_BRACKET.fullmatch(text, begin, date.start)
    if words is None or (words[1] is not None and not _is_paper(words[1])):
        return None
    return words[1], date, close + 1


def _is_paper(words: str) -> bool:
    """Tell whether words name a paper, or who wrote to whom, and are no sentence."""
    bare = words.strip(' “”"«»„')
    if is_comment(bare):
        return False
    for part in bare.split(", "):
        if _NAMES_PAPER.match(part) or tells_correspondents(part):
            return True
        if _FIGURE.search(part):
            # “ekz. 3, zapiska Ivanova”: what is counted before is a level that was not read.
            return False
    return False
