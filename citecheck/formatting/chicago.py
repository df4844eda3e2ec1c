"""Writes works and places inside works as the notes of the Chicago manual have them."""

from collections.abc import Iterator, Sequence

from citecheck.citations import Container, Kind, Locator, Name, WorkReference
from citecheck.formatting.dates import format_date

PERIODICALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))


def format_work(reference: WorkReference, *, quoted: bool = False) -> str:
    """Write a work as a note does, in full or shortened as the reference is.

    Args:
        reference: the work.
        quoted: whether its title stands in quotation marks though no container is named, as that of an article does.
    """
    if reference.kind == Kind.AUTHOR_DATE:
        year = f"{(reference.date or 'n.d.')[:4]}{reference.suffix or ''}"
        year += f" [{reference.original_date}]" if reference.original_date else ""
        return _listed(f"{_families(reference.creators)} {year}".strip(), format_locators(reference.locators))
    if reference.kind == Kind.PAGE:
        return format_locators(reference.locators, labelled=True)
    if reference.kind == Kind.SHORT:
        title = _title(reference, quoted=quoted)
        pages = format_locators(reference.locators)
        if not pages:
            return _listed(_families(reference.creators), title.replace(",”", "”"))
        joint = " " if title.endswith("”") else ", "
        return _listed(_families(reference.creators), joint.join(filter(None, (title, pages))))
    return _full(reference, quoted=quoted)


def _listed(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _full(reference: WorkReference, *, quoted: bool) -> str:
    container = reference.container
    lead = _lead(reference)
    title = _title(reference, quoted=quoted)
    joint = " " if title.endswith(("”", "?*", "!*")) else ", "
    pages = format_locators(reference.locators)
    if container is not None and container.title == reference.title and not reference.creators:
        # A newspaper by its day: “*Nodong shinmun*, 9 April 1955, 1”.
        return _listed(_periodical(container, reference.date), pages, reference.url)
    if container is not None and container.kind in PERIODICALS:
        journal = _periodical(container, reference.date) + (f": {pages}" if pages else "")
        return _listed(lead, joint.join(filter(None, (title, journal))), reference.url)
    host = _host(container) if container is not None else ""
    body = joint.join(filter(None, (title, host)))
    imprint = _imprint(reference)
    written = _listed(lead, body, *_roles(reference)) + (f" ({imprint})" if imprint else "")
    return _listed(written, pages, reference.url)


def _lead(reference: WorkReference) -> str:
    """Return who opens the citation: the authors, else the editors, else the translators."""
    if reference.creators:
        return format_names(reference.creators)
    if reference.editors:
        return f"{format_names(reference.editors)}, {'ed.' if len(reference.editors) == 1 else 'eds.'}"
    return f"{format_names(reference.translators)}, trans." if reference.translators else ""


def _title(reference: WorkReference, *, quoted: bool = False) -> str:
    if not reference.title:
        return ""
    container = reference.container
    is_part = container is not None and container.kind != "series"
    if not is_part and reference.genre is None and not quoted:
        return f"*{reference.title}*"
    inner = reference.title.replace("“", "‘").replace("”", "’")
    if inner.endswith(("?", "!")):
        return f"“{inner}”"
    # The comma stands inside the marks of a quotation that ends the title: “… Russia's ‘Agrarian Crisis,’”
    marks = inner[len(inner.rstrip("’'")) :]
    bare = inner.removesuffix(marks).rstrip(",")
    return f"“{bare},{marks}”"


def _periodical(container: Container, date: str | None) -> str:
    volume = f" {container.volume}" if container.volume else ""
    issue = f", no. {container.issue}" if container.issue else ""
    when = format_date(date) or ""
    if not volume and not issue:
        return _listed(f"*{container.title}*", when)
    return f"*{container.title}*{volume}{issue}" + (f" ({when})" if when else "")


def _host(container: Container) -> str:
    if container.kind == "series":
        return " ".join(filter(None, (container.title, container.issue or container.volume)))
    if container.kind == "webpage":
        return container.title
    volume = f"vol. {container.volume}" if container.volume else ""
    editors = f"ed. {format_names(container.creators)}" if container.creators else ""
    return _listed(f"in *{container.title}*", volume, editors)


def _roles(reference: WorkReference) -> Iterator[str]:
    # Those of a chapter's book stand with the book.
    of_book = reference.container is not None and reference.container.creators == reference.editors
    if reference.editors and reference.creators and not of_book:
        yield f"ed. {format_names(reference.editors)}"
    if reference.translators and (reference.creators or reference.editors):
        yield f"trans. {format_names(reference.translators)}"
    if reference.edition:
        yield f"{_ordinal(reference.edition)} ed." if reference.edition.isdecimal() else reference.edition
    if reference.volume:
        yield f"vol. {reference.volume}"


def _ordinal(number: str) -> str:
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ("th" if number[-2:] in ("11", "12", "13") else ending)


def _imprint(reference: WorkReference) -> str:
    house = ": ".join(filter(None, (reference.place, reference.publisher)))
    when = (format_date(reference.date) or "") + (reference.suffix or "")
    when += f" [{reference.original_date}]" if reference.original_date and when else ""
    return _listed(reference.genre if house or when else None, house, when)


# --- names, dates, places ------------------------------------------------------------------------


def format_name(name: Name) -> str:
    """Write a name in the order in which it is spoken of: Erik van Ree, Richard G. Robbins Jr."""
    suffix = f"{name.suffix}." if name.suffix in ("Jr", "Sr") else name.suffix
    return " ".join(filter(None, (name.given, name.family, suffix)))


def format_names(names: Sequence[Name]) -> str:
    """Write a list of names; of more than three the first, with “et al.”."""
    written = [format_name(name) for name in names]
    return f"{written[0]} et al." if len(written) > 3 else _joined(written)


def _families(names: Sequence[Name]) -> str:
    # A short form that tells a son from his father by “Jr.” must not lose it.
    written = [format_name(Name(name.family, suffix=name.suffix)) for name in names]
    return f"{written[0]} et al." if len(written) > 3 else _joined(written)


def _joined(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


# CSL's locator labels, as they are written before one value and before several.
_LABELS = {
    "page": ("p.", "pp."),
    "folio": ("fol.", "fols."),
    "chapter": ("chap.", "chaps."),
    "volume": ("vol.", "vols."),
    "note": ("n.", "nn."),
    "paragraph": ("para.", "paras."),
    "column": ("col.", "cols."),
    "line": ("l.", "ll."),
    "figure": ("fig.", "figs."),
    "book": ("bk.", "bks."),
    "part": ("pt.", "pts."),
    "section": ("sec.", "secs."),
    "verse": ("v.", "vv."),
}


def format_range(locator: Locator, dash: str = "–") -> str:
    """Write the values of a locator without its label: 74–85, 122ff."""
    values = locator.start if locator.end is None else f"{locator.start}{dash}{locator.end}"
    match locator.following:
        case None:
            return values
        case "passim":
            return f"{values} passim"
        case following:
            return f"{values}{following}."


def format_locators(locators: Sequence[Locator], *, labelled: bool = False) -> str:
    """Write places inside a work: pages need no label in a note, everything else has one."""
    parts = []
    for locator in locators:
        value = format_range(locator)
        if locator.label != "page" or labelled:
            one, several = _LABELS.get(locator.label, (locator.label, locator.label))
            value = f"{several if locator.end is not None else one} {value}"
        parts.append(value)
    return ", ".join(parts)
