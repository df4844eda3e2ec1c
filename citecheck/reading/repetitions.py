"""Patterns of the words that stand for what was cited before: *ibid.*, *idem*, *op. cit.*, *loc. cit.*

Grammars and scans take them from here; the words are data (``seeds/words/repetitions.toml``). None of these patterns
is a group of its own, and none looks at what follows the word.
"""

from citecheck.vocabulary import word_list, words_pattern

_SUBJECT = "repetitions"
IBID_MISREAD = words_pattern(word_list(_SUBJECT, "ibid_misread"))
"""What scanners make of *ibid.*"""
IBID = words_pattern(word_list(_SUBJECT, "ibid", "ibid_misread"))
"""The same work or place, in words that say nothing else."""
IBID_OPENING = words_pattern(word_list(_SUBJECT, "ibid", "ibid_misread", "ibid_or_else"))
"""The same where the word opens a note or a place: also in words that say something else within a sentence."""
LOC_CIT = words_pattern(word_list(_SUBJECT, "loc_cit"))
OP_CIT = words_pattern(word_list(_SUBJECT, "op_cit"))
IDEM = words_pattern(word_list(_SUBJECT, "idem"))
"""The author named before."""
IDEM_AND_ANOTHER = rf"(?:{IDEM})\s?/"
"""The author named before with another, who is named: “Ders./Malcolm Byrne”."""

IDEM_TERMINAL = rf"(?:{IDEM})(?=[\s,.\/])|(?:{words_pattern(word_list(_SUBJECT, 'his'))})(?=\s[“\"*«„])"
# “cit.” alone counts at the end or before a comma.
OP_CIT_TERMINAL = rf"\*{{0,3}}(?:{OP_CIT}|cit\.?(?=\s*(?:,|$)))\*{{0,3}}"
