"""สิ่งที่บันทึกการกระทำจดไว้หลังแต่ละเรื่อง: ใคร ทำอะไร กับการประชุมใด และข้อความเดิมก่อนแก้.

One act, one entry, in the chain of the body, with the words by which somebody reads later what happened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from phrom.meetings.actions import agenda, papers
from phrom.meetings.actions.attendance import Mark, add_participant, mark_attendance, remove_participant
from phrom.meetings.actions.calling import Announced, cancel_meeting, change_meeting, create_meeting
from phrom.meetings.actions.follow_ups import answer, close, note, open_follow_ups, reopen, return_
from phrom.meetings.actions.holding import close_meeting, open_meeting
from phrom.meetings.actions.minutes import Signers, circulate, draft_minutes, name_signers, save_text
from phrom.meetings.actions.minutes_comments import answer_comment, comment
from phrom.meetings.actions.pen import ask_for_pen, give_pen, take_pen
from phrom.meetings.actions.recording import record_item, record_meeting, record_resolution
from phrom.meetings.actions.replies import Answer, reply
from phrom.meetings.actions.resolving import correct_resolution, withdraw_resolution
from phrom.meetings.models import FollowUp
from phrom.shared.documents.content import Paragraph
from phrom.shared.journal.models import AuditEvent
from phrom.shared.journal.sentences import SENTENCES
from phrom.shared.journal.verify import verify
from tests.factories.follow_ups import DUE, make_follow_up
from tests.meetings.hall import ADDRESS, AFTER, BEGAN, ENDED, UNTIL, Hall, make_hall
from tests.meetings.test_refusals import BEFORE, DAY, asked, by, drafted, generated, opened, resolved, sent, stand, typed

pytestmark = pytest.mark.django_db
REASON = "ประธานติดราชการด่วน"
Act = Callable[[Hall], object]


def followed(hall: Hall, *steps: Callable[..., object]) -> FollowUp:
    """An office's line, answered or closed where asked."""
    one = make_follow_up(resolved(hall), hall.office)
    for step in steps:
        step(follow_up=one, **({"because": REASON} if step is close else {"text": REASON}), **by(hall))
    return one


def guest(hall: Hall) -> Any:
    return hall.meeting.attendance.create(
        kind="participant", name="นายแขก รับเชิญ", position="สื่อ", recorded_by=hall.secretary, recorded_at=BEGAN
    )


def items(hall: Hall) -> dict[str, Any]:
    return {"item": hall.items["3.1"], **by(hall, BEFORE)}


