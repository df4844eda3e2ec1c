"""Findings that a project has looked at and accepts: kept in a file, and not reported again.

A finding is known again by its rule, the words that it is about and the citation, entry or line that
these stand in, not by line numbers: so that it stays accepted while the text around it changes, and is
reported anew as soon as the citation itself does.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import attrs

from citecheck.errors import CitecheckError
from citecheck.findings import Finding
from citecheck.tables import Table, TableError

SCHEMA = "citecheck-accepted/1"


class AcceptedListError(CitecheckError):
    """A list of accepted findings that cannot be read."""


@attrs.frozen
class AcceptedFinding:
    """One finding as the list has it; the message is there for those who read the list."""

    manuscript: str
    """The file's path from the folder of the list, with slashes."""
    code: str
    words: str
    within: str
    message: str = attrs.field(default="", eq=False)

    @classmethod
    def of(cls, finding: Finding, folder: Path) -> "AcceptedFinding":
        """Return a finding as a list in that folder has it."""
        manuscript, problem = finding.manuscript, finding.problem
        cited = problem.citation or problem.entry
        within = manuscript.line_text(manuscript.position(finding.span.start).line)
        return cls(
            _from_folder(manuscript.path, folder),
            finding.code,
            _squeezed(manuscript.text[slice(*finding.span)]),
            _squeezed(within if cited is None else cited.text),
            finding.message,
        )


_FIELDS = tuple(field.name for field in attrs.fields(AcceptedFinding))


@lru_cache(maxsize=256)
def _from_folder(path: str, folder: Path) -> str:
    if path == "-":
        return path
    try:
        return Path(os.path.relpath(os.path.realpath(path), os.path.realpath(folder))).as_posix()
    except ValueError:
        # Another drive.
        return Path(path).absolute().as_posix()


def _squeezed(words: str) -> str:
    return " ".join(words.split())[:300]


@attrs.frozen
class AcceptedList:
    """A list of accepted findings, and the file that it is kept in."""

    file: Path
    findings: tuple[AcceptedFinding, ...] = ()

    @classmethod
    def read(cls, file: Path, *, begun: bool = True) -> "AcceptedList":
        """Read a list.

        Args:
            file: where it is kept.
            begun: whether the file must be there; else one that is not is an empty list.

        Raises:
            AcceptedListError: the file is not there, cannot be read, or is no such list.
        """
        if not begun and not file.exists():
            return cls(file)
        try:
            table = Table.of(
                json.loads(file.read_text(encoding="utf-8")), "the list", fields=("schema", "accepted")
            )
            if table.text("schema") != SCHEMA:
                raise TableError(f"its schema is not {SCHEMA}")
            rows = table.tables("accepted", _FIELDS)
            return cls(file, tuple(AcceptedFinding(*(row.text(name) for name in _FIELDS)) for row in rows))
        except FileNotFoundError as error:
            raise AcceptedListError(f"{file}: does not exist; --accept begins such a list") from error
        except json.JSONDecodeError as error:
            raise _no_list(file, f"it is no JSON from line {error.lineno} on") from error
        except (TableError, UnicodeDecodeError) as error:
            raise _no_list(file, str(error) if isinstance(error, TableError) else "it is no text") from error
        except OSError as error:
            raise AcceptedListError(
                f"{file}: cannot be read: {'it is a folder' if file.is_dir() else error.strerror}"
            ) from error

    def known_among(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that are accepted; each row of the list stands for one finding."""
        left = Counter(self.findings)
        known = []
        for finding in findings:
            row = AcceptedFinding.of(finding, self.file.parent)
            if left[row]:
                left[row] -= 1
                known.append(finding)
        return known

    def with_findings(
        self, findings: Sequence[Finding], checked: Iterable[str], chosen: Callable[[str], bool]
    ) -> "AcceptedList":
        """Return the list with these findings, in place of all that it had of the same manuscripts and rules.

        Args:
            findings: what is accepted now.
            checked: the paths of the manuscripts that were checked.
            chosen: tells of a rule's code whether the rule was run.
        """
        again = {_from_folder(path, self.file.parent) for path in checked}
        kept = [one for one in self.findings if one.manuscript not in again or not chosen(one.code)]
        added = [AcceptedFinding.of(finding, self.file.parent) for finding in findings]
        return attrs.evolve(
            self, findings=tuple(sorted((*kept, *added), key=lambda one: (one.manuscript, one.code)))
        )

    def to_json(self) -> str:
        """Return the list as its file has it: a finding a line, so that changes can be compared."""
        rows = ",\n".join(json.dumps(attrs.asdict(one), ensure_ascii=False) for one in self.findings)
        return f'{{"schema": "{SCHEMA}", "accepted": [\n{rows}\n]}}\n'


def _no_list(file: Path, trouble: str) -> AcceptedListError:
    return AcceptedListError(
        f"{file}: is no list of accepted findings: {trouble}; name a file that --accept has written"
    )


def leave_out_accepted(
    findings: Sequence[Finding], list_of: Callable[[str], AcceptedList | None]
) -> list[Finding]:
    """Return the findings that no list accepts.

    Args:
        findings: what was found, in any order; it is kept.
        list_of: gives the list that holds for a path, or None.
    """
    by_list: dict[Path, tuple[AcceptedList, list[Finding]]] = {}
    for finding in findings:
        accepted = list_of(finding.manuscript.path)
        if accepted is not None:
            by_list.setdefault(accepted.file, (accepted, []))[1].append(finding)
    known = {id(finding) for accepted, own in by_list.values() for finding in accepted.known_among(own)}
    return [finding for finding in findings if id(finding) not in known]
