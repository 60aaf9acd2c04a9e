"""What the letters of a round say: that it is open, what came back to an agency, what an agency still owes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from phrom.agencies.models import Agency
from phrom.letters.actions.body_letters import Words
from phrom.shared.thai.dates import thai_date
from phrom.survey.models import Ask, Round

OPENING, RETURN, REMINDER = "round", "return", "reminder"
_WORD = re.compile(rf"(?:{OPENING}:([0-9]{{1,18}})|(?:{RETURN}|{REMINDER}):([0-9]{{1,18}}):[0-9]{{1,18}})")


def word_for(kind: str, round_id: int, agency_id: int | None = None) -> str:
    """What a letter says that was sent for a round, or for one agency of it."""
    return f"{kind}:{round_id}" if agency_id is None else f"{kind}:{round_id}:{agency_id}"


def round_in(word: str) -> int | None:
    """The id of the round that a letter was sent for; None for every other word."""
    found = _WORD.fullmatch(word)
    return int(found[1] or found[2]) if found else None


def opening_words(round: Round, *, address: str) -> Words:
    """To every agency: the round is open, by when, where to answer."""
    because = f"ตามมติ{round.mandate} " if round.mandate else ""
    asked = (
        f"{because}{round.body.name}ได้เปิดการตอบ{round.survey.title} และมอบหมายข้อคำถามถึงหน่วยงานของท่านแล้ว "
        f"จึงขอให้ตอบแบบสำรวจและแนบหลักฐานให้ครบภายในวันที่ {thai_date(round.internal_deadline, 'long')} ทางระบบพร้อม{_where(address)}"
    )
    end = "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    subject = f"ขอให้ตอบ{round.survey.title}"
    return Words(subject, f"{asked}\n{end}", word_for(OPENING, round.pk), answer_by=round.internal_deadline)


def return_words(round: Round, agency: Agency, returned: Sequence[tuple[Ask, str]], *, address: str) -> Words:
    """To one agency: which rows came back and why."""
    lines = [f"ข้อ {ask.code} {' '.join(reason.split())}".strip() for ask, reason in returned]
    begin = f"ตามที่{agency.name}ได้ส่งคำตอบ{round.survey.title} นั้น {round.body.name}ตรวจแล้ว ขอให้แก้ไข จำนวน {len(lines)} ข้อ ดังนี้"
    end = f"จึงเรียนมาเพื่อโปรดแก้ไขและส่งอีกครั้งทางระบบพร้อม{_where(address)}"
    subject = f"ขอให้แก้ไขคำตอบ{round.survey.title}"
    return Words(subject, "\n".join((begin, *lines, end)), word_for(RETURN, round.pk, agency.pk))


@dataclass(frozen=True)
class Owed:
    """What an agency has not sent: the rows, its own last day, and what they can bring at most (an estimate)."""

    asks: Sequence[Ask]
    until: date
    stake: Decimal
    estimated: bool


def reminder_words(round: Round, agency: Agency, owed: Owed, today: date, *, address: str) -> Words:
    """To one agency: which rows were not sent, since when they are late, and how many of the province's points hang on them."""
    due, late = thai_date(owed.until, "long"), (today - owed.until).days
    when = f"ซึ่งเลยกำหนดวันที่ {due} มาแล้ว {late} วัน" if late > 0 else f"ซึ่งครบกำหนดวันที่ {due}"
    begin = f"ตามที่{round.body.name}ขอให้ตอบ{round.survey.title} {when} นั้น"
    codes = " ".join(ask.code for ask in owed.asks)
    asked = (
        f"{agency.name}ยังไม่ได้ส่งคำตอบ จำนวน {len(owed.asks)} ข้อ ได้แก่ ข้อ {codes} "
        f"จึงขอให้เร่งดำเนินการและส่งทางระบบพร้อม{_where(address)}"
    )
    weight = f"ข้อเหล่านี้มีคะแนนเต็มรวม {owed.stake} จาก 100 คะแนนของจังหวัด{' (ประมาณการ)' if owed.estimated else ''}"
    subject = f"เร่งรัดการตอบ{round.survey.title}"
    lines = (begin, asked, *((weight,) if owed.stake else ()), "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ")
    return Words(subject, "\n".join(lines), word_for(REMINDER, round.pk, agency.pk))


def _where(address: str) -> str:
    return f" ที่ {address}" if address else ""
