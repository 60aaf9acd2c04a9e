"""Seeds: everything or nothing, and the published schema is the true one."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pydantic import ValidationError
from pytest_django import Settings

from phrom.agencies.models import Agency
from phrom.config.seeding.shape import Seed, SeedRound
from phrom.meetings.models import Meeting
from phrom.survey.models import Ask, AskState, Round

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db

SMALL = {
    "bodies": [
        {
            "code": "nan",
            "name": "จังหวัดน่าน",
            "kind": "province",
            "agencies": [
                {"code": "nan-office", "name": "สำนักงานจังหวัดน่าน", "kind": "provincial_office"},
                {"code": "nan-stat", "name": "สำนักงานสถิติจังหวัดน่าน", "kind": "statistical_office"},
            ],
        }
    ],
    "people": [
        {
            "email": "c@nan.example",
            "name": "นางสาวคำแก้ว ใจดี",
            "password": "ผ้าทอน่านลายน้ำไหล",
            "memberships": [
                {"agency": "nan-office", "role": "coordinator", "since": "2024-01-01"},
                {"agency": "nan-office", "role": "official", "since": "2024-01-01"},
                {"agency": "nan-stat", "role": "official", "since": "2024-01-01"},
            ],
        }
    ],
    "orders": [
        {"body": "nan", "number": 1, "year": 2567, "title": "แต่งตั้ง", "issued_on": "2024-01-05", "chair_post": "รองผู้ว่าฯ"}
    ],
    "rounds": [
        {
            "body": "nan",
            "edition": "dga-province-2567",
            "opened_by": "c@nan.example",
            "opened_at": "2024-06-11T16:00:00+07:00",
            "internal_deadline": "2024-06-21",
            "answers": [
                {
                    "agency": "nan-office",
                    "code": "P4.1",
                    "content": {"value": 0},
                    "by": "c@nan.example",
                    "at": "2024-06-12T09:00:00+07:00",
                    "state": "accepted",
                }
            ],
        }
    ],
}


SEATS = [
    {"title": "รองผู้ว่าราชการจังหวัดน่าน", "category": "regional", "role": "chair", "holders": [{"name": "นายน่าน ใจดี"}]},
    {
        "title": "หัวหน้าสำนักงานจังหวัดน่าน",
        "category": "regional",
        "role": "member_secretary",
        "agency": "nan-office",
        "holders": [{"name": "นางสาวคำแก้ว ใจดี", "person": "c@nan.example"}],
        "substitutes": [{"name": "นายแทน ได้", "position": "ผู้อำนวยการกลุ่มงาน", "reference": "บันทึก"}],
    },
    {"title": "สถิติจังหวัดน่าน", "category": "regional", "agency": "nan-stat"},
]
CALLED = {
    "body": "nan",
    "by": "c@nan.example",
    "created_at": "2024-06-03T09:00:00+07:00",
    "held_at": "2024-06-11T13:30:00+07:00",
    "venue": "ห้องประชุม 1",
    "template": "first",
    "agenda": [
        {"head": 1, "minutes": "ไม่มี", "resolutions": [{"kind": "acknowledged", "text": "รับทราบ"}]},
        {
            "head": 3,
            "title": "การตอบแบบสำรวจ",
            "papers": [{"text": "ฝ่ายเลขานุการเสนอ"}, {"source": "pillars"}],
            "resolutions": [
                {"kind": "assigned", "text": "มอบหมาย", "due_on": "2024-06-21", "follow_up": {"task": "ตอบแบบสำรวจให้ครบ"}}
            ],
        },
        {"head": 3, "title": "เรื่องเร่งด่วน", "late_because": "ได้รับแจ้งหลังออกหนังสือ"},
    ],
    "invitation": {"letter_number": "นน 0017/1", "letter_date": "2024-06-03", "at": "2024-06-03T10:00:00+07:00"},
    "replies": [{"seat": 1, "kind": "coming", "at": "2024-06-05T10:00:00+07:00"}],
    "agenda_frozen_at": "2024-06-10T10:00:00+07:00",
    "held": {
        "opened_at": "2024-06-11T13:30:00+07:00",
        "closed_at": "2024-06-11T15:00:00+07:00",
        "attendance": [
            {"seat": 1, "kind": "came"},
            {"seat": 2, "kind": "substitute", "name": "นายแทน ได้", "position": "ผู้อำนวยการกลุ่มงาน"},
        ],
        "participants": [{"name": "นายแขก มาเยือน"}],
    },
    "minutes": {
        "drafted_at": "2024-06-12T09:00:00+07:00",
        "taker": "นางสาวคำแก้ว ใจดี",
        "circulated_at": "2024-06-13T09:00:00+07:00",
        "comments_until": "2024-06-20",
    },
}


def seed(content: object, folder: Path) -> dict:
    file = folder / "seed.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    out = io.StringIO()
    call_command("seed", str(file), stdout=out)
    return dict(json.loads(out.getvalue()))


def test_a_seed_makes_what_it_names_and_prints_ids_and_addresses(tmp_path: Path) -> None:
    made = seed(SMALL, tmp_path)
    round = Round.objects.get()
    assert made["rounds"] == [{"body": "nan", "id": round.pk, "start": f"/rounds/{round.pk}/"}]
    assert made["people"][0]["password"] == "ผ้าทอน่านลายน้ำไหล"
    assert Ask.objects.get(code="P4.1", agency__code="nan-office").state == AskState.ACCEPTED


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"people": [{**SMALL["people"][0], "unknown": 1}]}, "unknown"),  # type: ignore[dict-item]
        ({"rounds": [{**SMALL["rounds"][0], "edition": "no-such-edition"}]}, "edition"),  # type: ignore[dict-item]
        ({"bodies": [{"code": "NAN!", "name": "x", "kind": "province"}]}, "รหัสหน่วยงาน"),
    ],
)
def test_a_bad_seed_says_where_and_makes_nothing(tmp_path: Path, change: dict, told: str) -> None:
    with pytest.raises(CommandError, match=told) as problem:
        seed({**SMALL, **change}, tmp_path)
    assert "nothing was saved" in str(problem.value)
    assert not Agency.objects.exists()


def a_meeting(**change: object) -> dict[str, object]:
    """The small seed with an order's seats and a meeting through every step."""
    order = {**SMALL["orders"][0], "seats": SEATS}  # type: ignore[dict-item]
    return {**SMALL, "orders": [order], "called_meetings": [{**CALLED, **change}]}


