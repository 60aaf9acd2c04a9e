"""What the acts on letters refuse: said in two languages, with nothing in the database touched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from phrom.agencies.models import Person
from phrom.letters.actions import approving, dealing, destruction, numbering, peers, recall_requests, receiving, retention
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.carrying_out import carry_out
from phrom.letters.actions.destruction import Decided, Member
from phrom.letters.actions.drafting import To, change_letter, drafted_of, give_up_draft
from phrom.letters.actions.hosting import end_hosting, host, hosted_office
from phrom.letters.actions.importing import import_register
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.outbox import queue_letter
from phrom.letters.actions.own_node import rotate_key, signing_key
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.registers import void_number
from phrom.letters.actions.secrets import end_reader, name_reader
from phrom.letters.actions.sending import Dispatch, record_dispatch, record_outcome
from phrom.letters.actions.statuses import Said, mark
from phrom.letters.models import Book, DestructionList, Incoming, Letter, ListStep, Recipient, RecipientState, Secrecy
from phrom.letters.register_file import OldEntry
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_agency
from tests.factories.destruction import AFTER, YEAR, make_list, make_old_incoming, make_source
from tests.factories.exchange import Other, make_hosting, make_letter_to, make_peer
from tests.factories.letters import (
    AT,
    make_accepted,
    make_clerk,
    make_draft,
    make_entry,
    make_incoming,
    make_issued,
    make_office,
    make_recipient,
    make_secret,
)
from tests.letters.test_destruction import to as list_at
from tests.letters.unchanged import everything, nothing_changes

pytestmark = pytest.mark.django_db
S = RecipientState
WHY, LATER = "พิมพ์วันประชุมผิดทั้งฉบับ", AT + timedelta(hours=1)
THAI = re.compile("[ก-๙]")


@dataclass(frozen=True)
class Case:
    """Who tries what: `make` prepares and gives back the act that is refused; `says` stands in the Thai sentence."""

    name: str
    status: int
    says: str
    make: Callable[[], Callable[[], object]]


CASES: list[Case] = []


def refused(name: str, status: int, says: str) -> Callable[[Callable[[], Callable[[], object]]], None]:
    """A case of the table, named in a clerk's words."""

    def keep(make: Callable[[], Callable[[], object]]) -> None:
        CASES.append(Case(name, status, says, make))

    return keep


def draft(**more: Any) -> Letter:
    """A draft with one recipient, ready to be issued."""
    letter = make_draft(**more)
    make_recipient(letter)
    return letter


def sent_here() -> tuple[Recipient, Incoming]:
    """A letter that lies in another office's tray."""
    letter = make_draft()
    recipient = make_recipient(letter, make_office(make_agency(letter.office.agency.own_body)))
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    return Recipient.objects.get(pk=recipient.pk), Incoming.objects.get()


def sent_by_hand() -> Recipient:
    """A letter that a clerk must dispatch."""
    letter = draft()
    issue_letter(letter=letter, by=letter.drafted_by, at=AT)
    return Recipient.objects.get(letter=letter)


# drafting and approving


@refused("แก้ร่างที่ออกเลขแล้ว", 409, "ออกเลขแล้วเป็นที่ ชม 0017.2/1")
def _() -> Callable[[], object]:
    letter = make_issued()
    drafted = replace(drafted_of(letter), text="แก้ทีหลัง")
    return lambda: change_letter(letter=letter, version=1, drafted=drafted, by=letter.drafted_by, at=AT)


@refused("แก้ร่างที่ผู้อื่นบันทึกไปก่อน", 409, "มีผู้อื่นบันทึกร่างหนังสือนี้")
def _() -> Callable[[], object]:
    letter = make_draft(version=3)
    drafted = replace(drafted_of(letter), text="ของฉัน")
    return lambda: change_letter(letter=letter, version=2, drafted=drafted, by=letter.drafted_by, at=AT)


