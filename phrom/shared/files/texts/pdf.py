"""Words of a PDF, page after page. What was scanned as a picture has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2

from phrom.shared.files.texts.limits import NEW_PAGE, PAGES, Unreadable, Words, gathered


def pdf(file: BinaryIO) -> Words:
    """The text layer of the first 500 pages."""
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as broken:
        locked = "assword" in str(broken)
        raise Unreadable("ไฟล์ตั้งรหัสผ่าน จึงอ่านข้อความไม่ได้" if locked else "ไฟล์ PDF เสียหาย จึงอ่านข้อความไม่ได้") from broken
    words = gathered(_pages(document))
    return Words(words.text, words.whole and len(document) <= PAGES)


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for number in range(min(len(document), PAGES)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            page.close()
        except pypdfium2.PdfiumError:  # one broken page does not take the others' words
            text = ""
        yield text + NEW_PAGE
