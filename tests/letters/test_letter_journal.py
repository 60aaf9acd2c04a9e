"""Each act on a letter is told in the journal, once, in a sentence; of a secret letter not a word of what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from phrom.letters.actions import approving, dealing, numbering, recall_requests, receiving, retention
from phrom.letters.actions.answering import start_answer
from phrom.letters.actions.drafting import Drafted, To, change_letter, draft_letter, drafted_of, give_up_draft
from phrom.letters.actions.issuing import issue_letter, void_letter
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.actions.secrets import end_reader, name_reader, note_reading
from phrom.letters.actions.sending import Dispatch, record_dispatch, record_outcome
from phrom.letters.actions.statuses import Said
from phrom.letters.arrived import Arrived
from phrom.letters.models import Book, Incoming, Letter, Office, Recipient, Via
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.sentences import SENTENCES
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient

pytestmark = pytest.mark.django_db
LATER, WHY = AT + timedelta(hours=1), "เหตุที่พิมพ์ผิดทั้งฉบับ"
CANARY = "นกกางเขนดงหางยาว"  # stands wherever a text of the letter can stand


@dataclass
class Stage:
    """An office with its people, a neighbour, and what the acts before have made."""

    office: Office
    other: Office
    by: Any
    head: Any
    secrecy: str

    def draft(self, **more: Any) -> Letter:
        """A draft with the neighbour as its recipient, or one by hand."""
        by_hand = more.pop("by_hand", False)
        words = {"subject": f"เรื่อง{CANARY}", "text": f"ข้อความ{CANARY}", "addressed_to": f"ถึง{CANARY}"}
        letter = make_draft(self.office, by=self.by, secrecy=self.secrecy, **{**words, **more})
        make_recipient(letter, None if by_hand else self.other, f"ผู้รับ{CANARY}")
        return letter

    def issued(self, **more: Any) -> Letter:
        """The same with its number."""
        return issue_letter(letter=self.draft(**more), by=self.by, at=AT)

    def came(self) -> Incoming:
        """What lies in the neighbour's tray."""
        return Incoming.objects.get(recipient__letter=self.issued())

    def accepted(self) -> Incoming:
        """The same with the neighbour's number."""
        return receiving.accept(incoming=self.came(), by=self.by, at=AT)

    def to(self, **more: Any) -> Recipient:
        """The recipient of an issued letter."""
        return Recipient.objects.select_related("letter__office__agency__body").get(letter=self.issued(**more))


Act = Callable[[Stage], Callable[[], object]]
ACTS: dict[str, tuple[Act, list[str]]] = {}


def leaves(*events: str) -> Callable[[Act], Act]:
    """What an act writes, in this order."""

    def keep(act: Act) -> Act:
        ACTS[act.__name__] = (act, list(events))
        return act

    return keep


@leaves("letter.drafted")
def ร่าง(on: Stage) -> Callable[[], object]:
    words = Drafted("external", f"เรื่อง{CANARY}", secrecy=on.secrecy, recipients=(To(f"ผู้รับ{CANARY}"),))
    return lambda: draft_letter(office=on.office, drafted=words, by=on.by, at=LATER)


@leaves("letter.changed")
def แก้ร่าง(on: Stage) -> Callable[[], object]:
    letter = on.draft()
    drafted = replace(drafted_of(letter), text=f"ข้อความใหม่{CANARY}")
    return lambda: change_letter(letter=letter, version=1, drafted=drafted, by=on.by, at=LATER)


