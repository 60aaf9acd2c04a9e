"""Real files with Thai words in them, made by the programs that offices' files are like."""

from __future__ import annotations

import io
from functools import cache

import docx
import typst
import xlsxwriter

from phrom.shared.documents import fonts
from tests.shared.files.specimens import archive, odf

SENTENCE = "ด้วยจังหวัดเชียงใหม่ได้จัดทำธรรมาภิบาลข้อมูลภาครัฐ น้ำท่วม ปี ๒๕๖๗"


@cache
def pdf_of(*pages: str) -> bytes:
    """A PDF with a page for each text."""
    source = "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(f'#set text(font: "Sarabun")\n{source}'.encode(), font_paths=[str(fonts.FOLDER)]))


def docx_of(*paragraphs: str, cell: str = "", foot: str = "") -> bytes:
    """A Word file with paragraphs, a table and a foot."""
    document, buffer = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cell:
        document.add_table(1, 2).cell(0, 1).text = cell
    if foot:
        document.sections[0].footer.paragraphs[0].text = foot
    document.save(buffer)
    return buffer.getvalue()


def xlsx_of(**sheets: list[list[object]]) -> bytes:
    """An Excel file, rows by sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def pptx_of(*slides: str) -> bytes:
    """What is read of a PowerPoint file, with its slides in an order that their names do not have as text."""
    types = '<Types><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.{}"/></Types>'
    kind = types.format("presentationml.presentation.main+xml")
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    parts = [
        (f"ppt/slides/slide{number}.xml", f"<sld {space}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></sld>".encode())
        for number, text in enumerate(slides, start=1)
    ]
    return archive(("[Content_Types].xml", kind.encode()), *sorted(parts))


def odt_of(*paragraphs: str, extension: str = "odt") -> bytes:
    """An OpenDocument file with styled words, a tab and spaces in its paragraphs."""
    space = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    said = "".join(f"<text:p>{text}<text:s/><text:span>ต่อ</text:span><text:tab/>ท้าย</text:p>" for text in paragraphs)
    return odf(extension, ("content.xml", f"<body {space}>{said}</body>".encode()), content=False)
