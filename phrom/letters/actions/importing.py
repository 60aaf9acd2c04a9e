"""Old registers from files: the file is kept as it was read, then its rows become entries, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters import chain
from phrom.letters.actions.numbering import hold_register
from phrom.letters.chain import Act, add_lines
from phrom.letters.models import EntryState, Office, Register, RegisterEntry, RegisterImport
from phrom.letters.numbers import number_text
from phrom.letters.register_file import NOT_IN_FILE, OldEntry
from phrom.letters.telling import tell_register
from phrom.shared.files.store import keep
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.refusals import Refusal

VOID_IN_FILE = "ยกเลิกตามไฟล์เดิม"


class ImportRefused(Refusal):
    """The rows cannot go into this register any more."""

    status = 409


def keep_file(*, office: Office, book: str, year: int, data: bytes, name: str, by: Person, at: datetime) -> RegisterImport:
    """Keep a file that was read without errors, for the preview and for the auditor. Refuses what `keep` refuses."""
    stored = keep([data], name=name, at=at)
    return RegisterImport.objects.create(
        office=office, book=book, year=year, file=stored, name=name[:255], read_by=by, read_at=at
    )


@transaction.atomic
def import_register(*, source: RegisterImport, entries: Sequence[OldEntry], by: Person, at: datetime) -> Register:
    """Put the rows into the register of the year, in the order of their numbers, each with its line in the chain.

    Numbers that the file leaves out stand as void, so that the book is 1..n; the counter goes on after the last one. Refuses
    ImportRefused where the file was applied before, has no rows, has a number that the book has given out meanwhile, or would
    put older days behind a number that was given out here.
    """
    held = RegisterImport.objects.select_for_update(of=("self",)).select_related("office").get(pk=source.pk)
    _refuse_again(held, entries)
    register = hold_register(held.office, held.book, held.year)
    _refuse_to_overlap(register, entries)
    _refuse_to_backdate(register, entries)
    rows = _rows(register, entries, by, at)
    register.last_number = rows[-1].number
    RegisterEntry.objects.bulk_create(rows)
    add_lines(register, [Act(chain.IMPORTED, row) for row in rows], by=by, at=at)
    held.applied_by, held.applied_at = by, at
    held.save(update_fields=["applied_by", "applied_at"])
    details: dict[str, object] = {
        "count": len(entries),
        "missing": len(rows) - len(entries),
        "number": rows[-1].number,
        "sha256": held.file.sha256,
    }
    tell_register("register.imported", register, by=by, at=at, details=details)
    return register


def _rows(register: Register, entries: Sequence[OldEntry], by: Person, at: datetime) -> list[RegisterEntry]:
    rows: list[RegisterEntry] = []
    for entry in entries:
        for missing in range(register.last_number + len(rows) + 1, entry.number):
            rows.append(_row(register, _missing(missing, entry), by, at))
        rows.append(_row(register, entry, by, at))
    return rows


def _missing(number: int, after: OldEntry) -> OldEntry:
    """A number that the file leaves out; its day is that of the next one in the file."""
    return OldEntry(number, after.dated, EntryState.VOID, NOT_IN_FILE)


def _row(register: Register, entry: OldEntry, by: Person, at: datetime) -> RegisterEntry:
    void = entry.state == EntryState.VOID
    return RegisterEntry(
        register=register,
        number=entry.number,
        state=entry.state,
        number_text=entry.number_text or number_text(register.office, register.book, entry.number, register.year),
        dated=entry.dated,
        their_number=entry.their_number,
        their_date=entry.their_date,
        from_name=entry.from_name,
        to_name=entry.to_name,
        subject=entry.subject,
        remark=entry.remark,
        taken_by=by,
        taken_at=at,
        reserved_for=entry.because if entry.state == EntryState.RESERVED else "",
        voided_by=by if void else None,
        voided_at=at if void else None,
        voided_because=(entry.because or VOID_IN_FILE) if void else "",
        imported=True,
    )


def _refuse_again(held: RegisterImport, entries: Sequence[OldEntry]) -> None:
    if held.applied_at is not None:
        raise ImportRefused(
            "นำไฟล์นี้เข้าทะเบียนไปแล้ว ครั้งนี้ไม่มีอะไรเปลี่ยน กรุณาเปิดทะเบียนเพื่อดูรายการ",
            "This file was imported already. Nothing was changed this time. Please open the register.",
        )
    if not entries:
        raise ImportRefused("ไม่มีรายการในไฟล์ ไม่มีอะไรเปลี่ยน กรุณาเลือกไฟล์ใหม่", "There is no row in the file. Nothing was changed.")


def _refuse_to_overlap(register: Register, entries: Sequence[OldEntry]) -> None:
    last, before = entries[0].number, register.last_number
    if last <= before or any(after.number <= one.number for one, after in pairwise(entries)):
        raise ImportRefused(
            f"ทะเบียนปี {register.year} ออกเลขถึง {before} แล้ว เลขในไฟล์จึงซ้อนกับเลขที่มีอยู่ ไม่มีอะไรเปลี่ยน "
            f"กรุณาตัดแถวถึงเลข {before} ออกจากไฟล์แล้วอ่านใหม่",
            f"The register of {register.year} has numbers up to {before} already; those in the file overlap. "
            f"Nothing was changed. Please cut the rows up to {before} and read the file again.",
        )


def _refuse_to_backdate(register: Register, entries: Sequence[OldEntry]) -> None:
    """What was numbered here stands: no file puts an older day behind it, nor the same number in words a second time."""
    ours = register.entries.filter(imported=False)
    newest = ours.order_by("-dated").first()
    told = {entry.number_text for entry in entries if entry.number_text}
    if newest is None:
        return
    if any(entry.dated < newest.dated for entry in entries) or not told.isdisjoint(ours.values_list("number_text", flat=True)):
        raise ImportRefused(
            f"ทะเบียนนี้ออกเลขในระบบแล้วเมื่อ {thai_date(newest.dated)} จึงนำเลขที่ลงวันก่อนหน้านั้นหรือเลขซ้ำมาต่อท้ายไม่ได้ "
            "ไม่มีอะไรเปลี่ยน กรุณานำเข้าทะเบียนเดิมก่อนเริ่มออกเลขในระบบ",
            f"Numbers were given out here on {newest.dated.isoformat()}; a file puts no older day and no double behind them. "
            "Nothing was changed. Old registers come in before the first number is given out here.",
        )
