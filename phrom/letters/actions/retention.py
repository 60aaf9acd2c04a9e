"""How long a letter is kept is changed with a reason, until a list holds it; whether electronic letters are listed at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.standing import with_reason
from phrom.letters.models import DestructionItem, Incoming, Letter, Office, RegisterEntry, Retention
from phrom.letters.telling import tell_incoming, tell_letter, tell_office
from phrom.shared.ui.refusals import Refusal


class KeptAsItIs(Refusal):
    """The class of this letter does not change: it stands in a list, was destroyed, or has no number yet."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "หนังสือนี้ยังไม่มีเลขทะเบียน อยู่ในบัญชีขอทำลาย หรือทำลายไปแล้ว จึงเปลี่ยนอายุการเก็บไม่ได้ ไม่มีอะไรเปลี่ยน "
            "ถ้าอยู่ในบัญชี ให้คณะกรรมการพิจารณาขยายเวลาเก็บ",
            "This letter has no number yet, stands in a list of destruction, or was destroyed, so its class does not change. "
            "Nothing was changed. Where it stands in a list, the committee may keep it longer.",
        )


@transaction.atomic
def keep_letter_for(*, letter: Letter, retention: str, because: str, by: Person, at: datetime) -> Letter:
    """Change how long a letter of ours is kept. Refuses KeptAsItIs, and no reason."""
    because = with_reason(because)
    held = Letter.objects.select_for_update(of=("self",)).select_related("office__agency__body").get(pk=letter.pk)
    _refuse_when_listed(held.entry)
    details = {"before": held.retention, "retention": retention, "because": because}
    held.retention = Retention(retention)
    held.save(update_fields=["retention"])
    tell_letter("letter.retention_changed", held, by=by, at=at, details=details)
    return held


@transaction.atomic
def keep_incoming_for(*, incoming: Incoming, retention: str, because: str, by: Person, at: datetime) -> Incoming:
    """Change how long a letter that came is kept. Refuses KeptAsItIs, and no reason."""
    because = with_reason(because)
    rows = Incoming.objects.select_for_update(of=("self",)).select_related("office__agency__body")
    held = rows.get(pk=incoming.pk)
    _refuse_when_listed(held.entry)
    details = {"before": held.retention, "retention": retention, "because": because}
    held.retention = Retention(retention)
    held.save(update_fields=["retention"])
    tell_incoming("incoming.retention_changed", held, by=by, at=at, details=details)
    return held


@transaction.atomic
def list_electronic(*, office: Office, wanted: bool, because: str, by: Person, at: datetime) -> Office:
    """Say whether the office's lists hold letters that never were on paper. Refuses no reason."""
    because = with_reason(because)
    held = Office.objects.select_for_update(of=("self",)).select_related("agency__body").get(pk=office.pk)
    held.destroys_electronic = wanted
    held.save(update_fields=["destroys_electronic"])
    details: dict[str, object] = {"wanted": wanted, "because": because}
    tell_office("office.electronic_destruction_set", held, by=by, at=at, details=details)
    return held


def _refuse_when_listed(entry: RegisterEntry | None) -> None:
    if entry is None or entry.destroyed_at is not None:
        raise KeptAsItIs
    if DestructionItem.objects.filter(entry=entry, list__carried_out_at=None).exists():
        raise KeptAsItIs
