"""Finds the manuscripts that paths name: files, and folders for all the manuscripts in them."""

from collections.abc import Sequence
from pathlib import Path

from citecheck.errors import ManuscriptError
from citecheck.readers import included_files, manuscript_suffixes


def files_of(path: str | Path) -> list[str]:
    """Return the file that a path names, or the manuscripts in a folder and those below it, in order.

    Raises:
        ManuscriptError: there is no such path, or no manuscript in the folder.
    """
    path = Path(path)
    if not path.exists():
        raise ManuscriptError(str(path), "does not exist", "check the name and the folder")
    if not path.is_dir():
        return [str(path)]
    suffixes = manuscript_suffixes()
    found = [
        str(file)
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in suffixes
        and file.is_file()
        and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
    ]
    if not found:
        known = ", ".join(sorted(suffixes))
        raise ManuscriptError(
            str(path), "holds no manuscript", f"citecheck looks for files ending in {known}"
        )
    return found


def parts_of_others(files: Sequence[str]) -> dict[str, str]:
    """Return those of some files that another of them includes, each with the first that does.

    Two that include each other are not among them.
    """
    if len(files) < 2:
        return {}
    given = {Path(file).resolve(): file for file in files}
    parts: dict[Path, str] = {}
    for path, file in given.items():
        for part in included_files(file):
            if part in given and given[part] != file and parts.get(path) != given[part]:
                parts.setdefault(part, file)
    return {given[path]: whole for path, whole in parts.items()}
