"""Packs a zipped manuscript again with some members changed; the others keep their compressed bytes."""

import copy
import struct
import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO

from citecheck.errors import ManuscriptError
from citecheck.fixing import FixError
from citecheck.readers.markup import MarkupStream

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_SIZES_FOLLOW = 0x8
# The earliest date that a zip file can hold: new members have no history, and output must not vary.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def repack(data: bytes, path: str, changed: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
    """Return the zip file with new content for some members, and without others.

    Members keep their order, dates and attributes; new ones come last. ``mimetype``, by which
    OpenDocument files are known, comes first and is not compressed.

    Raises:
        FixError: the file is damaged, or what would be written is no XML.
    """
    for name, written_anew in changed.items():
        _check(written_anew, path, name)
    written = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
            members = sorted(old.infolist(), key=lambda member: member.filename != "mimetype")
            for member in members:
                if member.filename in dropped:
                    continue
                content = changed.get(member.filename)
                if content is None and member.filename == "mimetype" and member.compress_type:
                    content = old.read(member)
                if content is None:
                    _copy(data, member, new)
                else:
                    _write(new, member, content)
            present = set(old.namelist())
            for name, content in changed.items():
                if name not in present:
                    fresh = zipfile.ZipInfo(name, _NO_DATE)
                    fresh.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(fresh, content)
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, RuntimeError) as error:
        raise FixError(f"{path}: is damaged and cannot be packed again") from error
    return written.getvalue()


def _check(content: bytes, path: str, name: str) -> None:
    """Make sure that a part can be read again, whatever the manuscript had in store."""
    try:
        MarkupStream(content, path, name, {}, {}).run()
    except ManuscriptError as error:
        raise FixError(f"{path}: its part {name} cannot be changed safely, so nothing was written") from error


def _write(new: zipfile.ZipFile, member: zipfile.ZipInfo, content: bytes) -> None:
    fresh = zipfile.ZipInfo(member.filename, member.date_time)
    fresh.compress_type = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
    fresh.external_attr = member.external_attr
    fresh.create_system = member.create_system
    fresh.comment = member.comment
    new.writestr(fresh, content)


def _copy(data: bytes, member: zipfile.ZipInfo, new: zipfile.ZipFile) -> None:
    """Copy a member as it is compressed: a picture is not packed again, nor a bomb unpacked."""
    header = _LOCAL_HEADER.unpack_from(data, member.header_offset)
    begin = member.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1]
    fresh = copy.copy(member)
    # The sizes are known, so they stand in the header; what followed the content is not copied.
    fresh.flag_bits &= ~_SIZES_FOLLOW
    assert new.fp is not None
    fresh.header_offset = new.fp.tell()
    new.fp.write(fresh.FileHeader())
    new.fp.write(data[begin : begin + member.compress_size])
    # The documented ways in compress anew; these three are what they set as well.
    new.filelist.append(fresh)
    new.NameToInfo[fresh.filename] = fresh
    new.start_dir = new.fp.tell()
