"""Text as .bib files have it: TeX's marks for special characters, braces round capitals and bodies' names.

Encoding and decoding undo each other: what :func:`encode_text` writes, :func:`decode_text` reads. Decoding
knows more than encoding writes, since other people's files are read too.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from citecheck.citations import Name

# --- writing --------------------------------------------------------------------------------------

# Braces are spelt out: BibTeX counts them even after a backslash. A straight quotation mark is an active
# character in documents with German hyphenation, where "A is Ä.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': r"\textquotedbl{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "\N{NO-BREAK SPACE}": "~",
}
_DASHES = {"–": "--", "—": "---"}
# Hyphens and quotes that TeX would join into one mark.
_JOINED = frozenset({"--", "''", "``", "?`", "!`"})

_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
    # Vietnamese ả has a hook above, ơ and ư a horn; TeX's names are those of the encoding T5.
    "\u0309": "h",
}
_LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ı": "i", "å": "aa", "Å": "AA",
    "ơ": "ohorn", "Ơ": "OHORN", "ư": "uhorn", "Ư": "UHORN",
}  # fmt: skip


def encode_text(text: str, *, latin_letters: bool = False) -> str:
    """Return a text with TeX's marks for what is special to TeX.

    Args:
        text: plain text.
        latin_letters: write Latin letters with diacritics, and dashes, by commands too, for the old BibTeX,
            which sorts and shortens names by bytes. Other scripts stay as they are.
    """
    written = ""
    for letter in text:
        piece = _encode_letter(letter, latin_letters)
        if written and (written[-1] + piece[:1]) in _JOINED:
            written += "{}"
        written += piece
    return written


def _encode_letter(letter: str, latin_letters: bool) -> str:
    special = _SPECIAL.get(letter)
    if special is not None:
        return special
    if not latin_letters or letter.isascii():
        return letter
    if letter in _DASHES:
        return _DASHES[letter]
    if letter in _LETTERS:
        return f"{{\\{_LETTERS[letter]}}}"
    return _encode_accents(letter)


def _encode_accents(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    if _HORN in marks:
        horned = unicodedata.normalize("NFC", base + _HORN)
        base, marks = f"\\{_LETTERS[horned]}" if horned in _LETTERS else letter, marks.replace(_HORN, "")
    if not marks or not base.isascii() or any(mark not in _ACCENTS for mark in marks):
        return letter
    for mark in marks:
        base = f"\\{_ACCENTS[mark]}{{{base}}}"
    return f"{{{base}}}"


_HORN = "\u031b"


# Words are taken with the marks inside them (De-Stalinization, Kim's), so that a brace never splits one.
_WORD = re.compile(r"[^\W_]+(?:[’'.‑-][^\W_]+)*")


def encode_title(title: str, *, latin_letters: bool = False) -> str:
    """Return a title with braces round the words whose capitals a style must leave alone.

    That is every word with a capital but the first, which styles never change, and the first too if a
    capital stands inside it (“DPRK”). A style that prints titles in small letters would else print
    “korea”; “The Failure”, kept as it was cited, is the lesser evil. Neighbours share one pair of braces.
    """
    parts: list[str] = []
    end = 0
    for start, stop in _capital_runs(title):
        parts.append(encode_text(title[end:start], latin_letters=latin_letters))
        parts.append(f"{{{encode_text(title[start:stop], latin_letters=latin_letters)}}}")
        end = stop
    parts.append(encode_text(title[end:], latin_letters=latin_letters))
    return "".join(parts)


def _capital_runs(title: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of words with capitals, those with only a space between them as one."""
    run: tuple[int, int] | None = None
    for index, word in enumerate(_WORD.finditer(title)):
        letters = word.group()[1:] if index == 0 else word.group()
        if not any(letter.isupper() for letter in letters):
            continue
        if run is not None and title[run[1] : word.start()] == " ":
            run = (run[0], word.end())
            continue
        if run is not None:
            yield run
        run = word.span()
    if run is not None:
        yield run


