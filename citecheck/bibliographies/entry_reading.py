"""What an entry says, while it is being read."""

from typing import Literal

import attrs

from citecheck.citations import Container, Locator, Name, Offsets

YEAR = r"(?:1[4-9]|20)\d\d"


@attrs.define
class EntryReading:
    """What an entry says, filled in while it is being read."""

    creators: tuple[Name, ...] = ()
    creators_span: Offsets | None = None
    repeated: bool = False
    """Whether a dash stands for the creators of the entry before."""
    role: str | None = None
    title: str | None = None
    title_span: Offsets | None = None
    title_form: Literal["italic", "quoted", "plain"] = "plain"
    year_written: str | None = None
    date: str | None = None
    original_date: str | None = None
    suffix: str | None = None
    places: list[str] = attrs.Factory(list)
    publishers: list[str] = attrs.Factory(list)
    container: Container | None = None
    pages: tuple[Locator, ...] = ()
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    edition: str | None = None
    volume: str | None = None
    url: str | None = None
    genre: str | None = None
    closed: bool = False
    """Whether a sentence has been read that ends an entry: an imprint or pages."""
    is_part: bool = False
    end: int = 0
