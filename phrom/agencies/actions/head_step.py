"""Whether an agency's answers pass its head before they leave the agency: its own choice, or that of who manages people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

APPROVING = tuple(key for key, role in ROLES.items() if "answer.approve" in role.permissions)


class NobodyToApprove(Refusal):
    """The agency has no head who could approve."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(
            f"{agency.name}ยังไม่มีผู้ใช้ในบทบาทหัวหน้าหน่วยงาน จึงยังเปิดขั้นเห็นชอบไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาเชิญหัวหน้าหน่วยงานก่อน",
            "This agency has nobody in the role of its head, so the step was not switched on. Nothing was changed. "
            "Please invite the head first.",
            where="head",
        )


@transaction.atomic
def set_head_approves(*, agency: Agency, approves: bool, by: Person, at: datetime) -> bool:
    """Switch the step on or off; True when that changed anything. Refuses NobodyToApprove. What waits with the head stays."""
    if approves and not heads_of(agency, at).exists():
        raise NobodyToApprove(agency)
    if not Agency.objects.filter(pk=agency.pk, head_approves=not approves).update(head_approves=approves):
        return False
    details: dict[str, object] = {"agency": agency.code, "head_approves": approves}
    record("agency.head_step", by=by, about=f"agency:{agency.pk}", at=at, chain=agency.own_body.code, details=details)
    return True


def heads_of(agency: Agency, at: datetime) -> QuerySet[Membership]:
    """Who may approve there today."""
    return Membership.objects.in_force(local_date(at)).filter(agency=agency, role__in=APPROVING, person__is_active=True)
