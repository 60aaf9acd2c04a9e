"""What a draft still lacks before it can be sent for approval or issued: all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phrom.letters.actions.transports import TABLE
from phrom.letters.models import Attachment, Letter, LetterKind, Recipient, Via
from phrom.shared.ui.refusals import Refusal

TO_SOMEBODY = (LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED)
MAY_CIRCULATE = TO_SOMEBODY
BY_CODE = TO_SOMEBODY  # numbered "ชม 0017.2/123"; orders, announcements and certificates by year
CODE = "letter_code"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or wrong; `where` is the field of the editor."""

    where: str
    th: str
    en: str


class NotReady(Refusal):
    """The letter cannot go out as it is; `lacks` names everything, so that it is mended in one go."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        self.lacks = tuple(lacks)
        super().__init__(
            "หนังสือยังไม่ครบ ยังไม่มีเลขใดถูกใช้ กรุณาแก้ไข: " + " · ".join(lack.th for lack in lacks),
            "The letter is not complete. No number was used. Please mend: " + "; ".join(lack.en for lack in lacks),
            where=lacks[0].where,
        )


def lacks_of(letter: Letter, recipients: Sequence[Recipient], attachments: Sequence[Attachment], today: date) -> list[Lack]:
    """Everything that keeps the letter from going out, approval aside. Recipients come with office and entry; no query."""
    return [*_words(letter), *_addressees(letter, recipients, today), *_files(attachments), *_code(letter)]


def _words(letter: Letter) -> list[Lack]:
    found = []
    if not letter.subject.strip():
        found.append(Lack("subject", "ยังไม่มีชื่อเรื่อง", "no subject"))
    if not letter.text.strip():
        found.append(Lack("text", "ยังไม่มีข้อความ", "no text"))
    if letter.kind != LetterKind.STAMPED and not letter.signer_name.strip():
        found.append(Lack("signer_name", "ยังไม่มีผู้ลงนาม", "no signer"))
    if letter.kind in TO_SOMEBODY and not letter.addressed_to.strip():
        found.append(Lack("addressed_to", "ยังไม่ได้กรอกว่าเรียนถึงใคร", "nobody is addressed"))
    if letter.is_circular and letter.kind not in MAY_CIRCULATE:
        found.append(Lack("is_circular", "หนังสือแบบนี้เวียน (ว) ไม่ได้", "this form cannot be a circular"))
    return found


def _addressees(letter: Letter, recipients: Sequence[Recipient], today: date) -> list[Lack]:
    if letter.kind in TO_SOMEBODY and not recipients:
        return [Lack("recipients", "ยังไม่มีผู้รับ", "no recipient")]
    found = []
    for to in recipients:
        if to.via not in TABLE:
            way = to.get_via_display()
            found.append(Lack("recipients", f"ส่งถึง{to.name}ทาง “{way}” ไม่ได้ เพราะยังไม่เปิดใช้ทางนี้", f"no such way: {to.name}"))
        elif to.entry is not None and not _in_force(to, today):
            found.append(Lack("recipients", f"{to.name}ไม่อยู่ในทำเนียบแล้ว กรุณาเลือกใหม่", f"not in the directory: {to.name}"))
        elif letter.is_secret and not _takes_secrets(to):
            found.append(Lack("recipients", f"ส่งหนังสือลับถึง{to.name}ทางนี้ไม่ได้ กรุณาส่งด้วยมือ", f"no secrets this way: {to.name}"))
    return found


def _code(letter: Letter) -> list[Lack]:
    """Without its code the office's numbers look like everybody's: such a letter could not be referred to."""
    if letter.kind not in BY_CODE or letter.office.letter_code:
        return []
    th = "หน่วยงานยังไม่ได้ตั้งรหัสหนังสือ (เช่น ชม 0017.2) กรุณาตั้งในหน้าตั้งค่าทะเบียน"
    return [Lack(CODE, th, "the office has no letter code: set it in its register settings")]


def _in_force(to: Recipient, today: date) -> bool:
    entry = to.entry
    return entry is not None and entry.starts_on <= today and (entry.ends_on is None or today <= entry.ends_on)


def _takes_secrets(to: Recipient) -> bool:
    """Inside one installation and by hand always; between installations only where the peer agreed; never by eCMS."""
    if to.via == Via.PEER:
        return to.entry is not None and to.entry.peer is not None and to.entry.peer.takes_secrets
    return to.via != Via.ECMS


def _files(attachments: Sequence[Attachment]) -> list[Lack]:
    """An attachment with a name claims a file; one without goes on paper."""
    return [
        Lack("attachments", f"สิ่งที่ส่งมาด้วย “{one.described}” ยังไม่มีไฟล์", f"no file for {one.described}")
        for one in attachments
        if one.name and one.file_id is None
    ]