@refused("ยกเลิกร่างโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    letter = make_draft()
    return lambda: give_up_draft(letter=letter, because="ผิด", by=letter.drafted_by, at=AT)


@refused("ยกเลิกร่างที่ยกเลิกแล้ว", 409, "ยกเลิกไปแล้ว")
def _() -> Callable[[], object]:
    letter = make_draft()
    give_up_draft(letter=letter, because=WHY, by=letter.drafted_by, at=AT)
    return lambda: give_up_draft(letter=letter, because=WHY, by=letter.drafted_by, at=LATER)


@refused("เสนอหัวหน้าที่หน่วยงานซึ่งไม่ต้องเห็นชอบ", 409, "ออกเลขได้เลย")
def _() -> Callable[[], object]:
    letter = draft()
    return lambda: approving.submit(letter=letter, by=letter.drafted_by, at=AT)


@refused("เสนอหัวหน้าทั้งที่ร่างไม่ครบ", 422, "ยังไม่มีผู้รับ")
def _() -> Callable[[], object]:
    letter = make_draft(make_office(head_approves=True))
    return lambda: approving.submit(letter=letter, by=letter.drafted_by, at=AT)


def make_head(letter: Letter) -> Person:
    """The head of the letter's office."""
    return make_clerk(letter.office, "head", "นายหัวหน้า หน่วยงาน")


def submitted() -> Letter:
    """A letter that waits for its head."""
    letter = draft(office=make_office(head_approves=True))
    return approving.submit(letter=letter, by=letter.drafted_by, at=AT)


@refused("เสนอซ้ำ", 409, "เสนอหนังสือนี้แล้ว")
def _() -> Callable[[], object]:
    letter = submitted()
    return lambda: approving.submit(letter=letter, by=letter.drafted_by, at=LATER)


@refused("ผู้ร่างเห็นชอบเอง", 403, "ของตนเองไม่ได้")
def _() -> Callable[[], object]:
    letter = submitted()
    return lambda: approving.approve(letter=letter, version=1, by=letter.drafted_by, at=LATER)


@refused("เห็นชอบฉบับที่ไม่ได้อ่าน", 409, "เปิดอ่านฉบับล่าสุด")
def _() -> Callable[[], object]:
    letter = submitted()
    head = make_head(letter)
    return lambda: approving.approve(letter=letter, version=7, by=head, at=LATER)


@refused("เห็นชอบสิ่งที่ไม่ได้เสนอ", 409, "ไม่ได้รอความเห็นชอบ")
def _() -> Callable[[], object]:
    letter = draft()
    head = make_head(letter)
    return lambda: approving.approve(letter=letter, version=1, by=head, at=LATER)


@refused("ส่งกลับโดยไม่บอกว่าแก้อะไร", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    letter = submitted()
    head = make_head(letter)
    return lambda: approving.return_to_drafter(letter=letter, because="   แก้  ", by=head, at=LATER)


@refused("ส่งกลับหลังเห็นชอบแล้ว", 409, "ไม่ได้รอความเห็นชอบ")
def _() -> Callable[[], object]:
    letter = submitted()
    head = make_head(letter)
    approving.approve(letter=letter, version=1, by=head, at=LATER)
    return lambda: approving.return_to_drafter(letter=letter, because=WHY, by=head, at=LATER)


# issuing, voiding, recalling


@refused("ออกเลขทั้งที่หัวหน้ายังไม่เห็นชอบ", 422, "หัวหน้าหน่วยงานยังไม่เห็นชอบ")
def _() -> Callable[[], object]:
    letter = submitted()
    return lambda: issue_letter(letter=letter, by=letter.drafted_by, at=LATER)


@refused("ออกเลขซ้ำ", 409, "ออกเลขแล้วเป็นที่")
def _() -> Callable[[], object]:
    letter = sent_by_hand().letter
    return lambda: issue_letter(letter=letter, by=letter.drafted_by, at=LATER)


@refused("ใช้เลขที่จองไว้ในทะเบียนอื่น", 422, "ใช้กับหนังสือนี้ไม่ได้")
def _() -> Callable[[], object]:
    letter = draft()
    given = {"office": letter.office, "book": Book.ORDER, "count": 1, "reserved_for": "คำสั่ง"}
    (entry,) = numbering.reserve(**given, by=letter.drafted_by, at=AT)
    return lambda: issue_letter(letter=letter, by=letter.drafted_by, at=LATER, entry=entry)


@refused("ยกเลิกหนังสือที่ยังไม่ออกเลข", 409, "ยังไม่ออกเลขหรือยกเลิกไปแล้ว")
def _() -> Callable[[], object]:
    letter = draft()
    return lambda: void_letter(letter=letter, because=WHY, by=letter.drafted_by, at=AT)


@refused("ยกเลิกหนังสือโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    letter = make_issued()
    return lambda: void_letter(letter=letter, because="", by=letter.drafted_by, at=AT)


@refused("เรียกคืนร่าง", 409, "ไม่มีอะไรให้เรียกคืน")
def _() -> Callable[[], object]:
    letter = draft()
    return lambda: recall(letter=letter, because=WHY, by=letter.drafted_by, at=AT)


@refused("ส่งใหม่ทั้งที่ถึงปลายทางแล้ว", 409, "ส่งใหม่ไม่ได้ในสถานะ “ถึงปลายทางแล้ว”")
def _() -> Callable[[], object]:
    recipient, _ = sent_here()
    return lambda: resend(recipient=recipient, by=recipient.letter.drafted_by, at=LATER)


@refused("บันทึกส่งเองของรายที่ระบบส่ง", 409, "ส่งโดยระบบ")
def _() -> Callable[[], object]:
    recipient, _ = sent_here()
    dispatch = Dispatch(date(2024, 6, 11), "ไปรษณีย์")
    return lambda: record_dispatch(recipient=recipient, dispatch=dispatch, by=recipient.letter.drafted_by, at=LATER)


@refused("บันทึกว่าส่งในวันพรุ่งนี้", 422, "ยังมาไม่ถึง")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    dispatch = Dispatch(date(2024, 6, 12), "ไปรษณีย์")
    return lambda: record_dispatch(recipient=recipient, dispatch=dispatch, by=recipient.letter.drafted_by, at=LATER)


@refused("บันทึกว่าส่งก่อนวันของหนังสือ", 422, "ก่อนวันที่ของหนังสือ")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    dispatch = Dispatch(date(2024, 6, 10), "ไปรษณีย์")
    return lambda: record_dispatch(recipient=recipient, dispatch=dispatch, by=recipient.letter.drafted_by, at=LATER)


@refused("บันทึกการส่งซ้ำหลังปลายทางลงรับแล้ว", 409, "อยู่ในสถานะ “ลงรับแล้ว”")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    by, dispatch = recipient.letter.drafted_by, Dispatch(date(2024, 6, 11), "ไปรษณีย์")
    record_dispatch(recipient=recipient, dispatch=dispatch, by=by, at=LATER)
    record_outcome(recipient=recipient, outcome="accepted", said=Said(accept_number="456"), by=by, at=LATER)
    return lambda: record_dispatch(recipient=recipient, dispatch=dispatch, by=by, at=LATER)


@refused("บันทึกเลขรับก่อนส่ง", 409, "อยู่ในสถานะ “รอส่ง”")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    said = Said(accept_number="456")
    return lambda: record_outcome(recipient=recipient, outcome="accepted", said=said, by=recipient.letter.drafted_by, at=LATER)


@refused("บันทึกว่าลงรับในวันพรุ่งนี้", 422, "ยังมาไม่ถึง")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    said = Said(accept_number="456", accepted_on=date(2024, 6, 12))
    return lambda: record_outcome(recipient=recipient, outcome="accepted", said=said, by=recipient.letter.drafted_by, at=LATER)


@refused("แจ้งเลขรับผิดของหนังสือที่ยังไม่ลงรับ", 409, "อยู่ในสถานะ “ถึงปลายทางแล้ว”")
def _() -> Callable[[], object]:
    recipient, _ = sent_here()
    by = recipient.letter.drafted_by
    return lambda: recall_requests.dispute_number(recipient=recipient, because=WHY, by=by, at=LATER)


@refused("แจ้งเลขรับผิดของหนังสือที่ยังไม่ได้ส่ง", 409, "อยู่ในสถานะ “รอส่ง”")
def _() -> Callable[[], object]:
    recipient = sent_by_hand()
    by = recipient.letter.drafted_by
    return lambda: recall_requests.dispute_number(recipient=recipient, because=WHY, by=by, at=LATER)


@refused("เปลี่ยนสถานะของรายที่เรียกคืนแล้ว", 409, "อยู่ในสถานะ “เรียกคืนแล้ว”")
def _() -> Callable[[], object]:
    recipient, _ = sent_here()
    recall(recipient=recipient, because=WHY, by=recipient.letter.drafted_by, at=LATER)
    return lambda: mark(recipient=recipient, state=S.ACCEPTED, at=LATER)


# receiving and dealing


@refused("คืนผู้ส่งโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    incoming = make_incoming()
    by = make_clerk(incoming.office)
    return lambda: receiving.reject(incoming=incoming, because="", by=by, at=LATER)


@refused("คืนผู้ส่งหลังลงรับแล้ว", 409, "ลงรับแล้วเป็นเลขรับ 1")
def _() -> Callable[[], object]:
    incoming = make_accepted()
    by = make_clerk(incoming.office)
    return lambda: receiving.declare_invalid(incoming=incoming, because=WHY, by=by, at=LATER)


@refused("ลงรับหนังสือที่คืนไปแล้ว", 409, "ส่งคืนผู้ส่งแล้ว")
def _() -> Callable[[], object]:
    incoming = make_incoming()
    by = make_clerk(incoming.office)
    receiving.reject(incoming=incoming, because=WHY, by=by, at=AT)
    return lambda: receiving.accept(incoming=incoming, by=by, at=LATER)


@refused("ลงรับหนังสือที่ผู้ส่งเรียกคืน", 409, "เรียกหนังสือฉบับนี้คืนแล้ว")
def _() -> Callable[[], object]:
    incoming = make_incoming()
    by = make_clerk(incoming.office)
    receiving.take_back(incoming=incoming, because=WHY, at=AT)
    return lambda: receiving.accept(incoming=incoming, by=by, at=LATER)


def dealt(**more: Any) -> dict[str, Any]:
    """What each act on an incoming letter takes."""
    incoming = more.pop("incoming", None) or make_accepted()
    return {"incoming": incoming, "by": make_clerk(incoming.office), "at": LATER, **more}


@refused("เกษียนก่อนลงรับ", 409, "กรุณาลงรับก่อน")
def _() -> Callable[[], object]:
    given = dealt(incoming=make_incoming(), text="มอบกลุ่มงาน")
    return lambda: dealing.instruct(**given)


@refused("เกษียนเปล่า", 422, "ยังไม่ได้เขียนข้อความ")
def _() -> Callable[[], object]:
    given = dealt(text=" \n ")
    return lambda: dealing.instruct(**given)


@refused("บันทึกเปล่า", 422, "ยังไม่ได้เขียนข้อความ")
def _() -> Callable[[], object]:
    given = dealt(text="")
    return lambda: dealing.note(**given)


@refused("มอบหมายคนนอกหน่วยงาน", 422, "ไม่มีสิทธิอ่าน")
def _() -> Callable[[], object]:
    given = dealt(to=make_clerk(make_office()), due_on=None)
    return lambda: dealing.assign(**given)


@refused("มอบหมายให้เสร็จเมื่อวาน", 422, "ผ่านไปแล้ว")
def _() -> Callable[[], object]:
    given = dealt(due_on=date(2024, 6, 10))
    return lambda: dealing.assign(to=given["by"], **given)


@refused("ส่งต่อให้ตนเอง", 422, "เลือกหน่วยงานอื่น")
def _() -> Callable[[], object]:
    given = dealt()
    return lambda: dealing.pass_on(to=given["incoming"].office, **given)


@refused("ส่งสำเนาไปจังหวัดอื่น", 422, "เลือกหน่วยงานอื่น")
def _() -> Callable[[], object]:
    given = dealt(to=make_office())
    return lambda: dealing.copy(**given)


@refused("ปิดเรื่องโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    given = dealt(because="จบ")
    return lambda: dealing.close(**given)


def closed(**more: Any) -> dict[str, Any]:
    given = dealt(**more)
    dealing.close(incoming=given["incoming"], because=WHY, by=given["by"], at=AT)
    return given


@refused("ส่งต่อเรื่องที่ปิดแล้ว", 409, "เรื่องนี้ปิดแล้ว")
def _() -> Callable[[], object]:
    given = closed()
    to = make_office(make_agency(given["incoming"].office.agency.own_body))
    return lambda: dealing.pass_on(to=to, **given)


@refused("ตอบเรื่องที่ปิดแล้ว", 409, "เรื่องนี้ปิดแล้ว")
def _() -> Callable[[], object]:
    given = closed()
    return lambda: start_answer(**given)


@refused("เปิดเรื่องอีกครั้งโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    given = closed()
    return lambda: dealing.reopen(because=" ", **given)


@refused("คืนหนังสือที่ไม่มีใครขอคืน", 409, "ไม่มีคำขอเรียกคืน")
def _() -> Callable[[], object]:
    given = dealt()
    return lambda: recall_requests.give_back(**given)


@refused("เดินเรื่องที่คืนผู้ส่งแล้ว", 409, "คืนผู้ส่งแล้วตามที่ผู้ส่งขอ")
def _() -> Callable[[], object]:
    given = dealt()
    receiving.take_back(incoming=given["incoming"], because=WHY, at=AT)
    recall_requests.give_back(**given)
    return lambda: dealing.note(text="โทรแล้ว", **given)


# secrets


@refused("ระบุผู้อ่านหนังสือที่ไม่ลับ", 422, "ไม่ใช่หนังสือลับ")
def _() -> Callable[[], object]:
    letter = make_issued()
    given = {"person": make_clerk(letter.office), "until": None, "because": WHY, "by": letter.drafted_by, "at": LATER}
    return lambda: name_reader(about=letter, **given)


@refused("ระบุผู้อ่านถึงเวลาที่ผ่านไปแล้ว", 422, "เวลาสิ้นสุดผ่านไปแล้ว")
def _() -> Callable[[], object]:
    letter = make_secret()
    given = {"person": make_clerk(letter.office), "until": LATER, "because": WHY, "by": letter.drafted_by, "at": LATER}
    return lambda: name_reader(about=letter, **given)


@refused("ระบุผู้อ่านซ้ำ", 422, "อ่านหนังสือฉบับนี้ได้อยู่แล้ว")
def _() -> Callable[[], object]:
    letter = make_secret()
    given = {"person": make_clerk(letter.office), "until": None, "because": WHY, "by": letter.drafted_by, "at": AT}
    name_reader(about=letter, **given)
    return lambda: name_reader(about=letter, **given)


# numbers and registers


@refused("จองเลขในทะเบียนรับ", 422, "ทะเบียนรับจองเลขไม่ได้")
def _() -> Callable[[], object]:
    office = make_office()
    given = {"office": office, "book": Book.RECEIVE, "count": 1, "reserved_for": "ไว้ก่อน", "by": make_clerk(office)}
    return lambda: numbering.reserve(**given, at=AT)


@refused("จองเลขเกินจำนวน", 422, "ครั้งละ 1 ถึง 200")
def _() -> Callable[[], object]:
    office = make_office()
    given = {"office": office, "book": Book.SEND, "count": 201, "reserved_for": "ไว้ก่อน", "by": make_clerk(office)}
    return lambda: numbering.reserve(**given, at=AT)


@refused("จองเลขโดยไม่บอกว่าเพื่ออะไร", 422, "จองไว้เพื่ออะไร")
def _() -> Callable[[], object]:
    office = make_office()
    given = {"office": office, "book": Book.SEND, "count": 1, "reserved_for": "  ", "by": make_clerk(office)}
    return lambda: numbering.reserve(**given, at=AT)


@refused("ยกเลิกเลขโดยไม่บอกเหตุผล", 422, "ต้องมีเหตุผล")
def _() -> Callable[[], object]:
    entry = make_entry()
    return lambda: numbering.void_entry(entry=entry, because=" ", by=entry.taken_by, at=LATER)


@refused("ยกเลิกเลขที่ยกเลิกแล้ว", 409, "อยู่ในสถานะ “ยกเลิก”")
def _() -> Callable[[], object]:
    entry = make_entry()
    numbering.void_entry(entry=entry, because=WHY, by=entry.taken_by, at=AT)
    return lambda: numbering.void_entry(entry=entry, because=WHY, by=entry.taken_by, at=LATER)


@refused("ยกเลิกเลขของหนังสือจากทะเบียน", 409, "ยกเลิกที่หน้าของหนังสือ")
def _() -> Callable[[], object]:
    letter = make_issued()
    assert letter.entry is not None
    entry = letter.entry
    return lambda: void_number(entry=entry, because=WHY, by=letter.drafted_by, at=LATER)


@refused("นำไฟล์เดิมเข้าทะเบียนอีกครั้ง", 409, "เข้าทะเบียนไปแล้ว")
def _() -> Callable[[], object]:
    source, rows = make_source(make_office()), [OldEntry(1, date(2021, 2, 1), subject="เรื่องเดิม")]
    import_register(source=source, entries=rows, by=source.read_by, at=AFTER)
    return lambda: import_register(source=source, entries=rows, by=source.read_by, at=AFTER)


@refused("นำไฟล์ที่ไม่มีรายการเข้าทะเบียน", 409, "ไม่มีรายการในไฟล์")
def _() -> Callable[[], object]:
    source = make_source(make_office())
    return lambda: import_register(source=source, entries=[], by=source.read_by, at=AFTER)


@refused("นำเลขที่ซ้อนกันเข้าทะเบียน", 409, "ซ้อนกับเลขที่มีอยู่")
def _() -> Callable[[], object]:
    source = make_source(make_office())
    rows = [OldEntry(number, date(2021, 2, 1), subject="เรื่องเดิม") for number in (2, 2)]
    return lambda: import_register(source=source, entries=rows, by=source.read_by, at=AFTER)


# retention and destruction


def waiting(step: ListStep) -> DestructionList:
    """A list of one letter that waits for this step."""
    incoming = make_old_incoming()
    listed = make_list(incoming.office)
    return list_at(step, listed, listed.made_by)


@refused("เปลี่ยนอายุการเก็บของร่าง", 409, "ยังไม่มีเลขทะเบียน")
def _() -> Callable[[], object]:
    letter = make_draft()
    return lambda: retention.keep_letter_for(letter=letter, retention="5", because=WHY, by=letter.drafted_by, at=AT)


@refused("เปลี่ยนอายุการเก็บโดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    incoming = make_accepted()
    by = make_clerk(incoming.office)
    return lambda: retention.keep_incoming_for(incoming=incoming, retention="1", because="", by=by, at=AT)


@refused("รวมหนังสืออิเล็กทรอนิกส์โดยไม่บอกเหตุผล", 422, "เหตุผลอย่างน้อย 5")
def _() -> Callable[[], object]:
    office = make_office()
    by = make_clerk(office)
    return lambda: retention.list_electronic(office=office, wanted=True, because="", by=by, at=AT)


@refused("ทำบัญชีของปีที่ยังไม่สิ้นสุด", 422, "ยังไม่สิ้นสุด")
def _() -> Callable[[], object]:
    office = make_office()
    by = make_clerk(office)
    return lambda: destruction.propose(office=office, year=2567, is_secret=False, by=by, at=AT)


@refused("ทำบัญชีของปีที่ไม่มีหนังสือครบกำหนด", 422, "ไม่มีหนังสือที่ครบกำหนด")
def _() -> Callable[[], object]:
    office = make_office()
    by = make_clerk(office)
    return lambda: destruction.propose(office=office, year=2566, is_secret=False, by=by, at=AT)


@refused("ทำบัญชีของปีเดิมอีก", 422, "มีบัญชีแล้ว")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.NAME)
    return lambda: destruction.propose(office=listed.office, year=YEAR, is_secret=False, by=listed.made_by, at=AFTER)


@refused("ตั้งกรรมการสองคน", 422, "อย่างน้อยสองคน")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.NAME)
    two = [Member("นางสาวคำแก้ว ใจดี"), Member("นายบุญมี มีสุข"), Member(" นายบุญมี มีสุข ")]
    given = {"order_number": "12/2568", "members": two, "by": listed.made_by, "at": AFTER}
    return lambda: destruction.name_committee(listed=listed, **given)


@refused("ตั้งกรรมการสี่ชื่อที่ซ้ำกันคนหนึ่ง", 422, "ไม่ซ้ำกัน")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.NAME)
    four = [Member(name) for name in ("นางสาวคำแก้ว ใจดี", "นายบุญมี มีสุข", "นายคำปัน แสนดี", "นายบุญมี มีสุข")]
    given = {"order_number": "12/2568", "members": four, "by": listed.made_by, "at": AFTER}
    return lambda: destruction.name_committee(listed=listed, **given)


@refused("ขยายเวลาเก็บโดยไม่บอกปี", 422, "ปีที่เก็บถึง")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.DECIDE)
    decided = Decided("keep", "ยังมีคดี")
    return lambda: destruction.decide(item=listed.items.first(), decided=decided, by=listed.made_by, at=AFTER)


@refused("เก็บไว้โดยไม่บอกเหตุผล", 422, "ยังไม่มีเหตุผล")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.DECIDE)
    decided = Decided("keep", " ", YEAR + 5)
    return lambda: destruction.decide(item=listed.items.first(), decided=decided, by=listed.made_by, at=AFTER)


@refused("เสนอบัญชีที่ยังพิจารณาไม่ครบ", 422, "ไม่ได้พิจารณา")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.DECIDE)
    return lambda: destruction.report(listed=listed, by=listed.made_by, at=AFTER)


@refused("บันทึกว่าส่งหอจดหมายเหตุในวันพรุ่งนี้", 422, "วันที่ส่งต้องอยู่ระหว่าง")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.SEND)
    on = timezone.localdate(AFTER) + timedelta(days=1)
    return lambda: destruction.send(listed=listed, number="ชม 1/1", on=on, by=listed.made_by, at=AFTER)


