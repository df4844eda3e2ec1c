"""Patterns of what archives, libraries and museums are called, and of what lies in them, in many languages.

The words are data (``seeds/words/repositories.toml``). The first two are parts of words: Staatsarchiv, Archiwum.
"""

from citecheck.vocabulary import word_list, words_pattern

ARCHIVE = words_pattern(word_list("repositories", "archives"))
HOUSE = words_pattern(word_list("repositories", "archives", "libraries", "museums", "houses"))
"""Any house that keeps documents."""
PAPERS = words_pattern(word_list("repositories", "papers"))
