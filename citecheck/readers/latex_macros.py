r"""The commands that an author defines: ``\newcommand{\fn}[1]{\footnote{#1}}``, ``\newcommand{\TNA}{…}``."""

import re
from collections.abc import Collection

import attrs

from citecheck.readers.latex_tokens import Arguments, LatexToken

_NEW_COMMANDS = frozenset(
    ("newcommand", "newcommand*", "renewcommand", "renewcommand*", "providecommand", "providecommand*",
     "DeclareRobustCommand", "DeclareRobustCommand*", "newrobustcmd", "newrobustcmd*")
)  # fmt: skip
_DOCUMENT_COMMANDS = frozenset(
    ("NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand")
)
DEFINING = (
    _NEW_COMMANDS
    | _DOCUMENT_COMMANDS
    | {"def", "let", "newenvironment", "renewenvironment", "DeclareMathOperator"}
)
# What only TeX itself can work out; a command that is made of it is not looked into.
_PROGRAMMING = re.compile(
    r"if[A-Za-z]*|else|fi|csname|expandafter|edef|xdef|gdef|def|let|futurelet|catcode|the|loop"
)
_LONGEST_BODY = 300


@attrs.frozen
class Macro:
    """A command of the author's: how many arguments it takes, a default for the first, and its body."""

    arguments: int
    default: tuple[LatexToken, ...] | None
    body: tuple[LatexToken, ...]

    @property
    def is_alias(self) -> bool:
        """Whether it is but another name of one command."""
        return self.arguments == 0 and len(self.body) == 1 and self.body[0].kind == "command"

    def given(self, arguments: Arguments, place: int) -> tuple[list[list[LatexToken]], int]:
        """Return the arguments that a call at a place is given, and the place after them."""
        given: list[list[LatexToken]] = []
        at = place + 1
        if self.default is not None:
            option = arguments.option(at)
            given.append(list(arguments.tokens[option[0] + 1 : option[1]]) if option else list(self.default))
            at = option[1] + 1 if option else at
        while len(given) < self.arguments:
            group = arguments.group(at)
            if group is None:
                break
            given.append(list(arguments.tokens[group[0] + 1 : group[1]]))
            at = group[1] + 1
        return given, at

    def expand(self, call: LatexToken, given: list[list[LatexToken]]) -> list[LatexToken]:
        """Return what a call stands for; of that, only the arguments stand in the text letter for letter."""
        expanded: list[LatexToken] = []
        place = 0
        while place < len(self.body):
            token = self.body[place]
            number = _parameter(self.body, place)
            if number is not None and number <= len(given):
                expanded += given[number - 1]
                # The digit is part of a longer text token: what follows it is text of the macro.
                rest = self.body[place + 1].string[1:]
                if rest:
                    expanded.append(LatexToken("text", rest, call.start, call.end, literal=False))
                place += 2
                continue
            expanded.append(token._replace(start=call.start, end=call.end, literal=False))
            place += 1
        return expanded


def _parameter(body: tuple[LatexToken, ...], place: int) -> int | None:
    """Return the number of the parameter that stands at a place, or None."""
    if body[place].string != "#" or place + 1 >= len(body):
        return None
    digit = body[place + 1].string[:1]
    return int(digit) if digit in "123456789" and digit else None


def read_definition(arguments: Arguments, place: int) -> tuple[str, Macro | None, int]:
    """Return the name that a definition defines, the macro if it can be looked into, and where it ends."""
    tokens = arguments.tokens
    name = tokens[place].name
    if name == "def":
        return _read_def(arguments, place)
    if name == "let":
        return _read_let(arguments, place)
    if name in _DOCUMENT_COMMANDS:
        return _read_document_command(arguments, place)
    if name not in _NEW_COMMANDS:
        return "", None, arguments.after_groups(place + 1, 3)
    defined, at = _name(arguments, place + 1)
    count = arguments.option(at)
    written = arguments.string(count).strip()
    default = arguments.option(count[1] + 1) if count is not None else None
    end = arguments.after_options(at)
    body = arguments.group(end)
    if not defined or body is None:
        return "", None, end
    macro = _macro(arguments, body, int(written) if re.fullmatch("[1-9]", written) else 0, default)
    return defined, macro, body[1] + 1


def _name(arguments: Arguments, place: int) -> tuple[str, int]:
    r"""Return the name in ``{\name}`` or ``\name``, and the place after it."""
    at = arguments.skip_space(place)
    group = arguments.group(at)
    if group is not None:
        return arguments.string(group).strip().removeprefix("\\"), group[1] + 1
    if at < len(arguments.tokens) and arguments.tokens[at].kind == "command":
        return arguments.tokens[at].name, at + 1
    return "", at


def _macro(
    arguments: Arguments, body: tuple[int, int], count: int, default: tuple[int, int] | None = None
) -> Macro | None:
    tokens = [token for token in arguments.tokens[body[0] + 1 : body[1]] if token.kind != "comment"]
    if len(tokens) > _LONGEST_BODY or sum(len(token.string) for token in tokens) > 4 * _LONGEST_BODY:
        return None
    if any(token.kind == "command" and _PROGRAMMING.fullmatch(token.name) for token in tokens):
        return None
    given = tuple(arguments.tokens[default[0] + 1 : default[1]]) if default is not None else None
    return Macro(count, given, tuple(tokens))


def _read_def(arguments: Arguments, place: int) -> tuple[str, Macro | None, int]:
    r"""Read ``\def\name#1#2{…}``; other patterns of parameters are for TeX alone."""
    tokens = arguments.tokens
    defined, at = _name(arguments, place + 1)
    pattern = ""
    while at < len(tokens) and tokens[at].kind in ("text", "other") and len(pattern) < 30:
        pattern += tokens[at].string
        at += 1
    body = arguments.group(at)
    if not defined or body is None:
        return "", None, at
    parameters = re.fullmatch(r"(?:#[1-9])*", pattern.strip())
    macro = _macro(arguments, body, pattern.count("#")) if parameters else None
    return defined, macro, body[1] + 1


def _read_let(arguments: Arguments, place: int) -> tuple[str, Macro | None, int]:
    defined, at = _name(arguments, place + 1)
    at = arguments.skip_space(at)
    tokens = arguments.tokens
    if at < len(tokens) and tokens[at].string.strip() == "=":
        at = arguments.skip_space(at + 1)
    if not defined or at >= len(tokens) or tokens[at].kind != "command":
        return "", None, at
    return defined, Macro(0, None, (tokens[at],)), at + 1


def _read_document_command(arguments: Arguments, place: int) -> tuple[str, Macro | None, int]:
    defined, at = _name(arguments, place + 1)
    specification = arguments.group(at)
    body = arguments.group(specification[1] + 1) if specification is not None else None
    if not defined or specification is None or body is None:
        return "", None, at
    kinds = re.sub(r"\s", "", arguments.string(specification))
    macro = _macro(arguments, body, len(kinds)) if re.fullmatch(r"(?:\+?m)*", kinds) else None
    return defined, macro, body[1] + 1


def is_safe_to_expand(macro: Macro, known: Collection[str]) -> bool:
    """Tell whether all commands in a macro's body are known, so that what it prints can be told."""
    return all(token.kind != "command" or token.name in known for token in macro.body)
