"""Reads passages into citations: where to look, the grammars, and the records that they make."""
