"""The list of letters to be destroyed, step by step (ข้อ 66-70): made, looked through by a committee, approved, answered by the
National Archives, carried out. No step can be left out, and none is done twice.

[K] from the regulation: the committee is a chair and at least two members (ข้อ 67); archives that have not answered 60 days
after the list was sent are held to agree (ข้อ 70).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.models import Decision, DestructionItem, DestructionList, DestructionMember, ListStep, Office
from phrom.letters.retention import due_entries
from phrom.letters.telling import tell_destruction
from phrom.shared.thai.calendar import ERA
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

FEWEST_MEMBERS = 3
DAYS_TO_ANSWER = 60
LONGEST_KEPT = 100  # years


class DestructionRefused(Refusal):
    """Something that the step needs is missing or wrong."""


class StepStands(Refusal):
    """The list waits for another step than the one that was done."""

    status = 409

    def __init__(self, held: DestructionList) -> None:
        super().__init__(
            f"{held} อยู่ในขั้น “{held.step.label}” จึงทำรายการนี้ไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาเปิดหน้านี้ใหม่เพื่อดูขั้นล่าสุด",
            f"This list waits for another step ({held.step.value}). Nothing was changed. Please reload the page.",
        )


@dataclass(frozen=True)
class Member:
    """A member of the committee."""

    name: str
    position_title: str = ""


@dataclass(frozen=True)
class Decided:
    """What is to become of a letter and why. `keep_until` is the Buddhist year to whose end it is kept longer."""

    decision: str
    because: str = ""
    keep_until: int | None = None


@transaction.atomic
def propose(*, office: Office, year: int, is_secret: bool, by: Person, at: datetime) -> DestructionList:
    """Make the list of a calendar year (Buddhist) that has ended: every letter of the office that is kept no longer.

    Refuses a year that runs still, one that has its list, and one in which nothing falls due.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    if year - ERA >= local_date(at).year:
        raise DestructionRefused(
            f"ปี {year} ยังไม่สิ้นสุด จึงยังทำบัญชีไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาทำหลังวันที่ 31 ธันวาคม {year}",
            f"The year {year} has not ended, so there is no list yet. Nothing was changed. Please come back after it.",
            where="year",
        )
    if DestructionList.objects.filter(office=office, year=year, is_secret=is_secret).exists():
        raise DestructionRefused(
            f"ปี {year} มีบัญชีแล้ว ไม่มีอะไรเปลี่ยน กรุณาเปิดบัญชีเดิม",
            f"There is a list of {year} already. Nothing was changed. Please open it.",
            where="year",
        )
    entries = list(due_entries(office, year, secret=is_secret))
    if not entries:
        raise DestructionRefused(
            f"ไม่มีหนังสือที่ครบกำหนดเก็บในปี {year} ไม่มีอะไรเปลี่ยน",
            f"No letter is due at the end of {year}. Nothing was changed.",
            where="year",
        )
    made = DestructionList.objects.create(office=office, year=year, is_secret=is_secret, made_by=by, made_at=at)
    items = [DestructionItem(list=made, entry=entry, position=position) for position, entry in enumerate(entries, 1)]
    DestructionItem.objects.bulk_create(items)
    tell_destruction("destruction.proposed", made, by=by, at=at, details={"count": len(items)})
    return made


