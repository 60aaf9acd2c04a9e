"""A tiny questionnaire with one row of every kind, and rounds, asks, answers and reviews in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.canonical import edition_from_json, edition_json, with_hash
from phrom.rules.instrument.model import (
    Band,
    Choice,
    Condition,
    Detail,
    Edition,
    EvidenceSlot,
    Informants,
    Kind,
    Kpi,
    LevelAssumption,
    Listing,
    ListKind,
    Merge,
    Pillar,
    Points,
    Question,
    Status,
    Window,
)
from phrom.shared.files.models import StoredFile
from phrom.shared.thai.names import name_key
from phrom.survey.actions.proposing import approve_set, lay_set
from phrom.survey.models import (
    Answer,
    AnswerSet,
    AnswerVersion,
    Ask,
    AskedOnce,
    AskState,
    Evidence,
    EvidenceLink,
    Extension,
    Inquiry,
    InquiryNote,
    ListItem,
    ProvinceAnswer,
    Review,
    ReviewKind,
    Round,
    SetProposal,
    Survey,
    Twin,
)
from phrom.survey.set_document import fingerprint_of, set_content
from tests.factories.agencies import make_agency, make_body, make_member, make_person

AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
DEADLINE = date(2024, 6, 21)
YEAR = Window(start=date(2023, 6, 12), end=date(2024, 6, 11), note="ช่วง 1 ปีที่ผ่านมา")


def row(code: str, kind: Kind, section: str = "Digital Policy", **more: object) -> Question:
    """A row of the tiny questionnaire; worth one point and asked of every agency unless said otherwise."""
    given: dict[str, object] = {
        "pillar": code.split(".")[0],
        "section": section,
        "text": f"จังหวัดของท่านมีการดำเนินการตามข้อ {code} หรือไม่",
        "informants": Informants.ALL_AGENCIES,
        "merge": None if kind is Kind.HEADING else Merge.ANY_WITH_EVIDENCE,
        "points": None if kind is Kind.HEADING else Points(out_of=Decimal(1)),
    }
    return Question.model_validate({"code": code, "kind": kind, **given, **more})


ROWS = (
    row("P1.1", Kind.YES_NO, window=YEAR, evidence=(EvidenceSlot(code="order", name="คำสั่งแต่งตั้งคณะทำงาน"),)),
    row(
        "P1.2",
        Kind.MANY,
        choices=(Choice(code="ai", text="ปัญญาประดิษฐ์ (AI)"), Choice(code="iot", text="IoT")),
        merge=Merge.UNION,
    ),
    row("P1.3", Kind.TEXT, "Legal and Regulatory Mechanism", merge=Merge.TEXT),
    row("P1.4", Kind.URL, "Legal and Regulatory Mechanism"),
    row("P1.5", Kind.DATE, "Legal and Regulatory Mechanism", informants=Informants.PROVINCIAL_OFFICE, merge=Merge.OWNER),
    row("P2.1", Kind.HEADING, "Service Provision"),
    row("P2.1.1", Kind.COUNT, "Service Provision", merge=Merge.SUM),
    row("P2.1.2", Kind.COUNT, "Service Provision", merge=Merge.SUM, not_above="P2.1.1"),
    row(
        "P2.2",
        Kind.YES_NO,
        "Service Provision",
        beyond_parent_department=True,
        detail=Detail(kind=Kind.TEXT, label="โปรดระบุ"),
        evidence=(EvidenceSlot(code="report", name="รายงานผล"), EvidenceSlot(code="photo", name="ภาพถ่าย", required=False)),
    ),
    row("P2.2.1", Kind.PERCENT, "Service Provision", asked_when=Condition(code="P2.2", test="yes")),
)


@cache
def tiny_edition() -> Edition:
    """Ten rows, two pillars of 50, one assumption about levels, no KPI line."""
    bands = (
        Band(level=1, name="Initial", name_th="เริ่มต้น", at_least=Decimal(0)),
        Band(level=2, name="Developing", name_th="กำลังพัฒนา", at_least=Decimal(20), confirmed=True),
    )
    edition = Edition(
        id="tiny-2567",
        fiscal_year=2567,
        title="แบบสำรวจตัวอย่าง ปี 2567",
        issuer="ตัวอย่าง",
        source="tests",
        status=Status.ESTIMATED,
        pillars=(
            Pillar(code="P1", title="แนวนโยบายและหลักปฏิบัติ", title_en="Policies & Practices", weight=Decimal(50)),
            Pillar(code="P2", title="บริการภาครัฐ", title_en="Public Services", weight=Decimal(50)),
        ),
        rows=ROWS,
        levels=(LevelAssumption(code="fifths", name="แบ่งเท่ากันห้าช่วง", status=Status.EXPECTED, source="สมมติ", bands=bands),),
        kpi=Kpi(
            title="ตัวชี้วัดตัวอย่าง",
            weight=Decimal(5),
            source="tests",
            interpolation="linear",
            interpolation_status=Status.PROVISIONAL,
            sub_indicators=(),
        ),
    )
    return edition_from_json(edition_json(edition))


@cache
def listing_edition() -> Edition:
    """The same with a list of services behind the first count."""
    tiny = tiny_edition()
    listing = Listing(kind=ListKind.SERVICES)
    rows = tuple(each.model_copy(update={"listing": listing}) if each.code == "P2.1.1" else each for each in tiny.rows)
    return other_edition(tiny, id="listing-2567", rows=rows)


def other_edition(edition: Edition, **changed: object) -> Edition:
    """The edition with something else in it and its own hash. Made anew: a copy would keep what was looked up before."""
    told = {name: getattr(edition, name) for name in Edition.model_fields}
    return with_hash(Edition.model_validate({**told, **changed, "hash": ""}))


def make_survey(edition: Edition | None = None) -> Survey:
    """The survey of an edition, made once."""
    edition = edition or tiny_edition()
    survey, _ = Survey.objects.get_or_create(
        edition_hash=edition.hash,
        defaults={
            "edition_id": edition.id,
            "fiscal_year": edition.fiscal_year,
            "title": edition.title,
            "document": edition_json(edition),
        },
    )
    return survey


def make_round(body: Agency | None = None, edition: Edition | None = None, deadline: date = DEADLINE) -> Round:
    """An open round of a body; asks are made one by one."""
    body = body or make_body()
    return Round.objects.create(
        body=body, survey=make_survey(edition), internal_deadline=deadline, opened_by=make_person("ผู้เปิดรอบ"), opened_at=AT
    )


def make_ask(
    round: Round | None = None,
    agency: Agency | None = None,
    code: str = "P1.1",
    state: str = AskState.OPEN,
    *,
    lead: bool = False,
) -> Ask:
    """A row put to an agency of the round's body."""
    round = round or make_round()
    agency = agency or make_agency(round.body)
    position = next((n for n, question in enumerate(ROWS) if question.code == code), 99)
    return Ask.objects.create(
        round=round, agency=agency, code=code, pillar=code.split(".")[0], position=position, lead=lead, state=state
    )