@refused("บันทึกว่าหอจดหมายเหตุไม่ตอบก่อนครบหกสิบวัน", 422, "มีเวลาตอบถึง")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.ANSWER)
    return lambda: destruction.answer(listed=listed, number="", by=listed.made_by, at=AFTER)


@refused("ทำลายก่อนได้รับคำตอบ", 409, "อยู่ในขั้น")
def _() -> Callable[[], object]:
    listed = waiting(ListStep.ANSWER)
    return lambda: carry_out(listed=listed, by=listed.made_by, at=AFTER)


# the exchange


@refused("เริ่มรับแทนหลังวันสิ้นสุด", 409, "วันสิ้นสุดมาก่อนวันเริ่ม")
def _() -> Callable[[], object]:
    office = make_office()
    days = {"starts_on": date(2024, 6, 2), "ends_on": date(2024, 6, 1)}
    return lambda: host(office=office, **days, by=None, at=AT)


@refused("รับแทนซ้อนวันกัน", 409, "ในช่วงวันดังกล่าวแล้ว")
def _() -> Callable[[], object]:
    office = make_hosting(make_office()).office
    assert office is not None
    return lambda: host(office=office, starts_on=date(2024, 6, 2), by=None, at=AT)


@refused("เลิกรับแทนก่อนวันเริ่ม", 409, "วันสิ้นสุดมาก่อนวันเริ่ม")
def _() -> Callable[[], object]:
    entry = make_hosting(make_office())
    by = make_clerk(make_office())
    return lambda: end_hosting(entry=entry, ends_on=date(2023, 12, 31), by=by, at=AT)


