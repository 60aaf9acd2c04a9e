"""A letter that came over eCMS: for which office it is, its files, and its place in the tray."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from phrom.letters.actions.receiving import arrive, take_back
from phrom.letters.actions.transports import TABLE, Notice
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.ecms import messages as m
from phrom.letters.exchange.trouble import NotHere, OtherContent
from phrom.letters.models import Arrival, DirectoryEntry, Incoming, Office, Purpose, RecipientState, Via
from phrom.letters.models.incoming import IncomingQuerySet
from phrom.shared.files import store
from phrom.shared.files.kinds import CONTENT_TYPES
from phrom.shared.ui.refusals import Refusal

_EXTENSIONS = {kind: extension for extension, kind in reversed(CONTENT_TYPES.items()) if extension not in ("doc", "xls", "ppt")}
_EXTENSIONS |= {"image/jpg": "jpg", "text/csv": "csv", "application/msword": "doc", "application/x-pdf": "pdf"}
_EXTENSIONS |= {"application/vnd.ms-excel": "xls", "application/vnd.ms-powerpoint": "ppt"}
_UNKNOWN = "bin"


class NotFound(Refusal):
    """A message about a letter that is not in our books, or about several that it does not tell apart."""

    status = 409

    def __init__(self, letter_id: str, found: int) -> None:
        th = "ไม่พบในทะเบียนของระบบนี้" if not found else f"ตรงกับ {found} รายการ จึงบอกไม่ได้ว่าหมายถึงรายการใด"
        en = "is not in our books" if not found else f"fits {found} letters, and cannot be told apart"
        super().__init__(
            f"ข้อความ eCMS นี้แจ้งถึงหนังสือ {letter_id} ซึ่ง{th} ไม่มีอะไรเปลี่ยน กรุณาสอบถามผู้ส่ง",
            f"This eCMS message is about letter {letter_id}, which {en}. Nothing was changed.",
            where="LetterID",
        )


@dataclass(frozen=True)
class Came:
    """How an item came: `key` names it once, `digest` is that of its content; `agency_ids` bounds for whom it may be."""

    key: str
    digest: str
    message_id: str
    relates_to: str
    at: datetime
    agency_ids: Sequence[int] | None = None

    def arrival(self, purpose: Purpose, incoming: Incoming | None = None, about: str = "") -> Arrival:
        """The row that keeps it from being taken twice."""
        told = {"purpose": purpose, "digest": self.digest, "envelope": "", "receipt": "", "arrived_at": self.at}
        return Arrival.objects.create(peer=None, delivery_id=self.key, incoming=incoming, about=about[:100], **told)


def take_letter(came: Came, document: m.GovernmentDocument) -> Arrival:
    """Lay it into its office's tray and tell the sender that it is there.

    The same letter under another process id is the same letter; another content under its number is refused while the first
    one stands. Refuses NotHere, OtherContent and what the file store refuses.
    """
    letter = document.letter
    office = office_with(letter.receiver, came)
    if (before := _before(office, letter, came)) is not None:
        return came.arrival(Purpose.LETTER, before, came.message_id)
    arrived = replace(_arrived(letter, _files(letter, came.at)), sha256=came.digest)
    with transaction.atomic():
        incoming = arrive(office=office, arrived=arrived, at=came.at)
        arrival = came.arrival(Purpose.LETTER, incoming, came.message_id)
        TABLE[Via.ECMS].tell_back(incoming, Notice(RecipientState.DELIVERED), came.at)
    return arrival


@transaction.atomic
def take_deletion(came: Came, asked: m.DeleteGovernmentDocumentRequest) -> Arrival:
    """Its sender takes a letter back. Refuses NotFound."""
    office = office_with(m.Party(department=asked.accept_department), came)
    found = [one for one in incoming_of(asked.letter_id, came).filter(office=office, their_date=asked.dated) if _stands(one)]
    refused = incoming_of(asked.letter_id, came).filter(office=office, their_date=asked.dated).exclude(refused_at=None)
    if len(found) != 1 and not (not found and refused.exists()):
        raise NotFound(asked.letter_id, len(found))
    for incoming in found:
        take_back(incoming=incoming, because="ผู้ส่งลบหนังสือใน eCMS", at=came.at)
    return came.arrival(Purpose.RECALLED, found[0] if found else None)


def office_with(party: m.Party, came: Came) -> Office:
    """The office of ours with these codes, or that we receive for. Refuses NotHere."""
    code = party.department
    fits = Office.objects.select_related("agency__body")
    if came.agency_ids is not None:
        fits = fits.of_agencies(came.agency_ids)
    found = list(fits.filter(department_code=code).exclude(department_code="")[:2])
    if not found and code:
        hosted = DirectoryEntry.objects.filter(office__in=fits, department_code=code).values("office")
        found = list(fits.filter(pk__in=hosted)[:2])
    if (len(found) == 1 and party.ministry in ("", found[0].ministry_code)) or (len(found) == 1 and not found[0].ministry_code):
        return found[0]
    raise NotHere


def incoming_of(letter_id: str, came: Came) -> IncomingQuerySet:
    """What came over eCMS under this number."""
    rows = Incoming.objects.filter(via=Via.ECMS, their_number=letter_id)
    return rows if came.agency_ids is None else rows.filter(office__agency__in=came.agency_ids)


def _stands(incoming: Incoming) -> bool:
    return incoming.refused_at is None and incoming.recalled_at is None


def _before(office: Office, letter: m.CorrespondenceLetter, came: Came) -> Incoming | None:
    same = incoming_of(letter.id, came).filter(office=office, their_date=letter.dated, from_name=_name_of(letter.sender))
    for incoming in same.filter(refused_at=None, recalled_at=None):
        if incoming.sha256 == came.digest:
            return incoming
        raise OtherContent
    return None


def _arrived(letter: m.CorrespondenceLetter, files: tuple[ArrivedFile, ...]) -> Arrived:
    return Arrived(
        via=Via.ECMS,
        from_name=_name_of(letter.sender),
        subject=_line(letter.subject),
        their_number=_line(letter.id),
        their_date=letter.dated,
        to_name=_line(letter.receiver.job_title),
        speed=letter.speed,
        secrecy=letter.secret,
        note=_line(f"{letter.description} {letter.attachment}")[:500],
        files=files,
    )


def _name_of(sender: m.Party) -> str:
    """The sender's office as we know it, else its post, else its code."""
    known = Q(department_code=sender.department) & ~Q(department_code="")
    office = Office.objects.filter(known).select_related("agency").first()
    entry = None if office is not None else DirectoryEntry.objects.filter(known).first()
    name = office.agency.name if office is not None else entry.name if entry is not None else _line(sender.job_title)
    return name or f"หน่วยงานรหัส {sender.department or 'ไม่ระบุ'}"


def _files(letter: m.CorrespondenceLetter, at: datetime) -> tuple[ArrivedFile, ...]:
    """Every file in the store, checked as an upload is; eCMS carries no names."""
    kept = [] if letter.main is None else [_kept(letter.main, "หนังสือ", at, is_main=True)]
    for number, one in enumerate(letter.attachments, 1):
        kept.append(_kept(one, f"สิ่งที่ส่งมาด้วย {number}", at))
    return tuple(kept)


def _kept(binary: m.Binary, name: str, at: datetime, *, is_main: bool = False) -> ArrivedFile:
    extension = _EXTENSIONS.get(binary.mime.partition(";")[0].strip().lower(), _UNKNOWN)
    if extension == _UNKNOWN and binary.content.startswith(b"%PDF-"):
        extension = "pdf"
    full = f"{name}.{extension}"
    return ArrivedFile(store.keep([binary.content], name=full, at=at), full, is_main)


def _line(words: str) -> str:
    """On one line, without turns of direction."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", words).split())
