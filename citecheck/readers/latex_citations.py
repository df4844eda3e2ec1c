r"""Finds where a citation by a key ends: ``\cite[see][12]{key}``."""

from citecheck.readers.latex_tokens import Arguments


def last_of_citation(arguments: Arguments, place: int) -> int:
    r"""Return the place of the last brace of ``\cite[see][12]{key}`` or ``\cites(…)(…)[…]{a}[…]{b}``."""
    token = arguments.tokens[place]
    plural = token.name.rstrip("*").endswith("s") and not token.name.rstrip("*").endswith("textcites")
    at = _after_parentheses(arguments, place + 1) if plural else place + 1
    last = place
    most = 200 if plural else 2 if "volcite" in token.name.lower() else 1
    for _ in range(most):
        group = arguments.group(arguments.after_options(at))
        if group is None:
            break
        last = group[1]
        at = last + 1
    return last


def _after_parentheses(arguments: Arguments, place: int) -> int:
    """Pass over the pre- and postnote of a list of citations: ``(see)(and elsewhere)``."""
    tokens = arguments.tokens
    at = arguments.skip_space(place)
    if at >= len(tokens) or not tokens[at].string.startswith("("):
        return place
    for following in range(at, min(len(tokens), at + 60)):
        if tokens[following].kind == "paragraph":
            break
        if tokens[following].kind == "text" and tokens[following].string.rstrip().endswith(")"):
            beyond = following + 1
            if beyond < len(tokens) and tokens[beyond].kind in ("left", "open"):
                return beyond
    return place
