"""Roles as data: the Thai name and description here are the ones on the screen. Permission keys are stable words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role: what it may do, and whether over its own agency only or over all agencies of its body."""

    key: str
    name: str
    description: str
    whole_body: bool
    permissions: frozenset[str]


def _role(key: str, name: str, description: str, permissions: str, *, whole_body: bool = False) -> Role:
    return Role(key, name, description, whole_body, frozenset(permissions.split()))


_ALL = (
    _role(
        "coordinator",
        "ผู้ประสานงานจังหวัด",
        "เปิดรอบสำรวจ มอบหมายคำถาม ตรวจ รวมคำตอบ ปิดรอบ จัดทำชุดคำตอบ ดูแลคำสั่ง การประชุม และการติดตามมติ",
        "round.open round.route round.freeze round.view answer.view answer.edit answer.submit answer.review evidence.view "
        "evidence.add answer.consolidate results.view results.record pack.make people.manage committee.view journal.view "
        "committee.manage meeting.manage meeting.reply minutes.comment follow_up.manage follow_up.answer",
        whole_body=True,
    ),
    _role(
        "official",
        "เจ้าหน้าที่ผู้ตอบ",
        "ตอบคำถามของหน่วยงานตน แนบหลักฐาน ส่งให้ผู้ประสานงานตรวจ และรายงานผลตามมติ",
        "answer.view answer.edit answer.submit evidence.view evidence.add committee.view meeting.reply minutes.comment "
        "follow_up.answer",
    ),
    _role(
        "head",
        "หัวหน้าหน่วยงาน",
        "อ่าน แก้ไข และส่งคำตอบของหน่วยงานตน",
        "answer.view answer.edit answer.submit evidence.view evidence.add committee.view meeting.reply minutes.comment "
        "follow_up.answer",
    ),
    _role(
        "member",
        "กรรมการ",
        "อ่านผลของจังหวัดและเอกสารของคณะกรรมการ ตอบรับการประชุม และขอแก้รายงานการประชุมที่ตนเข้า",
        "results.view committee.view meeting.reply minutes.comment",
        whole_body=True,
    ),
    _role(
        "chair",
        "ประธานกรรมการ",
        "อ่านความก้าวหน้าและผลของจังหวัดทั้งหมด",
        "round.view results.view committee.view meeting.reply minutes.comment",
        whole_body=True,
    ),
    _role(
        "auditor",
        "ผู้ตรวจสอบ (อ่านอย่างเดียว)",
        "อ่านได้ทุกเรื่องของจังหวัดรวมทั้งบันทึกการกระทำ แก้ไขไม่ได้",
        "round.view answer.view evidence.view results.view committee.view journal.view",
        whole_body=True,
    ),
    _role(
        "administrator",
        "ผู้ดูแลระบบ",
        "จัดการบัญชีผู้ใช้ ไม่เห็นคำตอบและหลักฐาน",
        "people.manage",
        whole_body=True,
    ),
)
ROLES: dict[str, Role] = {role.key: role for role in _ALL}

# Who may give which role. A coordinator staffs the offices and the committee; only an administrator makes coordinators and
# administrators, so that nobody raises themselves.
_STAFF = frozenset({"official", "head", "member", "chair", "auditor"})
MAY_GRANT: dict[str, frozenset[str]] = {
    "coordinator": _STAFF,
    "administrator": _STAFF | {"coordinator", "administrator"},
}
