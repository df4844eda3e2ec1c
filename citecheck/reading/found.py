"""What the readers of citations return: a citation where it stands in a passage."""

import attrs

from citecheck.citations import Offsets, Reference


@attrs.frozen
class Found:
    """A citation in a passage: its range as written, without signal and closing stop, and its reading."""

    start: int
    end: int
    reference: Reference
    signal: str | None = None
    unread: Offsets | None = None
    """Where words behind it belong to it and were not read."""
