"""Word files (.docx): findings as comments, fixes as tracked changes.

WordprocessingML: ECMA-376 Part 1, 17.13. Neither comments nor changes carry a date, so that the same
manuscript and the same findings always give the same file.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from citecheck.findings import Finding
from citecheck.fixing import Fixed
from citecheck.manuscript import Manuscript
from citecheck.writers.changes import check_place, plan
from citecheck.writers.elements import Element, Splice, insert_last, splice, without
from citecheck.writers.word_anchors import Anchors
from citecheck.writers.word_parts import WordParts
from citecheck.writers.word_runs import Revisions, RunChanges
from citecheck.writers.wording import AUTHOR, comment_lines, escape

_RANGE_ENDS = ("commentRangeStart", "commentRangeEnd")


def annotate(data: bytes, manuscript: Manuscript, findings: Sequence[Finding]) -> bytes:
    """Return the file with a comment for each finding, around the mark of its note or the words in the body.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
        FixError: the file is not the one that was checked, or has no text.
    """
    if not findings:
        return data
    parts = WordParts(data, manuscript.path)
    anchors = Anchors(parts, manuscript)
    content = parts.read(parts.document)
    # Where one comment ends and the next begins, the end comes first.
    ends: list[Splice] = []
    starts: list[Splice] = []
    comments: list[bytes] = []
    space = parts.elements(parts.document).space
    for number, finding in enumerate(findings, parts.next_id()):
        check_place(manuscript, finding.span, parts.read)
        first, last = anchors.around(finding)
        declared = declaration(content, first)
        starts.append(Splice(first.start, first.start, _element("commentRangeStart", number, declared)))
        end = _element("commentRangeEnd", number, declared)
        end += b"<w:r%s>%s</w:r>" % (declared, _element("commentReference", number))
        ends.append(Splice(last.end, last.end, end))
        comments.append(_comment(number, comment_lines(finding)))
    parts.change(parts.document, splice(content, [*ends, *starts]))
    _add_comments(parts, comments, space)
    return parts.packed()


def declaration(content: bytes, element: Element) -> bytes:
    """Return the declaration of the prefix ``w``, or nothing where an element shows it to be declared."""
    if content.startswith(b"<w:", element.start):
        return b""
    return f' xmlns:w="{element.space}"'.encode()


def _element(name: str, number: int, declared: bytes = b"") -> bytes:
    return b'<w:%s%s w:id="%d"/>' % (name.encode(), declared, number)


def _comment(number: int, lines: Iterable[str]) -> bytes:
    paragraphs = [b'<w:r><w:t xml:space="preserve">%s</w:t></w:r>' % escape(line) for line in lines]
    paragraphs[0] = b"<w:r><w:annotationRef/></w:r>" + paragraphs[0]
    text = b"".join(b"<w:p>%s</w:p>" % paragraph for paragraph in paragraphs)
    opened = b'<w:comment w:id="%d" w:author="%s" w:initials="cc">' % (number, AUTHOR.encode())
    return opened + text + b"</w:comment>"


def _add_comments(parts: WordParts, comments: Sequence[bytes], space: str) -> None:
    name = parts.comments()
    added = b"".join(comments)
    if name is None:
        root = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{space}">'
        parts.add_comments(b"%s%s</w:comments>" % (root.encode(), added))
        return
    content, element = parts.read(name), parts.elements(name)
    declared = declaration(content, element)
    if declared:
        added = added.replace(b"<w:comment ", b"<w:comment%s " % declared)
    parts.change(name, splice(content, [insert_last(content, element, added)]))


def strip(data: bytes, path: str = "-") -> bytes:
    """Return the file without citecheck's comments: each part is then as it was before they were added.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
    """
    parts = WordParts(data, path)
    name = parts.comments()
    if name is None:
        return data
    root = parts.elements(name)
    ours = [comment for comment in root.children if comment.attribute("author") == AUTHOR]
    numbers = {comment.attribute("id") for comment in ours}
    if not numbers:
        return data
    gone = [
        element
        for element in parts.elements(parts.document).walk()
        if _belongs_to_comment(element) and element.attribute("id") in numbers
    ]
    gone = [_run_of(element) if element.name == "commentReference" else element for element in gone]
    body = parts.read(parts.document)
    parts.change(parts.document, without(body, parts.elements(parts.document), gone))
    if len(ours) < len(root.children) or not parts.drop_comments(name):
        parts.change(name, without(parts.read(name), root, ours))
    return parts.packed()


def _belongs_to_comment(element: Element) -> bool:
    return element.name in _RANGE_ENDS or element.name == "commentReference"


def _run_of(mark: Element) -> Element:
    """Return the run that holds nothing but the mark of a comment, or the mark."""
    run = mark.parent
    assert run is not None
    return run if all(child.name in ("rPr", "commentReference") for child in run.children) else mark


def correct(
    data: bytes, manuscript: Manuscript, findings: Sequence[Finding], *, unsafe: bool
) -> tuple[bytes, Fixed]:
    """Return the file with the fixes as tracked changes, in the formatting of the words they replace.

    What reference managers keep, what is tracked already, and what is more than words is left, and
    the result says why.

    Raises:
        ManuscriptError: the file is damaged or not safe to open.
        FixError: the file is not the one that was checked.
    """
    parts = WordParts(data, manuscript.path)
    runs = RunChanges(parts)
    changes, fixed = plan(manuscript, findings, parts.read, runs.check, unsafe=unsafe)
    if not changes:
        return data, fixed
    by_part: dict[str, list[Splice]] = defaultdict(list)
    revisions = Revisions(parts.next_id())
    for change in changes:
        runs.add(change)
    for part, rewritten in runs.rewritten(revisions):
        by_part[part].append(rewritten)
    for part, splices in by_part.items():
        parts.change(part, splice(parts.read(part), splices))
    return parts.packed(), fixed
