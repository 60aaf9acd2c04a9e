"""Whether an order is in use: until something outside this room rests on it, its seats are a draft that may be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from phrom.committee.models import Order, Seat
from phrom.shared.ui.refusals import Refusal


class OrderInUse(Refusal):
    """A meeting rests on the order: its seats change only by another order."""

    status = 409

    def __init__(self, order: Order) -> None:
        super().__init__(
            f"คำสั่งที่ {order} ใช้เรียกประชุมแล้ว ตำแหน่งในคำสั่งจึงไม่เปลี่ยน รายชื่อเดิมยังอยู่ครบ ถ้ามีคำสั่งแก้ไขเพิ่มเติม กรุณาบันทึกคำสั่งนั้น",
            f"A meeting rests on order {order}, so its seats stay as they are. Nothing was changed. "
            "If there is an amending order, please record that order.",
        )


def in_use(order: Order) -> bool:
    """True when rows of a higher room point to the order, or to one of its seats; those rooms are not known here by name."""
    return any(rows.exists() for rows in _from_above(Order, [order.pk])) or any(
        rows.exists() for rows in _from_above(Seat, list(order.seats.values_list("pk", flat=True)))
    )


def refuse_when_used(order: Order) -> None:
    """Refuses OrderInUse."""
    if in_use(order):
        raise OrderInUse(order)


def _from_above(model: type[Model], ids: list[int]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.related_model._meta.app_label != model._meta.app_label:  # type: ignore[union-attr]
            yield relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})  # type: ignore[union-attr]
