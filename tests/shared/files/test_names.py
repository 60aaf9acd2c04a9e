"""Thai names come back letter for letter; tricks are refused."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from phrom.shared.files.download import disposition
from phrom.shared.files.names import BadName, clean_name, extension_of

NAMES = [
    "กิ่งแก้ว.pdf",
    "คำสั่งที่ ๑๒๓/๒๕๖๗.pdf".replace("/", "-"),
    "น้ำ.pdf",
    "นํ้า.pdf",  # the same word with nikhahit apart: what was typed stays
    "ปู่ย่าตายาย ก๊วยเตี๋ยว จั๋น.pdf",
    "ภาษา\u200bไทย.pdf",
    "ก\u200dข.pdf",
    "'quotes' \"double\".pdf",
    "100% & more; a=b.pdf",
    "😀 ยิ้ม.pdf",
    "é vs é.pdf",
    "a" * 251 + ".pdf",
    "ก" * 251 + ".pdf",
    "ไฟล์.ที่.มี.จุด.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_unchanged(name: str) -> None:
    assert clean_name(name) == name
    assert unquote(disposition("attachment", name).split("filename*=UTF-8''")[1]) == name


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_one_line_of_ascii(name: str) -> None:
    header = disposition("attachment", name)
    assert header.isascii()
    assert not set("\r\n") & set(header)
    assert header.count('"') == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/a.pdf", "a.pdf"), ("C:\\งาน\\ก.pdf", "ก.pdf"), ("  ก.pdf ", "ก.pdf"), ("/a/b/", ""), ("..", ""), ("", "")],
)
def test_folders_are_taken_off(name: str, kept: str) -> None:
    if kept:
        assert clean_name(name) == kept
    else:
        with pytest.raises(BadName):
            clean_name(name)


@pytest.mark.parametrize("letter", ["\0", "\r", "\n", "\t", "\x7f", "\u202e", "\u2066", "\u200f", "\u2028", "\ud800"])
def test_invisible_letters_are_refused(letter: str) -> None:
    with pytest.raises(BadName):
        clean_name(f"ใบ{letter}fdp.pdf")


def test_too_long() -> None:
    with pytest.raises(BadName):
        clean_name("ก" * 252 + ".pdf")


@pytest.mark.parametrize(("name", "extension"), [("ก.PDF", "pdf"), ("ก", ""), (".pdf", ""), ("ก.pdf.exe", "exe"), ("ก.", "")])
def test_extension(name: str, extension: str) -> None:
    assert extension_of(name) == extension
