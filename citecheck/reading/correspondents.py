"""Recognises words that say who wrote to whom: “Brosio a Sforza”, “Sir W. Hayter to Mr Eden”."""

import re

_FROM_AND_TO = re.compile(
    r"[^\W\d_a-zа-яё][\w.'’-]*(?:\s[\w.'’-]+){0,4}\s(?:to|an|à|au|aux|a|al|alla|ao|do|k|к|aan|till|til)\s[^\W\d_a-zа-яё]"
)


def tells_correspondents(words: str) -> bool:
    """Tell whether words begin with a writer and an addressee."""
    return _FROM_AND_TO.match(words) is not None
