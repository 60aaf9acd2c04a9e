"""A roster from a file, shown before it applies. What was shown travels in the page, signed, so that just that is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.committee.actions.importing import refuse_when_held
from phrom.committee.actions.using import refuse_when_used
from phrom.committee.models import Order, SeatCategory, SeatRole
from phrom.committee.roster_file import COLUMNS, ReadRoster, RosterRow, read_roster_file
from phrom.committee.scopes import offices_of, orders_managed
from phrom.shared.documents.xlsx import Sheet
from phrom.shared.files.previews import PreviewLost, seal, unseal

ROSTER = "committee.roster"


@dataclass(frozen=True)
class ImportPage:
    """An order that waits for its roster, and what the file says once it was read."""

    order: Order
    offices: tuple[Agency, ...]
    seats: int
    read: ReadRoster | None = None
    signed: str = ""

    @property
    def holders(self) -> int:
        """How many of the rows name somebody."""
        return sum(1 for row in self.read.rows if row.holder) if self.read else 0

    @property
    def lines(self) -> tuple[tuple[RosterRow, str, str], ...]:
        """The rows with category and role in words."""
        rows = self.read.rows if self.read else ()
        return tuple((row, str(SeatCategory(row.category).label), str(SeatRole(row.role).label)) for row in rows)


def import_page(access: Access, order_id: int) -> ImportPage:
    """An order for which a roster is brought; 404 for whoever does not keep it."""
    order = get_object_or_404(orders_managed(access), pk=order_id)
    return ImportPage(order, tuple(offices_of(order.body)), order.seats.count())


def refuse_early(page: ImportPage) -> None:
    """Before anybody fills in a file; refuses OrderInUse and ImportRefused as the import itself does."""
    refuse_when_used(page.order)
    refuse_when_held(page.order)


def preview(page: ImportPage, data: bytes) -> ImportPage:
    """What the file says, and what is wrong with it. Refuses TableTooLarge and WrongKind."""
    read = read_roster_file(data, offices=page.offices, effective_on=page.order.effective_on)
    signed = "" if read.problems else seal(ROSTER, page.order.pk, map(_packed, read.rows))
    return ImportPage(page.order, page.offices, page.seats, read, signed)


def rows_of(page: ImportPage, signed: str) -> list[RosterRow]:
    """The rows of a preview of this order. Refuses PreviewLost."""
    rows = unseal(ROSTER, page.order.pk, signed)
    offices = {office.pk: office for office in page.offices}
    return [_unpacked(row, offices) for row in rows]


def template_sheets(offices: Sequence[Agency]) -> tuple[Sheet, Sheet, Sheet]:
    """The file to fill in: one example row, and the words and offices that are understood."""
    example = (1, "(ตัวอย่าง ลบแถวนี้) ผู้ว่าราชการจังหวัด", SeatCategory.REGIONAL.label, SeatRole.CHAIR.label, "", "", "")
    categories, roles = [str(each.label) for each in SeatCategory], [str(each.label) for each in SeatRole]
    longest = max(len(categories), len(roles))
    words = [(categories[at] if at < len(categories) else "", roles[at] if at < len(roles) else "") for at in range(longest)]
    return (
        Sheet("รายชื่อ", [*COLUMNS[:5], "หน่วยงาน (รหัสหรือชื่อ)", COLUMNS[6]], [example], widths=(8, 48, 26, 26, 32, 36, 16)),
        Sheet("คำที่ใช้ได้", ["กลุ่ม", "บทบาท"], words, widths=(32, 32)),
        Sheet("หน่วยงาน", ["รหัส", "ชื่อ"], [(office.code, office.name) for office in offices], widths=(24, 60)),
    )


def _packed(row: RosterRow) -> list[object]:
    starts = row.starts_on.isoformat() if row.starts_on else ""
    office = row.agency.pk if row.agency else 0
    return [row.row, row.precedence, row.title, row.category, row.role, row.holder, office, starts]


def _unpacked(packed: list[object], offices: dict[int, Agency]) -> RosterRow:
    number, precedence, title, category, role, holder, office, starts = packed
    if office and office not in offices:
        raise PreviewLost
    return RosterRow(
        row=int(str(number)),
        precedence=int(str(precedence)),
        title=str(title),
        category=str(category),
        role=str(role),
        holder=str(holder),
        agency=offices.get(int(str(office))),
        starts_on=date.fromisoformat(str(starts)) if starts else None,
    )
