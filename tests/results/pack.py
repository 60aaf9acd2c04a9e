"""A small province whose answers, evidence and links go into a pack; nothing is rendered unless a test asks for it."""

from __future__ import annotations

from datetime import date

from phrom.agencies.models import Agency, AgencyKind
from phrom.results.papers.source import PackSource, pack_source
from phrom.shared.files.store import keep_made
from phrom.survey.models import Ask, AskState, Evidence, Round
from tests.factories.agencies import make_agency, make_body
from tests.factories.survey import AT, make_answered, make_evidence, make_province_answer, make_round

OFFICE, FARMS = "สำนักงานจังหวัดเชียงใหม่", "สำนักงานเกษตรจังหวัดเชียงใหม่"
REASON = "ตามมติที่ประชุมครั้งที่ 1/2567"


def make_told_round() -> Round:
    """One row of every kind: three and four make seven, one claim without proof, one decision of the province."""
    round = make_round(make_body(name="จังหวัดเชียงใหม่"))
    office = make_agency(round.body, OFFICE, AgencyKind.PROVINCIAL_OFFICE, code="office")
    farms = make_agency(round.body, FARMS, code="farms")
    accepted(round, office, "P2.1.1", 3)
    accepted(round, farms, "P2.1.1", 4)
    accepted(round, farms, "P1.1", True)
    accepted(round, office, "P1.2", ["iot", "ai"])
    accepted(round, office, "P1.3", "มีระเบียบ ก")
    accepted(round, farms, "P1.3", "มีระเบียบ ข")
    accepted(round, farms, "P2.2", False, provider="own", detail="เคยมีเมื่อปี 2565")
    make_province_answer(round, "P1.4", "https://www.chiangmai.go.th", REASON)
    return round


def accepted(round: Round, agency: Agency, code: str, value: object, **more: object) -> Ask:
    """An answer that was sent and accepted."""
    return make_answered(round, agency, code, value, AskState.ACCEPTED, **more)


def prove(ask: Ask, name: str, content: bytes = b"", slot: str = "", issued_on: date | None = None) -> Evidence:
    """A file with its bytes under a row; without content a web address."""
    evidence = make_evidence(ask, name, slot, issued_on).evidence
    if content:
        file = keep_made([content], content_type="application/pdf", at=AT)
        Evidence.objects.filter(pk=evidence.pk).update(file=file, url="")
    return evidence


def source_of(round: Round) -> PackSource:
    """What the pack's papers are made from."""
    return pack_source(Round.objects.select_related("body", "survey").get(pk=round.pk), AT)
