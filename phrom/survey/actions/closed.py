"""A frozen round takes nothing any more: the locks and the refusal that every write in a round begins with."""

from __future__ import annotations

from django.db import connection, transaction

from phrom.shared.ui.refusals import Refusal
from phrom.survey.models import Round


class RoundClosed(Refusal):
    """The round is frozen: nothing of it may change."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "รอบนี้ปิดแล้ว จึงบันทึกไม่ได้ คำตอบที่ส่งก่อนปิดรอบยังอยู่ครบ หากจำเป็นต้องแก้ไข กรุณาติดต่อผู้ประสานงานจังหวัด",
            "This round is frozen, so nothing was saved. Answers given before are safe. Please ask the province's coordinator.",
        )


def refuse_when_frozen(round: Round) -> None:
    """Read the round anew inside the caller's transaction and raise `RoundClosed` when it is frozen.

    Until the caller commits, nobody can freeze the round: SQLite's transaction is exclusive from its start (IMMEDIATE);
    on PostgreSQL the row is held FOR KEY SHARE, which lets savers work side by side and makes the freeze wait.
    """
    _refuse_outside_a_transaction()
    table = connection.ops.quote_name(Round._meta.db_table)
    lock = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT frozen_at FROM {table} WHERE id = %s{lock}", [round.pk])  # noqa: S608  no input in the text
        found = cursor.fetchone()
    if found is None or found[0] is not None:
        raise RoundClosed


def locked_for_change(round: Round) -> Round:
    """The round read anew and held alone until the caller commits; raises `RoundClosed` when it is frozen.

    For what concerns the whole round (routing, freezing). Waits for every save that holds the round by `refuse_when_frozen`.
    """
    _refuse_outside_a_transaction()
    held = Round.objects.select_for_update(of=("self",)).select_related("body", "survey").get(pk=round.pk)
    if held.is_frozen:
        raise RoundClosed
    return held


def _refuse_outside_a_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a write in a round needs a transaction")
