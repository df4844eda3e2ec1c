r"""Divides LaTeX into tokens with exact positions: commands, braces, text, comments, verbatim.

This is no TeX: category codes never change, and a macro is a macro only if a person would know it
for one. In return nothing in a hostile file can run, and time is linear in its size.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from citecheck.readers.decoding import BYTE_ORDER_MARK

TokenKind = Literal[
    "text",
    "command",
    "open",
    "close",
    "left",
    "right",
    "paragraph",
    "comment",
    "verbatim",
    "dash",
    "quote",
    "other",
]

_NEWLINE = r"(?:\r\n|\r|\n)"


def _token_pattern(shorthand: str, excluded: str) -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?P<comment>%[^\r\n]*+(?:{_NEWLINE}[ \t]*+(?![\r\n]))?+)
      | (?P<verbatim>\\(?:verb|lstinline)\*?(?P<fence>[^\sA-Za-z*])[^\r\n]{{0,2000}}?(?P=fence)
          | \\(?:url|nolinkurl|path)[ \t]*\{{[^{{}}\r\n]*\}})
      | (?P<href>\\href[ \t]*\{{[^{{}}\r\n]*\}})
      | (?P<command>\\(?:[A-Za-z]++\*?|{_NEWLINE}|[^\r\n]|\Z))
      | (?P<open>\{{) | (?P<close>\}}) | (?P<left>\[) | (?P<right>\])
      | (?P<paragraph>{_NEWLINE}[ \t]*+{_NEWLINE}(?:[ \t]*+{_NEWLINE})*+)
      | (?P<dash>---?)
      | (?P<quote>{shorthand}``|''|[`']|<<|>>|(?<![^\s(\[]),,(?=\w))
      | (?P<text>(?:[^\\%{{}}\[\]~$&^_#`'\-<>,\r\n{excluded}]++
          | -(?!-) | <(?!<) | >(?!>) | ,(?!,) | {_NEWLINE}(?![ \t]*[\r\n]))++)
      | (?P<other>.)
        """,
        re.VERBOSE | re.DOTALL,
    )


_TOKEN = _token_pattern("", "")
_GERMAN_TOKEN = _token_pattern(r"""\"[`'<>=~|/\-\"] | """, '"')
_VERBATIM_NAMES = r"(?:[vB]?[Vv]erbatim|lstlisting|minted|comment|filecontents|alltt)\*?"
_VERBATIM = re.compile(rf"\\begin[ \t]*\{{({_VERBATIM_NAMES})\}}")


class LatexToken(NamedTuple):
    r"""A token: what it is, what it says, and its range of the text.

    One that is not *literal* came out of a macro; its range is that of the macro's call.
    """

    kind: TokenKind
    string: str
    start: int
    end: int
    literal: bool = True

    @property
    def name(self) -> str:
        r"""The name of a command without backslash: ``footnote``, ``&``."""
        return self.string[1:]

    @property
    def is_space(self) -> bool:
        """Tell whether the token is nothing but white space, or a comment."""
        return self.kind == "comment" or (self.kind == "text" and self.string.isspace())


def tokenize(text: str, *, german: bool = False) -> list[LatexToken]:
    """Return the tokens of a text, without gaps but for verbatim environments and the targets of links.

    ``german`` is whether babel's shorthands for German are in force, such as ``"=``.
    """
    pattern = _GERMAN_TOKEN if german else _TOKEN
    tokens = []
    at, length = int(text.startswith(BYTE_ORDER_MARK)), len(text)
    unclosed: set[str] = set()
    while at < length:
        match = pattern.match(text, at)
        assert match is not None
        kind = match.lastgroup
        end = match.end()
        if kind == "command" and match[0] == r"\begin":
            end = _verbatim_end(text, at, end, unclosed)
            if end > match.end():
                tokens.append(LatexToken("paragraph", "", at, end))
                at = end
                continue
        if kind in ("verbatim", "fence"):
            tokens.append(_inner(match))
        elif kind != "href":
            tokens.append(LatexToken(kind or "other", match[0], at, end))  # type: ignore[arg-type]
        at = end
    return tokens


def _inner(match: re.Match[str]) -> LatexToken:
    r"""Return what ``\verb|…|`` or ``\url{…}`` shows."""
    start, end = match.span()
    fence = match.end("fence")
    first = fence if fence >= 0 else match.string.index("{", start) + 1
    return LatexToken("verbatim", match.string[first : end - 1], first, end - 1)


