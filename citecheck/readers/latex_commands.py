"""The commands of LaTeX, its packages and classes that the reader knows, by what they do."""

import re

from citecheck.readers.latex_preamble import NoteKind

NOTES: dict[str, NoteKind] = {
    "footnote": "footnote", "tablefootnote": "footnote", "sidenote": "footnote", "endnote": "endnote",
    "pagenote": "endnote", "footnoteA": "footnote", "footnoteB": "footnote", "Afootnote": "footnote",
    "Bfootnote": "footnote", "Aendnote": "endnote", "Bendnote": "endnote",
}  # fmt: skip
MARKS: dict[str, NoteKind] = {"footnotemark": "footnote", "endnotemark": "endnote"}
TEXTS: dict[str, NoteKind] = {"footnotetext": "footnote", "endnotetext": "endnote"}

# Commands of natbib, biblatex and their kin; \footcite and the like make a note of their own.
CITES = re.compile(r"[A-Za-z]*[Cc]ite[A-Za-z]*\*?")
NO_CITES = frozenset(("nocite", "citereset", "citestyle", "citetrackerfalse", "citetrackertrue", "citesetup"))
NOTE_CITES = re.compile(r"[Ff]oot(?:full)?cite(?:s|text|texts)?|[Ss]martcites?|footfullcite")
AUTO_CITES = re.compile(r"[Aa]utocites?\*?")
SLANTED = frozenset(("textit", "textsl", "mkbibemph", "bibemph"))
EMPHASISED = frozenset(("emph", "mkbibitalic"))
UPRIGHT = frozenset(("textup", "textnormal", "textrm"))
SWITCHES = {
    "it": True,
    "itshape": True,
    "sl": True,
    "slshape": True,
    "upshape": False,
    "rm": False,
    "normalfont": False,
}
# csquotes: commands that quote, with how many arguments, such as a language, stand before the words …
QUOTING = {
    "enquote": 0, "enquote*": 0, "mkbibquote": 0, "textquote": 0, "textquote*": 0, "foreignquote": 1,
    "foreignquote*": 1, "hyphenquote": 1, "hyphenquote*": 1, "foreigntextquote": 1, "hyphentextquote": 1,
}  # fmt: skip
# … those that set long quotations apart, whose option cites too …
BLOCK_QUOTING = {"blockquote": 0, "foreignblockquote": 1, "hyphenblockquote": 1, "hybridblockquote": 1}
DISPLAYED_QUOTES = {"displayquote": 0, "foreigndisplayquote": 1, "hyphendisplayquote": 1}
# … and those that cite by key: \\textcquote[12]{key}{words}, \\begin{displaycquote}[12]{key}.
CITED_QUOTES = {
    "textcquote": 0, "textcquote*": 0, "foreigntextcquote": 1, "hyphentextcquote": 1, "blockcquote": 0,
    "foreignblockcquote": 1, "hyphenblockcquote": 1, "hybridblockcquote": 1,
}  # fmt: skip
DISPLAYED_CITED_QUOTES = {"displaycquote": 0, "foreigndisplaycquote": 1, "hyphendisplaycquote": 1}
# Environments of long quotations.
QUOTE_ENVIRONMENTS = frozenset(("quote", "quotation", *DISPLAYED_QUOTES, *DISPLAYED_CITED_QUOTES))
