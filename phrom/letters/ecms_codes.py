"""The codes by which eCMS knows offices, and by nothing else."""

from __future__ import annotations

from phrom.letters.models import Office, Recipient
from phrom.shared.ui.refusals import Refusal


class NoCode(Refusal):
    """An office without the code that eCMS knows it by."""

    def __init__(self, name: str, *, where: str) -> None:
        super().__init__(
            f"{name}ยังไม่มีรหัสหน่วยงานของ eCMS จึงส่งทางนี้ไม่ได้ ยังไม่มีเลขใดถูกใช้ กรุณาตั้งรหัสในหน้าตั้งค่าหน่วยงาน หรือเลือกส่งทางอื่น",
            f"{name} has no eCMS department code. No number was used. Please set the code or choose another way.",
            where=where,
        )


def codes_of_office(office: Office) -> tuple[str, str]:
    """Ministry and department as eCMS knows one of our offices. Refuses NoCode."""
    if not office.department_code:
        raise NoCode(office.agency.name, where="department_code")
    return office.ministry_code, office.department_code


def codes_of(recipient: Recipient) -> tuple[str, str]:
    """The same of a recipient: of the directory, of our own office, or typed as its address ("15/15050"). Refuses NoCode."""
    known = recipient.entry or recipient.office
    if known is not None and known.department_code:
        return known.ministry_code, known.department_code
    ministry, _, department = recipient.address.strip().rpartition("/")
    if not department.isascii() or not department.isalnum() or not (ministry == "" or ministry.isalnum()):
        raise NoCode(recipient.name, where="recipients")
    return ministry, department