@leaves("letter.given_up")
def ยกเลิกร่าง(on: Stage) -> Callable[[], object]:
    letter = on.draft()
    return lambda: give_up_draft(letter=letter, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


def wants_approval(on: Stage) -> Letter:
    Office.objects.filter(pk=on.office.pk).update(head_approves=True)
    on.office.refresh_from_db()
    return on.draft()


@leaves("letter.submitted")
def เสนอหัวหน้า(on: Stage) -> Callable[[], object]:
    letter = wants_approval(on)
    return lambda: approving.submit(letter=letter, by=on.by, at=LATER)


@leaves("letter.approved")
def หัวหน้าเห็นชอบ(on: Stage) -> Callable[[], object]:
    letter = approving.submit(letter=wants_approval(on), by=on.by, at=AT)
    return lambda: approving.approve(letter=letter, version=1, by=on.head, at=LATER)


@leaves("letter.returned")
def หัวหน้าส่งกลับ(on: Stage) -> Callable[[], object]:
    letter = approving.submit(letter=wants_approval(on), by=on.by, at=AT)
    return lambda: approving.return_to_drafter(letter=letter, because=f"แก้คำว่า{CANARY}", by=on.head, at=LATER)


@leaves("letter.issued", "letter.state", "incoming.arrived", "letter.state")
def ออกเลขและส่งในระบบ(on: Stage) -> Callable[[], object]:
    letter = on.draft()
    return lambda: issue_letter(letter=letter, by=on.by, at=LATER)


@leaves("register.voided", "letter.voided", "letter.state", "incoming.recalled")
def ยกเลิกหนังสือ(on: Stage) -> Callable[[], object]:
    letter = on.issued()
    return lambda: void_letter(letter=letter, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


@leaves("letter.state", "incoming.recalled")
def เรียกคืนก่อนลงรับ(on: Stage) -> Callable[[], object]:
    to = on.to()
    return lambda: recall(recipient=to, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


@leaves("letter.recall_asked", "incoming.recall_asked")
def ขอคืนหลังลงรับ(on: Stage) -> Callable[[], object]:
    to = on.accepted().recipient
    return lambda: recall(recipient=to, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


@leaves("letter.state", "incoming.arrived_again", "letter.state")
def ส่งใหม่(on: Stage) -> Callable[[], object]:
    incoming = receiving.reject(incoming=on.came(), because=WHY, by=on.by, at=AT)
    return lambda: resend(recipient=incoming.recipient, by=on.by, at=LATER)


@leaves("letter.state")
def บันทึกการส่งด้วยมือ(on: Stage) -> Callable[[], object]:
    to = on.to(by_hand=True)
    dispatch = Dispatch(date(2024, 6, 11), f"ไปรษณีย์{CANARY}")
    return lambda: record_dispatch(recipient=to, dispatch=dispatch, by=on.by, at=LATER)


@leaves("letter.answered")
def บันทึกว่าตอบแล้ว(on: Stage) -> Callable[[], object]:
    to = on.to(by_hand=True)
    said = Said(accept_number=CANARY)
    return lambda: record_outcome(recipient=to, outcome="answered", said=said, by=on.by, at=LATER)


@leaves("letter.state", "incoming.accepted")
def ลงรับ(on: Stage) -> Callable[[], object]:
    incoming = on.came()
    return lambda: receiving.accept(incoming=incoming, by=on.by, at=LATER)


@leaves("letter.state", "incoming.rejected")
def คืนผู้ส่ง(on: Stage) -> Callable[[], object]:
    incoming = on.came()
    return lambda: receiving.reject(incoming=incoming, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


@leaves("letter.state", "incoming.invalid")
def คืนว่าหนังสือผิด(on: Stage) -> Callable[[], object]:
    incoming = on.came()
    return lambda: receiving.declare_invalid(incoming=incoming, because=f"{WHY}{CANARY}", by=on.by, at=LATER)


@leaves("incoming.recorded")
def รับหนังสือกระดาษ(on: Stage) -> Callable[[], object]:
    arrived = Arrived(via=Via.HAND, from_name=f"กรม{CANARY}", subject=f"เรื่อง{CANARY}", secrecy=on.secrecy)
    return lambda: receiving.record_by_hand(office=on.office, arrived=arrived, by=on.by, at=LATER)


@leaves("incoming.instructed")
def เกษียน(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: dealing.instruct(incoming=incoming, text=f"มอบ{CANARY}", by=on.by, at=LATER)


@leaves("incoming.noted")
def บันทึก(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: dealing.note(incoming=incoming, text=f"โทร{CANARY}", by=on.by, at=LATER)


@leaves("incoming.assigned")
def มอบหมาย(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    whom = make_clerk(on.other, "secret_registrar")
    return lambda: dealing.assign(incoming=incoming, to=whom, due_on=None, text=CANARY, by=on.by, at=LATER)


@leaves("incoming.arrived", "incoming.passed_on")
def ส่งต่อ(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: dealing.pass_on(incoming=incoming, to=on.office, text=CANARY, by=on.by, at=LATER)


@leaves("incoming.arrived", "incoming.copied")
def ส่งสำเนา(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: dealing.copy(incoming=incoming, to=on.office, text=CANARY, by=on.by, at=LATER)


@leaves("incoming.closed")
def ปิดเรื่อง(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: dealing.close(incoming=incoming, because=f"ทราบ{CANARY}", by=on.by, at=LATER)


@leaves("incoming.reopened")
def เปิดเรื่องอีกครั้ง(on: Stage) -> Callable[[], object]:
    incoming = dealing.close(incoming=on.accepted(), because=WHY, by=on.by, at=AT)
    return lambda: dealing.reopen(incoming=incoming, because=f"เพิ่ม{CANARY}", by=on.by, at=LATER)


@leaves("letter.drafted")
def เริ่มตอบ(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    return lambda: start_answer(incoming=incoming, by=on.by, at=LATER)


def asked_back(on: Stage) -> Incoming:
    incoming = on.accepted()
    recall(recipient=incoming.recipient, because=WHY, by=on.by, at=AT)
    return Incoming.objects.get(pk=incoming.pk)


@leaves("letter.state", "incoming.given_back")
def คืนตามที่ขอ(on: Stage) -> Callable[[], object]:
    incoming = asked_back(on)
    return lambda: recall_requests.give_back(incoming=incoming, by=on.by, at=LATER)


@leaves("incoming.kept")
def ไม่คืน(on: Stage) -> Callable[[], object]:
    incoming = asked_back(on)
    return lambda: recall_requests.keep(incoming=incoming, by=on.by, at=LATER)


@leaves("letter.state", "incoming.disputed")
def แจ้งเลขรับผิด(on: Stage) -> Callable[[], object]:
    to = on.accepted().recipient
    return lambda: recall_requests.dispute_number(recipient=to, because=f"เลขซ้ำ{CANARY}", by=on.by, at=LATER)


@leaves("letter.state", "incoming.number_told_again")
def แจ้งเลขรับอีกครั้ง(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    recall_requests.dispute_number(recipient=incoming.recipient, because=WHY, by=on.by, at=AT)
    return lambda: recall_requests.tell_number_again(incoming=incoming, by=on.by, at=LATER)


@leaves("letter.retention_changed")
def เปลี่ยนอายุหนังสือส่ง(on: Stage) -> Callable[[], object]:
    letter = on.issued()
    given = {"retention": "5", "because": f"คดี{CANARY}", "by": on.by, "at": LATER}
    return lambda: retention.keep_letter_for(letter=letter, **given)


@leaves("incoming.retention_changed")
def เปลี่ยนอายุหนังสือรับ(on: Stage) -> Callable[[], object]:
    incoming = on.accepted()
    given = {"retention": "5", "because": f"คดี{CANARY}", "by": on.by, "at": LATER}
    return lambda: retention.keep_incoming_for(incoming=incoming, **given)


@leaves("register.reserved")
def จองเลข(on: Stage) -> Callable[[], object]:
    book = Book.SEND if on.secrecy == "001" else Book.SECRET_SEND
    words = {"office": on.office, "book": book, "count": 3, "reserved_for": f"เรื่อง{CANARY}"}
    return lambda: numbering.reserve(**words, by=on.by, at=LATER)


@pytest.fixture(params=["001", "002"], ids=["ปกติ", "ลับ"])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Two offices of one province; the letters are ordinary or secret."""
    office, other = make_office(make_agency(body := make_body())), make_office(make_agency(body), "ชม 0018")
    return Stage(office, other, make_clerk(office, "secret_registrar"), make_clerk(office, "head"), request.param)


def written_by(act: Callable[[], object]) -> list[AuditEvent]:
    """What the act wrote into the journal."""
    last = AuditEvent.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    act()
    return list(AuditEvent.objects.filter(pk__gt=last).order_by("pk"))


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_told_once_in_its_sentence(name: str, stage: Stage) -> None:
    make, events = ACTS[name]
    told = written_by(make(stage))
    assert [one.event for one in told] == events
    assert {one.at for one in told} == {LATER}
    assert {stage.by.name, stage.head.name} & {one.by_name for one in told}
    for one in told:
        assert SENTENCES[one.event] and one.about.split(":")[0] in ("letter", "incoming", "register")
        assert one.details["office"]
        if stage.secrecy == "001":
            assert ":secret:" not in one.chain
        else:
            assert ":secret:" in one.chain and CANARY not in str(one.details) and "subject" not in one.details


def test_every_reading_and_every_reader_of_a_secret_letter_is_told_without_a_word() -> None:
    office = make_office()
    registrar = make_clerk(office, "secret_registrar")
    stage = Stage(office, make_office(make_agency(office.agency.own_body), "ชม 0018"), registrar, make_clerk(office), "003")
    letter = stage.issued()

    def acts() -> None:
        given = {"person": stage.head, "until": None, "because": f"พิจารณา{CANARY}", "by": registrar, "at": AT}
        reader = name_reader(about=letter, **given)
        note_reading(about=letter, by=stage.head, at=LATER)
        end_reader(reader=reader, by=registrar, at=LATER)

    told = written_by(acts)
    assert [one.event for one in told] == ["secret.reader_named", "secret.read", "secret.reader_ended"]
    assert all(":secret:" in one.chain and CANARY not in str(one.details) for one in told)


def test_reading_an_ordinary_letter_is_nobodys_business() -> None:
    letter = make_draft()
    assert written_by(lambda: note_reading(about=letter, by=letter.drafted_by, at=AT)) == []