@refused("ส่งถึงหน่วยงานที่ไม่ได้รับแทนแล้ว", 404, "ไม่ได้รับหนังสือแทน")
def _() -> Callable[[], object]:
    entry = make_hosting(make_office())
    end_hosting(entry=entry, ends_on=date(2024, 6, 10), by=make_clerk(make_office()), at=AT)
    return lambda: hosted_office(entry.office_uuid, AT)


@refused("อนุมัติระบบด้วยลายนิ้วมือที่ไม่ตรง", 409, "ไม่ตรงกับกุญแจ")
def _() -> Callable[[], object]:
    peer, by = make_peer(Other()), make_clerk(make_office())
    return lambda: peers.approve(peer=peer, compared="AAAA-BBBB", by=by, at=AT)


@refused("ส่งถึงระบบที่ยังไม่อนุมัติ", 409, "ยังไม่ได้อนุมัติหรือถูกระงับ")
def _() -> Callable[[], object]:
    recipient = make_letter_to(make_peer(Other()), make_office())
    return lambda: queue_letter(recipient=recipient, at=AT)


@refused("ส่งหนังสือลับถึงระบบที่ไม่ได้ตกลงกัน", 422, "ยังไม่ได้ตกลงส่งหนังสือลับ")
def _() -> Callable[[], object]:
    office = make_office()
    peer = make_peer(Other(), by=make_clerk(office))
    recipient = make_letter_to(peer, office, secrecy=Secrecy.SECRET)
    return lambda: queue_letter(recipient=recipient, at=AT)