def encode_names(names: Sequence[Name], *, latin_letters: bool = False) -> str:
    """Return names as BibTeX has them: ``Family, Given and {Corporate Body}``; “et al.” is ``and others``."""
    written = [_encode_name(name, latin_letters) for name in names]
    if names and _ET_AL.search(names[-1].written):
        written.append("others")
    return " and ".join(written)


_ET_AL = re.compile(r"\bet\.?\s?al\b|\bи др\b|\bu\.\s?a\.$")


def _encode_name(name: Name, latin_letters: bool) -> str:
    family = encode_text(name.family, latin_letters=latin_letters)
    if name.given is None and name.suffix is None:
        # A body, or a person of one name: braces keep BibTeX from taking it apart.
        return f"{{{family}}}"
    parts = (name.family, name.suffix, name.given or "")
    if any("," in (part or "") for part in parts):
        # Biber counts commas even inside braces, so such a name cannot be taken apart.
        whole = " ".join(filter(None, (name.given, name.family, name.suffix)))
        return f"{{{encode_text(whole, latin_letters=latin_letters)}}}"
    return ", ".join(_guard(part, latin_letters) for part in parts if part is not None)


def _guard(part: str, latin_letters: bool) -> str:
    """Encode a part of a name, in braces where it holds the word that parts names, “and”, or nothing."""
    encoded = encode_text(part, latin_letters=latin_letters)
    return f"{{{encoded}}}" if not part or _PARTS_NAMES.search(part) else encoded


_PARTS_NAMES = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)


# --- reading --------------------------------------------------------------------------------------

_COMBINING = {command: mark for mark, command in _ACCENTS.items()}
_SYMBOLS = {
    **{command: letter for letter, command in _LETTERS.items()},
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textquotedbl": '"',
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "lq": "‘",
    "rq": "’",
    "guillemotleft": "«",
    "guillemotright": "»",
    "flqq": "«",
    "frqq": "»",
    "glqq": "„",
    "grqq": "“",
    "quotedblbase": "„",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "ldots": "…",
    "dots": "…",
    "textsection": "§",
    "S": "§",
    "pounds": "£",
    "textsterling": "£",
    "copyright": "©",
    "j": "j",
    "ng": "ŋ",
    "NG": "Ŋ",
    "textdegree": "°",
    "numero": "№",
    "textnumero": "№",
    "newline": " ",
    "par": " ",
    "quad": " ",
    "space": " ",
    "slash": "/",
    "hyp": "-",
    "nobreakdash": "",
}
_TOKEN = re.compile(
    r"\\(?P<accent>[`'^~=.\"])\s*"
    r"|\\(?P<command>[A-Za-z]+)\*?(?P<space>\s*)"
    r"|\\(?P<escaped>[^A-Za-z])"
    r"|(?P<open>\{)|(?P<close>\})|(?P<math>\$)|(?P<tie>~)"
    r"|(?P<dash>-{2,3})|(?P<quotes>``|'')"
    r"|(?P<text>[^\\{}$~\-`']+|[-`'])"
)


def decode_text(value: str) -> str:
    """Return the plain text of a field: commands read, braces taken away, ``--`` an en dash.

    A command that is not known gives its argument (``\\emph{Pravda}`` is “Pravda”).
    """
    if not _NEEDS_DECODING.search(value):
        return value
    text, _ = _decode(value, 0, whole=True)
    return unicodedata.normalize("NFC", text) if any(map(unicodedata.combining, text)) else text


_NEEDS_DECODING = re.compile(r"[\\{}$~]|--|``|''")


