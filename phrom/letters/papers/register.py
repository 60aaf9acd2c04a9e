"""Registers by the forms of the regulation: ทะเบียนหนังสือรับ (แบบที่ 13) and ทะเบียนหนังสือส่ง (แบบที่ 14), and as a table for Excel.

The columns are those of domain.md 4.5, marked there as knowledge [K] of the forms, not read from the regulation's own pages:
to be held against them by an office before the first export is filed. The day stands in a column of its own, not above each
day's rows as in the printed books.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phrom.letters.models import EntryState, Register, RegisterEntry
from phrom.letters.numbers import RECEIVE_BOOKS
from phrom.letters.register_columns import DATED, FROM, NUMBER, OWN, REMARK, STATE, SUBJECT, THEIR_DATE, TO
from phrom.shared.documents.content import Column, Document, Table
from phrom.shared.documents.xlsx import Sheet, Value
from phrom.shared.thai.dates import thai_date

RECEIVED = (
    Column(f"{NUMBER}รับ", 1, "center"),
    Column("วัน เดือน ปี", 1.3),
    Column(OWN, 1.5),
    Column(THEIR_DATE, 1.3),
    Column(FROM, 1.7),
    Column(TO, 1.5),
    Column(SUBJECT, 3.2),
    Column("การปฏิบัติ", 1.3),
    Column(REMARK, 1.4),
)
SENT = (
    Column(f"{NUMBER}ส่ง", 1, "center"),
    Column(OWN, 1.6),
    Column(THEIR_DATE, 1.3),
    Column(FROM, 1.6),
    Column(TO, 1.8),
    Column(SUBJECT, 3.4),
    Column("การปฏิบัติ", 1.3),
    Column(REMARK, 1.4),
)
FORM_RECEIVED, FORM_SENT = "แบบที่ 13", "แบบที่ 14"


def is_received(register: Register) -> bool:
    """Whether it is a book of what came."""
    return register.book in RECEIVE_BOOKS


def register_document(register: Register, entries: Iterable[RegisterEntry], part: str) -> Document:
    """The register, or the part of it that `part` names ("เดือนมิถุนายน 2567"), by its form."""
    received = is_received(register)
    rows = tuple(_received(entry) if received else _sent(entry) for entry in entries)
    lines = [register.office.agency.name, part or f"ปี พ.ศ. {register.year}"]
    return Document(
        title=f"{register.get_book_display()} ({FORM_RECEIVED if received else FORM_SENT})",
        subtitle="\n".join(lines),
        blocks=(Table(RECEIVED if received else SENT, rows),),
        landscape=True,
        form="minutes",
    )


def register_sheet(register: Register, entries: Iterable[RegisterEntry]) -> Sheet:
    """The register for Excel, in the columns that the import reads again."""
    if is_received(register):
        columns: tuple[str, ...] = (f"{NUMBER}รับ", f"{DATED}รับ", OWN, THEIR_DATE, FROM, TO, SUBJECT, REMARK, STATE)
        widths: tuple[int, ...] = (12, 14, 24, 14, 36, 36, 70, 36, 30)
    else:
        columns = (f"{NUMBER}ส่ง", OWN, THEIR_DATE, FROM, TO, SUBJECT, REMARK, STATE)
        widths = (12, 24, 14, 36, 36, 70, 36, 30)
    return Sheet(f"{register.get_book_display()} {register.year}", columns, _cells(register, entries), widths=widths)


def _cells(register: Register, entries: Iterable[RegisterEntry]) -> Iterator[tuple[Value, ...]]:
    received = is_received(register)
    for entry in entries:
        first: tuple[Value, ...] = (
            (entry.number, entry.dated, entry.their_number, entry.their_date)
            if received
            else (entry.number, entry.number_text, entry.dated)
        )
        yield (*first, entry.from_name, entry.to_name, entry.subject, entry.remark, state_words(entry))


def state_words(entry: RegisterEntry) -> str:
    """What became of the number, where it was not simply used: the words that the import understands."""
    if entry.state == EntryState.USED:
        return ""
    why = entry.voided_because if entry.state == EntryState.VOID else entry.reserved_for
    return f"{entry.get_state_display()}: {why}" if why else str(entry.get_state_display())


def _received(entry: RegisterEntry) -> tuple[str, ...]:
    their_date = thai_date(entry.their_date) if entry.their_date else ""
    first = (str(entry.number), thai_date(entry.dated), entry.their_number, their_date)
    return (*first, entry.from_name, entry.to_name, entry.subject, _done(entry), _remark(entry))


def _sent(entry: RegisterEntry) -> tuple[str, ...]:
    first = (str(entry.number), entry.number_text, thai_date(entry.dated))
    return (*first, entry.from_name, entry.to_name, entry.subject, _done(entry), _remark(entry))


def _done(entry: RegisterEntry) -> str:
    """การปฏิบัติ: who has it in hand, or since when it is closed."""
    incoming = getattr(entry, "incoming", None)
    if incoming is None:
        return ""
    if incoming.closed_at:
        return f"เสร็จ {thai_date(incoming.closed_at)}"
    return incoming.assigned_to.name if incoming.assigned_to else ""


def _remark(entry: RegisterEntry) -> str:
    gone = f"ทำลายแล้ว {thai_date(entry.destroyed_at)}" if entry.destroyed_at else ""
    return "; ".join(filter(None, (state_words(entry), entry.remark, gone)))
