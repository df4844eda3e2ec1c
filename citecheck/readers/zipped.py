"""Guarded access to the parts of a zipped manuscript (.docx, .odt, .epub).

Members are read by name and into memory only; nothing is extracted, so a path inside the file leads
nowhere. Sizes are checked before and while a member is read, since the declared size can lie.
"""

import zipfile
import zlib
from io import BytesIO

from citecheck.errors import ManuscriptError

MAX_PART = 64 * 2**20
MAX_TOTAL = 256 * 2**20
MAX_MEMBERS = 5_000
# Manuscripts compress 12 to 17 times; a bomb made of one repeated byte reaches 1,000.
MAX_RATIO = 200
_SMALL = 2**20

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def require_zip(data: bytes, path: str, sort: str, suffixes: tuple[str, ...]) -> None:
    """Refuse what is no zip file at all.

    Args:
        data: the file.
        path: its name.
        sort: what it should be: ``a Word file``.
        suffixes: how the names of such files end, the usual ending first: ``.docx``.

    Raises:
        ManuscriptError: it is none.
    """
    if data.startswith(b"PK"):
        return
    if path.lower().endswith(suffixes):
        raise ManuscriptError(path, f"is named as {sort} but is none", f"save it as {suffixes[0]} again")
    raise ManuscriptError(path, f"is not {sort}", "name its real format, or none: then it is found out")


class ZippedParts:
    """The members of one zip file, read on demand and within limits.

    Raises:
        ManuscriptError: it is no zip file, or damaged, or has members that are too many or named twice.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self._read_so_far = 0
        # A signature opens each entry of the directory: a cheap count before the directory is parsed.
        if data.count(b"PK\x01\x02") > 10 * MAX_MEMBERS:
            raise self._refuse(f"has more than {MAX_MEMBERS:,} parts inside")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (*_DAMAGED, zipfile.LargeZipFile) as error:
            raise ManuscriptError(
                path, "is damaged: it cannot be unpacked", "open it in your word processor and save it anew"
            ) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise self._refuse(f"has more than {MAX_MEMBERS:,} parts inside")
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members):
            raise self._refuse("holds two parts of the same name")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the file."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            ManuscriptError: it is missing, encrypted, damaged, or larger than is safe.
        """
        member = self._members.get(name)
        if member is None:
            raise ManuscriptError(
                self.path,
                f"is incomplete: its part {name} is missing",
                "open it in your word processor and save it anew",
            )
        self._check(member)
        limit = min(MAX_PART, MAX_TOTAL - self._read_so_far)
        try:
            with self._zip.open(member) as stream:
                content = stream.read(limit + 1)
        except _DAMAGED as error:
            raise ManuscriptError(
                self.path, f"is damaged: its part {name} cannot be unpacked", "restore it from a backup copy"
            ) from error
        if len(content) > limit:
            raise self._refuse(f"unpacks to more than {limit // 2**20} MB of text")
        self._read_so_far += len(content)
        return content

    def _check(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & 0x1:
            raise ManuscriptError(
                self.path, "is protected by a password", "remove the password and save it again"
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._refuse("is compressed in a way that manuscripts never are")
        if member.file_size > MAX_PART:
            raise self._refuse(
                f"unpacks to {member.file_size // 2**20} MB of text in its part {member.filename}"
            )
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * member.compress_size:
            raise self._refuse(
                f"unpacks to more than {MAX_RATIO} times its size in its part {member.filename}"
            )

    def _refuse(self, trouble: str) -> ManuscriptError:
        return ManuscriptError(
            self.path, f"is not safe to open: it {trouble}", "ask its sender for another copy"
        )
