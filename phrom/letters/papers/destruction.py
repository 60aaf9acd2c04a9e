"""บัญชีหนังสือขอทำลาย (แบบที่ 25): what is to be destroyed, what the committee says of it, and where they sign.

The columns are knowledge [K] of the form (domain.md 4.1 and 4.5), to be held against the regulation by the office.
"""

from __future__ import annotations

from collections.abc import Sequence

from phrom.letters.models import Decision, DestructionItem, DestructionList, DestructionMember
from phrom.letters.numbers import RECEIVE_BOOKS
from phrom.shared.documents.content import Column, Document, Paragraph, Signature, Table
from phrom.shared.thai.dates import thai_date

COLUMNS = (
    Column("ลำดับ", 0.8, "center"),
    Column("รหัสแฟ้ม", 1.2),
    Column("ที่", 1.6),
    Column("ลงวันที่", 1.4),
    Column("เลขทะเบียนรับ", 1, "center"),
    Column("เรื่อง", 4),
    Column("การพิจารณา", 1.6),
    Column("หมายเหตุ", 1.8),
)


def destruction_document(
    listed: DestructionList, items: Sequence[DestructionItem], members: Sequence[DestructionMember]
) -> Document:
    """The list as it stands now, for the committee, the head and the National Archives."""
    office = listed.office.agency.name
    signatures = tuple(
        Signature(member.name, ("ประธานกรรมการ" if place == 0 else "กรรมการ", member.position_title))
        for place, member in enumerate(members)
    )
    named = f"คณะกรรมการทำลายหนังสือตามคำสั่ง {listed.order_number}" if listed.order_number else ""
    return Document(
        title=f"บัญชีหนังสือ{'ลับ' if listed.is_secret else ''}ขอทำลาย (แบบที่ 25)",
        subtitle=f"ประจำปี {listed.year}\n{office}\nวันที่ {thai_date(listed.made_at, 'long')}",
        blocks=(
            Table(COLUMNS, tuple(_row(item) for item in items)),
            *((Paragraph(named),) if named else ()),
            *signatures,
        ),
        landscape=True,
        form="minutes",
    )


def _row(item: DestructionItem) -> tuple[str, ...]:
    entry = item.entry
    received = entry.register.book in RECEIVE_BOOKS
    dated = entry.their_date if received else entry.dated
    decision = str(Decision(item.decision).label) if item.decision else ""
    until = f"ถึงสิ้นปี {item.keep_until}" if item.keep_until else ""
    return (
        str(item.position),
        "",
        entry.their_number if received else entry.number_text,
        thai_date(dated) if dated else "",
        str(entry.number) if received else "",
        entry.subject,
        " ".join(filter(None, (decision, until))),
        item.because,
    )