def _verbatim_end(text: str, start: int, end: int, unclosed: set[str]) -> int:
    r"""Return where a verbatim environment that begins here ends, or ``end`` where none does."""
    begin = _VERBATIM.match(text, start)
    if begin is None or begin[1] in unclosed:
        return end
    closing = rf"\end{{{begin[1]}}}"
    close = text.find(closing, begin.end())
    if close < 0:
        # Looked for once only: a file of a million such beginnings must not be searched a million times.
        unclosed.add(begin[1])
        return end
    return close + len(closing)


def match_brackets(tokens: Sequence[LatexToken]) -> tuple[dict[int, int], dict[int, int]]:
    """Return which brace closes each brace, and which bracket each bracket, by place among the tokens.

    Brackets pair within one group and one paragraph only.
    """
    braces: dict[int, int] = {}
    brackets: dict[int, int] = {}
    opened: list[int] = []
    left: list[list[int]] = [[]]
    for place, token in enumerate(tokens):
        kind = token.kind
        if kind == "open":
            opened.append(place)
            left.append([])
        elif kind == "close" and opened:
            braces[opened.pop()] = place
            left.pop()
        elif kind == "left":
            left[-1].append(place)
        elif kind == "right" and left[-1]:
            brackets[left[-1].pop()] = place
        elif kind == "paragraph":
            left[-1].clear()
    return braces, brackets


# An environment such as a drawing holds no more than so many others.
_MOST_ENDS = 200


class Arguments:
    """Reads the arguments of commands in a list of tokens."""

    def __init__(self, tokens: list[LatexToken]) -> None:
        self.tokens = tokens
        self._braces, self._brackets = match_brackets(tokens)
        self._places: dict[str, list[int]] | None = None

    def cut(self, place: int, count: int) -> None:
        """Take so many characters off the start of a text token."""
        token = self.tokens[place]
        start = token.start + count if token.literal else token.start
        self.tokens[place] = token._replace(string=token.string[count:], start=start)

    def put(self, place: int, token: LatexToken) -> None:
        """Put a command in the place of another."""
        self.tokens[place] = token

    def next_command(self, name: str, place: int) -> int | None:
        """Return where the next command of a name is, looked up and not searched for."""
        if self._places is None:
            self._places = {}
            for at, token in enumerate(self.tokens):
                if token.kind == "command":
                    self._places.setdefault(token.name, []).append(at)
        places = self._places.get(name, [])
        following = bisect_right(places, place)
        return places[following] if following < len(places) else None

    def next_end(self, environment: str, place: int) -> int | None:
        r"""Return the place of the last brace of the next ``\end{environment}``, or None."""
        for _ in range(_MOST_ENDS):
            found = self.next_command("end", place)
            group = self.group(found + 1) if found is not None else None
            if found is None or group is None:
                return None
            if self.string(group).strip() == environment:
                return group[1]
            place = found
        return None

    def skip_space(self, place: int) -> int:
        """Return the place of the next token that is neither white space nor comment."""
        tokens = self.tokens
        while place < len(tokens) and tokens[place].is_space:
            place += 1
        return place

    def option(self, place: int) -> tuple[int, int] | None:
        """Return the places of the brackets of an optional argument that begins here, or None."""
        first = self.skip_space(place)
        close = self._brackets.get(first)
        return (first, close) if close is not None else None

    def group(self, place: int) -> tuple[int, int] | None:
        """Return the places of the braces of an argument that begins here, or None."""
        first = self.skip_space(place)
        close = self._braces.get(first)
        return (first, close) if close is not None else None

    def after_options(self, place: int) -> int:
        """Return the place after all optional arguments that begin here."""
        while (option := self.option(place)) is not None:
            place = option[1] + 1
        return place

    def after_groups(self, place: int, count: int) -> int:
        """Return the place after so many arguments in braces, with optional ones between them."""
        for _ in range(count):
            group = self.group(self.after_options(place))
            if group is None:
                return place
            place = group[1] + 1
        return place

    def string(self, pair: tuple[int, int] | None) -> str:
        """Return what stands between two brackets or braces, without comments."""
        if pair is None:
            return ""
        return "".join(
            token.string for token in self.tokens[pair[0] + 1 : pair[1]] if token.kind != "comment"
        )


def commands(tokens: Sequence[LatexToken], names: frozenset[str]) -> Iterator[int]:
    """Yield the places of commands with one of these names."""
    for place, token in enumerate(tokens):
        if token.kind == "command" and token.name in names:
            yield place
