"""ทุกอย่างที่ระบบปฏิเสธเกี่ยวกับการประชุม ทีละข้อ: บอกว่าผิดที่ใด สิ่งใดปลอดภัย และไม่มีอะไรเปลี่ยน.

Each refusal says in Thai what is wrong and what is safe, names its field, and leaves the journal as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from phrom.agencies.models import Person
from phrom.meetings.actions import agenda, papers
from phrom.meetings.actions.adoption import adopt
from phrom.meetings.actions.attendance import add_participant, mark_attendance, remove_participant
from phrom.meetings.actions.bringing_back import bring_back, refresh_open_matters
from phrom.meetings.actions.calling import Announced, cancel_meeting, change_meeting, create_meeting, issue_invitation
from phrom.meetings.actions.freezing import freeze_agenda
from phrom.meetings.actions.holding import close_meeting, open_meeting
from phrom.meetings.actions.minutes import Signers, circulate, draft_minutes, name_signers, save_text
from phrom.meetings.actions.minutes_comments import answer_comment, comment
from phrom.meetings.actions.pen import ask_for_pen, give_pen, take_pen
from phrom.meetings.actions.recording import record_item, record_meeting, record_resolution
from phrom.meetings.actions.replies import Answer, reply
from phrom.meetings.actions.resolving import correct_resolution, withdraw_resolution
from phrom.meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, Paper, Resolution
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import make_paper
from tests.meetings.hall import ADDRESS, AFTER, BEGAN, ENDED, UNTIL, Hall, make_hall

pytestmark = pytest.mark.django_db
BEFORE = BEGAN - timedelta(days=3)
DAY = timedelta(days=1)
SAFE = ("ไม่มีอะไร", "ยังอยู่", "ยังไม่ได้บันทึก", "ไม่เปลี่ยน", "ไม่ได้ส่งซ้ำ")
Act = Callable[[Hall], object]


def stand(hall: Hall, **state: datetime) -> Meeting:
    """The meeting in a state: `invited=`, `opened=`, `closed=`, `cancelled=` at a moment."""
    fields: dict[str, Any] = {}
    for word, moment in state.items():
        fields |= {f"{word}_at": moment, f"{word}_by": hall.secretary}
    Meeting.objects.filter(pk=hall.meeting.pk).update(**fields)
    hall.meeting = Meeting.objects.select_related("body", "order").get(pk=hall.meeting.pk)
    return hall.meeting


def cancelled(hall: Hall) -> Meeting:
    return stand(hall, cancelled=BEFORE)


def opened(hall: Hall) -> Meeting:
    return stand(hall, invited=BEFORE, opened=BEGAN)


def unnumbered(hall: Hall) -> Meeting:
    Meeting.objects.filter(pk=hall.meeting.pk).update(number=None, year=None)
    return stand(hall)


def bare(hall: Hall) -> Meeting:
    """Without a number and without an agenda."""
    Paper.objects.all().delete()
    AgendaItem.objects.filter(parent__isnull=False).delete()
    AgendaItem.objects.all().delete()
    return unnumbered(hall)


def withdrawn(hall: Hall) -> AgendaItem:
    item = hall.items["3.1"]
    item.withdrawn_by, item.withdrawn_at, item.withdrawn_because = hall.secretary, BEFORE, "ผู้เสนอขอถอนเรื่อง"
    item.save()
    return item


def resolved(hall: Hall) -> Resolution:
    return Resolution.objects.create(
        item=hall.items["3.1"], kind="agreed", text="เห็นชอบ", recorded_by=hall.secretary, recorded_at=BEGAN
    )


def drafted(hall: Hall, **more: object) -> Minutes:
    """Minutes of a closed meeting to which the chair came; the secretary has the pen."""
    stand(hall, invited=BEFORE, opened=BEGAN, closed=ENDED)
    hall.meeting.attendance.create(
        seat=hall.seats[0],
        kind="came",
        name=hall.member.name,
        person=hall.member,
        recorded_by=hall.secretary,
        recorded_at=BEGAN,
    )
    given = {"taker": "ผู้จด", "drafted_by": hall.secretary, "drafted_at": AFTER, "editor": hall.secretary, "editing_at": AFTER}
    return Minutes.objects.create(meeting=hall.meeting, **{**given, **more})


def sent(hall: Hall) -> Minutes:
    return drafted(hall, circulated_by=hall.secretary, circulated_at=AFTER, comments_until=UNTIL, editor=None, editing_at=None)


def adopted(hall: Hall) -> Minutes:
    """Adopted in some meeting."""
    minutes = sent(hall)
    minutes.adopted_in, minutes.adopted_by, minutes.adopted_at = hall.meeting, hall.secretary, AFTER
    minutes.save()
    return minutes


def asked(hall: Hall, minutes: Minutes) -> MinutesComment:
    return minutes.comments.create(text="ขอแก้ชื่อผู้แทน", made_by=hall.member, made_at=AFTER)


def add(hall: Hall, meeting: Meeting | None = None, title: str = "เรื่องใหม่", **more: Any) -> object:
    meeting = meeting or hall.meeting
    return agenda.add_item(meeting=meeting, head=hall.items["3"], title=title, **more, by=hall.secretary, at=BEFORE)


def edit(hall: Hall, item: AgendaItem, title: str = "ชื่อใหม่") -> object:
    return agenda.edit_item(item=item, title=title, presenter="", resolves=True, by=hall.secretary, at=BEFORE)


def withdraw(hall: Hall, item: AgendaItem, reason: str = "ผู้เสนอขอถอนเรื่อง") -> object:
    return agenda.withdraw_item(item=item, reason=reason, by=hall.secretary, at=BEFORE)


def invite(hall: Hall, meeting: Meeting, number: str = "ชม 0017.2/ว 1", day: date = date(2024, 6, 4)) -> object:
    return issue_invitation(meeting=meeting, letter_number=number, letter_date=day, by=hall.secretary, at=BEFORE)


def move(hall: Hall, meeting: Meeting, held_at: datetime, venue: str = "ห้องประชุม 2") -> object:
    return change_meeting(meeting=meeting, announced=Announced(held_at, venue), by=hall.secretary, at=BEFORE)


def record(hall: Hall, number: int, year: int, held_at: datetime = BEGAN) -> object:
    order = hall.meeting.order
    return record_meeting(order=order, number=number, year=year, held_at=held_at, venue="", by=hall.secretary, at=AFTER)


def resolve(hall: Hall, item: AgendaItem, kind: str = "agreed", text: str = "เห็นชอบ") -> object:
    return record_resolution(item=item, kind=kind, text=text, by=hall.secretary, at=AFTER)


def correct(hall: Hall, resolution: Resolution, text: str = "เห็นชอบตามแก้ไข") -> object:
    return correct_resolution(resolution=resolution, kind="agreed", text=text, due_on=None, by=hall.secretary, at=AFTER)


def said(hall: Hall, meeting: Meeting, kind: str = "coming", name: str = "", position: str = "") -> object:
    return reply(meeting=meeting, seat=hall.seats[0], answer=Answer(kind, name, position), by=hall.member, at=BEFORE)


def by(hall: Hall, at: datetime = AFTER, person: Person | None = None) -> dict[str, Any]:
    return {"by": person or hall.secretary, "at": at}


def put(hall: Hall, item: AgendaItem, text: str = "ข้อความ") -> object:
    return papers.put_text(item=item, text=text, **by(hall, BEFORE))


def circ(hall: Hall, minutes: Minutes, until: date = UNTIL, person: Person | None = None) -> object:
    return circulate(minutes=minutes, comments_until=until, address=ADDRESS, **by(hall, person=person))


def generated(hall: Hall) -> Paper:
    return make_paper(hall.items["3.1"], "generated")


def typed(hall: Hall) -> Paper:
    return hall.items["3.1"].papers.get()


def on_rests(hall: Hall) -> Resolution:
    resolution = resolved(hall)
    make_follow_up(resolution, hall.office)
    return resolution


CALLING: dict[str, tuple[Act, str]] = {
    "ประชุมวันที่ไม่มีคำสั่ง": (
        lambda h: create_meeting(body=h.body, announced=Announced(BEGAN.replace(year=2020), "ห้อง"), **by(h)),
        "คำสั่ง",
    ),
    "ประชุมที่ไม่มีสถานที่": (lambda h: create_meeting(body=h.body, announced=Announced(BEGAN, " ", " "), **by(h)), "สถานที่"),
    "เชิญซ้ำ": (lambda h: invite(h, h.meeting), "1/2567"),
    "เชิญโดยไม่มีระเบียบวาระ": (lambda h: invite(h, bare(h)), "ระเบียบวาระ"),
    "เชิญโดยไม่มีเลขที่หนังสือ": (lambda h: invite(h, unnumbered(h), "  "), "เลขที่หนังสือ"),
    "หนังสือลงวันที่หลังประชุม": (lambda h: invite(h, unnumbered(h), day=date(2024, 6, 12)), "หลังวันประชุม"),
    "เชิญประชุมที่ยกเลิกแล้ว": (lambda h: invite(h, cancelled(h)), "ยกเลิก"),
    "เลื่อนไปปีอื่นเมื่อมีเลขแล้ว": (lambda h: move(h, h.meeting, BEGAN.replace(year=2025)), "ย้ายไปปีอื่นไม่ได้"),
    "เลื่อนประชุมที่เริ่มแล้ว": (lambda h: move(h, opened(h), BEGAN + DAY), "เริ่มแล้ว"),
    "ยกเลิกโดยไม่มีเหตุผล": (lambda h: cancel_meeting(meeting=h.meeting, reason=" ไม่ ", **by(h)), "เหตุผล"),
    "ยกเลิกซ้ำ": (lambda h: cancel_meeting(meeting=cancelled(h), reason="ประธานติดราชการ", **by(h)), "ถูกยกเลิกเมื่อ"),
    "ยกเลิกประชุมที่เริ่มแล้ว": (lambda h: cancel_meeting(meeting=opened(h), reason="ประธานติดราชการ", **by(h)), "เริ่มแล้ว"),
    "บันทึกครั้งที่ซ้ำ": (lambda h: record(h, 1, 2567), "บันทึกการประชุมครั้งที่ 1/2567 ไว้แล้ว"),
    "บันทึกข้ามครั้ง": (lambda h: record(h, 3, 2567), "ลำดับถัดไปคือครั้งที่ 2/2567"),
    "บันทึกปีที่ไม่ใช่ปีของวัน": (lambda h: record(h, 1, 2568), "ลำดับถัดไปคือครั้งที่ 2/2567"),
    "ตอบรับก่อนเชิญ": (lambda h: said(h, h.meeting), "ยังไม่ได้ออกหนังสือเชิญ"),
    "ตอบรับหลังเริ่มประชุม": (lambda h: said(h, opened(h)), "เริ่มแล้ว"),
    "ตอบรับแบบที่ไม่มี": (lambda h: said(h, stand(h, invited=BEFORE), "maybe"), "เลือกว่าจะมาประชุมอย่างไร"),
    "ผู้แทนไม่มีชื่อ": (lambda h: said(h, stand(h, invited=BEFORE), "substitute", " ", "รองหัวหน้า"), "ชื่อและตำแหน่ง"),
    "ผู้แทนไม่มีตำแหน่ง": (lambda h: said(h, stand(h, invited=BEFORE), "substitute", "นางบัว", ""), "ชื่อและตำแหน่ง"),
}
AGENDA: dict[str, tuple[Act, str]] = {
    "แบบระเบียบวาระที่ไม่มี": (lambda h: agenda.lay_heads(meeting=bare(h), template="none", **by(h)), "เลือกใหม่"),
    "วางวาระหลักซ้ำ": (lambda h: agenda.lay_heads(meeting=h.meeting, template="first", **by(h)), "เริ่มไว้แล้ว"),
    "เรื่องไม่มีชื่อ": (lambda h: add(h, title=" \n "), "ต้องมีชื่อเรื่อง"),
    "เรื่องเพิ่มเติมไม่มีเหตุผล": (lambda h: add(h, stand(h, invited=BEFORE)), "เหตุผล"),
    "เพิ่มเรื่องหลังเริ่มประชุม": (lambda h: add(h, opened(h), reason="เรื่องด่วนมาก"), "เริ่มแล้ว"),
    "เพิ่มเรื่องในประชุมที่ยกเลิก": (lambda h: add(h, cancelled(h)), "ถูกยกเลิก"),
    "แก้เรื่องที่ถอนแล้ว": (lambda h: edit(h, withdrawn(h)), "ถอนแล้ว"),
    "แก้ชื่อเรื่องเป็นค่าว่าง": (lambda h: edit(h, h.items["3.1"], "  "), "ต้องมีชื่อเรื่อง"),
    "ย้ายเรื่องหลังเริ่มประชุม": (lambda h: (opened(h), agenda.move_item(item=h.items["3.1"], up=True, **by(h))), "เริ่มแล้ว"),
    "นำเรื่องออกหลังเชิญ": (lambda h: agenda.remove_item(item=h.items["3.1"], **by(h)), "พร้อมเหตุผล"),
    "นำวาระหลักที่มีเรื่องออก": (lambda h: (unnumbered(h), agenda.remove_item(item=h.items["3"], **by(h))), "นำเรื่องภายใต้วาระนี้ออกก่อน"),
    "ถอนเรื่องก่อนเชิญ": (lambda h: (unnumbered(h), withdraw(h, h.items["3.1"])), "ถอนไม่ได้"),
    "ถอนวาระหลัก": (lambda h: withdraw(h, h.items["3"]), "ถอนไม่ได้"),
    "ถอนซ้ำ": (lambda h: withdraw(h, withdrawn(h)), "ถอนไม่ได้"),
    "ถอนโดยไม่มีเหตุผล": (lambda h: withdraw(h, h.items["3.1"], "ถอน"), "เหตุผล"),
    "ตรึงก่อนเชิญ": (lambda h: freeze_agenda(meeting=h.meeting, **by(h)), "ยังไม่ได้ออกหนังสือเชิญ"),
    "ตรึงประชุมที่ยกเลิก": (lambda h: freeze_agenda(meeting=cancelled(h), **by(h)), "ถูกยกเลิก"),
    "นำเรื่องสืบเนื่องเข้าหลังเริ่มประชุม": (lambda h: bring_back(meeting=opened(h), **by(h)), "เริ่มแล้ว"),
    "ปรับเรื่องสืบเนื่องในประชุมที่ยกเลิก": (lambda h: refresh_open_matters(meeting=cancelled(h), **by(h)), "ถูกยกเลิก"),
    "ข้อความว่าง": (lambda h: put(h, h.items["3.1"], " \r\n "), "ยังไม่มีข้อความ"),
    "ข้อความใต้เรื่องที่ถอน": (lambda h: put(h, withdrawn(h)), "ถอนแล้ว"),
    "พิมพ์ทับส่วนที่สร้างจากข้อมูล": (
        lambda h: papers.edit_text(paper=generated(h), text="พิมพ์เอง", seen=1, **by(h)),
        "ไม่ใช่ข้อความ",
    ),
    "ปรับข้อความที่พิมพ์เองเป็นปัจจุบัน": (
        lambda h: papers.refresh_generated(paper=typed(h), blocks=(), **by(h)),
        "ไม่ได้สร้างจากข้อมูลในระบบ",
    ),
    "แก้ข้อความบนรุ่นเก่า": (lambda h: papers.edit_text(paper=typed(h), text="ใหม่", seen=0, **by(h)), "นางสาวคำแก้ว ใจดี"),
    "นำเอกสารออกหลังเริ่มประชุม": (lambda h: (opened(h), papers.remove_paper(paper=typed(h), **by(h))), "เริ่มแล้ว"),
    "ระเบียบวาระเลขซ้ำ": (lambda h: record_item(meeting=h.meeting, number="3.1", title="ซ้ำ", **by(h)), "มีวาระที่ 3.1 แล้ว"),
}
HOLDING: dict[str, tuple[Act, str]] = {
    "เริ่มก่อนวันประชุม": (lambda h: open_meeting(meeting=h.meeting, opened_at=BEFORE, **by(h, BEFORE)), "ตั้งแต่วันประชุม"),
    "เริ่มในเวลาที่ยังมาไม่ถึง": (lambda h: open_meeting(meeting=h.meeting, opened_at=ENDED, **by(h, BEGAN)), "ยังมาไม่ถึง"),
    "เริ่มในวันอื่น": (lambda h: open_meeting(meeting=h.meeting, opened_at=BEGAN + DAY, **by(h, AFTER + DAY)), "ต้องเป็นของวันนั้น"),
    "เริ่มประชุมที่ยกเลิก": (lambda h: open_meeting(meeting=cancelled(h), opened_at=BEGAN, **by(h, BEGAN)), "ถูกยกเลิก"),
    "เริ่มประชุมที่ไม่มีเลข": (lambda h: open_meeting(meeting=unnumbered(h), opened_at=BEGAN, **by(h)), "ออกหนังสือเชิญแล้ว"),
    "เลิกก่อนเริ่ม": (lambda h: close_meeting(meeting=opened(h), closed_at=BEGAN, **by(h)), "หลังเวลาเริ่มประชุม"),
    "เลิกโดยไม่ได้เริ่ม": (lambda h: close_meeting(meeting=h.meeting, closed_at=ENDED, **by(h)), "ยังไม่ได้บันทึกเวลาเริ่มประชุม"),
    "เริ่มหลังเลิก": (
        lambda h: open_meeting(meeting=stand(h, opened=BEGAN, closed=ENDED), opened_at=ENDED, **by(h)),
        "หลังเวลาเริ่มประชุม",
    ),
    "ลงชื่อหลังแจ้งเวียน": (lambda h: mark_attendance(meeting=sent(h).meeting, marks=[], **by(h)), "แจ้งเวียน"),
    "ผู้เข้าร่วมไม่มีชื่อ": (lambda h: add_participant(meeting=h.meeting, name="  ", position="ก", **by(h)), "กรอกชื่อผู้เข้าร่วมประชุม"),
    "นำผู้เข้าร่วมออกหลังแจ้งเวียน": (
        lambda h: remove_participant(participant=sent(h).meeting.attendance.get(), **by(h)),
        "แจ้งเวียน",
    ),
    "มติไม่มีข้อความ": (lambda h: resolve(h, h.items["3.1"], text="  "), "ประเภทและข้อความ"),
    "มติไม่มีประเภท": (lambda h: resolve(h, h.items["3.1"], kind="maybe"), "ประเภทและข้อความ"),
    "มติของเรื่องที่ถอน": (lambda h: resolve(h, withdrawn(h)), "ถูกถอนแล้ว"),
    "มติหลังแจ้งเวียน": (lambda h: (sent(h), resolve(h, h.items["3.1"])), "แจ้งเวียน"),
    "มติหลังรับรอง": (lambda h: (adopted(h), resolve(h, h.items["3.1"])), "รับรองแล้ว"),
    "แก้มติเป็นค่าว่าง": (lambda h: correct(h, resolved(h), " "), "ประเภทและข้อความ"),
    "แก้มติหลังแจ้งเวียน": (lambda h: (sent(h), correct(h, resolved(h))), "แจ้งเวียน"),
    "ถอนมติที่มีการติดตาม": (lambda h: withdraw_resolution(resolution=on_rests(h), **by(h)), "แก้ไขข้อความแทน"),
    "ถอนมติหลังรับรอง": (lambda h: (adopted(h), withdraw_resolution(resolution=resolved(h), **by(h))), "รับรองแล้ว"),
}
MINUTES: dict[str, tuple[Act, str]] = {
    "ร่างก่อนเริ่มประชุม": (lambda h: draft_minutes(meeting=h.meeting, **by(h)), "ยังไม่ได้บันทึกเวลาเริ่มประชุม"),
    "เขียนโดยไม่มีปากกา": (
        lambda h: save_text(minutes=drafted(h), item=h.items["3.1"], text="ข้อความ", version=0, **by(h, person=h.second)),
        "ปากกาอยู่ที่ นางสาวคำแก้ว ใจดี",
    ),
    "เขียนบนรุ่นที่ไม่มี": (
        lambda h: save_text(minutes=drafted(h), item=h.items["3.1"], text="ข้อความ", version=7, **by(h)),
        "ข้อความของท่านยังอยู่ครบ",
    ),
    "เขียนหลังรับรอง": (
        lambda h: save_text(minutes=adopted(h), item=h.items["3.1"], text="ข้อความ", version=0, **by(h)),
        "รับรองแล้ว",
    ),
    "รับปากกาที่เพิ่งใช้": (lambda h: take_pen(minutes=drafted(h), **by(h, person=h.second)), "ปากกาอยู่ที่"),
    "ส่งปากกาที่ไม่ได้ถือ": (lambda h: give_pen(minutes=drafted(h), **by(h, person=h.second)), "ปากกาอยู่ที่"),
    "ขอปากกาหลังรับรอง": (lambda h: ask_for_pen(minutes=adopted(h), **by(h)), "รับรองแล้ว"),
    "เปลี่ยนผู้ลงนามหลังรับรอง": (lambda h: name_signers(minutes=adopted(h), signers=Signers("ใคร"), **by(h)), "รับรองแล้ว"),
    "แจ้งเวียนซ้ำ": (lambda h: circ(h, sent(h)), "ไม่ได้ส่งซ้ำ"),
    "แจ้งเวียนโดยไม่มีผู้จด": (lambda h: circ(h, drafted(h, taker="")), "ผู้จดรายงานการประชุม"),
    "แจ้งเวียนให้ขอแก้ถึงวันที่ผ่านไปแล้ว": (lambda h: circ(h, drafted(h), date(2024, 6, 11)), "ผ่านไปแล้ว"),
    "แจ้งเวียนขณะผู้อื่นเขียน": (lambda h: circ(h, drafted(h), person=h.second), "ปากกาอยู่ที่"),
    "ขอแก้ร่าง": (lambda h: comment(minutes=drafted(h), item=None, text="ขอแก้", **by(h, person=h.member)), "ช่วงที่ขอแก้ได้"),
    "ขอแก้หลังวันสุดท้าย": (
        lambda h: comment(minutes=sent(h), item=None, text="ขอแก้ชื่อ", **by(h, AFTER + 8 * DAY, h.member)),
        "19 มิ.ย. 2567",
    ),
    "ขอแก้โดยไม่ได้มาประชุม": (
        lambda h: comment(minutes=sent(h), item=None, text="ขอแก้ชื่อ", **by(h, person=h.second)),
        "ไม่อยู่ในรายชื่อ",
    ),
    "ขอแก้ที่ไม่บอกอะไร": (lambda h: comment(minutes=sent(h), item=None, text=" แก้ ", **by(h, person=h.member)), "ขอแก้ข้อความใด"),
    "ไม่แก้โดยไม่มีเหตุผล": (
        lambda h: answer_comment(comment=asked(h, sent(h)), taken=False, answer=" ", **by(h)),
        "เหตุผลที่ไม่แก้",
    ),
    "ตอบข้อขอแก้หลังรับรอง": (
        lambda h: answer_comment(comment=asked(h, adopted(h)), taken=True, answer="", **by(h)),
        "รับรองแล้ว",
    ),
    "รับรองในครั้งเดียวกัน": (lambda h: adopt(minutes=sent(h), in_meeting=h.meeting, **by(h)), "จัดภายหลัง"),
    "รับรองซ้ำ": (lambda h: adopt(minutes=adopted(h), in_meeting=h.meeting, **by(h)), "รับรองแล้ว"),
    "รับรองก่อนแจ้งเวียน": (lambda h: adopt(minutes=drafted(h), in_meeting=h.meeting, **by(h)), "แจ้งเวียนก่อน"),
}
REFUSED = {**CALLING, **AGENDA, **HOLDING, **MINUTES}


@pytest.mark.parametrize(("act", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_says_why_and_what_is_safe_and_is_not_in_the_journal(act: Act, says: str) -> None:
    hall = make_hall()
    with pytest.raises(Refusal) as refused:
        act(hall)
    assert says in refused.value.th
    assert any(word in refused.value.th for word in SAFE), refused.value.th
    assert refused.value.en.strip().endswith(".")
    assert not AuditEvent.objects.exists()