@refused("เปลี่ยนกุญแจที่ไม่มี", 409, "ยังไม่เปิดการแลกเปลี่ยน")
def _() -> Callable[[], object]:
    return lambda: rotate_key(at=AT)


@refused("ลงลายมือชื่อทั้งที่ไม่มีกุญแจ", 409, "ยังไม่เปิดการแลกเปลี่ยน")
def _() -> Callable[[], object]:
    return lambda: signing_key(AT)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_refused_in_two_languages_and_nothing_changes(case: Case) -> None:
    act = case.make()
    with nothing_changes(), pytest.raises(Refusal) as caught:
        act()
    refusal = caught.value
    assert (refusal.status, case.says in refusal.th) == (case.status, True), refusal.th
    assert THAI.search(refusal.th) and not THAI.search(without_names(refusal.en)), refusal.en
    assert len(refusal.en.split()) >= 6, refusal.en
    assert is_safe_th(refusal.th) and is_safe_en(refusal.en), f"{refusal.th}\n{refusal.en}"


SAFE_TH = ("ไม่มีอะไร", "ยังไม่ได้บันทึก", "ยังไม่ได้อนุมัติ", "ยังไม่มีเลขใดถูกใช้", "ยังไม่ถูกบันทึก", "ยังอยู่ครบ")
SAFE_EN = ("nothing", "not saved", "no number was used", "was not approved", "is safe")


