"""Asking for a pack, watching it and taking it: what the coordinator sees, and what nobody else may have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from phrom.results import jobs
from phrom.results.actions import packs
from phrom.results.models import AnswerPack, PackState
from phrom.shared.files.store import keep_made, path_of
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.freezing import freeze_round
from phrom.survey.models import Round
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.results import make_pack
from tests.factories.survey import AT, make_approved, make_round

pytestmark = pytest.mark.django_db
KEY = "k" * 20


@pytest.fixture
def round() -> Round:
    return make_round(make_body(name="จังหวัดเชียงใหม่"))


def signed(round: Round, role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(make_member(round.body, role))
    return client


def finished(round: Round) -> AnswerPack:
    pack = make_pack(round)
    file = keep_made([b"PK zip"], content_type="application/zip", at=AT)
    AnswerPack.objects.filter(pk=pack.pk).update(state=PackState.DONE, progress=100, file=file, finished_at=AT)
    return AnswerPack.objects.get(pk=pack.pk)


def test_asking_puts_a_pack_into_the_queue_with_its_entry(round: Round) -> None:
    told = signed(round).post(f"/rounds/{round.pk}/packs/", {"once": KEY})
    pack = AnswerPack.objects.get()
    assert told["Location"] == f"/rounds/{round.pk}/packs/"
    assert (pack.state, pack.round, pack.file) == (PackState.WAITING, round, None)
    entry = AuditEvent.objects.get(event="pack.requested")
    assert (entry.about, entry.chain) == (f"pack:{pack.pk}", round.body.code)


def test_the_page_asks_again_by_itself_only_while_a_pack_is_made(round: Round) -> None:
    client = signed(round)
    assert client.get(f"/rounds/{round.pk}/packs/").context["page"].under_way is False
    pack = make_pack(round)
    assert client.get(f"/rounds/{round.pk}/packs/").context["page"].under_way is True
    AnswerPack.objects.filter(pk=pack.pk).update(state=PackState.FAILED)
    assert client.get(f"/rounds/{round.pk}/packs/").context["page"].under_way is False


def test_ten_packs_are_shown_the_newest_first(round: Round) -> None:
    made = [make_pack(round).pk for _ in range(12)]
    shown = [pack.pk for pack in signed(round).get(f"/rounds/{round.pk}/packs/").context["page"].packs]
    assert len(shown) == 10
    assert max(made) in shown


@pytest.mark.parametrize("state", PackState)
def test_progress_is_told_to_the_page_that_waits(round: Round, state: PackState) -> None:
    pack = make_pack(round)
    AnswerPack.objects.filter(pk=pack.pk).update(state=state, progress=40, message="รวมแฟ้ม 20 จาก 50")
    told = signed(round).get(f"/packs/{pack.pk}/progress/").json()
    assert told == {"state": state.value, "label": state.label, "progress": 40, "message": "รวมแฟ้ม 20 จาก 50"}


def test_a_pack_is_taken_under_its_thai_name_as_a_draft(round: Round) -> None:
    told = signed(round).get(f"/packs/{finished(round).pk}/file/")
    name = unquote(told["Content-Disposition"].split("filename*=UTF-8''")[1])
    assert name == "ชุดเอกสารคำตอบ จังหวัดเชียงใหม่ ปีงบประมาณ 2567 (ร่าง).zip"
    assert told["Content-Disposition"].startswith("attachment")
    assert b"".join(told.streaming_content) == b"PK zip"


def test_after_the_freeze_it_is_no_draft(round: Round) -> None:
    pack = finished(round)
    make_approved(round)
    freeze_round(round=round, by=make_person(), at=AT)
    told = signed(round).get(f"/packs/{pack.pk}/file/")
    assert "ร่าง" not in unquote(told["Content-Disposition"])


def test_a_pack_that_is_not_made_cannot_be_taken(round: Round) -> None:
    assert signed(round).get(f"/packs/{make_pack(round).pk}/file/").status_code == 404


def test_a_pack_that_was_damaged_is_not_handed_out(round: Round) -> None:
    pack = finished(round)
    assert pack.file is not None
    Path(path_of(pack.file)).write_bytes(b"changed")
    told = signed(round).get(f"/packs/{pack.pk}/file/")
    assert told.status_code == 503
    assert "เสียหายหรือหายไป" in told.content.decode()


@pytest.mark.parametrize("path", ["progress", "file"])
@pytest.mark.parametrize("role", ["chair", "member", "auditor", "administrator"])
def test_who_may_not_make_packs_finds_none(round: Round, path: str, role: str) -> None:
    assert signed(round, role).get(f"/packs/{finished(round).pk}/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["progress", "file"])
def test_an_office_and_another_province_find_none(round: Round, path: str) -> None:
    address = f"/packs/{finished(round).pk}/{path}/"
    official = Client()
    official.force_login(make_member(make_agency(round.body)))
    assert [client.get(address).status_code for client in (official, signed(make_round()))] == [404, 404]


@pytest.mark.parametrize("path", ["packs/{pack}/progress/", "packs/{pack}/file/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_what_is_read_is_only_read(round: Round, path: str, method: str) -> None:
    assert getattr(signed(round), method)("/" + path.format(pack=finished(round).pk)).status_code == 405


def test_the_job_makes_the_pack_and_gives_up_on_a_killed_one(round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    killed, asked = make_pack(round), make_pack(round)
    AnswerPack.objects.filter(pk=killed.pk).update(state=PackState.WORKING)
    made: list[int] = []
    monkeypatch.setattr(packs, "make_pack", lambda *, pack, clock: made.append(pack.pk))
    jobs.build_pack.func(asked.pk)
    assert made == [asked.pk]
    assert AnswerPack.objects.get(pk=killed.pk).state == PackState.FAILED


def test_an_empty_round_makes_a_whole_pack(round: Round) -> None:
    pack = make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk))
    packs.make_pack(pack=pack, clock=lambda: AT)
    pack.refresh_from_db()
    assert (pack.state, pack.progress) == (PackState.DONE, 100)
    made = AuditEvent.objects.get(event="pack.made")
    assert pack.file is not None
    assert made.details == {"sha256": pack.file.sha256, "size": pack.file.size}


def test_every_step_is_told_and_they_only_go_forward(round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    tell: Any = packs._tell
    monkeypatch.setattr(packs, "_tell", lambda pack, progress, text: (steps.append(progress), tell(pack, progress, text)))
    packs.make_pack(pack=make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk)), clock=lambda: AT)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (5, 95)


@pytest.mark.parametrize("fails", ["pack_source", "write_answers", "render_pdf", "render_docx", "keep_made"])
def test_wherever_it_fails_the_pack_says_so_and_keeps_nothing(
    round: Round, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError("no room at /secret/place")

    monkeypatch.setattr(packs, fails, failing)
    pack = make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk))
    packs.make_pack(pack=pack, clock=lambda: AT)
    pack.refresh_from_db()
    assert (pack.state, pack.file, pack.message, pack.finished_at) == (PackState.FAILED, None, packs.NOT_MADE, AT)
    assert not AuditEvent.objects.filter(event="pack.made").exists()
    assert "/secret/place" not in json.dumps(signed(round).get(f"/packs/{pack.pk}/progress/").json())
