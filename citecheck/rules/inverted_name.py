"""BIB512."""

import re
from collections import Counter
from collections.abc import Iterator

from citecheck.citations import Entry
from citecheck.documents import Document
from citecheck.findings import Problem, Severity
from citecheck.reading.creators import read_name
from citecheck.resolving.works_cited import by_entry
from citecheck.rules import Bad, Good, rule

_PAIR = re.compile(r"\b([A-Z][^\W\d_]{1,8})\s(?=([A-Z][^\W\d_]+))")


@rule(
    code="BIB512",
    subject=Document,
    severity=Severity.WARNING,
    authority="Chicago Manual of Style, 18th ed., chapter 15 (names from several countries)",
    examples=(
        Bad(
            "Mao Zedong opposed it (Zedong, 1962: 14). Mao said so.\n\nReferences\n\n"
            "Zedong, M. (1962) Memorandum of Conversation. Beijing: Renmin.",
            says="Zedong is the given name: the text calls him Mao Zedong, and the family name is Mao",
        ),
        Good(
            "Mao Zedong opposed it (Mao, 1962: 14).\n\nReferences\n\nMao, Z. (1962) Memorandum of "
            "Conversation. Beijing: Renmin."
        ),
        Good(
            "Peter Jones opposed it (Jones, 1962: 14).\n\nReferences\n\nJones, P. (1962) Memorandum. "
            "London: Macmillan."
        ),
    ),
)
def inverted_name(document: Document) -> Iterator[Problem]:
    """A Chinese, Korean or Vietnamese person who is listed under the given name.

    Family names come first in those languages. The text itself is the evidence: it has the name in full, in
    the order in which its bearer has it.
    """
    suspects: dict[str, list[Entry]] = {}
    for entry in document.entries:
        for name in entry.reference.people[:1]:
            if name.given and re.fullmatch(r"(?:[A-Z]\.?\s?-?){1,2}", name.given) and " " not in name.family:
                suspects.setdefault(name.family, []).append(entry)
    if not suspects:
        return
    full: Counter[tuple[str, str]] = Counter(
        (match.group(1), match.group(2))
        for match in _PAIR.finditer(document.manuscript.text)
        if match.group(2) in suspects
    )
    cited = by_entry(document)
    for (first, family), count in full.items():
        if count < 1 or read_name(f"{first} {family}").family != first:
            continue
        for entry in suspects[family]:
            if not (entry.reference.people[0].given or "").startswith(first[0]):
                continue
            span = entry.reference.creators_span
            yield Problem(
                entry.span if span is None else entry.passage.span(*span),
                f"{family} is the given name: the text calls him {first} {family}, and the family name is "
                f"{first}",
                help=f"list the work under {first}, and cite it so",
                entry=entry,
                related=tuple(
                    document.related(each.citation, f"cited as {family}")
                    for each in cited.get(entry.id, ())[:5]
                ),
            )