def is_safe_th(text: str) -> bool:
    """Whether the sentence says that nothing was lost or changed."""
    return any(words in text for words in SAFE_TH)


def is_safe_en(text: str) -> bool:
    """The same in English."""
    return any(words in text.lower() for words in SAFE_EN)


def without_names(text: str) -> str:
    """An English sentence may quote a Thai name or number; nothing else in it is Thai."""
    return re.sub(r"ชม 0017\.2/|สำนักงาน\S*|\S*จังหวัด\S*", "", text)


def test_a_second_click_on_what_may_be_repeated_changes_nothing() -> None:
    """Accepting, reopening, ending a reader's right, telling a number again: not refused, and not done twice."""
    incoming = make_accepted()
    by, letter = make_clerk(incoming.office), make_secret()
    given = {"person": by, "until": None, "because": WHY, "by": letter.drafted_by, "at": AT}
    reader = end_reader(reader=name_reader(about=letter, **given), by=by, at=LATER)
    with nothing_changes():
        receiving.accept(incoming=incoming, by=by, at=LATER)
        dealing.reopen(incoming=incoming, because=WHY, by=by, at=LATER)
        recall_requests.tell_number_again(incoming=incoming, by=by, at=LATER)
        end_reader(reader=reader, by=by, at=LATER + timedelta(days=1))


