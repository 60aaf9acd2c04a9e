"""Seeds: everything or nothing, and the published schema is the true one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from phrom.agencies.models import Agency
from phrom.config.seeding.shape import Seed
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


def test_the_published_schema_is_the_true_one() -> None:
    published = json.loads((ROOT / "docs/seed.schema.json").read_text(encoding="utf-8"))
    assert published == Seed.model_json_schema()


def test_the_demo_is_a_valid_seed_and_named_as_demonstration() -> None:
    demo = Seed.model_validate_json((ROOT / "demo/chiangmai-2567/seed.json").read_text(encoding="utf-8"))
    assert demo.demo and "สมมติ" in demo.about
    assert len(demo.bodies[0].agencies) == 22
