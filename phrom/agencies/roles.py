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
        "evidence.add answer.consolidate set.approve results.view results.record pack.make people.manage approval.set "
        "committee.view journal.view committee.manage meeting.manage meeting.reply minutes.comment follow_up.manage "
        "follow_up.answer letter.view letter.draft letter.issue letter.receive letter.instruct register.manage "
        "rollout.view rollout.manage rollout.support",
        whole_body=True,
    ),
    _role(
        "official",
        "เจ้าหน้าที่ผู้ตอบ",
        "ตอบคำถามของหน่วยงานตน แนบหลักฐาน ส่งให้ผู้ประสานงานตรวจ และรายงานผลตามมติ",
        "answer.view answer.edit answer.submit inquiry.answer evidence.view evidence.add committee.view meeting.reply "
        "minutes.comment follow_up.answer letter.view letter.draft",
    ),
    _role(
        "head",
        "หัวหน้าหน่วยงาน",
        "อ่าน แก้ไข เห็นชอบ และส่งคำตอบของหน่วยงานตน",
        "answer.view answer.edit answer.submit answer.approve approval.set inquiry.answer evidence.view evidence.add "
        "committee.view meeting.reply minutes.comment follow_up.answer letter.view letter.draft letter.approve letter.instruct",
    ),
    _role(
        "clerk",
        "เจ้าหน้าที่สารบรรณ",
        "ออกเลข ส่ง ลงรับ และเดินเรื่องหนังสือของหน่วยงานตน ดูแลทะเบียนหนังสือ ไม่เห็นหนังสือลับ",
        "letter.view letter.draft letter.issue letter.receive register.manage",
    ),
    _role(
        "secret_registrar",
        "นายทะเบียนข้อมูลข่าวสารลับ",
        "ออกเลข ลงรับ และดูแลหนังสือลับของหน่วยงานตน ระบุชื่อผู้อ่านหนังสือลับแต่ละฉบับ",
        "letter.view letter.draft letter.issue letter.receive secret.handle",
    ),
    _role(
        "local_clerk",
        "เจ้าหน้าที่สารบรรณ อปท.",
        "ออกเลข ส่ง ลงรับ และเดินเรื่องหนังสือขององค์กรปกครองส่วนท้องถิ่นของตน ขอความช่วยเหลือ ไม่เห็นหนังสือลับ",
        "letter.view letter.draft letter.issue letter.receive register.manage rollout.own",
    ),
    _role(
        "local_head",
        "ผู้บริหาร อปท.",
        "อ่าน ร่าง ให้ความเห็นชอบ และสั่งการหนังสือขององค์กรปกครองส่วนท้องถิ่นของตน",
        "letter.view letter.draft letter.approve letter.instruct rollout.own",
    ),
    _role(
        "supporter",
        "ผู้ส่งเสริม e-Document",
        "ติดตามและช่วยเหลือองค์กรปกครองส่วนท้องถิ่นให้ใช้หนังสืออิเล็กทรอนิกส์",
        "rollout.view rollout.support",
        whole_body=True,
    ),
    _role(
        "member",
        "กรรมการ",
        "อ่านผลของจังหวัดและเอกสารของคณะกรรมการ ตอบรับการประชุม และขอแก้รายงานการประชุมที่ตนเข้า",
        "results.view committee.view meeting.reply minutes.comment rollout.view",
        whole_body=True,
    ),
    _role(
        "chair",
        "ประธานกรรมการ",
        "อ่านความก้าวหน้าและผลของจังหวัดทั้งหมด เห็นชอบชุดคำตอบของจังหวัด",
        "round.view results.view set.approve committee.view meeting.reply minutes.comment rollout.view",
        whole_body=True,
    ),
    _role(
        "auditor",
        "ผู้ตรวจสอบ (อ่านอย่างเดียว)",
        "อ่านได้ทุกเรื่องของจังหวัดรวมทั้งบันทึกการกระทำ แก้ไขไม่ได้",
        "round.view answer.view evidence.view results.view committee.view journal.view rollout.view",
        whole_body=True,
    ),
    _role(
        "administrator",
        "ผู้ดูแลระบบ",
        "จัดการบัญชีผู้ใช้และการแลกเปลี่ยนหนังสือกับระบบอื่น ไม่เห็นคำตอบ หลักฐาน และหนังสือ",
        "people.manage approval.set exchange.manage secret.break_glass",
        whole_body=True,
    ),
)
ROLES: dict[str, Role] = {role.key: role for role in _ALL}

# Who may give which role. A coordinator staffs the offices and the committee; only an administrator makes coordinators and
# administrators, so that nobody raises themselves.
_STAFF = frozenset({"official", "head", "member", "chair", "auditor", "clerk", "supporter", "local_clerk", "local_head"})
# Nobody gives these to themselves, not even who may give them to others: a second person stands behind each.
NOT_TO_ONESELF = frozenset({"secret_registrar"})
MAY_GRANT: dict[str, frozenset[str]] = {
    "coordinator": _STAFF,
    "administrator": _STAFF | {"coordinator", "administrator", "secret_registrar"},
}
