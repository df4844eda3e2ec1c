"""CON207."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from citecheck.documents import Document
from citecheck.evidence.filing import Filed, filed
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="CON207",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Hungarian Embassy to the DRV, Report, 4 March 1955, VTS, 3. doboz, 5/a, 004122/1955.\n"
            "Hungarian Embassy to the DRV, Report, 9 May 1957, VTS, 3. doboz, 5/a, 002736/1957.\n"
            "Hungarian Embassy to the DRV, Report, 2 June 1960, VTS, 3. doboz, 5/a, 003011/1960.\n"
            "Hungarian Embassy to the DRV, Report, 8 February 1956, VTS, 2. doboz, 5/a, 003052/1956.",
            says="tetel 5/a of VTS lies in doboz 2 here, in doboz 3 in the 3 other documents",
        ),
        Good(
            "Hungarian Embassy to the DRV, Report, 4 March 1955, VTS, 3. doboz, 5/a, 004122/1955.\n"
            "Hungarian Embassy to the DRV, Report, 9 May 1957, VTS, 3. doboz, 5/a, 002736/1957.\n"
            "Hungarian Embassy to the DRV, Report, 8 February 1956, VTS, 3. doboz, 5/a, 003052/1956."
        ),
    ),
)
def odd_container(document: Document) -> Iterator[Problem]:
    """A series and item that otherwise always stand in another box.

    Three other documents at least must agree, and the document must be dated between them: an item that
    fills several boxes fills them in the order of time.
    """
    groups: defaultdict[tuple[str, str, str, str], dict[str, list[Filed]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for member in filed(document):
        container = dict(member.container)
        box_key = next((key for key in ("doboz", "box", "karton", "papka") if key in container), None)
        item_key = next((key for key in container if key not in (box_key, "fond", "opis")), None)
        if box_key is not None and item_key is not None and member.number is not None:
            groups[member.archive, member.series, item_key, container[item_key]][
                f"{box_key} {container[box_key]}"
            ].append(member)
    for (_, _, item_key, item), boxes in groups.items():
        documents = Counter(
            {box: len({member.number for member in members}) for box, members in boxes.items()}
        )
        (usual, count), *others = documents.most_common()
        if count < 3 or len(others) != 1 or others[0][1] != 1:
            continue
        dates = sorted(member.reference.date for member in boxes[usual] if member.reference.date)
        for member in boxes[others[0][0]]:
            # Boxes are filled in the order of time: a paper older or younger than all others has a box of its own.
            if not dates or not dates[0] <= (member.reference.date or "") <= dates[-1]:
                continue
            yield Problem(
                member.citation.locate(member.reference.reference_span),
                f"{item_key} {item} of {member.series_as_cited} lies in {others[0][0]} here, in {usual} in the {count} other documents",
                label=f"elsewhere {usual}",
                help="check the box against the source",
                citation=member.citation,
                related=tuple(document.related(other.citation, usual) for other in boxes[usual][:3]),
            )
