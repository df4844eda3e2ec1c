"""Where the grammars and the archive registry lie: inside the installed package, or beside it in a checkout."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_folder(name: str) -> Path:
    """Return the folder ``grammars`` or ``seeds``, wherever this installation keeps it.

    A wheel carries both under ``citecheck/data/``; an editable install and a checkout have them
    at the top of the project.

    Raises:
        FileNotFoundError: neither place has the folder; the installation is damaged.
    """
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"citecheck's own folder “{name}” is missing from {_PACKAGE}; install citecheck again"
    )
