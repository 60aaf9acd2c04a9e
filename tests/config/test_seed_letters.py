"""A seed's letters: every act through the actions that people use, each book in the order of its days."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from phrom.letters.models import Book, DirectoryEntry, Incoming, Letter, Office, Recipient, RegisterEntry
from phrom.meetings.models import FollowUp
from tests.config.test_seed import SMALL, a_meeting, seed

pytestmark = pytest.mark.django_db
BY = "c@nan.example"


def done(day: int, hour: int = 9, because: str = "") -> dict[str, str]:
    return {"by": BY, "at": f"2024-06-{day:02d}T{hour:02d}:00:00+07:00", "because": because}


def letter(day: int, *to: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A letter of the provincial office, issued on a day of June."""
    said = {"agency": "nan-office", "kind": "memo", "subject": f"เรื่องของวันที่ {day}", "text": "ด้วย\nจึงเรียนมา"}
    signed = {"addressed_to": "สถิติจังหวัดน่าน", "signer_name": "นายน่าน ใจดี"}
    when = {"by": BY, "at": done(day)["at"], "issued": done(day)}
    return {**said, **signed, **when, "to": list(to), **more}


def staffed(**more: Any) -> dict[str, Any]:
    """The small seed, in which one person is the clerk of both offices and both have their letter codes."""
    made = copy.deepcopy(SMALL)
    clerks = [{"agency": code, "role": "clerk", "since": "2024-01-01"} for code in ("nan-office", "nan-stat")]
    made["people"][0]["memberships"] += clerks  # type: ignore[index]
    codes = [{"agency": "nan-office", "letter_code": "นน 0017.2"}, {"agency": "nan-stat", "letter_code": "นน 0008"}]
    return {**made, "offices": codes, **more}


STAT = {"agency": "nan-stat"}


def test_books_run_in_the_order_of_days_whatever_the_order_in_the_file(tmp_path: Path) -> None:
    seed(staffed(letters=[letter(5, STAT), letter(3, STAT), letter(4, STAT)]), tmp_path)
    rows = RegisterEntry.objects.filter(register__book=Book.MEMO).order_by("number").values_list("number", "subject")
    assert list(rows) == [(1, "เรื่องของวันที่ 3"), (2, "เรื่องของวันที่ 4"), (3, "เรื่องของวันที่ 5")]


def test_every_state_of_a_recipient(tmp_path: Path) -> None:
    answered = {**done(6), "text": "ได้ดำเนินการแล้ว", "signer_name": "นายสถิติ แม่นยำ"}
    answered.pop("because")
    letters = [
        letter(3, {**STAT, "accepted": done(4), "instructed": done(4, 10, "มอบฝ่ายข้อมูล"), "answered": answered}),
        letter(4, {**STAT, "rejected": done(5, 9, "ส่งผิดหน่วยงาน")}),
        letter(5, {**STAT, "recalled": done(5, 11, "พิมพ์ผิดทั้งฉบับ")}),
        letter(6, {"name": "ที่ว่าการอำเภอปัว", "dispatched": done(6, 15, "ไปรษณีย์")}, {"name": "ที่ว่าการอำเภอเวียงสา"}),
        letter(
            7, {**STAT, "accepted": done(7, 10), "assigned_to": BY, "due_on": "2024-06-20", "closed": done(8, 9, "เสร็จแล้ว")}
        ),
        letter(8, STAT, voided=done(8, 16, "ออกซ้ำ")),
    ]
    seed(staffed(letters=letters), tmp_path)
    states = [
        row.state
        for row in Recipient.objects.filter(letter__office__agency__code="nan-office").order_by("letter_id", "position")
    ]
    assert states == ["accepted", "rejected", "recalled", "delivered", "queued", "accepted", "recalled"]
    first = Recipient.objects.get(letter__subject="เรื่องของวันที่ 3", letter__office__agency__code="nan-office")
    assert first.accept_number == "1" and first.answer_number
    closed = Incoming.objects.get(subject="เรื่องของวันที่ 7")
    assert closed.closed_because == "เสร็จแล้ว" and closed.due_on is not None


