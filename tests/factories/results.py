"""Rounds of the real questionnaire with a few answers, and last year's result."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.results.models import AnswerPack, OfficialResult, Snapshot
from phrom.rules.instrument.load import load_edition
from phrom.shared.files.store import keep_made
from phrom.survey.models import AskState, Round
from tests.factories.agencies import make_agency, make_body, make_member, make_person
from tests.factories.survey import AT, make_answer, make_ask, make_evidence, make_round

EDITION = load_edition(Path(__file__).resolve().parents[2] / "editions/dga-province-2567")
HARD_NAME = "คำสั่งแต่งตั้งคณะทำงานธรรมาภิบาลข้อมูล (ฉบับที่ ๑๒) น้ำปิง-ญาณี ฐิติ.txt"
HARD_TEXT = "กำหนดให้ผู้ใช้น้ำรู้ทันภัยไซเบอร์ ผู้อยู่ปลายน้ำ ญาณวิทย์ ฐานข้อมูล ปฏิรูป ซึ่งเป็นที่น่าชื่นชม"


def make_answered_round() -> Round:
    """A province of the real edition: P1.4 and P1.5 proved yes, P2.1.1 no, P4.1 of two offices three and four; all accepted."""
    body = make_body(name="จังหวัดเชียงใหม่")
    office = make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    farms = make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่")
    round = make_round(body, EDITION)
    by = make_member(farms, name="นายหล้า ทองกวาว")
    _answered(round, office, "P1.4", True, by, detail=None, provider="own")
    _answered(round, farms, "P1.5", True, by, provider="own", detail=HARD_TEXT if EDITION.by_code["P1.5"].detail else None)
    _answered(round, farms, "P2.1.1", False, by)
    _answered(round, office, "P4.1", 3, by)
    _answered(round, farms, "P4.1", 4, by)
    return round


def _answered(round: Round, agency: Agency, code: str, value: object, by: Person, **more: object) -> None:
    ask = make_ask(round, agency, code)
    make_answer(ask, value, by=by, **more)
    if value is True:
        for slot in EDITION.by_code[code].evidence:
            file = keep_made([f"หลักฐานข้อ {code} {slot.code}".encode()], content_type="text/plain", at=AT)
            evidence = make_evidence(ask, HARD_NAME, slot.code).evidence
            type(evidence).objects.filter(pk=evidence.pk).update(file=file, url="")
    type(ask).objects.filter(pk=ask.pk).update(state=AskState.ACCEPTED)


def make_official_result(body: Agency, total: str = "37.87") -> OfficialResult:
    """The announced result of 2566."""
    by = make_person("ผู้บันทึกผล")
    return OfficialResult.objects.create(
        body=body,
        fiscal_year=2566,
        total=Decimal(total),
        level=2,
        level_name="Developing",
        source="วาระที่ 2.2",
        recorded_by=by,
        recorded_at=AT,
    )


def make_pack(round: Round) -> AnswerPack:
    """A pack that waits."""
    return AnswerPack.objects.create(round=round, requested_by=make_person("ผู้ขอชุดเอกสาร"), requested_at=AT)


def make_snapshot(round: Round) -> Snapshot:
    """A kept score."""
    by = make_person("ผู้บันทึกผล")
    return Snapshot.objects.create(
        round=round, edition_hash="0" * 64, scorecard={"total": "1.00"}, kpi={}, taken_by=by, taken_at=AT
    )
