"""Every part of every word is found, in Thai, in five thousand files, on both databases; nothing else is."""

from __future__ import annotations

import random
import re

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from phrom.shared.files import searching
from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.searching import search_files, snippet, texts_with, words_of
from phrom.shared.files.words import key_of
from phrom.shared.thai.digits import to_arabic, to_thai
from tests.factories.texts import make_texts
from tests.shared.files.conftest import AT

pytestmark = pytest.mark.django_db
GAP = re.compile(r"(?<=[ก-๛])\s+(?=[ก-๛])")


def plain(text: str) -> str:
    """What a person means by the same letters, said without the program's own functions."""
    return " ".join(to_arabic(GAP.sub("", text).lower()).split())


def found(typed: str) -> set[int]:
    return set(texts_with(words_of(typed)).values_list("pk", flat=True))


def one(text: str) -> FileText:
    file = StoredFile.objects.create(sha256=f"{StoredFile.objects.count():064}", size=1, content_type="x", stored_at=AT)
    return FileText.objects.create(file=file, state=TextState.READ, text=text, key=key_of(text), at=AT)


def test_every_part_of_every_word_in_five_thousand_files(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = make_texts(5_000)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE files_filetext")
    said = {text.pk: plain(text.text) for text in texts}
    dice = random.Random(11)
    for number in range(400):
        source = dice.choice(texts).text
        length = dice.choice((1, 2)) if number % 4 == 0 else dice.randrange(3, 25)
        start = dice.randrange(len(source) - length)
        typed = source[start : start + length]
        words = [plain(word) for word in typed.split()]
        if not words:
            continue
        expected = {pk for pk, text in said.items() if all(word in text for word in words)}
        assert found(typed) == expected, typed
        if number % 20 == 0:
            with monkeypatch.context() as without_index:
                without_index.setattr(searching, "LEAST_INDEXED", 1_000)
                assert found(typed) == expected, typed
    for absent in ("ไม่มีคำนี้แน่นอน", "ฆฆฆ", "zzz", "ฆ"):
        assert found(absent) == {pk for pk, text in said.items() if absent in text}


@given(
    words=st.lists(st.sampled_from("กา ก็ เก้า น้ำ ปู่ ที่ ๑๒ ab C- \" ' % _ * ( AND NEAR : ^ \\ é".split()), min_size=1, max_size=6)
)
def test_signs_of_a_query_language_are_letters_like_others(words: list[str]) -> None:
    text = one("".join(words) + " ท้าย")
    try:
        for start in range(len(text.text) - 4):
            assert text.pk in found(text.text[start : start + 4]), text.text[start : start + 4]
    finally:
        text.file.delete() if not text.delete() else None


SAME = [
    ("น้ำท่วม", "น้ํ\nาท่วม", "ำ taken apart by a PDF"),
    ("คณะกรรมการ", "คณะกรรม\nการ", "a line that breaks within a word"),
    ("ที่ประชุม", "ท่ีประชุม", "a tone before its vowel"),
    ("ผู้ว่า", "ผ\uf71a\uf70bวา".replace("\uf71a", "\uf719").replace("วา", "ว\uf70aา"), "shifted marks of old fonts"),
    ("๒๕๖๗", "2567", "either digits"),
    ("2567", "๒๕๖๗", "either digits"),
    ("dashboard", "DashBoard", "capitals"),
    ("คำสั่งที่", "คำสั่สั่งที่", "letters that stand twice in the text layer"),
    ("สถานที่ที่จัด", "สถานที่ที่จัด", "words that are said twice"),
    ("แผน", "เเผน", "two เ for แ"),
]


@pytest.mark.parametrize(("typed", "read", "why"), SAME, ids=[why for *_, why in SAME])
def test_what_programs_do_to_thai_is_forgiven(typed: str, read: str, why: str) -> None:
    text = one(f"ก่อน {read} หลัง")
    assert found(typed) == {text.pk}, why
    assert text.text == f"ก่อน {read} หลัง"  # as it was read
    assert snippet(text.text, words_of(typed)).hit


def test_only_among_those_given_and_only_what_may_be_handed_out() -> None:
    mine, other, waits, infected = (one("หนังสือเวียนเรื่องธรรมาภิบาล") for _ in range(4))
    StoredFile.objects.filter(pk=waits.file_id).update(scan=Scan.WAITING)
    StoredFile.objects.filter(pk=infected.file_id).update(scan=Scan.INFECTED)
    within = StoredFile.objects.exclude(pk=other.file_id)
    assert [hit.sha256 for hit in search_files("ธรรมาภิบาล", within)] == [mine.file.sha256]
    assert search_files("ธรรมาภิบาล", [other.file_id])[0].sha256 == other.file.sha256
    assert search_files("  ", within) == []


def test_the_place_says_page_and_neighbours_as_written() -> None:
    pages = ["หน้าปก", "ด้วยจังหวัดเชียงใหม่ได้จัดทำ  ธรรมาภิบาล\nข้อมูล ปี ๒๕๖๗ แล้ว", "ท้าย"]
    place = snippet("\f".join(pages) + "\f", words_of("ธรรมาภิบาลข้อมูล"))
    assert (place.before, place.hit, place.page) == ("ด้วยจังหวัดเชียงใหม่ได้จัดทำ ", "ธรรมาภิบาล ข้อมูล", 2)
    assert place.after.startswith(" ปี ๒๕๖๗ แล้ว")
    assert snippet("ปี ๒๕๖๗", words_of("2567")).hit == to_thai("2567")
    assert snippet("ไม่มี", ["อื่น"]).hit == ""


def test_the_index_follows_every_way_a_row_is_written() -> None:
    first, second = one("กล้วยไม้"), one("มะม่วงหิมพานต์")
    assert found("กล้วย") == {first.pk}
    FileText.objects.filter(pk=first.pk).update(key=key_of("ลำไยอบแห้ง"))
    assert (found("กล้วย"), found("ลำไย")) == (set(), {first.pk})
    second.key = key_of("ข้าวเหนียว")
    second.save()
    assert (found("มะม่วง"), found("เหนียว")) == (set(), {second.pk})
    second.delete()
    FileText.objects.filter(pk=first.pk).delete()
    assert found("ลำไย") == found("เหนียว") == set()
    if connection.vendor == "sqlite":
        connection.cursor().execute("INSERT INTO files_textindex (files_textindex, rank) VALUES ('integrity-check', 1)")