def test_a_meeting_goes_through_every_step(tmp_path: Path, settings: Settings) -> None:
    settings.PHROM_FILES = tmp_path / "files"
    seed(a_meeting(), tmp_path)
    meeting = Meeting.objects.get()
    assert str(meeting) == "1/2567"
    assert [(item.number, bool(item.late_because)) for item in meeting.items.exclude(parent=None)] == [
        ("3.1", False),
        ("3.2", True),
    ]
    assert dict(meeting.attendance.values_list("kind", "name")) == {
        "came": "นายน่าน ใจดี",
        "substitute": "นายแทน ได้",
        "absent": "",
        "participant": "นายแขก มาเยือน",
    }
    assert set(meeting.items.get(number="3.1").resolutions.get().follow_ups.values_list("agency__code", flat=True)) == {
        "nan-office",
        "nan-stat",
    }
    assert meeting.minutes.circulated_at is not None
    assert {paper.form for paper in meeting.kept_papers.all()} >= {"agenda", "invitation"}


def test_a_seed_mails_nobody(
    tmp_path: Path, settings: Settings, mailoutbox: list[object], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    settings.PHROM_FILES = tmp_path / "files"
    usual = settings.EMAIL_BACKEND
    with django_capture_on_commit_callbacks() as waiting:
        seed(a_meeting(), tmp_path)
    assert waiting and mailoutbox == []
    assert usual == settings.EMAIL_BACKEND


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"template": "no-such-template"}, "ไม่มีแบบระเบียบวาระ"),
        ({"by": "nobody@nan.example"}, "nobody@nan.example"),
        ({"held": {**CALLED["held"], "closed_at": "2024-06-11T13:00:00+07:00"}}, "เวลาเลิกประชุม"),  # type: ignore[dict-item]
    ],
)
def test_a_meeting_that_cannot_be_so_is_told_and_nothing_is_made(
    tmp_path: Path, settings: Settings, change: dict[str, object], told: str
) -> None:
    settings.PHROM_FILES = tmp_path / "files"
    with pytest.raises(CommandError, match=told):
        seed(a_meeting(**change), tmp_path)
    assert not Agency.objects.exists()


def test_a_set_that_nobody_else_approved_is_not_frozen_by_a_seed_either() -> None:
    one = {"body": "b", "edition": "e", "opened_by": "a@x", "opened_at": "2024-06-11T16:00:00+07:00"}
    closed = {**one, "internal_deadline": "2024-06-21", "frozen_at": "2024-06-13T15:00:00+07:00"}
    for approver in ({}, {"approved_by": "a@x"}):
        with pytest.raises(ValidationError, match="approved_by"):
            SeedRound.model_validate({**closed, **approver})
    assert SeedRound.model_validate({**closed, "approved_by": "b@x"}).frozen_at


def test_the_published_schema_is_the_true_one() -> None:
    published = json.loads((ROOT / "docs/seed.schema.json").read_text(encoding="utf-8"))
    assert published == Seed.model_json_schema()


def test_the_demo_is_a_valid_seed_and_named_as_demonstration() -> None:
    demo = Seed.model_validate_json((ROOT / "demo/chiangmai-2567/seed.json").read_text(encoding="utf-8"))
    assert demo.demo and "สมมติ" in demo.about
    assert len(demo.bodies[0].agencies) == 22
