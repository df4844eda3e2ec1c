"""The numerals that word processors and typesetters print: 14, xiv, n, †."""

from collections.abc import Callable, Iterator, Sequence

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SYMBOLS = "*†‡§"


def roman(number: int) -> str:
    """Return 14 as ``xiv``; numbers that have no Roman form stay Arabic."""
    if not 0 < number < 5000:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def repeated_letters(number: int) -> str:
    """Return 1 as ``a``, 26 as ``z``, 27 as ``aa`` and 28 as ``bb``, in the way of Word."""
    if not 0 < number <= 26 * 20:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def counted_letters(number: int) -> str:
    """Return 1 as ``a``, 26 as ``z``, 27 as ``aa`` and 28 as ``ab``, in the way of HTML and OpenDocument."""
    numeral = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        numeral = chr(ord("a") + place) + numeral
    return numeral


def symbols(number: int) -> str:
    """Return 1 as ``*``, 4 as ``§`` and 5 as ``**``."""
    if not 0 < number <= 4 * 20:
        return str(number)
    return _SYMBOLS[(number - 1) % 4] * ((number - 1) // 4 + 1)


# ECMA-376 Part 1, 17.18.59 (ST_NumberFormat), as far as manuscripts in European languages use it.
WORD_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: repeated_letters(number).upper(),
    "lowerLetter": repeated_letters,
    "chicago": symbols,
    "numberInDash": lambda number: f"- {number} -",
    # [MS-OI29500] 2.1.306: Word prints decimals for notes whose format is “bullet”.
    "bullet": str,
}

# The numbering patterns of OpenDocument (style:num-format), HTML (the type of a list) and Typst.
PATTERN_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "a": counted_letters,
    "A": lambda number: counted_letters(number).upper(),
    "*": symbols,
}


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_RAISED = 4


def raised(number: str) -> str | None:
    """Return a raised number with raised digits, ¹⁴, or None for what is no number of a note.

    With plain digits, the mark of note 3 behind a year would read as one number: 19563.
    """
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_RAISED
    return number.translate(_RAISED) if is_number else None


def numbering_runs(labels: Sequence[str | None]) -> Iterator[int]:
    """Yield for each printed label its run of numbering, from 1: numbers that start again open the next.

    A number that comes twice amid the others, or is out of place there, is a slip and opens none. Nor do
    symbols: an author may mark each of his notes with ``*``.
    """
    numbers = [int(label) if label is not None and label.isdecimal() else 0 for label in labels]
    run, before_last, last = 1, 0, 0
    first: str | None = None
    for place, (label, number) in enumerate(zip(labels, numbers, strict=True)):
        if number:
            following = numbers[place + 1] if place + 1 < len(numbers) else 0
            if _starts_again(number, before_last, last, following):
                run, before_last, last = run + 1, 0, 0
            before_last, last, first = last, number, None
        elif label is not None and label.isalnum():
            run += label == first
            before_last, last, first = 0, 0, first or label
        yield run


# A chapter whose first notes are lost begins with one of these at the latest.
_FIRST_NUMBERS = 3
# A step back that is no longer is more likely a slip than the first number of a chapter.
_SHORT_STEP = 5


def _starts_again(number: int, before_last: int, last: int, following: int) -> bool:
    """Tell whether a number opens a new numbering, by the two before it and the one behind it (0 for none)."""
    if number > last or number == last > 1:
        return False
    if last > _SHORT_STEP and last < following <= last + 2:
        # 14, 3, 15: the old numbering goes on.
        return False
    if 0 < before_last < number <= before_last + 2:
        # 14, 99, 16: it was the number before that is out of place.
        return False
    return number <= _FIRST_NUMBERS or last - number > _SHORT_STEP