def make_sheet(round: Round, agency: Agency) -> dict[str, Ask]:
    """Every row of the tiny questionnaire put to one agency, by code."""
    return {question.code: make_ask(round, agency, question.code) for question in ROWS if question.asked}


def make_answer(ask: Ask, value: object = True, *, by: Person | None = None, at: datetime = AT, **more: object) -> Answer:
    """A first answer to an ask with its version, as if it had been saved."""
    by = by or make_member(ask.agency)
    content = {"value": value, "detail": None, "provider": "", "cannot": "", **more}
    AnswerVersion.objects.create(ask=ask, version=1, content=content, by=by, at=at)
    return Answer.objects.create(ask=ask, version=1, content=content, by=by, at=at)


def make_answered(
    round: Round | None = None,
    agency: Agency | None = None,
    code: str = "P1.1",
    value: object = True,
    state: str = AskState.SUBMITTED,
    **more: object,
) -> Ask:
    """An ask with an answer that was sent; `state` accepted adds the coordinator's step."""
    ask = make_ask(round, agency, code, state)
    by = make_member(ask.agency)
    make_answer(ask, value, by=by, **more)
    if state != AskState.OPEN:
        make_review(ask, ReviewKind.SUBMITTED, by=by)
    if state == AskState.RETURNED:
        make_review(ask, ReviewKind.RETURNED, reason="กรุณาแนบคำสั่งฉบับล่าสุด")
    if state == AskState.ACCEPTED:
        make_review(ask, ReviewKind.ACCEPTED)
    return ask


def make_asked_once(round: Round, code: str = "P1.1") -> AskedOnce:
    """The row is asked once from now on."""
    return AskedOnce.objects.create(round=round, code=code, by=make_person("ผู้ประสานงาน"), at=AT)


def make_review(ask: Ask, kind: str = ReviewKind.SUBMITTED, reason: str = "", by: Person | None = None) -> Review:
    """One step of an ask."""
    by = by or make_person("นางวันดี ผู้ประสานงาน")
    return Review.objects.create(ask=ask, kind=kind, reason=reason, version=1, by=by, at=AT)