@transaction.atomic
def name_committee(
    *, listed: DestructionList, order_number: str, members: Sequence[Member], by: Person, at: datetime
) -> DestructionList:
    """Name who looks through the list; the first one chairs. Refuses fewer than three people and an order without number."""
    held = hold_list(listed, ListStep.NAME)
    names = [member.name.strip() for member in members if member.name.strip()]
    if len(set(names)) < FEWEST_MEMBERS or len(set(names)) < len(names):
        raise DestructionRefused(
            f"คณะกรรมการทำลายหนังสือมีประธานหนึ่งคนและกรรมการอย่างน้อยสองคน ไม่ซ้ำกัน ไม่มีอะไรเปลี่ยน กรุณาใส่ชื่ออย่างน้อย {FEWEST_MEMBERS} คน",
            "The committee is a chair and at least two members, nobody twice. Nothing was changed. Name at least three.",
            where="name_1",
        )
    held.order_number = _needed(order_number, "order_number", "เลขที่คำสั่งแต่งตั้งคณะกรรมการ")
    given = [member for member in members if member.name.strip()]
    DestructionMember.objects.bulk_create(
        DestructionMember(list=held, name=each.name.strip(), position_title=each.position_title.strip(), position=position)
        for position, each in enumerate(given, 1)
    )
    held.named_by, held.named_at = by, at
    held.save(update_fields=["order_number", "named_by", "named_at"])
    tell_destruction(
        "destruction.committee_named", held, by=by, at=at, details={"count": len(given), "order": held.order_number}
    )
    return held


@transaction.atomic
def decide(*, item: DestructionItem, decided: Decided, by: Person, at: datetime) -> DestructionItem:
    """What the committee says of one letter, with a reason where it is not to be destroyed.

    While the archives' answer is awaited, only what they claim may still be given to them. Refuses all else.
    """
    held = hold_list(item.list, ListStep.DECIDE, ListStep.ANSWER)
    if held.step == ListStep.ANSWER and decided.decision != Decision.GIVE:
        raise StepStands(held)
    _refuse_decision(held, decided)
    row = DestructionItem.objects.select_related("entry").get(pk=item.pk)
    row.decision, row.because, row.keep_until = decided.decision, decided.because.strip(), decided.keep_until
    row.decided_by, row.decided_at = by, at
    row.save(update_fields=["decision", "because", "keep_until", "decided_by", "decided_at"])
    details = {"number": row.entry.number, "decision": str(Decision(row.decision).label), "because": row.because}
    tell_destruction("destruction.decided", held, by=by, at=at, details=details)
    return row


@transaction.atomic
def decide_rest(*, listed: DestructionList, by: Person, at: datetime) -> int:
    """The committee says of all letters that it has not spoken of: destroy. Returns how many."""
    held = hold_list(listed, ListStep.DECIDE)
    count = held.items.filter(decision="").update(decision=Decision.DESTROY, decided_by=by, decided_at=at)
    if count:
        tell_destruction("destruction.rest_decided", held, by=by, at=at, details={"count": count})
    return count


@transaction.atomic
def report(*, listed: DestructionList, by: Person, at: datetime) -> DestructionList:
    """Lay the committee's opinion before the head. Refuses while a letter waits for its decision."""
    held = hold_list(listed, ListStep.DECIDE)
    if open_items := held.items.filter(decision="").count():
        raise DestructionRefused(
            f"ยังมี {open_items} รายการที่คณะกรรมการไม่ได้พิจารณา ไม่มีอะไรเปลี่ยน กรุณาพิจารณาให้ครบก่อนเสนอ",
            f"{open_items} items have no decision yet. Nothing was changed. Please decide on all of them first.",
        )
    held.reported_by, held.reported_at = by, at
    held.save(update_fields=["reported_by", "reported_at"])
    tell_destruction("destruction.reported", held, by=by, at=at, details={})
    return held


@transaction.atomic
def approve(*, listed: DestructionList, by: Person, at: datetime, document: str = "", name: str = "") -> DestructionList:
    """The head approves; or a clerk records it with the document's number and the head's name, both or neither of them."""
    held = hold_list(listed, ListStep.APPROVE)
    if document.strip() or name.strip():
        held.approved_document = _needed(document, "document", "เลขที่หนังสือหรือบันทึกที่หัวหน้าหน่วยงานอนุมัติ")
        held.approved_name = _needed(name, "name", "ชื่อผู้อนุมัติ")
    held.approved_by, held.approved_at = by, at
    held.save(update_fields=["approved_by", "approved_at", "approved_document", "approved_name"])
    tell_destruction("destruction.approved", held, by=by, at=at, details={"document": held.approved_document})
    return held


