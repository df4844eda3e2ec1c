"""Errors that reach the user: each names the file, the trouble and the remedy."""


class CitecheckError(Exception):
    """Anything that citecheck tells its user instead of going on."""


class ManuscriptError(CitecheckError):
    """A manuscript that cannot be read.

    ``path`` is the file as it was named, ``trouble`` what is wrong with it, ``remedy`` what to do.
    """

    def __init__(self, path: str, trouble: str, remedy: str = "") -> None:
        super().__init__(f"{path}: {trouble}" + (f"; {remedy}" if remedy else ""))
        self.path = path
        self.trouble = trouble
        self.remedy = remedy