def _decode(value: str, start: int, *, whole: bool) -> tuple[str, int]:
    """Decode up to the brace that closes the group, or to the end; return the text and where it ended."""
    parts: list[str] = []
    at = start
    while at < len(value):
        token = _TOKEN.match(value, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        kind = token.lastgroup
        if kind == "space":
            kind = "command"
        if kind == "close":
            if whole:
                continue
            return "".join(parts), at
        piece, at = _decode_token(kind or "", token, value, at)
        parts.append(piece)
    return "".join(parts), at


def _decode_token(kind: str, token: re.Match[str], value: str, at: int) -> tuple[str, int]:
    if kind == "text":
        return token.group(), at
    if kind == "open":
        return _decode(value, at, whole=False)
    if kind == "accent":
        return _accented(token.group("accent"), value, at)
    if kind == "command":
        return _command(token, value, at)
    plain = {
        "tie": "\N{NO-BREAK SPACE}",
        "math": "",
        "dash": "–" if token.group() == "--" else "—",
        "quotes": "“" if token.group() == "``" else "”",
    }
    return plain.get(kind, _ESCAPED.get(token.group("escaped") or "", token.group("escaped") or "")), at


_ESCAPED = {"-": "", "/": "", "\\": " ", ",": "\N{NARROW NO-BREAK SPACE}", ";": " ", " ": " ", "\n": " "}


def _accented(command: str, value: str, at: int) -> tuple[str, int]:
    letter, at = _argument(value, at)
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    end = 1
    while end < len(letter) and unicodedata.combining(letter[end]):
        end += 1
    return letter[:end] + _COMBINING[command] + letter[end:], at


def _command(token: re.Match[str], value: str, at: int) -> tuple[str, int]:
    name = token.group("command")
    if name in _COMBINING and (token.group("space") or value[at : at + 1] in ("{", "\\")):
        return _accented(name, value, at)
    if name in _SYMBOLS:
        # “{}” after a command only ends it.
        return _SYMBOLS[name], at + 2 if value.startswith("{}", at) else at
    if name in ("href", "textcolor"):
        _, at = _argument(value, at)
    while value[at : at + 1] == "[":
        closing = value.find("]", at)
        at = closing + 1 if closing >= 0 else len(value)
    return "", at


def _argument(value: str, at: int) -> tuple[str, int]:
    """Decode the group, the command or the letter at a place."""
    while value[at : at + 1].isspace():
        at += 1
    token = _TOKEN.match(value, at)
    if token is None:
        return "", at
    if token.lastgroup == "text":
        return value[at], at + 1
    kind = "command" if token.lastgroup == "space" else token.lastgroup or ""
    return _decode_token(kind, token, value, token.end())


def decode_names(value: str) -> tuple[Name, ...]:
    """Read a list of names as BibTeX does: ``Family, Given``, ``Given von Family``, ``{Body}``."""
    names: list[Name] = []
    for part in _split_outside_braces(value, _AND):
        if decode_text(part).strip().lower() == "others" and names:
            last = names[-1]
            names[-1] = Name(last.family, last.given, last.suffix, f"{last.written} et al.")
        elif part.strip():
            names.append(_decode_name(part.strip()))
    return tuple(names)


_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_SPACE = re.compile(r"\s+")


def _split_outside_braces(value: str, separator: re.Pattern[str]) -> list[str]:
    parts: list[str] = []
    depth = start = at = 0
    while at < len(value):
        match = separator.match(value, at) if depth == 0 else None
        if match is not None and match.end() > at:
            parts.append(value[start:at])
            start = at = match.end()
            continue
        if value[at] == "\\":
            at += 1
        elif value[at] in "{}":
            depth += 1 if value[at] == "{" else -1
        at += 1
    return [*parts, value[start:]]


def _decode_name(written: str) -> Name:
    commas = [decode_text(part).strip() for part in _split_outside_braces(written, _COMMA)]
    plain = decode_text(written).strip()
    if len(commas) == 2:
        return Name(commas[0], commas[1] or None, written=plain)
    if len(commas) > 2:
        return Name(commas[0], commas[2] or None, commas[1] or None, plain)
    words = [decode_text(word) for word in _split_outside_braces(written, _SPACE)]
    if len(words) == 1:
        return Name(plain, written=plain)
    # “Ludwig van Beethoven”: the family name begins with the first small letter, else it is the last word.
    small = next((index for index, word in enumerate(words[1:-1], 1) if word[:1].islower()), len(words) - 1)
    return Name(" ".join(words[small:]), " ".join(words[:small]), written=plain)
