"""Writes references as citations, in the forms of archives, of Chicago and of TeX."""
