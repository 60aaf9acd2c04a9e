"""Words of text files, in UTF-8 or the Thai code page of Windows."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from phrom.shared.files.texts.limits import CHARACTERS, Unreadable, Words, gathered


def plain(file: BinaryIO) -> Words:
    """Whatever stands there."""
    data = file.read(4 * CHARACTERS).removeprefix(codecs.BOM_UTF8)
    whole = not file.read(1)
    for encoding in ("utf-8", "cp874"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
        except UnicodeDecodeError:
            continue
        words = gathered([text])
        return Words(words.text, words.whole and whole)
    raise Unreadable("ไม่รู้จักรหัสอักขระของไฟล์ จึงอ่านข้อความไม่ได้")
