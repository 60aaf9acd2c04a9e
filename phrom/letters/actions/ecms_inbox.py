"""What came over eCMS is taken once: a letter into its office's tray, a notifier onto the letter that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from phrom.letters.actions.alarms import Wrong, raise_alarm
from phrom.letters.actions.ecms_letters import Came, take_deletion, take_letter
from phrom.letters.actions.ecms_notices import take_notifier, take_response
from phrom.letters.ecms import folders
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.names import MOST_BYTES
from phrom.letters.ecms.problems import EcmsUnreadable
from phrom.letters.ecms.reading import read_message
from phrom.letters.ecms.writing import write_message
from phrom.letters.exchange.trouble import OtherContent
from phrom.letters.models import Arrival
from phrom.shared.ui.refusals import Refusal

_NOT_NOW = 503  # our own trouble: the file stays where it is


class NotForUs(Refusal):
    """A message that asks a node for something; there is nothing in it for a document system."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"ข้อความ {name} เป็นคำขอถึงเครื่อง eCMS ไม่ใช่หนังสือหรือการแจ้งผล ไม่มีอะไรถูกบันทึก กรุณาตรวจว่าเลือกไฟล์ถูก",
            f"{name} is a request to an eCMS node, neither a letter nor a notice. Nothing was saved.",
        )


@dataclass(frozen=True)
class Read:
    """How many messages of the inbox were taken and refused in one round."""

    taken: int
    refused: int


def read_ecms_inbox(*, at: datetime, limit: int = 200) -> Read:
    """Take what lies in the inbox, the oldest first. What is refused is laid aside with its reason; our own trouble waits."""
    taken = refused = 0
    folder = Path(settings.PHROM_ECMS)
    for path in folders.waiting(folder, limit):
        try:
            take_message(_content(path), at=at)
        except Refusal as refusal:
            if refusal.status == _NOT_NOW:
                continue
            _refused(folder, path, refusal, at)
            refused += 1
        else:
            folders.take_away(folder, path)
            taken += 1
    return Read(taken, refused)


def take_message(content: bytes, *, at: datetime, agency_ids: Sequence[int] | None = None) -> Arrival | None:
    """Take one message, once; the same again changes nothing. None for what needs nothing done.

    `agency_ids`: only for these offices, where a person brings the file. Refuses EcmsUnreadable, NotForUs, OtherContent, and
    what the letter, the notice or its files refuse.
    """
    message = read_message(content)
    body = message.body
    if isinstance(body, m.OutboundResponse):
        take_response(message, body, at)
        return None
    if isinstance(body, m.DeleteGovernmentDocumentRequest):
        return _once(message, body, "", at, agency_ids)
    if isinstance(body, m.InboundResponse | m.OutboundRequest):
        process_id = body.process_id if isinstance(body, m.InboundResponse) else ""
        return None if body.item is None else _once(message, body.item, process_id, at, agency_ids)
    if isinstance(body, m.LetterDeleteResponse | m.OutboundStatusResponse):
        return None
    raise NotForUs(type(body).__name__)


def _once(
    message: m.Message,
    item: m.Item | m.DeleteGovernmentDocumentRequest,
    process_id: str,
    at: datetime,
    agency_ids: Sequence[int] | None,
) -> Arrival:
    digest = sha256(_canonical(item)).hexdigest()
    key = f"ecms:{process_id or message.message_id or digest}"
    if len(key) > 100:
        key = f"ecms:{sha256(key.encode()).hexdigest()}"
    came = Came(key, digest, message.message_id, message.relates_to, at, agency_ids)
    if (known := _known(came)) is not None:
        return known
    try:
        return _taken(came, item)
    except IntegrityError:
        if (known := _known(came)) is not None:
            return known
        raise


def _known(came: Came) -> Arrival | None:
    """The same message, taken before. Refuses OtherContent for another content under its id, and tells a person."""
    known = Arrival.objects.filter(peer=None, delivery_id=came.key).first()
    if known is not None and known.digest != came.digest:
        th = "ได้รับข้อความ eCMS หมายเลขเดิมแต่เนื้อหาไม่ตรงกัน ระบบเก็บฉบับแรกไว้ กรุณาสอบถามผู้ส่ง"
        en = "An eCMS message came again under its id with another content. The first one is kept."
        office = known.incoming.office if known.incoming is not None else None
        raise_alarm(Wrong("ecms-other-content", came.key, th, en), at=came.at, office=office)
        raise OtherContent
    return known


def _taken(came: Came, item: m.Item | m.DeleteGovernmentDocumentRequest) -> Arrival:
    if isinstance(item, m.GovernmentDocument):
        return take_letter(came, item)
    if isinstance(item, m.DeleteGovernmentDocumentRequest):
        return take_deletion(came, item)
    return take_notifier(came, item)


def _canonical(item: m.Item | m.DeleteGovernmentDocumentRequest) -> bytes:
    """The same bytes for the same content, whatever spelling, time or process id it came with."""
    body = item if isinstance(item, m.DeleteGovernmentDocumentRequest) else m.InboundResponse("-", "", item)
    return write_message(m.Message(body))


def _content(path: Path) -> bytes:
    """The file, never more of it than a message may have."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise EcmsUnreadable("too-large")
    return content


@transaction.atomic
def _refused(folder: Path, path: Path, refusal: Refusal, at: datetime) -> None:
    code = getattr(refusal, "code", type(refusal).__name__)
    where = f"\nwhere: {refusal.where}" if refusal.where else ""
    th = f"ข้อความจาก eCMS หนึ่งไฟล์อ่านไม่ได้หรือไม่ใช่ของหน่วยงานในระบบ อยู่ในโฟลเดอร์ refused พร้อมเหตุผล [{code}]"
    raise_alarm(
        Wrong("ecms-refused", path.name[:120], th, f"An eCMS file was refused [{code}]; the reason lies beside it."), at=at
    )
    folders.take_away(folder, path, reason=f"code: {code}{where}\n{refusal.th}\n{refusal.en}\n")
