r"""What LaTeX commands print: accents, letters, signs; and which commands print nothing.

Leslie Lamport, LaTeX: A Document Preparation System, 3.2 and C.1.2; the packages textcomp, csquotes
and babel.
"""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip
# What an accent stands for by itself: \~{} and \^{}.
BARE_ACCENTS = {"~": "~", "^": "^", "`": "`", "'": "´", '"': "¨"}

SYMBOLS = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\r": " ",
    "\r\n": " ", "\\": " ", "newline": " ", "linebreak": " ", "quad": " ", "qquad": " ", "enspace": " ",
    "space": " ", "hfill": " ", ",": "\N{NARROW NO-BREAK SPACE}", "thinspace": "\N{NARROW NO-BREAK SPACE}",
    "nobreakspace": "\N{NO-BREAK SPACE}", ";": " ", ":": " ", ">": " ", "i": "ı", "j": "ȷ", "l": "ł",
    "L": "Ł", "o": "ø", "O": "Ø", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£",
    "textsterling": "£", "texteuro": "€", "euro": "€", "EUR": "€", "textregistered": "®",
    "texttrademark": "™", "textdegree": "°", "textnumero": "№", "No": "№", "textsection": "§",
    "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "textordmasculine": "º",
    "textordfeminine": "ª", "textbullet": "•", "textperiodcentered": "·", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "dots": "…", "ldots": "…", "slash": "/", "hyp": "-", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "lq": "‘", "rq": "’",
    "quotedblbase": "„", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "quotesinglbase": "‚",
    "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»", "flqq": "«",
    "frqq": "»", "flq": "‹", "frq": "›", "guilsinglleft": "‹", "guilsinglright": "›", "og": "«\u00a0",
    "fg": "\u00a0»", "textquotesingle": "'", "textquotedbl": '"', "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textless": "<",
    "textgreater": ">", "textbar": "|", "textasteriskcentered": "*", "LaTeX": "LaTeX", "TeX": "TeX",
    "psq": " sq.", "psqq": " sqq.", "sq": "sq.", "sqq": "sqq.",
    "XeLaTeX": "XeLaTeX", "LuaLaTeX": "LuaLaTeX", "ldotp": ".", "ier": "er", "iere": "re", "ieme": "e",
}  # fmt: skip

QUOTES = {"``": "“", "''": "”", "`": "‘", "'": "’", "<<": "«", ">>": "»", ",,": "„"}
DASHES = {"--": "–", "---": "—"}
# Shorthands of babel for German, where the manuscript loads it.
GERMAN = {
    '"`': "„", "\"'": "“", '"<': "«", '">': "»", '"=': "-", '"~': "-", '"-': "", '""': "", '"|': "",
    '"/': "/",
}  # fmt: skip

# Commands that print nothing, with how many arguments in braces they take.
SILENT = {
    "label": 1, "index": 1, "vspace": 1, "vspace*": 1, "hspace": 1, "hspace*": 1, "pagestyle": 1,
    "thispagestyle": 1, "setlength": 2, "addtolength": 2,
    "addcontentsline": 3, "addtocontents": 2, "includegraphics": 1, "includegraphics*": 1,
    "bibliographystyle": 1, "bibliography": 1, "addbibresource": 1, "hypersetup": 1,
    "phantomsection": 0, "markboth": 2, "markright": 1, "selectlanguage": 1, "pagenumbering": 1,
    "nocite": 1, "todo": 1, "graphicspath": 1, "usepackage": 1, "RequirePackage": 1, "geometry": 1,
    "definecolor": 3, "color": 1, "rule": 2, "fontsize": 2, "hyphenation": 1, "linespread": 1,
    "enlargethispage": 1, "enlargethispage*": 1, "glossary": 1, "nomenclature": 2, "hypertarget": 1,
    "bookmarksetup": 1, "documentclass": 1, "title": 1, "subtitle": 1, "author": 1, "date": 1, "thanks": 1,
    "includeonly": 1, "newcounter": 1, "newlength": 1,
    "counterwithin": 2, "counterwithout": 2, "theendnotes": 0, "setstretch": 1, "setmainfont": 1,
    "setmainlanguage": 1, "setotherlanguage": 1, "setdefaultlanguage": 1, "captionsetup": 1, "textcolor": 1,
    "foreignlanguage": 1, "textlang": 1, "hyperlink": 1, "resizebox": 2, "scalebox": 1, "parbox": 1,
    "raisebox": 1, "colorbox": 1, "multicolumn": 2, "cline": 1, "cmidrule": 1,
    "ExecuteBibliographyOptions": 1, "DeclareFieldFormat": 2, "bibitem": 1, "lstset": 1, "input": 1,
    "include": 1, "subfile": 1, "import": 2, "subimport": 2, "footnotemark": 0, "endnotemark": 0,
    "newgeometry": 1, "ifthenelse": 1, "PassOptionsToPackage": 2, "csname": 0, "vskip": 0, "hskip": 0,
    "kern": 0,
}  # fmt: skip
# Commands that print nothing and take none.
SILENT |= dict.fromkeys(
    (
        "-", "/", "@", "!", "(", ")", "[", "]", "noindent", "indent", "newpage", "clearpage",
        "cleardoublepage", "maketitle", "tableofcontents", "listoffigures",
        "listoftables", "frontmatter", "mainmatter", "backmatter", "appendix", "bigskip", "medskip",
        "smallskip", "centering", "raggedright", "sloppy", "fussy", "protect", "relax", "xspace", "null",
        "strut", "footnotesize", "small", "large", "Large", "LARGE", "huge", "Huge", "normalsize", "tiny",
        "scriptsize", "bfseries", "bf", "sc", "scshape", "tt", "ttfamily", "sffamily", "sf", "rmfamily",
        "mdseries", "hline", "toprule", "midrule", "bottomrule", "singlespacing", "doublespacing",
        "onehalfspacing", "makeatletter", "makeatother", "begingroup", "endgroup", "unskip", "allowbreak",
        "nobreak", "leavevmode", "ignorespaces", "hss", "vfill", "dotfill", "hrule", "global",
    ),
    0,
)  # fmt: skip

# Commands that print a reference that LaTeX works out; they stay as they are written.
REFERENCES = frozenset(
    ("ref", "pageref", "autoref", "cref", "Cref", "nameref", "footref", "vref", "fullref", "zref", "ref*")
)
HEADINGS = frozenset(
    ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "addpart",
     "addchap", "addsec", "minisec", "caption", "captionof")
)  # fmt: skip
# Environments that hold no prose …
SKIPPED_ENVIRONMENTS = frozenset(
    ("equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "tikzpicture",
     "pgfpicture", "picture", "forest", "tikzcd", "CCSXML", "filecontents")
)  # fmt: skip
# … and arguments that others take.
ENVIRONMENT_ARGUMENTS = {
    "tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "supertabular": 1,
    "array": 1, "minipage": 1, "multicols": 1, "wrapfigure": 2, "adjustwidth": 2, "otherlanguage": 1,
    "otherlanguage*": 1, "spacing": 1, "thebibliography": 1, "list": 2, "hyphenrules": 1,
    "foreigndisplayquote": 1, "parcolumns": 1,
}  # fmt: skip
