"""Events of the journal in words, by a lookup table; an event without a sentence is shown by its own name."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "seed.loaded": "นำข้อมูลตั้งต้นเข้า",
    "person.registered": "ขึ้นทะเบียนบุคคล",
    "person.signed_in": "ลงชื่อเข้าใช้",
    "person.signed_out": "ออกจากระบบ",
    "person.password_changed": "เปลี่ยนรหัสผ่าน",
    "person.ended_sessions": "ออกจากระบบที่เครื่องอื่น",
    "person.account_closed": "ปิดบัญชีผู้ใช้",
    "person.account_opened": "เปิดบัญชีผู้ใช้อีกครั้ง",
    "agency.registered": "ขึ้นทะเบียนหน่วยงาน",
    "post.made": "เพิ่มตำแหน่งในหน่วยงาน",
    "membership.appointed": "ให้บทบาทแก่บุคคล",
    "membership.ended": "กำหนดวันพ้นบทบาท",
    "invitation.sent": "ส่งคำเชิญเข้าใช้ระบบ",
    "invitation.withdrawn": "ถอนคำเชิญ",
    "invitation.accepted": "รับคำเชิญ",
    "order.recorded": "บันทึกคำสั่ง",
    "meeting.recorded": "บันทึกการประชุม",
    "meeting.item_recorded": "บันทึกระเบียบวาระ",
    "meeting.resolved": "บันทึกมติ",
    "follow_ups.opened": "มอบหน่วยงานให้ดำเนินการตามมติ",
    "follow_ups.closed": "ปิดการติดตามทุกหน่วยงานของมติ",
    "follow_up.noted": "รายงานความคืบหน้าตามมติ",
    "follow_up.answered": "รายงานว่าดำเนินการตามมติเสร็จแล้ว",
    "follow_up.returned": "ขอให้หน่วยงานดำเนินการตามมติเพิ่ม",
    "follow_up.closed": "ปิดการติดตามมติของหน่วยงาน",
    "follow_up.reopened": "เปิดการติดตามมติอีกครั้ง",
    "round.opened": "เปิดรอบสำรวจ",
    "round.routed": "เปลี่ยนการมอบหมายข้อคำถาม",
    "round.frozen": "ปิดรอบและตรึงชุดคำตอบของจังหวัด",
    "answer.saved": "บันทึกคำตอบ",
    "answers.saved": "บันทึกคำตอบทั้งส่วน",
    "answers.submitted": "ส่งคำตอบให้ตรวจ",
    "evidence.added": "แนบหลักฐาน",
    "evidence.removed": "นำหลักฐานออก",
    "ask.returned": "ส่งกลับแก้ไข",
    "ask.accepted": "รับคำตอบ",
    "ask.reopened": "เปิดให้แก้ไขอีกครั้ง",
    "asks.accepted": "รับคำตอบหลายข้อ",
    "province.overridden": "กำหนดคำตอบของจังหวัดต่างจากที่ระบบเสนอ",
    "province.override_undone": "กลับไปใช้คำตอบที่ระบบเสนอ",
    "results.snapshot": "เก็บผลคะแนน ณ วันนี้",
    "results.official": "บันทึกผลที่ประกาศ",
    "pack.requested": "สั่งจัดทำชุดคำตอบ",
    "pack.made": "จัดทำชุดคำตอบเสร็จ",
}


def sentence(event: str) -> str:
    """The Thai sentence for an event."""
    return SENTENCES.get(event, event)
