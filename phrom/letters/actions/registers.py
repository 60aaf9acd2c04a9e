"""What a registrar does with the books: voiding a number without a letter, and what the office says of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.numbering import hold_again, void_entry
from phrom.letters.actions.offices import office_of
from phrom.letters.models import Incoming, Letter, Office, RegisterEntry
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal


class NumberHasItsLetter(Refusal):
    """The number belongs to a letter: it is voided with its letter, not in the register."""

    status = 409

    def __init__(self, entry: RegisterEntry) -> None:
        super().__init__(
            f"เลข {entry.number_text} เป็นของหนังสือที่อยู่ในระบบ จึงยกเลิกจากทะเบียนไม่ได้ ไม่มีอะไรเปลี่ยน กรุณายกเลิกที่หน้าของหนังสือนั้น",
            f"Number {entry.number_text} belongs to a letter, so it is not voided here. Nothing was changed. Void the letter.",
        )


@dataclass(frozen=True)
class OfficeSettings:
    """What an office says of itself as a correspondent."""

    letter_code: str = ""
    ministry_code: str = ""
    department_code: str = ""
    saraban_email: str = ""
    head_approves: bool = False
    circulars_apart: bool = True


@transaction.atomic
def void_number(*, entry: RegisterEntry, because: str, by: Person, at: datetime) -> RegisterEntry:
    """Cancel a number that no letter of ours carries. Refuses NumberHasItsLetter, and what `void_entry` refuses."""
    hold_again(entry)
    if Letter.objects.filter(entry=entry).exists() or Incoming.objects.filter(entry=entry).exists():
        raise NumberHasItsLetter(entry)
    return void_entry(entry=entry, because=because, by=by, at=at)


@transaction.atomic
def set_office(*, agency: Agency, said: OfficeSettings, by: Person, at: datetime) -> Office:
    """Keep what the office says of itself. Numbers given out before keep their text; the next ones follow the new code."""
    office = Office.objects.select_for_update(of=("self",)).get(pk=office_of(agency).pk)
    changed = [name for name, value in asdict(said).items() if getattr(office, name) != value]
    for name in changed:
        setattr(office, name, getattr(said, name))
    if changed:
        office.save(update_fields=changed)
        details: dict[str, object] = {"office": agency.code, "changed": changed, "letter_code": office.letter_code}
        record("office.changed", by=by, about=f"office:{office.pk}", at=at, chain=agency.own_body.code, details=details)
    return office
