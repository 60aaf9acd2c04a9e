"""The local government's own page: where it stands, what is next, who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.access import Access
from phrom.agencies.models import Person
from phrom.rollout.adoption import NOT_COUNTED, Line, facts_of
from phrom.rollout.models import Enrolment, Stage
from phrom.rollout.pages.cases import CaseLine, line_of
from phrom.rollout.pages.dashboard import SHAPE
from phrom.rollout.pages.offices import officer_of
from phrom.rollout.scopes import own_cases, own_enrolments
from phrom.shared.ui.typed import posted_id

NEXT: dict[str, str] = {
    Stage.INVITED: "นัดวันอบรมกับผู้ดูแลของอำเภอ แล้วลงรับหนังสือที่มาถึงในระบบ",
    Stage.JOINED: "นัดวันอบรมกับผู้ดูแลของอำเภอ แล้วลงรับหนังสือที่มาถึงในระบบ",
    Stage.TRAINED: "ส่งหนังสือฉบับแรกถึงจังหวัดในระบบ แล้วลงรับและปิดเรื่องหนังสือที่มาถึง",
    Stage.FIRST_LETTER: "ลงรับหนังสือที่มาถึง และตอบหรือปิดเรื่องให้ทันกำหนด",
    Stage.ACTIVE: "ใช้งานต่อเนื่อง ลงรับและปิดเรื่องหนังสือให้ทันกำหนดทุกฉบับ",
    Stage.QUIET: "เปิดหนังสือเข้า ลงรับฉบับที่ค้าง และแจ้งผู้ดูแลหากมีสิ่งใดติดขัด",
    Stage.DROPPED: "บันทึกไว้ว่าถอนตัวแล้ว หากจะใช้งานอีกครั้ง แจ้งผู้ดูแลของอำเภอ",
}


@dataclass(frozen=True)
class OwnPage:
    """One of the person's offices in a programme. `others` are their other ones."""

    enrolment: Enrolment
    line: Line
    shape: str
    next_step: str
    officer: Person | None
    cases: tuple[CaseLine, ...]
    others: tuple[Enrolment, ...]
    not_counted: str = NOT_COUNTED


def own_page(access: Access, asked: str, at: datetime) -> OwnPage | None:
    """The office that was asked for, else the first; None while none of the person's offices is in a programme."""
    enrolments = list(own_enrolments(access))
    enrolment = next((each for each in enrolments if each.pk == posted_id(asked)), enrolments[0] if enrolments else None)
    if enrolment is None:
        return None
    line = facts_of(enrolment, at)
    return OwnPage(
        enrolment=enrolment,
        line=line,
        shape=SHAPE[line.standing.stage],
        next_step=NEXT[line.standing.stage],
        officer=officer_of(enrolment),
        cases=tuple(line_of(case, at) for case in own_cases(access).filter(enrolment=enrolment)),
        others=tuple(each for each in enrolments if each.pk != enrolment.pk),
    )