WRITTEN: dict[str, tuple[Act, dict[str, object]]] = {
    "meeting.created": (
        lambda h: create_meeting(body=h.body, announced=Announced(BEGAN, "ห้องประชุม 3"), **by(h)),
        {"venue": "ห้องประชุม 3", "order": "3046/2567"},
    ),
    "meeting.recorded": (
        lambda h: record_meeting(order=h.meeting.order, number=2, year=2567, held_at=BEGAN + DAY, venue="", **by(h)),
        {"meeting": "2/2567"},
    ),
    "meeting.changed": (
        lambda h: change_meeting(meeting=h.meeting, announced=Announced(BEGAN + DAY, "ห้องใหม่"), **by(h)),
        {"venue": "ห้องใหม่"},
    ),
    "meeting.cancelled": (lambda h: cancel_meeting(meeting=h.meeting, reason=REASON, **by(h)), {"reason": REASON}),
    "meeting.replied": (
        lambda h: reply(meeting=stand(h, invited=BEFORE), seat=h.seats[0], answer=Answer("coming"), **by(h, BEFORE)),
        {"kind": "coming", "seat": "ผู้ว่าราชการจังหวัดเชียงใหม่"},
    ),
    "agenda.item_added": (
        lambda h: agenda.add_item(meeting=h.meeting, head=h.items["3"], title="เรื่อง  ใหม่", **by(h, BEFORE)),
        {"title": "เรื่อง ใหม่", "late": ""},
    ),
    "agenda.item_changed": (
        lambda h: agenda.edit_item(title="ชื่อใหม่", presenter="", resolves=True, **items(h)),
        {"item": "3.1", "title": "ชื่อใหม่"},
    ),
    "agenda.item_withdrawn": (lambda h: agenda.withdraw_item(reason=REASON, **items(h)), {"item": "3.1", "reason": REASON}),
    "meeting.item_recorded": (
        lambda h: record_item(meeting=h.meeting, number="3.2", title="เพิ่ม", **by(h)),
        {"item": "3.2", "title": "เพิ่ม"},
    ),
    "paper.put": (
        lambda h: papers.put_text(text="ข้อความยาว", **items(h)),
        {"item": "3.1", "kind": "text", "paper": "ข้อความยาว"},
    ),
    "paper.changed": (
        lambda h: papers.refresh_generated(paper=generated(h), blocks=(Paragraph("ใหม่"),), **by(h)),
        {"kind": "generated", "paper": "pillars"},
    ),
    "paper.removed": (lambda h: papers.remove_paper(paper=typed(h), **by(h)), {"paper": "ฝ่ายเลขานุการรายงานผลปีก่อน"}),
    "meeting.opened": (
        lambda h: open_meeting(meeting=h.meeting, opened_at=BEGAN, **by(h)),
        {"quorum": "มาแล้ว 0 จาก 5 ยังไม่ครบองค์ประชุม (ต้องมีอย่างน้อย 3 ขาดอีก 3)"},
    ),
    "meeting.closed": (
        lambda h: close_meeting(meeting=opened(h), closed_at=ENDED, **by(h)),
        {"closed": "11 มิ.ย. 2567 15.20 น."},
    ),
    "meeting.attendance_marked": (
        lambda h: mark_attendance(meeting=h.meeting, marks=[Mark(h.seats[0].pk, "came")], **by(h)),
        {"rows": ["ผู้ว่าราชการจังหวัดเชียงใหม่: มาประชุม นายวีรพงศ์ ดีงาม"]},
    ),
    "meeting.participant_added": (
        lambda h: add_participant(meeting=h.meeting, name="นายแขก", position="สื่อ", **by(h)),
        {"rows": ["นายแขก สื่อ"]},
    ),
    "meeting.participant_removed": (
        lambda h: remove_participant(participant=guest(h), **by(h)),
        {"rows": ["นายแขก รับเชิญ สื่อ"]},
    ),
    "meeting.resolved": (
        lambda h: record_resolution(item=h.items["3.1"], kind="agreed", text="เห็นชอบ", **by(h)),
        {"item": "3.1", "kind": "agreed"},
    ),
    "meeting.resolution_corrected": (
        lambda h: correct_resolution(resolution=resolved(h), kind="approved", text="อนุมัติ", due_on=DUE, **by(h)),
        {"old_kind": "agreed", "old_text": "เห็นชอบ", "old_due": ""},
    ),
    "meeting.resolution_withdrawn": (
        lambda h: withdraw_resolution(resolution=resolved(h), **by(h)),
        {"old_text": "เห็นชอบ"},
    ),
    "minutes.drafted": (lambda h: draft_minutes(meeting=opened(h), **by(h)), {"meeting": "1/2567"}),
    "minutes.text_saved": (
        lambda h: save_text(minutes=drafted(h), item=h.items["3.1"], text="ที่ประชุม", version=0, **by(h)),
        {"item": "3.1", "version": 1},
    ),
    "minutes.signers_named": (
        lambda h: name_signers(minutes=drafted(h), signers=Signers("นางจด", checker="นายตรวจ"), **by(h)),
        {"taker": "นางจด", "checker": "นายตรวจ"},
    ),
    "minutes.pen_taken": (
        lambda h: take_pen(minutes=drafted(h), **by(h, AFTER + DAY, h.second)),
        {"before": "นางสาวคำแก้ว ใจดี"},
    ),
    "minutes.pen_asked": (
        lambda h: ask_for_pen(minutes=drafted(h), **by(h, person=h.second)),
        {"holder": "นางสาวคำแก้ว ใจดี"},
    ),
    "minutes.pen_given": (lambda h: give_pen(minutes=drafted(h), **by(h)), {"to": ""}),
    "minutes.circulated": (
        lambda h: circulate(minutes=drafted(h), comments_until=UNTIL, address=ADDRESS, **by(h)),
        {"until": "19 มิ.ย. 2567", "attended": ["นายวีรพงศ์ ดีงาม"]},
    ),
    "minutes.commented": (
        lambda h: comment(minutes=sent(h), item=h.items["3.1"], text="ขอแก้ชื่อ", **by(h, person=h.member)),
        {"item": "3.1"},
    ),
    "minutes.comment_answered": (
        lambda h: answer_comment(comment=asked(h, sent(h)), taken=True, answer="", **by(h)),
        {"taken": True, "item": ""},
    ),
    "follow_ups.opened": (
        lambda h: open_follow_ups(resolution=resolved(h), agencies=[h.office], due_on=DUE, task="ตอบแบบสำรวจ", **by(h)),
        {"item": "3.1", "due_on": "2024-06-21"},
    ),
    "follow_up.noted": (lambda h: note(follow_up=followed(h), text=REASON, **by(h)), {"item": "3.1", "days_late": 0}),
    "follow_up.answered": (lambda h: answer(follow_up=followed(h), text=REASON, **by(h, AFTER + 12 * DAY)), {"days_late": 3}),
    "follow_up.returned": (lambda h: return_(follow_up=followed(h, answer), reason=REASON, **by(h)), {"item": "3.1"}),
    "follow_up.closed": (lambda h: close(follow_up=followed(h), because=REASON, **by(h)), {"item": "3.1"}),
    "follow_up.reopened": (lambda h: reopen(follow_up=followed(h, close), reason=REASON, **by(h)), {"item": "3.1"}),
}


@pytest.mark.parametrize(("event", "act", "told"), [(event, *rest) for event, rest in WRITTEN.items()], ids=WRITTEN.keys())
def test_the_journal_holds_one_entry_that_says_what_happened(event: str, act: Act, told: dict[str, object]) -> None:
    hall = make_hall()
    act(hall)
    entry = AuditEvent.objects.latest("id")
    assert (entry.event, entry.chain) == (event, hall.body.code)
    assert entry.by_name in {hall.secretary.name, hall.second.name, hall.member.name}
    assert {word: entry.details[word] for word in told} == told
    assert "1/2567" in str(entry.details["meeting"]) or event in ("meeting.created", "meeting.recorded")
    assert AuditEvent.objects.filter(event=event).count() == 1
    assert event in SENTENCES


def test_the_chain_of_all_these_entries_holds() -> None:
    for act, _ in WRITTEN.values():
        act(make_hall())
    assert not verify()
    assert AuditEvent.objects.count() >= len(WRITTEN)
