"""The letters that names and titles begin with, for patterns: ``[{UPPER}]``."""

UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽƏƠƯǍ-ǮȘȚḀ-ỹΑ-ΩЀ-Я\u0490Ѣ"
"""Capitals of Latin, Greek and Cyrillic alphabets; where both cases stand side by side in Unicode, both."""
