"""How much markup a manuscript may have: each piece costs memory, and a hostile file has nothing else."""

from citecheck.errors import ManuscriptError

# A thesis with 800 notes has 10,000 marks. At this many, reading takes some 500 MB.
MAX_MARKS = 400_000
# In the XML of word processors a word with its format takes eight tags.
MAX_TAGS = 1_000_000


def refuse_excess(text: str, marks: str, path: str) -> None:
    """Refuse a text in which the characters that markup is made of are more than any manuscript has.

    Raises:
        ManuscriptError: they are.
    """
    if len(text) > MAX_MARKS and sum(map(text.count, marks)) > MAX_MARKS:
        raise too_much(path)


def too_much(path: str) -> ManuscriptError:
    """Return the error for a manuscript with too much markup."""
    return ManuscriptError(
        path,
        f"is not safe to open: it has more than {MAX_MARKS:,} pieces of markup",
        "if it is a whole book, divide it into chapters",
    )
