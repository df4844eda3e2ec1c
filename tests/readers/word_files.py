"""Word files made in memory, with just the parts that a test is about."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:w="{word}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_SEPARATORS = (
    '<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    '<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:t>no note</w:t></w:r></w:p></w:{kind}>'
)


def text(words: str, format: str = "") -> str:
    properties = f"<w:rPr>{format}</w:rPr>" if format else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def call(identifier: int, kind: str = "footnote", mark: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if mark else ""
    shown = f"<w:t>{mark}</w:t>" if mark else ""
    return f'<w:r><w:{kind}Reference{custom} w:id="{identifier}"/>{shown}</w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{before}{''.join(content)}</w:p>"


def note(identifier: int, *content: str, kind: str = "footnote", number: bool = True) -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>{text(' ')}" if number else ""
    return f'<w:{kind} w:id="{identifier}">{paragraph(mark, *content)}</w:{kind}>'


def complex_field(instruction: str, *result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{''.join(result)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def word_file(
    body: str,
    footnotes: str = "",
    endnotes: str = "",
    settings: str = "",
    styles: str = "",
    numbering: str = "",
    word: str = WORD,
    others: dict[str, bytes] | None = None,
) -> bytes:
    """Return a .docx file."""
    spaces = _NAMESPACES.format(word=word)
    contents = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
    }
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            separators = _SEPARATORS.format(kind=kind)
            contents[f"word/{kind}s.xml"] = f"<w:{kind}s {spaces}>{separators}{notes}</w:{kind}s>"
    for part, content in (("settings", settings), ("styles", styles), ("numbering", numbering)):
        if content:
            contents[f"word/{part}.xml"] = f"<w:{part} {spaces}>{content}</w:{part}>"
    return zipped({name: content.encode() for name, content in contents.items()} | (others or {}))


def zipped(contents: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents.items():
            # OpenDocument and EPUB files begin with their type, as it is.
            parts.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return written.getvalue()