def test_a_draft_one_for_approval_a_secret_one_and_a_reservation(tmp_path: Path) -> None:
    people = staffed()["people"]
    people[0]["memberships"].append({"agency": "nan-office", "role": "secret_registrar", "since": "2024-01-01"})
    draft, asked = letter(4, STAT), letter(5, STAT, submitted=done(5))
    for each in (draft, asked):
        each.pop("issued")
    kept = {"agency": "nan-office", "book": "send", "count": 3, "reserved_for": "ผู้ว่าฯ", "by": BY, "at": done(6)["at"]}
    office = {"agency": "nan-office", "letter_code": "นน 0017", "head_approves": True}
    given = {"letters": [draft, asked], "reservations": [kept], "offices": [office]}
    seed(staffed(people=people, **given), tmp_path)
    assert Letter.objects.filter(issued_at=None).count() == 2
    assert Letter.objects.get(subject="เรื่องของวันที่ 5").submitted_at is not None
    texts = RegisterEntry.objects.filter(state="reserved").values_list("number_text", flat=True)
    assert list(texts) == ["นน 0017/1", "นน 0017/2", "นน 0017/3"]
    assert Office.objects.get(agency__code="nan-office").head_approves


def test_a_secret_letter_stands_in_its_own_book(tmp_path: Path) -> None:
    seed(staffed(letters=[letter(4, STAT, secrecy="002")]), tmp_path)
    assert RegisterEntry.objects.get().register.book == Book.SECRET_SEND


def test_a_letter_for_a_resolution_tells_its_follow_up(tmp_path: Path, settings: Settings) -> None:
    settings.PHROM_FILES = tmp_path / "files"
    what = {"body": "nan", "number": 1, "year": 2567, "item": "3.1"}
    out = letter(12, {**STAT, "accepted": done(13)}, for_resolution=what, answer_by="2024-06-21")
    with_meeting = a_meeting()
    seed({**staffed(), **{key: with_meeting[key] for key in ("orders", "called_meetings")}, "letters": [out]}, tmp_path)
    line = FollowUp.objects.get(agency__code="nan-stat")
    assert line.notes.latest("id").text.startswith("ลงรับหนังสือที่")


def test_letters_on_paper_and_offices_elsewhere(tmp_path: Path) -> None:
    came = {"agency": "nan-office", "from_name": "กรมการปกครอง", "their_number": "มท 1/ว 2", "subject": "เวียน", **done(4)}
    came.pop("because")
    office = {"office_uuid": "00000000-0000-4000-8000-000000000510", "name": "สำนักงานจังหวัดแพร่", "since": "2024-06-03"}
    node = {"node_id": "00000000-0000-4000-8000-000000000051", "name": "แพร่", "base_url": "https://phrae.example"}
    there = {**node, "known_at": done(3)["at"], "approved": done(3), "offices": [office]}
    seed(staffed(incoming=[{**came, "accepted": done(5)}], elsewhere=[there]), tmp_path)
    row = Incoming.objects.get()
    assert row.entry is not None and row.entry.their_number == "มท 1/ว 2"
    assert DirectoryEntry.objects.get().peer.is_trusted  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"agency": "no-such-agency"}, "nothing was saved"),
        ({"by": "nobody@nan.example"}, "nobody@nan.example"),
        ({"text": " "}, "ยังไม่มีข้อความ"),
        ({"colour": "red"}, "colour"),
    ],
    ids=["no office", "nobody", "not ready", "unknown key"],
)
def test_a_letter_that_cannot_be_so_is_told_and_nothing_is_made(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        seed(staffed(letters=[{**letter(4, STAT), **change}]), tmp_path)
    assert not Letter.objects.exists() and not Office.objects.exists()