@transaction.atomic
def send(*, listed: DestructionList, number: str, on: date, by: Person, at: datetime) -> DestructionList:
    """Record the letter with which the list went to the National Archives. Refuses a day to come and one before the list."""
    held = hold_list(listed, ListStep.SEND)
    held.sent_number = _needed(number, "number", "เลขที่หนังสือที่ส่งสำนักหอจดหมายเหตุแห่งชาติ")
    if not local_date(held.made_at) <= on <= local_date(at):
        raise DestructionRefused(
            f"วันที่ส่งต้องอยู่ระหว่าง {thai_date(local_date(held.made_at))} ถึงวันนี้ ไม่มีอะไรเปลี่ยน กรุณาตรวจวันที่",
            "The day of sending lies before the list or after today. Nothing was changed. Please check it.",
            where="on",
        )
    held.sent_on, held.sent_by, held.sent_at = on, by, at
    held.save(update_fields=["sent_number", "sent_on", "sent_by", "sent_at"])
    tell_destruction("destruction.sent", held, by=by, at=at, details={"letter": held.sent_number})
    return held


@transaction.atomic
def answer(*, listed: DestructionList, number: str, by: Person, at: datetime) -> DestructionList:
    """Record the archives' answer; without a number that there was none in 60 days. Refuses the latter before they are over."""
    held = hold_list(listed, ListStep.ANSWER)
    over = (held.sent_on or local_date(at)) + timedelta(days=DAYS_TO_ANSWER)
    if not number.strip() and local_date(at) <= over:
        raise DestructionRefused(
            f"สำนักหอจดหมายเหตุแห่งชาติมีเวลาตอบถึง {thai_date(over)} ไม่มีอะไรเปลี่ยน กรุณากรอกเลขที่หนังสือตอบ หรือรอให้พ้นกำหนด",
            f"The archives may answer until {over.isoformat()}. Nothing was changed. Enter their letter's number, or wait.",
            where="number",
        )
    held.answer_number, held.answered_by, held.answered_at = number.strip(), by, at
    held.save(update_fields=["answer_number", "answered_by", "answered_at"])
    tell_destruction("destruction.answered", held, by=by, at=at, details={"letter": held.answer_number})
    return held


def hold_list(listed: DestructionList, *steps: ListStep) -> DestructionList:
    """The list as it is now, locked. Refuses StepStands where it waits for none of these steps."""
    rows = DestructionList.objects.select_for_update(of=("self",)).select_related("office__agency__body")
    held = rows.get(pk=listed.pk)
    if held.step not in steps:
        raise StepStands(held)
    return held


def _refuse_decision(held: DestructionList, decided: Decided) -> None:
    if decided.decision not in Decision.values:
        raise DestructionRefused(
            "กรุณาเลือกผลการพิจารณา ไม่มีอะไรเปลี่ยน", "Choose a decision. Nothing was changed.", where="decision"
        )
    if decided.decision != Decision.DESTROY:
        _needed(decided.because, "because", "เหตุผล")
    until = decided.keep_until
    if (decided.decision == Decision.KEEP) != (until is not None) or (
        until is not None and not held.year < until <= held.year + LONGEST_KEPT
    ):
        raise DestructionRefused(
            f"การขยายเวลาเก็บต้องบอกปีที่เก็บถึง ตั้งแต่ {held.year + 1} ไม่มีอะไรเปลี่ยน กรุณากรอกปี พ.ศ.",
            f"What is kept longer needs the year to which, from {held.year + 1} on. Nothing was changed.",
            where="keep_until",
        )


def _needed(text: str, where: str, what: str) -> str:
    if not text.strip():
        raise DestructionRefused(
            f"ยังไม่มี{what} ไม่มีอะไรเปลี่ยน กรุณากรอก", f"Something is missing: {where}. Nothing was changed.", where=where
        )
    return text.strip()