def make_evidence(ask: Ask, name: str = "คำสั่งที่ 3046-2567.pdf", slot: str = "", issued_on: date | None = None) -> EvidenceLink:
    """A link put under an ask (no bytes; a test of the store brings its own)."""
    by = make_person("ผู้แนบหลักฐาน")
    evidence = Evidence.objects.create(
        agency=ask.agency, name=name, url="https://www.chiangmai.go.th/a.pdf", issued_on=issued_on, added_by=by, added_at=AT
    )
    return EvidenceLink.objects.create(ask=ask, evidence=evidence, slot=slot, added_by=by, added_at=AT)


def make_piece(agency: Agency, name: str = "แผนพัฒนาดิจิทัล.pdf", *, sha256: str = "", **more: object) -> Evidence:
    """A piece in an agency's library under no row: a file without its bytes, or the link of `url`."""
    by = make_person("ผู้นำเข้าคลัง")
    if "url" not in more and "file" not in more:
        number = f"{Evidence.objects.count() + 1:064x}"
        content = StoredFile.objects.filter(sha256=sha256).first() if sha256 else None
        more["file"] = content or make_stored_file(sha256 or number)
    return Evidence.objects.create(agency=agency, name=name, added_by=by, added_at=AT, **more)


def make_province_answer(round: Round, code: str = "P1.1", value: object = True, reason: str = "ตามมติที่ประชุม") -> ProvinceAnswer:
    """The province's decision against the rule."""
    content = {"value": value, "detail": None, "provider": "", "cannot": ""}
    return ProvinceAnswer.objects.create(
        round=round, code=code, content=content, reason=reason, by=make_person("ผู้ประสานงาน"), at=AT
    )


def make_approved(round: Round, *, at: datetime = AT) -> SetProposal:
    """What the province says now, laid by one person and approved by another."""
    laid = lay_set(round=round, seen=fingerprint_of(set_content(round)), resolution=None, by=make_person("นายก้อน ผู้เสนอ"), at=at)
    return approve_set(round=round, proposal_id=laid.pk, by=make_person("นางคำแปง ผู้เห็นชอบ"), at=at)


def make_answer_set(round: Round, document: str = "{}", sha256: str = "0" * 64) -> AnswerSet:
    """A frozen set without the freezing (for readers of sets)."""
    return AnswerSet.objects.create(
        round=round, document=document, sha256=sha256, frozen_by=make_person("ผู้ประสานงาน"), frozen_at=AT
    )


def make_stored_file(sha256: str = "a" * 64, size: int = 10) -> StoredFile:
    """A row of the store without its bytes."""
    return StoredFile.objects.create(sha256=sha256, size=size, content_type="application/pdf", stored_at=AT)


def make_item(round: Round, agency: Agency, name: str = "ระบบจองคิว", kind: str = "services", **more: object) -> ListItem:
    """A named thing of an agency, as if it had been written down; a service of the parent department unless said otherwise."""
    told: dict[str, object] = {"provider": "parent", "is_digital": True, "by": make_person("ผู้ทำบัญชี"), "at": AT, **more}
    return ListItem.objects.create(round=round, agency=agency, kind=kind, name=name, key=name_key(name), **told)


def make_twin(first: ListItem, second: ListItem, *, same: bool = True) -> Twin:
    """The coordinator's word on two things."""
    low, high = sorted((first, second), key=lambda item: item.pk)
    return Twin.objects.create(first=low, second=high, is_same=same, by=make_person("ผู้ประสานงาน"), at=AT)


def make_inquiry(ask: Ask, text: str = "เอกสารหน้า 3 ลงนามเมื่อใด", answer: str = "") -> Inquiry:
    """The reviewer asks about a row; with `answer` the agency has replied."""
    by = make_person("นางวันดี ผู้ประสานงาน")
    inquiry = Inquiry.objects.create(ask=ask, opened_by=by, opened_at=AT)
    InquiryNote.objects.create(inquiry=inquiry, text=text, by=by, at=AT)
    if answer:
        InquiryNote.objects.create(inquiry=inquiry, text=answer, from_agency=True, by=make_member(ask.agency), at=AT)
    return inquiry


def make_extension(round: Round, agency: Agency, until: date = date(2024, 6, 28), reason: str = "รอผลจากกรม") -> Extension:
    """A later deadline of one agency."""
    return Extension.objects.create(
        round=round, agency=agency, until=until, reason=reason, by=make_person("นางวันดี ผู้ประสานงาน"), at=AT
    )
