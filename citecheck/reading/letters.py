"""Reads what is cited and was never published: letters, e-mails, interviews, conversations."""

from citecheck.alphabets import UPPER
from citecheck.citations import OtherReference
from citecheck.patterns import compiled
from citecheck.reading.creators import read_creators
from citecheck.reading.dates import find_date

_CONTACT = (
    r"(?:e-?mail|letter|communication|correspondence|conversation|interview|telephone\s\w+|text\smessage"
    r"|direct\smessage|Facebook\s\w+)(?:\s(?:message|interview|communication|correspondence))?"
)
# “Lee Chong-sik, email to author, 20 July 2006” and “Interview with Kang Sang-ho, St. Petersburg, 1989”.
_LETTER = compiled(
    rf"(?P<who>[{UPPER}][^,;()]{{1,60}}?),\s(?P<what>(?:(?:personal|private)\s)?{_CONTACT}(?:\s(?:to|with|by"
    rf"|from)\s[^,;()]{{2,60}})?)"
    r"(?:,\s(?P<rest>[^;]{4,60}))?"
    r"|(?:[Aa]uthor[’']s\s|(?:[Tt]elephone|[Pp]hone|[Oo]ral)\s)?(?:[Ii]nterview|[Cc]onversation|(?:[Pp]ersonal|[Pp]rivate)\scommunication|[Ee]-?mail"
    r"|[Ll]etter)\s(?:with|by|from)\s"
    rf"(?P<other>the\sauthor|[{UPPER}][^,;()]{{2,60}}?)(?:\s\([^()]{{2,80}}\))?(?:,\s(?P<more>[^;]{{4,80}}))?"
    # Entretien de l’auteur avec …, Gespräch des Verfassers mit …, Интервью автора с …, A szerző interjúja …
    r"|(?:Entretien|Interview|Conversation|Courriel|Lettre)\s(?:de|d[’'])\s?(?:l[’']auteur|moi)\s(?:avec|à|de)\s"
    rf"(?P<autre>[{UPPER}][^,;()]{{2,60}}?)(?:,\s(?P<reste>[^;]{{4,80}}))?"
    r"|(?:Interview|Gespräch|Telefonat|Auskunft|E-?[Mm]ail|Brief)\s(?:(?:des|der)\s(?:Verfassers|Verfasserin|Autors|Autorin)"
    r"\s)?(?:mit|von|an)\s"
    rf"(?P<andere>[{UPPER}][^,;()]{{2,60}}?)(?:,\s(?P<rest_de>[^;]{{4,80}}))"
    r"|(?:Интервью|Беседа|Письмо)\s(?:автора\s)?(?:с|от)\s"
    rf"(?P<другой>[{UPPER}][^,;()]{{2,60}}?)(?:,\s(?P<далее>[^;]{{4,80}}))"
)
_OTHERS = ("other", "autre", "andere", "другой")


def read_letter(words: str, start: int, end: int) -> OtherReference | None:
    """Read all of ``words[start:end]`` as a letter, an interview or the like; None where it is none."""
    match = _LETTER.fullmatch(words, start, end)
    if match is None:
        return None
    date = find_date(words, start, end)
    if date is None and any(match.group(name) for name in ("rest", "more", "reste", "rest_de", "далее")):
        return None
    who = match.group("who")
    if who is not None:
        named, description = read_creators(who), match.group("what")
    else:
        name = next(name for name in _OTHERS if match.group(name))
        other = match.group(name)
        named = read_creators(other) if other != "the author" else ()
        description = words[match.start() : match.end(name)]
    return OtherReference(named, description, date.interval if date is not None else None)
