"""Many files at once, each to the row that its name names; what cannot be filed is kept in the library, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.file_names import named_rows, slot_for
from phrom.rules.instrument.model import Edition
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.evidence import Upload
from phrom.survey.actions.filing import AlreadyAttached, Spot
from phrom.survey.actions.library import bring, use
from phrom.survey.actions.locking import AskLocked
from phrom.survey.models import Ask, Evidence, Round


class Fate(StrEnum):
    """What became of one file."""

    FILED = "filed"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """One file: its fate, the sentence about it with what to do, and where it lies now. Refused ones lie nowhere."""

    name: str
    fate: Fate
    words: str
    evidence: Evidence | None = None
    code: str = ""
    slot: str = ""


def file_away(
    *,
    round: Round,
    agency: Agency,
    edition: Edition,
    asks: Mapping[str, Ask],
    uploads: Iterable[Upload],
    by: Person,
    at: datetime,
) -> list[Outcome]:
    """Keep every file and put it under its row, one by one: a refused one leaves the others. Refuses RoundClosed for all.

    `asks` are those of the agency by code. What the same agency has already is never kept twice.
    """
    with transaction.atomic():
        refuse_when_frozen(round)
    return [_one(upload, agency, edition, asks, by, at) for upload in uploads]


def _one(upload: Upload, agency: Agency, edition: Edition, asks: Mapping[str, Ask], by: Person, at: datetime) -> Outcome:
    code, why = _row_of(upload.name, edition, asks)
    try:
        evidence, is_new = bring(agency=agency, upload=upload, by=by, at=at)
    except Refusal as refusal:
        return Outcome(upload.name, Fate.REFUSED, refusal.th)
    if why is None:
        return _filed(upload.name, asks[code], evidence, edition, is_new, by, at)
    if not is_new:
        return Outcome(upload.name, Fate.DUPLICATE, f"มีในคลังอยู่แล้วชื่อ “{evidence.name}” จึงไม่เก็บซ้ำ", evidence)
    return Outcome(upload.name, why.fate, why.words, evidence)


def _filed(name: str, ask: Ask, evidence: Evidence, edition: Edition, is_new: bool, by: Person, at: datetime) -> Outcome:
    slot = slot_for(edition.by_code[ask.code], name)
    try:
        use(ask=ask, evidence=evidence, spot=Spot(slot), by=by, at=at)
    except AlreadyAttached:
        words = f"อยู่ใต้ข้อ {ask.code} อยู่แล้วชื่อ “{evidence.name}” จึงไม่แนบซ้ำ"
        return Outcome(name, Fate.DUPLICATE, words, evidence, ask.code)
    except AskLocked:
        return Outcome(name, Fate.CONFLICT if is_new else Fate.DUPLICATE, _locked(ask.code), evidence)
    expected = next((each.name for each in edition.by_code[ask.code].evidence if each.code == slot), "")
    words = f"แนบในข้อ {ask.code} แล้ว" if is_new else f"ใช้ไฟล์ที่มีในคลัง “{evidence.name}” ในข้อ {ask.code} แล้ว"
    return Outcome(name, Fate.FILED, words, evidence, ask.code, expected)


@dataclass(frozen=True)
class _Why:
    fate: Fate
    words: str


_KEPT = "ไฟล์เก็บไว้ในคลังแล้ว กรุณาเลือกข้อให้ไฟล์นี้"


def _row_of(name: str, edition: Edition, asks: Mapping[str, Ask]) -> tuple[str, _Why | None]:
    """The one row that the name names, or why it cannot go there."""
    named = named_rows(name, edition)
    several = [*named.codes, *named.strange]
    if not several:
        return "", _Why(Fate.UNKNOWN, f"ชื่อไฟล์ไม่มีรหัสข้อ {_KEPT}")
    if len(several) > 1:
        return "", _Why(Fate.CONFLICT, f"ชื่อไฟล์มีรหัสมากกว่าหนึ่งข้อ: {', '.join(several)} {_KEPT}")
    code = several[0]
    if named.strange:
        return "", _Why(Fate.UNKNOWN, f"แบบสำรวจไม่มีข้อ {code} {_KEPT}")
    if not edition.by_code[code].asked:
        return "", _Why(Fate.CONFLICT, f"{code} เป็นหัวข้อใหญ่ ไม่ใช่ข้อที่ตอบ {_KEPT}")
    if code not in asks:
        return "", _Why(Fate.CONFLICT, f"ข้อ {code} ไม่ได้ถามหน่วยงานนี้ {_KEPT}")
    return (code, None) if asks[code].editable else ("", _Why(Fate.CONFLICT, _locked(code)))


def _locked(code: str) -> str:
    return f"ข้อ {code} ส่งไปแล้ว จึงแนบเพิ่มไม่ได้ ไฟล์เก็บไว้ในคลังแล้ว ถ้าต้องใช้ ขอให้ผู้ประสานงานจังหวัดส่งข้อนี้กลับ"
