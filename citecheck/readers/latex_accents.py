r"""Reads letters with accents: ``\'e``, ``\v s``, ``\^\i``."""

import unicodedata

from citecheck.readers.latex_symbols import ACCENTS, BARE_ACCENTS, SYMBOLS
from citecheck.readers.latex_tokens import Arguments


def takes_accent(arguments: Arguments, place: int) -> bool:
    r"""Tell whether a letter follows that the accent is set on; the name of one may be that of a command: ``\c``."""
    if not arguments.tokens[place].name.isalpha():
        return True
    following = arguments.skip_space(place + 1)
    return following < len(arguments.tokens) and arguments.tokens[following].kind in (
        "open",
        "text",
        "command",
    )


def read_accent(arguments: Arguments, place: int) -> tuple[str, int, int]:
    r"""Read ``\'e``, ``\'{e}``, ``\v s`` or ``\^\i`` as one letter.

    Returns:
        The letter; the offset in the text where it ends; the place after it among the tokens.
    """
    tokens, token = arguments.tokens, arguments.tokens[place]
    at = arguments.skip_space(place + 1) if token.name.isalpha() else place + 1
    group = arguments.group(at)
    if group is not None:
        base, end, following = arguments.string(group), tokens[group[1]].end, group[1] + 1
    elif at < len(tokens) and tokens[at].kind == "command":
        base, end, following = tokens[at].string, tokens[at].end, at + 1
    elif at < len(tokens) and tokens[at].kind == "text":
        base, end, following = tokens[at].string[0], tokens[at].start + 1, at
        arguments.cut(at, 1)
    else:
        base, end, following = "", token.end, place + 1
    base = base.strip()
    if base.startswith("\\"):
        base = {"i": "i", "j": "j"}.get(base[1:], SYMBOLS.get(base[1:], ""))
    letter = f"{base[:1]}{ACCENTS[token.name]}{base[1:]}" if base else BARE_ACCENTS.get(token.name, "")
    return unicodedata.normalize("NFC", letter), end, following
