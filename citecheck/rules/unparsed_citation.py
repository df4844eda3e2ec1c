"""TXT903."""

import re
from collections.abc import Iterator

from citecheck.citations import ArchivalReference, Citation
from citecheck.documents import Document
from citecheck.evidence.texts import texts
from citecheck.evidence.unread import unread_clauses
from citecheck.findings import Problem, Severity
from citecheck.rules import Bad, Good, rule


@rule(
    code="TXT903",
    subject=Document,
    severity=Severity.NOTE,
    examples=(
        Bad(
            "Suh, *Kim Il Sung*, 32–38.\nof the ::: Hanoi >> pp. 12.",
            says="this seems to cite something and could not be read, so it was not checked",
        ),
        Bad(
            "AJ, fond 334, fasc. 12, sv. 33, 5 May 1946.",
            says="these words of the citation of AJ could not be read, so they were not checked",
        ),
        Bad(
            "Museum of the Suez Canal, Lesseps Room, box 3, folder 12.",
            says="this seems to cite something and could not be read, so it was not checked",
        ),
        Bad(
            "Historical Archives of Manchuria, Mukden, 1039-2-147.",
            says="this seems to cite something and could not be read, so it was not checked",
        ),
        Bad(
            "House of Assembly Debates, 5th ser., vol. 146, 31 June 1921, cols. 1240-1234.",
            says="this seems to cite something and could not be read, so it was not checked",
        ),
        Good("The Second Historical Archives of China were closed, he said, on 12-5-1921."),
        Good("E. H. Carr, What Is History? (London: Macmillan, 1961), 12."),
        Good(
            "Foreign Relations of the United States, 1955–1957, vol. XXV: Eastern Europe (Washington: GPO, 1990), 45."
        ),
        Good("The Times, 4 June 1957, p. 7."),
        Good("Suh, *Kim Il Sung*, 32–38.\nIn 1953 students were 80 percent of the members of the party."),
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410, List 22. Fond 5 holds the papers of the apparatus from 1952."
        ),
        Good(
            "RGANI, Fond 5, Opis 28, Delo 410, List 22, which he had denied on 4 May 1956, translated by Jin Kim."
        ),
    ),
)
def unparsed_citation(document: Document) -> Iterator[Problem]:
    """A citation, or a part of one, that could not be read.

    No other rule has checked it. Often a letter or a mark is missing; sometimes it is a form of citing
    that citecheck does not know yet. Behind the place of a document in an archive, what looks like a further
    level, a number or a date must not be left over; comments may.
    """
    for text in texts(document):
        for citation in text.citations:
            if citation.unread is not None:
                start, end = (citation.start + offset for offset in citation.unread)
                yield text.problem(
                    start,
                    end,
                    f"these words of the citation of {_name(citation)} could not be read, so they were not checked",
                    help="check it by hand, or write it like the manuscript's other citations",
                )
        if text.home == "note" or _SOURCE.match(text.words):
            for clause in unread_clauses(text):
                yield text.problem(
                    clause.start,
                    clause.end,
                    "this seems to cite something and could not be read, so it was not checked",
                    help="check it by hand, or write it like the manuscript's other citations",
                )


# The line that says where a printed document was taken from.
_SOURCE = re.compile(r"\[?\s*Source:\s", re.IGNORECASE)


def _name(citation: Citation) -> str:
    reference = citation.reference
    written = reference.archive_written if isinstance(reference, ArchivalReference) else ""
    return written or f"“{citation.text[:30]}”"