def test_a_number_that_was_told_again_is_no_longer_disputed_and_is_told_no_third_time() -> None:
    recipient, incoming = sent_here()
    by = make_clerk(incoming.office)
    receiving.accept(incoming=incoming, by=by, at=AT)
    recall_requests.dispute_number(recipient=recipient, because=WHY, by=recipient.letter.drafted_by, at=LATER)
    assert recall_requests.tell_number_again(incoming=incoming, by=by, at=LATER).disputed_at is None
    with nothing_changes():
        recall_requests.tell_number_again(incoming=incoming, by=by, at=LATER)


def test_something_may_be_due_today() -> None:
    given = dealt(due_on=date(2024, 6, 11))
    assert dealing.assign(to=given["by"], **given).due_on == date(2024, 6, 11)


def test_a_change_somewhere_is_seen() -> None:
    """The measure itself: a row more and a word altered are named."""
    letter, before = make_draft(), everything()
    Letter.objects.filter(pk=letter.pk).update(text="แก้ลับหลัง")
    assert [name for name, rows in everything().items() if before[name] != rows] == ["letters.Letter"]


def test_two_recipients_that_are_one_office_are_refused_by_the_database_too() -> None:
    letter, office = make_draft(), make_office()
    twice = replace(drafted_of(letter), recipients=(To(office=office), To(office=office)))
    with pytest.raises(IntegrityError):
        change_letter(letter=letter, version=1, drafted=twice, by=letter.drafted_by, at=AT)
    assert Letter.objects.get(pk=letter.pk).version == 1
