r"""Finds the files that LaTeX includes: ``\input``, ``\include``, ``\subfile``, ``\import``."""

import re
from collections.abc import Iterator

from citecheck.readers.inclusion import Include, Syntax
from citecheck.readers.latex_tokens import Arguments, commands, tokenize

_INCLUDING = frozenset(
    ("input", "include", "subfile", "subfileinclude", "import", "subimport", "includefrom")
)
_MAYBE = re.compile(r"\\(?:input|include|subfile|import|subimport|includefrom)(?![A-Za-z])|\\subfileinclude")
_FROM_FOLDER = frozenset(("import", "subimport", "includefrom"))


def included_files(text: str) -> Iterator[Include]:
    """Yield the places where a text includes a file, comments and verbatim left out."""
    if _MAYBE.search(text) is None:
        return
    arguments = Arguments(tokenize(text))
    for place in commands(arguments.tokens, _INCLUDING):
        token = arguments.tokens[place]
        group = arguments.group(place + 1)
        if group is None:
            bare = re.compile(r"[ \t]+([^\s{}\\%]+)").match(text, token.end)
            if token.name == "input" and bare is not None:
                yield Include(token.start, bare.end(), _names(bare[1]))
            continue
        name = arguments.string(group).strip()
        if token.name in _FROM_FOLDER:
            second = arguments.group(group[1] + 1)
            if second is None:
                continue
            name = f"{name.rstrip('/')}/{arguments.string(second).strip()}"
            group = second
        if name and "\\" not in name:
            yield Include(token.start, arguments.tokens[group[1]].end, _names(name))


def _names(name: str) -> tuple[str, ...]:
    name = name.strip("\"'")
    # An absolute path leads nowhere: it is taken as it stands and found to lie outside.
    return (name,) if name.endswith((".tex", ".ltx")) else (f"{name}.tex", name)


def _body(text: str) -> tuple[int, int]:
    r"""Return the range of a file that is included: a ``\subfile`` has a preamble of its own."""
    begin, end = text.find(r"\begin{document}"), text.rfind(r"\end{document}")
    if begin < 0:
        return 0, len(text)
    return begin + len(r"\begin{document}"), end if end > begin else len(text)


SYNTAX = Syntax(included_files, _body, from_main=True)
